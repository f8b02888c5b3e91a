"""What it would mean to take in routines and exercises: what is added, what replaced, and what that would break."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct, structs

from trainer.library.contradictions import Fault
from trainer.library.errors import LibraryError, Problem
from trainer.library.examine import Examiner
from trainer.library.explain import MOST, place
from trainer.library.folder import Entry, OwnFolder, id_problem
from trainer.library.model import Exercise, Routine
from trainer.library.reader import Document
from trainer.library.sharing import Item
from trainer.library.shelf import Library
from trainer.library.writing import directed, plain

Stands = Literal["nothing", "own", "shipped"]


class LibraryWith(Library):
    """The library as it would be with some values more, which are not read from files."""

    def __init__(self, own: Path, values: Iterable[Exercise | Routine]) -> None:
        super().__init__(own)
        self._more = {(type(value), value.id): value for value in values}
        self._read.update(self._more)

    def has_routine(self, id: str) -> bool:
        """Whether there would be a routine of this id."""
        return (Routine, id) in self._more or super().has_routine(id)

    def has_exercise(self, id: str) -> bool:
        """Whether there would be an exercise of this id."""
        return (Exercise, id) in self._more or super().has_exercise(id)

    def ids(self, kind: type) -> list[str]:
        """The ids that there would be."""
        return sorted({*super().ids(kind), *(id for of, id in self._more if of is kind)})


class Effect(Struct, frozen=True):
    """What taking in one item would do."""

    item: Item
    stands: Stands
    """What stands there now under its id."""
    before: Exercise | Routine | None = None
    """Its value, None where there is none or it cannot be read."""

    @property
    def same(self) -> bool:
        """Whether it is there already."""
        return self.before == self.item.value

    @property
    def entry(self) -> Entry:
        """The file to write."""
        value = self.item.value
        return Entry(type(value), value.id, directed(self.item.text, type(value)).encode())


def problems(document: Document, items: Sequence[Item], own: Path) -> list[Problem]:
    """Why the items of a file cannot be taken in, such as exercises that nobody has and ids that no file may have."""
    examiner = Examiner(LibraryWith(own, (item.value for item in items)))
    faults = [Fault((*item.keys, "id"), *wrong) for item in items if (wrong := id_problem(item.value.id))]
    found = place(faults, document.name, document.text)
    for item in items:
        if len(found) > MOST:  # of many items each may have as many
            return [*found[:MOST], Problem(document.name, "", "more problems", "none")]
        kind, above = type(item.value), item.above
        name = document.name if above is not None else f"{document.name}, {kind.__name__.lower()} {item.value.id}"
        examined = examiner.text(item.text, name, kind)
        found += [
            _moved(problem, above) if problem.file == name else problem
            for problem in (*examined.problems, *examined.elsewhere)
        ]
    return list(dict.fromkeys(found))


def _moved(problem: Problem, above: int | None) -> Problem:
    """A problem in an item's own text, at its place in the file; without a place where the text is not the file's."""
    if above is None or problem.line is None:
        return structs.replace(problem, line=None, column=None)
    return structs.replace(problem, line=problem.line + above)


def effects(items: Iterable[Item], folder: OwnFolder) -> list[Effect]:
    """What each item would do in `folder`."""
    library = Library(folder.root)
    return [_effect(item, folder, library) for item in items]


def _effect(item: Item, folder: OwnFolder, library: Library) -> Effect:
    kind, id = type(item.value), item.value.id
    stands: Stands = "nothing"
    if folder.has(kind, id):
        stands = "own"
    elif library.is_shipped(kind, id):
        stands = "shipped"
    before: Exercise | Routine | None = None
    if stands != "nothing":
        try:
            before = library.exercise(id) if kind is Exercise else library.routine(id)
        except LibraryError:
            before = None
    return Effect(item, stands, before)


def broken(values: Iterable[Exercise | Routine], own: Path) -> list[str]:
    """The ids of routines that can be used now, and could not with `values` in the library."""
    new = list(values)
    now = {routine.id for routine in Library(own).routines()[0]}
    then = {routine.id for routine in LibraryWith(own, new).routines()[0]}
    return sorted(now - then - {value.id for value in new if isinstance(value, Routine)})


def differences(before: Exercise | Routine, after: Exercise | Routine) -> list[str]:
    """In what two values of one kind differ, in words."""
    old, new = plain(before), plain(after)
    keys = [key for key in type(after).__struct_fields__ if old.get(key) != new.get(key)]
    return [_difference(key, old.get(key), new.get(key)) for key in keys]


def _difference(key: str, old: object, new: object) -> str:
    if isinstance(old, list) and isinstance(new, list) and len(old) != len(new):
        return f"{key}: {len(old)} before, {len(new)} after"
    if isinstance(old, str | int) and isinstance(new, str | int):
        return f"{key}: {old} before, {new} after"
    return key if old and new else f"{key}: {'none before' if not old else 'none after'}"
