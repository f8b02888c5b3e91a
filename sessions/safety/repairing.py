"""Having again what is left of a logbook that is damaged or gone.

    outlook = look(path, backups_folder, at_ms=now_ms)
    done = repair(outlook, random=os.urandom)

Only a fact proves itself. So nothing else of any file is taken over: a new logbook takes in the facts of the backup,
those that still prove themselves in the present file, and those of newer backups that are damaged themselves. Its
tables are made from them, it has a device of its own, and the present file is set aside untouched.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from itertools import chain
from pathlib import Path

from msgspec import Struct

from sessions import schema
from sessions.errors import DamagedLogbook, EmptyFile, LogbookError, NewerLogbook, NotALogbook, translated
from sessions.facts import Fact
from sessions.files import COMPANIONS
from sessions.logbook import Logbook
from sessions.opening import connect, is_there
from sessions.safety.backups import Proof, backups, prove
from sessions.safety.keeping import Backup, read_name, stamp
from sessions.safety.restoring import Why, restore
from sessions.safety.salvage import Salvaged, missing, salvage

_COLUMNS = ", ".join(Fact.__struct_fields__)
_HEADER_BYTES = 100


class Source(Struct, frozen=True):
    """A whole logbook whose facts are taken in: a backup as a rule."""

    path: Path
    facts: int
    sessions: int
    at_ms: int | None
    """When it was made, as its name tells; None where that tells nothing."""


class Outlook(Struct, frozen=True):
    """What can be had again, and from where. Nothing is changed by looking."""

    path: Path
    """The logbook's place, no link."""
    at_ms: int
    there: bool
    """Whether a file stands at `path`."""
    wrong: str
    """What is wrong with it, in a few words; empty where it proves itself, and where there is none."""
    facts: int
    """Facts in it that prove themselves."""
    unproven: int
    """Rows in it that look like facts and prove nothing."""
    unread: tuple[str, ...]
    """What of it could not be looked at, each in a few words."""
    backup: Source | None
    """What is put back; None where nothing proves itself."""
    passed_over: tuple[Backup, ...]
    """Backups that came before it and do not prove themselves."""
    salvaged: tuple[Salvaged, ...]
    """What the present file still holds, where it is damaged, and each of those backups."""
    lost: int
    """Numbers of this logbook's own facts that none of all these files holds."""
    elsewhere: int
    """The same of other devices, which may not have handed them over yet."""
    marks: tuple[tuple[int, int] | None, ...]
    """Size and time of the file, and of what lay beside it, when it was looked at."""

    @property
    def why(self) -> Why:
        """What the present file is called where it is set aside."""
        return "damaged" if self.wrong else "before-restore"

    @property
    def aside(self) -> str:
        """The name under which it is found then; a number is added where there is such a file."""
        return f"{self.path.stem}.{self.why}-{stamp(self.at_ms)}{self.path.suffix}"

    @property
    def from_damaged_backups(self) -> int:
        """Facts that prove themselves in backups that do not."""
        return sum(len(one.facts) for one in self.salvaged[1 if self.wrong else 0 :])


class Repaired(Struct, frozen=True):
    """What came of it."""

    aside: Path | None
    """Where the file that stood there lies now; None where there was none."""
    facts: int
    sessions: int
    """Sessions that count."""
    trouble: str = ""
    """What went wrong once the new logbook stood in its place; empty where nothing did."""


def source(path: Path) -> Source:
    """Return what stands at `path` as a source of facts.

    Raises `NotALogbook` where it is none, `NewerLogbook` where this version cannot read it, and `DamagedLogbook` where
    it does not prove itself.
    """
    try:
        there = is_there(path)
    except NotALogbook:
        raise NotALogbook(f"{path} is no backup of a logbook; name another file.") from None
    if not there:
        raise NotALogbook(f"There is no file {path}; name another one.")
    if (form_of(path) or 0) > schema.SCHEMA:
        raise NewerLogbook(f"A newer version of the program wrote {path}; update the program to read it.")
    proof = prove(path)
    if not proof.holds:
        why = "; ".join(proof.problems)
        raise DamagedLogbook(f"The backup {path} does not prove itself ({why}); name another one.")
    named = read_name(path, 0)
    return Source(path, proof.facts, _sessions(path), None if named is None else named.at_ms)


def look(path: Path, folder: Path, *, at_ms: int, chosen: Source | None = None) -> Outlook:
    """Look at the logbook at `path` and at the backups in `folder`, without changing either.

    The backup is `chosen`, or else the newest that proves itself. Raises `LogbookUnreadable` where the file may not be
    read, `NotALogbook` where something else than an ordinary file stands there, and `LogbookError` where the folder
    cannot be listed.
    """
    # Before anything is read: what is written from here on is noticed.
    marks = _marks(path)
    there, wrong, proof = _present(path)
    path = Path(os.path.realpath(path))
    salvaged = [salvage(path)] if wrong else []
    facts = len(salvaged[0].facts) if wrong else proof.facts
    passed: list[Backup] = []
    backup = chosen or _newest(folder, at_ms, passed)
    for one in passed:
        # A backup that cannot even be read has nothing to give.
        with suppress(LogbookError):
            salvaged.append(salvage(one.path))
    lost, elsewhere = _lost(path, backup, salvaged) if wrong else (0, 0)
    return Outlook(
        path,
        at_ms,
        there,
        wrong,
        facts,
        salvaged[0].unproven if wrong else 0,
        salvaged[0].unread if wrong else (),
        backup,
        tuple(passed),
        tuple(salvaged),
        lost,
        elsewhere,
        marks,
    )


def repair(outlook: Outlook, *, random: Callable[[int], bytes]) -> Repaired:
    """Do what `outlook` says. The logbook must not be open in this process.

    Killed at any moment, there is the old file or the new one at its place; see `restore`. Raises `LogbookError`, and
    all is then as it was.
    """

    def fill(copy: Path) -> None:
        with Logbook.open(copy, random=random) as logbook:
            if logbook.take_in(_all_of(outlook)).unproven:
                raise DamagedLogbook(f"A file changed while it was read; {outlook.path} is as it was, so try again.")

    aside = restore(outlook.path, None, why=outlook.why, at_ms=outlook.at_ms, random=random, prepare=fill)
    logbook = Logbook.open_existing(outlook.path)
    if logbook is None:
        raise LogbookError(f"The logbook {outlook.path} vanished as it was repaired; try again.")
    trouble = ""
    with logbook:
        if aside is not None and _marks(aside) != outlook.marks:
            # Another program wrote to it until the moment at which it was set aside.
            try:
                logbook.take_in(stream(aside) if prove(aside).holds else salvage(aside).facts)
            except LogbookError as error:
                trouble = error.message
        facts = sum(logbook.devices().values())
    return Repaired(aside, facts, _sessions(outlook.path), trouble)


def stream(path: Path) -> Iterator[Fact]:
    """Yield every fact of a whole logbook, of any form up to the present one, in the order in which they came in."""
    with translated(path), closing(connect(path, "ro")) as connection:
        for row in connection.execute(f"SELECT {_COLUMNS} FROM fact NOT INDEXED ORDER BY rowid"):
            yield Fact(*row)


def form_of(path: Path) -> int | None:
    """Return the number of a file's form; None where it is no database."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
    except OSError:
        return None
    # https://www.sqlite.org/fileformat2.html, section 1.3
    return int.from_bytes(header[60:64], "big") if len(header) == _HEADER_BYTES else None


def _all_of(outlook: Outlook) -> Iterator[Fact]:
    kept = [] if outlook.backup is None else [stream(outlook.backup.path)]
    if outlook.there and not outlook.wrong:
        kept.append(stream(outlook.path))
    return chain(*kept, *(one.facts for one in outlook.salvaged))


def _present(path: Path) -> tuple[bool, str, Proof]:
    """Return whether a file is there, what is wrong with it, and how many of its facts prove themselves if nothing."""
    nothing = Proof(0, ())
    try:
        if not is_there(path):
            return False, "", nothing
    except EmptyFile:
        return True, "it is empty", nothing
    except (NotALogbook, DamagedLogbook):
        if not path.is_file():
            raise
        return True, "its beginning is not that of a logbook", nothing
    proof = prove(path)
    return True, "; ".join(proof.problems), proof


def _newest(folder: Path, at_ms: int, passed: list[Backup]) -> Source | None:
    """Return the newest backup that proves itself; those before it that do not are added to `passed`.

    What is called later than now was made when the clock was wrong, and comes last.
    """
    for backup in sorted(backups(folder), key=lambda one: one.at_ms > at_ms):
        if (form_of(backup.path) or 0) > schema.SCHEMA:
            continue
        proof = prove(backup.path)
        if proof.holds:
            return Source(backup.path, proof.facts, _sessions(backup.path), backup.at_ms)
        passed.append(backup)
    return None


def _sessions(path: Path) -> int:
    """Return how many sessions count in a file; where its form tells it otherwise, how many there are."""
    with translated(path), closing(connect(path, "ro")) as connection:
        try:
            found = connection.execute("SELECT count(*) FROM session WHERE withdrawn = 0")
        except sqlite3.Error:
            found = connection.execute("SELECT count(DISTINCT session) FROM fact")
        return int(found.fetchone()[0])


def _lost(path: Path, backup: Source | None, salvaged: list[Salvaged]) -> tuple[int, int]:
    """Return how many numbers none of the files has: of this logbook's own device, and of others."""
    gaps = missing(chain.from_iterable(one.facts for one in salvaged))
    own = _device(path) or ("" if backup is None else _device(backup.path))
    counts = {device: sum(high - low + 1 for low, high in ranges) for device, ranges in gaps.items()}
    if backup is not None and gaps:
        with translated(backup.path), closing(connect(backup.path, "ro")) as connection:
            for device, ranges in gaps.items():
                for low, high in ranges:
                    found = connection.execute(
                        "SELECT count(DISTINCT seq) FROM fact WHERE device = ? AND seq BETWEEN ? AND ?",
                        (device, low, high),
                    )
                    counts[device] -= int(found.fetchone()[0])
    others = sum(count for device, count in counts.items() if own and device != own)
    return sum(counts.values()) - others, others


def _device(path: Path) -> str:
    """Return what a file calls its own device, empty where it does not say."""
    with suppress(LogbookError), translated(path), closing(connect(path, "ro")) as connection:
        row = connection.execute("SELECT value FROM meta WHERE key = 'device'").fetchone()
        return "" if row is None else str(row[0])
    return ""


def _marks(path: Path) -> tuple[tuple[int, int] | None, ...]:
    real = os.path.realpath(path)
    return tuple(_mark(f"{real}{suffix}") for suffix in ("", *COMPANIONS))


def _mark(name: str) -> tuple[int, int] | None:
    with suppress(OSError):
        found = os.stat(name)
        return found.st_size, found.st_mtime_ns
    return None
