"""A rating or a note given afterwards: what becomes of it, and what of what stood there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sessions import Logbook, Note, PainRated, draft
from sessions.records import Body, Correction, ExercisePlanned, SessionBegun, Side, Stamp, Withdrawal
from sessions.rows import SessionDetail
from trainer.guide import amend
from trainer.guide.amend import Rating, counting

BRIDGE = Rating("after_exercise", 0, "bridge", "Bridge")
LEFT = Rating("after_exercise", 0, "bridge", "Bridge", "left")
RIGHT = Rating("after_exercise", 0, "bridge", "Bridge", "right")


class Session:
    """One session in a logbook, to which things are said."""

    def __init__(self, logbook: Logbook) -> None:
        self.logbook = logbook
        self.ms = 1_772_366_400_000
        self.say(SessionBegun("r", "R", "h", (ExercisePlanned(0, "bridge", "Bridge", "1", 2),), 3))

    def say(self, *bodies: Body | None) -> None:
        for body in bodies:
            if body is not None:
                self.ms += 1
                self.logbook.append(draft("s", body, Stamp(self.ms, 60, ""), os.urandom))

    @property
    def detail(self) -> SessionDetail:
        found = self.logbook.session("s")
        assert found is not None
        return found

    def rate(self, which: Rating, nrs: int) -> Body | None:
        body = amend.rate(self.detail, which, nrs)
        self.say(body)
        return body

    def rated(self) -> dict[Side | None, int]:
        return {side: row.nrs for side, row in counting(self.detail, "after_exercise", 0, "bridge").items()}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Logbook.open(tmp_path / "logbook.sqlite", random=os.urandom) as logbook:
        yield Session(logbook)


def test_a_rating_given_where_none_was(session: Session) -> None:
    """It is a rating of its own, and no correction."""
    assert session.rate(BRIDGE, 4) == PainRated("after_exercise", 4, 0, "bridge", "Bridge")
    assert session.rate(Rating("next_morning"), 0) == PainRated("next_morning", 0)
    assert session.rated() == {None: 4}
    assert session.detail.row.pain_next_morning == 0


def test_a_rating_is_corrected_as_often_as_one_likes(session: Session) -> None:
    """Each correction counts from then on; every fact stays."""
    session.say(PainRated("before", 3))
    for nrs in (5, 2, 10, 0):
        assert isinstance(session.rate(Rating("before"), nrs), Correction)
        assert session.detail.row.pain_before == nrs
    assert len(session.detail.ratings) == 1
    assert session.detail.ratings[0].corrected
    assert len(list(session.logbook.facts())) == 6


@pytest.mark.parametrize("which", [Rating("before"), BRIDGE, LEFT])
def test_the_same_again_says_nothing(session: Session, which: Rating) -> None:
    """Where it says so already there is no fact."""
    session.rate(which, 4)
    assert session.rate(which, 4) is None
    session.rate(which, 5)
    assert session.rate(which, 5) is None
    assert session.rate(which, 4) is not None


def test_the_last_of_several_is_corrected(session: Session) -> None:
    """Of two ratings at one place, the later counts, and it is the one that is corrected."""
    session.say(PainRated("after", 2), PainRated("after", 6))
    session.rate(Rating("after"), 1)
    assert session.detail.row.pain_after == 1
    assert [row.nrs for row in session.detail.ratings] == [2, 1]


def test_sides_are_corrected_one_by_one(session: Session) -> None:
    """A side's rating leaves the other side's alone."""
    session.rate(LEFT, 5)
    session.rate(RIGHT, 2)
    session.rate(LEFT, 3)
    assert session.rated() == {"left": 3, "right": 2}


def test_both_sides_together_take_the_place_of_either(session: Session) -> None:
    """A rating of both counts instead of those of the sides, and a side's instead of that of both."""
    session.rate(LEFT, 5)
    session.rate(RIGHT, 2)
    session.rate(BRIDGE, 7)
    assert session.rated() == {None: 7}
    session.rate(LEFT, 1)
    assert session.rated() == {"left": 1}


def test_what_was_replaced_is_not_corrected_but_given_anew(session: Session) -> None:
    """A rating of both that sides took the place of counts again only by being given again."""
    session.rate(BRIDGE, 7)
    session.rate(LEFT, 1)
    assert BRIDGE.given(session.detail) is None
    assert isinstance(session.rate(BRIDGE, 7), PainRated)
    assert session.rated() == {None: 7}


def test_an_exercise_that_comes_twice(session: Session) -> None:
    """Two places of one exercise have ratings of their own."""
    again = Rating("after_exercise", 3, "bridge", "Bridge")
    session.rate(BRIDGE, 1)
    session.rate(again, 8)
    session.rate(BRIDGE, 2)
    assert [(row.index, row.nrs) for row in session.detail.ratings] == [(0, 2), (3, 8)]


@pytest.mark.parametrize("text", ["one", "two\nlines", "x" * 10_000, "[L] a [/b] c [/]"])
def test_notes(session: Session, text: str) -> None:
    """A note is written, corrected and corrected again, each whole, beside others."""
    session.say(amend.note(session.detail, "other"), amend.note(session.detail, "first"))
    id = session.detail.notes[-1].id
    for said in (text, "between", text):
        session.say(amend.note(session.detail, said, id))
        assert [(row.text, row.corrected) for row in session.detail.notes] == [("other", False), (said, True)]
    assert amend.note(session.detail, text, id) is None


def test_a_note_that_is_emptied_is_taken_out(session: Session) -> None:
    """It counts no more, also where it was corrected; what it said stays among the facts."""
    session.say(Note("first"))
    id = session.detail.notes[0].id
    session.say(amend.note(session.detail, "second", id))
    body = amend.note(session.detail, "", id)
    assert body == Withdrawal(id)
    session.say(body)
    assert session.detail.notes == ()
    assert [fact.kind for fact in session.logbook.facts()].count("note") == 1


@pytest.mark.parametrize("id", [None, "no-such"])
def test_no_note_is_made_of_nothing(session: Session, id: str | None) -> None:
    """An empty text where no note is says nothing."""
    assert amend.note(session.detail, "", id) is None


def test_two_machines_correct_the_same(tmp_path: Path, session: Session) -> None:
    """Whichever takes in the other's correction first, both end with the later one."""
    session.say(PainRated("before", 3))
    with Logbook.open(tmp_path / "other.sqlite", random=os.urandom) as other:
        other.take_in(list(session.logbook.facts()))
        detail = other.session("s")
        assert detail is not None
        body = amend.rate(detail, Rating("before"), 9)
        assert body is not None
        other.append(draft("s", body, Stamp(session.ms + 5_000, 60, ""), os.urandom))
        session.rate(Rating("before"), 1)
        here, there = list(session.logbook.facts()), list(other.facts())
        session.logbook.take_in(there)
        other.take_in(here)
        assert session.detail.row.pain_before == 9
        assert session.detail == other.session("s")
