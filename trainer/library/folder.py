"""The one door for writing into the person's own folder: all of it or nothing, and never through a link.

A file is written beside its place, made durable, and renamed into it. What it replaces is kept as `ID.toml.bak`;
the backup before that goes. Exercises come before the routines that use them, so that a power cut between two
renames leaves no routine without its exercises.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from trainer.library.change import Change, NotWritten, put
from trainer.library.errors import LibraryError, Problem
from trainer.library.model import Exercise, Routine
from trainer.library.openfolder import OpenFolder, what_is
from trainer.library.reader import MAX_BYTES
from trainer.library.writing import SCHEMAS, Kind
from trainer.text import clean

FOLDERS: dict[Kind, str] = {Exercise: "exercises", Routine: "routines"}
"""Where files of each kind lie, in the order in which they are written."""
_SHIPPED_SCHEMAS = Path(__file__).parent / "schema"
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}\Z")
_PORTS = (f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789")
_DEVICES = frozenset({"con", "prn", "aux", "nul", *_PORTS})
"""What Windows takes for a device, whatever follows the first dot."""


class Entry(Struct, frozen=True):
    """A file to write."""

    kind: Kind
    id: str
    data: bytes

    @property
    def name(self) -> str:
        """The file's name."""
        return f"{self.id}.toml"


class Written(Struct, frozen=True):
    """What was written, and where what stood there before is kept."""

    paths: list[Path]
    backups: list[Path]


def id_from(name: str) -> str:
    """An id made of a name: "Evening back" gives evening-back. Empty where no letter or digit of it can be used."""
    import unicodedata

    plain = "".join(char for char in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:64].rstrip("-")


def id_problem(id: str) -> tuple[str, str] | None:
    """Why no file may bear this id, as (found, allowed); None where one may."""
    if not _ID.match(id):
        return repr(clean(id, limit=80)), "1 to 64 lower-case letters, digits and hyphens"
    if id in _DEVICES:
        return f"{id!r}, which Windows takes for a device", "another id"
    return None


class OwnFolder:
    """A person's folder with `exercises` and `routines`; neither need exist."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, kind: Kind, id: str) -> Path:
        """Where the file of an id lies, or would."""
        return self.root / FOLDERS[kind] / f"{id}.toml"

    def has(self, kind: Kind, id: str) -> bool:
        """Whether a file is called so, readable or not. Any text may be asked for."""
        try:
            return f"{id}.toml" in os.listdir(self.root / FOLDERS[kind])
        except OSError:
            return False

    def read(self, kind: Kind, id: str) -> bytes:
        """The content of a file that `has` knows. Raises `LibraryError` where it is a link, too large or unreadable."""
        path = self.path(kind, id)
        with self._open(kind) as place:
            if problem := _odd(place, path.name):
                raise LibraryError(problem)
            try:
                data = place.read(path.name, MAX_BYTES)
            except OSError as error:
                raise LibraryError(_cannot(path, error, "a file that can be read")) from None
        if len(data) > MAX_BYTES:
            raise LibraryError(_too_large(path, "more"))
        return data

    def problems(self, entries: Sequence[Entry], *, replace: bool = True) -> list[Problem]:
        """Why `entries` may not be written; without `replace` also that a file of the name is there."""
        found: list[Problem] = []
        seen: set[tuple[Kind, str]] = set()
        for entry in entries:
            file = clean(str(self.path(entry.kind, entry.id)))
            if wrong := id_problem(entry.id):
                found.append(Problem(clean(entry.id, limit=80), "id", *wrong))
                continue
            if (entry.kind, entry.id) in seen:
                found.append(Problem(file, "", "the same id twice", "one file of each id"))
            seen.add((entry.kind, entry.id))
            if len(entry.data) > MAX_BYTES:
                found.append(_too_large(file, f"{len(entry.data):,} bytes"))
            found += self._in_the_way(entry, file, replace)
        return found

    def write(self, entries: Sequence[Entry], *, replace: bool = False) -> Written:
        """Write all of `entries` or none; what they hold is the caller's to check. What is replaced is kept beside.

        Raises `LibraryError` for what may not be written, `NotWritten` where the system does not take it.
        """
        if problems := self.problems(entries, replace=replace):
            raise LibraryError(*problems)
        ordered = sorted(entries, key=lambda entry: list(FOLDERS).index(entry.kind))
        with contextlib.ExitStack() as stack:
            made: list[Path] = []
            try:
                for folder in (self.root, *(self.root / FOLDERS[kind] for kind in {one.kind for one in ordered})):
                    _make(folder, made)
                places = {kind: stack.enter_context(self._open(kind)) for kind in {one.kind for one in ordered}}
                backups = put([Change(places[one.kind], one.name, one.data, replace=replace) for one in ordered])
            except BaseException as error:
                for folder in reversed(made):
                    with contextlib.suppress(OSError):
                        folder.rmdir()
                if isinstance(error, OSError):
                    raise NotWritten(self.root, error.strerror or str(error)) from error
                raise
        return Written([self.path(one.kind, one.id) for one in ordered], backups)

    def write_schemas(self) -> str:
        """Copy the schemas for editors where they are missing or differ. Returns what went wrong, or nothing."""
        folder = self.root / SCHEMAS
        try:
            _make(folder, [])
            with OpenFolder.opened(folder) as place:
                for source in sorted(_SHIPPED_SCHEMAS.glob("*.json")):
                    _refresh(place, source.name, source.read_bytes())
        except OSError as error:
            return str(_cannot(folder, error, "a folder that can be written to"))
        return ""

    @contextlib.contextmanager
    def _open(self, kind: Kind) -> Iterator[OpenFolder]:
        folder = self.root / FOLDERS[kind]
        with contextlib.ExitStack() as stack:
            try:
                place = stack.enter_context(OpenFolder.opened(folder))
            except NotADirectoryError as error:
                raise LibraryError(_cannot(folder, error, "a folder")) from None
            yield place

    def _in_the_way(self, entry: Entry, file: str, replace: bool) -> Iterator[Problem]:
        if not os.path.lexists(self.root / FOLDERS[entry.kind]):
            return
        with self._open(entry.kind) as place:
            if problem := _odd(place, entry.name):
                yield problem
            elif place.status(entry.name) is not None and not replace:
                yield Problem(file, "", "a file that is there already", "a new file")
            # Elsewhere than here the two may be one file.
            for name in place.names():
                if name != entry.name and name.casefold() == entry.name:
                    yield Problem(file, "", f"a file called {clean(name)}", "names that differ in more than case")


def _make(folder: Path, made: list[Path]) -> None:
    """Make a folder, and those above it; what was made is added to `made`. What is there stays, whatever it is."""
    missing = [folder]
    while not os.path.lexists(missing[-1]) and missing[-1] != missing[-1].parent:
        missing.append(missing[-1].parent)
    for one in reversed(missing[:-1]):
        with contextlib.suppress(FileExistsError):
            one.mkdir(mode=0o700)
            made.append(one)


def _odd(place: OpenFolder, name: str) -> Problem | None:
    """What is wrong with what lies under a name: a link, a folder, a pipe."""
    status = place.status(name)
    if status is None or (stat.S_ISREG(status.st_mode) and what_is(status) == "a file"):
        return None
    return Problem(clean(str(place.path / name)), "", what_is(status), "a plain file")


def _too_large(path: Path | str, found: str) -> Problem:
    return Problem(clean(str(path)), "", found, f"{MAX_BYTES:,} bytes at most")


def _cannot(path: Path, error: OSError, allowed: str) -> Problem:
    return Problem(clean(str(path)), "", clean(error.strerror or str(error)).lower(), allowed)


def _refresh(place: OpenFolder, name: str, data: bytes) -> None:
    status = place.status(name)
    if status is not None:
        if not stat.S_ISREG(status.st_mode):
            raise OSError(0, what_is(status), name)
        if status.st_size == len(data) and place.read(name, len(data)) == data:
            return
    beside = place.stage(name, data)
    try:
        place.move(beside, name)
    finally:
        place.remove(beside)
