"""What is said of breaks, word for word."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.breaks import Settled, Why
from tests.breaks.week import HOUR, MINUTE, at, offset_in
from trainer.breaks.day import ORDER, Day, Mark, Piece
from trainer.breaks.schedule import Break, State
from trainer.breaks.words import detail, headline, mark_line, over_line, spent, sums, when

BERLIN = offset_in("Europe/Berlin")
NOW = at("2026-03-02 11:00")  # a Monday


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-03-02 11:00", "11:00"),
        ("2026-03-02 23:59", "23:59"),
        ("2026-03-03 00:00", "tomorrow 00:00"),
        ("2026-03-03 09:00", "tomorrow 09:00"),
        ("2026-03-04 09:00", "Wednesday 09:00"),
        ("2026-03-08 09:00", "Sunday 09:00"),
        ("2026-03-09 09:00", "2026-03-09 09:00"),
        ("2026-03-01 09:00", "2026-03-01 09:00"),
    ],
)
def test_a_moment_is_told_as_people_do(moment, words):
    """Today by its time, then tomorrow, then by weekday, and by its date where that would not be clear."""
    assert when(at(moment), NOW, BERLIN) == words


@given(st.integers(0, 400 * 24 * 60), st.integers(0, 400 * 24 * 60))
def test_every_moment_can_be_told(first, second):
    """Also over the change of the clock, with the time on the wall."""
    start = at("2026-01-01 00:00")
    found = when(start + first * MINUTE, start + second * MINUTE, BERLIN)
    assert found[-3] == ":"


DUE = Break(NOW, NOW, "desk-break")


def put(times):
    return Break(NOW - 5 * MINUTE, NOW, "desk-break", times=times)


@pytest.mark.parametrize(
    ("state", "later_min", "head", "says"),
    [
        (State("due", DUE), 0, "Time to move", "Desk break"),
        (State("due", DUE), 5, "Time to move", "Desk break, due since 11:00"),
        (State("due", put(1)), 0, "Time to move", "Desk break, postponed once"),
        (State("counting", DUE), -25, "Next break in 25 min", "Desk break, 11:00"),
        (State("counting", DUE), -0.5, "Next break in less than a minute", "Desk break, 11:00"),
        (State("counting", put(2)), -1, "Next break in 1 min", "Desk break, 11:00, postponed twice"),
        (State("counting", put(3)), -1, "Next break in 1 min", "Desk break, 11:00, postponed 3 times"),
        (State("paused", DUE, NOW + HOUR), 0, "Paused until 12:00", "Desk break, 11:00"),
        (State("paused", None, NOW + 24 * HOUR), 0, "Paused until tomorrow 11:00", ""),
        (State("off", None), 0, "No break is planned", ""),
        (State("off", DUE), -1, "Next break 11:00", "Desk break"),
        (State("off", DUE, NOW - HOUR), -120, "Next break 11:00", "Desk break. Your hours begin 10:00."),
    ],
)
def test_how_things_stand(state, later_min, head, says):
    """One line that says it, and one that says what."""
    now_ms = NOW + round(later_min * MINUTE)
    assert headline(state, now_ms, BERLIN) == head
    assert detail(state, "Desk break", now_ms, BERLIN) == says


@pytest.mark.parametrize(
    ("mark", "name", "line"),
    [
        (Mark(NOW, "taken"), "Desk break", "11:00  Desk break: taken"),
        (Mark(NOW, "taken"), "", "11:00  Break: taken"),
        (Mark(NOW, "by_hand"), "Desk break", "11:00  Desk break: a session of your own instead"),
        (Mark(NOW, "away"), "Desk break", "11:00  Away from the machine: counts as a break"),
        (Mark(NOW, "postponed", until_ms=NOW + 5 * MINUTE), "", "11:00  Postponed until 11:05"),
        (Mark(NOW, "skipped"), "Desk break", "11:00  Desk break: skipped"),
        (Mark(NOW, "dropped", "asleep", count=9), "X", "11:00  X: dropped, machine or program stood still (9 breaks)"),
        (Mark(NOW, "dropped", "paused"), "X", "11:00  X: dropped, breaks were paused"),
        (Mark(NOW, "dropped", "unanswered"), "X", "11:00  X: dropped, no answer"),
    ],
)
def test_what_became_of_one(mark, name, line):
    """A line with its time."""
    assert mark_line(mark, name, BERLIN) == line


def test_every_reason_and_every_end_has_words():
    """Nothing that the logbook can hold is shown as a code."""
    for why in get_args(Why):
        if why:
            assert f"dropped, {why}" not in mark_line(Mark(NOW, "dropped", why), "", BERLIN) or why == "no answer"
    for how in get_args(Settled):
        assert how in ORDER
        assert over_line(how).endswith(".")
    for how in ORDER:
        assert "_" not in sums(Day("", 0, 1, (), (Mark(NOW, how),)))


def test_a_day_in_words():
    """What became of its breaks, and how it was spent; nothing where nothing is known."""
    pieces = (
        Piece(0, 90 * MINUTE, "worked"),
        Piece(90 * MINUTE, 92 * MINUTE, "moved"),
        Piece(92 * MINUTE, 152 * MINUTE, "worked"),
    )
    marks = (Mark(0, "skipped"), Mark(0, "taken"), Mark(0, "taken"), Mark(0, "dropped", "asleep", count=3))
    day = Day("2026-03-02", 0, 24 * HOUR, pieces, marks)
    assert sums(day) == "2 taken, 1 skipped, 3 dropped"
    assert spent(day) == "Worked 2 h 30 min, moved 2 min"
    assert (sums(Day("", 0, 1, (), ())), spent(Day("", 0, 1, (), ()))) == ("", "")


def test_nothing_blames_or_shouts():
    """No exclamation mark, and no word of guilt, in anything that is said."""
    said = [over_line(how) for how in get_args(Settled)]
    said += [mark_line(Mark(NOW, how, why), "", BERLIN) for how in ORDER for why in get_args(Why)]
    text = " ".join(said).lower()
    for word in ("!", "should", "must", "missed", "fail", "lazy", "again"):
        assert word not in text, word
