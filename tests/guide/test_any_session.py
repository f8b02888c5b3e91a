"""Whatever the plan, whatever is asked for, however late the calls: what always holds of the guide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from itertools import pairwise

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from msgspec import structs

from trainer.guide import events as e
from trainer.guide.engine import LEAST_WORK_MS, Engine, IllegalCommand
from trainer.guide.marks import Mark, marks
from trainer.guide.plan import GET_READY_S, Plan, Step, plan
from trainer.guide.state import GAP_MS, State
from trainer.library.model import Cues, Dose, Exercise, Routine
from trainer.library.model import Step as RoutineStep

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
IDS = ("plank", "bridge", "clam")
SETTINGS = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# --- any plan ------------------------------------------------------------------------------------

counts = st.integers(1, 4) | st.lists(st.integers(1, 4), min_size=2, max_size=2)
holds = st.integers(1, 25) | st.lists(st.integers(1, 12), min_size=2, max_size=2)
seconds = st.floats(0, 3) | st.sampled_from([0.0, 0.5, 1.0, 2.0, 1.0005])


@st.composite
def doses(draw: st.DrawFn) -> Dose:
    """Any dose that can be run."""
    dose = draw(
        st.builds(Dose, hold_s=holds)
        | st.builds(Dose, reps=counts, tempo_s=st.none() | st.tuples(seconds, seconds), hold_s=st.none() | holds)
        | st.builds(Dose, reps=counts, self_paced=st.just(True))
        | st.builds(Dose, breaths=counts, in_s=seconds, out_s=seconds)
        | st.builds(Dose, open=st.just(True), about_s=st.none() | st.integers(1, 40))
    )
    several = any(isinstance(value, list) for value in (dose.reps, dose.hold_s, dose.breaths))
    sets = None if several else draw(st.none() | st.integers(1, 3))
    rest_s = draw(st.none() | st.sampled_from([0, 1, 20]))
    values = {key: getattr(dose, key) for key in Dose.__struct_fields__}
    dose = Dose(**{**values, "sets": sets, "rest_s": rest_s})
    assume(dose.problem() is None)
    return dose


@st.composite
def exercises(draw: st.DrawFn, id_: str) -> Exercise:
    """Any exercise."""
    return Exercise(
        id=id_,
        name=id_,
        kind="strength",
        position=draw(st.sampled_from(sorted(GET_READY_S))),
        purpose="Any.",
        dose=draw(doses()),
        cues=Cues(),
        sides=draw(st.sampled_from(["none", "both", "alternating"])),
        parts=draw(st.sampled_from([[], [], ["one", "two"], ["one", "two", "three"]])),
        easier=draw(st.none() | st.sampled_from([other for other in (*IDS, "unknown") if other != id_])),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Any plan of up to four exercises, some of them again."""
    ids = draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=3))
    rests = st.none() | st.sampled_from([0, 0, 5])
    routine = Routine(
        id="any",
        name="Any",
        purpose="Any.",
        step=[RoutineStep(id_, rest_after_s=draw(rests)) for id_ in ids],
        rest_after_s=draw(st.integers(0, 15)),
    )
    return plan(routine, {id_: draw(exercises(id_)) for id_ in ids})


# --- any wishes, any time ------------------------------------------------------------------------

HERE = -1
"""As a place: that of the present step."""
WISHES = [*(e.Next(), e.Resume()) * 3, *(e.Pause(), e.Back(), e.Redo(), e.More(), e.Less()) * 2, e.Skip(), e.Ease(HERE)]
FEW = (e.Stop(), e.Start(), e.Start(3), e.Ease(0), e.RateLater(HERE), e.RateLater(1), e.Rate(0, 11), e.Rate(5, 5))
rates = st.builds(e.Rate, st.sampled_from([HERE, 0, 1]), st.sampled_from([0, 5, 10]))
wishes = st.sampled_from(WISHES * 3 + list(FEW)) | rates
spans = st.sampled_from([0, 1, 500, 1000, 2000, 3000, 5000, 10_000, 20_000, 30_000]) | st.integers(0, 60_000)
gaps = st.integers(GAP_MS + 1, 60_000).map(lambda ms: -ms)
"""A gap is written as a time below zero: one call, however long."""
entries = st.tuples(wishes, spans) | st.tuples(wishes, wishes) | st.tuples(spans | gaps, wishes)
scripts = st.lists(entries, min_size=8, max_size=25).map(lambda pairs: [entry for pair in pairs for entry in pair])
cuts = st.lists(st.sampled_from([1, 999, 1000]) | st.integers(50, GAP_MS), max_size=4).map(lambda some: [*some, GAP_MS])
Script = Sequence[int | e.Command]


def snapshot(engine: Engine) -> dict[str, object]:
    """All of the engine's state, apart from what later changes would change in place."""
    values = {name: copy(value) for name, value in vars(engine).items()}
    run = engine._run
    return values | {"_run": (run.step, run.then, run.began_ms, run.length_ms, tuple(run.marks), frozenset(run.said))}


@dataclass
class Heard:
    """One session as its events tell it, checked while it is told."""

    engine: Engine
    began_ms: int = 0
    events: list[e.Event] = field(default_factory=list)

    def wait(self, span_ms: int, cuts: Iterator[int]) -> None:
        while span_ms > 0:
            piece_ms = min(span_ms, next(cuts))
            span_ms -= piece_ms
            self.take(self.engine.advance(self.engine.now_ms + piece_ms))
            if self.engine.state is State.ENDED:
                return

    def send(self, command: e.Command) -> None:
        if isinstance(command, e.Rate | e.RateLater | e.Ease) and command.place == HERE:
            command = structs.replace(command, place=self.engine.step.item.place)
        before = snapshot(self.engine)
        allowed = self.engine.allows(command)
        assert snapshot(self.engine) == before
        try:
            events = self.engine.send(command)
        except IllegalCommand:
            assert not allowed
            assert snapshot(self.engine) == before
            return
        assert allowed
        self.take(events)

    def take(self, events: tuple[e.Event, ...]) -> None:
        self.events.extend(events)
        engine = self.engine
        assert engine.active_ms + engine.paused_ms == engine.now_ms - self.began_ms
        assert engine.active_ms >= 0
        assert engine.paused_ms >= 0
        assert engine.total_left_ms >= 0
        assert engine.remaining_ms is None or engine.remaining_ms >= 0
        boundary_ms = engine.next_boundary_ms()
        assert (boundary_ms is None) == (engine.state is not State.RUNNING)
        assert boundary_ms is None or boundary_ms > engine.now_ms
        assert {item.place for item in engine.owed} <= engine.worked
        # A work may be rated while it is under way, and then be left before anything was done.
        assert set(engine.ratings) <= engine.worked | {place for place, _, _ in engine._attempts}
        assert not {item.place for item in engine.owed} & set(engine.ratings)


def pieces(sizes: Sequence[int]) -> Iterator[int]:
    while True:
        yield from sizes


def told(what: Plan, script: Script, cuts: Sequence[int] = (GAP_MS,)) -> Heard:
    """Start at a second of no meaning, follow the script, stop at its end, and check on the way."""
    engine = Engine(what, {item.exercise.id: item.exercise for item in what.items})
    engine.advance(7777)
    heard, each = Heard(engine, 7777), pieces(cuts)
    heard.send(e.Start())
    for entry in script:
        if not isinstance(entry, int):
            heard.send(entry)
        elif entry >= 0:
            heard.wait(entry, each)
        elif engine.state is not State.READY:
            heard.take(engine.advance(engine.now_ms - entry))
    if engine.state is State.PAUSED and script and isinstance(script[-1], int):
        heard.send(e.Resume())
        heard.wait(script[-1] * 10, each)
    heard.send(e.Stop())
    assert engine.state is State.ENDED
    return heard


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
        else:
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
    assert worked == heard.engine.worked
    assert worked == set(owed) | (set(heard.engine.ratings) & worked)
    asked = {event.item.place for event in heard.events if isinstance(event, e.RatingDue | e.RatingOwed)}
    assert set(owed) <= asked


@SETTINGS
@given(plans(), scripts, st.lists(wishes, max_size=8))
def test_after_the_end_there_are_only_ratings(what: Plan, script: Script, more: list[e.Command]) -> None:
    """After the end neither time nor any wish but a rating changes anything."""
    engine = told(what, script).engine
    seen = engine.now_ms, engine.active_ms, engine.paused_ms, engine.elapsed_ms, engine.number
    assert engine.advance(engine.now_ms + 5000) == ()
    for command in more:
        if engine.allows(command):
            events = engine.send(command)
            assert all(isinstance(event, e.Rated | e.RatingOwed) for event in events)
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
