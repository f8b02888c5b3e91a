"""Who may read and write: folders 0700, the file 0600, and what happens where one may not."""

from __future__ import annotations

import json
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sessions import Logbook, Note

pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights of files are POSIX's")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o777])
def test_private(tmp_path: Path, pen: Any, umask: int) -> None:
    """New folders are the person's alone, and so is the file, whatever the umask."""
    path = tmp_path / "a" / "b" / "logbook.sqlite"
    tmp_path.chmod(0o755)
    before = os.umask(umask)
    try:
        with Logbook.open(path, random=pen.random) as logbook:
            logbook.append(pen.draft(Note("x")))
    finally:
        os.umask(before)
    assert [mode(where) for where in (path, path.parent, path.parent.parent)] == [0o600, 0o700, 0o700]
    assert mode(tmp_path) == 0o755


def test_folder_that_was_there(tmp_path: Path, pen: Any) -> None:
    """A folder that was there before keeps its rights."""
    tmp_path.chmod(0o750)
    Logbook.open(tmp_path / "logbook.sqlite", random=pen.random).close()
    assert mode(tmp_path) == 0o750


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that a user without rights can reach, with a logbook in it that is that user's."""
    folder = Path(tempfile.mkdtemp(prefix="logbook-"))
    yield folder
    folder.chmod(0o700)
    shutil.rmtree(folder)


@pytest.fixture
def someone(home: Path, hand: Callable[..., Any]) -> Callable[[Path], dict[str, Any]]:
    """Open and append as someone without rights, after making everything in `home` theirs."""

    def act(path: Path) -> dict[str, Any]:
        if os.geteuid() == 0:
            for where in (home, *home.rglob("*")):
                os.chown(where, 65534, 65534)
        child = hand("without_rights", path)
        output, _ = child.communicate()
        if child.returncode:
            pytest.skip("cannot act as another user here")
        answer: dict[str, Any] = json.loads(output)
        return answer

    return act


@pytest.fixture
def kept(home: Path, pen: Any) -> Path:
    path = home / "logbook.sqlite"
    with Logbook.open(path, random=pen.random) as logbook:
        logbook.append(pen.draft(pen.begun()))
    return path


def test_own_file(kept: Path, someone: Callable[[Path], dict[str, Any]]) -> None:
    """With all rights, everything works: the cases below differ from this one in one thing."""
    assert someone(kept) == {"why": "", "sessions": 1}


def test_read_only_file(kept: Path, someone: Callable[[Path], dict[str, Any]]) -> None:
    """A file that may only be read is opened for reading, with the reason."""
    kept.chmod(0o400)
    answer = someone(kept)
    assert (answer["sessions"], answer["append"]) == (1, "LogbookUnwritable")
    assert str(kept) in answer["why"]


def test_read_only_folder(home: Path, kept: Path, someone: Callable[[Path], dict[str, Any]]) -> None:
    """A file in a folder that may only be read is opened for reading, with the reason."""
    home.chmod(0o500)
    answer = someone(kept)
    assert (answer["sessions"], answer["append"]) == (1, "LogbookUnwritable")
    assert f"folder {home}" in answer["why"]


def test_unreadable_file(kept: Path, someone: Callable[[Path], dict[str, Any]]) -> None:
    """A file that may not be read is refused by name."""
    kept.chmod(0o000)
    answer = someone(kept)
    assert answer["open"] == "LogbookUnreadable"
    assert str(kept) in answer["message"]


@pytest.mark.parametrize("name", ["logbook.sqlite", "a/logbook.sqlite"])
def test_nowhere_to_create(home: Path, someone: Callable[[Path], dict[str, Any]], name: str) -> None:
    """Where a new logbook cannot be made, that is said, and nothing is left behind."""
    home.chmod(0o500)
    answer = someone(home / name)
    assert answer["open"] == "LogbookUnwritable"
    assert str(home / name) in answer["message"]
    assert list(home.iterdir()) == []


def test_out_of_reach(home: Path, kept: Path, someone: Callable[[Path], dict[str, Any]]) -> None:
    """A file in a folder that may not be entered gives a clear error."""
    home.chmod(0o000)
    answer = someone(kept)
    assert "open" in answer
    assert str(kept) in answer["message"]


def test_broken_off_and_read_only(
    home: Path, kept: Path, hand: Callable[..., Any], someone: Callable[[Path], dict[str, Any]]
) -> None:
    """A write that broke off cannot be put back where writing is not allowed, and that is said."""
    hand("die_at_commit", kept).communicate()
    assert (home / "logbook.sqlite-journal").exists()
    home.chmod(0o500)
    kept.chmod(0o400)
    answer = someone(kept)
    assert answer["open"] == "LogbookUnwritable"
    assert "repairs itself" in answer["message"]
    home.chmod(0o700)
    kept.chmod(0o600)
    assert someone(kept)["sessions"] == 1
