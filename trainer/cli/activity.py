"""`trainer log add`: minutes of an activity, logged by hand."""

from __future__ import annotations

import os
from argparse import Namespace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from sessions.errors import LogbookError
from sessions.facts import draft
from sessions.ids import RANDOM_BYTES, uuid7
from sessions.records import Body, Intensity, Note, Stamp
from sessions.review import local_date, week_of
from trainer.cli import streams
from trainer.cli.errors import Refusal
from trainer.cli.make import make_kit, stamp
from trainer.cli.start import see_off
from trainer.coach import activities, week
from trainer.journal import Journal
from trainer.text import clean

if TYPE_CHECKING:
    from trainer.kit import Kit

FIRST_DAY = date(1970, 1, 1)
NOTE_LIMIT = 2000
"""Characters of a note, as many as the summary's own field takes (own)."""


def add(args: Namespace) -> int:
    """Keep an activity, then say what was kept and what the week adds up to."""
    activity = _activity(args.activity)
    length_min = activities.minutes(args.minutes)
    if length_min is None:
        raise Refusal(
            f"log add: found {_shown(args.minutes)} for the minutes",
            f"Allowed: {activities.LEAST_MIN} to {activities.MOST_MIN}.",
        )
    body = activities.logged(activity, length_min, _intensity(args.intensity))
    bodies: list[Body] = [body, *_note(args.note)]
    now = stamp()
    when = now if args.on is None else _on(args.on, now)
    day = local_date(when.utc_ms, when.offset_min)

    kit = make_kit(args)
    status = 1
    try:
        if keep(kit.journal, bodies, when):
            status = 0
            streams.say_lines([f"Kept: {activities.in_words(body)}, {day}."])
            streams.say_lines([_week(kit, when, now)])
    finally:
        status = see_off(kit, status)
    return status


def keep(journal: Journal, bodies: list[Body], when: Stamp) -> bool:
    """Store facts as a session of their own, of the moment `when`. Returns whether they are safe on the disk."""
    session = uuid7(when.utc_ms, os.urandom(RANDOM_BYTES))
    journal.pending += [draft(session, body, when, os.urandom) for body in bodies]
    return journal.retry()


def _activity(word: str) -> activities.Activity:
    found = activities.resolve(word)
    if found is not None:
        return found
    meant = " or ".join(one.id for one in activities.suggestions(word))
    raise Refusal(
        f"log add: no activity {_shown(word)}",
        *([f"Did you mean {meant}?"] if meant else []),
        f"There are: {', '.join(one.id for one in activities.ACTIVITIES)}.",
    )


def _intensity(word: str | None) -> Intensity | None:
    if word is None:
        return None
    found = next((one for one in activities.INTENSITIES if one == word), None)
    if found is None:
        raise Refusal(f"log add: --intensity: found {_shown(word)}; allowed: {', '.join(activities.INTENSITIES)}")
    return found


def _note(text: str | None) -> list[Body]:
    text = clean(text or "", lines=True).strip()
    if len(text) > NOTE_LIMIT:
        raise Refusal(f"log add: --note: found {len(text)} characters; allowed: up to {NOTE_LIMIT}")
    return [Note(text)] if text else []


def _on(text: str, now: Stamp) -> Stamp:
    """Noon of a day, by the clock of that day; this moment where it is today."""
    today = date.fromisoformat(local_date(now.utc_ms, now.offset_min))
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    # `fromisoformat` takes other forms too, which a person may mean otherwise.
    if day is None or day.isoformat() != text or not FIRST_DAY <= day <= today:
        raise Refusal(
            f"log add: --on: found {_shown(text)}",
            f"Allowed: a day from {FIRST_DAY} to today, {today}, written like that.",
        )
    return now if day == today else _noon(day, now)


def _noon(day: date, now: Stamp) -> Stamp:
    try:
        offset = datetime.combine(day, time(12)).astimezone().utcoffset()
        offset_min = now.offset_min if offset is None else int(offset.total_seconds() // 60)
    except (OSError, OverflowError, ValueError):  # this system's clock knows nothing of so early a day
        offset_min = now.offset_min
    since = (day - FIRST_DAY).days * 1440 + 12 * 60 - offset_min
    return Stamp(max(0, since * 60_000), offset_min, now.zone)


def _week(kit: Kit, when: Stamp, now: Stamp) -> str:
    """What the week of `when` adds up to, with days that start when the person has them start."""
    from trainer.past import Past

    journal = kit.journal
    assert journal.logbook is not None, "it has just been written to"
    try:
        starts_h = journal.logbook.day_starts_h
        day, today = (local_date(one.utc_ms, one.offset_min, starts_h) for one in (when, now))
        found = Past(journal.logbook, kit.library, today).week(week_of(day))
    except LogbookError as error:
        return f"The week's minutes cannot be read now: {error.message}"
    return week.in_words(found, "this week" if week_of(day) == week_of(today) else f"in the week {week_of(day)}")


def _shown(text: str) -> str:
    return repr(clean(text, limit=60))
