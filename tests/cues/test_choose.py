"""Which sound each event makes."""

from __future__ import annotations

import pytest
from msgspec import structs

from tests.guide.conftest import Walk, make_exercise
from trainer.cues.choose import cue_for, flashes, worth_a_bell
from trainer.cues.tones import SOUNDS
from trainer.guide import events as e
from trainer.guide.plan import Item, Step
from trainer.library.model import Breaths, Dose, Hold, Open, Repetitions, SelfPaced

ITEM = Item(0, 0, make_exercise(), Dose(hold_s=20), 15)
STEP = Step("work", ITEM, 1, 1, "none", Hold(20), 20_000)
REPS = structs.replace(STEP, work=Repetitions(5, 2.0, 0.0, 2.0))
BREATHS = structs.replace(STEP, work=Breaths(5, 4.0, 6.0))
OPEN = structs.replace(STEP, work=Open(60), length_ms=None)
OWN_PACE = structs.replace(STEP, work=SelfPaced(5), length_ms=None)


def of(kind):
    return structs.replace(STEP, kind=kind)


TABLE = [
    (e.StepBegan(1, of("get_ready")), "get_ready", True),
    (e.StepBegan(1, of("change_side")), "change_side", True),
    (e.StepBegan(1, of("rest")), "rest", True),
    (e.StepBegan(1, of("rate")), "rest", True),
    (e.StepBegan(1, STEP), "start", True),
    (e.StepBegan(1, OPEN), "start", True),
    (e.StepBegan(1, OWN_PACE), "start", True),
    (e.StepBegan(1, REPS), None, True),  # its first repetition sounds at the same moment
    (e.StepBegan(1, BREATHS), None, True),
    (e.StepBegan(1, structs.replace(REPS, kind="get_ready")), "get_ready", True),
    (e.StepContinued(1, STEP), "start", True),
    (e.StepContinued(1, REPS), "start", True),
    (e.HalfWay(1), "half_way", True),
    (e.SecondsLeft(1, 3), "count", False),
    (e.PartBegan(1, 2), "next_part", True),
    (e.RepetitionBegan(1, 1, 5), "repetition", False),
    (e.RepetitionHeld(1, 1), "hold", False),
    (e.RepetitionReturned(1, 1), "back", False),
    (e.BreathIn(1, 1, 5), "breath_in", False),
    (e.BreathOut(1, 1), "breath_out", False),
    (e.Paused(1, "person"), "paused", False),
    (e.Paused(1, "gap", 9000), "paused", False),
    (e.Resumed(1), "resumed", False),
    (e.Finished(1, "finished", 1, 0), "finished", True),
    (e.Finished(1, "stopped", 1, 0), "finished", True),
    (e.StepEnded(1, of("rest")), None, False),
    (e.WorkEnded(1, STEP, "done", 1, 20_000, None), None, False),
    (e.TimeChanged(1, 30_000), None, False),
    (e.RatingDue(1, ITEM), None, False),
    (e.RatingOwed(1, ITEM), None, False),
    (e.Rated(1, ITEM, 4), None, False),
    (e.Eased(1, ITEM, ITEM), None, False),
    (e.Answered(1, ITEM, "left", "yes"), None, False),
]


@pytest.mark.parametrize(("event", "cue", "flash"), TABLE)
def test_each_event_has_its_sound(event, cue, flash):
    """Every event has one sound or none, and the screen marks those at which the person changes what they do."""
    assert (cue_for(event), flashes(event)) == (cue, flash)


def test_no_event_and_no_sound_is_forgotten():
    """The table knows every event, and every sound that there is is made by one."""
    assert {type(event) for event, _, _ in TABLE} == set(e.Event.__subclasses__())
    assert {cue for _, cue, _ in TABLE if cue} == set(SOUNDS)


@pytest.mark.parametrize("dose", [Dose(hold_s=20), Dose(reps=5), Dose(breaths=2), Dose(open=True)])
def test_a_work_begins_with_one_sound(dose):
    """At the moment at which a work begins, exactly one sound is made, whatever the work is."""
    here = Walk(make_exercise(dose=dose))
    events = here.send(e.Next())
    assert here.engine.step.kind == "work"
    assert len([event for event in events if cue_for(event)]) == 1


@pytest.mark.parametrize(
    ("cue", "worth"), [(cue, cue not in {"repetition", "back", "breath_in", "breath_out"}) for cue in SOUNDS]
)
def test_the_bell_leaves_out_what_comes_every_few_seconds(cue, worth):
    """A bell stands for all but the pace of repetitions and breaths."""
    assert worth_a_bell(cue) is worth
