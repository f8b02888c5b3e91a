"""`trainer breaks` and its commands: each is loaded when it is given."""

from __future__ import annotations

from argparse import Namespace
from importlib import import_module

_HANDLERS = {
    None: ("loop", "run"),
    "status": ("status", "run"),
    "pause": ("pausing", "pause"),
    "resume": ("pausing", "resume"),
    "skip": ("pausing", "skip"),
    "snooze": ("pausing", "snooze"),
    "day": ("day", "run"),
    "install": ("installing", "install"),
    "uninstall": ("installing", "uninstall"),
    "remind": ("remind", "run"),
}


def run(args: Namespace) -> int:
    """Do what was asked for."""
    module, function = _HANDLERS[args.breaks_command]
    status: int = getattr(import_module(f"trainer.cli.breaks.{module}"), function)(args)
    return status
