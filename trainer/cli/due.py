"""`trainer due`: one short line and an exit status; the slow way, where what is kept at hand does not say."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from trainer.breaks import due
from trainer.breaks.hours import DAY_MS
from trainer.breaks.record import Record
from trainer.breaks.schedule import unwatched
from trainer.breaks.settings import Breaks
from trainer.cli import streams
from trainer.cli.breaks.ahead import marks, rows
from trainer.cli.errors import Refusal
from trainer.cli.make import known_paths, offset_min, stamp
from trainer.library.shelf import Library
from trainer.paths import Paths
from trainer.settings import load

if TYPE_CHECKING:
    from sessions.logbook import Logbook

T = TypeVar("T")


def run(args: Namespace) -> int:
    """Say how things stand; keep it at hand for the next time."""
    paths = known_paths(args)
    now_ms = stamp().utc_ms
    # What changes between the mark and the reading makes the mark wrong, never the answer old.
    marked = marks(paths)
    row = due.read(str(paths.home), marked, now_ms)
    if row is None:
        wishes = load(paths.settings).breaks
        found = rows(wishes, read_record(paths, wishes, now_ms), now_ms, offset_min, Library(paths.config).name_of)
        if Path(paths.home).is_dir():
            due.write(str(paths.home), marked, found, now_ms + DAY_MS)
        row = found[0]
    streams.say(due.as_json(row, now_ms) if args.json else due.line(row, now_ms))
    return due.DUE_STATUS if row[1] == "due" else 0


def read_record(paths: Paths, wishes: Breaks, now_ms: int) -> Record:
    """What the logbook tells of breaks; where there is none, none is made. Raises `Refusal` where it cannot be read."""
    from trainer.breaks.lock import Place
    from trainer.breaks.logged import as_it_stands

    found = ask(paths, lambda logbook: as_it_stands(logbook, wishes, now_ms, Place(paths.home).seen_ms()))
    return unwatched(wishes, Record()) if found is None else found


def ask(paths: Paths, question: Callable[[Logbook], T]) -> T | None:
    """What the logbook answers; None where there is none. Raises `Refusal` where it cannot be read."""
    from sessions.errors import LogbookError
    from sessions.logbook import Logbook
    from trainer.trouble import with_way_out

    try:
        logbook = Logbook.open_existing(paths.logbook)
        if logbook is None:
            return None
        with logbook:
            return question(logbook)
    except LogbookError as error:
        raise Refusal(*with_way_out(error, paths), status=1) from None
