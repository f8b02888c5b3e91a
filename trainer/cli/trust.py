"""`trainer log backup`, `restore` and `rebuild`: what keeps a logbook whole, and makes it whole again."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from sessions.errors import LogbookError
from trainer import trouble
from trainer.charts.numbers import many
from trainer.cli import asked, asking, streams
from trainer.cli.errors import Refusal
from trainer.cli.make import known_paths, stamp

if TYPE_CHECKING:
    from sessions.safety.keeping import Backup
    from sessions.safety.repairing import Outlook, Source
    from trainer.paths import Paths

_LARGE = 50_000_000
"""Bytes from which looking through a file takes long enough to say so."""

TABLES = {
    "session": "sessions",
    "practice": "when each exercise was done",
    "answer": "answers to self-checks",
    "note": "the search in notes",
    "day_routine": "the days",
    "week_pain": "pain by week",
    "week_exercise": "exercises by week",
    "week_activity": "activities by week",
    "name": "names",
    "total": "the sums",
}
"""What the tables that are made from the facts hold, in words."""


def announce(path: Path, what: str) -> None:
    """Say on a terminal what takes long with a large file."""
    try:
        size = path.stat().st_size
    except OSError:
        return
    if size > _LARGE and streams.is_terminal(sys.stderr):
        streams.warn(f"{what} {in_words(size)}. This takes a while.")


def in_words(size_bytes: int) -> str:
    """A size as people say it."""
    if size_bytes < 1000:
        return f"{size_bytes} bytes"
    value, unit = size_bytes / 1000, "kB"
    for larger in ("MB", "GB", "TB"):
        if value >= 999.95:
            value, unit = value / 1000, larger
    return f"{value:.1f} {unit}"


# --- the tables that are made from the facts ---------------------------------------------------------


def rebuild(args: Namespace) -> int:
    """Make them anew, and say which of them were wrong."""
    from sessions.logbook import Logbook

    paths = known_paths(args)
    try:
        logbook = Logbook.open_existing(paths.logbook)
        if logbook is None:
            streams.say("There is no logbook yet, so there is nothing to make anew.")
            return 0
        with logbook:
            announce(paths.logbook, "Reading")
            before = logbook.health()
            logbook.rebuild()
    except LogbookError as error:
        raise Refusal(*trouble.with_way_out(error, paths), status=1) from None
    lines = [f"Made anew from {many(before.facts, 'fact')}."]
    if before.wrong_tables:
        lines.append(f"Different before: {', '.join(TABLES.get(name, name) for name in before.wrong_tables)}.")
    else:
        lines.append("It was right before.")
    if before.integrity != "ok" or before.bad_digests:
        lines.append(f"The file itself is damaged: {trouble.command(paths, 'verify')} says more.")
    streams.say_lines(lines)
    return 1 if before.integrity != "ok" or before.bad_digests else 0


# --- backups -----------------------------------------------------------------------------------------


def backup(args: Namespace) -> int:
    """Make one now, or list those that there are."""
    paths = known_paths(args)
    return _list(paths) if args.list else _make(paths)


def _make(paths: Paths) -> int:
    from sessions.opening import is_there
    from sessions.safety.backups import back_up, thin

    try:
        if not is_there(paths.logbook):
            raise Refusal("log backup: there is no logbook yet, so there is nothing to back up", status=1)
        announce(paths.logbook, "Copying and proving")
        now_ms = stamp().utc_ms
        made = back_up(paths.logbook, paths.backups, at_ms=now_ms)
        gone = thin(paths.backups, now_ms)
    except LogbookError as error:
        raise Refusal(*trouble.with_way_out(error, paths), status=1) from None
    streams.say_lines([f"Made and proven: {made.path} ({in_words(made.size_bytes)})."])
    if gone:
        streams.say_lines([f"{many(len(gone), 'older backup')} went, which newer ones stand for."])
    return 0


def _list(paths: Paths) -> int:
    from sessions.safety.backups import backups

    there = backups(paths.backups)
    if not there:
        streams.say_lines(
            [f"No backups yet. {trouble.command(paths, 'backup')} makes one; so does the first session of each day."]
        )
        return 0
    rows = [(str(number), trouble.when(one.at_ms), in_words(one.size_bytes)) for number, one in enumerate(there, 1)]
    wide = [max(len(row[column]) for row in rows) for column in range(3)]
    for (number, moment, size), one in zip(rows, there, strict=True):
        first = f"{number:>{wide[0]}}  {moment:<{wide[1]}}  {size:>{wide[2]}}  "
        streams.say_lines([_what(one)], first)
    streams.say_lines([f"{trouble.command(paths, 'restore N')} puts one back. They lie in {paths.backups}."])
    return 0


def _what(one: Backup) -> str:
    from sessions.safety.repairing import form_of

    form = form_of(one.path)
    if form is None:
        return "cannot be read"
    if one.ordinary:
        return f"form {form}"
    return f"form {form}, before a newer one{'' if one.proven else '; not all of it proves itself'}"


# --- restoring ---------------------------------------------------------------------------------------


def restore(args: Namespace) -> int:
    """Show what putting a backup in the logbook's place would do, ask, and do it."""
    paths = known_paths(args)
    try:
        outlook = look(paths, args.backup)
    except LogbookError as error:
        raise Refusal(f"log restore: {error.message}", status=1) from None
    folder = _sync_folder(paths)
    if not outlook.there and not outlook.salvaged and outlook.backup is None and not folder:
        raise Refusal(
            "log restore: there is neither a logbook nor a backup here, so there is nothing to restore",
            "Without either, trainer begins a new logbook with the next session.",
            status=1,
        )
    streams.say_lines([trouble.state(outlook)])
    streams.say_lines(trouble.plan(outlook), "- ")
    if folder:
        streams.say_lines([f"Then it syncs with {folder}."], "- ")
    if not args.yes and not _agreed():
        streams.say("Nothing was changed.")
        return 1
    return _do(paths, outlook)


def look(paths: Paths, chosen: str | None = None) -> Outlook:
    """What can be had again; `chosen` is a number of the list of backups, or a file. Raises `LogbookError`."""
    from sessions.safety.repairing import look

    announce(paths.logbook, "Looking through")
    source = None if chosen is None else _source(paths, chosen)
    return look(paths.logbook, paths.backups, at_ms=stamp().utc_ms, chosen=source)


def _source(paths: Paths, text: str) -> Source:
    from sessions.safety.repairing import source

    file = _file(paths, text)
    if os.path.lexists(file) and os.path.realpath(file) == os.path.realpath(paths.logbook):
        raise Refusal(f"log restore: {asked.shown(text)} is the logbook itself; name a backup")
    try:
        return source(file)
    except LogbookError as error:
        raise Refusal(f"log restore: {error.message}", *_otherwise(paths)) from None


def _otherwise(paths: Paths) -> list[str]:
    return [f"{trouble.command(paths, 'restore')} takes the newest that proves itself, and all else that can be read."]


def _file(paths: Paths, text: str) -> Path:
    from sessions.safety.backups import backups

    if not (text.isascii() and text.isdigit() and len(text) <= 7):
        if not text or "\0" in text:
            raise Refusal("log restore: found no name; allowed: a number of the list, or a file")
        try:
            return Path(text).expanduser()
        except RuntimeError:  # a tilde with the name of nobody
            return Path(text)
    there = backups(paths.backups)
    if not 1 <= int(text) <= len(there):
        allowed = f"1 to {len(there)}, 1 being the newest" if there else "a file, since there are no backups here"
        raise Refusal(f"log restore: no backup {asked.shown(text)}; allowed: {allowed}")
    return there[int(text) - 1].path


def _agreed() -> bool:
    if not asking.can_ask():
        sys.stdout.flush()
        raise Refusal("log restore: nobody can be asked here, so nothing was changed", "With --yes it is done.")
    streams.say("Do this?")
    return asking.choose({"y": "yes", "n": "no"}, "n") == "y"


def _do(paths: Paths, outlook: Outlook) -> int:
    from sessions.safety.repairing import repair

    try:
        done = repair(outlook, random=os.urandom)
    except LogbookError as error:
        raise Refusal(f"log restore: {error.message}", "The logbook is as it was.", status=1) from None
    came = _sync(paths)
    streams.say_lines(trouble.result(done))
    if came:
        streams.say_lines([came])
    return 1 if done.trouble else 0


def _sync_folder(paths: Paths) -> str:
    from trainer.library.errors import LibraryError
    from trainer.settings import load

    try:
        return load(paths.settings).sync_folder or ""
    except LibraryError:
        return ""  # settings that cannot be read are no reason to leave the logbook damaged


def _sync(paths: Paths) -> str:
    """Sync where a folder is kept, and say what came of it."""
    if not _sync_folder(paths):
        return ""
    from trainer.cli.make import open_logbook
    from trainer.cli.upkeep import syncing
    from trainer.settings import load

    settings = load(paths.settings)
    try:
        with open_logbook(paths, settings) as logbook:
            took, wrong = syncing(paths, settings, logbook)
    except LogbookError as error:
        took, wrong = 0, error.message
    if wrong:
        return f"Not synced: {wrong}"
    return f"Then {many(took, 'fact')} came back from the sync folder." if took else ""
