"""`trainer show ID`: a routine or an exercise in full, with the source of each figure."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from trainer.catalog import Catalog
from trainer.cli import streams
from trainer.cli.errors import Refusal
from trainer.cli.make import find_paths
from trainer.guide.plan import Plan
from trainer.library.errors import LibraryError
from trainer.library.find import named, suggested
from trainer.library.model import Exercise
from trainer.library.shelf import Library
from trainer.settings import load
from trainer.text import clean

_ROWS = 14
"""How high the key poses of an exercise are drawn."""
_LEAST_COLUMNS = 24


def run(args: Namespace) -> int:
    """Show it."""
    paths = find_paths(args)
    catalog = Catalog(Library(paths.config))
    value = _found(catalog, args.id)
    if args.json:
        from trainer.cli.showing_json import as_json

        streams.say_json(as_json(catalog, value))
        return 0
    from trainer.cli.page import Page
    from trainer.figures.reading import described

    page = Page(catalog, streams.width(), looks=described)
    if isinstance(value, Exercise):
        _say_figure(catalog.library, value.id, paths.settings)
    for line, style in page.routine(value) if isinstance(value, Plan) else page.exercise(value):
        streams.say(line, style)
    return 0


def _say_figure(library: Library, id: str, settings: Path) -> None:
    """Draw its key poses where a person looks on."""
    if library.figure_file(id) is None or not streams.is_terminal(sys.stdout):
        return
    from trainer.cli.drawing import say_picture, style_here
    from trainer.figures.movement import Movement
    from trainer.figures.reading import read
    from trainer.figures.sheet import key_poses, trimmed

    style = style_here(load(settings).figures)
    try:
        figure = read(library, id)
    except LibraryError as error:
        streams.warn(*(f"trainer: {problem}" for problem in error.problems))
        return
    if figure is not None and style != "none" and streams.width() >= _LEAST_COLUMNS:
        say_picture(trimmed(key_poses(Movement(figure), streams.width(), _ROWS, style)))
        streams.say()


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
