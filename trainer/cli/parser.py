"""The commands and their options."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NoReturn

from trainer import __version__
from trainer.cli import streams


class Parser(argparse.ArgumentParser):
    """A parser whose errors are short, clean and suggest what may have been meant."""

    known: tuple[str, ...] = ()
    """Every command and option there is, for suggestions."""
    otherwise: str = ""
    """What a word that is no subcommand may have been meant for, with `{}` in its place."""

    def print_help(self, file: object = None) -> None:  # noqa: ARG002  # the interface
        """Print the help; unlike argparse's own, this tells of an output that takes nothing."""
        print(self.format_help(), end="")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and end with status 2."""
        lines = [f"{self.prog}: {message}"]
        if choice := re.search(r"(\S+): invalid choice: '(.*?)' \(choose from (.*)\)$", message, re.DOTALL):
            of, word, allowed = choice.groups()
            meant = _meant(word, self.known) or ([self.otherwise.format(word)] if self.otherwise else [])
            lines = [f"{self.prog}: there is no {word!r} here", *meant]
            if of != "COMMAND":
                lines = [f"{self.prog}: found {word!r}; allowed: {allowed.replace(chr(39), '')}"]
        elif unknown := re.match(r"unrecognized arguments: (\S+)", message):
            lines += _meant(unknown.group(1), self.known)
        streams.warn(*lines, f"{self.prog} --help says what there is.")
        self.exit(2)


def _meant(word: str, known: Iterable[str]) -> list[str]:
    import difflib

    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return [f"Did you mean {close[0]}?"] if close else []


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The command and options in `argv`. Raises SystemExit, having said why."""
    args = build().parse_args(argv)
    for name in ("data_dir", "config_dir"):
        if not hasattr(args, name):
            setattr(args, name, None)
    return args


def build() -> Parser:
    """The parser of the whole command line."""
    parser = Parser(
        prog="trainer",
        description="A guided exercise coach for the terminal. Without a command it opens the home screen.",
        epilog="trainer COMMAND --help says more of a command.",
        formatter_class=_formatter(),
        allow_abbrev=False,
    )
    # No default: a subcommand's own default would undo what was said before it.
    common = Parser(add_help=False, argument_default=argparse.SUPPRESS, allow_abbrev=False)
    _common(parser, lambda text: text)
    _common(common, lambda _: argparse.SUPPRESS)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command", parser_class=Parser)

    def add(name: str, text: str, group: argparse._SubParsersAction[Parser] = commands) -> Parser:
        return group.add_parser(
            name,
            help=text,
            description=text[0].upper() + text[1:] + ".",
            parents=[common],
            formatter_class=_formatter(),
            allow_abbrev=False,
        )

    run = add("run", "guide through a routine")
    run.add_argument("id", metavar="ID", help="a routine or an exercise, as trainer list names it")
    _run_options(run)
    listing = add("list", "list the routines, or search routines and exercises")
    _list_options(listing)
    show = add("show", "show a routine or an exercise in full")
    show.add_argument("id", metavar="ID", help="a routine or an exercise: its id or a name of it")
    check = add("check", "check exercise and routine files of your own")
    _check_options(check)
    schema = add("schema", "print the JSON Schema of exercise or routine files, for editors")
    schema.add_argument("kind", metavar="KIND", choices=("exercise", "routine"), help="exercise or routine")
    _authoring_options(add)
    log = add("log", "look back at what was done")
    log.add_argument("--last", metavar="N", type=_count, default=20, help="how many to list (20)")
    logs = log.add_subparsers(title="commands", metavar="COMMAND", dest="log_command", parser_class=Parser)
    _log_show_options(add("show", "show one session", logs))
    _log_add_options(add("add", "log minutes of walking, swimming, cycling and so on", logs))
    log.description = "Look back at what was done: without a command, the latest sessions."
    log.otherwise = "One session: trainer log show {}"
    for one in (listing, show, log):
        one.add_argument("--json", action="store_true", help="as JSON, for programs")
    doctor = add("doctor", "look at folders, sound, terminal and logbook")
    doctor.add_argument("--quiet", action="store_true", help="play nothing")
    add("care", "notes on care: when to ask, ease or stop")
    add("rules", "the rules of the sources that the program follows")
    completion = add("completion", "print a completion script for a shell")
    completion.add_argument("shell", metavar="SHELL", help="bash, zsh, fish, tcsh or powershell")
    names = tuple(commands.choices)
    options = ("--help", "--version", "--data-dir", "--config-dir")
    parser.known = (*names, *options, *_OF_RUN, "--json", "--last", *_OF_LOG, *_OF_LIST, *_OF_AUTHORING)
    for one in (*commands.choices.values(), *logs.choices.values()):
        one.known = parser.known
    log.known = tuple(logs.choices)  # an option that is not known is told of by the whole parser
    return parser


def _list_options(parser: argparse.ArgumentParser) -> None:
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


_OF_LIST = ("--tag", "--position", "--needs", "--source", "--office", "--exercises")


def _check_options(check: argparse.ArgumentParser) -> None:
    check.add_argument("files", metavar="FILE", nargs="*", help="a TOML file; without one, all files of your own")
    check.add_argument("--json", action="store_true", help="the problems as JSON, for editors")
    check.epilog = (
        "--json prints a list, empty when all is well, of objects with file, line, column, place, found, allowed and "
        "suggestion. Lines and columns count from 1; what is not known is null. The exit status is 2 where anything is "
        "wrong."
    )


def _authoring_options(add: Callable[[str, str], Parser]) -> None:
    new = add("new", "write a routine of your own to begin with")
    new.add_argument("name", metavar="NAME", help='what it is called, such as "Evening back"')
    new.add_argument("--from", dest="source", metavar="ID", help="a copy of what there is, under the new name")
    new.add_argument("--exercise", action="store_true", help="an exercise, not a routine")
    new.add_argument("--edit", action="store_true", help="open it in your editor")
    new.add_argument("--replace", action="store_true", help="even where that takes the place of a shipped one")
    edit = add("edit", "open a file of your own in your editor, and check it")
    edit.add_argument("name", metavar="NAME", help="a routine or an exercise: its id or its name")
    edit.add_argument("--exercise", action="store_true", help="the exercise, where a routine has the same id")
    share = add("share", "write a routine and all that it needs into one file")
    share.add_argument("id", metavar="ID", help="a routine or an exercise")
    share.add_argument("--to", metavar="FILE", help="the file; else standard output")
    share.add_argument("--exercise", action="store_true", help="the exercise, where a routine has the same id")
    share.add_argument("--force", action="store_true", help="over a file that is there")
    take = add("add", "take in a routine that somebody shared")
    take.add_argument("file", metavar="FILE", help="the file; - is standard input")
    take.add_argument("--yes", action="store_true", help="ask nothing")
    take.add_argument("--dry-run", action="store_true", help="only say what it would add or replace")


_OF_AUTHORING = ("--exercise", "--edit", "--replace", "--to", "--force", "--yes", "--dry-run")


def _log_show_options(show: argparse.ArgumentParser) -> None:
    show.add_argument("id", metavar="ID", help="its number in the list, 1 being the latest, or its id")
    # No default: `log --json show 1` has said it already.
    show.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="as JSON, for programs")


def _log_add_options(add: argparse.ArgumentParser) -> None:
    add.add_argument("activity", metavar="ACTIVITY", help="what was done: walk, swim, cycle, run, other …")
    add.add_argument("minutes", metavar="MINUTES", help="how long it took, 1 to 1440")
    add.add_argument("--intensity", metavar="HOW", help="light, moderate or vigorous; else what is usual")
    add.add_argument("--on", metavar="DATE", help="the day, as 2026-03-01; else today")
    add.add_argument("--note", metavar="TEXT", help="a note of your own")


_OF_LOG = ("--intensity", "--on", "--note")


def _common(parser: argparse.ArgumentParser, shown: Callable[[str], str]) -> None:
    parser.add_argument(
        "--data-dir", metavar="DIR", default=argparse.SUPPRESS, help=shown("where the logbook lies"), type=_folder
    )
    parser.add_argument(
        "--config-dir",
        metavar="DIR",
        default=argparse.SUPPRESS,
        help=shown("where settings and files of your own lie"),
        type=_folder,
    )
    parser.add_argument(
        "--version", action="version", version=f"trainer {__version__}", help=shown("say the version and end")
    )


def _folder(value: str) -> str:
    if not value or "\0" in value:
        raise argparse.ArgumentTypeError("a folder's name is needed")
    return value


def _run_options(run: argparse.ArgumentParser) -> None:
    run.add_argument("--plain", action="store_true", help="line by line, without a screen")
    run.add_argument("--rehearse", action="store_true", help="20 times faster, and nothing is kept")
    run.add_argument("--from", dest="from_step", metavar="STEP", help="begin at an exercise: its number or id")
    run.add_argument("--minutes", metavar="N", type=_minutes, help="a short form, of at most so many minutes")
    run.add_argument("--no-floor", action="store_true", help="without what takes place on the floor")
    run.add_argument("--quiet", action="store_true", help="without what others nearby hear")
    run.add_argument(
        "--without", metavar="THING", action="append", default=[], help="without equipment that is not at hand"
    )
    run.add_argument("--level", metavar="N", type=_level, help="the level of a routine that grows, from 1")
    run.add_argument("--weaker", metavar="SIDE", type=_side, help="the side that gets more: left, right or none")


_OF_RUN = (
    *("--plain", "--rehearse", "--from", "--level", "--weaker"),
    *("--minutes", "--no-floor", "--quiet", "--without"),
)


def _count(value: str) -> int:
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


def _formatter() -> Callable[..., argparse.HelpFormatter]:
    columns = streams.width()

    def make(*, prog: str) -> argparse.HelpFormatter:
        return argparse.HelpFormatter(prog, max_help_position=min(24, columns // 3), width=columns)

    return make
