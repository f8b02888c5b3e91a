"""Writing into the person's own folder: what is refused, and that all of it is written or nothing."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from trainer.library import openfolder
from trainer.library.change import NotWritten
from trainer.library.errors import LibraryError
from trainer.library.folder import Entry, OwnFolder, id_from, id_problem
from trainer.library.model import Exercise, Routine
from trainer.library.openfolder import OpenFolder
from trainer.library.reader import MAX_BYTES
from trainer.library.shelf import SHIPPED

posix = pytest.mark.skipif(os.name != "posix", reason="links, pipes and limits as POSIX has them")


@pytest.fixture(params=["held open", "by path"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OwnFolder:
    """A folder with one file; as on systems that look names up in an open folder, and as on those that cannot."""
    if request.param == "by path":
        monkeypatch.setattr(openfolder, "_BY_DESCRIPTOR", False)
    elif not openfolder._BY_DESCRIPTOR:
        pytest.skip("this system looks nothing up in an open folder")
    own = OwnFolder(tmp_path / "config")
    own.write([Entry(Routine, "day", b"old")])
    return own


def tree(folder: Path) -> dict[str, bytes | str]:
    """All that there is below a folder, links as what they say."""
    found: dict[str, bytes | str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        found[name] = os.readlink(path) if path.is_symlink() else "folder" if path.is_dir() else path.read_bytes()
    return found


BOTH = [Entry(Routine, "day", b"new"), Entry(Exercise, "reach", b"more")]


def test_files_are_written_and_kept(folder):
    """New files are there; what was replaced lies beside, and the backup before that is gone."""
    done = folder.write(BOTH, replace=True)
    assert done.paths == [folder.path(Exercise, "reach"), folder.path(Routine, "day")]
    assert done.backups == [folder.root / "routines" / "day.toml.bak"]
    folder.write([Entry(Routine, "day", b"newest")], replace=True)
    assert tree(folder.root) == {
        "exercises": "folder",
        "exercises/reach.toml": b"more",
        "routines": "folder",
        "routines/day.toml": b"newest",
        "routines/day.toml.bak": b"new",
    }


def test_what_is_there_is_replaced_only_when_that_is_meant(folder):
    """Without being told so, nothing is replaced, and nothing else is written either."""
    before = tree(folder.root)
    with pytest.raises(LibraryError, match="there already"):
        folder.write(BOTH)
    assert tree(folder.root) == before


HOSTILE = [
    *("", ".", "..", "../x", "..\\x", "/x", "a/b", "C:x", "C:\\x", "a:b", "a\0b", "a\nb", "a b", "-a", "a.toml", "A"),
    *("con", "prn", "aux", "nul", "com1", "lpt9", "com0", "x" * 65, "é", "ｘ", "İ", "a\u202eb", "a\n"),
]


@pytest.mark.parametrize("id", HOSTILE, ids=ascii)
def test_hostile_ids(folder, id, tmp_path):
    """An id that is a path, a device, too long or in other characters is refused, and nothing is written anywhere."""
    before = tree(tmp_path)
    assert id_problem(id) is not None
    with pytest.raises(LibraryError) as caught:
        folder.write([Entry(Exercise, "fine", b""), Entry(Routine, id, b"x")], replace=True)
    assert str(caught.value).isprintable()
    assert tree(tmp_path) == before


@pytest.mark.parametrize("id", ["a", "0", "con-", "x" * 64, "a--b-", "console", "com10", "nul-1"])
def test_ids_that_may_be(folder, id):
    """Every other id is a file."""
    assert folder.write([Entry(Routine, id, b"x")]).paths[0].read_bytes() == b"x"


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Evening back", "evening-back"),
        ("  Übung für  Rücken! ", "ubung-fur-rucken"),
        ("Straße 7½", "strasse-71-2"),
        ("a" * 80, "a" * 64),
        ("x" * 63 + " y", "x" * 63),
        ("../x", "x"),
        ("長い名前", ""),
        ("-- !", ""),
        ("İstanbul", "istanbul"),
    ],
)
def test_an_id_made_of_a_name(name, id):
    """A name gives an id that may be, or none."""
    assert id_from(name) == id
    assert not id or id_problem(id) is None


@posix
@pytest.mark.parametrize("what", ["routines", "target", "dangling", "backup", "loop"])
def test_links(folder, tmp_path, what):
    """Where a link lies in the way nothing is written through it, and what it leads to stays."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "day.toml").write_bytes(b"theirs")
    routines = folder.root / "routines"
    (routines / "day.toml").unlink()
    match what:
        case "routines":
            routines.rmdir()
            routines.symlink_to(outside)
        case "target":
            (routines / "day.toml").symlink_to(outside / "day.toml")
        case "dangling":
            (routines / "day.toml").symlink_to(outside / "new.toml")
        case "loop":
            (routines / "day.toml").symlink_to("day.toml")
        case "backup":
            (routines / "day.toml").write_bytes(b"old")
            (routines / "day.toml.bak").symlink_to(outside / "day.toml")
    before = tree(outside)
    if what == "backup":
        folder.write(BOTH, replace=True)  # the link is replaced, not followed
        assert (routines / "day.toml.bak").read_bytes() == b"old"
        assert not (routines / "day.toml.bak").is_symlink()
    else:
        with pytest.raises(LibraryError, match="found a link"):
            folder.write(BOTH, replace=True)
        with pytest.raises(LibraryError, match="found a link"):
            folder.read(Routine, "day")
        assert not (folder.root / "exercises").exists()
    assert tree(outside) == before


@posix
def test_a_link_where_the_new_file_is_prepared(folder, tmp_path, monkeypatch):
    """A link that waits under the name of the file in the making is not written through."""
    monkeypatch.setattr(os, "urandom", lambda count: bytes(count))
    (tmp_path / "theirs").write_bytes(b"theirs")
    waiting = folder.root / "routines" / f".week.toml.{'00' * 6}"
    waiting.symlink_to(tmp_path / "theirs")
    with pytest.raises(NotWritten, match="Nothing was changed"):
        folder.write([Entry(Routine, "week", b"mine")])
    assert (tmp_path / "theirs").read_bytes() == b"theirs"
    assert not folder.path(Routine, "week").exists()


@posix
def test_a_folder_that_is_swapped_for_a_link_is_not_gone_into(tmp_path, monkeypatch):
    """What is put in the folder's way while a file is written changes nothing about where it goes."""
    if not openfolder._BY_DESCRIPTOR:
        pytest.skip("this system looks nothing up in an open folder")
    folder = OwnFolder(tmp_path / "config")
    folder.write([Entry(Routine, "day", b"old")])
    (tmp_path / "outside").mkdir()
    stage = OpenFolder.stage

    def swapping(self, name, data, mode=None):
        self.path.rename(tmp_path / "moved")
        self.path.symlink_to(tmp_path / "outside")
        return stage(self, name, data, mode)

    monkeypatch.setattr(OpenFolder, "stage", swapping)
    folder.write([Entry(Routine, "day", b"new")], replace=True)
    assert tree(tmp_path / "outside") == {}
    assert (tmp_path / "moved" / "day.toml").read_bytes() == b"new"


@posix
@pytest.mark.parametrize("what", ["folder", "pipe"])
def test_what_is_no_file(folder, what):
    """A folder or a pipe under the name of a file is refused, and does not keep anyone waiting."""
    path = folder.path(Routine, "week")
    path.mkdir() if what == "folder" else os.mkfifo(path)
    with pytest.raises(LibraryError, match="allowed: a plain file"):
        folder.write([Entry(Routine, "week", b"x")], replace=True)
    with pytest.raises(LibraryError, match="allowed: a plain file"):
        folder.read(Routine, "week")


@pytest.mark.parametrize("place", ["config", "config/routines"])
def test_a_file_in_the_way_of_a_folder(tmp_path, place):
    """A file where a folder has to be is an error that names it."""
    path = tmp_path / place
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"file")
    with pytest.raises((LibraryError, NotWritten)) as caught:
        OwnFolder(tmp_path / "config").write(BOTH)
    assert place.split("/")[0] in str(caught.value)
    assert path.read_bytes() == b"file"


def test_names_that_differ_in_case_alone(folder):
    """A file that another system would take for the same one is named."""
    (folder.root / "routines" / "Week.toml").write_bytes(b"theirs")
    if (folder.root / "routines" / "week.toml").exists():
        pytest.skip("names that differ in case are one here")
    with pytest.raises(LibraryError, match=r"Week\.toml"):
        folder.write([Entry(Routine, "week", b"x")], replace=True)


def test_one_id_twice(folder):
    """Two files of one name are an error; an exercise and a routine may share one as far as the folder goes."""
    with pytest.raises(LibraryError, match="twice"):
        folder.write([Entry(Routine, "week", b"1"), Entry(Routine, "week", b"2")])
    assert folder.write([Entry(Routine, "week", b"1"), Entry(Exercise, "week", b"2")]).paths


def test_size(folder):
    """What the reader would not take is not written, and not read."""
    with pytest.raises(LibraryError, match="262,145 bytes"):
        folder.write([Entry(Routine, "week", b"x" * (MAX_BYTES + 1))])
    folder.path(Routine, "day").write_bytes(b"x" * (MAX_BYTES + 1))
    with pytest.raises(LibraryError, match="at most"):
        folder.read(Routine, "day")
    assert folder.write([Entry(Routine, "week", b"x" * MAX_BYTES)]).paths


@pytest.mark.parametrize("id", ["day", "nothing", "../routines/day", "a\0b", "", "day.toml"])
def test_has(folder, id):
    """Any text can be asked for; only a name that is there is had."""
    assert folder.has(Routine, id) is (id == "day")
    assert folder.has(Exercise, id) is False


# --- failures in the middle ---------------------------------------------------------------------

STEPS = [("stage", 1), ("stage", 2), ("keep", 1), ("move_to_new", 1), ("move", 1), ("move", 2)]


@pytest.mark.parametrize(("method", "number"), STEPS, ids=lambda one: str(one))
@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()], ids=repr)
def test_a_failure_anywhere_leaves_all_as_it_was(folder, monkeypatch, method, number, failure):
    """Whatever step of several files fails, every file, backup and folder is as it was, and nothing is left beside."""
    folder.write([Entry(Routine, "day", b"older")], replace=True)
    folder.write([Entry(Routine, "day", b"old")], replace=True)
    before = tree(folder.root)
    real = getattr(OpenFolder, method)
    calls = []

    def failing(self, *arguments):
        calls.append(arguments)
        if len(calls) == number:
            raise failure
        return real(self, *arguments)

    monkeypatch.setattr(OpenFolder, method, failing)
    with pytest.raises((NotWritten, KeyboardInterrupt)) as caught:
        folder.write(BOTH, replace=True)
    assert len(calls) >= number
    assert tree(folder.root) == before
    if isinstance(caught.value, NotWritten):
        assert caught.value.lines == (f"{folder.root}: no space left on device", "Nothing was changed.")
    monkeypatch.undo()
    assert folder.write(BOTH, replace=True).paths


def test_what_cannot_be_taken_back_is_told(folder, monkeypatch):
    """Where the system does not even let the old be put back, that is what is said."""
    real = OpenFolder.move

    def failing(self, name, to):
        if name.startswith(".day") and folder.path(Routine, "day").read_bytes() == b"new":
            raise OSError(errno.EIO, "Input/output error")
        real(self, name, to)

    monkeypatch.setattr(OpenFolder, "move", failing)
    with pytest.raises(NotWritten, match="could not be taken back") as caught:
        folder.write(BOTH, replace=True)
    (kept,) = (folder.root / "routines").glob(".day*")
    assert kept.read_bytes() == b"old"
    assert str(kept) in str(caught.value)


@posix
def test_a_full_disk(folder):
    """A system that takes no more bytes leaves all as it was."""
    import resource

    before = tree(folder.root)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, limits[1]))
    try:
        with pytest.raises(NotWritten, match="file too large"):
            folder.write([Entry(Exercise, "small", b"x"), Entry(Routine, "day", b"x" * 20_000)], replace=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert tree(folder.root) == before


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may write anywhere")
def test_no_permission(folder):
    """A folder that may not be written to is named, and all is as it was."""
    before = tree(folder.root)
    (folder.root / "routines").chmod(0o500)
    try:
        with pytest.raises(NotWritten, match="permission denied"):
            folder.write(BOTH, replace=True)
    finally:
        (folder.root / "routines").chmod(0o700)
    assert tree(folder.root) == before


def test_a_file_that_appears_meanwhile_is_not_replaced(folder, monkeypatch):
    """A new file does not replace one that somebody else made in the same moment."""
    real = OpenFolder.stage

    def meanwhile(self, name, data, mode=None):
        (self.path / name).write_bytes(b"theirs")
        return real(self, name, data, mode)

    monkeypatch.setattr(OpenFolder, "stage", meanwhile)
    with pytest.raises(NotWritten, match="file exists"):
        folder.write([Entry(Routine, "week", b"mine")])
    assert tree(folder.root / "routines") == {"day.toml": b"old", "week.toml": b"theirs"}


def test_a_file_system_without_second_names(folder, monkeypatch):
    """Where a file cannot have two names a copy is kept, and all else is the same."""

    def refuse(*_, **__):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    folder.write(BOTH, replace=True)
    assert tree(folder.root / "routines") == {"day.toml": b"new", "day.toml.bak": b"old"}
    assert tree(folder.root / "exercises") == {"reach.toml": b"more"}


@posix
def test_a_replaced_file_keeps_its_mode(folder):
    """Who may read a file is not changed by writing it; the folders are the person's alone."""
    folder.path(Routine, "day").chmod(0o640)
    folder.write(BOTH, replace=True)
    assert stat.S_IMODE(folder.path(Routine, "day").stat().st_mode) == 0o640
    assert {stat.S_IMODE(path.stat().st_mode) for path in (folder.root, folder.root / "exercises")} == {0o700}


def test_folders_that_were_made_for_nothing_go(tmp_path, monkeypatch):
    """Where the first file cannot be written no empty folder is left, up to the first that was there."""

    def failing(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(OpenFolder, "stage", failing)
    with pytest.raises(NotWritten):
        OwnFolder(tmp_path / "a" / "b").write(BOTH)
    assert tree(tmp_path) == {}


# --- schemas ------------------------------------------------------------------------------------


def test_schemas_are_copied_and_kept_in_step(folder):
    """The schemas lie beside the files, and are written again only where they differ."""
    assert folder.write_schemas() == ""
    there = folder.root / "schemas"
    shipped = {path.name: path.read_bytes() for path in (SHIPPED.parent / "schema").glob("*.json")}
    assert tree(there) == shipped
    assert set(shipped) == {"routine.json", "exercise.json", "figure.json"}
    (there / "routine.json").write_bytes(b"{}")
    kept = (there / "exercise.json").stat().st_mtime_ns, (there / "exercise.json").stat().st_ino
    folder.write_schemas()
    assert tree(there) == shipped
    assert kept == ((there / "exercise.json").stat().st_mtime_ns, (there / "exercise.json").stat().st_ino)


@posix
@pytest.mark.parametrize("what", ["folder", "file"])
def test_schemas_are_not_written_through_links(folder, tmp_path, what):
    """A link in their way is told, and what it leads to stays."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "routine.json").write_bytes(b"theirs")
    there = folder.root / "schemas"
    if what == "folder":
        there.symlink_to(outside)
    else:
        there.mkdir()
        (there / "routine.json").symlink_to(outside / "routine.json")
    assert "a link" in folder.write_schemas()
    assert tree(outside) == {"routine.json": b"theirs"}


@pytest.mark.skipif(sys.platform == "win32", reason="its paths are others")
def test_a_folder_below_a_device(tmp_path):
    """Where no folder can be made that is said."""
    with pytest.raises(NotWritten, match="Nothing was changed"):
        OwnFolder(Path(os.devnull) / "trainer").write(BOTH)
