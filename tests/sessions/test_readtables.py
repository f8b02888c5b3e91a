"""The read tables are a function of the set of facts: no order and no path to it matters."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sessions import (
    Correction,
    Draft,
    Eased,
    Logbook,
    Note,
    PainRated,
    SessionEnded,
    SessionResumed,
    Stamp,
    Withdrawal,
    queries,
    readtables,
    schema,
)
from sessions.facts import Fact, store
from sessions.records import canonical_json, kind_of

IDS = [f"f{number}" for number in range(14)]
SESSIONS = ["s1", "s2"]
exercises = st.sampled_from(["bird-dog", "clam"])
small = st.integers(0, 3)


def bodies(pen: Any) -> st.SearchStrategy[Any]:
    target = st.sampled_from(IDS + SESSIONS)
    rating = st.builds(
        PainRated,
        st.sampled_from(["before", "after_exercise", "after", "next_morning"]),
        st.integers(0, 10),
        st.none() | small,
        st.none() | exercises,
    )
    return st.one_of(
        st.builds(pen.begun, st.sampled_from(["a", "b"]), from_step=small),
        st.builds(SessionResumed, small),
        st.builds(
            pen.work,
            small,
            st.sampled_from(["done", "cut_short", "skipped"]),
            exercise=exercises,
            actual_ms=st.integers(0, 10),
            actual_reps=st.none() | small,
            breaths=st.booleans(),
        ),
        rating,
        rating,
        st.builds(Eased, small, exercises, exercises, st.just("x"), st.just("y")),
        st.builds(Note, st.sampled_from(["", "hello"])),
        st.builds(
            pen.answered, st.sampled_from(["yes", "no"]), exercise=exercises, side=st.sampled_from(["left", "right"])
        ),
        st.builds(pen.active, small, st.sampled_from(["walk", "swim"]), st.sampled_from(["light", "vigorous"])),
        st.builds(SessionEnded, st.sampled_from(["finished", "stopped"]), active_ms=small),
        st.builds(
            Correction,
            st.sampled_from(IDS),
            st.just("pain_rated"),
            st.fixed_dictionaries({"when": st.just("after"), "nrs": st.integers(0, 10)}),
        ),
        st.builds(Correction, st.sampled_from(IDS), st.just("note"), st.just({"text": "better"})),
        st.builds(
            Correction,
            st.sampled_from(IDS),
            st.just("activity_logged"),
            st.just({"activity": "row", "name": "Row", "active_ms": 7, "intensity": "moderate"}),
        ),
        st.builds(Withdrawal, target),
        st.builds(Withdrawal, target),
        st.none(),
    )


@st.composite
def histories(draw: st.DrawFn, pen: Any) -> list[Fact]:
    """Facts of two sessions and two devices, some of them about each other, some of unknown kinds."""
    facts = []
    for number, id_ in enumerate(IDS[: draw(st.integers(0, len(IDS)))]):
        body = draw(bodies(pen))
        kind, text = ("unknown", "{}") if body is None else (kind_of(body), canonical_json(body))
        session = draw(st.sampled_from(SESSIONS))
        stamp = Stamp(draw(st.integers(0, 5)) * 86_400_000, draw(st.sampled_from([-600, 0, 600])), "")
        device = draw(st.sampled_from(["d1", "d2"]))
        facts.append(store(Draft(id_, session, stamp, kind, text), device, number + 1))
    return facts


@contextlib.contextmanager
def filled(facts: list[Fact]) -> Any:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        schema.create(connection, "d1")
        for fact in facts:
            queries.insert(connection, fact)
            readtables.apply(connection, fact)
        yield connection
    finally:
        connection.close()


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_any_order(data: st.DataObject, new_pen: Any, dump: Callable[[sqlite3.Connection], Any]) -> None:
    """The same facts in any order give the same read tables, and those that a rebuild gives."""
    facts = data.draw(histories(new_pen))
    shuffled = data.draw(st.permutations(facts))
    with filled(facts) as one, filled(list(shuffled)) as other:
        expected = dump(one)
        assert dump(other) == expected
        readtables.rebuild(other)
        assert dump(other) == expected
        assert all(
            count >= 0
            for table in ("day_routine", "week_pain", "week_exercise", "week_activity", "name", "total")
            for row in expected[table]
            for count in row
            if isinstance(count, int)
        )


def test_rollups(logbook: Logbook, pen: Any, dump: Callable[[sqlite3.Connection], Any]) -> None:
    """Days, weeks by exercise and totals add up what was done and rated."""
    for session in ("s1", "s2"):
        for body in (
            pen.begun(),
            pen.work(1, actual_ms=1_000, actual_reps=6),
            pen.work(3, actual_ms=2_000, actual_reps=5, breaths=True),
            pen.work(5, "skipped", actual_ms=0),
            pen.rated(4),
            SessionEnded("finished", active_ms=60_000),
        ):
            logbook.append(pen.draft(body, session))
    connection = logbook._connection
    assert connection is not None
    found = dump(connection)
    assert found["day_routine"] == [("2026-03-01", "desk-break", 2, 120_000)]
    assert found["week_exercise"] == [
        ("bird-dog", "2026-W09", "left", 0, 0, 4, 6_000, 12, 6, 4),
        ("bird-dog", "2026-W09", "none", 2, 8, 0, 0, 0, 0, 0),
    ]
    assert found["week_pain"] == [("2026-W09", "after_exercise", 2, 8)]
    assert found["total"] == [("all", 2, 4, 2, 120_000)]
    logbook.append(pen.draft(Withdrawal("s1"), "s1"))
    assert dump(connection)["total"] == [("all", 1, 2, 1, 60_000)]
    logbook.append(pen.draft(Withdrawal("s2"), "s2"))
    assert not any(
        dump(connection)[table] for table in ("day_routine", "week_pain", "week_exercise", "name", "total", "practice")
    )


def test_rebuild(logbook: Logbook, pen: Any, dump: Callable[[sqlite3.Connection], Any]) -> None:
    """Read tables that went wrong are made anew from the facts, which stay as they are."""
    for body in (pen.begun(), pen.work(), pen.rated(3), Note("x")):
        logbook.append(pen.draft(body))
    connection = logbook._connection
    assert connection is not None
    expected, facts = dump(connection), list(logbook.facts())
    assert logbook.health().ok
    connection.execute("DELETE FROM practice")
    connection.execute("UPDATE session SET name = 'wrong'")
    connection.execute("UPDATE total SET works = 99")
    connection.execute("INSERT INTO day_routine VALUES ('1999-01-01', '', 1, 1)")
    assert logbook.health().wrong_tables == ["day_routine", "practice", "session", "total"]
    logbook.rebuild()
    assert dump(connection) == expected
    assert list(logbook.facts()) == facts
    assert logbook.health().ok


def test_long_chains_and_rings(new_pen: Any) -> None:
    """Forged chains and rings of withdrawals and corrections end, and harm nothing else."""
    pen = new_pen()

    def fact(id_: str, body: Any, seq: int) -> Fact:
        return store(Draft(id_, "s1", Stamp(0, 0, ""), kind_of(body), canonical_json(body)), "d", seq)

    facts = [fact("r", pen.rated(3), 1), fact("w0", Withdrawal("r"), 2)]
    facts += [fact(f"w{number}", Withdrawal(f"w{number - 1}"), number + 2) for number in range(1, 3_000)]
    facts += [fact("x", Withdrawal("y"), 5_000), fact("y", Withdrawal("x"), 5_001), fact("z", Withdrawal("z"), 5_002)]
    new = {"when": "after", "nrs": 1}
    facts += [
        fact("c", Correction("d", "pain_rated", new), 6_000),
        fact("d", Correction("c", "pain_rated", new), 6_001),
    ]
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        schema.create(connection, "d")
        for one in facts:
            queries.insert(connection, one)
        readtables.rebuild(connection)
        # An even number of withdrawals: each undoes the one before, and the rating stands.
        assert connection.execute("SELECT session, nrs FROM practice").fetchall() == [("s1", 3)]
