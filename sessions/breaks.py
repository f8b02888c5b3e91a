"""What can be said of the breaks of a day: one class for each kind of fact, each fact in a session of its own.

Moments (`…_ms`) are milliseconds since 1970, UTC. A break is known by the moment at which it was first due; one at a
fixed time of the clock also by that time in words (`slot`, such as `2026-03-01T15:00`), so that it comes once in each.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from sessions.units import Count, Id, Line, UtcMs

Settled: TypeAlias = Literal["taken", "skipped", "away", "by_hand", "dropped"]
Why: TypeAlias = Literal["", "asleep", "paused", "hours_over", "unanswered", "quiet", "replaced"]
Shift: TypeAlias = Annotated[int, Meta(ge=-253_370_764_800_000, le=253_370_764_800_000)]


class WatchBegun(Struct, frozen=True):
    """Somebody began to count the time to the next break."""

    from_ms: UtcMs
    """From when the time counts: earlier than now where a count goes on that had hardly stopped."""
    idle: Line = ""
    """What tells how long nothing was typed or moved; empty where nothing does."""


class WatchEnded(Struct, frozen=True):
    """Nobody counts any more."""

    at_ms: UtcMs
    """When it ended: earlier than now where it was ended from outside, and that is told afterwards."""


class BreakOffered(Struct, frozen=True):
    """A break that was due was offered."""

    due_ms: UtcMs
    routine: Id
    slot: Line = ""
    by: Literal["loop", "timer"] = "loop"


class BreakPostponed(Struct, frozen=True):
    """A break was put off by the person."""

    due_ms: UtcMs
    until_ms: UtcMs
    times: Count
    """How often in a row this makes, from 1."""
    slot: Line = ""


class BreakSettled(Struct, frozen=True):
    """What became of a break."""

    due_ms: UtcMs
    how: Settled
    """Taken; skipped by the person; away from the machine instead; a session by hand instead; or dropped."""
    from_ms: UtcMs
    """From when the time to the next one counts."""
    why: Why = ""
    """Why it was dropped: the machine slept, breaks were paused, the hours were over, nobody answered, the person was
    not to be disturbed, or another came in its place. Empty where it was not."""
    routine: Line = ""
    """What it had to offer."""
    slot: Line = ""
    session: Line = ""
    """The session that was done, empty where none was."""
    count: Count = 1
    """How many breaks this stands for, the first of them due at `due_ms`: several pass while a machine sleeps."""


class Rested(Struct, frozen=True):
    """Nobody was at the machine, long enough for a break."""

    from_ms: UtcMs
    until_ms: UtcMs
    why: Literal["away", "asleep"] = "away"
    """Nothing was typed or moved; or machine or program stood still."""


class BreaksPaused(Struct, frozen=True):
    """Breaks are silent until a moment; until one that is over: they are so no longer."""

    until_ms: UtcMs
    civil: bool = False
    """Whether the moment is one of the clock on the wall, such as tomorrow, and not so many minutes from now."""
    from_ms: UtcMs | None = None
    """From when the time to the next break counts, where an earlier pause, long enough for a new hour, says so."""


class ClockChanged(Struct, frozen=True):
    """The system's clock was set: what was said before is to be read as so much later."""

    by_ms: Shift


BreakFact: TypeAlias = (
    WatchBegun | WatchEnded | BreakOffered | BreakPostponed | BreakSettled | Rested | BreaksPaused | ClockChanged
)

BREAK_KINDS: dict[str, type[BreakFact]] = {
    "watch_begun": WatchBegun,
    "watch_ended": WatchEnded,
    "break_offered": BreakOffered,
    "break_postponed": BreakPostponed,
    "break_settled": BreakSettled,
    "rested": Rested,
    "breaks_paused": BreaksPaused,
    "clock_changed": ClockChanged,
}
"""The name under which each is stored. A name, once given out, is never given to another."""
