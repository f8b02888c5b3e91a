from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from sessions import (
    DamagedLogbook,
    EmptyFile,
    Logbook,
    LogbookUnwritable,
    NewerLogbook,
    NotALogbook,
    Note,
)
from sessions.schema import APPLICATION_ID, SCHEMA

posix = pytest.mark.skipif(os.name != "posix", reason="no such files on this system")


def test_no_file(path: Path) -> None:
    """Where there is no file, the read side finds none and makes neither file nor folder."""
    assert Logbook.open_existing(path) is None
    assert not path.parent.exists()


def test_read_side(closed: Path) -> None:
    """The read side opens what is there."""
    logbook = Logbook.open_existing(closed)
    assert logbook is not None
    with logbook:
        assert [row.id for row in logbook.sessions()] == ["s1"]


def test_empty_file(tmp_path: Path, refused: Any) -> None:
    """An empty file is never taken for a new logbook."""
    path = tmp_path / "logbook.sqlite"
    path.touch()
    assert "empty" in refused(path, EmptyFile)


@pytest.mark.parametrize("content", [b"x", b"SQLite format 3", b"# notes\n" * 1_000, bytes(8_192)])
def test_foreign_file(tmp_path: Path, content: bytes, refused: Any) -> None:
    """A file that is no database is refused."""
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    assert "not a logbook" in refused(path, NotALogbook)


@pytest.mark.parametrize("number", [0, APPLICATION_ID + 1])
def test_foreign_database(tmp_path: Path, number: int, refused: Any) -> None:
    """Another program's database is refused, by its application id."""
    path = tmp_path / "places.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE fact (id)")
    connection.execute(f"PRAGMA application_id = {number}")
    connection.commit()
    connection.close()
    assert "another program" in refused(path, NotALogbook)


def test_foreign_database_in_use(tmp_path: Path, refused: Any) -> None:
    """Another program's database with a write-ahead log keeps that log untouched."""
    path = tmp_path / "places.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE a (b)")
    connection.commit()
    refused(path, NotALogbook)
    connection.close()


@pytest.mark.parametrize("kept", [16, 50, 99, 100, 511, 4_095, 4_096, 5_000, 0.5, -4_096, -1])
def test_file_cut_short(closed: Path, kept: float, refused: Any) -> None:
    """A logbook of which the end is missing is refused as damaged, wherever it was cut."""
    size = closed.stat().st_size
    with closed.open("rb+") as file:
        file.truncate(int(size * kept) if isinstance(kept, float) else kept if kept > 0 else size + kept)
    assert "damaged" in refused(closed, DamagedLogbook)


def test_schema_overwritten(closed: Path, refused: Any) -> None:
    """A logbook whose first page is rubbish behind the header is refused as damaged."""
    with closed.open("rb+") as file:
        file.seek(100)
        file.write(b"\xff" * 3_000)
    refused(closed, DamagedLogbook)


def test_tables_missing(closed: Path, refused: Any) -> None:
    """A logbook without one of its tables is refused as damaged."""
    connection = sqlite3.connect(closed)
    connection.execute("DROP TABLE practice")
    connection.commit()
    connection.close()
    refused(closed, DamagedLogbook)


def test_without_a_version(closed: Path, refused: Any) -> None:
    """A logbook without the number of its form is refused as damaged."""
    connection = sqlite3.connect(closed)
    connection.execute("PRAGMA user_version = 0")
    connection.close()
    refused(closed, DamagedLogbook)


def test_damage_in_the_middle(closed: Path) -> None:
    """Damage deep in the file raises a clear error where it is met, and shows in the health."""
    content = bytearray(closed.read_bytes())
    for start in range(8_192, len(content), 4_096):
        content[start : start + 64] = b"\xff" * 64
    closed.write_bytes(bytes(content))
    try:
        logbook = Logbook.open_existing(closed)
    except DamagedLogbook:
        return
    assert logbook is not None
    with logbook:
        with pytest.raises(DamagedLogbook):
            list(logbook.facts())
        health = logbook.health()
        assert not health.ok
        assert health.integrity != "ok"


def test_changed_fact(closed: Path) -> None:
    """A fact that was changed behind the logbook's back is told by its digest."""
    connection = sqlite3.connect(closed)
    connection.execute("DROP TRIGGER fact_is_never_changed")
    connection.execute("UPDATE fact SET body = replace(body, 'x1', 'y1')")
    connection.commit()
    connection.close()
    with Logbook.open(closed, random=os.urandom) as logbook:
        health = logbook.health()
        (changed,) = (fact for fact in logbook.facts() if "y1" in fact.body)
    assert (health.integrity, health.bad_digests, health.ok) == ("ok", [changed.id], False)


def test_text_that_is_no_text(closed: Path) -> None:
    """A fact with a byte that is no text hides no other fact, and is named by its digest."""
    connection = sqlite3.connect(closed)
    connection.execute("DROP TRIGGER fact_is_never_changed")
    connection.execute("UPDATE fact SET body = CAST(x'7bff7d' AS TEXT) WHERE seq = 3")
    connection.commit()
    connection.close()
    with Logbook.open(closed, random=os.urandom) as logbook:
        facts = list(logbook.facts())
        assert [fact.seq for fact in facts] == [1, 2, 3, 4, 5, 6]
        assert facts[2].parsed() is None
        assert logbook.health().bad_digests == [facts[2].id]
        assert logbook.session("s1") is not None


def test_health(closed: Path) -> None:
    """The health of a sound logbook names the file, its size and what is in it."""
    with Logbook.open(closed, random=os.urandom) as logbook:
        health = logbook.health()
    assert health.ok
    assert (health.path, health.facts, health.sessions, health.schema) == (closed, 6, 1, SCHEMA)
    assert health.size_bytes == closed.stat().st_size


def test_newer(closed: Path, pen: Any, state: Any) -> None:
    """A newer logbook is read and never written, and says to update."""
    connection = sqlite3.connect(closed)
    connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    connection.close()
    before = state(closed.parent)
    with Logbook.open(closed, random=os.urandom) as logbook:
        assert logbook.read_only
        assert "update" in logbook.why_read_only
        assert [row.id for row in logbook.sessions()] == ["s1"]
        assert logbook.health().schema == SCHEMA + 1
        for write in (lambda: logbook.append(pen.draft(Note("x"))), logbook.rebuild):
            with pytest.raises(LogbookUnwritable, match="update"):
                write()
    assert state(closed.parent) == before


def test_newer_and_unlike(closed: Path) -> None:
    """A newer logbook whose tables are no longer known says to update rather than that it is damaged."""
    connection = sqlite3.connect(closed)
    connection.execute("DROP TABLE session")
    connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    connection.close()
    with Logbook.open(closed, random=os.urandom) as logbook:
        assert len(list(logbook.facts())) == 6
        with pytest.raises(NewerLogbook, match="update"):
            logbook.sessions()


def test_converted_to_wal(closed: Path, pen: Any) -> None:
    """A logbook that someone switched to a write-ahead log is switched back."""
    connection = sqlite3.connect(closed)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    with Logbook.open(closed, random=os.urandom) as logbook:
        logbook.append(pen.draft(Note("x")))
    assert [file.name for file in closed.parent.iterdir()] == [closed.name]
