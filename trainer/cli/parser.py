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

    def print_help(self, file: object = None) -> None:  # noqa: ARG002  # the interface
        """Print the help; unlike argparse's own, this tells of an output that takes nothing."""
        print(self.format_help(), end="")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and end with status 2."""
        lines = [f"{self.prog}: {message}"]
        if choice := re.search(r"invalid choice: '(.*?)' \(choose from", message, re.DOTALL):
            lines = [f"{self.prog}: there is no {choice.group(1)!r} here", *_meant(choice.group(1), self.known)]
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

    def add(name: str, text: str) -> Parser:
        return commands.add_parser(
            name,
            help=text,
            description=text[0].upper() + text[1:] + ".",
            parents=[common],
            formatter_class=_formatter(),
            allow_abbrev=False,
        )

    run = add("run", "guide through a routine")
    run.add_argument("id", metavar="ID", help="a routine, as trainer list names it")
    run.add_argument("--plain", action="store_true", help="line by line, without a screen")
    run.add_argument("--rehearse", action="store_true", help="20 times faster, and nothing is kept")
    run.add_argument("--from", dest="from_step", metavar="STEP", help="begin at an exercise: its number or id")
    listing = add("list", "list the routines")
    show = add("show", "show a routine or an exercise in full")
    show.add_argument("id", metavar="ID", help="a routine or an exercise")
    check = add("check", "check exercise and routine files of your own")
    check.add_argument("files", metavar="FILE", nargs="+", help="a TOML file")
    log = add("log", "look back at what was done")
    log.add_argument("id", metavar="ID", nargs="?", help="one session: its number in the list, or its id")
    log.add_argument("--last", metavar="N", type=_count, default=20, help="how many to list (20)")
    for one in (listing, show, log):
        one.add_argument("--json", action="store_true", help="as JSON, for programs")
    doctor = add("doctor", "look at folders, sound, terminal and logbook")
    doctor.add_argument("--quiet", action="store_true", help="play nothing")
    add("care", "notes on care: when to ask, ease or stop")
    completion = add("completion", "print a completion script for a shell")
    completion.add_argument("shell", metavar="SHELL", help="bash, zsh, fish, tcsh or powershell")
    names = tuple(commands.choices)
    options = ("--help", "--version", "--data-dir", "--config-dir")
    parser.known = (*names, *options, "--plain", "--rehearse", "--from", "--json", "--last", "--quiet")
    for one in commands.choices.values():
        one.known = parser.known
    return parser


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


def _count(value: str) -> int:
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:7]) <= 100_000):
        raise argparse.ArgumentTypeError(f"found {value!r}; allowed: 1 to 100000")
    return int(value)


def _formatter() -> Callable[..., argparse.HelpFormatter]:
    columns = streams.width()

    def make(*, prog: str) -> argparse.HelpFormatter:
        return argparse.HelpFormatter(prog, max_help_position=min(24, columns // 3), width=columns)

    return make
