"""What a person asks of the logbook on the command line: days, exercises, routines, ratings."""

from __future__ import annotations

from typing import Literal

from sessions.logbook import Logbook
from sessions.review import local_date
from trainer.cli.errors import Refusal
from trainer.guide import search
from trainer.text import clean


def shown(text: str) -> str:
    """Text as it is told of in an error."""
    return repr(clean(text, limit=60))


def today(day_starts_h: int = 0) -> str:
    """The local date of the day that this moment belongs to."""
    from trainer.cli.make import stamp

    now = stamp()
    return local_date(now.utc_ms, now.offset_min, day_starts_h)


def day(option: str, text: str, now: str) -> str:
    """A day as a person writes it: see `search.day`; empty stays empty. Raises `Refusal`."""
    try:
        return search.day(text, now) if text else ""
    except ValueError as error:
        raise Refusal(f"{option}: found {shown(text)}; {error}") from None


def rating(option: str, text: str) -> int:
    """A rating as a person writes it: see `search.rating`. Raises `Refusal`."""
    try:
        return search.rating(text)
    except ValueError as error:
        raise Refusal(f"{option}: found {shown(text)}; {error}") from None


def called(logbook: Logbook, kind: Literal["exercise", "routine"], text: str) -> str:
    """The id of what a person means: see `search.called`; empty stays empty. Raises `Refusal`."""
    try:
        return search.called(text, [row for row in logbook.names() if row.kind == kind]) if text else ""
    except ValueError as error:
        raise Refusal(f"--{kind}: found {shown(text)}; {clean(str(error))}") from None
