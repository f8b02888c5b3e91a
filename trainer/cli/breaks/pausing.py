"""`trainer breaks pause`, `resume`, `skip` and `snooze`: for a loop that is open, and for the installed timer alike."""

from __future__ import annotations

import argparse
from argparse import Namespace

from trainer.breaks.hours import pause_end
from trainer.breaks.words import when
from trainer.cli import streams
from trainer.cli.asked import shown
from trainer.cli.breaks.options import length
from trainer.cli.breaks.told import Told, told
from trainer.cli.errors import Refusal
from trainer.cli.make import offset_min

_MOST_MIN = 60


def pause(args: Namespace) -> int:
    """Be silent for a while, or until tomorrow."""
    try:
        minutes = length(args.length)
    except argparse.ArgumentTypeError as error:
        raise Refusal(f"breaks pause: {error}") from None
    with told(args) as one:
        until_ms = pause_end(one.now_ms, minutes, one.kit.settings.day_starts_h, offset_min)
        one.keep(one.loop.pause(one.now, until_ms, civil=minutes is None))
        streams.say(f"Breaks are paused until {when(until_ms, one.now_ms, offset_min)}.")
    return 0


def resume(args: Namespace) -> int:
    """End a pause."""
    with told(args) as one:
        if one.loop.state(one.now_ms).kind != "paused":
            streams.say("Breaks are not paused.")
            return 0
        one.keep(one.loop.resume(one.now))
        streams.say(f"Breaks go on. {_next(one)}")
    return 0


def skip(args: Namespace) -> int:
    """Skip the break that is due, or the next one."""
    with told(args) as one:
        _coming(one, "skip")
        one.keep(one.loop.skip(one.now))
        streams.say(f"Skipped. {_next(one)}")
    return 0


def snooze(args: Namespace) -> int:
    """Put the break off that is due, or the next one."""
    text = args.minutes
    if text is not None and not (text.isascii() and text.isdigit() and len(text) < 3 and 1 <= int(text) <= _MOST_MIN):
        raise Refusal(f"breaks snooze: found {shown(text)}; allowed: 1 to {_MOST_MIN} minutes")
    with told(args) as one:
        _coming(one, "snooze")
        if not one.loop.may_postpone(one.now_ms):
            most = one.wishes.postpone_most
            times = "it cannot be postponed" if not most else f"it was postponed {most} times in a row"
            raise Refusal(
                f"breaks snooze: {times}, as your settings have it", "trainer breaks skip leaves it out.", status=1
            )
        one.keep(one.loop.postpone(one.now, int(text) if text else None))
        streams.say(_next(one))
    return 0


def _coming(one: Told, command: str) -> None:
    if one.loop.state(one.now_ms).next is None:
        raise Refusal(
            f"breaks {command}: no break is planned",
            "trainer breaks counts to one; hours and times under [breaks] in the settings plan them.",
            status=1,
        )


def _next(one: Told) -> str:
    found = one.loop.state(one.now_ms)
    coming = found.next
    if coming is None:
        return "No break is planned."
    if found.kind == "due":
        return f"A break is due: {one.name(coming.routine)}."
    return f"The next break: {when(coming.at_ms, one.now_ms, offset_min)}, {one.name(coming.routine)}."
