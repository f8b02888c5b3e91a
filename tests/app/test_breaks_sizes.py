"""The hour at every size, in other looks, with hostile names, and as a picture."""

from __future__ import annotations

from typing import Any

import pytest

from sessions.breaks import BreakSettled
from tests.app.pressing import press
from tests.app.test_breaks import other
from tests.app.test_hostile_home import EXERCISE, HOSTILE, ROUTINE, look
from tests.hour import HandDesk
from trainer.breaks.settings import Breaks


@pytest.mark.parametrize(
    "size", [(120, 40), (80, 24), (40, 15), (20, 6), (10, 3), (1, 1)], ids=lambda size: f"{size[0]}x{size[1]}"
)
async def test_counting_and_due_at_every_size(coach, size):
    """Nothing fails, and down to 20 columns and 6 lines what is so can be read."""
    async with coach.count().run_test(size=size, notifications=True) as pilot:
        await coach.pass_minutes(pilot, 35)
        readable = size >= (20, 6) and size[1] >= 6
        if readable:
            assert "Next break" in coach.shown()
            assert "25" in coach.shown() or "█" in coach.shown() or "▀" in coach.shown()
        await coach.pass_minutes(pilot, 26)
        if readable:
            assert "Time to move" in coach.shown()
        if size[0] >= 40 and size[1] >= 15:
            assert "Enter starts it" in coach.shown()
        await press(pilot, "space", "escape", "left", "right", "question_mark", "question_mark")
        await press(pilot, "k")
        await pilot.resize_terminal(80, 24)
        await coach.settle(pilot)
        assert "Next break in 1 h" in coach.shown()


async def test_a_terminal_that_changes_its_size_keeps_the_hour(coach):
    """Resizing changes the layout alone."""
    async with coach.count().run_test(size=(80, 24)) as pilot:
        await coach.pass_minutes(pilot, 20)
        for size in ((40, 15), (1, 1), (200, 50), (80, 24)):
            await pilot.resize_terminal(*size)
            await coach.pass_minutes(pilot, 1)
        assert "Next break in 36 min" in coach.shown()


@pytest.mark.parametrize("theme", ["trainer-contrast", "trainer-light", "textual-ansi", "no-such-theme"])
async def test_in_any_theme(make_coach, theme):
    """What is said does not hang on colours."""
    coach = make_coach(theme=theme, motion="reduced")
    async with coach.count().run_test() as pilot:
        await coach.pass_minutes(pilot, 61)
        assert "Time to move" in coach.shown()
        assert coach.app.animation_level == "none"


async def test_without_colours(make_coach, monkeypatch):
    """Worked, moved and away are told apart by their signs."""
    monkeypatch.setenv("NO_COLOR", "1")
    coach = make_coach()
    coach.desk = HandDesk(idle="GNOME")
    async with coach.count().run_test(size=(80, 30)) as pilot:
        await coach.pass_minutes(pilot, 30)
        coach.desk.idle_ms = 400_000
        await coach.pass_minutes(pilot, 20)
        coach.desk.idle_ms = 0
        await coach.pass_minutes(pilot, 5)
        await press(pilot, "left", "right")
        shown = coach.shown()
        assert "─ worked" in shown
        assert "░ away" in shown


async def test_hostile_names_are_text(make_coach):
    """While it counts, when due, in the notice and in the day; no markup is obeyed, no control goes through."""
    coach = make_coach(breaks=Breaks(routines=("mine",)))
    for folder, name, text in (
        ("routines", "mine", ROUTINE),
        ("exercises", "odd", EXERCISE),
        ("exercises", "odd-two", EXERCISE.replace('"odd"', '"odd-two"').replace('easier = "odd-two"\n', "")),
    ):
        (coach.paths.config / folder).mkdir(parents=True, exist_ok=True)
        (coach.paths.config / folder / f"{name}.toml").write_text(text, "utf-8")
    coach.desk.why_quiet = "[b]quiet[/] [/]"
    async with coach.count().run_test(size=(160, 50), notifications=True, tooltips=True) as pilot:
        await coach.settle(pilot)
        await look(coach, pilot)
        await coach.pass_minutes(pilot, 61)
        await look(coach, pilot)
        assert "[b]quiet[/] [/]" in coach.shown()
        coach.desk.why_quiet = ""
        await coach.pass_minutes(pilot, 0.5)
        assert all(char.isprintable() for _, body, _ in coach.desk.told for char in body)
        await press(pilot, "k")
        await look(coach, pilot)
        assert HOSTILE in coach.shown()


async def test_a_routine_with_a_hostile_id_that_is_not_there(make_coach):
    """Another device's facts may name anything; the day shows it as text."""
    coach = make_coach()
    async with coach.count().run_test(size=(160, 50)) as pilot:
        await coach.settle(pilot)
        other(coach, BreakSettled(0, "skipped", coach._stamp().utc_ms, routine=f"{HOSTILE}\u202e\x1b[31m\x9b1m"))
        await coach.pass_minutes(pilot, 1)
        await look(coach, pilot)
        assert "skipped" in coach.shown()


async def counting(coach: Any, pilot: Any) -> None:
    await coach.pass_minutes(pilot, 35)


async def due(coach: Any, pilot: Any) -> None:
    coach.desk.idle_ms = 400_000
    await coach.pass_minutes(pilot, 1)
    coach.desk.idle_ms = 10_000
    await coach.pass_minutes(pilot, 64)


@pytest.mark.parametrize(
    ("scene", "size"), [(counting, (80, 24)), (due, (80, 24)), (due, (40, 15))], ids=["counting", "due", "due-small"]
)
def test_the_screen_looks_as_before(make_coach, snap_compare, scene, size):
    """The picture is the stored one; where the change is meant, `--snapshot-update` stores it anew."""
    coach = make_coach(motion="reduced")
    coach.desk = HandDesk(idle="GNOME")
    assert snap_compare(coach.count(), terminal_size=size, run_before=lambda pilot: scene(coach, pilot))
