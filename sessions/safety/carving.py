"""Facts out of the bytes of a file, whatever became of the tables that they stood in.

A row of SQLite's says itself how it is to be read: a header, which is its own length and then a number for the type and
length of each column, and the columns behind it. The header of a fact has eleven such numbers, of known types, and
ends with that of a text of 64 bytes. This is looked for at every byte; nothing of pages, trees and free pages has to be
right, except for a row longer than a page, whose rest is found by the numbers of pages that it names. Rows that were
deleted, as a change of form leaves them behind, turn up as well. That does no harm: what proves itself is a fact.

The form of the file: https://www.sqlite.org/fileformat2.html, sections 1.6 and 2.1.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from sessions.errors import LogbookUnreadable
from sessions.facts import Fact, digest
from sessions.opening import IN_PROCESS

_FIELDS = Fact.__struct_fields__
_NUMBERS = frozenset({"seq", "utc_ms", "offset_min", "schema"})
_NUMBER = rb"[\x01-\x06\x08\x09]"
# A number of up to four bytes, of which all but the last have the highest bit.
_TEXT = rb"(?:[\x0d-\x7f]|[\x80-\xff][\x00-\x7f]|[\x80-\xff]{2}[\x00-\x7f]|[\x80-\xff]{3}[\x00-\x7f])"
_DIGEST = rb"\x81\x0d"
_END = re.compile(_DIGEST)
_HEADER = re.compile(
    rb"." + b"".join(_NUMBER if name in _NUMBERS else _TEXT for name in _FIELDS[:-1]) + _DIGEST, re.DOTALL
)
_LENGTHS = range(len(_FIELDS) + 2, 4 * len(_FIELDS))
_HEX = re.compile(rb"[0-9a-f]{64}")
_SIZES = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)
"""Bytes of a number, by its type: 8 and 9 are the numbers 0 and 1 themselves."""
_PAGES = (4096, 1024, 2048, 8192, 16384, 32768, 65536, 512)
"""Sizes of pages, the usual one first."""
_LONGEST_PAGE = 65536
_LONGEST_ID = 100
_MOST_UNPROVEN = 100_000
_STEP = 1 << 20
_AHEAD = 1 << 17
"""More than a header and what one page can hold behind it."""
_BLOCK = 4096
_EFFORT = 64
"""How many times its size is read at most, before a file that was made to take long is given up."""


class Remains(Struct):
    """What was met beside facts."""

    unproven: set[str]
    """Ids of rows that look like facts and match no digest; the beginning of a long one."""
    given_up: bool = False
    """Whether part of the file was left out, since it takes longer than any honest one."""


class Content:
    """The bytes of a file, as far as the disk gives them: what it does not is zeros."""

    def __init__(self, path: Path) -> None:
        """Open the file. Raises `LogbookUnreadable`."""
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                raise LogbookUnreadable(f"{path} is no ordinary file, so there is nothing in it; name another one.")
            self._file = path.open("rb", buffering=0)
            self.size = os.fstat(self._file.fileno()).st_size
        except OSError as error:
            raise LogbookUnreadable(
                f"The file {path} cannot be read: {(error.strerror or str(error)).lower()}; check its permissions."
            ) from error
        self._unread: set[int] = set()

    def __enter__(self) -> Content:
        return self

    def __exit__(self, *_: object) -> None:
        # Closing a file frees this process's locks on it (POSIX).
        with IN_PROCESS:
            self._file.close()

    def read(self, start: int, size: int) -> bytes:
        """Return bytes of the file: fewer than `size` at its end, none outside of it."""
        size = min(size, self.size - start) if start >= 0 else 0
        if size <= 0:
            return b""
        whole = self._try(start, size)
        if whole is not None:
            return whole
        parts = []
        for at in range(start, start + size, _BLOCK):
            length = min(_BLOCK, start + size - at)
            part = self._try(at, length)
            if part is None:
                self._unread.add(at // _BLOCK)
            parts.append(bytes(length) if part is None else part)
        return b"".join(parts)

    @property
    def unread_bytes(self) -> int:
        """How much the disk did not give, in whole blocks."""
        return len(self._unread) * _BLOCK

    def _try(self, start: int, size: int) -> bytes | None:
        try:
            self._file.seek(start)
            data = b""
            while len(data) < size:
                more = self._file.read(size - len(data))
                if not more:
                    return data + bytes(size - len(data))  # cut short meanwhile
                data += more
        except OSError:
            return None
        return data


class _Row(Struct, frozen=True):
    """What the header of a row tells of its columns."""

    begins: int
    """Where the first one begins in the window."""
    header_bytes: int
    types: list[int]
    sizes: list[int]
    size: int
    """Bytes of them all."""


def carve(content: Content, remains: Remains) -> Iterator[Fact]:
    """Yield every fact in a file, some more than once; what else is met goes into `remains`.

    Takes whatever bytes there are, in time that is bounded by their number.
    """
    pages = _page_sizes(content.read(0, 18))
    left = _EFFORT * content.size
    for start in range(0, content.size, _STEP):
        window = content.read(start, _STEP + _AHEAD)
        for row in _rows(window):
            for columns in _readings(content, window, row, pages):
                left -= len(columns)
                fact = _proven(row, columns)
                if fact is not None:
                    yield fact
                    break
            else:
                if len(remains.unproven) < _MOST_UNPROVEN:
                    id_ = window[row.begins : row.begins + min(row.sizes[0], _LONGEST_ID)]
                    remains.unproven.add(id_.decode(errors="replace"))
            if left < 0:
                remains.given_up = True
                return


def _page_sizes(beginning: bytes) -> tuple[int, ...]:
    """The sizes of pages that are tried, first the one that the file names; it may name a wrong one."""
    named = int.from_bytes(beginning[16:18], "big")
    named = _LONGEST_PAGE if named == 1 else named
    return tuple(dict.fromkeys((named, *_PAGES))) if named in _PAGES else _PAGES


def _rows(window: bytes) -> Iterator[_Row]:
    """Yield what looks like the header of a fact, wherever one begins in this window and not in the next."""
    for found in _END.finditer(window):
        begins = found.end()
        for length in _LENGTHS:
            start = begins - length
            if 0 <= start < _STEP and window[start] == length and _HEADER.fullmatch(window, start, begins):
                types = _types(window[start + 1 : begins])
                if types is not None:
                    sizes = [_SIZES[one] if one < len(_SIZES) else (one - 13) // 2 for one in types]
                    yield _Row(begins, length, types, sizes, sum(sizes))


def _types(numbers: bytes) -> list[int] | None:
    """Return the type of each column; None where a text would be none."""
    types = []
    number = 0
    for byte in numbers:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            types.append(number)
            number = 0
    texts = (one for name, one in zip(_FIELDS, types, strict=True) if name not in _NUMBERS)
    return types if all(one >= 13 and one % 2 for one in texts) else None


def _readings(content: Content, window: bytes, row: _Row, pages: tuple[int, ...]) -> Iterator[bytes]:
    """Yield the bytes of a row's columns in each way in which they may lie: as one, or in a chain of pages."""
    if row.size > content.size:
        return
    if row.size <= _LONGEST_PAGE:
        yield window[row.begins : row.begins + row.size]
    for page in pages:
        most, least = page - 35, (page - 12) * 32 // 255 - 23
        payload = row.header_bytes + row.size
        if payload <= most:
            continue
        here = least + (payload - least) % (page - 4)
        end = row.begins + (here if here <= most else least) - row.header_bytes
        beginning, first = window[row.begins : end], int.from_bytes(window[end : end + 4], "big")
        # A file that lost its first page has all others one place before their own.
        for lost in (0, 1):
            yield beginning + _chain(content, first, row.size - len(beginning), page, lost)


def _chain(content: Content, number: int, size: int, page: int, lost: int) -> bytes:
    """Return what stands in a chain of pages, as far as it leads; a loop ends once it gave all that was asked for."""
    parts = []
    while size > 0 and number > lost:
        wanted = 4 + min(size, page - 4)
        found = content.read((number - 1 - lost) * page, wanted)
        if len(found) < wanted:
            break
        parts.append(found[4:])
        size -= wanted - 4
        number = int.from_bytes(found[:4], "big")
    return b"".join(parts)


def _proven(row: _Row, columns: bytes) -> Fact | None:
    """Return the fact that these columns are, if its digest holds."""
    # Most of what is none ends here, before anything of it is reckoned.
    if len(columns) != row.size or not _HEX.fullmatch(columns, row.size - row.sizes[-1]):
        return None
    values: list[str | int] = []
    at = 0
    for type_, size in zip(row.types, row.sizes, strict=True):
        part = columns[at : at + size]
        at += size
        if type_ >= len(_SIZES):
            # As the logbook reads text: a byte that went bad does not stop it, and the digest tells.
            values.append(part.decode("utf-8", "replace"))
        else:
            values.append(int.from_bytes(part, "big", signed=True) if type_ < 8 else type_ - 8)
    fact = Fact(*values)  # type: ignore[arg-type]
    return fact if digest(fact) == fact.sha256 else None
