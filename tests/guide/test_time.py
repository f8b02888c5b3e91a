"""Time as the guide counts it: deadlines, gaps, pauses."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from trainer.guide import events as e
from trainer.guide.engine import LEAD_IN_MS, RESUME_MS
from trainer.guide.state import GAP_MS, State
from trainer.library.model import Dose


def test_a_late_call_gives_every_boundary_in_order(walk, exercise):
    """One call two seconds late gives what it crossed, each at its own moment, and the next step begins on time."""
    here = walk(exercise(dose=Dose(hold_s=2)), exercise("clam")).to("work")
    here.wait(500)
    events = here.engine.advance(2500)
    assert [(event.at_ms, type(event)) for event in events] == [
        (1000, e.SecondsLeft),
        (2000, e.WorkEnded),
        (2000, e.StepBegan),
        (2000, e.RatingDue),
    ]
    assert here.engine.elapsed_ms == 500


def test_the_end_comes_when_due(walk, exercise):
    """A call after the end counts the time up to the end, and no more."""
    here = walk(exercise(dose=Dose(hold_s=2)), rest_after_s=1).to("work")
    here.wait(2000)
    (*_, finished) = here.engine.advance(3700)
    assert finished == e.Finished(3000, "finished", 3000, 0)
    assert (here.engine.now_ms, here.engine.active_ms, here.engine.total_left_ms) == (3000, 3000, 0)
    assert here.engine.advance(9999) == ()
    assert here.engine.now_ms == 3000


def test_time_before_the_start_counts_for_nothing(walk):
    """However long the plan waits for its start, its first step is whole."""
    here = walk(start=False)
    assert here.engine.advance(1_000_000) == ()
    here.send(e.Start())
    assert here.at == ("get_ready", 1, "none", 6000)
    assert (here.engine.active_ms, here.engine.paused_ms) == (0, 0)


def test_a_clock_that_steps_back_stands_still(walk):
    """A time before the last one is taken for the last one."""
    here = walk()
    here.wait(3000)
    assert here.engine.advance(1000) == ()
    assert here.at == ("get_ready", 1, "none", 3000)


@pytest.fixture
def at_step(walk):
    """A walk at the beginning of a step of some kind, a second of work behind it where it is the last."""

    def at(kind):
        here = walk().to("get_ready" if kind == "get_ready" else "work")
        if kind == "rate":
            here.wait(1000)
            here.send(e.Next())
        assert here.engine.step.kind == kind
        return here

    return at


@pytest.mark.parametrize("kind", ["get_ready", "work", "rate"])
def test_two_seconds_are_no_gap(at_step, kind):
    """A call two seconds after the last one counts."""
    engine = at_step(kind).engine
    engine.advance(engine.now_ms + GAP_MS)
    assert engine.state is State.RUNNING
    assert engine.elapsed_ms == GAP_MS


@pytest.mark.parametrize("kind", ["get_ready", "work", "rate"])
def test_a_gap_counts_for_nothing_and_pauses(at_step, kind):
    """A call more than two seconds after the last one pauses at the last one, and gives no boundary."""
    here = at_step(kind)
    here.wait(500)
    was, now_ms = here.at, here.engine.now_ms
    assert here.engine.advance(now_ms + GAP_MS + 1) == (e.Paused(now_ms, "gap", GAP_MS + 1),)
    assert here.engine.state is State.PAUSED
    assert here.at == was
    assert here.engine.paused_ms == GAP_MS + 1
    assert here.engine.active_ms == now_ms


def test_a_pause_of_any_length_changes_nothing(walk):
    """While time stands, nothing is due and nothing is lost."""
    here = walk().to("work")
    here.wait(7000)
    here.send(e.Pause())
    assert here.engine.next_boundary_ms() is None
    assert here.engine.advance(here.engine.now_ms + 3_600_000) == ()
    assert here.at == ("work", 1, "none", 13_000)
    assert here.engine.total_left_ms == 28_000
    assert (here.engine.active_ms, here.engine.paused_ms) == (7000, 3_600_000)


def test_work_goes_on_after_a_lead_in(walk):
    """After a pause in the middle of work there are three seconds to take it up, and then the rest of it."""
    here = walk().to("work")
    here.wait(7000)
    here.send(e.Pause())
    here.engine.advance(60_000)
    resumed, began = here.send(e.Resume())
    assert resumed == e.Resumed(60_000)
    assert (began.step.kind, began.step.length_ms) == ("get_ready", RESUME_MS)
    assert here.engine.total_left_ms == RESUME_MS + 13_000 + 15_000
    events = here.wait(RESUME_MS)
    assert [type(event) for event in events] == [e.SecondsLeft, e.SecondsLeft, e.StepEnded, e.StepContinued]
    assert here.at == ("work", 1, "none", 13_000)
    here.wait(13_000)
    assert here.works == [("done", 20_000, None)]
    assert len(here.heard(e.HalfWay)) == 1


def test_the_lead_in_can_be_left_early(walk):
    """In the lead-in `Next` goes on with the work, which is not over by it."""
    here = walk().to("work")
    here.wait(7000)
    here.send(e.Pause(), e.Resume())
    here.wait(1000)
    here.send(e.Next())
    assert here.at == ("work", 1, "none", 13_000)
    assert here.works == []


def test_the_lead_in_can_be_paused_too(walk):
    """A pause in the lead-in keeps what is left of it and of the work."""
    here = walk().to("work")
    here.wait(7000)
    here.send(e.Pause(), e.Resume())
    here.wait(1000)
    here.send(e.Pause())
    here.engine.advance(100_000)
    here.send(e.Resume())
    assert here.at == ("get_ready", 1, "none", 2000)
    here.wait(2000)
    assert here.at == ("work", 1, "none", 13_000)


@pytest.mark.parametrize("dose", [Dose(open=True), Dose(reps=5, self_paced=True)])
def test_a_persons_own_pace_needs_no_lead_in(walk, exercise, dose):
    """Work at the person's own pace goes on at once."""
    here = walk(exercise(dose=dose)).to("work")
    here.wait(7000)
    here.send(e.Pause())
    here.engine.advance(60_000)
    assert here.send(e.Resume()) == (e.Resumed(60_000),)
    assert here.engine.elapsed_ms == 7000


@pytest.mark.parametrize("kind", ["get_ready", "rest", "rate"])
def test_what_is_no_work_goes_on_at_once(walk, exercise, kind):
    """Getting ready and resting go on where they were."""
    here = walk(exercise(dose=Dose(hold_s=3, sets=2))).to("work")
    here.wait(3000)
    here = walk() if kind == "get_ready" else here.to(kind)
    here.wait(2000)
    left_ms = here.engine.remaining_ms
    here.send(e.Pause())
    here.engine.advance(60_000)
    assert here.send(e.Resume()) == (e.Resumed(60_000),)
    assert here.engine.remaining_ms == left_ms


def test_work_begun_in_a_pause_begins_with_the_time(walk, exercise):
    """Work that `Next` reached in a pause waits, its first boundary too, and then needs no lead-in."""
    here = walk(exercise(dose=Dose(reps=2)))
    here.send(e.Pause())
    assert [type(event) for event in here.send(e.Next())] == [e.StepEnded, e.StepBegan]
    here.engine.advance(60_000)
    assert here.send(e.Resume()) == (e.Resumed(60_000), e.RepetitionBegan(60_000, 1, 2))


def test_a_step_of_no_length_is_over_at_once(walk, exercise):
    """Without a rest the rating is asked, left owed, and the next exercise begins, all in one moment."""
    here = walk(exercise(dose=Dose(hold_s=2)), exercise("clam"), rest_after_s=0).to("work")
    events = here.wait(2000)
    assert [type(event) for event in events] == [
        e.SecondsLeft, e.WorkEnded, e.StepBegan, e.RatingDue, e.StepEnded, e.RatingOwed, e.StepBegan,
    ]  # fmt: skip
    assert {event.at_ms for event in events[1:]} == {2000}
    assert here.at == ("get_ready", 1, "none", 6000)


def test_an_exercise_without_work_is_not_rated(walk, exercise):
    """Where nothing was done the guide goes on without a rating."""
    here = walk(exercise(), exercise("clam")).to("work")
    here.send(e.Next())
    assert here.at == ("get_ready", 1, "none", 6000)
    assert here.heard(e.RatingDue) == []


@pytest.mark.parametrize(
    ("waited_ms", "boundary_ms"), [(0, 1000), (1, 1000), (999, 1000), (1000, 2000), (19_500, 20_000)]
)
def test_the_next_boundary_is_the_next_whole_second_left(walk, waited_ms, boundary_ms):
    """Between marks the next moment of note is that at which one second less is left."""
    here = walk().to("work")
    here.wait(waited_ms)
    assert here.engine.next_boundary_ms() == boundary_ms


def test_whole_seconds_count_from_the_end(walk, exercise):
    """Where work lasts a broken number of seconds, its clock changes when whole seconds are left."""
    here = walk(exercise(dose=Dose(reps=1, tempo_s=(2.25, 0.5)))).to("work")
    assert here.engine.length_ms == 2750
    seen = []
    while here.engine.step.kind == "work":
        here.engine.advance(here.engine.next_boundary_ms())
        seen.append(here.engine.now_ms)
    assert seen == [750, 1750, 2250, 2750]  # 2250: the repetition returns


def test_open_work_counts_up(walk, exercise):
    """Where nobody knows the end, whole seconds count from the beginning."""
    here = walk(exercise(dose=Dose(open=True))).to("work")
    here.wait(1500)
    assert here.engine.next_boundary_ms() == 2000
    assert here.engine.remaining_ms is None
    assert here.engine.total_left_ms == 58_500 + 15_000
    here.wait(100_000)
    assert here.engine.total_left_ms == 15_000


def test_a_call_at_each_boundary_gives_one_change_a_second(walk, exercise):
    """Who calls at each boundary sees every second once, and never waits longer than one."""
    here = walk(exercise(dose=Dose(hold_s=600))).to("work")
    shown, moments = [], [here.engine.now_ms]
    while here.engine.step.kind == "work":
        shown.append(-(-here.engine.remaining_ms // 1000))
        here.engine.advance(here.engine.next_boundary_ms())
        moments.append(here.engine.now_ms)
    assert shown == list(range(600, 0, -1))
    assert {later - earlier for earlier, later in pairwise(moments)} == {1000}


def test_ten_minutes_have_no_error_however_late_the_calls(walk, exercise):
    """Ten minutes of holds called with any delay begin and end where those called on time do, to the millisecond."""
    late = random.Random(7)
    plan = [exercise(dose=Dose(hold_s=57, sets=10, rest_s=3))]
    punctual, jittery = walk(*plan), walk(*plan)
    punctual.wait(700_000)
    while jittery.engine.state is not State.ENDED:
        due_ms = jittery.engine.next_boundary_ms()
        jittery.said.extend(jittery.engine.advance(due_ms + late.randint(0, 900)))
    assert jittery.said == punctual.said
    assert jittery.said[-1].at_ms == jittery.engine.active_ms == punctual.plan.reckoned_ms == 618_000


def test_what_comes_is_the_next_work(walk, exercise):
    """The work that waits beyond the present one is known, up to the last."""
    here = walk(exercise(sides="both"), exercise("clam"))
    assert here.engine.coming.side == "left"
    here.to("work")
    assert here.engine.coming.side == "right"
    here.send(e.Next(), e.Next())
    assert here.engine.coming.item.name == "clam"
    here.to("work", place=1)
    assert here.engine.coming is None


def test_going_back_gives_time_to_lie_down_again(walk):
    """A return to work begins with a lead-in, counted down like any other, and does not count as work."""
    here = walk().to("work")
    here.wait(4000)
    here.send(e.Redo())
    assert here.at == ("get_ready", 1, "none", LEAD_IN_MS)
    events = here.wait(LEAD_IN_MS)
    assert [type(event) for event in events] == [e.SecondsLeft] * 3 + [e.StepEnded, e.StepBegan]
    assert here.at == ("work", 1, "none", 20_000)
