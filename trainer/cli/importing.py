"""`trainer log import`: takes in another machine's facts, what was not saved, and tables."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sessions.errors import LogbookError
from sessions.exchange.arriving import Arriving, amounting_to, arriving
from sessions.exchange.jsonl import Lines
from sessions.exchange.misread import Faults, Misread
from sessions.facts import Draft, Fact
from trainer.charts.numbers import many
from trainer.cli import incoming, streams
from trainer.cli.errors import Refusal
from trainer.cli.make import known_paths, open_logbook, stamp
from trainer.guide import logged
from trainer.guide.outcome import moment
from trainer.paths import Paths
from trainer.text import clean
from trainer.trouble import with_way_out

if TYPE_CHECKING:
    from sessions.logbook import Logbook
    from trainer.mapping.form import Mapping

LARGE = 1_000
"""New facts, some eighty sessions, from which a backup is made first (own)."""
_EXAMPLES = 3
_SHOWN_IDS = 10


class Import:
    """What a file holds, read as its form asks."""

    def __init__(self, source: incoming.Source, mapping: Mapping | None, *, skip_bad: bool) -> None:
        """Read a table; JSON Lines are gone through again each time. Raises `Refusal` and `Misread`."""
        self.notes: list[str] = []
        """What there is to say of how it was read."""
        self.skip_bad = skip_bad
        self.faults = Faults(source.name)
        """What was passed over the last time."""
        self._source = source
        self._drafts: list[Draft] | None = None
        form = incoming.form_of(source, mapped=mapping is not None)
        if form == "lines":
            return
        try:
            self._drafts = self._own(source) if mapping is None else self._foreign(source, mapping)
        except Misread as error:
            if not skip_bad or not error.drafts:
                raise
            self.faults.first, self.faults.count = list(error.faults), error.count
            self._drafts = error.drafts

    def _own(self, source: incoming.Source) -> list[Draft]:
        from sessions.exchange import spreadsheet

        return spreadsheet.read(incoming.text_of(source), source.name)

    def _foreign(self, source: incoming.Source, mapping: Mapping) -> list[Draft]:
        from trainer.mapping.taking import decode, take

        found = take(mapping, decode(source.whole(), mapping, source.name), source.name)
        if found.passed_over:
            self.notes.append(f"{many(found.passed_over, 'row')} passed over, as the mapping says.")
        return found.drafts

    def misread(self) -> Misread:
        """What was passed over."""
        return Misread(self.faults.name, self.faults.first, self.faults.count)

    @property
    def left_out(self) -> str:
        """What was passed over, in a sentence."""
        if self._drafts is None:
            return f"{many(self.faults.count, 'line')} left out."
        return f"{many(self.faults.count, 'fault')}; the rows that they stand in were left out."

    def facts(self) -> Iterator[Fact | Draft]:
        """All that could be read."""
        if self._drafts is not None:
            yield from self._drafts
            return
        found = self._lines()
        yield from found
        yield from found.drafts

    def _lines(self) -> Lines:
        self._source.begin()
        found = Lines(self._source, self._source.name, prove=True)
        self.faults = found.faults
        return found

    def store(self, logbook: Logbook) -> Iterator[str]:
        """Take it in, and say what came of it."""
        conflicts: list[str] = []
        drafts = self._drafts
        if drafts is None:
            found = self._lines()
            taken = logbook.take_in(found)
            conflicts += taken.conflicts
            drafts = found.drafts
            if taken.new:
                yield f"Took in {many(taken.new, 'fact')} of {many(taken.sessions, 'session')}."
            if taken.own:
                from trainer.cli.syncing import RENEWED

                logbook.renew_device(os.urandom)
                yield RENEWED
        if drafts:
            unsaved = " that had not been saved" if self._drafts is None else ""
            taken = logbook.append_all(drafts)
            conflicts += taken.conflicts
            if taken.new:
                yield f"Took in {many(taken.new, 'fact')} of {many(taken.sessions, 'session')}{unsaved}."
        yield from _told_of(conflicts)


def run(args: Namespace) -> int:
    """Take in a file, or only say what would come in."""
    paths = known_paths(args)
    mapping = None if args.mapping is None else _mapping(args.mapping)
    with incoming.opened(args.file, as_it_is=mapping is not None) as source:
        try:
            found = Import(source, mapping, skip_bad=args.skip_bad)
            lines = _preview(paths, found) if args.dry_run else _taken(paths, found)
        except Misread as error:
            _tell(error)
            rest = " --skip-bad leaves out what is wrong and takes the rest." if error.drafts else ""
            streams.warn(f"Nothing was taken in.{rest}")
            return 2
        except LogbookError as error:
            raise Refusal(*with_way_out(error, paths), status=1) from None
    _say([*lines, *found.notes])
    if not found.faults.count:
        return 0
    _tell(found.misread())
    streams.warn(found.left_out)
    return 0 if found.skip_bad else 1


def _mapping(file: str) -> Mapping:
    from trainer.library.reader import document
    from trainer.mapping.form import understand

    return understand(document(Path(file), clean(file)))


def _look(paths: Paths, found: Import, *, stop_at: int | None = None) -> Arriving:
    """See `arriving`. Raises `Misread` where nothing at all could be read."""
    coming = arriving(paths.logbook, found.facts(), stop_at=stop_at)
    if found.faults.count and not coming.new + coming.again + coming.known:
        raise found.misread()
    return coming


def _preview(paths: Paths, found: Import) -> list[str]:
    coming = _look(paths, found)
    lines = list(_would_come(coming))
    latest = coming.sessions[: -_EXAMPLES - 1 : -1]
    for row in amounting_to(paths.logbook, found.facts(), latest) if latest else ():
        lines.append(f"- {moment(row)} {logged.name(row)}: {logged.in_short(row)}")
    return [*lines, "Nothing was changed."]


def _would_come(coming: Arriving) -> Iterator[str]:
    if not coming.new:
        yield "Nothing new would come in."
    else:
        yield (
            f"New: {many(coming.new, 'fact')} of {many(len(coming.sessions), 'session')}, {coming.since} to "
            f"{coming.until}, with {many(coming.ratings, 'pain rating')}."
        )
    if coming.again:
        yield f"Said here already, by another device: {many(coming.again, 'fact')}. They are kept and change nothing."
    if coming.known:
        yield f"Known already: {many(coming.known, 'fact')}."
    yield from _told_of(coming.conflicts)
    if coming.new:
        yield "The latest of them, as they would be then:" if len(coming.sessions) > 1 else "As it would be then:"


def _taken(paths: Paths, found: Import) -> list[str]:
    coming = _look(paths, found, stop_at=LARGE)
    stored = coming.new + coming.again
    if not stored:
        return ["Nothing new."]
    if stored == LARGE and paths.logbook.exists():
        _back_up(paths)
    from trainer.settings import load

    with open_logbook(paths, load(paths.settings)) as logbook:
        before = logbook.count()[0]
        lines = list(found.store(logbook))
        after = logbook.count()[0]
    return [*lines, f"The logbook counts {many(after, 'session')} now{f', {before:,} before' if before else ''}."]


def _back_up(paths: Paths) -> None:
    from sessions.safety.backups import back_up

    made = back_up(paths.logbook, paths.backups, at_ms=stamp().utc_ms)
    streams.say(f"Made a backup first: {made.path}")


def _told_of(conflicts: Iterable[str]) -> Iterator[str]:
    ids = list(dict.fromkeys(conflicts))
    if not ids:
        return
    yield (
        f"Under {many(len(ids), 'id')} stand facts that say different things. Both are kept, and which of them counts "
        "is the same on every machine:"
    )
    yield from (f"- {id}" for id in ids[:_SHOWN_IDS])
    if len(ids) > _SHOWN_IDS:
        yield f"and {len(ids) - _SHOWN_IDS:,} more; trainer log verify lists them."


def _tell(error: Misread) -> None:
    streams.warn(*(f"trainer: {line}" for line in error.message.splitlines()))


def _say(lines: Iterable[str]) -> None:
    for text in lines:
        first = "- " if text.startswith("- ") else ""
        streams.say_lines([text.removeprefix(first)], first)
