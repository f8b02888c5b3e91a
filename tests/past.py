"""Sessions of before, put into a logbook."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from sessions import Logbook, Note, PainRated, draft
from sessions.records import Body, ExercisePlanned, SessionBegun, SessionEnded, Stamp, WorkDone
from sessions.rows import SessionDetail
from tests.benchmarks.years import make
from trainer.paths import Paths

NOON_MS = 1_772_366_400_000
"""2026-03-01 12:00 UTC, which is 13:00 in Berlin."""
HOUR_MS = 3_600_000

Session: TypeAlias = tuple[str, float, int, str, Iterable[Body]]
"""Its id, how many hours before noon it began, the clock's offset in minutes and its zone, and what was done."""


def bodies(
    name: str = "Desk break",
    routine: str = "desk-break",
    exercise: str = "plank",
    exercise_name: str = "Plank",
    before: int | None = 3,
    after: int | None = 2,
    note: str | None = None,
) -> Iterator[Body]:
    """What a session of one exercise says: pain before and after, 30 seconds of work, and a note."""
    yield SessionBegun(routine, name, "h", (ExercisePlanned(0, exercise, exercise_name, "30 s", 1),), 3)
    if before is not None:
        yield PainRated("before", before)
    yield WorkDone(1, 0, exercise, exercise_name, 1, 1, "none", "done", 1, 30_000, 30_000, None, None)
    if after is not None:
        yield PainRated("after", after)
    if note:
        yield Note(note)
    yield SessionEnded("finished", "", 120_000, 0)


class Past:
    """A history in a person's folder. Session `s1` is the latest."""

    def __init__(self, paths: Paths) -> None:
        self.paths = paths

    def open(self) -> Logbook:
        """The logbook, begun where there is none."""
        return Logbook.open(self.paths.logbook, random=os.urandom)

    def add(
        self,
        id: str,
        hours_ago: float = 0,
        *,
        offset_min: int = 60,
        zone: str = "Europe/Berlin",
        what: Iterable[Body] | None = None,
        **more: Any,
    ) -> None:
        """One session, of `what` or of what `bodies` says."""
        self.add_all([(id, hours_ago, offset_min, zone, bodies(**more) if what is None else what)])

    def add_all(self, sessions: Iterable[Session]) -> None:
        """Several at once."""
        drafts = []
        for id, hours_ago, offset_min, zone, what in sessions:
            for number, body in enumerate(what):
                stamp = Stamp(NOON_MS - int(hours_ago * HOUR_MS) + number, offset_min, zone)
                drafts.append(draft(id, body, stamp, os.urandom))
        with self.open() as logbook:
            logbook.append_all(drafts)

    def many(self, count: int, every_h: float = 8) -> None:
        """So many, one every few hours; every tenth with pain of 8."""
        self.add_all(
            (f"s{n}", n * every_h, 60, "", bodies(before=8 if n % 10 == 0 else 3)) for n in range(1, count + 1)
        )

    def session(self, id: str) -> SessionDetail:
        """One session as it stands."""
        with self.open() as logbook:
            found = logbook.session(id)
        assert found is not None
        return found


def ten_years(factory: pytest.TempPathFactory, sessions: int) -> Path:
    """A made-up decade of so many sessions, closed; whoever of several processes needs it first makes it for all."""
    base = factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / f"years-{sessions}.sqlite"
    if not shared.exists():
        made = factory.mktemp("years") / "logbook.sqlite"
        make(made, sessions).close()
        made.replace(shared)
    return shared
