"""The library: shipped files, and a person's own that add to them or replace them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from trainer.library.contradictions import Fault, in_dose
from trainer.library.errors import LibraryError, Problem, few, nearest
from trainer.library.model import Exercise, Routine, Step
from trainer.library.reader import document, read
from trainer.text import clean

SHIPPED = Path(__file__).parent / "data"

T = TypeVar("T", Exercise, Routine)
_WAYS = frozenset("/\\:\0")
"""What leads to another folder, drive or stream on one system or another."""
_FOLDERS: dict[type, str] = {Exercise: "exercises", Routine: "routines"}
FIGURES = "figures"
"""The folder of pose files, each called as the exercise that it shows."""


class Library:
    """Reads files when they are asked for, each once.

    A folder holds `exercises/ID.toml` and `routines/ID.toml`; a later folder's file replaces an
    earlier one's of the same id.
    """

    def __init__(self, own: Path | None = None, *, shipped: Path = SHIPPED) -> None:
        self._roots: Sequence[Path] = (shipped,) if own is None else (shipped, own)
        self._read: dict[tuple[type, str], Exercise | Routine | LibraryError] = {}

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
        if self.path(Routine, id) is not None or self.path(Exercise, id) is None:
            return self.routine(id)
        return alone(self.exercise(id))

    def name_of(self, id: str) -> str:
        """The name of what can be run as `id`, cleaned and cut to be shown; the id where it cannot be read."""
        try:
            found = self.practice(id).name
        except LibraryError:
            found = id
        return clean(found, limit=60)

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

    def headings(self) -> tuple[list[Routine], list[Problem]]:
        """As `routines`, but read from the routines' own files alone: whether their steps hold is not looked at."""
        values: list[Routine] = []
        problems: list[Problem] = []
        for id in self.ids(Routine):
            try:
                values.append(self._get(Routine, id))
            except LibraryError as error:
                problems.extend(error.problems)
        return values, problems

    def has(self, id: str) -> bool:
        """Whether there is a routine or an exercise of this id, readable or not."""
        return self.has_routine(id) or self.has_exercise(id)

    def has_routine(self, id: str) -> bool:
        """Whether there is a routine of this id, readable or not."""
        return self.path(Routine, id) is not None

    def has_exercise(self, id: str) -> bool:
        """Whether there is an exercise of this id, readable or not."""
        return self.path(Exercise, id) is not None

    def is_shipped(self, kind: type, id: str) -> bool:
        """Whether a file of this kind and id comes with the program, replaced or not."""
        return os.path.lexists(self._roots[0] / _FOLDERS[kind] / f"{id}.toml")

    def ids(self, kind: type) -> list[str]:
        """The ids of all files of a kind, readable or not, in order."""
        found: set[str] = set()
        for root in self._roots:
            found.update(name.removesuffix(".toml") for name in _names(root / _FOLDERS[kind]))
        return sorted(found)

    def own_files(self, kind: type) -> list[Path]:
        """The person's own files of a kind, readable or not. Raises OSError for a folder that cannot be read."""
        return self._own_in(_FOLDERS[kind])

    def own_figures(self) -> list[Path]:
        """The person's own pose files, readable or not. Raises OSError for a folder that cannot be read."""
        return self._own_in(FIGURES)

    def _own_in(self, name: str) -> list[Path]:
        found: list[Path] = []
        for root in self._roots[1:]:
            folder = root / name
            if os.path.lexists(folder):
                with os.scandir(folder) as entries:
                    found += (folder / name for name in sorted(_toml(entries)))
        return found

    def own_kind(self, path: Path) -> type[Exercise] | type[Routine] | None:
        """What a file has to be by the folder of the person's own in which it lies; None elsewhere."""
        for root in self._roots[1:]:
            for kind in (Exercise, Routine):
                if os.path.realpath(path.parent) == os.path.realpath(root / _FOLDERS[kind]):
                    return kind
        return None

    def is_own_figure(self, path: Path) -> bool:
        """Whether a file lies in the person's own folder of figures."""
        return any(os.path.realpath(path.parent) == os.path.realpath(root / FIGURES) for root in self._roots[1:])

    def is_own(self, value: Exercise | Routine) -> bool:
        """Whether the value comes from the person's own folder."""
        path = self.path(type(value), value.id)
        return path is not None and not path.is_relative_to(self._roots[0])

    def _all(self, kind: type[T]) -> tuple[list[T], list[Problem]]:
        values: list[T] = []
        problems: list[Problem] = []
        for id in self.ids(kind):
            try:
                values.append(self.routine(id) if kind is Routine else self._get(kind, id))  # type: ignore[arg-type]  # kind is T
            except LibraryError as error:
                problems.extend(error.problems)
        return values, problems

    def path(self, kind: type, id: str) -> Path | None:
        """The file of this kind and id, the person's own where there is one; None where there is none."""
        return self._file(_FOLDERS[kind], id)

    def figure_file(self, id: str) -> Path | None:
        """The pose file of an exercise, the person's own where there is one; None where there is none.

        An exercise without one has that of the exercise which it names as its `figure`.
        """
        path = self._file(FIGURES, id)
        if path is None and self.has_exercise(id):
            with contextlib.suppress(LibraryError):
                path = self._file(FIGURES, self.exercise(id).figure or "")
        return path

    def figures(self) -> list[str]:
        """The ids of all exercises with a pose file, readable or not, in order."""
        return sorted({name.removesuffix(".toml") for root in self._roots for name in _names(root / FIGURES)})

    def _file(self, folder: str, id: str) -> Path | None:
        if not id or id.startswith(".") or not _WAYS.isdisjoint(id):
            return None  # an id is a name, never a way to another folder
        for root in reversed(self._roots):
            path = root / folder / f"{id}.toml"
            if os.path.lexists(path):
                return path
        return None

    def _get(self, kind: type[T], id: str) -> T:
        known = self._read.get((kind, id))
        if isinstance(known, kind):
            return known
        if isinstance(known, LibraryError):  # a routine may name one exercise a hundred times
            raise LibraryError(*known.problems)
        path = self.path(kind, id)
        if path is None:
            raise LibraryError(_missing(kind, id, self.ids(kind)))
        try:
            value = read(path, kind)
        except LibraryError as error:
            self._read[kind, id] = short = LibraryError(*few(error.problems))
            raise short from None
        self._read[kind, id] = value
        return value

    def _check_steps(self, routine: Routine) -> None:
        path = self.path(Routine, routine.id)
        file = clean(str(path or routine.id))
        faults = list(step_faults(self, enumerate(routine.step)))
        if not faults:
            return
        try:
            text = document(path).text if path else None
        except LibraryError:  # it has changed since; what was read of it is wrong all the same
            text = None
        raise LibraryError(*few(tuple(as_problems(faults, file, text))))


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


def step_problems(library: Library, routine: Routine, file: str, text: str | None = None) -> Iterator[Problem]:
    """What is wrong with the steps of `routine`: exercises that are not there, doses that contradict themselves."""
    yield from as_problems(step_faults(library, enumerate(routine.step)), file, text)


def step_faults(library: Library, steps: Iterable[tuple[int, Step]]) -> Iterator[Fault | Problem]:
    """What is wrong with steps, each with its index: faults of their own, or problems of an exercise's file."""
    told: set[str] = set()
    for index, step in steps:
        try:
            exercise = library.exercise(step.exercise)
        except LibraryError as error:
            if not library.has_exercise(step.exercise):
                (missing,) = error.problems
                yield Fault(("step", index, "exercise"), repr(step.exercise), missing.allowed, missing.suggestion)
            elif step.exercise not in told:
                told.add(step.exercise)
                found = f"{step.exercise!r}, whose file has problems"
                yield Fault(("step", index, "exercise"), found, "an exercise that can be read")
                yield from error.problems
            continue
        if step.dose is not None:
            yield from in_dose(exercise.dose.replaced_by(step.dose), ("step", index, "dose"))


def as_problems(faults: Iterable[Fault | Problem], file: str, text: str | None) -> list[Problem]:
    """The faults as problems of `file`, with their places in `text`; problems of other files stay as they are."""
    told = list(faults)
    if not told:
        return []
    from trainer.library.explain import place

    own = [fault for fault in told if isinstance(fault, Fault)]
    return [*place(own, file, text), *(one for one in told if isinstance(one, Problem))]


AN_ID: dict[type, str] = {
    Exercise: "the id of an exercise (trainer list --exercises)",
    Routine: "the id of a routine (trainer list)",
}


def _missing(kind: type, id: str, ids: Sequence[str]) -> Problem:
    name = f"{kind.__name__.lower()} {clean(id, limit=64)!r}"
    return Problem(name, "", "none", AN_ID[kind], suggestion=clean(nearest(id, ids)))


def _toml(entries: Iterable[os.DirEntry[str]]) -> list[str]:
    return [one.name for one in entries if one.name.endswith(".toml") and not one.name.startswith(".")]


def _names(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return _toml(entries)
    except OSError:
        return []  # a person without files of their own has no such folder
