"""A routine of the person's own, opened to be changed, and the way back into its file.

What is written is read back first, so that a file is only ever replaced by one that holds what was meant. Everything
else of the file stays as it is; where that cannot be, nothing is written until the person has agreed.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from trainer.library.editing import edited
from trainer.library.errors import LibraryError, Problem
from trainer.library.folder import Entry, OwnFolder, id_from, id_problem
from trainer.library.model import Routine
from trainer.library.reader import decode, parse
from trainer.library.shelf import Library
from trainer.library.tables import CannotKeep
from trainer.library.writing import directed, to_toml
from trainer.text import clean

_BOM = "\ufeff"
FALLBACK_ID = "routine"
"""For a name without a letter or digit that an id may have."""


class Opened(Struct, frozen=True):
    """A file as it was when it was read or written last."""

    routine: Routine
    data: bytes


class ChangedMeanwhile(Exception):
    """The file is not as it was when it was opened. `there` says whether there still is one."""

    def __init__(self, there: bool) -> None:
        super().__init__("the file was changed" if there else "the file is gone")
        self.there = there


def opened(library: Library, folder: OwnFolder, id: str) -> Opened:
    """A routine of the person's own with its file. Raises `LibraryError` with all that is wrong with it."""
    library.routine(id)  # says what is wrong with its steps, too
    data = folder.read(Routine, id)
    return Opened(_read(data, str(folder.path(Routine, id)), id), data)


def saved(
    folder: OwnFolder,
    before: Opened,
    routine: Routine,
    places: Sequence[int | None],
    *,
    rewrite: bool = False,
    whatever_is_there: bool = False,
) -> Opened:
    """Write `routine` into the file that `before` was read from, and keep the rest of it.

    `places` says for each step which of the opened routine's it was, from 0; None where it is new. With `rewrite` the
    file is written anew, without its comments; with `whatever_is_there` it is replaced though it was changed meanwhile.
    Raises `ChangedMeanwhile`, `CannotKeep`, `LibraryError` where the file may not be written, and `NotWritten`.
    """
    id = before.routine.id
    if not whatever_is_there:
        _require_unchanged(folder, before)
    text = directed(to_toml(routine), Routine) if rewrite else _with_changes(before, routine, places)
    data = text.encode()
    try:
        read = _read(data, id, id)
    except LibraryError as error:
        raise CannotKeep(str(error)) from None
    if read != routine:
        raise CannotKeep("the file would not say the same")
    if data != before.data or whatever_is_there:
        folder.write([Entry(Routine, id, data)], replace=True)
    return Opened(routine, data)


def created(folder: OwnFolder, routine: Routine) -> Opened:
    """Write a new file. Raises `LibraryError`, also where there is one of the name, and `NotWritten`."""
    data = directed(to_toml(routine), Routine).encode()
    folder.write([Entry(Routine, routine.id, data)])
    folder.write_schemas()  # of use to editors only, so that what goes wrong with it is nobody's concern here
    return Opened(_read(data, routine.id, routine.id), data)


def free_id(library: Library, name: str) -> tuple[str, str]:
    """An id for a new routine called `name` that nothing has yet, and the id that it would have had.

    Exercises count as well: what can be run is found by its id alone.
    """
    wanted = id_from(name) or FALLBACK_ID
    if not library.has(wanted) and id_problem(wanted) is None:
        return wanted, wanted
    number = 2
    while library.has(id := f"{wanted[:60].rstrip('-')}-{number}"):
        number += 1
    return id, wanted


def _require_unchanged(folder: OwnFolder, before: Opened) -> None:
    id = before.routine.id
    if not folder.has(Routine, id):
        raise ChangedMeanwhile(there=False)
    if folder.read(Routine, id) != before.data:
        raise ChangedMeanwhile(there=True)


def _with_changes(before: Opened, routine: Routine, places: Sequence[int | None]) -> str:
    text = before.data.decode()
    mark = _BOM if text.startswith(_BOM) else ""
    return mark + edited(text.removeprefix(_BOM), before.routine, routine, places)


def _read(data: bytes, name: str, id: str) -> Routine:
    name = clean(name)
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise LibraryError(Problem(name, "", "bytes that are no text", "text in UTF-8")) from None
    return decode(parse(text, name).table, Routine, name, text=text, stem=id)
