"""What stands under the logbook's name, and what that name may be."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from sessions import (
    Logbook,
    LogbookError,
    LogbookUnwritable,
    NotALogbook,
    Note,
)

posix = pytest.mark.skipif(os.name != "posix", reason="no such files on this system")


def test_folder(tmp_path: Path, refused: Any) -> None:
    """A folder under the logbook's name is refused."""
    path = tmp_path / "logbook.sqlite"
    path.mkdir()
    assert "folder" in refused(path, NotALogbook)


@posix
def test_pipe(tmp_path: Path, refused: Any) -> None:
    """A pipe is refused, and not waited for."""
    path = tmp_path / "logbook.sqlite"
    os.mkfifo(path)
    refused(path, NotALogbook)


@posix
def test_link_to_nothing(tmp_path: Path, refused: Any) -> None:
    """A link to nothing is refused rather than written through."""
    path = tmp_path / "logbook.sqlite"
    path.symlink_to(tmp_path / "gone.sqlite")
    assert "link" in refused(path, NotALogbook)


@posix
def test_link(closed: Path, tmp_path: Path, pen: Any) -> None:
    """A link to a logbook is that logbook."""
    link = tmp_path / "link.sqlite"
    link.symlink_to(closed)
    with Logbook.open(link, random=os.urandom) as logbook:
        logbook.append(pen.draft(Note("x")))
    with Logbook.open(closed, random=os.urandom) as logbook:
        assert len(list(logbook.facts())) == 7


def test_file_in_place_of_the_folder(tmp_path: Path) -> None:
    """A file where the folder should be gives a clear error."""
    (tmp_path / "home").write_text("x")
    with pytest.raises(LogbookError, match="home"):
        Logbook.open(tmp_path / "home" / "logbook.sqlite", random=os.urandom)


@posix
def test_deleted_while_open(closed: Path, pen: Any) -> None:
    """A logbook whose file is taken away while it is open refuses to store what nobody could find again."""
    with Logbook.open(closed, random=os.urandom) as logbook:
        closed.unlink()
        with pytest.raises(LogbookUnwritable, match="moved or deleted"):
            logbook.append(pen.draft(Note("x")))


@pytest.mark.parametrize("name", ["a b#c?d%20e.sqlite", "überraschung-日本.sqlite", "{path}.sqlite", "'quote'.sqlite"])
def test_strange_names(tmp_path: Path, pen: Any, name: str, refused: Any) -> None:
    """Any file name will do, and is used as it stands."""
    if os.name != "posix":
        name = name.replace("?", "")
    path = tmp_path / name
    with Logbook.open(path, random=pen.random) as logbook:
        logbook.append(pen.draft(Note("x")))
    assert [file.name for file in tmp_path.iterdir()] == [name]
    path.write_bytes(b"no logbook {0} {path}")
    refused(path, NotALogbook)


@posix
def test_name_that_is_no_text(tmp_path: Path, pen: Any) -> None:
    """A file name that is not UTF-8 works as well."""
    path = tmp_path / os.fsdecode(b"log\xff.sqlite")
    try:
        path.touch()
        path.unlink()
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    with Logbook.open(path, random=pen.random) as logbook:
        logbook.append(pen.draft(Note("x")))
    assert path.exists()


def test_name_that_cannot_be(tmp_path: Path) -> None:
    """A name that no file can have gives a `LogbookError`."""
    for name in ("a\0b", "x" * 5_000):
        with pytest.raises(LogbookError):
            Logbook.open(tmp_path / name, random=os.urandom)


@posix
def test_relative_path(tmp_path: Path, pen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative path is taken from the folder one is in."""
    monkeypatch.chdir(tmp_path)
    Logbook.open(Path("logbook.sqlite"), random=pen.random).close()
    assert (tmp_path / "logbook.sqlite").exists()
