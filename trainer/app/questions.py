"""The questions that the guide asks in between, each with its answers by one key."""

from __future__ import annotations

from collections.abc import Mapping

from trainer.app.choose import ChooseScreen
from trainer.conductor import Conductor
from trainer.guide import events as e
from trainer.guide.plan import Item, Plan
from trainer.kit import Unfinished
from trainer.library.model import Exercise


def go_on_there(unfinished: Unfinished, plan: Plan) -> ChooseScreen:
    """A session of today broke off: `on` or `anew`."""
    at_end = unfinished.step >= len(plan.steps)
    where = "only its end is missing" if at_end else f"it stopped before {plan.steps[unfinished.step].item.name}"
    return ChooseScreen(
        "A session of today is not ended",
        [f"{unfinished.detail.row.name}: {where}."],
        [("g", "on", "Go on there"), ("a", "anew", "Start anew; what was done stays in the log")],
    )


def after_a_high_rating(conductor: Conductor, item: Item, exercises: Mapping[str, Exercise]) -> ChooseScreen:
    """What the sources say to a high rating: `ease`, `stop` or `on`. The conductor has advice to give."""
    advice = conductor.advice
    assert advice is not None
    easier = exercises.get(item.exercise.easier or "")
    form = easier.name if easier is not None else f"{item.name}, half as much"
    answers = [("s", "stop", "Stop here"), ("g", "on", "Go on")]
    if conductor.engine.allows(e.Ease(item.place)):
        answers.insert(0, ("e", "ease", f"Easier form now: {form}"))
    return ChooseScreen(advice.reason, [advice.says], answers)


def stop_here() -> ChooseScreen:
    """`stop`, `leave` for later today, or `on`."""
    return ChooseScreen(
        "Stop here?",
        ["What you have done is kept either way."],
        [
            ("s", "stop", "Stop and see the summary"),
            ("l", "leave", "Leave, and go on later today"),
            ("g", "on", "Go on"),
        ],
    )
