"""Files that are written whole or not at all, for the person alone, and never through a link."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sessions.errors import FileInTheWay, LogbookError, LogbookUnwritable

_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
COMPANIONS = ("-journal", "-wal", "-shm")
"""What SQLite puts beside a database, under its name and these."""

_SUFFIX = ".new"
_NAME_CHARS = 40
"""Of a file's name, how much goes into its passing name: names have an end at 255 bytes."""
_TRIES = 100
_ABANDONED_S = 3_600


def write_whole(path: Path, chunks: Iterable[bytes], *, replace: bool) -> None:
    """Write a file (0600) of `chunks` at `path`, durably; whatever goes wrong, nothing of it is left.

    With `replace` it takes the place of an ordinary file that is there, and otherwise never does, whoever else writes
    at that moment. The folder may be reached by links; the file itself is none. Raises `FileInTheWay` for what may not
    be replaced, `LogbookUnwritable` where the system does not take it; what `chunks` raises is passed on.
    """
    _refuse_odd(path, replace=replace)
    with staged(path) as beside:
        _fill(beside, chunks, path)
        with _told(path):
            if replace:
                _refuse_odd(path, replace=True)
                os.replace(beside, path)
                sync_folder(path.parent)
            else:
                place_new(beside, path)
    sweep(path, path)


def _fill(beside: Path, chunks: Iterable[bytes], path: Path) -> None:
    with _told(path):
        file = os.fdopen(os.open(beside, os.O_WRONLY | _NOFOLLOW), "wb")
    try:
        for chunk in chunks:
            # Only this line, so that what goes wrong where the chunks come from is not taken for a fault of this file.
            try:
                file.write(chunk)
            except OSError as error:
                raise not_written(path, error) from error
        with _told(path):
            file.flush()
            os.fsync(file.fileno())
    finally:
        # What could not be written is tried once more at closing, and has been told of by then.
        with suppress(OSError):
            file.close()


@contextmanager
def staged(path: Path) -> Iterator[Path]:
    """Make an empty file (0600) beside `path`, under a passing name; what is left of it is removed at the end."""
    with _told(path):
        beside = _make_beside(path)
    try:
        yield beside
    finally:
        for suffix in ("", *COMPANIONS):
            with suppress(OSError):
                os.unlink(f"{beside}{suffix}")


def _make_beside(path: Path) -> Path:
    for number in range(_TRIES):
        beside = path.with_name(f"{passing_prefix(path)}{os.getpid()}-{number}{_SUFFIX}")
        with suppress(FileExistsError):
            make_empty(beside)
            return beside
    raise LogbookUnwritable(
        f"{path} was not written: {_TRIES} unfinished files like {beside} are in the way; remove them."
    )


def make_empty(path: Path) -> None:
    """Make an empty file (0600). Raises FileExistsError where anything has that name."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _NOFOLLOW, 0o600))
    # The umask may have taken more away; a file system without such rights has nothing to give back.
    with suppress(OSError):
        os.chmod(path, 0o600)


def passing_prefix(path: Path) -> str:
    """Return how the names begin of files that are to become the one at `path`."""
    return f".{path.name[:_NAME_CHARS]}."


def _refuse_odd(path: Path, *, replace: bool) -> None:
    """Refuse what must not be written over. A link would lead elsewhere, and a pipe or a folder holds no content."""
    if path.name in ("", ".."):
        raise FileInTheWay(f"{path} is a folder; name a file in it.")
    with _told(path):
        try:
            found = os.lstat(path)
        except FileNotFoundError:
            return
    if stat.S_ISLNK(found.st_mode):
        raise FileInTheWay(f"{path} is a link, which is never written through; name the file that it leads to.")
    if stat.S_ISDIR(found.st_mode):
        raise FileInTheWay(f"{path} is a folder; name a file in it.")
    if not stat.S_ISREG(found.st_mode):
        raise FileInTheWay(f"{path} is no ordinary file; choose another name.")
    if not replace:
        raise _taken(path)


def _taken(path: Path) -> FileInTheWay:
    return FileInTheWay(f"{path} is there already; choose another name, or say that it may be replaced.")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError as error:
        raise _taken(path) from error
    except OSError as error:
        raise not_written(path, error) from error


def not_written(path: Path, error: OSError) -> LogbookError:
    """Return what tells the person that the system did not take a file."""
    if error.errno in (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return LogbookUnwritable(f"The disk is full, so {path} was not written; free some space.")
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return LogbookUnwritable(f"{path} was not written, since there is no folder {path.parent}; make it first.")
    reason = (error.strerror or str(error)).lower()
    return LogbookUnwritable(f"{path} was not written: {reason}; check the folder.")


def place_new(beside: Path, path: Path) -> None:
    """Give a file that is ready the name `path`. Raises FileExistsError where anything has that name."""
    try:
        os.link(beside, path)
    except (FileExistsError, FileNotFoundError):
        raise
    except OSError:
        # This file system has no hard links, so that here, and only here, the two steps are not one.
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        os.rename(beside, path)
    sync_folder(path.parent)
    with suppress(OSError):
        os.unlink(beside)


def make_private(folder: Path) -> None:
    """Make a folder (0700) and those above it that are missing; one that is there keeps its rights."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for new in reversed(missing):
        new.mkdir(mode=0o700, exist_ok=True)
        new.chmod(0o700)
        sync_folder(new.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    # Some network and FUSE file systems cannot sync a folder, and say so. The names are right all the same.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sync_file(path: Path) -> None:
    """Make the content of a file durable."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sweep(path: Path, written: Path) -> None:
    """Clear away what processes that were killed while writing `path` left an hour or more before `written` was."""
    endings = tuple(f"{_SUFFIX}{one}" for one in ("", *COMPANIONS))
    with suppress(OSError):
        # By the file system's own clock.
        latest = written.stat().st_mtime - _ABANDONED_S
        with os.scandir(path.parent) as entries:
            for entry in entries:
                if (
                    entry.name.startswith(passing_prefix(path))
                    and entry.name.endswith(endings)
                    and entry.is_file(follow_symlinks=False)
                    and entry.stat(follow_symlinks=False).st_mtime < latest
                ):
                    with suppress(OSError):
                        os.unlink(entry.path)
