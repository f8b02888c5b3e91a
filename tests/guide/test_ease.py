"""Going on with an easier form."""

from __future__ import annotations

import pytest

from trainer.guide import events as e
from trainer.library.model import Dose


@pytest.fixture
def knees(exercise):
    """The easier form of a plank; another position."""
    return exercise("knees", Dose(reps=4), position="kneeling")


@pytest.fixture
def plank(exercise):
    """Three sets of a hold, with an easier form."""
    return exercise("plank", Dose(hold_s=20, sets=3), easier="knees", position="face down")


def ahead(here):
    """The works that are to come, the present one included, in short."""
    steps = here.engine.steps[here.engine.number :]
    return [(s.item.name, s.item.eased, s.set_no, s.sets) for s in steps if s.kind == "work"]


def test_the_sets_that_are_left_become_easier(walk, plank, knees, exercise):
    """In the second of three sets, two sets of the easier exercise take the place of what is left."""
    here = walk(plank, exercise("clam"), easier=[knees]).to("work")
    here.wait(20_000)
    here.to("work", set_no=2).wait(5000)
    events = here.send(e.Ease(0))
    assert [type(event) for event in events] == [e.WorkEnded, e.WorkEnded, e.RatingOwed, e.Eased, e.StepBegan]
    assert here.works == [("done", 20_000, None), ("cut_short", 5000, None), ("skipped", 0, None)]
    assert here.at == ("get_ready", 1, "none", 10_000)
    assert ahead(here) == [("knees", True, 1, 1), ("clam", False, 1, 1)]


def test_as_many_sets_as_are_left(walk, plank, exercise):
    """The easier form has no more sets than were left, the present one counted."""
    knees = exercise("knees", Dose(reps=4, sets=5))
    here = walk(plank, easier=[knees]).to("work", set_no=2)
    here.wait(5000)
    here.send(e.Ease(0))
    assert ahead(here) == [("knees", True, 1, 2), ("knees", True, 2, 2)]


@pytest.mark.parametrize("kind", ["get_ready", "work", "rest", "lead-in", "paused"])
def test_ease_from_any_step_before_the_rating(walk, plank, knees, kind):
    """An exercise can be eased from its first step on, in a pause and in the lead-in after one too."""
    here = walk(plank, easier=[knees]).to("work" if kind in ("lead-in", "paused") else kind)
    here.wait(1000)
    if kind in ("lead-in", "paused"):
        here.send(e.Pause())
    if kind == "lead-in":
        here.send(e.Resume())
    here.send(e.Ease(0))
    assert here.engine.step.item.exercise is knees
    assert here.at == ("get_ready", 1, "none", 10_000)
    assert len(here.heard(e.WorkEnded)) == 3


def test_ease_without_an_easier_exercise_halves(walk, exercise):
    """Where no easier exercise is known, the same goes on with half of the work."""
    here = walk(exercise("plank", Dose(hold_s=20, sets=2), easier="unknown")).to("work")
    here.wait(5000)
    here.send(e.Ease(0), e.Next())
    assert here.at == ("work", 1, "none", 10_000)
    assert ahead(here) == [("plank", True, 1, 2), ("plank", True, 2, 2)]


def test_ease_in_the_rating_offers_one_easier_set(walk, plank, knees, exercise):
    """After all sets are done, easing gives one easier set before the session goes on; the rating stays owed, once."""
    here = walk(plank, exercise("clam"), easier=[knees]).to("work", set_no=3)
    here.wait(20_000)
    assert here.at[0] == "rate"
    events = here.send(e.Ease(0))
    assert [type(event) for event in events] == [e.StepEnded, e.RatingOwed, e.Eased, e.StepBegan]
    assert ahead(here) == [("knees", True, 1, 1), ("clam", False, 1, 1)]


def test_a_rating_that_was_given_is_kept(walk, plank, knees):
    """Easing after a high rating keeps that rating, and asks another one for the easier form."""
    here = walk(plank, easier=[knees]).to("work", set_no=3)
    here.wait(20_000)
    here.send(e.Rate(0, 6), e.Ease(0))
    assert here.heard(e.RatingOwed) == []
    here.wait(30_000)
    assert here.engine.ratings == {0: 6}
    assert [event.item.name for event in here.heard(e.RatingDue)] == ["plank", "knees"]


def test_later_occurrences_become_easier_too(walk, plank, knees, exercise):
    """The same exercise later in the plan comes in its easier form too; the others stay."""
    here = walk(plank, exercise("clam"), plank, easier=[knees]).to("work")
    here.wait(5000)
    here.send(e.Ease(0))
    assert ahead(here) == [("knees", True, 1, 1), ("clam", False, 1, 1), ("knees", True, 1, 1)]
    places = [step.item.place for step in here.engine.steps[here.engine.number :] if step.kind == "work"]
    assert len(set(places)) == 3
    assert [here.engine.items[place].index for place in places] == [0, 1, 2]


def test_getting_ready_follows_the_easier_position(walk, plank, knees, exercise):
    """Who eases out of a position needs the time to get into it again for what follows."""
    here = walk(plank, exercise("swim", position="face down"), exercise("kneel", position="kneeling"), plank, plank)
    assert [s.length_ms for s in here.plan.steps if s.kind == "get_ready"] == [12_000, 6000, 10_000, 12_000, 6000]
    here.engine._easier = {"knees": knees}
    here.to("work").wait(5000)
    here.send(e.Ease(0))
    ready = [s.length_ms for s in here.engine.steps[here.engine.number :] if s.kind == "get_ready"]
    assert ready == [10_000, 12_000, 10_000, 6000, 6000]


def test_an_easier_form_can_be_eased_again(walk, plank, exercise):
    """The easier form's own easier form comes next; nothing of the first is left."""
    here = walk(plank, easier=[exercise("knees", easier="wall"), exercise("wall", Dose(hold_s=9))]).to("work")
    here.send(e.Ease(0), e.Next())
    here.wait(5000)
    here.send(e.Ease(here.engine.step.item.place), e.Next())
    assert here.at == ("work", 1, "none", 9000)
    assert ahead(here) == [("wall", True, 1, 1)]


def test_easing_again_after_going_back_replaces_the_first_easier_form(walk, plank, knees):
    """Going back behind an easier form and easing anew leaves one easier form, not two."""
    here = walk(plank, easier=[knees]).to("work", set_no=2)
    here.wait(5000)
    here.send(e.Ease(0), e.Back(), e.Back(), e.Next())
    here.wait(5000)
    here.send(e.Ease(0))
    assert ahead(here) == [("knees", True, 1, 1)]
