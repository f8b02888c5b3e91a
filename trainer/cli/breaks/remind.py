"""`trainer breaks remind`, which the installed timer runs: a break that is due is told of, once."""

from __future__ import annotations

import os
from argparse import Namespace

from sessions.breaks import BreakOffered
from trainer.breaks.desk import Desk
from trainer.breaks.events import Noted
from trainer.breaks.words import TITLE
from trainer.cli.breaks.told import Told, told
from trainer.timekeeper import offered


def run(args: Namespace) -> int:
    """Send one notice, where that is called for."""
    with told(args) as one:
        if one.place.holder() is None:  # a loop that is open says it itself
            _remind(one)
    return 0


def _remind(one: Told) -> None:
    one.keep(one.loop.lapse(one.now))
    found = one.loop.state(one.now_ms)
    due, said = found.next, one.loop.record.offered
    if found.kind != "due" or due is None or (said is not None and said.due_ms == due.due_ms):
        return
    desk = Desk(one.wishes, os.environ, None)
    desk.look()
    idle_ms = desk.sense().idle_ms
    # Whoever is away is not told, and rests meanwhile.
    away = idle_ms is not None and idle_ms >= one.wishes.away_min * 60_000
    if not away and not desk.quiet() and desk.tell(TITLE, offered(one.kit.library, due.routine)):
        one.keep([Noted(BreakOffered(due.due_ms, due.routine, due.slot, "timer"))])
