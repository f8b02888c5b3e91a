"""What the tests of the guide build on: exercises in a line, and a walk through their plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from trainer.guide import events as e
from trainer.guide.engine import Engine
from trainer.guide.plan import Plan, plan
from trainer.guide.state import State
from trainer.library.model import (
    Answer,
    Check,
    Cues,
    Dose,
    Exercise,
    Level,
    Routine,
    Side,
    Step,
    Weaker,
)


def make_exercise(id: str = "plank", dose: Dose | None = None, **more: object) -> Exercise:
    """An exercise; a hold of 20 s without sides, standing, where nothing else is said."""
    values: dict[str, object] = {"kind": "strength", "position": "standing", "purpose": "Any.", "cues": Cues(), **more}
    return Exercise(id=id, name=id, dose=dose or Dose(hold_s=20), **values)  # type: ignore[arg-type]


CHECK = Check(
    "Does it touch?",
    [
        Answer("yes", "It touches", says="Does the other one?", routine="easy"),
        Answer("no", "It does not", says="Is it tight?", routine="hips"),
        Answer("unsure", "I cannot tell"),
    ],
)


def make_check(id: str = "look", **more: object) -> Exercise:
    """A self-check of both sides, reckoned at 30 s each."""
    return make_exercise(id, Dose(open=True, about_s=30), **{"kind": "check", "check": CHECK, "sides": "both", **more})


def make_plan(
    *exercises: Exercise,
    rest_after_s: int = 15,
    priorities: Sequence[int] = (),
    extra_sets: Sequence[int] = (),
    weaker: Weaker | None = None,
    levels: Sequence[Level] = (),
    level: int | None = None,
) -> Plan:
    """A plan of these exercises, in order; priorities and extra sets are those of its first steps."""
    steps = [
        Step(exercise.id, priority=priority, extra_sets=more)
        for exercise, priority, more in zip(
            exercises, [*priorities, *[3] * len(exercises)], [*extra_sets, *[0] * len(exercises)], strict=False
        )
    ]
    routine = Routine(id="any", name="Any", purpose="Any.", step=steps, rest_after_s=rest_after_s, level=list(levels))
    return plan(routine, {exercise.id: exercise for exercise in exercises}, level=level, weaker=weaker)


class Walk:
    """An engine under way, called once a second, and all that it said."""

    def __init__(
        self,
        *exercises: Exercise,
        rest_after_s: int = 15,
        easier: Sequence[Exercise] = (),
        start: bool = True,
        owed: tuple[int, ...] = (),
        looked: Mapping[tuple[int, Side], str | None] | None = None,
    ) -> None:
        self.plan = make_plan(*(exercises or (make_exercise(),)), rest_after_s=rest_after_s)
        self.engine = Engine(self.plan, {exercise.id: exercise for exercise in easier}, owed=owed, looked=looked)
        self.said: list[e.Event] = []
        if start:
            self.send(e.Start())

    def send(self, *commands: e.Command) -> tuple[e.Event, ...]:
        """Send the commands and return what all of them gave."""
        events = tuple(event for command in commands for event in self.engine.send(command))
        self.said.extend(events)
        return events

    def wait(self, ms: int) -> tuple[e.Event, ...]:
        """Let time go on, a second at a time."""
        until_ms, events = self.engine.now_ms + ms, ()
        while self.engine.now_ms < until_ms and self.engine.state is not State.ENDED:
            events += self.engine.advance(min(until_ms, self.engine.now_ms + 1000))
        self.said.extend(events)
        return events

    def to(self, kind: str = "work", *, set_no: int = 1, side: str | None = None, place: int | None = None) -> Walk:
        """Go on by `Next` to the first such step."""
        for _ in range(len(self.engine.steps) + 1):
            step = self.engine.step
            if (
                step.kind == kind
                and step.set_no >= set_no
                and side in (None, step.side)
                and place in (None, step.item.place)
            ):
                return self
            self.send(e.Next())
        raise AssertionError("there is no such step")

    def heard(self, *types: type) -> list[e.Event]:
        """What was said of these kinds."""
        return [event for event in self.said if isinstance(event, types)]

    @property
    def works(self) -> list[tuple[str, int, int | None]]:
        """How each work ended: outcome, milliseconds, count."""
        return [(w.outcome, w.actual_ms, w.actual_count) for w in self.said if isinstance(w, e.WorkEnded)]

    @property
    def at(self) -> tuple[str, int, str, int | None]:
        """Where the guide is: the step's kind, set and side, and what is left of it."""
        step = self.engine.step
        return step.kind, step.set_no, step.side, self.engine.remaining_ms


@pytest.fixture
def exercise() -> Callable[..., Exercise]:
    """Makes an exercise."""
    return make_exercise


@pytest.fixture
def plan_of() -> Callable[..., Plan]:
    """Makes a plan."""
    return make_plan


@pytest.fixture
def walk() -> type[Walk]:
    """Makes a walk."""
    return Walk
