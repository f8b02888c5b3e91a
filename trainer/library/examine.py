"""Everything that is wrong with a file, also what only the rest of the library shows. `trainer check` is its front."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, TypeGuard

import msgspec
from msgspec import Struct

from trainer.library.contradictions import Fault
from trainer.library.errors import LibraryError, Problem, nearest
from trainer.library.explain import explain
from trainer.library.model import Exercise, Id, Routine, Step
from trainer.library.reader import Document, document, kind_of, parse
from trainer.library.shelf import AN_ID, Library, step_faults
from trainer.text import clean

Kind = type[Exercise] | type[Routine]
_MOST_STEPS = 100
_SHOWN = 6
"""Ids of a ring that are named."""


class Examined(Struct, frozen=True):
    """What became of one file."""

    name: str
    kind: Kind | None
    """None where it could not even be told."""
    value: Exercise | Routine | None
    """What it holds; None where something is wrong."""
    problems: tuple[Problem, ...]
    elsewhere: tuple[Problem, ...] = ()
    """Problems of other files for which this one cannot be used."""


class Examiner:
    """Examines files against one library, which it reads once."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def file(self, path: Path, *, name: str | None = None) -> Examined:
        """Examine a file, wherever it lies; in the person's own folder its name and kind have to fit as well."""
        name = clean(name or str(path))
        kind = self._library.own_kind(path)
        try:
            found = document(path, name)
        except LibraryError as error:
            return Examined(name, kind, None, error.problems)
        return self._examined(found, kind, clean(path.stem) if kind else None)

    def text(self, text: str, name: str, kind: Kind | None = None, *, id: str | None = None) -> Examined:
        """Examine what is to become a file; `id` is what it will be called, where that is known."""
        try:
            found = parse(text, name)
        except LibraryError as error:
            return Examined(name, kind, None, error.problems)
        return self._examined(found, kind, id)

    def own(self) -> Iterator[Examined]:
        """Examine every file in the person's own folder."""
        for kind in (Exercise, Routine):
            try:
                files = self._library.own_files(kind)
            except OSError as error:
                name, found = clean(str(error.filename)), clean(error.strerror or str(error)).lower()
                yield Examined(name, None, None, (Problem(name, "", found, "a folder that can be read"),))
                continue
            for path in files:
                yield self.file(path)

    def _examined(self, found: Document, kind: Kind | None, stem: str | None) -> Examined:
        kind = kind or kind_of(found.table)
        faults = explain(found.table, kind, stem=stem)
        others: list[Problem] = []
        for one in self._in_the_library(found.table, kind):
            if isinstance(one, Fault):
                faults.add(one)
            else:
                others.append(one)
        problems = tuple(faults.problems(found.name, found.text))
        value = None if problems else msgspec.convert(found.table, kind)
        return Examined(found.name, kind, value, problems, tuple(others))

    def _in_the_library(self, table: Mapping[str, Any], kind: Kind) -> Iterator[Fault | Problem]:
        id = table.get("id")
        if _is_id(id):
            yield from self._clash(id, kind)
        if kind is Routine:
            yield from self._steps(table)
        else:
            yield from self._answers(table)
            yield from self._figure(table)
            yield from self._forms(id if _is_id(id) else "", table)

    def _clash(self, id: str, kind: Kind) -> Iterator[Fault]:
        """One id for an exercise and a routine: `trainer run ID` would never reach the exercise."""
        library = self._library
        other: Kind = Exercise if kind is Routine else Routine
        taken = library.has_exercise(id) if kind is Routine else library.has_routine(id)
        if taken and not (library.is_shipped(kind, id) and library.is_shipped(other, id)):
            word = other.__name__.lower()
            hidden = f"an id that no {word} has: trainer run {id} would run the routine and hide the exercise"
            yield Fault(("id",), f"{id!r}, which is {'an' if other is Exercise else 'a'} {word} too", hidden)

    def _steps(self, table: Mapping[str, Any]) -> Iterator[Fault | Problem]:
        steps = list(_steps(table))
        yield from step_faults(self._library, steps)
        exercises = {step.exercise: exercise for _, step in steps if (exercise := self._readable(step.exercise))}
        for index, step in steps:
            exercise = exercises.get(step.exercise)
            if step.extra_sets and exercise is not None and exercise.sides != "both":
                found = f"extra sets of {step.exercise}, which has no weaker side"
                yield Fault(("step", index, "extra_sets"), found, "extra_sets beside an exercise with two sides")
        counted = any(
            exercise is None or exercise.dose.replaced_by(step.dose).reps is not None
            for _, step in steps
            for exercise in [exercises.get(step.exercise)]
        )
        if table.get("level") and steps and not counted:
            yield Fault(("level",), "levels without repetitions", "level beside a step counted in reps", at_key=True)

    def _readable(self, id: str) -> Exercise | None:
        try:
            return self._library.exercise(id)
        except LibraryError:
            return None

    def _answers(self, table: Mapping[str, Any]) -> Iterator[Fault]:
        check = table.get("check")
        answers = check.get("answer") if isinstance(check, dict) else None
        for index, answer in enumerate(answers[:_MOST_STEPS] if isinstance(answers, list) else ()):
            id = answer.get("routine") if isinstance(answer, dict) else None
            if _is_id(id) and not self._library.has_routine(id):
                yield self._unknown(("check", "answer", index, "routine"), Routine, id)

    def _figure(self, table: Mapping[str, Any]) -> Iterator[Fault]:
        figures = self._library.figures()
        if _is_id(id := table.get("figure")) and id not in figures:
            allowed = "the id of an exercise that has a figure of its own"
            yield Fault(("figure",), repr(clean(id, limit=64)), allowed, nearest(id, figures))

    def _forms(self, id: str, table: Mapping[str, Any]) -> Iterator[Fault]:
        named = {key: form for key in ("easier", "harder") if _is_id(form := table.get(key)) and form != id}
        if not named:
            return
        own = [(id, form) if key == "easier" else (form, id) for key, form in named.items()]
        below = _below([*((upper, lower) for upper, lower, by in self._pairs if by != id), *own])
        for (key, form), (upper, lower) in zip(named.items(), own, strict=True):
            if not self._library.has_exercise(form):
                yield self._unknown((key,), Exercise, form)
            elif way := _way(below, lower, upper):
                shown = way if len(way) < _SHOWN else [*way[: _SHOWN - 2], "…", way[-1]]
                found = f"{form!r}, in a loop of easier forms ({' → '.join([upper, *shown])})"
                yield Fault((key,), found, "forms that lead round in no loop")

    @cached_property
    def _pairs(self) -> list[tuple[str, str, str]]:
        """An exercise, an easier form of it, and the one of both whose file says so."""
        pairs = []
        for id in self._library.ids(Exercise):
            easier, harder = self._named_forms(id)
            pairs += [(id, easier, id)] if easier else []
            pairs += [(harder, id, id)] if harder else []
        return pairs

    def _named_forms(self, id: str) -> tuple[str | None, str | None]:
        """The easier and the harder form that an exercise names, also one that is wrong elsewhere."""
        try:
            exercise = self._library.exercise(id)
            return exercise.easier, exercise.harder
        except LibraryError:
            pass
        try:
            path = self._library.path(Exercise, id)
            table = document(path).table if path else {}
        except LibraryError:
            table = {}
        easier, harder = (form if _is_id(form := table.get(key)) else None for key in ("easier", "harder"))
        return easier, harder

    def _unknown(self, keys: tuple[str | int, ...], kind: Kind, id: str) -> Fault:
        return Fault(keys, repr(clean(id, limit=64)), AN_ID[kind], nearest(id, self._library.ids(kind)))


def _is_id(value: object) -> TypeGuard[str]:
    try:
        msgspec.convert(value, Id)
    except msgspec.ValidationError:
        return False
    return True


def _below(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    below: dict[str, set[str]] = {}
    for upper, lower in pairs:
        below.setdefault(upper, set()).add(lower)
    return below


def _way(below: Mapping[str, set[str]], start: str, goal: str) -> list[str]:
    """The shortest way down from `start` to `goal`; empty where there is none."""
    came: dict[str, str] = {start: ""}
    waiting = deque([start])
    while waiting and goal not in came:
        upper = waiting.popleft()
        for lower in sorted(below.get(upper, ())):
            if lower not in came:
                came[lower] = upper
                waiting.append(lower)
    way = [goal] if goal in came else []
    while way and way[0] != start:
        way.insert(0, came[way[0]])
    return way


def _steps(table: Mapping[str, Any]) -> Iterator[tuple[int, Step]]:
    """The steps that name an exercise, each with its index; one that is wrong elsewhere is taken for its exercise."""
    steps = table.get("step")
    for index, step in enumerate(islice(steps, _MOST_STEPS) if isinstance(steps, list) else ()):
        for tried in (step, {"exercise": step.get("exercise")} if isinstance(step, dict) else None):
            try:
                yield index, msgspec.convert(tried, Step)
            except msgspec.ValidationError:
                continue
            break
