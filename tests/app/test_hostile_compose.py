"""Text from outside goes through the composer as text, and nothing leaves the person's folder."""

import sys
import unicodedata

import pytest
from textual.widgets import Input

from tests.app.composing import Composing
from tests.app.test_hostile import EXERCISE, HOSTILE, ROUTINE, write_own_files
from trainer.app.compose.dose_form import DoseForm
from trainer.library.model import Routine
from trainer.library.reader import read

BIDI = ("RLO", "LRI", "RLI", "LRO", "PDI", "PDF")


def steering(shown):
    """The characters on a screen that a terminal would obey."""
    return [
        char
        for char in shown
        if char != "\n" and (unicodedata.category(char) in ("Cc", "Cs") or unicodedata.bidirectional(char) in BIDI)
    ]


async def test_hostile_files_are_text_in_the_composer(coach):
    """Brackets are shown, nothing is a link, and no character that steers a terminal is painted."""
    write_own_files(coach)
    async with coach.app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        c = Composing(coach, pilot)

        async def look(*keys):
            await c.press(*keys)
            shown = c.shown()
            assert not steering(shown)
            assert HOSTILE in shown, coach.app.screen
            assert "owned" not in coach.app.title

        await c.open("mine")
        await look()
        await look("enter")
        await look("right", "right", "right")
        await look("escape", "r")
        await look("escape", "n")
        await look("escape", "a")
        c.app.screen.focused.value = f"{HOSTILE}\x1b]0;owned\x07\u202e"
        await pilot.pause()
        assert not steering(c.shown())
        await c.press("escape", "y", "w")
        await look()
        await look("question_mark")


async def test_a_broken_file_is_told_of_as_text(coach):
    """The reader's words with what the file held are shown, not obeyed."""
    write_own_files(coach)
    async with coach.app.run_test(size=(120, 40), notifications=True) as pilot:
        c = await Composing(coach, pilot).open("bad")
        assert not steering(c.shown())
        assert "[L] a [/b] c [/]" in c.said()


async def test_a_paste_of_control_characters_is_clean_in_the_file(coach):
    """Name, purpose and reason are read back as they were shown."""
    hostile = f"{HOSTILE}\x1b]0;owned\x07 \u202eback \" \\ ''' # ["
    async with coach.app.run_test(size=(80, 24), notifications=True) as pilot:
        c = await Composing(coach, pilot).open()
        await c.add("squat")
        await c.press("r")
        await c.field("why", hostile)
        await c.press("enter", "n")
        await c.field("name", hostile)
        await c.field("purpose", hostile)
        await c.press("enter", "w")
        (path,) = (coach.paths.config / "routines").iterdir()
        value = read(path, Routine)
        assert value.name == value.purpose == value.step[0].why == c.screen.draft.routine.name
        assert not steering(path.read_text().replace("\n", ""))


@pytest.mark.parametrize("name", ["../../escape", "/etc/passwd", "a/b", "C:\\x", "..", "\x00", "con", "NUL", "a" * 80])
async def test_a_name_leads_to_no_other_folder(coach, tmp_path, name):
    """Whatever it is called, the file lies among one's own routines."""
    async with coach.app.run_test(size=(80, 24), notifications=True) as pilot:
        c = await Composing(coach, pilot).open()
        await c.add("squat")
        await c.press("n")
        await c.field("name", name)
        await c.press("enter", "w")
    made = [path for path in tmp_path.rglob("*.toml") if path.is_file()]
    assert [path.parent for path in made] == [coach.paths.config / "routines"]
    assert read(made[0], Routine).step[0].exercise == "squat"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize("what", ["file", "folder"])
async def test_a_link_is_not_written_through(coach, tmp_path, what):
    """A routine or a folder of routines that is a link is refused, and what it leads to stays."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    text = ROUTINE.replace('"odd"', '"squat"')
    (elsewhere / "mine.toml").write_text(text)
    folder = coach.paths.config / "routines"
    if what == "folder":
        coach.paths.config.mkdir()
        folder.symlink_to(elsewhere)
    else:
        folder.mkdir(parents=True)
        (folder / "mine.toml").symlink_to(elsewhere / "mine.toml")
    async with coach.app.run_test(size=(80, 24), notifications=True) as pilot:
        c = await Composing(coach, pilot).open("mine")
        assert "This routine cannot be opened" in c.said()
        assert "a link" in c.said()
        await c.press("enter")
        await c.open()
        await c.add("squat")
        await c.press("w")
        await c.field("name", "Mine")
        await c.press("enter")
    assert (elsewhere / "mine.toml").read_text() == text
    assert [path.name for path in elsewhere.iterdir()] == ["mine.toml"]


async def test_an_exercise_that_breaks_while_composing_takes_nothing_along(coach):
    """What was read at the beginning is what is worked with; the file is asked about when it is opened again."""
    write_own_files(coach)
    async with coach.app.run_test(size=(80, 24), notifications=True) as pilot:
        c = await Composing(coach, pilot).open("mine")
        (coach.paths.config / "exercises" / "odd.toml").write_text(EXERCISE.replace("hold_s = 5", "hold_s = 0"))
        await c.press("enter")
        assert isinstance(c.app.screen, DoseForm)
        await c.press("right")
        c.app.screen.query_one("#ask-hold_s", Input).value = "7"
        await c.press("enter", "w")
        assert "hold_s = 7" in (coach.paths.config / "routines" / "mine.toml").read_text()
