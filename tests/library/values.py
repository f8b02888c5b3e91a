"""Any exercise and any routine that a file can hold, for properties."""

from __future__ import annotations

import string
from typing import get_args

from hypothesis import strategies as st

from trainer.library.model import (
    Answer,
    Check,
    Cues,
    Dose,
    Exercise,
    Group,
    Level,
    Position,
    Routine,
    SideNames,
    Step,
)
from trainer.text import clean


def text(most: int) -> st.SearchStrategy[str]:
    """Text as it is after it was read: any characters, cleaned."""
    return st.text(min_size=1, max_size=most).map(clean)


def some(strategy: st.SearchStrategy, most: int = 3) -> st.SearchStrategy[list]:
    return st.lists(strategy, max_size=most)


ids = st.builds(
    str.__add__,
    st.sampled_from(string.ascii_lowercase + string.digits),
    st.text(string.ascii_lowercase + string.digits + "-", max_size=63),
)
lines, shorts = text(60), text(20)
sourced = st.dictionaries(shorts, shorts, max_size=2)
seconds = st.floats(0.5, 60)
sets = st.fixed_dictionaries({}, optional={"sets": st.integers(1, 20), "rest_s": st.integers(0, 600), "says": lines})


def dose(figures: dict[str, st.SearchStrategy], optional: dict[str, st.SearchStrategy]) -> st.SearchStrategy[Dose]:
    return st.builds(lambda a, b: Dose(**a, **b), st.fixed_dictionaries(figures, optional=optional), sets)


counts, holds = st.integers(1, 200), st.integers(1, 3600)
doses = st.one_of(
    dose({"reps": counts}, {"hold_s": holds, "tempo_s": st.tuples(seconds, seconds)}),
    dose({"reps": counts, "self_paced": st.just(True)}, {}),
    dose({"hold_s": holds}, {}),
    dose({"time_s": holds}, {}),
    dose({"breaths": counts}, {"in_s": seconds, "out_s": seconds}),
    dose({"open": st.just(True)}, {"about_s": holds}),
    st.lists(counts, min_size=1, max_size=20).map(lambda reps: Dose(reps=reps, source={"reps": "own"})),
)
cues = st.builds(Cues, **{name: some(lines) for name in Cues.__struct_fields__})
checks = st.builds(
    Check,
    lines,
    st.lists(st.builds(Answer, ids, shorts, st.none() | lines, st.none() | ids), min_size=2, max_size=4, unique_by=str),
).filter(lambda check: len({one.id for one in check.answer}) == len(check.answer))

_words = {name: some(shorts) for name in ("aliases", "equipment", "optional", "muscles", "tags", "sources")}
_exercises = st.builds(
    Exercise,
    id=ids,
    name=shorts,
    kind=st.sampled_from(["strength", "stretch", "mobility", "posture", "aerobic", "relaxation"]),
    position=st.sampled_from(get_args(Position)),
    purpose=lines,
    dose=doses,
    cues=cues,
    sides=st.sampled_from(["none", "both", "alternating"]),
    side_names=st.builds(SideNames, shorts, shorts),
    floor=st.none() | st.booleans(),
    sweat=st.booleans(),
    noise=st.booleans(),
    leave_out=some(lines),
    **_words,
)
_with_parts = st.builds(
    lambda one, hold_s, parts: _replaced(one, dose=Dose(hold_s=hold_s), parts=parts), _exercises, holds, some(lines)
)
_with_check = st.builds(
    lambda one, check: _replaced(one, kind="check", dose=Dose(open=True), check=check), _exercises, checks
)
exercises = st.one_of(_exercises, _with_parts, _with_check)


def _replaced(one: Exercise, **values: object) -> Exercise:
    return Exercise(**{**{name: getattr(one, name) for name in one.__struct_fields__}, **values})


levels = st.integers(0, 5).map(lambda number: [Level(reps=reps, sets=2) for reps in range(1, number + 1)])
steps = st.builds(
    Step,
    exercise=ids,
    dose=st.none() | doses,
    rest_after_s=st.none() | st.integers(0, 600),
    why=st.none() | lines,
    priority=st.integers(1, 5),
    extra_sets=st.integers(0, 5),
)
routines = st.builds(
    Routine,
    id=ids,
    name=shorts,
    purpose=lines,
    step=st.lists(steps, min_size=1, max_size=4),
    group=st.sampled_from(get_args(Group)),
    tags=some(shorts),
    frequency=st.none() | lines,
    times_a_week=st.none() | st.integers(1, 7),
    rest_after_s=st.integers(0, 600),
    sources=some(shorts),
    source=st.dictionaries(st.sampled_from(["frequency", "times_a_week", "rest_after_s"]), shorts),
    notes=some(lines),
    level=levels,
)
