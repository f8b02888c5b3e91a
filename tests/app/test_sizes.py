"""Every screen at every size: what must be seen is seen, and nothing fails."""

import pytest

from tests.app.pressing import press

SIZES = [(80, 24), (120, 40), (200, 50), (40, 15), (30, 8), (20, 5), (10, 3), (2, 2), (1, 1)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_screen_at_every_size(coach, size):
    """Home, care, guide, scale, offer, stop, summary, log and help are painted without a fault."""
    async with coach.app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        await press(pilot, "f1", "escape", "slash", "escape", "enter", "question_mark", "question_mark", "3")
        coach.pass_until("work")
        await pilot.pause()
        coach.pass_until("rate")
        await pilot.pause()
        await press(pilot, "7", "g", "1", "q", "l", "enter", "escape", "escape")
        await pilot.resize_terminal(80, 24)
        assert "Desk break" in coach.shown()


@pytest.mark.parametrize("size", SIZES[:5], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_name_side_clock_and_next_are_the_last_to_go(coach, size):
    """They are seen down to 30 × 8, whatever else has to give way."""
    async with coach.begin("tilted-pelvis").run_test(size=size) as pilot:
        await pilot.press("space")
        coach.pass_until("work")
        coach.pass_time(1)
        await pilot.pause()
        shown = coach.shown()
        for text in ("Deep lunge", "Next: ", "left"):
            assert text in shown, text
        assert "█" in shown or "29" in shown


async def test_a_terminal_that_changes_its_size_in_the_middle_keeps_the_time(coach):
    """Resizing changes the layout, never the session."""
    async with coach.begin("tilted-pelvis").run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        coach.pass_until("work")
        coach.pass_time(3)
        for size in ((40, 15), (1, 1), (200, 50)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert coach.guide.conductor.engine.remaining_ms == 27_000


async def test_the_scale_shows_its_eleven_boxes_and_words_at_40_columns(coach):
    """All numbers, the key for ten and both words stand on the screen."""
    async with coach.begin("desk-break").run_test(size=(40, 15)) as pilot:
        await pilot.pause()
        shown = coach.shown()
        assert " 0  1  2  3  4  5  6  7  8  9  10" in shown
        assert "no pain" in shown
        assert "worst imaginable" in shown
