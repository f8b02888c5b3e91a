"""Beginning a logbook: the file appears whole under its name, or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sessions import schema
from sessions.errors import LogbookError, translated
from sessions.opening import IN_PROCESS, connect

_TOKEN_BYTES = 8


def create(path: Path, random: Callable[[int], bytes]) -> None:
    """Make a new logbook (0600) at `path`, and the folders it needs (0700).

    It is built under a passing name and then linked to its own: a process killed at any moment
    leaves no half file, and of two that begin at once both end with the same one. Returns, having
    made nothing, where the file is there by then. Raises `LogbookUnwritable` where it cannot be made.
    """
    with IN_PROCESS, translated(path):
        _make_private(path.parent)
        sibling = path.with_name(f".{path.name}.{random(_TOKEN_BYTES).hex()}.new")
        try:
            with translated(path):
                _build(sibling, random(_TOKEN_BYTES).hex())
                _place(sibling, path)
        except LogbookError:
            # Another process was first, and cleared this one's unfinished file away.
            if not path.exists():
                raise
        finally:
            with suppress(OSError):
                sibling.unlink(missing_ok=True)
        _sweep(path)


def _make_private(folder: Path) -> None:
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for new in reversed(missing):
        new.mkdir(mode=0o700, exist_ok=True)
        new.chmod(0o700)
        _sync_folder(new.parent)


def _build(sibling: Path, device: str) -> None:
    descriptor = os.open(sibling, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    os.close(descriptor)
    sibling.chmod(0o600)
    connection = connect(sibling, "rw")
    try:
        # No journal file beside a file that is thrown away unless it is whole.
        connection.execute("PRAGMA journal_mode = MEMORY")
        schema.create(connection, device)
    finally:
        connection.close()
    with sibling.open("rb+") as file:
        os.fsync(file.fileno())


def _place(sibling: Path, path: Path) -> None:
    try:
        os.link(sibling, path)
    except (FileExistsError, FileNotFoundError):
        return
    except OSError:
        # This file system has no hard links.
        if not os.path.lexists(path):
            sibling.rename(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        # Some network and FUSE file systems cannot sync a folder, and say so.
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sweep(path: Path) -> None:
    """Clear away what processes killed while creating left: of no use once the file is there."""
    if not path.exists():
        return
    with os.scandir(path.parent) as entries:
        for entry in entries:
            if entry.name.startswith(f".{path.name}.") and entry.name.endswith(".new"):
                with suppress(OSError):
                    os.unlink(entry.path)
