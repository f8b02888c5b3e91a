"""Whatever happens at a desk, in whichever year and zone: the promises of the hour."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

from hypothesis import given, note, settings
from hypothesis import strategies as st

from sessions.breaks import BreakOffered, BreakSettled, ClockChanged
from sessions.facts import draft
from sessions.records import Stamp, read_body
from tests.breaks.week import DAY, HOUR, MINUTE, Desk, Offer, offset_in
from trainer.breaks.events import Noted
from trainer.breaks.loop import PATIENCE_MS
from trainer.breaks.record import recorded
from trainer.breaks.schedule import Break, ahead, missed, state
from trainer.breaks.settings import DAYS, At, Breaks, Hours

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca", "UTC")
# Around both changes in Berlin and New York, a leap day, a turn of the year, and plain days; at nine UTC.
BEGINS = (
    "2024-02-29",
    "2024-03-09",
    "2024-03-30",
    "2025-03-29",
    "2025-10-25",
    "2026-11-01",
    "2027-10-30",
    "2027-12-31",
)

WISHES = (
    Breaks(),
    Breaks(hours=Hours(*[("09:00-12:30", "13:30-17:30")] * 5)),
    Breaks(every_min=50, hours=Hours(*[("08:00-18:00",)] * 7), at=(At("15:00", "back-basics"), At("11:30"))),
    Breaks(every_min=30, postpone_min=20, at=(At("12:00"), At("02:30"))),
    Breaks(every_min=0, hours=Hours(*[("00:00-24:00",)] * 7), at=(At("10:00"), At("10:10"), At("16:00"))),
    Breaks(every_min=45, hours=Hours(*[("22:00-06:00",)] * 7), at=(At("23:30"),)),
    Breaks(every_min=5, away_min=2, postpone_min=1, at=(At("09:00"),)),
)


class Watched(Desk):
    """A desk at which the promises are looked after at every step.

    - Two counted breaks are offered at least an interval apart by the steady clock, less the three minutes for which
      one waits for a pause in typing, and a tick; one that waits may be offered again (after a pause, or put off).
    - A fixed time is offered until something became of it and never after, and never within fifteen minutes after a
      rest or a session. Where clock or zone went back before it, it comes once more.
    - Nothing is offered outside the hours by the clock on the wall, in a pause, or while nobody is there.
    - What was offered is settled exactly once, or waits; at most one waits. What was said to come next and came due
      since the last step is settled in this one, or waits.
    - Every fact can be stored, and the facts tell a loop that begins anew all that this one knows.
    """

    def __init__(self, wishes: Breaks, begins_ms: int, zone: str, *, idle: bool) -> None:
        super().__init__(wishes, begins_ms, zone, idle=idle)
        self.before, self.zone_before, self.watches = self.now, self.zone, False
        """When the last step was, in which zone, and whether a loop looked on."""
        self.last_due: tuple[int, int] | None = None
        self.went_back = False
        """Whether clock or zone went back, so that a fixed time may come once more."""
        self.came_due: dict[str | int, bool] = {}
        """What was offered, by its moment or its time in words, and whether it was settled."""

    def take(self, events: object) -> None:
        told = list(events)  # type: ignore[call-overload]
        for event in told:
            note(f"    {self.wall}: {event}")
            if isinstance(event, Noted):
                self.noted(event.body)
            if isinstance(event, Offer):
                self.offer(event.due)
        super().take(told)
        if told:
            self.look()

    def tick(self) -> None:
        zone, said, coming = self.zone, len(self.facts), self.loop.state(self.before.utc_ms).next
        super().tick()
        told = [body for _, body in self.facts[said:]]
        looked = self.watches and zone is self.zone_before and not any(isinstance(one, ClockChanged) for one in told)
        if looked and coming is not None and coming.due_ms <= self.utc_ms:
            settled = any(isinstance(one, BreakSettled) and one.due_ms <= coming.due_ms for one in told)
            now = self.loop.state(self.utc_ms)
            left = missed(self.wishes, self.loop.record, self.utc_ms, self.zone)
            # What nobody is there for, or a pause silences, is taken down when that is over: of several ranges, once.
            later = (self.loop.away or now.kind == "paused") and bool(left)
            assert settled or later or coming.is_same(now.next), f"lost: {coming}"
        self.before, self.zone_before, self.watches = self.now, self.zone, True

    def again(self, seen_ms: int | None = None) -> None:
        super().again(seen_ms)
        self.before, self.watches = self.now, True

    def key(self, due_ms: int, slot: str) -> str | int:
        return slot or due_ms

    def noted(self, body: object) -> None:
        stamp = Stamp(self.utc_ms, 0, "UTC")
        fact = draft("s", body, stamp, bytes)  # type: ignore[arg-type]
        assert read_body(fact.kind, fact.body_json) == body
        match body:
            case BreakOffered():
                assert not self.came_due.get(self.key(body.due_ms, body.slot)), "offered, though settled"
                self.came_due[self.key(body.due_ms, body.slot)] = False
            case BreakSettled():
                key = self.key(body.due_ms, body.slot)
                assert not self.came_due.get(key), "settled twice"
                covered = [one for one, done in self.came_due.items() if not done]
                assert len(covered) <= body.count, "several waited, and fewer were settled"
                for one in covered:
                    self.came_due[one] = True
                if body.slot or body.due_ms in self.came_due:
                    self.came_due[key] = True
                assert body.count >= 1
                assert (body.how == "dropped") == bool(body.why)
            case ClockChanged():
                moved: dict[str | int, bool] = {}
                for one, done in self.came_due.items():
                    moved[one if isinstance(one, str) else max(0, one + body.by_ms)] = done
                self.came_due = moved
                if self.last_due is not None:
                    self.last_due = max(0, self.last_due[0] + body.by_ms), self.last_due[1]
                if body.by_ms < 0:
                    self.goes_back()

    def goes_back(self) -> None:
        """Clock or zone went back: a fixed time that waited may come again, and is none until then."""
        self.went_back = True
        for one in [one for one, done in self.came_due.items() if not done and isinstance(one, str)]:
            del self.came_due[one]

    def offer(self, due: Break) -> None:
        assert self.within(self.utc_ms), "outside the hours"
        pause = self.loop.record.pause
        assert pause is None or not pause.from_ms <= self.utc_ms < pause.until_ms, "in a pause"
        assert not self.loop.away, "while nobody is there"
        assert due.at_ms <= self.utc_ms
        assert self.came_due.get(self.key(due.due_ms, due.slot)) is not True, "offered, though settled"
        if due.slot:
            rested_ms = self.loop.record.rested_ms
            assert rested_ms is None or not 0 <= due.due_ms - rested_ms < 15 * MINUTE
        elif due.due_ms != (self.last_due and self.last_due[0]):
            if self.last_due is not None:
                apart = self.steady_ms - self.last_due[1]
                assert apart >= self.wishes.every_min * MINUTE - PATIENCE_MS - 30_000, "two breaks for one hour"
            self.last_due = due.due_ms, self.steady_ms

    def within(self, utc_ms: int) -> bool:
        """Whether the clock on the wall shows a working hour; told apart from how the program finds out."""
        hours = self.wishes.hours
        if hours is None:
            return True
        wall = datetime.fromtimestamp(utc_ms / 1000 + self.zone(utc_ms) * 60, UTC)
        now, day = f"{wall:%H:%M}", wall.weekday()
        for one in getattr(hours, DAYS[day]):
            start, end = one.split("-")
            if start <= now and (now < end or end <= start):
                return True
        return any(end <= start and now < end for start, end in (o.split("-") for o in getattr(hours, DAYS[day - 1])))

    def look(self) -> None:
        """What holds at any time."""
        offered = self.loop.offered
        if offered is not None and offered.slot and self.went_back:
            self.came_due.setdefault(offered.slot, False)
        waiting = [one for one, done in self.came_due.items() if not done]
        assert len(waiting) <= 1, f"more than one waits: {waiting}"
        if offered is not None:
            assert self.key(offered.due_ms, offered.slot) in waiting
        told = recorded(self.facts, self.moved, self.utc_ms)
        assert told == self.loop.record, "a loop that is killed knows less"


class Deed(NamedTuple):
    """Something that happens, with words for who reads a failure."""

    words: str
    do: Callable[[Watched], None]

    def __repr__(self) -> str:
        return self.words


Does = Callable[[Watched], None]


def works(ms: int) -> Does:
    return lambda desk: desk.run(ms)


def leaves(ms: int) -> Does:
    def deed(desk: Watched) -> None:
        desk.leave()
        desk.run(ms)
        desk.return_()
        desk.tick()

    return deed


def sleeps(ms: int) -> Does:
    def deed(desk: Watched) -> None:
        desk.pass_time(ms)
        desk.tick()

    return deed


def sets_clock(by_ms: int) -> Does:
    def deed(desk: Watched) -> None:
        # What ended at an hour that the clock shows once more cannot be told apart from what ends then.
        if all(until_ms < desk.utc_ms + by_ms for until_ms in desk.moved):
            desk.utc_ms += by_ms
        desk.tick()

    return deed


def travels(zone: str) -> Does:
    def deed(desk: Watched) -> None:
        desk.zone = offset_in(zone)
        desk.goes_back()
        desk.tick()

    return deed


def postpones(desk: Watched) -> None:
    times = desk.loop.state(desk.utc_ms).next
    desk.take(desk.loop.postpone(desk.now))
    assert times is None or times.times <= desk.wishes.postpone_most


def skips(desk: Watched) -> None:
    desk.take(desk.loop.skip(desk.now))


def pauses(ms: int) -> Does:
    return lambda desk: desk.take(desk.loop.pause(desk.now, desk.utc_ms + ms))


def pauses_until_tomorrow(desk: Watched) -> None:
    until_ms = (desk.utc_ms + desk.zone(desk.utc_ms) * MINUTE) // DAY * DAY + DAY - desk.zone(desk.utc_ms) * MINUTE
    desk.take(desk.loop.pause(desk.now, until_ms, civil=True))


def resumes(desk: Watched) -> None:
    desk.take(desk.loop.resume(desk.now))


def takes(desk: Watched) -> None:
    desk.practise()


def begins_and_stops(desk: Watched) -> None:
    desk.practise(10_000, moved=False)


def by_hand(desk: Watched) -> None:
    desk.pass_time(1_000)
    desk.by_hand()


def closes(ms: int) -> Does:
    def deed(desk: Watched) -> None:
        desk.take(desk.loop.end(desk.now))
        desk.pass_time(ms)
        desk.again()

    return deed


def is_killed(ms: int, *, seen: bool) -> Does:
    def deed(desk: Watched) -> None:
        seen_ms = desk.utc_ms if seen else None
        desk.pass_time(ms)
        desk.again(seen_ms)

    return deed


def told(make: Callable[[int], Does], *minutes: int) -> st.SearchStrategy[Deed]:
    return st.sampled_from(minutes).map(lambda one: Deed(f"{make.__name__} {one}", make(one * MINUTE)))


PLAIN = (postpones, skips, pauses_until_tomorrow, resumes, takes, begins_and_stops, by_hand)
DEEDS = st.one_of(
    told(works, 3, 20, 61, 130),
    told(works, 5, 31, 55, 70),
    told(leaves, 4, 6, 75, 700),
    told(sleeps, 1, 4, 6, 59, 61, 600, 3 * 1440),
    told(sets_clock, -180, -3, 3, 40, 180, 1440),
    told(pauses, 10, 60, 90),
    told(closes, 2, 10, 900),
    st.sampled_from((2, 10, 900)).map(lambda one: Deed(f"killed {one}", is_killed(one * MINUTE, seen=True))),
    st.sampled_from((2, 900)).map(lambda one: Deed(f"killed unseen {one}", is_killed(one * MINUTE, seen=False))),
    st.sampled_from(ZONES).map(lambda one: Deed(f"travels {one}", travels(one))),
    st.sampled_from(PLAIN).map(lambda one: Deed(one.__name__, one)),
    st.sampled_from(PLAIN).map(lambda one: Deed(one.__name__, one)),
)


@settings(max_examples=100)
@given(
    number=st.integers(0, len(WISHES) - 1),
    begins=st.sampled_from(BEGINS),
    hour=st.integers(0, 23),
    zone=st.sampled_from(ZONES),
    idle=st.booleans(),
    deeds=st.lists(DEEDS, min_size=1, max_size=14),
)
def test_whatever_happens(number: int, begins: str, hour: int, zone: str, idle: bool, deeds: list[Deed]) -> None:
    """Never two breaks for one hour, none outside the hours, none lost without a reason; see `Watched`."""
    begins_ms = int(datetime.fromisoformat(f"{begins}T{hour:02}:00+00:00").timestamp() * 1000)
    desk = Watched(WISHES[number], begins_ms, zone, idle=idle)
    desk.begin()
    for deed in deeds:
        note(f"{desk.wall}: {deed}")
        deed.do(desk)
        foretells(desk)


def foretells(desk: Watched) -> None:
    """What `ahead` says of a moment is what `state` says at it, if nothing happens until then."""
    now_ms, record, wishes = desk.utc_ms, desk.loop.record, desk.wishes
    assert desk.loop.state(now_ms) == state(wishes, record, now_ms, desk.zone)
    told = ahead(wishes, record, now_ms, desk.zone, now_ms + 2 * DAY)
    assert told[0][0] == now_ms
    for later_ms in (1, 7 * MINUTE, 61 * MINUTE, 5 * HOUR + 1, 26 * HOUR):
        said = [stands for from_ms, stands in told if from_ms <= now_ms + later_ms][-1]
        assert said == state(wishes, record, now_ms + later_ms, desk.zone)
