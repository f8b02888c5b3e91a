"""How things stand, as a function of wishes, record and time. Each row of a table is a moment that a person knows.

The day is Monday, 2 March 2026, in Berlin, unless another is named.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec import structs

from sessions.breaks import (
    BreakOffered,
    BreakPostponed,
    BreakSettled,
    BreaksPaused,
    ClockChanged,
    Rested,
    WatchBegun,
    WatchEnded,
)
from tests.breaks.week import DAY, HOUR, MINUTE, OFFICE, at, offset_in
from trainer.breaks.record import Offered, Pause, Postponed, Record, recorded
from trainer.breaks.schedule import State, ahead, missed, standing, state
from trainer.breaks.settings import At, Breaks, Hours

BERLIN = offset_in("Europe/Berlin")
NINE_TO_FIVE = Hours(*[("09:00-17:00",)] * 5)
LONG = At("15:00", "back-basics")


def on(time: str) -> int:
    """A moment: a time of the Monday, or of a day of March, such as `3 09:00`."""
    day, _, clock = time.rpartition(" ")
    return at(f"2026-03-{int(day or 2):02} {clock}")


def wall(at_ms: int | None) -> str:
    if at_ms is None:
        return ""
    day, ms = divmod(at_ms + BERLIN(at_ms) * MINUTE - at("2026-03-01 00:00", "UTC"), DAY)
    time = f"{ms // HOUR:02}:{ms % HOUR // MINUTE:02}"
    return time if day == 1 else f"{day + 1} {time}"


def words(found: State) -> str:
    """Such as `counting 10:00` or `paused 10:00 until 11:00`."""
    parts: list[str] = [found.kind]
    if found.next is not None:
        parts.append(wall(found.next.at_ms))
        if found.next.at_ms != found.next.due_ms:
            parts.append(f"(from {wall(found.next.due_ms)})")
        if found.next.slot:
            parts.append(found.next.routine)
    if found.until_ms is not None:
        parts.append(f"until {wall(found.until_ms)}")
    return " ".join(parts)


def known(**times: Any) -> Record:
    """A record in times of the wall: since nine somebody counts, from nine the time counts."""
    given: dict[str, Any] = {"since_ms": on("09:00"), "watched_ms": on("09:00"), "from_ms": on("09:00")}
    for name, value in times.items():
        match name, value:
            case ("postponed", (due, until, *rest)):
                label = f"2026-03-02T{due}" if rest else ""
                given["postponed"] = Postponed(on(due), on(until), 1, label)
            case ("offered", due):
                given["offered"] = Offered(on(due), on(due))
            case ("pause", (start, until)):
                given["pause"] = Pause(on(start), on(until))
            case ("slots", labels):
                given["slots"] = frozenset(labels)
            case ("counts", value):
                given["from_ms"] = None if value is None else on(value)
            case ("rested", value):
                given["rested_ms"] = on(value)
            case ("unwatched", _):
                given.update(since_ms=None, watched_ms=None)
            case _:
                raise AssertionError(name)
    return structs.replace(Record(), **given)


@pytest.mark.parametrize(
    ("wishes", "record", "now", "found"),
    [
        # every hour, whenever it is open
        ({}, {}, "09:00", "counting 10:00"),
        ({}, {}, "09:59", "counting 10:00"),
        ({}, {}, "10:00", "due 10:00"),
        ({}, {}, "16:00", "due 10:00"),
        ({}, {"counts": None}, "16:00", "off"),
        ({"every_min": 25}, {}, "09:10", "counting 09:25"),
        # in the hours
        ({"hours": OFFICE}, {"counts": "08:10"}, "08:10", "off 10:00 until 09:00"),
        ({"hours": OFFICE}, {"counts": "08:10"}, "09:00", "counting 10:00"),
        ({"hours": OFFICE}, {"counts": None}, "09:30", "counting 10:00"),
        ({"hours": OFFICE}, {"counts": "11:00"}, "11:10", "counting 12:00"),
        ({"hours": OFFICE}, {"counts": "11:30"}, "11:40", "counting 14:30"),  # 12:30 is lunch
        ({"hours": OFFICE}, {"counts": "11:30"}, "12:30", "off 14:30 until 13:30"),
        ({"hours": OFFICE}, {"counts": "11:30"}, "13:30", "counting 14:30"),
        ({"hours": OFFICE}, {"counts": "16:31"}, "17:00", "counting 3 10:00"),
        ({"hours": OFFICE}, {"counts": "16:31"}, "17:30", "off 3 10:00 until 3 09:00"),
        ({"hours": OFFICE}, {"counts": "6 17:00"}, "7 12:00", "off 9 10:00 until 9 09:00"),  # Saturday
        ({"hours": Hours()}, {}, "10:00", "off"),  # no hours at all
        ({"hours": Hours(mon=("09:00-09:59",))}, {"counts": None}, "09:10", "off"),  # too short for one
        ({"hours": Hours(mon=("22:00-06:00",))}, {}, "23:30", "due 23:00"),
        ({"hours": Hours(mon=("22:00-06:00",))}, {"counts": "3 04:30"}, "3 05:00", "counting 3 05:30"),
        ({"hours": Hours(mon=("22:00-06:00",))}, {"counts": "3 05:30"}, "3 05:40", "counting 9 23:00"),
        # at fixed times
        ({"every_min": 0, "at": [LONG]}, {}, "14:59", "counting 15:00 back-basics"),
        ({"every_min": 0, "at": [LONG]}, {}, "15:00", "due 15:00 back-basics"),
        ({"every_min": 0, "at": [LONG]}, {}, "23:59", "due 15:00 back-basics"),
        ({"every_min": 0, "at": [LONG]}, {}, "3 00:00", "counting 3 15:00 back-basics"),  # over at midnight
        ({"every_min": 0, "at": [LONG]}, {"slots": ["2026-03-02T15:00"]}, "15:00", "counting 3 15:00 back-basics"),
        ({"every_min": 0, "at": [LONG]}, {"counts": "15:01"}, "15:02", "counting 3 15:00 back-basics"),
        ({"every_min": 0, "at": [LONG]}, {"rested": "14:46"}, "14:50", "counting 3 15:00 back-basics"),
        ({"every_min": 0, "at": [LONG]}, {"rested": "14:45"}, "14:50", "counting 15:00 back-basics"),
        ({"every_min": 0, "at": [At("11:00"), At("11:20")]}, {}, "11:10", "due 11:00 desk-break"),
        ({"every_min": 0, "at": [At("11:00"), At("11:20")]}, {}, "11:20", "due 11:20 desk-break"),  # one, not two
        ({"every_min": 0, "at": [At("12:45")], "hours": OFFICE}, {}, "12:00", "off"),  # never outside the hours
        ({"every_min": 0, "at": [At("12:45")], "hours": OFFICE}, {}, "13:30", "off"),
        ({"every_min": 0, "at": [At("13:30")], "hours": OFFICE}, {}, "13:30", "due 13:30 desk-break"),
        ({"every_min": 0, "at": [At("12:30")], "hours": OFFICE}, {}, "12:30", "off until 13:30"),
        # both: the counted one gives way from half an hour before on
        ({"at": [LONG]}, {"counts": "13:29"}, "13:40", "counting 14:29"),
        ({"at": [LONG]}, {"counts": "13:30"}, "13:40", "counting 15:00 back-basics"),
        ({"at": [LONG]}, {"counts": "14:10"}, "14:20", "counting 15:00 back-basics"),
        ({"at": [LONG]}, {"counts": "13:20"}, "14:30", "due 14:20"),
        ({"at": [LONG]}, {"counts": "13:20"}, "15:00", "due 15:00 back-basics"),
        ({"at": [LONG], "every_min": 20}, {"counts": "14:29"}, "14:30", "counting 14:49"),  # half an interval
        ({"at": [LONG], "every_min": 20}, {"counts": "14:30"}, "14:31", "counting 15:00 back-basics"),
        # put off
        ({}, {"postponed": ("10:00", "10:05")}, "10:04", "counting 10:05 (from 10:00)"),
        ({}, {"postponed": ("10:00", "10:05")}, "10:05", "due 10:05 (from 10:00)"),
        ({}, {"postponed": ("09:55", "10:20")}, "10:04", "due 10:00"),  # another one
        ({"hours": OFFICE}, {"counts": "11:25", "postponed": ("12:25", "12:30")}, "12:26", "counting 14:30"),  # lunch
        ({"at": [LONG]}, {"counts": "13:20", "postponed": ("14:20", "15:20")}, "14:40", "counting 15:00 back-basics"),
        (
            {"every_min": 0, "at": [LONG]},
            {"postponed": ("15:00", "15:05", "slot")},
            "15:04",
            "counting 15:05 (from 15:00) back-basics",
        ),
        # paused
        ({}, {"pause": ("09:30", "10:15")}, "09:40", "paused 10:00 until 10:15"),
        ({}, {"pause": ("09:30", "10:15")}, "10:10", "paused 10:00 until 10:15"),
        ({}, {"pause": ("09:30", "10:15")}, "10:15", "due 10:00"),  # for less than an interval: it waited
        ({}, {"pause": ("09:30", "11:30")}, "10:15", "paused 12:30 until 11:30"),  # for more: the hour begins anew
        ({}, {"pause": ("09:30", "11:30")}, "11:30", "counting 12:30"),
        ({"hours": OFFICE}, {"pause": ("09:30", "3 00:00")}, "3 09:30", "counting 3 10:00"),
        ({"hours": OFFICE}, {"pause": ("12:00", "12:45")}, "12:40", "paused 14:30 until 12:45"),
        ({"hours": OFFICE}, {"counts": "12:00", "pause": ("12:00", "12:45")}, "12:50", "off 14:30 until 13:30"),
        # skipped beforehand: the hour counts from then
        ({}, {"counts": "10:00"}, "09:30", "counting 11:00"),
        ({"hours": OFFICE}, {"counts": "12:30"}, "12:10", "counting 14:30"),
    ],
)
def test_how_things_stand(wishes: dict[str, Any], record: dict[str, Any], now: str, found: str) -> None:
    made = Breaks(**{key: tuple(value) if key == "at" else value for key, value in wishes.items()})
    assert words(state(made, known(**record), on(now), BERLIN)) == found


@pytest.mark.parametrize(
    ("last", "coming"),
    [("", "a"), ("a", "b"), ("b", "c"), ("c", "a"), ("another", "a")],
)
def test_routines_come_in_turn(last: str, coming: str) -> None:
    record = structs.replace(known(), last_routine=last)
    found = state(Breaks(routines=("a", "b", "c")), record, on("09:10"), BERLIN).next
    assert found is not None
    assert found.routine == coming


def test_a_day_ahead() -> None:
    """What an evening's look at tomorrow says, if nobody does anything."""
    wishes = Breaks(hours=OFFICE, at=(LONG,))
    told = ahead(wishes, known(counts="17:00"), on("17:10"), BERLIN, on("4 00:00"))
    assert [f"{wall(from_ms)} {words(one)}" for from_ms, one in told] == [
        "17:10 counting 3 10:00",
        "17:30 off 3 10:00 until 3 09:00",
        "3 09:00 counting 3 10:00",
        "3 10:00 due 3 10:00",
        "3 12:30 off 3 15:00 back-basics until 3 13:30",
        "3 13:30 counting 3 15:00 back-basics",
        "3 15:00 due 3 15:00 back-basics",
        "3 17:30 off 4 10:00 until 4 09:00",
    ]


def test_ahead_over_a_pause() -> None:
    told = ahead(Breaks(), known(pause=("09:30", "11:30")), on("09:40"), BERLIN, on("13:00"))
    assert [f"{wall(from_ms)} {words(one)}" for from_ms, one in told] == [
        "09:40 paused 12:30 until 11:30",
        "11:30 counting 12:30",
        "12:30 due 12:30",
    ]


def test_nothing_changes_before_it_is_said_to() -> None:
    """Looked at every seven minutes of ten days, over the change to summer time."""
    wishes = Breaks(hours=OFFICE, at=(LONG, At("12:00")))
    record, now_ms, over_ms = known(counts="25 09:00"), on("25 09:00"), on("30 18:00")
    stands, until_ms = standing(wishes, record, now_ms, BERLIN)
    while now_ms < over_ms:
        if now_ms >= until_ms:
            stands, until_ms = standing(wishes, record, now_ms, BERLIN)
        assert state(wishes, record, now_ms, BERLIN) == stands
        now_ms += 7 * MINUTE


@pytest.mark.parametrize(
    ("wishes", "record", "now", "found"),
    [
        ({}, {}, "09:59", []),
        ({}, {}, "10:00", ["10:00"]),
        ({}, {"counts": None, "unwatched": True}, "16:00", []),
        ({}, {"unwatched": True}, "16:00", []),  # nobody counted: no break was lost
        ({}, {"unwatched": True, "offered": "10:00"}, "16:00", ["10:00"]),  # somebody was told
        ({}, {"unwatched": True, "postponed": ("10:00", "10:05")}, "16:00", ["10:00"]),
        ({}, {"postponed": ("10:00", "10:05")}, "10:02", ["10:00"]),  # put off, it waits
        ({}, {"postponed": ("10:00", "10:05")}, "09:58", []),  # put off beforehand, it is not due yet
        ({"at": [LONG]}, {"counts": "13:20"}, "15:10", ["14:20", "15:00"]),
        ({"at": [LONG]}, {"counts": "13:40"}, "15:10", ["15:00"]),  # the counted one gave way
        (
            {"every_min": 0, "at": [At("10:00"), At("11:00"), At("12:45")], "hours": OFFICE},
            {},
            "13:00",
            ["10:00", "11:00"],
        ),
        ({"hours": OFFICE}, {"counts": "11:00"}, "15:00", ["12:00"]),  # one is counted, not one in each range
        ({"hours": OFFICE}, {"counts": "17:00"}, "7 12:00", ["3 10:00"]),
        ({}, {"pause": ("09:30", "11:30")}, "11:00", ["10:00"]),
        ({}, {"pause": ("09:30", "11:30")}, "12:40", ["10:00", "12:30"]),
    ],
)
def test_what_came_due(wishes: dict[str, Any], record: dict[str, Any], now: str, found: list[str]) -> None:
    """And of which nothing became."""
    made = Breaks(**{key: tuple(value) if key == "at" else value for key, value in wishes.items()})
    assert [wall(one.due_ms) for one, _ in missed(made, known(**record), on(now), BERLIN)] == found


# --- what facts amount to -------------------------------------------------------------------------


def test_a_session_comes_between_the_facts_of_its_time() -> None:
    """What was put off after it stays put off."""
    facts = [
        (on("09:00"), WatchBegun(on("09:00"))),
        (on("09:40"), BreakPostponed(on("10:30"), on("10:35"), 1)),
    ]
    record = recorded(facts, [on("09:30")], on("09:50"))
    assert (record.from_ms, record.rested_ms) == (on("09:30"), on("09:30"))
    assert record.postponed == Postponed(on("10:30"), on("10:35"), 1)


def test_a_clock_that_went_back_while_nobody_counted() -> None:
    """What was said ahead of now is read as of now: no hour that lasts a day."""
    facts = [(on("3 09:00"), WatchBegun(on("3 09:00"))), (on("3 09:30"), WatchEnded(on("3 09:30")))]
    record = recorded(facts, [on("3 09:20")], on("09:30"))
    assert (record.from_ms, record.left_ms) == (on("09:00"), on("09:30"))


def test_a_fixed_time_stays_where_it_is_when_the_clock_is_set() -> None:
    """So that what was put off stays put off, for as long as was said."""
    label = "2026-03-02T15:00"
    facts = [
        (on("14:00"), WatchBegun(on("14:00"))),
        (on("15:01"), BreakPostponed(on("15:00"), on("15:06"), 1, label)),
        (on("15:04"), ClockChanged(MINUTE)),
    ]
    record = recorded(facts, (), on("15:04"))
    assert record.postponed == Postponed(on("15:00"), on("15:07"), 1, label)
    found = state(Breaks(every_min=0, at=(LONG,)), record, on("15:04"), BERLIN)
    assert words(found) == "counting 15:07 (from 15:00) back-basics"


def test_a_pause_made_longer_began_where_it_began() -> None:
    """Two times fifty minutes are longer than an hour, so that the hour begins anew after them."""
    facts = [(on("09:30"), BreaksPaused(on("10:20"))), (on("10:15"), BreaksPaused(on("11:05")))]
    assert recorded(facts, (), on("10:15")).pause == Pause(on("09:30"), on("11:05"))


def test_a_long_pause_that_is_ended_was_one() -> None:
    facts = [(on("09:30"), BreaksPaused(on("13:00"))), (on("11:00"), BreaksPaused(on("11:00")))]
    record = structs.replace(recorded(facts, (), on("11:00")), from_ms=on("09:00"))
    assert words(state(Breaks(), record, on("11:00"), BERLIN)) == "counting 12:00"


def test_a_rest_before_the_hours_of_a_skipped_break_does_nothing_to_its_fixed_times() -> None:
    """The rest ended when it ended, however far ahead the hour counts from."""
    facts = [
        (on("09:00"), BreakSettled(on("10:00"), "skipped", on("10:00"))),
        (on("09:20"), Rested(on("09:10"), on("09:20"))),
    ]
    record = recorded(facts, (), on("09:20"))
    assert (record.from_ms, record.rested_ms) == (on("10:00"), on("09:20"))


def test_what_is_long_ago_is_forgotten() -> None:
    """A year of fixed times leaves those of the last days."""
    record = Record()
    for day in range(365):
        at_ms = on("15:00") + day * DAY
        label = _label(at_ms)
        record = record.after(at_ms, BreakSettled(at_ms, "skipped", at_ms, slot=label))
    assert len(record.slots) <= 4
    assert _label(on("15:00") + 364 * DAY) in record.slots


def _label(at_ms: int) -> str:
    return f"{datetime.fromtimestamp(at_ms / 1000, UTC):%Y-%m-%dT15:00}"


def test_offered_twice_is_known_once() -> None:
    body = BreakOffered(on("10:00"), "desk-break")
    once = Record().after(on("10:00"), body)
    assert once.after(on("10:00"), body) == once
