"""Several processes, and processes that are killed: what was acknowledged is there."""

from __future__ import annotations

import json
import os
import random
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sessions import Logbook

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and limits are POSIX's")

Hand = Callable[..., Any]
Dump = Callable[[sqlite3.Connection], Any]


def check(path: Path, acknowledged: set[str], dump: Dump) -> None:
    """Check that all that was acknowledged is there, in a sound file whose read tables are right."""
    with Logbook.open(path, random=os.urandom) as logbook:
        facts = list(logbook.facts())
        assert acknowledged <= {fact.id for fact in facts}
        assert [fact.seq for fact in facts] == list(range(1, len(facts) + 1))
        assert logbook.health().ok
        connection = logbook._connection
        assert connection is not None
        before = dump(connection)
        assert before["total"][0][3] == len(facts)
        logbook.rebuild()
        assert dump(connection) == before
    assert not [file for file in path.parent.iterdir() if file.name != path.name]


def test_at_once(path: Path, hand: Hand, dump: Dump) -> None:
    """Processes that begin one logbook at once and write to it together lose nothing."""
    children = [hand("append", path, f"s{number}", 40) for number in range(3)]
    ids = [id_ for child in children for id_ in child.communicate()[0].split()]
    assert [child.returncode for child in children] == [0, 0, 0]
    assert Counter(ids) == Counter(set(ids))
    assert len(ids) == 120
    check(path, set(ids), dump)


def test_killed_at_any_moment(path: Path, hand: Hand, dump: Dump) -> None:
    """Whenever a process is killed, every rating that it acknowledged is in the logbook."""
    chance = random.Random(7)
    acknowledged: set[str] = set()
    for run in range(25):
        child = hand("append", path, f"s{run}", 100_000)
        read = [child.stdout.readline() for _ in range(chance.randrange(12))]
        # A turn of the loop is a fraction of a microsecond: this spreads the kills over one write.
        for _ in range(chance.randrange(60_000)):
            pass
        child.kill()
        rest, _ = child.communicate()
        lines = "".join(read) + rest
        acknowledged |= {line for line in lines.splitlines(keepends=False) if len(line) == 36}
        if path.exists():
            check(path, acknowledged, dump)
    assert len(acknowledged) > 25


def test_killed_in_the_middle_of_a_commit(path: Path, hand: Hand, dump: Dump) -> None:
    """Killed with half a transaction in the file, the next to open it finds it as it was before."""
    child = hand("append", path, "s1", 3)
    acknowledged = set(child.communicate()[0].split())
    before = path.read_bytes()
    child = hand("die_at_commit", path)
    child.communicate()
    assert child.returncode < 0
    journal = path.with_name(path.name + "-journal")
    assert journal.exists()
    assert path.read_bytes() != before
    logbook = Logbook.open_existing(path)
    assert logbook is not None
    with logbook:
        assert len(list(logbook.facts())) == 3
    assert path.read_bytes() == before
    check(path, acknowledged, dump)


def test_no_room(path: Path, hand: Hand) -> None:
    """When the file may not grow, the fact is refused, and stored as it was once there is room."""
    child = hand("fill", path)
    answer = json.loads(child.communicate()[0])
    assert answer["kind"] == "LogbookUnwritable"
    assert (answer["same"], answer["ok"]) == (True, True)
    with Logbook.open(path, random=os.urandom) as logbook:
        assert len(list(logbook.facts())) == answer["seq"]
