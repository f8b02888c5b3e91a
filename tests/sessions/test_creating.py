from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sessions import Logbook, LogbookUnwritable, Note
from sessions.creating import create


def test_nothing_else_is_left(path: Path, pen: Any) -> None:
    """Of a new logbook there is one file, and nothing of how it was made."""
    Logbook.open(path, random=pen.random).close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_second_creation_changes_nothing(path: Path, pen: Any) -> None:
    """Who comes second to make a logbook ends with the first one's."""
    with Logbook.open(path, random=pen.random) as first:
        first.append(pen.draft(Note("x")))
        create(path, pen.random)
        assert [file.name for file in path.parent.iterdir()] == [path.name]
        with Logbook.open(path, random=pen.random) as second:
            assert second.device == first.device
            assert len(list(second.facts())) == 1


@pytest.mark.parametrize("number", [errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS])
def test_without_hard_links(path: Path, pen: Any, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Where the file system has no hard links, the file is moved to its name."""

    def link(*_: object, **__: object) -> None:
        raise OSError(number, "no links")

    monkeypatch.setattr(os, "link", link)
    with Logbook.open(path, random=pen.random) as logbook:
        logbook.append(pen.draft(Note("x")))
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_overtaken(path: Path, pen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Overtaken by another process that also clears up, one ends with the other's logbook."""
    link = os.link

    def overtaken(source: Path, target: Path) -> None:
        monkeypatch.setattr(os, "link", link)
        with Logbook.open(target, random=pen.random) as other:
            other.append(pen.draft(Note("first")))
        assert not Path(source).exists()
        link(source, target)

    monkeypatch.setattr(os, "link", overtaken)
    with Logbook.open(path, random=pen.random) as logbook:
        assert len(list(logbook.facts())) == 1
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_full_disk(path: Path, pen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full when the file is synced leaves nothing behind."""

    def fsync(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path.parent.mkdir()
    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(LogbookUnwritable, match="disk is full"):
        Logbook.open(path, random=pen.random)
    assert list(path.parent.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX's")
@pytest.mark.parametrize("point", ["fsync", "link", "unlink"])
def test_killed(path: Path, pen: Any, hand: Callable[..., Any], point: str) -> None:
    """Killed while a logbook is made, there is the whole of it or nothing, and the next start clears up."""
    path.parent.mkdir()
    child = hand("die_creating", path, point)
    child.communicate()
    assert child.returncode < 0
    assert path.exists() == (point == "unlink")
    assert len(list(path.parent.iterdir())) == 1 + (point == "unlink")
    with Logbook.open(path, random=pen.random) as logbook:
        logbook.append(pen.draft(Note("x")))
        assert logbook.health().ok
    if point != "unlink":
        assert [file.name for file in path.parent.iterdir()] == [path.name]
