"""Self-checks line by line: asked on each side, recorded at once, left open where nobody answers."""

from __future__ import annotations

from typing import Any

import pytest

from sessions.rows import SessionDetail

LEFT, RIGHT = "Left side towards the mirror: Do you see", "Right side towards the mirror: Do you see"
LEG, OTHER_LEG = "Left leg resting: Does the back", "Right leg resting: Does the back"
NO_NOTE = ("A note?", "")
ALL = [(LEFT, "1"), (RIGHT, "2"), (LEG, "2"), (OTHER_LEG, "2"), NO_NOTE]
PAIN = ("pain", "rated", "sore")


def answers(detail: SessionDetail) -> list[tuple[str, str, str]]:
    return [(one.exercise, one.side, one.answer) for one in detail.answers]


def test_each_sides_answer_is_a_fact_and_ends_in_a_question_and_a_routine(plain: Any) -> None:
    """No pain is asked for, each side stands in the logbook, and the end asks back and names a routine to try."""
    assert plain("posture-check", *ALL) == 0
    detail = plain.last()
    assert answers(detail) == [
        ("mirror-check", "left", "shows"), ("mirror-check", "right", "hidden"),
        ("thomas-test", "left", "lifted"), ("thomas-test", "right", "lifted"),
    ]  # fmt: skip
    assert (detail.row.how, detail.row.done, detail.ratings) == ("finished", 4, ())
    output = plain.person.output
    end = output[output.index("Thomas test", output.index("That was all.")) :]
    assert end == [
        "Thomas test",
        "Left leg resting: No, it stays up",
        "Right leg resting: No, it stays up",
        "Could the front of this thigh be tight, and tip your pelvis forward?",
        'You may like: Tilted pelvis (trainer run tilted-pelvis), since you answered "No, it stays up".',
        "",
        "Next time",
        "One look says little. Look again now and then, in the same way, and see what stays.",
        "How often: now and then.",
    ]
    assert "Your answers for the two sides differ." in output
    assert not [line for line in output if any(word in line.lower() for word in PAIN)]


def test_the_log_tells_each_sides_answer(plain: Any, cli: Any) -> None:
    """`log show` has both answers with their question, and asks for no rating that was never due."""
    plain("mirror-check", *ALL[:2], NO_NOTE)
    status, out, _ = cli("log", "show", "1")
    assert status == 0
    told = " ".join(out.split())
    question = "Do you see your upper back behind your shoulder?"
    assert f"- Mirror check (left side): {question} Yes, my upper back shows" in told
    assert f"- Mirror check (right side): {question} No, my arm and shoulder hide it" in told
    assert "Mirror check: done Each work" in told
    assert "ated" not in told


def test_what_is_left_open_is_asked_once_more_and_stays_open(plain: Any) -> None:
    """Next leaves a question; the end asks again, and Enter there leaves it out of the logbook."""
    again = "Mirror check, {} side towards the mirror: Do you see"
    status = plain(
        "mirror-check", (LEFT, "<wait 1500>"), ("", "n"), (RIGHT, "<wait 1500>"), ("", "n"),
        (again.format("left"), ""), (again.format("right"), "4"), ("1 to 3, please.", "3"), NO_NOTE,
    )  # fmt: skip
    assert status == 0
    assert answers(plain.last()) == [("mirror-check", "right", "cannot-tell")]
    output = plain.person.output
    assert "Mirror check: done. Not answered." in output
    assert "Right side towards the mirror: I cannot tell" in output


def test_nothing_answered_leaves_nothing_to_go_by(plain: Any) -> None:
    """Without any answer nothing is suggested, and nothing is said of pain."""
    assert plain("posture-check", interactive=False, ended=True) == 0
    assert answers(plain.last()) == []
    output = plain.person.output
    assert output[-3:] == [
        "Next time",
        "No question was answered, so there is nothing to go by. Look again whenever it suits you.",
        "How often: now and then.",
    ]
    assert not [line for line in output if "You may like" in line or any(word in line.lower() for word in PAIN)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["1", "2", "3", "1", "2", "2"], ["shows", "hidden", "cannot-tell", "touches"]),  # more than are asked for
        (["1", "9", "2", "2"], ["shows", None, "lifted", "lifted"]),  # no answer of this question, and not the next's
    ],
)
def test_answers_through_a_pipe_each_meet_their_own_question(plain: Any, typed: list[str], expected: list) -> None:
    """Numbers that come early are taken in order; none answers a side that has its answer, or that was not asked."""
    lines = [("Posture check:", typed[0]), *(("", one) for one in typed[1:])]
    assert plain("posture-check", *lines, interactive=False, end_after_answers=True) == 0
    given = {(exercise, side): answer for exercise, side, answer in answers(plain.last())}
    asked = [(one, side) for one in ("mirror-check", "thomas-test") for side in ("left", "right")]
    assert [given.get(key) for key in asked] == expected


def test_a_check_that_broke_off_goes_on_where_it_was(plain: Any) -> None:
    """The other side is got ready for anew, told by name, and both answers and all of the time are told at the end."""
    assert plain("thomas-test", (LEG, "<wait 1500>"), ("", "2"), ("Change side", "l")) == 1
    first = plain.last()
    assert plain("thomas-test", ("Go on there?", "y"), (OTHER_LEG, "<wait 1900>"), ("", "1"), NO_NOTE) == 0
    for text in (
        "You left this routine today at: Thomas test. Go on there? y or n",
        "1 of 1: Thomas test.",
        "Get ready, 12 s: on the back; right leg resting.",
        "Left leg resting: No, it stays up",
        "Right leg resting: Yes, it lies on the table",
        "Thomas test: done.",
    ):
        assert text in plain.person.output
    detail = plain.last()
    assert detail.row.id == first.row.id
    assert answers(detail) == [("thomas-test", "left", "lifted"), ("thomas-test", "right", "touches")]
    assert first.row.active_ms == 1500
    assert detail.row.active_ms == 1500 + 12_000 + 1900
    assert "Thomas test: done, 0:16 in all." in plain.person.output
