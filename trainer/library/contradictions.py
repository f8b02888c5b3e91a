"""What the types cannot say of one file: parts of it that contradict each other. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from trainer.library.dose import Dose
from trainer.library.model import Exercise, Level, Routine

FIGURES: dict[type, tuple[str, ...]] = {
    Dose: tuple(key for key in Dose.__struct_fields__ if key not in ("source", "says")),
    Level: ("reps", "sets"),
    Routine: ("frequency", "times_a_week", "rest_after_s"),
}
"""What a table's `source` may name the source of."""


class Fault(NamedTuple):
    """One thing wrong in a table, before it has a file and a line."""

    keys: tuple[str | int, ...]
    """The way to it from the top: keys, and indexes from 0."""
    found: str
    allowed: str
    suggestion: str = ""
    at_key: bool = False
    """Whether the key is meant rather than its value."""


def contradictions(fields: Mapping[str, Any], kind: type) -> Iterator[Fault]:
    """What contradicts itself in the fields of a `kind`.

    A field that is wrong by itself is left out, and None stands for a wrong entry of a list: neither is asked.
    """
    if kind is Exercise:
        yield from _exercise(fields)
    elif kind is Routine:
        yield from _routine(fields)


def in_dose(dose: Dose, keys: tuple[str | int, ...]) -> Iterator[Fault]:
    """What contradicts itself in the dose at `keys`."""
    for key, found, allowed in dose.problems():
        yield Fault((*keys, key) if key else keys, found, allowed, at_key=True)


def _exercise(fields: Mapping[str, Any]) -> Iterator[Fault]:
    dose: Dose | None = fields.get("dose")
    if dose is not None:
        yield from in_dose(dose, ("dose",))
        other = [key for key in ("reps", "breaths", "open") if getattr(dose, key) is not None]
        if fields.get("parts") and other:
            yield Fault(("parts",), f"parts beside {other[0]}", "parts beside hold_s or time_s only", at_key=True)
    check = fields.get("check")
    if check is not None:
        if dose is not None and not dose.open:
            yield Fault(("dose",), "a dose that is not open, beside check", "open = true", at_key=True)
        if "kind" in fields and fields["kind"] != "check":
            yield Fault(("kind",), f"{fields['kind']!r} beside check", "'check'")
        yield from _answers(check.answer)
    elif fields.get("kind") == "check" and "check" in fields:
        yield Fault(("check",), "nothing", "a table with question and answer, since the kind is 'check'")
    for key in ("easier", "harder"):
        if fields.get(key) is not None and fields[key] == fields.get("id"):
            yield Fault((key,), repr(fields[key]), "another exercise")


def _answers(answers: list[Any]) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, answer in enumerate(answers):
        if answer.id in seen:
            yield Fault(
                ("check", "answer", index, "id"), f"{answer.id!r} once more", "an id of its own for each answer"
            )
        seen.add(answer.id)


def _routine(fields: Mapping[str, Any]) -> Iterator[Fault]:
    yield from _sources(fields.get("source") or {}, ("source",), FIGURES[Routine])
    for index, step in enumerate(fields.get("step") or ()):
        if step is not None and step.dose is not None:
            yield from _sources(step.dose.source, ("step", index, "dose", "source"), FIGURES[Dose])
    before: Level | None = None
    for index, level in enumerate(fields.get("level") or ()):
        if level is None:
            continue
        yield from _sources(level.source, ("level", index, "source"), FIGURES[Level])
        if before is not None and level.reps <= before.reps and level.sets <= before.sets:
            allowed = "more repetitions or more sets from level to level"
            yield Fault(("level", index), "no more than in the level before", allowed)
        before = level


def _sources(source: Mapping[str, str], keys: tuple[str | int, ...], figures: tuple[str, ...]) -> Iterator[Fault]:
    for key in source:
        if key not in figures:
            yield Fault((*keys, key), "a source of no figure here", f"one of {', '.join(figures)}", at_key=True)
