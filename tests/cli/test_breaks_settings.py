"""The table `[breaks]` of the settings: what is wrong in it is told with its place, before anybody counts."""

from __future__ import annotations

from typing import Any

import pytest

RANGE = "from one time to another, such as 09:00-12:30"
TIME = "a time of the clock, such as 15:00"
ROUTINE = "the id of a routine"
BOOL = "true or false"
DAYS = "'fri', 'mon', 'sat', 'sun', 'thu', 'tue', 'wed'"


def number(least: int, most: int) -> str:
    return f"a whole number from {least} to {most}"


@pytest.mark.parametrize(
    ("text", "place", "found", "allowed"),
    [
        ("every_min = true", "2:13: breaks.every_min", "true", number(0, 480)),
        ("every_min = 481", "2:13: breaks.every_min", "481", number(0, 480)),
        ("every_min = -1", "2:13: breaks.every_min", "-1", number(0, 480)),
        ("every_min = 60.5", "2:13: breaks.every_min", "60.5", number(0, 480)),
        ('every_min = "60"', "2:13: breaks.every_min", "'60'", number(0, 480)),
        ("every_min = []", "2:13: breaks.every_min", "[]", number(0, 480)),
        ('routines = "desk-break"', "2:12: breaks.routines", "'desk-break'", f"a list, each {ROUTINE}"),
        ("routines = []", "2:12: breaks.routines", "[]", "1 to 20 entries"),
        ('routines = [""]', "2:13: breaks.routines 1", "''", ROUTINE),
        ('routines = ["desk-break", 5]', "2:27: breaks.routines 2", "5", ROUTINE),
        ("at = 5", "2:6: breaks.at", "5", "[[breaks.at]], a list, each a table with time, routine, days"),
        ('at = ["15:00"]', "2:7: breaks.at 1", "'15:00'", "a table with time, routine, days"),
        ("[[breaks.at]]\n", "breaks.at 1.time", "nothing", TIME),
        ('[[breaks.at]]\ntime = "25:00"', "3:8: breaks.at 1.time", "'25:00'", TIME),
        ('[[breaks.at]]\ntime = "9:00"', "3:8: breaks.at 1.time", "'9:00'", TIME),
        ('[[breaks.at]]\ntime = "24:00"', "3:8: breaks.at 1.time", "'24:00'", TIME),
        ("[[breaks.at]]\ntime = 15:00:00", "3:8: breaks.at 1.time", "15:00:00", TIME),
        ('[[breaks.at]]\ntime = "15:00"\ndays = []', "4:8: breaks.at 1.days", "[]", "1 to 7 entries"),
        ('[[breaks.at]]\ntime = "15:00"\ndays = ["monday"]', "4:9: breaks.at 1.days 1", "'monday'", DAYS),
        ('[[breaks.at]]\ntime = "15:00"\nroutine = 1', "4:11: breaks.at 1.routine", "1", ROUTINE),
        ('[[breaks.at]]\ntime = "15:00"\nwhen = 1', "4:1: breaks.at 1.when", "an unknown key", "time, routine, days"),
        ("hours = 9", "2:9: breaks.hours", "9", "a table with mon, tue, wed, thu, fri, sat, sun"),
        ('[breaks.hours]\nmon = "09:00-17:00"', "3:7: breaks.hours.mon", "'09:00-17:00'", f"a list, each {RANGE}"),
        ('[breaks.hours]\nmon = ["9-17"]', "3:8: breaks.hours.mon 1", "'9-17'", RANGE),
        ('[breaks.hours]\nmon = ["25:00-26:00"]', "3:8: breaks.hours.mon 1", "'25:00-26:00'", RANGE),
        ('[breaks.hours]\nmon = ["09:00 - 17:00"]', "3:8: breaks.hours.mon 1", "'09:00 - 17:00'", RANGE),
        ('[breaks.hours]\nmon = ["09:00-12:00", "x"]', "3:23: breaks.hours.mon 2", "'x'", RANGE),
        ('[breaks.hours]\nmontag = ["09:00-17:00"]', "3:1: breaks.hours.montag", "an unknown key", "did you mean mon?"),
        ("postpone_min = 0", "2:16: breaks.postpone_min", "0", number(1, 60)),
        ("postpone_min = 61", "2:16: breaks.postpone_min", "61", number(1, 60)),
        ("postpone_most = 21", "2:17: breaks.postpone_most", "21", number(0, 20)),
        ("heads_up_s = 301", "2:14: breaks.heads_up_s", "301", number(0, 300)),
        ("watch_idle = 1", "2:14: breaks.watch_idle", "1", BOOL),
        ("away_min = 0", "2:12: breaks.away_min", "0", number(1, 120)),
        ("away_min = 121", "2:12: breaks.away_min", "121", number(1, 120)),
        ('desktop = "yes"', "2:11: breaks.desktop", "'yes'", BOOL),
        ("bell = 0", "2:8: breaks.bell", "0", BOOL),
        ("evry_min = 5", "2:1: breaks.evry_min", "an unknown key", "did you mean every_min?"),
        ('every_min = "\\u001b[31m\\u202e"', "2:13: breaks.every_min", "", number(0, 480)),
    ],
)
def test_what_is_wrong_is_told_with_its_place(day: Any, text: str, place: str, found: str, allowed: str) -> None:
    """File, line and column, key, what was found and what is allowed; status 2, and nothing is made."""
    day.wish(f"[breaks]\n{text}\n" if not text.startswith("[breaks") and not text.startswith("[[") else f"\n{text}\n")
    for words in (["due"], ["breaks", "status"], ["breaks", "--plain"], ["breaks", "pause"]):
        status, out, err = day(*words)
        assert (status, out) == (2, ""), words
        assert err.startswith(f"trainer: {day.folders.settings}")
        for part in (place, found, allowed):
            assert part in err, words
        assert "\x1b" not in err
        assert "\u202e" not in err
    assert not day.folders.data.exists()


def test_a_table_that_is_none(day: Any) -> None:
    """`breaks = 60` is a slip of its own."""
    day.wish("breaks = 60\n")
    status, _, err = day("due")
    assert status == 2
    assert "settings.toml:1:10: breaks: found 60; allowed: a table with every_min" in err


def test_routines_that_are_not_there(day: Any) -> None:
    """The loop says so before it counts to one: all of them, each with its place; a file of one's own counts."""
    fixed = '[[breaks.at]]\ntime = "15:00"\nroutine = "no"\n'
    day.wish(f'[breaks]\nroutines = ["none-such", "desk-break", "a\\tb"]\n{fixed}')
    status, out, err = day("breaks", "--plain")
    assert (status, out) == (2, "")
    allowed = "allowed: the id of a routine or an exercise, as trainer list names it"
    file = day.folders.settings
    assert err.splitlines() == [
        f"trainer: {file}:2:13: breaks.routines 1: found 'none-such'; {allowed}",
        f"trainer: {file}:2:40: breaks.routines 3: found 'a b'; {allowed}",
        f"trainer: {file}:5:11: breaks.at 1.routine: found 'no'; {allowed}",
    ]
    assert not day.folders.data.exists()


def test_a_routine_of_ones_own_that_cannot_be_read(day: Any, own: Any) -> None:
    """The fault is told where it lies, in that file."""
    day.wish('[breaks]\nroutines = ["mine"]\n')
    own("routines/mine.toml", 'id = "mine"\nname = 5\npurpose = "x"\n[[step]]\nexercise = "plank"\n')
    status, _, err = day("breaks", "--plain")
    assert status == 2
    assert "mine.toml:2:8: name: found 5" in err


@pytest.mark.parametrize("routine", ["desk-break", "banded-clam", "mine"])
def test_a_routine_an_exercise_or_ones_own_may_be_offered(day: Any, trial: str, own: Any, routine: str) -> None:
    """What `trainer run` takes, breaks may offer."""
    from trainer.cli.breaks.loop import check
    from trainer.kit import Kit
    from trainer.settings import load

    own("routines/mine.toml", 'id = "mine"\nname = "Mine"\npurpose = "x"\n[[step]]\nexercise = "reach"\n')
    day.wish(f'[breaks]\nroutines = ["{routine}"]\n')
    settings = load(day.folders.settings)
    check(Kit(paths=day.folders, settings=settings, clock=day.clock, make_journal=None, make_player=None))  # type: ignore[arg-type]
