"""The clinician's page: what stands on it, in words that judge nobody, and never more than one page of it."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from sessions.rows import AnswerRow, WeekExerciseRow, WeekPainRow
from sessions.trends import weeks
from trainer.coach import lookback
from trainer.coach.lookback import Period
from trainer.report import page as pages
from trainer.report.model import MOST_VALUES, Page, Section, Spark, Table, spark
from trainer.report.page import High, Material, RoutineDone, page

OVER = Period("2025-W50", "2026-W09")
"""Twelve weeks: at first 8 December to 4 January, lately 2 February to 1 March."""
PAIN = [
    WeekPainRow(week, when, 2, 2 * nrs)
    for number, week in enumerate(weeks(OVER.since, OVER.until))
    for when, nrs in (("before", 6 if number < 4 else 3), ("after", 4), ("next_morning", 2))
    if when != "next_morning" or number == 2
]


def bridge(left_first: int = 6, left_lately: int = 2, id: str = "bridge", name: str = "Bridge") -> lookback.Subject:
    """An exercise whose left side becomes easier and whose right side stays, ten sets a week and side."""
    rows = []
    for number, week in enumerate(weeks(OVER.since, OVER.until)):
        left, done = (left_first, 5) if number < 4 else (left_lately, 9)
        rows.append(WeekExerciseRow(id, week, "left", 1, left, 10, 300_000, 80, 10, done))
        rows.append(WeekExerciseRow(id, week, "right", 1, 2, 10, 300_000, 100, 10, 10))
    found = lookback.exercise(id, name, rows, OVER)
    assert found is not None
    return found


def material(**change: Any) -> Material:
    found = Material(
        person="",
        over=OVER,
        until="2026-03-01",
        days=84,
        sessions=40,
        active_days=30,
        routines=(RoutineDone("Core", 24, 24, 14_400_000, 3), RoutineDone("", 16, 12, 19_200_000, None)),
        pain=lookback.all_pain(PAIN, OVER),
        exercises=(bridge(),),
        highest=(High("2026-01-02", 8, "after Bridge, left"),),
        answers=(),
        notes=(("2026-02-11", "Twinge when getting up."),),
        notes_in_all=3,
    )
    return structs.replace(found, **change)


def section(of: Page, title: str) -> Section:
    return next(one for one in of.sections if one.title == title)


def cells(table: Table | None) -> list[tuple[str, ...]]:
    """The words of a table."""
    assert table is not None
    return [tuple(cell for cell in row if isinstance(cell, str)) for row in table.rows]


def texts(of: Page) -> list[str]:
    found = [of.title, *of.lines, *of.about]
    for one in of.sections:
        found += [one.title, *one.lines, *one.items, one.after, *(one.table.head if one.table else ())]
        found += [cell for row in (cells(one.table) if one.table else ()) for cell in row]
    return found


def test_who_and_when() -> None:
    """Somebody is named only where the caller names them; the period and the sums are said once."""
    made = page(material())
    assert made.title == "Exercise log, 2025-12-08 to 2026-03-01"
    assert made.lines == ("12 weeks, Monday to Sunday: 40 sessions on 30 days, 560 minutes in all.",)
    assert page(material(person="Anna")).title == "Exercise log of Anna, 2025-12-08 to 2026-03-01"


def test_what_was_done_beside_what_the_routine_names() -> None:
    """How often each routine was done a week, against its own frequency where it has one."""
    assert cells(section(page(material()), "What was done").table) == [
        ("Core", "24", "2.0", "3", "240"),
        ("Logged by hand", "16", "1.0", "", "320"),
    ]


def test_a_week_that_has_just_begun_makes_nothing_frequent() -> None:
    """One session on the first day is one day a week, and not seven."""
    made = page(material(days=1, routines=(RoutineDone("Core", 1, 1, 60_000, 3),)))
    assert cells(section(made, "What was done").table)[0][2] == "1.0"


def test_pain_as_a_whole() -> None:
    """At first against lately; a change is told as one only where it is one, and with too few ratings none."""
    table = section(page(material()), "Pain").table
    assert cells(table) == [
        ("Before", "24", "less, 6 → 3"),
        ("After", "24", "about the same, 4"),
        ("Next morning", "2", "too few ratings to say (2 at first, none lately)"),
    ]
    assert table is not None
    assert table.rows[0][3] == Spark((6.0,) * 4 + (3.0,) * 8)


def test_pain_by_exercise_and_side() -> None:
    """Each side where it was rated apart, with how many of its sets were done whole."""
    assert cells(section(page(material()), "Pain by exercise").table) == [
        ("Bridge, left", "12", "less, 6 → 2", "50 % → 90 %"),
        ("Bridge, right", "12", "about the same, 2", "100 %"),
    ]


def test_sides_that_were_rated_together() -> None:
    """One row then, with the sets of both sides."""
    rows = [
        WeekExerciseRow("x", "2026-W09", side, 0, 0, 4, 1, 1, 4, done) for side, done in (("left", 1), ("right", 4))
    ]
    rows.append(WeekExerciseRow("x", "2026-W09", "none", 5, 20, 0, 0, 0, 0, 0))
    found = lookback.exercise("x", "Twist", rows, OVER)
    assert found is not None
    made = page(material(exercises=(found,)))
    assert cells(section(made, "Pain by exercise").table) == [
        ("Twist, both sides", "5", "too few", "left 25 %, right 100 %")
    ]


def test_the_most_rated_first_and_no_side_alone() -> None:
    """What does not fit is counted, and of an exercise both sides stand there or none."""
    few = lookback.exercise("few", "Few", [WeekExerciseRow("few", "2026-W09", "none", 1, 2, 1, 1, 1, 1, 1)], OVER)
    assert few is not None
    found = section(page(material(exercises=(few, *(bridge(id=f"b{n}") for n in range(9))))), "Pain by exercise")
    assert len(cells(found.table)) == pages.MOST_EXERCISES
    assert found.after == "and 4 exercises more in the logbook"
    assert cells(found.table)[0][0] == "Bridge, left"


def test_notes_answers_and_the_highest() -> None:
    """The latest notes and answers with their days; how many more there are is said."""

    def answer(text: str, side: str = "left") -> AnswerRow:
        return AnswerRow("id", "s", 0, 0, "shoulder", "Shoulder check", side, "Level?", "a", text, False)  # type: ignore[arg-type]

    made = page(
        material(
            answers=(
                ("2026-02-20", answer("Lower")),
                ("2026-01-02", answer("Higher")),
                ("2026-01-01", answer("No", "right")),
            )
        )
    )
    assert section(made, "Self-checks, the latest answers").items == (
        "2026-02-20: Shoulder check (left side): Level? Lower",
        "2026-01-01: Shoulder check (right side): Level? No",
    )
    notes = section(made, "The person's own notes")
    assert (notes.items, notes.after) == (("2026-02-11: Twinge when getting up.",), "and 2 notes more in the logbook")
    assert section(made, "Highest ratings").items == ("2026-01-02: 8 of 10, after Bridge, left",)


def test_what_is_not_there_is_left_out() -> None:
    """Without ratings, notes and answers the page says so in a line and has no empty tables."""
    made = page(material(pain=lookback.all_pain([], OVER), exercises=(), highest=(), notes=(), notes_in_all=0))
    assert [one.title for one in made.sections] == ["What was done", "Pain"]
    assert section(made, "Pain").lines == ("Nothing was rated in these weeks.",)


def test_it_says_what_it_is() -> None:
    """A person's own ratings, how a change is told, and that it is no diagnosis."""
    about = " ".join(page(material()).about)
    for part in (
        "own rating",
        '0 "no pain" to 10',
        "until 2026-01-04",
        "from 2026-02-02",
        "2 points or 30 %",
        "no diagnosis",
    ):
        assert part in about


def test_one_week_has_no_first_and_last() -> None:
    """Nothing is said of a comparison that cannot be made."""
    one = Period("2026-W09", "2026-W09")
    about = " ".join(page(material(over=one, pain=lookback.all_pain(PAIN[-3:], one), exercises=())).about)
    assert "At first" not in about
    assert "no diagnosis" in about


@pytest.mark.parametrize("first", [0, 3, 6, 9])
@pytest.mark.parametrize("lately", [0, 3, 6, 9])
def test_no_word_promises_or_judges(first: int, lately: int) -> None:
    """Whatever the ratings do, nobody is better, worse, safe or cured."""
    for text in texts(page(material(exercises=(bridge(first, lately),)))):
        for word in ("better", "worse ", "improve", "safe", "cure", "heal", "risk", "normal", "should", "!"):
            assert word not in text.lower(), text


def test_a_decade_stays_one_page() -> None:
    """However much was done and whatever it is called, as many lines stand there as fit on a sheet, each short."""
    long = "筋W" * 500
    over = Period("2016-W09", "2026-W09")
    many = tuple(structs.replace(bridge(id=f"e{n}", name=long), period=over) for n in range(50))
    note = ("2026-01-01", long)
    row = AnswerRow("id", "s", 0, 0, "x", long, "left", long, "a", long, False)
    made = page(
        material(
            person=long,
            over=over,
            routines=tuple(RoutineDone(long, 9_999, 3_650, 10**12, 7) for _ in range(50)),
            exercises=many,
            highest=(High("2026-01-01", 10, long),) * 50,
            answers=tuple(("2026-01-01", structs.replace(row, exercise=f"e{n}")) for n in range(50)),
            notes=(note,) * 50,
            notes_in_all=5_000,
        )
    )
    rows = sum(len(one.table.rows) for one in made.sections if one.table is not None)
    items = sum(len(one.items) for one in made.sections)
    assert (rows, items) == (6 + 3 + 12, 4 + 3 + 4)
    assert max(map(len, texts(made)[len(made.about) :])) < 400
    for one in made.sections:
        for line in (*one.items, *(cell for row in (cells(one.table) if one.table else ()) for cell in row)):
            assert len(line) < 150


def test_a_long_curve_is_drawn_coarser() -> None:
    """A curve has as many values as fit; each is the mean of its weeks, and a gap stays one."""
    assert spark([1.0, None, 3.0]) == Spark((1.0, None, 3.0))
    long = spark([float(number % 2) for number in range(520)])
    assert len(long.values) == MOST_VALUES
    assert set(long.values) == {0.5}
    assert spark([None] * 100).values == (None,) * 25
    assert spark([]) == Spark(())
