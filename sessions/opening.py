"""Opening the file: what stands under its name, and whether it may be read or written.

What is not a logbook is refused before SQLite sees it, since SQLite may write to any database that
it opens (it replays the journal of one, and folds the log of another back into it).
"""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from functools import partial
from pathlib import Path
from urllib.parse import quote_from_bytes

from msgspec import Struct

from sessions import readtables, schema
from sessions.errors import (
    DamagedLogbook,
    EmptyFile,
    LogbookUnreadable,
    LogbookUnwritable,
    NotALogbook,
    translated,
)

IN_PROCESS = threading.RLock()
"""Held by every use of a logbook file in this process.

POSIX drops all of a process's locks on a file when it closes any of its descriptors. Reading the
header in one thread would otherwise take the lock from under a write in another.
"""

BUSY_TIMEOUT_S = 1.0
BACKUPS = "backups"
"""The folder beside a logbook into which it is copied before it is brought to a newer form."""

_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100
_TABLES = frozenset({"meta", "fact", *schema.READ_TABLE_NAMES})


class Opened(Struct, frozen=True):
    """A connection to a logbook, and what was learned on the way."""

    connection: sqlite3.Connection
    device: str
    why_read_only: str
    """Why nothing can be stored; empty where it can."""
    newer: bool
    """Whether a newer version wrote the file."""


def is_there(path: Path) -> bool:
    """Return whether a logbook stands under this name, going by its first 100 bytes.

    Writes nothing. Raises `NotALogbook`, `EmptyFile`, `DamagedLogbook` or `LogbookUnreadable` where
    something else stands there.
    """
    with IN_PROCESS, translated(path):
        try:
            found = path.stat()
        except FileNotFoundError:
            if path.is_symlink():
                raise NotALogbook(f"{path} is a link to nothing; remove it, or restore its target.") from None
            return False
        if not stat.S_ISREG(found.st_mode):
            what = "a folder" if stat.S_ISDIR(found.st_mode) else "no ordinary file"
            raise NotALogbook(f"{path} is {what}, so it cannot be a logbook; choose another file name.")
        if not found.st_size:
            raise EmptyFile(
                f"{path} is empty, which a logbook never is; put a backup in its place, "
                "or move it away to begin a new one."
            )
        try:
            with path.open("rb", buffering=0) as file:
                header = file.read(_HEADER_BYTES)
        except PermissionError:
            raise LogbookUnreadable(f"The logbook {path} may not be read; check its permissions.") from None
    _check_header(path, header)
    return True


def _check_header(path: Path, header: bytes) -> None:
    """Refuse a foreign file by what no crash can change: its first words and its application id.

    Its size and version are left to SQLite: after a crash they are right only once it has put the
    journal back.
    """
    if not header.startswith(_MAGIC):
        raise NotALogbook(f"{path} is not a logbook; choose another file name, or move that file away.")
    if len(header) < _HEADER_BYTES:
        raise _damaged(path)
    if int.from_bytes(header[68:72], "big") != schema.APPLICATION_ID:
        raise NotALogbook(f"{path} belongs to another program; choose another file name for the logbook.")


def _damaged(path: Path) -> DamagedLogbook:
    return DamagedLogbook(f"The logbook {path} is damaged; keep a copy of it, then put a backup in its place.")


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """Return a connection in SQLite's URI mode `ro` or `rw`, which create nothing."""
    where = quote_from_bytes(os.fsencode(path.absolute().as_posix()), safe="/:")
    slash = "" if where.startswith("/") else "/"
    connection = sqlite3.connect(
        f"file://{slash}{where}?mode={mode}",
        uri=True,
        timeout=BUSY_TIMEOUT_S,
        isolation_level=None,
        check_same_thread=False,
    )
    # Text of which a byte went bad is read, too: the digest tells of it, and the rest is not lost.
    connection.text_factory = partial(str, encoding="utf-8", errors="replace")
    return connection


def open_logbook(path: Path) -> Opened:
    """Open the logbook that is there, for writing where that is allowed.

    An older form is brought up to date. Raises the errors of `is_there`, and any other
    `LogbookError`.
    """
    with IN_PROCESS, translated(path):
        why = _why_read_only(path)
        connection = connect(path, "ro" if why else "rw")
        try:
            # The first read: here SQLite puts a journal back and finds a file cut short.
            number = schema.version(connection)
            newer = number > schema.SCHEMA
            if newer:
                why = f"A newer version of the program wrote {path}; update the program to add to it."
            if number < 1 or _is_cut_short(connection, path):
                raise _damaged(path)
            if why:
                _refuse_older(path, number)
                connection.execute("PRAGMA query_only = 1")
            else:
                _make_durable(connection)
                _bring_up_to_date(connection, number, path)
            return Opened(connection, _device(connection, path, newer=newer), why, newer)
        except BaseException:
            connection.close()
            raise


def _why_read_only(path: Path) -> str:
    if not os.access(path, os.W_OK):
        return f"The file {path} may only be read; check its permissions."
    # The journal that makes a write safe stands beside the file.
    if not os.access(path.parent, os.W_OK | os.X_OK):
        return f"The folder {path.parent} may only be read; check its permissions."
    return ""


def _is_cut_short(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether part of the last page is missing: SQLite itself looks at whole pages only.

    The file is never shorter than this while another process writes: pages are added at its end.
    """
    pages, page_bytes = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return path.stat().st_size < int(pages) * int(page_bytes)


def _make_durable(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = EXTRA")
    # Without this, macOS leaves the data in the drive's own cache. Other systems ignore it.
    connection.execute("PRAGMA fullfsync = 1")


def _bring_up_to_date(connection: sqlite3.Connection, number: int, path: Path) -> None:
    if number >= schema.SCHEMA:
        return
    from sessions.safety.backups import before_form

    # A backup is its own keeper: what is opened from among them leaves its copy there.
    folder = path.parent if path.parent.name == BACKUPS else path.parent / BACKUPS
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have been first.
        if schema.version(connection) < schema.SCHEMA:
            before_form(path, folder, at_ms=path.stat().st_mtime_ns // 1_000_000)
        if schema.migrate(connection, schema.MIGRATIONS, schema.SCHEMA):
            schema.renew_read_tables(connection)
            readtables.rebuild(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _refuse_older(path: Path, number: int) -> None:
    if number < schema.SCHEMA:
        raise LogbookUnwritable(
            f"The logbook {path} is of an older form and may only be read; allow writing to it and to "
            "its folder once, and it is brought up to date."
        )


def _device(connection: sqlite3.Connection, path: Path, *, newer: bool) -> str:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    # What a newer form calls its read tables cannot be known.
    if not tables >= ({"meta", "fact"} if newer else _TABLES):
        raise _damaged(path)
    row = connection.execute("SELECT value FROM meta WHERE key = 'device'").fetchone()
    if row is None:
        raise _damaged(path)
    return str(row[0])
