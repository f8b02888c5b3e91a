"""What the facts of the last days amount to: from when the time to the next break counts, and what was said. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, timedelta

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

LOOK_BACK_MS = 15 * 24 * 3_600_000
"""How far back facts can bear on the next break: what was left open on a Friday is told of after a week away (own)."""
_KEPT_MS = 48 * 3_600_000
"""How long it is known that a fixed time is settled: no zone shows the same day later than that."""


class Postponed(Struct, frozen=True):
    """A break that was put off."""

    due_ms: int
    until_ms: int
    times: int
    slot: str = ""


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
    slot: str = ""


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
    since_ms: int | None = None
    """Since when somebody counts or, with `left_ms`, counted: a count that hardly stopped goes on."""
    slots: frozenset[str] = frozenset()
    """Breaks at fixed times of which something became, by their labels; those of long ago are forgotten."""
    counts: bool = True
    """False where nobody counts and no hours say when work begins: then only fixed times come."""
    unanswered: int = 0
    """How many breaks in a row nobody answered."""
    last_routine: str = ""
    """What the last break that was taken or skipped had to offer."""

    def after(self, at_ms: int, body: BreakFact) -> Record:
        """What it is once a fact of the moment `at_ms` was taken down."""
        match body:
            case WatchBegun():
                since_ms = self.since_ms if self.since_ms is not None and body.from_ms == self.from_ms else at_ms
                return structs.replace(self, from_ms=body.from_ms, watched_ms=at_ms, left_ms=None, since_ms=since_ms)
            case WatchEnded():
                return structs.replace(self, watched_ms=None, left_ms=body.at_ms)
            case BreakOffered():
                return structs.replace(self, offered=Offered(body.due_ms, at_ms, body.slot))
            case BreakPostponed():
                put = Postponed(body.due_ms, body.until_ms, body.times, body.slot)
                return structs.replace(self, postponed=put, offered=None)
            case BreakSettled():
                return self._settled(at_ms, body)
            case Rested():
                return self._rested(body.until_ms, body.until_ms)
            case BreaksPaused():
                from_ms = max((one for one in (self.from_ms, body.from_ms) if one is not None), default=None)
                return structs.replace(self, pause=self._paused(at_ms, body), from_ms=from_ms)
            case ClockChanged():
                return self.shifted(body.by_ms)

    def moved(self, until_ms: int) -> Record:
        """What it is once something was done that ended at a moment: the time counts from there."""
        if until_ms > (self.from_ms or 0):
            return self._rested(until_ms, until_ms)
        return structs.replace(self, rested_ms=max(until_ms, self.rested_ms or 0))

    def _settled(self, at_ms: int, body: BreakSettled) -> Record:
        rested = body.how in ("taken", "away", "by_hand")
        done = self._rested(body.from_ms, body.from_ms) if rested else self._anew(body.from_ms)
        turned = body.how in ("taken", "skipped") and body.routine
        # What another one came in the place of was not answered either.
        unanswered = self.unanswered + 1 if body.why == "unanswered" else self.unanswered
        oldest = (date(1970, 1, 1) + timedelta(milliseconds=max(0, at_ms - _KEPT_MS), days=-1)).isoformat()
        return structs.replace(
            done,
            slots=frozenset(label for label in self.slots | {body.slot} if label >= oldest),
            unanswered=unanswered if body.why in ("unanswered", "replaced") else 0,
            last_routine=body.routine if turned else self.last_routine,
        )

    def _rested(self, from_ms: int, rested_ms: int) -> Record:
        # A break that was skipped beforehand stays so.
        from_ms, rested_ms = max(from_ms, self.from_ms or 0), max(rested_ms, self.rested_ms or 0)
        return structs.replace(self._anew(from_ms), rested_ms=rested_ms)

    def _anew(self, from_ms: int) -> Record:
        return structs.replace(self, from_ms=from_ms, postponed=None, offered=None, unanswered=0)

    def _paused(self, at_ms: int, body: BreaksPaused) -> Pause | None:
        """A pause that is made longer, or that ends early, began where it began."""
        was = self.pause if self.pause is not None and at_ms < self.pause.until_ms else None
        if body.until_ms > at_ms:
            return Pause(at_ms if was is None else was.from_ms, body.until_ms, body.civil)
        return self.pause if was is None else Pause(was.from_ms, at_ms)

    def shifted(self, by_ms: int) -> Record:
        """What it is once the clock was set: moments are so much later, times on the wall stay."""

        def later(at_ms: int) -> int:
            return max(0, at_ms + by_ms)

        put, said, pause = self.postponed, self.offered, self.pause
        moments = ("from_ms", "rested_ms", "watched_ms", "left_ms", "since_ms")
        found = {name: later(at_ms) for name in moments if (at_ms := getattr(self, name)) is not None}
        if put is not None:
            put = Postponed(put.due_ms if put.slot else later(put.due_ms), later(put.until_ms), put.times, put.slot)
        if said is not None:
            said = Offered(said.due_ms if said.slot else later(said.due_ms), later(said.at_ms), said.slot)
        if pause is not None:
            pause = Pause(later(pause.from_ms), pause.until_ms if pause.civil else later(pause.until_ms), pause.civil)
        return structs.replace(self, postponed=put, offered=said, pause=pause, **found)


def recorded(facts: Iterable[tuple[int, BreakFact]], moved: Iterable[int], now_ms: int) -> Record:
    """What facts, each with its moment and in the order in which they were taken down, amount to at `now_ms`.

    `moved` are the moments at which sessions ended; each comes after the last fact that is earlier. One that lies
    ahead was taken down by a clock that was set back since, and says nothing. Where facts lie ahead, the clock was set
    back while nobody counted: they are read as of now.
    """
    found, latest_ms = Record(), 0
    told = list(facts)
    # The earliest moment from each fact on, so that a session is put after the last fact that is earlier.
    earliest = [at_ms for at_ms, _ in told]
    for number in range(len(told) - 2, -1, -1):
        earliest[number] = min(earliest[number], earliest[number + 1])
    done = sorted(at_ms for at_ms in moved if at_ms <= now_ms)
    places = [bisect_left(earliest, until_ms) for until_ms in done]
    next_ = 0
    for number, (at_ms, body) in enumerate(told):
        while next_ < len(done) and places[next_] <= number:
            found = found.moved(done[next_])
            next_ += 1
        latest_ms = max(at_ms, latest_ms + body.by_ms if isinstance(body, ClockChanged) else latest_ms)
        found = found.after(at_ms, body)
    for until_ms in done[next_:]:
        found = found.moved(until_ms)
    return found.shifted(now_ms - latest_ms) if latest_ms > now_ms else found
