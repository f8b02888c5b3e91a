"""`log`: looking back."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sessions.errors import LogbookUnwritable
from sessions.facts import draft
from sessions.logbook import Logbook
from sessions.records import (
    ActivityLogged,
    CheckAnswered,
    ExercisePlanned,
    Note,
    PainRated,
    SessionBegun,
    SessionEnded,
    Stamp,
    WorkDone,
)
from trainer.paths import Paths

HOSTILE = "[L] a [/b] c [/] \x1b]0;t\x07\x1b[2J \u202e \x9b31m"
NOON_MS = 1_772_366_400_000


@pytest.fixture
def logbook(folders: Paths) -> Path:
    """A logbook with a session whose texts are hostile."""
    session = "0190a000-0000-7000-8000-000000000001"
    bodies = (
        SessionBegun(
            "odd",
            HOSTILE,
            "x",
            (ExercisePlanned(0, "odd", HOSTILE, "3 repetitions", 2),),
            5,
            level=2,
            levels=7,
            weaker="right",
            left_out=(f"Clam {HOSTILE}", "1 of 3 sets: Bridge"),
        ),
        PainRated("before", 3),
        WorkDone(1, 0, "odd", HOSTILE, 1, 2, "left", "done", 1, 20_000, 20_000, 5, 5),
        WorkDone(3, 0, "odd", HOSTILE, 2, 2, "left", "cut_short", 1, 20_000, 12_000, 5, 3),
        PainRated("after_exercise", 4, 0, "odd", HOSTILE),
        PainRated("after", 2),
        CheckAnswered(0, "odd", HOSTILE, "left", f"Do you sway? {HOSTILE}", "yes", f"Yes {HOSTILE}"),
        CheckAnswered(0, "odd", HOSTILE, "none", "And now?", "no", "No"),
        Note(f"first\n{HOSTILE}"),
        SessionEnded("stopped", "", 50_000, 0),
    )
    with Logbook.open(folders.logbook, random=os.urandom) as one:
        for number, body in enumerate(bodies):
            one.append(draft(session, body, Stamp(NOON_MS + number, 60, "Europe/Berlin"), os.urandom))
    return folders.logbook


def test_no_sessions(cli: Any, folders: Paths) -> None:
    """Without a logbook there are no sessions yet, and none is made."""
    assert cli("log") == (0, "No sessions yet.\n", "")
    assert json.loads(cli("log", "--json")[1]) == []
    assert not folders.data.exists()


def test_latest(cli: Any, logbook: Path) -> None:
    """The list has local date and time, name, length, what was done, and pain before and after."""
    status, out, err = cli("log")
    assert (status, err) == (0, "")
    assert out.startswith("1  2026-03-01 13:00 [L] a [/b] c [/]")
    assert "50 s, 1 of 2 done, 1 cut short, stopped early, pain 3 → 2, level 2 of 7" in " ".join(out.split())


def test_one(cli: Any, logbook: Path) -> None:
    """One session shows each work, rating and note."""
    status, out, err = cli("log", "show", "1")
    assert (status, err) == (0, "")
    assert "Before: pain 3 of 10" in out
    joined = " ".join(out.split())
    assert "1 of 2 done; cut short: 3 of 5 repetitions. Pain 4 of 10" in joined
    assert "(set 2 of 2, left side): cut short, 3 of 5" in joined
    assert "  first\n  [L] a" in out
    assert "(left side): Do you sway? [L] a [/b] c [/]" in joined
    assert ": And now? No" in joined
    assert "Stopped early, level 2 of 7." in joined
    assert "Weaker side, as you called it: right." in joined
    assert "Left out in this short form: Clam [L] a [/b] c" in joined
    assert "; 1 of 3 sets: Bridge." in joined


def test_by_id(cli: Any, logbook: Path) -> None:
    """A session can be named by its id."""
    id = json.loads(cli("log", "--json")[1])[0]["id"]
    assert json.loads(cli("log", "show", id, "--json")[1])["row"]["id"] == id
    assert cli("log", "show", id)[0] == 0


@pytest.mark.parametrize("columns", ["80", "40"])
@pytest.mark.parametrize("argv", [["log"], ["log", "show", "1"], ["log", "--json"], ["log", "show", "1", "--json"]])
def test_hostile_text(cli: Any, logbook: Path, monkeypatch: pytest.MonkeyPatch, argv: list[str], columns: str) -> None:
    """Whatever is in the logbook, it steers no terminal and fits its width."""
    monkeypatch.setenv("COLUMNS", columns)
    status, out, err = cli(*argv)
    assert status == 0
    assert not any(char in out + err for char in "\x1b\x07\x9b\u202e")
    assert "--json" in argv or max(map(len, out.splitlines())) <= int(columns)


@pytest.mark.parametrize("id", ["2", "0", "no-such", "\x1b[2J", "9" * 200])
def test_no_such_session(cli: Any, logbook: Path, id: str) -> None:
    """A session that is not there is bad input."""
    status, out, err = cli("log", "show", id)
    assert (status, out) == (2, "")
    assert "no session" in err
    assert "\x1b" not in err


@pytest.mark.parametrize("content", [b"", b"no logbook", b"SQLite format 3\x00" + bytes(100)])
def test_what_is_no_logbook(cli: Any, folders: Paths, content: bytes) -> None:
    """A file that is no logbook is told with its path and left as it is."""
    folders.data.mkdir()
    folders.logbook.write_bytes(content)
    status, out, err = cli("log")
    assert (status, out) == (1, "")
    assert str(folders.logbook) in err
    assert folders.logbook.read_bytes() == content


@pytest.mark.parametrize("id", ["1", "0190a000-0000-7000-8000-000000000001", "no-such"])
def test_the_form_of_before(cli: Any, logbook: Path, id: str) -> None:
    """A session named without `show` is answered with the command that shows it."""
    status, out, err = cli("log", id)
    assert (status, out) == (2, "")
    assert f"trainer log show {id}" in err


def test_a_mistyped_command_of_the_log(cli: Any) -> None:
    """A word near `show` or `add` suggests it."""
    for word, meant in (("shwo", "show"), ("ad", "add")):
        status, _, err = cli("log", word, "1")
        assert status == 2
        assert f"Did you mean {meant}?" in err


def test_options_before_and_after(cli: Any, logbook: Path) -> None:
    """`--json` may stand before the command of the log or after it, and folders anywhere."""
    assert cli("log", "--json", "show", "1") == cli("log", "show", "1", "--json")
    assert cli("log", "show", "1", "--data-dir", str(logbook.parent)) == cli("log", "show", "1")
    assert cli("--data-dir", str(logbook.parent / "none"), "log", "show", "1")[0] == 2


@pytest.mark.parametrize("columns", [80, 40])
@pytest.mark.parametrize("command", ["show", "add"])
def test_help_fits(cli: Any, monkeypatch: pytest.MonkeyPatch, command: str, columns: int) -> None:
    """The help of the log's commands fits the terminal."""
    monkeypatch.setenv("COLUMNS", str(columns))
    status, out, err = cli("log", command, "--help")
    assert (status, err) == (0, "")
    assert max(map(len, out.splitlines())) <= columns


# --- activities ------------------------------------------------------------------------------------


@pytest.fixture
def sunday(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """It is noon UTC on Sunday 2026-03-01, an hour ahead here."""
    monkeypatch.setattr("trainer.cli.activity.stamp", lambda: Stamp(NOON_MS, 60, "Europe/Berlin"))
    monkeypatch.setenv("COLUMNS", "100")
    with monkeypatch.context() as zone:
        zone.setenv("TZ", "Europe/Berlin")
        if hasattr(time, "tzset"):
            time.tzset()
        yield
    if hasattr(time, "tzset"):
        time.tzset()


def kept(folders: Paths) -> list[tuple[Stamp, Any]]:
    logbook = Logbook.open_existing(folders.logbook)
    if logbook is None:
        return []
    with logbook:
        assert logbook.health().ok
        return [(fact.stamp, fact.parsed()) for fact in logbook.facts()]


@pytest.mark.usefixtures("sunday")
def test_an_activity_is_kept(cli: Any, folders: Paths) -> None:
    """What was kept is said, and what the week adds up to beside what the sources name."""
    named = "The sources name 150 min moderate or 75 vigorous a week."
    assert cli("log", "add", "walk", "20") == (
        0,
        f"Kept: Walk, 20 min, moderate, 2026-03-01.\nLogged this week: 20 min moderate. {named}\n",
        "",
    )
    status, out, _ = cli("log", "add", "cycling", "45", "--intensity", "vigorous", "--note", "up\x1b[2J hill")
    assert status == 0
    assert "Logged this week: 110 min moderate (45 vigorous, each counted twice)." in " ".join(out.split())
    assert kept(folders) == [
        (Stamp(NOON_MS, 60, "Europe/Berlin"), ActivityLogged("walk", "Walk", 1_200_000, "moderate")),
        (Stamp(NOON_MS, 60, "Europe/Berlin"), ActivityLogged("cycle", "Cycle", 2_700_000, "vigorous")),
        (Stamp(NOON_MS, 60, "Europe/Berlin"), Note("up\ufffd[2J hill")),
    ]
    rows = json.loads(cli("log", "--json")[1])
    assert {(row["activity"], row["active_ms"], row["how"]) for row in rows} == {
        ("walk", 1_200_000, "finished"),
        ("cycle", 2_700_000, "finished"),
    }


@pytest.mark.usefixtures("sunday")
def test_an_activity_among_the_sessions(cli: Any, logbook: Path) -> None:
    """The list has it with its length and intensity, and it can be shown."""
    assert cli("log", "add", "run", "15", "--on", "2026-02-20", "--note", "by the river")[0] == 0
    _, out, _ = cli("log")
    assert "2  2026-02-20 12:00 Run\n   15 min, vigorous\n" in out
    status, out, _ = cli("log", "show", "2")
    assert status == 0
    assert "15 min. Vigorous, logged by hand." in out
    assert "  by the river" in out
    assert "pain" not in out


@pytest.mark.usefixtures("sunday")
@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be set here")
@pytest.mark.parametrize(
    ("day", "utc_ms", "offset_min"),
    [
        ("2026-03-01", NOON_MS, 60),
        ("2026-02-28", NOON_MS - 86_400_000 - 3_600_000, 60),
        ("2025-07-01", 1_751_364_000_000, 120),
        ("1970-01-01", 39_600_000, 60),
    ],
)
def test_the_day(cli: Any, folders: Paths, day: str, utc_ms: int, offset_min: int) -> None:
    """An activity of another day stands at its noon, by the clock of that day; one of today at this moment."""
    status, out, _ = cli("log", "add", "swim", "30", "--on", day)
    assert status == 0
    assert f"Kept: Swim, 30 min, moderate, {day}." in out
    ((stamp, _),) = kept(folders)
    assert (stamp.utc_ms, stamp.offset_min) == (utc_ms, offset_min)
    assert json.loads(cli("log", "--json")[1])[0]["day"] == day


@pytest.mark.usefixtures("sunday")
def test_another_week(cli: Any) -> None:
    """The week told is that of the day."""
    cli("log", "add", "walk", "10")
    assert "Logged in the week 2026-W08: 30 min moderate." in cli("log", "add", "walk", "30", "--on", "2026-02-22")[1]
    assert "Logged this week: 15 min moderate." in cli("log", "add", "walk", "5", "--on", "2026-02-23")[1]


@pytest.mark.usefixtures("sunday")
@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["wlak", "20"], ["no activity 'wlak'", "Did you mean walk?", "There are: walk, brisk-walk, swim,"]),
        (["xyzzy", "20"], ["no activity 'xyzzy'", "There are: walk,"]),
        (["", "20"], ["no activity ''"]),
        (["\x1b[2J", "20"], ["no activity"]),
        (["walk"], ["MINUTES"]),
        (["walk", "0"], ["found '0' for the minutes", "1 to 1440"]),
        (["walk", "1441"], ["found '1441'", "1 to 1440"]),
        (["walk", "-5"], ["found '-5'", "1 to 1440"]),
        (["walk", "20.5"], ["found '20.5'", "1 to 1440"]),
        (["walk", "٢٠"], ["1 to 1440"]),
        (["walk", "9" * 5000], ["1 to 1440"]),
        (["walk", "20", "--intensity", "hard"], ["--intensity: found 'hard'; allowed: light, moderate, vigorous"]),
        (["walk", "20", "--on", "2026-03-02"], ["--on: found '2026-03-02'", "1970-01-01 to today, 2026-03-01"]),
        (["walk", "20", "--on", "1969-12-31"], ["--on: found '1969-12-31'", "1970-01-01"]),
        (["walk", "20", "--on", "2026-02-30"], ["--on: found '2026-02-30'"]),
        (["walk", "20", "--on", "20260228"], ["--on: found '20260228'"]),
        (["walk", "20", "--on", "2026-W09-1"], ["--on: found '2026-W09-1'"]),
        (["walk", "20", "--on", "٢٠٢٦-٠٢-٢٨"], ["--on: found"]),
        (["walk", "20", "--on", "yesterday"], ["--on: found 'yesterday'", "written like that"]),
        (["walk", "20", "--note", "x" * 2001], ["--note: found 2001 characters; allowed: up to 2000"]),
        (["walk", "20", "--intnsity", "light"], ["--intensity"]),
    ],
)
def test_what_cannot_be_logged(cli: Any, folders: Paths, argv: list[str], says: list[str]) -> None:
    """Bad input is answered with what was found and what is allowed; nothing is made or kept."""
    status, out, err = cli("log", "add", *argv)
    assert (status, out) == (2, "")
    for text in says:
        assert text in err
    assert "\x1b" not in err
    assert "Traceback" not in err
    assert not folders.data.exists()


@pytest.mark.usefixtures("sunday")
@pytest.mark.parametrize("fault", ["full", "no logbook", "no folder"])
def test_a_logbook_that_takes_nothing(
    cli: Any, folders: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """Where nothing can be stored the status is 1, the reason is said, and the activity is put where it is found."""
    (tmp_path / "passing").mkdir()
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "passing"))
    if fault == "full":

        def full(*_: object) -> None:
            raise LogbookUnwritable("The disk is full.")

        monkeypatch.setattr(Logbook, "append", full)
    elif fault == "no logbook":
        folders.data.mkdir()
        folders.logbook.write_text("no logbook")
    else:
        folders.data.write_text("a file")
    status, out, err = cli("log", "add", "walk", "20", "--note", "hills")
    assert (status, out) == (1, "")
    assert "Not saved in the logbook: " in err
    (file,) = (tmp_path / "passing").iterdir()
    assert str(file) in err
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert [line["kind"] for line in lines] == ["activity_logged", "note"]
    assert lines[0]["session"] == lines[1]["session"]


@pytest.mark.usefixtures("sunday")
def test_it_is_stored_before_it_is_said(cli: Any, folders: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is said before the facts are on the disk."""
    before: list[int] = []
    monkeypatch.setattr("trainer.cli.streams.say_lines", lambda _: before.append(len(kept(folders))))
    assert cli("log", "add", "walk", "20", "--note", "x")[0] == 0
    assert before == [2, 2]


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_completion(cli: Any, shell: str) -> None:
    """The completion scripts know the commands of the log, the activities and the intensities."""
    status, out, err = cli("completion", shell)
    assert (status, err) == (0, "")
    for word in ("climb-stairs", *(() if shell == "tcsh" else ("vigorous", "--intensity", "--note"))):
        assert word in out
