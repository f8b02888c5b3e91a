"""The questions that the guide asks in between, each with its answers by one key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from trainer.app.choose import ChooseScreen
from trainer.conductor import Conductor
from trainer.guide import events as e
from trainer.guide import words
from trainer.guide.plan import Item
from trainer.kit import Unfinished
from trainer.library.model import Exercise, Routine, Weaker

if TYPE_CHECKING:
    from trainer.coach.progression import Suggestion


def go_on_there(unfinished: Unfinished) -> ChooseScreen:
    """A session of today broke off: `on` or `anew`."""
    plan = unfinished.plan
    if unfinished.step >= len(plan.steps):
        where = "only its end is missing"
    else:
        step = plan.steps[unfinished.step]
        where = f"it stopped {'before' if step.kind == 'get_ready' else 'in'} {step.item.name}"
    return ChooseScreen(
        "A session of today is not ended",
        [f"{words.title(plan)}: {where}."],
        [("g", "on", "Go on there"), ("a", "anew", "Start anew; what was done stays in the log")],
    )


def which_level(suggestion: Suggestion, routine: Routine) -> ChooseScreen:
    """The level of a routine that grows, as its number; Escape never takes a higher one than last time.

    There was a last time.
    """
    from trainer.coach.progression import way

    last = suggestion.last
    assert last is not None, "the first time has one level to begin with"
    answers = []
    for level in suggestion.choices:
        word = way(level, last)
        text = f"{word} ({level}): {words.rung(routine.level[level - 1])}"
        answers.append(({"Same": "s", "One up": "u", "One down": "d"}[word], str(level), text))
    return ChooseScreen(
        f"Level {last} of {len(routine.level)} last time",
        [suggestion.why],
        answers,
        otherwise=str(suggestion.unasked),
    )


def which_side(known: Weaker | None) -> ChooseScreen:
    """The weaker side: `left`, `right` or `none`; Escape takes what was said last time."""
    answers = [(side or "none", text) for side, text in words.weaker_answers(known)]
    return ChooseScreen(words.WEAKER, [], [(side[0], side, text) for side, text in answers], otherwise=known or "none")


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
