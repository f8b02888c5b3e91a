"""`trainer check`: everything that is wrong with files of one's own. `trainer schema`: what they may hold."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from trainer.cli import streams
from trainer.cli.make import find_paths
from trainer.library.errors import Problem
from trainer.library.examine import Examined, Examiner
from trainer.library.shelf import Library

FIELDS = ("file", "line", "column", "place", "found", "allowed", "suggestion")
"""Of each object that `check --json` prints; null where there is none."""


def run(args: Namespace) -> int:
    """Check each file, or all of the person's own; 2 where anything is wrong with any."""
    paths = find_paths(args)
    examiner = Examiner(Library(paths.config))
    examined = _named(examiner, args.files) if args.files else examiner.own()
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


def _named(examiner: Examiner, files: Iterable[str]) -> Iterable[Examined]:
    return (examiner.file(Path(file), name=file) for file in files)


def _say(one: Examined, problems: Iterable[Problem]) -> None:
    for problem in problems:
        streams.say(str(problem))
    if one.value is not None:
        name = f"{one.value.id}.toml"
        hint = "" if Path(one.name).name == name else f"; to be found, the file has to be called {name}"
        streams.say(f"{one.name}: ok ({type(one.value).__name__.lower()}){hint}")


def _as_json(problem: Problem) -> dict[str, object]:
    values = {field: getattr(problem, field) for field in FIELDS}
    return values | {"suggestion": problem.suggestion or None}
