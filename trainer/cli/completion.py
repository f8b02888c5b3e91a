"""`trainer completion SHELL`: a script that completes commands, options, ids and files."""

from __future__ import annotations

import contextlib
from argparse import Action, Namespace

from trainer.cli.errors import Refusal
from trainer.cli.make import find_paths
from trainer.cli.parser import build
from trainer.library.folder import id_problem
from trainer.library.model import Exercise, Routine
from trainer.library.shelf import Library
from trainer.text import clean


def run(args: Namespace) -> int:
    """Print the script."""
    import shtab

    from trainer.coach.activities import ACTIVITIES, INTENSITIES

    if args.shell not in shtab.SUPPORTED_SHELLS:
        shells = ", ".join(shtab.SUPPORTED_SHELLS)
        raise Refusal(f"completion: found {clean(args.shell, limit=40)!r}; allowed: {shells}")
    parser = build()
    commands = next(action.choices for action in parser._actions if action.dest == "command")
    assert isinstance(commands, dict)
    library = Library(find_paths(args).config)
    routines, exercises = ([one.id for one in values] for values in (library.routines()[0], library.exercises()[0]))
    every = list(dict.fromkeys([*routines, *exercises]))
    for name, dest, ids in (
        ("run", "id", routines),
        ("show", "id", every),
        ("share", "id", every),
        ("new", "source", every),
        ("edit", "name", _own(library) or every),
    ):
        _of(commands[name]._actions, dest).choices = ids
    _of(commands["completion"]._actions, "shell").choices = list(shtab.SUPPORTED_SHELLS)
    for name, dest in (("check", "files"), ("add", "file"), ("share", "to")):
        _of(commands[name]._actions, dest).complete = shtab.FILE  # type: ignore[attr-defined]  # shtab's own way
    logs = next(action.choices for action in commands["log"]._actions if action.dest == "log_command")
    assert isinstance(logs, dict)
    _of(logs["add"]._actions, "activity").choices = [one.id for one in ACTIVITIES]
    _of(logs["add"]._actions, "intensity").choices = list(INTENSITIES)
    for one in (parser, *commands.values(), *logs.values()):
        for dest in ("data_dir", "config_dir"):
            _of(one._actions, dest).complete = shtab.DIRECTORY  # type: ignore[attr-defined]  # likewise
    print(shtab.complete(parser, args.shell))
    return 0


def _of(actions: list[Action], dest: str) -> Action:
    return next(action for action in actions if action.dest == dest)


def _own(library: Library) -> list[str]:
    """The ids of the person's own files; also of those that cannot be read, which want editing most."""
    found: list[str] = []
    for kind in (Routine, Exercise):
        with contextlib.suppress(OSError):
            found += (path.stem for path in library.own_files(kind) if id_problem(path.stem) is None)
    return list(dict.fromkeys(found))
