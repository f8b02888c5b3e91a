"""`trainer share ID`: a routine or an exercise with all of one's own that it needs, in one file."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from trainer.cli import streams
from trainer.cli.errors import Refusal
from trainer.cli.own import find_folder, resolved, text_of
from trainer.library.errors import LibraryError, Problem
from trainer.library.folder import OwnFolder, id_problem
from trainer.library.model import Exercise, Routine
from trainer.library.openfolder import OpenFolder, what_is
from trainer.library.reader import MAX_BYTES
from trainer.library.sharing import Item, to_share
from trainer.library.shelf import Library
from trainer.library.writing import Kind
from trainer.text import clean


def run(args: Namespace) -> int:
    """Write the file."""
    folder = find_folder(args)
    library = Library(folder.root)
    items = list(gathered(library, folder, *resolved("share", library, args.id, exercise=args.exercise)))
    for item in items:
        if wrong := id_problem(item.value.id):
            raise Refusal(f"share: found {wrong[0]}; allowed: {wrong[1]}, since add takes no such one")
    data = to_share(items).encode()
    if len(data) > MAX_BYTES:
        raise Refusal(f"share: found {len(data):,} bytes in all; allowed: {MAX_BYTES:,}, which is what add takes")
    drawn = [path for item in items if (path := library.figure_file(item.value.id)) and library.is_own_figure(path)]
    streams.warn(*(f"trainer: {path.name} in {path.parent} is no part of it: hand it on beside" for path in drawn))
    if args.to is None:
        _print(data)
        return 0
    _save(Path(args.to), data, force=args.force)
    streams.say(f"Written: {args.to}")
    for item in items:
        streams.say(f"  {type(item.value).__name__.lower()} {item.value.id}: {item.value.name}")
    return 0


def gathered(library: Library, folder: OwnFolder, kind: Kind, id: str) -> Iterator[Item]:
    """The item called `id`, and all of one's own that it leads to: exercises, their other forms, what a check suggests.

    Raises `LibraryError` where any of it cannot be read.
    """
    waiting: list[tuple[Kind, str]] = [(kind, id)]
    seen = set(waiting)
    for number, (one_kind, one_id) in enumerate(waiting):
        value = library.exercise(one_id) if one_kind is Exercise else library.routine(one_id)
        if not number or library.is_own(value):
            yield Item(value, text_of(folder, one_kind, one_id))
        for other in _leads_to(library, folder, value):
            if other not in seen:
                seen.add(other)
                waiting.append(other)


def _leads_to(library: Library, folder: OwnFolder, value: Exercise | Routine) -> Iterator[tuple[Kind, str]]:
    if isinstance(value, Routine):
        yield from ((Exercise, step.exercise) for step in value.step)
        return
    for key in ("easier", "harder"):
        id = getattr(value, key)
        if id is None:
            continue
        if not library.has_exercise(id):
            file = clean(str(folder.path(Exercise, value.id)))
            raise LibraryError(Problem(file, key, repr(id), "an exercise that there is"))
        yield Exercise, id
    for answer in value.check.answer if value.check is not None else ():
        if answer.routine is not None and library.has_routine(answer.routine):
            yield Routine, answer.routine


def _print(data: bytes) -> None:
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None or streams.is_terminal(sys.stdout):
        streams.say(data.decode().rstrip("\n"))
        return
    # As bytes: a file is UTF-8 with plain line ends, whatever the system would make of text.
    sys.stdout.flush()
    binary.write(data)
    binary.flush()


def _save(path: Path, data: bytes, *, force: bool) -> None:
    name = clean(str(path))
    if path.name in ("", ".."):
        raise LibraryError(Problem(name, "", "a folder", "the name of a file"))
    try:
        # The folder may be reached by links, as the person named it; the file itself is none.
        with OpenFolder.opened(Path(os.path.realpath(path.parent))) as place:
            status = place.status(path.name)
            if status is not None and what_is(status) != "a file":
                raise LibraryError(Problem(name, "", what_is(status), "a new file"))
            if status is not None and not force:
                raise LibraryError(Problem(name, "", "a file that is there already", "a new file, or --force"))
            beside = place.stage(path.name, data)
            try:
                (place.move if force else place.move_to_new)(beside, path.name)
            finally:
                place.remove(beside)
            place.settle()
    except (OSError, ValueError) as error:
        reason = clean(getattr(error, "strerror", None) or str(error)).lower()
        raise Refusal(f"share: {name}: {reason}", "Nothing was written.", status=1) from None
