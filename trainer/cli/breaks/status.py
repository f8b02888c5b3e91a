"""`trainer breaks status`: when the next break is, what counts to it, and what the day was so far."""

from __future__ import annotations

import os
from argparse import Namespace
from datetime import timedelta
from typing import TYPE_CHECKING

from trainer.breaks.day import Day, day_of
from trainer.breaks.hours import local_day
from trainer.breaks.lock import Place
from trainer.breaks.schedule import state
from trainer.breaks.words import detail, headline, sums
from trainer.cli import streams
from trainer.cli.breaks.timer import timer
from trainer.cli.due import ask, read_record
from trainer.cli.make import known_paths, offset_min, stamp
from trainer.library.shelf import Library
from trainer.settings import load

if TYPE_CHECKING:
    from trainer.paths import Paths


def run(args: Namespace) -> int:
    """Say all of it; nothing is changed by it."""
    paths = known_paths(args)
    wishes = load(paths.settings).breaks
    now_ms = stamp().utc_ms
    record = read_record(paths, wishes, now_ms)
    found = state(wishes, record, now_ms, offset_min)
    name = Library(paths.config).name_of
    coming = found.next
    holder = Place(paths.home).holder()
    in_order, timer_says = timer(paths, wishes)
    today = read_day(paths, now_ms)
    if args.json:
        from trainer.breaks.due import iso

        streams.say_json(
            {
                "state": found.kind,
                "routine": coming.routine if coming else None,
                "at": iso(coming.at_ms) if coming else None,
                "postponed": coming.times if coming else None,
                "until": iso(found.until_ms) if found.until_ms else None,
                "loop": holder,
                "timer": {"installed": in_order is not None, "in_order": in_order, "says": timer_says},
                "today": dict(today.sums()),
            }
        )
        return 0
    streams.say(headline(found, now_ms, offset_min))
    if said := detail(found, name(coming.routine) if coming else "", now_ms, offset_min):
        streams.say(said)
    streams.say()
    stale = holder is not None and _changed_ms(paths) > (record.watched_ms or now_ms)
    streams.say(f"Loop: {_loop(holder)}{'; opened before the settings were changed' if stale else ''}")
    streams.say(f"Timer: {timer_says}")
    streams.say(f"Idle time: {_idle() if wishes.watch_idle else 'not asked, as you set'}")
    streams.say(f"Today: {sums(today) or 'no break yet'}")
    return 0


def _loop(holder: int | None) -> str:
    if holder is None:
        return "none is open; trainer breaks opens one"
    return f"open, process {holder}" if holder else "open"


def _changed_ms(paths: Paths) -> int:
    try:
        return paths.settings.stat().st_mtime_ns // 1_000_000
    except OSError:
        return 0


def _idle() -> str:
    from trainer.breaks.idle import find

    found = find(os.environ)
    try:
        if found.name == "unknown":
            return "unknown; nothing here tells it"
        return f"from {found.name}"
    finally:
        found.close()


def read_day(paths: Paths, now_ms: int, back: int = 0) -> Day:
    """A day as the logbook tells it, so many days before today. Raises `Refusal` where it cannot be read."""
    from trainer.breaks.logged import logged_day

    date = local_day(now_ms, offset_min) - timedelta(back)
    found = ask(paths, lambda logbook: logged_day(logbook, date, now_ms, offset_min))
    return day_of((), (), date, now_ms, offset_min) if found is None else found
