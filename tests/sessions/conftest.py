"""What the logbook's tests share: a pen that writes drafts with times and ids of its own."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import sessions
from sessions import (
    ActivityLogged,
    CheckAnswered,
    Draft,
    ExercisePlanned,
    Fact,
    Logbook,
    LogbookError,
    Note,
    PainRated,
    SessionBegun,
    Stamp,
    WorkDone,
    draft,
)

HAND = Path(__file__).with_name("hand.py")
READ_TABLES = (
    *("session", "practice", "answer", "note", "day_routine"),
    *("week_pain", "week_exercise", "week_activity", "name", "total"),
)


class Pen:
    """Writes drafts: every one a second after the one before, with random bytes that are counted."""

    def __init__(self, utc_ms: int = 1_772_352_000_000, offset_min: int = 60) -> None:
        self.utc_ms = utc_ms
        self.offset_min = offset_min
        self.drawn = 0

    def random(self, size: int) -> bytes:
        self.drawn += 1
        return self.drawn.to_bytes(size, "big")

    def stamp(self) -> Stamp:
        self.utc_ms += 1_000
        return Stamp(self.utc_ms, self.offset_min, "Europe/Berlin")

    def draft(self, body: Any, session: str = "s1") -> Draft:
        return draft(session, body, self.stamp(), self.random)

    @staticmethod
    def begun(routine: str = "desk-break", **fields: Any) -> SessionBegun:
        planned = (
            ExercisePlanned(0, "bird-dog", "Bird dog", "2 × 30 s a side", 4),
            ExercisePlanned(1, "clam", "Clam", "20 a side", 2),
        )
        fields = {"name": "Desk break", "content_hash": "abc", "exercises": planned, "steps": 12} | fields
        return SessionBegun(routine, **fields)

    @staticmethod
    def work(step: int = 1, outcome: str = "done", **fields: Any) -> WorkDone:
        fields = {
            "index": 0,
            "exercise": "bird-dog",
            "name": "Bird dog",
            "set_no": 1,
            "sets": 2,
            "side": "left",
            "attempt": 1,
            "planned_ms": 30_000,
            "actual_ms": 30_000,
            "planned_reps": None,
            "actual_reps": None,
        } | fields
        return WorkDone(step, outcome=outcome, **fields)

    @staticmethod
    def rated(nrs: int = 3, exercise: str = "bird-dog", **fields: Any) -> PainRated:
        return PainRated("after_exercise", nrs, **({"index": 0, "exercise": exercise, "name": exercise} | fields))

    @staticmethod
    def answered(answer: str = "even", **fields: Any) -> CheckAnswered:
        fields = {
            "index": 0,
            "exercise": "shoulder-check",
            "name": "Shoulder check",
            "side": "left",
            "question": "How does this side stand?",
            "text": answer.capitalize(),
        } | fields
        return CheckAnswered(answer=answer, **fields)

    @staticmethod
    def active(minutes: int = 20, activity: str = "walk", intensity: str = "moderate") -> ActivityLogged:
        return ActivityLogged(activity, activity.capitalize(), minutes * 60_000, intensity)


def _dump(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    return {table: sorted(connection.execute(f"SELECT * FROM {table}"), key=repr) for table in READ_TABLES}


def _hand(*arguments: object, **options: Any) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONPATH": str(Path(sessions.__file__).parents[1])}
    return subprocess.Popen(
        [sys.executable, str(HAND), *map(str, arguments)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        **options,
    )


def _state(folder: Path) -> dict[str, object]:
    """Everything in a folder: names, contents, times and rights."""
    found = {}
    for file in sorted(folder.rglob("*")):
        about = file.lstat()
        content = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
        found[file.name] = (about.st_mode, about.st_mtime_ns, about.st_ino, content)
    return found


def _refused(path: Path, kind: type[LogbookError]) -> str:
    """Check that both ways to open refuse what stands at `path`, and leave all as it is."""
    before = _state(path.parent)
    messages = set()
    for attempt in (lambda: Logbook.open(path, random=os.urandom), lambda: Logbook.open_existing(path)):
        with pytest.raises(LogbookError) as caught:
            attempt()
        assert type(caught.value) is kind
        messages.add(caught.value.message)
    assert _state(path.parent) == before
    (message,) = messages
    assert str(path) in message
    assert message.endswith(".")
    return message


@pytest.fixture(scope="session")
def new_pen() -> type[Pen]:
    """The pen's class, for tests that need a fresh one at each example."""
    return Pen


@pytest.fixture
def pen() -> Pen:
    return Pen()


@pytest.fixture(scope="session")
def dump() -> Callable[[sqlite3.Connection], dict[str, list[tuple[Any, ...]]]]:
    """All rows of the read tables, in an order of their own."""
    return _dump


@pytest.fixture(scope="session")
def hand() -> Callable[..., subprocess.Popen[str]]:
    """Start `hand.py` as a process of its own."""
    return _hand


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "logbook.sqlite"


@pytest.fixture
def logbook(path: Path, pen: Pen) -> Iterator[Logbook]:
    with Logbook.open(path, random=pen.random) as opened:
        yield opened


@pytest.fixture(scope="session")
def state() -> Callable[[Path], dict[str, object]]:
    """Everything in a folder: names, contents, times and rights."""
    return _state


@pytest.fixture(scope="session")
def refused() -> Callable[[Path, type[LogbookError]], str]:
    """Check that both ways to open refuse what stands at a path and leave all as it is; the message."""
    return _refused


@pytest.fixture
def closed(path: Path, pen: Any) -> Path:
    """A logbook with a few facts, closed."""
    with Logbook.open(path, random=pen.random) as logbook:
        logbook.append(pen.draft(pen.begun()))
        for number in range(5):
            logbook.append(pen.draft(Note("x" * 3_000 + str(number))))
    return path


@pytest.fixture
def old(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Logbook]:
    """A copy of the logbook of an older form that the module calls `STORED`, opened."""
    copy = Path(shutil.copyfile(request.module.STORED, tmp_path / "logbook.sqlite"))
    with Logbook.open(copy, random=os.urandom) as logbook:
        yield logbook


@pytest.fixture(scope="session")
def history(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, list[Fact]]:
    """The content of a logbook of some two hundred facts, one of them longer than a page, and those facts."""
    path = tmp_path_factory.mktemp("history") / "logbook.sqlite"
    pen = Pen()
    with Logbook.open(path, random=pen.random) as logbook:
        for number in range(12):
            session = f"session-{number}"
            bodies = [pen.begun(), pen.rated(number % 11), *map(pen.work, range(14)), pen.answered()]
            bodies.append(Note(f"Note {number}, über die Übungen"))
            logbook.append_all([pen.draft(body, session) for body in bodies])
        logbook.append(pen.draft(Note("".join(f"N{number:05d} " for number in range(1_400))), "session-3"))
        facts = list(logbook.facts())
    return path.read_bytes(), facts
