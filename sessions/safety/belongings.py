"""All the files that a logbook has left, here and in the folders that it was synced with; for whoever erases them."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path

from msgspec import Struct

from sessions.errors import LogbookBusy, LogbookError, translated
from sessions.exchange.syncing import PREFIX, SUFFIX
from sessions.files import COMPANIONS, passing_prefix
from sessions.opening import IN_PROCESS, connect
from sessions.safety.keeping import read_name
from sessions.safety.salvage import FOLDER_PREFIX

_DEVICE = re.compile(r"[0-9a-f]{16}")
_AFTER_DEVICE = re.compile(r"[^0-9a-zA-Z]")
_SYNC_KEY = "sync:"


class Belongings(Struct):
    """Files by what they are, each in the order in which they are best removed; nothing is followed but folders."""

    logbook: list[Path]
    """What SQLite put beside the logbook, then the logbook itself."""
    beside: list[Path]
    """What somebody else put beside it, by the names that were handed in."""
    set_aside: list[Path]
    """What stood in its place before, and what was left half written."""
    backups: list[Path]
    synced: list[Path]
    """What this logbook's devices wrote into folders that they were synced with."""
    folders: list[Path]
    """Folders of this logbook alone, innermost first, which can go once they are empty."""
    links: list[tuple[Path, Path]]
    """Which of the files are links, and where they lead; what is there is none of these."""
    of_others: dict[Path, int]
    """By folder that it was synced with, how many files of other devices lie there."""
    out_of_reach: list[Path]
    """Folders that it was synced with and that are not there now."""

    def files(self) -> Iterator[Path]:
        """Yield all files, the logbook last: it alone tells which others are its own."""
        yield from (*self.synced, *self.set_aside, *self.backups, *self.beside, *self.logbook)


def belongings(
    path: Path, folder: Path, sync_folders: Iterable[Path] = (), *, beside: Iterable[str] = ()
) -> Belongings:
    """Return what the logbook at `path`, whose backups lie in `folder`, has left.

    It is looked for in `sync_folders` and in all that the logbook, its backups and what was set aside name themselves.
    `beside` are names of files that others keep in the logbook's folder and that go with it; one that was left half
    written has a number behind its name. Raises `LogbookError` where a folder cannot be listed.
    """
    found = Belongings([], [], [], [], [], [], [], {}, [])
    with translated(path):
        found.logbook = [one for suffix in (*COMPANIONS, "") if os.path.lexists(one := Path(f"{path}{suffix}"))]
        found.beside = list(_named(path.parent, beside))
        found.set_aside = list(_beside(path, found.folders))
        found.backups = list(_backups(folder, path.name))
        if folder.is_dir() and not folder.is_symlink():
            found.folders.append(folder)
    where, devices = set(sync_folders), set[str]()
    for file in (path, *found.backups, *found.set_aside):
        more, device = _named_in(file)
        where |= more
        devices |= {device} if _DEVICE.fullmatch(device) else set()
    for one in sorted({Path(os.path.realpath(one)) for one in where}):
        _synced(one, devices, found)
    found.links = [(one, Path(os.path.realpath(one))) for one in found.files() if one.is_symlink()]
    return found


def hold(path: Path) -> None:
    """Raise `LogbookBusy` where another program is reading or writing the logbook just now."""
    try:
        with IN_PROCESS, translated(path), closing(connect(path, "rw")) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except LogbookBusy:
        raise
    except LogbookError:
        return  # nobody can use it


def empty(path: Path) -> None:
    """Take all content from an ordinary file that bears one name only. Raises OSError where that is not possible.

    Another program that has the logbook open would otherwise go on with what it holds, and write it into the folder
    that it is synced with.
    """
    if not stat.S_ISREG(path.lstat().st_mode):
        return
    descriptor = os.open(path, os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0))
    try:
        if os.fstat(descriptor).st_nlink == 1:
            os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def _beside(path: Path, folders: list[Path]) -> Iterator[Path]:
    """Yield what lies beside a logbook; folders of half a rescue are added to `folders`."""
    aside = re.compile(
        rf"{re.escape(path.stem)}\.(damaged|before-restore)-\d{{8}}T\d{{6}}Z(-\d+)?{re.escape(path.suffix)}(-\w+)?"
    )
    for entry in _entries(path.parent):
        if entry.name.startswith(FOLDER_PREFIX) and entry.is_dir(follow_symlinks=False):
            yield from (Path(inner.path) for inner in _entries(Path(entry.path)))
            folders.append(Path(entry.path))
        elif aside.fullmatch(entry.name) or entry.name.startswith(passing_prefix(path)):
            yield Path(entry.path)


def _named(folder: Path, names: Iterable[str]) -> Iterator[Path]:
    """Yield what bears one of the names, also with a number behind it; folders are nobody's."""
    if not (any_of := "|".join(map(re.escape, names))):
        return
    for entry in _entries(folder):
        if re.fullmatch(rf"(?:{any_of})(?:\.\d+)?", entry.name, re.ASCII) and not entry.is_dir(follow_symlinks=False):
            yield Path(entry.path)


def _backups(folder: Path, name: str) -> Iterator[Path]:
    passing = passing_prefix(folder / name)
    for entry in _entries(folder):
        main = next((entry.name.removesuffix(one) for one in COMPANIONS if entry.name.endswith(one)), entry.name)
        if read_name(folder / main, 0) is not None or entry.name.startswith(passing):
            yield Path(entry.path)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise LogbookError(f"{folder} cannot be listed: {reason}; check its permissions.") from error


def _named_in(file: Path) -> tuple[set[Path], str]:
    """Return the folders that a file says it was synced with, and its device; nothing where it cannot be read."""
    if not file.is_file():
        return set(), ""
    with suppress(LogbookError), IN_PROCESS, translated(file), closing(connect(file, "ro")) as connection:
        rows = connection.execute("SELECT key, value FROM meta").fetchall()
        texts = {str(key): str(value) for key, value in rows}
        folders = {Path(key.removeprefix(_SYNC_KEY)) for key in texts if key.startswith(_SYNC_KEY)}
        return {one for one in folders if one.is_absolute()}, texts.get("device", "")
    return set(), ""


def _synced(folder: Path, devices: set[str], found: Belongings) -> None:
    if not folder.is_dir():
        found.out_of_reach.append(folder)
        return
    others = 0
    for entry in _entries(folder):
        if _is_of(entry.name, devices):
            found.synced.append(Path(entry.path))
        elif entry.name.startswith(PREFIX) and entry.name.endswith(SUFFIX):
            others += 1
    if others:
        found.of_others[folder] = others


def _is_of(name: str, devices: set[str]) -> bool:
    """Whether a file is one of these devices', a service's copy of it, or one that was left half written."""
    for device in devices:
        own = f"{PREFIX}{device}"
        for start, end in ((own, SUFFIX), (f".{own}", ".new")):
            rest = name.removeprefix(start)
            if rest != name and rest.endswith(end) and _AFTER_DEVICE.match(rest):
                return True
    return False


def holds_any(path: Path, sessions: Iterable[str]) -> bool:
    """Return whether a logbook has a fact of any of these sessions; not, where it cannot be read."""
    with suppress(LogbookError), IN_PROCESS, translated(path), closing(connect(path, "ro")) as connection:
        found = (connection.execute("SELECT 1 FROM fact WHERE session = ? LIMIT 1", (id_,)) for id_ in sessions)
        return any(one.fetchone() is not None for one in found)
    return False
