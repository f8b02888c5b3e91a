"""From arguments to an exit status: 0 done, 1 stopped or failed, 2 bad usage or input, 128 + n on a signal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

from trainer.cli import streams
from trainer.cli.errors import Refusal, Signalled
from trainer.cli.parser import parse

# Each command's module is loaded when the command is given: `list` needs no logbook, `log` no sound.
_HANDLERS = {
    None: ("start", "home"),
    "run": ("start", "run"),
    "list": ("listing", "run"),
    "show": ("showing", "run"),
    "figure": ("figure", "run"),
    "check": ("checking", "run"),
    "new": ("authoring", "new"),
    "edit": ("authoring", "edit"),
    "share": ("sharing", "run"),
    "add": ("adding", "run"),
    "schema": ("checking", "print_schema"),
    "breaks": ("breaks.commands", "run"),
    "due": ("due", "run"),
    "log": ("history", "run"),
    "stats": ("stats", "run"),
    "sync": ("syncing", "run"),
    "people": ("people", "run"),
    "doctor": ("doctor", "run"),
    "care": ("notes", "run"),
    "rules": ("notes", "run"),
    "completion": ("completion", "run"),
}
_SIGPIPE, _SIGINT = 13, 2


def main(argv: Sequence[str]) -> int:
    """Do what `argv` asks for and return the exit status. Raises nothing."""
    streams.prepare()
    try:
        status = _run(argv)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 128 + _SIGINT
    except Signalled as signalled:
        return 128 + signalled.number
    except OSError as error:
        return output_failed(error)
    return status


def output_failed(error: OSError) -> int:
    """Give up an output that takes nothing, say why where anyone reads it, and return the exit status."""
    streams.abandon()
    if isinstance(error, BrokenPipeError):
        return 128 + _SIGPIPE  # as of any program whose reader went away
    streams.warn(f"trainer: {error.strerror or error}{f': {error.filename}' if error.filename else ''}")
    return 1


def _run(argv: Sequence[str]) -> int:
    try:
        args = parse(argv)
        module, function = _HANDLERS[args.command]
        status: int = getattr(import_module(f"trainer.cli.{module}"), function)(args)
    except SystemExit as ended:  # argparse has said why
        return ended.code if isinstance(ended.code, int) else 2
    except Refusal as refusal:
        streams.warn(f"trainer: {refusal.lines[0]}", *refusal.lines[1:])
        return refusal.status
    except OSError:
        raise
    except Exception as error:
        from trainer.library.errors import LibraryError  # here, as `--help` raises neither and needs no more

        if isinstance(error, LibraryError):
            streams.warn(*(f"trainer: {problem}" for problem in error.problems))
            return 2
        if sys.flags.dev_mode:
            raise
        from sessions.errors import LogbookError

        if isinstance(error, LogbookError):
            streams.warn(f"trainer: {error.message}")
        else:
            streams.warn(
                f"trainer: a fault in the program: {type(error).__name__}: {error}",
                "python -X dev -m trainer … shows where it lies.",
            )
        return 1
    return status
