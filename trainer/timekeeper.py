"""Keeps the hour for a front end: what the loop says is taken down, and what others did is learnt from the logbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from sessions.breaks import BREAK_KINDS
from sessions.errors import LogbookError
from trainer.breaks.desk import Desk
from trainer.breaks.due import changes
from trainer.breaks.events import Event, Moment, Noted, Sensed
from trainer.breaks.hours import Offset
from trainer.breaks.lock import Place
from trainer.breaks.logged import bodies, record_of
from trainer.breaks.loop import Loop
from trainer.breaks.record import Record
from trainer.breaks.schedule import Break, State
from trainer.breaks.settings import Breaks
from trainer.clock import Clock
from trainer.journal import Journal
from trainer.library.errors import LibraryError
from trainer.library.shelf import Library
from trainer.text import clean

_SESSION_MS = 12 * 3_600_000
"""How long before now a session may have begun that has just ended."""
_TRIES = 3
"""How often the logbook is read where others write into it meanwhile."""


class Timekeeper:
    """Counts to the next break, or looks on while another one on this machine counts.

    It asks no clock by itself: whoever holds it calls `tick`. Trouble with the logbook is the journal's to tell.
    """

    def __init__(
        self,
        wishes: Breaks,
        *,
        journal: Journal,
        clock: Clock,
        offset: Offset,
        place: Place,
        changed: Callable[[Record], None] = lambda _: None,
    ) -> None:
        """`changed` is told what is so whenever a fact was taken down or learnt."""
        self.wishes = wishes
        self.leads = False
        """Whether it is this one that counts."""
        self._journal = journal
        self._clock = clock
        self._offset = offset
        self._place = place
        self._changed = changed
        self._loop = Loop(wishes, Record(), offset)
        self._row = 0
        self._stamp = ""
        self._practising = False
        self._own: set[str] = set()
        self._moved: dict[str, int] = {}
        self._idle = ""

    # --- begin and end ---------------------------------------------------------------------------

    def begin(self, idle: str = "") -> list[Event]:
        """Begin to count, or to look on. `idle` is what tells how long nothing was typed, empty where nothing does."""
        self._idle = idle
        seen_ms = self._place.seen_ms()
        self.leads = self._place.take()
        if self.leads:
            self._place.sign()  # at once, since a command may look for who counts
        self._read()
        if not self.leads:
            return []
        return self._keep(self._loop.begin(self.now, seen_ms=seen_ms, idle=idle))

    def end(self) -> None:
        """End counting, and let another one do so."""
        if self.leads:
            self._keep(self._loop.end(self.now))
            self.leads = False
        self._place.release()

    # --- time ------------------------------------------------------------------------------------

    @property
    def now(self) -> Moment:
        """This moment on both clocks."""
        return Moment(self._journal.now().utc_ms, self._clock.now_ms())

    @property
    def state(self) -> State:
        """How things stand now."""
        return self._loop.state(self.now.utc_ms)

    @property
    def offered(self) -> Break | None:
        """The break that waits for an answer here."""
        return self._loop.offered

    @property
    def away(self) -> bool:
        """Whether nobody is at the machine."""
        return self._loop.away

    def wait_s(self, *, idle_known: bool) -> float:
        """Seconds until the next tick."""
        return max(50, self._loop.wait_ms(self.now, idle_known=idle_known and self.leads)) / 1000

    def tick(self, sensed: Sensed | None = None) -> list[Event]:
        """Take note of the time, of what the system tells of the person, and of what others took down."""
        if not self.leads:
            if self._place.take():  # who counted before has ended
                return self.begin(self._idle)
            if self._stamped() != self._stamp:
                self._read()
            return []
        self._place.touch()
        self._journal.retry()
        # What the session that is led here takes down is this one's own.
        learnt = [] if self._practising else self._learn()
        return self._keep([*learnt, *self._loop.tick(self.now, sensed)])

    # --- what the person says --------------------------------------------------------------------

    def may_postpone(self) -> bool:
        """Whether the next break may be put off once more."""
        return self._loop.may_postpone(self.now.utc_ms)

    def postpone(self, minutes: int | None = None) -> list[Event]:
        """Put the next break off."""
        return self._keep(self._loop.postpone(self.now, minutes))

    def skip(self) -> list[Event]:
        """Skip the next break."""
        return self._keep(self._loop.skip(self.now))

    def pause(self, until_ms: int, *, civil: bool = False) -> list[Event]:
        """Be silent until a moment; `civil` where that is one of the clock on the wall."""
        return self._keep(self._loop.pause(self.now, until_ms, civil=civil))

    def resume(self) -> list[Event]:
        """Be silent no longer."""
        return self._keep(self._loop.resume(self.now))

    def started(self) -> Break | None:
        """A guided session begins here; returns the break that it is."""
        self._practising = True
        return self._loop.started(self.now)

    def ended(self, session: str, *, moved: bool) -> list[Event]:
        """It ended; with `moved`, something was done in it."""
        self._practising = False
        self._moved[session] = self.now.utc_ms
        events = self._loop.ended(self.now, session, moved=moved)
        if not self.leads:
            # Who counts finds the session in the logbook, and takes down what became of the break.
            self._read()
            return []
        return self._keep(events)

    def held_back(self, held: bool) -> None:
        """Say whether the offer is kept from the person, who is not to be disturbed."""
        self._loop.held_back(held)

    # --- the logbook -----------------------------------------------------------------------------

    def _read(self) -> None:
        logbook, record, now_ms = self._journal.logbook, Record(), self.now.utc_ms
        if logbook is not None:
            try:
                for _ in range(_TRIES):
                    self._stamp = self._stamped()
                    self._row = logbook.last_rowid()
                    record = record_of(logbook, now_ms)
                    self._moved = {one.id: one.until_ms for one in logbook.moved(now_ms - _SESSION_MS, now_ms)}
                    if self._stamped() == self._stamp:  # else something came in between
                        break
            except LogbookError as error:
                self._stamp = ""
                self._journal.failed(error)
        self._loop = Loop(self.wishes, record, self._offset)
        self._changed(record)

    def _keep(self, events: Iterable[Event]) -> list[Event]:
        said: list[Event] = []
        noted = False
        for event in events:
            if isinstance(event, Noted):
                session = self._journal.new_session()
                self._own.add(session)
                self._journal.write(session, event.body)
                noted = True
            else:
                said.append(event)
        if noted:
            self._changed(self._loop.record)
        return said

    def _learn(self) -> list[Event]:
        """What others took down since: another terminal, a command, or a merge."""
        logbook, stamp = self._journal.logbook, self._stamped()
        if logbook is None or stamp == self._stamp:
            return []
        try:
            row = logbook.last_rowid()
            if self._stamp.partition(":")[2] != stamp.partition(":")[2]:
                self._row = row  # another file took its place, and has rows of its own
            facts = list(logbook.facts_since(self._row))
            told = [
                one
                for one in facts
                if one.kind in BREAK_KINDS and one.device == logbook.device and one.session not in self._own
            ]
            now_ms = self.now.utc_ms
            moved = {}
            if any(one.kind not in BREAK_KINDS for one in facts):
                moved = {one.id: one.until_ms for one in logbook.moved(now_ms - _SESSION_MS, now_ms)}
        except LogbookError as error:
            self._journal.noticed(error)
            return []
        if self._stamped() != stamp:
            return []  # something came in between: all of it is learnt at the next tick
        self._stamp, self._row = stamp, row
        if not self._journal.pending:
            self._own.clear()
        new = [(id_, until_ms) for id_, until_ms in moved.items() if until_ms > self._moved.get(id_, -1)]
        recent = {id_: until_ms for id_, until_ms in self._moved.items() if until_ms > now_ms - _SESSION_MS}
        self._moved = recent | moved
        if not told and not new:
            return []
        events = self._loop.learn(self.now, bodies(told), new)
        self._changed(self._loop.record)
        return events

    def _stamped(self) -> str:
        logbook = self._journal.logbook
        return "" if logbook is None else changes(str(logbook.path))


def offered(library: Library, routine: str, *, command: bool = True) -> str:
    """What a break offers, how long that takes, and with `command` what begins it."""
    from trainer.guide.plan import plan
    from trainer.guide.words import about

    try:
        value = library.practice(routine)
        length = about(plan(value, library.exercises_of(value)).reckoned_ms)
    except LibraryError:
        return clean(routine, limit=60)
    begins = f" trainer run {clean(routine)} begins it." if command else ""
    return f"{clean(value.name, limit=60)}, about {length}.{begins}"


class Hour(NamedTuple):
    """What a front end needs to keep the hour."""

    keeper: Timekeeper
    desk: Desk
    offset: Offset
    look_after: Callable[[], list[str]] = list
    """Syncs and backs the logbook up, as at each end of the program, and returns what went wrong, in lines: who counts
    for weeks does not wait for the end. Call it from a thread."""
