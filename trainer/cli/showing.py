"""`trainer show ID`: a routine or an exercise in full, with the source of each figure."""

from __future__ import annotations

from argparse import Namespace

from trainer.catalog import Catalog
from trainer.cli import streams
from trainer.cli.errors import Refusal
from trainer.cli.make import find_paths
from trainer.guide.plan import Plan
from trainer.library.find import named, suggested
from trainer.library.model import Exercise
from trainer.library.shelf import Library
from trainer.text import clean


def run(args: Namespace) -> int:
    """Show it."""
    catalog = Catalog(Library(find_paths(args).config))
    value = _found(catalog, args.id)
    if args.json:
        from trainer.cli.showing_json import as_json

        streams.say_json(as_json(catalog, value))
        return 0
    from trainer.cli.page import Page

    page = Page(catalog, streams.width())
    for line, style in page.routine(value) if isinstance(value, Plan) else page.exercise(value):
        streams.say(line, style)
    return 0


def _found(catalog: Catalog, text: str) -> Plan | Exercise:
    library = catalog.library
    id = named(library, text)
    if id is not None:
        return catalog.routine(id) if library.has_routine(id) else library.exercise(id)
    close = suggested(library, text)
    raise Refusal(
        f"show: found {clean(text, limit=64)!r}, which is neither a routine nor an exercise",
        *([f"Did you mean {close}?"] if close else []),
        f"Routines: {', '.join(one.id for one in library.routines()[0])}",
        f"Exercises: {', '.join(one.id for one in library.exercises()[0])}",
    )
