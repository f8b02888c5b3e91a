"""What becomes a fact, and when two plans are the same."""

from __future__ import annotations

import msgspec
import pytest
from msgspec import structs

from sessions.facts import draft
from sessions.records import Eased, PainRated, SessionEnded, Stamp, WorkDone
from tests.guide.conftest import make_exercise, make_plan
from trainer.guide import events as e
from trainer.guide.plan import Item, plan
from trainer.guide.plan import Step as PlanStep
from trainer.guide.record import begun, content_hash, facts
from trainer.library.model import (
    Breaths,
    Cues,
    Dose,
    Exercise,
    Hold,
    Level,
    Open,
    Repetitions,
    Routine,
    SelfPaced,
    Step,
)

ITEM = Item(0, 3, make_exercise("plank"), Dose(hold_s=20), 15)
HOLD = PlanStep("work", ITEM, 2, 3, "left", Hold(20), 20_000)
REPS = structs.replace(HOLD, work=Repetitions(5, 2.0, 0.0, 2.0))
BREATHS = structs.replace(HOLD, work=Breaths(3, 4.0, 6.0), length_ms=30_000)
OWN_PACE = structs.replace(HOLD, work=SelfPaced(12), length_ms=None)
OPEN = structs.replace(HOLD, work=Open(60), length_ms=None)


def work(step, outcome="cut_short", actual_ms=8000, count=None, attempt=1):
    (fact,) = facts(e.WorkEnded(1, step, outcome, attempt, actual_ms, count), step_number=7)
    return fact


def test_work_is_recorded_with_all_that_says_which_it_was():
    """A work's fact says which step, exercise, set and side it was, how it ended, and what was planned and done."""
    assert work(HOLD, attempt=4) == WorkDone(
        7, 3, "plank", "plank", 2, 3, "left", "cut_short", 4, 20_000, 8000, None, None, False
    )


@pytest.mark.parametrize(
    ("step", "outcome", "count", "expected"),
    [
        (HOLD, "done", None, (20_000, None, None, False)),
        (HOLD, "skipped", None, (20_000, None, None, False)),
        (REPS, "done", 5, (20_000, 5, 5, False)),
        (REPS, "cut_short", 0, (20_000, 5, 0, False)),
        (REPS, "skipped", None, (20_000, 5, 0, False)),
        (BREATHS, "cut_short", 2, (30_000, 3, 2, True)),
        (BREATHS, "skipped", None, (30_000, 3, 0, True)),
        (OWN_PACE, "done", 12, (None, 12, 12, False)),
        (OWN_PACE, "cut_short", None, (None, 12, None, False)),
        (OWN_PACE, "skipped", None, (None, 12, 0, False)),
        (OPEN, "done", None, (None, None, None, False)),
    ],
)
def test_counted_work_is_recorded_by_its_count(step, outcome, count, expected):
    """Repetitions and breaths say how many were planned and done: none where skipped, nothing where nobody counted."""
    fact = work(step, outcome, count=count)
    assert (fact.planned_ms, fact.planned_reps, fact.actual_reps, fact.breaths) == expected


def test_a_rating_is_recorded_with_its_exercise():
    """A rating's fact says after which exercise of the routine it was given."""
    assert list(facts(e.Rated(1, ITEM, 4))) == [PainRated("after_exercise", 4, 3, "plank", "plank")]
    assert list(facts(e.Rated(1, ITEM, 2, "left"))) == [PainRated("after_exercise", 2, 3, "plank", "plank", "left")]


def test_an_easier_form_is_recorded():
    """The fact of an easier form says what it replaces and what took its place."""
    easier = structs.replace(ITEM, place=9, exercise=make_exercise("knee-plank"), eased=True)
    assert list(facts(e.Eased(1, ITEM, easier))) == [
        Eased(3, "plank", "knee-plank", "knee-plank", "asked for by the person")
    ]


@pytest.mark.parametrize("how", ["finished", "stopped"])
def test_the_end_is_recorded_with_the_time_before(how):
    """The end's fact holds the time of the whole session, that before it was taken up again included."""
    assert list(facts(e.Finished(1, how, 70_000, 5000), before_active_ms=30_000)) == [
        SessionEnded(how, "", 100_000, 5000)
    ]


SILENT = [
    e.StepBegan(1, HOLD),
    e.StepContinued(1, HOLD),
    e.StepEnded(1, HOLD),
    e.HalfWay(1),
    e.SecondsLeft(1, 3),
    e.PartBegan(1, 2),
    e.RepetitionBegan(1, 1, 5),
    e.RepetitionHeld(1, 1),
    e.RepetitionReturned(1, 1),
    e.BreathIn(1, 1, 3),
    e.BreathOut(1, 1),
    e.TimeChanged(1, 30_000),
    e.RatingDue(1, ITEM),
    e.RatingOwed(1, ITEM),
    e.Paused(1, "gap", 9000),
    e.Resumed(1),
]


def test_all_else_is_no_fact():
    """No other event is stored; and none is forgotten in this list."""
    assert not [fact for event in SILENT for fact in facts(event)]
    spoken = {e.WorkEnded, e.Rated, e.Answered, e.Eased, e.Finished}
    assert {type(event) for event in SILENT} | spoken == set(e.Event.__subclasses__())


def test_the_beginning_is_a_snapshot_of_the_routine():
    """The first fact names each exercise with its dose in words and how many works it takes."""
    what = make_plan(
        make_exercise("plank", Dose(hold_s=20, sets=2)), make_exercise("clam", Dose(reps=15, sets=2), sides="both")
    )
    fact = begun(what, from_step=4)
    assert (fact.routine, fact.name, fact.steps, fact.from_step) == ("any", "Any", len(what.steps), 4)
    assert fact.content_hash == content_hash(what)
    assert [msgspec.structs.astuple(one) for one in fact.exercises] == [
        (0, "plank", "plank", "20 s hold, 2 sets", 2),
        (1, "clam", "clam", "15 repetitions each side, 2 sets", 4),
    ]


def test_an_exercise_that_comes_twice_is_counted_apart():
    """The works of an exercise that a routine holds twice are those of each place."""
    one = make_exercise("plank", Dose(hold_s=20, sets=3))
    routine = Routine("any", "Any", "Any.", [Step("plank"), Step("plank", Dose(sets=1))])
    assert [planned.works for planned in begun(plan(routine, {"plank": one})).exercises] == [3, 1]


def test_the_longest_snapshot_can_be_stored():
    """A dose of twenty different sets is no longer in words than a fact may be."""
    one = make_exercise("plank", Dose(reps=list(range(181, 201)), hold_s=list(range(3581, 3601))), sides="both")
    fact = begun(make_plan(one))
    stored = draft("s", fact, Stamp(0, 0, ""), lambda size: bytes(size))
    assert stored.parsed() == fact


# --- the content's hash ---------------------------------------------------------------------------

EXERCISE = Exercise(
    "plank",
    "Plank",
    "strength",
    "face down",
    "Any.",
    Dose(reps=[6, 4], hold_s=8, source={"reps": "own", "hold_s": "lasting"}),
    Cues(move=["Breathe."]),
)
ROUTINE = Routine("any", "Any", "Any.", [Step("plank", why="It is first."), Step("plank")])


def hashed(routine=ROUTINE, exercise=EXERCISE):
    return content_hash(plan(routine, {"plank": exercise}))


def changed(value):
    """Each field of a value changed, one at a time."""
    other = {
        "id": "other",
        "name": "Other",
        "kind": "stretch",
        "position": "seated",
        "purpose": "Other.",
        "dose": Dose(reps=[6, 5], hold_s=8),
        "cues": Cues(move=["Breathe out."]),
        "sides": "both",
        "side_names": structs.replace(EXERCISE.side_names, left="left leg"),
        "easier": "other",
        "harder": "other",
        "step": [Step("plank"), Step("plank")],
        "group": "back",
        "frequency": "Daily",
        "rest_after_s": 16,
        "source": {"frequency": "own"},
        "level": [Level(5)],
    }
    for field in value.__struct_fields__:
        if field == "id" and isinstance(value, Exercise):
            continue  # a routine that names it changes with it
        yield field, structs.replace(value, **{field: other.get(field, ["other"])})


@pytest.mark.parametrize(("field", "value"), changed(ROUTINE))
def test_any_change_of_the_routine_changes_the_hash(field, value):
    """A routine of which anything is different is not the same."""
    assert hashed(routine=value) != hashed()


@pytest.mark.parametrize(("field", "value"), changed(EXERCISE))
def test_any_change_of_an_exercise_changes_the_hash(field, value):
    """A routine with an exercise of which anything is different is not the same."""
    assert hashed(exercise=value) != hashed()


@pytest.mark.parametrize(
    "dose",
    [Dose(sets=3), Dose(rest_s=5), Dose(reps=6), Dose(hold_s=9), Dose(breaths=3), Dose(open=True), Dose(says="Any.")],
)
def test_another_dose_in_the_routine_changes_the_hash(dose):
    """A routine that asks for more or less of an exercise is not the same."""
    assert hashed(routine=structs.replace(ROUTINE, step=[Step("plank", dose), Step("plank")])) != hashed()


def test_the_order_changes_the_hash():
    """The same exercises in another order are another routine."""
    assert hashed(routine=structs.replace(ROUTINE, step=ROUTINE.step[::-1])) != hashed()


def test_the_hash_is_stable():
    """The same content has the same hash, in whatever order a file's tables were written, and on every machine."""
    turned = Dose(reps=[6, 4], hold_s=8, source={"hold_s": "lasting", "reps": "own"})
    again = msgspec.convert(msgspec.to_builtins(structs.replace(EXERCISE, dose=turned)), Exercise)
    assert hashed(exercise=again) == hashed()
    assert len(hashed()) == 64
    assert set(hashed()) <= set("0123456789abcdef")
