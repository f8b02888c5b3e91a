"""Backups: whole copies of the logbook, each proven before it counts, in a folder of their own.

    made = back_up(path, folder, at_ms=now_ms)
    thin(folder, now_ms)

A copy is made of one moment, while others can read the logbook and whoever writes has to wait; proving it takes longer
and holds nobody up.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from sessions import schema
from sessions.errors import DamagedLogbook, LogbookError, LogbookUnwritable, NotALogbook, translated
from sessions.facts import Fact, digest
from sessions.files import make_private, not_written, place_new, staged, sweep, sync_file
from sessions.opening import IN_PROCESS, connect, is_there
from sessions.safety.keeping import Backup, name_of, read_name, to_thin

_DAY_MS = 86_400_000
_COLUMNS = ", ".join(Fact.__struct_fields__)
_PASSING = "logbook.sqlite"
_SHOWN = 3
"""How many of SQLite's complaints are told."""


class Proof(Struct, frozen=True):
    """What became of proving a file."""

    facts: int
    """Facts that match their digest."""
    problems: tuple[str, ...]
    """What is wrong, each in a few words; empty where nothing is."""

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def back_up(source: Path, folder: Path, *, at_ms: int) -> Backup:
    """Copy the logbook at `source` into `folder`, which is made (0700) where it is missing, and prove the copy.

    `at_ms` (UTC) names it. A copy that does not prove itself is removed, since it says no more than the logbook does,
    and `DamagedLogbook` tells what is wrong; the backups that are there stay then, all of them. Raises the errors of
    opening too.
    """
    if not is_there(source):
        raise NotALogbook(f"There is no logbook at {source}, so nothing was backed up; name another file.")
    with _beside(folder) as beside:
        count = copy_logbook(source, beside)
        proof = prove(beside, count)
        if not proof.holds:
            raise DamagedLogbook(
                f"The logbook {source} was not backed up, since a copy of it does not prove itself "
                f"({'; '.join(proof.problems)}); all earlier backups were kept."
            )
        return _named(beside, folder, at_ms)


def before_form(source: Path, folder: Path, *, at_ms: int) -> Backup:
    """Copy a logbook that is about to be brought to a newer form; the name tells the form that it still has.

    To be called where nobody else can write to `source` and nothing of it is changed yet: after `BEGIN IMMEDIATE`.
    A copy that does not prove itself is kept all the same, as `-unproven`: a logbook of which a part is damaged must
    not stay closed for that, and whatever becomes of that part, the file as it was is there. Tried again with nothing
    new in the file, it makes no second copy. `thin` leaves these copies alone: there is one for each new form, and
    only with it can an older version of the program go on.
    """
    # No look at the file itself here: closing it would free the lock that the caller holds (POSIX).
    with _beside(folder) as beside:
        count = copy_logbook(source, beside)
        proven = prove(beside, count).holds
        with translated(source), closing(connect(beside, "ro")) as connection:
            form = schema.version(connection)
        for earlier in backups(folder):
            if (earlier.form, earlier.proven) == (form, proven) and _same_content(earlier.path, beside):
                return earlier
        return _named(beside, folder, at_ms, form, proven=proven)


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    try:
        make_private(folder)
    except OSError as error:
        raise not_written(folder, error) from error
    with staged(folder / _PASSING) as beside:
        yield beside


def copy_logbook(source: Path, target: Path) -> int | None:
    """Copy a logbook as it is at one moment into an empty file, durably, and return how many facts it holds.

    What a process that was killed left half written is put back first, by SQLite. A damaged file is copied too, unless
    its end is missing; None where its facts cannot be counted.
    """
    with IN_PROCESS, translated(source), closing(_reader(source)) as reader, closing(connect(target, "rw")) as writer:
        # From the first read to the end the file cannot change.
        reader.execute("BEGIN")
        count = None
        try:
            count = int(reader.execute("SELECT count(*) FROM fact").fetchone()[0])
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
                raise
        # Nobody looks at the copy before it is whole: it is made durable afterwards, while nobody waits.
        writer.execute("PRAGMA journal_mode = OFF")
        writer.execute("PRAGMA synchronous = OFF")
        try:
            reader.backup(writer)
        except sqlite3.Error as error:
            raise _not_copied(source, target.parent, error) from error
        # One file by itself, even if someone gave the logbook a write-ahead log.
        with suppress(sqlite3.DatabaseError):
            writer.execute("PRAGMA journal_mode = DELETE")
    try:
        sync_file(target)
    except OSError as error:
        raise not_written(target, error) from error
    return count


def _not_copied(source: Path, folder: Path, error: sqlite3.Error) -> LogbookError:
    code = error.sqlite_errorcode & 0xFF
    if code == sqlite3.SQLITE_CORRUPT:
        return DamagedLogbook(f"The logbook {source} is damaged: its end is missing; put a backup in its place.")
    if code == sqlite3.SQLITE_FULL:
        return LogbookUnwritable(f"The disk is full, so {source} was not copied to {folder}; free some space.")
    return LogbookUnwritable(f"The logbook {source} was not copied to {folder}: {error}; check the disk.")


def _reader(source: Path) -> sqlite3.Connection:
    """A connection that changes nothing, except that SQLite puts back what was left half written."""
    writable = os.access(source, os.W_OK) and os.access(source.parent, os.W_OK)
    connection = connect(source, "rw" if writable else "ro")
    connection.execute("PRAGMA query_only = 1")
    return connection


def _named(beside: Path, folder: Path, at_ms: int, form: int | None = None, *, proven: bool = True) -> Backup:
    number = 1
    while True:
        path = folder / name_of(at_ms, form, proven=proven, number=number)
        try:
            place_new(beside, path)
        except FileExistsError:
            number += 1
        except OSError as error:
            raise not_written(path, error) from error
        else:
            sweep(folder / _PASSING, path)
            return Backup(path, at_ms // 1_000 * 1_000, path.stat().st_size, form, proven, number)


def _same_content(one: Path, other: Path) -> bool:
    import filecmp

    with translated(one):
        return filecmp.cmp(one, other, shallow=False)


def prove(path: Path, facts: int | None = None) -> Proof:
    """Look through a whole file: SQLite's own check, every fact's digest, and their number where it is known.

    Whatever is wrong is told in the answer, never raised. It says nothing of the tables that are made from the facts.
    """
    good = bad = 0
    problems = []
    try:
        if not is_there(path):
            return Proof(0, (f"there is no file {path}",))
        with translated(path), closing(connect(path, "ro")) as connection:
            found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
            if found != ["ok"]:
                problems.append(f"SQLite finds: {'; '.join(found[:_SHOWN])}{'; and more' * (len(found) > _SHOWN)}")
            if connection.execute("SELECT value FROM meta WHERE key = 'device'").fetchone() is None:
                problems.append("it does not say whose it is")
            for row in connection.execute(f"SELECT {_COLUMNS} FROM fact NOT INDEXED"):
                fact = Fact(*row)
                if digest(fact) == fact.sha256:
                    good += 1
                else:
                    bad += 1
        if facts not in (None, good + bad):
            problems.append(f"it holds {good + bad} facts and not {facts}")
    except DamagedLogbook:
        problems.append("part of it cannot be read")
    except LogbookError as error:
        problems.append(error.message)
    if bad:
        problems.append(f"{bad} of {good + bad} facts do not match their digest")
    return Proof(good, tuple(problems))


def backups(folder: Path) -> list[Backup]:
    """Return the backups in a folder, newest first, going by their names; whatever else lies there is passed over."""
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_file(follow_symlinks=False):
                    backup = read_name(folder / entry.name, entry.stat(follow_symlinks=False).st_size)
                    if backup is not None:
                        found.append(backup)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise LogbookError(f"The backups in {folder} cannot be listed: {error.strerror or error}.") from error
    return sorted(found, key=lambda one: one.order, reverse=True)


def newest_good(folder: Path, now_ms: int) -> Backup | None:
    """Return the newest backup that proves itself now, of whatever form; None where there is none.

    Those that are called later than now come last: they were made when the clock was wrong, nobody knows when.
    """
    there = sorted(backups(folder), key=lambda one: one.at_ms > now_ms)
    return next((backup for backup in there if prove(backup.path).holds), None)


def thin(folder: Path, now_ms: int) -> list[Backup]:
    """Remove what `to_thin` names, and return what was removed. Only to be called once a new backup was proven."""
    gone = []
    for backup in to_thin(backups(folder), now_ms):
        try:
            os.unlink(backup.path)
        except OSError:
            continue  # the next time does
        gone.append(backup)
    return gone


def due(source: Path, folder: Path, now_ms: int) -> bool:
    """Return whether facts were added since the newest ordinary backup, and that one is of an earlier day, in UTC.

    Two short looks into two files: facts are only ever added, behind all others, so that the last one tells.
    """
    last = _last_fact(source)
    if last is None:
        return False
    made = [one for one in backups(folder) if one.ordinary and one.at_ms <= now_ms]
    if not made:
        return True
    if made[0].at_ms // _DAY_MS == now_ms // _DAY_MS:
        return False
    try:
        return _last_fact(made[0].path) != last
    except LogbookError:
        return True


def _last_fact(path: Path) -> tuple[int, str] | None:
    """Where the last fact stands, and its digest; None where there is no file or no fact."""
    if not is_there(path):
        return None
    with IN_PROCESS, translated(path), closing(_reader(path)) as connection:
        row = connection.execute("SELECT rowid, sha256 FROM fact ORDER BY rowid DESC LIMIT 1").fetchone()
    return None if row is None else (int(row[0]), str(row[1]))
