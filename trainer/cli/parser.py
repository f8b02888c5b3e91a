"""The commands and their options."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import ClassVar, NoReturn

from trainer import __version__
from trainer.cli import log_options, options, streams


class Parser(argparse.ArgumentParser):
    """A parser whose errors are short, clean and suggest what may have been meant."""

    known: tuple[str, ...] = ()
    """Every command and option there is, for suggestions."""
    otherwise: str = ""
    """What a word that is no subcommand may have been meant for, with `{}` in its place."""
    stray: ClassVar[str] = ""
    """The first option given that no command has: what follows it is then taken for a command."""

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
            if self.stray:
                lines = [f"{self.prog}: unrecognized arguments: {self.stray}", *_meant(self.stray, KNOWN)]
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
    given = (word.partition("=")[0] for word in argv if word.startswith("--") and word != "--")
    Parser.stray = next((option for option in given if option not in KNOWN), "")
    args = build(_commands_in(argv)).parse_args(argv)
    for name in ("data_dir", "config_dir", "person"):
        if not hasattr(args, name):
            setattr(args, name, None)
    return args


def _commands_in(argv: Sequence[str]) -> tuple[str, ...]:
    """The commands that have to be known to read `argv`: each option costs a tenth of a millisecond at every start."""
    rest = iter(argv)
    for word in rest:
        if word in _ANYWHERE:
            next(rest, None)
        elif word.partition("=")[0] not in _ANYWHERE:
            return (word,) if word in COMMANDS else tuple(COMMANDS)
    return ()


def build(names: Iterable[str] | None = None) -> Parser:
    """The parser of the whole command line, or as far as it has to do with some of the commands."""
    parser = Parser(
        prog="trainer",
        description="A guided exercise coach for the terminal. Alone, it opens the home screen.",
        epilog="trainer COMMAND --help says more of a command.",
        formatter_class=_formatter(),
        allow_abbrev=False,
    )
    parser.known = KNOWN
    _common(parser, lambda text: text)
    group = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command", parser_class=Parser)
    for name in COMMANDS if names is None else names:
        text, give = COMMANDS[name]
        give(_add(group, name, text))
    return parser


def _add(group: argparse._SubParsersAction[Parser], name: str, text: str) -> Parser:
    parser = group.add_parser(
        name,
        help=text,
        description=text[0].upper() + text[1:] + ".",
        parents=[_anywhere()],
        formatter_class=_formatter(),
        allow_abbrev=False,
    )
    parser.known = KNOWN
    return parser


def _log_options(log: Parser) -> None:
    log_options.listing(log)
    group = log.add_subparsers(title="commands", metavar="COMMAND", dest="log_command", parser_class=Parser)
    for name, (text, give) in log_options.COMMANDS.items():
        give(_add(group, name, text))
    log.description = "Look back at what was done: without a command, the latest sessions."
    log.otherwise = "One session: trainer log show {}"
    log.known = tuple(group.choices)  # an option that is not known is told of by the whole parser
    options.as_json(log)


def _breaks_options(breaks: Parser) -> None:
    from trainer.cli.breaks import options as of_breaks  # which no other command needs

    of_breaks.loop(breaks)
    group = breaks.add_subparsers(title="commands", metavar="COMMAND", dest="breaks_command", parser_class=Parser)
    for name, (text, give) in of_breaks.COMMANDS.items():
        give(_add(group, name, text))
    breaks.description = "Count to the next break and offer a routine then, or look after breaks by a command."
    breaks.known = tuple(group.choices)


@cache
def _anywhere() -> Parser:
    # No default: a subcommand's own default would undo what was said before it.
    common = Parser(add_help=False, argument_default=argparse.SUPPRESS, allow_abbrev=False)
    _common(common, lambda _: argparse.SUPPRESS)
    return common


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
        "--person", metavar="NAME", default=argparse.SUPPRESS, help=shown("whose logbook, where several people share")
    )
    parser.add_argument(
        "--version", action="version", version=f"trainer {__version__}", help=shown("say the version and end")
    )


def _folder(value: str) -> str:
    if not value or "\0" in value:
        raise argparse.ArgumentTypeError("a folder's name is needed")
    return value


def _formatter() -> Callable[..., argparse.HelpFormatter]:
    columns = streams.width()

    def make(*, prog: str) -> argparse.HelpFormatter:
        return argparse.HelpFormatter(prog, max_help_position=min(24, columns // 3), width=columns)

    return make


COMMANDS: dict[str, tuple[str, Callable[[Parser], None]]] = {
    "run": ("guide through a routine", options.run),
    "list": ("list the routines, or search routines and exercises", options.listing),
    "show": ("show a routine or an exercise in full", options.show),
    "figure": ("draw how an exercise looks, pose by pose", options.figure),
    "check": ("check exercise and routine files of your own", options.check),
    "schema": ("print the JSON Schema of such files, for editors", options.schema),
    "new": ("write a routine of your own to begin with", options.new),
    "edit": ("open a file of your own in your editor, and check it", options.edit),
    "share": ("write a routine and all that it needs into one file", options.share),
    "add": ("take in a routine that somebody shared", options.take),
    "breaks": ("count to the next break, and offer a routine then", _breaks_options),
    "due": ("say in a line whether a break is due", options.due),
    "log": ("look back at what was done, and look after it", _log_options),
    "stats": ("see whether pain changed, and sum up the week", log_options.stats),
    "sync": ("bring the logbooks of several machines together", log_options.sync),
    "people": ("list the people who have a logbook here, or begin one", log_options.people),
    "doctor": ("look at folders, sound, terminal and logbook", options.doctor),
    "care": ("notes on care: when to ask, ease or stop", options.none),
    "rules": ("the rules of the sources that the program follows", options.none),
    "completion": ("print a completion script for a shell", options.completion),
}
"""What each command does, and what gives it its options, in the order of the help."""

_ANYWHERE = ("--data-dir", "--config-dir", "--person")
KNOWN = (
    *COMMANDS,
    *("--help", "--version", *_ANYWHERE),
    *options.OF_RUN,
    *("--json", "--last"),
    *log_options.ALL,
    *options.OF_LIST,
    *options.OF_AUTHORING,
    *options.OF_FIGURE,
    "--print",
)
"""What a mistyped word is compared with."""
