"""Doses: what contradicts itself, what replaces what, which sets they come to."""

from __future__ import annotations

import pytest

from trainer.library.model import OWN, Breaths, Dose, Hold, Open, Repetitions, SelfPaced


@pytest.mark.parametrize(
    ("dose", "key"),
    [
        (Dose(), ""),
        (Dose(open=False), ""),
        (Dose(hold_s=5, breaths=5), "breaths"),
        (Dose(reps=5, open=True), "open"),
        (Dose(hold_s=5, tempo_s=(1, 1)), "tempo_s"),
        (Dose(hold_s=5, self_paced=False), "self_paced"),
        (Dose(reps=5, in_s=3), "in_s"),
        (Dose(hold_s=5, about_s=9), "about_s"),
        (Dose(reps=5, self_paced=True, tempo_s=(1, 1)), "self_paced"),
        (Dose(reps=5, self_paced=True, hold_s=3), "self_paced"),
        (Dose(reps=5, tempo_s=(0.5, 0.4)), "tempo_s"),
        (Dose(breaths=5, in_s=0.5, out_s=0.4), "in_s"),
        (Dose(reps=[]), "reps"),
        (Dose(reps=[1] * 21), "reps"),
        (Dose(reps=[3, 2], sets=3), "sets"),
        (Dose(reps=[3, 2], hold_s=[5, 6, 7]), "hold_s"),
        (Dose(hold_s=5, source={"nonsense": OWN}), "source"),
        (Dose(hold_s=5, source={"says": OWN}), "source"),
    ],
)
def test_a_contradiction_is_found(dose, key):
    """A dose that cannot be run says which key is wrong."""
    problem = dose.problem()
    assert problem is not None
    assert problem[0] == key
    assert all(problem[1:])


@pytest.mark.parametrize(
    ("dose", "sets"),
    [
        (Dose(hold_s=20), (Hold(20),)),
        (Dose(hold_s=[20, 10]), (Hold(20), Hold(10))),
        (Dose(hold_s=[20, 10], sets=2), (Hold(20), Hold(10))),
        (Dose(reps=5, sets=2), (Repetitions(5, 2.0, 0.0, 2.0),) * 2),
        (Dose(reps=[6, 4], hold_s=8), (Repetitions(6, 2.0, 8.0, 2.0), Repetitions(4, 2.0, 8.0, 2.0))),
        (Dose(reps=[6, 4], hold_s=[8, 5]), (Repetitions(6, 2.0, 8.0, 2.0), Repetitions(4, 2.0, 5.0, 2.0))),
        (Dose(reps=3, hold_s=1, tempo_s=(0, 0)), (Repetitions(3, 0, 1.0, 0),)),
        (Dose(reps=5, self_paced=True), (SelfPaced(5),)),
        (Dose(reps=5, self_paced=False), (Repetitions(5, 2.0, 0.0, 2.0),)),
        (Dose(breaths=5), (Breaths(5, 4.0, 6.0),)),
        (Dose(breaths=[5, 3], in_s=0, out_s=7), (Breaths(5, 0, 7), Breaths(3, 0, 7))),
        (Dose(open=True), (Open(60),)),
        (Dose(open=True, about_s=90, sets=2), (Open(90), Open(90))),
        (Dose(hold_s=5, open=False), (Hold(5),)),
    ],
)
def test_a_dose_comes_to_its_sets(dose, sets):
    """Each set has its own prescription; figures in a list also give the number of sets."""
    assert dose.problem() is None
    assert dose.sets_of_work() == sets


BASE = Dose(reps=10, tempo_s=(3, 3), sets=2, rest_s=30, says="ten", source={"reps": "relief", "sets": "relief"})


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (None, BASE),
        (
            Dose(sets=3),
            Dose(reps=10, tempo_s=(3, 3), sets=3, rest_s=30, says="ten", source={"reps": "relief", "sets": OWN}),
        ),
        (Dose(hold_s=20), Dose(hold_s=20, sets=2, rest_s=30, source={"hold_s": OWN, "sets": "relief"})),
        (Dose(reps=5), Dose(reps=5, sets=2, rest_s=30, source={"reps": OWN, "sets": "relief"})),
        (Dose(reps=[6, 4, 2]), Dose(reps=[6, 4, 2], rest_s=30, source={"reps": OWN})),
        (
            Dose(tempo_s=(1, 1), source={"tempo_s": "lasting"}),
            Dose(
                reps=10,
                tempo_s=(1, 1),
                sets=2,
                rest_s=30,
                says="ten",
                source={"reps": "relief", "sets": "relief", "tempo_s": "lasting"},
            ),
        ),
        (
            Dose(rest_s=0),
            Dose(reps=10, tempo_s=(3, 3), sets=2, rest_s=0, says="ten", source={**BASE.source, "rest_s": OWN}),
        ),
    ],
)
def test_a_step_replaces_what_it_names(other, expected):
    """What a step names takes its place; a kind of work brings all that belongs to it, and its own sources."""
    assert BASE.replaced_by(other) == expected
    assert expected.problem() is None


def test_what_a_step_says_has_no_source():
    """The wording of a dose needs no source of its own."""
    assert BASE.replaced_by(Dose(hold_s=20, says="twenty")).source == {"hold_s": OWN, "sets": "relief"}


@pytest.mark.parametrize(
    ("dose", "expected"),
    [
        (Dose(hold_s=21, sets=3), Dose(hold_s=10, sets=3)),
        (Dose(hold_s=[20, 1]), Dose(hold_s=[10, 1])),
        (Dose(reps=[6, 4, 1], hold_s=8), Dose(reps=[3, 2, 1], hold_s=8)),
        (Dose(breaths=5, in_s=3), Dose(breaths=2, in_s=3)),
        (Dose(open=True), Dose(open=True)),
        (Dose(reps=10, says="ten", source={"reps": "relief"}), Dose(reps=5)),
    ],
)
def test_half_of_a_dose(dose, expected):
    """Half leaves at least one of each, keeps how long a repetition holds, and cites no source."""
    assert dose.halved() == expected
    assert expected.problem() is None
