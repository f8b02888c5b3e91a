"""`trainer check`: everything that is wrong with files of one's own. `trainer schema`: what they may hold."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from trainer.cli import streams
from trainer.cli.make import find_paths
from trainer.library.errors import LibraryError, Problem
from trainer.library.examine import Examined, Examiner
from trainer.library.reader import document, is_figure
from trainer.library.shelf import Library
from trainer.text import clean

FIELDS = ("file", "line", "column", "place", "found", "allowed", "suggestion")
"""Of each object that `check --json` prints; null where there is none."""


def run(args: Namespace) -> int:
    """Check each file, or all of the person's own; 2 where anything is wrong with any."""
    paths = find_paths(args)
    library = Library(paths.config)
    examined = _named(library, args.files) if args.files else _own(library)
    told: dict[Problem, None] = {}
    some = False
    for one in examined:
        some = True
        # Where every file is looked at, the other one has its turn.
        problems = [*one.problems, *(one.elsewhere if args.files else ())]
        if not args.json:
            _say(one, [problem for problem in problems if problem not in told])
        told.update(dict.fromkeys(problems))
    if args.json:
        streams.say_json([_as_json(problem) for problem in told])
    elif not some:
        streams.say(f"No files of your own in {paths.config}" if paths.known else "No files of your own.")
    return 2 if told else 0


def print_schema(args: Namespace) -> int:
    """Print the JSON Schema of a kind of file."""
    from trainer.library.schemas import schema_text

    streams.say(schema_text(args.kind).rstrip("\n"))
    return 0


class _Checked(NamedTuple):
    """What became of one file."""

    name: str
    kind: str
    """Empty where something is wrong."""
    id: str
    problems: Sequence[Problem]
    elsewhere: Sequence[Problem] = ()
    """Problems of other files for which this one cannot be used."""


def _named(library: Library, files: Iterable[str]) -> Iterator[_Checked]:
    examiner = Examiner(library)
    for file in files:
        path = Path(file)
        yield _figure(library, path, file) if _is_figure(library, path) else _other(examiner.file(path, name=file))


def _own(library: Library) -> Iterator[_Checked]:
    yield from map(_other, Examiner(library).own())
    try:
        figures = library.own_figures()
    except OSError as error:
        name, found = clean(str(error.filename)), clean(error.strerror or str(error)).lower()
        yield _Checked(name, "", "", (Problem(name, "", found, "a folder that can be read"),))
        return
    for path in figures:
        yield _figure(library, path, str(path))


def _is_figure(library: Library, path: Path) -> bool:
    """Whether a file is meant as a figure: by its folder where that is the person's own, else by what it holds."""
    if library.own_kind(path) is not None:
        return False
    if library.is_own_figure(path):
        return True
    try:
        return is_figure(document(path).table)
    except LibraryError:
        return False


def _figure(library: Library, path: Path, name: str) -> _Checked:
    from trainer.figures.reading import examined

    name = clean(name)
    try:
        figure, problems = examined(
            path, library, name=name, stem=clean(path.stem) if library.is_own_figure(path) else None
        )
    except LibraryError as error:
        figure, problems = None, list(error.problems)
    good = figure is not None and not problems
    return _Checked(name, "figure" if good else "", figure.id if figure is not None else "", problems)


def _other(one: Examined) -> _Checked:
    if one.value is None:
        return _Checked(one.name, "", "", one.problems, one.elsewhere)
    return _Checked(one.name, type(one.value).__name__.lower(), one.value.id, one.problems, one.elsewhere)


def _say(one: _Checked, problems: Iterable[Problem]) -> None:
    for problem in problems:
        streams.say(str(problem))
    if one.kind:
        name = f"{one.id}.toml"
        hint = "" if Path(one.name).name == name else f"; to be found, the file has to be called {name}"
        streams.say(f"{one.name}: ok ({one.kind}){hint}")


def _as_json(problem: Problem) -> dict[str, object]:
    values = {field: getattr(problem, field) for field in FIELDS}
    return values | {"suggestion": problem.suggestion or None}
