"""Where a session that broke off goes on, and which ratings it still owes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from sessions.rows import WorkRow
from tests.guide.any_session import SETTINGS, Script, plans, scripts, told
from tests.guide.conftest import Walk, make_exercise
from tests.guide.stored import names, rated, ratings_of, works_of
from trainer.guide import events as e
from trainer.guide.engine import Engine
from trainer.guide.plan import GET_READY_S, Plan, Step
from trainer.guide.record import looked_before, owed_places, resume_at
from trainer.guide.state import State
from trainer.kit import Unfinished
from trainer.library.model import Dose

TWO_SETS = Dose(hold_s=20, sets=2)


def broken_off(*entries: e.Command | int, two_sided: bool = True) -> Walk:
    """A walk through two exercises of two sets, by commands and times, that breaks off as `leave()` ends it."""
    sides = "both" if two_sided else "none"
    easier = make_exercise("easy", Dose(hold_s=10, sets=2), sides=sides)
    here = Walk(
        make_exercise("one", TWO_SETS, sides=sides, easier="easy"), make_exercise("two", TWO_SETS), easier=[easier]
    )
    for entry in entries:
        if isinstance(entry, int):
            here.wait(entry)
        else:
            here.send(entry)
    return here


def goes_on(here: Walk) -> tuple[str, int, int, str] | None:
    """Kind of the step, exercise, set and side at which it goes on; None where nothing is left."""
    left = [event for event in here.engine.send(e.Stop()) if getattr(event, "outcome", "") != "skipped"]
    at = resume_at(here.plan, works_of(here.engine, here.said + left))
    if at == len(here.plan.steps):
        return None
    step = here.plan.steps[at]
    return step.kind, step.item.index, step.set_no, step.side


N = e.Next()
DONE = (N, 20_000)  # through the lead and the whole work
CUT = (N, 5000, N)
SKIPPED = (N, N)
FIRST = ("get_ready", 0, 1, "left")
SECOND = ("get_ready", 1, 1, "none")


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((), FIRST),
        ((N,), FIRST),
        ((N, 500), FIRST),
        ((N, 5000), FIRST),
        (DONE, ("change_side", 0, 1, "right")),
        ((*DONE, 2000), ("change_side", 0, 1, "right")),
        ((*DONE, N), ("change_side", 0, 1, "right")),
        (SKIPPED, ("change_side", 0, 1, "right")),
        ((*DONE, N, 5000), ("change_side", 0, 1, "right")),
        (DONE * 2, ("rest", 0, 2, "left")),
        ((*DONE, *CUT, *DONE), ("change_side", 0, 2, "right")),
        ((*DONE, *SKIPPED), ("rest", 0, 2, "left")),
        (DONE * 4, SECOND),
        ((*DONE * 4, N), SECOND),
        ((*DONE * 3, *CUT), ("change_side", 0, 2, "right")),
        ((*DONE, e.Skip()), SECOND),
        ((*DONE * 4, N, *DONE), ("rest", 1, 2, "none")),
        ((*DONE * 4, N, *DONE * 2), None),
        ((*DONE * 4, N, *DONE * 2, 3000), None),
        ((*DONE * 4, N, *DONE, *CUT), ("rest", 1, 2, "none")),
        ((*DONE * 4, N, *DONE, e.Skip(), 2000), None),
    ],
)
def test_it_goes_on_after_what_was_recorded(entries, expected):
    """A session goes on before the first work that was not recorded; a last one that was cut short begins again."""
    assert goes_on(broken_off(*entries)) == expected


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((*DONE, e.Redo(), N, 5000), ("change_side", 0, 1, "right")),
        ((*CUT, e.Redo(), N, 20_000), ("change_side", 0, 1, "right")),
        ((*DONE * 2, e.Back(), N, 5000), ("rest", 0, 2, "left")),
        ((*DONE * 3, e.Back(), e.Back(), N, 5000), ("change_side", 0, 2, "right")),
        ((*DONE * 3, e.Back(), e.Back(), N, 20_000), ("change_side", 0, 2, "right")),
        ((*SKIPPED * 2, e.Back(), e.Back(), N, 20_000), ("change_side", 0, 1, "right")),
    ],
)
def test_what_was_done_is_not_done_again(entries, expected):
    """What was done before the person went back is not repeated; what was skipped before is offered anew."""
    assert goes_on(broken_off(*entries)) == expected


EASE = e.Ease(0)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((N, 5000, EASE), SECOND),
        ((N, 5000, EASE, N, 10_000), SECOND),
        ((N, 5000, EASE, N, 5000), SECOND),
        ((N, 5000, EASE, e.Skip()), SECOND),
        ((N, 5000, EASE, *(N, 10_000) * 4, N, *DONE), ("rest", 1, 2, "none")),
    ],
)
def test_an_easier_form_is_not_undone(entries, expected):
    """A session that broke off in an easier form goes on with the next exercise, not with what was too much."""
    here = broken_off(*entries)
    assert goes_on(here) == expected


def test_half_a_dose_is_not_taken_for_the_whole():
    """Where the easier form is the same exercise with less, its sets are not those of the original."""
    here = Walk(make_exercise("one", Dose(hold_s=20, sets=3)), make_exercise("two"))
    here.send(N)
    here.wait(20_000)
    here.send(EASE, N)
    here.wait(10_000)
    assert names(works_of(here.engine, here.said))[-1] == (0, 1, "none", "done")
    assert goes_on(here) == SECOND


# --- whatever the session was ----------------------------------------------------------------------


@SETTINGS
@given(plans(), scripts, st.data())
def test_nothing_is_repeated_and_nothing_left_out(what: Plan, script: Script, data: st.DataObject) -> None:
    """Wherever a session breaks off: no work done comes again, and none is left out that was not recorded."""
    heard = told(what, script)
    events = heard.events[: data.draw(st.integers(0, len(heard.events)))]
    works = works_of(heard.engine, events)
    at = resume_at(what, works)
    recorded = {_which(row): row.outcome for row in works}
    done = {_which(row) for row in works if row.outcome == "done"}
    eased = any(isinstance(event, e.Eased) for event in events)
    assert at == len(what.steps) or what.steps[at].kind in ("get_ready", "change_side", "rest")
    for number, step in enumerate(what.steps):
        if step.kind == "work" and number >= at:
            assert _which(step) not in done
        # An easier form takes the place of all that its exercise still had to come.
        if step.kind == "work" and number < at and not eased:
            assert _which(step) in recorded


def _which(work: WorkRow | Step) -> tuple[object, ...]:
    if isinstance(work, WorkRow):
        return work.index, work.exercise, work.set_no, work.side, work.planned_ms, work.planned_reps
    item, reps = work.item, getattr(work.work, "count", None)
    return item.index, item.exercise.id, work.set_no, work.side, work.length_ms, reps


@SETTINGS
@given(plans(), scripts, st.data())
def test_what_goes_on_can_be_led_to_its_end(what: Plan, script: Script, data: st.DataObject) -> None:
    """From the place returned, with the ratings owed, the guide reaches the end, and each work left comes once."""
    heard = told(what, script)
    events = heard.events[: data.draw(st.integers(0, len(heard.events)))]
    works = works_of(heard.engine, events)
    at = resume_at(what, works)
    engine = Engine(what, owed=owed_places(what, works, ratings_of(events)), looked=looked_before(what, works, []))
    begins_at = Unfinished(None, at, what).begins_at  # type: ignore[arg-type]  # of the session itself nothing is asked
    more = list(engine.send(e.Start(begins_at)))
    for _ in range(2 * len(what.steps)):
        if engine.state is not State.ENDED:
            more += engine.send(e.Next())
    assert engine.state is State.ENDED
    ended = [event.step for event in more if isinstance(event, e.WorkEnded)]
    assert ended == [step for step in what.steps[at:] if step.kind == "work"]


# --- ratings owed --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        ([], (0,)),
        ([rated(0, "one", at_ms=30_000)], ()),
        ([rated(0, "one", at_ms=26_000)], ()),
        ([rated(0, "one", at_ms=10_000)], ()),  # in the middle of the work
        ([rated(0, "one", at_ms=5000)], (0,)),  # before it began
        ([rated(1, "one", at_ms=30_000)], (0,)),
        ([rated(0, "two", at_ms=30_000)], (0,)),
        ([rated(0, "one", at_ms=30_000, when="after")], (0,)),
        ([rated(0, "one", at_ms=1000), rated(0, "one", at_ms=30_000)], ()),
    ],
)
def test_owed_is_what_was_done_and_not_rated_since(ratings, expected):
    """An exercise is owed a rating where something of it was done, and none was given since that began."""
    here = broken_off(*DONE)  # the work lasts from 0 to 20 s
    moved = [structs.replace(row, utc_ms=row.utc_ms + 6000) for row in works_of(here.engine, here.said)]
    assert owed_places(here.plan, moved, ratings) == expected


def test_what_was_skipped_owes_nothing():
    """Nothing done, nothing to rate."""
    here = broken_off(e.Skip())
    assert works_of(here.engine, here.said)
    assert owed_places(here.plan, works_of(here.engine, here.said), []) == ()


def test_work_done_again_owes_a_rating_again():
    """A rating from before the work was done again does not tell of it."""
    here = broken_off(*DONE, e.Rate(0, 2), e.Redo(), N, 20_000)
    assert owed_places(here.plan, works_of(here.engine, here.said), ratings_of(here.said)) == (0,)


def test_two_exercises_may_be_owed():
    """Each exercise is owed its own rating, in the order in which they were done, and once."""
    here = broken_off(*DONE * 4, N, *DONE)
    assert owed_places(here.plan, works_of(here.engine, here.said), []) == (0, 1)


def test_an_easier_form_owes_nothing_that_could_be_asked():
    """What is not in the plan cannot be asked for when the session goes on."""
    here = broken_off(N, 500, EASE, N, 10_000)
    assert owed_places(here.plan, works_of(here.engine, here.said), []) == ()


@SETTINGS
@given(plans(), scripts)
def test_owed_is_what_the_guide_owes(what: Plan, script: Script) -> None:
    """Of the plan's own exercises, those are owed that the guide itself still owed at the end."""
    script = [entry for entry in script if not isinstance(entry, e.Ease)]
    heard = told(what, script)
    owed = owed_places(what, works_of(heard.engine, heard.events), ratings_of(heard.events))
    engine_owes = {item.place for item in heard.engine.owed}
    assert set(owed) >= engine_owes
    # A rating in a work that was paused, or at its very beginning, may be asked for again: never one too little.
    began_ms = {event.at_ms for event in heard.events if isinstance(event, e.StepBegan)}
    paused = any(isinstance(event, e.Paused) for event in heard.events)
    if not paused and not any(isinstance(event, e.Rated) and event.at_ms in began_ms for event in heard.events):
        assert set(owed) == engine_owes


@pytest.mark.parametrize(
    ("begins_at", "side", "set_no", "kind"),
    [(0, "left", 1, "get_ready"), (2, "right", 1, "change_side"), (4, "left", 2, "rest")],
)
def test_who_goes_on_within_an_exercise_gets_ready_for_it_again(begins_at, side, set_no, kind):
    """Whoever comes back was up meanwhile: what follows is led in as the exercise is, not as a mere change of side."""
    here = Walk(make_exercise(dose=Dose(hold_s=20, sets=2), sides="both", position="on the back"), start=False)
    assert here.plan.steps[begins_at].kind == kind
    here.send(e.Start(begins_at))
    assert here.at == ("get_ready", set_no, side, GET_READY_S["on the back"] * 1000)
    left_ms = here.engine.total_left_ms
    here.wait(left_ms - 1)
    assert here.engine.state is State.RUNNING
    here.wait(1)
    assert here.engine.state is State.ENDED
    assert here.works[0] == ("done", 20_000, None)
