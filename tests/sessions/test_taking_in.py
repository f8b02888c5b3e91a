"""Facts from elsewhere: a union of sets, of which the order never matters."""

from __future__ import annotations

import os
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from sessions import Correction, InvalidFact, Logbook, LogbookError, Note, PainRated, Stamp, Withdrawal, draft
from sessions.facts import Draft, Fact, digest, store
from sessions.records import Body, CheckAnswered, ExercisePlanned, SessionBegun, SessionEnded, Side, WorkDone

NOW_MS = 1_772_352_000_000
STAMP = Stamp(NOW_MS, 60, "Europe/Berlin")


@contextmanager
def fresh(*facts: list[Fact]) -> Iterator[Logbook]:
    """A logbook of its own, which took in lists of facts one after the other."""
    with tempfile.TemporaryDirectory() as folder, Logbook.open(Path(folder) / "l", random=os.urandom) as logbook:
        for some in facts:
            logbook.take_in(some)
        yield logbook


def fact(body: Body, device: str = "d0", seq: int = 1, session: str = "s1", ms: int = 0, id: str | None = None) -> Fact:
    """A fact of another device."""
    made = draft(session, body, Stamp(NOW_MS + ms, 60, ""), os.urandom)
    return store(structs.replace(made, id=id or made.id), device, seq)


def signed(one: Fact, **changes: Any) -> Fact:
    """A fact with other fields, which proves itself."""
    changed = structs.replace(one, **changes)
    return structs.replace(changed, sha256=digest(changed))


def tables(logbook: Logbook, dump: Callable[..., Any]) -> Any:
    """The read tables, and every session in full."""
    assert logbook.health().wrong_tables == []
    return dump(logbook._connection), [logbook.session(row.id) for row in logbook.sessions(10_000)]


# --- take_in ---------------------------------------------------------------------------------------


def test_what_is_new_comes_in(logbook: Logbook) -> None:
    """It is told how many facts were new, in how many sessions, and they are there as they were."""
    facts = [fact(Note("a"), seq=1), fact(Note("b"), seq=2), fact(Note("c"), seq=3, session="s2")]
    found = logbook.take_in(facts)
    assert (found.new, found.known, found.unproven, found.conflicts, found.sessions, found.own) == (
        3,
        0,
        0,
        [],
        2,
        False,
    )
    assert set(logbook.facts()) == set(facts)
    assert len(logbook.sessions()) == 2


def test_the_same_twice_changes_nothing(logbook: Logbook, dump: Callable[..., Any]) -> None:
    """A second time, and twice in one time, all is known."""
    facts = [fact(PainRated("before", 3)), fact(Note("b"), seq=2)]
    assert logbook.take_in([*facts, *facts]).known == 2
    before = tables(logbook, dump)
    found = logbook.take_in(facts)
    assert (found.new, found.known, found.sessions) == (0, 2, 0)
    assert tables(logbook, dump) == before
    assert len(list(logbook.facts())) == 2


def test_nothing_comes_in(logbook: Logbook) -> None:
    """No facts are no trouble."""
    found = logbook.take_in([])
    assert (found.new, found.known, found.unproven) == (0, 0, 0)


def test_what_does_not_prove_itself_stays_out(logbook: Logbook) -> None:
    """A fact of which anything was changed is left out and counted; the others come in."""
    good = fact(PainRated("before", 3))
    bad = [
        structs.replace(good, body=good.body.replace("3", "4")),
        structs.replace(good, id="other"),
        structs.replace(good, device="d9"),
        structs.replace(good, seq=7),
        structs.replace(good, utc_ms=1),
        structs.replace(good, offset_min=0),
        structs.replace(good, zone="UTC"),
        structs.replace(good, schema=2),
        structs.replace(good, session="s9"),
        structs.replace(good, kind="note"),
        structs.replace(good, sha256=""),
        structs.replace(good, sha256=good.sha256.upper()),
    ]
    found = logbook.take_in([*bad, good, *bad])
    assert (found.new, found.known, found.unproven) == (1, 0, 2 * len(bad))
    assert list(logbook.facts()) == [good]
    assert logbook.health().ok


def test_unknown_kinds_and_fields_survive(logbook: Logbook) -> None:
    """What a later version wrote is kept byte for byte, handed on, and in nobody's way."""
    known = fact(PainRated("before", 3))
    later = [
        signed(known, id="a", seq=2, kind="mood_said", body='{"mood":"good","nested":{"a":[1,2]}}'),
        signed(known, id="b", seq=3, body='{"new":true,"nrs":5,"when":"after"}'),
        signed(known, id="c", seq=4, kind="pain_rated", body='{"nrs":"much"}'),
        signed(known, id="d", seq=5, kind="note", body="no JSON at all"),
        signed(known, id="e", seq=6, schema=99),
    ]
    assert logbook.take_in([known, *later]).new == 6
    assert set(logbook.facts()) == {known, *later}
    (row,) = logbook.sessions()
    assert (row.pain_before, row.pain_after) == (3, 5)
    with fresh(list(logbook.facts())) as other:
        assert set(other.facts()) == {known, *later}
        assert other.sessions() == logbook.sessions()


def test_facts_of_its_own(logbook: Logbook, pen: Any) -> None:
    """What bears this logbook's own device and is not here tells that there is a copy of it; what is here does not."""
    own = logbook.append(pen.draft(Note("x")))
    assert not logbook.take_in([own]).own
    assert not logbook.take_in([fact(Note("y"))]).own
    assert logbook.take_in([signed(own, id="z", seq=2)]).own


def test_conflicts_are_told(logbook: Logbook) -> None:
    """Other content under one id is told of, with what is there already or within what comes; both are kept."""
    one, two = fact(Note("one"), id="same"), fact(Note("two"), "d1", id="same")
    assert logbook.take_in([one]).conflicts == []
    assert logbook.take_in([two]).conflicts == ["same"]
    with fresh() as other:
        assert other.take_in([one, two]).conflicts == ["same"]
    assert set(logbook.facts()) == {one, two}
    assert logbook.health().conflicts == ["same"]
    assert logbook.health().ok
    assert logbook.take_in([one, two]).conflicts == []


def test_the_same_under_two_devices_is_no_conflict(logbook: Logbook) -> None:
    """One draft that two devices stored says one thing, and counts once."""
    one = fact(PainRated("before", 3), id="same")
    two = signed(one, device="d1", seq=9)
    found = logbook.take_in([one, two])
    assert (found.new, found.conflicts) == (2, [])
    detail = logbook.session("s1")
    assert detail is not None
    assert len(detail.ratings) == 1


def test_a_failure_takes_all_back(logbook: Logbook, dump: Callable[..., Any]) -> None:
    """Where reading breaks off in the middle, nothing came in."""

    def broken() -> Iterator[Fact]:
        for number in range(1, 1_500):
            yield fact(Note("x"), seq=number)
        raise OSError("the stick was pulled out")

    logbook.take_in([fact(Note("kept"))])
    before = tables(logbook, dump)
    with pytest.raises((OSError, LogbookError)):
        logbook.take_in(broken())
    assert tables(logbook, dump) == before
    assert len(list(logbook.facts())) == 1
    assert logbook.take_in([fact(Note("after"), seq=2)]).new == 1


def test_a_session_comes_in_by_pieces(logbook: Logbook, dump: Callable[..., Any]) -> None:
    """Whichever of its facts come first, it ends as if all had come at once."""
    facts = [fact(body, seq=number + 1, ms=number) for number, body in enumerate(SESSION)]
    for one in reversed(facts):
        logbook.take_in([one])
    with fresh(facts) as other:
        assert tables(logbook, dump) == tables(other, dump)


SESSION: list[Body] = [
    SessionBegun("r", "R", "h", (ExercisePlanned(0, "plank", "Plank", "30 s", 1),), 3),
    PainRated("before", 5),
    WorkDone(1, 0, "plank", "Plank", 1, 1, "none", "done", 1, 30_000, 30_000, None, None),
    PainRated("after_exercise", 2, 0, "plank", "Plank"),
    Note("a note"),
    SessionEnded("finished", "", 60_000, 0),
]

SIDES: tuple[Side, ...] = ("left", "right")
IDS = st.sampled_from(["a", "b", "c"])
BODIES = st.one_of(
    st.builds(PainRated, st.sampled_from(["before", "after"]), st.integers(0, 10)),
    st.builds(Note, st.sampled_from(["x", "y"])),
    st.sampled_from(SESSION),
    st.builds(lambda side: CheckAnswered(0, "look", "Look", side, "Is it?", "yes", "It is"), st.sampled_from(SIDES)),
    st.builds(Withdrawal, st.sampled_from(["a", "b", "c", "s0", "s1"])),
    st.builds(lambda of, nrs: Correction(of, "pain_rated", {"when": "before", "nrs": nrs}), IDS, st.integers(0, 10)),
)
FACTS = st.lists(
    st.builds(
        lambda body, device, seq, session, ms, id: fact(body, device, seq, session, ms, id),
        BODIES,
        st.sampled_from(["d0", "d1"]),
        st.integers(1, 5),
        st.sampled_from(["s0", "s1"]),
        st.integers(0, 3),
        IDS,
    ),
    max_size=12,
)


@settings(max_examples=60)
@given(facts=FACTS, order=st.randoms(use_true_random=False), cut=st.integers(0, 12))
def test_no_order_matters(dump: Callable[..., Any], facts: list[Fact], order: Any, cut: int) -> None:
    """Two devices, few ids, other content under one id: in any order and any portions the end is the same."""
    mixed = list(facts)
    order.shuffle(mixed)
    with fresh(facts) as one, fresh(mixed[:cut], mixed[cut:], facts[:cut]) as two:
        assert {found.sha256 for found in one.facts()} == {found.sha256 for found in two.facts()}
        assert len(list(one.facts())) == len({found.sha256 for found in facts})
        assert tables(one, dump) == tables(two, dump)
        assert sorted(one.health().conflicts) == sorted(two.health().conflicts)


def years(sessions: int) -> Iterator[Fact]:
    """So many sessions of a few facts each."""
    seq = 0
    for number in range(sessions):
        for body in SESSION:
            seq += 1
            yield fact(body, seq=seq, session=f"s{number:06}", ms=number * 60_000 + seq)


def test_memory_does_not_grow_with_what_comes_in() -> None:
    """Four times as many facts take far less than four times the memory: no more than the ids of their sessions."""
    peaks = []
    for sessions in (400, 1_600):
        with fresh() as logbook:
            tracemalloc.start()
            try:
                found = logbook.take_in(years(sessions))
                peaks.append(tracemalloc.get_traced_memory()[1])
            finally:
                tracemalloc.stop()
        assert (found.new, found.sessions) == (sessions * len(SESSION), sessions)
    per_session = (peaks[1] - peaks[0]) / 1_200
    assert per_session < 1_000  # a session's six facts take some three thousand bytes as text alone


# --- append_all ------------------------------------------------------------------------------------


def drafts(*texts: str) -> list[Draft]:
    return [draft("s1", Note(text), STAMP, os.urandom) for text in texts]


def test_many_drafts_are_stored_at_once(logbook: Logbook, pen: Any, dump: Callable[..., Any]) -> None:
    """They are numbered on from what is there, and the tables are as if they had come one by one."""
    logbook.append(pen.draft(Note("first")))
    bodies = [pen.begun(), pen.rated(3), *map(pen.work, range(4)), pen.answered()]
    many = [pen.draft(body, f"s{number % 3}") for number, body in enumerate(bodies)]
    found = logbook.append_all(many)
    assert (found.new, found.known, found.conflicts, found.sessions) == (len(many), 0, [], 3)
    assert [one.seq for one in logbook.facts()] == list(range(1, len(many) + 2))
    assert {one.device for one in logbook.facts()} == {logbook.device}
    tables(logbook, dump)


def test_drafts_that_are_stored_are_left_as_they_are(logbook: Logbook) -> None:
    """Again, twice in one go, and after another device stored them: each is there once."""
    one, two, three = drafts("one", "two", "three")
    logbook.append(one)
    logbook.take_in([store(two, "d1", 1)])
    found = logbook.append_all([one, two, three, three])
    assert (found.new, found.known, found.conflicts) == (1, 3, [])
    assert [fact.seq for fact in logbook.facts() if fact.device == logbook.device] == [1, 2]
    found = logbook.append_all([one, two, three])
    assert (found.new, found.known) == (0, 3)


def test_a_draft_under_a_taken_id(logbook: Logbook) -> None:
    """It is stored beside what stands there, and told of; the others are stored as ever."""
    one, two = drafts("one", "two")
    logbook.append(one)
    found = logbook.append_all([structs.replace(two, id=one.id), two])
    assert (found.new, found.known, found.conflicts) == (2, 0, [one.id])
    assert [fact.body for fact in logbook.facts()] == ['{"text":"one"}', '{"text":"two"}', '{"text":"two"}']
    assert logbook.health().conflicts == [one.id]


def test_one_draft_that_does_not_fit(logbook: Logbook) -> None:
    """It keeps all the others out, too."""
    one, two = drafts("one", "two")
    with pytest.raises(InvalidFact):
        logbook.append_all([one, structs.replace(two, body_json='{"text":1}')])
    assert list(logbook.facts()) == []
    assert logbook.append_all([one, two]).new == 2


@given(facts=FACTS)
@settings(max_examples=60)
def test_drafts_of_a_copy_say_no_more(dump: Callable[..., Any], facts: list[Fact]) -> None:
    """Facts that came in as such are all known as drafts, whatever conflicts there are among them."""
    with fresh(facts) as logbook:
        before = tables(logbook, dump)
        found = logbook.append_all([one.draft for one in facts])
        assert found.new == 0
        assert tables(logbook, dump) == before
