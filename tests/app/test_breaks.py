"""The hour on the screen: counting, a break that is due, what can be said to it, and into a session and back."""

from __future__ import annotations

import os
from typing import Any

import pytest

from sessions import Logbook
from sessions.breaks import BreaksPaused
from sessions.facts import draft
from tests.app.conftest import NOON_MS
from tests.app.pressing import press
from trainer.app.breaks import BreaksScreen
from trainer.app.widgets.big_clock import BigClock

MINUTE_MS = 60_000


def settled(coach: Any) -> list[str]:
    return [body.how for kind, body in coach.facts() if kind == "break_settled"]


def kinds(coach: Any) -> list[str]:
    return [kind for kind, _ in coach.facts()]


def other(coach: Any, body: Any) -> None:
    """A command in another terminal takes down a fact."""
    with Logbook.open(coach.paths.logbook, random=os.urandom) as logbook:
        logbook.append(draft("other", body, coach._stamp(), os.urandom))


def large(coach: Any) -> str:
    return coach.breaks.query_one(BigClock).value


async def test_it_counts_to_the_next_break(coach):
    """What comes and when, the minutes in large digits, and that idle time is not known."""
    async with coach.count().run_test() as pilot:
        await coach.settle(pilot)
        shown = coach.shown()
        for text in ("Next break in 1 h", "Desk break, 14:00", "Idle time: unknown", "Today: nothing counted"):
            assert text in shown
        assert large(coach) == "60"
        await coach.pass_minutes(pilot, 35)
        assert large(coach) == "25"
        assert "Next break in 25 min" in coach.shown()
        assert "Today: Worked 35 min" in coach.shown()
    assert kinds(coach) == ["watch_begun", "watch_ended"]


async def test_a_break_that_is_due_is_told_once(coach):
    """Beforehand in silence, then with its name and how long it takes, by a notice and on the screen."""
    async with coach.count().run_test() as pilot:
        await coach.pass_minutes(pilot, 59.5)
        assert "A break soon." in coach.shown()
        assert coach.desk.told == [("A break soon", "Desk break", True)]
        await coach.pass_minutes(pilot, 3)
        shown = coach.shown()
        for text in ("Time to move", "Desk break, about 1 min.", "Enter starts it, l is in 5 min, k skips it."):
            assert text in shown
        assert coach.desk.notices == ["Time to move"]
    assert kinds(coach) == ["watch_begun", "break_offered", "watch_ended"]


async def test_one_key_leads_into_the_session_and_back(coach):
    """The session is that of any other day; after it the next hour counts."""
    async with coach.count().run_test() as pilot:
        await coach.pass_minutes(pilot, 61)
        await press(pilot, "enter", "2")
        coach.pass_until("work")
        coach.pass_time(60)
        await pilot.pause()
        await press(pilot, "g", "1", "enter", "escape")
        for _ in range(6):
            if isinstance(coach.app.screen, BreaksScreen):
                break
            await press(pilot, "escape")
        assert isinstance(coach.app.screen, BreaksScreen)
        await coach.settle(pilot)
        assert settled(coach) == ["taken"]
        assert "Next break in 1 h" in coach.shown()
        assert "1 taken" in coach.shown()
        await coach.pass_minutes(pilot, 30)
        assert settled(coach) == ["taken"]
    assert kinds(coach)[-1] == "watch_ended"


async def test_a_session_left_at_once_leaves_the_break_due(coach):
    """Nothing was done in it."""
    async with coach.count().run_test() as pilot:
        await coach.pass_minutes(pilot, 61)
        await press(pilot, "s")
        assert not isinstance(coach.app.screen, BreaksScreen)
        await press(pilot, "q")
        await coach.settle(pilot)
        assert isinstance(coach.app.screen, BreaksScreen)
        assert "Time to move" in coach.shown()
        assert settled(coach) == []


async def test_no_tick_disturbs_a_session(coach):
    """While it is led nothing is told, asked or taken down by the loop."""
    async with coach.count().run_test() as pilot:
        await coach.pass_minutes(pilot, 50)
        await press(pilot, "enter", "2")
        facts = kinds(coach)
        coach.clock.t_ms += 15 * MINUTE_MS
        await coach.breaks._tick()
        coach.breaks._look()
        await pilot.pause()
        assert kinds(coach) == facts
        assert coach.desk.notices == []


async def test_later_until_it_may_not_be(coach):
    """Three times; then the key is off, and the screen says why."""
    async with coach.count().run_test() as pilot:
        await coach.pass_minutes(pilot, 60)
        for _ in range(3):
            await press(pilot, "l")
            assert "Next break in 5 min" in coach.shown()
            await coach.pass_minutes(pilot, 5)
            assert "Time to move" in coach.shown()
        assert "Enter starts it, k skips it. It was postponed as often as you set." in coach.shown()
        await press(pilot, "l")
        assert "Time to move" in coach.shown()
        assert kinds(coach).count("break_postponed") == 3


async def test_skipping(coach):
    """The one that is due, and the notice is taken back; or the next one."""
    async with coach.count().run_test() as pilot:
        await coach.pass_minutes(pilot, 61)
        await press(pilot, "k")
        await coach.settle(pilot)
        assert coach.desk.taken_back >= 1
        assert "Next break in 1 h" in coach.shown()
        await press(pilot, "k")
        assert settled(coach) == ["skipped", "skipped"]
        assert large(coach) == "120"


@pytest.mark.parametrize(
    ("key", "until", "text"),
    [("1", 60, "Paused until 14:00"), ("2", 120, "Paused until 15:00"), ("t", 660, "Paused until tomorrow 00:00")],
)
async def test_pausing(coach, key, until, text):
    """For an hour, for two, or until tomorrow; the same key ends it."""
    async with coach.count().run_test() as pilot:
        await coach.settle(pilot)
        await press(pilot, "space", key)
        await coach.settle(pilot)
        assert text in coach.shown()
        pauses = [body for kind, body in coach.facts() if kind == "breaks_paused"]
        assert pauses == [BreaksPaused(NOON_MS + until * MINUTE_MS, civil=key == "t")]
        await press(pilot, "space")
        assert "Next break in 1 h" in coach.shown()


@pytest.mark.parametrize("key", ["b", "escape"])
async def test_not_pausing_after_all(coach, key):
    """Back goes back, and nothing is taken down."""
    async with coach.count().run_test() as pilot:
        await coach.settle(pilot)
        await press(pilot, "space", key)
        assert isinstance(coach.app.screen, BreaksScreen)
        assert kinds(coach) == ["watch_begun"]


async def test_the_days_before(coach):
    """The arrows show a day before, and today again; there is none after today."""
    async with coach.count().run_test() as pilot:
        await coach.pass_minutes(pilot, 10)
        await press(pilot, "left")
        assert "2026-02-28: nothing counted" in coach.shown()
        await press(pilot, "right", "right", "right")
        assert "Today: Worked 10 min" in coach.shown()


async def test_a_slip_of_the_finger_long_before_puts_nothing_off(coach):
    """Later is a key of the last minutes and of what is due; an hour before it does nothing."""
    async with coach.count().run_test() as pilot:
        await coach.pass_minutes(pilot, 10)
        await press(pilot, "l")
        assert "Next break in 50 min" in coach.shown()
        await coach.pass_minutes(pilot, 46)
        await press(pilot, "l")
        assert "Next break in 9 min" in coach.shown()
        assert kinds(coach).count("break_postponed") == 1
