"""What is said of a logbook in trouble: what is wrong, what can be had again, and the command that helps."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from sessions.errors import DamagedLogbook, LogbookError, NotALogbook
from trainer.charts.numbers import many
from trainer.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sessions.safety.keeping import Backup
    from sessions.safety.repairing import Outlook, Repaired
    from trainer.paths import Paths


_LONGEST = 120
"""Characters that are told of what SQLite finds wrong, which may fill a screen."""


def with_way_out(error: LogbookError, paths: Paths) -> tuple[str, ...]:
    """What went wrong, in a sentence, and behind it the way out where the logbook can be repaired."""
    if not repairable(error, paths):
        return (error.message,)
    return error.message, f"{command(paths, 'restore')} brings back all that can be had again; the file is kept aside."


def repairable(error: LogbookError, paths: Paths) -> bool:
    """Whether what stands in the logbook's place is damaged, empty or something else that can be set aside, or gone."""
    meant = str(paths.logbook) in error.message  # and not a file that was to be read beside it
    usual = paths.logbook.is_file() or not os.path.lexists(paths.logbook)
    return meant and isinstance(error, DamagedLogbook | NotALogbook) and usual


def raise_if_gone(paths: Paths) -> None:
    """Raise `DamagedLogbook` where there are backups of a logbook and it is gone itself, so that none is begun anew."""
    if os.path.lexists(paths.logbook) or not paths.backups.is_dir():
        return
    from sessions.safety.backups import backups

    there: list[Backup] = []
    with suppress(LogbookError):
        there = backups(paths.backups)
    if there:
        raise DamagedLogbook(
            f"There is no logbook at {paths.logbook}, though there are backups of it; put one in its place, or move "
            "them away to begin anew."
        )


def command(paths: Paths, words: str) -> str:
    """A command under `log`, for the person whose logbook is meant."""
    return f"trainer {f'--person {paths.person} ' if paths.person else ''}log {words}"


def when(at_ms: int) -> str:
    """A moment by the clock of this machine, as `2026-11-21 19:09`."""
    import time
    from datetime import UTC, datetime, timedelta

    try:
        return time.strftime("%Y-%m-%d %H:%M", time.localtime(at_ms // 1000))
    except (OSError, OverflowError, ValueError):
        # Before 1970 some systems have no local time.
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at_ms)
        return f"{moment.year:04}-{moment:%m-%d %H:%M} UTC"


def state(outlook: Outlook) -> str:
    """What there is now, in a sentence."""
    if not outlook.there:
        return f"There is no logbook at {outlook.path}."
    if outlook.wrong:
        wrong = clean(outlook.wrong, limit=_LONGEST)
        return f"The logbook {outlook.path} is damaged: {wrong}{'' if wrong.endswith('…') else '.'}"
    return f"Every fact of the logbook {outlook.path} proves itself, {outlook.facts:,} in all."


def plan(outlook: Outlook) -> Iterator[str]:
    """What repairing would do, and what is lost, each in a sentence."""
    if outlook.there:
        yield f"Set aside untouched, beside its place: the present file, as {outlook.aside}."
    yield from _put_back(outlook)
    if outlook.wrong:
        if outlook.facts:
            proves = "proves itself" if outlook.facts == 1 else "prove themselves"
            yield f"Carried over from the present file: {many(outlook.facts, 'fact')} that still {proves}."
        else:
            yield "Carried over from the present file: nothing, since no fact of it can be read."
        yield from _lost(outlook)
    elif outlook.there:
        yield f"Carried over from the present file: {many(outlook.facts, 'fact')}, which is all."


def _put_back(outlook: Outlook) -> Iterator[str]:
    source = outlook.backup
    if source is not None:
        what = f"the file {source.path}" if source.at_ms is None else f"the backup of {when(source.at_ms)}"
        yield f"Put back: {what}, {many(source.sessions, 'session')}, {many(source.facts, 'fact')}."
    elif outlook.passed_over:
        yield "No backup proves itself, so a new logbook begins."
    else:
        yield "There is no backup, so a new logbook begins."
    if outlook.passed_over:
        damaged = many(len(outlook.passed_over), "damaged backup")
        yield f"Carried over from {damaged}: {many(outlook.from_damaged_backups, 'fact')}."


def _lost(outlook: Outlook) -> Iterator[str]:
    if outlook.lost:
        yield f"Lost, by their numbers: {many(outlook.lost, 'fact')} that no file here holds any more."
    elif outlook.facts:
        yield "By their numbers no fact is missing then, but for what came after the last that can be read."
    if outlook.elsewhere:
        yield f"Not here: {many(outlook.elsewhere, 'fact')} of other machines; a sync may bring more."
    if outlook.unread:
        yield f"Could not be looked at: {', '.join(outlook.unread)}."


def result(done: Repaired) -> Iterator[str]:
    """What came of repairing."""
    yield f"The logbook holds {many(done.sessions, 'session')} and {many(done.facts, 'fact')} now."
    if done.aside is not None:
        yield f"The old file lies at {done.aside}."
    if done.trouble:
        yield f"What another program wrote to it meanwhile is only there: {done.trouble}"
