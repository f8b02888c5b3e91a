"""Which session can go on."""

from __future__ import annotations

import pytest

from sessions import LogbookBusy
from sessions.records import WorkDone
from tests.by_hand import HandClock
from tests.desk import EXERCISE, ROUTINE, STEPS, Desk
from trainer.cues.player import SilentPlayer
from trainer.guide import events as e
from trainer.guide.state import GAP_MS
from trainer.journal import Journal


@pytest.fixture
def desk(tmp_path):
    with Desk(tmp_path) as made:
        yield made


def test_a_session_of_today_can_go_on(desk):
    """Today's session of the same routine that broke off is found, with the step before its next work."""
    session = desk.break_off()
    found = desk.resumable()
    assert (found.detail.row.id, found.step) == (session, 2)


def test_where_only_the_end_is_missing(desk):
    """A session of which all works were done goes on behind the last step."""
    desk.break_off(works=4)
    kit = desk.kit()
    prepared, _ = kit.prepare("mine")
    assert kit.resumable(prepared).step == len(prepared.steps)


def test_nothing_to_go_on_with(desk):
    """Without a session, without a work, or after the end there is none."""
    assert desk.resumable() is None
    desk.break_off(works=0)
    assert desk.resumable() is None


def test_an_ended_session_does_not_go_on(desk):
    """A session that was stopped has its end."""
    kit = desk.kit()
    conductor = kit.conductor(*kit.prepare("mine"), SilentPlayer())
    conductor.start()
    conductor.send(e.Next())
    desk.clock.t_ms += 1500
    conductor.send(e.Stop())
    assert [work.outcome for work in conductor.works] == ["cut_short"]
    assert desk.resumable() is None


def test_another_routine_does_not_go_on_with_it(desk):
    """What broke off in one routine is no beginning of another, alike as they may be."""
    desk.break_off("other")
    assert desk.resumable("mine") is None
    assert desk.resumable("other") is not None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("exercises/mine-a.toml", EXERCISE.format(id="mine-a", hold_s=21)),
        ("exercises/mine-b.toml", EXERCISE.format(id="mine-b", hold_s=20).replace("Any.", "Other.")),
        ("routines/mine.toml", ROUTINE.format(id="mine", steps=STEPS + "rest_after_s = 5\n")),
        ("routines/mine.toml", ROUTINE.format(id="mine", steps=STEPS * 2)),
    ],
)
def test_a_changed_routine_does_not_go_on(desk, name, text):
    """Where the routine, an exercise or a dose was changed since, the session is not offered."""
    desk.break_off()
    desk.write(name, text)
    assert desk.resumable() is None


def test_a_comment_changes_no_routine(desk):
    """What changes nothing of the content is no change."""
    desk.break_off()
    desk.write("routines/mine.toml", "# a remark\n" + ROUTINE.format(id="mine", steps=STEPS))
    assert desk.resumable() is not None


def test_yesterdays_session_does_not_go_on(desk):
    """The next day is a new one, by the person's own clock: 13:00 in Berlin leaves eleven hours."""
    desk.break_off()
    desk.clock.t_ms = 11 * 3_600_000 - 1
    assert desk.resumable() is not None
    desk.clock.t_ms += 1
    assert desk.resumable() is None


def test_a_rehearsal_takes_up_nothing(desk):
    """A rehearsal neither goes on with a session nor looks for one."""
    desk.break_off()
    assert desk.resumable(rehearsal=True) is None


def test_a_clock_set_back_does_not_hide_the_session(desk):
    """Where the wall clock was set back within the session, its beginning is still found."""
    kit = desk.kit()
    desk.clock.t_ms = 3_600_000
    conductor = kit.conductor(*kit.prepare("mine"), SilentPlayer())
    conductor.start()
    journal = kit.journal
    journal.write(
        conductor.session, WorkDone(1, 0, "mine-a", "mine-a", 1, 1, "left", "done", 1, 20_000, 20_000, None, None)
    )
    desk.clock.t_ms = 0
    journal.write(
        conductor.session, WorkDone(3, 0, "mine-a", "mine-a", 1, 1, "right", "done", 1, 20_000, 20_000, None, None)
    )
    assert desk.resumable() is not None


@pytest.mark.parametrize("method", ["unfinished", "session", "facts"])
def test_a_logbook_that_cannot_say_offers_nothing(desk, method):
    """Where the logbook cannot be read at this moment there is nothing to go on with, and nothing is raised."""
    desk.break_off()
    kit = desk.kit()
    prepared, _ = kit.prepare("mine")

    def busy(*args):
        raise LogbookBusy("Another program holds it.")

    setattr(kit.journal.logbook, method, busy)
    assert kit.resumable(prepared) is None


def test_without_a_logbook_there_is_nothing(desk):
    """Where there is no logbook at all, nothing was broken off."""
    kit = desk.kit()
    kit.__dict__["journal"] = Journal(None, stamp=desk.clock.stamp, random=desk.random, trouble="It is damaged.")
    assert kit.unfinished() is None
    assert kit.resumable(kit.prepare("mine")[0]) is None


def test_what_leads_it_on_knows_what_was(desk):
    """A session that goes on has its works, its owed ratings and its id."""
    session = desk.break_off()
    kit = desk.kit(pain_limit=3)
    prepared, exercises = kit.prepare("mine")
    conductor = kit.conductor(prepared, exercises, SilentPlayer(), going_on=kit.resumable(prepared))
    assert (conductor.session, conductor.pain_limit) == (session, 3)
    assert [item.place for item in conductor.engine.owed] == [0]
    assert [work.outcome for work in conductor.works] == ["done"]


def test_a_gap_grows_with_the_clocks_speed(desk):
    """In a rehearsal at twenty times the speed, time between two calls may be twenty times as long."""
    kit = desk.kit(clock=HandClock(20))
    conductor = kit.conductor(*kit.prepare("mine"), SilentPlayer())
    assert conductor.engine._gap_ms == 20 * GAP_MS
