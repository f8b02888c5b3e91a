"""A file that was copied or moved: it goes on as a device of its own, so that two never number their facts alike."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from sessions import Logbook, LogbookBusy, LogbookError, Note, Stamp, draft
from sessions.schema import SCHEMA

NOW = Stamp(1_772_352_000_000, 60, "Europe/Berlin")


def opened(path: Path, here: str = "this machine") -> Logbook:
    return Logbook.open(path, random=os.urandom, here=here)


def note(logbook: Logbook, text: str) -> tuple[str, int]:
    """Write a note; the device and number under which it is stored."""
    fact = logbook.append(draft("s1", Note(text), NOW, os.urandom))
    return fact.device, fact.seq


def test_the_same_place_keeps_its_device(path: Path) -> None:
    """Opened again and again, a logbook counts on under one device."""
    with opened(path) as logbook:
        device, _ = note(logbook, "a")
    for number in (2, 3):
        with opened(path) as logbook:
            assert note(logbook, "b") == (device, number)


def copied(path: Path, to: Path) -> Path:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, to)
    return to


@pytest.mark.parametrize(
    ("folder", "here", "renewed"),
    [
        ("home", "this machine", False),
        ("home", "another machine", True),
        ("elsewhere", "this machine", True),
        ("elsewhere", "another machine", True),
        ("home", "", False),
        ("elsewhere", "", False),
    ],
)
def test_another_place_gives_a_new_device(path: Path, tmp_path: Path, folder: str, here: str, renewed: bool) -> None:
    """A file opened on another machine or under another path counts from one; one that nobody asks about is as it was.

    All that it holds stays as it is.
    """
    with opened(path) as logbook:
        device, _ = note(logbook, "a")
        note(logbook, "b")
        before = list(logbook.facts())
    copy = path if folder == "home" else copied(path, tmp_path / folder / path.name)
    with opened(copy, here) as logbook:
        new, seq = note(logbook, "c")
        assert (new != device) == renewed
        assert seq == (1 if renewed else 3)
        assert len(new) == len(device)
        assert [fact for fact in logbook.facts() if fact.device == device][:2] == before
        assert logbook.health().ok
    with opened(copy, here) as logbook:
        assert note(logbook, "d") == (new, seq + 1)


def test_a_copy_beside_its_original(path: Path, tmp_path: Path) -> None:
    """Both go on, and what both then know is one set without a number used twice."""
    with opened(path) as logbook:
        note(logbook, "before")
    copy = copied(path, tmp_path / "copy" / path.name)
    with opened(path) as one, opened(copy) as two:
        note(one, "here")
        note(two, "there")
        facts = [*one.facts(), *two.facts()]
        one.take_in(facts)
        two.take_in(facts)
        assert set(one.facts()) == set(two.facts())
        numbers = [(fact.device, fact.seq) for fact in one.facts()]
        assert len(numbers) == len(set(numbers)) == 3


def test_a_path_by_a_link_is_the_same_place(path: Path, tmp_path: Path) -> None:
    """A folder reached by a link is where it leads to."""
    with opened(path) as logbook:
        device, _ = note(logbook, "a")
    (tmp_path / "link").symlink_to(path.parent, target_is_directory=True)
    with opened(tmp_path / "link" / path.name) as logbook:
        assert logbook.device == device


def test_a_logbook_of_before_settles_where_it_is(path: Path) -> None:
    """One that nobody asked about so far is no copy: it keeps its device from then on."""
    with Logbook.open(path, random=os.urandom) as logbook:
        device, _ = note(logbook, "a")
    with opened(path) as logbook:
        assert logbook.device == device
    with opened(path, "another machine") as logbook:
        assert logbook.device != device


def test_a_file_that_is_held_settles_the_next_time(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another program writes, opening goes on; the device is the old one until the next time."""
    with opened(path) as logbook:
        device = logbook.device
    monkeypatch.setattr("sessions.opening.BUSY_TIMEOUT_S", 0.0)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with opened(path, "another machine") as logbook:
        assert logbook.device == device
        with pytest.raises(LogbookBusy):
            note(logbook, "x")
    holder.execute("ROLLBACK")
    holder.close()
    with opened(path, "another machine") as logbook:
        assert logbook.device != device


@pytest.mark.parametrize("version", [SCHEMA, SCHEMA + 1])
def test_a_file_that_may_only_be_read(path: Path, monkeypatch: pytest.MonkeyPatch, version: int) -> None:
    """It is left as it is, and read."""
    with opened(path) as logbook:
        note(logbook, "a")
        device = logbook.device
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    if version == SCHEMA:
        monkeypatch.setattr(os, "access", lambda path, mode, **_: mode == os.R_OK)
    before = path.read_bytes()
    with opened(path, "another machine") as logbook:
        assert logbook.read_only
        assert logbook.device == device
        with pytest.raises(LogbookError):
            note(logbook, "x")
    assert path.read_bytes() == before


def test_what_is_noted_belongs_to_the_file(path: Path) -> None:
    """Something kept beside the facts is read again, replaced, and no fact."""
    with opened(path) as logbook:
        assert logbook.noted("x") == ""
        for text in ("one", "two\n", ""):
            logbook.note_down("x", text)
            assert logbook.noted("x") == text
        assert list(logbook.facts()) == []
    with opened(path) as logbook:
        logbook.note_down("x", "kept")
    with opened(path) as logbook:
        assert logbook.noted("x") == "kept"


@pytest.mark.parametrize("here", ["", "m", "x" * 10_000, "\ud800"])
def test_any_machine(path: Path, here: str) -> None:
    """Whatever a system calls itself is a place, and none of it stands in the file."""
    with opened(path, here) as logbook:
        place = logbook.noted("place")
        device = logbook.device
    assert len(place) == (64 if here else 0)
    with opened(path, here) as logbook:
        assert logbook.device == device


def test_a_renewed_device_numbers_from_one(logbook: Logbook, pen: Any) -> None:
    """It is a new one each time, stored at once, and the old one's numbers stay."""
    devices = []
    for _ in range(3):
        fact = logbook.append(pen.draft(Note("x")))
        devices.append(fact.device)
        assert fact.seq == 1
        logbook.renew_device(os.urandom)
    assert len(set(devices)) == 3
    assert logbook.devices() == dict.fromkeys(devices, 1)
    with Logbook.open(logbook.path, random=os.urandom) as again:
        assert again.device == logbook.device


# --- the hour at which days start ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hour", "day"), [(0, "2026-03-01"), (4, "2026-03-01"), (9, "2026-03-01"), (10, "2026-02-28"), (23, "2026-02-28")]
)
def test_days_start_at_an_hour(logbook: Logbook, pen: Any, hour: int, day: str) -> None:
    """What began before that hour of its own clock belongs to the day before, in every table."""
    logbook.append(pen.draft(pen.begun()))  # at nine o'clock in Berlin
    logbook.append(pen.draft(pen.work(1)))
    logbook.start_days_at(hour)
    assert logbook.day_starts_h == hour
    assert [row.day for row in logbook.sessions()] == [day]
    assert [row.day for row in logbook.days("2026-01-01", "2026-12-31")] == [day]
    assert logbook.health().wrong_tables == []
    logbook.append(pen.draft(pen.begun(), session="s2"))
    assert {row.day for row in logbook.sessions()} == {day}


@pytest.mark.parametrize("hour", [-1, 24, 100])
def test_no_such_hour(logbook: Logbook, hour: int) -> None:
    """Another number is refused, and days stay."""
    with pytest.raises(LogbookError, match="from 0 to 23"):
        logbook.start_days_at(hour)
    assert logbook.day_starts_h == 0


@pytest.mark.parametrize("value", ["24", "x", "-1", "", "٣"])
def test_an_hour_that_is_none(path: Path, value: str) -> None:
    """Whatever stands in the file, days start at midnight where it is no hour."""
    with opened(path) as logbook:
        logbook.note_down("day_starts_h", value)
    with opened(path) as logbook:
        assert logbook.day_starts_h in (0, 3 if value == "٣" else 0)
        note(logbook, "x")


def test_the_same_hour_changes_nothing(path: Path) -> None:
    """Asking for the hour that it is leaves the file as it is."""
    with opened(path) as logbook:
        note(logbook, "x")
        logbook.start_days_at(4)
        before = path.read_bytes()
        logbook.start_days_at(4)
    assert path.read_bytes() == before


def test_hours_are_not_merged(path: Path, tmp_path: Path) -> None:
    """Each logbook has an hour of its own; facts of another one fall on its own days."""
    with opened(path) as one, opened(tmp_path / "two.sqlite") as two:
        note(two, "x")  # at 9:00 in Berlin
        one.start_days_at(12)
        one.take_in(list(two.facts()))
        assert [row.day for row in one.sessions()] == ["2026-02-28"]
        assert [row.day for row in two.sessions()] == ["2026-03-01"]
