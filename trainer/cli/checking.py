"""`trainer check FILE…`: whether files of one's own can be used."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from trainer.cli import streams
from trainer.cli.make import find_paths
from trainer.library.errors import LibraryError, Problem
from trainer.library.model import Exercise, Routine
from trainer.library.reader import check
from trainer.library.shelf import Library, step_problems
from trainer.text import clean


def run(args: Namespace) -> int:
    """Check each file; 2 where anything is wrong with any."""
    library = Library(find_paths(args).config)
    status = 0
    for file in args.files:
        name = clean(file)
        try:
            value = check(Path(file))
            problems = list(step_problems(library, value, name)) if isinstance(value, Routine) else []
        except LibraryError as error:
            problems = list(error.problems)
        if problems:
            status = 2
            for problem in problems:
                streams.say(str(_named(problem, name)))
        else:
            streams.say(f"{name}: ok ({_kind(value)}){_hint(value, Path(file))}")
    return status


def _named(problem: Problem, name: str) -> Problem:
    # A path may be written in several ways; it is named as the person wrote it.
    same = problem.file == clean(str(Path(name)))
    return Problem(name, problem.place, problem.found, problem.allowed) if same else problem


def _kind(value: Exercise | Routine) -> str:
    return type(value).__name__.lower()


def _hint(value: Exercise | Routine, path: Path) -> str:
    return "" if path.name == f"{value.id}.toml" else f"; to be found, the file has to be called {value.id}.toml"
