"""`trainer add FILE`: takes in what somebody shared, after showing what that adds or replaces."""

from __future__ import annotations

import difflib
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from trainer.cli import asking, streams
from trainer.cli.errors import Refusal
from trainer.cli.own import find_folder, text_of, written
from trainer.library.errors import LibraryError
from trainer.library.folder import OwnFolder
from trainer.library.model import Routine
from trainer.library.reader import MAX_BYTES, Document, document, from_bytes
from trainer.library.sharing import taken
from trainer.library.taking import Effect, broken, differences, effects, problems
from trainer.library.writing import undirected
from trainer.text import clean

_MOST = 40
"""Lines of one file's changes that are shown before the question (own); `--dry-run` shows all."""
_WIDEST = 200
"""Characters of such a line that are shown (own)."""
_LONGEST = 2000
"""Lines of a file up to which it is compared (own): the time for it may grow with their square."""


def run(args: Namespace) -> int:
    """Show what the file brings, ask, and write all of it or nothing."""
    folder = find_folder(args)
    found = _read_input() if args.file == "-" else document(Path(args.file), args.file)
    items = taken(found)
    if wrong := problems(found, items, folder.root):
        raise LibraryError(*wrong)
    there = effects(items, folder)
    wanted = [one for one in there if not one.same]
    entries = [one.entry for one in wanted]
    if wrong := folder.problems(entries):
        raise LibraryError(*wrong)
    for one in there:
        for line in _lines(folder, one, most=None if args.dry_run else _MOST):
            streams.say(line)
    for id in broken((one.item.value for one in wanted), folder.root):
        streams.say(f"With it, your library's routine {id} can no longer be used.")
    if not wanted:
        streams.say("There is nothing to add.")
        return 0
    if args.dry_run:
        streams.say("Nothing was written.")
        return 0
    if not args.yes and not _agreed(args.file):
        streams.say("Nothing was written.")
        return 1
    done = written(folder, entries, replace=True)
    for path in done.paths:
        streams.say(f"Written: {path}")
    for path in done.backups:
        streams.say(f"What was there before: {path}")
    for one in wanted:
        if isinstance(one.item.value, Routine):
            streams.say(f"Try it: trainer run {one.item.value.id} --rehearse")
    return 0


def _read_input() -> Document:
    """What stands on standard input, with the limits of a file."""
    data = sys.stdin.buffer.read(MAX_BYTES + 1) if hasattr(sys.stdin, "buffer") else sys.stdin.read().encode()
    return from_bytes(data, "standard input")


def _agreed(file: str) -> bool:
    if file == "-" or not asking.can_ask():
        sys.stdout.flush()
        raise Refusal("add: nobody can be asked here, so nothing was written", "With --yes it is written.")
    streams.say("Add this?")
    return asking.choose({"y": "yes", "n": "no"}, "n") == "y"


def _lines(folder: OwnFolder, one: Effect, most: int | None) -> Iterator[str]:
    value = one.item.value
    word = type(value).__name__.lower()
    what = f"{word} {value.id}: {value.name}"
    if isinstance(value, Routine):
        what += f", {len(value.step)} {'step' if len(value.step) == 1 else 'steps'}"
    if one.same:
        yield f"Is there already: {what}"
    elif one.stands == "nothing":
        yield f"Adds {what}"
    else:
        yield f"Replaces {'your own' if one.stands == 'own' else 'the shipped'} {what}"
        if one.before is None:
            yield "  What is there cannot be read."
            return
        yield f"  It is called {one.before.name} now. What differs:"
        yield from (f"  - {text}" for text in differences(one.before, value))
        yield from _diff(text_of(folder, type(value), value.id), one.item.text, most)


def _diff(before: str, after: str, most: int | None) -> Iterator[str]:
    now, then = undirected(before).splitlines(), after.splitlines()
    if max(len(now), len(then)) > _LONGEST:
        yield f"    ({len(now):,} lines before, {len(then):,} after: too many to compare)"
        return
    lines: Sequence[str] = list(difflib.unified_diff(now, then, "now", "then", lineterm="", n=1))
    widest = None if most is None else _WIDEST
    yield from (f"    {clean(line, limit=widest)}" for line in lines[:most])
    if most is not None and len(lines) > most:
        yield f"    ({len(lines) - most} more lines; --dry-run shows all)"
