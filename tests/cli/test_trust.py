"""`log verify`, `rebuild`, `backup` and `restore`: whether all proves itself, and having it again where it does not."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sessions import Fact, Logbook, LogbookUnwritable, Note, PainRated, SessionBegun, Stamp, draft
from sessions.exchange.syncing import sync
from sessions.safety.backups import backups, prove
from sessions.safety.repairing import form_of, stream
from trainer.paths import Paths

posix = pytest.mark.skipif(os.name != "posix", reason="links and rights are POSIX's")
rights = pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="rights bind everybody but root")
NOW_MS = 1_772_366_400_000  # 2026-03-01 12:00 UTC
DAY_MS = 86_400_000
ASIDE = "logbook.damaged-20260301T120000Z.sqlite"
HOSTILE = "\x1b]0;t\x07\x1b[2J \u202e [b]"
DATA = Path(__file__).parents[1] / "sessions" / "data"


class Clock:
    """What the machine says the time is."""

    def __init__(self) -> None:
        self.ms = NOW_MS

    def __call__(self) -> Stamp:
        return Stamp(self.ms, 60, "Europe/Berlin")


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Clock]:
    """It is noon UTC on 2026-03-01, an hour ahead here."""
    clock = Clock()
    # What cannot be saved is put there.
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for module in ("trust", "verifying", "make"):
        monkeypatch.setattr(f"trainer.cli.{module}.stamp", clock)
    with monkeypatch.context() as zone:
        zone.setenv("TZ", "Europe/Berlin")
        if hasattr(time, "tzset"):
            time.tzset()
        yield clock
    if hasattr(time, "tzset"):
        time.tzset()


def write(folders: Paths, *texts: str, session: str = "s1") -> list[Fact]:
    with Logbook.open(folders.logbook, random=os.urandom) as logbook:
        return [
            logbook.append(draft(session, Note(f"{text} {'x' * 900}"), Stamp(NOW_MS, 60, ""), os.urandom))
            for text in texts
        ]


@pytest.fixture
def kept(cli: Any, folders: Paths, clock: Clock) -> list[Fact]:
    """A logbook of six facts in two sessions, of which a backup of yesterday knows four; the facts."""
    clock.ms -= DAY_MS
    facts = write(folders, "one", "two", "three", "four")
    assert cli("log", "backup")[0] == 0
    clock.ms += DAY_MS
    return facts + write(folders, "five", "six", session="s2")


def spoil(path: Path, *facts: Fact) -> None:
    content = path.read_bytes()
    for fact in facts:
        text = fact.body.encode()
        assert text in content
        content = content.replace(text, text[:-3] + b"~" + text[-2:])
    path.write_bytes(content)


def facts_in(path: Path) -> set[Fact]:
    logbook = Logbook.open_existing(path)
    assert logbook is not None
    with logbook:
        assert logbook.health().ok
        return set(logbook.facts())


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(one): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def joined(text: str) -> str:
    return " ".join(text.split())


# --- verify ------------------------------------------------------------------------------------------


def test_nothing_yet(cli: Any, folders: Paths) -> None:
    """Without a logbook nothing is wrong, and nothing is made."""
    status, out, err = cli("log", "verify")
    assert (status, err) == (0, "")
    assert "none yet; the first session begins it" in out
    assert not folders.data.exists()


def test_all_proves_itself(cli: Any, folders: Paths, kept: list[Fact]) -> None:
    """Of a whole logbook it says so, with how much there is and the newest backup that proves itself."""
    status, out, err = cli("log", "verify")
    assert (status, err) == (0, "")
    assert "2 sessions, 6 facts; form 4" in joined(out)
    assert "Backups: 1; the newest, of 2026-02-28 13:00, proves itself" in joined(out)
    assert out.endswith("Everything proves itself.\n")
    assert "!" not in out
    status, out, _ = cli("log", "verify", "--json")
    found = json.loads(out)
    assert (status, found["whole"], found["wrong"], found["facts"]) == (0, True, [], 6)
    assert (found["conflicts"], found["missing_here"]) == ([], 0)
    assert found["backups"]["newest_good"]["at_ms"] == NOW_MS - DAY_MS


def test_a_changed_fact(cli: Any, folders: Paths, kept: list[Fact]) -> None:
    """A fact that no longer matches its digest is told of with what helps."""
    spoil(folders.logbook, kept[1])
    status, out, _ = cli("log", "verify")
    assert status == 1
    assert f"! Facts: 1 of 6 do not match, the first {kept[1].id}. trainer log restore helps." in joined(out)
    assert out.endswith("Something is wrong: the lines marked with !\n")
    found = json.loads(cli("log", "verify", "--json")[1])
    assert (found["whole"], found["bad_digests"]) == (False, [kept[1].id])


def test_wrong_tables(cli: Any, folders: Paths, kept: list[Fact]) -> None:
    """What is made from the facts and disagrees with them is made anew by another command, which says what it was."""
    with closing(sqlite3.connect(folders.logbook)) as connection, connection:
        connection.execute("UPDATE session SET name = 'forged'")
        connection.execute("DELETE FROM note")
    status, out, _ = cli("log", "verify")
    assert status == 1
    assert (
        "! Tables: not what the facts amount to: the search in notes, sessions. trainer log rebuild helps."
        in joined(out)
    )
    status, out, err = cli("log", "rebuild")
    assert (status, err) == (0, "")
    assert out == "Made anew from 6 facts.\nDifferent before: the search in notes, sessions.\n"
    assert cli("log", "rebuild")[1] == "Made anew from 6 facts.\nIt was right before.\n"
    assert cli("log", "verify")[0] == 0


def test_missing_numbers(cli: Any, folders: Paths, kept: list[Fact], tmp_path: Path) -> None:
    """A number missing of this machine's own is wrong; one of another machine's may only not have come yet."""
    with Logbook.open(tmp_path / "other.sqlite", random=os.urandom) as other:
        stamp = Stamp(NOW_MS, 0, "")
        theirs = [other.append(draft("s9", Note(str(n)), stamp, os.urandom)) for n in range(4)]
    with Logbook.open(folders.logbook, random=os.urandom) as logbook:
        logbook.take_in([theirs[0], theirs[3]])
    status, out, _ = cli("log", "verify")
    assert status == 0
    assert "Other machines: 2 facts of 1 other machine are not here; they may not have been" in joined(out)
    with closing(sqlite3.connect(folders.logbook)) as connection, connection:
        connection.execute("DROP TRIGGER fact_is_never_deleted")
        connection.execute("DELETE FROM fact WHERE id = ?", (kept[2].id,))
    cli("log", "rebuild")
    status, out, _ = cli("log", "verify")
    assert status == 1
    assert "! Numbers: 1 fact of this machine's own are missing. trainer log restore helps." in joined(out)
    found = json.loads(cli("log", "verify", "--json")[1])
    assert (found["missing_here"], found["missing_of_others"]) == (1, {theirs[0].device: 2})
    assert cli("log", "restore", "--yes")[0] == 0
    assert set(kept) < facts_in(folders.logbook)


def test_conflicts(cli: Any, folders: Paths, kept: list[Fact], tmp_path: Path) -> None:
    """Two contents of one id are no damage: both are shown, and which of them counts."""
    with Logbook.open(tmp_path / "other.sqlite", random=os.urandom) as other:
        first = kept[0].draft
        twin = other.append(type(first)(first.id, first.session, first.stamp, "note", json.dumps({"text": HOSTILE})))
    with Logbook.open(folders.logbook, random=os.urandom) as logbook:
        logbook.take_in([twin])
        counts = logbook.session("s1").notes
    status, out, _ = cli("log", "verify")
    assert status == 0
    assert "Conflicts: 1 id with two contents. Both are kept" in joined(out)
    assert not any(char in out for char in "\x1b\x07\u202e")
    (found,) = json.loads(cli("log", "verify", "--json")[1])["conflicts"]
    assert found["id"] == first.id
    assert {found["counts"]["sha256"], found["beside"][0]["sha256"]} == {kept[0].sha256, twin.sha256}
    assert json.loads(found["counts"]["body"])["text"] in [note.text for note in counts]


def test_a_file_that_cannot_be_opened(cli: Any, folders: Paths, kept: list[Fact]) -> None:
    """Of a damaged file it says what restoring would do, and changes nothing."""
    content = bytearray(folders.logbook.read_bytes())
    content[:100] = bytes(100)
    folders.logbook.write_bytes(content)
    before = snapshot(folders.data)
    status, out, err = cli("log", "verify")
    assert (status, err) == (1, "")
    text = joined(out)
    assert "is damaged: its beginning is not that of a logbook." in text
    assert f"Set aside untouched, beside its place: the present file, as {ASIDE}." in text
    assert "Put back: the backup of 2026-02-28 13:00, 1 session, 4 facts." in text
    assert "Carried over from the present file: 6 facts that still prove themselves." in text
    assert json.loads(cli("log", "verify", "--json")[1])["restore"]
    assert snapshot(folders.data) == before


def test_a_damaged_page(cli: Any, folders: Paths, kept: list[Fact]) -> None:
    """Where SQLite finds damage, it is told in short, and no other line claims that all is well."""
    with closing(sqlite3.connect(folders.logbook)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'session_by_time'").fetchone()
    content = bytearray(folders.logbook.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    folders.logbook.write_bytes(content)
    status, out, _ = cli("log", "verify")
    assert status == 1
    assert "each one matches" not in out
    assert "trainer log restore does this:" in joined(out)
    assert max(map(len, out.splitlines())) <= 80


def test_gone_though_there_are_backups(cli: Any, folders: Paths, kept: list[Fact]) -> None:
    """A logbook that is missing while backups are there is wrong."""
    folders.logbook.unlink()
    status, out, _ = cli("log", "verify")
    assert status == 1
    assert "though there are backups of it" in joined(out)
    assert "Put back: the backup of 2026-02-28 13:00, 1 session, 4 facts." in joined(out)
    commands = (["log"], ["log", "add", "walk", "20"], ["log", "note", "1", "x"], ["sync", "."], ["stats"])
    for argv in (*commands, ["log", "export", "--as", "jsonl"]):
        status, _, err = cli(*argv)
        assert status == 1
        assert "though there are backups of it" in err
    assert "though there are backups of it" in joined(cli("people")[1])
    assert "though there are backups of it" in joined(cli("doctor", "--quiet")[1])
    assert not folders.logbook.exists(), "none is begun silently"
    assert cli("log", "restore", "--yes")[0] == 0
    assert facts_in(folders.logbook) == set(kept[:4])
    shutil.rmtree(folders.data)
    assert cli("log", "add", "walk", "20")[0] == 0


def test_damaged_backups(cli: Any, folders: Paths, clock: Clock, kept: list[Fact]) -> None:
    """A newest backup that does not prove itself is wrong, until a new one is made."""
    cli("log", "backup")
    newest, older = backups(folders.backups)
    spoil(newest.path, kept[4])
    status, out, _ = cli("log", "verify")
    assert status == 1
    assert "the newest that proves itself is of 2026-02-28 13:00, 1 newer ones do not." in joined(out)
    spoil(older.path, kept[0])
    assert "2, of which none proves itself. trainer log backup helps." in joined(cli("log", "verify")[1])
    clock.ms += 1000
    cli("log", "backup")
    assert cli("log", "verify")[0] == 0


@posix
def test_a_folder_in_its_place(cli: Any, folders: Paths) -> None:
    """Where a folder or a link to nothing stands, that is told, and restoring is not offered."""
    folders.logbook.mkdir(parents=True)
    for command in (("verify",), ("restore", "--yes"), ("backup",), ("rebuild",)):
        status, out, err = cli("log", *command)
        assert status == 1
        assert "is a folder" in joined(out + err)
        assert "brings back" not in out + err
    folders.logbook.rmdir()
    folders.logbook.symlink_to(folders.data / "away")
    status, out, err = cli("log", "restore", "--yes")
    assert (status, out) == (1, "")
    assert "a link to nothing" in err


# --- backup ------------------------------------------------------------------------------------------


def test_backups(cli: Any, folders: Paths, clock: Clock, kept: list[Fact]) -> None:
    """One is made and proven, and the list shows all by the clock here, newest first."""
    status, out, err = cli("log", "backup")
    assert (status, err) == (0, "")
    assert "Made and proven:" in out
    assert all(prove(one.path).holds for one in backups(folders.backups))
    status, out, err = cli("log", "backup", "--list")
    assert (status, err) == (0, "")
    first, second, *_ = out.splitlines()
    assert first.startswith("1  2026-03-01 13:00  ")
    assert second.startswith("2  2026-02-28 13:00  ")
    assert first.endswith("kB  form 4")


def test_thinned(cli: Any, folders: Paths, clock: Clock, kept: list[Fact]) -> None:
    """Old ones go once a newer one is proven, and that is said."""
    for _ in range(2):
        clock.ms += 1000
        cli("log", "backup")
    clock.ms += 40 * DAY_MS
    out = cli("log", "backup")[1]
    assert "older backup" in out
    # The newest of all, and of each month.
    assert len(backups(folders.backups)) == 3


def test_no_backups(cli: Any, folders: Paths) -> None:
    """Without a logbook there is nothing to back up, and an empty list says how to make one."""
    status, out, err = cli("log", "backup")
    assert (status, out) == (1, "")
    assert "no logbook yet" in err
    status, out, _ = cli("log", "backup", "--list")
    assert status == 0
    assert "No backups yet. trainer log backup makes one" in out
    assert not folders.data.exists()


def test_a_damaged_logbook_is_not_backed_up(cli: Any, folders: Paths, kept: list[Fact]) -> None:
    """No backup takes the place of a good one where the copy does not prove itself."""
    spoil(folders.logbook, kept[1])
    status, out, err = cli("log", "backup")
    assert (status, out) == (1, "")
    assert "was not backed up" in err
    assert "trainer log restore brings back" in err
    assert len(backups(folders.backups)) == 1


@pytest.mark.parametrize("form", [1, 2])
def test_before_a_newer_form(cli: Any, folders: Paths, form: int) -> None:
    """A logbook of an older form is copied before it is brought up to date, and that copy can be put back."""
    folders.data.mkdir()
    shutil.copyfile(DATA / f"v{form}.sqlite", folders.logbook)
    assert cli("log")[0] == 0
    (made,) = backups(folders.backups)
    assert (made.form, made.proven, form_of(made.path)) == (form, True, form)
    assert set(stream(made.path)) == set(stream(DATA / f"v{form}.sqlite"))
    assert f"form {form}, before a newer one" in cli("log", "backup", "--list")[1]
    facts = facts_in(folders.logbook)
    folders.logbook.write_bytes(b"")
    assert cli("log", "restore", "1", "--yes")[0] == 0
    assert facts_in(folders.logbook) == facts


def test_the_list_of_hostile_names(cli: Any, folders: Paths, kept: list[Fact]) -> None:
    """Names that are none are passed over, odd moments are shown, and what is no database is told of."""
    for name in ("logbook-00010101T000000Z.sqlite", "logbook-99991231T235959Z.sqlite", f"logbook-{HOSTILE}.sqlite"):
        (folders.backups / name).write_bytes(b"x")
    status, out, err = cli("log", "backup", "--list")
    assert (status, err) == (0, "")
    assert out.count("cannot be read") == 2
    assert not any(char in out for char in "\x1b\x07\u202e")
    assert cli("log", "restore", "1", "--yes")[0] == 2
    status, out, _ = cli("log", "restore", "--yes")
    assert status == 0
    assert "the backup of 2026-02-28 13:00" in joined(out)


# --- restore -----------------------------------------------------------------------------------------


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _no_header(path: Path) -> None:
    path.write_bytes(bytes(100) + path.read_bytes()[100:])


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _cut_in_a_page(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _foreign(path: Path) -> None:
    path.write_text("a letter to a friend\n" * 300)


def _of_another_program(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE fact (id)")


def _gone(path: Path) -> None:
    path.unlink()


def _page_of_noise(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8192:12288] = b"\xa5" * 4096
    path.write_bytes(content)


DAMAGES = [_emptied, _no_header, _cut, _cut_in_a_page, _foreign, _of_another_program, _gone, _page_of_noise]


@pytest.mark.parametrize("damage", DAMAGES)
def test_drill(cli: Any, folders: Paths, kept: list[Fact], damage: Callable[[Path], None]) -> None:
    """Whatever became of the file, all of the backup and all that can be read is there again, and the file is aside."""
    damage(folders.logbook)
    old = folders.logbook.read_bytes() if folders.logbook.exists() else None
    status, out, err = cli("log", "restore", "--yes")
    assert (status, err) == (0, "")
    assert set(kept[:4]) <= facts_in(folders.logbook) <= set(kept)
    aside = list(folders.data.glob("logbook.*-2026*"))
    assert [one.read_bytes() for one in aside] == ([] if old is None else [old])
    assert ("The old file lies at" in out) == (old is not None)
    assert "facts now." in out
    assert cli("log", "verify")[0] == 0
    assert cli("log")[0] == 0


@pytest.mark.parametrize("damage", DAMAGES)
def test_drill_without_backup(cli: Any, folders: Paths, kept: list[Fact], damage: Callable[[Path], None]) -> None:
    """Without a backup, what can be read begins a new logbook; where there is nothing at all, that is said."""
    shutil.rmtree(folders.backups)
    damage(folders.logbook)
    status, out, err = cli("log", "restore", "--yes")
    if damage is _gone:
        assert (status, out) == (1, "")
        assert "neither a logbook nor a backup" in err
        return
    assert (status, err) == (0, "")
    assert "There is no backup, so a new logbook begins." in joined(out)
    assert facts_in(folders.logbook) <= set(kept)
    if damage in (_no_header, _cut_in_a_page):
        assert facts_in(folders.logbook) >= set(kept[:5])


def test_what_it_would_do(cli: Any, folders: Paths, kept: list[Fact]) -> None:
    """It shows first what it would do and what is lost, and without a terminal or --yes does nothing."""
    spoil(folders.logbook, kept[1], kept[4])
    status, out, err = cli("log", "restore")
    assert status == 2
    assert "With --yes it is done." in err
    text = joined(out)
    assert "2 of 6 facts do not match their digest." in text
    assert f"- Set aside untouched, beside its place: the present file, as {ASIDE}." in text
    assert "- Put back: the backup of 2026-02-28 13:00, 1 session, 4 facts." in text
    assert "- Carried over from the present file: 4 facts that still prove themselves." in text
    assert "- Lost, by their numbers: 1 fact that no file here holds any more." in text
    assert not list(folders.data.glob("logbook.damaged*"))


@pytest.mark.parametrize(("typed", "status"), [("y\n", 0), ("Y\n", 0), ("x\nn\n", 1), ("", 1)])
def test_asked(
    cli: Any, folders: Paths, kept: list[Fact], monkeypatch: pytest.MonkeyPatch, typed: str, status: int
) -> None:
    """At a terminal it asks, and only yes does it."""
    spoil(folders.logbook, kept[1])
    answers = iter(typed.splitlines())

    def answer(_: str) -> str:
        try:
            return next(answers)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("trainer.cli.asking.can_ask", lambda: True)
    monkeypatch.setattr("builtins.input", answer)
    got, out, _ = cli("log", "restore")
    assert got == status
    assert ("Nothing was changed." in out) == bool(status)
    assert bool(list(folders.data.glob("logbook.damaged*"))) != bool(status)


def test_by_number_and_by_file(cli: Any, folders: Paths, clock: Clock, kept: list[Fact], tmp_path: Path) -> None:
    """A backup is named by its number in the list, or as a file, which may be another logbook's."""
    cli("log", "backup")
    for number, facts in (("1", 6), ("2", 4)):
        folders.logbook.write_bytes(b"")
        assert cli("log", "restore", number, "--yes")[0] == 0
        assert len(facts_in(folders.logbook)) == facts
        clock.ms += 1000
    other = Paths(tmp_path, tmp_path / "other")
    theirs = write(other, "theirs")
    status, out, _ = cli("log", "restore", str(other.logbook), "--yes")
    assert status == 0
    assert "Every fact of the logbook" in out
    assert facts_in(folders.logbook) == {*kept[:4], *theirs}
    assert facts_in(other.logbook) == set(theirs)


@pytest.mark.parametrize(
    "backup",
    ["0", "2", "9999999", "none", "", "x" * 5000, HOSTILE, "~nobody-here/x", ".", "/dev/null", "itself", "text", "bad"],
)
def test_no_such_backup(cli: Any, folders: Paths, kept: list[Fact], tmp_path: Path, backup: str) -> None:
    """What is no backup is bad input, is told in plain words, and changes nothing."""
    (tmp_path / "text").write_text("hello")
    shutil.copyfile(backups(folders.backups)[0].path, tmp_path / "bad")
    spoil(tmp_path / "bad", kept[0])
    named = {"itself": folders.logbook, "text": tmp_path / "text", "bad": tmp_path / "bad"}
    before = folders.logbook.read_bytes()
    status, out, err = cli("log", "restore", str(named.get(backup, backup)), "--yes")
    assert (status, out) == (2, "")
    assert err.startswith("trainer: log restore: ")
    assert "fault in the program" not in err
    assert not any(char in err for char in "\x1b\x07\u202e")
    assert folders.logbook.read_bytes() == before


def test_with_the_sync_folder(cli: Any, folders: Paths, kept: list[Fact], own: Any, tmp_path: Path) -> None:
    """Where a folder is kept, what lies there comes back as well, even where nothing else is left."""
    shared = tmp_path / "shared"
    shared.mkdir()
    with Logbook.open(folders.logbook, random=os.urandom) as logbook:
        sync(logbook, shared, random=os.urandom)
    own("settings.toml", f"sync_folder = '{shared}'\n")
    _emptied(folders.logbook)
    status, out, _ = cli("log", "restore", "--yes")
    assert status == 0
    # A long path is broken where the line ends.
    assert f"Thenitsyncswith{shared}." in "".join(out.split())
    assert "Then 2 facts came back from the sync folder." in out
    assert facts_in(folders.logbook) == set(kept)
    folders.logbook.unlink()
    shutil.rmtree(folders.backups)
    assert cli("log", "restore", "--yes")[0] == 0
    assert facts_in(folders.logbook) == set(kept)


def test_settings_that_cannot_be_read(cli: Any, folders: Paths, kept: list[Fact], own: Any) -> None:
    """Broken settings do not stand in the way."""
    own("settings.toml", "sync_folder = [\n")
    _emptied(folders.logbook)
    assert cli("log", "restore", "--yes")[0] == 0
    assert facts_in(folders.logbook) == set(kept[:4])


def test_a_sync_folder_that_is_away(cli: Any, folders: Paths, kept: list[Fact], own: Any, tmp_path: Path) -> None:
    """A sync folder that is not there is told of, and the logbook is restored all the same."""
    own("settings.toml", f"sync_folder = '{tmp_path / 'away'}'\n")
    _emptied(folders.logbook)
    status, out, _ = cli("log", "restore", "--yes")
    assert status == 0
    assert "Not synced: There is no folder" in joined(out)
    assert facts_in(folders.logbook) == set(kept[:4])


def test_of_one_person(cli: Any, folders: Paths, kept: list[Fact]) -> None:
    """A person's own logbook is restored from their own backups, and the command that is named says whose."""
    cli("people", "add", "anna")
    theirs = folders.of("anna")
    facts = write(theirs, "hers")
    assert cli("--person", "anna", "log", "backup")[0] == 0
    theirs.logbook.write_bytes(b"")
    status, _, err = cli("--person", "anna", "log")
    assert status == 1
    assert "trainer --person anna log restore brings back" in err
    assert cli("--person", "anna", "log", "restore", "--yes")[0] == 0
    assert facts_in(theirs.logbook) == set(facts)
    assert facts_in(folders.logbook) == set(kept)


def test_a_disk_that_takes_nothing(cli: Any, folders: Paths, kept: list[Fact], monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk leaves all as it was, and says so."""
    spoil(folders.logbook, kept[1])
    before = folders.logbook.read_bytes()

    def full(*_: object) -> None:
        raise LogbookUnwritable("The disk is full, so nothing was written; free some space.")

    with monkeypatch.context() as patch:
        patch.setattr(Logbook, "take_in", full)
        status, _, err = cli("log", "restore", "--yes")
    assert status == 1
    assert "The disk is full" in err
    assert "The logbook is as it was." in err
    assert folders.logbook.read_bytes() == before
    assert sorted(os.listdir(folders.data)) == ["backups", "logbook.sqlite"]


@rights
def test_a_folder_that_may_only_be_read(cli: Any, folders: Paths, kept: list[Fact]) -> None:
    """In a folder that takes nothing, nothing is changed."""
    spoil(folders.logbook, kept[1])
    folders.data.chmod(0o500)
    try:
        status, _, err = cli("log", "restore", "--yes")
    finally:
        folders.data.chmod(0o700)
    assert status == 1
    assert "The logbook is as it was." in err


# --- the way out -------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"no logbook", b"SQLite format 3\0" + bytes(5_000), b"SQLite format 3\0"])
@pytest.mark.parametrize(
    "argv",
    [
        ["log"],
        ["log", "show", "1"],
        ["log", "rebuild"],
        ["log", "backup"],
        ["log", "note", "1", "x"],
        ["log", "export", "--as", "jsonl"],
        ["stats"],
        ["sync", "."],
    ],
)
def test_every_command_names_the_way_out(cli: Any, folders: Paths, content: bytes, argv: list[str]) -> None:
    """A logbook that is damaged, empty or something else is told of with the command that brings it back."""
    folders.data.mkdir()
    folders.logbook.write_bytes(content)
    status, out, err = cli(*argv)
    assert (status, out) == (1, "")
    assert str(folders.logbook) in err
    assert "trainer log restore brings back all that can be had again" in err
    assert folders.logbook.read_bytes() == content


def test_others_name_it_too(cli: Any, folders: Paths) -> None:
    """So do the list of people, the doctor, and what is logged by hand."""
    folders.data.mkdir()
    folders.logbook.write_bytes(b"")
    assert "trainer log restore brings back" in joined(cli("people")[1])
    assert "trainer log restore brings back" in joined(cli("doctor", "--quiet")[1])
    assert "trainer log restore brings back" in joined(cli("log", "add", "walk", "20")[2])


def test_another_file_is_not_the_logbook(cli: Any, folders: Paths, kept: list[Fact], tmp_path: Path) -> None:
    """An error about another file does not send anybody to restore the logbook."""
    (tmp_path / "x.sqlite").write_bytes(b"")
    assert "brings back" not in cli("log", "import", str(tmp_path / "x.sqlite"))[2]


def test_large_files_are_announced(cli: Any, folders: Paths, kept: list[Fact], monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes long is said on a terminal's standard error, and nowhere else."""
    monkeypatch.setattr("trainer.cli.trust._LARGE", 1)
    for argv in (["verify"], ["backup"], ["rebuild"], ["restore", "--yes"]):
        assert cli("log", *argv)[2] == ""
    monkeypatch.setattr("trainer.cli.streams.is_terminal", lambda _: True)
    for argv in (["verify"], ["backup"], ["rebuild"], ["restore", "--yes"]):
        assert "takes a while" in cli("log", *argv)[2]


@pytest.mark.parametrize("columns", [40, 80])
def test_narrow(cli: Any, folders: Paths, kept: list[Fact], monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    """All that is said fits the terminal."""
    monkeypatch.setenv("COLUMNS", str(columns))
    cli("log", "backup")
    spoil(folders.logbook, kept[1], kept[4])
    for argv in (["verify"], ["backup", "--list"], ["restore", "--yes"], ["verify"], ["restore", "--help"]):
        out = cli("log", *argv)[1]
        assert max(map(len, out.splitlines())) <= columns


def test_sizes_in_words() -> None:
    """Sizes are said with one digit behind the point."""
    from trainer.cli.trust import in_words

    found = [in_words(size) for size in (0, 999, 1000, 999_949, 999_950, 18_681_856, 2_500_000_000)]
    assert found == ["0 bytes", "999 bytes", "1.0 kB", "999.9 kB", "1.0 MB", "18.7 MB", "2.5 GB"]


def test_unknown_facts_do_not_stop_it(cli: Any, folders: Paths) -> None:
    """Sessions and ratings as they come prove themselves and are carried over."""
    with Logbook.open(folders.logbook, random=os.urandom) as logbook:
        for body in (SessionBegun("core", HOSTILE, "x", (), 1), PainRated("before", 3)):
            logbook.append(draft("s1", body, Stamp(NOW_MS, 0, ""), os.urandom))
    facts = facts_in(folders.logbook)
    assert cli("log", "verify")[0] == 0
    assert cli("log", "restore", "--yes")[0] == 0
    assert facts_in(folders.logbook) == facts
