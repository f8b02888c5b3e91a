"""What is left of a damaged logbook: every fact that still proves itself, and how much is known to be missing."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from sessions.errors import LogbookError, translated
from sessions.facts import Fact, digest
from sessions.files import COMPANIONS
from sessions.opening import connect
from sessions.safety.carving import Content, Remains, carve

_FIELDS = Fact.__struct_fields__
_COLUMNS = ", ".join(_FIELDS)
FOLDER_PREFIX = ".salvage-"
"""How the names begin of folders in which a damaged file is put together with its journal."""
_LEAST_BYTES = 64
"""No fact takes less than its digest does."""
_STEPS = 10_000
_CHUNK = 1 << 20


class Salvaged(Struct, frozen=True):
    """What was found in a damaged file, and what was not."""

    facts: list[Fact]
    """Every fact that proves itself, once, by device and number."""
    unproven: int
    """Rows that look like facts, match no digest, and are not known from elsewhere in the file either."""
    missing: dict[str, list[tuple[int, int]]]
    """By device, which of its numbers are missing below its last, as ranges with both ends. What was lost behind the
    last is not known, and a device of which every fact was lost is not named."""
    unread: tuple[str, ...] = ()
    """What could not be looked at, each in a few words."""

    @property
    def whole(self) -> bool:
        """Whether nothing is known to be missing."""
        return not (self.unproven or self.missing or self.unread)


def salvage(path: Path) -> Salvaged:
    """Return every fact that still proves itself out of a file, whatever became of it. The file stays as it is.

    It is read in two ways: the rows that SQLite still gives, and those that can be seen in the bytes alone. Where a
    journal or a write-ahead log lies beside it, both are copied into a folder beside (0700), for SQLite to put together
    there. Raises `LogbookUnreadable` where the file cannot be read at all; no content of it raises anything.
    """
    found: dict[str, Fact] = {}
    remains = Remains(set())
    unread = []
    with Content(path) as content:
        _add(found, carve(content, remains))
        beside = [suffix for suffix in COMPANIONS[:2] if os.path.lexists(f"{path}{suffix}")]
        try:
            with translated(path):
                if beside:
                    with TemporaryDirectory(prefix=FOLDER_PREFIX, dir=path.parent) as folder:
                        copy = Path(folder) / path.name
                        _copy(path, copy, beside)
                        _add(found, _by_sql(copy, "rw", content.size))
                        with Content(copy) as together:
                            _add(found, carve(together, remains))
                else:
                    # Never changing: SQLite takes no lock, and looks for no journal to put back.
                    _add(found, _by_sql(path, "ro&immutable=1", content.size))
        except LogbookError:
            unread += [f"{path.name}{suffix}" for suffix in beside]
        if content.unread_bytes:
            unread.append(f"{content.unread_bytes:,} bytes that the disk does not give")
    if remains.given_up:
        unread.append("part of a file that takes longer to read than any logbook")
    facts = sorted(found.values(), key=lambda fact: (fact.device, fact.seq, fact.sha256))
    known = {fact.id for fact in facts}
    return Salvaged(facts, len(remains.unproven - known), missing(facts), tuple(unread))


def _add(found: dict[str, Fact], more: Iterable[Fact]) -> None:
    for fact in more:
        found.setdefault(fact.sha256, fact)


def missing(facts: Iterable[Fact]) -> dict[str, list[tuple[int, int]]]:
    """Return, by device, the numbers below its last that none of `facts` has, as ranges with both ends."""
    numbers: dict[str, set[int]] = {}
    for fact in facts:
        numbers.setdefault(fact.device, {0}).add(fact.seq)
    gaps = {
        device: [(low + 1, high - 1) for low, high in pairwise(sorted(seqs)) if high - low > 1]
        for device, seqs in numbers.items()
    }
    return {device: ranges for device, ranges in gaps.items() if ranges}


def _copy(path: Path, copy: Path, beside: list[str]) -> None:
    for suffix in ("", *beside):
        with Content(Path(f"{path}{suffix}")) as content, Path(f"{copy}{suffix}").open("xb") as file:
            for start in range(0, content.size, _CHUNK):
                file.write(content.read(start, _CHUNK))


def _by_sql(path: Path, mode: str, size: int) -> Iterator[Fact]:
    """Yield the facts that SQLite gives, from the first on and from the last back, past what it cannot read."""
    # What SQLite says of names that are no text any more is no text either.
    with suppress(sqlite3.Error, UnicodeDecodeError), closing(connect(path, mode)) as connection:
        if mode == "rw":
            # Puts back what was left half written, or folds in what was not yet.
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        connection.execute("PRAGMA trusted_schema = 0")
        # A tree that leads into itself, or a table that is really a question without end, ends here.
        steps = iter(range(size // _STEPS * 10 + 1_000))
        connection.set_progress_handler(lambda: next(steps, None) is None, _STEPS)
        for where, start, way in ((">", 0, "ASC"), ("<", 2**63 - 1, "DESC")):
            yield from _rows(connection, where, start, way, size // _LEAST_BYTES)


def _rows(connection: sqlite3.Connection, where: str, start: int, way: str, most: int) -> Iterator[Fact]:
    sign = 1 if way == "ASC" else -1
    at, jump = start, 1
    statement = f"SELECT rowid, {_COLUMNS} FROM fact NOT INDEXED WHERE rowid {where} ? ORDER BY rowid {way}"
    while 0 <= at < 2**63 and jump < 2**40:
        try:
            for rowid, *values in connection.execute(statement, (at,)):
                at, jump = int(rowid), 1
                most -= 1
                fact = _fact(values)
                if fact is not None:
                    yield fact
                if most < 0:
                    return
            return
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
                return
            at += sign * jump
            jump *= 2


def _fact(values: list[object]) -> Fact | None:
    fact = Fact(*values)  # type: ignore[arg-type]
    return fact if all(isinstance(value, str | int) for value in values) and digest(fact) == fact.sha256 else None
