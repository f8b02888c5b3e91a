"""`log erase`: what is kept of a person goes for good, once their name was typed, and nothing else does."""

from __future__ import annotations

import io
import os
import stat
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sessions import Logbook, LogbookBusy, Note, Stamp, draft
from sessions.exchange.syncing import sync
from sessions.safety.backups import back_up, backups
from sessions.safety.repairing import look, repair
from tests.breaks.install.machine import Machine, tree
from trainer.breaks.lock import Place
from trainer.cli.breaks import installing, timer
from trainer.cli.streams import clean
from trainer.paths import Paths

posix = pytest.mark.skipif(os.name != "posix", reason="links and rights are POSIX's")
NOW_MS = 1_772_366_400_000
HOSTILE = "\x1b]0;t\x07\u202e[b]"


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of its own, and lines wide enough for any path."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    monkeypatch.setattr("trainer.cli.streams.WIDEST", 500)
    monkeypatch.setenv("COLUMNS", "500")
    return folder


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "shared"
    folder.mkdir()
    return folder


@pytest.fixture
def erase(cli: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str, str]]:
    """Erase, with what is typed; for one person where one is named."""

    def run(typed: str, person: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        found: tuple[int, str, str] = cli(*(["--person", person] if person else []), "log", "erase")
        return found

    return run


def write(paths: Paths, *texts: str, session: str = "s1") -> str:
    """Store notes; the device that did."""
    with Logbook.open(paths.logbook, random=os.urandom) as logbook:
        for text in texts:
            logbook.append(draft(session, Note(text), Stamp(NOW_MS, 0, ""), os.urandom))
        return logbook.device


def rescued(folder: Path, session: str) -> Path:
    one = draft(session, Note("x"), Stamp(NOW_MS, 0, ""), os.urandom)
    file = folder / f"trainer-unsaved-{one.id}.jsonl"
    file.write_bytes(msgspec.json.encode(one) + b"\n")
    return file


def fill(paths: Paths, shared: Path) -> None:
    """A logbook with everything that one leaves in time."""
    folder = shared / "people" / paths.person if paths.person else shared
    folder.mkdir(parents=True, exist_ok=True)
    write(paths, "a")
    back_up(paths.logbook, paths.backups, at_ms=NOW_MS)
    with Logbook.open(paths.logbook, random=os.urandom) as logbook:
        sync(logbook, folder, random=os.urandom)
    repair(look(paths.logbook, paths.backups, at_ms=NOW_MS), random=os.urandom)
    with Logbook.open(paths.logbook, random=os.urandom) as logbook:
        sync(logbook, folder, random=os.urandom)
    (paths.home / "logbook.damaged-20250101T000000Z.sqlite").write_bytes(b"x")
    (paths.home / ".logbook.sqlite.1-0.new").write_bytes(b"x")
    (paths.home / ".salvage-x").mkdir()
    (paths.home / ".salvage-x" / "logbook.sqlite").write_bytes(b"x")
    for name in ("breaks.lock", "breaks.seen", "due.txt", "due.txt.4711"):
        (paths.home / name).write_text("x")
    paths.settings.parent.mkdir(parents=True, exist_ok=True)
    paths.settings.write_text(f"# mine\nsync_folder = '{shared}'\nweaker_side = 'left'\nvolume = 10\n")


def files(folder: Path) -> set[str]:
    return {str(one.relative_to(folder)) for one in folder.rglob("*") if not one.is_dir() or one.is_symlink()}


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A home of its own, with a systemd that stands in."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setattr(timer, "system", lambda: "linux")
    monkeypatch.setattr(timer, "program", lambda: ("/usr/bin/env",))
    monkeypatch.setattr(installing, "program", lambda: ("/usr/bin/env", "true"))
    return Machine(tmp_path / "machine", home / ".config/systemd/user", monkeypatch)


# --- all of it ---------------------------------------------------------------------------------------


def test_everything_goes(erase: Any, cli: Any, folders: Paths, shared: Path, temporary: Path) -> None:
    """Every file is shown with its size, and after the name was typed none of them is left; settings stay."""
    fill(folders, shared)
    unsaved = rescued(temporary, "s1")
    (folders.data / "own.txt").write_text("mine")
    (shared / "trainer-0123456789abcdef.jsonl").write_text("theirs")
    shown = files(folders.data) | files(shared) | {unsaved.name}
    status, out, err = erase("me\n")
    assert (status, err) == (0, "")
    for name in shown - {"own.txt", "trainer-0123456789abcdef.jsonl"}:
        assert f"{name}, " in out
    assert files(folders.data) == {"own.txt"}
    assert files(shared) == {"trainer-0123456789abcdef.jsonl"}
    assert files(temporary) == set()
    assert tomllib.loads(folders.settings.read_text()) == {"volume": 10}
    assert folders.settings.read_text().startswith("# mine\n")
    assert "1 file of other machines in" in out
    assert "1 file in" in out.split("that trainer did not write")[0]
    for told in ("Other machines keep", "Syncthing, Dropbox, git", "Exported files", "A disk may hold"):
        assert told in out.split("is gone.")[1]
    assert cli("log")[1] == "No sessions yet.\n"
    assert cli("log", "backup", "--list")[1].startswith("No backups yet")
    assert erase("me\n")[:2] == (0, "There is nothing of me here.\n")


def test_one_person(erase: Any, cli: Any, folders: Paths, shared: Path, temporary: Path) -> None:
    """Of a person with a name, settings and folder go too; everybody else's stays as it was."""
    anna, bert = folders.of("anna"), folders.of("bert")
    for paths in (folders, anna, bert):
        fill(paths, shared)
    write(anna, "hers", session="hers")
    own, other = rescued(temporary, "hers"), rescued(temporary, "nobody knows")
    before = {one: one.read_bytes() for paths in (folders, bert) for one in _all_of(paths, shared)}
    status, out, err = erase("Anna \n", "anna")
    assert (status, err) == (0, "")
    assert f"{anna.settings}, " in out
    assert not anna.home.exists()
    assert not anna.settings.parent.exists()
    assert not (shared / "people" / "anna").exists()
    assert {one: one.read_bytes() for one in before} == before
    assert (own.exists(), other.exists()) == (False, True)
    assert f"{other}, which may be somebody else's here." in out
    assert "anna" not in cli("people")[1]
    assert erase("anna\n", "anna")[0] == 2


def _all_of(paths: Paths, shared: Path) -> list[Path]:
    folder = shared / "people" / paths.person if paths.person else shared
    return [
        *(one for one in paths.home.rglob("*") if one.is_file() and ("anna" not in one.parts)),
        *(one for one in folder.glob("*.jsonl")),
        paths.settings,
    ]


def test_others_are_named_when_the_first_goes(erase: Any, folders: Paths, shared: Path) -> None:
    """Erasing whoever has no name leaves the people who have one."""
    anna = folders.of("anna")
    fill(folders, shared)
    fill(anna, shared)
    status, out, _ = erase("me\n")
    assert status == 0
    assert "The logbooks of anna." in out
    assert anna.logbook.exists()
    assert anna.settings.exists()
    assert files(shared) == {f"people/anna/trainer-{_device(backups(anna.backups)[0].path)}.jsonl"}


def test_a_person_who_only_began(erase: Any, cli: Any, folders: Paths) -> None:
    """A person who has done nothing yet is gone from the list as well."""
    cli("people", "add", "anna")
    assert erase("anna\n", "anna")[0] == 0
    assert "anna" not in cli("people")[1]


# --- the name ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["", "\n", "yes\n", "y\n", "Me too\n", "anna\n", f"{HOSTILE}\n", "m e\n", "\0\n"])
def test_another_name(erase: Any, folders: Paths, shared: Path, typed: str) -> None:
    """Whatever else is typed, nothing happens."""
    fill(folders, shared)
    before = {**_contents(folders.data), **_contents(shared), **_contents(folders.config)}
    status, out, _ = erase(typed)
    assert status == 1
    assert out.endswith("That is not the name. Nothing was removed.\n")
    assert {**_contents(folders.data), **_contents(shared), **_contents(folders.config)} == before


def test_what_is_no_text(erase: Any, cli: Any, folders: Paths, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes that are no text are no name."""
    fill(folders, shared)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe\n"), "utf-8"))
    status, out, err = cli("log", "erase")
    assert (status, err) == (1, "")
    assert "Nothing was removed." in out


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(one): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


@pytest.mark.parametrize("typed", ["me", "ME\n", "  me  \n"])
def test_the_name_as_people_type_it(erase: Any, folders: Paths, shared: Path, typed: str) -> None:
    """Capitals and spaces around make no difference."""
    fill(folders, shared)
    assert erase(typed)[0] == 0
    assert files(folders.data) == set()


def test_interrupted_at_the_question(
    erase: Any, cli: Any, folders: Paths, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl+C at the question removes nothing."""
    fill(folders, shared)

    def interrupt(_: str) -> str:
        raise KeyboardInterrupt

    before = _contents(folders.data)
    monkeypatch.setattr("builtins.input", interrupt)
    assert cli("log", "erase")[0] == 130
    assert _contents(folders.data) == before


# --- what goes wrong ---------------------------------------------------------------------------------


def refuse(monkeypatch: pytest.MonkeyPatch, *which: str) -> None:
    """Let the system refuse to remove files of these names."""
    real = os.unlink

    def unlink(path: Any, **more: Any) -> None:
        if any(name in "/".join(Path(path).parts[-2:]) for name in which):
            raise PermissionError(13, "Permission denied")
        real(path, **more)

    monkeypatch.setattr(os, "unlink", unlink)


@pytest.mark.parametrize("which", ["logbook-2026", "trainer-", "logbook.damaged", ".salvage-x/logbook.sqlite"])
def test_what_cannot_be_removed(
    erase: Any, folders: Paths, shared: Path, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    """Each is told of, the logbook stays until they are gone, and running it again finishes the rest."""
    fill(folders, shared)
    with monkeypatch.context() as patch:
        refuse(patch, which)
        status, out, _ = erase("me\n")
    assert status == 1
    left = files(folders.data) | files(shared)
    refused = {name for name in left if which in name}
    assert refused
    # They tell which sync files are its own.
    kept = {"logbook.sqlite"} if which != "trainer-" else files(folders.data)
    assert left == refused | kept
    assert out.count("Not removed: ") == len(refused)
    assert "permission denied" in out
    assert out.count("Kept until then: ") == len(kept)
    assert erase("me\n")[0] == 0
    assert files(folders.data) | files(shared) == set()


def test_killed_half_way(erase: Any, cli: Any, folders: Paths, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ended after any file, it never looks complete, brings nothing back by itself, and can be finished."""
    for after in range(1, 20):
        fill(folders, shared)
        real, steps = os.unlink, iter(range(after))

        def unlink(path: Any, *, real: Any = real, steps: Any = steps, **more: Any) -> None:
            if next(steps, None) is None:
                raise KeyboardInterrupt
            real(path, **more)

        with monkeypatch.context() as patch:
            patch.setattr(os, "unlink", unlink)
            status = erase("me\n")[0]
        if status == 0:
            break
        assert status == 130
        assert folders.logbook.exists(), after
        assert tomllib.loads(folders.settings.read_text()) == {"volume": 10}, "it syncs no longer"
        assert erase("me\n")[0] == 0
        assert files(folders.data) | files(shared) == set()
    else:
        pytest.fail("it never came to its end")
    assert after > 5


def test_settings_that_take_nothing(erase: Any, folders: Paths, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where syncing cannot be switched off first, nothing is removed: it would come back."""
    fill(folders, shared)
    before = {**_contents(folders.data), **_contents(shared), **_contents(folders.config)}

    def fail(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("trainer.settings.save", fail)
    status, _, err = erase("me\n")
    assert status == 1
    assert "read-only file system" in err
    assert "Nothing was removed" in err
    assert {**_contents(folders.data), **_contents(shared), **_contents(folders.config)} == before


def test_settings_that_cannot_be_read(erase: Any, folders: Paths, shared: Path) -> None:
    """Settings that cannot be read are told of, and nothing is removed."""
    fill(folders, shared)
    folders.settings.write_text("sync_folder = [\n")
    before = _contents(folders.data)
    status, _, err = erase("me\n")
    assert status == 2
    assert "settings.toml" in err
    assert _contents(folders.data) == before


def test_busy(erase: Any, folders: Paths, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another program writes, nothing is removed."""
    fill(folders, shared)

    def busy(_: Path) -> None:
        raise LogbookBusy("Another program holds the logbook.")

    monkeypatch.setattr("sessions.safety.belongings.hold", busy)
    status, out, err = erase("me\n")
    assert (status, out) == (1, "")
    assert "Another program holds" in err
    assert folders.logbook.exists()


def test_a_sync_folder_that_is_away(erase: Any, folders: Paths, shared: Path, tmp_path: Path) -> None:
    """What was written into a folder that is not there now is told of before the name is asked for."""
    fill(folders, shared)
    shared.rename(tmp_path / "away")
    status, out, _ = erase("me\n")
    assert status == 0
    assert f"What was written into {shared}, which is not there now." in out.split("Type the name")[0]


@pytest.mark.parametrize("content", [b"", b"no logbook", b"SQLite format 3\0" + bytes(5_000)])
def test_a_damaged_logbook(erase: Any, folders: Paths, shared: Path, content: bytes) -> None:
    """What cannot be read is removed as well; the backups tell which sync files are its own."""
    fill(folders, shared)
    folders.logbook.write_bytes(content)
    device = _device(backups(folders.backups)[0].path)
    assert erase("me\n")[0] == 0
    assert files(folders.data) == set()
    assert f"trainer-{device}.jsonl" not in files(shared)


def _device(path: Path) -> str:
    logbook = Logbook.open_existing(path)
    assert logbook is not None
    with logbook:
        return logbook.device


# --- links -------------------------------------------------------------------------------------------


@posix
def test_links_are_not_followed(erase: Any, folders: Paths, shared: Path, tmp_path: Path) -> None:
    """Of a link only the link goes; where it leads is told, since that stays."""
    fill(folders, shared)
    real = tmp_path / "real.sqlite"
    folders.logbook.rename(real)
    folders.logbook.symlink_to(real)
    private = tmp_path / "private"
    private.write_text("keep")
    (folders.data / "logbook.damaged-20250102T000000Z.sqlite").symlink_to(private)
    (folders.backups / "logbook-20250102T000000Z.sqlite").symlink_to(private)
    (folders.data / ".salvage-y").symlink_to(tmp_path)
    before = real.read_bytes()
    status, out, _ = erase("me\n")
    assert status == 0
    assert f"{folders.logbook} (the link itself)" in out
    assert f"{real}, to which the link {folders.logbook} leads." in out
    assert (real.read_bytes(), private.read_text()) == (before, "keep")
    assert files(folders.data) == {".salvage-y"}


@posix
def test_folders_that_are_links(erase: Any, folders: Paths, shared: Path, tmp_path: Path) -> None:
    """Where a folder is a link, what is inside goes, and the link and the folder stay."""
    real = tmp_path / "disk"
    real.mkdir()
    (real / "other.txt").write_text("keep")
    folders.data.symlink_to(real)
    fill(folders, shared)
    assert erase("me\n")[0] == 0
    assert folders.data.is_symlink()
    assert files(real) == {"other.txt"}
    anna = folders.of("anna")
    (tmp_path / "hers").mkdir()
    (folders.data / "people").mkdir()
    anna.home.symlink_to(tmp_path / "hers")
    write(anna, "x")
    assert erase("anna\n", "anna")[0] == 0
    assert anna.home.is_symlink()
    assert files(tmp_path / "hers") == set()


@posix
def test_odd_files_in_the_temporary_folder(erase: Any, folders: Paths, shared: Path, temporary: Path) -> None:
    """What is no ordinary file of one's own is left alone there: the folder is everybody's."""
    fill(folders, shared)
    (temporary / "secret").write_text("keep")
    (temporary / "trainer-unsaved-1.jsonl").symlink_to(temporary / "secret")
    (temporary / "trainer-unsaved-2.jsonl").mkdir()
    os.mkfifo(temporary / "trainer-unsaved-3.jsonl")
    large = temporary / "trainer-unsaved-4.jsonl"
    with large.open("wb") as file:
        file.truncate(20_000_000)
    (temporary / "trainer-unsaved-5.jsonl").write_bytes(b"\xff\x00 nonsense\n" * 10)
    assert erase("me\n")[0] == 0
    odd = {"secret", *(f"trainer-unsaved-{number}.jsonl" for number in (1, 3, 4, 5))}
    assert files(temporary) == odd
    assert stat.S_ISDIR((temporary / "trainer-unsaved-2.jsonl").stat().st_mode)


@pytest.mark.skipif(sys.platform != "linux", reason="where the usual folder lies is told by XDG_DATA_HOME")
@pytest.mark.parametrize("people", [False, True])
def test_unsaved_files_of_nobody_known(
    erase: Any, cli: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, temporary: Path, people: bool
) -> None:
    """What no logbook took is this person's where it can be nobody else's; else it stays, and is named."""
    monkeypatch.delenv("TRAINER_DATA_DIR")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "usual"))
    paths = Paths(tmp_path / "config", tmp_path / "usual" / "trainer")
    write(paths, "a")
    file = rescued(temporary, "a session that no logbook knows")
    if people:
        cli("people", "add", "anna")
    status, out, _ = erase("me\n")
    assert status == 0
    assert file.exists() == people
    assert (f"{file}, which may be somebody else's here." in out) == people
    assert not paths.logbook.exists()


@posix
def test_hostile_names(erase: Any, folders: Paths, shared: Path) -> None:
    """Names that would steer a terminal are shown cleaned."""
    fill(folders, shared)
    device = _device(folders.logbook)
    (shared / f"trainer-{device}.{HOSTILE}.jsonl").write_text("x")
    (folders.data / HOSTILE).write_text("x")
    status, out, err = erase("me\n")
    assert status == 0
    assert not any(char in out + err for char in "\x1b\x07\u202e")
    assert clean(HOSTILE) in out
    assert (folders.data / HOSTILE).exists()


def test_without_a_home(cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no folder is known, nothing can be erased."""
    for name in ("TRAINER_DATA_DIR", "TRAINER_CONFIG_DIR"):
        monkeypatch.delenv(name)
    from trainer.paths import NOWHERE

    monkeypatch.setattr("trainer.cli.make.find", lambda *_: NOWHERE)
    assert cli("log", "erase")[0] == 2


# --- what breaks leave -------------------------------------------------------------------------------


def test_files_of_breaks_are_known(erase: Any, folders: Paths) -> None:
    """What the loop and `trainer due` left is shown and goes; what is only called alike is told of and stays."""
    write(folders, "a")
    for name in ("breaks.lock", "breaks.seen", "due.txt", "due.txt.12", "due.txt.old", "my-due.txt"):
        (folders.home / name).write_text("x")
    (folders.home / "breaks.lock.1").mkdir()
    status, out, err = erase("me\n")
    assert (status, err) == (0, "")
    assert files(folders.data) == {"due.txt.old", "my-due.txt"}
    said = out.split("What breaks left:")[1].split("The logbook:")[0]
    assert [line.split(", ")[0].rpartition("/")[2] for line in said.split("\n")[1:5]] == [
        "breaks.lock",
        "breaks.seen",
        "due.txt",
        "due.txt.12",
    ]
    assert "3 files in" in out.split("that trainer did not write")[0]


def test_files_of_breaks_alone(erase: Any, folders: Paths) -> None:
    """They go too where no logbook was ever begun."""
    folders.home.mkdir(parents=True)
    (folders.home / "due.txt").write_text("x")
    assert erase("me\n")[0] == 0
    assert files(folders.data) == set()


def test_a_loop_is_open(erase: Any, folders: Paths) -> None:
    """Nothing is removed while somebody counts to the next break: what is gone would be begun anew."""
    write(folders, "a")
    loop = Place(folders.home)
    assert loop.take()
    loop.sign()
    before = files(folders.data)
    status, out, err = erase("me\n")
    assert (status, out) == (1, "")
    assert f"trainer breaks is open (process {os.getpid()})" in err
    assert files(folders.data) == before
    loop.release()
    assert erase("me\n")[0] == 0


OFFICE = '[breaks.hours]\nmon = ["09:00-12:30"]\n'


@posix
def test_the_timer_goes_with_its_person(erase: Any, cli: Any, folders: Paths, machine: Machine) -> None:
    """It is shown, switched off and removed; another person's stays on."""
    anna = folders.of("anna")
    for paths in (folders, anna):
        write(paths, "a")
        paths.settings.parent.mkdir(parents=True, exist_ok=True)
        paths.settings.write_text(OFFICE)
    assert cli("breaks", "install", "--yes")[0] == 0
    mine = set(tree(machine.units))
    assert cli("--person", "anna", "breaks", "install", "--yes")[0] == 0
    hers = set(tree(machine.units)) - mine
    machine.calls()
    assert erase("no\n", "anna")[0] == 1
    assert machine.calls() == []
    status, out, err = erase("anna\n", "anna")
    assert (status, err) == (0, "")
    assert "The timer that reminds of breaks:" in out
    assert all(f"{machine.units / name}" in out for name in hers)
    assert set(tree(machine.units)) == mine
    assert machine.calls()[0].startswith("systemctl --user disable --now trainer-breaks-anna-")
    assert not anna.home.exists()


@posix
def test_a_timer_of_which_the_system_does_not_answer(erase: Any, cli: Any, folders: Paths, machine: Machine) -> None:
    """Its files go all the same, and it is said what may be left."""
    write(folders, "a")
    folders.settings.parent.mkdir(parents=True, exist_ok=True)
    folders.settings.write_text(OFFICE)
    assert cli("breaks", "install", "--yes")[0] == 0
    machine.fails("systemctl")
    status, out, err = erase("me\n")
    assert (status, err) == (0, "")
    assert "did not work" in out
    assert "ends with the next login" in out
    assert not [name for name in tree(machine.units) if name.endswith((".timer", ".service"))]
