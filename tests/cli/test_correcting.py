"""`log rate`, `log note` and `log withdraw`: what is said of a session afterwards."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from sessions import Logbook, LogbookUnwritable, Withdrawal, draft
from sessions.records import ActivityLogged, ExercisePlanned, PainRated, SessionBegun, SessionEnded, Stamp, WorkDone
from tests.past import NOON_MS, Past
from trainer.paths import Paths

HOSTILE = "[L] a [/b] c [/] \x1b]0;t\x07\x1b[2J \u202e \x9b31m"


@pytest.fixture
def past(folders: Paths) -> Past:
    """Two sessions: `s1`, the latest, of a plank; `s2` of a bridge on both sides, a plank and again a plank."""
    past = Past(folders)
    past.add("s1", 1, note="stiff")
    planned = [("bridge", "Bridge", 2), ("plank", "Plank", 1), ("plank", "Plank", 1)]
    past.add(
        "s2",
        24,
        what=[
            SessionBegun(
                "core",
                "Core",
                "h",
                tuple(ExercisePlanned(n, id, name, "", w) for n, (id, name, w) in enumerate(planned)),
                9,
            ),
            WorkDone(1, 0, "bridge", "Bridge", 1, 1, "left", "done", 1, None, 9_000, 9, 9),
            WorkDone(3, 0, "bridge", "Bridge", 1, 1, "right", "done", 1, None, 9_000, 9, 9),
            WorkDone(5, 1, "plank", "Plank", 1, 1, "none", "done", 1, 30_000, 30_000, None, None),
            WorkDone(7, 2, "plank", "Plank", 1, 1, "none", "done", 1, 30_000, 30_000, None, None),
            PainRated("after_exercise", 5, 0, "bridge", "Bridge", "left"),
            SessionEnded("finished", "", 90_000, 0),
        ],
    )
    return past


def test_sides_that_were_rated_apart_are_named(cli: Any, past: Past) -> None:
    """A rating of both sides together would hide those of each: which one is meant has to be said."""
    before = ratings(past, "s2")
    status, out, err = cli("log", "rate", "2", "6", "--exercise", "bridge")
    assert (status, out) == (2, "")
    assert "--side left or --side right" in err
    assert ratings(past, "s2") == before


def ratings(past: Past, id: str) -> list[tuple[str, int, int | None, str | None]]:
    return [(row.when, row.nrs, row.index, row.side) for row in past.session(id).ratings]


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["1", "7", "--before"], "Kept: 7 of 10. It said 3, which is kept too."),
        (["s1", "0", "--after"], "Kept: 0 of 10. It said 2, which is kept too."),
        (["1", "10", "--morning"], "Kept: 10 of 10."),
        (["1", "4", "--exercise", "plank"], "Kept: 4 of 10."),
        (["1", "4", "--exercise", "PLANK"], "Kept: 4 of 10."),
        (["1", "4", "--exercise", "1"], "Kept: 4 of 10."),
        (["1", "3", "--before"], "That is what it says already."),
        (["2", "6", "--exercise", "bridge", "--side", "left"], "Kept: 6 of 10. It said 5, which is kept too."),
        (["2", "6", "--exercise", "bridge", "--side", "right"], "Kept: 6 of 10."),
        (["2", "6", "--exercise", "3"], "Kept: 6 of 10."),
    ],
)
def test_a_rating(cli: Any, past: Past, argv: list[str], says: str) -> None:
    """The session is named, and what was kept is said, with what it said before."""
    status, out, err = cli("log", "rate", *argv)
    assert (status, err) == (0, "")
    name, said = out.splitlines()
    assert name == ("Core, 2026-02-28 13:00" if argv[0] == "2" else "Desk break, 2026-03-01 12:00")
    assert said == says


def test_what_a_rating_comes_to(cli: Any, past: Past) -> None:
    """Corrections of corrections count, each side for itself, each place of an exercise for itself."""
    for argv in (
        ["1", "7", "--before"],
        ["1", "1", "--before"],
        ["2", "6", "--exercise", "bridge", "--side", "left"],
        ["2", "2", "--exercise", "bridge", "--side", "right"],
        ["2", "4", "--exercise", "3"],
        ["2", "8", "--morning"],
    ):
        assert cli("log", "rate", *argv)[0] == 0
    assert ratings(past, "s1") == [("before", 1, None, None), ("after", 2, None, None)]
    assert ratings(past, "s2") == [
        ("after_exercise", 6, 0, "left"),
        ("after_exercise", 2, 0, "right"),
        ("after_exercise", 4, 2, None),
        ("next_morning", 8, None, None),
    ]
    assert "right side: pain 2 of 10" in cli("log", "show", "2")[1]


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["1", "11", "--before"], "log rate: found '11'; allowed: 0 to 10"),
        (["1", "-1", "--before"], "log rate: found '-1'; allowed: 0 to 10"),
        (["1", "", "--before"], "log rate: found ''; allowed: 0 to 10"),
        (["1", "3.5", "--before"], "log rate: found '3.5'; allowed: 0 to 10"),
        (["1", "٣", "--before"], "allowed: 0 to 10"),
        (["1", "\x1b[2J", "--before"], "allowed: 0 to 10"),
        (["1", "5"], "say which rating it is: one of --before, --after, --morning or --exercise ID"),
        (["1", "5", "--before", "--after"], "say which rating it is"),
        (["1", "5", "--before", "--exercise", "plank"], "say which rating it is"),
        (["1", "5", "--before", "--side", "left"], "--side goes with --exercise"),
        (["2", "5", "--exercise", "bridge", "--side", "up"], "--side: found 'up'; allowed: left or right"),
        (["2", "5", "--exercise", "1", "--side", ""], "--side: found ''; allowed: left or right"),
        (["1", "5", "--exercise", "bridge"], "no exercise 'bridge' in this session; there is: plank"),
        (["1", "5", "--exercise", "2"], "no exercise '2' in this session; there is: plank"),
        (["1", "5", "--exercise", "0"], "no exercise '0' in this session"),
        (["1", "5", "--exercise", "???"], "no exercise '???' in this session"),
        (["1", "5", "--exercise", "\x1b[2J"], "in this session; there is: plank"),
        (["2", "5", "--exercise", "plank"], "'plank' comes 2 times in it; --exercise 2 or 3 says which"),
        (["2", "5", "--exercise", "2", "--side", "left"], "Plank was not done on the left side in this session"),
        (["3", "5", "--before"], "log rate: no session '3'; allowed: 1 to 2, 1 being the latest, or an id"),
        (["0", "5", "--before"], "log rate: no session '0'; allowed: 1 to 2"),
        (["9" * 8, "5", "--before"], "log rate: no session '99999999'; trainer log lists them"),
        (["nobody", "5", "--before"], "log rate: no session 'nobody'; trainer log lists them"),
        (["x" * 200, "5", "--before"], "log rate: no session 'xxx"),
        (["1"], "N"),
        (["1", "5", "--beforehand"], "Did you mean --before?"),
    ],
)
def test_what_cannot_be_rated(cli: Any, past: Past, argv: list[str], says: str) -> None:
    """Bad input is answered with what was found and what is allowed, and nothing is kept."""
    before = past.session("s1"), past.session("s2")
    status, out, err = cli("log", "rate", *argv)
    assert (status, out) == (2, "")
    assert says in err
    assert "\x1b" not in err
    assert len(err.splitlines()) <= 3
    assert (past.session("s1"), past.session("s2")) == before


def test_a_note(cli: Any, past: Past) -> None:
    """Where none is it is written; then it is corrected, in as many lines as it has."""
    assert cli("log", "note", "2", "one\ntwo")[1].splitlines()[1] == "The note is kept."
    assert cli("log", "note", "2", "one\ntwo")[1].splitlines()[1] == "That is what it says already."
    assert cli("log", "note", "2", " three\n\nfour ")[1].splitlines()[1] == (
        "The note is corrected; what it said is kept too."
    )
    assert [(row.text, row.corrected) for row in past.session("s2").notes] == [("three\n\nfour", True)]
    assert "  three\n\n  four" in cli("log", "show", "2")[1]


@pytest.mark.parametrize("length", [1, 10_000])
def test_how_long_a_note_may_be(cli: Any, past: Past, length: int) -> None:
    """From one character to ten thousand."""
    assert cli("log", "note", "1", "x" * length)[0] == 0
    assert [len(row.text) for row in past.session("s1").notes] == [length]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "log note: found 0 characters; allowed: 1 to 10,000"),
        (" \n\t ", "log note: found 0 characters; allowed: 1 to 10,000"),
        ("x" * 10_001, "log note: found 10,001 characters; allowed: 1 to 10,000"),
    ],
)
def test_what_is_no_note(cli: Any, past: Past, text: str, says: str) -> None:
    """Nothing at all, or more than a note holds, is refused, and the note there is stays."""
    assert cli("log", "note", "1", text) == (2, "", f"trainer: {says}\n")
    assert [row.text for row in past.session("s1").notes] == ["stiff"]


def test_a_hostile_note(cli: Any, past: Past) -> None:
    """What steers a terminal is replaced on the way in and never comes out."""
    status, out, err = cli("log", "note", "1", HOSTILE)
    assert status == 0
    assert "\x1b" not in past.session("s1").notes[0].text
    out += cli("log", "show", "1")[1]
    assert "[L] a [/b] c [/]" in out
    assert not any(char in out + err for char in "\x1b\x07\x9b\u202e")


def test_withdrawing(cli: Any, past: Past) -> None:
    """It leaves the list and says how it comes back; the others move up by a number."""
    status, out, _ = cli("log", "withdraw", "1")
    assert status == 0
    assert out.splitlines() == [
        "Desk break, 2026-03-01 12:00",
        "Withdrawn: it counts nowhere. Its facts are kept.",
        "trainer log withdraw s1 --undo brings it back.",
    ]
    assert [row["id"] for row in json.loads(cli("log", "--json")[1])] == ["s2"]
    assert "Withdrawn: it counts nowhere." in cli("log", "show", "s1")[1]
    assert cli("log", "withdraw", "s1")[1].splitlines()[1] == "It is withdrawn already."
    assert cli("log", "withdraw", "s1", "--undo")[1].splitlines()[1] == "It counts again."
    assert [row["id"] for row in json.loads(cli("log", "--json")[1])] == ["s1", "s2"]
    assert past.session("s1").row.pain_before == 3


def test_undoing_by_number(cli: Any, past: Past) -> None:
    """A number is that of a session that counts, so it is said how a withdrawn one is named."""
    cli("log", "withdraw", "1")
    assert cli("log", "withdraw", "1", "--undo") == (
        0,
        "Core, 2026-02-28 13:00\nIt counts already. One that was withdrawn has no number; its id names it.\n",
        "",
    )


def test_withdrawn_on_two_machines(cli: Any, past: Past, tmp_path: Path) -> None:
    """One undo takes back both, and withdrawing again works."""
    with Logbook.open(tmp_path / "other.sqlite", random=os.urandom) as other, past.open() as logbook:
        other.take_in(list(logbook.facts()))
        for book in (other, logbook):
            book.append(draft("s1", Withdrawal("s1"), Stamp(NOON_MS, 0, ""), os.urandom))
        logbook.take_in(list(other.facts()))
        assert len(logbook.withdrawals("s1")) == 2
    assert "It counts again." in cli("log", "withdraw", "s1", "--undo")[1]
    assert not past.session("s1").row.withdrawn
    assert "Withdrawn" in cli("log", "withdraw", "s1")[1]
    assert past.session("s1").row.withdrawn


def test_an_activity(cli: Any, past: Past) -> None:
    """An activity is withdrawn and brought back like a session."""
    past.add("s0", 0, what=[ActivityLogged("walk", "Walk", 1_200_000, "moderate")])
    assert "Walk, 2026-03-01 13:00" in cli("log", "withdraw", "1")[1]
    assert "It counts again." in cli("log", "withdraw", "s0", "--undo")[1]


ALL = [["rate", "1", "5", "--before"], ["note", "1", "x"], ["withdraw", "1"], ["withdraw", "1", "--undo"]]


@pytest.mark.parametrize("argv", ALL)
def test_no_sessions_yet(cli: Any, folders: Paths, argv: list[str]) -> None:
    """Without a logbook none is made."""
    assert cli("log", *argv) == (2, "", f"trainer: log {argv[0]}: there are no sessions yet\n")
    assert not folders.data.exists()


@pytest.mark.parametrize("argv", ALL)
def test_a_logbook_without_a_session(cli: Any, folders: Paths, argv: list[str]) -> None:
    """It says so, rather than naming numbers that there are not."""
    Past(folders).open().close()
    assert cli("log", *argv) == (2, "", f"trainer: log {argv[0]}: no session '1'; there are no sessions yet\n")


@pytest.mark.parametrize("argv", ALL[:3])
def test_a_logbook_that_takes_nothing(cli: Any, past: Past, monkeypatch: pytest.MonkeyPatch, argv: list[str]) -> None:
    """Where nothing can be stored the status is 1, with the reason and nothing else."""

    def full(*_: object) -> None:
        raise LogbookUnwritable("The disk is full.")

    monkeypatch.setattr(Logbook, "append", full)
    assert cli("log", *argv) == (1, "", "trainer: The disk is full.\n")


@pytest.mark.parametrize("argv", ALL[:3])
@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="rights are others there")
def test_a_logbook_that_may_only_be_read(
    cli: Any, past: Past, monkeypatch: pytest.MonkeyPatch, argv: list[str]
) -> None:
    """It says that it may only be read, and leaves it as it is."""
    before = past.paths.logbook.read_bytes()
    monkeypatch.setattr(os, "access", lambda path, mode, **_: mode == os.R_OK)
    status, out, err = cli("log", *argv)
    assert (status, out) == (1, "")
    assert "may only be read" in err
    assert past.paths.logbook.read_bytes() == before


@pytest.mark.parametrize("argv", [*ALL[:3], ["show", "1"]])
@pytest.mark.parametrize("fault", ["newer", "held", "damaged", "foreign", "cut short"])
def test_a_logbook_with_a_fault(
    cli: Any, past: Past, monkeypatch: pytest.MonkeyPatch, argv: list[str], fault: str
) -> None:
    """Newer, held by another program, damaged or foreign: what is wrong with which file, and no traceback."""
    monkeypatch.setattr("sessions.opening.BUSY_TIMEOUT_S", 0.0)
    path = past.paths.logbook
    holder = sqlite3.connect(path, isolation_level=None)
    if fault == "newer":
        holder.execute("PRAGMA user_version = 99")
        holder.close()
    elif fault == "held":
        holder.execute("BEGIN EXCLUSIVE")
    else:
        holder.close()
        content = bytearray(path.read_bytes())
        if fault == "damaged":
            content[4096:] = bytes(len(content) - 4096)
        path.write_bytes({"foreign": b"something of mine", "cut short": content[:-100]}.get(fault, bytes(content)))
    status, out, err = cli("log", *argv)
    if fault == "newer" and argv[0] == "show":
        assert status == 0
        return
    assert (status, out) == (1, "")
    assert len(err.splitlines()) <= 2
    assert str(path) in err.splitlines()[0]
    holder.close()


def test_settings_that_cannot_be_read(cli: Any, past: Past) -> None:
    """What is wrong with them is told before anything is kept."""
    past.paths.settings.parent.mkdir(parents=True)
    past.paths.settings.write_text("day_starts_h = 24")
    status, out, err = cli("log", "rate", "1", "5", "--before")
    assert (status, out) == (2, "")
    assert "day_starts_h: found 24; allowed: a whole number from 0 to 23" in err
    assert past.session("s1").row.pain_before == 3


@pytest.mark.parametrize("columns", ["80", "40"])
def test_names_are_clean_and_fit(cli: Any, folders: Paths, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    """A session of any name is told of as text, in the terminal's width."""
    monkeypatch.setenv("COLUMNS", columns)
    Past(folders).add("s1", name=HOSTILE * 3, exercise_name=HOSTILE, exercise=HOSTILE[:30])
    out = ""
    for argv in (["rate", "1", "5", "--before"], ["note", "1", "x"], ["withdraw", "1"], ["withdraw", "s1", "--undo"]):
        status, said, err = cli("log", *argv)
        assert (status, err) == (0, "")
        out += said
    out += cli("log", "rate", "1", "5", "--exercise", "x")[2]
    assert "[L] a [/b] c [/]" in out
    assert not any(char in out for char in "\x1b\x07\x9b\u202e")
    assert all(len(line) <= int(columns) for line in out.splitlines() if "trainer:" not in line)
