"""Every fact that still proves itself is found, whatever became of the file around it."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from sessions import Fact, Logbook, LogbookUnreadable, Note
from sessions.facts import digest, store
from sessions.safety import carving, salvage
from sessions.safety.salvage import Salvaged, missing

posix = pytest.mark.skipif(os.name != "posix", reason="signals and pipes are POSIX's")
DATA = Path(__file__).parent / "data"
STORED = sorted(DATA.glob("v*.sqlite"))
PAGE = 4096
HEADER = b"SQLite format 3\0"


@pytest.fixture
def path(tmp_path: Path, history: tuple[bytes, list[Fact]]) -> Path:
    path = tmp_path / "logbook.sqlite"
    path.write_bytes(history[0])
    return path


def of(content: bytes, folder: Path) -> Salvaged:
    """What is salvaged of a file with this content."""
    path = folder / "damaged.sqlite"
    path.write_bytes(content)
    return salvage.salvage(path)


def carved(path: Path) -> list[Fact]:
    """What is seen in the bytes alone."""
    with carving.Content(path) as content:
        return list(carving.carve(content, carving.Remains(set())))


def ordered(facts: Sequence[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda fact: (fact.device, fact.seq, fact.sha256))


def pages(content: bytes, size: int = PAGE) -> list[bytes]:
    return [content[at : at + size] for at in range(0, len(content), size)]


def test_sound(path: Path, history: tuple[bytes, list[Fact]], state: Callable[[Path], Any]) -> None:
    """Of a sound file every fact is found once, nothing is missing, and the file is not touched."""
    before = state(path.parent)
    found = salvage.salvage(path)
    assert found == Salvaged(history[1], 0, {}, ())
    assert found.whole
    assert state(path.parent) == before


@pytest.mark.parametrize("stored", STORED, ids=lambda one: one.stem)
def test_each_way_alone(stored: Path) -> None:
    """Of a file of any form, each of the two ways finds every fact without the other."""
    with closing(sqlite3.connect(f"file:{stored}?mode=ro&immutable=1", uri=True)) as connection:
        facts = [Fact(*row) for row in connection.execute("SELECT * FROM fact")]
    assert len(facts) > 5
    assert ordered(carved(stored)) == ordered(facts)
    by_sql = list(salvage._by_sql(stored, "ro&immutable=1", stored.stat().st_size))
    assert ordered(list({fact.sha256: fact for fact in by_sql}.values())) == ordered(facts)


def test_sql_steps_over(path: Path, history: tuple[bytes, list[Fact]]) -> None:
    """What SQLite cannot read it steps over, and gives what is before and behind it."""
    content = bytearray(history[0])
    for note in (b"Note 3,", b"Note 8,"):
        page = content.index(note) // PAGE * PAGE
        content[page : page + PAGE] = bytes(PAGE)
    path.write_bytes(bytes(content))
    found = set(salvage._by_sql(path, "ro&immutable=1", len(content)))
    between = next(fact for fact in history[1] if "Note 5," in fact.body)
    assert {history[1][0], between, history[1][-1]} < found
    assert len(history[1]) - 40 < len(found) < len(history[1])


@pytest.mark.parametrize("size", [512, 1_024, 2_048, 4_096, 8_192, 16_384, 32_768, 65_536])
def test_page_sizes(path: Path, size: int, history: tuple[bytes, list[Fact]]) -> None:
    """The length of the file's pages does not matter, whether its header names it, lost it or names another."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA page_size = {size}")
        connection.execute("VACUUM")
    assert ordered(carved(path)) == history[1]
    content = path.read_bytes()
    assert len(content) % size == 0
    for beginning in (bytes(100), HEADER + b"\0\0", HEADER + b"\x10\0"):
        path.write_bytes(beginning + content[len(beginning) :])
        assert ordered(carved(path)) == history[1]


@pytest.mark.parametrize("way", ["zeroed", "cut off", "reversed", "every header", "every other"])
def test_pages_lost(tmp_path: Path, history: tuple[bytes, list[Fact]], way: str) -> None:
    """What stands on the pages that are left is found, in whatever order they are."""
    content, facts = history
    short = [fact for fact in facts if len(fact.body) < 4_000]
    spoilt = {
        "zeroed": bytes(PAGE) + content[PAGE:],
        "cut off": content[PAGE:],
        "reversed": b"".join(pages(content)[::-1]),
        "every header": b"".join(bytes(8) + page[8:] for page in pages(content)),
        "every other": b"".join(page if number % 2 else bytes(PAGE) for number, page in enumerate(pages(content))),
    }[way]
    found = of(spoilt, tmp_path)
    if way in ("zeroed", "cut off"):
        assert found.facts == facts
        assert found.whole
    elif way == "every other":
        assert {fact for fact in short if row_of(fact, content) in spoilt} <= set(found.facts) <= set(facts)
        assert 20 < len(found.facts) < len(short)
        assert not found.whole
    else:
        # The rest of a long row is where its pages are, and the first bytes of those are part of it.
        assert (found.facts, found.unproven) == (short, 1)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("end", [False, True])
def test_cut_short(tmp_path: Path, history: tuple[bytes, list[Fact]], share: float, end: bool) -> None:
    """Of a file of which a part is missing, what stands in the rest is found, at any place where it was cut."""
    content, facts = history
    at = int(len(content) * share)
    rest = content[at:] if end else content[:at]
    found = of(rest, tmp_path)
    short = [fact for fact in facts if len(fact.body) < 4_000]
    assert {fact for fact in short if row_of(fact, content) in rest} <= set(found.facts) <= set(facts)


def row_of(fact: Fact, content: bytes) -> bytes:
    """The bytes of a row that is on one page: a header of at most eighteen bytes, and its columns."""
    start = content.index(f"{fact.id}{fact.device}".encode())
    return content[start - 18 : content.index(fact.sha256.encode(), start) + 64]


@pytest.mark.parametrize("shift", [1, 100, 511, 512, 4_095])
def test_shifted(tmp_path: Path, history: tuple[bytes, list[Fact]], shift: int) -> None:
    """Rows are found wherever they begin."""
    found = of(b"\0" * shift + history[0], tmp_path)
    assert found.facts == [fact for fact in history[1] if len(fact.body) < 4_000]
    assert found.unproven == 1


def test_deleted_rows(path: Path, history: tuple[bytes, list[Fact]]) -> None:
    """Facts that something deleted are found for as long as nothing is written over them."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = 0")
        connection.execute("DROP TRIGGER fact_is_never_deleted")
        connection.execute("DELETE FROM fact")
        assert connection.execute("SELECT count(*) FROM fact").fetchone() == (0,)
    found = salvage.salvage(path)
    assert len(found.facts) > 150
    assert set(found.facts) <= set(history[1])


def test_brought_to_a_new_form(tmp_path: Path, pen: Any) -> None:
    """Facts that a change of form left behind twice are found once."""
    path = Path(shutil.copyfile(STORED[0], tmp_path / "logbook.sqlite"))
    with Logbook.open(path, random=pen.random) as logbook:
        facts = list(logbook.facts())
    assert salvage.salvage(path) == Salvaged(facts, 0, {}, ())


def test_changed(path: Path, history: tuple[bytes, list[Fact]]) -> None:
    """A fact that was changed is not among those found, and is counted; its number is told to be missing."""
    path.write_bytes(history[0].replace(b"Note 7", b"Note 8"))
    found = salvage.salvage(path)
    (changed,) = (fact for fact in history[1] if "Note 7" in fact.body)
    assert found.facts == [fact for fact in history[1] if fact != changed]
    assert (found.unproven, found.missing) == (1, {changed.device: [(changed.seq, changed.seq)]})
    assert not found.whole


def test_text_that_is_no_text(path: Path, history: tuple[bytes, list[Fact]], pen: Any) -> None:
    """A byte that is no text spoils its own fact only; a fact that really holds its sign proves itself."""
    with Logbook.open(path, random=pen.random) as logbook:
        marked = logbook.append(pen.draft(Note("what � stands for")))
    path.write_bytes(path.read_bytes().replace("Note 7, ü".encode(), b"Note 7, \xff\xff"))
    found = salvage.salvage(path)
    assert marked in found.facts
    assert (len(found.facts), found.unproven) == (len(history[1]), 1)


@posix
@pytest.mark.parametrize("lost", [0, PAGE * 3])
def test_journal(tmp_path: Path, hand: Callable[..., Any], state: Callable[[Path], Any], lost: int) -> None:
    """What a killed process left half written is put together in a copy, also where the file itself lost its head."""
    path = tmp_path / "logbook.sqlite"
    hand("append", path, "s1", 30).communicate()
    facts = carved(path)
    hand("die_at_commit", path).communicate()
    path.write_bytes(bytes(lost) + path.read_bytes()[lost:])
    before = state(tmp_path)
    found = salvage.salvage(path)
    assert set(facts) <= set(found.facts)
    assert not found.missing
    assert state(tmp_path) == before


def test_only_in_a_journal(path: Path, history: tuple[bytes, list[Fact]], tmp_path: Path) -> None:
    """Facts that a write which broke off had wiped out of the file already are found in its journal."""
    place = tmp_path / "copy"
    place.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("PRAGMA secure_delete = 1")
        connection.execute("DROP TRIGGER fact_is_never_deleted")
        connection.execute("BEGIN")
        connection.execute("DELETE FROM fact WHERE seq > 10")
        for suffix in ("", "-journal"):
            shutil.copy(f"{path}{suffix}", place)
        connection.execute("ROLLBACK")
    assert len(carved(place / path.name)) < 100
    assert salvage.salvage(place / path.name) == Salvaged(history[1], 0, {}, ())
    assert sorted(os.listdir(place)) == ["logbook.sqlite", "logbook.sqlite-journal"]


def test_write_ahead_log(path: Path, history: tuple[bytes, list[Fact]], tmp_path: Path) -> None:
    """Facts that only stand in a write-ahead log are found."""
    new = store(history[1][0].draft, "another device", 1)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"INSERT INTO fact VALUES ({', '.join('?' * 11)})", structs.astuple(new))
        place = tmp_path / "copy"
        place.mkdir()
        for suffix in ("", "-wal"):
            shutil.copy(f"{path}{suffix}", place)
    found = salvage.salvage(place / path.name)
    assert set(found.facts) == {*history[1], new}
    assert sorted(os.listdir(place)) == ["logbook.sqlite", "logbook.sqlite-wal"]


def test_journal_that_cannot_be_copied(
    path: Path, history: tuple[bytes, list[Fact]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no room to put a journal together, that is told, and what the file itself holds is found."""
    path.with_name("logbook.sqlite-journal").write_bytes(b"x" * 1_000)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "mkdir", full)
    found = salvage.salvage(path)
    assert found == Salvaged(history[1], 0, {}, ("logbook.sqlite-journal",))
    assert not found.whole


def test_disk_that_fails(path: Path, history: tuple[bytes, list[Fact]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk does not give part of the file, the rest is read, and how much was not is told."""
    real = carving.Content._try
    bad = history[0].index(b"Note 7") // PAGE * PAGE

    def fails(self: carving.Content, start: int, size: int) -> bytes | None:
        return None if start < bad + PAGE and bad < start + size else real(self, start, size)

    monkeypatch.setattr(carving.Content, "_try", fails)
    monkeypatch.setattr(salvage, "_by_sql", lambda *_: iter(()))
    found = salvage.salvage(path)
    assert found.unread == ("4,096 bytes that the disk does not give",)
    lost = set(history[1]) - set(found.facts)
    assert 0 < len(lost) < 12
    assert {seq for low, high in found.missing[history[1][0].device] for seq in range(low, high + 1)} == {
        fact.seq for fact in lost
    }


@pytest.mark.parametrize(
    ("numbers", "gaps"),
    [
        ({}, {}),
        ({"a": [1, 2, 3]}, {}),
        ({"a": [2]}, {"a": [(1, 1)]}),
        ({"a": [1, 5, 6, 9], "b": [1]}, {"a": [(2, 4), (7, 8)]}),
        ({"a": [3, 3, 1], "b": [2**62]}, {"a": [(2, 2)], "b": [(1, 2**62 - 1)]}),
    ],
)
def test_missing(numbers: dict[str, list[int]], gaps: dict[str, Any], history: tuple[bytes, list[Fact]]) -> None:
    """Which numbers of a device are missing is told as ranges."""
    facts = [structs.replace(history[1][0], device=device, seq=seq) for device, seqs in numbers.items() for seq in seqs]
    assert missing(facts) == gaps


@pytest.mark.parametrize("what", ["missing", "folder", pytest.param("pipe", marks=posix)])
def test_no_file(tmp_path: Path, what: str) -> None:
    """Where there is no file to read, that is said."""
    path = tmp_path / "logbook.sqlite"
    if what == "folder":
        path.mkdir()
    elif what == "pipe":
        os.mkfifo(path)
    with pytest.raises(LogbookUnreadable, match=r"logbook\.sqlite"):
        salvage.salvage(path)


def row(types: bytes, columns: bytes = b"") -> bytes:
    """A row with these types of columns."""
    return bytes([len(types) + 1]) + types + columns


LONG = b"\xff\xff\xff\x7f"
"""The type of a text of 128 MiB."""


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x81\x0d",
        HEADER,
        HEADER * 1_000,
        b"\x81\x0d" * 3_000,
        bytes(range(256)) * 100,
        # Lengths that no file holds, and chains of pages that lead into themselves.
        row(LONG * 2 + b"\x05\x05\x08" + LONG + b"\x09" + LONG * 3 + b"\x81\x0d") * 500,
        row(b"\x55\x2d\x01\x05\x08\x0d\x09\x11\x15\x86\x0d\x81\x0d", (1).to_bytes(4, "big") * 30_000),
        # Texts of less than nothing.
        row(b"\x80\x05" * 2 + b"\x01\x05\x08\x80\x05\x09" + b"\x80\x05" * 3 + b"\x81\x0d", b"0" * 200),
    ],
)
def test_made_to_mislead(tmp_path: Path, content: bytes) -> None:
    """No content raises anything, or is found to be a fact without being one."""
    assert of(content, tmp_path).facts == []
    assert of(HEADER + b"\x10\0" + content, tmp_path).facts == []


def test_made_to_take_long(tmp_path: Path) -> None:
    """A file in which every few bytes name nearly all of the rest is given up in time, and that is told."""
    types = b"\x55\x2d\x01\x05\x08\x0d\x09\x11\x15\x86\xff\x0d\x81\x0d"
    content = row(types, b"0123") * 40_000
    found = of(content, tmp_path)
    assert (found.facts, found.unread) == ([], ("part of a file that takes longer to read than any logbook",))


@pytest.mark.parametrize(
    "schema",
    [
        "CREATE VIEW fact AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT "
        + ", ".join(f"i AS {name}" for name in Fact.__struct_fields__)
        + " FROM n",
        "CREATE TABLE fact (id)",
        "CREATE TABLE fact (" + ", ".join(Fact.__struct_fields__) + ")",
    ],
    ids=["without end", "other columns", "other types"],
)
def test_other_tables(tmp_path: Path, schema: str) -> None:
    """A table called `fact` that is something else ends, and gives no fact."""
    path = tmp_path / "logbook.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(schema)
        if "n (i)" not in schema:
            width = 11 if "sha256" in schema else 1
            for value in (None, 1.5, b"x", 2**60, "x"):
                connection.execute(f"INSERT INTO fact VALUES ({', '.join('?' * width)})", (value,) * width)
        connection.commit()
    assert salvage.salvage(path).facts == []


@given(st.binary(max_size=3_000))
@settings(max_examples=60)
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """Any bytes are read without an error."""
    assert of(content, tmp_path_factory.getbasetemp()).facts == []


def test_any_damage(tmp_path: Path, history: tuple[bytes, list[Fact]]) -> None:
    """Whatever is changed, moved, doubled or lost, only real facts are found, and no error is raised."""
    content, facts = history
    chance = random.Random(5)
    for _ in range(40):
        parts = pages(content, chance.choice([512, 4_096, 1_000]))
        for _ in range(chance.randrange(1, 8)):
            one, other = chance.randrange(len(parts)), chance.randrange(len(parts))
            parts[one], parts[other] = chance.choice(
                [
                    (parts[other], parts[one]),
                    (b"", parts[other]),
                    (parts[one], parts[one]),
                    (chance.randbytes(len(parts[one])), parts[other]),
                    (parts[one] * 2, parts[other]),
                ]
            )
        found = of(b"".join(parts), tmp_path)
        assert set(found.facts) <= set(facts)
        assert len(found.facts) > 50


def test_every_fact_found_proves_itself(tmp_path: Path, history: tuple[bytes, list[Fact]]) -> None:
    """Facts are compared with their digest by what they say, not by what they were."""
    found = of(bytes(PAGE) + history[0][PAGE:], tmp_path)
    assert all(digest(fact) == fact.sha256 for fact in found.facts)
