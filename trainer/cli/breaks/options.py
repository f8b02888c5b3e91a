"""The options of `trainer breaks` and its commands."""

from __future__ import annotations

import argparse
from argparse import ArgumentParser
from collections.abc import Callable


def loop(parser: ArgumentParser) -> None:
    """On a screen or line by line."""
    parser.add_argument("--plain", action="store_true", help="line by line, without a screen")


def _json(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="as JSON, for programs")


def _none(parser: ArgumentParser) -> None:
    """A command without options of its own."""


def _ask_nothing(parser: ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help="ask nothing")


def _install(parser: ArgumentParser) -> None:
    parser.add_argument("--print", dest="print_only", action="store_true", help="only show what it would write and run")
    _ask_nothing(parser)


def _pause(parser: ArgumentParser) -> None:
    parser.add_argument(
        "length", metavar="TIME", nargs="?", default="1h", help="how long: 45m, 2h, 1h30, or tomorrow; else 1h"
    )


def _snooze(parser: ArgumentParser) -> None:
    parser.add_argument("minutes", metavar="MINUTES", nargs="?", help="by how many minutes, 1 to 60; else as you set")


def _day(parser: ArgumentParser) -> None:
    parser.add_argument("day", metavar="DATE", nargs="?", help="the day, as 2026-03-01; else today")
    _json(parser)


COMMANDS: dict[str, tuple[str, Callable[[ArgumentParser], None]]] = {
    "status": ("see when the next break is, and what counts to it", _json),
    "pause": ("be silent for a while", _pause),
    "resume": ("end a pause", _none),
    "skip": ("skip the next break, or the one that is due", _none),
    "snooze": ("put the next break off, or the one that is due", _snooze),
    "day": ("see a day: worked, moved, away", _day),
    "install": ("have the system remind you while no loop is open", _install),
    "uninstall": ("take away all that install wrote", _ask_nothing),
    "remind": ("send a notice if a break is due: what the installed timer runs", _none),
}


def length(text: str) -> int | None:
    """Minutes of a text such as `45m`, `2h`, `1h30` or `90`, up to a day; None: tomorrow.

    Raises `ArgumentTypeError`.
    """
    import re

    word = text.strip().lower()
    if word == "tomorrow":
        return None
    found = re.fullmatch(r"(?:(\d{1,2})h(?:(\d{1,2})m?)?|(\d{1,4})(?:m|min)?)", word, re.ASCII)
    whole = 0
    if found:
        hours, rest, alone = found.groups()
        whole = int(alone) if alone else int(hours) * 60 + int(rest or 0)
    if not 1 <= whole <= 24 * 60:
        from trainer.cli.asked import shown

        raise argparse.ArgumentTypeError(
            f"found {shown(text)}; allowed: 1m to 24h, such as 45m, 2h or 1h30, or tomorrow"
        )
    return whole
