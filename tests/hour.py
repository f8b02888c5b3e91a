"""An hour that is kept by hand: clocks that a test moves, a desk that is made up, and a real logbook."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sessions import Logbook, LogbookError
from sessions.facts import draft
from sessions.records import Body, Stamp
from tests.past import bodies
from trainer.breaks.events import Event, Sensed
from trainer.breaks.lock import Place
from trainer.breaks.record import Record
from trainer.breaks.settings import Breaks
from trainer.journal import Journal
from trainer.timekeeper import Hour, Timekeeper

NOON_MS = 1_772_366_400_000
"""2026-03-01 12:00 UTC, which is 13:00 in Berlin."""
MINUTE_MS = 60_000


def berlin(utc_ms: int) -> int:
    """How many minutes Berlin is ahead in winter."""
    return 60


class HandClock:
    """Both clocks: `t_ms` is what passes, `set_ms` by how much somebody set the one on the wall."""

    speed = 1

    def __init__(self) -> None:
        self.t_ms = 0
        self.set_ms = 0

    def now_ms(self) -> int:
        return self.t_ms

    def monotonic_ns(self, at_ms: int) -> int:
        return at_ms * 1_000_000

    def wait_s(self, until_ms: int) -> float:
        return max(0, until_ms - self.t_ms) / 1000

    def stamp(self) -> Stamp:
        return Stamp(NOON_MS + self.t_ms + self.set_ms, 60, "Europe/Berlin")

    @property
    def utc_ms(self) -> int:
        return self.stamp().utc_ms


class HandDesk:
    """What surrounds a person, as a test says it is."""

    def __init__(self, *, idle: str = "", why_quiet: str = "") -> None:
        self.idle_name = idle
        self.idle_ms: int | None = 10_000 if idle else None
        self.why_quiet = why_quiet
        self.told: list[tuple[str, str, bool]] = []
        self.taken_back = 0
        self.closed = False

    def look(self) -> str:
        return self.idle_name

    @property
    def knows_idle(self) -> bool:
        return bool(self.idle_name)

    def sense(self) -> Sensed:
        return Sensed(self.idle_ms)

    def quiet(self) -> str:
        return self.why_quiet

    def tell(self, title: str, body: str, *, softly: bool = False) -> str:
        self.told.append((title, body, softly))
        return "desktop"

    def take_back(self) -> None:
        self.taken_back += 1

    def close(self) -> None:
        self.closed = True

    @property
    def notices(self) -> list[str]:
        """The titles of what was sent, without what was only said beforehand."""
        return [title for title, _, softly in self.told if not softly]


class Office:
    """A folder with one logbook, and whoever keeps the hour on it."""

    def __init__(self, folder: Path, wishes: Breaks | None = None) -> None:
        self.folder = folder
        self.path = folder / "logbook.sqlite"
        self.wishes = wishes or Breaks()
        self.clock = HandClock()
        self.open: list[Logbook] = []
        self.changed: list[Record] = []
        self._sessions = 0

    def journal(self, wrap: Callable[[Logbook], Any] = lambda logbook: logbook) -> Journal:
        try:
            logbook = Logbook.open(self.path, random=os.urandom)
        except LogbookError as error:
            return Journal(None, stamp=self.clock.stamp, random=os.urandom, trouble=error.message)
        self.open.append(logbook)
        return Journal(wrap(logbook), stamp=self.clock.stamp, random=os.urandom)

    def keeper(self, journal: Journal | None = None) -> Timekeeper:
        return Timekeeper(
            self.wishes,
            journal=journal or self.journal(),
            clock=self.clock,
            offset=berlin,
            place=Place(self.folder),
            changed=self.changed.append,
        )

    def other(self, *facts: Body, session: str = "") -> str:
        """Another process takes down facts, each in the same session."""
        self._sessions += 1
        session = session or f"other-{self._sessions}"
        with Logbook.open(self.path, random=os.urandom) as logbook:
            for body in facts:
                logbook.append(draft(session, body, self.clock.stamp(), os.urandom))
        return session

    def by_hand(self, *, ends: bool = True) -> str:
        """A session in another terminal, which has just ended or goes on."""
        found = list(bodies())
        return self.other(*(found if ends else found[:3]))

    def run(self, keeper: Timekeeper, minutes: float, sensed: Sensed | None = None) -> list[Event]:
        """Let time pass as a front end would, and return what was said."""
        end, said = self.clock.t_ms + round(minutes * MINUTE_MS), []
        while self.clock.t_ms < end:
            wait_ms = round(keeper.wait_s(idle_known=sensed is not None) * 1000)
            self.clock.t_ms += min(max(1, wait_ms), end - self.clock.t_ms)
            said += keeper.tick(sensed)
        return said

    def facts(self) -> list[Any]:
        """What the file holds, in the order in which it was stored."""
        with Logbook.open(self.path, random=os.urandom) as logbook:
            return [fact.parsed() for fact in logbook.facts()]

    def kinds(self) -> list[str]:
        return [type(body).__name__ for body in self.facts()]

    def settled(self) -> list[str]:
        return [body.how for body in self.facts() if type(body).__name__ == "BreakSettled"]

    def close(self) -> None:
        for logbook in self.open:
            logbook.close()


def hour(keeper: Timekeeper, desk: HandDesk) -> Hour:
    """What a front end is given."""
    return Hour(keeper, desk, berlin)  # type: ignore[arg-type]  # it stands for a desk


def kinds(events: list[Event]) -> list[type[Event]]:
    """What was said, by kind."""
    return [type(one) for one in events]


def lead(office: Office, keeper: Timekeeper, minutes: float = 3, *, moved: bool = True) -> list[Event]:
    """A guided session in the keeper's own program; its facts go into the same logbook."""
    keeper.started()
    found = list(bodies())
    session = office.other(*(found[:3] if moved else found[:1]))
    office.clock.t_ms += round(minutes * MINUTE_MS)
    if moved:
        office.other(*found[3:], session=session)
    return keeper.ended(session, moved=moved)
