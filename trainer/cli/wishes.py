"""What `trainer run` was asked for: which routine, in which form, at which level, for which side."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from typing import TYPE_CHECKING

from trainer.library.errors import LibraryError, Problem, nearest
from trainer.text import clean

if TYPE_CHECKING:
    from trainer.guide.plan import Plan
    from trainer.guide.shorten import Wish
    from trainer.kit import Kit, Order
    from trainer.library.model import Exercise
    from trainer.library.shelf import Library


def order_of(args: Namespace, library: Library) -> Order:
    """What the options of `trainer run` ask for. Raises `LibraryError`."""
    from trainer.kit import Order

    return Order(args.from_step, _wish(args, library), args.level, args.weaker)


def prepare(kit: Kit, name: str, order: Order) -> tuple[Plan, dict[str, Exercise]]:
    """See `Kit.prepare`; `name` is an id, or another name of an exercise or routine. Raises `LibraryError`."""
    id = _id(kit.library, name)
    if order.wish is None:
        made = kit.prepare_as(id, order)
        _check(made[0], order)
        return made
    from trainer.guide.shorten import NothingLeft

    try:
        _check(kit.prepare(id)[0], order)
        return kit.prepare_as(id, order)
    except NothingLeft as error:
        options = as_options(order.wish).strip()
        raise LibraryError(Problem(options, "", error.found, error.allowed)) from None


def _id(library: Library, name: str) -> str:
    """The id of what is called `name`."""
    if library.has(name):
        return name
    from trainer.library.find import named, suggested

    id = named(library, name)
    if id is not None:
        return id
    close = suggested(library, name)
    raise LibraryError(
        Problem(
            f"routine {clean(name, limit=64)!r}",
            "",
            "none",
            "a routine or an exercise, as trainer list and trainer list --exercises name them",
            suggestion=close,
        )
    )


def _wish(args: Namespace, library: Library) -> Wish | None:
    """What of a routine is wanted today, None where nothing was said of it.

    Raises `LibraryError` where equipment is named that no exercise needs.
    """
    if not (args.minutes or args.no_floor or args.quiet or args.without):
        return None
    from trainer.guide.shorten import Wish

    things = [thing for entry in args.without for thing in entry.split(",")]
    return Wish(args.minutes, args.no_floor, args.quiet, _equipment(things, library.exercises()[0]) if things else ())


def _equipment(named: Iterable[str], exercises: Iterable[Exercise]) -> tuple[str, ...]:
    from trainer.library.find import fold

    known = {fold(thing): thing for one in exercises for thing in (*one.equipment, *one.optional)}
    found: dict[str, None] = {}
    for text in named:
        thing = known.get(fold(text))
        if thing is None:
            allowed = f"one of: {', '.join(sorted(known.values()))}"
            close = known.get(nearest(fold(text), known), "")
            raise LibraryError(Problem("--without", "", repr(clean(text.strip(), limit=60)), allowed, suggestion=close))
        found[thing] = None
    return tuple(found)


def as_options(wish: Wish | None) -> str:
    """The options that ask for `wish`, with a blank before each."""
    if wish is None:
        return ""
    options = [f"--minutes {wish.minutes}"] if wish.minutes is not None else []
    options += ["--no-floor"] if wish.no_floor else []
    options += ["--quiet"] if wish.quiet else []
    options += [f'--without "{thing}"' if " " in thing else f"--without {thing}" for thing in wish.without]
    return "".join(f" {option}" for option in options)


def _check(made: Plan, order: Order) -> None:
    """Raise `LibraryError` where a level or a side is named that the routine does not have."""
    level, weaker = order.level, order.weaker
    levels, name = len(made.routine.level), made.routine.name
    if level is not None and not 1 <= level <= levels:
        allowed = f"1 to {levels}, the levels of {name}" if levels else f"no --level, since {name} has none"
        raise LibraryError(Problem("--level", "", str(level), allowed))
    if weaker is not None and not made.asks_weaker:
        allowed = f"no --weaker, since {name} gives no side more than the other"
        raise LibraryError(Problem("--weaker", "", weaker, allowed))
