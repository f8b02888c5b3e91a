"""`stats`: whether pain changed, one exercise in full, a year; for persons and for programs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sessions.records import (
    ActivityLogged,
    Body,
    ExercisePlanned,
    PainRated,
    SessionBegun,
    SessionEnded,
    Stamp,
    WorkDone,
)
from tests.past import NOON_MS, ten_years
from tests.past import Past as History
from trainer.cli import streams
from trainer.paths import Paths
from trainer.text import cells

ROOT = Path(__file__).parents[2]
HOSTILE = "[L] a [/b] c [/] \x1b]0;t\x07\x1b[2J \u202e \x9b31m膝膝膝"
WEEK_H = 168


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is noon of the first of March 2026, a Sunday."""
    monkeypatch.setattr("trainer.cli.make.stamp", lambda: Stamp(NOON_MS, 60, "Europe/Berlin"))


@pytest.fixture(scope="module")
def decade(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ten_years(tmp_path_factory, 1_500)


@pytest.fixture
def years(folders: Paths, decade: Path) -> Paths:
    """A decade of history, made up."""
    folders.data.mkdir(parents=True)
    shutil.copy(decade, folders.logbook)
    return folders


@pytest.fixture
def history(folders: Paths) -> History:
    return History(folders)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Standard output is a terminal of some width, with colours or without."""

    def be(columns: int = 80, *, colour: bool = False) -> None:
        monkeypatch.setattr(streams, "is_terminal", lambda _: True)
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setenv("NO_COLOR", "" if colour else "1")

    return be


def bridge(left: int, right: int, name: str = "Bridge", reps: int = 10) -> Iterator[Body]:
    """A session of one exercise on both sides, with a rating of each."""
    yield SessionBegun("trial", "Trial", "h", (ExercisePlanned(0, "bridge", name, "ten", 2),), 4)
    for step, side, nrs in ((0, "left", left), (2, "right", right)):
        yield WorkDone(step, 0, "bridge", name, 1, 1, side, "done", 1, None, 30_000, reps, reps)  # type: ignore[arg-type]
        yield PainRated("after_exercise", nrs, 0, "bridge", name, side)  # type: ignore[arg-type]
    yield SessionEnded("finished", "", 60_000, 0)


@pytest.fixture
def twelve_weeks(history: History) -> History:
    """Three sessions in each of the first and the last four weeks: the left side from 6 to 3, the right always 1."""
    for week in (0, 1, 2, 3, 8, 9, 10, 11):
        lately = week < 4
        for n in range(3):
            what = bridge(3 if lately else 6, 1, reps=12 if lately else 8)
            history.add(f"{week}-{n}", week * WEEK_H + n + 1, what=what)
    return history


# --- without a terminal -------------------------------------------------------------------------------


def test_some_weeks(cli: Any, twelve_weeks: History) -> None:
    """All pain, each exercise by its sides, the streak and the week, in sentences."""
    assert cli("stats") == (
        0,
        """\
8 Dec 2025 to 1 Mar 2026. At first: to 4 Jan. Lately: from 2 Feb.

All pain
- After an exercise: less, 3.5 → 2.

Exercises
- Bridge. Pain: left less, 6 → 3; right about the same, 1. Lately left hurts
  more than right: 3 and 1.

1 day in a row.
Logged this week: 0 min moderate. The sources name 150 min moderate or 75
vigorous a week.
""",
        "",
    )


def test_one_exercise(cli: Any, twelve_weeks: History) -> None:
    """An exercise by its id or a name of it, with all that was counted."""
    for word in ("bridge", "BRI"):
        status, out, err = cli("stats", "--exercise", word)
        assert (status, err) == (0, "")
        assert out.splitlines() == [
            "Bridge",
            "8 Dec 2025 to 1 Mar 2026. At first: to 4 Jan. Lately: from 2 Feb.",
            "",
            "- Pain: left less, 6 → 3; right about the same, 1.",
            "- Lately left hurts more than right: 3 and 1.",
            "- Repetitions a set: left 8 → 12; right 8 → 12.",
            "- Seconds a set: left 30; right 30.",
            "- Sets done whole: left 100 %; right 100 %.",
        ]


@pytest.mark.parametrize(
    ("since", "begin"),
    [
        ("12w", "8 Dec 2025"),
        ("4w", "2 Feb 2026"),
        ("30d", "2 Feb 2026"),
        ("1d", "The week from 23 Feb 2026"),
        ("2026-02-11", "9 Feb 2026"),
        ("2000-01-01", "8 Dec 2025"),
        ("1y", "8 Dec 2025"),
    ],
)
def test_since(cli: Any, twelve_weeks: History, since: str, begin: str) -> None:
    """So many whole weeks with this one, or from the week of a day on; nothing before the first session."""
    assert cli("stats", "--since", since)[1].startswith(begin)


def test_an_exercise_that_was_not_done_lately(cli: Any, history: History) -> None:
    """It is known, and there is nothing of it."""
    history.add("old", 60 * WEEK_H, what=bridge(1, 1))
    assert cli("stats", "--exercise", "bridge") == (0, "Nothing was done of it in these weeks.\n", "")


def test_a_year(cli: Any, twelve_weeks: History) -> None:
    """Without a terminal a year is a sentence for each month."""
    assert cli("stats", "--year", "2026")[1].splitlines() == [
        "2026: 5 days, 15 minutes.",
        "- January: 1 day, 3 minutes on the 4th.",
        "- February: 3 days, 9 minutes, the longest 3 on the 8th.",
        "- March: 1 day, 3 minutes on the 1st.",
    ]


# --- nothing, little, much ----------------------------------------------------------------------------


@pytest.mark.parametrize("argv", [(), ("--exercise", "bridge"), ("--year", "2025"), ("--since", "12w")])
def test_no_logbook(cli: Any, folders: Paths, argv: tuple[str, ...]) -> None:
    """Without a logbook there are no sessions yet, and none is made."""
    assert cli("stats", *argv) == (0, "No sessions yet.\n", "")
    assert not folders.data.exists()


def test_an_empty_logbook(cli: Any, history: History) -> None:
    """There are no sessions in it, and none in a year."""
    history.open().close()
    assert cli("stats") == (0, "No sessions yet.\n", "")
    assert cli("stats", "--year", "2025")[1].startswith("2025: nothing logged.")


def test_one_session(cli: Any, history: History) -> None:
    """It is too early to compare, and what there is is told."""
    history.add("a", 1, what=bridge(3, 2))
    out = cli("stats")[1]
    assert "The week from 23 Feb 2026 to 1 Mar 2026." in out
    assert "After an exercise: too early to say (2 ratings)." in out
    assert "left too early to say (1 rating)" in out


@pytest.mark.parametrize("columns", ["100", "80", "40", "20"])
@pytest.mark.parametrize("on_terminal", [False, True])
@pytest.mark.parametrize("argv", [[], ["--exercise", "bridge"], ["--year", "2026"], ["--json"]])
def test_hostile_names(
    cli: Any,
    history: History,
    monkeypatch: pytest.MonkeyPatch,
    terminal: Callable[..., None],
    argv: list[str],
    columns: str,
    on_terminal: bool,
) -> None:
    """Whatever an exercise is called, it steers no terminal, is no markup, and fits the width."""
    for n in range(4):
        history.add(f"s{n}", n * 5 * WEEK_H, what=bridge(5, 2, HOSTILE))
    history.add("walk", 2, what=[ActivityLogged("walk", HOSTILE, 600_000, "moderate")])
    if on_terminal:
        terminal(int(columns))
    monkeypatch.setenv("COLUMNS", columns)
    status, out, err = cli("stats", *argv)
    assert (status, err) == (0, "")
    assert not any(char in out for char in "\x1b\x07\x9b\u202e")
    if argv != ["--json"]:
        assert max(map(cells, out.splitlines())) <= int(columns)
    if argv in ([], ["--exercise", "bridge"]) and columns == "100":
        assert "[L] a [/b] c [/]" in out


# --- on a terminal ------------------------------------------------------------------------------------


def test_a_plot_and_a_table(cli: Any, years: Paths, terminal: Callable[..., None]) -> None:
    """A terminal gets a plot of all pain, a row for each side of an exercise, and bars of the week."""
    terminal()
    out = cli("stats")[1]
    assert "○ before  ● after  ▲ next morning" in out
    assert "└" in out
    assert re.search(r"Exercise +Side +Pain +Repetitions +Seconds +Done whole", out)
    assert re.search(r"Single-leg bridge +left ", out)
    assert "This week, beside what the sources name" in out
    assert "█" in out
    assert max(map(cells, out.splitlines())) <= 80
    assert "\x1b" not in out


def test_both_sides_in_one_plot(cli: Any, years: Paths, terminal: Callable[..., None]) -> None:
    """An exercise's plots have left and right, of pain and of what it is dosed in."""
    terminal()
    out = cli("stats", "--exercise", "single-leg-bridge", "--since", "2016-01-01")[1]
    assert re.search(r"pain, 0 to 10  ◂ left  ▸ right", out)
    assert re.search(r"repetitions a set  ◂ left  ▸ right", out)
    out = cli("stats", "--exercise", "side-plank", "--since", "2016-01-01")[1]
    assert re.search(r"seconds a set  ◂ left  ▸ right", out)


def test_a_calendar(cli: Any, years: Paths, terminal: Callable[..., None]) -> None:
    """A terminal gets the year as a calendar; this year's with the week below."""
    terminal()
    assert "Jan Feb" in cli("stats", "--year", "2025")[1]
    assert "This week" not in cli("stats", "--year", "2025")[1]
    out = cli("stats", "--year", "2026")[1]
    assert "^ today" in out
    assert "This week" in out


@pytest.mark.parametrize("argv", [[], ["--exercise", "bird-dog"], ["--year", "2026"]])
def test_colour(cli: Any, years: Paths, terminal: Callable[..., None], argv: list[str]) -> None:
    """Colour comes where it is taken, and nothing is lost without it."""
    terminal()
    plain = cli("stats", *argv)[1]
    terminal(colour=True)
    coloured = cli("stats", *argv)[1]
    assert "\x1b[" in coloured
    without = re.sub(r"\x1b\[[\d;]*m", "", coloured)
    assert [line.rstrip() for line in without.splitlines()] == [line.rstrip() for line in plain.splitlines()]


@pytest.mark.parametrize("on_terminal", [False, True])
@pytest.mark.parametrize("argv", [[], ["--exercise", "bird-dog"], ["--year", "2026"], ["--year", "2025"]])
def test_ascii(
    cli: Any,
    years: Paths,
    monkeypatch: pytest.MonkeyPatch,
    terminal: Callable[..., None],
    argv: list[str],
    on_terminal: bool,
) -> None:
    """Where the output knows only ASCII, nothing else is written, and arrows are written out."""
    monkeypatch.setattr("trainer.cli.chart.ascii_only", lambda: True)
    if on_terminal:
        terminal()
    out = cli("stats", *argv)[1]
    assert out.isascii()
    assert "->" in out or "--year" in argv


# --- for programs -------------------------------------------------------------------------------------


def numbers(value: Any) -> Iterator[Any]:
    for one in value.values() if isinstance(value, dict) else value:
        if isinstance(one, dict | list):
            yield from numbers(one)
        else:
            yield one


def test_json(cli: Any, twelve_weeks: History) -> None:
    """One object: period, pain, exercises by side, week, streak; means with how many they are of."""
    found = json.loads(cli("stats", "--json")[1])
    assert [*found] == ["period", "pain", "exercises", "week", "streak"]
    assert found["period"] == {
        "since": "2025-12-08",
        "until": "2026-03-01",
        "weeks": 12,
        "at_first_until": "2026-01-04",
        "lately_from": "2026-02-02",
    }
    (one,) = found["exercises"]
    assert (one["id"], one["name"], one["sets"]) == ("bridge", "Bridge", 48)
    assert one["right_against_left"] == {"left": 3.0, "right": 1.0, "verdict": "less"}
    assert [*one["sides"]] == ["left", "right"]
    left = one["sides"]["left"]
    assert [*left] == ["pain", "reps_a_set", "seconds_a_set", "share_done_whole"]
    weeks = left["pain"].pop("weeks")
    assert left["pain"] == {
        "at_first": 6.0,
        "lately": 3.0,
        "at_first_count": 12,
        "lately_count": 12,
        "verdict": "less",
    }
    assert weeks[0] == {"week": "2025-W50", "mean": 6.0, "count": 3}
    assert len(weeks) == 8
    assert left["reps_a_set"]["lately"] == 12
    assert left["share_done_whole"]["lately"] == 1
    assert [*found["pain"]] == ["after_exercise"]
    assert found["week"]["named"] == {"moderate_min": 150, "vigorous_min": 75, "strength_times": 2}
    assert found["streak"] == {"days": 1, "active": 1, "weeks": 0}


def test_json_of_one_exercise(cli: Any, years: Paths) -> None:
    """The same object, with that exercise alone."""
    found = json.loads(cli("stats", "--json", "--exercise", "bird-dog")[1])
    assert [one["id"] for one in found["exercises"]] == ["bird-dog"]
    assert {"before", "after"} <= set(found["pain"])


def test_json_of_a_year(cli: Any, twelve_weeks: History, folders: Paths) -> None:
    """Whole minutes by day, those with any, and their sums."""
    found = json.loads(cli("stats", "--json", "--year", "2026")[1])
    assert (found["year"], found["days"], found["minutes"]) == (2026, 5, 15)
    assert found["minutes_by_day"]["2026-03-01"] == 3


def test_json_of_nothing(cli: Any, folders: Paths) -> None:
    """The same keys where there is no logbook."""
    found = json.loads(cli("stats", "--json")[1])
    assert [*found] == ["period", "pain", "exercises", "week", "streak"]
    assert (found["period"], found["exercises"], found["streak"]["days"]) == (None, [], 0)
    assert found["week"]["week"] == "2026-W09"
    assert json.loads(cli("stats", "--json", "--year", "2025")[1]) == {
        "year": 2025,
        "days": 0,
        "minutes": 0,
        "minutes_by_day": {},
    }


@pytest.mark.parametrize(
    "argv", [["--json"], [], ["--exercise", "bird-dog"], ["--year", "2025"], ["--year", "2025", "--json"]]
)
def test_without_a_terminal_nothing_is_loaded_that_draws(years: Paths, argv: list[str]) -> None:
    """Neither the plots' library nor Textual nor Rich."""
    code = (
        "import sys; from trainer.__main__ import main; status = main(sys.argv[1:]);"
        "print(status, *sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "stats", *argv],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    status, *loaded = done.stderr.split()
    assert status == "0"
    assert done.stdout
    assert not {name.split(".")[0] for name in loaded} & {"plotille", "textual", "rich", "miniaudio", "asyncio"}


# --- wrong input --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["--year", "25"], "stats: --year: found '25'; allowed: 1970 to 2026"),
        (["--year", "2027"], "stats: --year: found '2027'; allowed: 1970 to 2026"),
        (["--year", "２０２５"], "allowed: 1970 to 2026"),
        (["--year", "2025\x1b[2J"], "found '2025\ufffd[2J'; allowed: 1970 to 2026"),
        (["--year", "2025", "--since", "12w"], "stats: --year stands alone"),
        (["--year", "2025", "--exercise", "bridge"], "stats: --year stands alone"),
        (["--since", "yesterday"], "stats: --since: found 'yesterday'; allowed: a day such as 2026-03-01"),
        (["--since", "9999y"], "stats: --since: found '9999y'"),
        (["--since", "2026-03-02"], "found '2026-03-02'; allowed: a day up to today, 2026-03-01"),
        (["--exercise", "handstand"], "--exercise: found 'handstand'; nothing is called so; there is: bridge"),
    ],
)
@pytest.mark.parametrize("json_too", [[], ["--json"]])
def test_wrong_input(cli: Any, twelve_weeks: History, argv: list[str], said: str, json_too: list[str]) -> None:
    """It is refused with what was found and what is allowed, and nothing is printed."""
    status, out, err = cli("stats", *argv, *json_too)
    assert (status, out) == (2, "")
    assert said in err


def test_wrong_input_without_a_logbook(cli: Any, folders: Paths) -> None:
    """It is refused there, too."""
    assert cli("stats", "--year", "x")[0] == 2
    assert cli("stats", "--since", "x")[0] == 2


def test_a_file_that_is_no_logbook(cli: Any, folders: Paths) -> None:
    """It is told of in one line, and left as it is."""
    folders.data.mkdir(parents=True)
    folders.logbook.write_bytes(b"no logbook at all" * 400)
    status, out, err = cli("stats")
    assert (status, out) == (1, "")
    assert str(folders.logbook) in err
    assert folders.logbook.read_bytes() == b"no logbook at all" * 400
