"""Looking back over weeks: periods, verdicts in words, sides beside each other."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.review import change, monday_of, week_of
from sessions.rows import WeekExerciseRow, WeekPainRow
from sessions.trends import Point, trend, week_before
from trainer.coach.lookback import ALL_PAIN, CHOICES, Period, Subject, all_pain, exercise, latest_weeks, period
from trainer.coach.lookback_words import sentences, verdicts

TODAY = "2026-03-01"
TWELVE = latest_weeks(12, TODAY, "2016-03-02")


def week(number: int) -> str:
    """The weeks of the last twelve by number, 0 to 11."""
    return week_before(TWELVE.until, 11 - number)


def nrs(side: str, number: int, *ratings: int, **more: int) -> WeekExerciseRow:
    numbers = {"works": 0, "actual_ms": 0, "reps": 0, "steps": 0, "done": 0} | more
    return WeekExerciseRow("bridge", week(number), side, len(ratings), sum(ratings), **numbers)  # type: ignore[arg-type]


def bridge(*rows: WeekExerciseRow, over: Period = TWELVE) -> Subject:
    found = exercise("bridge", "Bridge", rows, over)
    assert found is not None
    return found


def from_to(side: str, before: tuple[int, ...], after: tuple[int, ...]) -> list[WeekExerciseRow]:
    return [nrs(side, 0, *before), nrs(side, 11, *after)]


# --- periods -----------------------------------------------------------------------------------------


def test_the_choices() -> None:
    """Twelve weeks first, then twice that, a year, and all."""
    assert CHOICES == {"12 weeks": 12, "26 weeks": 26, "1 year": 52, "all": None}


@pytest.mark.parametrize(
    ("count", "first_day", "since", "weeks"),
    [
        (12, "2016-03-02", "2025-W50", 12),
        (52, "2016-03-02", "2025-W10", 52),
        (None, "2016-03-02", "2016-W09", 522),
        (12, "2026-02-10", "2026-W07", 3),
        (12, TODAY, "2026-W09", 1),
        (None, "", "2026-W09", 1),
        (12, "2031-01-01", "2026-W09", 1),
    ],
)
def test_a_period(count: int | None, first_day: str, since: str, weeks: int) -> None:
    """So many weeks with this one, and none before the first in which something was done."""
    found = latest_weeks(count, TODAY, first_day)
    assert (found.since, found.until, found.weeks) == (since, "2026-W09", weeks)
    assert found.days[1] == "2026-03-01"


def test_a_period_since_a_day() -> None:
    """It begins with the week of that day."""
    assert period("2026-01-01", TODAY, "2016-03-02").since == "2026-W01"
    assert period("2026-01-01", TODAY, "2026-02-03").since == "2026-W06"


@given(st.dates(date(1971, 1, 1), date(2999, 1, 1)), st.integers(1, 600))
def test_at_first_and_lately_are_the_weeks_that_are_compared(day: date, count: int) -> None:
    """What is said of the weeks held against each other is what `trend` takes, whatever the period."""
    found = latest_weeks(count, day.isoformat(), "1970-01-01")
    begin = date.fromisoformat(found.days[0])
    points = [Point(week_of((begin + timedelta(weeks=n)).isoformat()), 1, 1) for n in range(found.weeks)]
    compared = trend(points, found.since, found.until)
    assert compared.before_count == sum(monday_of(one.week) <= found.first_until for one in points)
    assert compared.after_count == sum(monday_of(one.week) >= found.lately_from for one in points)
    assert found.days[0] <= found.first_until
    assert found.lately_from <= found.days[1]


# --- pain ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "sentence", "line", "brief"),
    [
        ((5, 5, 6), (4, 3, 3), "less, 5.3 → 3.3", "less 5.3→3.3", "less 5.3→3.3"),
        ((6, 6, 6), (4, 4, 4), "less, 6 → 4", "less 6→4", "less 6→4"),
        ((1, 1, 1), (3, 3, 3), "more, 1 → 3", "more 1→3", "more 1→3"),
        ((4, 4, 4), (3, 3, 3), "about the same, 4 → 3", "about the same 3", "same 3"),
        ((2, 2, 2), (2, 2, 2), "about the same, 2", "about the same 2", "same 2"),
        ((0, 0, 0), (1, 1, 1), "about the same, 0 → 1", "about the same 1", "same 1"),
        ((9, 9), (1, 1, 1), "too few ratings to say (2 at first, 3 lately)", "too few", "too few"),
        ((9, 9, 9), (), "too few ratings to say (3 at first, none lately)", "too few", "too few"),
    ],
)
def test_a_verdict(before: tuple[int, ...], after: tuple[int, ...], sentence: str, line: str, brief: str) -> None:
    """A change is called so from 2 points or 30 %, and with few ratings nothing is said but how many there are."""
    found = bridge(*from_to("none", before, after))
    assert list(sentences(found)) == [f"Pain: {sentence}."]
    assert (verdicts(found), verdicts(found, brief=True)) == ([line], [brief])


@given(*[st.lists(st.integers(0, 10), min_size=3, max_size=9)] * 2)
def test_words_follow_the_rule(before: list[int], after: list[int]) -> None:
    """Less, more or about the same is said exactly where the rule of 2 points or 30 % says so."""
    word = change(sum(before) / len(before), sum(after) / len(after))
    (said,) = sentences(bridge(*from_to("none", tuple(before), tuple(after))))
    assert said.startswith(f"Pain: {'about the same' if word == 'same' else word}, ")


def test_sides() -> None:
    """Each side has its own verdict, and one sentence holds them against each other by what was rated lately."""
    found = bridge(*from_to("left", (6, 6, 6), (4, 4, 4)), *from_to("right", (2, 2, 2), (2, 2, 2)))
    assert list(sentences(found)) == [
        "Pain: left less, 6 → 4; right about the same, 2.",
        "Lately left hurts more than right: 4 and 2.",
    ]
    assert verdicts(found) == ["L less 6→4", "R about the same 2"]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ((4, 4, 4), (1, 2, 3), "Lately left hurts more than right: 4 and 2."),
        ((2, 2, 2), (4, 4, 4), "Lately right hurts more than left: 4 and 2."),
        ((4, 4, 4), (3, 3, 3), "Lately left and right hurt about the same: 4 and 3."),
        ((4, 4), (1, 1, 1), "Too few ratings lately to compare the sides (2 left, 3 right)."),
        ((4, 4, 4), (), "Too few ratings lately to compare the sides (3 left, none right)."),
        ((), (), "The sides were not rated apart lately."),
    ],
)
def test_the_sides_beside_each_other(left: tuple[int, ...], right: tuple[int, ...], expected: str) -> None:
    """Left against right by the same rule, from three ratings of each."""
    rows = [nrs("left", 11, *left, works=1), nrs("right", 11, *right, works=1)]
    assert expected in list(sentences(bridge(*rows)))


def test_sides_that_are_rated_together() -> None:
    """Ratings of both sides together stand for the exercise where those of a side alone say nothing."""
    apart = [*from_to("left", (3,), (3,)), *from_to("right", (3,), (3,))]
    together = from_to("none", (5, 5, 5), (2, 2, 2))
    found = bridge(*apart, *together)
    assert verdicts(found) == ["both less 5→2"]
    assert [one.key for one in found.telling("pain")] == ["none"]
    assert "both sides together less, 5 → 2" in next(sentences(found))
    apart = [*from_to("left", (3, 3, 3), (3, 3, 3)), *from_to("right", (3,), (3,))]
    found = bridge(*apart, *together)
    assert verdicts(found) == ["L about the same 3", "R too few"]
    assert [one.key for one in found.telling("pain")] == ["left", "right"]


def test_an_exercise_that_was_not_rated() -> None:
    """It says so, and tells of what was counted."""
    found = bridge(nrs("none", 0, works=3, actual_ms=90_000, steps=3, done=3))
    assert verdicts(found) == ["not rated"]
    assert next(sentences(found)) == "Pain: not rated."
    assert found.shown("pain") == "seconds"
    assert exercise("bridge", "Bridge", [], TWELVE) is None


def test_one_week_is_too_short() -> None:
    """A week cannot be held against itself; what there is of it is told."""
    over = latest_weeks(12, TODAY, TODAY)
    row = nrs("none", 11, 3, 4, 5, works=4, actual_ms=120_000, reps=40, steps=4, done=3)
    found = bridge(row, over=over)
    assert list(sentences(found)) == [
        "Pain: too early to say (3 ratings).",
        "Repetitions a set: 10.",
        "Seconds a set: 30.",
        "Sets done whole: 75 %.",
    ]
    assert verdicts(found) == ["too early"]


def test_all_pain() -> None:
    """Each time of rating has a sentence; on one line stand the three of a session."""
    rows = [
        WeekPainRow(week(number), when, 3, 3 * value)  # type: ignore[arg-type]
        for when, values in (
            ("before", (6, 4)),
            ("after_exercise", (5, 3)),
            ("after", (4, 2)),
            ("next_morning", (3, 3)),
        )
        for number, value in zip((0, 11), values, strict=True)
    ]
    found = all_pain(rows, TWELVE)
    assert list(sentences(found)) == [
        "Before: less, 6 → 4.",
        "After an exercise: less, 5 → 3.",
        "After: less, 4 → 2.",
        "Next morning: about the same, 3.",
    ]
    assert verdicts(found) == ["before less 6→4", "after less 4→2", "morning about the same 3"]
    assert (found.id, found.sides) == (ALL_PAIN, None)
    nothing = all_pain([], TWELVE)
    assert (list(sentences(nothing)), verdicts(nothing)) == (["Nothing was rated in these weeks."], ["not rated"])


# --- what was counted -----------------------------------------------------------------------------------


def test_what_was_counted_has_no_verdict() -> None:
    """Repetitions, seconds and whole sets are told as numbers, by side; too few sets are told as that."""
    rows = [
        nrs("left", 0, works=4, actual_ms=120_000, reps=38, steps=4, done=2),
        nrs("left", 11, works=4, actual_ms=160_000, reps=52, steps=4, done=4),
        nrs("right", 0, works=2, actual_ms=80_000, reps=30, steps=2, done=2),
        nrs("right", 11, works=4, actual_ms=160_000, reps=60, steps=4, done=4),
    ]
    assert list(sentences(bridge(*rows)))[2:] == [
        "Repetitions a set: left 9.5 → 13; right too few sets to say (2 at first, 4 lately).",
        "Seconds a set: left 30 → 40; right too few sets to say (2 at first, 4 lately).",
        "Sets done whole: left 50 % → 100 %; right too few sets to say (2 at first, 4 lately).",
    ]


def test_measures_go_round() -> None:
    """The next measure is one of which there is something."""
    found = bridge(nrs("none", 0, 3, works=1, actual_ms=30_000, steps=1, done=1))
    assert [*found.strands] == ["pain", "seconds", "whole"]
    assert found.after("pain") == "seconds"
    assert found.after("whole") == "pain"
    assert found.after("reps") == found.shown("reps") == "pain"
    assert all_pain([], TWELVE).after("pain") == "pain"


sides = st.sampled_from(["left", "right", "alternating", "none"])
counts = st.integers(0, 12)


@given(st.lists(st.tuples(sides, st.integers(0, 11), st.lists(st.integers(0, 10), max_size=6), counts, counts)))
def test_nothing_is_praised_or_promised(
    found: list[tuple[str, int, list[int], int, int]],
) -> None:
    """Whatever was done, no sentence judges the person, and each ends like one."""
    by_key = {
        (side, number): nrs(
            side, number, *ratings, works=works, actual_ms=works * 30_000, reps=reps, steps=works, done=works // 2
        )
        for side, number, ratings, works, reps in found
    }
    subject = exercise("bridge", "Bridge", by_key.values(), TWELVE)
    if subject is None:
        return
    for text in sentences(subject):
        assert text.endswith(".")
        assert not re.search(r"better|worse|improv|cure|heal|good|bad|great|!|nan|inf", text, re.IGNORECASE)
    assert verdicts(subject)
    assert subject.shown("pain") in subject.strands
