"""The loop that counts to the next break: commands and time in, facts and offers out. Pure.

It is told of time by ticks, as rarely as is wanted: whatever passed between two of them, at most one break is offered.
"""

from __future__ import annotations

from collections.abc import Iterable

from sessions.breaks import (
    BreakFact,
    BreakOffered,
    BreakPostponed,
    BreakSettled,
    BreaksPaused,
    Rested,
    WatchBegun,
    WatchEnded,
    Why,
)
from trainer.breaks.events import Event, HeadsUp, Moment, Offer, Over, Sensed
from trainer.breaks.hours import MINUTE_MS, Offset
from trainer.breaks.record import Record
from trainer.breaks.schedule import Break, counts_from, gives_way_ms, interval_ms, is_long, is_told
from trainer.breaks.settings import Breaks
from trainer.breaks.taking import Taking

TYPING_MS = 4_000
"""Who typed or moved something so shortly before is in the middle of it (own)."""
PATIENCE_MS = 3 * MINUTE_MS
"""How long a break waits for a pause in typing."""
TICK_MS = 30_000
IDLE_TICK_MS = 5_000


class Loop(Taking):
    """Counts to the next break. Every call says what the time is and returns what is to be done, in order."""

    def __init__(self, wishes: Breaks, record: Record, offset: Offset) -> None:
        """`record` is what the logbook's facts amount to; `offset` may change its answers at any time."""
        super().__init__(wishes, record, offset)
        self._announced: Break | None = None
        self._held_back = False
        self._held_ms = 0
        self._practising: Break | None = None
        self._session_open = False
        self._judged: object = None

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

        A count that stopped for less time than makes a rest goes on, and so does one that a break waits from for less
        than an interval; else the hour begins now (own).
        """
        self._last = at
        if self.record.watched_ms is not None:
            self._note(at, WatchEnded(min(at.utc_ms, max(seen_ms or 0, self.record.watched_ms))))
        left_ms, from_ms = self.record.left_ms, self.record.from_ms
        just_now = left_ms is not None and at.utc_ms - left_ms < self._away_ms
        now = self.state(at.utc_ms)
        due = now.next if now.kind == "due" else None
        if due is not None and is_told(self.record, due) and at.utc_ms - due.at_ms < interval_ms(self.wishes):
            # Offered by the timer, or before: it waits for an answer still.
            from_ms = max(0, due.due_ms - interval_ms(self.wishes)) if from_ms is None else from_ms
        elif from_ms is None or not (just_now or from_ms > at.utc_ms):
            self._settle(at, self._pending(at), "dropped", at.utc_ms, "unanswered")
            from_ms = at.utc_ms
        self._note(at, WatchBegun(from_ms, idle))
        return self._taken()

    def end(self, at: Moment) -> list[Event]:
        """End counting."""
        self._check_clock(at)
        if self._away_from_ms is not None:
            self._returned(at, at.utc_ms)
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
        self._check_clock(at)
        gap_ms = at.steady_ms - (self._last or at).steady_ms
        self._last = at
        if self._session_open:
            return self._taken()
        if gap_ms >= self._away_ms:
            self._slept(at, gap_ms)
        self._look_for_person(at, sensed)
        if self._away_from_ms is None:
            self._let_lapse(at)
            self._announce(at, sensed)
        return self._taken()

    def _slept(self, at: Moment, gap_ms: int) -> None:
        """The machine or the program stood still for so long that it counts as a rest."""
        long = is_long(self.wishes, gap_ms)
        self._settle(at, self._pending(at), "dropped" if long else "away", at.utc_ms, "asleep" if long else "")
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
                self._settle(at, self._pending(at), "away", at.utc_ms)
        elif self._away_from_ms is not None:
            self._returned(at, max(self._away_from_ms, at.utc_ms - (idle_ms or 0)))

    def _returned(self, at: Moment, until_ms: int) -> None:
        self._settle(at, self._pending(at), "away", until_ms)
        self._note(at, Rested(min(self._away_from_ms or 0, until_ms), until_ms))
        self._away_from_ms = None

    def _let_lapse(self, at: Moment) -> None:
        """Take down what is not offered any more, with the reason."""
        pause = self.record.pause
        if pause is not None and at.utc_ms < pause.until_ms:
            self._withdraw(at)
            return
        if self._judged is not self._look(at.utc_ms):
            self._let_pass(at)
            self._judged = self._look(at.utc_ms)
        self._withdraw(at)
        now = self.state(at.utc_ms)
        due = now.next if now.kind == "due" else None
        if due is None or self.record.unanswered:
            return
        # While nobody could see it, nobody could answer. When it was offered is right where the clock was set since.
        told = self.record.offered
        if self.record.watched_ms is None and not is_told(self.record, due):
            return  # nobody was told of it, so that nobody could answer
        seen_ms = max(due.at_ms, 0 if pause is None else pause.until_ms, 0 if self._held_back else self._held_ms)
        if told is not None and is_told(self.record, due):
            seen_ms = max(seen_ms, told.at_ms)
        if at.utc_ms - seen_ms >= interval_ms(self.wishes):
            why: Why = "quiet" if self._held_back else "unanswered"
            self._settle(at, [due], "dropped", due.at_ms, why)
        elif self._held_back:
            self._held_ms = at.utc_ms

    def _announce(self, at: Moment, sensed: Sensed) -> None:
        now = self.state(at.utc_ms)
        coming = now.next
        if coming is None or now.kind not in ("due", "counting"):
            return
        left_ms = coming.at_ms - at.utc_ms
        if now.kind == "counting":
            if left_ms <= self.wishes.heads_up_s * 1000 and self._announced != coming:
                self._announced = coming
                self._events.append(HeadsUp(coming))
            return
        if coming.is_same(self._offered):
            # In another zone it is due at another moment.
            self._note_offered(at, coming)
            return
        typing = sensed.exact and sensed.idle_ms is not None and sensed.idle_ms < TYPING_MS
        if typing and -left_ms < PATIENCE_MS:
            return
        self._offered, self._held_back, self._held_ms = coming, False, 0
        self._note_offered(at, coming)
        self._events.append(Offer(coming))

    def _note_offered(self, at: Moment, what: Break) -> None:
        told = self.record.offered
        if told is None or (told.due_ms, told.slot) != (what.due_ms, what.slot):
            self._note(at, BreakOffered(what.due_ms, what.routine, what.slot))

    def held_back(self, held: bool) -> None:
        """Say whether the offer is kept from the person, who is not to be disturbed."""
        self._held_back = held

    # --- what the person says --------------------------------------------------------------------

    def started(self, at: Moment) -> Break | None:
        """A guided session begins here; returns the break that it is, None where it is none.

        It is the next counted break once the hour of that has begun, and a fixed time as shortly before as a counted
        break would give way (own).
        """
        self._check_clock(at)
        coming = self.state(at.utc_ms).next
        self._session_open, self._practising = True, None
        if coming is not None:
            early_ms = gives_way_ms(self.wishes) or 30 * MINUTE_MS if coming.slot else interval_ms(self.wishes)
            self._practising = coming if coming.due_ms - at.utc_ms <= early_ms else None
        return self._practising

    def ended(self, at: Moment, session: str, *, moved: bool) -> list[Event]:
        """The session ended; where nothing was done in it, the break is still due."""
        self._check_clock(at)
        was, self._practising = self._practising, None
        self._last, self._session_open, self._away_from_ms = at, False, None
        if moved:
            # What came due meanwhile was done with it.
            found = self._pending(at)
            if was is not None and not any(one.is_same(was) for one in found):
                found = sorted([was, *found], key=lambda one: one.due_ms)
            self._settle(at, found, "taken", at.utc_ms, session=session)
            self.record = self.record.moved(at.utc_ms)
        return self._taken()

    def may_postpone(self, utc_ms: int) -> bool:
        """Whether the break that is due or comes next may be postponed once more."""
        coming = self.state(utc_ms).next
        return coming is not None and coming.times < self.wishes.postpone_most

    def postpone(self, at: Moment, minutes: int | None = None) -> list[Event]:
        """Put the break off that is due or comes next; nothing where it may not be."""
        self._check_clock(at)
        coming = self.state(at.utc_ms).next
        if coming is not None and self.may_postpone(at.utc_ms):
            until_ms = max(at.utc_ms, coming.at_ms) + (minutes or self.wishes.postpone_min) * MINUTE_MS
            self._note(at, BreakPostponed(coming.due_ms, until_ms, coming.times + 1, coming.slot))
            self._offered = None
        return self._taken()

    def skip(self, at: Moment) -> list[Event]:
        """Skip the break that is due or comes next; the next hour counts from where it would have been."""
        self._check_clock(at)
        coming = self.state(at.utc_ms).next
        if coming is not None:
            # What was put off beyond it goes with it.
            found = [*(one for one in self._pending(at) if not one.is_same(coming)), coming]
            self._settle(at, sorted(found, key=lambda one: one.due_ms), "skipped", max(at.utc_ms, coming.at_ms))
            self._offered = None
        return self._taken()

    def pause(self, at: Moment, until_ms: int, *, civil: bool = False) -> list[Event]:
        """Be silent until a moment."""
        self._check_clock(at)
        self._note(at, BreaksPaused(until_ms, civil, self._new_hour(at)))
        self._offered = None
        return self._taken()

    def resume(self, at: Moment) -> list[Event]:
        """Be silent no longer."""
        self._check_clock(at)
        self._note(at, BreaksPaused(at.utc_ms, from_ms=self._new_hour(at)))
        return self._taken()

    def _new_hour(self, at: Moment) -> int | None:
        """When the hour began that a pause was followed by, which the next pause would make forgotten."""
        pause = self.record.pause
        over = pause is not None and pause.until_ms <= at.utc_ms
        from_ms = counts_from(self.wishes, self.record) if over else self.record.from_ms
        return None if from_ms == self.record.from_ms else from_ms

    def learn(
        self, at: Moment, facts: Iterable[tuple[int, BreakFact]], moved: Iterable[tuple[str, int]]
    ) -> list[Event]:
        """Take in what others took down: facts with their moments, and sessions with the moments of their ends.

        Facts of its own that are among them are known already.
        """
        self._check_clock(at)
        own = list(self._own)
        for at_ms, body in facts:
            if (at_ms, body) in own:
                continue
            self.record = self.record.after(at_ms, body)
            was = self._offered
            if was is not None and isinstance(body, BreakSettled) and body.due_ms == was.due_ms:
                self._events.append(Over(was, body.how))
                self._offered = None
        for session, until_ms in moved:
            if until_ms <= at.utc_ms:
                found = [one for one in self._pending(at) if one.due_ms < until_ms]
                self._settle(at, found, "by_hand", until_ms, session=session)
                self.record = self.record.moved(until_ms)
        self._withdraw(at)
        return self._taken()

    @property
    def _away_ms(self) -> int:
        return self.wishes.away_min * MINUTE_MS
