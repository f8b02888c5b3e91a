"""`sync`: the logbooks of several machines through one folder, as a person does it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sessions import Logbook, Note, draft
from sessions.exchange.syncing import name_of
from sessions.records import Stamp
from tests.past import NOON_MS, Past
from trainer.paths import Paths


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "shared"
    made.mkdir()
    return made


@pytest.fixture
def there(cli: Any, tmp_path: Path) -> Callable[..., tuple[int, str, str]]:
    """Gives a command on another machine."""

    def give(*argv: str) -> tuple[int, str, str]:
        result: tuple[int, str, str] = cli(
            "--data-dir", str(tmp_path / "there"), "--config-dir", str(tmp_path / "there-config"), *argv
        )
        return result

    return give


@pytest.fixture
def other(tmp_path: Path) -> Past:
    return Past(Paths(tmp_path / "there-config", tmp_path / "there"))


def ids(cli: Any, *argv: str) -> list[str]:
    return [row["id"] for row in json.loads(cli(*argv, "log", "--json")[1])]


def test_two_machines(cli: Any, there: Any, folders: Paths, other: Past, folder: Path) -> None:
    """What one has done the other has too, once both have synced; again, nothing changes."""
    Past(folders).add("s1")
    other.add("s2", 24)
    assert cli("sync", str(folder)) == (0, "Nothing new came in.\nWrote what is new here.\n", "")
    assert there("sync", str(folder)) == (0, "Took in 5 facts from 1 file.\nWrote what is new here.\n", "")
    assert cli("sync", str(folder)) == (0, "Took in 5 facts from 1 file.\nNothing new here to write.\n", "")
    assert cli("sync", str(folder)) == (0, "Nothing new came in.\nNothing new here to write.\n", "")
    assert ids(cli) == ids(there) == ["s1", "s2"]
    assert cli("log")[1] == there("log")[1]


def test_a_new_machine(cli: Any, there: Any, folders: Paths, folder: Path) -> None:
    """A machine without a logbook begins one and takes in all."""
    Past(folders).many(30)
    cli("sync", str(folder))
    assert "Took in 150 facts from 1 file." in there("sync", str(folder))[1]
    assert ids(there) == ids(cli)


def test_corrections_travel(cli: Any, there: Any, folders: Paths, other: Past, folder: Path) -> None:
    """A rating that is corrected here and a session that is withdrawn there are so on both."""
    Past(folders).many(2)
    cli("sync", str(folder))
    there("sync", str(folder))
    cli("log", "rate", "s1", "9", "--before")
    there("log", "withdraw", "s2")
    for give in (cli, there, cli):
        give("sync", str(folder))
    assert Past(folders).session("s1") == other.session("s1")
    assert Past(folders).session("s1").row.pain_before == 9
    assert ids(cli) == ids(there) == ["s1"]


def test_keeping_a_folder(cli: Any, folders: Paths, folder: Path) -> None:
    """It is written whole into the settings, used from then on without being named, and let go of."""
    status, out, _ = cli("sync", str(folder), "--keep")
    assert status == 0
    assert out.splitlines()[-1] == "From now on it syncs at each start and end. trainer sync --off ends that."
    assert f'sync_folder = "{folder}"' in folders.settings.read_text("utf-8")
    Past(folders).add("s1")
    assert cli("sync") == (0, "Nothing new came in.\nWrote what is new here.\n", "")
    off = (0, "It no longer syncs by itself. What is in the folder stays there.\n", "")
    assert cli("sync", "--off") == off
    assert "sync_folder" not in folders.settings.read_text("utf-8")
    assert cli("sync", "--off") == off
    assert cli("sync")[0] == 2
    assert len(list(folder.iterdir())) == 1


def test_a_folder_named_from_here(cli: Any, folders: Paths, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept leads there from anywhere."""
    monkeypatch.chdir(folder.parent)
    assert cli("sync", "shared", "--keep")[0] == 0
    assert f'sync_folder = "{folder}"' in folders.settings.read_text("utf-8")


def test_other_settings_stay(cli: Any, folders: Paths, folder: Path) -> None:
    """Comments and all else in the settings stay as they were."""
    folders.settings.parent.mkdir(parents=True)
    folders.settings.write_text("# mine\nvolume = 30  # soft\n")
    cli("sync", str(folder), "--keep")
    cli("sync", "--off")
    assert folders.settings.read_text("utf-8") == "# mine\nvolume = 30  # soft\n"


def test_off_where_nothing_was_kept(cli: Any, folders: Paths) -> None:
    """It makes no settings."""
    assert cli("sync", "--off")[0] == 0
    assert not folders.config.exists()
    assert not folders.data.exists()


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        ([], "sync: no folder is named, and none was kept"),
        ([""], "sync: found ''; allowed: a folder that is there"),
        (["none"], "sync: found 'none'; allowed: a folder that is there"),
        (["none", "--keep"], "sync: found 'none'; allowed"),
        (["file"], "sync: found 'file', which is a file; allowed: a folder that is there"),
        (["file/below"], "sync: found 'file/below'; allowed"),
        (["~no-such-user/x"], "sync: found '~no-such-user/x'; allowed"),
        (["\x1b[2J"], "sync: found"),
        (["x" * 5000], "sync: found"),
        (["--off", "shared"], "sync: --off goes alone"),
        (["--off", ""], "sync: --off goes alone"),
        (["--off", "--keep"], "sync: --off goes alone"),
        (["shared", "more"], "unrecognized arguments: more"),
        (["shared", "--kep"], "Did you mean --keep?"),
    ],
)
def test_what_cannot_be_synced_with(
    cli: Any, folders: Paths, folder: Path, monkeypatch: pytest.MonkeyPatch, argv: list[str], says: str
) -> None:
    """Bad input is answered with what was found and what is allowed; no folder, logbook or setting is made."""
    monkeypatch.chdir(folder.parent)
    (folder.parent / "file").write_text("x")
    status, out, err = cli("sync", *argv)
    assert (status, out) == (2, "")
    assert says in err
    assert "\x1b" not in err
    assert not folders.data.exists()
    assert not folders.config.exists()


def test_a_folder_that_was_kept_and_is_gone(cli: Any, folders: Paths, folder: Path) -> None:
    """A stick that is not plugged in is told of; nothing is made in its place, and the folder stays kept."""
    cli("sync", str(folder), "--keep")
    folder.rmdir()
    status, out, err = cli("sync")
    assert (status, out) == (1, "")
    assert "allowed: a folder that is there" in err
    assert not folder.exists()
    assert "sync_folder" in folders.settings.read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_folder_that_takes_nothing(cli: Any, folders: Paths, folder: Path) -> None:
    """What cannot be written is told with its file, and what was taken in stays."""
    Past(folders).add("s1")
    with Past(folders).open() as logbook:
        (folder / name_of(logbook.device)).mkdir()
    status, out, err = cli("sync", str(folder))
    assert (status, out) == (1, "")
    assert "is a folder" in err
    assert ids(cli) == ["s1"]


def test_a_file_that_is_no_facts(cli: Any, folders: Paths, folder: Path) -> None:
    """Lines that are none are counted and left out; the rest comes in."""
    (folder / "trainer-0123456789abcdef.jsonl").write_text("no facts\n\x00\n")
    status, out, _ = cli("sync", str(folder))
    assert status == 0
    assert "2 lines could not be read or proved." in " ".join(out.split())
    (folder / "trainer-0123456789abcdef.jsonl").write_text("no facts\n")
    assert "1 line could not be read or proved." in " ".join(cli("sync", str(folder))[1].split())


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_file_that_may_not_be_read(cli: Any, folder: Path) -> None:
    """It is named, and the status says that something was left out."""
    file = folder / "trainer-0123456789abcdef.jsonl"
    file.write_text("x")
    file.chmod(0)
    status, out, _ = cli("sync", str(folder))
    assert status == 1
    assert f"{file} could not be read" in "".join(out.split("\n"))


def test_a_conflict(cli: Any, there: Any, folders: Paths, other: Past, folder: Path) -> None:
    """Two facts of one id that say different things are both kept, told of, and read alike on both machines."""
    id = draft("s1", Note("x"), Stamp(NOON_MS, 0, ""), bytes)
    for past, text in ((Past(folders), "here"), (other, "there")):
        with past.open() as logbook:
            logbook.append(type(id)(id.id, "s1", id.stamp, "note", json.dumps({"text": text}, separators=(",", ":"))))
    cli("sync", str(folder))
    assert "1 id stands for different facts." in there("sync", str(folder))[1]
    cli("sync", str(folder))
    assert Past(folders).session("s1") == other.session("s1")
    for past in (Past(folders), other):
        with past.open() as logbook:
            assert len(list(logbook.facts())) == 2


def test_a_copied_folder(cli: Any, there: Any, folders: Paths, other: Past, folder: Path) -> None:
    """A data folder that was copied goes on as a machine of its own, and nothing of either is lost."""
    Past(folders).add("s1", 1)
    cli("sync", str(folder))
    other.paths.data.mkdir(parents=True)
    other.paths.logbook.write_bytes(folders.logbook.read_bytes())
    there("log", "note", "1", "on the copy")
    cli("log", "note", "1", "on the original")
    for give in (there, cli, there):
        assert give("sync", str(folder))[0] == 0
    assert len(list(folder.iterdir())) == 2
    with Past(folders).open() as here, other.open() as copy:
        assert here.device != copy.device
        assert {fact.sha256 for fact in here.facts()} == {fact.sha256 for fact in copy.facts()}
        assert here.session("s1") == copy.session("s1")


def test_people_never_mix(cli: Any, there: Any, folders: Paths, other: Past, folder: Path) -> None:
    """Whoever has a name has a folder of their own within the shared one."""
    for give in (cli, there):
        give("people", "add", "anna")
    Past(folders).add("s1")
    Past(folders.of("anna")).add("s2")
    for argv in (["sync", str(folder)], ["--person", "anna", "sync", str(folder)]):
        cli(*argv)
        there(*argv)
    assert ids(there) == ["s1"]
    assert ids(there, "--person", "anna") == ["s2"]
    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == ["people"]
    assert cli("--person", "anna", "sync", str(folder / "none"))[0] == 2


@pytest.mark.parametrize("content", [b"something of mine", b""])
def test_a_logbook_that_is_none(cli: Any, folders: Paths, folder: Path, content: bytes) -> None:
    """What stands there instead is told of and left as it is, and nothing is written into the folder."""
    folders.data.mkdir()
    folders.logbook.write_bytes(content)
    status, out, err = cli("sync", str(folder))
    assert (status, out) == (1, "")
    assert str(folders.logbook) in err
    assert folders.logbook.read_bytes() == content
    assert not list(folder.iterdir())


def test_a_folder_too_long_to_keep(cli: Any, folders: Paths, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings that could not be read again are not written."""
    deep = folder
    for _ in range(6):
        deep = deep / ("x" * 200)
    deep.mkdir(parents=True)
    status, out, err = cli("sync", str(deep), "--keep")
    assert (status, out) == (2, "")
    assert "allowed: up to 1,000" in err
    assert not folders.settings.exists()


@pytest.mark.parametrize("columns", ["80", "40"])
def test_what_is_said_fits(
    cli: Any, folders: Paths, folder: Path, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    """Every line fits the terminal."""
    monkeypatch.setenv("COLUMNS", columns)
    (folder / "trainer-0123456789abcdef.jsonl").write_text("no facts\n")
    Past(folders).add("s1")
    _, out, _ = cli("sync", str(folder))
    assert max(map(len, out.splitlines())) <= int(columns)


def test_here_is_kept_as_a_digest_only(cli: Any, folders: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system calls the machine is nowhere in the file."""
    monkeypatch.setattr("trainer.cli.machine.machine", lambda: "secret-machine-id")
    Past(folders).add("s1")
    cli("log", "note", "1", "x")
    assert b"secret-machine-id" not in folders.logbook.read_bytes()
    with Logbook.open(folders.logbook, random=os.urandom) as logbook:
        assert len(logbook.noted("place")) == 64
