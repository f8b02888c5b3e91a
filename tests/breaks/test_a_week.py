"""A week at a desk in Berlin, the one that ends with the change to summer time, as a person would tell it.

Office hours from 09:00 to 12:30 and from 13:30 to 17:30, a desk break each hour, the longer routine at 15:00; and a
duty in the night to Sunday, so that the change is met.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from sessions.breaks import (
    BreakFact,
    BreakOffered,
    BreakPostponed,
    BreakSettled,
    BreaksPaused,
    ClockChanged,
    Rested,
    WatchBegun,
    WatchEnded,
)
from tests.breaks.week import MINUTE, WORK, Desk, HeadsUp, Offer, at
from trainer.breaks.events import Event, Noted, Over
from trainer.breaks.settings import At, Breaks, Hours

ZONE = ZoneInfo("Europe/Berlin")
WISHES = Breaks(
    hours=Hours(WORK, WORK, WORK, WORK, WORK, sun=("00:30-06:00",)),
    at=(At("15:00", "back-basics", ("mon", "tue", "wed", "thu", "fri")),),
)


def clock(at_ms: int) -> str:
    return f"{datetime.fromtimestamp(at_ms / 1000, ZONE):%H:%M}"


def words(event: Event) -> str:
    match event:
        case Offer(due):
            return f"offered: {due.routine}"
        case Noted(BreakSettled() as body):
            more = "" if body.count == 1 else f" ({body.count} breaks)"
            return f"{body.how}{': ' if body.why else ''}{body.why}{more}"
        case Noted(body):
            return fact(body)
        case HeadsUp() | Over():
            return ""


def fact(body: BreakFact) -> str:
    match body:
        case WatchBegun():
            return f"opened, counts from {clock(body.from_ms)}"
        case WatchEnded():
            return "closed"
        case BreakPostponed():
            return f"postponed to {clock(body.until_ms)}"
        case Rested():
            return f"{body.why} from {clock(body.from_ms)} to {clock(body.until_ms)}"
        case BreaksPaused():
            return f"paused until {clock(body.until_ms)}"
        case ClockChanged():
            return "the clock was set"
        case BreakOffered() | BreakSettled():
            return ""


class Week:
    """The person, by the clock on the wall."""

    def __init__(self, begins: str) -> None:
        self.day = begins[:10]
        self.desk = Desk(WISHES, begins)
        self.takes = True
        self.desk.answer = lambda desk, _: desk.practise(4 * MINUTE) if self.takes else None

    def at(self, time: str, do: Callable[[Desk], None] | None = None, day: str | None = None) -> None:
        """Work on until a time, and then do something."""
        self.day = day or self.day
        self.desk.run(at(f"{self.day} {time}") - self.desk.utc_ms)
        if do is not None:
            do(self.desk)

    def asleep_until(self, time: str, day: str | None = None) -> None:
        """The lid is closed until a time."""
        self.day = day or self.day
        self.desk.pass_time(at(f"{self.day} {time}") - self.desk.utc_ms)
        self.desk.tick()

    def told(self) -> list[str]:
        found = []
        for utc_ms, _, event in self.desk.said:
            line = words(event)
            if line:
                found.append(f"{datetime.fromtimestamp(utc_ms / 1000, ZONE):%a %H:%M} {line}")
        return found


def leaves(desk: Desk) -> None:
    desk.leave()


def returns(desk: Desk) -> None:
    desk.return_()


def test_a_week() -> None:
    """Two lines that follow each other tell what a person did, and what became of it."""
    week = Week("2026-03-23 08:40")
    desk = week.desk
    desk.begin()

    # Monday: a plain day, with lunch away from the desk.
    week.at("12:40", leaves)
    week.at("13:20", returns)
    week.at("17:40", lambda one: one.take(one.loop.end(one.now)))

    # Tuesday: late; a break put off twice; a coffee; the longer routine skipped.
    desk.pass_time(at("2026-03-24 09:30") - desk.utc_ms)
    week.day = "2026-03-24"
    desk.again()
    week.takes = False
    week.at("10:30", lambda one: one.take(one.loop.postpone(one.now)))
    week.at("10:35", lambda one: one.take(one.loop.postpone(one.now)))
    week.at("10:41", lambda one: one.practise(4 * MINUTE))
    week.at("11:20", leaves)
    week.at("11:32", returns)
    week.at("15:01", lambda one: one.take(one.loop.skip(one.now)))
    week.takes = True
    week.at("17:40")

    # Wednesday: the lid was closed over night; a session by hand; a pause for a meeting.
    week.asleep_until("08:50", "2026-03-25")
    week.at("09:40", lambda one: one.by_hand())
    week.at("10:20", lambda one: one.take(one.loop.pause(one.now, one.utc_ms + 45 * MINUTE)))
    week.at("13:45", lambda one: one.take(one.loop.pause(one.now, one.utc_ms + 120 * MINUTE)))
    week.at("17:40")

    # Thursday: the train; then nobody answers until lunch, and somebody leaves for good.
    week.asleep_until("09:05", "2026-03-26")
    week.takes = False
    week.at("12:40")
    week.takes = True
    week.at("16:20", lambda one: one.take(one.loop.pause(one.now, at("2026-03-27 00:00"), civil=True)))
    week.at("17:40")

    # Friday is off: the machine sleeps until the night to Sunday, with its hour that is none.
    week.asleep_until("00:10", "2026-03-29")
    week.at("06:30")

    # Monday again, in summer time.
    week.asleep_until("09:00", "2026-03-30")
    week.at("11:30")

    assert week.told() == WEEK


WEEK = [
    # Monday
    "Mon 08:40 opened, counts from 08:40",
    "Mon 10:00 offered: desk-break",
    "Mon 10:04 taken",
    "Mon 11:04 offered: desk-break",
    "Mon 11:08 taken",
    "Mon 12:08 offered: desk-break",
    "Mon 12:12 taken",
    "Mon 13:20 away from 12:40 to 13:20",
    "Mon 15:00 offered: back-basics",
    "Mon 15:04 taken",
    "Mon 16:04 offered: desk-break",
    "Mon 16:08 taken",
    "Mon 17:08 offered: desk-break",
    "Mon 17:12 taken",
    "Mon 17:40 closed",
    # Tuesday
    "Tue 09:30 opened, counts from 09:30",
    "Tue 10:30 offered: desk-break",
    "Tue 10:30 postponed to 10:35",
    "Tue 10:35 offered: desk-break",
    "Tue 10:35 postponed to 10:40",
    "Tue 10:40 offered: desk-break",
    "Tue 10:45 taken",
    "Tue 11:32 away from 11:20 to 11:32",
    "Tue 15:00 offered: back-basics",
    "Tue 15:01 skipped",
    "Tue 16:01 offered: desk-break",
    "Tue 16:05 taken",
    "Tue 17:05 offered: desk-break",
    "Tue 17:09 taken",
    # Wednesday
    "Wed 08:50 asleep from 17:40 to 08:50",
    "Wed 10:20 paused until 11:05",
    "Wed 11:05 offered: desk-break",
    "Wed 11:09 taken",
    "Wed 12:09 offered: desk-break",
    "Wed 12:13 taken",
    "Wed 13:45 paused until 15:45",
    "Wed 15:45 dropped: paused",
    "Wed 16:45 offered: desk-break",
    "Wed 16:49 taken",
    # Thursday, and Friday off
    "Thu 09:05 asleep from 17:40 to 09:05",
    "Thu 10:05 offered: desk-break",
    "Thu 11:05 dropped: unanswered",
    "Thu 11:05 offered: desk-break",
    "Thu 12:30 dropped: hours_over",
    "Thu 15:00 offered: back-basics",
    "Thu 15:04 taken",
    "Thu 16:04 offered: desk-break",
    "Thu 16:08 taken",
    "Thu 16:20 paused until 00:00",
    # the night to Sunday
    "Sun 00:10 dropped: asleep (3 breaks)",
    "Sun 00:10 asleep from 17:40 to 00:10",
    "Sun 01:30 offered: desk-break",
    "Sun 01:34 taken",
    "Sun 03:34 offered: desk-break",
    "Sun 03:38 taken",
    "Sun 04:38 offered: desk-break",
    "Sun 04:42 taken",
    "Sun 05:42 offered: desk-break",
    "Sun 05:46 taken",
    # Monday again
    "Mon 09:00 asleep from 06:30 to 09:00",
    "Mon 10:00 offered: desk-break",
    "Mon 10:04 taken",
    "Mon 11:04 offered: desk-break",
    "Mon 11:08 taken",
]
