"""What a person's own answers to self-checks say back: a question, and a routine to try. Pure; never a finding.

The questions are those of the exercise files, with their sources. That two sides were answered differently is named as
that and no more: the sources hold that a difference may grow if left (`lower-back`), none that a look proves one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from sessions.records import CheckAnswered
from sessions.rows import AnswerRow
from trainer.library.model import Exercise, Side

SIDES: tuple[Side, ...] = ("none", "left", "right", "alternating")
Given = CheckAnswered | AnswerRow
"""An answer as it is recorded, or as the logbook gives it back; both have the same fields."""


class Told(Struct, frozen=True):
    """What is said of one self-check."""

    name: str
    lines: tuple[str, ...]


def told(exercises: Iterable[Exercise], given: Iterable[Given], routines: Mapping[str, str]) -> list[Told]:
    """What is said of each self-check among `exercises`, in order; nothing of one that was not answered.

    `routines` are names by id; a routine that is not among them is not suggested.
    """
    given = tuple(given)
    out = []
    for exercise in {one.id: one for one in exercises if one.check is not None}.values():
        last = {one.side: one for one in given if one.exercise == exercise.id}
        if last:
            sides: list[Side] = [side for side in SIDES if side in last]
            out.append(Told(exercise.name, tuple(_lines(exercise, [last[side] for side in sides], routines))))
    return out


def suggested(exercises: Iterable[Exercise]) -> list[str]:
    """The ids of all routines that answers to self-checks among `exercises` may lead to, each once."""
    checks = [exercise.check for exercise in exercises if exercise.check is not None]
    return list(dict.fromkeys(one.routine for check in checks for one in check.answer if one.routine is not None))


def _lines(exercise: Exercise, given: Sequence[Given], routines: Mapping[str, str]) -> Iterator[str]:
    for one in given:
        yield f"{_side(exercise, one.side) or 'Your answer'}: {one.text}"
    by_id = {answer.id: answer for answer in exercise.check.answer} if exercise.check is not None else {}
    chosen = list(dict.fromkeys(one.answer for one in given))
    if len(chosen) > 1:
        yield "Your answers for the two sides differ."
    for id in chosen:
        answer = by_id.get(id)
        if answer is None:
            continue  # the file was changed since
        if answer.says is not None:
            side = _side(exercise, next(one.side for one in given if one.answer == id)) if len(chosen) > 1 else ""
            yield f"{side}: {answer.says}" if side else answer.says
    told: set[str] = set()
    for one in given:
        own = by_id.get(one.answer)
        routine = own.routine if own is not None else None
        if routine is not None and routine in routines and routine not in told:
            told.add(routine)
            yield f'You may like: {routines[routine]} (trainer run {routine}), since you answered "{one.text}".'


def _side(exercise: Exercise, side: Side) -> str:
    names = {"left": exercise.side_names.left, "right": exercise.side_names.right}
    name = names.get(side, "")
    return name[:1].upper() + name[1:]
