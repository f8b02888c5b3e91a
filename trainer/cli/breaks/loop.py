"""`trainer breaks`: the loop on a screen, or line by line."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from trainer.cli import start
from trainer.library.errors import LibraryError

if TYPE_CHECKING:
    from pathlib import Path

    from trainer.kit import Kit
    from trainer.library.errors import Problem


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
    wanted: list[tuple[tuple[str | int, ...], str]] = [
        (("breaks", "routines", number), one) for number, one in enumerate(wishes.routines)
    ]
    wanted += [(("breaks", "at", n, "routine"), one.routine) for n, one in enumerate(wishes.at) if one.routine]
    missing = []
    for keys, routine in wanted:
        try:
            kit.library.practice(routine)
        except LibraryError as error:
            if any(problem.file for problem in error.problems if problem.place):
                raise
            missing.append((keys, routine))
    if missing:
        raise LibraryError(*_told(kit.paths.settings, missing))


def _told(settings: Path, missing: list[tuple[tuple[str | int, ...], str]]) -> list[Problem]:
    from trainer.cli.asked import shown
    from trainer.library.contradictions import Fault
    from trainer.library.explain import place

    allowed = "the id of a routine or an exercise, as trainer list names it"
    try:
        text = settings.read_text("utf-8-sig")
    except (OSError, ValueError):
        text = None
    return place((Fault(keys, shown(one), allowed) for keys, one in missing), str(settings), text)
