"""A logbook looked back on: what is read of it, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sessions.logbook import Logbook
from sessions.records import ActivityLogged, Body, ExercisePlanned, PainRated, SessionBegun, SessionEnded, WorkDone
from sessions.streaks import Streak
from tests.past import Past as History
from tests.past import bodies
from trainer.charts.lines import text_of
from trainer.coach.week import Week
from trainer.library.shelf import Library
from trainer.past import Past, period_said, series, streak_said, this_week
from trainer.paths import Paths

TODAY = "2026-03-01"
"""A Sunday; the history's sessions begin before its noon."""
DAY_H, WEEK_H = 24, 168


_opened: list[Logbook] = []


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    yield History(Paths(tmp_path / "config", tmp_path / "data"))
    while _opened:
        _opened.pop().close()


def past(history: History, today: str = TODAY) -> Past:
    found = Logbook.open_existing(history.paths.logbook)
    assert found is not None
    _opened.append(found)
    return Past(found, Library(history.paths.config), today)


def done(*exercises: str, seconds: int = 60, routine: str = "trial") -> Iterator[Body]:
    """A session of these exercises, each done once."""
    planned = tuple(ExercisePlanned(n, id, id.title(), "once", 1) for n, id in enumerate(exercises))
    yield SessionBegun(routine, "Trial", "h", planned, 2 * len(exercises))
    for n, id in enumerate(exercises):
        ms = seconds * 1000
        yield WorkDone(2 * n, n, id, id.title(), 1, 1, "none", "done", 1, ms, ms, None, None)
    yield SessionEnded("finished", "", seconds * 1000 * len(exercises), 0)


def test_a_guided_walk_counts_as_moderate_minutes(history: History) -> None:
    """Walking with the guide and walking logged by hand add up; stretches and holds are no minutes."""
    history.add("a", 26, what=done("mindful-walk", seconds=600))
    history.add("b", 3, what=[ActivityLogged("walk", "Walk", 1_200_000, "moderate")])
    history.add("c", 2, what=done("childs-pose", seconds=600))
    assert past(history).this_week() == Week(30, 0, 0, 0, 1)


def test_strength_counts_by_days(history: History) -> None:
    """Twice on one day is one day; a class that was logged is another; stretching is told apart."""
    history.add("a", 50, what=done("glute-bridge"))
    history.add("b", 49, what=done("clam", "cat-cow"))
    history.add("c", 2, what=[ActivityLogged("strength-class", "Strength class", 2_700_000, "moderate")])
    assert past(history).this_week() == Week(0, 0, 0, 2, 1)


def test_what_is_no_longer_in_the_library_counts_for_nothing(history: History) -> None:
    """An exercise that is gone has no kind; a file that cannot be read has none either."""
    history.add("a", 1, what=done("gone-since"))
    history.add("b", 2, what=done("mine"))
    mine = history.paths.config / "exercises/mine.toml"
    mine.parent.mkdir(parents=True)
    mine.write_text("kind = [")
    assert past(history).this_week() == Week(0, 0, 0, 0, 0)


def test_the_week_is_that_of_each_sessions_own_clock(history: History) -> None:
    """A session of Monday morning in Tokyo is this week's there, and one of Sunday night in New York last week's."""
    monday_h = 6 * DAY_H + 12  # midnight of Monday in UTC
    history.add("tokyo", monday_h + 8, offset_min=540, zone="Asia/Tokyo", what=done("clam"))
    history.add("york", monday_h - 2, offset_min=-300, zone="America/New_York", what=done("squat"))
    found = past(history)
    assert found.this_week().strength_times == 1
    assert found.week("2026-W08").strength_times == 1


def test_more_sessions_than_are_read_at_once(history: History) -> None:
    """A week of very many sessions is read whole, and so is one long ago."""
    history.add_all((f"s{n}", 400 * WEEK_H + n / 10, 60, "", done("clam")) for n in range(450))
    history.many(30, 1)
    found = past(history)
    week = found.weeks(None).since
    sessions = found._sessions(week)
    assert len(sessions) == len({row.id for row in sessions}) == 450


def test_minutes_of_a_year(history: History) -> None:
    """Whole minutes by day, over all routines, and at least one where anything was done."""
    history.add("a", 30, what=done("clam", seconds=20))
    history.add("b", 54, what=done("clam", seconds=90))
    history.add("c", 55, what=[ActivityLogged("walk", "Walk", 630_000, "moderate")])
    history.add("d", 100 * DAY_H, what=done("clam", seconds=600))
    found = past(history)
    assert found.minutes(2026) == {"2026-02-28": 1, "2026-02-27": 12}
    assert found.minutes(2025) == {"2025-11-21": 10}
    assert found.minutes(2024) == {}
    assert found.first_day == "2025-11-21"


def test_a_streak_forgives_what_the_frequency_asks(history: History) -> None:
    """Two times a week leave five days between, seven leave none; a routine that is gone counts as the usual three."""
    history.add_all((f"h{n}", 5 * DAY_H * n + 1, 60, "", done("clam", routine="uneven-hips")) for n in range(6))
    assert past(history).streak() == Streak(26, 6, 4)
    assert (
        streak_said(past(history).streak()) == "26 days in a row, rest days among them; active on 6. 4 weeks in a row."
    )
    history.add("b", 40 * DAY_H, what=done("clam", routine="back-basics"))
    assert past(history, "2026-03-07").streak().days == 26
    assert past(history, "2026-03-20").streak() == Streak(0, 0, 0)
    assert "next session" in streak_said(Streak(0, 0, 0))
    assert streak_said(Streak(0, 0, 1)) == "1 week in a row."


def test_exercises_by_how_much_was_done(history: History) -> None:
    """The most sets come first, equal ones by name; each has the name under which it was done most, cleaned."""
    history.add("a", 1, what=done("clam", "squat", "squat", "plank"))
    history.add("b", 2, exercise="clam", exercise_name="Cl\x1bam \u202e")
    history.add("c", 3, exercise="clam", exercise_name="Cl\x1bam \u202e")
    found = past(history)
    over = found.weeks(12)
    names = [(one.name, one.works) for one in found.exercises(over)]
    assert names == [("Cl\ufffdam \ufffd", 3), ("Squat", 2), ("Plank", 1)]
    assert found.exercise("squat", found.since("2026-03-01")) is not None
    assert found.exercise("elsewhere", over) is None


def test_an_empty_logbook(history: History) -> None:
    """There is a period of one week, with nothing in it."""
    history.open().close()
    found = past(history)
    over = found.weeks(None)
    assert (over.weeks, found.first_day, found.exercises(over)) == (1, "", [])
    assert (found.this_week(), found.streak(), found.minutes(2026)) == (Week(0, 0, 0, 0, 0), Streak(0, 0, 0), {})


def test_a_withdrawn_session_counts_nowhere(history: History) -> None:
    """Neither in the week nor among the exercises."""
    from sessions.records import Withdrawal

    history.add("a", 1, what=done("clam"))
    history.add("a", 0, what=[Withdrawal("a")])
    found = past(history)
    assert found.this_week() == Week(0, 0, 0, 0, 0)
    assert found.exercises(found.weeks(12)) == []


def test_what_is_plotted(history: History) -> None:
    """Of all pain the times of a session are drawn; the share of whole sets is in percent."""
    history.add(
        "a", 1, what=[*bodies(), PainRated("after_exercise", 5, 0, "plank", "Plank"), PainRated("next_morning", 1)]
    )
    found = past(history)
    over = found.weeks(12)
    assert [one.name for one in series(found.pain(over), "pain")] == ["before", "after", "next morning"]
    (plank,) = found.exercises(over)
    (whole,) = series(plank, "whole")
    assert (whole.name, whole.points) == ("Plank", {"2026-02-23": 100})


def test_the_period_in_words(history: History) -> None:
    """Its days, and which weeks are held against each other; years where it is longer than one."""
    history.add("a", 600 * DAY_H, what=done("clam"))
    found = past(history)
    whole = "8 Dec 2025 to 1 Mar 2026. At first: to 4 Jan. Lately: from 2 Feb."
    assert period_said(found.weeks(12)) == whole
    assert period_said(found.weeks(12), brief=True) == "First: to 4 Jan. Lately: from 2 Feb."
    assert "At first: to 19 Jan 2025. Lately: from 18 Aug 2025." in period_said(found.weeks(None))
    assert period_said(found.weeks(1)) == "The week from 23 Feb 2026 to 1 Mar 2026."


@pytest.mark.parametrize("width", [100, 80, 40, 20, 5])
def test_this_week_fits(width: int) -> None:
    """Streak and week are told in any width."""
    week = Week(230, 100, 20, 3, 5)
    for ascii_only in (False, True):
        lines = [text_of(line) for line in this_week(Streak(12, 9, 3), week, width=width, ascii_only=ascii_only)]
        assert max(map(len, lines)) <= width
        assert not ascii_only or all(line.isascii() for line in lines)
