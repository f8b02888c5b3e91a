"""A session as the log tells it."""

from __future__ import annotations

import pytest
from msgspec import structs

from sessions.rows import AnswerRow, SessionDetail, WorkRow
from tests.guide.stored import ROW
from trainer.guide import logged

WALK = structs.replace(
    ROW, routine="", name="Walk", activity="walk", intensity="light", active_ms=1_200_000, works=0, done=0
)


@pytest.mark.parametrize(
    ("row", "short", "how"),
    [
        (ROW, "11 min, 4 of 4 done", "finished"),
        (structs.replace(ROW, level=3, levels=7), "11 min, 4 of 4 done, level 3 of 7", "finished, level 3 of 7"),
        (structs.replace(ROW, level=3), "11 min, 4 of 4 done, level 3", "finished, level 3"),
        (WALK, "20 min, light", "light, logged by hand"),
    ],
)
def test_a_session_in_short(row, short, how):
    """A guided session has its works and level, an activity its length and intensity."""
    assert logged.in_short(row) == short
    assert logged.how(row) == how


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "Desk"),
        ({"name": ""}, "desk"),
        ({"name": "", "routine": "", "activity": "walk"}, "walk"),
        ({"name": "", "routine": ""}, "(its beginning is not in this logbook)"),
    ],
)
def test_every_session_has_a_name(fields, expected):
    """Where the name is missing, what is known of it stands in its place."""
    assert logged.name(structs.replace(ROW, **fields)) == expected


def test_what_was_said_of_the_plan():
    """The weaker side and what was left out are told where they were said."""
    bare = SessionDetail(ROW, (), (), (), (), ())
    assert list(logged.about_its_plan(bare)) == []
    full = structs.replace(bare, weaker="left", left_out=("Clam", "Bridge"))
    assert list(logged.about_its_plan(full)) == [
        "Weaker side, as you called it: left",
        "Left out in this short form: Clam; Bridge",
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "Sway check (left side): Did you sway? Yes"),
        ({"side": "none", "corrected": True}, "Sway check: Did you sway? Yes (corrected)"),
        ({"side": "alternating", "name": ""}, "sway: Did you sway? Yes"),
    ],
)
def test_an_answer(fields, expected):
    """An answer stands with its check, its side where it has one, and its question."""
    answer = AnswerRow("a", "s", 0, 0, "sway", "Sway check", "left", "Did you sway?", "yes", "Yes", False)
    assert logged.answered(structs.replace(answer, **fields)) == expected


@pytest.mark.parametrize(
    ("works", "expected"),
    [
        ([], False),
        ([("Sway check", "done")], True),
        ([("Sway check", "done"), ("Plank", "skipped")], True),
        ([("Sway check", "done"), ("Plank", "cut_short")], False),
        ([("Other check", "done")], False),
    ],
)
def test_a_session_of_answered_checks_alone(works, expected):
    """Where all that was done was answered, no pain was asked for."""
    answer = AnswerRow("a", "s", 0, 0, "sway", "Sway check", "left", "Did you sway?", "yes", "Yes", False)
    rows = tuple(
        WorkRow("w", "s", 0, 0, 0, "id", name, 1, 1, "left", outcome, 1, None, 9, None, None, False)
        for name, outcome in works
    )
    detail = SessionDetail(ROW, (), rows, (), (), (), (answer,))
    assert logged.looks(detail) == {"Sway check"}
    assert logged.only_looked(detail) == expected
