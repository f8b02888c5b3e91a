"""`trainer` and `trainer run`: the front end is chosen here, and what could not be stored is seen to at the end."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.cli import streams
from trainer.cli.errors import Refusal
from trainer.text import clean

if TYPE_CHECKING:
    from trainer.kit import Kit


SWITCH_S = 0.0005
"""How long one thread keeps another waiting. Textual writes to the terminal from a thread of its own, which at the
usual five milliseconds paints late whenever there is something to do after a paint."""


def can_draw() -> bool:
    """Whether there is a terminal that a screen can be drawn on."""
    both = streams.is_terminal(sys.stdin) and streams.is_terminal(sys.stdout)
    return both and os.environ.get("TERM") != "dumb"


def load(screen: str) -> None:
    """Load what the first screen needs, and look for garbage only in what comes after it.

    What is loaded stays; to look through it again and again costs a tenth of the start, and would cost
    a pause of some milliseconds now and then for as long as the program runs.
    """
    import gc

    sys.setswitchinterval(SWITCH_S)
    gc.disable()
    try:
        import_module(f"trainer.app.{screen}")
        import_module("trainer.app.app")
    finally:
        gc.freeze()
        gc.enable()


def home(args: Namespace) -> int:
    """Open the home screen."""
    from trainer.cli.make import make_kit

    if not can_draw():
        return _without_screen(args)
    kit = make_kit(args)
    status = 1
    try:
        load("home")
        from trainer.app.app import run_app

        status = run_app(kit)
    finally:
        status = see_off(kit, status)
    return status


def _without_screen(args: Namespace) -> int:
    from trainer.cli.listing import read, say_plans
    from trainer.cli.make import find_paths
    from trainer.library.shelf import Library

    plans, problems = read(Library(find_paths(args).config))
    say_plans(plans)
    streams.say()
    sys.stdout.flush()
    raise Refusal(
        "there is no terminal here that a screen could be drawn on",
        "trainer run ID --plain guides line by line.",
        *(str(problem) for problem in problems),
    )


def run(args: Namespace) -> int:
    """Guide through a routine, or through an exercise by itself."""
    from trainer.cli.make import make_kit
    from trainer.cli.wishes import order_of, prepare
    from trainer.kit import step_named

    kit = make_kit(args, rehearse=args.rehearse)
    order = order_of(args, kit.library)
    prepared, exercises = prepare(kit, args.id, order)
    if order.from_step is not None:
        step_named(prepared, order.from_step)
    status = 1
    try:
        if args.plain or not can_draw():
            from trainer.cli.plain.guide import run_plain

            if kit.journal.trouble:
                streams.warn(f"trainer: {kit.journal.trouble}", "Going on; what you do is kept until the end.")
            if kit.sync is not None and (trouble := kit.sync()[1]):
                streams.warn(f"Not synced: {clean(trouble)}")
            status = run_plain(kit, prepared, exercises, order)
        else:
            load("guide")
            from trainer.app.app import run_app

            status = run_app(kit, routine=prepared.routine.id, order=order)
    finally:
        status = see_off(kit, status)
    return status


def see_off(kit: Kit, status: int) -> int:
    """Store what still waits, or put it where it can be found; let go of everything. Returns the exit status."""
    import tempfile

    from sessions.errors import LogbookError

    journal = kit.__dict__.get("journal")  # never made where it was never needed
    if journal is not None and not journal.retry():
        saved = journal.rescue(Path(tempfile.gettempdir()))
        streams.warn(f"Not saved in the logbook: {journal.trouble}")
        if saved is not None:
            streams.warn(
                f"What you did is in this file: {saved}",
                "trainer log import FILE takes it in. The temporary folder is emptied in time.",
            )
        else:
            streams.warn("No other folder took it either, so what you did is not kept.")
        status = status or 1
    elif journal is not None and journal.logbook is not None:
        from trainer.cli.make import stamp
        from trainer.cli.upkeep import at_the_end

        at_the_end(kit.paths, kit.settings, journal.logbook, at_ms=stamp().utc_ms)
    try:
        kit.close()
    except LogbookError as error:
        streams.warn(f"trainer: {error.message}")
        status = status or 1
    return status
