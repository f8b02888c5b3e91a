"""Beginning a logbook: the file appears whole under its name, or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sessions import schema
from sessions.errors import LogbookError, translated
from sessions.files import make_empty, make_private, place_new, sync_file
from sessions.opening import IN_PROCESS, connect

_TOKEN_BYTES = 8


def create(path: Path, random: Callable[[int], bytes]) -> None:
    """Make a new logbook (0600) at `path`, and the folders it needs (0700).

    It is built under a passing name and then linked to its own: a process killed at any moment
    leaves no half file, and of two that begin at once both end with the same one. Returns, having
    made nothing, where the file is there by then. Raises `LogbookUnwritable` where it cannot be made.
    """
    with IN_PROCESS, translated(path):
        make_private(path.parent)
        sibling = path.with_name(f".{path.name}.{random(_TOKEN_BYTES).hex()}.new")
        try:
            with translated(path):
                _build(sibling, random(_TOKEN_BYTES).hex())
                # Another process may have been first; the file is then the one that it made.
                with suppress(FileExistsError, FileNotFoundError):
                    place_new(sibling, path)
        except LogbookError:
            # Another process was first, and cleared this one's unfinished file away.
            if not path.exists():
                raise
        finally:
            with suppress(OSError):
                sibling.unlink(missing_ok=True)
        _sweep(path)


def _build(sibling: Path, device: str) -> None:
    make_empty(sibling)
    connection = connect(sibling, "rw")
    try:
        # No journal file beside a file that is thrown away unless it is whole.
        connection.execute("PRAGMA journal_mode = MEMORY")
        schema.create(connection, device)
    finally:
        connection.close()
    sync_file(sibling)


def _sweep(path: Path) -> None:
    """Clear away what processes killed while creating left: of no use once the file is there."""
    if not path.exists():
        return
    with os.scandir(path.parent) as entries:
        for entry in entries:
            if entry.name.startswith(f".{path.name}.") and entry.name.endswith(".new"):
                with suppress(OSError):
                    os.unlink(entry.path)
