"""The library laid out and searched: what `trainer list` and the home screen offer. Knows no screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, get_args

from msgspec import Struct

from trainer.guide.plan import Plan, plan
from trainer.library.errors import LibraryError, Problem
from trainer.library.model import Group, Kind, Routine
from trainer.library.shelf import Library, alone
from trainer.library.sources import Shelf, shelf

if TYPE_CHECKING:  # a search comes after the first paint
    from trainer.library import find
    from trainer.library.query import Complaint, Known, Query

_GROUPS = get_args(Group)
_KINDS = get_args(Kind)
_SHELVES = get_args(Shelf)


class Found(Struct, frozen=True):
    """What a search found, in the order of the lists, and what of it could not be asked."""

    routines: list[Plan]
    exercises: list[Plan]
    complaints: list[Complaint]


class Catalog:
    """The routines and exercises of a library, read and laid out when they are first asked for."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.problems: list[Problem] = []
        """What is wrong with files, as far as they have been read."""

    @cached_property
    def headings(self) -> list[Routine]:
        """The routines in the order of the list, from their own files alone.

        Their exercises take twice as long to read: a list can be painted before.
        """
        routines, problems = self.library.headings()
        self._trouble(problems)
        return sorted(routines, key=lambda one: (_GROUPS.index(one.group), _SHELVES.index(shelf(one.sources)), one.id))

    @cached_property
    def routines(self) -> dict[str, Plan]:
        """Each routine laid out, by id, in the order of the list."""
        plans = {}
        for heading in self.headings:
            try:
                plans[heading.id] = self.routine(heading.id)
            except LibraryError as error:
                self._trouble(error.problems)
        return plans

    def routine(self, id: str) -> Plan:
        """One routine laid out. Raises `LibraryError`."""
        routine = self.library.routine(id)
        return plan(routine, self.library.exercises_of(routine))

    def _trouble(self, problems: Iterable[Problem]) -> None:
        self.problems += [one for one in problems if one not in self.problems]

    @cached_property
    def exercises(self) -> dict[str, Plan]:
        """Each exercise as a routine of its own, by id, in the order of the list."""
        values, problems = self.library.exercises()
        self._trouble(problems)
        values.sort(key=lambda one: (_KINDS.index(one.kind), _SHELVES.index(shelf(one.sources)), one.id))
        return {one.id: plan(alone(one), {one.id: one}) for one in values}

    def using(self, id: str) -> Iterator[Routine]:
        """The routines that an exercise is a step of."""
        for made in self.routines.values():
            if any(step.exercise == id for step in made.routine.step):
                yield made.routine

    # --- searching -------------------------------------------------------------------------------

    @cached_property
    def entries(self) -> list[find.Entry]:
        """What every routine and exercise is found by."""
        from trainer.library import find

        routines = [
            find.of_routine(
                one.routine,
                (item.exercise for item in one.items),
                length_ms=one.reckoned_ms,
                own=self.library.is_own(one.routine),
            )
            for one in self.routines.values()
        ]
        exercises = [
            find.of_exercise(
                one.items[0].exercise,
                length_ms=one.reckoned_ms,
                own=self.library.is_own(one.items[0].exercise),
            )
            for one in self.exercises.values()
        ]
        return [*routines, *exercises]

    @cached_property
    def known(self) -> Known:
        """The values that a search can ask for."""
        from trainer.library import find

        return find.known(self.entries)

    def search(self, query: Query, *, among: Sequence[find.What] = ("routine", "exercise")) -> Found:
        """What fits every part of `query` that can be asked."""
        from trainer.library import find
        from trainer.library.query import checked

        good, complaints = checked(query, self.known)
        found = find.search(good, [one for one in self.entries if one.what in among])
        return Found(
            [self.routines[one.id] for one in found if one.what == "routine"],
            [self.exercises[one.id] for one in found if one.what == "exercise"],
            complaints,
        )
