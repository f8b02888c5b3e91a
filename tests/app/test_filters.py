"""The filter: rows that write terms into the search field."""

from __future__ import annotations

import pytest
from textual.widgets import Input, OptionList, Static

from tests.app.pressing import press
from trainer.app.filters import FilterScreen, choices
from trainer.app.home import HomeScreen
from trainer.catalog import Catalog
from trainer.library.query import read
from trainer.library.shelf import Library

SIZE = (80, 24)


def field(coach):
    return next(screen for screen in coach.app.screen_stack if isinstance(screen, HomeScreen)).query_one(Input)


def row(coach, name):
    return next(n for n, one in enumerate(coach.app.screen.rows) if one.name == name)


def fits(coach):
    return str(coach.app.screen.query_one("#fits", Static).content)


async def test_the_filter_writes_its_choices_into_the_search_field(coach):
    """Right and left go through the values of a row; Enter shows what fits."""
    async with coach.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await press(pilot, "f")
        await press(pilot, *["down"] * row(coach, "Longest"), "right", "right", "down", "down", "space")
        assert "‹ 5 min ›" in coach.shown()
        await press(pilot, "enter")
        assert isinstance(coach.app.screen, HomeScreen)
        assert field(coach).value == "under:5 floor:no"
        assert isinstance(coach.app.focused, OptionList)
        assert "Lower back list" not in coach.shown()


async def test_keys_pressed_fast_are_taken_in_their_order(coach):
    """Left and right wait for the up and down before them."""
    async with coach.app.run_test(size=SIZE) as pilot:
        await press(pilot, "f")
        coach.app.simulate_key("down")
        coach.app.simulate_key("down")
        coach.app.simulate_key("right")
        await pilot.pause()
        assert str(coach.app.screen.query_now) == "under:2"


async def test_the_filter_begins_with_what_the_search_asks_for(coach):
    """Terms of the search stand in their rows; words and other terms stay as they are."""
    async with coach.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        field(coach).value = 'plank position:"on the side" kind:strength under:20'
        await pilot.pause()
        await press(pilot, "f")
        assert "‹ on the side ›" in coach.shown()
        assert "‹ 20 min ›" in coach.shown()
        await press(pilot, "down", "left", "enter")
        assert field(coach).value == 'plank kind:strength position:"on the back" under:20'


async def test_how_much_fits_is_said_while_choosing(coach):
    """Each choice counts anew."""
    async with coach.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await press(pilot, "f")
        everything = fits(coach)
        await pilot.press("right")
        assert fits(coach) != everything
        await pilot.press("left")
        assert fits(coach) == everything


async def test_escape_changes_nothing_and_x_clears_all_but_words(coach):
    async with coach.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        field(coach).value = "plank floor:yes under:5"
        await press(pilot, "f")
        await press(pilot, "right", "escape")
        assert field(coach).value == "plank floor:yes under:5"
        await press(pilot, "f")
        await press(pilot, "x", "enter")
        assert field(coach).value == "plank"


@pytest.mark.parametrize("size", [(40, 15), (30, 8), (10, 3), (1, 1)])
async def test_the_filter_can_be_used_at_any_size(coach, size):
    """By keys alone; at 40 columns each row with its value is seen."""
    async with coach.app.run_test(size=size) as pilot:
        await pilot.pause()
        await press(pilot, "f")
        assert isinstance(coach.app.screen, FilterScreen)
        if size == (40, 15):
            shown = coach.shown()
            assert "Show only" in shown
            assert "In an office          ‹ any ›" in shown
            assert "‹ at hand ›" in shown
        await press(pilot, "right", "enter")
        assert field(coach).value.startswith("tag:")


TERMS = [
    *('tag:"big three"', "tag:BACK", 'position:"hands and knees"', "under:5", "source:lower-back", "floor:no"),
    *("quiet:yes", "office:yes", "without:mat", "without:chair without:mat"),
]


@pytest.mark.parametrize("text", TERMS)
def test_a_term_finds_its_row(text):
    """What the filter writes, it reads again."""
    rows, rest = choices(read(text), Catalog(Library()))
    assert not rest.terms
    written = sorted(str(one.term).casefold() for one in rows if one.term is not None)
    assert written == sorted(str(term).casefold() for term in read(text).terms)


@pytest.mark.parametrize(
    "text", ["plank", "tag:nothing-such", "under:7", "floor:yes", "tag:back tag:hips", "needs:mat"]
)
def test_what_is_no_row_is_kept(text):
    """A second tag, other minutes, words: the filter leaves them in the search."""
    rows, rest = choices(read(text), Catalog(Library()))
    kept = [str(one.term) for one in rows if one.term is not None] + [str(term) for term in rest.terms]
    assert kept == [str(term) for term in read(text).terms]
