"""Back, redo, skip, more and less time, in each kind of step."""

from __future__ import annotations

import pytest

from trainer.guide import events as e
from trainer.guide.engine import LEAD_IN_MS
from trainer.guide.state import State
from trainer.library.model import Dose

LEAD = LEAD_IN_MS


@pytest.fixture
def both(walk, exercise):
    """Two exercises; the first has two sets of both sides."""
    return walk(exercise("plank", Dose(hold_s=20, sets=2), sides="both"), exercise("clam"))


def after_work(here, kind, **more):
    """Go to a step, doing a second of each work on the way."""
    while not (here.engine.step.kind == kind and all(getattr(here.engine.step, k) == v for k, v in more.items())):
        if here.engine.step.kind == "work":
            here.wait(1000)
        here.send(e.Next())
    return here


@pytest.mark.parametrize(
    ("kind", "more", "expected"),
    [
        ("change_side", {"set_no": 1}, (1, "left")),
        ("work", {"set_no": 1, "side": "right"}, (1, "left")),
        ("rest", {}, (1, "right")),
        ("work", {"set_no": 2, "side": "left"}, (1, "right")),
        ("rate", {}, (2, "right")),
    ],
)
@pytest.mark.parametrize("paused", [False, True])
def test_back_goes_to_the_work_before(both, kind, more, expected, paused):
    """From each kind of step `Back` leads into the work before it, running or paused."""
    after_work(both, kind, **more)
    if paused:
        both.send(e.Pause())
    both.send(e.Back())
    assert both.at == ("get_ready", *expected, LEAD)
    assert both.engine.state is (State.PAUSED if paused else State.RUNNING)
    both.send(*([e.Resume()] if paused else []), e.Next())
    assert both.at == ("work", *expected, 20_000)


def test_back_leads_into_the_exercise_before(both):
    """From the first work of an exercise `Back` leads to the last work of the one before."""
    after_work(both, "rate").send(e.Next(), e.Next(), e.Back())
    assert both.at == ("get_ready", 2, "right", LEAD)
    assert both.engine.step.item.name == "plank"


def test_back_again_from_the_lead_in_goes_further(both):
    """`Back` in the lead-in of a return goes one work further back, and ends where there is none."""
    after_work(both, "rest").send(e.Back(), e.Back())
    assert both.at == ("get_ready", 1, "left", LEAD)
    assert not both.engine.allows(e.Back())


def test_back_in_the_lead_in_after_a_pause_ends_the_work(both):
    """`Back` in the lead-in after a pause ends the work that waited behind it, with what was done of it."""
    after_work(both, "work", side="right")
    both.wait(5000)
    both.send(e.Pause(), e.Resume())
    both.wait(1000)
    both.send(e.Back())
    assert both.works[-1] == ("cut_short", 5000, None)
    assert both.at == ("get_ready", 1, "left", LEAD)


@pytest.mark.parametrize(
    ("kind", "more", "expected"),
    [
        ("work", {}, (1, "left")),
        ("change_side", {"set_no": 1}, (1, "left")),
        ("rest", {}, (1, "right")),
        ("rate", {}, (2, "right")),
    ],
)
@pytest.mark.parametrize("paused", [False, True])
def test_redo_does_the_last_work_again(both, kind, more, expected, paused):
    """In work `Redo` begins it anew; in what follows work, the one just done; running or paused."""
    after_work(both, kind, **more)
    if kind == "work":
        both.wait(5000)
    if paused:
        both.send(e.Pause())
    both.send(e.Redo())
    assert both.at == ("get_ready", *expected, LEAD)
    both.send(*([e.Resume()] if paused else []), e.Next())
    assert both.at == ("work", *expected, 20_000)


def test_redo_in_a_lead_in_begins_the_same_work(both):
    """`Redo` in the lead-in of a return, or after a pause, is for the work that it leads to."""
    after_work(both, "work", side="right")
    both.wait(5000)
    both.send(e.Pause(), e.Resume(), e.Redo())
    assert both.works[-1] == ("cut_short", 5000, None)
    assert both.at == ("get_ready", 1, "right", LEAD)
    both.send(e.Redo())
    assert both.at == ("get_ready", 1, "right", LEAD)


def test_redo_does_not_reach_into_another_exercise(both):
    """While getting ready for an exercise there is nothing of it to do again."""
    after_work(both, "rate").send(e.Next())
    assert not both.engine.allows(e.Redo())


def test_a_redone_side_is_followed_by_the_rest_of_the_plan(both):
    """After work was done again the plan goes on behind it."""
    after_work(both, "rest").send(e.Redo(), e.Next())
    both.wait(20_000)
    assert both.at[:3] == ("rest", 2, "left")


@pytest.mark.parametrize(
    ("kind", "more", "skipped"),
    [
        ("get_ready", {}, [("left", 1), ("right", 1), ("left", 2), ("right", 2)]),
        ("change_side", {"set_no": 1}, [("right", 1), ("left", 2), ("right", 2)]),
        ("rest", {}, [("left", 2), ("right", 2)]),
    ],
)
def test_skip_says_of_each_work_that_it_was_left_out(both, kind, more, skipped):
    """`Skip` ends each work of the exercise that is still to come as skipped."""
    after_work(both, kind, **more)
    events = [event for event in both.send(e.Skip()) if isinstance(event, e.WorkEnded)]
    assert [(event.step.side, event.step.set_no) for event in events] == skipped
    assert {(event.outcome, event.actual_ms, event.actual_count, event.attempt) for event in events} == {
        ("skipped", 0, None, 1)
    }


@pytest.mark.parametrize(("waited_ms", "first"), [(500, "skipped"), (5000, "cut_short")])
@pytest.mark.parametrize("paused", [False, True])
def test_skip_in_work_ends_that_work_too(both, waited_ms, first, paused):
    """`Skip` in work ends it with what was done; what was worked is rated, what was not is passed over."""
    both.to("work").wait(waited_ms)
    both.send(*([e.Pause()] if paused else []), e.Skip())
    assert [work[0] for work in both.works] == [first, "skipped", "skipped", "skipped"]
    assert both.at[0] == ("rate" if first == "cut_short" else "get_ready")
    assert both.engine.step.item.name == ("plank" if first == "cut_short" else "clam")


def test_skip_in_the_lead_in_after_a_pause(both):
    """`Skip` in the lead-in after a pause says each work's end once."""
    both.to("work").wait(5000)
    both.send(e.Pause(), e.Resume(), e.Skip())
    assert [work[0] for work in both.works] == ["cut_short", "skipped", "skipped", "skipped"]
    assert both.at[0] == "rate"


def test_skip_in_the_rating_goes_on_and_owes_it(both):
    """`Skip` while a rating is asked goes to the next exercise and leaves the rating owed."""
    after_work(both, "rate").send(e.Skip())
    assert both.engine.step.item.name == "clam"
    assert [item.name for item in both.engine.owed] == ["plank"]


def test_skip_in_the_last_exercise_finishes(walk):
    """`Skip` of the last exercise, with nothing to rate, ends the session."""
    here = walk()
    assert isinstance(here.send(e.Skip())[-1], e.Finished)


@pytest.mark.parametrize(
    ("kind", "length_ms"), [("get_ready", 6000), ("work", 20_000), ("change_side", 4000), ("rest", 20_000)]
)
@pytest.mark.parametrize("paused", [False, True])
def test_more_and_less_are_ten_seconds(both, kind, length_ms, paused):
    """Any step of known length is made ten seconds longer, and shorter by no more than what is left of it."""
    both.to(kind).wait(1000)
    left = both.engine.total_left_ms
    if paused:
        both.send(e.Pause())
    assert both.send(e.More())[0] == e.TimeChanged(both.engine.now_ms, length_ms + 10_000)
    assert both.engine.total_left_ms == left + 10_000
    both.send(e.Less())
    assert (both.engine.length_ms, both.engine.elapsed_ms) == (length_ms, 1000)


@pytest.mark.parametrize("paused", [False, True])
def test_less_than_what_is_left_ends_the_step(both, paused):
    """Where less than ten seconds are left, `Less` ends the step now, or when time goes on."""
    both.to("work").wait(15_000)
    if paused:
        both.send(e.Pause(), e.Less())
        assert both.at == ("work", 1, "left", 0)
        both.send(e.Resume(), e.Next())
    else:
        both.send(e.Less())
    assert both.works == [("cut_short", 15_000, None)]
    assert both.at[0] == "change_side"


def test_more_in_the_lead_in_is_for_the_lead_in(both):
    """`More` in the lead-in after a pause gives ten seconds more to take the work up."""
    both.to("work").wait(5000)
    both.send(e.Pause(), e.Resume(), e.More())
    assert both.at == ("get_ready", 1, "left", 13_000)
    both.send(e.Less(), e.Less())
    assert both.at == ("work", 1, "left", 15_000)


def test_one_repetition_more_or_less(walk, exercise):
    """Repetitions are added and taken whole; the one that has begun is not broken off."""
    here = walk(exercise(dose=Dose(reps=3))).to("work")
    here.wait(5000)
    here.send(e.More())
    assert here.engine.length_ms == 16_000
    here.send(e.Less(), e.Less(), e.Less(), e.Less())
    assert here.engine.length_ms == 8000
    here.wait(3000)
    assert here.works == [("cut_short", 8000, 2)]


def test_more_than_planned_is_done_from_the_planned_time_on(walk):
    """What lasted as long as planned is done, also where the person asked for more and then left."""
    here = walk().to("work")
    here.send(e.More())
    here.wait(22_000)
    here.send(e.Next())
    assert here.works == [("done", 22_000, None)]


def test_the_last_seconds_are_counted_again(walk):
    """A step made longer in its last seconds counts the new ones, half way only once."""
    here = walk().to("work")
    here.wait(18_500)
    here.send(e.More())
    here.wait(11_500)
    assert [event.at_ms for event in here.heard(e.SecondsLeft)] == [17_000, 18_000, 27_000, 28_000, 29_000]
    assert [event.at_ms for event in here.heard(e.HalfWay)] == [10_000]


def test_what_a_change_makes_due_is_said_at_once(walk, exercise):
    """A boundary that a shorter length puts at this very moment is said now."""
    here = walk(exercise(dose=Dose(hold_s=30))).to("work")
    here.wait(17_000)
    changed, three = here.send(e.Less())
    assert (changed, three) == (e.TimeChanged(17_000, 20_000), e.SecondsLeft(17_000, 3))
    assert here.engine.next_boundary_ms() == 18_000


def test_a_part_left_behind_begins_at_once(walk, exercise):
    """A shorter hold whose second part should have begun begins it now, and only once."""
    here = walk(exercise(dose=Dose(hold_s=30), parts=["Draw in.", "Press away."])).to("work")
    here.wait(12_000)
    assert here.send(e.Less())[1:] == (e.PartBegan(12_000, 2),)
    here.send(e.More(), e.More())
    here.wait(30_000)
    assert here.heard(e.PartBegan) == [e.PartBegan(12_000, 2)]


def test_of_several_parts_left_behind_the_last_begins(walk, exercise):
    """Where a shorter hold left two parts behind, only the present one begins; at its end, none does."""
    here = walk(exercise(dose=Dose(hold_s=35), parts=["One.", "Two.", "Three."])).to("work")
    here.wait(11_000)
    here.send(e.Pause(), e.Less(), e.Less(), e.Resume(), e.Next())
    assert here.heard(e.PartBegan) == [e.PartBegan(11_000, 3)]
    here.send(e.Less())
    assert here.works == [("cut_short", 11_000, None)]
    assert len(here.heard(e.PartBegan)) == 1


def test_a_part_left_behind_in_a_pause_is_not_lost(walk, exercise):
    """A part that a change in a pause left behind begins when the work goes on, whatever else was changed."""
    here = walk(exercise(dose=Dose(hold_s=30), parts=["One.", "Two."])).to("work")
    here.wait(12_000)
    here.send(e.Pause(), e.Less(), e.More(), e.Less(), e.Resume(), e.Next())
    assert here.heard(e.PartBegan) == [e.PartBegan(12_000, 2)]


def test_no_part_begins_at_the_end_of_its_hold(walk, exercise):
    """A change that ends the hold here and now begins no further part of it."""
    here = walk(exercise(dose=Dose(hold_s=15), parts=["One.", "Two."])).to("work")
    here.wait(7000)
    here.send(e.Less())
    assert here.works == [("cut_short", 7000, None)]
    assert here.heard(e.PartBegan) == []


def test_a_paused_lead_in_can_be_left_too(walk):
    """`Next` in a paused lead-in goes to the work, which still waits with all that was left of it."""
    here = walk().to("work")
    here.wait(7000)
    here.send(e.Pause(), e.Resume())
    here.wait(1000)
    here.send(e.Pause())
    here.wait(60_000)
    here.send(e.Next())
    assert here.engine.state is State.PAUSED
    assert here.at == ("work", 1, "none", 13_000)
