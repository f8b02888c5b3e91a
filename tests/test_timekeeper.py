"""What keeps the hour for a front end, on a real logbook: its own facts, those of others, and sessions."""

from __future__ import annotations

import os
from contextlib import closing

import pytest

from sessions import Logbook
from sessions.breaks import BreakPostponed, BreakSettled, BreaksPaused, WatchBegun, WatchEnded
from sessions.records import ActivityLogged, Note
from tests.hour import MINUTE_MS, NOON_MS, Office, kinds, lead
from tests.past import bodies
from trainer.breaks.events import HeadsUp, Offer, Over


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


# --- facts -------------------------------------------------------------------------------------------


def test_beginning_and_end_are_taken_down(office):
    """The logbook says since when somebody counted, what told of idle time, and until when."""
    keeper = office.keeper()
    assert keeper.begin("GNOME") == []
    assert office.facts() == [WatchBegun(NOON_MS, "GNOME")]
    office.run(keeper, 5)
    keeper.end()
    assert office.facts()[1:] == [WatchEnded(NOON_MS + 5 * MINUTE_MS)]
    assert not keeper.leads


def test_a_fact_is_in_the_file_before_it_is_said(office, keeper):
    """When an offer is given to the screen, another process finds it in the file."""
    said = office.run(keeper, 60)
    assert kinds(said) == [HeadsUp, Offer]
    assert office.kinds() == ["WatchBegun", "BreakOffered"]
    keeper.skip()
    assert office.settled() == ["skipped"]


def test_what_it_took_down_itself_is_not_learnt_again(office, keeper):
    """However often others write meanwhile, its own facts change nothing a second time."""
    office.run(keeper, 61)
    keeper.postpone()
    office.run(keeper, 1)
    keeper.postpone()
    record = keeper._loop.record
    for _ in range(3):
        office.other(Note("hello"))
        office.run(keeper, 0.1)
    assert keeper._loop.record == record
    assert keeper.state.next.times == 2
    assert office.kinds().count("BreakPostponed") == 2


# --- what others take down ---------------------------------------------------------------------------


@pytest.mark.parametrize("after_min", [10, 61], ids=["before", "while due"])
def test_a_pause_by_a_command_is_learnt_at_the_next_tick(office, keeper, after_min):
    """Whether a break is due or not: it is silent from then on, and until when is known."""
    office.run(keeper, after_min)
    until_ms = office.clock.utc_ms + 45 * MINUTE_MS
    office.other(BreaksPaused(until_ms))
    assert keeper.state.kind != "paused"
    keeper.tick()
    assert (keeper.state.kind, keeper.state.until_ms, keeper.offered) == ("paused", until_ms, None)
    office.other(BreaksPaused(office.clock.utc_ms))
    keeper.tick()
    assert keeper.state.kind == ("due" if after_min > 60 else "counting")


def test_a_skip_by_a_command_takes_the_offer_away(office, keeper):
    """What was offered needs no answer any more, and that is said once."""
    office.run(keeper, 61)
    due = keeper.offered
    office.other(BreakSettled(due.due_ms, "skipped", office.clock.utc_ms))
    assert keeper.tick() == [Over(due, "skipped")]
    assert keeper.tick() == []
    assert keeper.state.next.at_ms == office.clock.utc_ms + 60 * MINUTE_MS
    assert office.settled() == ["skipped"]


def test_a_postponement_by_a_command_offers_it_again_later(office, keeper):
    """It is silent for that long, and comes once."""
    office.run(keeper, 61)
    until_ms = office.clock.utc_ms + 7 * MINUTE_MS
    office.other(BreakPostponed(keeper.offered.due_ms, until_ms, 1))
    keeper.tick()
    assert (keeper.state.kind, keeper.state.next.at_ms, keeper.offered) == ("counting", until_ms, None)
    assert kinds(office.run(keeper, 8)) == [HeadsUp, Offer]


def test_a_session_in_another_terminal_counts_from_its_end(office, keeper):
    """A break that was due is settled by it, and the next hour begins there."""
    office.run(keeper, 61)
    office.by_hand()
    said = keeper.tick()
    assert [(type(one), one.how) for one in said] == [(Over, "by_hand")]
    assert office.settled() == ["by_hand"]
    assert keeper.state.kind == "counting"
    assert keeper.state.next.at_ms == pytest.approx(office.clock.utc_ms + 62 * MINUTE_MS, abs=3 * MINUTE_MS)


def test_a_session_under_way_moves_the_hour_with_each_thing_done(office, keeper):
    """As soon as something was done in it, and again when more was, with one break settled in all."""
    office.run(keeper, 61)
    begun, _, work, _, over = bodies()
    session = office.other(begun)
    office.clock.t_ms += MINUTE_MS
    office.other(work, session=session)
    keeper.tick()
    assert office.settled() == ["by_hand"]
    first = keeper.state.next.at_ms
    office.clock.t_ms += 2 * MINUTE_MS
    office.other(over, session=session)
    office.run(keeper, 0.5)
    assert keeper.state.next.at_ms > first
    assert office.settled() == ["by_hand"]


def test_a_session_in_which_nothing_was_done_changes_nothing(office, keeper):
    """The break is still due."""
    office.run(keeper, 61)
    office.other(*list(bodies())[:2])
    assert keeper.tick() == []
    assert keeper.state.kind == "due"


def test_an_activity_counts_from_when_it_was_logged(office, keeper):
    """Twenty minutes of walking are a break."""
    office.run(keeper, 30)
    office.other(ActivityLogged("walking", "Walking", 20 * MINUTE_MS, "light"))
    keeper.tick()
    assert keeper.state.next.at_ms == office.clock.utc_ms + 60 * MINUTE_MS


def test_breaks_of_another_device_are_not_ours(office, keeper, tmp_path):
    """A merge brings pauses of another machine, which say nothing here, and sessions, which count."""
    far = Office(tmp_path / "far")
    far.clock.t_ms = office.clock.t_ms
    far.other(BreaksPaused(NOON_MS + 600 * MINUTE_MS))
    with Logbook.open(far.path, random=os.urandom) as there, Logbook.open(office.path, random=os.urandom) as here:
        here.take_in(there.facts())
    office.run(keeper, 1)
    assert keeper.state.kind == "counting"
    office.run(keeper, 61)
    assert keeper.state.kind == "due"
    far.clock.t_ms = office.clock.t_ms
    far.by_hand()
    with Logbook.open(far.path, random=os.urandom) as there, Logbook.open(office.path, random=os.urandom) as here:
        here.take_in(there.facts())
    assert [one.how for one in keeper.tick()] == ["by_hand"]


@pytest.mark.parametrize("look", ["last_rowid", "facts_since"])
def test_what_comes_in_while_it_reads_is_learnt_once(office, keeper, monkeypatch, look):
    """A fact that another process stores between two looks into the file is neither passed over nor taken twice."""
    logbook, learn, learnt = keeper._journal.logbook, keeper._loop.learn, []
    office.other(Note("first"))
    real, late = getattr(type(logbook), look), [BreaksPaused(office.clock.utc_ms + 60 * MINUTE_MS)]

    def looks(self, *given):
        found = real(self, *given)
        found = found if isinstance(found, int) else iter(list(found))
        while late:
            office.other(late.pop())
        return found

    monkeypatch.setattr(type(logbook), look, looks)
    monkeypatch.setattr(keeper._loop, "learn", lambda at, facts, moved: learnt.extend(facts) or learn(at, [], moved))
    for _ in range(3):
        keeper.tick()
    assert [type(body) for _, body in learnt] == [BreaksPaused]


def test_a_logbook_that_was_replaced_is_followed(office, keeper, tmp_path):
    """After a repair the file has other rows: nothing is learnt twice, and what comes then is."""
    office.run(keeper, 61)
    keeper.postpone()
    was = keeper.state
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    new = Office(fresh)
    new.clock = office.clock
    for number in range(3):
        new.other(BreakPostponed(was.next.due_ms, was.next.at_ms, number + 5))
    office.open.pop().close()
    os.replace(new.path, office.path)
    keeper._journal.logbook = Logbook.open(office.path, random=os.urandom)
    office.open.append(keeper._journal.logbook)
    keeper.tick()
    assert keeper.state == was
    office.other(BreaksPaused(office.clock.utc_ms + 60 * MINUTE_MS))
    keeper.tick()
    assert keeper.state.kind == "paused"


# --- sessions here -----------------------------------------------------------------------------------


def test_the_session_that_is_led_here_is_not_taken_for_one_by_hand(office, keeper):
    """It is one break, taken, though the logbook shows its facts at the next tick."""
    office.run(keeper, 61)
    lead(office, keeper)
    office.run(keeper, 1)
    assert office.settled() == ["taken"]
    assert keeper.state.next.at_ms == office.clock.utc_ms + 59 * MINUTE_MS


def test_a_session_stopped_at_once_leaves_the_break_due(office, keeper):
    """Nothing was done, so nothing is settled."""
    office.run(keeper, 61)
    lead(office, keeper, 0.1, moved=False)
    office.run(keeper, 0.5)
    assert office.settled() == []
    assert keeper.state.kind == "due"


def test_a_session_here_that_goes_on_in_another_terminal_counts_there_too(office, keeper):
    """What is done in it later moves the hour once more."""
    keeper.started()
    found = list(bodies())
    session = office.other(*found[:3])
    keeper.ended(session, moved=True)
    first = keeper.state.next.at_ms
    office.run(keeper, 10)
    office.other(*found[4:], session=session)
    keeper.tick()
    assert keeper.state.next.at_ms > first
