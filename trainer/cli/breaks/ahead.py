"""Keeps at hand what will be so for the next day, for `trainer due` to answer from."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

from trainer.breaks import due
from trainer.breaks.hours import DAY_MS, Offset, local_day, moment
from trainer.breaks.schedule import State, ahead, unwatched
from trainer.breaks.words import when
from trainer.cli.make import offset_min, stamp
from trainer.library.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable

    from trainer.breaks.record import Record
    from trainer.breaks.settings import Breaks
    from trainer.kit import Kit
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

    found = ahead(wishes, unwatched(wishes, record), now_ms, offset, now_ms + DAY_MS)
    stands = dict(found)
    # From midnight on, tomorrow is today. A day of 23 hours holds two of them.
    for days in (1, 2):
        midnight_ms = moment(local_day(now_ms, offset) + timedelta(days), 0, offset)
        if now_ms < midnight_ms < now_ms + DAY_MS:
            stands.setdefault(midnight_ms, [state for at_ms, state in found if at_ms < midnight_ms][-1])
    return [row(at_ms, stands[at_ms]) for at_ms in sorted(stands)]


def keep_ahead(kit: Kit, record: Record) -> None:
    """Keep it; nothing is lost where that cannot be done. Not where the settings say something else by now."""
    from trainer.settings import load

    if kit.rehearsal or not kit.paths.known:
        return
    marked, now_ms, wishes = marks(kit.paths), stamp().utc_ms, kit.settings.breaks
    try:
        if load(kit.paths.settings).breaks != wishes:
            return
    except LibraryError:
        return
    found = rows(wishes, record, now_ms, offset_min, kit.library.name_of)
    due.write(str(kit.paths.home), marked, found, now_ms + DAY_MS)
