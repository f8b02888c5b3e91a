"""`log export` and `log import`: whole, private, lossless, and told in plain words."""

from __future__ import annotations

import errno
import io
import json
import os
import random
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sessions import Fact, Logbook, Note, PainRated, Stamp, Withdrawal, draft
from sessions.exchange.jsonl import lines
from sessions.facts import store
from sessions.safety.backups import backups
from tests.benchmarks.years import Years
from tests.cli.conftest import Cli
from trainer.cli import importing, incoming, streams
from trainer.paths import Paths

REPO = Path(__file__).parents[2]
posix = pytest.mark.skipif(os.name != "posix", reason="links, pipes and rights as POSIX has them")
NOON_MS = 1_772_366_400_000  # 2026-03-01 12:00 UTC
NOON = Stamp(NOON_MS, 60, "Europe/Berlin")
MAPPING = REPO / "docs/mappings/toggl.toml"
TOGGL = """\
Project,Description,Start date,Start time,Duration
Moving,Swimming,2026-02-01,10:00:00,0:30:00
Work,Mail,2026-02-01,11:00:00,0:30:00
Moving,Gym,2026-02-03,18:00:00,1:00:00
"""


@pytest.fixture(scope="module")
def years() -> list[Fact]:
    """Some two hundred sessions of ten years up to March 2026."""
    return list(Years(200).facts())


@pytest.fixture(scope="module")
def stored(years: list[Fact], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A logbook of them."""
    path = tmp_path_factory.mktemp("stored") / "logbook.sqlite"
    with Logbook.open(path, random=os.urandom) as logbook:
        logbook.take_in(years)
    return path


@pytest.fixture
def full(stored: Path, folders: Paths) -> Path:
    """The person's logbook, full of them."""
    folders.data.mkdir(mode=0o700)
    return Path(shutil.copyfile(stored, folders.logbook))


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trainer.cli.make.stamp", lambda: NOON)
    monkeypatch.setattr(importing, "stamp", lambda: NOON)


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Something on standard input."""

    def pipe(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    return pipe


def opened(folder: Path) -> Logbook:
    found = Logbook.open_existing(folder / "logbook.sqlite")
    assert found is not None
    return found


def contents(folder: Path) -> list[Fact]:
    with opened(folder) as logbook:
        return sorted(logbook.facts(), key=lambda fact: fact.sha256)


def amounts(folder: Path) -> list[Any]:
    """All that a logbook shows: every session in full, days, weeks, names and sums."""
    with opened(folder) as logbook:
        found: list[Any] = [logbook.session(id) for id in logbook.session_ids()]
        found += [*logbook.days("2000-01-01", "2100-01-01"), *logbook.week_pain("2000-W01", "2100-W01")]
        found += [logbook.week_exercise(id, "2000-W01", "2100-W01") for id in logbook.exercises()]
        return [*found, logbook.count(), sorted(logbook.names(), key=repr)]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# --- JSON Lines ----------------------------------------------------------------------------------


def test_an_export_makes_the_same_logbook_elsewhere(
    cli: Cli, full: Path, folders: Paths, tmp_path: Path, years: list[Fact]
) -> None:
    """Out and into an empty logbook: the same facts, the same of everything that is shown. Twice changes nothing."""
    file = tmp_path / "out.jsonl"
    status, out, err = cli("log", "export", str(file))
    assert (status, err) == (0, "")
    with opened(folders.data) as logbook:
        span = logbook.span()
    assert out.startswith(
        f"Written: {file}\nJSON Lines of 200 sessions, {span.since} to {span.until}.\nIt holds health data"
    )
    other = tmp_path / "other"
    status, out, _ = cli("--data-dir", str(other), "log", "import", str(file))
    assert (status, out) == (
        0,
        f"Took in {len(years):,} facts of 200 sessions.\nThe logbook counts 200 sessions now.\n",
    )
    assert contents(other) == contents(folders.data) == sorted(years, key=lambda fact: fact.sha256)
    assert amounts(other) == amounts(folders.data)
    before = (other / "logbook.sqlite").read_bytes()
    assert cli("--data-dir", str(other), "log", "import", str(file)) == (0, "Nothing new.\n", "")
    assert (other / "logbook.sqlite").read_bytes() == before


def test_shuffled_and_doubled_it_is_the_same(cli: Cli, full: Path, folders: Paths, tmp_path: Path, piped: Any) -> None:
    """Any order of its lines, each twice, from a pipe."""
    status, out, _ = cli("log", "export")
    assert status == 0
    there = out.encode().splitlines(keepends=True) * 2
    random.Random(3).shuffle(there)
    piped(b"".join(there))
    assert cli("--data-dir", str(tmp_path / "other"), "log", "import", "-")[0] == 0
    assert amounts(tmp_path / "other") == amounts(folders.data)


def test_two_machines_merged_both_ways_and_twice_show_the_same(cli: Cli, tmp_path: Path, years: list[Fact]) -> None:
    """Each exports, each takes in the other's, again and again: they show the same session for session."""
    for device, name in (("d0d0d0d0d0d0d0d0", "desk"), ("1a91091a91091a91", "lap")):
        (tmp_path / f"{name}.jsonl").write_bytes(b"".join(lines(fact for fact in years if fact.device == device)))
        assert cli("--data-dir", str(tmp_path / name), "log", "import", str(tmp_path / f"{name}.jsonl"))[0] == 0
    assert amounts(tmp_path / "desk") != amounts(tmp_path / "lap")
    for turn in range(2):
        for here, there in (("desk", "lap"), ("lap", "desk")):
            file = str(tmp_path / f"{here}-{turn}.jsonl")
            assert cli("--data-dir", str(tmp_path / here), "log", "export", file)[0] == 0
            status, out, err = cli("--data-dir", str(tmp_path / there), "log", "import", file)
            assert (status, err) == (0, "")
    assert out == "Nothing new.\n"
    assert amounts(tmp_path / "desk") == amounts(tmp_path / "lap")
    assert contents(tmp_path / "desk") == sorted(years, key=lambda fact: fact.sha256)


def test_a_period_holds_whole_sessions(cli: Cli, full: Path, folders: Paths) -> None:
    """What belongs to a session goes with it: a rating of the morning after, a correction, a withdrawal."""
    with opened(folders.data) as logbook:
        late = Stamp(NOON_MS + 10**10, 60, "")
        inside = next(iter(logbook.session_ids("2025-01-01", "2025-12-31")))
        logbook.append(draft(inside, Note("much later"), late, os.urandom))
        logbook.append(draft(inside, Withdrawal(inside), late, os.urandom))
        expected = {fact.sha256 for id in logbook.session_ids("2025-01-01", "2025-12-31") for fact in logbook.facts(id)}
        days = {id: detail.row.day for id in logbook.session_ids() if (detail := logbook.session(id))}
    _, out, err = cli("log", "export", "--since", "2025-01-01", "--until", "2025-12-31")
    found = [json.loads(line) for line in out.splitlines()]
    assert {fact["sha256"] for fact in found} == expected
    assert {days[fact["session"]][:4] for fact in found} == {"2025"}
    assert sum(fact["session"] == inside for fact in found) > 2
    assert err.startswith("Written: JSON Lines of ")


# --- tables --------------------------------------------------------------------------------------


def test_a_table_makes_the_same_sessions_elsewhere(
    cli: Cli, full: Path, folders: Paths, tmp_path: Path, piped: Any
) -> None:
    """Into the logbook that it came from it brings nothing; into an empty one the same sessions, as its page says."""
    file = tmp_path / "out.csv"
    assert cli("log", "export", str(file))[0] == 0
    assert cli("log", "import", str(file)) == (0, "Nothing new.\n", "")
    piped(file.read_bytes())
    assert cli("--data-dir", str(tmp_path / "other"), "log", "import", "-")[0] == 0
    assert amounts(tmp_path / "other") == amounts(folders.data)
    assert cli("--data-dir", str(tmp_path / "other"), "log", "import", str(file))[1] == "Nothing new.\n"


def test_a_changed_cell_is_kept_beside_and_told(cli: Cli, full: Path, folders: Paths, tmp_path: Path) -> None:
    """Another word under the same id: both are kept, it is said with the id, and the status is 0."""
    file = tmp_path / "out.csv"
    cli("log", "export", str(file))
    text = file.read_text("utf-8-sig")
    first = next(line for line in text.splitlines() if line.startswith("pain_rated") and ",before,6," in line)
    changed = tmp_path / "changed.csv"
    changed.write_text(text.splitlines()[0] + "\n" + first.replace(",before,6,", ",before,1,") + "\n", "utf-8")
    id = next(cell for cell in first.split(",")[::-1] if len(cell) == 36)
    before = contents(folders.data)
    status, out, _ = cli("log", "import", str(changed), "--dry-run")
    assert status == 0
    assert f"- {id}" in out
    status, out, err = cli("log", "import", str(changed))
    assert (status, err) == (0, "")
    assert "Took in 1 fact of 1 session." in out
    assert "Under 1 id stand facts that say different things. Both are kept" in out
    assert f"- {id}\n" in out
    assert len(contents(folders.data)) == len(before) + 1
    assert cli("log", "import", str(changed))[1] == "Nothing new.\n"


def test_faults_of_a_table_are_all_told_and_nothing_is_taken(cli: Cli, full: Path, tmp_path: Path) -> None:
    """Each with its line and column. With --skip-bad the rest comes in, and what was left out is said."""
    file = tmp_path / "out.csv"
    cli("log", "export", str(file))
    rows = file.read_text("utf-8-sig").splitlines()
    good = [row for row in rows if row.startswith("pain_rated,2016") and ",before,6," in row][:2]
    bad = [good[0].replace(",before,6,", ",before,11,"), good[1].replace("pain_rated", "pain", 1)]
    file.write_text("\n".join([rows[0], *bad, good[0]]) + "\n", "utf-8")
    other = tmp_path / "other"
    status, out, err = cli("--data-dir", str(other), "log", "import", str(file))
    assert (status, out) == (2, "")
    assert f"trainer: {file}:2: pain_nrs: found '11'; allowed:" in err
    assert f"trainer: {file}:3: " in err
    assert err.endswith("Nothing was taken in. --skip-bad leaves out what is wrong and takes the rest.\n")
    assert not other.exists()
    status, out, err = cli("--data-dir", str(other), "log", "import", str(file), "--skip-bad")
    assert status == 0
    assert out.startswith("Took in 1 fact of 1 session.")
    assert err.endswith("3 faults; the rows that they stand in were left out.\n")


def test_a_table_of_another_program(cli: Cli, tmp_path: Path) -> None:
    """It takes a mapping, without which it is told how; what the mapping leaves out is said."""
    file = tmp_path / "toggl.csv"
    file.write_text(TOGGL)
    status, _, err = cli("log", "import", str(file))
    assert status == 2
    assert "another program's CSV with --mapping" in err
    assert "docs/tables.md" in err
    status, out, err = cli("log", "import", str(file), "--mapping", str(MAPPING))
    assert (status, err) == (0, "")
    assert out == (
        "Took in 2 facts of 2 sessions.\nThe logbook counts 2 sessions now.\n1 row passed over, as the mapping says.\n"
    )
    assert cli("log", "import", str(file), "--mapping", str(MAPPING))[1].startswith("Nothing new.\n")
    file.write_text(TOGGL.replace("Gym", "Chess"))
    status, out, err = cli("log", "import", str(file), "--mapping", str(MAPPING))
    assert (status, out) == (2, "")
    assert f"trainer: {file}:4: column 'Description': found 'Chess'" in err


def test_a_mapping_that_is_wrong_is_told(cli: Cli, tmp_path: Path) -> None:
    """With its own file and place; where the file is no table of another program, likewise."""
    file, mapping = tmp_path / "t.csv", tmp_path / "m.toml"
    file.write_text(TOGGL)
    mapping.write_text('name = "x"\n')
    status, _, err = cli("log", "import", str(file), "--mapping", str(mapping))
    assert status == 2
    assert f"{mapping}" in err
    file.write_text('{"id": 1}\n')
    status, _, err = cli("log", "import", str(file), "--mapping", str(MAPPING))
    assert (status, err) == (
        2,
        f"trainer: log import: {file} holds JSON Lines; --mapping is for another program's table\n",
    )


# --- what is wrong with a file -------------------------------------------------------------------


def test_bad_lines_are_told_and_the_rest_is_taken(cli: Cli, tmp_path: Path, years: list[Fact]) -> None:
    """Facts prove themselves one by one: what is torn or changed is named with its line, and the status is 1."""
    file = tmp_path / "x.jsonl"
    there = list(lines(years[:4]))
    file.write_bytes(there[0] + b'{"torn": \n' + there[1] + there[2].replace(b"utc_ms", b"UTC_MS") + there[3][:50])
    argv = ("--data-dir", str(tmp_path / "other"), "log", "import", str(file))
    status, out, err = cli(*argv)
    assert (status, out.splitlines()[0]) == (1, "Took in 2 facts of 1 session.")
    assert [line.split(": ")[1] for line in err.splitlines()[:-1]] == [f"{file}:{line}" for line in (2, 4, 5)]
    assert err.splitlines()[-1] == "3 lines left out."
    assert cli(*argv)[0] == 1
    status, out, _ = cli(*argv, "--skip-bad")
    assert (status, out) == (0, "Nothing new.\n")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "found nothing; allowed: an export of a logbook"),
        (b"\xef\xbb\xbf \n\n", "found nothing; allowed: an export of a logbook"),
        (b"\x00\x01\x02" * 1000, "found bytes that are no text"),
        (b"just some words\n", "found 'just some words' at its beginning"),
        (b"\x1b[31mred\n", "found '\N{REPLACEMENT CHARACTER}[31mred' at its beginning"),
        (b"a,b\n1,2\n", "--mapping TOML names a file"),
        (b'{"resourceType": "Bundle"}\n', "is FHIR, which is for handing on"),
        (b'[{"a": 1}]', "found JSON of another form"),
        (b'{\n"a": 1\n}\n', "found JSON of another form"),
        (b'{"a": 1}\n', ":1: found '{\"a\": 1}'; allowed: one fact as a JSON object"),
        (b"SQLite format 3\0" + b"\0" * 100, "trainer log restore FILE"),
        (b"kind,at_local\nn\xe4h,\n", "2: found the byte 0xe4; allowed: text in UTF-8"),
        (b"kind,day\n", "no column at_local"),
        ("kind,at_local\r\nnote,x".encode("utf-16")[:-1], "found UTF-16 that is torn"),
    ],
)
def test_a_file_that_is_none_is_told(cli: Cli, data: bytes, told: str, tmp_path: Path, piped: Any) -> None:
    """What was found and what is allowed, status 2, from a file and from a pipe alike; no logbook is begun for it."""
    file = tmp_path / "x"
    file.write_bytes(data)
    for argument in (str(file), "-"):
        piped(data)
        status, out, err = cli("log", "import", argument)
        assert (status, out) == (2, "")
        assert told in err
        assert all(line.isprintable() for line in err.splitlines())
        assert ("standard input" if argument == "-" else str(file)) in err
    assert not (tmp_path / "data").exists()


def test_what_is_no_file_is_told(cli: Cli, tmp_path: Path) -> None:
    """A folder, nothing at all, a device."""
    assert "found a folder" in cli("log", "import", str(tmp_path))[2]
    assert "no such file or directory" in cli("log", "import", str(tmp_path / "none"))[2]
    if os.name == "posix":
        assert "found a device" in cli("log", "import", "/dev/null")[2]


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="nothing is forbidden to this user")
def test_a_file_that_may_not_be_read_is_told(cli: Cli, tmp_path: Path) -> None:
    """The system's own word, status 2."""
    file = tmp_path / "x"
    file.write_text("{}")
    file.chmod(0)
    status, _, err = cli("log", "import", str(file))
    assert (status, err) == (2, f"trainer: log import: {file}: permission denied\n")


def test_a_disk_that_fails_while_it_is_read_is_told(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As bad input, and not as a fault of the logbook."""
    file = tmp_path / "x.jsonl"
    file.write_bytes(b"{}\n")

    def readline(self: Any, size: int = -1) -> bytes:
        with incoming.reading(self.name):
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(incoming.Source, "readline", readline)
    status, _, err = cli("log", "import", str(file))
    assert (status, err) == (2, f"trainer: log import: {file}: input/output error\n")


def test_a_line_without_end_takes_no_memory(
    cli: Cli, tmp_path: Path, years: list[Fact], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line of any length is passed over in pieces; what follows it is read. A table has an end."""
    file = tmp_path / "x.jsonl"
    sizes = []
    readline = incoming.Source.readline

    def counted(self: incoming.Source, size: int = -1) -> bytes:
        found = readline(self, size)
        sizes.append(len(found))
        return found

    monkeypatch.setattr(incoming.Source, "readline", counted)
    file.write_bytes(b"{" + b"x" * 5_000_000 + b"\n" + b"".join(lines(years[:1])))
    status, out, err = cli("log", "import", str(file))
    assert (status, out.splitlines()[0]) == (1, "Took in 1 fact of 1 session.")
    assert "1: found more than 1,000,000 bytes" in err
    assert max(sizes) <= 1_000_000
    monkeypatch.setattr(incoming, "MOST_TABLE_BYTES", 1_000)
    file.write_bytes(b"kind,at_local\n" + b"x" * 2_000)
    assert "found more than 1,000 bytes; allowed: 1,000 at most" in cli("log", "import", str(file))[2]


def test_utf_16_is_read(cli: Cli, full: Path, tmp_path: Path, folders: Paths) -> None:
    """As some shells write what is sent to a file, and spreadsheets their text with tabs."""
    out = cli("log", "export")[1]
    file = tmp_path / "x.jsonl"
    file.write_bytes(out.encode("utf-16"))
    assert cli("--data-dir", str(tmp_path / "other"), "log", "import", str(file))[0] == 0
    assert amounts(tmp_path / "other") == amounts(folders.data)
    file.write_bytes("kind\tat_local\tnote\r\nnote\t2026-02-01T10:00:00+01:00\tÜbung\r\n".encode("utf-16"))
    assert cli("log", "import", str(file))[1].startswith("Took in 1 fact of 1 session.")


@posix
def test_a_named_pipe_is_read(cli: Cli, tmp_path: Path, years: list[Fact]) -> None:
    """Once through is enough to go through it twice."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    code = "import sys; open(sys.argv[1], 'wb').write(sys.stdin.buffer.read())"
    writer = subprocess.Popen([sys.executable, "-c", code, str(pipe)], stdin=subprocess.PIPE)
    assert writer.stdin is not None
    writer.stdin.write(b"".join(lines(years[:20])))
    writer.stdin.close()
    status, out, _ = cli("log", "import", str(pipe))
    assert writer.wait() == 0
    assert (status, out.splitlines()[0].split(" of ")[0]) == (0, "Took in 20 facts")


# --- trying it out, and what goes before ---------------------------------------------------------


def test_trying_it_out_changes_nothing(cli: Cli, full: Path, folders: Paths, tmp_path: Path, years: list[Fact]) -> None:
    """What would come in is said: how much, of when, how it would look; the file stays as it is, to the byte."""
    file = tmp_path / "x.jsonl"
    new = [draft("s9", body, NOON, os.urandom) for body in (Note("new"), PainRated("before", 4))]
    file.write_bytes(b"".join(lines([*years[:7], *(store(one, "elsewhere", n) for n, one in enumerate(new, 1))])))
    before, rights = full.read_bytes(), full.stat()
    status, out, err = cli("log", "import", str(file), "--dry-run")
    assert (status, err) == (0, "")
    assert out == (
        "New: 2 facts of 1 session, 2026-03-01 to 2026-03-01, with 1 pain rating.\nKnown already: 7 facts.\n"
        "As it would be then:\n"
        "- 2026-03-01 13:00 (its beginning is not in this logbook): 5 s, 0 of 0 done, not\n"
        "  ended, pain 4 → ?\nNothing was changed.\n"
    )
    assert full.read_bytes() == before
    assert full.stat().st_mtime_ns == rights.st_mtime_ns
    assert sorted(path.name for path in folders.data.iterdir()) == ["logbook.sqlite"]
    empty = tmp_path / "empty"
    status, out, _ = cli("--data-dir", str(empty), "log", "import", str(file), "--dry-run")
    assert out.startswith("New: 9 facts of 2 sessions, 2016-03-")
    assert not empty.exists()


def test_a_backup_goes_before_much(
    cli: Cli, full: Path, folders: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where much comes in, the logbook as it was is kept first, and said; not for little, and not for nothing."""
    monkeypatch.setattr(importing, "LARGE", 20)
    file = tmp_path / "x.jsonl"
    notes = [store(draft("s9", Note(str(n)), NOON, os.urandom), "elsewhere", n) for n in range(1, 40)]
    for some, made in ((notes[:19], 0), (notes, 1), (notes, 1)):
        file.write_bytes(b"".join(lines(some)))
        before = len(contents(folders.data))
        status, out, _ = cli("log", "import", str(file))
        assert status == 0
        assert len(backups(folders.backups)) == made
        assert ("Made a backup first: " in out) == (made and len(contents(folders.data)) > before)
    with Logbook.open(backups(folders.backups)[0].path, random=os.urandom) as kept:
        assert len(list(kept.facts())) == len(contents(folders.data)) - 20
    assert cli("--data-dir", str(tmp_path / "new"), "log", "import", str(file))[0] == 0
    assert not (tmp_path / "new" / "backups").exists()


def test_facts_of_our_own_that_we_do_not_know(cli: Cli, full: Path, folders: Paths, tmp_path: Path) -> None:
    """Then this logbook is a copy of another that went on: from now on it is a device of its own, and says so."""
    with opened(folders.data) as logbook:
        device = logbook.device
    file = tmp_path / "x.jsonl"
    file.write_bytes(b"".join(lines([store(draft("s9", Note("elsewhere"), NOON, os.urandom), device, 1)])))
    status, out, _ = cli("log", "import", str(file))
    assert status == 0
    assert "goes on as a device of its own" in " ".join(out.split())
    with opened(folders.data) as logbook:
        assert logbook.device != device


def test_what_could_not_be_saved_comes_in(cli: Cli, tmp_path: Path, folders: Paths) -> None:
    """The file that is left behind where a disk took nothing."""
    from trainer.journal import Journal

    journal = Journal(None, stamp=lambda: NOON, random=os.urandom)
    journal.write("s1", Note("kept"))
    journal.write("s1", PainRated("before", 3))
    path = journal.rescue(tmp_path)
    status, out, err = cli("log", "import", str(path))
    assert (status, err) == (0, "")
    assert out.startswith("Took in 2 facts of 1 session that had not been saved.\n")
    assert cli("log", "import", str(path))[1] == "Nothing new.\n"


def test_people_are_kept_apart(cli: Cli, full: Path, folders: Paths, tmp_path: Path) -> None:
    """With --person their logbook is written and read, and nobody else's."""
    assert cli("people", "add", "Anna")[0] == 0
    assert cli("--person", "Anna", "log", "export")[:2] == (1, "")
    before = contents(folders.data)
    file = tmp_path / "toggl.csv"
    file.write_text(TOGGL)
    assert cli("--person", "Anna", "log", "import", str(file), "--mapping", str(MAPPING))[0] == 0
    assert contents(folders.data) == before
    out = cli("--person", "Anna", "log", "export")[1]
    assert len(out.splitlines()) == 2
    assert "Exercise log of Anna, " in cli("--person", "Anna", "log", "export", "--as", "report")[1]
    fhir = json.loads(cli("--person", "anna", "log", "export", "--as", "fhir")[1])
    assert "entry" not in fhir  # she rated nothing
    fhir = json.loads(cli("log", "export", "--as", "fhir")[1])
    assert fhir["entry"][0]["resource"]["subject"]["display"] == "The person who keeps this logbook"


# --- files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "options", "begins"),
    [
        ("x.jsonl", (), b'{"id":'),
        ("x.csv", (), b"\xef\xbb\xbfkind,"),
        ("x.CSV", (), b"\xef\xbb\xbfkind,"),
        ("x.md", (), b"# Exercise log"),
        ("x.html", (), b"<!doctype html>"),
        ("x.json", (), b'{\n"resourceType": "Bundle"'),
        ("x", ("--as", "csv"), b"\xef\xbb\xbfkind,"),
        ("x.txt", ("--html",), b"<!doctype html>"),
        ("x.htm", ("--as", "report"), b"<!doctype html>"),
        ("x.html", ("--as", "csv"), b"\xef\xbb\xbfkind,"),
        ("-", (), b'{"id":'),
        ("-", ("--as", "report", "--html"), b"<!doctype html>"),
    ],
)
def test_which_form_is_written(
    cli: Cli,
    full: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    options: tuple[str, ...],
    begins: bytes,
) -> None:
    """As it is asked for, else by the file's name, else JSON Lines; for the person alone, whatever the umask."""
    monkeypatch.chdir(tmp_path)
    old = os.umask(0)
    try:
        status, out, err = cli("log", "export", name, *options, "--since", "2025-06-01")
    finally:
        os.umask(old)
    assert status == 0
    data = out.encode() if name == "-" else Path(name).read_bytes()
    assert data.startswith(begins)
    assert "2025-" in (err if name == "-" else out)
    if name != "-" and os.name == "posix":
        assert mode(Path(name)) == 0o600
        assert "only you can read it" in out


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("x.pdf",), "found the name 'x.pdf'; allowed: one that ends in .jsonl"),
        (("x",), "allowed: one that ends in .jsonl"),
        (("--as", "pdf"), "--as: found 'pdf'; allowed: jsonl, csv, report, html, fhir"),
        (("--as", "csv", "--html"), "--html: the report as a page"),
        (("--since", "soon"), "--since: found 'soon'"),
        (("--since", "2026-02-02", "--until", "2026-02-01"), "--until: found 2026-02-01; allowed: 2026-02-02"),
    ],
)
def test_what_cannot_be_meant_is_told(cli: Cli, full: Path, argv: tuple[str, ...], told: str) -> None:
    """What was found and what is allowed, status 2, and nothing is written."""
    status, out, err = cli("log", "export", *argv)
    assert (status, out) == (2, "")
    assert told in err


def test_nothing_to_write_writes_nothing(cli: Cli, full: Path, tmp_path: Path) -> None:
    """No logbook, or no session in the period: said, status 1, and no file that might be taken for a whole one."""
    file = tmp_path / "x.csv"
    status, _, err = cli("--data-dir", str(tmp_path / "none"), "log", "export", str(file))
    assert (status, err) == (1, "trainer: log export: there are no sessions yet, so nothing was written\n")
    status, _, err = cli("log", "export", str(file), "--since", "2026-02-25")
    assert (status, err) == (1, "trainer: log export: there is no session from 2026-02-25, so nothing was written\n")
    assert not file.exists()


def test_a_file_that_is_there_stays(cli: Cli, full: Path, tmp_path: Path) -> None:
    """Unless it is said that it may go."""
    file = tmp_path / "x.csv"
    file.write_text("mine")
    status, out, err = cli("log", "export", str(file))
    assert (status, out) == (2, "")
    assert err.endswith("--force puts the new one in its place.\n")
    assert file.read_text() == "mine"
    assert cli("log", "export", str(file), "--force")[0] == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbfkind")


@posix
def test_nothing_is_written_through_a_link_or_into_a_device(cli: Cli, full: Path, tmp_path: Path) -> None:
    """A link, a device and a folder are refused, with --force too."""
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    target.write_text("mine")
    link.symlink_to(target)
    for file, told in ((link, "is a link"), (Path("/dev/full"), "no ordinary file"), (tmp_path, "is a folder")):
        status, _, err = cli("log", "export", str(file), "--as", "csv", "--force")
        assert (status, told in err) == (2, True)
    assert target.read_text() == "mine"


@posix
def test_a_disk_that_is_full(cli: Cli, full: Path, folders: Paths) -> None:
    """Standard output that takes nothing: told in a line, status 1, no traceback."""
    with open("/dev/full", "wb") as nowhere:
        done = subprocess.run(
            [sys.executable, "-m", "trainer", "--data-dir", str(folders.data), "log", "export"],
            stdout=nowhere,
            stderr=subprocess.PIPE,
            cwd=REPO,
            text=True,
            timeout=60,
        )
    assert (done.returncode, done.stderr) == (1, "trainer: No space left on device\n")


def test_a_fault_on_the_way_leaves_no_file(
    cli: Cli, full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whole or not at all."""
    from sessions.errors import LogbookBusy

    def facts(self: Logbook, session: str | None = None) -> Any:
        yield from []
        raise LogbookBusy("Another program holds the logbook.")

    monkeypatch.setattr(Logbook, "facts", facts)
    folder = tmp_path / "to"
    folder.mkdir()
    status, _, err = cli("log", "export", str(folder / "x.jsonl"))
    assert (status, err) == (1, "trainer: Another program holds the logbook.\n")
    assert list(folder.iterdir()) == []


def test_a_terminal_is_not_steered(cli: Cli, folders: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a note holds is cleaned where a person reads it, and kept to the byte where a program does."""
    with Logbook.open(folders.logbook, random=os.urandom) as logbook:
        logbook.append(draft("s1", Note("\u202e\x9b31m"), NOON, os.urandom))
    assert "\u202e" in cli("log", "export", "--as", "csv")[1]
    monkeypatch.setattr(streams, "is_terminal", lambda _: True)
    for form in ("jsonl", "csv", "fhir", "report", "html"):
        out = cli("log", "export", "--as", form)[1]
        assert "\u202e" not in out
        assert "\x9b" not in out


# --- the report ----------------------------------------------------------------------------------


def test_the_report_is_of_the_last_twelve_weeks(cli: Cli, full: Path) -> None:
    """Unless a period is named, in whole weeks up to today."""
    status, out, err = cli("log", "export", "--as", "report")
    assert (status, err.split(",")[0]) == (0, "Written: a report of 5 sessions")
    assert out.startswith("# Exercise log, 2025-12-08 to 2026-03-01\n\n12 weeks, Monday to Sunday: 5 sessions on ")
    assert "## What was done" in out
    assert "no diagnosis" in out


def test_the_report_of_a_period(cli: Cli, full: Path) -> None:
    """A decade is one page, and so is a week; before the first session there is nothing."""
    out = cli("log", "export", "--as", "report", "--since", "2010-01-01")[1]
    assert out.startswith("# Exercise log, 2016-02-29 to 2026-03-01\n\n522 weeks, Monday to Sunday: 200 sessions")
    assert len(out.splitlines()) < 80
    assert "more in the logbook" in out
    out = cli("log", "export", "--as", "report", "--since", "2026-01-13", "--until", "2026-01-14")[1]
    assert out.startswith("# Exercise log, 2026-01-12 to 2026-01-18\n\n1 week, Monday to Sunday: ")
    status, _, err = cli("log", "export", "--as", "report", "--since", "2026-02-24")
    assert (status, err) == (
        1,
        "trainer: log export: there is no session from 2026-02-23 up to 2026-03-01, so nothing was written\n",
    )


def test_the_highest_ratings_are_the_highest(cli: Cli, full: Path, folders: Paths) -> None:
    """With their days, the latest first where they are alike."""
    with opened(folders.data) as logbook:
        found = [
            (rating.nrs, rating.utc_ms, detail.row.day)
            for id in logbook.session_ids("2017-01-02", "2019-12-29")
            if (detail := logbook.session(id))
            for rating in detail.ratings
        ]
    expected = [f"- {day}: {nrs} of 10, " for nrs, _, day in sorted(found, reverse=True)[:4]]
    out = cli("log", "export", "--as", "report", "--since", "2017-01-02", "--until", "2019-12-29")[1]
    lines = out.split("## Highest ratings\n\n")[1].splitlines()[:4]
    assert [line[: len(start)] for line, start in zip(lines, expected, strict=True)] == expected


def test_names_and_notes_are_no_markup(cli: Cli, folders: Paths) -> None:
    """What was typed shows as it was typed, in both forms."""
    with Logbook.open(folders.logbook, random=os.urandom) as logbook:
        for text in ("<script>alert(1)</script>", "[L] a [/b] c [/]", "](javascript:x) |", "two\nlines \u202e"):
            logbook.append(draft("s1", Note(text), NOON, os.urandom))
    page = cli("log", "export", "--as", "report", "--html")[1]
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "[L] a [/b] c [/]" in page
    out = cli("log", "export", "--as", "report")[1]
    assert "\\<script\\>" in out
    assert "\\]\\(javascript" in out or "\\](javascript" in out
    assert "two lines \N{REPLACEMENT CHARACTER}" in out
