"""Facts that could not be stored, read from the file that they were put into."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.facts import Draft
from sessions.logbook import Logbook
from sessions.misread import Misread
from sessions.records import Note
from sessions.rescued import MAX_LINE_CHARS, read_drafts


def line(draft: Draft, **change: Any) -> str:
    stamp = {"utc_ms": draft.stamp.utc_ms, "offset_min": draft.stamp.offset_min, "zone": draft.stamp.zone}
    fields = {
        "id": draft.id,
        "session": draft.session,
        "stamp": stamp,
        "kind": draft.kind,
        "body_json": draft.body_json,
    }
    return json.dumps(fields | change) + "\n"


def test_what_was_put_aside_is_stored(logbook: Logbook, pen: Any) -> None:
    """The facts come back with their own ids and moments, so that storing them twice stores them once."""
    drafts = [pen.draft(pen.begun()), pen.draft(pen.work()), pen.draft(Note("[L] a [/b] c [/]\x1b\u202e"))]
    found = read_drafts(["\ufeff" + line(drafts[0]), "\n", *map(line, drafts[1:]), line(drafts[1])], "x.jsonl")
    assert found == drafts
    for draft in found * 2:
        logbook.append(draft)
    assert [fact.draft for fact in logbook.facts()] == drafts


def test_the_file_that_is_really_written(tmp_path: Path, pen: Any) -> None:
    """What the coach's own rescue writes is what is read."""
    from trainer.journal import Journal

    journal = Journal(None, stamp=pen.stamp, random=pen.random)
    journal.write("s1", pen.begun())
    journal.write("s1", Note("kept"))
    path = journal.rescue(tmp_path)
    assert path is not None
    assert read_drafts(path.read_text("utf-8").splitlines()) == journal.pending


def test_a_kind_of_a_later_version_is_kept(pen: Any) -> None:
    """What this version does not know is kept as it is."""
    draft = pen.draft(Note("x"))
    (found,) = read_drafts([line(draft, kind="mood", body_json='{"a":1}')])
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
    """The line is named, and what the others hold is at hand for whoever leaves it out."""
    good = pen.draft(Note("good"))
    with pytest.raises(Misread) as caught:
        read_drafts(
            [line(good), line(good, id="other", **change) if "id" not in change else line(good, **change)], "x.jsonl"
        )
    assert caught.value.message.startswith("x.jsonl:2: found '{")
    assert "allowed: one fact that was not saved, as a JSON object" in caught.value.message
    assert caught.value.drafts == [good]


def test_every_bad_line_is_told(pen: Any) -> None:
    """A torn line, a foreign one, one that is too long and one that contradicts another are told together."""
    good = pen.draft(Note("good"))
    whole = line(good)
    lines = [whole, whole[:40], "\x1b[31m hello", "x" * (MAX_LINE_CHARS + 1), line(good, session="another"), "\ud800"]
    with pytest.raises(Misread) as caught:
        read_drafts(lines)
    told = caught.value.message.splitlines()
    assert [fault.line for fault in caught.value.faults] == [2, 3, 4, 5, 6]
    assert told[2] == "4: found 1,000,001 characters; allowed: 1,000,000 at most"
    assert told[3].startswith("5: id: found ")
    assert all(one.isprintable() for one in told)


@given(st.lists(st.text(max_size=40).filter(lambda text: text.strip().strip("\ufeff")), min_size=1, max_size=5))
def test_any_other_text_is_told(lines: list[str]) -> None:
    """Whatever else stands in a file, it is told line by line, and nothing else is raised."""
    with pytest.raises(Misread) as caught:
        read_drafts(lines)
    assert caught.value.count == len(lines)
