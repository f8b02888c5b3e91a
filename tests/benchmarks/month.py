"""A month of office days on a clock moved by hand: a timekeeper with a real logbook, a person and a second terminal.

    python tests/benchmarks/month.py DAYS traced|resident

prints the bytes that are held after the first day, halfway, and at the end: what Python made, or all of the process.
"""

from __future__ import annotations

import gc
import os
import sys
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the program itself

from sessions.facts import draft
from sessions.logbook import Logbook
from sessions.records import ExercisePlanned, PainRated, SessionBegun, SessionEnded, Stamp, WorkDone
from trainer.breaks.events import Event, Offer, Sensed
from trainer.breaks.lock import Place
from trainer.breaks.settings import At, Breaks, Hours
from trainer.journal import Journal
from trainer.timekeeper import Timekeeper

MINUTE = 60_000
HOUR = 60 * MINUTE
MONDAY_MS = 1_772_409_600_000
"""2026-03-02 00:00 UTC."""
_WORK = ("09:00-12:30", "13:30-17:30")
WISHES = Breaks(
    hours=Hours(_WORK, _WORK, _WORK, _WORK, _WORK),
    routines=("desk-break", "back-basics"),
    at=(At("15:00", "stretch-and-strengthen"),),
)


class Month:
    """Days at a desk. The time is UTC, and passes as the loop asks for it."""

    def __init__(self, folder: Path, wishes: Breaks = WISHES, *, idle: bool = True) -> None:
        """`idle` is whether anything tells how long nothing was typed."""
        self.utc_ms = MONDAY_MS
        self.idle = idle
        self.steady_ms = 1_000_000
        self.ticks = 0
        self.here = True
        """Whether somebody sits at the desk."""
        self._left_ms = 0  # by the steady clock
        self.offers = 0
        """How many breaks were offered."""
        self.logbook = Logbook.open(folder / "logbook.sqlite", random=os.urandom)
        self.other = Logbook.open(folder / "logbook.sqlite", random=os.urandom)
        """Another terminal's."""
        self.journal = Journal(self.logbook, stamp=self._stamp, random=os.urandom)
        self.keeper = Timekeeper(
            wishes, journal=self.journal, clock=_Clock(self), offset=lambda _: 0, place=Place(folder)
        )
        self._do(self.keeper.begin("made up" if idle else ""))

    def close(self) -> None:
        """End the loop."""
        self.keeper.end()
        self.logbook.close()
        self.other.close()

    def days(self, count: int) -> Iterator[int]:
        """Let days pass; yields the number of each that is over, from 1.

        Work from 9 to half past 17 with coffee and lunch, a session by hand at noon of each third day. At night the lid
        is closed, but for one night in three, and at the week-end the machine stays on.
        """
        begins_ms = self.utc_ms
        for number in range(1, count + 1):
            midnight_ms = begins_ms + (number - 1) * 24 * HOUR
            if (midnight_ms - MONDAY_MS) // (24 * HOUR) % 7 < 5:
                self._works(midnight_ms, number)
            self._leaves()
            self._until(midnight_ms + 24 * HOUR)
            yield number

    def _works(self, midnight_ms: int, number: int) -> None:
        def at(hour: float) -> int:
            return midnight_ms + int(hour * HOUR)

        self._until(at(9))
        self._comes()
        self._until(at(10.7))
        self._leaves()
        self._until(at(10.85))
        self._comes()
        self._until(at(12.5))
        if number % 3 == 0:
            self._practises_elsewhere(number)
        self._leaves()
        self._until(at(13.5))
        self._comes()
        self._until(at(17.5))
        self._leaves()
        if number % 3:
            self._pass(at(24) - self.utc_ms)

    def _comes(self) -> None:
        self.here = True

    def _leaves(self) -> None:
        if self.here:
            self.here, self._left_ms = False, self.steady_ms

    def _pass(self, ms: int) -> None:
        self.utc_ms += ms
        self.steady_ms += ms

    def _until(self, utc_ms: int) -> None:
        while self.utc_ms < utc_ms:
            wait_ms = round(self.keeper.wait_s(idle_known=self.idle) * 1000)
            self._pass(min(wait_ms, utc_ms - self.utc_ms))
            self.ticks += 1
            idle_ms = 10_000 if self.here else self.steady_ms - self._left_ms
            self._do(self.keeper.tick(Sensed(idle_ms) if self.idle else None))

    def _do(self, events: Iterable[Event]) -> None:
        """What the person says to an offer: start, later, skip, or nothing at all, in turn."""
        for event in events:
            if not isinstance(event, Offer):
                continue
            self.offers += 1
            answer = self.offers % 5
            if answer in (0, 3):
                self.keeper.started()
                session = self._session(self.journal.new_session(), self.journal.write)
                self._do(self.keeper.ended(session, moved=True))
            elif answer == 1:
                self._do(self.keeper.postpone())
            elif answer == 2:
                self._do(self.keeper.skip())

    def _practises_elsewhere(self, number: int) -> None:
        def write(session: str, body: object) -> None:
            self.other.append(draft(session, body, self._stamp(), os.urandom))  # type: ignore[arg-type]

        self._session(f"by-hand-{number}", write)

    def _session(self, session: str, write: Callable[[str, object], object]) -> str:
        name = "mountain-pose", "Mountain pose"
        write(session, SessionBegun("desk-break", "Desk break", "0" * 64, (ExercisePlanned(0, *name, "40 s", 1),), 2))
        write(session, PainRated("before", 3))
        self._pass(2 * MINUTE)
        write(session, WorkDone(0, 0, *name, 1, 1, "none", "done", 1, 40_000, 40_000, None, None))
        write(session, SessionEnded("finished", "", 40_000, 0))
        return session

    def _stamp(self) -> Stamp:
        return Stamp(self.utc_ms, 0, "UTC")


class _Clock:
    """The month's steady clock."""

    speed = 1

    def __init__(self, month: Month) -> None:
        self._month = month

    def now_ms(self) -> int:
        return self._month.steady_ms

    def monotonic_ns(self, at_ms: int) -> int:
        return at_ms * 1_000_000

    def wait_s(self, until_ms: int) -> float:
        return (until_ms - self._month.steady_ms) / 1000


def _held(what: str) -> int:
    gc.collect()
    if what == "traced":
        return tracemalloc.get_traced_memory()[0]
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """Live through it."""
    days, what = int(sys.argv[1]), sys.argv[2]
    if what == "traced":
        tracemalloc.start()
    with TemporaryDirectory() as folder:
        month = Month(Path(folder))
        held = [_held(what) for number in month.days(days) if number in (1, days // 2, days)]
        month.close()
    print(*held, month.ticks, month.offers)


if __name__ == "__main__":
    main()
