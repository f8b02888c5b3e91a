from __future__ import annotations

import sqlite3
import threading
from typing import Any

import pytest

from sessions import (
    Draft,
    InvalidFact,
    Logbook,
    LogbookBusy,
    LogbookError,
    LogbookUnwritable,
    Note,
)


def test_append_returns_the_stored_fact(logbook: Logbook, pen: Any) -> None:
    """What is appended comes back with the logbook's device and the next number, and is stored so."""
    draft = pen.draft(pen.rated(4))
    fact = logbook.append(draft)
    assert (fact.id, fact.stamp, fact.session, fact.body) == (draft.id, draft.stamp, "s1", draft.body_json)
    assert (fact.device, fact.seq) == (logbook.device, 1)
    assert list(logbook.facts()) == [fact]


def test_numbers_have_no_gaps(logbook: Logbook, pen: Any) -> None:
    """Facts are numbered from 1 without gaps, across sessions and reopenings."""
    for number in range(5):
        logbook.append(pen.draft(Note(str(number)), session=f"s{number % 2}"))
    logbook.close()
    with Logbook.open(logbook.path, random=pen.random) as again:
        again.append(pen.draft(Note("after")))
        assert [fact.seq for fact in again.facts()] == [1, 2, 3, 4, 5, 6]
        assert {fact.device for fact in again.facts()} == {again.device}


def test_append_twice_stores_once(logbook: Logbook, pen: Any) -> None:
    """Appending a draft again returns what is stored, and takes no number."""
    draft = pen.draft(Note("once"))
    assert logbook.append(draft) == logbook.append(draft)
    assert logbook.append(pen.draft(Note("next"))).seq == 2


@pytest.mark.parametrize("change", ["session", "stamp", "kind", "body_json"])
def test_another_fact_under_the_same_id(logbook: Logbook, pen: Any, change: str) -> None:
    """A draft that says something else under a stored id is refused, and nothing changes."""
    first = pen.draft(Note("first"))
    logbook.append(first)
    other = {"session": "s2", "stamp": pen.stamp(), "kind": "heart_rate", "body_json": '{"text":"other"}'}
    fields = {name: getattr(first, name) for name in Draft.__struct_fields__} | {change: other[change]}
    with pytest.raises(LogbookError, match="another fact"):
        logbook.append(Draft(**fields))
    assert [fact.body for fact in logbook.facts()] == [first.body_json]


def test_draft_that_does_not_fit(logbook: Logbook, pen: Any) -> None:
    """A draft made by hand is checked as well, before anything is stored."""
    with pytest.raises(InvalidFact):
        logbook.append(Draft("f1", "s1", pen.stamp(), "pain_rated", '{"nrs":11,"when":"after"}'))
    assert list(logbook.facts()) == []


def test_unknown_kind_is_kept(logbook: Logbook, pen: Any) -> None:
    """A fact of an unknown kind is stored word for word, and stands in nobody's way."""
    logbook.append(pen.draft(pen.begun()))
    logbook.append(Draft("f9", "s1", pen.stamp(), "heart_rate", '{"bpm":61}'))
    assert [fact.body for fact in logbook.facts("s1")][1] == '{"bpm":61}'
    assert logbook.health().ok
    assert logbook.session("s1") is not None


def test_facts_are_never_changed(logbook: Logbook, pen: Any) -> None:
    """The file itself refuses to change, delete or replace a fact."""
    fact = logbook.append(pen.draft(Note("stays")))
    connection = logbook._connection
    assert connection is not None
    for statement in (
        "UPDATE fact SET body = '{}'",
        "DELETE FROM fact",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            connection.execute(statement)
    for statement in ("INSERT INTO fact SELECT * FROM fact", "INSERT OR REPLACE INTO fact SELECT * FROM fact"):
        connection.execute(statement)
    assert list(logbook.facts()) == [fact]


def test_all_facts_by_page(logbook: Logbook, pen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """All facts are yielded, however many pages they take, and the file is free in between."""
    monkeypatch.setattr("sessions.answers.PAGE", 2)
    ids = [logbook.append(pen.draft(Note(str(number)))).id for number in range(4)]
    found = logbook.facts()
    first = next(found)
    ids.append(logbook.append(pen.draft(Note("meanwhile"))).id)
    assert [first.id, *(fact.id for fact in found)] == ids


def test_closed(logbook: Logbook, pen: Any) -> None:
    """A closed logbook says so, and may be closed again."""
    logbook.close()
    logbook.close()
    with pytest.raises(LogbookError, match="closed"):
        logbook.sessions()
    with pytest.raises(LogbookError, match="closed"):
        logbook.append(pen.draft(Note("x")))


def test_durability_settings(logbook: Logbook) -> None:
    """The file is written with a rollback journal, and the folder is synced after each commit."""
    connection = logbook._connection
    assert connection is not None
    settings = [
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "fullfsync", "busy_timeout")
    ]
    assert settings == ["delete", 3, 1, 1_000]


def test_full_disk(logbook: Logbook, pen: Any) -> None:
    """A full disk refuses a fact with a clear error; with room again the same draft is stored as it was."""
    connection = logbook._connection
    assert connection is not None
    logbook.append(pen.draft(pen.begun()))
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 4}")
    drafts = [pen.draft(Note("x" * 3_000)) for _ in range(20)]
    # Which of them fails is SQLite's affair.
    with pytest.raises(LogbookUnwritable, match="disk is full") as caught:  # noqa: PT012
        for draft in drafts:
            logbook.append(draft)
    stored = len(list(logbook.facts()))
    refused = drafts[stored - 1]
    assert str(logbook.path) in caught.value.message
    with pytest.raises(LogbookUnwritable):
        logbook.append(refused)
    connection.execute("PRAGMA max_page_count = 1000000")
    later = logbook.append(pen.draft(Note("later")))
    fact = logbook.append(refused)
    assert (fact.id, fact.stamp) == (refused.id, refused.stamp)
    assert (later.seq, fact.seq) == (stored + 1, stored + 2)
    assert logbook.health().ok


def test_busy(logbook: Logbook, pen: Any) -> None:
    """While another holds the file, appending says so; afterwards the same draft is stored."""
    assert logbook._connection is not None
    logbook._connection.execute("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(logbook.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    draft = pen.draft(Note("patience"))
    with pytest.raises(LogbookBusy):
        logbook.append(draft)
    with pytest.raises(LogbookBusy):
        logbook.sessions()
    other.execute("ROLLBACK")
    other.close()
    assert logbook.append(draft).seq == 1


def test_reader_in_the_way_of_a_commit(logbook: Logbook, pen: Any) -> None:
    """A commit that a reader holds up is undone whole, and may be tried again."""
    logbook.append(pen.draft(Note("first")))
    assert logbook._connection is not None
    logbook._connection.execute("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(logbook.path, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT * FROM fact").fetchone()
    draft = pen.draft(Note("second"))
    with pytest.raises(LogbookBusy):
        logbook.append(draft)
    other.execute("COMMIT")
    other.close()
    assert logbook.append(draft).seq == 2
    assert logbook.health().ok


def test_threads(logbook: Logbook, pen: Any) -> None:
    """Several threads may append to one logbook and open it anew at the same time."""
    drafts = [pen.draft(Note(str(number))) for number in range(40)]

    def work(mine: list[Draft]) -> None:
        for draft in mine:
            logbook.append(draft)
            with Logbook.open(logbook.path, random=bytes) as another:
                another.sessions()

    threads = [threading.Thread(target=work, args=(drafts[start::4],)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {fact.id for fact in logbook.facts()} == {draft.id for draft in drafts}
    assert [fact.seq for fact in logbook.facts()] == list(range(1, 41))
