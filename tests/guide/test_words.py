"""Doses, times and steps as a person reads them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.guide.conftest import make_exercise, make_plan
from trainer.guide import words
from trainer.library.model import Breaths, Dose, Hold, Open, Repetitions, SelfPaced, SideNames


@pytest.mark.parametrize(("count", "expected"), [(0, "0 sets"), (1, "1 set"), (2, "2 sets")])
def test_plural(count, expected):
    """One thing is named in the singular, any other number in the plural."""
    assert words.plural(count, "set") == expected
    assert words.plural(count, "foot", "feet") == expected.replace("sets", "feet").replace("set", "foot")


@pytest.mark.parametrize(
    ("ms", "expected"),
    [
        (0, "0:00"),
        (1, "0:01"),
        (1000, "0:01"),
        (8001, "0:09"),
        (59_001, "1:00"),
        (60_000, "1:00"),
        (699_999, "11:40"),
        (3_599_000, "59:59"),
        (3_600_000, "1:00:00"),
        (3_720_000, "1:02:00"),
        (36_065_000, "10:01:05"),
    ],
)
def test_a_clock_counts_begun_seconds(ms, expected):
    """A clock shows minutes and seconds, and hours where there are any; a second that has begun counts."""
    assert words.clock(ms) == expected


@given(st.integers(0, 100_000_000))
def test_a_clock_reads_back(ms):
    """What the clock shows is the time, rounded up to a second."""
    total_s = 0
    for part in words.clock(ms).split(":"):
        total_s = total_s * 60 + int(part)
    assert 0 <= total_s * 1000 - ms < 1000


@pytest.mark.parametrize(
    ("ms", "expected"),
    [
        (0, "5 s"),
        (12_400, "10 s"),
        (12_600, "15 s"),
        (50_000, "50 s"),
        (54_999, "55 s"),
        (55_000, "1 min"),
        (89_999, "1 min"),
        (95_000, "2 min"),
        (1_080_000, "18 min"),
        (5_400_000, "90 min"),
    ],
)
def test_a_length_to_choose_by_is_round(ms, expected):
    """A length is given in steps of five seconds below a minute, and in minutes from there on."""
    assert words.about(ms) == expected


@pytest.mark.parametrize(
    ("value", "work", "tempo"),
    [
        (Hold(1), "1 s hold", ""),
        (Hold(90), "90 s hold", ""),
        (Repetitions(15, 2.0, 0.0, 1.5), "15 repetitions", "2 s out, 1.5 s back"),
        (Repetitions(1, 2.0, 0.0, 2.0), "1 repetition", "2 s out, 2 s back"),
        (Repetitions(6, 1.0, 8.0, 1.0), "6 repetitions held 8 s", "1 s out, 8 s held, 1 s back"),
        (SelfPaced(1), "1 repetition at your own pace", ""),
        (SelfPaced(12), "12 repetitions at your own pace", ""),
        (Breaths(1, 4.0, 6.0), "1 breath", "4 s in, 6 s out"),
        (Breaths(8, 4.5, 6.0), "8 breaths", "4.5 s in, 6 s out"),
        (Open(60), "as long as you like", ""),
    ],
)
def test_one_set_and_its_pace(value, work, tempo):
    """Each kind of work has its words, and its pace in seconds where it has one."""
    assert words.work(value) == work
    assert words.tempo(value) == tempo


@pytest.mark.parametrize(
    ("dose", "sides", "expected"),
    [
        (Dose(hold_s=30), "none", "30 s hold"),
        (Dose(hold_s=30, sets=2), "none", "30 s hold, 2 sets"),
        (Dose(reps=15, sets=2), "both", "15 repetitions each side, 2 sets"),
        (Dose(reps=15), "alternating", "15 repetitions"),
        (
            Dose(reps=[6, 4, 2], hold_s=8),
            "both",
            ("3 sets: 6 repetitions held 8 s, then 4 repetitions held 8 s, then 2 repetitions held 8 s each side"),
        ),
        (Dose(hold_s=[20, 30]), "none", "2 sets: 20 s hold, then 30 s hold"),
        (Dose(hold_s=[30, 30]), "none", "30 s hold, 2 sets"),
        (Dose(breaths=[5]), "none", "5 breaths"),
        (Dose(open=True, sets=3), "none", "as long as you like, 3 sets"),
    ],
)
def test_a_dose_in_words(dose, sides, expected):
    """A dose says its work, the sides and the sets; sets that differ are told one by one."""
    assert words.dose(dose, make_exercise(dose=dose, sides=sides)) == expected


@pytest.mark.parametrize(
    ("sides", "sets", "expected"),
    [
        ("none", 1, {""}),
        ("none", 2, {"set 1 of 2", "set 2 of 2"}),
        ("both", 1, {"left leg", "right side"}),
        ("both", 2, {f"{side} · set {n} of 2" for side in ("left leg", "right side") for n in (1, 2)}),
        ("alternating", 1, {"side to side"}),
    ],
)
def test_side_and_set(sides, sets, expected):
    """The side is named as its exercise names it, and the set where there are several."""
    one = make_exercise(dose=Dose(hold_s=5, sets=sets), sides=sides, side_names=SideNames(left="left leg"))
    assert {words.set_and_side(step) for step in make_plan(one).steps} == expected


def test_positions_and_equipment_are_named_once():
    """What a plan goes through and what it needs is listed once each, in the order of the plan."""
    what = make_plan(
        make_exercise("a", position="seated", equipment=["chair"]),
        make_exercise("b", equipment=["wall", "chair"]),
        make_exercise("c", position="seated"),
    )
    assert words.positions(what) == ["seated", "standing"]
    assert words.equipment(what) == ["chair", "wall"]
    assert words.equipment(make_plan(make_exercise())) == []
