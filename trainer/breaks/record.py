"""What the facts of the last days amount to: from when the time to the next break counts, and what was said. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, structs

from sessions.breaks import (
    BreakFact,
    BreakOffered,
    BreakPostponed,
    BreakSettled,
    BreaksPaused,
    ClockChanged,
    Rested,
    WatchBegun,
    WatchEnded,
)

LOOK_BACK_MS = 48 * 3_600_000
"""How far back facts can bear on the next break: a pause lasts until tomorrow at most."""


class Postponed(Struct, frozen=True):
    """A break that was put off."""

    due_ms: int
    until_ms: int
    times: int


class Pause(Struct, frozen=True):
    """From when to when breaks are silent."""

    from_ms: int
    until_ms: int
    civil: bool = False
    """Whether its end is a time on the wall, which stays where it is when the clock is set."""


class Offered(Struct, frozen=True):
    """A break that was offered, and when."""

    due_ms: int
    at_ms: int


class Record(Struct, frozen=True):
    """What counts of the facts so far. Moments are milliseconds since 1970, UTC."""

    from_ms: int | None = None
    """From when the time to the next break counts; None where nothing says so."""
    rested_ms: int | None = None
    """When somebody last ended a rest or a session; None where nothing says so."""
    postponed: Postponed | None = None
    offered: Offered | None = None
    pause: Pause | None = None
    watched_ms: int | None = None
    """Since when somebody counts; None where nobody does."""
    left_ms: int | None = None
    """When the last one who counted ended."""
    slots: frozenset[str] = frozenset()
    """Breaks at fixed times of which something became, by their labels."""
    unanswered: int = 0
    """How many breaks in a row nobody answered."""
    last_routine: str = ""
    """What the last break that was taken or skipped had to offer."""

    def after(self, at_ms: int, body: BreakFact) -> Record:
        """What it is once a fact of the moment `at_ms` was taken down."""
        match body:
            case WatchBegun():
                return structs.replace(self, from_ms=body.from_ms, watched_ms=at_ms, left_ms=None)
            case WatchEnded():
                return structs.replace(self, watched_ms=None, left_ms=body.at_ms)
            case BreakOffered():
                return structs.replace(self, offered=Offered(body.due_ms, at_ms))
            case BreakPostponed():
                return structs.replace(self, postponed=Postponed(body.due_ms, body.until_ms, body.times), offered=None)
            case BreakSettled():
                return self._settled(body)
            case Rested():
                return self._anew(max(body.until_ms, self.from_ms or 0), rested=True)
            case BreaksPaused():
                over = body.until_ms <= at_ms
                return structs.replace(self, pause=None if over else Pause(at_ms, body.until_ms, body.civil))
            case ClockChanged():
                return self._shifted(body.by_ms)

    def moved(self, until_ms: int) -> Record:
        """What it is once something was done that ended at a moment: the time counts from there."""
        return self if until_ms <= (self.from_ms or 0) else self._anew(until_ms, rested=True)

    def _settled(self, body: BreakSettled) -> Record:
        done = self._anew(body.from_ms, rested=body.how in ("taken", "away", "by_hand"))
        turned = body.how in ("taken", "skipped") and body.routine
        return structs.replace(
            done,
            slots=self.slots | ({body.slot} - {""}),
            unanswered=self.unanswered + 1 if body.why == "unanswered" else 0,
            last_routine=body.routine if turned else self.last_routine,
        )

    def _anew(self, from_ms: int, *, rested: bool) -> Record:
        rested_ms = from_ms if rested else self.rested_ms
        return structs.replace(self, from_ms=from_ms, rested_ms=rested_ms, postponed=None, offered=None, unanswered=0)

    def _shifted(self, by_ms: int) -> Record:
        def later(at_ms: int | None) -> int | None:
            return None if at_ms is None else max(0, at_ms + by_ms)

        put, said, pause = self.postponed, self.offered, self.pause
        return structs.replace(
            self,
            from_ms=later(self.from_ms),
            rested_ms=later(self.rested_ms),
            watched_ms=later(self.watched_ms),
            left_ms=later(self.left_ms),
            postponed=put and Postponed(put.due_ms + by_ms, put.until_ms + by_ms, put.times),
            offered=said and Offered(said.due_ms + by_ms, said.at_ms + by_ms),
            pause=pause if pause is None or pause.civil else Pause(pause.from_ms + by_ms, pause.until_ms + by_ms),
        )


def recorded(facts: Iterable[tuple[int, BreakFact]], moved: Iterable[int], now_ms: int) -> Record:
    """What facts, each with its moment and in the order in which they were taken down, amount to at `now_ms`.

    `moved` are the moments at which sessions ended. One that lies ahead was taken down by a clock that was set back
    since, and says nothing.
    """
    found = Record()
    for at_ms, body in facts:
        found = found.after(at_ms, body)
    return found.moved(max((at_ms for at_ms in moved if at_ms <= now_ms), default=0))
