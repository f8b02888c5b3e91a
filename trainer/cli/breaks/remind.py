"""`trainer breaks remind`, which the installed timer runs: a break that is due is told of, once.

It runs every few minutes, all day, and mostly finds nothing to do: so what is cheap comes first, and nothing is made
before there is something to take down.
"""

from __future__ import annotations

import os
import time
from argparse import Namespace
from datetime import timedelta
from typing import TYPE_CHECKING

from trainer.breaks.hours import MINUTE_MS, local_day, spans
from trainer.cli import streams
from trainer.cli.make import known_paths, offset_min, open_existing
from trainer.settings import load

if TYPE_CHECKING:
    from trainer.breaks.loop import Loop
    from trainer.breaks.record import Record
    from trainer.breaks.schedule import Break
    from trainer.breaks.settings import Breaks
    from trainer.paths import Paths


def run(args: Namespace) -> int:
    """Send one notice, where that is called for. Raises `Refusal` where the logbook cannot tell or be written."""
    paths = known_paths(args)
    wishes = load(paths.settings).breaks
    now_ms = time.time_ns() // 1_000_000
    if not _within(wishes, now_ms):
        return 0
    from trainer.breaks.events import Moment
    from trainer.breaks.loop import Loop
    from trainer.breaks.record import Record
    from trainer.breaks.schedule import unwatched

    record = _record(paths, wishes, now_ms)
    loop = Loop(wishes, record or unwatched(wishes, Record()), offset_min)
    lapsed = loop.lapse(Moment(now_ms, 0))
    due = _untold(loop, now_ms)
    if due is None and not lapsed:
        return 0
    from trainer.breaks.lock import Place

    if Place(paths.home).holder() is not None:
        return 0  # a loop that is open says and settles it itself
    told_of = due if due is not None and _tell(paths, wishes, due) else None
    if told_of is not None or (lapsed and record is not None):
        _keep(args, told_of)
    return 0


def _within(wishes: Breaks, now_ms: int) -> bool:
    """Whether now is within the working hours, where any are set."""
    if wishes.hours is None:
        return True
    yesterday = local_day(now_ms, offset_min) - timedelta(1)
    return any(span.holds(now_ms) for span in spans(wishes.hours, yesterday, 3, offset_min))


def _record(paths: Paths, wishes: Breaks, now_ms: int) -> Record | None:
    """What the logbook tells, None where there is none yet.

    Raises `Refusal` where it cannot be read, or nothing could be taken down in it.
    """
    from sessions.errors import LogbookError
    from trainer.breaks.lock import Place
    from trainer.breaks.logged import as_it_stands
    from trainer.cli.errors import Refusal

    try:
        logbook = open_existing(paths)
        if logbook is None:
            return None
        with logbook:
            if logbook.read_only:  # the same break would be told of again and again
                raise Refusal(logbook.why_read_only, status=1)
            return as_it_stands(logbook, wishes, now_ms, Place(paths.home).seen_ms())
    except LogbookError as error:
        from trainer.trouble import with_way_out

        raise Refusal(" ".join(with_way_out(error, paths)), status=1) from None


def _untold(loop: Loop, now_ms: int) -> Break | None:
    """The break that is due and that nobody was told of."""
    found = loop.state(now_ms)
    if found.kind != "due" or found.next is None:
        return None
    due, said = found.next, loop.record.offered
    return None if said is not None and (said.due_ms, said.slot) == (due.due_ms, due.slot) else due


def _tell(paths: Paths, wishes: Breaks, due: Break) -> bool:
    """Send the notice and say whether it went out; not to who is away, and so rests, or is not to be disturbed."""
    from trainer.breaks.desk import Desk
    from trainer.breaks.words import TITLE
    from trainer.library.shelf import Library
    from trainer.timekeeper import offered

    desk = Desk(wishes, os.environ, None)
    desk.look()
    try:
        idle_ms = desk.sense().idle_ms
        if (idle_ms is not None and idle_ms >= wishes.away_min * MINUTE_MS) or desk.quiet():
            return False
        if desk.tell(TITLE, offered(Library(paths.config), due.routine)):
            return True
        streams.say(f"A break is due, and no notice could be sent: {desk.why_untold()}.")
        return False
    finally:
        desk.close(take_back=False)  # the notice stays when this program has ended


def _keep(args: Namespace, told_of: Break | None) -> None:
    """Take down what lapsed, and what was told of. Raises `Refusal` where that cannot be done."""
    from sessions.breaks import BreakOffered
    from trainer.breaks.events import Noted
    from trainer.cli.breaks.told import told

    with told(args) as one:
        one.keep(one.loop.lapse(one.now))
        if told_of is not None:
            one.keep([Noted(BreakOffered(told_of.due_ms, told_of.routine, told_of.slot, "timer"))])
