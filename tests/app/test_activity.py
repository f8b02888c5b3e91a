"""Logging an activity by hand, and seeing it and a session's answers again."""

import pytest
from textual import events
from textual.widgets import OptionList

from sessions import ActivityLogged, CheckAnswered, LogbookError, SessionBegun, SessionEnded, WorkDone
from tests.app.pressing import press
from trainer.app.activity import Activities, ActivityScreen
from trainer.app.home import HomeScreen
from trainer.app.widgets.field import Field

SIZE = (40, 15)


class Asked:
    """The screen, opened on the home screen, and what it was dismissed with."""

    def __init__(self, coach, pilot):
        self.coach, self.pilot = coach, pilot
        self.answers = []

    async def open(self):
        await self.pilot.pause()
        self.coach.app.push_screen(ActivityScreen(), self.answers.append)
        await self.pilot.pause()
        return self

    async def press(self, *keys):
        await press(self.pilot, *keys)

    @property
    def screen(self):
        return self.coach.app.screen

    @property
    def chosen(self):
        intensity = self.screen.query_one("#intensity", OptionList)
        return (
            self.screen.query_one(Activities).chosen.id,
            self.screen.query_one(Field).value,
            intensity.get_option_at_index(intensity.highlighted).id,
        )


def logged(coach):
    return [body for kind, body in coach.facts() if kind == "activity_logged"]


@pytest.mark.parametrize("size", [(80, 24), (40, 15), (30, 8)], ids=str)
async def test_letters_digits_enter(coach, size):
    """An activity is kept by its first letters, its minutes and Enter, and a notice says what the week adds up to."""
    async with coach.app.run_test(size=size, notifications=True) as pilot:
        asked = await Asked(coach, pilot).open()
        await asked.press("r", "u", "2", "0")
        assert asked.chosen == ("run", "20", "vigorous")
        await asked.press("enter")
        assert isinstance(asked.screen, HomeScreen)
        assert asked.answers == [True]
        (notice,) = list(coach.app._notifications)
        assert notice.message == (
            "Kept: Run, 20 min, vigorous.\nLogged this week: 40 min moderate (20 vigorous, each counted twice). "
            "The sources name 150 min moderate or 75 vigorous a week."
        )
    assert logged(coach) == [ActivityLogged("run", "Run", 1_200_000, "vigorous")]


async def test_all_is_seen_at_40_columns(coach):
    """Activities, minutes, the three intensities and the keys stand on a small screen."""
    async with coach.app.run_test(size=SIZE) as pilot:
        await Asked(coach, pilot).open()
        shown = coach.shown()
    for text in ("Walk", "Minutes, 1 to 1440", "light", "moderate", "vigorous", "Enter Keep", "Esc Back"):
        assert text in shown


async def test_arrows_and_tab(coach):
    """Everything can be chosen by arrows and Tab as well."""
    async with coach.app.run_test(size=SIZE) as pilot:
        asked = await Asked(coach, pilot).open()
        await asked.press("down", "down", "tab", "4", "5", "tab", "down")
        assert asked.chosen == ("swim", "45", "vigorous")
        await asked.press("enter")
    assert logged(coach) == [ActivityLogged("swim", "Swim", 2_700_000, "vigorous")]


async def test_escape_keeps_nothing(coach):
    """Escape leaves at any point, and nothing is taken down."""
    async with coach.app.run_test(size=SIZE) as pilot:
        asked = await Asked(coach, pilot).open()
        await asked.press("w", "2", "0", "escape")
        assert isinstance(asked.screen, HomeScreen)
        assert asked.answers == [False]
    assert logged(coach) == []


@pytest.mark.parametrize("typed", [[], ["0"], ["1", "4", "4", "1"]], ids=str)
async def test_minutes_out_of_range(coach, typed):
    """Without minutes from 1 to 1440 nothing is kept; Enter leads to them and says what is allowed."""
    async with coach.app.run_test(size=SIZE, notifications=True) as pilot:
        asked = await Asked(coach, pilot).open()
        await asked.press("w", *typed, "enter")
        assert isinstance(asked.screen.focused, Field)
        await asked.press("enter")
        assert isinstance(asked.screen, ActivityScreen)
        assert "Minutes, 1 to 1440." in [notice.message for notice in coach.app._notifications]
        await asked.press("backspace", "backspace", "backspace", "backspace", "7", "enter")
    assert [body.active_ms for body in logged(coach)] == [420_000]


async def test_minutes_take_digits_only(coach):
    """Nothing but four ASCII digits fits into the minutes, typed or pasted."""
    async with coach.app.run_test(size=SIZE) as pilot:
        asked = await Asked(coach, pilot).open()
        await asked.press("tab", "m", "minus", "1", "full_stop", "2", "q", "3", "4", "5")
        assert asked.chosen == ("walk", "1234", "moderate")
        asked.screen.query_one(Field).value = ""
        asked.screen.query_one(Field).post_message(events.Paste("\x1b[2J٢٠"))
        await pilot.pause()
        assert asked.chosen[1] == ""


@pytest.mark.parametrize(
    ("keys", "id"),
    [
        ("st", "strength-class"),
        ("cy", "cycle"),
        ("cl", "climb-stairs"),
        ("jog", "run"),
        ("wr", "run"),
        ("m", "garden"),
        ("x", "walk"),
    ],
)
async def test_letters_choose(coach, keys, id):
    """Letters choose by name, alias or word; one that no longer fits begins anew. None is a key of the program."""
    async with coach.app.run_test(size=SIZE) as pilot:
        asked = await Asked(coach, pilot).open()
        await asked.press(*keys)
        assert asked.chosen[0] == id
        assert not list(coach.app._notifications)


async def test_an_arrow_ends_a_word(coach):
    """After an arrow, letters begin a new word."""
    async with coach.app.run_test(size=SIZE) as pilot:
        asked = await Asked(coach, pilot).open()
        await asked.press("c", "down", "l")
        assert asked.chosen[0] == "swim"  # laps


async def test_digits_typed_fast_are_all_taken(coach):
    """Two digits that come before the minutes have the focus are the minutes, in their order."""
    async with coach.app.run_test(size=SIZE) as pilot:
        asked = await Asked(coach, pilot).open()
        options = asked.screen.query_one(Activities)
        for digit in "35":
            options.post_message(events.Key(digit, digit))
        await pilot.pause()
        await asked.press("0")
        assert asked.chosen[1] == "350"
        await asked.press("shift+tab", "9")
        assert asked.chosen[1] == "9"


async def test_the_usual_intensity_follows_until_one_is_chosen(coach):
    """Each activity brings its own; what the person chose stays."""
    async with coach.app.run_test(size=SIZE) as pilot:
        asked = await Asked(coach, pilot).open()
        assert asked.chosen[2] == "moderate"
        await asked.press("r", "u")
        assert asked.chosen[2] == "vigorous"
        await asked.press("y")
        assert asked.chosen[2] == "light"
        await asked.press("tab", "tab", "down", "shift+tab", "shift+tab", "r", "u")
        assert asked.chosen[2] == "moderate"


async def test_a_click_only_chooses(coach):
    """A click on an activity keeps nothing, even where minutes stand there."""
    async with coach.app.run_test(size=(80, 24)) as pilot:
        asked = await Asked(coach, pilot).open()
        await asked.press("2", "0")
        await pilot.click("#activities", offset=(2, 2))
        await pilot.pause()
        assert asked.chosen == ("swim", "20", "moderate")
        assert isinstance(asked.screen, ActivityScreen)
    assert logged(coach) == []


async def test_a_disk_that_takes_nothing(coach, monkeypatch):
    """What cannot be stored waits, and a notice says why."""
    async with coach.app.run_test(size=SIZE, notifications=True) as pilot:
        asked = await Asked(coach, pilot).open()

        def full(draft):
            raise LogbookError("The disk is full.")

        monkeypatch.setattr(coach.kit.journal.logbook, "append", full)
        await asked.press("w", "5", "enter")
        assert [notice.message for notice in coach.app._notifications] == ["Not saved yet: The disk is full."]
        assert [draft.kind for draft in coach.kit.journal.pending] == ["activity_logged"]


@pytest.mark.parametrize("size", [(200, 50), (20, 5), (10, 3), (1, 1)], ids=str)
async def test_any_size(coach, size):
    """The screen is painted at any size without a fault, and works by keyboard at each."""
    async with coach.app.run_test(size=size) as pilot:
        asked = await Asked(coach, pilot).open()
        await asked.press("w", "5", "enter")
    assert len(logged(coach)) == 1


async def test_the_log_has_activities_among_the_sessions(coach):
    """An activity stands in the list with its length and intensity, and opens as one."""
    journal = coach.kit.journal
    journal.write(journal.new_session(), ActivityLogged("walk", "Walk [/b]", 1_200_000, "light"))
    async with coach.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("l")
        await pilot.pause()
        assert "Walk [/b]  20 min, light" in coach.shown()
        await pilot.press("enter")
        await pilot.pause()
        shown = coach.shown()
        assert "20 min. Light, logged by hand." in shown
        assert "Pain" not in shown


async def test_a_session_shows_its_level_and_answers(coach):
    """Level, weaker side, what a short form left out and each side's answer stand on the session's screen."""
    journal = coach.kit.journal
    session = journal.new_session()
    for body in (
        SessionBegun("ladder", "Ladder", "x", (), 2, level=2, levels=7, weaker="left", left_out=("Clam", "Bridge")),
        WorkDone(1, 0, "sway", "Sway", 1, 1, "none", "done", 1, 1_000, 1_000, None, None),
        CheckAnswered(0, "sway", "Sway [b]", "left", "Did you sway?", "yes", "Yes, a little"),
        CheckAnswered(0, "sway", "Sway [b]", "none", "Both?", "no", "No"),
        SessionEnded("finished", "", 60_000),
    ):
        journal.write(session, body)
    async with coach.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("l")
        await pilot.pause()
        assert "level 2 of 7" in coach.shown()
        await pilot.press("enter")
        await pilot.pause()
        shown = [line.strip(" ▁▂▃▄▅▆▇█") for line in coach.shown().splitlines()]
    assert "Finished, level 2 of 7." in shown[1]
    assert "Weaker side, as you called it: left." in shown
    assert "Left out in this short form: Clam; Bridge." in shown
    at = shown.index("Your answers")
    assert shown[at + 1 : at + 3] == ["– Sway [b] (left side): Did you sway? Yes, a little", "– Sway [b]: Both? No"]


async def test_the_log_pages_through_sessions_of_one_moment(coach, monkeypatch):
    """Activities logged for one day's noon are all there, however many pages the list takes."""
    monkeypatch.setattr("trainer.app.session_list.PAGE", 3)
    journal = coach.kit.journal
    for _ in range(8):
        journal.write(journal.new_session(), ActivityLogged("walk", "Walk", 60_000, "light"))
    async with coach.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("l")
        await pilot.pause()
        for _ in range(4):
            await pilot.press("end")
            await pilot.pause()
        sessions = [option for option in coach.app.screen.query_one(OptionList).options if option.id]
        assert len(sessions) == 8
