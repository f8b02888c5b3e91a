"""The loop that counts to the next break: commands and time in, facts and offers out. Pure.

It is told of time by ticks, as rarely as is wanted: whatever passed between two of them, at most one break is offered.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import structs

from sessions.breaks import (
    BreakFact,
    BreakOffered,
    BreakPostponed,
    BreakSettled,
    BreaksPaused,
    ClockChanged,
    Rested,
    Settled,
    WatchBegun,
    WatchEnded,
    Why,
)
from trainer.breaks.events import Event, HeadsUp, Moment, Noted, Offer, Over, Sensed
from trainer.breaks.hours import MINUTE_MS, Offset
from trainer.breaks.record import Record
from trainer.breaks.schedule import Break, State, gives_way_ms, missed, state
from trainer.breaks.settings import Breaks

LEAP_MS = 2_000
"""From this difference of the two clocks on, the system's was set."""
TYPING_MS = 4_000
"""Who typed or moved something so shortly before is in the middle of it (own)."""
PATIENCE_MS = 3 * MINUTE_MS
"""How long a break waits for a pause in typing."""
TICK_MS = 30_000
IDLE_TICK_MS = 5_000
_HOUR_MS = 60 * MINUTE_MS


def interval_ms(wishes: Breaks) -> int:
    """The time between two breaks; an hour where they come at fixed times only."""
    return wishes.every_min * MINUTE_MS or _HOUR_MS


class Loop:
    """Counts to the next break. Every call says what the time is and returns what is to be done, in order."""

    def __init__(self, wishes: Breaks, record: Record, offset: Offset) -> None:
        """`record` is what the logbook's facts amount to; `offset` may change its answers at any time."""
        self.wishes = wishes
        self.record = record
        self._offset = offset
        self._last: Moment | None = None
        self._away_from_ms: int | None = None
        self._announced: tuple[int, int] | None = None
        self._offered: Break | None = None
        self._held_back = False
        self._practising: Break | None = None
        self._session_open = False
        self._events: list[Event] = []
        self._looked: tuple[tuple[int, int, Record], State] | None = None

    # --- what is so ------------------------------------------------------------------------------

    def state(self, utc_ms: int) -> State:
        """How things stand."""
        key = (utc_ms, self._offset(utc_ms), self.record)
        if self._looked is None or self._looked[0] != key:
            self._looked = key, state(self.wishes, self.record, utc_ms, self._offset)
        return self._looked[1]

    @property
    def offered(self) -> Break | None:
        """The break that waits for an answer."""
        return self._offered

    @property
    def away(self) -> bool:
        """Whether nobody has been at the machine for as long as makes a rest."""
        return self._away_from_ms is not None

    def wait_ms(self, at: Moment, *, idle_known: bool) -> int:
        """How long until the next tick: as long as may be, so that one comes when something is due."""
        longest = IDLE_TICK_MS if idle_known else TICK_MS
        found = self.state(at.utc_ms)
        edges = [found.until_ms] if found.until_ms is not None else []
        if found.next is not None:
            edges += [found.next.at_ms, found.next.at_ms - self.wishes.heads_up_s * 1000]
        nearest = min((edge - at.utc_ms for edge in edges if edge > at.utc_ms), default=longest)
        return nearest if nearest <= longest else nearest % longest or longest

    # --- begin and end ---------------------------------------------------------------------------

    def begin(self, at: Moment, *, seen_ms: int | None = None, idle: str = "") -> list[Event]:
        """Begin to count. `seen_ms` is when an earlier loop was last seen, where it did not say that it ended.

        A count that stopped for less time than makes a rest goes on; else the hour begins now.
        """
        self._last = at
        if self.record.watched_ms is not None:
            self._note(at, WatchEnded(min(at.utc_ms, max(seen_ms or 0, self.record.watched_ms))))
        left_ms, from_ms = self.record.left_ms, self.record.from_ms
        just_now = left_ms is not None and at.utc_ms - left_ms < self._away_ms
        now = self.state(at.utc_ms)
        if self.record.offered is not None and now.kind == "due" and now.next is not None:
            # Offered by the timer: it waits for an answer still.
            from_ms = max(0, now.next.due_ms - interval_ms(self.wishes)) if from_ms is None else from_ms
        elif from_ms is None or not (just_now or from_ms > at.utc_ms):
            self._settle_missed(at, "dropped", at.utc_ms, "unanswered")
            from_ms = at.utc_ms
        self._note(at, WatchBegun(from_ms, idle))
        return self._taken()

    def end(self, at: Moment) -> list[Event]:
        """End counting."""
        self._note(at, WatchEnded(at.utc_ms))
        return self._taken()

    # --- time ------------------------------------------------------------------------------------

    def lapse(self, at: Moment) -> list[Event]:
        """Take down what is not offered any more, as a tick does: for who looks in now and then, and does not count."""
        self._let_lapse(at)
        return self._taken()

    def tick(self, at: Moment, sensed: Sensed | None = None) -> list[Event]:
        """Take note of the time, and of what the system tells of the person."""
        sensed = sensed or Sensed()
        last, self._last = self._last or at, at
        gap_ms = at.steady_ms - last.steady_ms
        by_ms = at.utc_ms - last.utc_ms - gap_ms
        if abs(by_ms) >= LEAP_MS:
            self._clock_was_set(at, by_ms)
        if self._session_open:
            return self._taken()
        if gap_ms >= self._away_ms:
            self._slept(at, gap_ms)
        self._look_for_person(at, sensed)
        if self._away_from_ms is None:
            self._let_lapse(at)
            self._announce(at, sensed)
        return self._taken()

    def _clock_was_set(self, at: Moment, by_ms: int) -> None:
        self._note(at, ClockChanged(by_ms))
        if self._offered is not None and not self._offered.slot:
            was = self._offered
            self._offered = structs.replace(was, due_ms=was.due_ms + by_ms, at_ms=was.at_ms + by_ms)
        if self._away_from_ms is not None:
            self._away_from_ms += by_ms

    def _slept(self, at: Moment, gap_ms: int) -> None:
        """The machine or the program stood still for so long that it counts as a rest."""
        long = gap_ms > interval_ms(self.wishes)
        self._settle_missed(at, "dropped" if long else "away", at.utc_ms, "asleep" if long else "")
        from_ms = at.utc_ms - gap_ms
        if self._away_from_ms is not None:
            from_ms, self._away_from_ms = min(from_ms, self._away_from_ms), None
        self._note(at, Rested(max(0, from_ms), at.utc_ms, "asleep"))

    def _look_for_person(self, at: Moment, sensed: Sensed) -> None:
        idle_ms = sensed.idle_ms
        if idle_ms is not None and idle_ms >= self._away_ms:
            if self._away_from_ms is None:
                # What lies before the last rest or the beginning was told of already.
                self._away_from_ms = max(at.utc_ms - idle_ms, min(self.record.from_ms or 0, at.utc_ms))
                self._settle_missed(at, "away", at.utc_ms)
            return
        if self._away_from_ms is not None:
            until_ms = max(self._away_from_ms, at.utc_ms - (idle_ms or 0))
            self._settle_missed(at, "away", until_ms)
            self._note(at, Rested(self._away_from_ms, until_ms))
            self._away_from_ms = None

    def _let_lapse(self, at: Moment) -> None:
        """Take down what is not offered any more, with the reason."""
        pause = self.record.pause
        if pause is not None and at.utc_ms < pause.until_ms:
            return
        paused_long = pause is not None and pause.until_ms - pause.from_ms > interval_ms(self.wishes)
        if pause is not None and paused_long and (self.record.from_ms or 0) < pause.until_ms:
            self._settle_missed(at, "dropped", pause.until_ms, "paused", before_ms=pause.until_ms)
        found = missed(self.wishes, self.record, at.utc_ms, self._offset)
        over = [span.until_ms for _, span in found if span.until_ms <= at.utc_ms]
        if over:
            silent = pause is not None and pause.from_ms <= over[-1] <= pause.until_ms
            self._settle_missed(at, "dropped", over[-1], "paused" if silent else "hours_over", before_ms=over[-1])
        now = self.state(at.utc_ms)
        due = now.next if now.kind == "due" else None
        was = self._offered
        if was is not None and due is not None and due.due_ms != was.due_ms:
            self._settle(at, was, "dropped", self.record.from_ms or was.due_ms, "replaced")
            due = self.state(at.utc_ms).next
        if due is not None and self.record.unanswered == 0 and at.utc_ms - due.at_ms >= interval_ms(self.wishes):
            why: Why = "quiet" if self._held_back else "unanswered"
            self._settle(at, due, "dropped", due.at_ms, why)

    def _announce(self, at: Moment, sensed: Sensed) -> None:
        now = self.state(at.utc_ms)
        coming = now.next
        if coming is None or now.kind not in ("due", "counting"):
            return
        left_ms = coming.at_ms - at.utc_ms
        if now.kind == "counting":
            this = (coming.due_ms, coming.at_ms)
            if left_ms <= self.wishes.heads_up_s * 1000 and self._announced != this:
                self._announced = this
                self._events.append(HeadsUp(coming))
            return
        if self._offered is not None and self._offered.due_ms == coming.due_ms:
            return
        typing = sensed.exact and sensed.idle_ms is not None and sensed.idle_ms < TYPING_MS
        if typing and -left_ms < PATIENCE_MS:
            return
        self._offered, self._held_back = coming, False
        if self.record.offered is None or self.record.offered.due_ms != coming.due_ms:
            self._note(at, BreakOffered(coming.due_ms, coming.routine, coming.slot))
        self._events.append(Offer(coming))

    def held_back(self, held: bool) -> None:
        """Say whether the offer is kept from the person, who is not to be disturbed."""
        self._held_back = held

    # --- what the person says --------------------------------------------------------------------

    def started(self, at: Moment) -> Break | None:
        """A guided session begins here; returns the break that it is, None where it is none."""
        now = self.state(at.utc_ms)
        coming = now.next
        early = coming is not None and coming.at_ms - at.utc_ms > gives_way_ms(self.wishes) and bool(coming.slot)
        self._session_open = True
        self._practising = None if early else coming
        return self._practising

    def ended(self, at: Moment, session: str, *, moved: bool) -> list[Event]:
        """The session ended; where nothing was done in it, the break is still due."""
        was, self._practising = self._practising, None
        self._last, self._session_open, self._away_from_ms = at, False, None
        if moved and was is not None:
            self._settle(at, was, "taken", at.utc_ms, session=session)
            self._offered = None
        elif moved:
            self.record = self.record.moved(at.utc_ms)
        return self._taken()

    def may_postpone(self, utc_ms: int) -> bool:
        """Whether the break that is due or comes next may be postponed once more."""
        coming = self.state(utc_ms).next
        return coming is not None and coming.times < self.wishes.postpone_most

    def postpone(self, at: Moment, minutes: int | None = None) -> list[Event]:
        """Put the break off that is due or comes next; nothing where it may not be."""
        coming = self.state(at.utc_ms).next
        if coming is not None and self.may_postpone(at.utc_ms):
            until_ms = max(at.utc_ms, coming.at_ms) + (minutes or self.wishes.postpone_min) * MINUTE_MS
            self._note(at, BreakPostponed(coming.due_ms, until_ms, coming.times + 1, coming.slot))
            self._offered = None
        return self._taken()

    def skip(self, at: Moment) -> list[Event]:
        """Skip the break that is due or comes next; the next hour counts from where it would have been."""
        coming = self.state(at.utc_ms).next
        if coming is not None:
            self._settle(at, coming, "skipped", max(at.utc_ms, coming.at_ms))
            self._offered = None
        return self._taken()

    def pause(self, at: Moment, until_ms: int, *, civil: bool = False) -> list[Event]:
        """Be silent until a moment."""
        self._note(at, BreaksPaused(until_ms, civil))
        self._offered = None
        return self._taken()

    def resume(self, at: Moment) -> list[Event]:
        """Be silent no longer."""
        self._note(at, BreaksPaused(at.utc_ms))
        return self._taken()

    def learn(
        self, at: Moment, facts: Iterable[tuple[int, BreakFact]], moved: Iterable[tuple[str, int]]
    ) -> list[Event]:
        """Take in what others took down: facts with their moments, and sessions with the moments of their ends."""
        was = self._offered
        for at_ms, body in facts:
            self.record = self.record.after(at_ms, body)
            if was is not None and isinstance(body, BreakSettled) and body.due_ms == was.due_ms:
                self._events.append(Over(was, body.how))
                self._offered = None
        for session, until_ms in moved:
            if until_ms <= at.utc_ms:
                self._settle_missed(at, "by_hand", until_ms, before_ms=until_ms, session=session)
                self.record = self.record.moved(until_ms)
        now = self.state(at.utc_ms)
        if self._offered is not None and (now.kind != "due" or now.next is None):
            self._offered = None
        return self._taken()

    # --- taking down -----------------------------------------------------------------------------

    @property
    def _away_ms(self) -> int:
        return self.wishes.away_min * MINUTE_MS

    def _settle(
        self, at: Moment, what: Break, how: Settled, from_ms: int, why: Why = "", *, count: int = 1, session: str = ""
    ) -> None:
        fact = BreakSettled(what.due_ms, how, from_ms, why, what.routine, what.slot, session, count)
        if self._offered is not None and how not in ("taken", "skipped"):
            self._events.append(Over(self._offered, how))
        self._offered = None
        self._note(at, fact)

    def _settle_missed(
        self,
        at: Moment,
        how: Settled,
        from_ms: int,
        why: Why = "",
        *,
        before_ms: int | None = None,
        session: str = "",
    ) -> None:
        """Take down, as one fact, what became of all breaks that came due, or of those due before a moment."""
        found = [one for one, _ in missed(self.wishes, self.record, at.utc_ms, self._offset)]
        found = [one for one in found if before_ms is None or one.due_ms < before_ms]
        if found:
            last = next((one for one in reversed(found) if one.slot), found[0])
            what = structs.replace(last, due_ms=found[0].due_ms)
            self._settle(at, what, how, from_ms, why, count=len(found), session=session)

    def _note(self, at: Moment, body: BreakFact) -> None:
        self.record = self.record.after(at.utc_ms, body)
        self._events.append(Noted(body))

    def _taken(self) -> list[Event]:
        events, self._events = self._events, []
        return events
