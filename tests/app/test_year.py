"""A year on the screen: a cell a day, the streak, and this week beside what the sources name."""

from __future__ import annotations

import pytest

from sessions import Logbook, LogbookError
from sessions.records import ActivityLogged
from tests.app.pressing import press
from tests.past import Past as History
from tests.past import bodies
from trainer.app.history import HistoryScreen
from trainer.app.year import YearScreen

SIZES = [(80, 24), (120, 40), (40, 15)]
DAY_H = 24


@pytest.fixture
def history(coach):
    return History(coach.paths)


async def look(pilot, *keys):
    await pilot.pause()
    for key in ("l", "y", *keys):
        await press(pilot, key)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_this_year(coach, history, size):
    """Days are shaded by characters, today is pointed at, and what is below is reached by scrolling."""
    history.add("a", 1, what=[ActivityLogged("walk", "Walk", 2_700_000, "moderate")])
    history.add("b", DAY_H + 1)
    async with coach.app.run_test(size=size) as pilot:
        await look(pilot)
        shown = coach.shown()
        assert "2026: 2 days, 47 minutes" in shown
        assert "█" in shown
        assert "^" in shown
        assert "· none" in shown
        await press(pilot, "end")
        assert "February: 1 day, 2 minutes on the 28th." in " ".join(coach.shown().split())


async def test_streak_and_week(coach, history):
    """Below the calendar stand the days in a row, and minutes, strength and stretching beside what is named."""
    history.add("a", 1, what=[ActivityLogged("walk", "Walk", 2_700_000, "moderate")])
    history.add("b", DAY_H + 1, what=[ActivityLogged("strength-class", "Strength class", 2_700_000, "moderate")])
    async with coach.app.run_test(size=(80, 24)) as pilot:
        await look(pilot)
        shown = coach.shown()
        assert "2 days in a row. 1 week in a row." in shown
        assert "45 min moderate; named: 150" in shown
        assert "1 day; named: 2" in shown
        assert "0 days; named: several" in shown


async def test_other_years(coach, history):
    """The arrows go from the first year to this one and no farther; only this year has a streak and a week."""
    history.add("a", 1)
    history.add("b", 400 * DAY_H)
    async with coach.app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "right")
        assert "2026: 1 day" in coach.shown()
        assert "Year after" not in coach.shown()
        await press(pilot, "left")
        assert "2025: 1 day, 2 minutes" in coach.shown()
        assert "in a row" not in coach.shown()
        assert "March: nothing logged." in coach.shown()
        assert "Year before" not in coach.shown()
        await press(pilot, "left")
        assert "2025: 1 day" in coach.shown()
        await press(pilot, "right")
        assert "in a row" in coach.shown()


@pytest.mark.parametrize("key", ["escape", "q", "y"])
async def test_back(coach, history, key):
    """Escape leads back, and so does the key that led here."""
    async with coach.app.run_test(size=(80, 24)) as pilot:
        await look(pilot)
        assert isinstance(coach.app.screen, YearScreen)
        await press(pilot, key)
        assert isinstance(coach.app.screen, HistoryScreen)


async def test_nothing_yet(coach):
    """An empty year is one, and says how a streak begins."""
    async with coach.app.run_test(size=(80, 24)) as pilot:
        await look(pilot)
        shown = coach.shown()
        assert "2026: nothing logged" in shown
        assert "the next session begins some" in shown


async def test_no_logbook(coach, tmp_path):
    """Where there is no logbook, it says why, and no arrow does harm."""
    coach.paths.data.mkdir(parents=True)
    coach.paths.logbook.write_text("no logbook at all")
    async with coach.app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "left", "right", "end")
        assert "logbook" in coach.shown()


async def test_a_year_that_cannot_be_read(coach, history, monkeypatch):
    """What is wrong is told; the screen stays."""
    history.add("a", 400 * DAY_H, what=bodies())
    async with coach.app.run_test(size=(80, 24), notifications=True) as pilot:
        await look(pilot)

        def fail(*_):
            raise LogbookError("The disk took a break.")

        monkeypatch.setattr(Logbook, "days", fail)
        await press(pilot, "left")
        assert "The disk took a break." in coach.shown()


async def test_marks_alone_tell_it(coach, history, monkeypatch):
    """Without colour a day with much is another character than a day with little, and one with none."""
    monkeypatch.setenv("NO_COLOR", "1")
    history.add("a", 1, what=[ActivityLogged("walk", "Walk", 2_700_000, "moderate")])
    history.add("b", DAY_H + 1)
    app = coach.begin()
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot)
        (saturday,) = [line for line in coach.shown().splitlines() if line.strip().startswith("Sat")]
        (sunday,) = [line for line in coach.shown().splitlines() if line.strip().startswith("Sun")]
        assert saturday.rstrip().endswith("░")
        assert sunday.rstrip().endswith("█")
        assert "·" in saturday
