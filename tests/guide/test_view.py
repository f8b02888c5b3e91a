"""What is shown of a walk at each moment, in words and figures."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from tests.guide.any_session import SETTINGS, Script, plans, scripts
from tests.guide.conftest import Walk, make_exercise
from trainer.guide import events as e
from trainer.guide.engine import Engine
from trainer.guide.plan import Plan
from trainer.guide.state import State
from trainer.guide.view import CueLine, big, cues, item_number, next_line, phase
from trainer.library.model import Cues, Dose

CUES = Cues(set_up=["Sit."], move=["Reach."], feel=["Length."], mistakes=["A round back."], stop_if=["It tingles."])


def at(dose: Dose, ms: int, **more: object) -> Engine:
    """The guide `ms` into the work of such an exercise."""
    here = Walk(make_exercise(dose=dose, **more)).to("work")
    here.wait(ms)
    return here.engine


REPS = Dose(reps=2, tempo_s=(2.0, 1.0))
HELD_SHORT = Dose(reps=2, hold_s=4, tempo_s=(2.0, 1.0))
HELD_LONG = Dose(reps=2, hold_s=5, tempo_s=(2.0, 1.0))
BREATHS = Dose(breaths=2, in_s=4.0, out_s=6.0)


@pytest.mark.parametrize(
    ("dose", "ms", "digits", "doing"),
    [
        (Dose(hold_s=20), 0, "20", "Hold"),
        (Dose(hold_s=20), 1, "20", "Hold"),
        (Dose(hold_s=20), 1000, "19", "Hold"),
        (Dose(hold_s=20), 19_001, "1", "Hold"),
        (Dose(hold_s=99), 0, "99", "Hold"),
        (Dose(hold_s=100), 0, "1:40", "Hold"),
        (Dose(hold_s=100), 999, "1:40", "Hold"),
        (Dose(hold_s=100), 1000, "99", "Hold"),
        (REPS, 0, "1", "Out · 1 of 2"),
        (REPS, 1999, "1", "Out · 1 of 2"),
        (REPS, 2000, "1", "Back · 1 of 2"),
        (REPS, 3000, "2", "Out · 2 of 2"),
        (REPS, 5999, "2", "Back · 2 of 2"),
        (HELD_SHORT, 2000, "1", "Hold · 1 of 2"),
        (HELD_SHORT, 6000, "1", "Back · 1 of 2"),
        (HELD_LONG, 1999, "1", "Out · 1 of 2"),
        (HELD_LONG, 2000, "5", "Hold · 1 of 2"),
        (HELD_LONG, 2001, "5", "Hold · 1 of 2"),
        (HELD_LONG, 3000, "4", "Hold · 1 of 2"),
        (HELD_LONG, 6999, "1", "Hold · 1 of 2"),
        (HELD_LONG, 7000, "1", "Back · 1 of 2"),
        (HELD_LONG, 8000, "2", "Out · 2 of 2"),
        (HELD_LONG, 10_000, "5", "Hold · 2 of 2"),
        (BREATHS, 0, "1", "Breathe in · 1 of 2"),
        (BREATHS, 3999, "1", "Breathe in · 1 of 2"),
        (BREATHS, 4000, "1", "Breathe out · 1 of 2"),
        (BREATHS, 9999, "1", "Breathe out · 1 of 2"),
        (BREATHS, 10_000, "2", "Breathe in · 2 of 2"),
        (Dose(open=True), 0, "0:00", "As long as you like · → when done"),
        (Dose(open=True), 1999, "0:01", "As long as you like · → when done"),
        (Dose(open=True), 61_000, "1:01", "As long as you like · → when done"),
        (Dose(reps=12, self_paced=True), 5000, "0:05", "12 repetitions at your own pace · → when done"),
    ],
)
def test_the_digits_and_what_is_done(dose, ms, digits, doing):
    """A hold shows the seconds left, repetitions and breaths their number, a long hold in them its seconds, else
    the time spent; and beside it stands what the person does at this moment."""
    engine = at(dose, ms)
    assert (big(engine), phase(engine)) == (digits, doing)


@pytest.mark.parametrize(
    ("kind", "digits", "doing"),
    [
        ("get_ready", "6", "Get ready"),
        ("change_side", "4", "Change side"),
        ("rest", "20", "Rest"),
    ],
)
def test_between_works_the_seconds_left_are_shown(kind, digits, doing):
    """Getting ready, changing sides and resting show the seconds that are left of them."""
    here = Walk(make_exercise(dose=Dose(reps=2, sets=2), sides="both")).to(kind)
    assert (big(here.engine), phase(here.engine)) == (digits, doing)
    here.wait(1001)
    assert big(here.engine) == str(int(digits) - 1)


@pytest.mark.parametrize("dose", [Dose(hold_s=20), REPS, BREATHS, Dose(open=True)])
def test_a_pause_is_said(dose):
    """In a pause that is what is said, and the digits stand still."""
    here = Walk(make_exercise(dose=dose)).to("work")
    here.wait(2500)
    before = big(here.engine)
    here.send(e.Pause())
    here.wait(10_000)
    assert (phase(here.engine), big(here.engine)) == ("Paused", before)


def test_more_repetitions_raise_the_count():
    """A repetition more is counted at once."""
    here = Walk(make_exercise(dose=REPS)).to("work")
    here.send(e.More())
    assert phase(here.engine) == "Out · 1 of 3"
    here.send(e.Less(), e.Less())
    assert phase(here.engine) == "Out · 1 of 1"


def test_before_the_start_the_first_step_is_shown():
    """A session that has not begun shows its first step whole."""
    engine = Walk(start=False).engine
    assert (big(engine), phase(engine), item_number(engine)) == ("6", "Get ready", (1, 1))


def rating(here: Walk, place: int) -> Walk:
    """Do a little of an exercise, and go on to its rating."""
    here.to("work", place=place).wait(3000)
    return here.to("rate", place=place)


def test_a_rating_is_a_rest():
    """While a rating is asked, the seconds of the rest are shown."""
    here = rating(Walk(), 0)
    assert (big(here.engine), phase(here.engine)) == ("15", "Rest")


# --- cues ----------------------------------------------------------------------------------------

LINES = {
    "Set up": CueLine("Set up", "Sit."),
    "Move": CueLine("Move", "Reach."),
    "Feel": CueLine("Feel", "Length."),
    "Watch": CueLine("Watch", "A round back."),
    "Stop if": CueLine("Stop if", "It tingles."),
}


@pytest.mark.parametrize(
    ("kind", "headings"),
    [
        ("get_ready", ["Set up", "Move", "Stop if"]),
        ("work", ["Move", "Stop if", "Feel", "Watch"]),
        ("change_side", ["Watch", "Move"]),
        ("rest", ["Watch", "Move"]),
    ],
)
def test_each_step_has_its_cues(kind, headings):
    """Each kind of step shows the cues that are needed in it, the most needed first."""
    here = Walk(make_exercise(dose=Dose(hold_s=20, sets=2), sides="both", cues=CUES)).to(kind)
    assert cues(here.engine) == [LINES[heading] for heading in headings]


def test_the_rating_shows_how_to_get_into_what_comes_next():
    """While a rating is asked, the next exercise's set-up can be read; after the last there is nothing to read."""
    here = rating(Walk(make_exercise("one", cues=CUES), make_exercise("two", cues=CUES)), 0)
    assert cues(here.engine) == [CueLine("Next: two", "Sit.")]
    assert cues(rating(here, 1).engine) == []


PARTS = ["Knees.", "Hips.", "Shoulders."]


@pytest.mark.parametrize(
    ("ms", "part"), [(0, 0), (6665, 0), (6666, 1), (6667, 1), (13_332, 1), (13_333, 2), (19_999, 2)]
)
def test_the_present_part_of_a_hold_comes_first(ms, part):
    """A hold in parts shows the one that it has reached, above all else, from the moment at which it is said."""
    engine = at(Dose(hold_s=20), ms, parts=PARTS, cues=CUES)
    assert cues(engine)[:2] == [CueLine("", PARTS[part]), LINES["Move"]]


def test_a_single_part_is_shown_throughout():
    """One part alone stands for the whole hold."""
    assert cues(at(Dose(hold_s=20), 19_000, parts=["Breathe."]))[0] == CueLine("", "Breathe.")


# --- what comes next -----------------------------------------------------------------------------


def line(kind: str, *, place: int = 0, **where: Any) -> str:
    one = make_exercise("one", Dose(reps=5, sets=2), sides="both")
    two = make_exercise("two", position="on the back")
    here = Walk(one, two)
    return next_line((rating(here, place) if kind == "rate" else here.to(kind, place=place, **where)).engine)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"kind": "get_ready"}, "Now: 5 repetitions · 2 s out, 2 s back"),
        ({"kind": "work"}, "Next: right side"),
        ({"kind": "change_side"}, "Now: 5 repetitions · 2 s out, 2 s back"),
        ({"kind": "work", "side": "right"}, "Next: rest, then set 2 of 2"),
        ({"kind": "rest"}, "Now: 5 repetitions · 2 s out, 2 s back"),
        ({"kind": "work", "set_no": 2}, "Next: right side"),
        ({"kind": "work", "set_no": 2, "side": "right"}, "Next: two, on the back"),
        ({"kind": "rate"}, "Next: two, on the back"),
        ({"kind": "get_ready", "place": 1}, "Now: 20 s hold"),
        ({"kind": "work", "place": 1}, "Next: that is all"),
        ({"kind": "rate", "place": 1}, "Next: that is all"),
    ],
)
def test_what_comes_next(where, expected):
    """Before a work stands what it will be; in a work and a rating what follows: side, set, exercise, or the end."""
    assert line(**where) == expected


def test_at_the_end_nothing_comes_next():
    """An ended session announces nothing."""
    here = Walk()
    here.send(e.Stop())
    assert next_line(here.engine) == ""


def test_the_number_of_the_exercise():
    """The exercises are counted from one; an easier form is not one more."""
    here = Walk(make_exercise("one"), make_exercise("two"), easier=[make_exercise("easy")])
    assert item_number(here.engine) == (1, 2)
    here.to("work")
    here.send(e.Ease(0))
    assert item_number(here.engine) == (1, 2)
    here.to("work", place=1)
    assert item_number(here.engine) == (2, 2)


# --- always --------------------------------------------------------------------------------------


def check(engine: Engine) -> None:
    """All that can be shown at this moment, and what always holds of it."""
    digits, doing, number = big(engine), phase(engine), item_number(engine)
    assert digits.replace(":", "").isdigit()
    assert doing
    assert 1 <= number[0] <= number[1] == len({item.index for item in engine.plan.items})
    assert all(line.text for line in cues(engine))
    assert next_line(engine).startswith(("Now: ", "Next: ")) or engine.state is State.ENDED
    if " of " in doing and engine.step.kind == "work":
        count, total = doing.rpartition(" · ")[2].split(" of ")
        assert 1 <= int(count) <= int(total)
        assert int(digits) == int(count) or doing.startswith("Hold")


SAYS = {
    e.RepetitionBegan: "Out",
    e.RepetitionHeld: "Hold",
    e.RepetitionReturned: "Back",
    e.BreathIn: "Breathe in",
    e.BreathOut: "Breathe out",
}


@SETTINGS
@given(plans(), scripts)
def test_whatever_happens_there_is_something_to_show(what: Plan, script: Script) -> None:
    """At any moment of any session all can be shown, and the repetition or breath never exceeds its count."""
    engine = Engine(what, {item.exercise.id: item.exercise for item in what.items})
    check(engine)
    for entry in (e.Start(), *script, e.Stop()):
        if not isinstance(entry, int):
            if engine.allows(entry):
                engine.send(entry)
        elif entry < 0:
            engine.advance(engine.now_ms - entry)
        else:
            until_ms = engine.now_ms + entry
            while engine.now_ms < until_ms and engine.state is not State.ENDED:
                engine.advance(min(until_ms, engine.now_ms + 700))
                check(engine)
        check(engine)


@SETTINGS
@given(plans())
def test_what_is_shown_agrees_with_what_is_heard(what: Plan) -> None:
    """At the very moment of a cue for a repetition, a breath or a part, the words already say the same."""
    engine = Engine(what)
    engine.send(e.Start())
    while engine.state is not State.ENDED:
        now_ms = engine.next_boundary_ms()
        assert now_ms is not None
        events = engine.advance(now_ms)
        if engine.length_ms is None and engine.elapsed_ms >= 2000:
            events = engine.send(e.Next())
        if engine.step.kind != "work" or engine.length_ms is None:
            continue
        told = [event for event in events if type(event) in SAYS and event.at_ms == engine.now_ms]
        if told and engine.elapsed_ms < engine.length_ms:
            assert phase(engine).startswith(f"{SAYS[type(told[-1])]} · {told[-1].number} of ")
        for event in events:
            if isinstance(event, e.PartBegan):
                assert cues(engine)[0].text == engine.step.item.exercise.parts[event.number - 1]
