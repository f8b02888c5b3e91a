"""A routine while it is put together: the draft, what can be done to it, and the way back. Pure.

A draft may lack a name or have no step yet; each step that it has is one that a file may hold. What would break that is
refused and changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate
from typing import Any, TypeVar

import msgspec
from msgspec import Struct, structs

from trainer.guide.plan import Plan, plan
from trainer.library.contradictions import Fault
from trainer.library.model import Dose, Exercise, Routine, Step
from trainer.library.writing import plain
from trainer.text import clean

MOST_STEPS = 100
LONGEST_WAY_BACK = 500
"""So many edits can be undone."""
T = TypeVar("T", Step, Routine)

PURPOSE = "A routine of my own."
"""What stands where the person says nothing of what it is for: a file needs some purpose."""


class Refused(Exception):
    """An edit that no file could hold. `fault` says what was found and what is allowed."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"found {fault.found}; allowed: {fault.allowed}")
        self.fault = fault


class Draft(Struct, frozen=True):
    """A routine as far as it has come, and which step is which."""

    routine: Routine
    """Without a name, or without a step, it is not complete yet."""
    keys: tuple[int, ...]
    """A number for each step that goes with it wherever it is moved, and is never another step's."""

    def added(self, exercise: str, after: int, key: int) -> Draft:
        """With a step of `exercise` behind the step `after`, from 0; -1 puts it first."""
        self._room()
        return self._with_step(after + 1, _checked(Step(exercise=exercise)), key)

    def duplicated(self, index: int, key: int) -> Draft:
        """With the step `index` twice, one behind the other."""
        self._room()
        return self._with_step(index + 1, self.routine.step[index], key)

    def removed(self, index: int) -> Draft:
        """Without the step `index`."""
        steps, keys = list(self.routine.step), list(self.keys)
        del steps[index], keys[index]
        return self._with(steps, keys)

    def moved(self, index: int, by: int) -> Draft:
        """With the step `index` so many places further on, as far as there are any."""
        steps, keys = list(self.routine.step), list(self.keys)
        to = min(max(0, index + by), len(steps) - 1)
        steps.insert(to, steps.pop(index))
        keys.insert(to, keys.pop(index))
        return self._with(steps, keys)

    def with_dose(self, index: int, dose: Dose | None, exercise: Exercise) -> Draft:
        """With `dose` in the place of the exercise's own, or its own again. Raises `Refused`."""
        if exercise.check is not None and dose is not None:
            raise Refused(Fault(("dose",), "a dose beside a self-check", "its own, as long as it takes"))
        changed = self.with_step(index, dose=dose)
        if wrong := exercise.dose.replaced_by(dose).problem():
            key, found, allowed = wrong
            raise Refused(Fault(("dose", key) if key else ("dose",), found, allowed))
        return changed

    def with_step(self, index: int, **changes: Any) -> Draft:
        """With other figures or words in the step `index`. Raises `Refused`."""
        steps = list(self.routine.step)
        steps[index] = _checked(structs.replace(steps[index], **_cleaned(changes)))
        return self._with(steps, self.keys)

    def with_words(self, **changes: Any) -> Draft:
        """With another name, purpose, frequency or rest between exercises. Raises `Refused`.

        What a source said of a figure that is now the person's own is dropped.
        """
        changes = {key: v for key, v in _cleaned(changes).items() if getattr(self.routine, key) != v}
        if "frequency" in changes and self.routine.times_a_week is not None:
            changes.setdefault("times_a_week", None)  # it said the same as the old words
        source = {key: v for key, v in self.routine.source.items() if key not in changes}
        routine = structs.replace(self.routine, **changes, source=source)
        _checked(structs.replace(routine, id="a", step=[Step(exercise="a")]))
        return Draft(routine, self.keys)

    def _room(self) -> None:
        if len(self.routine.step) >= MOST_STEPS:
            raise Refused(Fault(("step",), f"{MOST_STEPS} exercises", f"{MOST_STEPS} at most"))

    def _with_step(self, index: int, step: Step, key: int) -> Draft:
        steps, keys = list(self.routine.step), list(self.keys)
        steps.insert(index, step)
        keys.insert(index, key)
        return self._with(steps, keys)

    def _with(self, steps: list[Step], keys: list[int] | tuple[int, ...]) -> Draft:
        return Draft(structs.replace(self.routine, step=steps), tuple(keys))


def _cleaned(changes: dict[str, Any]) -> dict[str, Any]:
    return {key: clean(value) if isinstance(value, str) else value for key, value in changes.items()}


def _checked(value: T) -> T:
    """The value, if a file may hold it. Raises `Refused`."""
    if fault := fault_in(plain(value), type(value)):
        raise Refused(fault)
    return value


def fault_in(table: dict[str, Any], kind: type[Struct], key: str | None = None) -> Fault | None:
    """The first thing wrong with a table as `kind`, by the limits that hold for files; None where nothing is.

    With `key`, what is wrong at that key alone; the others may be missing.
    """
    try:
        msgspec.convert(table, kind)
    except msgspec.ValidationError:
        from trainer.library.explain import explain

        return next((one for one in explain(table, kind).first if key is None or one.keys[:1] == (key,)), None)
    return None


# --- how long it is ---------------------------------------------------------------------------


class Lengths(Struct, frozen=True):
    """A draft laid out, and how long it takes."""

    plan: Plan
    until_ms: tuple[int, ...]
    """For each step, the time from the beginning to its end, its rest included."""

    @property
    def total_ms(self) -> int:
        """How long the whole takes."""
        return self.plan.reckoned_ms


def lengths(draft: Draft, exercises: Mapping[str, Exercise]) -> Lengths:
    """How long `draft` takes; `exercises` holds each that it names."""
    made = plan(draft.routine, exercises)
    each = [0] * len(made.items)
    for step in made.steps:
        each[step.item.place] += step.reckoned_ms
    return Lengths(made, tuple(accumulate(each)))


# --- the way back -----------------------------------------------------------------------------


class History(Struct, frozen=True):
    """A draft with the drafts before it, and those that were gone back from."""

    draft: Draft
    past: tuple[Draft, ...] = ()
    future: tuple[Draft, ...] = ()
    made: int = 0
    """How many keys were given out; none is given twice, not even after an undo."""

    def changed(self, draft: Draft) -> History:
        """With `draft` as what it is now. Where nothing differs, nothing is to be undone."""
        if draft == self.draft:
            return self
        return History(draft, (*self.past, self.draft)[-LONGEST_WAY_BACK:], (), self.made)

    def added(self, exercise: str, after: int) -> History:
        """With a step of `exercise` behind the step `after`. Raises `Refused`."""
        return self._grown(self.draft.added(exercise, after, self.made))

    def duplicated(self, index: int) -> History:
        """With the step `index` twice. Raises `Refused`."""
        return self._grown(self.draft.duplicated(index, self.made))

    def _grown(self, draft: Draft) -> History:
        return structs.replace(self.changed(draft), made=self.made + 1)

    def undone(self) -> History:
        """As it was before the last edit; the same where there is none."""
        if not self.past:
            return self
        return History(self.past[-1], self.past[:-1], (self.draft, *self.future), self.made)

    def redone(self) -> History:
        """As it was before the last `undone`; the same where there is none."""
        if not self.future:
            return self
        return History(self.future[0], (*self.past, self.draft), self.future[1:], self.made)


def first_difference(before: Draft, after: Draft) -> int | None:
    """The first step, from 0, in which two drafts differ; None where all steps are the same."""
    if (before.keys, before.routine.step) == (after.keys, after.routine.step):
        return None
    steps = zip(before.keys, before.routine.step, after.keys, after.routine.step, strict=False)
    differ = (number for number, (key, old, other, new) in enumerate(steps) if (key, old) != (other, new))
    return next(differ, min(len(before.keys), len(after.keys)))


def begun(routine: Routine) -> History:
    """The way back of a draft that begins as `routine`."""
    keys = tuple(range(len(routine.step)))
    return History(Draft(routine, keys), made=len(keys))


def blank() -> History:
    """A draft of nothing yet."""
    return begun(Routine(id="", name="", purpose="", step=[]))
