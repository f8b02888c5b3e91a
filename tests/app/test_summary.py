"""After the last step, and looking back."""

from textual.widgets import Input

from tests.app.pressing import press
from trainer.app.history import HistoryScreen
from trainer.app.home import HomeScreen
from trainer.app.one_session import SessionScreen
from trainer.app.summary import SummaryScreen

SIZE = (80, 24)


async def do_desk_break(coach, pilot, before="3"):
    await pilot.press(before)
    coach.pass_until("rate")
    await pilot.pause()


async def test_what_was_done_pain_before_and_after_and_tomorrow_are_shown(coach):
    """The summary tells the session and what comes next."""
    async with coach.begin("desk-break").run_test(size=SIZE) as pilot:
        await do_desk_break(coach, pilot)
        await press(pilot, "1")
        assert isinstance(coach.app.screen, SummaryScreen)
        assert "Pain now, after the session?" in coach.shown()
        await press(pilot, "1")
        shown = coach.shown()
        for text in (
            "Desk break: done",
            "Mountain pose  done  pain 1",
            "Pain before 3, after 1: less.",
            "Tomorrow",
            "only if tomorrow morning",
        ):
            assert text in shown, text
        await press(pilot, "q")
    assert coach.app.return_code == 0


async def test_an_owed_rating_can_be_given_or_left_and_none_is_invented(coach):
    """Leaving the question writes nothing; answering it writes that answer."""
    async with coach.begin("tilted-pelvis").run_test(size=SIZE) as pilot:
        await pilot.press("space")
        coach.pass_until("rate")
        coach.pass_until("work")
        coach.pass_until("rate")
        coach.pass_time(30)
        await pilot.pause()
        assert "Pain after Deep lunge?" in coach.shown()
        assert "not rated" in coach.shown()
        await press(pilot, "l")
        assert "Pain after Glute bridge?" in coach.shown()
        await press(pilot, "2", "enter", "q")
    rated = [body for kind, body in coach.facts() if kind == "pain_rated"]
    assert [(body.when, body.exercise, body.nrs) for body in rated] == [("after_exercise", "glute-bridge", 2)]


async def test_a_note_is_kept_by_enter_and_also_when_one_just_leaves(coach):
    """What stands in the field is never lost."""
    async with coach.begin("desk-break").run_test(size=SIZE) as pilot:
        await do_desk_break(coach, pilot)
        await pilot.press("1", "1", "w")
        await press(pilot, *"stiff today", "enter")
        assert [body.text for kind, body in coach.facts() if kind == "note"] == ["stiff today"]
        coach.app.screen.query_one(Input).value = "better now"
        await press(pilot, "q")
    assert [body.text for kind, body in coach.facts() if kind == "note"] == ["stiff today", "better now"]


async def test_the_log_shows_the_session_and_its_detail(coach):
    """The session is found in the log right afterwards."""
    async with coach.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("enter")
        await do_desk_break(coach, pilot)
        await press(pilot, "1", "2", "q")
        await press(pilot, "l")
        assert isinstance(coach.app.screen, HistoryScreen)
        assert "Sun 1 Mar 2026" in coach.shown()
        assert "13:0" in coach.shown()
        assert "Desk break" in coach.shown()
        assert "3 → 2" in coach.shown()
        await press(pilot, "enter")
        assert isinstance(coach.app.screen, SessionScreen)
        assert "Mountain pose: done. Pain 1 of 10" in coach.shown()
        await press(pilot, "escape", "escape")
        assert isinstance(coach.app.screen, HomeScreen)


async def test_an_empty_log_says_so(coach):
    """No sessions is no error."""
    async with coach.app.run_test(size=SIZE) as pilot:
        await press(pilot, "l")
        assert "No sessions yet." in coach.shown()


async def test_a_logbook_that_cannot_be_opened_is_named_and_left_alone(coach):
    """A foreign file stays as it is, the session runs, and the screen says that nothing is kept."""
    coach.paths.data.mkdir(parents=True)
    coach.paths.logbook.write_bytes(b"something of mine")
    async with coach.begin("desk-break").run_test(size=SIZE, notifications=True) as pilot:
        await pilot.pause()
        assert "Not saved" in coach.shown()
        await do_desk_break(coach, pilot)
        await press(pilot, "1", "1")
        assert "Not saved yet" in coach.shown()
        assert len(coach.kit.journal.pending) == 6
    assert coach.paths.logbook.read_bytes() == b"something of mine"
