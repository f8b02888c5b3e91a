"""Facts as JSON Lines, out and in: nothing is lost on the way, and what is wrong is told."""

from __future__ import annotations

import io
import json
import os
import random
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from sessions import Draft, Fact, Logbook, Note, PainRated, Stamp, draft
from sessions.exchange.jsonl import LONGEST_LINE, Lines, lines
from sessions.facts import store
from tests.benchmarks.years import Years

NOON = Stamp(1_772_366_400_000, 60, "Europe/Berlin")


def read(*parts: bytes, prove: bool = False) -> tuple[list[Fact], Lines]:
    found = Lines(io.BytesIO(b"".join(parts)), "x.jsonl", prove=prove)
    return list(found), found


def line(draft: Draft, **change: Any) -> bytes:
    """A draft as the coach's own rescue writes it."""
    fields = {name: getattr(draft, name) for name in draft.__struct_fields__} | {"stamp": structs.asdict(draft.stamp)}
    return json.dumps(fields | change).encode() + b"\n"


def messages(found: Lines) -> list[str]:
    return [f"{fault.line}: {fault.found}; {fault.allowed}" for fault in found.faults.first]


# --- facts ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def years() -> list[Fact]:
    """Some two hundred sessions of ten years, on two devices."""
    return list(Years(200).facts())


def test_every_byte_comes_back(years: list[Fact]) -> None:
    """What is written is read again, fact by fact."""
    found, rest = read(*lines(years), prove=True)
    assert found == years
    assert (rest.drafts, rest.bad_lines) == ([], 0)


def test_other_line_ends_and_marks_change_nothing(years: list[Fact]) -> None:
    """A mark of the byte order, Windows' line ends, empty lines and a missing last line end are taken as they come."""
    some = years[:5]
    text = b"\xef\xbb\xbf" + b"\r\n".join(lines(some)).replace(b"\n\r\n", b"\r\n \r\n").rstrip()
    found, rest = read(text)
    assert (found, rest.bad_lines) == (some, 0)


def logbook_of(folder: Path, facts: Iterable[Fact]) -> Logbook:
    logbook = Logbook.open(folder / "logbook.sqlite", random=os.urandom)
    logbook.take_in(facts)
    return logbook


@pytest.mark.parametrize("order", ["as it is", "shuffled", "backwards", "doubled"])
def test_any_order_amounts_to_the_same(order: str, years: list[Fact], tmp_path: Path, dump: Callable[..., Any]) -> None:
    """The lines of an export in any order, and twice, make the same logbook, read tables and all."""
    with logbook_of(tmp_path / "one", years) as one:
        there = list(lines(one.facts()))
        if order == "shuffled":
            random.Random(1).shuffle(there)
        there = there[::-1] if order == "backwards" else there * 2 if order == "doubled" else there
        with logbook_of(tmp_path / "two", read(*there)[0]) as two:
            assert sorted(two.facts(), key=lambda fact: fact.sha256) == sorted(years, key=lambda fact: fact.sha256)
            assert two.health().ok
            with one._reading() as here, two._reading() as other:
                assert dump(here) == dump(other)


def test_a_fact_that_was_changed_is_told(years: list[Fact]) -> None:
    """Where facts have to prove themselves, one that does not is left out, with its line."""
    changed = structs.replace(years[1], utc_ms=years[1].utc_ms + 1)
    found, rest = read(*lines([years[0], changed, years[2]]), prove=True)
    assert found == [years[0], years[2]]
    assert messages(rest) == ["2: a fact that was changed; one that matches its digest"]
    assert read(*lines([changed]))[0] == [changed]


# --- what was not saved --------------------------------------------------------------------------


def test_what_was_put_aside_is_stored(logbook: Logbook, pen: Any) -> None:
    """Drafts come back with their own ids and moments, so that storing them twice stores them once."""
    drafts = [pen.draft(pen.begun()), pen.draft(pen.work()), pen.draft(Note("[L] a [/b] c [/]\x1b\u202e"))]
    facts, found = read(b"\xef\xbb\xbf" + line(drafts[0]), b"\n", *map(line, drafts[1:]), line(drafts[1]))
    assert (facts, found.bad_lines) == ([], 0)
    assert logbook.append_all(found.drafts).new == 3
    assert logbook.append_all(found.drafts).new == 0
    assert [fact.draft for fact in logbook.facts()] == drafts


def test_the_file_that_is_really_written(tmp_path: Path, pen: Any) -> None:
    """What the coach's own rescue writes is what is read."""
    from trainer.journal import Journal

    journal = Journal(None, stamp=pen.stamp, random=pen.random)
    journal.write("s1", pen.begun())
    journal.write("s1", Note("kept"))
    path = journal.rescue(tmp_path)
    assert path is not None
    assert read(path.read_bytes())[1].drafts == journal.pending


def test_a_kind_of_a_later_version_is_kept(pen: Any) -> None:
    """What this version does not know is kept as it is."""
    (found,) = read(line(pen.draft(Note("x")), kind="mood", body_json='{"a":1}'))[1].drafts
    assert (found.kind, found.body_json) == ("mood", '{"a":1}')


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "note", "body_json": "{}"},
        {"kind": "mood", "body_json": "[]"},
        {"kind": "mood", "body_json": "{"},
        {"kind": "pain_rated", "body_json": '{"when":"before","nrs":11}'},
        {"kind": "pain_rated", "body_json": '{"when":"before","nrs":true}'},
        {"id": ""},
        {"session": "x" * 101},
        {"stamp": {"utc_ms": -1, "offset_min": 0, "zone": ""}},
        {"stamp": None},
        {"body_json": "[" * 50_000},
    ],
)
def test_a_line_that_holds_no_fact_is_told(change: dict[str, Any], pen: Any) -> None:
    """The line is named, and what the others hold is taken."""
    good = pen.draft(Note("good"))
    _, found = read(line(good), line(good, **{"id": "other"} | change))
    assert found.drafts == [good]
    (told,) = messages(found)
    assert told.startswith("2: '{")
    assert told.endswith("one fact as a JSON object, as an export writes it")


def test_every_bad_line_is_told(pen: Any, years: list[Fact]) -> None:
    """A torn line, a foreign one, one that is no text and one that is too long are told together; the rest is read."""
    good = pen.draft(Note("good"))
    whole = line(good)
    bad = [
        whole[:40] + b"\n",
        b"\x1b[31m hello\n",
        b"\xff\xfe\x00\n",
        b"x" * (2 * LONGEST_LINE) + b"\n",
        b'"\\ud800"\n',
    ]
    facts, found = read(whole, *bad, *lines(years[:1]))
    assert (facts, found.drafts) == (years[:1], [good])
    assert [fault.line for fault in found.faults.first] == [2, 3, 4, 5, 6]
    assert messages(found)[3] == "5: more than 1,000,000 bytes; 1,000,000 at most"
    assert all(told.isprintable() for told in messages(found))


def test_faults_without_end_are_counted() -> None:
    """The first twenty are told, the others only counted."""
    found = read(b"no\n" * 1_000)[1]
    assert (found.bad_lines, len(found.faults.first)) == (1_000, 20)


@given(st.lists(st.binary(max_size=40).filter(lambda text: text.strip(b" \t\r\n\x0b\x0c") and b"\n" not in text)))
def test_any_other_text_is_told(texts: list[bytes]) -> None:
    """Whatever else stands in a file, it is told line by line, and nothing is raised."""
    facts, found = read(*(text + b"\n" for text in [b"x", *texts]))
    assert (facts, found.drafts, found.bad_lines) == ([], [], len(texts) + 1)


# --- conflicts -----------------------------------------------------------------------------------


def test_a_draft_beside_another_of_its_id_is_kept(logbook: Logbook, pen: Any) -> None:
    """Many drafts at once: what says something else under an id that is taken is stored beside it, and told."""
    one = pen.draft(pen.begun())
    rated = draft("s1", PainRated("before", 3), NOON, pen.random)
    other = structs.replace(rated, body_json=rated.body_json.replace("3", "7"))
    assert logbook.append_all([one, rated]).conflicts == []
    taken = logbook.append_all([one, other, rated, other])
    assert (taken.new, taken.known, taken.conflicts, taken.sessions) == (1, 3, [rated.id], 1)
    assert {fact.body for fact in logbook.facts()} == {one.body_json, rated.body_json, other.body_json}
    again = logbook.append_all([one, other, rated])
    assert (again.new, again.known, again.conflicts) == (0, 3, [])
    assert logbook.health().ok
    assert logbook.health().conflicts == [rated.id]


def test_which_of_two_counts_is_decided_by_what_they_say(tmp_path: Path, pen: Any) -> None:
    """Two logbooks that took in both words of one id, one each first, show the same."""
    rated = draft("s1", PainRated("before", 3), NOON, pen.random)
    other = structs.replace(rated, body_json=rated.body_json.replace("3", "7"))
    facts = [store(rated, "d1", 1), store(other, "d2", 1)]
    with logbook_of(tmp_path / "one", facts) as one, logbook_of(tmp_path / "two", facts[::-1]) as two:
        assert one.session("s1") == two.session("s1")


def test_drafts_of_one_call_may_contradict_each_other(logbook: Logbook, pen: Any) -> None:
    """Two lines of one file under one id are both kept, too, each in its session."""
    for number, body in enumerate((PainRated("before", 3), Note("words"), pen.answered())):
        said = draft(f"a{number}", body, NOON, pen.random)
        taken = logbook.append_all([said, structs.replace(said, session=f"b{number}")])
        assert (taken.new, taken.conflicts) == (2, [said.id])
    shown = [logbook.session(f"{letter}{number}") for letter in "ab" for number in range(3)]
    assert [len(one.ratings + one.notes + one.answers) for one in shown if one is not None] == [1] * 6
    assert logbook.health().wrong_tables == []
