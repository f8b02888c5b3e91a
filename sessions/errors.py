"""What can go wrong with a logbook, each in one sentence that says what to do."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class LogbookError(Exception):
    """Anything that the logbook could not do; the base of the others.

    `message` is one sentence for the person, with the file's path where there is one.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InvalidFact(LogbookError, ValueError):
    """A fact with a field that is out of range, of another type, or missing."""


class NotALogbook(LogbookError):
    """What stands under this name is something else: another program's file, a folder, a pipe."""


class EmptyFile(NotALogbook):
    """The file has no content at all: something went wrong before, and a backup may be at hand."""


class DamagedLogbook(LogbookError):
    """The file was a logbook, and part of it is missing or unreadable."""


class NewerLogbook(LogbookError):
    """A newer version wrote the file, in a form that this one cannot read or write."""


class LogbookUnwritable(LogbookError):
    """Nothing could be stored: the disk is full, or may not be written to, or failed."""


class LogbookUnreadable(LogbookError):
    """The file may not be read."""


class FileInTheWay(LogbookError):
    """What stands under the name of a file to be written may not be replaced."""


class LogbookBusy(LogbookError):
    """Another process holds the file for longer than a second; trying again helps."""


# Primary result codes of SQLite (sqlite.org/rescode.html). The module's own names for them would
# load sqlite3 for whoever only wants to name an error.
_ERROR, _PERM, _BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL = 1, 3, 5, 6, 8, 10, 11, 13
_CANTOPEN, _NOTADB = 14, 26
_READONLY_ROLLBACK, _READONLY_DBMOVED = 776, 1032

_DAMAGED = (DamagedLogbook, "The logbook {path} is damaged; keep a copy of it, then put a backup in its place.")

_BY_CODE: dict[int, tuple[type[LogbookError], str]] = {
    # What is asked never varies: a table or column that is not known was there once.
    _ERROR: _DAMAGED,
    _PERM: (LogbookUnwritable, "The logbook {path} may not be written to; check its permissions."),
    _BUSY: (LogbookBusy, "Another program holds the logbook {path}; try again in a moment."),
    _LOCKED: (LogbookBusy, "Another program holds the logbook {path}; try again in a moment."),
    _READONLY: (LogbookUnwritable, "The logbook {path} may not be written to; check its permissions."),
    _READONLY_ROLLBACK: (
        LogbookUnwritable,
        "The logbook {path} was left in the middle of a write and may not be written to; "
        "allow writing to it and to its folder once, and it repairs itself.",
    ),
    _READONLY_DBMOVED: (
        LogbookUnwritable,
        "The logbook {path} was moved or deleted while it was open; put it back, or open it anew.",
    ),
    _IOERR: (LogbookUnwritable, "The disk failed to read or write the logbook {path}; check the disk."),
    _CORRUPT: _DAMAGED,
    _FULL: (LogbookUnwritable, "The disk is full, so the logbook {path} cannot grow; free some space."),
    _CANTOPEN: (LogbookUnwritable, "The logbook {path} or its folder cannot be opened; check permissions."),
    _NOTADB: (NotALogbook, "{path} is not a logbook; choose another file name, or move that file away."),
}


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn every error of SQLite and of the system inside the block into a `LogbookError`."""
    import sqlite3

    try:
        yield
    except LogbookError:
        raise
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        found = None if code is None else _BY_CODE.get(code) or _BY_CODE.get(code & 0xFF)
        if found is None:
            raise LogbookError(f"The logbook {path} failed: {error}.") from error
        kind, message = found
        raise kind(message.format(path=path)) from error
    except OSError as error:
        raise _from_system(error, path) from error
    except UnicodeDecodeError as error:
        # A name in the file that is no text any more, in what SQLite says of it.
        raise DamagedLogbook(_DAMAGED[1].format(path=path)) from error
    except (ValueError, OverflowError) as error:
        raise LogbookError(f"The logbook {path} cannot hold or look for this: {error}.") from error


def _from_system(error: OSError, path: Path) -> LogbookError:
    if error.errno in (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return LogbookUnwritable(_BY_CODE[_FULL][1].format(path=path))
    return LogbookUnwritable(
        f"The logbook {path} cannot be opened or written: {error.strerror or error}; check the folder."
    )
