"""`trainer list`: the routines there are."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import get_args

from trainer.cli import streams
from trainer.cli.lay import capital, cells, wrap
from trainer.cli.make import find_paths
from trainer.guide.plan import Plan, plan
from trainer.guide.words import about, equipment, needs, optional, positions
from trainer.library.errors import Problem
from trainer.library.model import OWN, Group
from trainer.library.shelf import Library

_COLUMNS_FROM = 60
"""Columns from which ids and names stand in columns of their own (own)."""


def run(args: Namespace) -> int:
    """List the routines; 2 where a file of the person's own is broken."""
    library = Library(find_paths(args).config)
    plans, problems = read(library)
    if args.json:
        streams.say_json([as_json(library, one) for one in plans])
    else:
        say_plans(plans)
    streams.warn(*(f"trainer: {problem}" for problem in problems))
    return 2 if problems else 0


def read(library: Library) -> tuple[list[Plan], list[Problem]]:
    """Every routine that can be read, laid out, by group and id; and what is wrong with the others."""
    routines, problems = library.routines()
    groups = get_args(Group)
    routines.sort(key=lambda one: (groups.index(one.group), one.id))
    return [plan(one, library.exercises_of(one)) for one in routines], problems


def say_plans(plans: list[Plan]) -> None:
    """Print routines under their groups."""
    width = streams.width()
    column = max((len(one.routine.id) for one in plans), default=0) if width >= _COLUMNS_FROM else 0
    group = ""
    for one in plans:
        if one.routine.group != group:
            if group:
                streams.say()
            group = one.routine.group
            streams.say(capital(group), streams.BOLD)
        for line in _lines(one, column, width):
            streams.say(line)


def _lines(one: Plan, column: int, width: int) -> Iterator[str]:
    routine = one.routine
    name = f"{routine.name}, {about(one.reckoned_ms)}"
    if column and column + 4 + cells(routine.name) < width:
        yield from wrap(name, width, f"  {routine.id:<{column}}  ")
        indent = " " * (column + 4)
    else:
        yield from wrap(routine.id, width, "  ")
        yield from wrap(name, width, "    ")
        indent = "    "
    sources = ", ".join("this program" if key == OWN else key for key in routine.sources) or "you"
    yield from wrap(f"{capital(', '.join(positions(one)))}. Needs: {needs(one)}. From: {sources}.", width, indent)


def as_json(library: Library, one: Plan) -> dict[str, object]:
    """A routine in short, for programs."""
    routine = one.routine
    return {
        "id": routine.id,
        "name": routine.name,
        "group": routine.group,
        "purpose": routine.purpose,
        "length_s": round(one.reckoned_ms / 1000),
        "positions": positions(one),
        "equipment": equipment(one),
        "optional": optional(one),
        "sources": routine.sources,
        "frequency": routine.frequency,
        "own": library.is_own(routine),
    }
