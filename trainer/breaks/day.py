"""A day as it went: worked, moved, away, and what became of its breaks. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal, TypeAlias

from msgspec import Struct

from sessions.breaks import BreakFact, BreakPostponed, BreakSettled, Rested, WatchBegun, WatchEnded
from sessions.rows import Moved
from trainer.breaks.hours import MINUTE_MS, Offset, Span, day_over, moment

Kind: TypeAlias = Literal["worked", "moved", "away"]
How: TypeAlias = Literal["taken", "by_hand", "away", "postponed", "skipped", "dropped"]
ORDER: tuple[How, ...] = ("taken", "by_hand", "away", "postponed", "skipped", "dropped")


class Piece(Struct, frozen=True):
    """A stretch of the day (UTC, milliseconds) of which one thing can be said."""

    from_ms: int
    until_ms: int
    kind: Kind
    name: str = ""
    """What was done, where somebody moved."""


class Mark(Struct, frozen=True):
    """What became of a break, at the moment at which that was settled."""

    at_ms: int
    how: How
    why: str = ""
    """Why it was dropped, as `sessions.breaks.BreakSettled` has it."""
    routine: str = ""
    until_ms: int = 0
    """Until when it was postponed."""
    count: int = 1
    """How many breaks that is."""


class Day(Struct, frozen=True):
    """One local day. Stretches of which nothing is known are left out."""

    date: str
    """As `2026-03-01`."""
    from_ms: int
    until_ms: int
    pieces: tuple[Piece, ...]
    marks: tuple[Mark, ...]
    leap_ms: int = 0
    """When the clock on the wall was changed; 0 where it was not."""
    leap_min: int = 0
    """By how many minutes."""

    def sums(self) -> list[tuple[How, int]]:
        """How often each thing became of a break, in the order of `ORDER`; what never did is left out."""
        counted: Counter[How] = Counter()
        for mark in self.marks:
            counted[mark.how] += mark.count
        return [(how, counted[how]) for how in ORDER if counted[how]]

    def stretches(self) -> list[tuple[float, float, Kind]]:
        """The pieces in minutes on the wall, as a strip of the day draws them: an hour that comes twice is one."""
        found: list[tuple[float, float, Kind]] = []
        leap_ms = self.leap_ms or self.until_ms
        for one in self.pieces:
            for from_ms, until_ms, by_min in (
                (one.from_ms, min(one.until_ms, leap_ms), 0),
                (max(one.from_ms, leap_ms), one.until_ms, self.leap_min),
            ):
                if from_ms < until_ms:
                    since, until = ((at_ms - self.from_ms) / MINUTE_MS + by_min for at_ms in (from_ms, until_ms))
                    found.append((since, until, one.kind))
        return found

    def spent_ms(self, kind: Kind) -> int:
        """How long that was, in all."""
        return sum(one.until_ms - one.from_ms for one in self.pieces if one.kind == kind)


def day_of(
    facts: Sequence[tuple[int, BreakFact]], moved: Iterable[Moved], day: date, now_ms: int, offset: Offset
) -> Day:
    """A day, from facts with their moments, in the order in which they were taken down, and from sessions.

    They may reach beyond the day on both sides; what was counted since yesterday needs yesterday's beginning.
    """
    whole = Span(moment(day, 0, offset), moment(day + timedelta(1), 0, offset))
    watched = list(_watched(facts, now_ms))
    away = [Span(body.from_ms, body.until_ms) for _, body in facts if isinstance(body, Rested)]
    done = [(Span(one.from_ms, one.until_ms), one.name) for one in moved]
    edges = {whole.from_ms, whole.until_ms}
    for span in (*watched, *away, *(span for span, _ in done)):
        edges |= {edge for edge in (span.from_ms, span.until_ms) if whole.holds(edge)}
    pieces: list[Piece] = []
    ordered = sorted(edges)
    for from_ms, until_ms in pairwise(ordered):
        kind: Kind
        name = next((name for span, name in done if span.holds(from_ms)), None)
        if name is not None:
            kind = "moved"
        elif any(span.holds(from_ms) for span in away):
            kind = "away"
        elif any(span.holds(from_ms) for span in watched):
            kind = "worked"
        else:
            continue
        last = pieces[-1] if pieces else None
        if last is not None and (last.until_ms, last.kind, last.name) == (from_ms, kind, name or ""):
            pieces[-1] = Piece(last.from_ms, until_ms, kind, last.name)
        else:
            pieces.append(Piece(from_ms, until_ms, kind, name or ""))
    marks = tuple(mark for mark in map(_mark, facts) if mark is not None and whole.holds(mark.at_ms))
    leap_ms = day_over(whole.from_ms, offset)
    leap = (leap_ms, offset(leap_ms) - offset(whole.from_ms)) if leap_ms < whole.until_ms else (0, 0)
    return Day(day.isoformat(), whole.from_ms, whole.until_ms, tuple(pieces), marks, *leap)


def _watched(facts: Iterable[tuple[int, BreakFact]], now_ms: int) -> Iterable[Span]:
    """When somebody counted: from each beginning to its end, or to now where it goes on."""
    since: int | None = None
    for at_ms, body in facts:
        if isinstance(body, WatchBegun):
            since = at_ms
        elif isinstance(body, WatchEnded) and since is not None:
            yield Span(since, max(since, body.at_ms))
            since = None
    if since is not None:
        yield Span(since, max(since, now_ms))


def _mark(fact: tuple[int, BreakFact]) -> Mark | None:
    at_ms, body = fact
    if isinstance(body, BreakPostponed):
        return Mark(at_ms, "postponed", until_ms=body.until_ms)
    if isinstance(body, BreakSettled):
        return Mark(at_ms, body.how, body.why, body.routine, count=body.count)
    return None
