"""What a person's own answers to self-checks say back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from msgspec import structs

from sessions.records import CheckAnswered
from sessions.rows import AnswerRow
from tests.guide.conftest import CHECK, make_check, make_exercise
from trainer.coach.checks import suggested, told
from trainer.library.model import Check, Exercise, SideNames
from trainer.library.shelf import Library

TEXTS = {answer.id: answer.text for answer in CHECK.answer}
TEXTS["gone"] = "What is no longer asked"
NAMES = {"easy": "Easy", "hips": "Hips"}
HIPS = make_check("hips-check")


def given(side: str = "none", answer: str = "yes", exercise: str = "hips-check") -> CheckAnswered:
    return CheckAnswered(0, exercise, exercise, side, CHECK.question, answer, TEXTS[answer])  # type: ignore[arg-type]


def lines(*answers: Any, check: Exercise = HIPS, routines: dict[str, str] = NAMES) -> list[str]:
    (one,) = told([check], answers, routines)
    assert one.name == check.name
    return list(one.lines)


EASY = 'You may like: Easy (trainer run easy), since you answered "It touches".'
HIPS_LINE = 'You may like: Hips (trainer run hips), since you answered "It does not".'


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([given()], ["Your answer: It touches", "Does the other one?", EASY]),
        ([given(answer="unsure")], ["Your answer: I cannot tell"]),
        ([given("left", "no")], ["Left side: It does not", "Is it tight?", HIPS_LINE]),
        (
            [given("right", "no"), given("left", "no")],
            ["Left side: It does not", "Right side: It does not", "Is it tight?", HIPS_LINE],
        ),
        (
            [given("left", "yes"), given("right", "no")],
            [
                "Left side: It touches",
                "Right side: It does not",
                "Your answers for the two sides differ.",
                "Left side: Does the other one?",
                "Right side: Is it tight?",
                EASY,
                HIPS_LINE,
            ],
        ),
        ([given("left", "no"), given("left", "yes")], ["Left side: It touches", "Does the other one?", EASY]),
        ([given(answer="gone")], ["Your answer: What is no longer asked"]),
    ],
)
def test_each_answer_is_told_with_its_question_and_routine(answers, expected):
    """Sides come in order, the later answer of a side counts, and what is the same for both is said once."""
    assert lines(*answers) == expected


def test_an_answer_from_the_logbook_tells_the_same():
    """What was answered before a session went on counts as what is answered in it."""
    body = given("left", "no")
    assert lines(AnswerRow("a", "s", 0, corrected=False, **structs.asdict(body))) == lines(body)


def test_the_sides_have_their_own_names():
    """A side is called as its file calls it, with a capital."""
    check = make_check("hips-check", side_names=SideNames(left="left leg resting", right="right leg resting"))
    assert lines(given("right", "unsure"), check=check) == ["Right leg resting: I cannot tell"]


@pytest.mark.parametrize(("routines", "suggests"), [(NAMES, True), ({}, False), ({"hips": "Hips"}, False)])
def test_only_routines_that_there_are_get_suggested(routines, suggests):
    """A routine that cannot be read is not named."""
    assert (EASY in lines(given(), routines=routines)) == suggests


def test_one_routine_for_two_answers_is_suggested_once():
    """Answers that lead to the same place name it once, for the first of them."""
    both = [structs.replace(answer, routine="easy") for answer in CHECK.answer]
    check = structs.replace(HIPS, check=Check(CHECK.question, both))
    found = lines(given("left", "no"), given("right", "yes"), check=check)
    assert [line for line in found if "trainer run" in line] == [
        'You may like: Easy (trainer run easy), since you answered "It does not".'
    ]


def test_nothing_is_said_of_what_was_not_answered():
    """Exercises, checks without an answer and answers to other checks stay silent; a check that comes twice is one."""
    other = make_check("other-check")
    assert told([make_exercise(), HIPS, other], [], NAMES) == []
    assert [one.name for one in told([HIPS, make_exercise(), other, HIPS], [given()], NAMES)] == ["hips-check"]


def test_all_routines_that_an_answer_may_lead_to():
    """Each is looked up once; exercises lead nowhere."""
    assert suggested([make_exercise(), HIPS, make_check("other")]) == ["easy", "hips"]


FINDINGS = re.compile(r"\b(diagnos|disorder|syndrome|abnormal|incorrect|wrong|weak|damage|injur|you have|you are|safe)")


def test_no_shipped_check_diagnoses():
    """Whatever is answered on whatever side, each shipped check ends in questions and a suggestion that there is."""
    exercises, _ = Library(None).exercises()
    checks = [one for one in exercises if one.check is not None]
    assert checks
    names = {one.id: one.name for one in Library(None).routines()[0]}
    for one in checks:
        assert one.check is not None
        assert set(suggested([one])) <= set(names)
        sides = ("left", "right") if one.sides == "both" else ("none",)
        for first in one.check.answer:
            for last in one.check.answer:
                chosen = [first, last][-len(sides) :]
                answers = [
                    CheckAnswered(0, one.id, one.name, side, one.check.question, answer.id, answer.text)
                    for side, answer in zip(sides, chosen, strict=True)
                ]
                (found,) = told([one], answers, names)
                said = found.lines[len(sides) :]
                assert any("trainer run " in line for line in said), (one.id, chosen)
                for line in said:
                    assert not FINDINGS.search(line.lower()), line
                    assert (
                        line.endswith("?") or "You may like" in line or line == "Your answers for the two sides differ."
                    )
