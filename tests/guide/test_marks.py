"""Which boundaries each kind of work has."""

from __future__ import annotations

import pytest

from trainer.guide.marks import marks, unit_ms, units_done
from trainer.library.model import Dose


def told(step, length_ms=None):
    """Each boundary in short: milliseconds, event, figures."""
    found = marks(step, step.length_ms if length_ms is None else length_ms)
    return [(mark.at_ms, mark.type.__name__, *mark.figures) for mark in found]


@pytest.fixture
def step(plan_of, exercise):
    def work(dose, kind="work", **more):
        return next(step for step in plan_of(exercise(dose=dose, **more)).steps if step.kind == kind)

    return work


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (1, []),
        (2, [(1000, "SecondsLeft", 1)]),
        (3, [(1000, "SecondsLeft", 2), (2000, "SecondsLeft", 1)]),
        (9, [(6000, "SecondsLeft", 3), (7000, "SecondsLeft", 2), (8000, "SecondsLeft", 1)]),
        (10, [(5000, "HalfWay"), (7000, "SecondsLeft", 3), (8000, "SecondsLeft", 2), (9000, "SecondsLeft", 1)]),
        (25, [(12_500, "HalfWay"), (22_000, "SecondsLeft", 3), (23_000, "SecondsLeft", 2), (24_000, "SecondsLeft", 1)]),
    ],
)
def test_a_hold(step, seconds, expected):
    """A hold has its last three seconds, and half way where it is ten seconds long or more."""
    assert told(step(Dose(hold_s=seconds))) == expected


def test_time_is_marked_as_a_hold_is(step):
    """A walk has its half way and its last seconds; in parts it says where each further part begins."""
    assert told(step(Dose(time_s=600)))[0] == (300_000, "HalfWay")
    found = told(step(Dose(time_s=600), parts=["Feet.", "Heels.", "Toes.", "Thighs."]))
    assert [mark for mark in found if mark[1] == "PartBegan"] == [
        (150_000, "PartBegan", 2), (300_000, "PartBegan", 3), (450_000, "PartBegan", 4),
    ]  # fmt: skip
    assert found[3:] == told(step(Dose(time_s=600)))[1:]
    assert unit_ms(step(Dose(time_s=600))) == 10_000
    assert units_done(step(Dose(time_s=600)), 60_000) is None


def test_a_hold_in_parts(step):
    """A hold in parts says where each further part begins, and has no half way."""
    found = told(step(Dose(hold_s=30), parts=["Draw in.", "Press away.", "Let go."]))
    assert found[:2] == [(10_000, "PartBegan", 2), (20_000, "PartBegan", 3)]
    assert [mark[1] for mark in found[2:]] == ["SecondsLeft"] * 3


def test_repetitions(step):
    """A repetition begins and returns; a whole set counts every one."""
    assert told(step(Dose(reps=2, tempo_s=(1.5, 2)))) == [
        (0, "RepetitionBegan", 1, 2),
        (1500, "RepetitionReturned", 1),
        (3500, "RepetitionBegan", 2, 2),
        (5000, "RepetitionReturned", 2),
    ]


def test_repetitions_that_hold(step):
    """A repetition that holds says where its hold begins and where it ends."""
    assert told(step(Dose(reps=1, hold_s=8, tempo_s=(2, 1)))) == [
        (0, "RepetitionBegan", 1, 1),
        (2000, "RepetitionHeld", 1),
        (10_000, "RepetitionReturned", 1),
    ]


def test_breaths(step):
    """A breath goes in, then out."""
    assert told(step(Dose(breaths=2))) == [
        (0, "BreathIn", 1, 2),
        (4000, "BreathOut", 1),
        (10_000, "BreathIn", 2, 2),
        (14_000, "BreathOut", 2),
    ]


@pytest.mark.parametrize(
    "dose",
    [
        Dose(reps=3, hold_s=2, tempo_s=(1.0005, 0)),
        Dose(reps=3, hold_s=8, tempo_s=(0.004 + 0.0005, 0)),
        Dose(breaths=3, in_s=2.0015, out_s=0),
        Dose(breaths=3, in_s=0.0015, out_s=0.9990),
    ],
)
def test_rounding_never_puts_a_boundary_behind_the_next(step, dose):
    """However finely a tempo is given, boundaries are in order and within the work."""
    work = step(dose)
    at_ms = [mark[0] for mark in told(work)]
    assert at_ms == sorted(at_ms)
    assert at_ms[-1] <= work.length_ms


@pytest.mark.parametrize("dose", [Dose(open=True), Dose(reps=5, self_paced=True)])
def test_work_without_an_end_has_no_boundaries(step, dose):
    """Nothing is counted where nobody knows the length."""
    assert marks(step(dose), None) == []


@pytest.mark.parametrize("kind", ["get_ready", "change_side", "rest"])
def test_what_comes_before_work_counts_down(step, kind):
    """Getting ready, turning over and resting count their last three seconds, whatever work they lead to."""
    found = told(step(Dose(reps=5, sets=2), kind, sides="both"))
    assert [mark[1:] for mark in found] == [("SecondsLeft", 3), ("SecondsLeft", 2), ("SecondsLeft", 1)]


def test_a_rating_is_not_counted_down(step):
    """The rest in which a rating is asked hurries nobody."""
    assert told(step(Dose(hold_s=20), "rate")) == []


@pytest.mark.parametrize(
    ("dose", "kind", "unit", "done"),
    [
        (Dose(hold_s=20), "work", 10_000, None),
        (Dose(reps=5), "work", 4000, 2),
        (Dose(breaths=5), "work", 10_000, 1),
        (Dose(reps=5), "rate", 10_000, None),
        (Dose(open=True), "work", 10_000, None),
    ],
)
def test_units(step, dose, kind, unit, done):
    """Time is changed and counted by whole repetitions and breaths, else by ten seconds."""
    assert unit_ms(step(dose, kind)) == unit
    assert units_done(step(dose, kind), 11_999) == done
