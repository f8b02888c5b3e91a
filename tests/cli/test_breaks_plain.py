"""The loop line by line: counting, offers, and what can be typed."""

from __future__ import annotations

from typing import Any

import pytest

from sessions.breaks import BreaksPaused
from tests.cli.counting import OFFERED
from tests.hour import MINUTE_MS, NOON_MS
from trainer.cli.breaks.plain import HELP


def test_it_counts_says_it_beforehand_and_offers(loop: Any) -> None:
    """In this order, and in these words; then the person leaves with status 0."""
    assert loop() == [
        "h and Enter lists the keys.",
        "Next break in 1 h: Desk break, 14:00.",
        "A break soon: Desk break.",
        OFFERED,
        "Enter starts it, l is in 5 min, k skips it.",
    ]
    assert loop.status == 0
    assert loop.office.kinds() == ["WatchBegun", "BreakOffered", "WatchEnded"]
    assert loop.desk.told == [
        ("A break soon", "Desk break", True),
        ("Time to move", "Desk break, about 1 min.", False),
    ]
    assert loop.desk.closed


def test_it_wakes_up_no_more_often_than_it_must(loop: Any) -> None:
    """Twice a minute where nothing tells of idle time."""
    loop(until=50)
    assert loop.typist.waits <= 102


def test_enter_starts_the_session_and_the_loop_goes_on(loop: Any) -> None:
    """The guided session is that of `trainer run`; at its end the next hour is told."""
    output = loop((60.5, ""), (60.6, "0"), until=90)
    assert "Desk break: 1 exercise" in loop.text or "Desk break: " in loop.text
    assert loop.office.settled() == ["taken"]
    done = next(body for body in loop.office.facts() if type(body).__name__ == "BreakSettled")
    assert done.session
    assert any(line.startswith("Next break in 1 h: Desk break") for line in output[-3:])
    assert loop.office.kinds()[-1] == "WatchEnded"
    assert loop.desk.taken_back >= 1


def test_a_session_stopped_at_once_leaves_it_due(loop: Any) -> None:
    """Nothing was done, so the break still waits."""
    output = loop((60.5, "s"), (60.6, "q"), (60.7, "q"), until=62)
    assert loop.office.settled() == []
    assert output[-1].startswith("Time to move: Desk break")


def test_a_session_ahead_of_time_is_the_break(loop: Any) -> None:
    """Whoever starts early has taken it."""
    loop((30, "start"), (30.1, "0"), until=50)
    assert loop.office.settled() == ["taken"]


def test_later_as_often_as_set(loop: Any) -> None:
    """Three times in a row, and not a fourth; the last offer says so by leaving it out."""
    output = loop((60.5, "l"), (66, "later"), (72, "snooze"), (78, "l"), until=79)
    assert output.count(OFFERED) == 4
    assert output.count("Enter starts it, l is in 5 min, k skips it.") == 3
    assert "Enter starts it, k skips it." in output
    assert output[-1] == "It was postponed as often as you set. s starts it, k skips it."
    assert [line for line in output if "postponed" in line][:3] == [
        "Next break in 5 min: Desk break, 14:05, postponed once.",
        "Next break in 5 min: Desk break, 14:11, postponed twice.",
        "Next break in 5 min: Desk break, 14:17, postponed 3 times.",
    ]


def test_skipping(loop: Any) -> None:
    """The one that is due, or the next one."""
    output = loop((60.5, "k"), (70, "skip"), until=71)
    assert loop.office.settled() == ["skipped", "skipped"]
    assert output[-2:] == ["Next break in 1 h: Desk break, 15:00.", "Next break in 1 h 51 min: Desk break, 16:00."]


def test_pausing_and_going_on(loop: Any) -> None:
    """For an hour or until tomorrow, and no longer where the person says so."""
    output = loop((10, "p"), (20, "P"), (30, "tomorrow"), (31, "resume"), until=32)
    assert [line for line in output if line.startswith("Paused")] == [
        "Paused until 14:10: Desk break, 14:00.",
        "Paused until tomorrow 00:00: Desk break, tomorrow 01:00.",
    ]
    assert loop.office.kinds().count("BreaksPaused") == 4
    assert output[-1] == "Next break in 29 min: Desk break, 14:00."


def test_tomorrow_begins_when_the_persons_day_does(loop: Any) -> None:
    """At the hour that they set."""
    loop.settings = {"day_starts_h": 4}
    loop((10, "t"), until=11)
    pause = next(body for body in loop.office.facts() if isinstance(body, BreaksPaused))
    assert pause == BreaksPaused(NOON_MS + 15 * 60 * MINUTE_MS, civil=True)


@pytest.mark.parametrize("word", ["h", "help", "?", "x", "start now", "\x1b[31m", "9" * 9000])
def test_help_and_what_is_not_known(loop: Any, word: str) -> None:
    """Either lists the keys."""
    output = loop((1, word), until=2)
    assert output[-len(HELP) :] == list(HELP)


@pytest.mark.parametrize("word", ["w", "when", " STATUS "])
def test_when(loop: Any, word: str) -> None:
    """How things stand, whenever asked; and Enter alone says nothing while none is due."""
    assert loop((5, ""), (20, word), until=21)[2:] == ["Next break in 40 min: Desk break, 14:00."]


def test_later_where_nothing_is_planned(loop: Any) -> None:
    """It says that, and nothing of settings."""
    assert loop((5, "l"), (6, "k"), until=7, every_min=0)[1:] == ["No break is planned."] * 3


def test_without_input_it_counts_on(loop: Any) -> None:
    """A pipe that has ended, or none: breaks are offered without keys to press."""

    def end() -> None:
        loop.typist.ended = True
        loop.typist.interactive = False

    output = loop((0.1, end), until=61)
    assert OFFERED in output
    assert not any("Enter" in line for line in output[2:])
    assert loop.desk.notices == ["Time to move"]
