"""Which command each state takes."""

from __future__ import annotations

import pytest

from trainer.guide import events as e
from trainer.guide.state import LONGEST_MS, IllegalCommand
from trainer.library.model import Dose

COMMANDS = {
    "start": e.Start(),
    "pause": e.Pause(),
    "resume": e.Resume(),
    "next": e.Next(),
    "skip": e.Skip(),
    "back": e.Back(),
    "redo": e.Redo(),
    "more": e.More(),
    "less": e.Less(),
    "rate": e.Rate(0, 3),
    "rate later": e.RateLater(0),
    "ease": e.Ease(0),
    "stop": e.Stop(),
}
MOVES = {"next", "skip", "back", "redo", "more", "less", "ease", "stop"}
RATINGS = {"rate", "rate later"}
TABLE = {
    "ready": {"start"},
    "running": MOVES | RATINGS | {"pause"},
    "paused": MOVES | RATINGS | {"resume"},
    "ended": RATINGS,
}


@pytest.fixture
def stands(walk, exercise):
    """An engine in each state, in the second of two sets where it is under way."""

    def stand(state):
        here = walk(exercise(dose=Dose(hold_s=20, sets=2)), start=state != "ready")
        if state != "ready":
            here.to("work").wait(5000)
            here.to("work", set_no=2).wait(5000)
        if state == "paused":
            here.send(e.Pause())
        if state == "ended":
            here.send(e.Stop())
        assert here.engine.state.value == state
        return here.engine

    return stand


def unchanged(engine, command):
    """Whether the engine refuses the command and is as it was, in every field."""
    before = repr(vars(engine))
    assert not engine.allows(command)
    with pytest.raises(IllegalCommand):
        engine.send(command)
    return repr(vars(engine)) == before


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("state", TABLE)
def test_a_state_takes_its_commands_and_no_others(stands, state, name):
    """Each state takes the commands of the table; any other raises and changes nothing."""
    engine = stands(state)
    if name in TABLE[state]:
        assert engine.allows(COMMANDS[name])
        before = repr(vars(engine))
        assert engine.send(COMMANDS[name])
        assert repr(vars(engine)) != before or name == "rate later"  # it may be owed already
    else:
        assert unchanged(engine, COMMANDS[name])


@pytest.mark.parametrize("step", [-1, 6, 100])
def test_start_needs_a_step_of_the_plan(stands, step):
    """A session begins nowhere but at a step that the plan has."""
    assert unchanged(stands("ready"), e.Start(step))


def test_start_may_begin_further_on(walk, exercise):
    """A session may go on at any step of the plan, its last one included."""
    here = walk(exercise(dose=Dose(hold_s=20, sets=2)), start=False, owed=(0,))
    here.send(e.Start(4))
    assert here.at == ("rate", 2, "none", 15_000)


def test_start_behind_the_last_step_is_the_end(walk, exercise):
    """Where only the end of a session is missing, it ends at once, and what is owed stays owed."""
    here = walk(exercise(), start=False, owed=(0,))
    assert here.send(e.Start(3)) == (e.Finished(0, "finished", 0, 0),)
    assert [item.place for item in here.engine.owed] == [0]


@pytest.mark.parametrize("nrs", [-1, 11, True, 3.0, None, "3"])
def test_a_rating_is_a_whole_number_from_0_to_10(stands, nrs):
    """Nothing but a whole number from 0 to 10 is a rating."""
    assert unchanged(stands("running"), e.Rate(0, nrs))


@pytest.mark.parametrize("nrs", [0, 10])
def test_both_ends_of_the_scale_are_ratings(stands, nrs):
    """No pain and the worst can both be rated."""
    engine = stands("running")
    engine.send(e.Rate(0, nrs))
    assert engine.ratings == {0: nrs}


@pytest.mark.parametrize("command", [e.Rate(0, 3), e.RateLater(0)])
def test_only_what_was_worked_is_rated(walk, command):
    """Before any work of an exercise there is nothing to rate."""
    assert unchanged(walk().engine, command)


def test_a_rating_that_was_given_is_not_owed(stands):
    """What is rated cannot be put off."""
    engine = stands("running")
    engine.send(e.Rate(0, 3))
    assert unchanged(engine, e.RateLater(0))


def test_only_the_present_exercise_is_eased(walk, exercise):
    """An exercise that is not under way cannot be eased."""
    here = walk(exercise("plank"), exercise("clam"))
    assert unchanged(here.engine, e.Ease(1))
    assert unchanged(here.engine, e.Ease(7))


def test_there_is_no_way_back_from_the_first_work(walk):
    """Before and in the first work there is none to go back to, and before it none to redo."""
    here = walk()
    assert unchanged(here.engine, e.Back())
    assert unchanged(here.engine, e.Redo())
    here.to("work")
    assert unchanged(here.engine, e.Back())
    assert here.engine.allows(e.Redo())


@pytest.mark.parametrize("dose", [Dose(open=True), Dose(reps=5, self_paced=True)])
@pytest.mark.parametrize("command", [e.More(), e.Less()])
def test_work_without_an_end_has_no_length_to_change(walk, exercise, dose, command):
    """Work that lasts until the person says so is made neither longer nor shorter."""
    assert unchanged(walk(exercise(dose=dose)).to("work").engine, command)


@pytest.mark.parametrize(("seconds", "times"), [(3600, 0), (3595, 0), (3590, 1), (3570, 3)])
def test_no_step_is_lengthened_beyond_the_longest(walk, exercise, seconds, times):
    """More time is given only as long as the whole of it fits below the longest step."""
    here = walk(exercise(dose=Dose(hold_s=seconds))).to("work")
    for _ in range(times):
        here.send(e.More())
    assert unchanged(here.engine, e.More())
    assert here.engine.length_ms <= LONGEST_MS
