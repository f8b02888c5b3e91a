"""What is said aloud at which event. Pure.

Who walks does not look at a screen: so the lines of exercises done while walking are spoken, in the recordings that
ship. `docs/voice.py` makes them, and a test holds that each of `phrases` has its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from trainer.guide import events as e
from trainer.guide.plan import Step
from trainer.library.model import Exercise

HALF_WAY: Final = "Half way."
AFTER_TONE_MS: Final = 500
"""The tone of the same moment is heard first; none that goes with speech lasts longer."""


class Said(NamedTuple):
    """Lines to be said one after the other, in the place of what is being said."""

    at_ms: int
    """The guide's moment at which the first begins."""
    texts: tuple[str, ...]
    """Empty: nothing more is to be said."""
    until_ms: int | None = None
    """The moment by which what is begun must be over; None where it may take its time."""


def is_spoken(exercise: Exercise) -> bool:
    """Whether the lines of an exercise are said aloud."""
    return exercise.position == "walking"


def phrases(exercises: Iterable[Exercise]) -> tuple[str, ...]:
    """Every text that may be said when these are the exercises, each once."""
    texts = [HALF_WAY]
    for exercise in exercises:
        if is_spoken(exercise):
            texts += [*exercise.cues.set_up, *exercise.parts]
    return tuple(dict.fromkeys(texts))


class Script:
    """Follows the events of one session, all of them in order, and tells what is to be said."""

    def __init__(self) -> None:
        self._step: Step | None = None
        self._part = 0
        self._introduced: set[int] = set()
        self._talked = False

    def said_at(self, event: e.Event) -> Said | None:
        """What is to be said at an event; None where that leaves alone what is being said."""
        texts, until_ms = self._texts(event)
        if texts:
            self._talked = True
            return Said(event.at_ms + AFTER_TONE_MS, texts, until_ms)
        if self._talked and self._ends_speech(event):
            self._talked = False
            return Said(event.at_ms, ())
        return None

    def _texts(self, event: e.Event) -> tuple[tuple[str, ...], int | None]:
        match event:
            case e.StepBegan(at_ms, step) if is_spoken(step.item.exercise):
                self._step = step
                if step.kind == "work":
                    self._part = 0
                    return self._present_part(), None
                place = step.item.place
                if step.kind == "get_ready" and place not in self._introduced:
                    self._introduced.add(place)
                    until_ms = None if step.length_ms is None else at_ms + step.length_ms
                    return tuple(step.item.exercise.cues.set_up), until_ms
            case e.StepBegan():
                self._step = None
            case e.StepContinued():
                return self._present_part(), None
            case e.PartBegan(_, number):
                self._part = number - 1
                return self._present_part(), None
            case e.HalfWay() if self._step is not None:
                return (HALF_WAY,), None
        return (), None

    def _present_part(self) -> tuple[str, ...]:
        parts = () if self._step is None else self._step.item.exercise.parts
        return tuple(parts[self._part : self._part + 1])

    def _ends_speech(self, event: e.Event) -> bool:
        """Whether what is being said no longer fits: the person stands still, or does something else."""
        if isinstance(event, e.StepBegan):
            return event.step.kind != "work" or self._step is None
        return isinstance(event, e.Paused | e.Finished)
