"""`trainer due` through the whole program, whom it is for, and what commands leave at hand for it."""

from __future__ import annotations

import json
import os
import signal
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

import pytest

from sessions.breaks import BreakOffered, BreaksPaused, WatchBegun
from tests.cli.hours import HOURS, MINUTE_MS, MONDAY_MS
from trainer.breaks import due
from trainer.breaks.lock import SEEN, Place
from trainer.cli import promptly

TEN = MONDAY_MS
HOSTILE = "a\\tb\\nc \\u001b]0;owned\\u0007 \\u202eback\\u2066 [@click=app.quit]x[/] \\u009b31m"
MINE = f'id = "mine"\nname = "{HOSTILE}"\npurpose = "{HOSTILE}"\n[[step]]\nexercise = "reach"\n'


def quickly(day: Any) -> int | None:
    """The answer from the file alone, None where it does not say."""
    with redirect_stdout(StringIO()):
        return promptly.quickly(["due"], os.environ)


def test_without_a_folder_none_is_made(day: Any) -> None:
    """Asking leaves nothing behind where nothing is."""
    assert day("due") == (0, "No break planned\n", "")
    assert not day.folders.data.exists()
    assert not day.folders.config.exists()


def test_the_second_time_it_is_answered_from_the_file(day: Any) -> None:
    """And with the same words."""
    day.before(WatchBegun(TEN), minutes=0)
    assert quickly(day) is None
    first = day("due")
    assert first == (0, "Break in 1 h\n", "")
    day.path.rename(day.path.with_suffix(".away"))
    assert day("due")[1] != first[1]  # another mark: it looked again
    day.path.with_suffix(".away").rename(day.path)
    day("due")
    assert quickly(day) == 0


@pytest.mark.parametrize(
    ("wall", "status", "line"),
    [
        ("08:00", 0, "Next break 10:00"),
        ("09:00", 0, "Break in 1 h"),
        ("09:59", 0, "Break in 1 min"),
        ("10:00", 10, "Break due: Desk break"),
        ("12:29", 10, "Break due: Desk break"),
        ("12:30", 0, "Next break 14:30"),
        ("17:30", 0, "Next break tomorrow 10:00"),
        ("23:59", 0, "Next break tomorrow 10:00"),
    ],
)
def test_a_day_with_hours(day: Any, wall: str, status: int, line: str) -> None:
    """10 where a break is due, 0 where none is; asked at once or as foreseen in the morning."""
    day.wish(HOURS)
    day.folders.data.mkdir()
    day.at("00:00")
    day("due")
    day.at(wall)
    assert day("due") == (status, line + "\n", "")
    (day.folders.data / due.NAME).unlink()
    assert day("due") == (status, line + "\n", "")


def test_midnight_makes_tomorrow_today(day: Any) -> None:
    """Without anything having been written since."""
    day.wish(HOURS)
    day.folders.data.mkdir()
    day.at("20:00")
    assert day("due")[1] == "Next break tomorrow 10:00\n"
    day.at("01:00", days=1)
    assert quickly(day) == 0
    assert day("due")[1] == "Next break 10:00\n"


def test_for_programs(day: Any) -> None:
    """The same from the file and without it."""
    day.wish(HOURS)
    day.folders.data.mkdir()
    first = day("due", "--json")
    assert first[0] == 10
    assert json.loads(first[1]) == {
        "due": True, "state": "due", "routine": "desk-break", "name": "Desk break", "at": "2026-03-02T09:00:00Z",
        "in_s": 0, "until": None, "line": "Break due: Desk break",
    }  # fmt: skip
    assert quickly(day) == 10
    assert day("due", "--json") == first


def test_folders_by_option(day: Any, tmp_path: Any) -> None:
    """Others than the usual ones, with a file of their own."""
    day.wish(HOURS)
    other = tmp_path / "other"
    other.mkdir()
    assert day("due", "--data-dir", str(other), "--config-dir", str(other)) == (0, "No break planned\n", "")
    assert [path.name for path in other.iterdir()] == [due.NAME]
    assert day("due")[0] == 10


def test_each_person_has_their_own(day: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Breaks of one are not those of another, by option and by variable; nobody's are refused."""
    day("people", "add", "anna")
    day.before(WatchBegun(TEN), minutes=0)
    assert day.says("due", "--person", "anna") == "No break planned"
    assert day.says("breaks", "pause", "--person", "anna") == "Breaks are paused until 11:00."
    assert day.says("due", "--person", "anna") == "Breaks paused until 11:00"
    assert day.says("due") == "Break in 1 h"
    monkeypatch.setenv("TRAINER_PERSON", "anna")
    assert day.says("due") == "Breaks paused until 11:00"
    monkeypatch.setenv("TRAINER_PERSON", "bob")
    status, out, err = day("due")
    assert (status, out) == (2, "")
    assert "there is nobody called 'bob' here" in err


@pytest.mark.parametrize("words", [["due"], ["breaks", "status"], ["breaks", "day"], ["breaks", "skip"]])
def test_a_logbook_that_is_none(day: Any, words: list[str]) -> None:
    """It is told in a line or two, with status 1 and no traceback, and left as it is."""
    day.folders.data.mkdir()
    day.path.write_bytes(b"no logbook at all " * 100)
    status, out, err = day(*words)
    assert (status, out) == (1, "")
    assert err.startswith("trainer: ")
    assert "fault in the program" not in err
    assert day.path.read_bytes() == b"no logbook at all " * 100


def test_names_from_a_file_of_ones_own_steer_no_terminal(day: Any, trial: str, own: Any) -> None:
    """Whatever a routine is called: in status, day, the prompt and what commands say, it is text on one line."""
    own("routines/mine.toml", MINE)
    day.wish('[breaks]\nroutines = ["mine"]\n' + HOURS)
    day.before(WatchBegun(TEN - 60 * MINUTE_MS), BreakOffered(TEN, "mine"), minutes=60)
    said = []
    for words in (["due"], ["due"], ["breaks", "status"], ["breaks", "snooze"], ["breaks", "skip"], ["breaks", "day"]):
        status, out, err = day(*words)
        assert status in (0, 10), (words, err)
        said.append(out)
    assert said[0] == said[1]
    assert said[0].count("\n") == 1
    text = "".join(said)
    assert text.count("[@click=app.quit]x[/]") >= 4
    assert not {char for char in text if char != "\n" and (not char.isprintable() or char in "\u202e\u2066")}


def test_a_routine_that_is_gone_is_called_by_its_id(day: Any) -> None:
    """The settings name what there is not: the prompt goes on, whatever the id holds."""
    day.wish('[breaks]\nroutines = ["a\\tb\\u001b"]\n' + HOURS)
    day.folders.data.mkdir()
    for _ in range(2):
        assert day("due") == (10, "Break due: a b\N{REPLACEMENT CHARACTER}\n", "")


@pytest.mark.skipif(not hasattr(signal, "SIGUSR1"), reason="no such signal here")
def test_a_command_reaches_the_loop_that_is_open(day: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its process is told to look at once, after the fact is in the file; one that takes nothing down tells nobody."""
    day.before(WatchBegun(TEN), minutes=0)
    holder = Place(day.folders.data)
    holder.take()
    holder._seen.write_text("4321\n")
    day.at("10:00")
    sent: list[tuple[int, int, int]] = []
    monkeypatch.setattr(os, "kill", lambda pid, number: sent.append((pid, number, len(day.facts()))))
    assert "Loop: open, process 4321" in day.says("breaks", "status")
    assert sent == []
    for number, words in enumerate((["pause"], ["resume"], ["snooze"], ["skip"]), 1):
        day.says("breaks", *words)
        assert sent[-1] == (4321, signal.SIGUSR1, number + 1)
    holder.release()


def test_a_loop_that_is_open_keeps_the_answer_of_its_own_settings_to_itself(day: Any) -> None:
    """Once the settings were changed, what it takes down does not bring the old ones back into the prompt."""
    from trainer.cli.breaks.told import Told
    from trainer.cli.make import make_kit
    from trainer.cli.parser import parse

    day.before(WatchBegun(TEN), minutes=0)
    kit = make_kit(parse(["breaks", "skip"]))
    try:
        one = Told(kit)
        day.wish("[breaks]\nevery_min = 30\n")
        one.keep(one.loop.pause(one.now, one.now_ms + MINUTE_MS))
        assert quickly(day) is None
        day.at("10:02")
        assert day("due") == (0, "Break in 28 min\n", "")
    finally:
        kit.close()


def test_a_pause_that_is_over_is_over_without_anybody_saying_so(day: Any) -> None:
    """The file knows when it ends."""
    day.before(WatchBegun(TEN), BreaksPaused(TEN + 30 * MINUTE_MS), minutes=0)
    assert day.says("due") == "Breaks paused until 10:30"
    day.at("10:30")
    assert quickly(day) == 0
    assert day.says("due") == "Break in 30 min"


def test_where_nobody_counts_and_no_hours_are_set_nothing_is_due(day: Any) -> None:
    """A session by itself begins no hour, and neither does a loop that was left or ended from outside."""
    day.by_hand()
    assert day("due") == (0, "No break planned\n", "")
    day.before(WatchBegun(TEN), minutes=0)
    assert day("due") == (0, "Break in 1 h\n", "")
    (day.folders.data / SEEN).unlink()  # as who ends in peace leaves it
    assert day("due") == (0, "No break planned\n", "")
    assert day.says("breaks", "status").startswith("No break is planned")


def test_who_was_ended_from_outside_counts_no_longer(day: Any) -> None:
    """The sign of who counts is renewed each half minute; two minutes later it is a dead one."""
    day.before(WatchBegun(TEN), minutes=0)
    assert quickly(day) is None
    assert day("due")[1] == "Break in 1 h\n"
    assert quickly(day) is not None
    day._counted = False
    day.at("10:03")
    assert quickly(day) is None
    assert day("due")[1] == "No break planned\n"


def test_a_fixed_time_without_hours_is_due_for_an_hour(day: Any) -> None:
    """Where nobody counts, that is how long it is told of; the same again on the next day."""
    day.wish('[breaks]\nevery_min = 0\n[[breaks.at]]\ntime = "10:30"\n')
    for wall, said in (
        ("10:29", "Break in 1 min"),
        ("10:30", "Break due: Desk break"),
        ("11:29", "Break due: Desk break"),
        ("11:30", "Break in 23 h"),
    ):
        day.at(wall)
        assert day("due") == (10 if said.startswith("Break due") else 0, f"{said}\n", "")
