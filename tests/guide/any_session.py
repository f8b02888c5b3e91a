"""Any plan, any wishes, any time: what the guide's tests with random sessions draw from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field

from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st
from msgspec import structs

from trainer.guide import events as e
from trainer.guide.engine import Engine
from trainer.guide.plan import GET_READY_S, Plan, plan
from trainer.guide.state import GAP_MS, IllegalCommand, State
from trainer.library.model import Answer, Check, Cues, Dose, Exercise, Routine
from trainer.library.model import Step as RoutineStep

IDS = ("plank", "bridge", "clam")
SETTINGS = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])

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
        | st.builds(Dose, time_s=holds)
        | st.builds(Dose, open=st.just(True), about_s=st.none() | st.integers(1, 40))
    )
    several = any(isinstance(value, list) for value in (dose.reps, dose.hold_s, dose.time_s, dose.breaths))
    sets = None if several else draw(st.none() | st.integers(1, 3))
    rest_s = draw(st.none() | st.sampled_from([0, 1, 20]))
    values = {key: getattr(dose, key) for key in Dose.__struct_fields__}
    dose = Dose(**{**values, "sets": sets, "rest_s": rest_s})
    assume(dose.problem() is None)
    return dose


CHECK = Check("Does it?", [Answer("yes", "It does"), Answer("no", "It does not")])


@st.composite
def exercises(draw: st.DrawFn, id_: str) -> Exercise:
    """Any exercise, now and then a self-check."""
    check = draw(st.sampled_from([None, None, None, CHECK]))
    open_s = st.integers(1, 40)
    return Exercise(
        id=id_,
        name=id_,
        kind="strength" if check is None else "check",
        check=check,
        position=draw(st.sampled_from(sorted(GET_READY_S))),
        purpose="Any.",
        dose=draw(doses() if check is None else st.builds(Dose, open=st.just(True), about_s=open_s)),
        cues=Cues(),
        sides=draw(st.sampled_from(["none", "both", "alternating"])),
        parts=draw(st.sampled_from([[], [], ["one", "two"], ["one", "two", "three"]])),
        easier=draw(st.none() | st.sampled_from([other for other in (*IDS, "unknown") if other != id_])),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Any plan of up to three exercises, some of them again, some with sets more on the weaker side."""
    ids = draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=3))
    rests = st.none() | st.sampled_from([0, 0, 5])
    routine = Routine(
        id="any",
        name="Any",
        purpose="Any.",
        step=[
            RoutineStep(
                id_,
                rest_after_s=draw(rests),
                extra_sets=draw(st.sampled_from([0, 0, 1, 2])),
            )
            for id_ in ids
        ],
        rest_after_s=draw(st.integers(0, 15)),
    )
    weaker = draw(st.sampled_from([None, "left", "right"]))
    return plan(routine, {id_: draw(exercises(id_)) for id_ in ids}, weaker=weaker)


# --- any wishes, any time ------------------------------------------------------------------------

HERE = -1
"""As a place: that of the present step."""
WISHES = [*(e.Next(), e.Resume()) * 3, *(e.Pause(), e.Back(), e.Redo(), e.More(), e.Less()) * 2, e.Skip(), e.Ease(HERE)]
FEW = (e.Stop(), e.Start(), e.Start(3), e.Ease(0), e.RateLater(HERE), e.RateLater(1), e.Rate(0, 11), e.Rate(5, 5))
rates = st.builds(e.Rate, st.sampled_from([HERE, 0, 1]), st.sampled_from([0, 5, 10]))
replies = st.builds(
    e.Answer,
    st.sampled_from([HERE, HERE, 0, 1]),
    st.sampled_from(["none", "left", "right"]),
    st.sampled_from(["yes", "no"]),
)
answers = replies | st.just(e.Answer(0, "left", "perhaps"))
wishes = st.sampled_from(WISHES * 3 + list(FEW)) | rates | answers
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
        if isinstance(command, e.Rate | e.RateLater | e.Ease | e.Answer) and command.place == HERE:
            command = structs.replace(command, place=self.engine.step.item.place)
            if isinstance(command, e.Answer):
                command = structs.replace(command, side=self.engine.step.side)
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
        assert all(item.exercise.check is None for item in engine.owed)
        looks = {(item.place, side) for item, side in engine.unanswered}
        assert looks == engine.looked - engine.answers.keys()
        assert {place for place, _ in engine.looked} <= engine.worked


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
