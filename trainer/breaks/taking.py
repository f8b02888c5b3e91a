"""What a loop knows and takes down: the record, how things stand, and what became of breaks. Pure."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

from msgspec import structs

from sessions.breaks import BreakFact, BreakSettled, ClockChanged, Settled, Why
from trainer.breaks.events import Event, Moment, Noted, Over
from trainer.breaks.hours import Offset
from trainer.breaks.record import Record
from trainer.breaks.schedule import Break, State, is_long, missed, standing
from trainer.breaks.settings import Breaks

LEAP_MS = 2_000
"""From this difference of the two clocks on, the system's was set."""
_OWN = 64
"""So many facts of its own a loop knows again."""


class _Look(NamedTuple):
    """How things stood when they were looked at, and until when they do."""

    from_ms: int
    until_ms: int
    offset_min: int
    record: Record
    wishes: Breaks
    state: State


class Taking:
    """The part of a loop that takes down what is so. What holds until a moment is looked at once."""

    def __init__(self, wishes: Breaks, record: Record, offset: Offset) -> None:
        """`record` is what the logbook's facts amount to; `offset` may change its answers at any time."""
        self.wishes = wishes
        self.record = record
        self._offset = offset
        self._last: Moment | None = None
        self._away_from_ms: int | None = None
        self._offered: Break | None = None
        self._events: list[Event] = []
        self._own: deque[tuple[int, BreakFact]] = deque(maxlen=_OWN)
        self._looked: _Look | None = None

    def state(self, utc_ms: int) -> State:
        """How things stand."""
        return self._look(utc_ms).state

    @property
    def offered(self) -> Break | None:
        """The break that waits for an answer. It is gone, too, once the clock or the zone took its moment back."""
        return self._offered

    @property
    def away(self) -> bool:
        """Whether nobody has been at the machine for as long as makes a rest."""
        return self._away_from_ms is not None

    def _look(self, utc_ms: int) -> _Look:
        was, offset_min = self._looked, self._offset(utc_ms)
        if (
            was is None
            or not was.from_ms <= utc_ms < was.until_ms
            or was.offset_min != offset_min
            or was.record is not self.record
            or was.wishes is not self.wishes
        ):
            stands, until_ms = standing(self.wishes, self.record, utc_ms, self._offset)
            was = self._looked = _Look(utc_ms, until_ms, offset_min, self.record, self.wishes, stands)
        return was

    def _check_clock(self, at: Moment) -> None:
        """Take down that the system's clock was set, where it was."""
        last = self._last or at
        by_ms = (at.utc_ms - last.utc_ms) - (at.steady_ms - last.steady_ms)
        self._last = last
        if abs(by_ms) < LEAP_MS:
            return
        self._last = Moment(last.utc_ms + by_ms, last.steady_ms)
        self._note(at, ClockChanged(by_ms))
        was = self._offered
        if was is not None:
            due_ms = was.due_ms if was.slot else max(0, was.due_ms + by_ms)
            self._offered = structs.replace(was, due_ms=due_ms, at_ms=max(0, was.at_ms + by_ms))
        if self._away_from_ms is not None:
            self._away_from_ms = max(0, self._away_from_ms + by_ms)

    def _pending(self, at: Moment) -> list[Break]:
        return [one for one, _ in missed(self.wishes, self.record, at.utc_ms, self._offset)]

    def _settle(
        self, at: Moment, found: list[Break], how: Settled, from_ms: int, why: Why = "", *, session: str = ""
    ) -> None:
        """Take down, as one fact, what became of breaks: known by the first of them, and by its last fixed time."""
        if not found:
            return
        if how == "dropped":
            # A fixed time waits on where it is when the clock is set on; the hour does not go back with it.
            from_ms = max(from_ms, self.record.from_ms or 0)
        named = next((one for one in reversed(found) if one.slot), found[0])
        was = self._offered
        if was is not None and any(one.is_same(was) for one in found):
            if how not in ("taken", "skipped"):
                self._events.append(Over(was, how))
            self._offered = None
        due_ms, count = min(one.due_ms for one in found), len(found)
        self._note(at, BreakSettled(due_ms, how, from_ms, why, named.routine, named.slot, session, count))

    def _let_pass(self, at: Moment) -> None:
        """Take down what passed with a pause, with the hours, or because another break came."""
        pause = self.record.pause
        if pause is not None and is_long(self.wishes, pause.until_ms - pause.from_ms):
            lost = [one for one in self._pending(at) if one.due_ms < pause.until_ms]
            self._settle(at, lost, "dropped", pause.until_ms, "paused")
        found = missed(self.wishes, self.record, at.utc_ms, self._offset)
        over = [span.until_ms for _, span in found if span.until_ms <= at.utc_ms]
        if over:
            silent = pause is not None and pause.from_ms <= max(over) <= pause.until_ms
            lost = [one for one, span in found if span.until_ms <= max(over)]
            self._settle(at, lost, "dropped", max(over), "paused" if silent else "hours_over")
        left = self._pending(at)
        if len(left) > 1:
            self._settle(at, left[:-1], "dropped", left[-1].due_ms, "replaced")
        left = self._pending(at)
        coming = self.state(at.utc_ms).next
        if left and not (coming is not None and coming.due_ms <= at.utc_ms):
            # Without hours, a fixed time is over at midnight; what was put off beyond the hours is told when they end.
            lost = [one for one in left if one.at_ms <= at.utc_ms]
            self._settle(at, lost, "dropped", self.record.from_ms or at.utc_ms, "unanswered")

    def _withdraw(self, at: Moment) -> None:
        """An offer that is not due any more is none: a pause, or a clock or zone that went back."""
        if self._offered is not None:
            now = self.state(at.utc_ms)
            if now.kind != "due" or not self._offered.is_same(now.next):
                self._offered = None

    def _note(self, at: Moment, body: BreakFact) -> None:
        self.record = self.record.after(at.utc_ms, body)
        self._own.append((at.utc_ms, body))
        self._events.append(Noted(body))

    def _taken(self) -> list[Event]:
        events, self._events = self._events, []
        return events
