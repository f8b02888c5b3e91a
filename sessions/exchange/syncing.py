"""Several machines through one folder that something else carries: Syncthing, Dropbox, git, a stick.

Each device writes one file, which only it writes: `trainer-DEVICE.jsonl`. It takes in all the others, and conflicted
copies of any. What is missing there never means that anything was deleted; what is torn is read as far as it goes, and
whole again the next time. The database itself is never shared: two machines that write one SQLite file through a folder
service ruin it, and a copy of half of a transaction is no logbook.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from sessions.errors import LogbookError, LogbookUnwritable
from sessions.exchange.jsonl import Lines, lines
from sessions.facts import Fact
from sessions.files import write_whole
from sessions.logbook import Logbook
from sessions.rows import Taken

PREFIX, SUFFIX = "trainer-", ".jsonl"
_BLOCK = 1 << 20


class Synced(Struct, frozen=True):
    """What came of it."""

    took: int
    """Facts that were new here."""
    files: int
    """Files of others that were read; those that have not changed since are not."""
    bad_lines: int
    """Lines in them that could not be read or did not prove themselves. Their own device writes them whole again."""
    conflicts: list[str]
    """Ids under which facts stand that say different things. Both are kept."""
    wrote: bool
    """Whether this device's file was written; it is left alone where it says all already."""
    renewed: bool
    """Whether this logbook took a new device id, since the folder holds facts of its own that it does not know."""
    trouble: list[str]
    """Files that could not be read, each in a sentence."""


class _File(Struct):
    """A file as it was read."""

    mark: tuple[int, int]
    """Its size and time."""
    held: dict[str, int]
    """By device, how many of its facts it held; empty where some of them did not prove themselves."""


class _Seen(Struct):
    """What was there the last time, kept beside the facts."""

    others: dict[str, _File] = {}
    """By name."""
    own: tuple[int, int] = (0, 0)
    """Size and time of this device's file as it was written."""
    rowid: int = 0
    """The last fact that this device's file was written with."""
    along: list[str] = []
    """Devices whose facts went along: see `_along`."""


def sync(logbook: Logbook, folder: Path, *, random: Callable[[int], bytes]) -> Synced:
    """Take in what others wrote into `folder`, and write what this logbook has to say.

    Raises `LogbookError` where the folder is not there or takes nothing; whatever was taken in by then stays.
    """
    if not folder.is_dir():
        raise LogbookUnwritable(f"There is no folder {folder} to sync with; make it, or name another.")
    key = f"sync:{folder.resolve()}"
    seen = _read_seen(logbook.noted(key))
    before = msgspec.json.encode(seen)
    took, bad, conflicts, read, trouble, renewed = 0, 0, list[str](), 0, list[str](), False
    for file in _files(folder):
        mark = _mark(file)
        read_before = seen.others.get(file.name)
        own = file.name == name_of(logbook.device)
        if mark is None or mark == (seen.own if own else read_before.mark if read_before is not None else None):
            continue
        try:
            found, bad_lines, held = _take_in(logbook, file)
        except OSError as error:
            trouble.append(f"{file} could not be read: {(error.strerror or str(error)).lower()}.")
            continue
        read += 1
        took += found.new
        bad += bad_lines + found.unproven
        conflicts += found.conflicts
        seen.others[file.name] = _File(mark, held)
        of_own = held.get(logbook.device, 0)
        if own and not bad_lines and of_own == logbook.devices().get(logbook.device, 0):
            # A copy of this logbook wrote it, and it says all that there is to say.
            seen.own, seen.rowid = mark, logbook.last_rowid()
        if found.own:
            # This file is a copy or was put back from a backup: its device has done what it knows nothing of.
            logbook.renew_device(random)
            renewed = True
    # A file that is gone is no longer there to speak for its device.
    there = {file.name for file in _files(folder)} - {name_of(logbook.device)}
    seen.others = {name: mark for name, mark in seen.others.items() if name in there}
    wrote = _write_own(logbook, folder, seen)
    if msgspec.json.encode(seen) != before:
        logbook.note_down(key, msgspec.json.encode(seen).decode())
    return Synced(took, read, bad, sorted(set(conflicts)), wrote, renewed, trouble)


def name_of(device: str) -> str:
    """Return the name of a device's file."""
    return f"{PREFIX}{device}{SUFFIX}"


def _read_seen(text: str) -> _Seen:
    try:
        return msgspec.json.decode(text, type=_Seen)
    except msgspec.MsgspecError:
        return _Seen()


def _files(folder: Path) -> Iterator[Path]:
    """Yield every device's file and the copies that a service made of one in a conflict, in an order of their own."""
    with os.scandir(folder) as entries:
        names = sorted(entry.name for entry in entries if entry.name.startswith(PREFIX) and entry.name.endswith(SUFFIX))
    return (folder / name for name in names)


def _mark(file: Path) -> tuple[int, int] | None:
    """Return the size and time of an ordinary file, None for anything else: a link might lead anywhere."""
    with suppress(OSError):
        found = file.lstat()
        if stat.S_ISREG(found.st_mode):
            return found.st_size, found.st_mtime_ns
    return None


def _take_in(logbook: Logbook, file: Path) -> tuple[Taken, int, dict[str, int]]:
    """Return what came of a file's facts, how many of its lines are none, and how many of each device it holds."""
    held: Counter[str] = Counter()

    def counted(facts: Iterable[Fact]) -> Iterator[Fact]:
        for fact in facts:
            held[fact.device] += 1
            yield fact

    with file.open("rb") as stream:
        read = Lines(stream)
        found = logbook.take_in(counted(read))
    # One that does not prove itself is not held, whatever device it names.
    return found, read.bad_lines, {} if found.unproven else dict(held)


def _along(logbook: Logbook, seen: _Seen) -> list[str]:
    """Return the devices whose facts go along in this one's file, since nobody else's holds all of them.

    Who knows of a device that has no file, or whose file holds fewer, hands its facts on; of several who do, the one
    whose file comes first by its name.
    """
    own = name_of(logbook.device)

    def others_hold(device: str, count: int) -> bool:
        return any(
            file.held.get(device, 0) >= count
            for name, file in seen.others.items()
            if name == name_of(device) or name < own
        )

    return sorted(
        device
        for device, count in logbook.devices().items()
        if device != logbook.device and not others_hold(device, count)
    )


def _write_own(logbook: Logbook, folder: Path, seen: _Seen) -> bool:
    own = folder / name_of(logbook.device)
    along = _along(logbook, seen)
    mark = _mark(own)
    grows = mark is not None and mark == seen.own and along == seen.along
    since = seen.rowid if grows else 0
    wanted = {logbook.device, *along}
    last = logbook.last_rowid()
    if (grows or mark is None) and not any(True for _ in _of(logbook.facts_since(since), wanted)):
        seen.rowid = last
        return False
    write_whole(own, _content(logbook, own if grows else None, since, wanted), replace=True)
    seen.own, seen.along, seen.rowid = _mark(own) or (0, 0), along, last
    return True


def _of(facts: Iterable[Fact], devices: set[str]) -> Iterator[Fact]:
    return (fact for fact in facts if fact.device in devices)


def _content(logbook: Logbook, old: Path | None, since: int, devices: set[str]) -> Iterator[bytes]:
    """Yield the lines of this device's file: those that it has, as they are, and what came since."""
    if old is not None:
        try:
            with old.open("rb") as stream:
                while block := stream.read(_BLOCK):
                    yield block
        except OSError as error:
            raise LogbookError(f"{old} could not be read: {(error.strerror or str(error)).lower()}.") from error
    yield from lines(_of(logbook.facts_since(since), devices))
