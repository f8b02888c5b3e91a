"""A session that is left, and goes on."""

from __future__ import annotations

from functools import partial

import pytest

from sessions import Logbook
from sessions.records import PainRated, SessionEnded, SessionResumed, WorkDone
from tests.led import PLAN, RANDOM, Led, N
from trainer.guide import events as e
from trainer.guide.record import resume_at


@pytest.fixture
def logbook(tmp_path):
    with Logbook.open(tmp_path / "logbook.sqlite", random=RANDOM) as opened:
        yield opened


@pytest.fixture
def lead(logbook):
    return partial(Led, logbook)


def test_leaving_keeps_the_work_and_writes_no_end(lead):
    """Who leaves keeps what was done, as cut short; the session has no end, and no fanfare sounds."""
    led = lead().start().do(N, 5)
    events = led.give(led.conductor.leave())
    assert isinstance(events[-1], e.Finished)
    assert [(work.outcome, work.actual_ms) for work in led.facts(WorkDone)] == [("cut_short", 5000)]
    assert led.facts(SessionEnded) == []
    assert "finished" not in led.sounds()
    assert led.conductor.stopped
    assert led.detail().row.how is None


def test_a_work_only_begun_is_not_recorded_by_leaving(lead):
    """What was left in its first second waits for the session to go on."""
    led = lead().start().do(N)
    led.conductor.leave()
    assert led.facts(WorkDone) == []


@pytest.mark.parametrize("entries", [(N, 5, e.Pause()), (N, 5, e.Pause(), e.Resume())])
def test_leaving_in_a_pause_keeps_the_work(lead, entries):
    """A work that was paused, or waits behind its lead-in, is kept too."""
    led = lead().start().do(*entries)
    led.conductor.leave()
    assert [(work.outcome, work.actual_ms) for work in led.facts(WorkDone)] == [("cut_short", 5000)]


def test_there_is_nothing_to_leave_before_or_after(lead):
    """Before the beginning and after the end, leaving does nothing."""
    led = lead()
    assert led.conductor.leave() == ()
    assert led.made_journals == 0
    led.start().do(e.Stop())
    assert led.conductor.leave() == ()
    assert led.facts(SessionEnded) == [SessionEnded("stopped", "", 0, 0)]


def test_a_session_that_ended_while_one_left_is_ended(lead):
    """Where the last rest was over by the time one left, the session has reached its end, and says so."""
    led = lead().start(5).do(N, 20, 14)
    led.clock.t_ms += 1500
    led.give(led.conductor.leave())
    assert [ended.how for ended in led.facts(SessionEnded)] == ["finished"]
    assert led.sounds()[-1] == "finished"
    assert not led.conductor.stopped


def test_a_work_that_ended_while_one_left_is_done(lead):
    """A work that was over by the time one left is recorded as done, and nothing of what came after."""
    led = lead().start().do(N, 19)
    led.clock.t_ms += 1500
    led.give(led.conductor.leave())
    assert [(work.outcome, work.actual_ms) for work in led.facts(WorkDone)] == [("done", 20_000)]
    assert led.facts(SessionEnded) == []


def test_a_session_that_goes_on_is_one_session(lead):
    """What goes on keeps its id, its pain before, its works and ratings, and counts the time before."""
    led = lead().start(pain_before=2).do(N, 20, N, 20, e.Rate(0, 1), 15, N, 5)
    led.conductor.leave()
    detail = led.detail()
    again = lead(going_on=detail)
    at = resume_at(PLAN, detail.works)
    assert again.conductor.pain_before == 2
    again.start(at).do(N, 20, e.Rate(1, 3), 15)
    assert [type(fact) for fact in again.facts()] == [SessionResumed, WorkDone, PainRated, SessionEnded]
    assert again.facts(SessionResumed) == [SessionResumed(at)]
    (ended,) = again.facts(SessionEnded)
    assert detail.row.active_ms == 45_000
    assert ended.active_ms == 45_000 + 35_000
    assert again.conductor.session == led.conductor.session
    assert [(one.what, one.nrs) for one in again.conductor.results()] == [("done", 1), ("done", 3)]
    assert again.conductor.rated() == [("one", 1), ("two", 3)]
    assert again.detail().row.how == "finished"


def test_a_rating_owed_before_is_asked_when_the_session_goes_on(lead):
    """What was done and not rated before the session broke off is still owed."""
    led = lead().start().do(N, 20)
    led.conductor.leave()
    again = lead(going_on=led.detail())
    assert [item.name for item in again.conductor.engine.owed] == ["one"]
