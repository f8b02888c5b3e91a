"""Whatever the plan, whatever is asked for, however late the calls: what always holds of the guide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.guide.any_session import SETTINGS, Script, cuts, plans, scripts, told, wishes
from trainer.guide import events as e
from trainer.guide.engine import LEAST_WORK_MS, Engine
from trainer.guide.marks import Mark, marks
from trainer.guide.plan import Plan, Step
from trainer.guide.state import State

MARKS = (
    e.HalfWay,
    e.SecondsLeft,
    e.PartBegan,
    e.RepetitionBegan,
    e.RepetitionHeld,
    e.RepetitionReturned,
    e.BreathIn,
    e.BreathOut,
)

# --- what the events tell ------------------------------------------------------------------------


@dataclass
class Told:
    """One run of a step."""

    step: Step
    lasted_ms: int = 0
    marks: list[tuple[int, e.Event]] = field(default_factory=list)
    changed: int = 0


def runs(events: Sequence[e.Event]) -> list[Told]:
    """Every run, with the running time that its events tell; whatever does not fit raises."""
    done: list[Told] = []
    under_way: list[Told] = []
    running, last_ms = True, events[0].at_ms
    for event in events:
        if running and under_way:
            under_way[-1].lasted_ms += event.at_ms - last_ms
        last_ms = event.at_ms
        match event:
            case e.StepBegan(_, step):
                assert len(under_way) < 2
                assert not under_way or under_way[-1].step.kind == "work"
                under_way.append(Told(step))
            case e.StepContinued(_, step):
                assert len(under_way) == 1
                assert under_way[-1].step is step
            case e.StepEnded(_, step):
                assert under_way[-1].step is step
                done.append(under_way.pop())
            case e.WorkEnded(_, step):
                if not under_way:  # left out without a beginning
                    assert (event.outcome, event.actual_ms) == ("skipped", 0)
                    continue
                assert under_way[-1].step is step
                assert under_way[-1].lasted_ms == event.actual_ms
                done.append(under_way.pop())
            case e.TimeChanged():
                under_way[-1].changed += 1
                under_way[-1].marks.append((under_way[-1].lasted_ms, event))
            case e.Paused():
                assert running
                running = False
            case e.Resumed():
                assert not running
                running = True
            case _ if isinstance(event, MARKS):
                assert running
                under_way[-1].marks.append((under_way[-1].lasted_ms, event))
    assert not under_way
    return done


def key(event: e.Event) -> tuple[object, ...]:
    """What a mark is, apart from when and out of how many."""
    return type(event), *(getattr(event, name) for name in ("number", "seconds") if hasattr(event, name))


# --- what always holds ---------------------------------------------------------------------------


@SETTINGS
@given(plans(), scripts)
def test_events_are_in_order(what: Plan, script: Script) -> None:
    """No event is ever due before the one that was given before it."""
    heard = told(what, script)
    assert all(one.at_ms <= other.at_ms for one, other in pairwise(heard.events))


@SETTINGS
@given(plans(), scripts)
def test_each_work_that_begins_ends_once(what: Plan, script: Script) -> None:
    """Each beginning has one end, told with the time that really passed; all times together are the active time."""
    heard = told(what, script)
    assert sum(run.lasted_ms for run in runs(heard.events)) == heard.engine.active_ms
    (finished,) = (event for event in heard.events if isinstance(event, e.Finished))
    assert finished == e.Finished(heard.engine.now_ms, finished.how, heard.engine.active_ms, heard.engine.paused_ms)


@SETTINGS
@given(plans(), scripts)
def test_skipped_is_never_done(what: Plan, script: Script) -> None:
    """Done has all of the planned time, skipped less than a second, cut short what lies between."""
    attempts: dict[tuple[int, int, str], int] = {}
    for event in told(what, script).events:
        if not isinstance(event, e.WorkEnded):
            continue
        place = event.step.item.place, event.step.set_no, event.step.side
        attempts[place] = attempts.get(place, 0) + 1
        assert event.attempt == attempts[place]
        planned_ms = event.step.length_ms
        if event.outcome == "skipped":
            assert event.actual_ms < LEAST_WORK_MS
        elif event.step.item.exercise.check is None:
            assert event.actual_ms >= LEAST_WORK_MS
            if planned_ms is not None:
                assert (event.actual_ms >= planned_ms) == (event.outcome == "done")


@SETTINGS
@given(plans(), scripts)
def test_no_boundary_is_lost_or_repeated(what: Plan, script: Script) -> None:
    """A step left alone gives each boundary once, when it is due; a changed one repeats only its last seconds."""
    for run in runs(told(what, script).events):
        given = [(at_ms, event) for at_ms, event in run.marks if not isinstance(event, e.TimeChanged)]
        if not run.changed:
            planned = marks(run.step, run.step.length_ms)
            reached = [mark for mark in planned if mark.at_ms <= run.lasted_ms]
            if given or run.lasted_ms:  # else it was begun in a pause and left in it
                assert given == [
                    (mark.at_ms, mark.event(event.at_ms)) for mark, (_, event) in zip(reached, given, strict=True)
                ]
            continue
        said: set[tuple[object, ...]] = set()
        for _, event in run.marks:
            if isinstance(event, e.TimeChanged):
                said = {one for one in said if one[0] is not e.SecondsLeft}
            else:
                assert key(event) not in said
                said.add(key(event))


@SETTINGS
@given(plans(), scripts, cuts)
def test_late_calls_give_what_punctual_calls_give(what: Plan, script: Script, cuts: list[int]) -> None:
    """However a span of time is cut into calls, the events are the same, with the same moments."""
    assert told(what, script, cuts).events == told(what, script).events


@SETTINGS
@given(plans(), scripts)
def test_no_rating_is_lost(what: Plan, script: Script) -> None:
    """At the end each exercise of which something was done is either rated or owed, and no other is owed."""
    heard = told(what, script)
    worked = {
        event.step.item.place for event in heard.events if isinstance(event, e.WorkEnded) and event.outcome != "skipped"
    }
    owed = [item.place for item in heard.engine.owed]
    looks = {place for place in worked if heard.engine.items[place].exercise.check is not None}
    assert worked == heard.engine.worked
    assert worked - looks == (set(owed) | (set(heard.engine.ratings) & worked)) - looks
    assert not looks & set(owed)
    asked = {event.item.place for event in heard.events if isinstance(event, e.RatingDue | e.RatingOwed)}
    assert set(owed) <= asked


@SETTINGS
@given(plans(), scripts)
def test_no_answer_is_lost_or_invented(what: Plan, script: Script) -> None:
    """Each side of a self-check that was done has the last answer given to it, or is asked for at the end."""
    heard = told(what, script)
    looked, answers = set(), {}
    for event in heard.events:
        match event:
            case e.Answered(_, item, side, answer):
                answers[item.place, side] = answer
            case e.WorkEnded(_, step, outcome) if step.item.exercise.check is not None and outcome != "skipped":
                looked.add((step.item.place, step.side))
    assert heard.engine.answers == answers
    assert heard.engine.looked == looked
    assert {(item.place, side) for item, side in heard.engine.unanswered} == looked - answers.keys()


@SETTINGS
@given(plans(), scripts, st.lists(wishes, max_size=8))
def test_after_the_end_there_are_only_ratings_and_answers(what: Plan, script: Script, more: list[e.Command]) -> None:
    """After the end neither time nor any wish but a rating or an answer changes anything."""
    engine = told(what, script).engine
    seen = engine.now_ms, engine.active_ms, engine.paused_ms, engine.elapsed_ms, engine.number
    assert engine.advance(engine.now_ms + 5000) == ()
    for command in more:
        if engine.allows(command):
            events = engine.send(command)
            assert all(isinstance(event, e.Rated | e.RatingOwed | e.Answered) for event in events)
    assert seen == (engine.now_ms, engine.active_ms, engine.paused_ms, engine.elapsed_ms, engine.number)
    assert engine.total_left_ms == 0


@SETTINGS
@given(plans())
def test_a_plan_left_alone_takes_the_time_it_said(what: Plan) -> None:
    """Where open work ends when reckoned and nobody intervenes, a session lasts what was said, to the millisecond."""
    engine = Engine(what)
    events = list(engine.send(e.Start()))
    assert engine.total_left_ms == what.reckoned_ms
    while engine.state is not State.ENDED:
        left_ms = engine.total_left_ms
        now_ms = engine.next_boundary_ms()
        assert now_ms is not None
        if engine.length_ms is None and engine.elapsed_ms >= engine.step.reckoned_ms:
            events.extend(engine.send(e.Next()))
            assert engine.total_left_ms == left_ms
            continue
        passed_ms = now_ms - engine.now_ms
        assert 0 < passed_ms <= 1000
        events.extend(engine.advance(now_ms))
        assert engine.total_left_ms == left_ms - passed_ms
    assert events[-1] == e.Finished(what.reckoned_ms, "finished", what.reckoned_ms, 0)
    assert all(event.outcome == "done" for event in events if isinstance(event, e.WorkEnded))


@SETTINGS
@given(plans())
def test_marks_lie_within_their_step(what: Plan) -> None:
    """Every boundary of a step is in order, within the step, and there once."""
    for step in what.steps:
        found = marks(step, step.length_ms)
        assert all(one.at_ms <= other.at_ms for one, other in pairwise(found))
        assert len({mark.key for mark in found}) == len(found)
        assert all(isinstance(mark, Mark) and 0 <= mark.at_ms <= (step.length_ms or 0) for mark in found)
