"""The one reader of exercise and routine files."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import tomli
from msgspec import Struct, structs

from trainer.library.contradictions import contradictions
from trainer.library.errors import LibraryError, Problem
from trainer.library.model import Exercise, Routine
from trainer.text import clean

MAX_BYTES = 256 * 1024
"""The greatest size of a file that is read."""

_LARGE = 8192
_MANY_PARTS = r"""(?:^|[\[{,\n])[ \t]*(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){8}"""
"""A key of more parts than any that is known: in a large file the time to read it would grow with their square."""
_MANY_DIGITS = r"[0-9a-fA-F_]{4300}"

T = TypeVar("T", bound=Struct)


class Document(Struct, frozen=True):
    """A file that is TOML."""

    name: str
    """How errors name it."""
    text: str
    table: dict[str, Any]
    """What it holds, every text in it cleaned."""


def read(path: Path, kind: type[T], *, name: str | None = None) -> T:
    """Read one file as `kind`; where that has an id, it has to be the file's name.

    `name` is how errors name the file (its path where nothing is given).
    Raises `LibraryError` for whatever is wrong, the file's absence included.
    """
    found = document(path, name)
    return decode(found.table, kind, found.name, text=found.text, stem=clean(path.stem))


def check(path: Path) -> Exercise | Routine:
    """Read a file that may be of either kind, wherever it lies and whatever it is called. Raises `LibraryError`."""
    found = document(path)
    kind = kind_of(found.table)
    return decode(found.table, kind, found.name, text=found.text)


def kind_of(table: dict[str, Any]) -> type[Exercise] | type[Routine]:
    """What a table is meant as: an exercise where it has what only an exercise has, and no steps."""
    return Exercise if _OF_EXERCISES & table.keys() and not isinstance(table.get("step"), list) else Routine


def is_figure(table: dict[str, Any]) -> bool:
    """Whether a table is meant as a figure, which the room of figures reads."""
    return "pose" in table and not {"step", "dose", "cues"} & table.keys()


_OF_EXERCISES = set(Exercise.__struct_fields__) - set(Routine.__struct_fields__)


def decode(table: dict[str, Any], kind: type[T], name: str, *, text: str | None = None, stem: str | None = None) -> T:
    """Turn a table into a value. Raises `LibraryError` with every problem of it.

    With the `text` that the table was read from, problems have a line and a column; `stem` is what the id has to be.
    """
    try:
        value = msgspec.convert(table, kind)
    except msgspec.ValidationError:
        pass
    else:
        fields = structs.asdict(value)
        if (stem is None or fields.get("id", stem) == stem) and not any(contradictions(fields, kind)):
            return value
    from trainer.library.explain import explain

    raise LibraryError(*explain(table, kind, stem=stem).problems(name, text))


def document(path: Path, name: str | None = None) -> Document:
    """Read a file that is TOML. Raises `LibraryError`; `name` is how it names the file."""
    name = clean(name or str(path))
    try:
        data, size = _bytes(path, name)
    except (OSError, ValueError) as error:
        found = getattr(error, "strerror", None) or str(error)
        raise LibraryError(Problem(name, "", clean(found).lower(), "a file that can be read")) from None
    return parse(_text(data, name, size), name)


def from_bytes(data: bytes, name: str) -> Document:
    """Take apart what was read elsewhere than from a file, with the limits of one. Raises `LibraryError`."""
    name = clean(name)
    return parse(_text(data, name), name)


def parse(text: str, name: str) -> Document:
    """Take apart a text that is TOML. Raises `LibraryError`; `name` is how it names the text."""
    name = clean(name)
    try:
        if len(text) > _LARGE and (many := re.search(_MANY_PARTS, text)):
            line = text.count("\n", 0, many.end()) + 1
            raise LibraryError(Problem(name, "", "a key of too many parts", "the format's own keys", line))
        values = _cleaned(tomli.loads(text))
    except tomli.TOMLDecodeError as error:
        from trainer.library.syntax import told

        found, allowed = told(error.msg, text, error.lineno, error.colno)
        raise LibraryError(Problem(name, "", found, allowed, error.lineno, error.colno)) from None
    except ValueError as error:  # a number of thousands of digits
        found = f"a figure that no number holds ({clean(str(error), limit=60)})"
        digits = re.search(_MANY_DIGITS, text)
        where = text.count("\n", 0, digits.start()) + 1 if digits else None
        raise LibraryError(Problem(name, "", found, "numbers in range", where)) from None
    except RecursionError:
        raise LibraryError(Problem(name, "", "tables or lists nested too deeply", "the format's own depth")) from None
    assert isinstance(values, dict)
    return Document(name, text, values)


def _text(data: bytes, name: str, size: int = 0) -> str:
    """The text in the first bytes of what holds `size` bytes, or an unknown number of them."""
    if len(data) > MAX_BYTES:
        found = f"{max(size, len(data)):,} bytes" if size else "more bytes"
        raise LibraryError(Problem(name, "", found, f"{MAX_BYTES:,} at most"))
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        text, start = error.object, error.start  # without a byte order mark
        line, begin = text.count(b"\n", 0, start) + 1, text.rfind(b"\n", 0, start) + 1
        column = len(text[begin:start].decode()) + 1
        raise LibraryError(Problem(name, "", f"byte 0x{text[start]:02x}", "text in UTF-8", line, column)) from None


def _bytes(path: Path, name: str) -> tuple[bytes, int]:
    """The first bytes of the file, one more than is allowed, and its size."""
    _require_plain(os.stat(path), name)
    # Not blocking: it may have become a pipe by now, and opening one that nobody writes to would wait for ever.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        _require_plain(status, name)
        return file.read(MAX_BYTES + 1), status.st_size


def _require_plain(status: os.stat_result, name: str) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise LibraryError(Problem(name, "", "a folder", "a TOML file"))
    if not stat.S_ISREG(status.st_mode):
        raise LibraryError(Problem(name, "", "something that is no plain file", "a TOML file"))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key): _cleaned(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    return value
