"""Done, cut short or skipped, with what was really done."""

from __future__ import annotations

import pytest

from trainer.guide import events as e
from trainer.library.model import Dose

HOLD = Dose(hold_s=20)
REPS = Dose(reps=5)  # 4 s each
BREATHS = Dose(breaths=3)  # 10 s each
OPEN = Dose(open=True)
OWN_PACE = Dose(reps=12, self_paced=True)


@pytest.mark.parametrize(
    ("dose", "waited_ms", "expected"),
    [
        (HOLD, 0, ("skipped", 0, None)),
        (HOLD, 999, ("skipped", 999, None)),
        (HOLD, 1000, ("cut_short", 1000, None)),
        (HOLD, 19_999, ("cut_short", 19_999, None)),
        (REPS, 0, ("skipped", 0, 0)),
        (REPS, 3999, ("cut_short", 3999, 0)),
        (REPS, 4000, ("cut_short", 4000, 1)),
        (REPS, 19_999, ("cut_short", 19_999, 4)),
        (BREATHS, 9999, ("cut_short", 9999, 0)),
        (BREATHS, 20_000, ("cut_short", 20_000, 2)),
        (OPEN, 999, ("skipped", 999, None)),
        (OPEN, 1000, ("done", 1000, None)),
        (OPEN, 300_000, ("done", 300_000, None)),
        (OWN_PACE, 999, ("skipped", 999, None)),
        (OWN_PACE, 1000, ("done", 1000, 12)),
    ],
)
def test_next_ends_work_as_it_is(walk, exercise, dose, waited_ms, expected):
    """Work that is left early is cut short, or skipped below a second; open work is done when the person says so."""
    here = walk(exercise(dose=dose)).to("work")
    here.wait(waited_ms)
    here.send(e.Next())
    assert here.works == [expected]


@pytest.mark.parametrize(
    ("dose", "expected"),
    [(HOLD, ("done", 20_000, None)), (REPS, ("done", 20_000, 5)), (BREATHS, ("done", 30_000, 3))],
)
def test_work_that_time_ends_is_done(walk, exercise, dose, expected):
    """Work that lasted as long as planned is done, with all of its repetitions."""
    here = walk(exercise(dose=dose)).to("work")
    here.wait(30_000)
    assert here.works == [expected]


@pytest.mark.parametrize("command", [e.Skip(), e.Redo(), e.Stop(), e.Ease(0)])
@pytest.mark.parametrize("dose", [HOLD, REPS, OPEN, OWN_PACE])
def test_work_left_for_something_else_is_cut_short(walk, exercise, dose, command):
    """Leaving work by any other way than `Next` never makes it done, open-ended work included."""
    here = walk(exercise(dose=dose)).to("work")
    here.wait(5000)
    here.send(command)
    assert here.works[0][:2] == ("cut_short", 5000)


def test_work_is_said_with_its_step_and_attempt(walk, exercise):
    """The end of work names its step, the moment and which attempt it was."""
    here = walk(exercise(sides="both")).to("work", side="right")
    here.wait(5000)
    here.send(e.Redo(), e.Next())
    here.wait(20_000)
    first, again = here.heard(e.WorkEnded)[1:]
    assert (first.at_ms, first.attempt, first.outcome) == (5000, 1, "cut_short")
    assert (again.at_ms, again.attempt, again.outcome) == (25_000, 2, "done")
    assert first.step is again.step is here.plan.steps[3]


def test_a_pause_is_no_work(walk):
    """Time in a pause and in the lead-in after it is not counted as work."""
    here = walk().to("work")
    here.wait(5000)
    here.send(e.Pause())
    here.wait(100_000)
    here.send(e.Resume())
    here.wait(2000)
    here.send(e.Stop())
    assert here.works == [("cut_short", 5000, None)]
    assert here.said[-1] == e.Finished(107_000, "stopped", 7000, 100_000)


def test_a_gap_is_no_work(walk):
    """What a stopped process slept through was not done."""
    here = walk().to("work")
    here.wait(5000)
    here.said += here.engine.advance(500_000)
    here.send(e.Stop())
    assert here.works == [("cut_short", 5000, None)]


def test_stop_before_any_work_leaves_nothing(walk):
    """A session stopped while getting ready has no work and owes no rating."""
    here = walk()
    here.wait(3000)
    ended, finished = here.send(e.Stop())
    assert isinstance(ended, e.StepEnded)
    assert finished == e.Finished(3000, "stopped", 3000, 0)
    assert here.engine.owed == ()


def test_a_whole_session_finishes(walk, exercise):
    """A session that ran to its end says so, once, with the time that it took."""
    here = walk(exercise(), exercise("clam"))
    here.wait(1_000_000)
    assert here.said[-1] == e.Finished(82_000, "finished", 82_000, 0)
    assert here.works == [("done", 20_000, None)] * 2


def test_what_is_seen_stands_still_at_the_end(walk):
    """A session stopped in a pause shows what it showed in the pause."""
    here = walk()
    here.wait(2000)
    here.send(e.Pause())
    here.wait(60_000)
    here.send(e.Stop())
    assert (here.engine.elapsed_ms, here.engine.remaining_ms, here.engine.total_left_ms) == (2000, 4000, 0)
