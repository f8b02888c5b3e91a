"""What the commands for files of one's own share: the folder, what is meant, and writing that tells of trouble."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from trainer.cli import streams
from trainer.cli.errors import Refusal
from trainer.cli.make import known_paths
from trainer.library import find
from trainer.library.change import NotWritten
from trainer.library.folder import FOLDERS, Entry, OwnFolder, Written
from trainer.library.model import Exercise, Routine
from trainer.library.shelf import SHIPPED, Library
from trainer.library.writing import Kind
from trainer.text import clean


def find_folder(args: Namespace) -> OwnFolder:
    """The folder of one's own files. Raises `Refusal` where none is known."""
    return OwnFolder(known_paths(args).config)


def resolved(command: str, library: Library, text: str, *, exercise: bool = False) -> tuple[Kind, str]:
    """The kind and id of what `text` names; a routine before an exercise. Raises `Refusal` where it names nothing."""
    id = find.named(library, text)
    if id is not None and library.has_routine(id) and not exercise:
        return Routine, id
    if id is not None and library.has_exercise(id):
        return Exercise, id
    near = find.suggested(library, text)
    wanted = "not an exercise" if exercise else "neither a routine nor an exercise"
    raise Refusal(
        f"{command}: found {clean(text, limit=64)!r}, which is {wanted}",
        *([f"Did you mean {near}?"] if near else []),
        "trainer list names the routines, trainer list --exercises the exercises; trainer new NAME writes one.",
    )


def text_of(folder: OwnFolder, kind: Kind, id: str) -> str:
    """The text of the file that counts for an id that there is: one's own, or else the shipped one."""
    if folder.has(kind, id):
        return folder.read(kind, id).decode("utf-8-sig").replace("\r\n", "\n")
    return (SHIPPED / FOLDERS[kind] / f"{id}.toml").read_text("utf-8")


def written(folder: OwnFolder, entries: Sequence[Entry], *, replace: bool = False) -> Written:
    """Write files and the schemas beside them. Raises `Refusal` where the system does not take them."""
    try:
        done = folder.write(entries, replace=replace)
    except NotWritten as error:
        raise Refusal(*error.lines, status=1) from None
    if trouble := folder.write_schemas():
        streams.warn(f"trainer: {trouble}", "Editors cannot complete keys without it; all else works.")
    return done
