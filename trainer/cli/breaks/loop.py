"""`trainer breaks`: the loop on a screen, or line by line."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from trainer.cli import start
from trainer.library.errors import LibraryError, Problem

if TYPE_CHECKING:
    from trainer.kit import Kit


def run(args: Namespace) -> int:
    """Count to the next break until the person leaves."""
    from trainer.cli.make import make_kit

    kit = make_kit(args)
    check(kit)
    status = 1
    try:
        if args.plain or not start.can_draw():
            from trainer.cli.breaks.plain import run_plain

            status = run_plain(kit)
        else:
            start.load("breaks")
            from trainer.app.app import run_app

            status = run_app(kit, breaks=True)
    finally:
        status = start.see_off(kit, status)
    return status


def check(kit: Kit) -> None:
    """Raise `LibraryError` where the breaks are to offer what there is not, before anybody counts to it."""
    wishes = kit.settings.breaks
    wanted = [(f"breaks.routines.{number}", one) for number, one in enumerate(wishes.routines, 1)]
    wanted += [(f"breaks.at.{number}.routine", one.routine) for number, one in enumerate(wishes.at, 1) if one.routine]
    problems = []
    for place, routine in wanted:
        try:
            kit.library.practice(routine)
        except LibraryError as error:
            if any(problem.file for problem in error.problems if problem.place):
                raise
            allowed = "the id of a routine or an exercise, as trainer list names it"
            problems.append(Problem(str(kit.paths.settings), place, repr(routine), allowed))
    if problems:
        raise LibraryError(*problems)
