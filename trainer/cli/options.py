"""The options of each command, and what they take."""

from __future__ import annotations

import argparse
from argparse import ArgumentParser


def none(parser: ArgumentParser) -> None:
    """A command that takes none of its own."""


def as_json(parser: ArgumentParser) -> None:
    """For programs."""
    parser.add_argument("--json", action="store_true", help="as JSON, for programs")


def show(parser: ArgumentParser) -> None:
    """What to parser."""
    parser.add_argument("id", metavar="ID", help="a routine or an exercise: its id or a name of it")
    as_json(parser)


def figure(parser: ArgumentParser) -> None:
    """Of what, how large and from where."""
    parser.add_argument("id", metavar="ID", nargs="?", help="an exercise, or the path of a pose file")
    parser.add_argument("--size", metavar="WxH", type=_size, help="cells across and down of each picture")
    parser.add_argument("--side", choices=("left", "right"), metavar="SIDE", help="left or right")
    parser.add_argument("--yaw", metavar="DEG", type=_yaw, help="degrees by which it is turned, -180 to 180")
    parser.add_argument("--style", choices=("blocks", "braille", "half"), metavar="S", help="blocks, braille or half")
    parser.add_argument("--between", metavar="N", type=_between, default=3, help="pictures between two poses (3)")
    parser.add_argument("--watch", action="store_true", help="draw it again at each save")
    parser.add_argument("--print", action="store_true", help="print the pose file itself, to begin one of your own")
    parser.add_argument("--sample", action="store_true", help="show one figure in each style, and choose")


OF_FIGURE = ("--size", "--side", "--yaw", "--style", "--between", "--watch", "--sample")


def _size(value: str) -> tuple[int, int]:
    width, x, height = value.lower().partition("x")
    if not (x and width.isdecimal() and height.isdecimal() and len(value) < 9):
        raise argparse.ArgumentTypeError(f"found {value[:20]!r}; allowed: columns x rows, such as 60x20")
    size = int(width), int(height)
    if not (24 <= size[0] <= 100 and 8 <= size[1] <= 40):
        raise argparse.ArgumentTypeError(f"found {value!r}; allowed: 24x8 to 100x40")
    return size


def _yaw(value: str) -> float:
    try:
        degrees = float(value)
    except ValueError:
        degrees = 999.0
    if not -180 <= degrees <= 180:
        raise argparse.ArgumentTypeError(f"found {value[:20]!r}; allowed: degrees from -180 to 180")
    return degrees


def _between(value: str) -> int:
    if not (value.isdecimal() and len(value) < 3 and int(value) <= 11):
        raise argparse.ArgumentTypeError(f"found {value[:20]!r}; allowed: 0 to 11")
    return int(value)


def schema(parser: ArgumentParser) -> None:
    """Of which files."""
    kinds = ("exercise", "routine", "figure")
    parser.add_argument("kind", metavar="KIND", choices=kinds, help="exercise, routine or figure")


def due(parser: ArgumentParser) -> None:
    """For whom; and what the exit status says."""
    as_json(parser)
    parser.epilog = "The exit status is 10 where a break is due, and 0 where none is."


def doctor(parser: ArgumentParser) -> None:
    """How loudly."""
    parser.add_argument("--quiet", action="store_true", help="play no sound and send no notice")


def completion(parser: ArgumentParser) -> None:
    """For which shell."""
    parser.add_argument("shell", metavar="SHELL", help="bash, zsh, fish, tcsh or powershell")


def listing(parser: ArgumentParser) -> None:
    """What to look for."""
    parser.add_argument("words", metavar="WORDS", nargs="*", help="words to find, or terms such as tag:hips under:5")
    for name, value, text in (
        ("tag", "T", "what it is for"),
        ("position", "P", "that it goes through"),
        ("needs", "E", "that it needs, or nothing"),
        ("without", "E", "that it must not need"),
        ("source", "KEY", "that it cites"),
    ):
        parser.add_argument(f"--{name}", metavar=value, action="append", help=text)
    parser.add_argument("--minutes", metavar="N", help="at most so long")
    parser.add_argument("--no-floor", action="store_true", help="nothing on the floor")
    parser.add_argument("--quiet", action="store_true", help="nothing that others nearby hear")
    parser.add_argument("--office", action="store_true", help="what suits a shared office")
    parser.add_argument("--exercises", action="store_true", help="exercises instead of routines")
    as_json(parser)


OF_LIST = ("--tag", "--position", "--needs", "--source", "--office", "--exercises")


def check(parser: ArgumentParser) -> None:
    """Which files, and for whom."""
    parser.add_argument("files", metavar="FILE", nargs="*", help="a TOML file; without one, all files of your own")
    parser.add_argument("--json", action="store_true", help="the problems as JSON, for editors")
    parser.epilog = (
        "--json prints a list, empty when all is well, of objects with file, line, column, place, found, allowed and "
        "suggestion. Lines and columns count from 1; what is not known is null. The exit status is 2 where anything is "
        "wrong."
    )


def new(parser: ArgumentParser) -> None:
    """What to write."""
    parser.add_argument("name", metavar="NAME", help='what it is called, such as "Evening back"')
    parser.add_argument("--from", dest="source", metavar="ID", help="a copy of what there is, under the new name")
    parser.add_argument("--exercise", action="store_true", help="an exercise, not a routine")
    parser.add_argument("--edit", action="store_true", help="open it in your editor")
    parser.add_argument("--replace", action="store_true", help="even where that takes the place of a shipped one")


def edit(parser: ArgumentParser) -> None:
    """Which file."""
    parser.add_argument("name", metavar="NAME", help="a routine or an exercise: its id or its name")
    parser.add_argument("--exercise", action="store_true", help="the exercise, where a routine has the same id")


def share(parser: ArgumentParser) -> None:
    """What, and where to."""
    parser.add_argument("id", metavar="ID", help="a routine or an exercise")
    parser.add_argument("--to", metavar="FILE", help="the file; else standard output")
    parser.add_argument("--exercise", action="store_true", help="the exercise, where a routine has the same id")
    parser.add_argument("--force", action="store_true", help="over a file that is there")


def take(parser: ArgumentParser) -> None:
    """From where, and how carefully."""
    parser.add_argument("file", metavar="FILE", help="the file; - is standard input")
    parser.add_argument("--yes", action="store_true", help="ask nothing")
    parser.add_argument("--dry-run", action="store_true", help="only say what it would add or replace")


OF_AUTHORING = ("--exercise", "--edit", "--replace", "--to", "--force", "--yes", "--dry-run")


def run(parser: ArgumentParser) -> None:
    """What to go through, and in which form."""
    parser.add_argument("id", metavar="ID", help="a routine or an exercise, as trainer list names it")
    parser.add_argument("--plain", action="store_true", help="line by line, without a screen")
    parser.add_argument("--rehearse", action="store_true", help="20 times faster, and nothing is kept")
    parser.add_argument("--from", dest="from_step", metavar="STEP", help="begin at an exercise: its number or id")
    parser.add_argument("--minutes", metavar="N", type=_minutes, help="a short form, of at most so many minutes")
    parser.add_argument("--no-floor", action="store_true", help="without what takes place on the floor")
    parser.add_argument("--quiet", action="store_true", help="without what others nearby hear")
    parser.add_argument(
        "--without", metavar="THING", action="append", default=[], help="without equipment that is not at hand"
    )
    parser.add_argument("--level", metavar="N", type=_level, help="the level of a routine that grows, from 1")
    parser.add_argument("--weaker", metavar="SIDE", type=_side, help="the side that gets more: left, right or none")


OF_RUN = (
    *("--plain", "--rehearse", "--from", "--level", "--weaker"),
    *("--minutes", "--no-floor", "--quiet", "--without"),
)


def count(value: str) -> int:
    """How many to list. Raises `ArgumentTypeError`."""
    return _whole(value, 100_000)


def _minutes(value: str) -> int:
    return _whole(value, 600)


def _level(value: str) -> int:
    return _whole(value, 20)


def _whole(value: str, most: int) -> int:
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:7]) <= most):
        raise argparse.ArgumentTypeError(f"found {value!r}; allowed: 1 to {most}")
    return int(value)


def _side(value: str) -> str:
    if value not in ("left", "right", "none"):
        raise argparse.ArgumentTypeError(f"found {value!r}; allowed: left, right or none")
    return value
