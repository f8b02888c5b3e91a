"""A week beside what the sources name: what counts toward what, and how it is said."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.rows import PracticeRow, SessionRow, WeekActivityRow
from trainer.coach.week import Week, add_up, in_words, targets

WEEK, MON, TUE = "2026-W09", "2026-02-23", "2026-02-24"
KINDS: dict[str, Any] = {
    "clam": "strength",
    "squat": "strength",
    "cat-cow": "mobility",
    "childs-pose": "stretch",
    "mindful-walk": "aerobic",
    "sway-check": "check",
}


def row(activity: str, intensity: str, length_min: int, times: int = 1) -> WeekActivityRow:
    return WeekActivityRow(WEEK, activity, intensity, times, length_min * 60_000)  # type: ignore[arg-type]


def session(id: str, day: str, *, activity: str = "", done: int = 1, cut_short: int = 0) -> SessionRow:
    return SessionRow(
        id=id,
        routine="" if activity else "trial",
        name="Trial",
        began_ms=0,
        offset_min=0,
        zone="",
        day=day,
        week=WEEK,
        ended_ms=0,
        how="finished",
        active_ms=0,
        paused_ms=0,
        steps=0,
        next_step=0,
        works=0,
        done=0 if activity else done,
        cut_short=cut_short,
        skipped=0,
        pain_before=None,
        pain_after=None,
        pain_next_morning=None,
        withdrawn=False,
        activity=activity,
    )


def practised(session_id: str, *exercises: str) -> list[PracticeRow]:
    return [PracticeRow(exercise, 0, session_id, None) for exercise in exercises]


@pytest.mark.parametrize(
    ("rows", "aerobic_min", "expected"),
    [
        ([], 0, (0, 0, 0)),
        ([row("walk", "moderate", 20)], 0, (20, 0, 0)),
        ([row("walk", "moderate", 20), row("run", "vigorous", 30)], 0, (80, 30, 0)),
        ([row("run", "vigorous", 75)], 0, (150, 75, 0)),
        ([row("walk", "light", 40)], 0, (0, 0, 40)),
        ([row("strength-class", "vigorous", 45, 2), row("yoga", "light", 60, 3)], 0, (0, 0, 0)),
        ([row("from-later", "moderate", 10)], 0, (10, 0, 0)),
        ([row("walk", "moderate", 20)], 15, (35, 0, 0)),
        ([], 10, (10, 0, 0)),
    ],
)
def test_minutes_add_up(rows: list[WeekActivityRow], aerobic_min: int, expected: tuple[int, int, int]) -> None:
    """A vigorous minute counts as two, a light one as none, a guided walk as moderate; a class is no minutes."""
    found = add_up(rows, [], [], {}, aerobic_min * 60_000)
    assert (found.moderate_min, found.vigorous_min, found.light_min) == expected


def test_seconds_are_added_before_they_are_cut_off() -> None:
    """Parts of minutes add up to whole ones, those of a walk with those logged by hand."""
    half = WeekActivityRow("w", "walk", "moderate", 1, 30_000)
    assert add_up([half, half, half], [], [], {}, 0).moderate_min == 1
    assert add_up([half], [], [], {}, 30_000).moderate_min == 1


@pytest.mark.parametrize(
    ("sessions", "done", "expected"),
    [
        ([session("a", MON)], practised("a", "clam", "squat"), (1, 0)),
        ([session("a", MON), session("b", MON)], practised("a", "clam") + practised("b", "squat"), (1, 0)),
        ([session("a", MON), session("b", TUE)], practised("a", "clam") + practised("b", "clam"), (2, 0)),
        ([session("a", MON)], practised("a", "clam", "cat-cow"), (1, 1)),
        ([session("a", MON)], practised("a", "cat-cow", "childs-pose"), (0, 1)),
        ([session("a", MON, done=0, cut_short=1)], practised("a", "clam"), (1, 0)),
        ([session("a", MON, done=0)], practised("a", "clam"), (0, 0)),
        ([session("a", MON)], practised("a", "mindful-walk", "sway-check", "gone"), (0, 0)),
        ([session("a", MON)], practised("elsewhere", "clam"), (0, 0)),
        ([session("a", MON, activity="strength-class")], [], (1, 0)),
        ([session("a", MON, activity="yoga"), session("b", MON)], practised("b", "childs-pose"), (0, 1)),
        ([session("a", TUE, activity="yoga"), session("b", MON)], practised("b", "childs-pose"), (0, 2)),
        ([session("a", MON, activity="walk")], [], (0, 0)),
        ([session("a", MON, activity="from-later")], [], (0, 0)),
    ],
)  # fmt: skip
def test_days_count_once(sessions: list[SessionRow], done: list[PracticeRow], expected: tuple[int, int]) -> None:
    """Strength and stretching count by days, guided or logged; what is not in the library counts for nothing."""
    found = add_up([], sessions, done, KINDS, 0)
    assert (found.strength_times, found.flexibility_times) == expected


@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.sampled_from([*KINDS, "gone"]), st.sampled_from(["", "walk", "yoga"])),
        max_size=40,
    )
)
def test_no_more_days_than_a_week_has(done: list[tuple[int, str, str]]) -> None:
    """However often something was done, each day counts once."""
    sessions = [session(str(n), f"2026-03-0{day + 1}", activity=what) for n, (day, _, what) in enumerate(done)]
    rows = [one for n, (_, exercise, _) in enumerate(done) for one in practised(str(n), exercise)]
    found = add_up([], sessions, rows, KINDS, 0)
    assert found.strength_times <= len({day for day, _, _ in done})
    assert found.flexibility_times <= 7


@pytest.mark.parametrize(
    ("week", "which", "expected"),
    [
        (
            Week(20, 0, 0, 0, 0),
            "this week",
            "Logged this week: 20 min moderate. The sources name 150 min moderate or 75 vigorous a week.",
        ),
        (
            Week(200, 60, 15, 0, 1),
            "in the week 2026-W09",
            "Logged in the week 2026-W09: 200 min moderate (60 vigorous, each counted twice), 15 min light, "
            "flexibility once. The sources name 150 min moderate or 75 vigorous a week.",
        ),
        (
            Week(0, 0, 0, 3, 0),
            "this week",
            "Logged this week: 0 min moderate, strength 3 times. "
            "The sources name 150 min moderate or 75 vigorous, and strength twice a week.",
        ),
    ],
)
def test_in_words(week: Week, which: str, expected: str) -> None:
    """What was done stands beside what the sources name, whether more or less."""
    assert in_words(week, which) == expected


def test_targets() -> None:
    """Each thing that the sources name has its number beside theirs, and nothing is called reached or missed."""
    found = targets(Week(80, 30, 10, 1, 0))
    assert [(one.name, one.value, one.of) for one in found] == [
        ("Activity", 80, 150),
        ("Strength", 1, 2),
        ("Stretching", 0, 3),
    ]
    assert [one.said for one in found] == [
        "80 min moderate (30 vigorous, each counted twice); named: 150",
        "1 day; named: 2",
        "0 days; named: several",
    ]
