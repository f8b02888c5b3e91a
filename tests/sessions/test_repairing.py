"""What is left of a damaged logbook is had again: every fact of the backup, and every one that still proves itself."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from sessions import (
    DamagedLogbook,
    Fact,
    Logbook,
    LogbookBusy,
    LogbookError,
    LogbookUnreadable,
    LogbookUnwritable,
    NewerLogbook,
    NotALogbook,
    Note,
)
from sessions.safety import repairing
from sessions.safety.backups import back_up, backups, prove
from sessions.safety.repairing import form_of, look, repair, source, stream

posix = pytest.mark.skipif(os.name != "posix", reason="links, rights and signals are POSIX's")
NOW_MS = 1_795_284_545_000  # 2026-11-21 18:09:05 UTC
DAY_MS = 86_400_000
ASIDE = "logbook.damaged-20261121T180905Z.sqlite"
DATA = Path(__file__).parent / "data"
PLACES = 50
REPO = Path(__file__).parents[2]


@pytest.fixture
def folder(path: Path) -> Path:
    return path.parent / "backups"


@pytest.fixture
def kept(path: Path, folder: Path, pen: Any) -> list[Fact]:
    """A logbook of nine facts in three sessions, of which a backup of yesterday knows six; the facts."""
    with Logbook.open(path, random=pen.random) as logbook:
        for number in range(9):
            if number == 6:
                back_up(path, folder, at_ms=NOW_MS - DAY_MS)
            session = f"s{number // 3}"
            logbook.append(pen.draft(pen.begun() if not number % 3 else Note(f"note {number} " + "x" * 900), session))
        return list(logbook.facts())


def outlook(path: Path, chosen: Path | None = None) -> repairing.Outlook:
    wanted = None if chosen is None else source(chosen)
    return look(path, path.parent / "backups", at_ms=NOW_MS, chosen=wanted)


def repaired(path: Path) -> repairing.Repaired:
    return repair(outlook(path), random=os.urandom)


def facts_in(path: Path) -> set[Fact]:
    found = Logbook.open_existing(path)
    assert found is not None
    with found as logbook:
        assert logbook.health().ok
        return set(logbook.facts())


def spoil(path: Path, fact: Fact) -> None:
    """Let one fact prove itself no longer."""
    content = path.read_bytes()
    text = fact.body.encode()
    assert text in content
    path.write_bytes(content.replace(text, text[:-3] + b"~" + text[-2:]))


# --- looking -----------------------------------------------------------------------------------------


def test_looking_changes_nothing(path: Path, kept: list[Fact], state: Any) -> None:
    """Whatever is there, looking at it leaves everything as it was."""
    for content in (path.read_bytes(), b"", b"no logbook", path.read_bytes()[:9_000]):
        path.write_bytes(content)
        before = state(path.parent)
        outlook(path)
        assert state(path.parent) == before


def test_what_is_seen(path: Path, kept: list[Fact]) -> None:
    """It tells what is wrong, what of it still proves itself, and what the newest good backup holds."""
    spoil(path, kept[8])
    seen = outlook(path)
    assert (seen.there, seen.facts, seen.unproven, seen.lost) == (True, 8, 1, 0)
    assert "1 of 9 facts do not match" in seen.wrong
    assert (seen.why, seen.aside) == ("damaged", ASIDE)
    assert seen.backup is not None
    assert (seen.backup.facts, seen.backup.sessions, seen.backup.at_ms) == (6, 2, NOW_MS - DAY_MS)


def test_a_whole_one_is_seen_to_be_whole(path: Path, kept: list[Fact]) -> None:
    """A logbook that proves itself would be set aside under another name, and all of it carried over."""
    seen = outlook(path)
    assert (seen.wrong, seen.facts, seen.why, seen.lost) == ("", 9, "before-restore", 0)
    assert seen.salvaged == ()


def test_lost_facts_are_counted(path: Path, kept: list[Fact]) -> None:
    """A number that neither the file nor the backup holds is lost; one that the backup has is not."""
    for one in (kept[4], kept[7]):
        spoil(path, one)
    seen = outlook(path)
    assert (seen.facts, seen.lost, seen.elsewhere) == (7, 1, 0)


def test_facts_of_others_are_told_apart(path: Path, kept: list[Fact], tmp_path: Path, pen: Any) -> None:
    """What is missing of another device may only not have been handed over, and does not count as lost."""
    with Logbook.open(tmp_path / "other.sqlite", random=os.urandom) as other:
        theirs = [other.append(pen.draft(Note(f"theirs {number}"), "s9")) for number in range(3)]
    with Logbook.open(path, random=os.urandom) as logbook:
        logbook.take_in([theirs[0], theirs[2]])
    spoil(path, kept[7])
    assert (outlook(path).lost, outlook(path).elsewhere) == (1, 1)


@pytest.mark.parametrize("content", [b"", b"x", b"x" * 5_000, b"SQLite format 3\0" + bytes(5_000)])
def test_another_thing_is_seen(path: Path, kept: list[Fact], content: bytes) -> None:
    """An empty file and one of something else hold nothing."""
    path.write_bytes(content)
    seen = outlook(path)
    assert (seen.facts, bool(seen.wrong)) == (0, True)


def test_what_no_file_is_raises(path: Path, kept: list[Fact]) -> None:
    """A folder in the logbook's place is told of as such."""
    path.unlink()
    path.mkdir()
    with pytest.raises(NotALogbook, match="is a folder"):
        outlook(path)


@posix
def test_a_link_to_nothing_raises(path: Path, kept: list[Fact], tmp_path: Path) -> None:
    """A link whose target is away, as on a disk that is not there, is never filled anew."""
    path.unlink()
    path.symlink_to(tmp_path / "away" / "logbook.sqlite")
    with pytest.raises(NotALogbook, match="a link to nothing"):
        outlook(path)


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_raises(path: Path, kept: list[Fact]) -> None:
    """A file that may not be read is not set aside: nobody knows what is in it."""
    path.chmod(0)
    with pytest.raises(LogbookUnreadable):
        outlook(path)


# --- which backup ------------------------------------------------------------------------------------


def test_the_newest_that_proves_itself(path: Path, folder: Path, kept: list[Fact]) -> None:
    """A newer backup that is damaged is passed over, and what is left of it is carried over all the same."""
    newer = back_up(path, folder, at_ms=NOW_MS - 1_000)
    spoil(newer.path, kept[8])
    path.unlink()
    seen = outlook(path)
    assert (seen.there, [one.path for one in seen.passed_over]) == (False, [newer.path])
    assert seen.backup is not None
    assert (seen.backup.facts, seen.from_damaged_backups) == (6, 8)
    assert repair(seen, random=os.urandom).aside is None
    assert facts_in(path) == set(kept[:8])


def test_every_backup_is_damaged(path: Path, folder: Path, kept: list[Fact]) -> None:
    """Where no backup proves itself, a new logbook takes in what is left of all of them and of the file."""
    (backup,) = backups(folder)
    spoil(backup.path, kept[1])
    for one in (kept[2], kept[7]):
        spoil(path, one)
    seen = outlook(path)
    assert (seen.backup, len(seen.passed_over), seen.lost) == (None, 1, 1)
    done = repair(seen, random=os.urandom)
    assert facts_in(path) == set(kept) - {kept[7]}
    assert (done.facts, done.sessions) == (8, 3)


def test_no_backup(path: Path, folder: Path, kept: list[Fact]) -> None:
    """Without any backup, what the file still holds begins a new logbook."""
    shutil.rmtree(folder)
    spoil(path, kept[4])
    done = repaired(path)
    assert facts_in(path) == set(kept) - {kept[4]}
    assert done.aside == path.with_name(ASIDE)


def test_one_from_the_future_comes_last(path: Path, folder: Path, kept: list[Fact]) -> None:
    """A backup that is called later than now, since the clock was wrong, is taken where there is no other."""
    later = back_up(path, folder, at_ms=NOW_MS + 400 * DAY_MS)
    path.write_bytes(b"")
    seen = outlook(path)
    assert seen.backup is not None
    assert seen.backup.at_ms == NOW_MS - DAY_MS
    backups(folder)[1].path.unlink()
    seen = outlook(path)
    assert seen.backup is not None
    assert seen.backup.path == later.path


def test_a_newer_form_is_passed_over(path: Path, folder: Path, kept: list[Fact]) -> None:
    """A backup of a form that this version does not know is left alone."""
    newer = back_up(path, folder, at_ms=NOW_MS - 1_000)
    with closing(sqlite3.connect(newer.path)) as connection:
        connection.execute("PRAGMA user_version = 999")
    assert form_of(newer.path) == 999
    path.write_bytes(b"")
    seen = outlook(path)
    assert seen.backup is not None
    assert (seen.backup.at_ms, seen.passed_over) == (NOW_MS - DAY_MS, ())
    with pytest.raises(NewerLogbook):
        source(newer.path)


@pytest.mark.parametrize("form", [1, 2, 3])
def test_an_older_form(path: Path, form: int) -> None:
    """A backup of an older form gives its facts as well, and is left as it was."""
    stored = Path(shutil.copyfile(DATA / f"v{form}.sqlite", path.parents[1] / "old.sqlite"))
    before, facts = stored.read_bytes(), set(stream(stored))
    seen = outlook(path, stored)
    assert seen.backup is not None
    done = repair(seen, random=os.urandom)
    assert (done.facts, done.sessions) == (len(facts), seen.backup.sessions)
    assert facts_in(path) == facts
    assert stored.read_bytes() == before


def test_what_cannot_be_a_backup(path: Path, folder: Path, kept: list[Fact], tmp_path: Path) -> None:
    """A file that is none, that is missing or that does not prove itself is refused, each in a sentence."""
    other = tmp_path / "other.txt"
    for content in (b"", b"hello", b"SQLite format 3\0"):
        other.write_bytes(content)
        with pytest.raises(LogbookError):
            source(other)
    with pytest.raises(NotALogbook, match="There is no file"):
        source(tmp_path / "none.sqlite")
    with pytest.raises(NotALogbook):
        source(tmp_path)
    (backup,) = backups(folder)
    spoil(backup.path, kept[1])
    with pytest.raises(DamagedLogbook, match="does not prove itself"):
        source(backup.path)


# --- repairing ---------------------------------------------------------------------------------------


def test_repaired(path: Path, folder: Path, kept: list[Fact]) -> None:
    """All that any file holds stands in the new logbook, under a new device; the old file is there, byte for byte."""
    with Logbook.open(path, random=os.urandom) as logbook:
        device = logbook.device
    spoil(path, kept[2])
    old = path.read_bytes()
    done = repaired(path)
    assert facts_in(path) == set(kept)
    assert (done.facts, done.sessions, done.aside, done.trouble) == (9, 3, path.with_name(ASIDE), "")
    assert path.with_name(ASIDE).read_bytes() == old
    with Logbook.open(path, random=os.urandom) as logbook:
        assert logbook.device != device
        assert logbook.session("s0") is not None
    assert sorted(os.listdir(path.parent)) == ["backups", ASIDE, path.name]
    assert len(backups(folder)) == 1


def test_repaired_twice(path: Path, kept: list[Fact]) -> None:
    """To do it again changes no fact, and sets the whole one aside."""
    spoil(path, kept[2])
    repaired(path)
    assert repaired(path).aside == path.with_name(ASIDE.replace("damaged", "before-restore"))
    assert facts_in(path) == set(kept)


def test_what_is_written_meanwhile_comes_along(path: Path, kept: list[Fact], pen: Any) -> None:
    """What another program stored after the look and before the file was set aside is taken in as well."""
    seen = outlook(path)
    with Logbook.open(path, random=os.urandom) as logbook:
        late = logbook.append(pen.draft(Note("late"), "s1"))
    assert repair(seen, random=os.urandom).facts == 10
    assert late in facts_in(path)
    spoil(path, kept[2])
    with Logbook.open(path, random=os.urandom) as logbook:
        seen = outlook(path)
        later = logbook.append(pen.draft(Note("later"), "s1"))
    repair(seen, random=os.urandom)
    assert facts_in(path) == {*kept, late, later}


def test_a_conflict_is_kept(path: Path, kept: list[Fact], tmp_path: Path, pen: Any) -> None:
    """Two facts of one id are both there afterwards."""
    with Logbook.open(tmp_path / "other.sqlite", random=os.urandom) as other:
        draft = kept[1].draft
        twin = other.append(type(draft)(draft.id, draft.session, draft.stamp, draft.kind, '{"text":"other"}'))
    with Logbook.open(path, random=os.urandom) as logbook:
        assert logbook.take_in([twin]).conflicts == [draft.id]
    spoil(path, kept[8])
    repaired(path)
    with Logbook.open(path, random=os.urandom) as logbook:
        assert set(logbook.facts()) == {*kept[:8], twin}


def test_a_backup_whose_tables_lie(path: Path, folder: Path, kept: list[Fact]) -> None:
    """Tables are made from the facts: what a backup says otherwise than in facts is not believed."""
    (backup,) = backups(folder)
    with closing(sqlite3.connect(backup.path)) as connection, connection:
        connection.execute("UPDATE session SET name = 'forged'")
        connection.execute("DROP TABLE total")
        connection.execute("DROP TRIGGER fact_is_stored_once")
        connection.execute("CREATE TRIGGER gone BEFORE INSERT ON fact BEGIN SELECT RAISE(IGNORE); END")
    assert prove(backup.path).holds
    path.write_bytes(b"")
    repaired(path)
    assert facts_in(path) == set(kept[:6])


@posix
def test_a_link_stays_one(path: Path, kept: list[Fact], tmp_path: Path) -> None:
    """Where the logbook is a link, what it leads to is repaired."""
    real = tmp_path / "elsewhere" / "real.sqlite"
    real.parent.mkdir()
    path.rename(real)
    path.symlink_to(real)
    spoil(real, kept[2])
    done = repaired(path)
    assert done.aside == real.with_name("real.damaged-20261121T180905Z.sqlite")
    assert path.is_symlink()
    assert facts_in(real) == set(kept)


@posix
def test_a_journal_left_by_a_crash(path: Path, kept: list[Fact], hand: Any) -> None:
    """A damaged file that a killed process left half written is put together first, and nothing of it is lost."""
    with hand("die_at_commit", path) as process:
        assert process.wait(timeout=60) == -signal.SIGKILL
    assert Path(f"{path}-journal").stat().st_size
    spoil(path, kept[7])
    done = repaired(path)
    assert facts_in(path) >= set(kept) - {kept[7]}
    assert done.aside is not None
    assert not any(os.path.lexists(f"{path}{suffix}") for suffix in ("-journal", "-wal"))


def test_busy(path: Path, kept: list[Fact], monkeypatch: pytest.MonkeyPatch) -> None:
    """While another program writes, nothing is changed."""
    monkeypatch.setattr("sessions.opening.BUSY_TIMEOUT_S", 0.01)
    seen = outlook(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LogbookBusy):
            repair(seen, random=os.urandom)
    assert facts_in(path) == set(kept)
    assert sorted(os.listdir(path.parent)) == ["backups", path.name]


def test_a_source_that_changes_meanwhile(path: Path, folder: Path, kept: list[Fact]) -> None:
    """Where the backup no longer proves itself once it is read, all is left as it was."""
    path.write_bytes(b"")
    seen = outlook(path)
    (backup,) = backups(folder)
    spoil(backup.path, kept[1])
    with pytest.raises(DamagedLogbook, match="changed while it was read"):
        repair(seen, random=os.urandom)
    backup.path.unlink()
    with pytest.raises(LogbookError):
        repair(seen, random=os.urandom)
    assert path.read_bytes() == b""
    assert sorted(os.listdir(path.parent)) == ["backups", path.name]


def test_the_disk_is_full(path: Path, kept: list[Fact], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be written, all is left as it was."""
    spoil(path, kept[2])
    old = path.read_bytes()
    seen = outlook(path)

    def full(*_: object) -> None:
        raise LogbookUnwritable("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(Logbook, "take_in", full)
        with pytest.raises(LogbookUnwritable):
            repair(seen, random=os.urandom)
    assert path.read_bytes() == old
    assert sorted(os.listdir(path.parent)) == ["backups", path.name]
    repair(seen, random=os.urandom)
    assert facts_in(path) == set(kept)


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_takes_nothing(path: Path, kept: list[Fact]) -> None:
    """In a folder that may only be read, nothing is changed, and that is told."""
    spoil(path, kept[2])
    path.parent.chmod(0o500)
    try:
        with pytest.raises(LogbookUnwritable):
            repaired(path)
    finally:
        path.parent.chmod(0o700)
    assert sorted(os.listdir(path.parent)) == ["backups", path.name]


# --- drills ------------------------------------------------------------------------------------------


def _flip(content: bytearray, at: int) -> None:
    content[at] ^= 1 << at % 8


def _scramble(content: bytearray, at: int) -> None:
    length = min(40, len(content) - at)
    content[at : at + length] = random.Random(at).randbytes(length)


def _zero_page(content: bytearray, at: int) -> None:
    content[at - at % 4096 : at - at % 4096 + 4096] = bytes(4096)


@pytest.mark.parametrize("spoiling", [_flip, _scramble, _zero_page])
def test_drill(tmp_path: Path, history: Any, pen: Any, spoiling: Callable[[bytearray, int], None]) -> None:
    """Whatever place of the file is damaged, repairing brings every fact of the backup and of what was not touched."""
    content, facts = history
    path = tmp_path / "home" / "logbook.sqlite"
    path.parent.mkdir()
    path.write_bytes(content)
    back_up(path, path.parent / "backups", at_ms=NOW_MS - DAY_MS)
    (backup,) = backups(path.parent / "backups")
    with Logbook.open(path, random=os.urandom) as logbook:
        more = [logbook.append(pen.draft(Note(f"more {number}"), "more")) for number in range(4)]
    whole = path.read_bytes()
    step = len(whole) // PLACES
    for number, at in enumerate(islice(range(0, len(whole), step), PLACES)):
        damaged = bytearray(whole)
        spoiling(damaged, at + number % step)
        path.write_bytes(damaged)
        repaired(path)
        got = facts_in(path)
        assert set(facts) <= got <= {*facts, *more}, at
        # One place touches one page, and so at most the facts of it.
        assert len(got) >= len(facts)
        for file in path.parent.glob("logbook.*-2026*"):
            assert file.name.startswith(("logbook.damaged-", "logbook.before-restore-"))
            file.unlink()
    assert prove(backup.path).holds


def test_drill_without_backup(tmp_path: Path, history: Any) -> None:
    """Cut to any length and without a backup, what still proves itself is a logbook again."""
    content, facts = history
    path = tmp_path / "home" / "logbook.sqlite"
    path.parent.mkdir()
    had = []
    for length in range(0, len(content), len(content) // 24):
        path.write_bytes(content[:length])
        done = repaired(path)
        assert facts_in(path) <= set(facts)
        had.append(done.facts)
        assert done.aside is not None
        assert done.aside.read_bytes() == content[:length]
        done.aside.unlink()
    assert had == sorted(had)
    assert had[0] == 0
    assert had[-1] > len(facts) // 2


KILLED = """
import os, signal, sys, sqlite3
from pathlib import Path
from sessions import files
from sessions.safety import restoring
from sessions.safety.repairing import look, repair

path, steps = Path(sys.argv[1]), iter(range(int(sys.argv[2])))

def counted(of, name):
    call = getattr(of, name)
    def step(*values, **more):
        if next(steps, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*values, **more)
    setattr(of, name, step)

for of, name in ((os, "fsync"), (os, "link"), (os, "rename"), (os, "replace"), (os, "unlink"), (os, "open")):
    counted(of, name)
seen = look(path, path.parent / "backups", at_ms=int(sys.argv[3]))
repair(seen, random=os.urandom)
"""


@posix
def test_killed_at_any_step(path: Path, kept: list[Fact]) -> None:
    """Killed between any two steps, the old file or the new one stands there; to repair it again brings all back."""
    spoil(path, kept[2])
    old = path.read_bytes()
    ended, states = False, set()
    for steps in range(60):
        for file in path.parent.iterdir():
            if file.is_file():
                file.unlink()
        path.write_bytes(old)
        command = [sys.executable, "-c", KILLED, str(path), str(steps), str(NOW_MS)]
        done = subprocess.run(command, cwd=REPO, capture_output=True, timeout=60)
        if path.read_bytes() == old:
            states.add("old")
            repaired(path)
        else:
            states.add("new")
            assert next(iter(path.parent.glob("logbook.damaged-*"))).read_bytes() == old
        assert facts_in(path) == set(kept), steps
        if done.returncode == 0:
            ended = True
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
    assert ended
    assert states == {"old", "new"}
