"""The library: shipped files, and a person's own that add to them or replace them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from trainer.library.errors import LibraryError, Problem
from trainer.library.model import Exercise, Routine, Step
from trainer.library.reader import read
from trainer.text import clean

SHIPPED = Path(__file__).parent / "data"

T = TypeVar("T", Exercise, Routine)
_WAYS = frozenset("/\\:\0")
"""What leads to another folder, drive or stream on one system or another."""
_FOLDERS: dict[type, str] = {Exercise: "exercises", Routine: "routines"}


class Library:
    """Reads files when they are asked for, each once.

    A folder holds `exercises/ID.toml` and `routines/ID.toml`; a later folder's file replaces an
    earlier one's of the same id.
    """

    def __init__(self, own: Path | None = None, *, shipped: Path = SHIPPED) -> None:
        self._roots: Sequence[Path] = (shipped,) if own is None else (shipped, own)
        self._read: dict[tuple[type, str], Exercise | Routine] = {}

    def exercise(self, id: str) -> Exercise:
        """The exercise called `id`. Raises `LibraryError`, also where there is none."""
        return self._get(Exercise, id)

    def routine(self, id: str) -> Routine:
        """The routine called `id`, its exercises present and its doses whole.

        Raises `LibraryError`, also where there is none.
        """
        routine = self._get(Routine, id)
        self._check_steps(routine)
        return routine

    def practice(self, id: str) -> Routine:
        """What can be run as `id`: a routine, or else an exercise as a routine of one step.

        Raises `LibraryError`, also where there is neither.
        """
        if self._find(Routine, id) is not None or self._find(Exercise, id) is None:
            return self.routine(id)
        return alone(self.exercise(id))

    def exercises_of(self, routine: Routine) -> dict[str, Exercise]:
        """Every exercise that `routine` uses, and the easier form of each where there is one."""
        found: dict[str, Exercise] = {}
        for step in routine.step:
            exercise = found.setdefault(step.exercise, self.exercise(step.exercise))
            if exercise.easier and exercise.easier not in found:
                try:
                    found[exercise.easier] = self.exercise(exercise.easier)
                except LibraryError:
                    continue  # no easier form to offer; the exercise itself is whole
        return found

    def routines(self) -> tuple[list[Routine], list[Problem]]:
        """Every routine that can be read, by id, and what is wrong with the others."""
        return self._all(Routine)

    def exercises(self) -> tuple[list[Exercise], list[Problem]]:
        """Every exercise that can be read, by id, and what is wrong with the others."""
        return self._all(Exercise)

    def is_own(self, value: Exercise | Routine) -> bool:
        """Whether the value comes from the person's own folder."""
        path = self._find(type(value), value.id)
        return path is not None and not path.is_relative_to(self._roots[0])

    def _all(self, kind: type[T]) -> tuple[list[T], list[Problem]]:
        values: list[T] = []
        problems: list[Problem] = []
        for id in self._ids(kind):
            try:
                values.append(self.routine(id) if kind is Routine else self._get(kind, id))  # type: ignore[arg-type]  # kind is T
            except LibraryError as error:
                problems.extend(error.problems)
        return values, problems

    def _ids(self, kind: type) -> list[str]:
        ids: set[str] = set()
        for root in self._roots:
            ids.update(name.removesuffix(".toml") for name in _names(root / _FOLDERS[kind]))
        return sorted(ids)

    def _find(self, kind: type, id: str) -> Path | None:
        if not id or id.startswith(".") or not _WAYS.isdisjoint(id):
            return None  # an id is a name, never a way to another folder
        for root in reversed(self._roots):
            path = root / _FOLDERS[kind] / f"{id}.toml"
            if os.path.lexists(path):
                return path
        return None

    def _get(self, kind: type[T], id: str) -> T:
        known = self._read.get((kind, id))
        if isinstance(known, kind):
            return known
        path = self._find(kind, id)
        if path is None:
            import difflib

            ids = self._ids(kind)
            close = difflib.get_close_matches(id, ids, n=1, cutoff=0.5)
            hint = f"did you mean {clean(close[0])}? " if close else ""
            word = kind.__name__.lower()
            raise LibraryError(
                Problem(f"{word} {clean(id, limit=64)!r}", "", "none", hint + "one of: " + clean(", ".join(ids)))
            )
        value = read(path, kind)
        self._read[kind, id] = value
        return value

    def _check_steps(self, routine: Routine) -> None:
        problems = list(self._step_problems(routine))
        if problems:
            raise LibraryError(*problems)

    def _step_problems(self, routine: Routine) -> Iterator[Problem]:
        file = clean(str(self._find(Routine, routine.id) or routine.id))
        yield from step_problems(self, routine, file)


def alone(exercise: Exercise) -> Routine:
    """A routine of this exercise alone."""
    return Routine(
        id=exercise.id,
        name=exercise.name,
        purpose=exercise.purpose,
        step=[Step(exercise=exercise.id)],
        group="checks" if exercise.check is not None else "own",
        tags=exercise.tags,
        sources=exercise.sources,
    )


def step_problems(library: Library, routine: Routine, file: str) -> Iterator[Problem]:
    """What is wrong with the steps of `routine`: exercises that are not there, doses that contradict themselves."""
    for number, step in enumerate(routine.step, 1):
        try:
            exercise = library.exercise(step.exercise)
        except LibraryError as error:
            for problem in error.problems:
                if problem.file.startswith("exercise "):  # not there: the routine's own fault
                    problem = Problem(file, f"step {number}.exercise", repr(step.exercise), problem.allowed)
                yield problem
            continue
        if wrong := exercise.dose.replaced_by(step.dose).problem():
            key, found, allowed = wrong
            yield Problem(file, f"step {number}.dose{'.' + key if key else ''}", found, allowed)


def _names(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [e.name for e in entries if e.name.endswith(".toml") and not e.name.startswith(".")]
    except OSError:
        return []  # a person without files of their own has no such folder
