"""`trainer breaks day`: a day as a strip, and what became of its breaks."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import date

from trainer.breaks.due import iso
from trainer.breaks.hours import local_day
from trainer.breaks.words import mark_line, spent, sums
from trainer.charts.strip import strip
from trainer.cli import chart, streams
from trainer.cli.asked import shown
from trainer.cli.breaks.status import read_day
from trainer.cli.errors import Refusal
from trainer.cli.make import known_paths, offset_min, stamp
from trainer.library.shelf import Library


def run(args: Namespace) -> int:
    """Show it."""
    paths = known_paths(args)
    now_ms = stamp().utc_ms
    today = local_day(now_ms, offset_min)
    day = read_day(paths, now_ms, (today - _wanted(args.day, today)).days)
    if args.json:
        streams.say_json(
            {
                "date": day.date,
                "pieces": [
                    {"from": iso(one.from_ms), "until": iso(one.until_ms), "kind": one.kind, "name": one.name or None}
                    for one in day.pieces
                ],
                "breaks": [
                    {
                        "at": iso(one.at_ms),
                        "how": one.how,
                        "why": one.why or None,
                        "routine": one.routine or None,
                        "until": iso(one.until_ms),
                        "count": one.count,
                    }
                    for one in day.marks
                ],
            }
        )
        return 0
    streams.say(day.date, streams.BOLD)
    if not day.pieces and not day.marks:
        streams.say("Nothing was counted on this day.")
        return 0
    if streams.is_terminal(sys.stdout):
        chart.say(strip(day.stretches(), width=streams.width(), ascii_only=chart.ascii_only()))
    name = Library(paths.config).name_of
    streams.say_lines(f"{text}." for text in (spent(day), sums(day)) if text)
    for mark in day.marks:
        streams.say(mark_line(mark, name(mark.routine) if mark.routine else "", offset_min))
    return 0


def _wanted(text: str | None, today: date) -> date:
    if text is None:
        return today
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text or not date(1970, 1, 2) <= found <= today:
        raise Refusal(f"breaks day: found {shown(text)}", f"Allowed: a day up to today, {today}, written like that.")
    return found
