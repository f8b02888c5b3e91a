from __future__ import annotations

import hashlib
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from sessions import (
    DamagedLogbook,
    EmptyFile,
    Logbook,
    LogbookError,
    LogbookUnwritable,
    NewerLogbook,
    NotALogbook,
    Note,
)
from sessions.schema import APPLICATION_ID

posix = pytest.mark.skipif(os.name != "posix", reason="no such files on this system")


def state(folder: Path) -> dict[str, object]:
    """Everything in a folder: names, contents, times and rights."""
    found = {}
    for file in sorted(folder.rglob("*")):
        about = file.lstat()
        content = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
        found[file.name] = (about.st_mode, about.st_mtime_ns, about.st_ino, content)
    return found


def refused(path: Path, kind: type[LogbookError]) -> str:
    """Check that both ways to open refuse what stands at `path`, and leave all as it is."""
    before = state(path.parent)
    messages = set()
    for attempt in (lambda: Logbook.open(path, random=os.urandom), lambda: Logbook.open_existing(path)):
        with pytest.raises(LogbookError) as caught:
            attempt()
        assert type(caught.value) is kind
        messages.add(caught.value.message)
    assert state(path.parent) == before
    (message,) = messages
    assert str(path) in message
    assert message.endswith(".")
    return message


@pytest.fixture
def closed(path: Path, pen: Any) -> Path:
    """A logbook with a few facts, closed."""
    with Logbook.open(path, random=pen.random) as logbook:
        logbook.append(pen.draft(pen.begun()))
        for number in range(5):
            logbook.append(pen.draft(Note("x" * 3_000 + str(number))))
    return path


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


def test_empty_file(tmp_path: Path) -> None:
    """An empty file is never taken for a new logbook."""
    path = tmp_path / "logbook.sqlite"
    path.touch()
    assert "empty" in refused(path, EmptyFile)


@pytest.mark.parametrize("content", [b"x", b"SQLite format 3", b"# notes\n" * 1_000, bytes(8_192)])
def test_foreign_file(tmp_path: Path, content: bytes) -> None:
    """A file that is no database is refused."""
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    assert "not a logbook" in refused(path, NotALogbook)


@pytest.mark.parametrize("number", [0, APPLICATION_ID + 1])
def test_foreign_database(tmp_path: Path, number: int) -> None:
    """Another program's database is refused, by its application id."""
    path = tmp_path / "places.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE fact (id)")
    connection.execute(f"PRAGMA application_id = {number}")
    connection.commit()
    connection.close()
    assert "another program" in refused(path, NotALogbook)


def test_foreign_database_in_use(tmp_path: Path) -> None:
    """Another program's database with a write-ahead log keeps that log untouched."""
    path = tmp_path / "places.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE a (b)")
    connection.commit()
    refused(path, NotALogbook)
    connection.close()


@pytest.mark.parametrize("kept", [16, 50, 99, 100, 511, 4_095, 4_096, 5_000, 0.5, -4_096, -1])
def test_file_cut_short(closed: Path, kept: float) -> None:
    """A logbook of which the end is missing is refused as damaged, wherever it was cut."""
    size = closed.stat().st_size
    with closed.open("rb+") as file:
        file.truncate(int(size * kept) if isinstance(kept, float) else kept if kept > 0 else size + kept)
    assert "damaged" in refused(closed, DamagedLogbook)


def test_schema_overwritten(closed: Path) -> None:
    """A logbook whose first page is rubbish behind the header is refused as damaged."""
    with closed.open("rb+") as file:
        file.seek(100)
        file.write(b"\xff" * 3_000)
    refused(closed, DamagedLogbook)


def test_tables_missing(closed: Path) -> None:
    """A logbook without one of its tables is refused as damaged."""
    connection = sqlite3.connect(closed)
    connection.execute("DROP TABLE rating")
    connection.commit()
    connection.close()
    refused(closed, DamagedLogbook)


def test_without_a_version(closed: Path) -> None:
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


def test_health(closed: Path) -> None:
    """The health of a sound logbook names the file, its size and what is in it."""
    with Logbook.open(closed, random=os.urandom) as logbook:
        health = logbook.health()
    assert health.ok
    assert (health.path, health.facts, health.sessions, health.schema) == (closed, 6, 1, 1)
    assert health.size_bytes == closed.stat().st_size


def test_newer(closed: Path, pen: Any) -> None:
    """A newer logbook is read and never written, and says to update."""
    connection = sqlite3.connect(closed)
    connection.execute("PRAGMA user_version = 2")
    connection.close()
    before = state(closed.parent)
    with Logbook.open(closed, random=os.urandom) as logbook:
        assert logbook.read_only
        assert "update" in logbook.why_read_only
        assert [row.id for row in logbook.sessions()] == ["s1"]
        assert logbook.health().schema == 2
        for write in (lambda: logbook.append(pen.draft(Note("x"))), logbook.rebuild):
            with pytest.raises(LogbookUnwritable, match="update"):
                write()
    assert state(closed.parent) == before


def test_newer_and_unlike(closed: Path) -> None:
    """A newer logbook whose tables are no longer known says to update rather than that it is damaged."""
    connection = sqlite3.connect(closed)
    connection.execute("DROP TABLE session")
    connection.execute("PRAGMA user_version = 2")
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


def test_folder(tmp_path: Path) -> None:
    """A folder under the logbook's name is refused."""
    path = tmp_path / "logbook.sqlite"
    path.mkdir()
    assert "folder" in refused(path, NotALogbook)


@posix
def test_pipe(tmp_path: Path) -> None:
    """A pipe is refused, and not waited for."""
    path = tmp_path / "logbook.sqlite"
    os.mkfifo(path)
    refused(path, NotALogbook)


@posix
def test_link_to_nothing(tmp_path: Path) -> None:
    """A link to nothing is refused rather than written through."""
    path = tmp_path / "logbook.sqlite"
    path.symlink_to(tmp_path / "gone.sqlite")
    assert "link" in refused(path, NotALogbook)


@posix
def test_link(closed: Path, tmp_path: Path, pen: Any) -> None:
    """A link to a logbook is that logbook."""
    link = tmp_path / "link.sqlite"
    link.symlink_to(closed)
    with Logbook.open(link, random=os.urandom) as logbook:
        logbook.append(pen.draft(Note("x")))
    with Logbook.open(closed, random=os.urandom) as logbook:
        assert len(list(logbook.facts())) == 7


def test_file_in_place_of_the_folder(tmp_path: Path) -> None:
    """A file where the folder should be gives a clear error."""
    (tmp_path / "home").write_text("x")
    with pytest.raises(LogbookError, match="home"):
        Logbook.open(tmp_path / "home" / "logbook.sqlite", random=os.urandom)


@posix
def test_deleted_while_open(closed: Path, pen: Any) -> None:
    """A logbook whose file is taken away while it is open refuses to store what nobody could find again."""
    with Logbook.open(closed, random=os.urandom) as logbook:
        closed.unlink()
        with pytest.raises(LogbookUnwritable, match="moved or deleted"):
            logbook.append(pen.draft(Note("x")))


@pytest.mark.parametrize("name", ["a b#c?d%20e.sqlite", "überraschung-日本.sqlite", "{path}.sqlite", "'quote'.sqlite"])
def test_strange_names(tmp_path: Path, pen: Any, name: str) -> None:
    """Any file name will do, and is used as it stands."""
    if os.name != "posix":
        name = name.replace("?", "")
    path = tmp_path / name
    with Logbook.open(path, random=pen.random) as logbook:
        logbook.append(pen.draft(Note("x")))
    assert [file.name for file in tmp_path.iterdir()] == [name]
    path.write_bytes(b"no logbook {0} {path}")
    refused(path, NotALogbook)


@posix
def test_name_that_is_no_text(tmp_path: Path, pen: Any) -> None:
    """A file name that is not UTF-8 works as well."""
    path = tmp_path / os.fsdecode(b"log\xff.sqlite")
    try:
        path.touch()
        path.unlink()
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    with Logbook.open(path, random=pen.random) as logbook:
        logbook.append(pen.draft(Note("x")))
    assert path.exists()


def test_name_that_cannot_be(tmp_path: Path) -> None:
    """A name that no file can have gives a `LogbookError`."""
    for name in ("a\0b", "x" * 5_000):
        with pytest.raises(LogbookError):
            Logbook.open(tmp_path / name, random=os.urandom)


@posix
def test_relative_path(tmp_path: Path, pen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative path is taken from the folder one is in."""
    monkeypatch.chdir(tmp_path)
    Logbook.open(Path("logbook.sqlite"), random=pen.random).close()
    assert (tmp_path / "logbook.sqlite").exists()
