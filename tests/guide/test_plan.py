"""How a routine is laid out as steps."""

from __future__ import annotations

import pytest

from trainer.guide.plan import CHANGE_SIDE_S, GET_READY_S, REST_BETWEEN_SETS_S, SAME_POSITION_S, eased
from trainer.library.model import Breaths, Dose, Hold, Open, Repetitions, SelfPaced


def layout(plan):
    """Each step as (kind, set, side, seconds)."""
    return [(s.kind, s.set_no, s.side, None if s.length_ms is None else s.length_ms / 1000) for s in plan.steps]


def test_one_hold(plan_of, exercise):
    """One exercise is getting ready, the work, and a rest in which it is rated."""
    assert layout(plan_of(exercise(dose=Dose(hold_s=20)))) == [
        ("get_ready", 1, "none", 6),
        ("work", 1, "none", 20),
        ("rate", 1, "none", 15),
    ]


def test_both_sides_in_two_sets(plan_of, exercise):
    """Each set does left, the change of side, right; between sets is the rest, and the rating comes last."""
    plan = plan_of(exercise(dose=Dose(hold_s=20, sets=2, rest_s=30), sides="both", position="on the side"))
    assert layout(plan) == [
        ("get_ready", 1, "left", 12),
        ("work", 1, "left", 20),
        ("change_side", 1, "right", 10),
        ("work", 1, "right", 20),
        ("rest", 2, "left", 30),
        ("work", 2, "left", 20),
        ("change_side", 2, "right", 10),
        ("work", 2, "right", 20),
        ("rate", 2, "right", 15),
    ]
    assert {step.sets for step in plan.steps} == {2}


def test_sets_may_differ(plan_of, exercise):
    """Unequal sets are each as long as their own count."""
    plan = plan_of(exercise(dose=Dose(reps=[6, 4, 2], hold_s=8, tempo_s=(1, 1), rest_s=20)))
    assert [(s.set_no, s.sets, s.length_ms) for s in plan.steps if s.kind == "work"] == [
        (1, 3, 60_000),
        (2, 3, 40_000),
        (3, 3, 20_000),
    ]
    assert [s.work.count for s in plan.steps if s.kind == "rest"] == [4, 2]


def test_alternating_sides_are_one_work(plan_of, exercise):
    """What goes from side to side has no change of side."""
    plan = plan_of(exercise(sides="alternating"))
    assert [step.kind for step in plan.steps] == ["get_ready", "work", "rate"]
    assert plan.steps[1].side_name == "side to side"


@pytest.mark.parametrize(
    ("sides", "rest_s", "expected"),
    [
        ("none", None, REST_BETWEEN_SETS_S),
        ("none", 0, 3),
        ("none", 2, 3),
        ("none", 45, 45),
        ("both", 0, 10),
        ("both", 60, 60),
    ],
)
def test_rest_between_sets(plan_of, exercise, sides, rest_s, expected):
    """Without a rest there is still time to breathe, or to turn back to the first side."""
    plan = plan_of(exercise(dose=Dose(hold_s=20, sets=2, rest_s=rest_s), sides=sides, position="on the side"))
    assert [step.length_ms for step in plan.steps if step.kind == "rest"] == [expected * 1000]


@pytest.mark.parametrize("position", GET_READY_S)
def test_getting_ready_takes_longer_where_the_position_changes(plan_of, exercise, position):
    """Getting into a position takes its time, staying in it a short one, turning over what turning takes."""
    other = "seated" if position != "seated" else "standing"
    plan = plan_of(
        exercise("a", position=other), exercise("b", position=position, sides="both"), exercise("c", position=position)
    )
    ready = [step.length_ms for step in plan.steps if step.kind == "get_ready"]
    assert ready == [GET_READY_S[other] * 1000, GET_READY_S[position] * 1000, SAME_POSITION_S * 1000]
    assert [s.length_ms for s in plan.steps if s.kind == "change_side"] == [CHANGE_SIDE_S[position] * 1000]


@pytest.mark.parametrize(
    ("dose", "work", "length_ms", "reckoned_ms"),
    [
        (Dose(hold_s=30), Hold(30), 30_000, 30_000),
        (Dose(reps=10), Repetitions(10, 2.0, 0.0, 2.0), 40_000, 40_000),
        (Dose(reps=3, tempo_s=(1.5, 2.5), hold_s=8), Repetitions(3, 1.5, 8.0, 2.5), 36_000, 36_000),
        (Dose(reps=10, self_paced=True), SelfPaced(10), None, 40_000),
        (Dose(breaths=5), Breaths(5, 4.0, 6.0), 50_000, 50_000),
        (Dose(breaths=3, in_s=0, out_s=1.0005), Breaths(3, 0.0, 1.0005), 3000, 3000),
        (Dose(open=True), Open(60), None, 60_000),
        (Dose(open=True, about_s=90), Open(90), None, 90_000),
    ],
)
def test_how_long_work_takes(plan_of, exercise, dose, work, length_ms, reckoned_ms):
    """Each kind of work has its length, or none where nobody can know, and a time to reckon with."""
    step = plan_of(exercise(dose=dose)).steps[1]
    assert (step.work, step.length_ms, step.reckoned_ms) == (work, length_ms, reckoned_ms)


def test_a_plan_reckons_with_all_of_its_steps(plan_of, exercise):
    """The time of a plan is that of all its steps."""
    assert plan_of(exercise(), exercise("clam", Dose(open=True))).reckoned_ms == (6 + 20 + 15 + 6 + 60 + 15) * 1000


def test_a_step_may_differ_from_its_exercise(plan_of, exercise):
    """A routine's own dose and rest take the place of the exercise's."""
    from trainer.guide.plan import plan
    from trainer.library.model import Routine, Step

    steps = [Step("plank", Dose(hold_s=5), rest_after_s=0), Step("plank")]
    found = plan(Routine(id="r", name="R", purpose="Any.", step=steps, rest_after_s=9), {"plank": exercise()})
    assert [step.length_ms for step in found.steps if step.kind != "get_ready"] == [5000, 0, 20_000, 9000]
    assert [item.index for item in found.items] == [item.place for item in found.items] == [0, 1]


def test_the_first_step_of_an_exercise_is_found(plan_of, exercise):
    """A session can begin with any exercise of its routine, and with no other."""
    plan = plan_of(exercise("a"), exercise("b"))
    assert [plan.first_step_of(index) for index in (0, 1)] == [0, 3]
    with pytest.raises(IndexError):
        plan.first_step_of(2)


def test_sides_have_names(plan_of, exercise):
    """A side is called what its exercise calls it."""
    plan = plan_of(exercise(sides="both"), exercise("clam"))
    assert [step.side_name for step in plan.steps if step.kind == "work"] == ["left side", "right side", ""]


@pytest.mark.parametrize(
    ("dose", "sets", "expected"),
    [
        (Dose(hold_s=21, sets=3), 2, (Hold(10), Hold(10))),
        (Dose(hold_s=1), 1, (Hold(1),)),
        (Dose(reps=[6, 4, 2], hold_s=8, tempo_s=(1, 1)), 2, (Repetitions(3, 1, 8, 1), Repetitions(2, 1, 8, 1))),
        (Dose(breaths=5), 4, (Breaths(2, 4.0, 6.0),)),
        (Dose(reps=9, self_paced=True, sets=2), 1, (SelfPaced(4),)),
        (Dose(open=True, sets=2), 2, (Open(60), Open(60))),
    ],
)
def test_the_same_exercise_is_eased_by_half(plan_of, exercise, dose, sets, expected):
    """Where no easier exercise is known, half of the work is left, in the sets that are left."""
    (item,) = plan_of(exercise(dose=dose)).items
    easier = eased(item, None, place=7, sets=sets)
    assert easier.dose.problem() is None
    assert easier.dose.sets_of_work() == expected
    assert (easier.place, easier.index, easier.eased, easier.rest_after_s) == (7, 0, True, item.rest_after_s)


def test_an_easier_exercise_keeps_its_own_dose(plan_of, exercise):
    """An easier exercise comes with its own dose, and no more sets than are left."""
    (item,) = plan_of(exercise(dose=Dose(hold_s=20, sets=3))).items
    knees = exercise("knees", Dose(reps=[8, 6, 4]))
    assert [work.count for work in eased(item, knees, place=1, sets=2).dose.sets_of_work()] == [8, 6]
    assert eased(item, knees, place=1, sets=2).exercise is knees
