"""A routine laid out as steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct, structs

from trainer.library.model import (
    Breaths,
    Dose,
    Exercise,
    Position,
    Prescription,
    Repetitions,
    Routine,
    Side,
    Weaker,
)

StepKind = Literal["get_ready", "work", "change_side", "rest", "rate"]

# Seconds to get into a position from another one, and to turn over in it (own).
GET_READY_S: dict[Position, int] = {
    "standing": 6,
    "walking": 6,
    "seated": 8,
    "kneeling": 10,
    "hands and knees": 10,
    "face down": 12,
    "on the side": 12,
    "on the back": 12,
}
SAME_POSITION_S = 6
CHANGE_SIDE_S: dict[Position, int] = {
    "standing": 4,
    "walking": 4,
    "seated": 4,
    "kneeling": 6,
    "hands and knees": 4,
    "face down": 5,
    "on the side": 10,
    "on the back": 5,
}
REST_BETWEEN_SETS_S = 20
"""Where a dose of several sets names no rest (own)."""


class Item(Struct, frozen=True):
    """One exercise of the plan, with its dose."""

    place: int
    """Its own number in this plan; never used twice."""
    index: int
    """Which step of the routine it comes from, from 0; an easier form keeps that of what it replaces."""
    exercise: Exercise
    dose: Dose
    rest_after_s: int
    eased: bool = False
    extra_sets: int = 0
    """Sets more on the weaker side."""
    weaker: Weaker | None = None
    """The side that goes first and gets the extra sets; None where the person named none."""

    @property
    def name(self) -> str:
        """The exercise's name."""
        return self.exercise.name


class Step(Struct, frozen=True):
    """One step of the plan. Steps before a work carry the set and side of the work to come."""

    kind: StepKind
    item: Item
    set_no: int
    """From 1."""
    sets: int
    side: Side
    work: Prescription
    length_ms: int | None
    """None where nobody can know."""

    @property
    def reckoned_ms(self) -> int:
        """Milliseconds to reckon with when the time of a plan is added up."""
        if self.length_ms is not None:
            return self.length_ms
        return round(self.work.reckoned_s * 1000)

    @property
    def side_name(self) -> str:
        """The side in words, empty where there is none."""
        if self.side == "left":
            return self.item.exercise.side_names.left
        if self.side == "right":
            return self.item.exercise.side_names.right
        return "side to side" if self.side == "alternating" else ""


class Plan(Struct, frozen=True):
    """A routine's items and all their steps, in order."""

    routine: Routine
    items: tuple[Item, ...]
    steps: tuple[Step, ...]
    level: int | None = None
    """The rung of a routine that grows, from 1."""
    weaker: Weaker | None = None
    left_out: tuple[str, ...] = ()
    """What a short or filtered form left out, in words."""

    @property
    def asks_weaker(self) -> bool:
        """Whether any exercise gives the weaker side more."""
        return any(_extra_sets(self.routine, item.index, item.exercise) for item in self.items)

    @property
    def only_checks(self) -> bool:
        """Whether there is nothing in it but self-checks, which have no pain to compare."""
        return all(item.exercise.check is not None for item in self.items)

    @property
    def reckoned_ms(self) -> int:
        """Milliseconds that the whole plan takes where nothing intervenes."""
        return sum(step.reckoned_ms for step in self.steps)

    def first_step_of(self, index: int) -> int:
        """The position of the first step of the routine's step `index`, from 0. Raises IndexError."""
        for position, step in enumerate(self.steps):
            if step.item.index == index:
                return position
        raise IndexError(index)


def plan(
    routine: Routine,
    exercises: Mapping[str, Exercise],
    *,
    level: int | None = None,
    weaker: Weaker | None = None,
) -> Plan:
    """Lay `routine` out. `exercises` holds each that it names; every dose is whole.

    `level` is the rung of a routine that grows, from 1; its first where none is named, its last where there is no
    such one. `weaker` is the side that gets the sets that some steps add.
    """
    rungs = len(routine.level)
    level = min(max(level or 1, 1), rungs) if rungs else None
    items = tuple(
        _item(routine, index, exercises[step.exercise], level, weaker) for index, step in enumerate(routine.step)
    )
    return Plan(routine, items, tuple(_all_steps(items)), level=level, weaker=weaker)


def _item(routine: Routine, index: int, exercise: Exercise, level: int | None, weaker: Weaker | None) -> Item:
    step = routine.step[index]
    dose = exercise.dose.replaced_by(step.dose)
    if level is not None:
        rung = routine.level[level - 1]
        dose = dose.at_level(rung.reps, rung.sets, rung.source)
    more = _extra_sets(routine, index, exercise) if weaker is not None else 0
    return Item(
        place=index,
        index=index,
        exercise=exercise,
        dose=dose,
        rest_after_s=routine.rest_after_s if step.rest_after_s is None else step.rest_after_s,
        extra_sets=more,
        weaker=weaker if more else None,
    )


def _extra_sets(routine: Routine, index: int, exercise: Exercise) -> int:
    return routine.step[index].extra_sets if exercise.sides == "both" else 0


def with_items(made: Plan, items: Sequence[Item], left_out: Sequence[str]) -> Plan:
    """`made` with only these of its items, which may have been cut, and what was left out for it."""
    items = tuple(items)
    return structs.replace(made, items=items, steps=tuple(_all_steps(items)), left_out=(*made.left_out, *left_out))


def _all_steps(items: Sequence[Item]) -> Iterator[Step]:
    before: Position | None = None
    for item in items:
        yield from steps_of(item, before)
        before = item.exercise.position


def steps_of(item: Item, before: Position | None) -> Iterator[Step]:
    """The steps of one exercise, for a person who comes from the position `before`."""
    position = item.exercise.position
    sides: tuple[Side, ...] = {
        "both": ("left", "right"),
        "none": ("none",),
        "alternating": ("alternating",),
    }[item.exercise.sides]  # type: ignore[assignment]  # mypy widens the literals of a dict
    if item.weaker is not None:
        sides = (item.weaker, "right" if item.weaker == "left" else "left")
    works = item.dose.sets_of_work()
    rest_s = REST_BETWEEN_SETS_S if item.dose.rest_s is None else item.dose.rest_s
    before_side: Side | None = None
    for set_no, work in enumerate((*works, *works[-1:] * item.extra_sets), 1):
        for side in sides if set_no <= len(works) else sides[:1]:
            if before_side is None:
                lead: tuple[StepKind, int] = ("get_ready", get_ready_s(position, before))
            elif side is not sides[0]:
                lead = ("change_side", CHANGE_SIDE_S[position])
            else:
                # The last side's turn back takes its time also where no rest is asked for.
                lead = ("rest", max(rest_s, CHANGE_SIDE_S[position] if before_side is not side else 3))
            before_side = side
            sets = len(works) + (item.extra_sets if side is sides[0] else 0)
            step = Step(lead[0], item, set_no, sets, side, work, lead[1] * 1000)
            yield step
            yield structs.replace(step, kind="work", length_ms=_length_ms(work))
    if item.exercise.check is None:  # a look asks a question of its own, not for pain
        yield Step("rate", item, len(works), len(works), sides[-1], works[-1], item.rest_after_s * 1000)


def get_ready_s(position: Position, before: Position | None) -> int:
    """Seconds to get ready in a position for a person who comes from the position `before`."""
    return SAME_POSITION_S if position == before else GET_READY_S[position]


def from_position(step: Step, before: Position) -> Step:
    """`step` for a person who comes from the position `before`: only getting ready depends on it."""
    if step.kind != "get_ready":
        return step
    return structs.replace(step, length_ms=get_ready_s(step.item.exercise.position, before) * 1000)


def _length_ms(work: Prescription) -> int | None:
    if isinstance(work, Repetitions | Breaths):
        return work.count * round(work.each_s * 1000)  # so that every boundary is a whole millisecond
    return None if work.length_s is None else round(work.length_s * 1000)


def eased(item: Item, easier: Exercise | None, *, place: int, sets: int) -> Item:
    """The easier form of `item`: the exercise that its file names, else the same with half of the work.

    `sets` is the greatest number of sets that are left to do.
    """
    dose = easier.dose if easier is not None else item.dose.halved()
    figures: dict[str, object] = {}
    for key in Dose.LISTS:
        value = getattr(dose, key)
        if isinstance(value, list):
            figures[key] = value[:sets]
    if not figures:
        figures["sets"] = min(sets, dose.sets or 1)
    elif dose.sets is not None:
        figures["sets"] = None
    return structs.replace(
        item,
        place=place,
        exercise=easier if easier is not None else item.exercise,
        dose=structs.replace(dose, **figures),
        eased=True,
        extra_sets=0,
        weaker=None,
    )


def swapped(steps: Sequence[Step], item: Item, instead: Item, ease: Callable[[Item, int], Item]) -> list[Step]:
    """The steps that follow `instead`, with easier forms wherever the exercise of `item` comes again.

    `ease` gives the easier form of an item with at most so many sets.
    """
    again = {step.item.index for step in steps if step.item.exercise.id == item.exercise.id}
    before = instead.exercise.position
    out: list[Step] = []
    for step in steps:
        if step.item.index not in again:
            out.append(from_position(step, before))
        elif not out or out[-1].item.index != step.item.index:
            out.extend(steps_of(ease(step.item, step.sets), before))
        before = out[-1].item.exercise.position
    return out
