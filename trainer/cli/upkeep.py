"""What the program does for the logbook by itself: syncing where a folder was kept for it, and a backup a day."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sessions.errors import LogbookError
from trainer.cli import streams
from trainer.text import clean

if TYPE_CHECKING:
    from sessions.logbook import Logbook
    from trainer.paths import Paths
    from trainer.settings import Settings


_LARGE = 100_000_000
"""Bytes from which proving a copy takes long enough to say so."""


def syncing(paths: Paths, settings: Settings, logbook: Logbook) -> tuple[int, str]:
    """Sync with the folder that was kept. Returns how many facts came in, and what went wrong, if anything."""
    if not settings.sync_folder or logbook.read_only:
        return 0, ""
    from trainer.cli.syncing import sync_with

    try:
        found = sync_with(logbook, Path(settings.sync_folder), paths)
    except LogbookError as error:
        return 0, error.message
    return found.took, " ".join(found.trouble)


def at_the_end(paths: Paths, settings: Settings, logbook: Logbook, *, at_ms: int) -> None:
    """Look after the logbook; what goes wrong is said, no more."""

    def slow() -> None:
        if streams.is_terminal(sys.stderr):
            streams.warn("Making the day's backup. This takes some seconds.")

    streams.warn(*look_after(paths, settings, logbook, at_ms=at_ms, slow=slow))


def look_after(
    paths: Paths, settings: Settings, logbook: Logbook, *, at_ms: int, slow: Callable[[], None] = lambda: None
) -> list[str]:
    """Sync, and make the day's backup where something came to be since the last. Returns what went wrong, in lines.

    `slow` is called before what takes seconds.
    """
    wrong = []
    _, trouble = syncing(paths, settings, logbook)
    if trouble:
        wrong.append(f"Not synced: {clean(trouble)}")
    if logbook.read_only:
        return wrong
    from sessions.safety.backups import back_up, due, thin

    try:
        if due(paths.logbook, paths.backups, at_ms):
            if paths.logbook.stat().st_size > _LARGE:
                slow()
            back_up(paths.logbook, paths.backups, at_ms=at_ms)
            thin(paths.backups, at_ms)
    except (LogbookError, OSError) as error:
        from trainer.trouble import command

        wrong += [f"No backup was made: {clean(str(error))}", f"{command(paths, 'verify')} says more."]
    return wrong
