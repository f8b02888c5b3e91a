"""Files are written whole or not at all, for the person alone, and never through a link."""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sessions import FileInTheWay, LogbookError, LogbookUnwritable
from sessions.files import write_whole

posix = pytest.mark.skipif(os.name != "posix", reason="no such files, rights or signals on this system")
both = pytest.mark.parametrize("replace", [False, True])


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def refused(path: Path, *, replace: bool, kind: type[LogbookError] = FileInTheWay) -> str:
    """The message with which a file is refused, in one sentence that names it."""
    with pytest.raises(LogbookError) as caught:
        write_whole(path, [b"new"], replace=replace)
    assert type(caught.value) is kind
    message = caught.value.message
    assert str(path) in message
    assert message.endswith(".")
    assert message.replace(str(path), "").count(". ") == 0
    return message


@both
@pytest.mark.parametrize("chunks", [[], [b""], [b"a", b"", b"b" * 100_000]])
def test_whole(tmp_path: Path, replace: bool, chunks: list[bytes]) -> None:
    """A new file holds all that was given, and nothing lies beside it."""
    path = tmp_path / "new.csv"
    write_whole(path, iter(chunks), replace=replace)
    assert path.read_bytes() == b"".join(chunks)
    assert names(tmp_path) == ["new.csv"]


@posix
@both
@pytest.mark.parametrize("umask", [0o000, 0o077, 0o777])
def test_private(tmp_path: Path, replace: bool, umask: int) -> None:
    """It is the person's alone, whatever the umask and whatever was there."""
    path = tmp_path / "new.csv"
    if replace:
        path.write_bytes(b"old")
        path.chmod(0o644)
    before = os.umask(umask)
    try:
        write_whole(path, [b"new"], replace=replace)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_replaced(tmp_path: Path) -> None:
    """What is there is replaced where that is said, and only then."""
    path = tmp_path / "there.csv"
    path.write_bytes(b"old")
    assert "there already" in refused(path, replace=False)
    assert path.read_bytes() == b"old"
    write_whole(path, [b"new"], replace=True)
    assert (path.read_bytes(), names(tmp_path)) == (b"new", ["there.csv"])


@posix
@both
@pytest.mark.parametrize("target", ["file", "nothing", "folder"])
def test_link(tmp_path: Path, replace: bool, target: str) -> None:
    """A link is never written through nor replaced, whatever it leads to."""
    (tmp_path / "file").write_bytes(b"theirs")
    (tmp_path / "folder").mkdir()
    path = tmp_path / "link.csv"
    path.symlink_to(target)
    assert "a link" in refused(path, replace=replace)
    assert path.is_symlink()
    assert (tmp_path / "file").read_bytes() == b"theirs"
    assert names(tmp_path) == ["file", "folder", "link.csv"]


@posix
@both
@pytest.mark.parametrize("make", [Path.mkdir, lambda path: os.mkfifo(path)], ids=["folder", "pipe"])
def test_what_is_no_file(tmp_path: Path, replace: bool, make: Callable[[Path], None]) -> None:
    """A folder or a pipe under the name is refused."""
    path = tmp_path / "odd"
    make(path)
    refused(path, replace=replace)
    assert names(tmp_path) == ["odd"]


@both
@pytest.mark.parametrize("name", ["..", "folder/.."])
def test_no_name(tmp_path: Path, replace: bool, name: str) -> None:
    """A path that names no file is refused."""
    (tmp_path / "folder").mkdir()
    assert "a folder" in refused(tmp_path / name, replace=replace)


@posix
def test_folder_behind_a_link(tmp_path: Path) -> None:
    """The folder may be reached by a link, as the person named it."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("folder")
    write_whole(tmp_path / "link" / "new.csv", [b"x"], replace=False)
    assert names(tmp_path / "folder") == ["new.csv"]


@both
def test_no_folder(tmp_path: Path, replace: bool) -> None:
    """Where there is no folder, that is said, and none is made."""
    assert "no folder" in refused(tmp_path / "none" / "new.csv", replace=replace, kind=LogbookUnwritable)
    assert names(tmp_path) == []


@posix
@both
def test_name_as_long_as_a_name_can_be(tmp_path: Path, replace: bool) -> None:
    """A name of 255 bytes is written; one more is refused."""
    path = tmp_path / ("ü" * 127 + "x")
    write_whole(path, [b"x"], replace=replace)
    assert names(tmp_path) == [path.name]
    refused(tmp_path / (path.name + "y"), replace=replace, kind=LogbookUnwritable)


def test_meanwhile(tmp_path: Path) -> None:
    """A file that appears while this one is written stays, and this one is refused."""
    path = tmp_path / "new.csv"

    def chunks() -> Iterator[bytes]:
        yield b"mine"
        path.write_bytes(b"theirs")

    with pytest.raises(FileInTheWay, match="there already"):
        write_whole(path, chunks(), replace=False)
    assert (path.read_bytes(), names(tmp_path)) == (b"theirs", ["new.csv"])


@posix
def test_link_meanwhile(tmp_path: Path) -> None:
    """A link that takes the file's place while it is written leads the new content nowhere."""
    path, other = tmp_path / "there.csv", tmp_path / "other"
    other.write_bytes(b"theirs")
    path.write_bytes(b"old")

    def chunks() -> Iterator[bytes]:
        yield b"mine"
        path.unlink()
        path.symlink_to(other)

    with pytest.raises(FileInTheWay, match="a link"):
        write_whole(path, chunks(), replace=True)
    assert (other.read_bytes(), path.is_symlink(), len(names(tmp_path))) == (b"theirs", True, 2)


@both
@pytest.mark.parametrize("error", [LogbookError("The logbook is busy."), OSError("elsewhere"), KeyboardInterrupt()])
def test_source_that_fails(tmp_path: Path, replace: bool, error: BaseException) -> None:
    """What goes wrong where the content comes from is passed on as it is, and nothing of the file is left."""
    path = tmp_path / "new.csv"
    if replace:
        path.write_bytes(b"old")

    def chunks() -> Iterator[bytes]:
        yield b"x" * 100_000
        raise error

    with pytest.raises(type(error)) as caught:
        write_whole(path, chunks(), replace=replace)
    assert caught.value is error
    assert [(name, (tmp_path / name).read_bytes()) for name in names(tmp_path)] == [("new.csv", b"old")] * replace


@pytest.mark.parametrize("number", [errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EACCES])
def test_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Where the file system has no hard links, a new file is moved to its name, and one that is there still stays."""

    def link(*_: object, **__: object) -> None:
        raise OSError(number, "no links")

    monkeypatch.setattr(os, "link", link)
    path = tmp_path / "new.csv"
    write_whole(path, [b"first"], replace=False)

    def chunks() -> Iterator[bytes]:
        yield b"third"
        (tmp_path / "late.csv").write_bytes(b"second")

    with pytest.raises(FileInTheWay):
        write_whole(tmp_path / "late.csv", chunks(), replace=False)
    assert names(tmp_path) == ["late.csv", "new.csv"]
    assert (path.read_bytes(), (tmp_path / "late.csv").read_bytes()) == (b"first", b"second")


@pytest.mark.parametrize(
    ("replace", "calls"),
    [
        *((replace, [call]) for replace in (False, True) for call in ("open", "fsync")),
        (False, ["link", "rename"]),
        (True, ["replace"]),
    ],
)
@pytest.mark.parametrize(("number", "says"), [(errno.ENOSPC, "disk is full"), (errno.EIO, "check the folder")])
def test_system_that_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replace: bool, calls: list[str], number: int, says: str
) -> None:
    """Whatever the system refuses, what was there stays, nothing is left beside it, and the person is told."""
    path = tmp_path / "new.csv"
    if replace:
        path.write_bytes(b"old")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        for call in calls:
            patched.setattr(os, call, refuse)
        assert says in refused(path, replace=replace, kind=LogbookUnwritable)
    assert [(name, (tmp_path / name).read_bytes()) for name in names(tmp_path)] == [("new.csv", b"old")] * replace


@both
def test_no_such_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replace: bool) -> None:
    """On a file system that has no rights of its own, such as a stick's, a file is written all the same."""

    def chmod(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "chmod", chmod)
    write_whole(tmp_path / "new.csv", [b"new"], replace=replace)
    assert (tmp_path / "new.csv").read_bytes() == b"new"


@posix
def test_no_room(tmp_path: Path, hand: Callable[..., Any]) -> None:
    """A file and a backup that would become longer than the system allows are told of, and nothing of them is left."""
    path = tmp_path / "logbook.sqlite"
    child = hand("write_too_much", path)
    answer = json.loads(child.communicate()[0])
    assert [kind for kind, _ in answer.values()] == ["LogbookUnwritable"] * 2
    assert f"The disk is full, so {path.with_name('new.csv')} was not written" in answer["file"][1]
    assert f"{path} was not copied to {tmp_path / 'backups'}" in answer["backup"][1]
    assert names(tmp_path) == ["backups", "logbook.sqlite"]
    assert names(tmp_path / "backups") == []


@posix
@pytest.mark.parametrize("what", ["write_new", "write_over"])
def test_killed(tmp_path: Path, hand: Callable[..., Any], what: str) -> None:
    """Killed before any call of the system, there is the old file or the new, whole, and at most one unfinished one."""
    (tmp_path / "before").mkdir()
    (tmp_path / "before" / "old.csv").write_bytes(b"old")
    count, status = json.loads(hand("die_at_each_call", tmp_path, what).communicate()[0])
    assert (count > 5, status) == (True, 0)
    new = b"a" * 10_000 + b"b"
    found = []
    for number in range(count):
        place = tmp_path / str(number)
        contents = {name: (place / name).read_bytes() for name in names(place)}
        unfinished = [name for name in contents if name.startswith(".")]
        assert len(unfinished) <= 1
        for name in unfinished:
            del contents[name]
        if what == "write_over":
            assert contents.keys() == {"old.csv"}
            assert contents["old.csv"] in (b"old", new)
        else:
            assert contents in ({"old.csv": b"old"}, {"old.csv": b"old", "new.csv": new})
        found.append((b"".join(contents.values()), len(unfinished)))
    assert found[0] == (b"old", 0)
    assert found[-1] == (new if what == "write_over" else new + b"old", 0)


def test_cleared_away(tmp_path: Path) -> None:
    """What a killed process left of a file goes when it is written again an hour later; nothing else does."""
    path = tmp_path / "new.csv"
    left = [".new.csv.77-0.new", ".new.csv.77-0.new-journal"]
    left += [".new.csv.78-0.new", ".other.csv.77-0.new", "new.csv.bak"]
    for name in left:
        (tmp_path / name).write_bytes(b"x")
    hours_ago = path.parent.stat().st_mtime - 7_200
    for name in (left[0], left[1], left[3]):
        os.utime(tmp_path / name, (hours_ago, hours_ago))
    write_whole(path, [b"new"], replace=False)
    assert names(tmp_path) == sorted([*left[2:], "new.csv"])


def test_many_left(tmp_path: Path) -> None:
    """What is left unfinished stands in nobody's way, until it is too much, which is told."""
    path = tmp_path / "new.csv"
    for number in range(99):
        (tmp_path / f".new.csv.{os.getpid()}-{number}.new").touch()
    write_whole(path, [b"new"], replace=False)
    (tmp_path / f".new.csv.{os.getpid()}-99.new").touch()
    assert "unfinished" in refused(path, replace=True, kind=LogbookUnwritable)
    assert path.read_bytes() == b"new"
