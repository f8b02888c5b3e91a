"""The hour on the screen: other loops, quiet, being away, commands, signals, trouble, and leaving."""

from __future__ import annotations

import os
import signal

import pytest

from sessions.breaks import BreakSettled
from sessions.errors import LogbookUnwritable
from tests.app.conftest import NOON_MS
from tests.app.pressing import press
from tests.app.test_breaks import MINUTE_MS, kinds, other, settled
from tests.hour import HandDesk
from trainer.app.breaks import BreaksScreen
from trainer.app.home import HomeScreen
from trainer.breaks.lock import Place
from trainer.breaks.settings import Breaks


async def test_it_looks_on_while_another_loop_counts(coach):
    """Nothing is answered here; when the other ends, this one takes over."""
    place = Place(coach.paths.home)
    place.take()
    async with coach.count().run_test(size=(120, 40)) as pilot:
        await coach.settle(pilot)
        assert "Another loop on this machine counts and reminds." in coach.shown()
        await press(pilot, "k", "l", "space")
        assert isinstance(coach.app.screen, BreaksScreen)
        assert kinds(coach) == []
        place.release()
        await coach.pass_minutes(pilot, 1)
        assert "Another loop" not in coach.shown()
        assert kinds(coach) == ["watch_begun"]


async def test_what_tells_of_idle_time_is_shown(coach):
    """By its name."""
    coach.desk = HandDesk(idle="GNOME")
    async with coach.count().run_test() as pilot:
        await coach.settle(pilot)
        assert "Idle time: from GNOME" in coach.shown()


async def test_not_to_be_disturbed(coach):
    """The screen shows the break and why nothing was sent; it is sent once it may be."""
    coach.desk.why_quiet = "do not disturb is on (GNOME)"
    async with coach.count().run_test() as pilot:
        await coach.pass_minutes(pilot, 61)
        assert "Time to move" in coach.shown()
        assert "Not announced: do not disturb is on (GNOME)." in coach.shown()
        assert coach.desk.told == []
        coach.desk.why_quiet = ""
        await coach.pass_minutes(pilot, 0.5)
        assert coach.desk.notices == ["Time to move"]
        assert "Not announced" not in coach.shown()
        await coach.pass_minutes(pilot, 2)
        assert coach.desk.notices == ["Time to move"]


async def test_being_away_is_the_break(coach):
    """The notice is taken back, and it is said that it counts."""
    coach.desk = HandDesk(idle="GNOME")
    async with coach.count().run_test() as pilot:
        await coach.pass_minutes(pilot, 61)
        coach.desk.idle_ms = 6 * MINUTE_MS
        await coach.pass_minutes(pilot, 0.5)
        assert "You were away from the machine: that counts as a break." in coach.shown()
        assert coach.desk.taken_back >= 1
        assert settled(coach) == ["away"]


async def test_a_command_elsewhere_reaches_it_at_once(coach):
    """By a signal, without waiting for the next look."""
    async with coach.count().run_test() as pilot:
        await coach.pass_minutes(pilot, 61)
        other(coach, BreakSettled(NOON_MS + 60 * MINUTE_MS, "skipped", coach._stamp().utc_ms))
        if hasattr(signal, "SIGUSR1"):
            os.kill(os.getpid(), signal.SIGUSR1)
        else:
            coach.breaks._look()
        await coach.settle(pilot)
        assert "The break was settled elsewhere." in coach.shown()


async def test_a_signal_that_comes_late_ends_nothing(coach):
    """Back at home, a command that still meant the loop does no harm."""
    async with coach.app.run_test() as pilot:
        await pilot.pause()
        await press(pilot, "b")
        await coach.settle(pilot)
        await press(pilot, "q")
        assert isinstance(coach.app.screen, HomeScreen)
        if hasattr(signal, "SIGUSR1"):
            os.kill(os.getpid(), signal.SIGUSR1)
        await pilot.pause()
        assert isinstance(coach.app.screen, HomeScreen)
    assert kinds(coach) == ["watch_begun", "watch_ended"]


@pytest.mark.parametrize("key", ["q", "escape"])
async def test_leaving_ends_the_program_or_goes_home(coach, key):
    """With status 0 where only breaks were asked for."""
    async with coach.count().run_test() as pilot:
        await coach.settle(pilot)
        await press(pilot, key)
    assert coach.app.return_code == 0
    assert kinds(coach) == ["watch_begun", "watch_ended"]
    assert coach.desk.closed


async def test_leaving_by_a_signal_in_a_session_keeps_both(coach):
    """What was done, and that the break was taken with it; the status tells of the signal."""
    async with coach.count().run_test() as pilot:
        await coach.pass_minutes(pilot, 61)
        await press(pilot, "enter", "2")
        coach.pass_until("work")
        coach.pass_time(5)
        coach.app.leave_on_signal(15)
        await pilot.pause()
    assert coach.app.return_code == 143
    assert kinds(coach)[-2:] == ["break_settled", "watch_ended"]
    assert settled(coach) == ["taken"]


async def test_trouble_with_the_logbook_is_shown_and_nothing_is_lost(coach, monkeypatch):
    """It says so, goes on, and stores all of it once it can."""

    def full(*_: object) -> None:
        raise LogbookUnwritable("The disk is full.")

    async with coach.count().run_test(size=(120, 40)) as pilot:
        await coach.settle(pilot)
        with monkeypatch.context() as patch:
            patch.setattr(type(coach.kit.journal.logbook), "append", full)
            await coach.pass_minutes(pilot, 61)
            assert "Not saved: The disk is full. It is kept for now and tried again." in coach.shown()
            assert "Time to move" in coach.shown()
        await press(pilot, "l")
        assert "Not saved" not in coach.shown()
    assert kinds(coach) == ["watch_begun", "break_offered", "break_postponed", "watch_ended"]


async def test_a_rehearsal_counts_no_breaks(make_coach):
    """It says so and stays where it was."""
    coach = make_coach(rehearsal=True)
    async with coach.app.run_test(notifications=True) as pilot:
        await pilot.pause()
        await press(pilot, "b")
        await pilot.pause()
        assert isinstance(coach.app.screen, HomeScreen)
        assert "counted." in coach.shown()
    assert not coach.paths.data.exists()


async def test_nothing_is_painted_where_nothing_changed(coach, monkeypatch):
    """A look within the same minute repaints neither the texts nor the day."""
    async with coach.count().run_test() as pilot:
        await coach.pass_minutes(pilot, 10)
        painted = []
        monkeypatch.setattr(type(coach.breaks), "draw_day", lambda self: painted.append("day"))
        from textual.widgets import Static

        monkeypatch.setattr(Static, "update", lambda self, *_: painted.append(self.id))
        coach.clock.t_ms += 1
        await coach.breaks._tick()
        shown = list(painted)
        for _ in range(5):
            coach.clock.t_ms += 5_000
            await coach.breaks._tick()
        assert painted == shown
        assert len(shown) <= 2


async def test_fixed_times_only_and_nothing_planned(make_coach):
    """Where nothing comes, that is said, and skipping is off."""
    coach = make_coach(breaks=Breaks(every_min=0))
    async with coach.count().run_test() as pilot:
        await coach.settle(pilot)
        assert "No break is planned" in coach.shown()
        await press(pilot, "k", "l")
        assert kinds(coach) == ["watch_begun"]
