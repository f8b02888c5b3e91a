"""`trainer completion SHELL`: a script that completes commands, options and routines."""

from __future__ import annotations

from argparse import Action, Namespace

from trainer.cli.errors import Refusal
from trainer.cli.make import find_paths
from trainer.cli.parser import build
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
    routines, exercises = _ids(args)
    for name, ids in (("run", routines), ("show", [*routines, *exercises])):
        _of(commands[name]._actions, "id").choices = ids
    _of(commands["completion"]._actions, "shell").choices = list(shtab.SUPPORTED_SHELLS)
    _of(commands["check"]._actions, "files").complete = shtab.FILE  # type: ignore[attr-defined]  # shtab's own way
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


def _ids(args: Namespace) -> tuple[list[str], list[str]]:
    """The routines and exercises there are now; what cannot be read is left out."""
    from trainer.library.shelf import Library

    library = Library(find_paths(args).config)
    return [one.id for one in library.routines()[0]], [one.id for one in library.exercises()[0]]
