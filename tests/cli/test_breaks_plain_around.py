"""The loop line by line: signals, other loops, quiet, being away, trouble, and hostile names."""

from __future__ import annotations

import os
from typing import Any

import pytest

from sessions.errors import LogbookError
from tests.by_hand import FailingLogbook
from tests.cli.counting import OFFERED
from tests.hour import MINUTE_MS, NOON_MS, HandDesk, berlin
from trainer.cli.errors import Signalled
from trainer.paths import Paths


@pytest.mark.parametrize("at_min", [30, 60.5, 61])
def test_a_signal_takes_down_that_nobody_counts_any_more(loop: Any, at_min: float) -> None:
    """While it counts, or while a break waits; and the signal goes on to who asked."""

    def signal() -> None:
        raise Signalled(15)

    with pytest.raises(Signalled):
        loop((at_min, signal))
    assert loop.office.kinds()[-1] == "WatchEnded"
    assert loop.desk.closed


def test_a_signal_in_a_session_keeps_both(loop: Any) -> None:
    """What was done in it, and that the break was taken with it."""

    def signal() -> None:
        raise Signalled(15)

    with pytest.raises(Signalled):
        loop((60.5, ""), (60.6, "0"), (61.1, signal), until=90)
    kinds = loop.office.kinds()
    assert "WorkDone" in kinds
    assert kinds[-2:] == ["BreakSettled", "WatchEnded"]


def test_it_looks_on_while_another_counts(loop: Any) -> None:
    """It says so, answers nothing, and takes over when the first ends."""
    first = loop.office.keeper()
    first.begin()
    output = loop((1, "k"), (2, "w"), (3, first.end), (5, "l"), until=6)
    assert output[0] == "Another loop on this machine counts already; this one looks on, and takes over when it ends."
    assert "The other loop counts. trainer breaks skip, snooze, pause and resume reach it." in output
    assert loop.office.kinds() == ["WatchBegun", "WatchEnded", "WatchBegun", "BreakPostponed", "WatchEnded"]


def test_not_to_be_disturbed(loop: Any) -> None:
    """The line is written, and the notice waits until it may be given."""
    loop.desk.why_quiet = "do not disturb is on"

    def lift() -> None:
        assert loop.desk.told == []
        loop.desk.why_quiet = ""

    output = loop((65, lift), until=70)
    assert output.count(OFFERED) == 1
    assert loop.desk.told == [("Time to move", "Desk break, about 1 min.", False)]


def test_away(loop: Any) -> None:
    """It is told that it counts, and the next hour begins on return."""
    loop.desk = HandDesk(idle="GNOME")

    def leave() -> None:
        loop.desk.idle_ms = 6 * MINUTE_MS

    def come_back() -> None:
        loop.desk.idle_ms = 0

    output = loop((61, leave), (80, come_back), (81, "w"), until=82)
    assert "You were away from the machine: that counts as a break." in output
    assert output[-1] == "Next break in 59 min: Desk break, 15:20."
    assert loop.office.settled() == ["away"]


def test_trouble_with_the_disk_is_told_once_and_counting_goes_on(loop: Any) -> None:
    """Nothing is lost: once there is room, it is stored."""
    loop.wrap = FailingLogbook

    def full() -> None:
        loop.kit.journal.logbook.fails = 100

    def room() -> None:
        loop.kit.journal.logbook.fails = 0

    output = loop((1, full), (60.5, "l"), (62, room), until=67)
    assert output.count("Not saved: The disk is full. It is kept for now and tried again.") == 1
    assert output.count(OFFERED) == 2
    assert loop.office.kinds() == ["WatchBegun", "BreakOffered", "BreakPostponed", "BreakOffered", "WatchEnded"]


def test_a_command_elsewhere_is_heard(loop: Any) -> None:
    """A skip from another terminal ends the offer, and what comes next is told."""
    from sessions.breaks import BreakSettled

    def skip() -> None:
        now_ms = loop.office.clock.utc_ms
        loop.office.other(BreakSettled(NOON_MS + 60 * MINUTE_MS, "skipped", now_ms))

    output = loop((62, skip), until=63)
    assert output[-2] == "The break was settled elsewhere."
    assert output[-1].startswith("Next break in 1 h: Desk break")


def test_a_routine_that_is_gone_meanwhile_is_told_and_the_loop_goes_on(loop: Any, own: Any, trial: str) -> None:
    """Its file was deleted between the beginning and the break."""

    def delete() -> None:
        (loop.folders.config / "routines" / "trial.toml").unlink()
        loop.kit.library = type(loop.kit.library)(loop.folders.config)

    output = loop((59, delete), (60.5, ""), until=62, routines=("trial",))
    assert "Time to move: trial" in output
    assert any("trial" in line and "found" in line for line in output[-3:])
    assert output[-1].startswith("Time to move: ")
    assert loop.office.settled() == []


def test_hostile_names_steer_nothing(loop: Any, own: Any, trial: str) -> None:
    """Whatever a routine of one's own is called, each line is one line of text."""
    name = "a\\tb\\nc \\u001b]0;owned\\u0007 \\u202eback"
    own("routines/mine.toml", f'id = "mine"\nname = "{name}"\npurpose = "x"\n[[step]]\nexercise = "nod"\n')
    output = loop((60.5, "l"), (60.6, "w"), until=61, routines=("mine",))
    told = [*output, *(body for _, body, _ in loop.desk.told)]
    assert sum("owned" in line for line in told) >= 5
    assert all(char.isprintable() and char != "\u202e" for line in told for char in line)


def test_no_logbook_is_no_reason_to_sit(loop: Any, folders: Paths) -> None:
    """A folder that cannot be: the trouble is told, and the break comes."""
    folders.data.parent.mkdir(parents=True, exist_ok=True)
    folders.data.write_text("a file")
    try:
        output = loop()
    except LogbookError:
        pytest.fail("it stopped for the logbook")
    assert output[0].startswith("Not saved: ")
    assert OFFERED in output
    assert len(loop.kit.journal.pending) == 3
    assert os.path.isfile(folders.data)


def test_berlin_is_meant() -> None:
    """The made-up zone agrees with the times above."""
    assert berlin(NOON_MS) == 60
