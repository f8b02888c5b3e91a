"""What became of a session, in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from sessions.records import ExercisePlanned, PainRated, WorkDone
from sessions.review import change
from tests.guide.stored import ROW, stored
from tests.guide.stored import rated as rating_row
from trainer.guide.outcome import amount, in_short, moment, pain_line, rated, results

HOLD = WorkDone(1, 0, "plank", "Plank", 1, 2, "none", "done", 1, 30_000, 30_000, None, None)


def hold(set_no=1, outcome="done", s=30, side="none", **more):
    return structs.replace(HOLD, set_no=set_no, outcome=outcome, actual_ms=s * 1000, side=side, **more)


def cut(set_no=1, s=14, **more):
    return hold(set_no, "cut_short", s, **more)


def skipped(set_no=1, **more):
    return hold(set_no, "skipped", 0, **more)


def planned(works=2, exercise="plank", name="Plank", index=0):
    return ExercisePlanned(index, exercise, name, "any", works)


@pytest.mark.parametrize(
    ("works", "expected", "worked"),
    [
        ([], "not reached", False),
        ([hold(1), hold(2)], "done", True),
        ([hold(1)], "1 of 2 done; 1 not reached", True),
        ([skipped(1), skipped(2)], "skipped", False),
        ([skipped(1)], "1 skipped; 1 not reached", False),
        ([hold(1), skipped(2)], "1 of 2 done; 1 skipped", True),
        ([hold(1), cut(2)], "1 of 2 done; cut short: 14 of 30 s", True),
        ([cut(1), cut(2, 20)], "cut short: 14 of 30 s, 20 of 30 s", True),
        ([cut(1)], "cut short: 14 of 30 s; 1 not reached", True),
        ([cut(1), skipped(2)], "cut short: 14 of 30 s; 1 skipped", True),
        # of several attempts the best one counts, whenever it was
        ([hold(1), cut(1, attempt=2), hold(2)], "done", True),
        ([skipped(1), hold(1, attempt=2), hold(2)], "done", True),
        ([cut(1), hold(1, attempt=2), hold(2)], "done", True),
        ([cut(1), skipped(1, attempt=2), hold(2)], "1 of 2 done; cut short: 14 of 30 s", True),
        ([cut(1, 25), cut(1, 5, attempt=2), hold(2)], "1 of 2 done; cut short: 25 of 30 s", True),
        # a side is a work of its own
        ([hold(side="left"), cut(side="right")], "1 of 2 done; cut short: 14 of 30 s", True),
        ([hold(side="left"), hold(side="right")], "done", True),
        # more than was planned, as an older logbook may hold
        ([hold(1), hold(2), hold(3)], "done", True),
        ([hold(1), hold(2), skipped(3)], "2 of 3 done; 1 skipped", True),
    ],
)
@pytest.mark.parametrize("as_rows", [False, True])
def test_what_became_of_an_exercise(works, expected, worked, as_rows):
    """Done, cut short with how much, skipped, not reached, or the mixture; the same from facts and from the logbook."""
    given = [stored(row) for row in works] if as_rows else works
    (result,) = results([planned()], given, [])
    assert (result.name, result.what, result.nrs, result.worked) == ("Plank", expected, None, worked)


def test_four_ways_at_once():
    """A mixture of all outcomes is told in one line, the best first."""
    works = [hold(1, side="left"), cut(1, side="right"), skipped(2, side="left")]
    (result,) = results([planned(4)], works, [])
    assert result.what == "1 of 4 done; cut short: 14 of 30 s; 1 skipped; 1 not reached"


def test_easier_forms_follow_what_they_replaced():
    """An easier form has its own line after what it replaced, with its own rating; then comes the next exercise."""
    works = [
        cut(1),
        skipped(2),
        hold(1, exercise="knees", name="On the knees"),
        hold(2, exercise="knees", name="On the knees"),
        hold(1, index=1, exercise="clam", name="Clam"),
    ]
    ratings = [PainRated("after_exercise", 6, 0, "plank"), PainRated("after_exercise", 2, 0, "knees")]
    found = results([planned(), planned(1, "clam", "Clam", 1)], works, ratings)
    assert [(one.name, one.what, one.nrs) for one in found] == [
        ("Plank", "cut short: 14 of 30 s; 1 skipped", 6),
        ("On the knees", "done", 2),
        ("Clam", "done", None),
    ]


def test_an_exercise_that_comes_twice_is_told_twice():
    """Works and ratings belong to their place in the routine, not only to their exercise."""
    works = [hold(1), hold(1, index=1, outcome="skipped")]
    ratings = [rating_row(1, "plank", 4), rating_row(0, "plank", 1)]
    found = results([planned(1), planned(1, index=1)], works, ratings)
    assert [(one.what, one.nrs) for one in found] == [("done", 1), ("skipped", 4)]


def test_the_last_rating_counts():
    """An exercise rated twice shows what was said last."""
    ratings = [PainRated("after_exercise", 3, 0, "plank"), PainRated("after_exercise", 5, 0, "plank")]
    assert results([planned()], [hold()], ratings)[0].nrs == 5


@given(st.permutations([hold(1), cut(1), skipped(1), cut(2, 20), cut(2, 3), skipped(2), hold(3)]))
def test_the_order_of_attempts_does_not_matter(works):
    """Whatever was done first, the best attempt of each set is what is told."""
    (result,) = results([planned(3)], works, [])
    assert result.what.startswith("2 of 3 done; cut short: 20 of 30 s")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"actual_ms": 14_999}, "14 of 30 s"),
        ({"planned_ms": None, "actual_ms": 61_000}, "61 s"),
        ({"planned_reps": 15, "actual_reps": 8}, "8 of 15 repetitions"),
        ({"planned_reps": 15, "actual_reps": 0}, "0 of 15 repetitions"),
        ({"planned_reps": 6, "actual_reps": 2, "breaths": True}, "2 of 6 breaths"),
        ({"planned_reps": 12, "actual_reps": None, "planned_ms": None, "actual_ms": 9000}, "9 s"),
    ],
)
def test_an_amount_against_what_was_planned(fields, expected):
    """An amount is counted where it can be, else timed; what nobody counted is told in seconds."""
    assert amount(structs.replace(HOLD, **fields)) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, None, "Pain was not rated before or after."),
        (3, None, "Pain before: 3."),
        (None, 0, "Pain after: 0."),
        (0, 0, "Pain before 0, after 0: about the same."),
        (0, 1, "Pain before 0, after 1: about the same."),
        (0, 2, "Pain before 0, after 2: more."),
        (4, 5, "Pain before 4, after 5: about the same."),  # 25 %
        (3, 4, "Pain before 3, after 4: more."),  # 33 %
        (3, 2, "Pain before 3, after 2: less."),
        (4, 3, "Pain before 4, after 3: about the same."),
        (7, 5, "Pain before 7, after 5: less."),  # 29 %, but two points
        (7, 6, "Pain before 7, after 6: about the same."),
        (10, 8, "Pain before 10, after 8: less."),
    ],
)
def test_a_change_counts_from_two_points_or_thirty_percent(before, after, expected):
    """Pain is less or more from two points or thirty percent of what it was; below that it is about the same."""
    assert pain_line(before, after) == expected


@given(st.integers(0, 10), st.integers(0, 10))
def test_the_line_says_what_the_review_says(before, after):
    """The words agree with the logbook's own rule for every pair."""
    assert pain_line(before, after).endswith(
        {"less": ": less.", "same": ": about the same.", "more": ": more."}[change(before, after)]
    )


def test_ratings_for_the_coach():
    """Only ratings after exercises are told, by name, or by id where no name was kept."""
    rows = [
        PainRated("before", 3),
        PainRated("after_exercise", 4, 0, "plank", "Plank"),
        PainRated("after_exercise", 2, 1, "clam"),
        PainRated("after", 1),
    ]
    assert rated(rows) == [("Plank", 4), ("clam", 2)]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "11 min, 4 of 4 done"),
        ({"done": 2, "cut_short": 1, "skipped": 1}, "11 min, 2 of 4 done, 1 cut short, 1 skipped"),
        ({"how": "stopped", "done": 1}, "11 min, 1 of 4 done, stopped early"),
        ({"how": None, "done": 0, "active_ms": 0}, "5 s, 0 of 4 done, not ended"),
        ({"done": 5}, "11 min, 5 of 5 done"),
        ({"pain_before": 3, "pain_after": 0}, "11 min, 4 of 4 done, pain 3 → 0"),
        ({"pain_before": 0}, "11 min, 4 of 4 done, pain 0 → ?"),
        ({"pain_after": 2}, "11 min, 4 of 4 done, pain ? → 2"),
    ],
)
def test_a_session_on_one_line(fields, expected):
    """A session in short says its time, its works, how it ended where that is not at its end, and the pain."""
    assert in_short(structs.replace(ROW, **fields)) == expected


@pytest.mark.parametrize(
    ("offset_min", "day", "expected"),
    [
        (60, "2026-03-01", "2026-03-01 13:00"),
        (0, "2026-03-01", "2026-03-01 12:00"),
        (-720, "2026-03-01", "2026-03-01 00:00"),
        (-721, "2026-02-28", "2026-02-28 23:59"),
        (765, "2026-03-02", "2026-03-02 00:45"),
    ],
)
def test_a_moment_is_on_the_clock_of_its_day(offset_min, day, expected):
    """A session's moment is told as the person's own clock showed it then."""
    assert moment(structs.replace(ROW, offset_min=offset_min, day=day)) == expected
