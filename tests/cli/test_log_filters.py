"""`log` with --find, --routine, --exercise, --since, --until and --pain."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest

from sessions.records import ActivityLogged, Note, Stamp
from tests.past import NOON_MS, Past
from trainer.paths import Paths

HOSTILE = "[L] a [/b] c [/] \x1b]0;t\x07\x1b[2J \u202e \x9b31m"
DAY_H = 24


@pytest.fixture
def past(folders: Paths, monkeypatch: pytest.MonkeyPatch) -> Past:
    """Sessions of five days; it is noon UTC on 2026-03-01, an hour ahead here."""
    monkeypatch.setattr("trainer.cli.make.stamp", lambda: Stamp(NOON_MS, 60, "Europe/Berlin"))
    past = Past(folders)
    past.add("s1", 0, note="stiff knee, walked home")
    past.add(
        "s2", DAY_H, name="Big three", routine="big-three", exercise="bird-dog", exercise_name="Bird dog", before=7
    )
    past.add("s3", 2 * DAY_H, exercise="side-plank", exercise_name="Side plank", after=6)
    past.add("s4", 3 * DAY_H, what=[ActivityLogged("walk", "Walk", 1_200_000, "moderate"), Note("rain")])
    past.add("s5", 100 * DAY_H, before=None, after=None)
    return past


def ids(cli: Any, *argv: str) -> list[str]:
    status, out, err = cli("log", *argv, "--json")
    assert (status, err) == (0, "")
    return [row["id"] for row in json.loads(out)]


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        ([], ["s1", "s2", "s3", "s4", "s5"]),
        (["--find", ""], ["s1", "s2", "s3", "s4", "s5"]),
        (["--find", "stiff"], ["s1"]),
        (["--find", "STIFF walk"], ["s1"]),
        (["--find", "walk"], ["s1", "s4"]),
        (["--find", "plank"], ["s1", "s3", "s5"]),
        (["--find", "zebra"], []),
        (["--routine", "big-three"], ["s2"]),
        (["--routine", "Desk break"], ["s1", "s3", "s5"]),
        (["--exercise", "plank"], ["s1", "s5"]),
        (["--exercise", "bird"], ["s2"]),
        (["--since", "2026-02-27"], ["s1", "s2", "s3"]),
        (["--until", "2026-02-27"], ["s3", "s4", "s5"]),
        (["--since", "2026-02-27", "--until", "2026-02-28"], ["s2", "s3"]),
        (["--since", "2026-03-01", "--until", "2026-02-01"], []),
        (["--since", "2d"], ["s1", "s2", "s3"]),
        (["--since", "12w"], ["s1", "s2", "s3", "s4"]),
        (["--since", "1Y"], ["s1", "s2", "s3", "s4", "s5"]),
        (["--pain", "0"], ["s1", "s2", "s3"]),
        (["--pain", "4"], ["s2", "s3"]),
        (["--pain", "10"], []),
        (["--last", "2"], ["s1", "s2"]),
        (["--find", "plank", "--last", "1"], ["s1"]),
        (["--find", "desk", "--exercise", "plank", "--since", "1w", "--pain", "1"], ["s1"]),
    ],
)
def test_what_fits(cli: Any, past: Past, argv: list[str], expected: list[str]) -> None:
    """Each asks for one thing, and together for all of it, the latest first."""
    assert ids(cli, *argv) == expected


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["--find", "???"], "--find: found '???'; allowed: words, of letters or digits"),
        (["--routine", "nothing"], "--routine: found 'nothing'; nothing is called so; there is: big-three, desk-break"),
        (["--routine", "bird-dog"], "--routine: found 'bird-dog'; nothing is called so"),
        (["--exercise", "???"], "--exercise: found '???'; nothing is called so; there is: bird-dog, plank, side-plank"),
        (
            ["--since", "yesterday"],
            "--since: found 'yesterday'; allowed: a day such as 2026-03-01, or 30d, 12w, 6m, 1y",
        ),
        (["--since", "2026-02-30"], "--since: found '2026-02-30'; allowed"),
        (["--since", "12"], "--since: found '12'; allowed"),
        (["--until", "20260301"], "--until: found '20260301'; allowed"),
        (["--until", "0w"], "--until: found '0w'; allowed"),
        (["--pain", "11"], "--pain: found '11'; allowed: 0 to 10"),
        (["--pain", "-1"], "--pain: found '-1'; allowed: 0 to 10"),
        (["--pain", ""], "--pain: found ''; allowed: 0 to 10"),
        (["--pain", "five"], "--pain: found 'five'; allowed: 0 to 10"),
        (["--last", "0"], "found '0'; allowed: 1 to 100000"),
        (["--last", "x"], "found 'x'; allowed: 1 to 100000"),
        (["--exercise", HOSTILE], "nothing is called so"),
        (["--since", HOSTILE], "allowed: a day"),
        (["--sinc", "1w"], "Did you mean --since?"),
    ],
)
def test_what_cannot_be_asked(cli: Any, past: Past, argv: list[str], says: str) -> None:
    """Bad input is answered with what was found and what is allowed."""
    status, out, err = cli("log", *argv)
    assert (status, out) == (2, "")
    assert says in err
    assert not any(char in err for char in "\x1b\x07\x9b\u202e")
    assert len(err.splitlines()) <= 3


@pytest.mark.parametrize("argv", [["--find", "x"], ["--since", "1w"], ["--pain", "3"]])
def test_without_a_logbook(cli: Any, folders: Paths, argv: list[str]) -> None:
    """There are no sessions yet, and none is made."""
    assert cli("log", *argv) == (0, "No sessions yet.\n", "")
    assert ids(cli, *argv) == []
    assert not folders.data.exists()


def test_nothing_fits(cli: Any, past: Past) -> None:
    """That nothing fits is something else than that there is nothing."""
    assert cli("log", "--find", "zebra") == (0, "No session fits.\n", "")


def test_numbers_are_those_of_the_whole_list(cli: Any, past: Past) -> None:
    """What was searched has no numbers, which would name other sessions, but ids that can be given on."""
    assert cli("log")[1].startswith("1  2026-03-01 13:00 Desk break\n   2 min, 1 of 1 done, pain 3 → 2\n2  2026-02-28")
    _, out, _ = cli("log", "--find", "big")
    assert out == "- 2026-02-28 13:00 Big three\n  2 min, 1 of 1 done, pain 7 → 2\n  s2\n"
    assert cli("log", "show", "s2")[1].startswith("Big three\n")
    assert cli("log", "show", "2")[1].startswith("Big three\n")


def test_numbers_are_in_line(cli: Any, past: Past) -> None:
    """From ten sessions on the numbers stand under each other."""
    past.add_all((f"m{n}", 200 * DAY_H + n, 0, "", [ActivityLogged("walk", "Walk", 60_000, "light")]) for n in range(7))
    heads = [line for line in cli("log")[1].splitlines() if line[:3].strip().isdigit()]
    assert [line[:4] for line in heads] == [f"{n:>2}  " for n in range(1, 13)]


def test_everything_as_json(cli: Any, past: Past) -> None:
    """A list of sessions and one in full are JSON with the same row."""
    (row,) = json.loads(cli("log", "--find", "stiff", "--json")[1])
    detail = json.loads(cli("log", "show", "1", "--json")[1])
    assert detail["row"] == row
    assert (row["day"], row["pain_before"], row["pain_after"]) == ("2026-03-01", 3, 2)
    assert detail["notes"][0]["text"] == "stiff knee, walked home"
    assert [one["nrs"] for one in detail["ratings"]] == [3, 2]


@pytest.mark.parametrize("columns", ["80", "40"])
def test_hostile_names(cli: Any, folders: Paths, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    """What is found is shown as text in the terminal's width, its id included."""
    monkeypatch.setenv("COLUMNS", columns)
    Past(folders).add(f"id {HOSTILE}", name=HOSTILE, exercise=HOSTILE, exercise_name=HOSTILE, note=HOSTILE)
    for argv in (["--find", "a c"], ["--exercise", HOSTILE], ["--pain", "0"]):
        status, out, err = cli("log", *argv)
        assert (status, err) == (0, "")
        assert "[L] a [/b] c [/]" in " ".join(out.split())
        assert not any(char in out for char in "\x1b\x07\x9b\u202e")
        assert max(map(len, out.splitlines())) <= int(columns)


# --- the hour at which a day starts ----------------------------------------------------------------


def starts(folders: Paths, hour: int | None) -> None:
    folders.settings.parent.mkdir(parents=True, exist_ok=True)
    folders.settings.write_text("" if hour is None else f"day_starts_h = {hour}\n")


def days(cli: Any) -> list[str]:
    return [row["day"] for row in json.loads(cli("log", "--json")[1])]


def test_a_day_starts_when_the_person_says(cli: Any, folders: Paths) -> None:
    """What is done before that hour belongs to the day before, by the clock that it was done by."""
    past = Past(folders)
    past.add("night", 9.5, offset_min=60)  # 03:30 in Berlin
    past.add("morning", 9, offset_min=60)  # 04:00
    past.add("abroad", 4, offset_min=-300)  # 03:00 in New York
    assert days(cli) == ["2026-03-01"] * 3
    starts(folders, 4)
    assert days(cli) == ["2026-02-28", "2026-03-01", "2026-02-28"]
    with past.open() as logbook:
        assert logbook.day_starts_h == 4
        assert not logbook.health().wrong_tables
    starts(folders, None)
    assert days(cli) == ["2026-03-01"] * 3


@pytest.mark.parametrize(("hour", "now_h", "first"), [(0, 0, "d84"), (4, 0, "d84"), (4, -9.5, "d85"), (0, -9.5, "d84")])
def test_since_counts_from_the_day_it_is(
    cli: Any, folders: Paths, monkeypatch: pytest.MonkeyPatch, hour: int, now_h: float, first: str
) -> None:
    """Twelve weeks ago is the day twelve weeks before the one that it is now, which begins at the person's hour."""
    past = Past(folders)
    for number in (83, 84, 85, 86):
        past.add(f"d{number}", number * DAY_H)  # at 13:00
    starts(folders, hour)
    now = Stamp(NOON_MS + int(now_h * 3_600_000), 60, "Europe/Berlin")  # 13:00, or 03:30 of the same date
    monkeypatch.setattr("trainer.cli.make.stamp", lambda: now)
    assert ids(cli, "--since", "12w")[-1] == first


def test_the_edge_of_a_day(cli: Any, folders: Paths) -> None:
    """With days from four on, a night belongs to the evening before, in both directions of the filter."""
    past = Past(folders)
    past.add("before", 9 + 1 / 60)  # 03:59
    past.add("from", 9)  # 04:00
    starts(folders, 4)
    assert ids(cli, "--since", "2026-03-01") == ["from"]
    assert ids(cli, "--until", "2026-02-28") == ["before"]


def test_a_logbook_that_may_only_be_read(cli: Any, folders: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the days cannot be made anew it goes on with those that it has, and leaves the file as it is."""
    Past(folders).add("night", 9.5)
    starts(folders, 4)
    before = folders.logbook.read_bytes()
    monkeypatch.setattr(os, "access", lambda path, mode, **_: mode == os.R_OK)
    assert days(cli) == ["2026-03-01"]
    assert folders.logbook.read_bytes() == before


def test_a_logbook_that_is_held(cli: Any, folders: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another program writes, the days are those that they were; the next look makes them anew."""
    past = Past(folders)
    past.add("night", 9.5)
    starts(folders, 4)
    monkeypatch.setattr("sessions.opening.BUSY_TIMEOUT_S", 0.0)
    import sqlite3

    holder = sqlite3.connect(folders.logbook, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    assert days(cli) == ["2026-03-01"]
    holder.execute("ROLLBACK")
    holder.close()
    assert days(cli) == ["2026-02-28"]
