"""What keeps the hour in trouble, beside another one, killed, with clocks that are set, and for weeks."""

from __future__ import annotations

import os
from contextlib import closing

import pytest

from sessions.breaks import BreaksPaused, WatchEnded
from sessions.errors import DamagedLogbook, LogbookBusy, LogbookUnwritable
from sessions.records import Note
from tests.by_hand import FailingLogbook
from tests.hour import MINUTE_MS, NOON_MS, Office, kinds, lead
from trainer.breaks.events import HeadsUp, Offer, Sensed
from trainer.breaks.settings import Breaks


@pytest.fixture
def office(tmp_path):
    with closing(Office(tmp_path)) as made:
        yield made


@pytest.fixture
def keeper(office):
    """Somebody who has begun to count."""
    made = office.keeper()
    made.begin("GNOME")
    yield made
    made.end()


# --- trouble -----------------------------------------------------------------------------------------


def test_with_a_full_disk_counting_goes_on_and_nothing_is_lost(office):
    """The trouble is told, the break offered, and all of it stored once there is room."""
    journal = office.journal(FailingLogbook)
    keeper = office.keeper(journal)
    keeper.begin()
    journal.logbook.fails = 1000
    said = office.run(keeper, 61)
    assert Offer in kinds(said)
    assert journal.trouble == "The disk is full."
    assert office.kinds() == ["WatchBegun"]
    keeper.postpone()
    journal.logbook.fails = 0
    office.run(keeper, 1)
    assert office.kinds() == ["WatchBegun", "BreakOffered", "BreakPostponed"]
    office.run(keeper, 5)
    assert journal.trouble == ""
    assert office.kinds() == ["WatchBegun", "BreakOffered", "BreakPostponed", "BreakOffered"]
    assert keeper.state.next.times == 1
    keeper.end()


def test_a_fact_that_was_stored_though_the_write_failed_is_there_once(office):
    """Nothing is stored twice, and nothing is learnt twice."""
    journal = office.journal(FailingLogbook)
    keeper = office.keeper(journal)
    keeper.begin()
    office.run(keeper, 61)
    journal.logbook.fails, journal.logbook.after = 1, True
    keeper.postpone()
    office.run(keeper, 0.5)
    office.run(keeper, 6)
    assert office.kinds().count("BreakPostponed") == 1
    assert keeper.state.next.times == 1
    keeper.end()


def test_without_a_logbook_the_hour_is_kept_all_the_same(office):
    """A file that is no logbook is not touched, and the break comes."""
    office.path.write_text("not a logbook, and longer than a header of a hundred bytes" * 10)
    was = office.path.read_bytes()
    journal = office.journal()
    keeper = office.keeper(journal)
    keeper.begin()
    assert journal.trouble
    assert kinds(office.run(keeper, 61)) == [HeadsUp, Offer]
    keeper.skip()
    keeper.end()
    assert office.path.read_bytes() == was
    assert len(journal.pending) == 4


@pytest.mark.parametrize("error", [LogbookBusy("busy"), DamagedLogbook("damaged"), LogbookUnwritable("gone")])
def test_a_logbook_that_cannot_be_read_is_read_later(office, keeper, monkeypatch, error):
    """A tick in trouble learns nothing and counts on; what was there is learnt once it can be."""
    logbook = keeper._journal.logbook

    def fail(*_):
        raise error

    office.other(BreaksPaused(office.clock.utc_ms + 60 * MINUTE_MS))
    with monkeypatch.context() as patch:
        patch.setattr(type(logbook), "facts_since", fail)
        assert keeper.tick() == []
        assert keeper.state.kind == "counting"
    keeper.tick()
    assert keeper.state.kind == "paused"


# --- two of them, and none ---------------------------------------------------------------------------


def test_the_second_looks_on_and_takes_over_when_the_first_ends(office):
    """It takes nothing down, sees what the first knows, and goes on with the same hour."""
    first, second = office.keeper(), office.keeper()
    first.begin()
    office.run(first, 20)
    assert second.begin() == []
    assert (first.leads, second.leads) == (True, False)
    assert second.state == first.state
    office.run(second, 1)
    assert office.kinds() == ["WatchBegun"]
    first.postpone()
    second.tick()
    assert second.state == first.state
    first.end()
    assert second.tick() == []
    assert second.leads
    assert second.state.next.at_ms == NOON_MS + 65 * MINUTE_MS
    assert office.kinds() == ["WatchBegun", "BreakPostponed", "WatchEnded", "WatchBegun"]
    second.end()


def test_who_looks_on_shows_a_clock_that_was_set_once(office):
    """Both were there when somebody set the clock; the hour is as long for the one as for the other."""
    first, second = office.keeper(), office.keeper()
    first.begin()
    second.begin()
    office.other(BreaksPaused(0))
    second.tick()
    office.run(first, 20)
    office.clock.set_ms = 3 * 60 * MINUTE_MS
    office.other(Note("something"))
    second.tick()
    first.tick()
    second.tick()
    assert second.state == first.state
    assert first.state.next.at_ms - office.clock.utc_ms == 40 * MINUTE_MS
    first.end()


def test_a_session_of_who_looks_on_is_one_break_and_settled_once(office):
    """Who counts finds it in the logbook, as that of any other terminal."""
    first, second = office.keeper(), office.keeper()
    first.begin()
    second.begin()
    office.run(first, 61)
    second.tick()
    assert lead(office, second) == []
    first.tick()
    second.tick()
    assert office.settled() == ["by_hand"]
    assert second.state == first.state
    first.end()


def killed(keeper):
    """As the system ends it: the lock is free, and nothing more is said."""
    keeper._place._lock.release()
    keeper._place._lock = None


@pytest.mark.parametrize(("gone_min", "left_min"), [(2, 38), (20, 60)])
def test_killed_hard_and_begun_again(office, gone_min, left_min):
    """The end is told from when it was last seen; after hardly a stop the hour goes on, else it begins anew."""
    keeper = office.keeper()
    keeper.begin()
    office.run(keeper, 20)
    seen_s = office.clock.utc_ms / 1000
    os.utime(office.folder / "breaks.seen", (seen_s, seen_s))
    killed(keeper)
    office.clock.t_ms += gone_min * MINUTE_MS
    again = office.keeper()
    again.begin()
    assert office.facts()[1] == WatchEnded(NOON_MS + 20 * MINUTE_MS)
    assert again.state.next.at_ms - office.clock.utc_ms == left_min * MINUTE_MS
    again.end()


def test_a_sign_of_before_the_beginning_does_not_end_it_before_it_began(office):
    """A file's time that makes no sense is not believed."""
    keeper = office.keeper()
    keeper.begin()
    os.utime(office.folder / "breaks.seen", (1, 1))
    killed(keeper)
    office.clock.t_ms += 30 * MINUTE_MS
    again = office.keeper()
    again.begin()
    assert office.facts()[1] == WatchEnded(NOON_MS)
    again.end()


def test_who_looks_on_takes_over_from_one_that_was_killed(office):
    """At its next tick."""
    first, second = office.keeper(), office.keeper()
    first.begin()
    second.begin()
    office.run(first, 5)
    killed(first)
    second.tick()
    assert second.leads
    assert office.kinds() == ["WatchBegun", "WatchEnded", "WatchBegun"]
    second.end()


# --- clocks and size ---------------------------------------------------------------------------------


@pytest.mark.parametrize("by_min", [-300, -10, 10, 300])
def test_a_clock_that_is_set_changes_nothing(office, keeper, by_min):
    """The next break is as far away as before, also for whoever reads the logbook."""
    office.run(keeper, 20)
    office.clock.set_ms = by_min * MINUTE_MS
    keeper.tick()
    assert keeper.state.next.at_ms - office.clock.utc_ms == 40 * MINUTE_MS
    assert office.kinds() == ["WatchBegun", "ClockChanged"]
    assert kinds(office.run(keeper, 40)) == [HeadsUp, Offer]


def test_away_counts_as_a_break(office, keeper):
    """After five minutes without a key the hour begins again on return."""
    office.run(keeper, 61, Sensed(10_000))
    said = office.run(keeper, 1, Sensed(6 * MINUTE_MS))
    assert [one.how for one in said] == ["away"]
    assert keeper.away
    keeper.tick(Sensed(0))
    assert not keeper.away
    assert keeper.state.next.at_ms == office.clock.utc_ms + 60 * MINUTE_MS
    assert office.kinds()[-1] == "Rested"


def test_whatever_is_kept_in_memory_stays_small(office):
    """After weeks of breaks and of sessions elsewhere, what it remembers is what the last hours hold."""
    office.wishes = Breaks(heads_up_s=0)
    keeper = office.keeper()
    keeper.begin()
    for number in range(40):
        office.clock.t_ms += 61 * MINUTE_MS
        keeper.tick()
        keeper.skip()
        keeper.ended(f"led-{number}", moved=False)
        office.by_hand()
        keeper.tick()
    assert len(keeper._own) <= 6
    assert len(keeper._moved) <= 2 * 13
    keeper.end()


def test_what_changed_is_told_to_whoever_keeps_it_at_hand(office, keeper):
    """After each fact of its own, and after each that was learnt; not at a tick that brings nothing."""
    told = len(office.changed)
    office.run(keeper, 10)
    assert len(office.changed) == told
    keeper.postpone()
    assert len(office.changed) == told + 1
    office.other(BreaksPaused(office.clock.utc_ms + 60 * MINUTE_MS))
    keeper.tick()
    assert office.changed[-1].pause is not None
