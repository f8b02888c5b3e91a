"""What a logbook tells of breaks."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import date

import pytest

from sessions import Logbook
from sessions.breaks import BreakPostponed, BreakSettled, BreaksPaused, Rested, WatchBegun, WatchEnded
from sessions.records import Note
from tests.hour import MINUTE_MS, NOON_MS, Office, berlin
from trainer.breaks.logged import bodies, logged_day, record_of
from trainer.breaks.record import LOOK_BACK_MS, Record


@pytest.fixture
def office(tmp_path):
    with closing(Office(tmp_path)) as made:
        yield made


def read(office, function, *given):
    with Logbook.open(office.path, random=os.urandom) as logbook:
        return function(logbook, *given)


def test_only_what_is_of_breaks_is_a_fact_of_them(office):
    """Other facts are passed over."""
    office.other(Note("x"), WatchBegun(NOON_MS), Note("y"))
    found = read(office, lambda logbook: bodies(list(logbook.facts())))
    assert found == [(NOON_MS, WatchBegun(NOON_MS))]


def test_an_empty_logbook_says_nothing(office):
    """Neither of now nor of a day."""
    office.other(Note("x"))
    assert read(office, record_of, NOON_MS) == Record()
    day = read(office, logged_day, date(2026, 3, 1), NOON_MS, berlin)
    assert (day.pieces, day.marks) == ((), ())


def test_facts_and_sessions_together(office):
    """The hour counts from the last of them, and what was put off stands."""
    office.other(WatchBegun(NOON_MS))
    office.clock.t_ms = 10 * MINUTE_MS
    office.by_hand()
    done = read(office, lambda logbook: logbook.moved(0, office.clock.utc_ms))[0]
    record = read(office, record_of, done.until_ms)
    assert (record.from_ms, record.rested_ms, record.watched_ms) == (done.until_ms, done.until_ms, NOON_MS)
    office.clock.t_ms = 70 * MINUTE_MS
    office.other(BreakPostponed(done.until_ms, office.clock.utc_ms + 1, 1))
    assert read(office, record_of, office.clock.utc_ms).postponed.times == 1


def test_what_is_long_over_is_not_looked_at(office):
    """Facts of before the look back say nothing of now."""
    office.other(BreaksPaused(NOON_MS + 24 * 60 * MINUTE_MS))
    assert read(office, record_of, NOON_MS + 60_000).pause is not None
    assert read(office, record_of, NOON_MS + LOOK_BACK_MS + MINUTE_MS).pause is None


def test_a_day_has_what_reaches_into_it(office):
    """A rest over midnight is told of when it is over, and a session bears the moment of its beginning."""
    evening = 10 * 60 * MINUTE_MS + 30 * MINUTE_MS  # 23:30 in Berlin
    office.clock.t_ms = evening
    office.other(WatchBegun(NOON_MS + evening))
    office.clock.t_ms = evening + 60 * MINUTE_MS
    office.other(Rested(NOON_MS + evening + 10 * MINUTE_MS, office.clock.utc_ms))
    office.other(BreakSettled(0, "away", office.clock.utc_ms))
    office.clock.t_ms += 10 * MINUTE_MS
    office.other(WatchEnded(office.clock.utc_ms))
    first = read(office, logged_day, date(2026, 3, 1), office.clock.utc_ms, berlin)
    second = read(office, logged_day, date(2026, 3, 2), office.clock.utc_ms, berlin)
    assert [(one.kind, (one.until_ms - one.from_ms) // MINUTE_MS) for one in first.pieces] == [
        ("worked", 10), ("away", 20),
    ]  # fmt: skip
    assert [(one.kind, (one.until_ms - one.from_ms) // MINUTE_MS) for one in second.pieces] == [
        ("away", 30), ("worked", 10),
    ]  # fmt: skip
    assert (len(first.marks), len(second.marks)) == (0, 1)
