"""Short and filtered forms: what is kept, what is left out, and when nothing is left."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from tests.guide.any_session import SETTINGS, plans
from tests.guide.conftest import make_check, make_exercise, make_plan
from trainer.guide.plan import Plan, with_items
from trainer.guide.shorten import NothingLeft, Wish, filtered, fits, fitted, wished
from trainer.kit import step_named
from trainer.library.model import Dose

TWO = Dose(hold_s=20, sets=2, rest_s=10)


def short(plan: Plan) -> list[tuple[str, int]]:
    """Each exercise with its sets, those of the weaker side included."""
    return [(item.exercise.id, item.dose.number_of_sets + item.extra_sets) for item in plan.items]


# One exercise of two sets: ready 6, 20, rest 10, 20, rate 15 = 71 s; of one set 41 s.
@pytest.mark.parametrize(
    ("priorities", "seconds", "kept", "left_out"),
    [
        ((3, 3, 3), 213, [("a", 2), ("b", 2), ("c", 2)], ()),
        ((3, 3, 3), 212, [("a", 2), ("b", 2), ("c", 1)], ("1 set of c",)),
        ((5, 3, 1), 212, [("a", 1), ("b", 2), ("c", 2)], ("1 set of a",)),
        ((5, 3, 1), 182, [("a", 1), ("b", 1), ("c", 2)], ("1 set of a", "1 set of b")),
        ((5, 3, 1), 123, [("a", 1), ("b", 1), ("c", 1)], ("1 set of a", "1 set of b", "1 set of c")),
        ((5, 3, 1), 122, [("b", 1), ("c", 2)], ("a", "1 set of b")),  # c's second set has room again
        ((1, 1, 2), 122, [("a", 2), ("b", 1)], ("1 set of b", "c")),
        ((5, 3, 1), 82, [("b", 1), ("c", 1)], ("a", "1 set of b", "1 set of c")),
        ((5, 3, 1), 81, [("c", 2)], ("a", "b")),
        ((5, 3, 1), 41, [("c", 1)], ("a", "b", "1 set of c")),
    ],
)
def test_sets_go_first_then_exercises_by_priority(priorities, seconds, kept, left_out):
    """Sets are dropped before exercises, those of the least priority first; what has room after all comes back."""
    made = make_plan(*(make_exercise(id_, TWO) for id_ in "abc"), priorities=priorities)
    found = fitted(made, seconds * 1000)
    assert (short(found), found.left_out) == (kept, left_out)
    assert found.reckoned_ms <= seconds * 1000


def test_what_fits_stays_as_it_is():
    """A routine that fits is the very same, and nothing is said to be left out."""
    made = make_plan(make_exercise())
    assert fitted(made, made.reckoned_ms) is made
    assert wished(made, Wish(minutes=600)) is made
    assert wished(made, Wish()) is made


def test_where_the_most_wanted_does_not_fit_another_may():
    """An exercise that alone is too long makes room for one that is not."""
    made = make_plan(make_exercise("long", Dose(hold_s=200)), make_exercise("brief"), priorities=(1, 5))
    assert (short(fitted(made, 60_000)), fitted(made, 60_000).left_out) == ([("brief", 1)], ("long (too long)",))


def test_nothing_left_says_what_would_be_enough():
    """Where not even one set fits, the error says what was asked for and how long the shortest form is."""
    made = make_plan(make_exercise("a", Dose(hold_s=120, sets=3)), make_exercise("b", Dose(hold_s=110, sets=3)))
    with pytest.raises(NothingLeft) as raised:
        wished(made, Wish(minutes=2))
    assert raised.value.found == "2 min for Any"
    assert raised.value.allowed == "3 min or more, as its shortest form takes 2:11"
    assert short(wished(made, Wish(minutes=3))) == [("a", 1)]


def test_a_second_over_is_still_the_minute():
    """A length is only reckoned: a break of 61 s is one of a minute."""
    made = make_plan(make_exercise("a", Dose(hold_s=40)))
    assert made.reckoned_ms == 61_000
    assert wished(made, Wish(minutes=1)) is made
    with pytest.raises(NothingLeft):
        wished(make_plan(make_exercise("a", Dose(hold_s=42))), Wish(minutes=1))


def test_unequal_sets_keep_the_first_ones():
    """Sets that differ lose the last."""
    made = make_plan(make_exercise("a", Dose(reps=[6, 4, 2], tempo_s=(1, 1), rest_s=10)))
    found = fitted(made, made.reckoned_ms - 1000)
    assert [step.work.count for step in found.steps if step.kind == "work"] == [6, 4]


def test_the_weaker_sides_set_goes_before_those_of_both_sides():
    """What the weaker side gets more is the first to be dropped; it still begins."""
    one = make_exercise("a", TWO, sides="both")
    made = make_plan(one, extra_sets=[1], weaker="right")
    found = fitted(made, made.reckoned_ms - 1000)
    assert found.left_out == ("1 set of a",)
    assert [(s.set_no, s.side) for s in found.steps if s.kind == "work"] == [
        (1, "right"), (1, "left"), (2, "right"), (2, "left"),
    ]  # fmt: skip


FLOOR = make_exercise("floor", position="on the back")
BENCH = make_exercise("bench", position="on the back", floor=False, equipment=["bench", "Mat"])
LOUD = make_exercise("loud", noise=True, sweat=True)
STILL = make_exercise("still", optional=["wall"])


@pytest.mark.parametrize(
    ("wish", "kept", "left_out"),
    [
        (Wish(no_floor=True), ["bench", "loud", "still"], ("floor (on the floor)",)),
        (Wish(quiet=True), ["floor", "bench", "still"], ("loud (can be heard nearby)",)),
        (Wish(without=("mat",)), ["floor", "loud", "still"], ("bench (needs Mat)",)),
        (Wish(without=("mat", "bench")), ["floor", "loud", "still"], ("bench (needs bench, Mat)",)),
        (Wish(without=("wall",)), ["floor", "bench", "loud", "still"], ()),
        (
            Wish(no_floor=True, quiet=True, without=("bench",)),
            ["still"],
            ("floor (on the floor)", "bench (needs bench)", "loud (can be heard nearby)"),
        ),
        (Wish(minutes=1, quiet=True), ["floor"], ("loud (can be heard nearby)", "bench", "still")),
    ],
)
def test_what_does_not_suit_is_left_out_with_the_reason(wish, kept, left_out):
    """The floor, noise and equipment leave exercises out, each with its reason; then the time is seen to."""
    found = wished(make_plan(FLOOR, BENCH, LOUD, STILL), wish)
    assert ([item.exercise.id for item in found.items], found.left_out) == (kept, left_out)


def test_a_filter_that_leaves_nothing_says_why():
    """Where nothing suits, the error names each exercise with its reason."""
    with pytest.raises(NothingLeft, match=r"nothing left of Any: floor \(on the floor\)"):
        wished(make_plan(FLOOR), Wish(no_floor=True))


def test_a_step_is_named_in_a_short_form():
    """`--from` counts the exercises that are left; one that was left out is refused."""
    from trainer.library.errors import LibraryError

    found = wished(make_plan(FLOOR, STILL, LOUD), Wish(no_floor=True))
    assert [step_named(found, name) for name in ("1", "still", "2", "loud")] == [0, 0, 3, 3]
    with pytest.raises(LibraryError, match="1 to 2, or one of: still, loud"):
        step_named(found, "floor")


# --- whatever the plan ---------------------------------------------------------------------------


@st.composite
def wanted(draw: st.DrawFn) -> Plan:
    """Any plan whose steps have any priorities."""
    made = draw(plans())
    steps = [structs.replace(step, priority=draw(st.integers(1, 5))) for step in made.routine.step]
    return structs.replace(made, routine=structs.replace(made.routine, step=steps))


def sets_of(made: Plan) -> dict[int, int]:
    return {item.place: item.dose.number_of_sets + item.extra_sets for item in made.items}


def with_sets(made: Plan, sets: dict[int, int]) -> Plan:
    """`made` with this many sets of each item, laid out anew."""
    items = []
    for item in made.items:
        if number := sets.get(item.place, 0):
            own = item.dose.number_of_sets
            dose = item.dose if number >= own else item.dose.with_sets(number)
            items.append(structs.replace(item, dose=dose, extra_sets=max(0, number - own)))
    return with_items(made, items, ())


@SETTINGS
@given(wanted(), st.integers(0, 240_000))
def test_the_short_form_is_the_most_that_fits(made: Plan, limit_ms: int) -> None:
    """It never exceeds the limit, not one set more would fit, and nothing is left only where no single set fits."""
    try:
        found = fitted(made, limit_ms)
    except NothingLeft:
        assert all(with_sets(made, {item.place: 1}).reckoned_ms > limit_ms for item in made.items)
        return
    assert found.reckoned_ms <= limit_ms
    assert found.items
    sets, planned = sets_of(found), sets_of(made)
    assert all(sets[place] <= planned[place] for place in sets)
    for place, number in planned.items():
        if sets.get(place, 0) < number:
            assert with_sets(made, {**sets, place: sets.get(place, 0) + 1}).reckoned_ms > limit_ms
    assert bool(found.left_out) == (sets != planned)


@SETTINGS
@given(wanted(), st.integers(0, 240_000))
def test_no_exercise_makes_room_for_one_of_a_worse_priority(made: Plan, limit_ms: int) -> None:
    """One that is left out would not fit even if all of worse priority went, and the others had one set each."""
    try:
        found = fitted(made, limit_ms)
    except NothingLeft:
        return
    kept = {item.place for item in found.items}
    priority = {item.place: made.routine.step[item.index].priority for item in made.items}
    for place in priority.keys() - kept:
        better = {other: 1 for other in kept if priority[other] <= priority[place]}
        assert with_sets(made, {**better, place: 1}).reckoned_ms > limit_ms


@SETTINGS
@given(plans(), st.booleans(), st.lists(st.sampled_from(["plank", "bridge", "clam"]), max_size=3))
def test_a_filtered_form_holds_nothing_that_does_not_suit(made: Plan, no_floor: bool, noisy: list[str]) -> None:
    """Whatever is left out, what remains suits, in its order and with its doses."""
    items = [
        structs.replace(item, exercise=structs.replace(item.exercise, noise=item.exercise.id in noisy))
        for item in made.items
    ]
    made = with_items(made, items, ())
    wish = Wish(no_floor=no_floor, quiet=True)
    suits = [item for item in made.items if fits(item.exercise, wish)]
    try:
        found = filtered(made, no_floor=no_floor, quiet=True, without=())
    except NothingLeft:
        assert not suits
        return
    assert list(found.items) == suits
    assert not any(item.exercise.noise or (no_floor and item.exercise.on_floor) for item in found.items)
    assert {step.item.place for step in found.steps} == {item.place for item in suits}


def test_the_largest_routine_is_shortened_at_once():
    """A hundred exercises of twenty sets are shortened without laying each form out."""
    exercises = [make_exercise(f"e{number}", Dose(hold_s=10, sets=20), sides="both") for number in range(100)]
    found = fitted(make_plan(*exercises), 60_000)
    assert len(found.items) == 1
    assert len(found.left_out) == 100


def test_a_look_may_be_left_out_too():
    """A self-check counts with the time that it is reckoned at."""
    made = make_plan(make_exercise(), make_check(), priorities=(1, 2))
    assert fitted(made, 60_000).left_out == ("look",)
