"""Which level comes next, with its reason; the person chooses."""

from __future__ import annotations

import pytest
from msgspec import structs

from sessions.records import Eased, ExercisePlanned
from sessions.rows import RatingRow, SessionDetail, SessionRow
from trainer.coach.progression import LastTime, last_time, suggest, way, within

WELL = LastTime(level=3, whole=True, ratings=(2, 1), all_rated=True, before=2, after=2)
LEVELS = 5

# --- what is suggested ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "by", "why"),
    [
        ({}, 1, "below 5 and pain did not grow. Was the next morning no worse?"),
        ({"next_morning": 2}, 1, "nor by the next morning"),
        ({"next_morning": 3}, 1, "nor by the next morning"),  # a difference counts from two points
        ({"after": 3}, 1, "pain did not grow"),
        ({"ratings": (4, 1), "before": 3}, 1, "below 5"),
        ({"ratings": (5, 1), "before": 5, "after": 5}, -1, "an exercise was rated 5 of 10; from 5 on, do less"),
        ({"ratings": (1, 9)}, -1, "rated 9 of 10"),
        ({"after": 4}, -1, "pain went from 2 to 4"),
        ({"next_morning": 4}, -1, "The next morning pain was 4, and 2 before"),
        ({"before": None, "after": 1, "next_morning": 3}, -1, "The next morning pain was 3, and 1 before"),
        ({"ratings": (4, 1)}, 0, "pain rose from 2 to 4 in an exercise"),
        ({"whole": False}, 0, "not all of it was done"),
        ({"ratings": (2,), "all_rated": False}, 0, "Not every exercise was rated"),
        ({"ratings": (), "all_rated": False}, 0, "Not every exercise was rated"),
        ({"before": None}, 0, "not rated both before and after"),
        ({"after": None}, 0, "not rated both before and after"),
        # what hurt counts before what is missing
        ({"ratings": (7,), "whole": False, "all_rated": False, "before": None, "after": None}, -1, "rated 7 of 10"),
        ({"after": 6, "whole": False}, -1, "pain went from 2 to 6"),
    ],
)
def test_one_level_up_the_same_or_one_down(changes, by, why):
    """Up only after a whole and rated session that hurt little, down after pain that was high or grew."""
    found = suggest(LEVELS, structs.replace(WELL, **changes))
    assert (found.level, found.last) == (3 + by, 3)
    assert why in found.why
    assert sorted(found.choices) == [2, 3, 4]
    assert found.choices[0] == found.level


def test_the_first_time_begins_at_the_first_level():
    """Without a last time there is nothing to choose."""
    found = suggest(LEVELS, None)
    assert (found.level, found.choices, found.last, found.asks) == (1, (1,), None, False)


@pytest.mark.parametrize(("limit", "nrs", "level"), [(5, 4, 4), (4, 4, 2), (3, 2, 4), (1, 1, 2)])
def test_the_own_limit_counts(limit, nrs, level):
    """A limit of one's own lowers the level sooner, and is named."""
    found = suggest(LEVELS, structs.replace(WELL, ratings=(nrs,), before=nrs, after=nrs), limit)
    assert found.level == level
    assert f"below {limit}" in found.why or f"from {limit} on" in found.why


@pytest.mark.parametrize(
    ("level", "changes", "expected", "choices", "why"),
    [
        (5, {}, 5, [4, 5], "the last level"),
        (1, {"after": 6}, 1, [1, 2], "the first level: do less of it, or leave out what hurts"),
        (9, {}, 5, [4, 5], "the last level"),  # the file has lost levels since
        (0, {}, 2, [1, 2], "pain did not grow"),
    ],
)
def test_no_level_beyond_the_ends(level, changes, expected, choices, why):
    """At either end the level stays, and the reason says so."""
    found = suggest(LEVELS, structs.replace(WELL, level=level, **changes))
    assert found.level == expected
    assert sorted(found.choices) == choices
    assert why in found.why


def test_a_ladder_of_one_rung():
    """Where there is only one level, there is nothing to ask."""
    found = suggest(1, structs.replace(WELL, level=1))
    assert (found.level, found.choices, found.asks) == (1, (1,), False)


# --- what is taken where nobody chooses ----------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "expected"),
    [({}, 3), ({"whole": False}, 3), ({"after": 4}, 2), ({"ratings": (8,)}, 2)],
)
def test_nothing_is_raised_by_itself(changes, expected):
    """Who chooses nothing stays where they were, or goes down where that is suggested."""
    assert suggest(LEVELS, structs.replace(WELL, **changes)).unasked == expected


def test_the_first_time_needs_no_choice():
    """There is one level to begin with."""
    assert suggest(LEVELS, None).unasked == 1


@pytest.mark.parametrize(
    ("fitting", "level", "choices", "unasked"),
    [
        ({1, 2, 3, 4, 5}, 4, (4, 3, 2), 3),
        ({1, 2, 3}, 3, (3, 2), 3),
        ({2}, 2, (2,), 2),
        ({4}, 4, (4,), 4),
        ({1}, 1, (1,), 1),  # none beside the last one: the next below
        ({1, 4, 5}, 1, (1,), 1),  # what is left beside it lies higher: likewise
        ({5}, None, None, None),
        (set(), None, None, None),
    ],
)
def test_what_does_not_fit_is_not_offered(fitting, level, choices, unasked):
    """In a short form only levels that fit are chosen from; without one, the next lower that does is taken."""
    found = within(suggest(LEVELS, WELL), fitting.__contains__)
    if level is None:
        assert found is None
        return
    assert (found.level, found.choices, found.last, found.unasked) == (level, choices, 3, unasked)
    below = "Level 3 does not fit into this form; level 1 is the next below that does."
    assert (found.why == below) == (level == 1)


@pytest.mark.parametrize(("level", "expected"), [(3, "Same"), (4, "One up"), (2, "One down")])
def test_how_a_level_lies_to_the_last_one(level, expected):
    """A level is told by its way from the last one."""
    assert way(level, 3) == expected


# --- what a recorded session tells ---------------------------------------------------------------

ROW = SessionRow(
    "s", "ladder", "Ladder", 0, 0, "", "2026-03-01", "2026-W09", 9, "finished", 9, 0, 9, 9, 2, 2, 0, 0, 1, 2, 3, False,
    level=3, levels=5,
)  # fmt: skip
PLANNED = (ExercisePlanned(0, "hug", "Hug", "any", 1), ExercisePlanned(1, "roll", "Roll", "any", 1))


def rating(index: int, exercise: str, nrs: int, when: str = "after_exercise") -> RatingRow:
    return RatingRow("r", "s", 0, 0, when, nrs, index, exercise, exercise, None, False)  # type: ignore[arg-type]


DETAIL = SessionDetail(ROW, PLANNED, (), (rating(0, "hug", 3), rating(1, "roll", 1)), (), ())


def test_a_session_with_a_level_tells_its_ratings():
    """All that the coach looks at comes from the logbook."""
    assert last_time(DETAIL) == LastTime(3, True, (3, 1), True, 1, 2, 3)


def test_a_session_without_a_level_tells_nothing():
    """A routine that had no levels then has no last level."""
    assert last_time(structs.replace(DETAIL, row=structs.replace(ROW, level=None))) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"row": structs.replace(ROW, how="stopped")},
        {"row": structs.replace(ROW, how=None)},
        {"row": structs.replace(ROW, done=1, skipped=1)},
        {"row": structs.replace(ROW, done=1, cut_short=1)},
        {"eased": (Eased(0, "hug", "nod", "Nod", "asked"),)},
        {"left_out": ("Roll",)},
    ],
)
def test_what_is_not_the_whole_of_it(changes):
    """A session that was stopped, left, cut short, eased or shortened is not the whole level."""
    found = last_time(structs.replace(DETAIL, **changes))
    assert found is not None
    assert not found.whole


@pytest.mark.parametrize(
    ("ratings", "told", "all_rated"),
    [
        ((rating(0, "hug", 3),), (3,), False),
        ((), (), False),
        ((rating(0, "hug", 6), rating(0, "hug", 2), rating(1, "roll", 0)), (2, 0), True),  # the later one counts
        ((rating(0, "hug", 3), rating(1, "nod", 1)), (3, 1), False),
        ((rating(0, "hug", 3), rating(1, "roll", 1), rating(1, "roll", 9, "before")), (3, 1), True),
    ],
)
def test_which_ratings_count(ratings, told, all_rated):
    """The last rating of each exercise counts, and only those after an exercise."""
    found = last_time(structs.replace(DETAIL, ratings=ratings))
    assert found is not None
    assert (found.ratings, found.all_rated) == (told, all_rated)
