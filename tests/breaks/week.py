"""A desk that is made up: two clocks, a zone, a person and a loop, moved on by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from sessions.breaks import BreakFact, BreakSettled
from trainer.breaks.events import Event, HeadsUp, Moment, Noted, Offer, Over, Sensed
from trainer.breaks.hours import Offset
from trainer.breaks.loop import Loop
from trainer.breaks.record import Record, recorded
from trainer.breaks.schedule import Break
from trainer.breaks.settings import Breaks, Hours

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
WORK = ("09:00-12:30", "13:30-17:30")
OFFICE = Hours(WORK, WORK, WORK, WORK, WORK)


def offset_in(zone: str) -> Offset:
    """How far a zone is ahead."""
    place = ZoneInfo(zone)

    def ahead(utc_ms: int) -> int:
        found = datetime.fromtimestamp(utc_ms / 1000, place).utcoffset()
        assert found is not None
        return int(found.total_seconds() // 60)

    return ahead


def at(text: str, zone: str = "Europe/Berlin") -> int:
    """The moment of a time on the wall, such as `2026-03-02 09:00`."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)


class Desk:
    """Leads a loop through time as the front ends do, and keeps what it says."""

    def __init__(self, wishes: Breaks, begins: str | int, zone: str = "Europe/Berlin", *, idle: bool = True) -> None:
        self.zone = offset_in(zone)
        self.utc_ms = at(begins, zone) if isinstance(begins, str) else begins
        self.steady_ms = 1_000_000
        self.idle = idle
        self.quiet_since: int | None = None
        """Since when nothing is typed, by the steady clock; None while the person works."""
        self.returned = 0
        self.typing = False
        self.facts: list[tuple[int, BreakFact]] = []
        self.said: list[tuple[int, int, Event]] = []
        """What the loop said, with the moment on the wall and by the steady clock."""
        self.wishes = wishes
        self.loop = Loop(wishes, Record(), lambda utc_ms: self.zone(utc_ms))
        self.answer: Callable[[Desk, Break], None] | None = None
        """What the person does about an offer, as soon as it is made."""
        self.ticks = 0
        self.moved: list[int] = []
        """When sessions ended, as the logbook tells."""

    @property
    def now(self) -> Moment:
        return Moment(self.utc_ms, self.steady_ms)

    @property
    def wall(self) -> str:
        found = datetime.fromtimestamp(self.utc_ms / 1000 + self.zone(self.utc_ms) * 60, ZoneInfo("UTC"))
        return found.strftime("%a %H:%M:%S")

    def sensed(self) -> Sensed:
        if not self.idle:
            return Sensed()
        # Whoever works types now and then; the last time is ten seconds ago, so that nobody waits for a pause.
        if self.typing:
            return Sensed(1_000)
        if self.quiet_since is None:
            return Sensed(min(10_000, self.steady_ms - self.returned))
        return Sensed(self.steady_ms - self.quiet_since)

    def take(self, events: Iterable[Event]) -> None:
        for event in events:
            self.said.append((self.utc_ms, self.steady_ms, event))
            if isinstance(event, Noted):
                self.facts.append((self.utc_ms, event.body))
            if isinstance(event, Offer) and self.answer is not None:
                self.answer(self, event.due)

    def begin(self, **given: int) -> Desk:
        self.take(self.loop.begin(self.now, **given))
        return self

    def again(self, seen_ms: int | None = None) -> None:
        """The program ended, kindly or not, and another one begins with what was taken down."""
        record = recorded(self.facts, self.moved, self.utc_ms)
        self.loop = Loop(self.wishes, record, lambda utc_ms: self.zone(utc_ms))
        self.take(self.loop.begin(self.now, seen_ms=seen_ms))

    def pass_time(self, ms: int) -> None:
        """Nothing of this program runs meanwhile: asleep, stopped, or ended."""
        self.utc_ms += ms
        self.steady_ms += ms

    def tick(self) -> None:
        self.ticks += 1
        self.take(self.loop.tick(self.now, self.sensed()))

    def run(self, ms: int) -> None:
        """Let time pass with the loop running."""
        end = self.steady_ms + ms
        while self.steady_ms < end:
            wait = min(self.loop.wait_ms(self.now, idle_known=self.idle), end - self.steady_ms)
            self.pass_time(wait)
            self.tick()

    def until(self, wall: str, zone: str = "Europe/Berlin") -> None:
        self.run(at(wall, zone) - self.utc_ms)

    def leave(self) -> None:
        self.quiet_since = self.steady_ms

    def return_(self) -> None:
        self.quiet_since, self.returned = None, self.steady_ms

    def practise(self, ms: int = 2 * MINUTE, *, moved: bool = True) -> None:
        """A guided session from beginning to end, in this program."""
        self.loop.started(self.now)
        self.pass_time(ms)
        if moved:
            self.moved.append(self.utc_ms)
        self.take(self.loop.ended(self.now, f"s{self.steady_ms}", moved=moved))

    def by_hand(self, until_ms: int | None = None) -> None:
        """A session in another terminal that has just ended."""
        until_ms = self.utc_ms if until_ms is None else until_ms
        self.moved.append(until_ms)
        self.take(self.loop.learn(self.now, (), [("s", until_ms)]))

    def told(self, kind: type[Event]) -> list[str]:
        """When the loop said something of a kind, on the wall."""
        found = []
        for utc_ms, _, event in self.said:
            if isinstance(event, kind):
                wall = datetime.fromtimestamp(utc_ms / 1000 + self.zone(utc_ms) * 60, ZoneInfo("UTC"))
                found.append(wall.strftime("%a %H:%M:%S" if wall.second else "%a %H:%M"))
        return found

    @property
    def offers(self) -> list[str]:
        return self.told(Offer)

    @property
    def settled(self) -> list[tuple[str, str]]:
        return [(body.how, body.why) for _, body in self.facts if isinstance(body, BreakSettled)]


def practises(desk: Desk, due: Break) -> None:
    """The person who takes each break as soon as it is offered."""
    desk.practise()


__all__ = ["DAY", "HOUR", "MINUTE", "OFFICE", "Desk", "HeadsUp", "Offer", "Over", "at", "offset_in", "practises"]
