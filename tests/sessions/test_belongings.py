"""All that a logbook left is found, and nothing else."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sessions import Logbook, LogbookBusy, Note
from sessions.exchange.syncing import sync
from sessions.safety.backups import back_up
from sessions.safety.belongings import belongings, empty, hold, holds_any
from sessions.safety.repairing import look, repair

posix = pytest.mark.skipif(os.name != "posix", reason="links are POSIX's")
NOW_MS = 1_795_284_545_000


@pytest.fixture
def folder(path: Path) -> Path:
    return path.parent / "backups"


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    (tmp_path / "shared").mkdir()
    return tmp_path / "shared"


@pytest.fixture
def device(path: Path, pen: Any, shared: Path) -> str:
    """A logbook with a fact that was synced, and its device."""
    with Logbook.open(path, random=os.urandom) as logbook:
        logbook.append(pen.draft(Note("a")))
        sync(logbook, shared, random=os.urandom)
        return logbook.device


def names(files: list[Path]) -> set[str]:
    return {file.name for file in files}


def test_nothing(path: Path, folder: Path) -> None:
    """Where nothing is, nothing is found."""
    assert list(belongings(path, folder).files()) == []


def test_what_others_keep_beside_it(path: Path, folder: Path) -> None:
    """By the names that are handed in, and those with a number behind; not by others, and no folder."""
    path.parent.mkdir(exist_ok=True)
    for name in ("a.lock", "due.txt", "due.txt.42", "due.txt.old", "xdue.txt", "aXlock"):
        (path.parent / name).write_bytes(b"x")
    (path.parent / "a.lock.7").mkdir()
    found = belongings(path, folder, beside=("a.lock", "due.txt"))
    assert [file.name for file in found.beside] == ["a.lock", "due.txt", "due.txt.42"]
    assert list(found.files()) == found.beside
    assert belongings(path, folder).beside == []


def test_all_that_is_left(path: Path, folder: Path, device: str) -> None:
    """Journals, backups, what was set aside and what was left half written are found, and the logbook comes last."""
    back_up(path, folder, at_ms=NOW_MS)
    repair(look(path, folder, at_ms=NOW_MS), random=os.urandom)
    left = {
        *("logbook.sqlite-journal", ".logbook.sqlite.123-0.new", ".logbook.sqlite.0a0b.new"),
        *("logbook.damaged-20261121T180905Z.sqlite", "logbook.damaged-20261121T180905Z-2.sqlite-journal"),
        *("backups/.logbook.sqlite.123-0.new", "backups/logbook-20250101T000000Z-form-1-unproven-3.sqlite"),
        *("backups/logbook-20250101T000000Z.sqlite-journal", ".salvage-ab12/logbook.sqlite"),
    }
    others = {
        *("own.txt", "logbook.damaged-notes.txt", "logbook.sqlite.bak", "xlogbook.sqlite", "logbook.damaged-x.sqlite"),
        *("backups/logbook-20250101.sqlite", "backups/keep.sqlite", "logbook.before-restore-1.sqlite"),
    }
    for name in (*left, *others):
        (path.parent / name).parent.mkdir(exist_ok=True)
        (path.parent / name).write_bytes(b"x")
    found = belongings(path, folder)
    files = [str(file.relative_to(path.parent)) for file in found.files() if file.is_relative_to(path.parent)]
    made = {"logbook.sqlite", "backups/logbook-20261121T180905Z.sqlite"}
    assert set(files) == left | made | {"logbook.before-restore-20261121T180905Z.sqlite"}
    assert files[-2:] == ["logbook.sqlite-journal", "logbook.sqlite"]
    assert names(found.folders) == {".salvage-ab12", "backups"}


def test_what_was_synced(path: Path, folder: Path, device: str, shared: Path) -> None:
    """This device's file, a service's copies of it and half-written ones are found; other devices' are only counted."""
    own = [f"trainer-{device}.jsonl", f"trainer-{device}.sync-conflict-1.jsonl", f"trainer-{device} (copy).jsonl"]
    own.append(f".trainer-{device}.jsonl.12-0.new")
    others = ["trainer-0123456789abcdef.jsonl", f"trainer-{device}0.jsonl", "trainer-.jsonl"]
    for name in (*own[1:], *others, "notes.txt", f"{device}.jsonl", f"trainer-{device}.txt"):
        (shared / name).write_text("x")
    found = belongings(path, folder)
    assert names(found.synced) == set(own)
    assert found.of_others == {shared: 3}


def test_earlier_devices(path: Path, folder: Path, device: str, shared: Path) -> None:
    """What the logbook wrote before it was repaired, under another device, is its own too."""
    back_up(path, folder, at_ms=NOW_MS)
    repair(look(path, folder, at_ms=NOW_MS), random=os.urandom)
    with Logbook.open(path, random=os.urandom) as logbook:
        sync(logbook, shared, random=os.urandom)
        now = logbook.device
    path.write_bytes(b"")
    assert now != device
    assert f"trainer-{device}.jsonl" in names(belongings(path, folder).synced)


def test_a_folder_that_is_not_there(path: Path, folder: Path, device: str, shared: Path, tmp_path: Path) -> None:
    """A folder that it was synced with once and that is away now is told of, as is one that is kept for it."""
    shared.rename(tmp_path / "away")
    found = belongings(path, folder, [tmp_path / "stick"])
    assert found.synced == []
    assert found.out_of_reach == [shared, tmp_path / "stick"]


@pytest.mark.parametrize("device", ["", "x", "0123456789abcde", "0123456789abcdeg", "../../x", "*"])
def test_a_file_that_names_an_odd_device(path: Path, folder: Path, shared: Path, device: str) -> None:
    """What is not the name of a device matches no file."""
    Logbook.open(path, random=os.urandom).close()
    (shared / f"trainer-{'0' * 16}.jsonl").write_text("x")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'device'", (device,))
    found = belongings(path, folder, [shared])
    assert (found.synced, found.of_others) == ([], {shared: 1})


@posix
def test_links(path: Path, folder: Path, device: str, tmp_path: Path) -> None:
    """A link is one of its files, and what it leads to is told of and none."""
    real = tmp_path / "real.sqlite"
    path.rename(real)
    path.symlink_to(real)
    found = belongings(path, folder)
    assert found.logbook == [path]
    assert found.links == [(path, real)]
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "private").write_text("x")
    (path.parent / ".salvage-x").symlink_to(tmp_path / "elsewhere")
    assert belongings(path, folder).set_aside == []


@posix
def test_a_linked_folder_of_backups(path: Path, folder: Path, device: str, tmp_path: Path) -> None:
    """Backups in a folder that is a link are found, and the link itself stays."""
    (tmp_path / "large").mkdir()
    folder.symlink_to(tmp_path / "large")
    back_up(path, folder, at_ms=NOW_MS)
    found = belongings(path, folder)
    assert len(found.backups) == 1
    assert found.folders == []


def test_hold(path: Path, device: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another program writes, that is told; a damaged file nobody can use."""
    monkeypatch.setattr("sessions.opening.BUSY_TIMEOUT_S", 0.01)
    hold(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LogbookBusy):
            hold(path)
    path.write_bytes(b"no logbook")
    hold(path)
    assert path.read_bytes() == b"no logbook"


def test_emptied(path: Path, device: str, shared: Path, pen: Any, tmp_path: Path) -> None:
    """An emptied file gives whoever has it open nothing to write elsewhere; another name of it keeps its content."""
    with Logbook.open(path, random=os.urandom) as logbook:
        empty(path)
        path.unlink()
        (shared / f"trainer-{device}.jsonl").unlink()
        with pytest.raises(Exception, match="logbook"):
            sync(logbook, shared, random=os.urandom)
    assert list(shared.iterdir()) == []
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("x")
    if os.name == "posix":
        os.link(one, other)
        empty(one)
        assert other.read_text() == "x"
        link = tmp_path / "link"
        other.unlink()
        link.symlink_to(one)
        empty(link)
        assert one.read_text() == "x"
    empty(one)
    assert one.read_bytes() == b""


def test_holds_any(path: Path, device: str) -> None:
    """Whether a logbook knows a session; one that cannot be read knows none."""
    assert holds_any(path, ["x", "s1"])
    assert not holds_any(path, ["x"])
    assert not holds_any(path, [])
    copy = Path(shutil.copyfile(path, path.with_name("copy.sqlite")))
    copy.write_bytes(b"x")
    assert not holds_any(copy, ["s1"])
    assert not holds_any(path.with_name("none"), ["s1"])
