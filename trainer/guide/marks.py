"""Where the boundaries of a step lie that a person can see or hear."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from trainer.guide import events
from trainer.guide.plan import Step
from trainer.library.model import Breaths, Hold, Repetitions, Timed

HALF_WAY_FROM_MS = 10_000
"""Shorter holds have no half way: the count of three would follow at once (own)."""


class Mark(NamedTuple):
    """A boundary: when, from the step's beginning, and the event that it gives."""

    at_ms: int
    type: Callable[..., events.Event]
    figures: tuple[int, ...] = ()

    @property
    def key(self) -> object:
        """What the boundary is, however long its step has become."""
        return self.type, self.figures[:1]

    def again(self, elapsed_ms: int) -> bool:
        """Whether it is of the last seconds, still to come: these are counted again in a step made longer."""
        return self.type is events.SecondsLeft and self.at_ms > elapsed_ms

    def event(self, at_ms: int) -> events.Event:
        """The event of this boundary at the moment `at_ms`."""
        return self.type(at_ms, *self.figures)


def unit_ms(step: Step) -> int:
    """Milliseconds by which a person lengthens or shortens a step: a repetition, a breath, else ten seconds."""
    if step.kind == "work" and isinstance(step.work, Repetitions | Breaths):
        return round(step.work.each_s * 1000)
    return 10_000


def units_done(step: Step, elapsed_ms: int) -> int | None:
    """Whole repetitions or breaths in `elapsed_ms`; None where the step does not count any."""
    if step.kind == "work" and isinstance(step.work, Repetitions | Breaths):
        return elapsed_ms // unit_ms(step)
    return None


def marks(step: Step, length_ms: int | None) -> list[Mark]:
    """All boundaries of `step` when it lasts `length_ms`, in order; its beginning and end are not among them."""
    if length_ms is None or step.kind == "rate":
        return []
    if step.kind == "work" and not isinstance(step.work, Hold | Timed):
        return list(_counted(step, length_ms))
    found = list(_of_a_hold(step, length_ms)) if step.kind == "work" else []
    found.extend(
        Mark(length_ms - seconds * 1000, events.SecondsLeft, (seconds,))
        for seconds in (3, 2, 1)
        if length_ms > seconds * 1000
    )
    return sorted(found, key=lambda mark: mark.at_ms)


def _of_a_hold(step: Step, length_ms: int) -> Iterator[Mark]:
    parts = len(step.item.exercise.parts)
    if parts > 1:
        for number in range(2, parts + 1):
            yield Mark(length_ms * (number - 1) // parts, events.PartBegan, (number,))
    elif length_ms >= HALF_WAY_FROM_MS:
        yield Mark(length_ms // 2, events.HalfWay)


def _counted(step: Step, length_ms: int) -> Iterator[Mark]:
    work, each_ms = step.work, unit_ms(step)
    count = max(1, length_ms // each_ms)
    for number in range(1, count + 1):
        began_ms = (number - 1) * each_ms
        if isinstance(work, Breaths):
            yield Mark(began_ms, events.BreathIn, (number, count))
            yield Mark(began_ms + round(work.in_s * 1000), events.BreathOut, (number,))
        elif isinstance(work, Repetitions):
            yield Mark(began_ms, events.RepetitionBegan, (number, count))
            # Out is rounded apart from the whole, which it must not pass by a millisecond.
            hold_ms = round(work.hold_s * 1000)
            out_ms = min(round(work.out_s * 1000), each_ms - hold_ms)
            if hold_ms:
                yield Mark(began_ms + out_ms, events.RepetitionHeld, (number,))
            yield Mark(began_ms + out_ms + hold_ms, events.RepetitionReturned, (number,))
