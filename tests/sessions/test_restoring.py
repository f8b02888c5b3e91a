"""A backup takes the logbook's place whole, and what was there is set aside untouched."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sessions import DamagedLogbook, Fact, Logbook, LogbookBusy, LogbookError, LogbookUnwritable, NotALogbook, Note
from sessions.safety import restoring
from sessions.safety.backups import back_up, prove
from sessions.safety.restoring import restore

posix = pytest.mark.skipif(os.name != "posix", reason="links and signals are POSIX's")
NOW_MS = 1_795_284_545_000  # 2026-11-21 18:09:05 UTC
ASIDE = "logbook.damaged-20261121T180905Z.sqlite"


@pytest.fixture
def path(tmp_path: Path, pen: Any) -> Path:
    """A logbook of six facts, of which the backup beside it knows five."""
    path = tmp_path / "home" / "logbook.sqlite"
    with Logbook.open(path, random=pen.random) as logbook:
        for number in range(5):
            logbook.append(pen.draft(Note("x" * 3_000 + str(number))))
        back_up(path, tmp_path / "backups", at_ms=NOW_MS - 1_000).path.rename(tmp_path / "backup.sqlite")
        logbook.append(pen.draft(Note("only here")))
    return path


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return tmp_path / "backup.sqlite"


def renew(path: Path) -> None:
    with Logbook.open(path, random=os.urandom) as logbook:
        logbook.renew_device(os.urandom)


def put_back(path: Path, backup: Path | None, prepare: Callable[[Path], object] = renew) -> Path | None:
    return restore(path, backup, why="damaged", at_ms=NOW_MS, random=os.urandom, prepare=prepare)


def facts_in(path: Path) -> list[Fact]:
    with Logbook.open(path, random=os.urandom) as logbook:
        assert logbook.health().ok
        return list(logbook.facts())


def device_of(path: Path) -> str:
    with Logbook.open(path, random=os.urandom) as logbook:
        return logbook.device


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def test_restored(path: Path, backup: Path) -> None:
    """The backup's facts are in the logbook's place under a new device; the old file is beside it, byte for byte."""
    old, facts, device = path.read_bytes(), facts_in(path), device_of(path)
    aside = put_back(path, backup)
    assert aside == path.with_name(ASIDE)
    assert aside.read_bytes() == old
    assert facts_in(path) == facts[:5]
    assert device_of(path) != device
    assert names(path.parent) == [ASIDE, path.name]
    assert device_of(backup) == device
    with Logbook.open(path, random=os.urandom) as logbook:
        assert logbook.take_in(facts).new == 1


def test_told_apart(path: Path, backup: Path) -> None:
    """What was set aside in one second is told apart by a number, and by why."""
    made = [put_back(path, backup) for _ in range(2)]
    made.append(restore(path, backup, why="before-restore", at_ms=NOW_MS, random=os.urandom, prepare=renew))
    assert [one and one.name for one in made] == [
        ASIDE,
        ASIDE.replace("Z.", "Z-2."),
        "logbook.before-restore-20261121T180905Z.sqlite",
    ]


def test_nothing_there(path: Path, backup: Path) -> None:
    """Where nothing stands, nothing is set aside, and the folders that are missing are made."""
    place = path.parent / "a" / "b" / "logbook.sqlite"
    assert put_back(place, backup) is None
    assert len(facts_in(place)) == 5
    assert names(place.parent) == [place.name]


@pytest.mark.parametrize("content", [b"", b"x", b"x" * 9_000, b"SQLite format 3\0" + bytes(5_000)])
def test_whatever_was_there(path: Path, backup: Path, content: bytes) -> None:
    """A file of which nothing can be read is set aside as well."""
    path.write_bytes(content)
    aside = put_back(path, backup)
    assert aside is not None
    assert aside.read_bytes() == content
    assert len(facts_in(path)) == 5


def test_anew(path: Path) -> None:
    """Where there is no backup, a new logbook takes the place, with what is carried over."""
    facts = facts_in(path)

    def carry_over(copy: Path) -> None:
        with Logbook.open(copy, random=os.urandom) as logbook:
            logbook.take_in(facts)

    assert put_back(path, None, carry_over) == path.with_name(ASIDE)
    assert facts_in(path) == facts


@posix
def test_link(path: Path, backup: Path, tmp_path: Path) -> None:
    """A link that the person made stays one, and what it leads to is replaced."""
    link = tmp_path / "link.sqlite"
    link.symlink_to(path)
    assert put_back(link, backup) == path.with_name(ASIDE)
    assert link.is_symlink()
    assert len(facts_in(path)) == 5


def spoilt(backup: Path) -> None:
    backup.write_bytes(backup.read_bytes().replace(b"xx1", b"xx2"))


def fail(_: Path) -> None:
    raise LogbookError("Something went wrong.")


def spoil(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("DROP TRIGGER fact_is_never_changed")
        connection.execute("UPDATE fact SET kind = 'note ' WHERE seq = 2")
        connection.commit()


@pytest.mark.parametrize(
    ("before", "prepare", "kind", "says"),
    [
        (spoilt, renew, DamagedLogbook, "does not prove itself (1 of 5 facts"),
        (lambda backup: backup.write_bytes(backup.read_bytes()[:9_000]), renew, DamagedLogbook, ""),
        (lambda backup: backup.write_bytes(b"x" * 9_000), renew, NotALogbook, "not a logbook"),
        (Path.unlink, renew, NotALogbook, "no backup"),
        (lambda _: None, fail, LogbookError, "went wrong"),
        (lambda _: None, spoil, DamagedLogbook, "nothing was changed"),
    ],
    ids=["fact", "cut short", "rubbish", "none", "fails", "spoils"],
)
def test_refused(
    path: Path,
    backup: Path,
    state: Callable[[Path], Any],
    before: Callable[[Path], object],
    prepare: Callable[[Path], object],
    kind: type[LogbookError],
    says: str,
) -> None:
    """A backup that does not prove itself, before or after it was prepared, changes nothing."""
    before(backup)
    was = state(path.parent)
    with pytest.raises(kind) as caught:
        put_back(path, backup, prepare)
    assert says in caught.value.message
    assert state(path.parent) == was


def test_folder(tmp_path: Path, path: Path, backup: Path) -> None:
    """A folder under the logbook's name is refused."""
    path.unlink()
    path.mkdir()
    with pytest.raises(NotALogbook, match="no ordinary file"):
        put_back(path, backup)


def test_while_another_writes(path: Path, backup: Path, state: Callable[[Path], Any]) -> None:
    """While another program writes, nothing is changed."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        was = state(path.parent)
        with pytest.raises(LogbookBusy):
            put_back(path, backup)
        assert state(path.parent) == was


@posix
def test_opened_before(path: Path, backup: Path, pen: Any) -> None:
    """Who has the old file open stores nothing in it any more, and is told why."""
    with Logbook.open(path, random=pen.random) as earlier:
        aside = put_back(path, backup)
        assert aside is not None
        old = aside.read_bytes()
        with pytest.raises(LogbookUnwritable, match="moved or deleted"):
            earlier.append(pen.draft(Note("where to?")))
        assert aside.read_bytes() == old


@pytest.mark.parametrize("link", [True, False], ids=["links", "no links"])
@pytest.mark.parametrize("fault", [OSError(1, "Operation not permitted"), KeyboardInterrupt()])
@pytest.mark.parametrize("there", [True, False], ids=["file", "no file"])
def test_that_cannot_be_placed(
    path: Path,
    backup: Path,
    state: Callable[[Path], Any],
    monkeypatch: pytest.MonkeyPatch,
    link: bool,
    fault: BaseException,
    there: bool,
) -> None:
    """Where the backup cannot take the place in the end, all is as it was, an old journal too."""
    path.write_bytes(b"x" * 5_000)
    if not there:
        path.unlink()
    path.with_name(path.name + "-journal").write_bytes(b"old journal")
    was = state(path.parent)
    real_link, real_rename = os.link, os.rename

    def refuse_link(source: Any, target: Any) -> None:
        if not link or Path(target) == path:
            raise OSError(1, "no links")
        real_link(source, target)

    def refuse_place(source: Any, target: Any) -> None:
        # To put the journal back is no such call.
        if Path(target) == path:
            raise fault
        real_rename(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", refuse_place)
        patched.setattr(os, "rename", refuse_place)
        patched.setattr(os, "link", refuse_link)
        with pytest.raises((LogbookUnwritable, KeyboardInterrupt)):
            put_back(path, backup)
    assert state(path.parent) == was


@posix
@pytest.mark.parametrize("links", [True, False])
def test_nobody_writes_meanwhile(
    path: Path, backup: Path, monkeypatch: pytest.MonkeyPatch, hand: Callable[..., Any], links: bool
) -> None:
    """Until the old file is replaced nobody can write to it; without hard links, it is copied aside."""

    def link(*_: object, **__: object) -> None:
        raise OSError(1, "no links")

    said = []
    replace = os.replace

    def replaced(source: Path, target: Path) -> None:
        said.append(hand("may_write", target).communicate()[0])
        replace(source, target)

    monkeypatch.setattr(os, "replace", replaced)
    if not links:
        monkeypatch.setattr(os, "link", link)
    old = path.read_bytes()
    aside = put_back(path, backup)
    assert said == ["no\n"]
    assert aside is not None
    assert (aside.read_bytes(), len(facts_in(path))) == (old, 5)
    assert names(path.parent) == [ASIDE, path.name]


@posix
def test_left_half_written(path: Path, backup: Path, hand: Callable[..., Any]) -> None:
    """A file that a killed process left half written is put back first, so that what is set aside is whole."""
    facts = facts_in(path)
    hand("die_at_commit", path).communicate()
    assert names(path.parent) == [path.name, path.name + "-journal"]
    aside = put_back(path, backup)
    assert names(path.parent) == [ASIDE, path.name]
    assert aside is not None
    assert (facts_in(aside), len(facts_in(path))) == (facts, 5)


@posix
def test_journal_that_cannot_be_put_back(path: Path, backup: Path, hand: Callable[..., Any]) -> None:
    """A journal beside a file that cannot be opened goes aside with it, and does not touch the new one."""
    hand("die_at_commit", path).communicate()
    journal = path.with_name(path.name + "-journal")
    damaged = b"x" * 100 + path.read_bytes()[100:]
    path.write_bytes(damaged)
    old = journal.read_bytes()
    put_back(path, backup)
    assert names(path.parent) == [ASIDE, ASIDE + "-journal", path.name]
    assert path.with_name(ASIDE).read_bytes() == damaged
    assert path.with_name(ASIDE + "-journal").read_bytes() == old
    assert len(facts_in(path)) == 5


@posix
@pytest.mark.parametrize("what", ["sound", "damaged", "with a journal"])
def test_killed(tmp_path: Path, path: Path, backup: Path, hand: Callable[..., Any], what: str) -> None:
    """Killed before any call of the system, there is the old logbook or the new one, and the old one is kept."""
    if what == "with a journal":
        hand("die_at_commit", path).communicate()
    elif what == "damaged":
        path.write_bytes(b"x" * 9_000)
    before = tmp_path / "work" / "before"
    shutil.copytree(path.parent, before)
    shutil.copy(backup, before)
    old = path.read_bytes()
    count, status = json.loads(hand("die_at_each_call", tmp_path / "work", "put_back").communicate()[0])
    assert (count > 10, status) == (True, 0)
    found = []
    for number in range(count):
        place = tmp_path / "work" / str(number)
        here = place / "logbook.sqlite"
        kept = [one.read_bytes() for one in place.glob("logbook*.sqlite")]
        if what == "with a journal":
            facts = [len(facts_in(one)) for one in place.glob("logbook*.sqlite")]
            assert 6 in facts
            found.append(len(facts_in(here)))
        elif what == "damaged":
            assert old in kept
            found.append(6 if here.read_bytes() == old else len(facts_in(here)))
        else:
            assert old in kept
            found.append(len(facts_in(here)))
        assert prove(place / "backup.sqlite").holds
    assert (found[0], found[-1], set(found)) == (6, 5, {5, 6})
    assert found == sorted(found, reverse=True)


def test_passing_names(path: Path, backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy is made ready beside the logbook under a name that nobody takes for one."""
    seen = []

    def prepare(copy: Path) -> None:
        seen.append((copy.parent, copy.name[0], path.exists(), len(facts_in(copy))))

    put_back(path, backup, prepare)
    assert seen == [(path.parent, ".", True, 5)]
    assert restoring.prove(path).holds
