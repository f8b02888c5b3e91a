"""Trends on the screen: which exercise hurts less, on which side, within four keys."""

from __future__ import annotations

import re
import shutil
import unicodedata
from itertools import pairwise

import pytest

from sessions import Logbook, LogbookError
from sessions.records import ExercisePlanned, PainRated, SessionBegun, SessionEnded, Stamp, WorkDone
from tests.app.pressing import press
from tests.past import NOON_MS, bodies, ten_years
from tests.past import Past as History
from trainer.app.history import HistoryScreen
from trainer.app.trends import TrendsScreen
from trainer.app.widgets.chart import STYLES, Chart
from trainer.app.widgets.subjects import Subjects, rows
from trainer.app.year import YearScreen
from trainer.charts.lines import Role
from trainer.coach.lookback import all_pain, latest_weeks
from trainer.library.shelf import Library
from trainer.past import Past, plotted
from trainer.text import cells

SIZES = [(80, 24), (120, 40), (40, 15)]
HOSTILE = "[red]B[/]ridge [@click=app.quit]x[/] \x1b]0;owned\x07\u202e " + "膝" * 30


@pytest.fixture(scope="module")
def decade(tmp_path_factory):
    """Made up: left lags behind right, pain goes down, with relapses."""
    return ten_years(tmp_path_factory, 3_000)


@pytest.fixture
def history(coach):
    return History(coach.paths)


@pytest.fixture
def years(coach, decade):
    """The decade in the coach's folder."""
    coach.paths.data.mkdir(parents=True)
    shutil.copy(decade, coach.paths.logbook)
    return coach


def subjects(coach) -> Subjects:
    return coach.app.screen.query_one(Subjects)


def names(coach) -> list[str]:
    return [one.name for one in subjects(coach)._shown]


def name(coach) -> str:
    found = subjects(coach).chosen
    assert found is not None
    return found.name


# --- four keys ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("letters", ["b", "br"])
async def test_is_my_bridge_getting_easier_on_the_left(years, size, letters):
    """Four keys from home, with ten years of history, the answer stands on the screen: the bridge's left side."""
    async with years.app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        await press(pilot, "l", "t", *letters)
        with Logbook.open_existing(years.paths.logbook) as logbook:
            past = Past(logbook, Library(), "2026-03-01")
            bridge = past.exercise("single-leg-bridge", past.weeks(12))
        (left, right) = bridge.telling("pain")
        assert (left.key, right.key) == ("left", "right")
        lines = years.shown().splitlines()
        (number,) = [n for n, line in enumerate(lines) if line.startswith(" Single-leg bridge")]
        row = " ".join(lines[number : number + 2])
        for one, letter in ((left, "L"), (right, "R")):
            number_now = f"{round(one.trend.after, 1):g}"
            word = {"same": "(about the )?same ", "less": "less .*→", "more": "more .*→"}[one.trend.verdict]
            assert re.search(f"{letter} {word}{number_now}", row), row


async def test_all_years_show_that_it_did(years):
    """Over the whole decade the left side hurts less, as the history was made, and the plot reaches over all of it."""
    async with years.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "l", "t", "b", "r", "down", "right", "right", "right")
        shown = years.shown()
        assert name(years) == "Single-leg bridge"
        assert "‹all›" in shown
        assert "Pain: left less, 5" in shown
        assert "2017" in shown
        assert "◂ left" in shown


# --- keys -----------------------------------------------------------------------------------------------


async def test_letters_leave_what_fits(years):
    """Any word of a name does; the same letter goes on to the next; what no longer fits begins anew."""
    async with years.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "l", "t")
        assert name(years) == "All pain"
        bridges = ["Glute bridge", "Single-leg bridge"]
        b = ["Glute bridge", "Bird dog", "Single-leg bridge"]
        for keys, expected, listed in (
            ("b", b[0], b),
            ("b", b[1], b),
            ("b", b[2], b),
            ("b", b[0], b),
            ("r", b[0], bridges),
            ("i", b[0], bridges),
            ("squ", "Squat", ["Squat"]),
            ("x", "Squat", ["Squat"]),
            ("m", "Mountain pose", ["Mountain pose"]),
            ("all", "All pain", ["All pain"]),
        ):
            await press(pilot, *keys)
            assert (name(years), names(years)) == (expected, listed), keys
        assert "Sound" not in years.shown()  # m is typed here
        assert "all…  Esc shows all." in years.shown()


async def test_taking_letters_back(years):
    """Backspace takes one back, Escape all; what was chosen stays chosen, and Escape then leaves."""
    async with years.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "l", "t", "b", "r", "down")
        assert name(years) == "Single-leg bridge"
        await press(pilot, "backspace")
        assert names(years) == ["Glute bridge", "Bird dog", "Single-leg bridge"]
        assert name(years) == "Single-leg bridge"
        await press(pilot, "right")
        assert names(years) == ["Glute bridge", "Bird dog", "Single-leg bridge"]
        await press(pilot, "escape")
        assert len(names(years)) == 15
        assert name(years) == "Single-leg bridge"
        await press(pilot, "backspace", "escape")
        assert isinstance(years.app.screen, HistoryScreen)


async def test_digits_do_nothing(years):
    """No digit chooses, rates or leaves."""
    async with years.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "l", "t", "down")
        before = years.shown()
        await press(pilot, *"0123456789")
        assert years.shown() == before


async def test_periods(years):
    """The arrows to the sides choose the weeks, and stop at either end; what is chosen stays chosen."""
    async with years.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "l", "t", "b", "escape", "left")
        for expected in ("‹12 weeks›", "‹26 weeks›", "‹1 year›", "‹all›", "‹all›"):
            assert expected in years.shown()
            assert name(years) == "Glute bridge"
            await press(pilot, "right")
        await press(pilot, "left", "left", "left", "left")
        assert "8 Dec 2025 to 1 Mar 2026. At first: to 4 Jan. Lately: from 2 Feb." in years.shown()


async def test_an_exercise_that_is_not_in_the_shorter_period(coach, history):
    """The list then stands on all pain."""
    history.add("old", 24 * 200, exercise="plank", exercise_name="Plank")
    history.add("new", 1, exercise="squat", exercise_name="Squat")
    async with coach.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "l", "t", "right", "right", "p")
        assert name(coach) == "Plank"
        await press(pilot, "left", "left")
        assert names(coach) == ["All pain", "Squat"]
        assert name(coach) == "All pain"


async def test_measures(years):
    """v goes through what was measured; what an exercise has none of is passed over until one has it again."""
    async with years.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "l", "t", "b", "r")
        for unit in ("pain, 0 to 10", "repetitions a set", "seconds a set", "sets done whole, %", "pain, 0 to 10"):
            assert unit in years.shown()
            await press(pilot, "v")
        await press(pilot, "k")
        assert name(years) == "Knee to chest"
        assert "pain, 0 to 10" in years.shown()
        await press(pilot, "b")
        assert "repetitions a set" in years.shown()
        await press(pilot, "a", "v", "v")
        assert "before" in years.shown()


async def test_ways_in_and_out(years):
    """Enter opens the chosen one, Escape closes it and then the screen; y shows the year."""
    async with years.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "l", "t", "b", "r", "down", "enter")
        assert not subjects(years).display
        assert "Sets done whole: left" in years.shown()
        await press(pilot, "right", "v")
        assert "‹26 weeks›" in years.shown()
        await press(pilot, "escape")
        assert subjects(years).has_focus
        await press(pilot, "y")
        assert isinstance(years.app.screen, YearScreen)
        await press(pilot, "escape")
        assert isinstance(years.app.screen, TrendsScreen)
        await press(pilot, "escape", "escape")
        assert isinstance(years.app.screen, HistoryScreen)


@pytest.mark.parametrize("size", [(40, 15), (30, 8), (80, 16)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_small_terminal_lists_first(years, size):
    """Where there is no room for both, nothing is plotted until one is opened, and it is scrolled by the usual keys."""
    async with years.app.run_test(size=size) as pilot:
        await pilot.pause()
        await press(pilot, "l", "t", "b", "r", "down")
        panel = years.app.screen.query_one("#panel")
        assert not panel.display
        await press(pilot, "enter")
        assert panel.display
        assert "Pain: left" in years.shown()
        await press(pilot, "end")
        assert "└" in years.shown()
        await press(pilot, "home", "escape")
        assert subjects(years).has_focus


async def test_resizing_keeps_what_is_chosen(years):
    """A list that becomes narrow has two lines a row, and what is chosen is seen."""
    async with years.app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await press(pilot, "l", "t", "b", "r", "down")
        for size in ((40, 15), (80, 24), (20, 5), (120, 40)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert name(years) == "Single-leg bridge"
            assert "Single-leg" in years.shown()
        assert "Lately" in years.shown()


# --- what is seen ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [*SIZES, (200, 50), (30, 8), (20, 5), (10, 3), (2, 2), (1, 1)])
async def test_it_fits_every_size(years, size):
    """Whatever the size, nothing fails, and no line is longer than the screen."""
    async with years.app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        await press(pilot, "l", "t", "down", "right", "v", "enter", "down", "v")
        assert all(cells(line) <= size[0] for line in years.shown().splitlines())
        await press(pilot, "escape", "y")
        assert all(cells(line) <= size[0] for line in years.shown().splitlines())


@pytest.mark.parametrize("colour", ["", "1"])
async def test_series_are_told_apart_by_their_marks(years, monkeypatch, colour):
    """With colour or without, left and right have marks of their own, and both stand in the legend."""
    monkeypatch.setenv("NO_COLOR", colour)
    coach = years
    app = coach.begin()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "l", "t", "b", "r", "down", "right", "right", "right")
        shown = coach.shown()
        plot = shown[shown.index("◂ left") + len("◂ left") : shown.index("└")]
        assert "▸ right" in plot
        assert plot.count("◂") > 3
        assert plot.count("▸") > 3


def test_every_part_has_a_style():
    """What a part of a line can be is a style here, of the theme's own colours."""
    from typing import get_args

    assert set(STYLES) == set(get_args(Role))


async def test_hostile_names(coach, history):
    """A name that would be markup, steer the terminal or break the layout is shown as text, at any size."""
    planned = (ExercisePlanned(0, "odd", HOSTILE, "once", 1),)
    work = WorkDone(0, 0, "odd", HOSTILE, 1, 1, "left", "done", 1, 30_000, 30_000, 5, 5)
    what = [
        SessionBegun("odd", HOSTILE, "h", planned, 2),
        work,
        PainRated("after_exercise", 4, 0, "odd", HOSTILE, "left"),
    ]
    for number in range(4):
        history.add(f"s{number}", 24 * 20 * number, what=[*what, SessionEnded("finished", "", 30_000, 0)])
    for size in SIZES:
        app = coach.begin()
        async with app.run_test(size=size, notifications=True) as pilot:
            await pilot.pause()
            await press(pilot, "l", "t", "down", "enter")
            shown = coach.shown()
            assert "[red]B[/]ridge" in shown
            assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in shown if char != "\n")
            assert "\u202e" not in shown
            await press(pilot, "escape", "end", "right", "v", "home", "r")
            assert all(cells(line) <= size[0] for line in coach.shown().splitlines())
            assert app.is_running


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_an_empty_logbook(coach, size):
    """There are no sessions yet, and no key does harm."""
    async with coach.app.run_test(size=size) as pilot:
        await pilot.pause()
        await press(pilot, "l", "t")
        assert "No sessions yet." in coach.shown()
        await press(pilot, "b", "right", "v", "enter", "down", "y", "left", "escape", "escape")
        assert isinstance(coach.app.screen, HistoryScreen)


async def test_one_session(coach, history):
    """One session is too early to compare, and says so."""
    history.add("one", 1, what=[*bodies(), PainRated("after_exercise", 3, 0, "plank", "Plank")])
    async with coach.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "l", "t", "down")
        shown = coach.shown()
        assert "The week from 23 Feb 2026 to 1 Mar 2026." in shown
        assert "Pain: too early to say (1 rating)." in shown


async def test_a_logbook_that_cannot_be_read(coach, history, monkeypatch):
    """What is wrong stands in the place of the list."""
    history.many(3)
    async with coach.app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        await press(pilot, "l")

        def fail(*_):
            raise LogbookError("The disk took a break.")

        monkeypatch.setattr(Logbook, "week_pain", fail)
        await press(pilot, "t")
        assert "The disk took a break." in coach.shown()
        await press(pilot, "right", "enter", "escape")
        assert coach.app.is_running


async def test_a_plot_is_drawn_when_it_is_painted_and_once_for_each_size(years, monkeypatch):
    """Going back to what was seen draws nothing anew."""
    drawn = []

    def draw(*args, **kwargs):
        drawn.append(args)
        return plotted(*args, **kwargs)

    monkeypatch.setattr("trainer.app.trends.plotted", draw)
    async with years.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "l", "t", "down", "down")
        assert len(drawn) == 3
        await press(pilot, "up", "up", "v")
        assert len(drawn) == 3
        await pilot.resize_terminal(90, 24)
        await pilot.pause()
        assert len(drawn) == 4
        assert len(years.app.screen.query_one(Chart)._drawn) == 4


def test_rows_align():
    """Verdicts stand below each other, in as many columns as there are, and names are cut only where they must."""
    over = latest_weeks(12, "2026-03-01", "2016-01-01")
    (row,) = rows([all_pain([], over)], 40)
    assert row.plain == " All pain  not rated"
    for wide, narrow in pairwise((80, 58, 40, 20, 3, 1)):
        for width in (wide, narrow):
            for one in rows([all_pain([], over)] * 3, width):
                assert all(cells(line) <= max(width, 4) for line in one.plain.split("\n"))


async def test_after_a_pause_the_shortest_period_with_anything_is_shown(coach, history):
    """Who rated nothing for a while sees what there was last, instead of nothing."""
    history.many(3, every_h=24)
    later = Stamp(NOON_MS + 200 * 86_400_000, 60, "Europe/Berlin")
    coach._stamp = lambda: later
    async with coach.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "l", "t")
        assert "‹1 year›" in coach.shown()
        assert "Plank" in coach.shown()
