"""Several devices through one folder: whatever the carrier does to it, all end with the same, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions import Logbook, LogbookError, LogbookUnwritable, Note, Stamp, draft
from sessions.exchange.jsonl import lines
from sessions.exchange.syncing import name_of, sync

NOW = Stamp(1_772_352_000_000, 60, "Europe/Berlin")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "shared"
    made.mkdir()
    return made


@contextmanager
def devices(root: Path, count: int) -> Iterator[list[Logbook]]:
    """So many logbooks of their own."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(Logbook.open(root / f"machine-{number}" / "logbook.sqlite", random=os.urandom))
            for number in range(count)
        ]


def note(logbook: Logbook, text: str, session: str = "s1") -> str:
    return logbook.append(draft(session, Note(text), NOW, os.urandom)).sha256


def contents(logbook: Logbook) -> set[str]:
    return {fact.sha256 for fact in logbook.facts()}


def test_two_machines(tmp_path: Path, folder: Path) -> None:
    """What one wrote the other has after both have synced, and again changes nothing."""
    with devices(tmp_path, 2) as (one, two):
        note(one, "here")
        note(two, "there")
        assert sync(one, folder, random=os.urandom).wrote
        found = sync(two, folder, random=os.urandom)
        assert (found.took, found.files, found.bad_lines, found.trouble, found.renewed) == (1, 1, 0, [], False)
        assert sync(one, folder, random=os.urandom).took == 1
        assert contents(one) == contents(two)
        again = sync(one, folder, random=os.urandom)
        assert (again.took, again.files, again.wrote) == (0, 0, False)
        assert sorted(file.name for file in folder.iterdir()) == sorted(map(name_of, (one.device, two.device)))
        assert one.sessions() == two.sessions()


def test_a_file_says_what_its_device_did(tmp_path: Path, folder: Path) -> None:
    """A device's file holds its own facts and no others that have a file; it grows by what is new, byte for byte."""
    with devices(tmp_path, 2) as (one, two):
        note(one, "a")
        note(two, "b")
        for logbook in (one, two, one):
            sync(logbook, folder, random=os.urandom)
        before = (folder / name_of(one.device)).read_bytes()
        assert before == b"".join(lines(fact for fact in one.facts() if fact.device == one.device))
        note(one, "c")
        sync(one, folder, random=os.urandom)
        after = (folder / name_of(one.device)).read_bytes()
        assert after.startswith(before)
        assert after.count(b"\n") == 2
        assert (folder / name_of(one.device)).stat().st_mode & 0o777 == 0o600


def test_a_file_that_vanished(tmp_path: Path, folder: Path) -> None:
    """What is missing was never deleted: others keep it, and hand it on in their own files."""
    with devices(tmp_path, 3) as (one, two, three):
        lost = note(one, "only here")
        sync(one, folder, random=os.urandom)
        sync(two, folder, random=os.urandom)
        (folder / name_of(one.device)).unlink()
        sync(two, folder, random=os.urandom)
        sync(three, folder, random=os.urandom)
        assert contents(two) == contents(three) == {lost}


def test_a_file_that_was_torn_for_good(tmp_path: Path, folder: Path) -> None:
    """Where a device's file holds fewer of its facts than another device knows, that one hands them on."""
    with devices(tmp_path, 3) as (one, two, three):
        for text in "abc":
            note(one, text)
        sync(one, folder, random=os.urandom)
        sync(two, folder, random=os.urandom)
        file = folder / name_of(one.device)
        file.write_bytes(file.read_bytes()[:500])
        assert sync(two, folder, random=os.urandom).bad_lines == 1
        sync(three, folder, random=os.urandom)
        assert contents(three) == contents(one)


def test_a_conflicted_copy(tmp_path: Path, folder: Path) -> None:
    """A copy that a service set aside in a conflict is read like any other."""
    with devices(tmp_path, 2) as (one, two):
        first = note(one, "a")
        sync(one, folder, random=os.urandom)
        file = folder / name_of(one.device)
        os.replace(file, folder / f"{file.stem}.sync-conflict-20260301-120000-ABCDEFG.jsonl")
        assert sync(two, folder, random=os.urandom).took == 1
        assert contents(two) == {first}


def test_a_copied_logbook(tmp_path: Path, folder: Path) -> None:
    """A copy that goes on beside its original is noticed, takes a new device id, and both keep all."""
    with devices(tmp_path, 1) as (one,):
        note(one, "before")
        copy = tmp_path / "copy" / "logbook.sqlite"
        copy.parent.mkdir()
        shutil.copyfile(one.path, copy)
        with Logbook.open(copy, random=os.urandom) as two:
            assert two.device == one.device
            note(one, "here")
            note(two, "there")
            sync(one, folder, random=os.urandom)
            found = sync(two, folder, random=os.urandom)
            assert (found.renewed, found.took) == (True, 1)
            assert two.device != one.device
            sync(one, folder, random=os.urandom)
            assert contents(one) == contents(two)
            assert len(contents(one)) == 3
            assert not sync(one, folder, random=os.urandom).renewed


def test_put_back_from_a_backup(tmp_path: Path, folder: Path) -> None:
    """What was synced after a backup comes back from the device's own file."""
    with devices(tmp_path, 1) as (one,):
        note(one, "before")
        backup = tmp_path / "backup.sqlite"
        shutil.copyfile(one.path, backup)
        note(one, "after")
        sync(one, folder, random=os.urandom)
        expected, path = contents(one), one.path
    shutil.copyfile(backup, path)
    with Logbook.open(path, random=os.urandom) as again:
        assert sync(again, folder, random=os.urandom).renewed
        assert contents(again) == expected


def test_what_is_no_file_of_ours(tmp_path: Path, folder: Path) -> None:
    """Links, folders, pipes and other files are left alone."""
    (folder / "holiday.jpg").write_bytes(b"x")
    (folder / "trainer-folder.jsonl").mkdir()
    (folder / "trainer-link.jsonl").symlink_to("/dev/zero")
    os.mkfifo(folder / "trainer-pipe.jsonl")
    with devices(tmp_path, 1) as (one,):
        note(one, "a")
        found = sync(one, folder, random=os.urandom)
        assert (found.files, found.trouble) == (0, [])


def test_a_link_in_the_place_of_the_own_file(tmp_path: Path, folder: Path) -> None:
    """The own file is never written through a link."""
    target = tmp_path / "target"
    target.write_text("precious")
    with devices(tmp_path, 1) as (one,):
        note(one, "a")
        (folder / name_of(one.device)).symlink_to(target)
        with pytest.raises(LogbookError, match="link"):
            sync(one, folder, random=os.urandom)
    assert target.read_text() == "precious"


def test_no_folder(tmp_path: Path) -> None:
    """A folder that is not there is told of, and not made: it may be a disk that is not plugged in."""
    with devices(tmp_path, 1) as (one,), pytest.raises(LogbookUnwritable, match="no folder"):
        sync(one, tmp_path / "none", random=os.urandom)


def test_empty_logbook(tmp_path: Path, folder: Path) -> None:
    """A logbook without a fact writes no file."""
    with devices(tmp_path, 1) as (one,):
        assert not sync(one, folder, random=os.urandom).wrote
    assert not list(folder.iterdir())


steps = st.lists(
    st.one_of(
        st.tuples(st.just("note"), st.integers(0, 2), st.integers(0, 1)),
        st.tuples(st.just("sync"), st.integers(0, 2)),
        st.tuples(st.just("tear"), st.integers(0, 5), st.floats(0, 1)),
        st.tuples(st.just("twice"), st.integers(0, 5)),
        st.tuples(st.just("vanish"), st.integers(0, 5)),
        st.tuples(st.just("flip"), st.integers(0, 5), st.floats(0, 1, exclude_max=True)),
        st.tuples(st.just("copy"), st.integers(0, 2), st.integers(0, 2)),
    ),
    max_size=14,
)


@settings(max_examples=40)
@given(steps=steps)
def test_three_devices(steps: list[tuple[Any, ...]]) -> None:
    """Three devices in any order, torn, doubled, flipped and vanished files: all converge, nothing is lost."""
    with tempfile.TemporaryDirectory() as root, ExitStack() as stack:
        shared = Path(root) / "shared"
        shared.mkdir()
        books = list(stack.enter_context(devices(Path(root), 3)))
        written: set[str] = set()
        for number, (what, *how) in enumerate(steps):
            there = sorted(shared.iterdir())
            file = there[how[0] % len(there)] if there else None
            if what == "note":
                written.add(note(books[how[0]], f"{number}", f"s{how[1]}"))
            elif what == "sync":
                sync(books[how[0]], shared, random=os.urandom)
            elif what == "copy" and contents(books[how[1]]) <= contents(books[how[0]]):
                # A machine set up from a copy of another: nothing that only it knew is thrown away.
                target = books[how[1]].path
                books[how[1]].close()
                shutil.copyfile(books[how[0]].path, Path(root) / "passing")
                os.replace(Path(root) / "passing", target)
                books[how[1]] = stack.enter_context(Logbook.open(target, random=os.urandom))
            elif file is None:
                continue
            elif what == "tear":
                file.write_bytes(file.read_bytes()[: int(file.stat().st_size * how[1])])
            elif what == "twice":
                shutil.copyfile(file, shared / f"{file.stem} (conflicted copy {number}).jsonl")
            elif what == "vanish":
                file.unlink()
            elif what == "flip" and (content := bytearray(file.read_bytes())):
                content[int(len(content) * how[1])] ^= 1
                file.write_bytes(content)
        for _ in range(3):
            for book in books:
                sync(book, shared, random=os.urandom)
        first, *others = (contents(book) for book in books)
        assert written <= first
        assert all(other == first for other in others)
        tables = [book.sessions() for book in books]
        assert tables[0] == tables[1] == tables[2]
        assert all(not sync(book, shared, random=os.urandom).wrote for book in books)
        for book in books:
            assert not book.health().wrong_tables
