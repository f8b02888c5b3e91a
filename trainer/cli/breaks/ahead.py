"""Keeps at hand what will be so for the next day, for `trainer due` to answer from."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

from trainer.breaks import due
from trainer.breaks.hours import DAY_MS, Offset, local_day, moment
from trainer.breaks.schedule import State, ahead
from trainer.breaks.words import when
from trainer.cli.make import offset_min, stamp
from trainer.library.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable

    from trainer.breaks.record import Record
    from trainer.breaks.settings import Breaks
    from trainer.kit import Kit
    from trainer.library.shelf import Library
    from trainer.paths import Paths


def marks(paths: Paths) -> str:
    """What the answer is reckoned from, as it is now."""
    return due.mark(str(paths.settings), str(paths.logbook), os.environ)


def rows(wishes: Breaks, record: Record, now_ms: int, offset: Offset, name: Callable[[str], str]) -> list[due.Row]:
    """What will be so for the next day. `name` gives a routine's name."""

    def row(at_ms: int, found: State) -> due.Row:
        coming = found.next
        comes_ms, routine = (coming.at_ms, coming.routine) if coming is not None else (0, "")
        until_ms = found.until_ms or 0
        shown = when((until_ms if found.kind == "paused" else comes_ms) or at_ms, at_ms, offset)
        return at_ms, found.kind, comes_ms, until_ms, routine, name(routine) if routine else "", shown

    found = ahead(wishes, record, now_ms, offset, now_ms + DAY_MS)
    # From midnight on, tomorrow is today.
    midnight_ms = moment(local_day(now_ms, offset) + timedelta(1), 0, offset)
    held = [state for at_ms, state in found if at_ms < midnight_ms][-1]
    again = [(midnight_ms, held)] if midnight_ms not in dict(found) else []
    return [row(*one) for one in sorted([*found, *again], key=lambda one: one[0])]


def namer(library: Library) -> Callable[[str], str]:
    """A function that gives a routine's name, or its id where it cannot be read."""

    def name(routine: str) -> str:
        from trainer.text import clean

        try:
            found = library.practice(routine).name
        except LibraryError:
            found = routine
        return clean(found, limit=60)

    return name


def keep_ahead(kit: Kit, record: Record) -> None:
    """Keep it, where it was ever asked for or breaks are counted; nothing is lost where it cannot be kept."""
    if kit.rehearsal or not kit.paths.known:
        return
    now_ms = stamp().utc_ms
    found = rows(kit.settings.breaks, record, now_ms, offset_min, namer(kit.library))
    due.write(str(kit.paths.home), marks(kit.paths), found, now_ms + DAY_MS)
