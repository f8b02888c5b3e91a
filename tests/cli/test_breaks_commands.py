"""`trainer breaks pause`, `resume`, `skip`, `snooze`, `status` and `day`: what they say, and what they take down."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sessions.breaks import BreakOffered, BreakPostponed, BreakSettled, BreaksPaused, Rested, WatchBegun
from tests.cli.hours import HOURS, MINUTE_MS, MONDAY_MS
from tests.past import bodies

TEN = MONDAY_MS


def begun(day: Any, minutes: float = 30) -> None:
    day.before(WatchBegun(TEN - round(minutes * MINUTE_MS)), minutes=minutes)


# --- pausing -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "until_min", "says"),
    [
        ((), 60, "Breaks are paused until 11:00."),
        (("45m",), 45, "Breaks are paused until 10:45."),
        (("90",), 90, "Breaks are paused until 11:30."),
        (("2h",), 120, "Breaks are paused until 12:00."),
        (("1h30",), 90, "Breaks are paused until 11:30."),
        ((" 1H5m ",), 65, "Breaks are paused until 11:05."),
        (("24h",), 1440, "Breaks are paused until tomorrow 10:00."),
        (("tomorrow",), 840, "Breaks are paused until tomorrow 00:00."),
        (("Tomorrow",), 840, "Breaks are paused until tomorrow 00:00."),
    ],
)
def test_pausing(day: Any, words: tuple[str, ...], until_min: int, says: str) -> None:
    """For as long as asked, an hour else; `tomorrow` is a time on the wall."""
    assert day.says("breaks", "pause", *words) == says
    assert day.facts() == [BreaksPaused(TEN + until_min * MINUTE_MS, "tomorrow" in says and until_min == 840)]


def test_tomorrow_begins_when_the_persons_day_does(day: Any) -> None:
    """Whose day starts at four is left in peace until four."""
    day.wish("day_starts_h = 4\n")
    assert day.says("breaks", "pause", "tomorrow") == "Breaks are paused until tomorrow 04:00."


@pytest.mark.parametrize(
    "length", ["", "0", "0m", "-5", "25h", "1441", "1 h", "h", "1h99x", "x" * 500, "\x1b[31m", "٣", "1e3", "99999h"]
)
def test_a_length_that_is_none(day: Any, length: str) -> None:
    """It is refused with what is allowed, and nothing is made."""
    status, out, err = day("breaks", "pause", "--", length)
    assert (status, out) == (2, "")
    assert "allowed: 1m to 24h" in err
    assert "\x1b" not in err
    assert len(err) < 400
    assert not day.folders.logbook.exists()


def test_resuming(day: Any) -> None:
    """It ends a pause, and says what comes then; where none is, it says so."""
    assert day.says("breaks", "resume") == "Breaks are not paused."
    begun(day)
    day.says("breaks", "pause", "20m")
    assert day.says("breaks", "resume") == "Breaks go on. The next break: 10:30, Desk break."
    assert day.last() == BreaksPaused(TEN)
    assert day.says("breaks", "resume") == "Breaks are not paused."


def test_resuming_where_nothing_counts(day: Any) -> None:
    """There may be no next break."""
    day.says("breaks", "pause", "20m")
    assert day.says("breaks", "resume") == "Breaks go on. No break is planned."


# --- skipping and postponing -------------------------------------------------------------------------


def test_skipping(day: Any) -> None:
    """The next one is left out, and the one after it comes when it would have."""
    begun(day)
    assert day.says("breaks", "skip") == "Skipped. The next break: 11:30, Desk break."
    assert day.last() == BreakSettled(TEN + 30 * MINUTE_MS, "skipped", TEN + 30 * MINUTE_MS, routine="desk-break")


def test_skipping_one_that_is_due(day: Any) -> None:
    """The next hour counts from now."""
    begun(day, 70)
    day.before(BreakOffered(TEN - 10 * MINUTE_MS, "desk-break"), minutes=10)
    assert day.says("breaks", "skip") == "Skipped. The next break: 11:00, Desk break."


def test_postponing(day: Any) -> None:
    """By as many minutes as set, or as asked; three times in a row and not a fourth."""
    begun(day, 60)
    assert day.says("breaks", "snooze") == "The next break: 10:05, Desk break."
    assert day.says("breaks", "snooze", "10") == "The next break: 10:15, Desk break."
    assert day.says("breaks", "snooze", "1") == "The next break: 10:16, Desk break."
    assert day.last() == BreakPostponed(TEN, TEN + 16 * MINUTE_MS, 3)
    status, out, err = day("breaks", "snooze")
    assert (status, out) == (1, "")
    assert "it was postponed 3 times in a row, as your settings have it" in err
    assert "trainer breaks skip leaves it out." in err
    assert len(day.facts()) == 4


def test_postponing_where_that_was_set_off(day: Any) -> None:
    """It is refused with the setting as the reason."""
    day.wish("[breaks]\npostpone_most = 0\n")
    begun(day)
    status, _, err = day("breaks", "snooze")
    assert status == 1
    assert "it cannot be postponed, as your settings have it" in err


@pytest.mark.parametrize("minutes", ["0", "61", "-1", "x", "5m", "00601", "0001999999", "1" * 5000, "٣", ""])
def test_minutes_that_are_none(day: Any, minutes: str) -> None:
    """They are refused with what is allowed."""
    status, out, err = day("breaks", "snooze", "--", minutes)
    assert (status, out) == (2, "")
    assert "allowed: 1 to 60 minutes" in err
    assert not day.folders.logbook.exists()


@pytest.mark.parametrize("command", ["skip", "snooze"])
def test_where_no_break_is_planned(day: Any, command: str) -> None:
    """There is nothing to skip or put off; what would plan one is said."""
    status, out, err = day("breaks", command)
    assert (status, out) == (1, "")
    assert f"breaks {command}: no break is planned" in err
    assert "hours and times under [breaks] in the settings plan them" in err


def test_working_hours_plan_breaks_without_a_loop(day: Any) -> None:
    """The timer's breaks can be skipped and put off too."""
    day.wish(HOURS)
    assert day.says("breaks", "snooze") == "The next break: 10:05, Desk break."
    assert day.says("breaks", "skip") == "Skipped. The next break: 11:05, Desk break."


def test_what_one_command_took_down_the_next_one_sees(day: Any) -> None:
    """And so does the line of the prompt."""
    begun(day)
    assert day("due") == (0, "Break in 30 min\n", "")
    day.says("breaks", "pause", "2h")
    assert day("due") == (0, "Breaks paused until 12:00\n", "")
    day.says("breaks", "resume")
    day.says("breaks", "skip")
    assert day("due") == (0, "Break in 1 h 30 min\n", "")


# --- status ------------------------------------------------------------------------------------------


def test_status_of_nothing(day: Any) -> None:
    """Nothing is planned, nobody counts, and nothing is made by looking."""
    out = day.says("breaks", "status")
    assert out.splitlines()[0] == "No break is planned"
    assert "Loop: none is open; trainer breaks opens one" in out
    assert "Timer: not installed" in out
    assert out.splitlines()[-1] == "Today: no break yet"
    assert not day.folders.data.exists()


def test_status_of_a_day(day: Any) -> None:
    """What comes, what it offers, and what the day was so far."""
    begun(day, 90)
    day.before(BreakSettled(TEN - 30 * MINUTE_MS, "taken", TEN - 28 * MINUTE_MS, routine="desk-break"), minutes=28)
    out = day.says("breaks", "status").splitlines()
    assert out[:2] == ["Next break in 32 min", "Desk break, 10:32"]
    assert out[-1] == "Today: 1 taken"


def test_status_for_programs(day: Any) -> None:
    """The same, with moments in UTC."""
    begun(day, 60)
    day.says("breaks", "snooze")
    found = json.loads(day.says("breaks", "status", "--json"))
    timer = found.pop("timer")
    assert timer["installed"] is False
    assert found == {
        "state": "counting",
        "routine": "desk-break",
        "at": "2026-03-02T09:05:00Z",
        "postponed": 1,
        "until": None,
        "loop": None,
        "today": {"postponed": 1},
    }


def test_status_does_not_ask_for_idle_time_where_that_is_set_off(day: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was set is said."""
    day.wish("[breaks]\nwatch_idle = false\n")
    monkeypatch.setattr("trainer.breaks.idle.find", lambda *_: pytest.fail("it was asked"))
    assert "Idle time: not asked, as you set" in day.says("breaks", "status")


# --- day ---------------------------------------------------------------------------------------------


def test_a_day_of_which_nothing_is_known(day: Any) -> None:
    """It is said, and nothing is made."""
    assert day.says("breaks", "day") == "2026-03-02\nNothing was counted on this day."
    assert not day.folders.data.exists()


def fill(day: Any) -> None:
    begun(day, 90)
    first, *others, last = bodies()
    day.clock.t_ms -= 30 * MINUTE_MS
    session = day.other(first, *others)
    day.clock.t_ms += 2 * MINUTE_MS
    day.other(last, session=session)
    day.clock.t_ms += 28 * MINUTE_MS
    day.before(BreakSettled(TEN - 30 * MINUTE_MS, "taken", TEN - 28 * MINUTE_MS, routine="desk-break"), minutes=28)
    day.before(Rested(TEN - 20 * MINUTE_MS, TEN - 10 * MINUTE_MS), minutes=10)


def test_a_day_in_words(day: Any) -> None:
    """How it was spent, and what became of each break."""
    fill(day)
    out = day.says("breaks", "day").splitlines()
    assert out[0] == "2026-03-02"
    assert out[1:3] == ["Worked 1 h 18 min, moved 2 min, away 10 min.", "1 taken."]
    assert out[-1] == "09:32  Desk break: taken"


def test_a_day_for_programs(day: Any) -> None:
    """Its pieces and its breaks, each with its moments."""
    fill(day)
    found = json.loads(day.says("breaks", "day", "--json"))
    assert found["date"] == "2026-03-02"
    assert [one["kind"] for one in found["pieces"]] == ["worked", "moved", "worked", "away", "worked"]
    assert found["pieces"][1]["name"] == "Desk break"
    assert found["breaks"] == [
        {"at": "2026-03-02T08:32:00Z", "how": "taken", "why": None, "routine": "desk-break", "until": None, "count": 1}
    ]


def test_another_day(day: Any) -> None:
    """A day before today, by its date."""
    fill(day)
    assert day.says("breaks", "day", "2026-03-01") == "2026-03-01\nNothing was counted on this day."
    day.at("08:00", days=3)
    assert "09:32  Desk break: taken" in day.says("breaks", "day", "2026-03-02")


@pytest.mark.parametrize("date", ["2026-03-03", "1969-12-31", "20260301", "2026-3-1", "2026-02-30", "x", "", "\x1b[0m"])
def test_a_day_that_is_none(day: Any, date: str) -> None:
    """One that has not come, or is no date, is refused with what is allowed."""
    status, out, err = day("breaks", "day", "--", date)
    assert (status, out) == (2, "")
    assert "Allowed: a day up to today, 2026-03-02" in err
    assert "\x1b" not in err
