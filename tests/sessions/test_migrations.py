from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sessions import Logbook, LogbookError, LogbookUnwritable, Note, schema
from sessions.facts import digest
from sessions.safety.backups import backups

DATA = Path(__file__).parent / "data"
FORMS = sorted(int(path.stem[1:]) for path in DATA.glob("v*.sqlite"))
NOW = schema.SCHEMA
NEW_COLUMN = ("ALTER TABLE meta ADD COLUMN more TEXT",)
STEPS = {NOW: NEW_COLUMN, NOW + 1: ("INSERT INTO meta VALUES ('migrated', 'yes', '')",)}


@pytest.fixture
def old(path: Path, pen: Any) -> Path:
    """A logbook of the present form, which a later one would find old."""
    with Logbook.open(path, random=pen.random) as logbook:
        for number in range(3):
            logbook.append(pen.draft(Note(f"note {number}")))
    return path


@pytest.fixture
def v1(tmp_path: Path) -> Path:
    """The stored logbook of form 1."""
    return Path(shutil.copyfile(DATA / "v1.sqlite", tmp_path / "logbook.sqlite"))


@pytest.fixture
def v2(tmp_path: Path) -> Path:
    """The stored logbook of form 2."""
    return Path(shutil.copyfile(DATA / "v2.sqlite", tmp_path / "logbook.sqlite"))


def update(monkeypatch: pytest.MonkeyPatch, steps: dict[int, tuple[str, ...]], target: int = NOW + 2) -> None:
    monkeypatch.setattr(schema, "MIGRATIONS", {**schema.MIGRATIONS, **steps})
    monkeypatch.setattr(schema, "SCHEMA", target)


def contents(path: Path) -> dict[str, object]:
    """What a file holds, read with nothing of the logbook's own: its number, its tables and all their rows."""
    connection = sqlite3.connect(path)
    try:
        tables = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        found: dict[str, object] = {
            name: (sql, sorted(connection.execute(f"SELECT * FROM {name}"), key=repr)) for name, sql in tables
        }
        found["user_version"] = connection.execute("PRAGMA user_version").fetchone()[0]
        found["integrity"] = connection.execute("PRAGMA integrity_check").fetchone()[0]
        return found
    finally:
        connection.close()


def test_every_form_has_a_step() -> None:
    """There is a step from every older form to the next, and a stored file of every form."""
    assert set(schema.MIGRATIONS) == set(range(1, NOW))
    assert list(range(1, NOW + 1)) == FORMS


@pytest.mark.parametrize("form", FORMS)
def test_facts_are_untouched(tmp_path: Path, form: int) -> None:
    """Every fact of an older file is kept word for word, and its digest is still the right one."""
    path = Path(shutil.copyfile(DATA / f"v{form}.sqlite", tmp_path / "logbook.sqlite"))
    before = contents(path)
    assert before["user_version"] == form
    with Logbook.open(path, random=os.urandom) as logbook:
        assert all(digest(fact) == fact.sha256 for fact in logbook.facts())
        assert logbook.health().ok
    after = contents(path)
    assert after["user_version"] == NOW
    assert (after["fact"][1], after["meta"]) == (before["fact"][1], before["meta"])  # type: ignore[index]


def test_form_1_has_the_tables_of_a_new_file(v1: Path, path: Path, pen: Any) -> None:
    """Brought up to date, it has the very tables and indexes that a new logbook has."""
    Logbook.open(v1, random=os.urandom).close()
    Logbook.open(path, random=pen.random).close()

    def made(file: Path) -> list[Any]:
        connection = sqlite3.connect(file)
        try:
            return connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name").fetchall()
        finally:
            connection.close()

    assert made(v1) == made(path)


FORM_2_WRITES = {
    "a session begins": """INSERT INTO session (id, routine, name, began_ms, offset_min, zone, day, active_ms,
        paused_ms, steps, next_step, works, done, cut_short, skipped, withdrawn, activity)
        VALUES ('s9', 'r', 'R', 0, 0, '', '1970-01-01', 0, 0, 0, 0, 0, 0, 0, 0, 0, '')""",
    "a work": "INSERT INTO work (id) VALUES ('f9')",
    "a rating": "INSERT INTO rating (id) VALUES ('f9')",
    "a note": "INSERT INTO note (id, session, utc_ms, text, corrected) VALUES ('f9', 's1', 0, 'x', 0)",
    "a day": "UPDATE day SET active_ms = active_ms + 1 WHERE day = '2026-03-01'",
}


@pytest.mark.parametrize("what", FORM_2_WRITES)
def test_a_program_of_form_2_that_is_still_running(v2: Path, what: str) -> None:
    """Whatever it would write wrongly into a file that was brought up to date is refused whole, and stays with it."""
    connection = sqlite3.connect(v2, isolation_level=None)
    connection.execute("SELECT count(*) FROM fact").fetchone()
    Logbook.open(v2, random=os.urandom).close()
    with pytest.raises(sqlite3.Error):
        connection.execute(FORM_2_WRITES[what])
    connection.close()


@pytest.mark.parametrize("form", FORMS[:-1])
def test_copied_before(tmp_path: Path, form: int) -> None:
    """Before a file is brought to a newer form, it is copied as it is, and the copy is proven."""
    path = Path(shutil.copyfile(DATA / f"v{form}.sqlite", tmp_path / "logbook.sqlite"))
    before = contents(path)
    Logbook.open(path, random=os.urandom).close()
    (kept,) = backups(tmp_path / "backups")
    assert (kept.form, kept.proven) == (form, True)
    assert contents(kept.path) == before
    Logbook.open(path, random=os.urandom).close()
    assert len(backups(tmp_path / "backups")) == 1


def test_not_without_a_copy(v2: Path) -> None:
    """Where the copy cannot be made, the file stays as it is."""
    (v2.parent / "backups").write_text("in the way")
    before = v2.read_bytes()
    with pytest.raises(LogbookUnwritable):
        Logbook.open(v2, random=os.urandom)
    assert v2.read_bytes() == before


def test_brought_up_to_date(old: Path, pen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """An older logbook is brought up to date by every step, and its read tables made anew."""
    connection = sqlite3.connect(old)
    connection.execute("UPDATE note SET folded = 'wrong'")
    connection.execute("ALTER TABLE note ADD COLUMN gone TEXT")
    connection.commit()
    connection.close()
    update(monkeypatch, STEPS)
    with Logbook.open(old, random=pen.random) as logbook:
        assert logbook._connection is not None
        assert schema.version(logbook._connection) == NOW + 2
        found = logbook.session("s1")
        assert found is not None
        assert [note.text for note in found.notes] == ["note 0", "note 1", "note 2"]
        logbook.append(pen.draft(Note("more")))
        assert logbook.health().ok
    after = contents(old)
    assert ("migrated", "yes", "") in after["meta"][1]  # type: ignore[index]
    assert "gone" not in after["note"][0]  # type: ignore[index]
    with Logbook.open(old, random=pen.random) as logbook:
        assert len(list(logbook.facts())) == 4


@pytest.mark.parametrize("step", ["SELECT nothing", "INSERT INTO meta VALUES ('device', 'x', '')"])
def test_step_that_fails(old: Path, pen: Any, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """A step that fails leaves the file as it was, byte for byte."""
    before = old.read_bytes()
    with monkeypatch.context() as patched:
        update(patched, {NOW: NEW_COLUMN, NOW + 1: (step,)})
        with pytest.raises(LogbookError):
            Logbook.open(old, random=pen.random)
    assert old.read_bytes() == before
    with Logbook.open(old, random=pen.random) as logbook:
        assert logbook.health().ok


def test_second_process_does_nothing(old: Path) -> None:
    """Who comes second to bring a logbook up to date finds it done."""
    connection = sqlite3.connect(old, isolation_level=None)
    try:
        assert schema.migrate(connection, STEPS, NOW + 2)
        assert not schema.migrate(connection, STEPS, NOW + 2)
    finally:
        connection.close()


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX's")
@pytest.mark.parametrize(
    ("form", "point"),
    [
        *((form, point) for form in (1, 2) for point in ("DROP TABLE work", "ALTER TABLE fact", "DROP TABLE fact_of")),
        *((form, point) for form in FORMS[:-1] for point in ("CREATE TABLE answer", "INSERT INTO practice", "COMMIT")),
    ],
)
def test_killed_half_way(tmp_path: Path, pen: Any, hand: Callable[..., Any], form: int, point: str) -> None:
    """Killed at any point of its way, a file of an older form is found as it was, and can be brought up to date."""
    path = Path(shutil.copyfile(DATA / f"v{form}.sqlite", tmp_path / "logbook.sqlite"))
    before = contents(path)
    child = hand("die_migrating", path, point)
    child.communicate()
    assert child.returncode < 0
    assert contents(path) == before
    with Logbook.open(path, random=pen.random) as logbook:
        assert logbook.health().schema == NOW
        assert {fact.id for fact in logbook.facts()} == {row[0] for row in before["fact"][1]}  # type: ignore[index]
        logbook.append(pen.draft(Note("still writable")))
        assert logbook.health().ok


@pytest.mark.parametrize("stored", [True, False], ids=["form 1", "artificial"])
def test_read_only(v1: Path, old: Path, pen: Any, monkeypatch: pytest.MonkeyPatch, stored: bool) -> None:
    """An older logbook that may only be read cannot be brought up to date, and says what to do."""
    if not stored:
        update(monkeypatch, STEPS)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(LogbookUnwritable, match="older form"):
        Logbook.open(v1 if stored else old, random=pen.random)
