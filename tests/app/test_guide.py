"""The screen while exercising."""

import pytest

from trainer.app.summary import SummaryScreen
from trainer.app.widgets.pain_scale import PainScale
from trainer.guide.state import State

SIZE = (80, 24)


async def test_one_key_from_the_command_to_the_first_cue(coach):
    """A digit rates the pain before and begins; the rating and the beginning are in the file at once."""
    async with coach.begin("desk-break").run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "Pain now, before you begin?" in coach.shown()
        await pilot.press("3")
        assert coach.guide.conductor.engine.state is State.RUNNING
        kinds = [kind for kind, _ in coach.facts()]
        assert kinds == ["session_begun", "pain_rated"]
        assert coach.heard == ["get_ready"]


async def test_ten_has_a_key_of_its_own(coach):
    """The key t rates 10."""
    async with coach.begin("desk-break").run_test(size=SIZE) as pilot:
        await pilot.press("t")
        assert [body.nrs for kind, body in coach.facts() if kind == "pain_rated"] == [10]


@pytest.mark.parametrize("key", ["space", "l", "enter", "n"])
async def test_the_rating_before_can_be_left_out(coach, key):
    """Beginning without a rating records none."""
    async with coach.begin("desk-break").run_test(size=SIZE) as pilot:
        await pilot.press(key)
        assert coach.guide.conductor.engine.state is State.RUNNING
        assert [kind for kind, _ in coach.facts()] == ["session_begun"]


async def test_name_side_set_clock_cues_and_next_are_shown(coach):
    """What a person needs in an exercise stands on the screen."""
    async with coach.begin("lower-back-list").run_test(size=SIZE) as pilot:
        await pilot.press("space")
        coach.pass_until("work")
        coach.pass_time(1)
        await pilot.pause()
        shown = coach.shown()
        for text in (
            "Lower back list",
            "Bird dog",
            "left arm, right leg",
            "set 1 of 2",
            "Out · 1 of 4",
            "Move",
            "Next: right arm, left leg",
            "left",
            "█",
        ):
            assert text in shown, text


async def test_a_hold_counts_down_and_paints_only_when_its_second_changes(coach):
    """The clock's number changes once a second and no widget is updated between."""
    async with coach.begin("tilted-pelvis").run_test(size=SIZE) as pilot:
        await pilot.press("space")
        coach.pass_until("work")
        clock = coach.guide.query_one("#clock")
        seen = []
        for _ in range(10):
            seen.append(clock.value)
            coach.pass_time(0.5)
        assert seen == ["30", "30", "29", "29", "28", "28", "27", "27", "26", "26"]


async def test_space_pauses_and_no_timer_waits_while_time_stands(coach):
    """A paused guide has nothing that would wake it."""
    async with coach.begin("tilted-pelvis").run_test(size=SIZE) as pilot:
        await pilot.press("space")
        coach.pass_until("work")
        coach.pass_time(5)
        await pilot.press("space")
        assert coach.guide.conductor.engine.state is State.PAUSED
        assert coach.guide._timer is None
        assert "Paused" in coach.shown()
        coach.clock.t_ms += 60_000
        await pilot.press("space")
        assert coach.guide.conductor.engine.state is State.RUNNING
        assert coach.guide._timer is not None


async def test_a_gap_of_the_clock_pauses_and_says_so(coach):
    """After more than two seconds without a call nothing counts, and a notice tells why."""
    async with coach.begin("tilted-pelvis").run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("space")
        coach.pass_until("work")
        coach.pass_time(4)
        coach.clock.t_ms += 30_000
        coach.guide._tick()
        await pilot.pause()
        assert coach.guide.conductor.engine.state is State.PAUSED
        assert coach.guide.conductor.engine.elapsed_ms == 4000
        assert "stood still" in coach.shown()


async def test_next_back_more_less_redo_and_skip_reach_the_engine(coach):
    """Each key does what the footer says."""
    async with coach.begin("tilted-pelvis").run_test(size=SIZE) as pilot:
        await pilot.press("space")
        engine = coach.guide.conductor.engine
        await pilot.press("n")
        assert engine.step.kind == "work"
        coach.pass_time(2)
        await pilot.press("plus")
        assert engine.length_ms == 40_000
        await pilot.press("minus")
        assert engine.length_ms == 30_000
        await pilot.press("right")
        assert engine.step.kind == "change_side"
        await pilot.press("left")
        assert (engine.step.kind, engine.step.side) == ("get_ready", "left")
        await pilot.press("n")
        coach.pass_time(3)
        await pilot.press("r")
        assert engine.step.kind == "get_ready"
        await pilot.press("s")
        assert engine.step.kind == "rate"
        works = [body for kind, body in coach.facts() if kind == "work_done"]
        assert [(work.outcome, work.side, work.attempt) for work in works] == [
            ("cut_short", "left", 1),
            ("cut_short", "left", 2),
            ("skipped", "left", 3),
            ("skipped", "right", 1),
        ]


async def test_nobody_has_to_press_a_key_from_the_floor(coach):
    """After the rest the guide goes on by itself; the rating is owed and asked again at the end."""
    async with coach.begin("tilted-pelvis").run_test(size=SIZE) as pilot:
        await pilot.press("space")
        coach.pass_until("rate")
        await pilot.pause()
        assert coach.guide.query_one(PainScale).display
        coach.pass_until("get_ready")
        await pilot.pause()
        assert not coach.guide.query_one(PainScale).display
        assert [item.exercise.id for item in coach.guide.conductor.engine.owed] == ["deep-lunge"]
        while coach.guide.conductor.engine.state is State.RUNNING:
            coach.pass_time(0.5)
        await pilot.pause()
        assert isinstance(coach.app.screen, SummaryScreen)
        assert "Pain after Deep lunge?" in coach.shown()
        assert not any(kind == "pain_rated" for kind, _ in coach.facts())


async def test_a_rating_is_in_the_file_before_the_screen_moves_on(coach):
    """The fact is there at the moment the scale goes."""
    async with coach.begin("tilted-pelvis").run_test(size=SIZE) as pilot:
        await pilot.press("space")
        coach.pass_until("rate")
        await pilot.pause()
        await pilot.press("2")
        rated = [body for kind, body in coach.facts() if kind == "pain_rated"]
        assert [(body.when, body.exercise, body.nrs) for body in rated] == [("after_exercise", "deep-lunge", 2)]
        assert not coach.guide.query_one(PainScale).display


async def test_a_rating_of_five_or_more_says_what_the_sources_say_and_offers_three_ways(coach):
    """Time stands while the easier form, a stop and going on are offered."""
    async with coach.begin("tilted-pelvis").run_test(size=SIZE) as pilot:
        await pilot.press("space")
        coach.pass_until("rate")
        await pilot.pause()
        await pilot.press("5")
        await pilot.pause()
        shown = coach.shown()
        assert "You rated 5 of 10." in shown
        assert "ease it, change it or stop" in shown
        assert "half as much" in shown
        assert "Stop here" in shown
        assert "Go on" in shown
        assert coach.guide.conductor.engine.state is State.PAUSED
        await pilot.press("e")
        engine = coach.guide.conductor.engine
        assert engine.state is State.RUNNING
        assert engine.step.item.eased
        assert [kind for kind, _ in coach.facts()].count("eased") == 1


async def test_a_rating_of_four_just_goes_on(coach):
    """Below the limit nothing is asked."""
    async with coach.begin("tilted-pelvis").run_test(size=SIZE) as pilot:
        await pilot.press("3")
        coach.pass_until("rate")
        await pilot.pause()
        await pilot.press("4")
        await pilot.pause()
        assert coach.app.screen is coach.guide
        assert coach.guide.conductor.engine.state is State.RUNNING


async def test_pain_that_grew_by_two_points_is_answered_too(coach):
    """Exercise should not make the pain worse than before it."""
    async with coach.begin("tilted-pelvis").run_test(size=SIZE) as pilot:
        await pilot.press("1")
        coach.pass_until("rate")
        await pilot.pause()
        await pilot.press("3")
        await pilot.pause()
        assert "3 of 10, and 1 before" in coach.shown()


async def test_stop_keeps_what_was_done_and_asks_for_the_rating(coach):
    """Stopping in a hold records it as cut short with its seconds; the summary asks for what is owed."""
    async with coach.begin("tilted-pelvis").run_test(size=SIZE) as pilot:
        await pilot.press("space")
        coach.pass_until("work")
        coach.pass_time(14)
        await pilot.press("q")
        await pilot.pause()
        assert "What you have done is kept" in coach.shown()
        await pilot.press("s")
        await pilot.pause()
        assert "cut short: 14 of 30 s" in coach.shown()
        assert "not reached" in coach.shown()
        assert [kind for kind, _ in coach.facts()] == ["session_begun", "work_done", "session_ended"]


async def test_leaving_can_be_taken_up_again_at_its_step(make_coach):
    """A session left today is offered again where it broke off, and goes on under the same id."""
    first = make_coach()
    async with first.begin("lower-back-list").run_test(size=SIZE) as pilot:
        await pilot.press("2")
        first.pass_until("rate")
        await pilot.pause()
        await pilot.press("1")
        first.pass_until("work")
        first.pass_time(5)
        session = first.guide.conductor.session
        await pilot.press("q", "l")
        await pilot.pause()
    first.kit.close()
    again = make_coach()
    async with again.begin("lower-back-list").run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "A session of today is not ended" in again.shown()
        assert "Forearm plank" in again.shown()
        await pilot.press("g")
        await pilot.pause()
        assert again.guide.conductor.session == session
        step = again.guide.conductor.engine.step
        assert (step.item.exercise.id, step.set_no, step.kind) == ("forearm-plank", 1, "get_ready")
        assert again.guide.conductor.pain_before == 2
    facts = again.facts()
    assert [kind for kind, _ in facts].count("session_begun") == 1
    assert "session_resumed" in [kind for kind, _ in facts]


async def test_starting_anew_leaves_the_old_session_in_the_log(make_coach):
    """The broken-off session stays, and a new one begins."""
    first = make_coach()
    async with first.begin("tilted-pelvis").run_test(size=SIZE) as pilot:
        await pilot.press("space")
        first.pass_until("rate")
        await pilot.press("q", "l")
    first.kit.close()
    again = make_coach()
    async with again.begin("tilted-pelvis").run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("a")
        await pilot.pause()
        await pilot.press("space")
        assert [kind for kind, _ in again.facts()].count("session_begun") == 2


async def test_a_signal_keeps_what_was_done(coach):
    """SIGTERM records the work under way and leaves with 128 and its number."""
    async with coach.begin("tilted-pelvis").run_test(size=SIZE) as pilot:
        await pilot.press("space")
        coach.pass_until("work")
        coach.pass_time(7)
        coach.app.leave_on_signal(15)
        await pilot.pause()
    assert coach.app.return_code == 143
    works = [body for kind, body in coach.facts() if kind == "work_done"]
    assert [(work.outcome, work.actual_ms) for work in works] == [("cut_short", 7000)]
    assert "session_ended" not in [kind for kind, _ in coach.facts()]


async def test_a_rehearsal_records_nothing(make_coach):
    """No file is made."""
    coach = make_coach(rehearsal=True)
    async with coach.begin("desk-break").run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "rehearsal" in coach.shown()
        while coach.guide.conductor.engine.state is State.RUNNING:
            coach.pass_time(0.5)
        await pilot.pause()
        assert isinstance(coach.app.screen, SummaryScreen)
        await pilot.press("4", "3", "q")
    assert not coach.paths.data.exists()


async def test_from_step_begins_at_that_exercise(coach):
    """A number or an id names the exercise to begin with."""
    async with coach.begin("lower-back-list", "3").run_test(size=SIZE) as pilot:
        await pilot.press("space")
        assert coach.guide.conductor.engine.step.item.exercise.id == "side-plank"


async def test_a_full_disk_does_not_end_the_session(coach, monkeypatch):
    """The trouble is said, the session goes on, and what waited is stored once it can be."""
    from sessions import LogbookUnwritable

    async with coach.begin("tilted-pelvis").run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("space")
        journal = coach.kit.journal
        append = journal.logbook.append

        def full(draft):
            raise LogbookUnwritable("The disk is full.")

        journal.logbook.append = full
        coach.pass_until("rate")
        await pilot.pause()
        await pilot.press("2")
        await pilot.pause()
        assert "Not saved: The disk is full." in coach.shown()
        assert len(journal.pending) == 3
        journal.logbook.append = append
        await pilot.press("q", "s")
        await pilot.pause()
        assert not journal.pending
    assert [body.nrs for kind, body in coach.facts() if kind == "pain_rated"] == [2]


async def test_reduced_motion_flashes_nothing(make_coach, monkeypatch):
    """With the setting no class that paints a flash is ever set; with full motion it is."""
    monkeypatch.setattr("trainer.app.widgets.stage.FLASH_S", 3600)
    for motion, flashed in (("reduced", False), ("full", True)):
        coach = make_coach(motion=motion)
        async with coach.begin("desk-break").run_test(size=SIZE) as pilot:
            await pilot.press("space")
            assert coach.guide.query_one("#clock").has_class("flash") is flashed
        coach.kit.close()


async def test_care_is_one_key_away_and_time_stands_meanwhile(coach):
    """F1 shows the notes on care in the middle of an exercise."""
    async with coach.begin("tilted-pelvis").run_test(size=SIZE) as pilot:
        await pilot.press("space")
        coach.pass_until("work")
        await pilot.press("f1")
        await pilot.pause()
        assert "emergency number" in coach.shown()
        assert coach.guide.conductor.engine.state is State.PAUSED
        await pilot.press("escape")
        assert coach.app.screen is coach.guide


async def test_each_boundary_sounds(coach):
    """Get ready, three, two, one, start, half way, change of side: in that order."""
    async with coach.begin("tilted-pelvis").run_test(size=SIZE) as pilot:
        await pilot.press("space")
        coach.pass_until("change_side")
        await pilot.pause()
    count = ["count"] * 3
    assert coach.heard == ["get_ready", *count, "start", "half_way", *count, "change_side"]


async def test_h_tells_all_about_the_exercise_and_the_guide_waits(coach):
    """What has no room beside the clock is on a page of its own: reason, cues, when to stop, when to leave it out."""
    async with coach.begin("pregnancy").run_test(size=(40, 15)) as pilot:
        await pilot.press("space")
        coach.pass_until("work")
        await pilot.press("h")
        await pilot.pause()
        assert coach.guide.conductor.engine.state is State.PAUSED
        told = str(coach.app.screen.text)
        item = coach.guide.conductor.engine.step.item
        for text in (item.name, *item.exercise.cues.stop_if, *item.exercise.leave_out, *coach.guide.plan.routine.notes):
            assert text in told, text
        before = coach.shown()
        await pilot.press("pagedown")
        await pilot.pause()
        assert coach.shown() != before
        await pilot.press("escape")
        assert coach.guide.conductor.engine.state is State.RUNNING


async def test_a_pause_of_ones_own_outlasts_the_page(coach):
    """Who paused before looking goes on by a key of their own."""
    async with coach.begin("desk-break").run_test(size=SIZE) as pilot:
        await pilot.press("space", "space", "h", "h")
        assert coach.guide.conductor.engine.state is State.PAUSED


@pytest.mark.parametrize("size", [(40, 15), (80, 24), (120, 40)])
async def test_the_notes_of_a_routine_are_told_before_it_begins(coach, size):
    """They stand above the first cues; where they do not fit, a line says by which key one reads them."""
    async with coach.begin("pregnancy").run_test(size=size) as pilot:
        await pilot.pause()
        shown = coach.shown()
        assert "Please note" in shown
        assert "Only after asking your provider" in shown
        assert ("… h shows all" in shown) == (size != (120, 40))
        await pilot.press("h")
        await pilot.pause()
        told = str(coach.app.screen.text)
        assert told.index(coach.guide.plan.routine.notes[0]) < told.index("Set up")


async def test_the_reason_of_a_step_is_shown_while_getting_ready(coach):
    """`why` stands below the cues."""
    async with coach.begin("desk-break").run_test(size=(120, 40)) as pilot:
        await pilot.press("space")
        await pilot.pause()
        assert coach.guide.plan.routine.step[0].why
        assert "Why" in coach.shown()


@pytest.mark.parametrize("size", [(40, 15), (80, 24)])
async def test_escape_closes_the_help_before_it_means_anything_else(coach, size):
    """The help covers a narrow screen; one press leads back to the guide, the next asks about stopping."""
    async with coach.begin("desk-break").run_test(size=size) as pilot:
        await pilot.press("space", "question_mark")
        await pilot.pause()
        (panel,) = coach.app.screen.query("HelpPanel")
        assert panel.size.width >= 26
        await pilot.press("escape")
        await pilot.pause()
        assert not coach.app.screen.query("HelpPanel")
        assert coach.app.screen is coach.guide
        assert coach.guide.conductor.engine.state is State.RUNNING
        await pilot.press("escape")
        await pilot.pause()
        assert coach.app.screen is not coach.guide


@pytest.mark.parametrize("size", [(40, 15), (80, 24)])
async def test_the_help_scrolls_by_key(coach, size):
    """Page down and up scroll the help while it is open; focus stays where it was, so that a digit still rates."""
    async with coach.begin("desk-break").run_test(size=size) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        first = coach.shown()
        await pilot.press("pagedown")
        await pilot.pause()
        assert coach.shown() != first
        await pilot.press("pageup")
        await pilot.pause()
        assert coach.shown() == first
        await pilot.press("escape", "3")
        assert [body.nrs for kind, body in coach.facts() if kind == "pain_rated"] == [3]


@pytest.mark.parametrize("width", [24, 32, 40, 60, 79, 80, 120])
async def test_a_narrow_line_of_keys_still_names_the_help(coach, width):
    """Where few keys fit, the last one shown is the one that shows all."""
    async with coach.begin("desk-break").run_test(size=(width, 15)) as pilot:
        await pilot.pause()
        assert "? Help" in " ".join(coach.shown().splitlines()[-1].split())
