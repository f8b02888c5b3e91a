"""All that ships, from start to end: each routine and each exercise by itself, rehearsed line by line in told time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.cli.conftest import Person, Plain
from trainer.cli.plain.guide import Guidance
from trainer.guide import words
from trainer.guide.plan import Plan, Step
from trainer.kit import Order
from trainer.library.shelf import Library

LIBRARY = Library()


def forms() -> Iterator[Any]:
    """Each id as it stands first, at each level, and with a weaker side; ids with self-checks answered as well."""
    (routines, wrong), (exercises, worse) = LIBRARY.routines(), LIBRARY.exercises()
    assert not wrong
    assert not worse
    for one in (*routines, *exercises):
        practice = LIBRARY.practice(one.id)
        steps = practice.step
        orders = {one.id: Order()}
        orders |= {f"{one.id} at level {n}": Order(level=n) for n, _ in enumerate(practice.level, 1)}
        if any(step.extra_sets for step in steps):
            orders[f"{one.id} with a weaker side"] = Order(weaker="right")
        looks = any(LIBRARY.exercise(step.exercise).check is not None for step in steps)
        for name, order in orders.items():
            yield pytest.param(one.id, order, False, id=name)
            if looks:
                yield pytest.param(one.id, order, True, id=f"{name} answered")


def looks(plan: Plan) -> list[Step]:
    """Each look of the self-checks, in order."""
    return [step for step in plan.steps if step.kind == "work" and step.item.exercise.check is not None]


@pytest.mark.parametrize(("id", "order", "answered"), list(forms()))
def test_every_id_runs_from_start_to_end(plain: Plain, id: str, order: Order, answered: bool) -> None:
    """Each exercise is announced and done, the time is that of the plan, and looks stay as they were answered."""
    kit = plain.make_kit(rehearsal=True)
    plan, exercises = kit.prepare_as(id, order)
    typed = [("It goes on after", "1") for _ in looks(plan)] if answered else []
    person = Person(plain.clock, typed, interactive=False)
    person.ended = not answered
    assert Guidance(kit, plan, exercises, person, order=order, write=person.write).run() == 0
    kit.close()

    said = person.output
    count = len(plan.items)
    for number, item in enumerate(plan.items, 1):
        assert f"{number} of {count}: {item.name}." in said
        missing = "Not rated." if item.exercise.check is None else "Not answered."
        assert f"{item.name}: done.{'' if answered and item.exercise.check else f' {missing}'}" in said
    assert "That was all." in said
    assert ("Next time" if plan.only_checks else "Tomorrow") in said
    for step in looks(plan):
        check = step.item.exercise.check
        assert check is not None
        told = f"{words.looked_at(step.item, step.side)}: {check.answer[0].text}"
        assert (told in said) == answered
    # An answer ends a look at once; what nobody answers takes its time.
    ms = sum(step.reckoned_ms for step in plan.steps if not (answered and step in looks(plan)))
    assert f"{words.title(plan)}: done, {words.clock(ms)} in all." in said
