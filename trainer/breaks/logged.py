"""What a logbook tells of breaks: how things stand, and how a day went."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sessions.breaks import BREAK_KINDS, BreakFact, WatchEnded
from sessions.facts import Fact
from trainer.breaks.day import Day, day_of
from trainer.breaks.due import is_fresh
from trainer.breaks.hours import DAY_MS, Offset, moment
from trainer.breaks.record import LOOK_BACK_MS, Record, recorded
from trainer.breaks.schedule import unwatched
from trainer.breaks.settings import Breaks

if TYPE_CHECKING:
    from sessions.logbook import Logbook

_KINDS = tuple(BREAK_KINDS.values())


def bodies(facts: Iterable[Fact]) -> list[tuple[int, BreakFact]]:
    """What facts say of breaks, each with its moment; others are passed over."""
    return [(fact.utc_ms, body) for fact in facts if isinstance(body := fact.parsed(), _KINDS)]


def record_of(logbook: Logbook, now_ms: int) -> Record:
    """What a logbook tells of breaks at a moment. Raises `LogbookError`."""
    facts = bodies(logbook.break_facts(now_ms - LOOK_BACK_MS))
    moved = [one.until_ms for one in logbook.moved(now_ms - LOOK_BACK_MS, now_ms)]
    return recorded(facts, moved, now_ms)


def as_it_stands(logbook: Logbook, wishes: Breaks, now_ms: int, seen_ms: int | None) -> Record:
    """What a logbook tells whoever does not count. Raises `LogbookError`.

    `seen_ms` is when the one who counts was last there: one that was ended from outside could not say so.
    """
    record = record_of(logbook, now_ms)
    if record.watched_ms is not None and not is_fresh(seen_ms, now_ms):
        record = record.after(now_ms, WatchEnded(min(now_ms, max(seen_ms or 0, record.watched_ms))))
    return unwatched(wishes, record)


def logged_day(logbook: Logbook, day: date, now_ms: int, offset: Offset) -> Day:
    """How a local day went. Raises `LogbookError`."""
    from_ms, until_ms = moment(day, 0, offset), moment(day + timedelta(1), 0, offset)
    # A rest over midnight is told of when it is over, and a session bears the moment of its beginning.
    facts = bodies(logbook.break_facts(from_ms - DAY_MS, until_ms + DAY_MS))
    return day_of(facts, logbook.moved(from_ms - DAY_MS, until_ms), day, now_ms, offset)
