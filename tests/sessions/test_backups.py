"""Backups are proven before they count, and nothing goes before that."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sessions import DamagedLogbook, Fact, Logbook, LogbookBusy, LogbookError, NotALogbook, Note
from sessions.safety import backups
from sessions.safety.backups import back_up, before_form, due, newest_good, prove, thin
from sessions.schema import SCHEMA

posix = pytest.mark.skipif(os.name != "posix", reason="rights and signals are POSIX's")
DATA = Path(__file__).parent / "data"
NOW_MS = 1_795_284_545_000  # 2026-11-21 18:09:05 UTC
DAY_MS = 86_400_000
NAME = "logbook-20261121T180905Z.sqlite"
FORMS = sorted(int(path.stem[1:]) for path in DATA.glob("v*.sqlite"))


@pytest.fixture
def path(tmp_path: Path, history: tuple[bytes, list[Fact]]) -> Path:
    """A logbook of some two hundred facts."""
    path = tmp_path / "logbook.sqlite"
    path.write_bytes(history[0])
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "home" / "backups"


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder)) if folder.exists() else []


def facts_in(path: Path) -> list[Fact]:
    logbook = Logbook.open_existing(path)
    assert logbook is not None
    with logbook:
        assert logbook.health().ok
        return list(logbook.facts())


def damage(path: Path, what: bytes = b"Note 7", by: bytes = b"Note 8") -> None:
    """Change a byte, in the body of a fact where nothing else is said."""
    content = path.read_bytes()
    assert what in content
    path.write_bytes(content.replace(what, by, 1))


def test_backup(path: Path, folder: Path, history: tuple[bytes, list[Fact]], state: Callable[[Path], Any]) -> None:
    """A backup is a logbook with the same facts, by itself in a folder that is made for it; nothing else changes."""
    before = state(path.parent)
    made = back_up(path, folder, at_ms=NOW_MS + 999)
    assert (made.path, made.at_ms, made.form, made.proven) == (folder / NAME, NOW_MS, None, True)
    assert made.size_bytes == made.path.stat().st_size
    assert names(folder) == [NAME]
    assert {name: about for name, about in state(path.parent).items() if name in before} == before
    assert prove(made.path) == backups.Proof(len(history[1]), ())
    assert facts_in(made.path) == history[1]


@posix
def test_private(path: Path, folder: Path) -> None:
    """The folder and the file are the person's alone; a folder that was there keeps its rights."""
    made = back_up(path, folder, at_ms=NOW_MS)
    assert [stat.S_IMODE(one.stat().st_mode) for one in (made.path, folder, folder.parent)] == [0o600, 0o700, 0o700]
    folder.chmod(0o750)
    back_up(path, folder, at_ms=NOW_MS)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o750


def test_name_that_is_taken(path: Path, folder: Path) -> None:
    """Backups of one second are told apart by a number, in the order in which they were made."""
    made = [back_up(path, folder, at_ms=NOW_MS) for _ in range(3)]
    assert [one.path.name for one in made] == [NAME, NAME.replace("Z.", "Z-2."), NAME.replace("Z.", "Z-3.")]
    assert backups.backups(folder) == made[::-1]


def test_while_another_writes(path: Path, folder: Path, pen: Any, history: tuple[bytes, list[Fact]]) -> None:
    """What another is about to store is not in the backup, and who holds the whole file is waited for in vain."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO fact SELECT 'new', device, 999, 0, 0, '', 1, '', '', '', '' FROM fact LIMIT 1")
        assert facts_in(back_up(path, folder, at_ms=NOW_MS).path) == history[1]
        other.execute("ROLLBACK")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LogbookBusy):
            back_up(path, folder, at_ms=NOW_MS + DAY_MS)
    assert names(folder) == [NAME]


@posix
def test_left_half_written(tmp_path: Path, folder: Path, hand: Callable[..., Any]) -> None:
    """What a killed process left half written is not in the backup."""
    path = tmp_path / "logbook.sqlite"
    hand("append", path, "s1", 3).communicate()
    hand("die_at_commit", path).communicate()
    assert path.with_name("logbook.sqlite-journal").exists()
    assert len(facts_in(back_up(path, folder, at_ms=NOW_MS).path)) == 3


def test_with_a_write_ahead_log(path: Path, folder: Path, history: tuple[bytes, list[Fact]]) -> None:
    """A logbook that someone gave a write-ahead log is backed up with what stands in that, as one file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("INSERT INTO meta VALUES ('more', 'yes')")
        made = back_up(path, folder, at_ms=NOW_MS)
    assert names(folder) == [NAME]
    with closing(sqlite3.connect(f"file:{made.path}?mode=ro&immutable=1", uri=True)) as copy:
        assert copy.execute("SELECT value FROM meta WHERE key = 'more'").fetchone() == ("yes",)
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert facts_in(made.path) == history[1]


def test_that_may_only_be_read(path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A logbook that may only be read is backed up."""
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert prove(back_up(path, folder, at_ms=NOW_MS).path).holds


@pytest.mark.parametrize("what", ["fact", "page", "count"])
def test_damaged(path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """A copy that does not prove itself is removed, the reason is told, and what was there stays."""
    back_up(path, folder, at_ms=NOW_MS)
    before = {name: (folder / name).read_bytes() for name in names(folder)}
    if what == "fact":
        damage(path)
    elif what == "page":
        with closing(sqlite3.connect(path)) as connection:
            (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'fact_by_device'").fetchone()
        content = bytearray(path.read_bytes())
        content[(root - 1) * 4096 : root * 4096] = bytes(4096)
        path.write_bytes(bytes(content))
    else:
        copy = backups.copy_logbook
        monkeypatch.setattr(backups, "copy_logbook", lambda *paths: (copy(*paths) or 0) + 1)
    with pytest.raises(DamagedLogbook) as caught:
        back_up(path, folder, at_ms=NOW_MS + DAY_MS)
    says = {"fact": "1 of 217 facts do not match", "page": "cannot be read", "count": "217 facts and not 218"}[what]
    assert says in caught.value.message
    assert str(path) in caught.value.message
    assert {name: (folder / name).read_bytes() for name in names(folder)} == before


def test_no_logbook(tmp_path: Path, folder: Path) -> None:
    """Where there is no logbook, that is said, and no folder is made."""
    with pytest.raises(NotALogbook, match="no logbook"):
        back_up(tmp_path / "none.sqlite", folder, at_ms=NOW_MS)
    (tmp_path / "other.sqlite").write_bytes(b"x" * 5_000)
    with pytest.raises(NotALogbook):
        back_up(tmp_path / "other.sqlite", folder, at_ms=NOW_MS)
    assert not folder.parent.exists()


def test_folder_that_cannot_be(path: Path) -> None:
    """Where the folder cannot be made, that is said."""
    with pytest.raises(LogbookError, match="not written"):
        back_up(path, path / "backups", at_ms=NOW_MS)


@posix
def test_killed(tmp_path: Path, path: Path, folder: Path, hand: Callable[..., Any]) -> None:
    """Killed before any call of the system, every backup there is proves itself, and no month is without one."""
    before = tmp_path / "work" / "before"
    before.mkdir(parents=True)
    shutil.copy(path, before / "logbook.sqlite")
    for days in (40, 39, 31, 0):
        back_up(path, before / "backups", at_ms=1_772_352_000_000 - days * DAY_MS)
    count, status = json.loads(hand("die_at_each_call", tmp_path / "work", "back_up_and_thin").communicate()[0])
    assert (count > 8, status) == (True, 0)
    lengths = []
    for number in range(count):
        place = tmp_path / "work" / str(number)
        there = backups.backups(place / "backups")
        lengths.append(len(there))
        assert all(prove(one.path).holds for one in there)
        assert {one.path.name[:14] for one in there} >= {"logbook-202601", "logbook-202603"}
        assert len([name for name in names(place / "backups") if name.startswith(".")]) <= 1
        assert facts_in(place / "logbook.sqlite") == facts_in(path)
    assert (lengths[0], max(lengths), lengths[-1]) == (4, 5, 4)
    assert not [name for name in names(place / "backups") if name.startswith(".")]


def test_listed(path: Path, folder: Path) -> None:
    """Backups are listed newest first; whatever else lies there is passed over, and no folder is no backup."""
    assert backups.backups(folder) == []
    older, newer = (back_up(path, folder, at_ms=NOW_MS - days * DAY_MS) for days in (1, 0))
    (folder / "notes.txt").write_text("x")
    (folder / NAME.replace("2026", "2027")).mkdir()
    if os.name == "posix":
        (folder / NAME.replace("2026", "2028")).symlink_to(path)
    assert backups.backups(folder) == [newer, older]
    with pytest.raises(LogbookError, match="cannot be listed"):
        backups.backups(path)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (Path.unlink, "no file"),
        (lambda path: path.write_bytes(b""), "empty"),
        (lambda path: path.write_bytes(b"x" * 9_000), "not a logbook"),
        (lambda path: path.write_bytes(path.read_bytes()[:-5_000]), ""),
        (lambda path: path.write_bytes(path.read_bytes()[:4_096]), ""),
        (damage, "1 of 217 facts do not match"),
        (lambda path: damage(path, b"device", b"devicf"), ""),
        (lambda path: damage(path, b"CREATE TABLE fact", b"CREATE TABLE fagt"), ""),
    ],
)
def test_what_does_not_prove_itself(path: Path, spoil: Callable[[Path], object], says: str) -> None:
    """What is wrong with a file is told, whatever it is, and nothing is raised."""
    spoil(path)
    proof = prove(path)
    assert not proof.holds
    assert says in "; ".join(proof.problems)


def test_newest_good(path: Path, folder: Path) -> None:
    """A damaged backup is passed over, and one from a time when the clock was wrong comes last."""
    assert newest_good(folder, NOW_MS) is None
    future, older, newer = (back_up(path, folder, at_ms=NOW_MS + days * DAY_MS) for days in (400, -2, -1))
    assert newest_good(folder, NOW_MS) == newer
    damage(newer.path)
    assert newest_good(folder, NOW_MS) == older
    older.path.unlink()
    assert newest_good(folder, NOW_MS) == future
    damage(future.path)
    assert newest_good(folder, NOW_MS) is None


def test_due(path: Path, folder: Path, pen: Any) -> None:
    """A backup is due when facts were added and the newest one is of an earlier day."""
    assert due(path, folder, NOW_MS)
    back_up(path, folder, at_ms=NOW_MS)
    assert not due(path, folder, NOW_MS + DAY_MS)
    with Logbook.open(path, random=pen.random) as logbook:
        logbook.append(pen.draft(Note("more")))
    midnight = NOW_MS - NOW_MS % DAY_MS + DAY_MS
    assert [due(path, folder, now_ms) for now_ms in (NOW_MS, midnight - 1, midnight)] == [False, False, True]
    back_up(path, folder, at_ms=midnight)
    assert not due(path, folder, midnight + DAY_MS)
    # The clock was wrong once.
    assert due(path, folder, NOW_MS - DAY_MS)
    assert [due(path.with_name("none"), folder, NOW_MS), due(path, folder.parent / "none", NOW_MS)] == [False, True]


def test_due_where_the_newest_cannot_be_read(path: Path, folder: Path) -> None:
    """A newest backup that cannot be read is one more reason for another."""
    made = back_up(path, folder, at_ms=NOW_MS)
    made.path.write_bytes(b"x" * 5_000)
    assert due(path, folder, NOW_MS + DAY_MS)


def test_nothing_to_back_up(tmp_path: Path, folder: Path, pen: Any) -> None:
    """A logbook without facts needs no backup."""
    Logbook.open(tmp_path / "new.sqlite", random=pen.random).close()
    assert not due(tmp_path / "new.sqlite", folder, NOW_MS)


def test_thinned(path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no longer needed is removed and named; what cannot be removed stays for the next time."""
    made = [back_up(path, folder, at_ms=NOW_MS - days * DAY_MS) for days in (0, 100, 101, 102)]
    (folder / "notes.txt").write_text("x")
    unlink = os.unlink

    def stubborn(file: Any, **options: Any) -> None:
        if Path(file) == made[2].path:
            raise PermissionError
        unlink(file, **options)

    with monkeypatch.context() as patched:
        patched.setattr(os, "unlink", stubborn)
        assert thin(folder, NOW_MS) == [made[3]]
    assert thin(folder, NOW_MS) == [made[2]]
    assert thin(folder, NOW_MS) == []
    assert names(folder) == sorted([made[0].path.name, made[1].path.name, "notes.txt"])


@pytest.mark.parametrize("form", [*FORMS, SCHEMA])
def test_before_a_form(tmp_path: Path, path: Path, folder: Path, form: int) -> None:
    """Before a change of form the file is copied as it is, by whoever holds it, and called after its form."""
    if form in FORMS:
        shutil.copyfile(DATA / f"v{form}.sqlite", path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        made = before_form(path, folder, at_ms=NOW_MS)
        # Tried again, since it was killed on the way.
        assert before_form(path, folder, at_ms=NOW_MS + 5_000) == made
        facts = connection.execute("SELECT * FROM fact").fetchall()
        connection.execute("ROLLBACK")
    assert (made.form, made.proven, made.path.name) == (form, True, NAME.replace(".", f"-form-{form}."))
    assert names(folder) == [made.path.name]
    assert prove(made.path) == backups.Proof(len(facts), ())
    with closing(sqlite3.connect(made.path)) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (form,)
        assert copy.execute("SELECT * FROM fact").fetchall() == facts
    assert newest_good(folder, NOW_MS + DAY_MS) == made
    assert due(path, folder, NOW_MS)
    assert thin(folder, NOW_MS + 1_000 * DAY_MS) == []


def test_before_a_form_the_lock_stays(path: Path, folder: Path, hand: Callable[..., Any]) -> None:
    """Nobody else can write between the copy and the change of form."""
    assert hand("may_write", path).communicate()[0] == "yes\n"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        before_form(path, folder, at_ms=NOW_MS)
        assert hand("may_write", path).communicate()[0] == "no\n"
        connection.execute("ROLLBACK")


@pytest.mark.parametrize("what", ["fact", "page"])
def test_before_a_form_and_damaged(path: Path, folder: Path, what: str) -> None:
    """A damaged file is copied before a change of form too, and the copy is called what it is."""
    if what == "fact":
        damage(path)
    else:
        content = path.read_bytes()
        path.write_bytes(content[:8_192] + bytes(len(content) - 8_192))
    made = before_form(path, folder, at_ms=NOW_MS)
    assert (made.proven, made.path.name) == (False, NAME.replace(".", f"-form-{SCHEMA}-unproven."))
    assert before_form(path, folder, at_ms=NOW_MS + 1_000) == made
    assert newest_good(folder, NOW_MS) is None
    assert thin(folder, NOW_MS + 1_000 * DAY_MS) == []
    assert backups.backups(folder) == [made]
