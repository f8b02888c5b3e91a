"""Pose files: those that ship with the exercises, and a person's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from trainer.figures.contradictions import contradictions
from trainer.figures.model import Figure
from trainer.library.contradictions import Fault
from trainer.library.errors import LibraryError, Problem, nearest
from trainer.library.model import Exercise
from trainer.library.reader import decode, document
from trainer.library.shelf import AN_ID, Library
from trainer.text import clean


def read(library: Library, id: str) -> Figure | None:
    """The figure of an exercise, None where it has none. Raises `LibraryError` with what is wrong with its file.

    Whether a body can move so is not asked here: `examined` does.
    """
    path = library.figure_file(id)
    if path is None:
        return None
    found = document(path)
    figure = decode(found.table, Figure, found.name, text=found.text, stem=clean(path.stem))
    if faults := list(contradictions(figure)):
        from trainer.library.explain import place

        raise LibraryError(*place(faults, found.name, found.text))
    return figure


def described(library: Library, id: str) -> str:
    """How an exercise looks, in words; empty where nobody drew it or the file cannot be read."""
    try:
        figure = read(library, id)
    except LibraryError:
        return ""
    return figure.alt if figure is not None else ""


def examined(
    path: Path, library: Library, *, name: str | None = None, stem: str | None = None
) -> tuple[Figure | None, list[Problem]]:
    """A pose file with everything that is wrong with it; no figure where it cannot be drawn.

    `name` is how problems name the file, `stem` what its id has to be, `library` holds the exercise that it shows.
    Raises `LibraryError` where it is no TOML.
    """
    from trainer.figures.checks import faults
    from trainer.library.explain import explain

    found = document(path, name)
    told = explain(found.table, Figure, stem=stem)
    if told.count:
        return None, told.problems(found.name, found.text)
    figure = msgspec.convert(found.table, Figure)
    can_be_drawn = not any(contradictions(figure))
    for fault in (*_of_its_exercise(figure, library), *faults(figure)):
        told.add(fault)
    return figure if can_be_drawn else None, told.problems(found.name, found.text)


def _of_its_exercise(figure: Figure, library: Library) -> Iterator[Fault]:
    """What does not fit the exercise that it shows."""
    if not library.has_exercise(figure.id):
        near = nearest(figure.id, library.ids(Exercise))
        yield Fault(("id",), repr(figure.id), AN_ID[Exercise], near)
        return
    try:
        exercise = library.exercise(figure.id)
    except LibraryError:
        return  # what is wrong with that file is told with it
    if exercise.sides == "both" and figure.side is None:
        yield Fault(("side",), "nothing", f"'left' or 'right', since {figure.id} has two sides")
    elif exercise.sides != "both" and figure.side is not None:
        yield Fault(("side",), repr(figure.side), f"nothing, since {figure.id} has no two sides", at_key=True)
    if exercise.sides == "alternating" and (len(figure.pose) < 4 or len(figure.pose) % 2):
        found = f"{len(figure.pose)} poses"
        yield Fault(
            ("pose",), found, "4, 6 or more, half of them for each side, since the sides take turns", at_key=True
        )
