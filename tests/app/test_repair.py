"""A damaged logbook on the screen: it is told of, can be repaired there, and nothing that is done meanwhile is lost."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import OptionList

from sessions import Fact, Logbook, LogbookBusy, LogbookError, LogbookUnwritable, Note, Stamp, draft
from sessions.safety.backups import back_up
from trainer.app.guide import GuideScreen
from trainer.app.home import HomeScreen
from trainer.app.repair import RepairScreen
from trainer.app.summary import SummaryScreen
from trainer.cli.make import open_logbook
from trainer.guide.state import State
from trainer.journal import Journal
from trainer.trouble import repairable

NOON_MS = 1_772_366_400_000
DAY_MS = 86_400_000
HOSTILE = "\x1b]0;t\x07 \u202e [/b]"


@pytest.fixture
def make(make_coach: Callable[..., Any]) -> Callable[..., Any]:
    """Makes coaches whose journal says of its file what the command line would have it say."""

    def make(**more: Any) -> Any:
        coach = make_coach(**more)

        def journal() -> Journal:
            common = {"stamp": coach._stamp, "random": os.urandom}
            try:
                logbook = open_logbook(coach.paths, coach.kit.settings)
            except LogbookError as error:
                damaged = error.message if repairable(error, coach.paths) else ""
                return Journal(None, **common, trouble=f"{error.message} Told.", damaged=damaged)
            return Journal(logbook, **common)

        coach.kit._make_journal = journal
        return coach

    return make


@pytest.fixture
def coach(make: Callable[..., Any]) -> Any:
    """A coach with a logbook of three facts, of which a backup knows two."""
    coach = make()
    with Logbook.open(coach.paths.logbook, random=os.urandom) as logbook:
        for number in range(3):
            if number == 2:
                back_up(coach.paths.logbook, coach.paths.backups, at_ms=NOON_MS - DAY_MS)
            logbook.append(draft(f"s{number}", Note(f"kept {number}"), Stamp(NOON_MS - DAY_MS, 0, ""), os.urandom))
    return coach


def facts_of(coach: Any) -> list[Fact]:
    logbook = Logbook.open_existing(coach.paths.logbook)
    assert logbook is not None
    with logbook:
        assert logbook.health().ok
        return list(logbook.facts())


def notes(coach: Any) -> set[str]:
    return {body.text for body in (fact.parsed() for fact in facts_of(coach)) if isinstance(body, Note)}


def no_header(path: Path) -> None:
    path.write_bytes(bytes(100) + path.read_bytes()[100:])


def bad_pages(path: Path, *names: str) -> None:
    """Let the pages of tables and indexes be unreadable, in a file that can be opened."""
    content = bytearray(path.read_bytes())
    with closing(sqlite3.connect(path)) as connection:
        for name in names:
            (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()
            content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    path.write_bytes(content)


async def settled(pilot: Any) -> None:
    """Wait until no thread works any more."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


@pytest.mark.parametrize("key", ["r", "enter"])
async def test_repaired_from_home(coach, key):
    """Home tells what is wrong and what can be had again; after one key it is, and home shows it."""
    no_header(coach.paths.logbook)
    old = coach.paths.logbook.read_bytes()
    async with coach.begin().run_test(size=(100, 30), notifications=True, tooltips=True) as pilot:
        await settled(pilot)
        shown = coach.shown()
        assert "The logbook cannot be used" in shown
        assert "the backup of 2026-02-28" in shown
        assert "3 facts that still prove themselves" in " ".join(shown.replace("▎", "").replace("▊", "").split())
        assert "Repair now" in shown
        assert "Go on without keeping" in shown
        assert "Sessions are not kept" not in shown
        assert coach.paths.logbook.read_bytes() == old
        await pilot.press(key)
        await settled(pilot)
        assert "The logbook is repaired" in coach.shown()
        assert "The logbook holds 3 sessions and 3 facts now." in coach.shown()
        (aside,) = coach.paths.data.glob("logbook.damaged-*")
        assert aside.read_bytes() == old
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(coach.app.screen, HomeScreen)
        journal = coach.kit.journal
        assert (journal.trouble, journal.damaged) == ("", "")
        assert journal.write("s9", Note("after"))
    assert notes(coach) == {"kept 0", "kept 1", "kept 2", "after"}


@pytest.mark.parametrize("key", ["g", "escape"])
async def test_declined_at_home(coach, key):
    """Who goes on without keeping is asked no second time, and the file stays as it is."""
    no_header(coach.paths.logbook)
    old = coach.paths.logbook.read_bytes()
    async with coach.begin().run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await pilot.press(key)
        await settled(pilot)
        assert isinstance(coach.app.screen, HomeScreen)
        coach.app.screen.refresh_routines()
        await settled(pilot)
        assert isinstance(coach.app.screen, HomeScreen)
        assert "Sessions are not kept now" in coach.shown()
    assert coach.paths.logbook.read_bytes() == old
    assert not list(coach.paths.data.glob("logbook.damaged-*"))


async def test_left_while_it_is_looked(coach, monkeypatch):
    """Who does not wait for the look goes on; what comes of it then disturbs nobody."""
    import threading

    go = threading.Event()
    from sessions.safety import repairing

    real = repairing.look

    def slow(*values: Any, **more: Any) -> Any:
        go.wait(30)
        return real(*values, **more)

    monkeypatch.setattr(repairing, "look", slow)
    no_header(coach.paths.logbook)
    async with coach.begin().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Looking for what can be had again." in coach.shown()
        assert "Repair now" not in coach.shown()
        await pilot.press("r")
        await pilot.pause()
        assert isinstance(coach.app.screen, RepairScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(coach.app.screen, HomeScreen)
        go.set()
        await settled(pilot)
        assert isinstance(coach.app.screen, HomeScreen)


async def test_before_a_routine(coach):
    """`run` asks before anything begins; then comes what it asks always, and the session is kept."""
    no_header(coach.paths.logbook)
    async with coach.begin("tilted-pelvis").run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        assert isinstance(coach.app.screen, RepairScreen)
        assert "Not saved" not in coach.shown()
        assert coach.guide.conductor.engine.state is State.READY
        await pilot.press("r")
        await settled(pilot)
        await pilot.press("g")
        await settled(pilot)
        assert isinstance(coach.app.screen, GuideScreen)
        await pilot.press("3")
        await settled(pilot)
        assert coach.guide.conductor.engine.state is not State.READY
        assert coach.kit.journal.pending == []
    kinds = [fact.kind for fact in facts_of(coach)]
    assert sorted(kinds) == ["note", "note", "note", "pain_rated", "session_begun"]


async def test_declined_before_a_routine(coach, tmp_path):
    """Who declines goes through it, is not asked in the middle nor again at the end, and what was done waits."""
    no_header(coach.paths.logbook)
    async with coach.begin("tilted-pelvis").run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("g", "3")
        await settled(pilot)
        assert coach.guide.conductor.engine.state is not State.READY
        assert len(coach.kit.journal.pending) == 2
        await pilot.press("q", "s")
        await settled(pilot)
        assert isinstance(coach.app.screen, SummaryScreen)
        await pilot.press("l", "l", "q")
        await settled(pilot)
    assert coach.app.return_code == 1
    assert coach.kit.journal.rescue(tmp_path) is not None


async def test_damage_that_is_found_in_the_middle(coach):
    """Damage that shows while writing is told of; the end asks, and what waited is stored then."""
    bad_pages(coach.paths.logbook, "session", "session_by_time", "session_really_done")
    async with coach.begin("tilted-pelvis").run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        assert isinstance(coach.app.screen, GuideScreen)
        await pilot.press("3")
        await settled(pilot)
        assert isinstance(coach.app.screen, GuideScreen)
        assert "Not saved: The logbook" in coach.shown()
        waiting = len(coach.kit.journal.pending)
        assert waiting == 2
        await pilot.press("q", "s")
        await settled(pilot)
        assert isinstance(coach.app.screen, SummaryScreen)
        await pilot.press("l", "l", "q")
        await settled(pilot)
        assert isinstance(coach.app.screen, RepairScreen)
        await pilot.press("r")
        await settled(pilot)
        assert "What you did meanwhile is stored." in coach.shown()
        await pilot.press("g")
        await settled(pilot)
    assert coach.kit.journal.pending == []
    assert len(facts_of(coach)) >= 3 + waiting
    assert "session_ended" in {fact.kind for fact in facts_of(coach)}


async def test_damage_that_home_finds(coach):
    """A file that opens and cannot be read is offered to be repaired, too."""
    bad_pages(coach.paths.logbook, "session_really_done")
    async with coach.begin().run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        assert isinstance(coach.app.screen, RepairScreen)
        await pilot.press("r")
        await settled(pilot)
        await pilot.press("g")
        await settled(pilot)
        assert isinstance(coach.app.screen, HomeScreen)
    assert notes(coach) == {"kept 0", "kept 1", "kept 2"}


async def test_another_error_of_reading(coach, monkeypatch):
    """What is no damage is told of once, and no session is called unsaved for it."""
    logbook = Logbook.open(coach.paths.logbook, random=os.urandom)
    logbook.close()

    def busy(_: object) -> None:
        raise LogbookBusy("Another program holds the logbook.")

    monkeypatch.setattr(Logbook, "last_done", busy)
    async with coach.begin().run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        assert "Another program holds the logbook." in coach.shown()
        assert coach.kit.journal.trouble == ""


async def test_it_cannot_be_repaired(coach, monkeypatch):
    """Where repairing fails, that is told, the file is as it was, and the session can go on without."""
    no_header(coach.paths.logbook)
    old = coach.paths.logbook.read_bytes()

    def full(*_: object) -> None:
        raise LogbookUnwritable(f"The disk is full. {HOSTILE}")

    monkeypatch.setattr(Logbook, "take_in", full)
    async with coach.begin().run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("r")
        await settled(pilot)
        assert "The logbook could not be repaired" in coach.shown()
        assert "The disk is full." in coach.shown()
        assert "\x1b" not in coach.shown()
        await pilot.press("r", "enter")
        await settled(pilot)
        assert isinstance(coach.app.screen, HomeScreen)
        assert coach.kit.journal.logbook is None
    assert coach.paths.logbook.read_bytes() == old


async def test_nothing_can_be_looked_at(coach, monkeypatch):
    """A look that fails is told of, whatever it fails with."""

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(HOSTILE)

    monkeypatch.setattr("sessions.safety.repairing.look", fail)
    no_header(coach.paths.logbook)
    async with coach.begin().run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        assert "The logbook could not be repaired" in coach.shown()
        await pilot.press("g")
        await pilot.pause()
        assert isinstance(coach.app.screen, HomeScreen)


async def test_a_part_that_is_damaged_stays_in_use(coach, monkeypatch):
    """Where a file that can be opened could not be repaired, it is open again afterwards."""
    bad_pages(coach.paths.logbook, "session_really_done")

    def fail(*_: object, **__: object) -> None:
        raise LogbookBusy("Another program holds the logbook.")

    monkeypatch.setattr("sessions.safety.repairing.repair", fail)
    async with coach.begin().run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("r")
        await settled(pilot)
        assert "Another program holds" in coach.shown()
        await pilot.press("g")
        await settled(pilot)
        assert coach.kit.journal.logbook is not None


async def test_it_syncs_afterwards(coach):
    """Where a folder is kept, what lies there comes back as well."""
    no_header(coach.paths.logbook)
    asked = []
    coach.kit.sync = lambda: asked.append(coach.kit.journal.logbook is not None) or (7, "the stick is away")
    async with coach.begin().run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        asked.clear()
        await pilot.press("r")
        await settled(pilot)
        assert asked == [True]
        assert "Then 7 facts came back from the sync folder." in coach.shown()
        assert "Not synced: the stick is away" in coach.shown()


@pytest.mark.parametrize("content", [b"", b"something else"])
async def test_nothing_is_left(make, content):
    """An empty file or another one without any backup is set aside for a new logbook."""
    coach = make()
    coach.paths.data.mkdir()
    coach.paths.logbook.write_bytes(content)
    async with coach.begin().run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        assert "There is no backup, so a new logbook begins." in coach.shown()
        await pilot.press("r")
        await settled(pilot)
        assert "0 sessions and 0 facts now" in coach.shown()
    assert facts_of(coach) == []


async def test_the_file_is_gone(coach):
    """Where the file is gone and backups are there, no new one is begun silently: the newest is offered."""
    coach.paths.logbook.unlink()
    async with coach.begin().run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        assert "though there are backups of it" in " ".join(coach.shown().split())
        await pilot.press("r")
        await settled(pilot)
        assert "2 sessions and 2 facts now" in coach.shown()
    assert notes(coach) == {"kept 0", "kept 1"}


async def test_what_cannot_be_repaired_is_only_told(make):
    """A folder in the logbook's place is told of, and nothing is offered."""
    coach = make()
    coach.paths.logbook.mkdir(parents=True)
    async with coach.begin().run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        assert isinstance(coach.app.screen, HomeScreen)
        assert "Sessions are not kept now" in coach.shown()


async def test_a_rehearsal_asks_nothing(make):
    """In a rehearsal the logbook does not matter."""
    coach = make(rehearsal=True)
    coach.paths.data.mkdir()
    coach.paths.logbook.write_bytes(b"")
    from trainer.journal import Rehearsal

    coach.kit._make_journal = lambda: Rehearsal(stamp=coach._stamp, random=os.urandom)
    async with coach.begin("tilted-pelvis").run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert isinstance(coach.app.screen, GuideScreen)


@pytest.mark.parametrize("size", [(40, 12), (40, 15), (80, 24), (120, 40)])
async def test_the_answers_fit(coach, size):
    """However small the terminal, the answers can be seen, and what is told can be scrolled."""
    no_header(coach.paths.logbook)
    async with coach.begin().run_test(size=size) as pilot:
        await settled(pilot)
        options = coach.app.screen.query_one(OptionList)
        assert options.option_count == 2
        for answer in ("Repair now", "Go on without keeping"):
            assert answer in coach.shown()
        before = coach.shown()
        await pilot.press("space")
        await pilot.pause()
        assert (coach.shown() != before) == (size[1] < 20)
        await pilot.press("shift+up", "r")
        await settled(pilot)
        assert " Go on" in coach.shown()
    assert len(facts_of(coach)) == 3


async def test_nothing_is_loaded_for_it_without_need(coach):
    """A whole logbook loads nothing that repairs."""
    import subprocess
    import sys

    code = (
        "import sys, trainer.app.home, trainer.app.guide, trainer.app.summary, trainer.app.before, trainer.cli.make\n"
        "print([one for one in sys.modules if 'repair' in one or 'salvage' in one or one == 'trainer.trouble'])"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, timeout=60)
    assert done.stdout == "[]\n", done.stderr
