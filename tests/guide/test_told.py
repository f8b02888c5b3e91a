"""A session in full, line by line."""

from __future__ import annotations

import unicodedata

import pytest
from msgspec import structs

from sessions.records import Eased, ExercisePlanned, Side, When
from sessions.rows import AnswerRow, NoteRow, RatingRow, SessionDetail, SessionRow, WorkRow
from tests.guide.stored import NOON_MS, ROW
from trainer.guide.amend import Rating
from trainer.guide.told import Line, NoteMeant, told

PLANK, BRIDGE = ("plank", "Plank"), ("bridge", "Bridge")


def work(
    index: int = 0,
    what: tuple[str, str] = PLANK,
    side: Side = "none",
    outcome: str = "done",
    *,
    set_no: int = 1,
    sets: int = 1,
    attempt: int = 1,
) -> WorkRow:
    id, name = what
    ms = 0 if outcome == "skipped" else 30_000
    return WorkRow("w", "s", 0, 1, index, id, name, set_no, sets, side, outcome, attempt, 30_000, ms, None, None, False)  # type: ignore[arg-type]


def rated(
    nrs: int,
    when: When = "after_exercise",
    index: int | None = 0,
    what: tuple[str | None, str | None] = PLANK,
    side: Side | None = None,
    *,
    corrected: bool = False,
) -> RatingRow:
    if when != "after_exercise":
        index, what = None, (None, None)
    return RatingRow("r", "s", NOON_MS, 60, when, nrs, index, *what, side, corrected)


def detail(*rows: WorkRow | RatingRow | NoteRow | AnswerRow | Eased, **row: object) -> SessionDetail:
    """A session of a plank and a bridge, of which these things stand."""

    def of(kind: type) -> tuple:  # type: ignore[type-arg]
        return tuple(one for one in rows if isinstance(one, kind))

    planned = (ExercisePlanned(0, *PLANK, "30 s", 1), ExercisePlanned(1, *BRIDGE, "15 repetitions", 2))
    return SessionDetail(
        structs.replace(ROW, **row), planned, of(WorkRow), of(RatingRow), of(NoteRow), of(Eased), of(AnswerRow)
    )


def lines(of: SessionDetail, *, editable: bool = False) -> list[str]:
    return [line.text for line in told(of, editable=editable)]


def edits(of: SessionDetail) -> dict[str, Rating | NoteMeant]:
    """What can be given or corrected, by the line that tells of it."""
    return {line.text: line.edits for line in told(of, editable=True) if line.edits is not None}


DONE = (work(), work(1, BRIDGE, "left"), work(1, BRIDGE, "right"))


def test_a_session_in_full() -> None:
    """Name, moment, ratings, each exercise with its rating, each work with set and side, notes."""
    note = NoteRow("n", "s", NOON_MS, "stiff\n\nback", corrected=True)
    of = detail(
        *DONE,
        rated(3, "before"),
        rated(2, what=PLANK),
        rated(5, index=1, what=BRIDGE, side="left"),
        rated(1, index=1, what=BRIDGE, side="right", corrected=True),
        note,
        zone="Europe/Berlin",
    )
    assert lines(of) == [
        "Desk",
        "2026-03-01 13:00 (Europe/Berlin). 11 min. Finished.",
        "s",
        "Before: pain 3 of 10",
        "",
        "Plank: done. Pain 2 of 10",
        "Bridge: done",
        "left side: pain 5 of 10",
        "right side: pain 1 of 10 (corrected)",
        "",
        "Each work",
        "Plank: done, 30 of 30 s",
        "Bridge (left side): done, 30 of 30 s",
        "Bridge (right side): done, 30 of 30 s",
        "",
        "Notes",
        "stiff",
        "",
        "back",
        "(corrected; written 2026-03-01 13:00)",
    ]


def test_what_can_be_said_is_told_where_it_can_be_said() -> None:
    """Ratings that were not given have a line, and a note can be added, on the screen only."""
    of = detail(*DONE)
    assert set(lines(of)) < set(lines(of, editable=True))
    assert list(edits(of)) == [
        "Before: not rated",
        "After: not rated",
        "Next morning: not rated",
        "Plank: done. Not rated",
        "Bridge: done. Not rated",
        "Add a note",
    ]
    assert not [line for line in lines(of) if line.startswith(("Before", "After", "Next", "Add"))]


def test_each_line_names_what_it_edits() -> None:
    """A rating is named with its place and side, a note by its id, a new one by none."""
    of = detail(*DONE, rated(5, index=1, what=BRIDGE, side="left"), NoteRow("n", "s", NOON_MS, "a\nb", corrected=False))
    found = edits(of)
    assert found["Before: not rated"] == Rating("before")
    assert found["Plank: done. Not rated"] == Rating("after_exercise", 0, *PLANK)
    assert found["left side: pain 5 of 10"] == Rating("after_exercise", 1, *BRIDGE, "left")
    assert found["right side: not rated"] == Rating("after_exercise", 1, *BRIDGE, "right")
    assert found["a"] == found["b"] == NoteMeant("n", "a\nb")
    assert found["Add a note"] == NoteMeant(None, "")


def test_what_was_done_is_not_edited() -> None:
    """The title, the works and the headings can be read only."""
    of = detail(*DONE, rated(1))
    for line in told(of, editable=True):
        if line.look in ("title", "heading", "blank") or "of 30 s" in line.text:
            assert line.edits is None, line


@pytest.mark.parametrize("given", [False, True])
def test_an_exercise_that_was_skipped(given: bool) -> None:
    """It asks for no rating; one that was given all the same is shown and can be corrected."""
    of = detail(work(outcome="skipped"), *([rated(6)] if given else []))
    found = [line for line in told(of, editable=True) if line.text.startswith("Plank: skipped")]
    texts = ["Plank: skipped. Pain 6 of 10" if given else "Plank: skipped"]
    assert [line.text for line in found][:1] == texts
    assert (found[0].edits is not None) == given


def test_a_later_rating_takes_the_place_of_those_of_the_sides() -> None:
    """What counts is shown, as everywhere."""
    one = rated(5, index=1, what=BRIDGE, side="left")
    both = rated(2, index=1, what=BRIDGE)
    assert "Bridge: done. Pain 2 of 10" in lines(detail(*DONE, one, both))
    assert "left side: pain 5 of 10" in lines(detail(*DONE, both, one))
    assert "Bridge: done" in lines(detail(*DONE, both, one))


def test_ratings_that_belong_to_nothing_planned_are_told() -> None:
    """Where the beginning is not here, or a rating names no exercise, it is not lost from sight."""
    of = detail(rated(4, index=7, what=("dead-bug", "Dead bug"), side="left"), rated(8, index=None, what=(None, None)))
    of = structs.replace(of, exercises=())
    assert lines(of)[-3:] == ["Other ratings", "Dead bug (left side): pain 4 of 10", "after an exercise: pain 8 of 10"]
    assert edits(of)["after an exercise: pain 8 of 10"] == Rating("after_exercise")
    assert "" not in [a + b for a, b in zip(lines(of), lines(of)[1:], strict=False)], "no two blank lines"


def test_works_without_a_plan() -> None:
    """A session whose beginning is missing still tells each work, with one blank line before them."""
    of = structs.replace(detail(work(attempt=2, outcome="cut_short", set_no=2, sets=3)), exercises=())
    assert lines(of)[3:] == ["", "Each work", "Plank (set 2 of 3): cut short, 30 of 30 s, attempt 2"]


@pytest.mark.parametrize(
    ("row", "unproven", "says"),
    [
        ({"withdrawn": True}, 0, "Withdrawn: it counts nowhere."),
        ({}, 1, "Damaged, and so not shown: 1 fact of it. trainer log verify says more."),
        ({}, 3, "Damaged, and so not shown: 3 facts of it. trainer log verify says more."),
        ({"how": None}, 0, "2026-03-01 13:00. 11 min. Not ended."),
        ({"how": "stopped", "level": 2, "levels": 7}, 0, "2026-03-01 13:00. 11 min. Stopped early, level 2 of 7."),
    ],
)
def test_what_is_particular(row: dict[str, object], unproven: int, says: str) -> None:
    """Withdrawn, damaged, not ended: each is said."""
    assert says in lines(structs.replace(detail(**row), unproven=unproven))


def test_an_activity() -> None:
    """An activity asks for no pain, but tells what was given, and takes a note."""
    row: SessionRow = structs.replace(ROW, activity="walk", name="Walk", intensity="moderate", routine="")
    of = SessionDetail(row, (), (), (rated(2, "after"),), (), ())
    assert lines(of)[1:] == ["2026-03-01 13:00. 11 min. Moderate, logged by hand.", "s", "After: pain 2 of 10"]
    assert list(edits(of)) == ["After: pain 2 of 10", "Add a note"]


HOSTILE = "[L] a [/b] c [/] \x1b]0;t\x07\x1b[2J \u202e \x9b31m"


def test_hostile_text_is_clean() -> None:
    """Whatever the logbook holds, no line steers a terminal, and none but a note's has a line end."""
    what = (HOSTILE, HOSTILE)
    row = structs.replace(ROW, id=HOSTILE, name=HOSTILE, zone=HOSTILE * 50)
    of = SessionDetail(
        row,
        (ExercisePlanned(0, *what, HOSTILE, 1),),
        (work(0, what, "left"), work(0, what, "right")),
        (rated(1, what=what, side="left"), rated(2, index=9, what=what), rated(2, "before")),
        (NoteRow("n", "s", NOON_MS, f"{HOSTILE}\n{HOSTILE}", corrected=True),),
        (Eased(0, HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
        (AnswerRow("a", "s", 0, 0, HOSTILE, HOSTILE, "left", HOSTILE, "yes", HOSTILE, corrected=False),),
        "left",
        (HOSTILE,),
    )
    found: list[Line] = list(told(of, editable=True))
    for line in found:
        assert not [char for char in line.text if unicodedata.category(char) == "Cc" or char == "\u202e"], line
    assert len(next(line.text for line in found if "2026-03-01" in line.text)) < 150
