"""`trainer list`: the routines there are, and what fits a search."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from trainer.catalog import Catalog
from trainer.cli import streams
from trainer.cli.errors import Refusal
from trainer.cli.lay import capital, cells, wrap
from trainer.cli.make import find_paths
from trainer.guide import card, words
from trainer.guide.plan import Plan
from trainer.library.errors import Problem
from trainer.library.model import OWN
from trainer.library.shelf import Library
from trainer.library.sources import shelf
from trainer.text import clean

if TYPE_CHECKING:
    from trainer.library.query import Complaint, Query

_COLUMNS_FROM = 60
"""Columns from which ids and names stand in columns of their own (own)."""


def run(args: Namespace) -> int:
    """List what fits; 2 where a term says nothing that there is, or a file of the person's own is broken."""
    catalog = Catalog(Library(find_paths(args).config))
    query = _asked(args)
    if args.exercises:
        routines, exercises = [], list(catalog.exercises.values())
    else:
        routines, exercises = list(catalog.routines.values()), []
    if query.terms:
        found = catalog.search(query, among=("exercise",) if args.exercises else ("routine", "exercise"))
        if found.complaints:
            raise Refusal(*(f"list: {_complaint(one, args)}" for one in found.complaints))
        routines, exercises = found.routines, found.exercises
        if not query.words and not args.exercises:
            exercises = []  # a filter narrows the list of routines; words look everywhere
    if args.json:
        streams.say_json(
            [
                *(as_json(catalog.library, one) for one in routines),
                *(_exercise_as_json(catalog.library, one) for one in exercises),
            ]
        )
    else:
        say_plans(routines)
        if routines and exercises:
            streams.say()
            streams.say("Exercises", streams.BOLD)
        _say_exercises(exercises, headings=not routines)
        if not routines and not exercises:
            _say_nothing(catalog, query)
    streams.warn(*(f"trainer: {problem}" for problem in catalog.problems))
    return 2 if catalog.problems else 0


def _asked(args: Namespace) -> Query:
    from trainer.library.query import Query, Term, read_words

    terms = list(read_words(args.words).terms)
    for key in ("tag", "position", "needs", "without", "source"):
        terms += [Term(key, value) for value in getattr(args, key) or ()]
    if args.minutes is not None:
        terms.append(Term("under", args.minutes))
    said = {"floor:no": args.no_floor, "quiet:yes": args.quiet, "office:yes": args.office}
    terms += read_words(text for text, wanted in said.items() if wanted).terms
    return Query(tuple(terms))


def _complaint(one: Complaint, args: Namespace) -> str:
    by_option = one.key == "under" and args.minutes == one.found
    return clean(str(one).replace("under:", "--minutes:", 1) if by_option else str(one))


def _say_nothing(catalog: Catalog, query: Query) -> None:
    from trainer.library.find import nearest

    near = nearest(query, catalog.entries)
    said = f"Nothing fits {clean(str(query), limit=200)}." if query.terms else "There is nothing here."
    streams.say_lines([said + (f" Did you mean {near}?" if near else "")])


def read(library: Library) -> tuple[list[Plan], list[Problem]]:
    """Every routine that can be read, laid out, in the order of the list; and what is wrong with the others."""
    catalog = Catalog(library)
    return list(catalog.routines.values()), catalog.problems


def say_plans(plans: list[Plan]) -> None:
    """Print routines under their groups."""
    _say(plans, lambda one: one.routine.group, _lines)


def _say_exercises(plans: list[Plan], *, headings: bool) -> None:
    _say(plans, lambda one: one.items[0].exercise.kind if headings else "", _exercise_lines)


def _say(
    plans: list[Plan], group_of: Callable[[Plan], str], lines_of: Callable[[Plan, int, int], Iterator[str]]
) -> None:
    width = streams.width()
    column = max((len(one.routine.id) for one in plans), default=0) if width >= _COLUMNS_FROM else 0
    group = ""
    for one in plans:
        if group_of(one) != group:
            if group:
                streams.say()
            group = group_of(one)
            streams.say(capital(group), streams.BOLD)
        for line in lines_of(one, column, width):
            streams.say(line)


def _lines(one: Plan, column: int, width: int) -> Iterator[str]:
    routine = one.routine
    parts = [
        f"{capital(', '.join(words.positions(one)))}. Needs: {words.needs(one)}. From: {_sources(routine.sources)}.",
        *_beyond(routine.sources),
    ]
    yield from _entry(routine.id, routine.name, words.about(one.reckoned_ms), " ".join(parts), column, width)


def _exercise_lines(one: Plan, column: int, width: int) -> Iterator[str]:
    item = one.items[0]
    exercise = item.exercise
    parts = [
        f"{capital(exercise.position)}.",
        *([f"Also called {', '.join(exercise.aliases)}."] if exercise.aliases else ()),
        f"Needs: {words.needs(one)}. From: {_sources(exercise.sources)}.",
        *_beyond(exercise.sources),
    ]
    yield from _entry(exercise.id, exercise.name, words.dose(item.dose, exercise), " ".join(parts), column, width)


def _entry(id: str, name: str, after: str, text: str, column: int, width: int) -> Iterator[str]:
    if column and column + 4 + cells(name) < width:
        yield from wrap(f"{name}, {after}", width, f"  {id:<{column}}  ")
        indent = " " * (column + 4)
    else:
        yield from wrap(id, width, "  ")
        yield from wrap(f"{name}, {after}", width, "    ")
        indent = "    "
    yield from wrap(text, width, indent)


def _sources(keys: Iterable[str]) -> str:
    return ", ".join("this program" if key == OWN else key for key in keys) or "you"


def _beyond(keys: Iterable[str]) -> list[str]:
    mark = card.mark(keys)
    return [f"{capital(mark)}."] if mark == card.BEYOND else []


def as_json(library: Library, one: Plan) -> dict[str, object]:
    """A routine in short, for programs."""
    routine = one.routine
    return {
        "kind_of_file": "routine",
        "id": routine.id,
        "name": routine.name,
        "group": routine.group,
        "purpose": routine.purpose,
        "length_s": round(one.reckoned_ms / 1000),
        "positions": words.positions(one),
        "equipment": words.equipment(one),
        "optional": words.optional(one),
        "tags": routine.tags,
        "on_floor": any(item.exercise.on_floor for item in one.items),
        "suits_office": all(item.exercise.suits_office for item in one.items),
        "sources": routine.sources,
        "shelf": shelf(routine.sources),
        "frequency": routine.frequency,
        "own": library.is_own(routine),
    }


def _exercise_as_json(library: Library, one: Plan) -> dict[str, object]:
    item = one.items[0]
    exercise = item.exercise
    return {
        "kind_of_file": "exercise",
        "id": exercise.id,
        "name": exercise.name,
        "aliases": exercise.aliases,
        "kind": exercise.kind,
        "position": exercise.position,
        "purpose": exercise.purpose,
        "length_s": round(one.reckoned_ms / 1000),
        "dose_in_words": words.dose(item.dose, exercise),
        "equipment": exercise.equipment,
        "optional": exercise.optional,
        "tags": exercise.tags,
        "on_floor": exercise.on_floor,
        "suits_office": exercise.suits_office,
        "sources": exercise.sources,
        "shelf": shelf(exercise.sources),
        "own": library.is_own(exercise),
    }
