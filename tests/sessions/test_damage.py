"""A damaged file never ends the program, no loss is silent, and what was not touched can be had again."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from sessions import DamagedLogbook, Fact, Logbook, LogbookError, NotALogbook, answers
from sessions.safety.backups import back_up, newest_good
from sessions.safety.restoring import restore
from sessions.safety.salvage import salvage

History = tuple[bytes, list[Fact]]
PARTS = 8
PLACES = 160
"""Places in each part, each damaged in one of the ways."""
CUTS = 60
"""Lengths in each part to which the file is cut."""
PAGE = 4096
NOW_MS = 1_795_284_545_000


def flip(content: bytearray, at: int) -> int:
    content[at] ^= 1 << at % 8
    return 1


def invert(content: bytearray, at: int) -> int:
    content[at] ^= 0xFF
    return 1


def zero(content: bytearray, at: int) -> int:
    length = min(64, len(content) - at)
    content[at : at + length] = bytes(length)
    return length


def zero_page(content: bytearray, at: int) -> int:
    content[at : at + PAGE - at % PAGE] = bytes(PAGE - at % PAGE)
    return PAGE - at % PAGE


def scramble(content: bytearray, at: int) -> int:
    length = min(16, len(content) - at)
    content[at : at + length] = random.Random(at).randbytes(length)
    return length


WAYS = (flip, invert, zero, flip, scramble, invert, flip, zero_page)


class Places:
    """Where in a sound file each fact stands, found by looking for what it says."""

    def __init__(self, content: bytes, facts: list[Fact]) -> None:
        self.facts = facts
        self.spans = {fact: [self._span(content, fact)] if len(fact.body) < PAGE else [] for fact in facts}
        for fact, spans in self.spans.items():
            if not spans:
                # A long row: the whole of each page with a part of it.
                words = fact.body[9:-2].encode().split()
                found = {content.index(word) // PAGE for word in words if word in content}
                spans += [(page * PAGE, (page + 1) * PAGE) for page in found]

    @staticmethod
    def _span(content: bytes, fact: Fact) -> tuple[int, int]:
        start = content.index(f"{fact.id}{fact.device}".encode())
        # The header of a row is a number for each of the eleven columns, some of two bytes, and its own length.
        return start - 18, content.index(fact.sha256.encode(), start) + 64

    def untouched(self, start: int, end: int) -> set[Fact]:
        """The facts of which no byte lies from `start` up to `end`."""
        return {
            fact for fact, spans in self.spans.items() if all(last <= start or end <= first for first, last in spans)
        }


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Facts are read in pages so small that damage falls between two of them, too."""
    monkeypatch.setattr(answers, "PAGE", 20)


@pytest.fixture(scope="module")
def places(history: History) -> Places:
    return Places(*history)


def look(path: Path, facts: list[Fact]) -> str:
    """Open a file and look at all that is in it: `same`, or how it is told that something is wrong.

    Whatever else than a `LogbookError` is raised fails the test, and so does a loss of which nothing is told.
    """
    told = ""
    try:
        logbook = Logbook.open(path, random=os.urandom)
    except LogbookError as error:
        return type(error).__name__
    with logbook:
        try:
            logbook.sessions()
            logbook.session("session-3")
        except LogbookError as error:
            told = type(error).__name__
        try:
            same = list(islice(logbook.facts(), 2 * len(facts))) == facts
        except LogbookError as error:
            same, told = False, type(error).__name__
        try:
            sound = logbook.health().ok
        except LogbookError as error:
            sound, told = False, type(error).__name__
    assert same or not sound, "a silent loss"
    return told or ("same" if same and sound else "told")


def damaged(content: bytes, part: int) -> Iterator[tuple[bytes, int, int]]:
    """The content damaged at each place of a part, and from where to where it was."""
    step = len(content) // (PARTS * PLACES)
    for number in range(PLACES):
        at = (part * PLACES + number) * step + number % step
        spoilt = bytearray(content)
        length = WAYS[number % len(WAYS)](spoilt, at)
        yield bytes(spoilt), at, at + length


@pytest.mark.parametrize("part", range(PARTS))
def test_never_silent(path: Path, history: History, places: Places, part: int) -> None:
    """Damaged at over a thousand places, it says so or shows what it did; what was not touched is salvaged."""
    content, facts = history
    path.parent.mkdir()
    seen = set()
    for number, (spoilt, start, end) in enumerate(damaged(content, part)):
        path.write_bytes(spoilt)
        if number % 4 == part % 4 or end - start == PAGE:
            assert places.untouched(start, end) <= set(salvage(path).facts) <= set(facts), (start, end)
        seen.add(look(path, facts))
    assert "same" in seen
    assert seen & {"told", "DamagedLogbook"}


@pytest.mark.parametrize("part", range(PARTS))
def test_cut_short(path: Path, history: History, places: Places, part: int) -> None:
    """Cut to any of hundreds of lengths, it is refused as damaged; what is in the rest is salvaged."""
    content, facts = history
    path.parent.mkdir()
    for number in range(CUTS):
        length = (part * CUTS + number) * len(content) // (PARTS * CUTS) + number % 3
        path.write_bytes(content[:length])
        with pytest.raises((DamagedLogbook, NotALogbook)):
            Logbook.open(path, random=os.urandom)
        if not number % 4:
            assert places.untouched(length, len(content)) <= set(salvage(path).facts) <= set(facts), length


def test_first_page(path: Path, history: History) -> None:
    """Damaged at each byte of its header, and in the tables' names, it says so or shows all that it did."""
    content, facts = history
    path.parent.mkdir()
    seen = set()
    for at in (*range(112), *range(content.index(b"CREATE TABLE"), content.index(b"CREATE TABLE") + 300, 5)):
        for value in {content[at] ^ 1, content[at] ^ 0x80, 0, 0xFF} - {content[at]}:
            path.write_bytes(content[:at] + bytes([value]) + content[at + 1 :])
            seen.add(look(path, facts))
    assert seen >= {"same", "DamagedLogbook", "NotALogbook"}


def test_sound(path: Path, history: History, places: Places) -> None:
    """The tests above begin with a file in which all is well, and know where each fact stands."""
    path.parent.mkdir()
    path.write_bytes(history[0])
    assert look(path, history[1]) == "same"
    assert places.untouched(0, 0) == set(history[1])
    assert places.untouched(0, len(history[0])) == set()
    assert [len(spans) for spans in places.spans.values() if len(spans) != 1] == [3]


@pytest.mark.parametrize("way", ["cut short", "pages", "gone", "rubbish"])
def test_drill(tmp_path: Path, pen: Any, way: str) -> None:
    """Backed up, added to, destroyed, restored: nothing is missing that was not destroyed in the file itself."""
    path, folder = tmp_path / "home" / "logbook.sqlite", tmp_path / "home" / "backups"
    with Logbook.open(path, random=pen.random) as logbook:
        device = logbook.device
        for number in range(4):
            logbook.append_all([pen.draft(pen.work(step), f"s{number}") for step in range(30)])
            back_up(path, folder, at_ms=NOW_MS + number * 86_400_000)
        logbook.append_all([pen.draft(pen.rated(step % 11), "s9") for step in range(30)])
        facts = list(logbook.facts())
    newest = max(folder.iterdir())
    newest.write_bytes(newest.read_bytes()[:-PAGE])
    content = path.read_bytes()
    spoilt = {
        "cut short": content[: len(content) // 2],
        "pages": b"".join(
            content[at : at + PAGE] if at // PAGE % 3 else bytes(PAGE) for at in range(0, len(content), PAGE)
        ),
        "gone": b"",
        "rubbish": random.Random(1).randbytes(len(content)),
    }[way]
    path.write_bytes(spoilt)
    with pytest.raises(LogbookError):
        Logbook.open(path, random=os.urandom)
    found = salvage(path)
    backup = newest_good(folder, NOW_MS + 4 * 86_400_000)
    assert backup is not None
    assert backup.path < newest

    def prepare(copy: Path) -> None:
        with Logbook.open(copy, random=os.urandom) as restored:
            restored.renew_device(os.urandom)
            restored.take_in(found.facts)

    aside = restore(path, backup.path, why="damaged", at_ms=NOW_MS, random=os.urandom, prepare=prepare)
    assert aside is not None
    assert aside.read_bytes() == spoilt
    with Logbook.open(path, random=pen.random) as logbook:
        assert logbook.device != device
        there = set(logbook.facts())
        assert len(logbook.sessions()) == len({fact.session for fact in there})
        health = logbook.health()
    left = {fact for fact in facts if fact.sha256.encode() in spoilt and fact.body.encode() in spoilt}
    assert set(facts[:90]) | left <= there
    assert health.integrity == "ok"
    assert not health.bad_digests
    # What is missing is missing from the middle of the old device's count, or from its end.
    assert {fact.seq for fact in facts} - {fact.seq for fact in there} <= set(range(91, 151))
