"""How a routine is laid out as steps."""

from __future__ import annotations

import pytest

from trainer.guide.plan import CHANGE_SIDE_S, GET_READY_S, REST_BETWEEN_SETS_S, SAME_POSITION_S, eased
from trainer.library.model import Breaths, Dose, Hold, Level, Open, Repetitions, SelfPaced, Timed


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


def test_time_may_be_moved_through(plan_of, exercise):
    """Work by time is as long as it says, set by set."""
    plan = plan_of(exercise(dose=Dose(time_s=[600, 30]), position="walking"))
    assert [(s.work, s.length_ms) for s in plan.steps if s.kind == "work"] == [
        (Timed(600), 600_000),
        (Timed(30), 30_000),
    ]


# --- levels --------------------------------------------------------------------------------------

LEVELS = (Level(3), Level(8), Level(15, 2, {"reps": "lasting", "sets": "lasting"}))


@pytest.mark.parametrize(
    ("asked", "level", "reps"),
    [(None, 1, [3]), (1, 1, [3]), (2, 2, [8]), (3, 3, [15, 15]), (9, 3, [15, 15]), (0, 1, [3])],
)
def test_a_level_says_how_many(plan_of, exercise, asked, level, reps):
    """A level sets the repetitions and sets of what is counted in them, the first where none is named."""
    held = exercise("held", Dose(reps=[5, 4], hold_s=[3, 2], rest_s=9, source={"rest_s": "own"}))
    plan = plan_of(held, exercise("plank"), levels=LEVELS, level=asked)
    assert plan.level == level
    assert [s.work.count for s in plan.steps if s.kind == "work" and s.item.index == 0] == reps
    assert [s.work for s in plan.steps if s.kind == "work" and s.item.index == 1] == [Hold(20)]
    assert {(s.work.hold_s, s.item.dose.rest_s) for s in plan.steps if s.item.index == 0} == {(3.0, 9)}


def test_a_levels_figures_keep_their_source(plan_of, exercise):
    """The source of the repetitions is that of the level."""
    plan = plan_of(exercise(dose=Dose(reps=5, source={"reps": "relief"})), levels=LEVELS, level=3)
    assert plan.items[0].dose.source == {"reps": "lasting", "sets": "lasting"}


def test_without_levels_there_is_none(plan_of, exercise):
    """A level asked of a routine that has none changes nothing."""
    assert plan_of(exercise(), level=4) == plan_of(exercise())
    assert plan_of(exercise()).level is None


# --- the weaker side -----------------------------------------------------------------------------


def sides(plan):
    """Set, of how many, and side of each work."""
    return [(s.set_no, s.sets, s.side) for s in plan.steps if s.kind == "work"]


def test_the_weaker_side_goes_first_and_gets_more(plan_of, exercise):
    """Each set begins with the weaker side, and its extra sets follow those of both."""
    one = exercise(dose=Dose(hold_s=20, sets=2, rest_s=10), sides="both", position="on the side")
    plan = plan_of(one, extra_sets=[2], weaker="right")
    assert plan.asks_weaker
    assert sides(plan) == [
        (1, 4, "right"), (1, 2, "left"), (2, 4, "right"), (2, 2, "left"), (3, 4, "right"), (4, 4, "right"),
    ]  # fmt: skip
    # After the other side there is time to turn back; after the same side only the rest.
    assert [s.length_ms for s in plan.steps if s.kind == "rest"] == [10_000, 10_000, 10_000]
    short_rest = exercise(dose=Dose(hold_s=20, rest_s=0), sides="both", position="on the side")
    rests = [s.length_ms for s in plan_of(short_rest, extra_sets=[2], weaker="left").steps if s.kind == "rest"]
    assert rests == [10_000, 3000]


@pytest.mark.parametrize("two_sided", [True, False])
def test_without_a_weaker_side_both_get_the_same(plan_of, exercise, two_sided):
    """Where the person names none, or the exercise has no sides, nothing is added."""
    one = exercise(sides="both" if two_sided else "none")
    plan = plan_of(one, extra_sets=[1], weaker=None if two_sided else "left")
    assert plan.steps == plan_of(one).steps or not two_sided
    assert sides(plan) == sides(plan_of(one))
    assert plan.asks_weaker == two_sided


def test_extra_work_extends_unequal_sets_by_the_last(plan_of, exercise):
    """What is more is as long as the last set of both sides."""
    one = exercise(dose=Dose(reps=[6, 2]), sides="both")
    plan = plan_of(one, extra_sets=[1], weaker="left")
    assert [s.work.count for s in plan.steps if s.kind == "work"] == [6, 6, 2, 2, 2]


def test_an_easier_form_gives_no_side_more(plan_of, exercise):
    """Who goes easier goes easier on both sides."""
    (item,) = plan_of(exercise(sides="both"), extra_sets=[1], weaker="right").items
    easier = eased(item, None, place=1, sets=2)
    assert (easier.extra_sets, easier.weaker) == (0, None)


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
