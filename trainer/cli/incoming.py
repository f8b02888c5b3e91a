"""A file that is to be taken into the logbook: opened, and told by what stands in it."""

from __future__ import annotations

import codecs
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal, TypeAlias, cast

from trainer.cli.asked import shown
from trainer.cli.errors import Refusal
from trainer.text import clean

Form: TypeAlias = Literal["lines", "table", "foreign"]
"""JSON Lines, the logbook's own table, or the table of another program."""

MOST_TABLE_BYTES = 256 * 1024 * 1024
"""A table is read whole (own): years of several sessions a day. JSON Lines may be of any size."""
_IN_MEMORY_BYTES = 8 * 1024 * 1024
_HEAD_BYTES = 65_536
_BLOCK = 1 << 20
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ALLOWED = "an export of a logbook, JSON Lines or CSV; or another program's CSV with --mapping"
_HOW = (
    "--mapping TOML names a file that says what its columns mean: docs/tables.md tells how, docs/mappings holds some.",
)


class Source:
    """What is to be taken in: a file that can be gone through more than once. What it cannot read raises `Refusal`."""

    def __init__(self, name: str, file: BinaryIO) -> None:
        self.name = name
        """How errors call it."""
        self._file = file

    def begin(self) -> None:
        """Go back to its beginning."""
        self._file.seek(0)

    def readline(self, size: int = -1) -> bytes:
        """The next line, or so many bytes of it."""
        with reading(self.name):
            return self._file.readline(size)

    def read(self, size: int) -> bytes:
        """The next bytes."""
        with reading(self.name):
            return self._file.read(size)

    def head(self) -> bytes:
        """Its first bytes."""
        self.begin()
        return self.read(_HEAD_BYTES)

    def whole(self) -> bytes:
        """All of it. Raises `Refusal` where it is too large for a table."""
        self.begin()
        data = self.read(MOST_TABLE_BYTES + 1)
        if len(data) > MOST_TABLE_BYTES:
            raise wrong(
                self.name, f"more than {MOST_TABLE_BYTES:,} bytes", f"{MOST_TABLE_BYTES:,} at most; JSON Lines, any"
            )
        return data

    @property
    def is_utf_16(self) -> bool:
        """Whether it is marked as UTF-16: a shell or a spreadsheet may have written it so."""
        return self.head().startswith(_UTF_16)


@contextmanager
def opened(name: str, *, as_it_is: bool) -> Iterator[Source]:
    """The file that a person names, `-` being standard input; its text in UTF-8 unless `as_it_is`. Raises `Refusal`."""
    with _found(name) as source:
        if as_it_is or not source.is_utf_16:
            yield source
            return
        with _spool() as into:
            _translate(source, into)
            yield Source(source.name, into)


def _translate(source: Source, into: BinaryIO) -> None:
    source.begin()
    decoder = codecs.getincrementaldecoder("utf-16")()
    try:
        while block := source.read(_BLOCK):
            into.write(decoder.decode(block).encode())
        decoder.decode(b"", final=True)
    except UnicodeError:
        raise wrong(source.name, "UTF-16 that is torn", _ALLOWED) from None


@contextmanager
def _found(name: str) -> Iterator[Source]:
    if name == "-":
        with _copied("standard input", getattr(sys.stdin, "buffer", None) or cast(BinaryIO, sys.stdin)) as source:
            yield source
        return
    called = clean(name)
    with reading(called):
        file = Path(name).open("rb")  # noqa: SIM115  # closed below; only opening it is told of here
    with file:
        kind = os.fstat(file.fileno()).st_mode
        if stat.S_ISREG(kind):
            yield Source(called, file)
        elif stat.S_ISFIFO(kind):
            with _copied(called, file) as source:
                yield source
        else:
            raise wrong(called, "a device", "a file, or - for standard input")


@contextmanager
def _copied(name: str, stream: BinaryIO) -> Iterator[Source]:
    with _spool() as copy:
        with reading(name):
            shutil.copyfileobj(stream, copy)
        yield Source(name, copy)


def form_of(source: Source, *, mapped: bool) -> Form:
    """What stands in a file. `mapped`: a mapping says how it is to be read. Raises `Refusal` for what can be none."""
    head = source.head().removeprefix(codecs.BOM_UTF8)
    if not head.strip():
        raise wrong(source.name, "nothing" if len(head) < _HEAD_BYTES else "empty lines", _ALLOWED)
    if head.startswith(b"SQLite format 3\0"):
        raise Refusal(
            f"log import: {source.name} is a logbook's own file, or a copy of one, and not an export",
            "trainer log restore FILE puts a backup in the place of this logbook, with all that is in both.",
            "Of another logbook: trainer --data-dir ITS_FOLDER log export FILE.jsonl, and then import that.",
        )
    if mapped and not head.lstrip().startswith(b"{"):
        return "foreign"
    if b"\0" in head:
        raise wrong(source.name, "bytes that are no text", _ALLOWED)
    if head.lstrip().startswith((b"{", b"[")):
        return _of_json(source.name, head, mapped=mapped)
    first = head.lstrip().split(b"\n", 1)[0].decode(errors="replace")
    names = {cell.strip(' "\r') for cell in first.split(max(",;\t", key=first.count))}
    if names & {"kind", "at_local"}:
        return "table"
    raise wrong(source.name, f"{shown(first)} at its beginning", _ALLOWED, *_HOW if set(first) & set(",;\t") else ())


def _of_json(name: str, head: bytes, *, mapped: bool) -> Form:
    if b'"resourceType"' in head:
        raise Refusal(
            f"log import: {name} is FHIR, which is for handing on and says less than the logbook",
            "JSON Lines (trainer log export FILE.jsonl) come in again.",
        )
    if head.lstrip().startswith(b"[") or head.split(b"\n", 1)[0].strip() == b"{":
        raise wrong(name, "JSON of another form", "JSON Lines, one fact a line")
    if mapped:
        raise Refusal(f"log import: {name} holds JSON Lines; --mapping is for another program's table")
    return "lines"


def text_of(source: Source) -> str:
    """The logbook's own table as text. Raises `Refusal`."""
    data = source.whole()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise wrong(
            f"{source.name}:{line}", f"the byte 0x{data[error.start]:02x}", "text in UTF-8; in Excel: CSV UTF-8"
        ) from None


def wrong(name: str, found: str, allowed: str, *more: str) -> Refusal:
    """What tells of what stands in a file."""
    return Refusal(f"log import: {name}: found {found}; allowed: {allowed}", *more)


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Tell of what the system does not let be read, as bad input."""
    try:
        yield
    except (OSError, ValueError) as error:
        if isinstance(error, IsADirectoryError):
            raise wrong(name, "a folder", "a file, or - for standard input") from None
        reason = clean(getattr(error, "strerror", None) or str(error)).lower()
        raise Refusal(f"log import: {name}: {reason}") from None


def _spool() -> BinaryIO:
    """A file for what can be read once only: in memory, and beyond that without a name in the system's folder."""
    from tempfile import SpooledTemporaryFile

    return cast(BinaryIO, SpooledTemporaryFile(_IN_MEMORY_BYTES))
