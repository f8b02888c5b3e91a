"""`trainer figure ID`: how an exercise looks, as key poses and what lies between them."""

from __future__ import annotations

import os
import shutil
import sys
import time
from argparse import Namespace
from pathlib import Path

from trainer.cli import asking, streams
from trainer.cli.drawing import say_picture, style_here
from trainer.cli.errors import Refusal
from trainer.cli.make import find_paths, known_paths
from trainer.figures.cells import Style
from trainer.figures.model import Figure
from trainer.figures.movement import Movement
from trainer.figures.phases import mirror_for
from trainer.figures.reading import examined
from trainer.figures.sheet import beside, contact_sheet, labelled
from trainer.figures.styles import Wanted
from trainer.library.errors import LibraryError, Problem
from trainer.library.find import named, suggested
from trainer.library.shelf import Library
from trainer.settings import load, save
from trainer.text import clean

LOOK_EVERY_S = 0.3
"""How often a file that is watched is looked at: soon enough for who has just saved it (own)."""
_USUAL_ROWS = 14
_CLEAR = "\x1b[H\x1b[2J\x1b[3J"


def run(args: Namespace) -> int:
    """Draw it, once or at each save."""
    if args.sample:
        return _sample(args)
    if args.id is None:
        raise Refusal("figure: found nothing; allowed: the id of an exercise, or a pose file")
    library = Library(find_paths(args).config)
    path = _path(library, args.id)
    if args.print:
        streams.say(path.read_text("utf-8").rstrip("\n"))
        return 0
    if not args.watch:
        return _draw(args, library, path)
    return _watch(args, path)


def _path(library: Library, text: str) -> Path:
    """The pose file that is meant. Raises `Refusal` where there is none."""
    if text.endswith(".toml") or os.sep in text:
        return Path(text)
    id = text if library.figure_file(text) else named(library, text)
    path = library.figure_file(id) if id is not None else None
    if path is not None:
        return path
    if id is not None and library.has_exercise(id):
        raise Refusal(f"figure: {id} has no figure; a pose file for it is figures/{id}.toml in your own folder")
    near = suggested(library, text)
    raise Refusal(
        f"figure: found {clean(text, limit=64)!r}, which is no exercise",
        *([f"Did you mean {near}?"] if near else []),
        "trainer list --exercises names them.",
    )


def _watch(args: Namespace, path: Path) -> int:
    """Draw at each save, until the person ends it."""
    before: object = None
    while True:
        now = _stamp(path)
        if now != before:
            before = now
            if streams.is_terminal(sys.stdout):
                print(_CLEAR, end="")
            # The exercise may have been changed as well.
            _draw(args, Library(find_paths(args).config), path)
            streams.say(f"Watching {path}; Ctrl+C ends it.", streams.DIM)
            sys.stdout.flush()
        time.sleep(LOOK_EVERY_S)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _draw(args: Namespace, library: Library, path: Path) -> int:
    """Draw the sheet and say what is wrong; 2 where anything is."""
    figure: Figure | None = None
    problems: list[Problem]
    try:
        figure, problems = examined(path, library)
    except LibraryError as error:
        problems = list(error.problems)
    if figure is not None:
        style = style_here(args.style or load(find_paths(args).settings).figures)
        mirror = args.side is not None and mirror_for(figure, args.side)
        if args.side is not None and figure.side is None:
            streams.warn(f"trainer: figure: {figure.id} has no sides; --side changes nothing")
        if style == "none":
            streams.say(figure.alt)
        else:
            _say_sheet(Movement(figure, mirror=mirror, yaw=args.yaw), args, style)
            streams.say_lines([figure.alt])
    streams.warn(*(f"trainer: {problem}" for problem in problems))
    return 2 if problems else 0


def _say_sheet(movement: Movement, args: Namespace, style: Style) -> None:
    columns = shutil.get_terminal_size().columns
    width, height = args.size or (min(60, columns), _USUAL_ROWS)
    sheet = contact_sheet(movement, width, height, args.between, style)
    wide = len(sheet[0][1][0])
    across = max(1, (columns + 2) // (wide + 2))
    for start in range(0, len(sheet), across):
        row = sheet[start : start + across]
        pictures = [labelled(picture, name) for name, picture in row]
        say_picture(beside(pictures, sum(wide + 2 for _ in row)))


# --- the sample ----------------------------------------------------------------------------------

_SAMPLE = "bird-dog"
_STYLES: dict[str, Wanted] = {"1": "blocks", "2": "braille", "3": "half"}


def _sample(args: Namespace) -> int:
    """Show one figure in each style, and keep the one in which the person sees somebody."""
    figure, _ = examined(_path(Library(), _SAMPLE), Library())
    assert figure is not None, "it ships with the program"
    movement = Movement(figure)
    wide, high = movement.size(44, 14)
    for key, wanted in _STYLES.items():
        style = style_here(wanted) if wanted == "blocks" else wanted
        streams.say(f"{key}  {wanted}", streams.BOLD)
        if style != "none":
            say_picture(movement.picture(movement.goal, 1.0, wide, high, style))  # type: ignore[arg-type]
    streams.say("Do you see a person on hands and knees, one arm and one leg stretched out?")
    if not asking.can_ask():
        return 0
    choices = {**{key: f"best in {wanted}" for key, wanted in _STYLES.items()}, "0": "in none of them", "q": "leave it"}
    answer = asking.choose(choices, "q")
    if answer == "q":
        return 0
    path = known_paths(args).settings
    chosen: Wanted = _STYLES.get(answer, "none")
    try:
        save(path, load(path), figures=chosen)
    except (OSError, ValueError) as error:
        raise Refusal(f"figure: the settings could not be saved: {error}", status=1) from None
    streams.say(f'Kept: figures = "{chosen}" in {path}')
    return 0
