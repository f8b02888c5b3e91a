"""A day as it went: worked, moved, away, and what became of its breaks."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.breaks import BreakOffered, BreakPostponed, BreakSettled, Rested, WatchBegun, WatchEnded
from sessions.rows import Moved
from tests.breaks.week import HOUR, MINUTE, at, offset_in
from trainer.breaks.day import Day, day_of

BERLIN = offset_in("Europe/Berlin")
DAY = date(2026, 3, 2)


def on(time, day="2026-03-02"):
    return at(f"{day} {time}")


def moved(begin, end, name="Desk break"):
    return Moved("s", "desk-break", name, on(begin), on(end))


def pieces(facts, sessions=(), now="20:00", day=DAY):
    found = day_of(facts, sessions, day, on(now), BERLIN)
    clock = lambda ms: f"{(ms - found.from_ms) // HOUR:02}:{(ms - found.from_ms) % HOUR // MINUTE:02}"  # noqa: E731
    return [(clock(one.from_ms), clock(one.until_ms), one.kind) for one in found.pieces]


BEGUN, ENDED = (on("09:00"), WatchBegun(on("09:00"))), (on("12:00"), WatchEnded(on("12:00")))


@pytest.mark.parametrize(
    ("facts", "sessions", "now", "shown"),
    [
        ([], [], "20:00", []),
        ([BEGUN, ENDED], [], "20:00", [("09:00", "12:00", "worked")]),
        ([BEGUN], [], "10:30", [("09:00", "10:30", "worked")]),
        ([ENDED], [], "20:00", []),
        # Who moved did not only sit, and who was away did not work.
        ([BEGUN, ENDED], [moved("10:00", "10:02")], "20:00",
         [("09:00", "10:00", "worked"), ("10:00", "10:02", "moved"), ("10:02", "12:00", "worked")]),
        ([BEGUN, (on("11:00"), Rested(on("10:40"), on("11:00"))), ENDED], [moved("10:50", "10:55")], "20:00",
         [("09:00", "10:40", "worked"), ("10:40", "10:50", "away"), ("10:50", "10:55", "moved"),
          ("10:55", "11:00", "away"), ("11:00", "12:00", "worked")]),
        # Nobody counted, and somebody moved all the same.
        ([], [moved("07:00", "07:20")], "20:00", [("07:00", "07:20", "moved")]),
        # Ended from outside, told of afterwards.
        ([BEGUN, (on("15:00"), WatchEnded(on("10:00"))), (on("15:00"), WatchBegun(on("15:00")))], [], "16:00",
         [("09:00", "10:00", "worked"), ("15:00", "16:00", "worked")]),
        # Over midnight, both ways.
        ([(at("2026-03-01 22:00"), WatchBegun(0)), (on("01:00"), WatchEnded(on("01:00")))], [], "20:00",
         [("00:00", "01:00", "worked")]),
        ([(on("23:00"), WatchBegun(0)), (at("2026-03-03 01:00"), WatchEnded(at("2026-03-03 01:00")))], [], "23:30",
         [("23:00", "24:00", "worked")]),
        # The program ended before it began, by a clock that was set: nothing is less than nothing.
        ([BEGUN, (on("09:00"), WatchEnded(on("08:00")))], [], "20:00", []),
    ],
)  # fmt: skip
def test_the_pieces_of_a_day(facts, sessions, now, shown):
    """What can be said of each stretch; the others are left out."""
    assert pieces(facts, sessions, now) == shown


def test_what_became_of_breaks():
    """Each at its moment; offers alone are no end of one, and another day's stay there."""
    ten, half = on("10:00"), on("10:30")
    facts = [
        (at("2026-03-01 23:59"), BreakSettled(0, "taken", 0)),
        (ten, BreakOffered(ten, "desk-break")),
        (ten, BreakPostponed(ten, half, 1)),
        (half, BreakSettled(ten, "taken", half, routine="desk-break")),
        (on("11:00"), BreakSettled(ten, "dropped", half, "asleep", count=4)),
        (at("2026-03-03 00:00"), BreakSettled(0, "taken", 0)),
    ]
    day = day_of(facts, (), DAY, on("20:00"), BERLIN)
    found = [(one.at_ms, one.how) for one in day.marks]
    assert found == [(ten, "postponed"), (half, "taken"), (on("11:00"), "dropped")]
    assert day.sums() == [("taken", 1), ("postponed", 1), ("dropped", 4)]


@pytest.mark.parametrize(
    ("day", "at_9_min", "hours"),
    [(date(2026, 3, 2), 540, 24), (date(2026, 3, 29), 540, 23), (date(2026, 10, 25), 540, 25)],
)
def test_a_strip_shows_the_time_on_the_wall(day, at_9_min, hours):
    """Nine o'clock stands above nine, also on the days on which the clock is changed."""
    nine = at(f"{day} 09:00")
    facts = [(nine, WatchBegun(nine)), (nine + HOUR, WatchEnded(nine + HOUR))]
    found = day_of(facts, (), day, nine + 2 * HOUR, BERLIN)
    assert found.stretches() == [(at_9_min, at_9_min + 60, "worked")]
    assert found.until_ms - found.from_ms == hours * HOUR


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2026, 3, 29), [(60, 120, "worked"), (180, 240, "worked")]),
        (date(2026, 10, 25), [(60, 180, "worked"), (120, 240, "worked")]),
    ],
)
def test_a_stretch_over_the_change_of_the_clock(day, shown):
    """The hour that is left out stays empty, and the one that comes twice is drawn once."""
    one, four = at(f"{day} 01:00"), at(f"{day} 04:00")
    found = day_of([(one, WatchBegun(one)), (four, WatchEnded(four))], (), day, four, BERLIN)
    assert found.stretches() == shown


@st.composite
def histories(draw):
    """Facts in the order in which they were taken down, with moments that may go back."""
    facts, sessions = [], []
    at_ms = on("00:00") - 20 * HOUR
    for _ in range(draw(st.integers(0, 14))):
        at_ms += draw(st.integers(-60, 300)) * MINUTE
        other = at_ms + draw(st.integers(-300, 300)) * MINUTE
        kind = draw(st.integers(0, 3))
        if kind == 3:
            sessions.append(Moved("s", "", "x", min(at_ms, other), max(at_ms, other)))
        else:
            body = (WatchBegun(other), WatchEnded(other), Rested(min(at_ms, other), max(at_ms, other)))[kind]
            facts.append((at_ms, body))
    return facts, sessions


@given(histories(), st.integers(0, 30))
def test_any_history_makes_a_day(history, now_h):
    """Its pieces stand in their order, within the day, and none beside another of its kind."""
    facts, sessions = history
    day = day_of(facts, sessions, DAY, on("00:00") + now_h * HOUR, BERLIN)
    assert isinstance(day, Day)
    for one in day.pieces:
        assert day.from_ms <= one.from_ms < one.until_ms <= day.until_ms
    for one, other in pairwise(day.pieces):
        assert one.until_ms <= other.from_ms
        assert one.until_ms < other.from_ms or (one.kind, one.name) != (other.kind, other.name)
    assert sum(day.spent_ms(kind) for kind in ("worked", "moved", "away")) <= day.until_ms - day.from_ms
