"""Self-checks: a question on each side, answered, left or asked again at the end."""

from __future__ import annotations

import pytest

from tests.guide.conftest import Walk, make_check, make_exercise, make_plan
from tests.guide.stored import works_of
from trainer.guide import events as e
from trainer.guide.record import begun, looked_before, owed_places, resume_at
from trainer.guide.state import State


def looking(*more, **options) -> Walk:
    """The first side of a self-check, half a second after it began."""
    here = Walk(make_check(), *more, **options).to("work")
    here.wait(500)
    return here


def missing(here: Walk) -> list[tuple[str, str]]:
    """Self-checks and sides whose answer is missing."""
    return [(item.exercise.id, side) for item, side in here.engine.unanswered]


def test_a_check_has_no_rating_and_no_rest():
    """A look is got ready for and done on each side; what follows comes at once."""
    plan = make_plan(make_check(), make_exercise())
    assert [(s.kind, s.side) for s in plan.steps[:5]] == [
        ("get_ready", "left"), ("work", "left"), ("change_side", "right"), ("work", "right"), ("get_ready", "none"),
    ]  # fmt: skip
    assert not plan.only_checks
    assert make_plan(make_check()).only_checks


def test_an_answer_ends_the_look_as_done():
    """Who has answered has looked, however quickly: the guide goes on to the other side, and owes no rating."""
    here = looking()
    events = here.send(e.Answer(0, "left", "yes"))
    assert [type(event) for event in events] == [e.Answered, e.WorkEnded, e.StepBegan]
    assert here.works == [("done", 500, None)]
    assert here.at == ("change_side", 1, "right", 4000)
    assert here.engine.answers == {(0, "left"): "yes"}


def test_an_answer_in_a_pause_goes_on_within_it():
    """The pause stays the person's own."""
    here = looking()
    here.send(e.Pause(), e.Answer(0, "left", "no"))
    assert here.engine.state is State.PAUSED
    assert here.at[:3] == ("change_side", 1, "right")


@pytest.mark.parametrize(
    ("command", "allowed"),
    [
        (e.Answer(0, "left", "yes"), True),
        (e.Answer(0, "left", "perhaps"), False),
        (e.Answer(0, "right", "yes"), False),  # not looked at yet
        (e.Answer(0, "none", "yes"), False),
        (e.Answer(1, "none", "yes"), False),
        (e.Answer(7, "left", "yes"), False),
        (e.Ease(0), False),
        (e.More(), False),
        (e.Rate(0, 3), True),
    ],
)
def test_what_can_be_asked_of_a_check(command, allowed):
    """Only the side under way can be answered, with an answer that there is; half of a look is none."""
    assert looking(make_exercise()).engine.allows(command) == allowed


def test_a_look_that_was_hurried_past_is_no_look():
    """Next within a second, without an answer, skips, and nothing is asked of it at the end."""
    here = looking()
    here.send(e.Next(), e.Stop())
    assert [outcome for outcome, _, _ in here.works] == ["skipped"]
    assert missing(here) == []


def test_missing_answers_are_told_in_order_and_can_be_given_at_the_end():
    """A side that was looked at without an answer stays asked for; a side that was not reached does not."""
    here = Walk(make_check(), make_check("other"))
    here.to("work").wait(2000)
    here.send(e.Next())
    here.to("work", side="right").wait(2000)
    here.send(e.Next())
    here.to("work", place=1).wait(2000)
    here.send(e.Stop())
    assert missing(here) == [("look", "left"), ("look", "right"), ("other", "left")]
    (event,) = here.send(e.Answer(0, "right", "no"))
    assert event == e.Answered(here.engine.now_ms, here.engine.items[0], "right", "no")
    assert missing(here) == [("look", "left"), ("other", "left")]
    assert here.engine.owed == ()


def test_a_later_answer_counts():
    """Looking again lets the person answer otherwise."""
    here = looking()
    here.send(e.Answer(0, "left", "yes"), e.Redo())
    here.to("work", side="left")
    here.send(e.Answer(0, "left", "unsure"))
    assert here.engine.answers == {(0, "left"): "unsure"}


def test_pain_may_be_rated_in_a_look():
    """A look may hurt as well; it is never asked for."""
    here = looking()
    here.send(e.Rate(0, 4), e.Answer(0, "left", "yes"))
    assert here.engine.ratings == {0: 4}
    assert here.heard(e.RatingDue, e.RatingOwed) == []


def test_a_session_that_goes_on_knows_its_looks_and_answers():
    """What was looked at and answered before is so still; the answer that is missing is asked for at the end."""
    here = looking(make_exercise())
    here.send(e.Answer(0, "left", "no"))
    here.to("work", side="right").wait(2000)
    here.send(e.Next())
    rows = works_of(here.engine, here.said)
    assert owed_places(here.plan, rows, []) == ()  # no pain is asked for after a look
    looked = looked_before(here.plan, rows, [answer_row("left", "no")])
    assert looked == {(0, "left"): "no", (0, "right"): None}
    again = Walk(make_check(), make_exercise(), start=False, looked=looked)
    again.send(e.Start(resume_at(again.plan, rows)))
    assert again.at[0] == "get_ready"
    assert again.engine.step.item.place == 1
    assert again.engine.answers == {(0, "left"): "no"}
    assert missing(again) == [("look", "right")]


def answer_row(side: str, answer: str):
    """An answer as the logbook gives it back."""
    from sessions.rows import AnswerRow

    return AnswerRow("a", "s", 0, 0, "look", "look", side, "Does it touch?", answer, "It does not", False)  # type: ignore[arg-type]


def test_the_snapshot_says_how_many_looks_there_are():
    """A self-check counts a work for each side."""
    assert [one.works for one in begun(make_plan(make_check(), make_check("front", sides="none"))).exercises] == [2, 1]
