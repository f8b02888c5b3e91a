"""The one reader of exercise and routine files."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import tomli

from trainer.library.errors import LibraryError, Problem
from trainer.library.model import Exercise, Routine
from trainer.text import clean

MAX_BYTES = 256 * 1024
"""The greatest size of a file that is read."""

T = TypeVar("T", Exercise, Routine)


def read(path: Path, kind: type[T], *, name: str | None = None) -> T:
    """Read one file as `kind`.

    `name` is how errors name the file (its path where nothing is given).
    Raises `LibraryError` for whatever is wrong, the file's absence included.
    """
    name = clean(name or str(path))
    value = decode(table(path, name), kind, name)
    if value.id != path.stem:
        raise LibraryError(
            Problem(name, "id", repr(value.id), f"{path.stem!r}, as the file is named; or rename the file")
        )
    return value


def check(path: Path) -> Exercise | Routine:
    """Read a file that may be of either kind, wherever it lies.

    A table with `step` is a routine, any other an exercise. Raises `LibraryError`.
    """
    name = clean(str(path))
    values = table(path, name)
    return decode(values, Routine, name) if "step" in values else decode(values, Exercise, name)


def decode(table: dict[str, Any], kind: type[T], name: str) -> T:
    """Turn a table into a value. Raises `LibraryError`."""
    try:
        value = msgspec.convert(table, kind)
    except msgspec.ValidationError as error:
        from trainer.library.explain import explain

        raise LibraryError(explain(error, table, kind, name)) from None
    problems = _contradictions(value, name)
    if problems:
        raise LibraryError(*problems)
    return value


def _contradictions(value: Exercise | Routine, name: str) -> list[Problem]:
    """What the types cannot say. A routine's doses need its exercises, so `Library` looks at them."""
    if isinstance(value, Routine):
        return []
    problems = []
    if wrong := value.dose.problem():
        key, found, allowed = wrong
        problems.append(Problem(name, f"dose.{key}" if key else "dose", found, allowed))
    if value.parts and (value.dose.hold_s is None or value.dose.reps is not None):
        problems.append(Problem(name, "parts", "parts beside a dose that is no hold", "parts only beside a hold"))
    for key in ("easier", "harder"):
        if getattr(value, key) == value.id:
            problems.append(Problem(name, key, repr(value.id), "another exercise"))
    return problems


def table(path: Path, name: str | None = None) -> dict[str, Any]:
    """The file's table, every text in it cleaned. Raises `LibraryError`; `name` is how it names the file."""
    name = clean(name or str(path))
    text = _text(path, name)
    try:
        values = _cleaned(tomli.loads(text))
    except tomli.TOMLDecodeError as error:
        place = re.search(r"\(at (line \d+, column \d+|end of document)\)", str(error))
        what = re.sub(r" \(at .*\)$", "", str(error))
        raise LibraryError(
            Problem(name, place.group(1) if place else "", f"no valid TOML ({clean(what, limit=120)})", "TOML 1.0")
        ) from None
    except ValueError as error:  # a number of thousands of digits
        raise LibraryError(
            Problem(name, "", f"a figure that no number holds ({clean(str(error), limit=60)})", "numbers in range")
        ) from None
    except RecursionError:
        raise LibraryError(Problem(name, "", "tables or lists nested too deeply", "the format's own depth")) from None
    assert isinstance(values, dict)
    return values


def _text(path: Path, name: str) -> str:
    try:
        data, size = _bytes(path, name)
    except (OSError, ValueError) as error:
        found = getattr(error, "strerror", None) or str(error)
        raise LibraryError(Problem(name, "", clean(found).lower(), "a file that can be read")) from None
    if len(data) > MAX_BYTES:
        raise LibraryError(Problem(name, "", f"{max(size, len(data)):,} bytes", f"{MAX_BYTES:,} at most"))
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        text = error.object  # without a byte order mark
        line = text.count(b"\n", 0, error.start) + 1
        raise LibraryError(Problem(name, f"line {line}", f"byte 0x{text[error.start]:02x}", "text in UTF-8")) from None


def _bytes(path: Path, name: str) -> tuple[bytes, int]:
    """The first bytes of the file, one more than is allowed, and its size."""
    if os.path.isdir(path):
        raise LibraryError(Problem(name, "", "a folder", "a TOML file"))
    # Not blocking: opening a pipe that nobody writes to would wait for ever.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise LibraryError(Problem(name, "", "something that is no plain file", "a TOML file"))
        return file.read(MAX_BYTES + 1), status.st_size


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key): _cleaned(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    return value
