"""The morning after."""

from __future__ import annotations

import os
from typing import Any

import pytest

from sessions import ExercisePlanned, Logbook, PainRated, SessionBegun, SessionEnded, Stamp, WorkDone, draft
from tests.app.pressing import press
from trainer.app.one_session import RatingDialog
from trainer.coach.morning import UNTIL_MIN
from trainer.paths import Paths

HOSTILE = "[L] a [/b] c [/] \x1b]0;t\x07 \u202e"
NOON_MS = 1_772_366_400_000  # 2026-03-01 12:00 UTC, where the coach's clock begins
DAY_MS = 86_400_000


def yesterday(paths: Paths, name: str = "Core") -> None:
    """A session of the day before, at noon."""
    at = NOON_MS - DAY_MS
    bodies = (
        SessionBegun("core", name, "x", (ExercisePlanned(0, "plank", "Plank", "30 s", 1),), 4),
        PainRated("before", 4),
        WorkDone(1, 0, "plank", "Plank", 1, 1, "none", "done", 1, 30_000, 30_000, None, None),
        SessionEnded("finished", "", 30_000, 0),
    )
    with Logbook.open(paths.logbook, random=os.urandom) as logbook:
        for number, body in enumerate(bodies):
            logbook.append(draft("s1", body, Stamp(at + number, 60, ""), os.urandom))


@pytest.fixture
def morning(make_coach: Any) -> Any:
    """A coach on the morning after a session, at eight."""

    def make(name: str = "Core") -> Any:
        coach = make_coach()
        yesterday(coach.paths, name)
        coach.clock.t_ms = -5 * 3_600_000
        return coach

    return make


async def test_the_morning_is_asked_for_and_rated(morning):
    """A line says that it can be rated, y asks, and the rating belongs to yesterday's session."""
    coach = morning()
    app = coach.begin()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        assert "Yesterday: Core. How is the pain this morning? y rates it." in coach.shown()
        await press(pilot, "y")
        assert isinstance(app.screen, RatingDialog)
        assert "Pain this morning, after Core?" in coach.shown()
        await press(pilot, "2")
        assert "Yesterday" not in coach.shown()
        await press(pilot, "y")
        assert not isinstance(app.screen, RatingDialog)
    assert coach.facts()[-1] == ("pain_rated", PainRated("next_morning", 2))


async def test_the_morning_can_be_left_out(morning):
    """Escape leaves it out, and nothing is taken down."""
    coach = morning()
    before = len(coach.facts())
    async with coach.begin().run_test(size=(40, 15), notifications=True) as pilot:
        await pilot.pause()
        await press(pilot, "y", "escape")
        assert "Yesterday" not in coach.shown()
    assert len(coach.facts()) == before


async def test_after_noon_nobody_asks(morning):
    """It is the next morning until noon."""
    coach = morning()
    coach.clock.t_ms = (UNTIL_MIN - 13 * 60) * 60_000
    async with coach.begin().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Yesterday" not in coach.shown()


async def test_the_line_comes_back_after_a_search(morning):
    """What the search has to say takes its place for as long as it is there."""
    coach = morning()
    async with coach.begin().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "slash", *"tag:nothing")
        assert "Yesterday" not in coach.shown()
        await press(pilot, "escape")
        assert "Yesterday: Core" in coach.shown()


async def test_a_hostile_name(morning):
    """A name that steers terminals is told of as plain text."""
    coach = morning(HOSTILE)
    async with coach.begin().run_test(size=(100, 30), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        assert "[L] a [/b] c [/]" in coach.shown()
        await press(pilot, "y", "3")
        assert "\x1b" not in coach.shown()
        assert "\u202e" not in coach.shown()
