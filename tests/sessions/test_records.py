from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from sessions import (
    ActivityLogged,
    CheckAnswered,
    Correction,
    Draft,
    Eased,
    InvalidFact,
    Note,
    PainRated,
    SessionBegun,
    SessionEnded,
    SessionResumed,
    Stamp,
    Withdrawal,
    draft,
)
from sessions.breaks import (
    BreakOffered,
    BreakPostponed,
    BreakSettled,
    BreaksPaused,
    ClockChanged,
    Rested,
    WatchBegun,
    WatchEnded,
)
from sessions.facts import Fact, digest, store
from sessions.records import KINDS

STAMP = Stamp(1_772_352_000_000, 60, "Europe/Berlin")


def zeros(size: int) -> bytes:
    return bytes(size)


def fact(kind: str, body: str) -> Fact:
    return store(Draft("f1", "s1", STAMP, kind, body), "d1", 1)


def every_body(pen: Any) -> list[Any]:
    return [
        pen.begun(),
        pen.begun(level=2, levels=5, weaker="left", left_out=("1 set of 3: Clam",)),
        SessionResumed(4),
        pen.work(),
        pen.work(planned_ms=None, planned_reps=5, actual_reps=4, breaths=True),
        PainRated("before", 0),
        pen.rated(10, side="right"),
        Eased(0, "forearm-plank", "bird-dog", "Bird dog", "pain above 5"),
        pen.answered(),
        pen.active(),
        Note("two\nlines, “quotes”, 🙂"),
        SessionEnded("stopped", "phone", 90_000, 5_000),
        Correction("f0", "note", {"text": "better"}),
        Withdrawal("s1"),
        WatchBegun(1_772_352_000_000, "GNOME"),
        WatchEnded(1_772_352_000_000),
        BreakOffered(1_772_352_000_000, "desk-break", "2026-03-01T15:00", "timer"),
        BreakPostponed(1_772_352_000_000, 1_772_352_300_000, 1),
        BreakSettled(1_772_352_000_000, "dropped", 1_772_352_000_000, "asleep", "desk-break", count=3),
        BreakSettled(1_772_352_000_000, "taken", 1_772_352_000_000, session="s2"),
        Rested(1_772_352_000_000, 1_772_352_300_000),
        BreaksPaused(1_772_352_000_000, civil=True),
        ClockChanged(-3_600_000),
    ]


def test_round_trip(pen: Any) -> None:
    """Every kind of body comes back from its text as it was, under its own kind."""
    bodies = every_body(pen)
    assert {type(body) for body in bodies} == set(KINDS.values())
    for body in bodies:
        made = pen.draft(body)
        assert KINDS[made.kind] is type(body)
        assert store(made, "d1", 1).parsed() == body


def test_text_is_canonical(pen: Any) -> None:
    """The stored text has sorted keys, no spaces and plain UTF-8, so that one body has one text."""
    for body in every_body(pen):
        text = pen.draft(body).body_json
        assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def test_unknown_kind() -> None:
    """A kind that is not known has no body here, and keeps its text."""
    made = fact("heart_rate", '{"bpm":61}')
    assert made.parsed() is None
    assert made.body == '{"bpm":61}'


def test_unknown_field() -> None:
    """A field that is not known is passed over in reading, and kept in the text."""
    made = fact("note", '{"mood":"good","text":"hello"}')
    assert made.parsed() == Note("hello")
    assert "mood" in made.body


@pytest.mark.parametrize("body", ["{}", '{"text":5}', "[]", "no json", "", '{"text":"' + "x" * 10_001 + '"}'])
def test_body_that_does_not_fit(body: str) -> None:
    """A body that does not fit its kind is read as None, and never raises."""
    assert fact("note", body).parsed() is None


@pytest.mark.parametrize(
    "body",
    [
        PainRated("after", 11),
        PainRated("after", -1),
        PainRated("after", True),
        PainRated("after", 3.0),  # type: ignore[arg-type]
        PainRated("whenever", 3),  # type: ignore[arg-type]
        PainRated("after", 3, side="up"),  # type: ignore[arg-type]
        Note("x" * 10_001),
        Note("\ud800"),
        SessionResumed(-1),
        SessionResumed(True),
        SessionEnded("finished", active_ms=10**13),
        SessionBegun("", "x", "h", (), 1),
        SessionBegun("a", "x", "h", (), 1, level=-1),
        SessionBegun("a", "x", "h", (), 1, level=True),
        SessionBegun("a", "x", "h", (), 1, weaker="both"),  # type: ignore[arg-type]
        SessionBegun("a", "x", "h", (), 1, left_out=("x" * 1_001,)),
        ActivityLogged("", "Walk", 60_000, "light"),
        ActivityLogged("walk", "Walk", -1, "light"),
        ActivityLogged("walk", "Walk", True, "light"),
        ActivityLogged("walk", "Walk", 60_000, "hard"),  # type: ignore[arg-type]
        CheckAnswered(0, "check", "Check", "up", "?", "yes", "Yes"),  # type: ignore[arg-type]
        CheckAnswered(0, "check", "Check", "left", "?", "", "Yes"),
        Correction("f0", "activity_logged", {"activity": "walk", "name": "Walk", "active_ms": 1, "intensity": "hard"}),
        Correction("f0", "check_answered", {"answer": "yes"}),
        Correction("f0", "pain_rated", {"when": "after", "nrs": 11}),
        Correction("f0", "pain_rated", {"when": "after", "nrs": True}),
        Correction("f0", "note", {}),
        Correction("f0", "work_done", {}),  # type: ignore[arg-type]
        Correction("f0", "note", {"text": object()}),
        "a text",
    ],
)
def test_refuses(body: Any) -> None:
    """What is out of range or of another type never becomes a draft; `true` is no number."""
    with pytest.raises(InvalidFact) as caught:
        draft("s1", body, STAMP, zeros)
    assert caught.value.message.endswith(".")
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    ("session", "stamp"),
    [
        ("", STAMP),
        ("x" * 101, STAMP),
        ("\ud800", STAMP),
        ("s1", Stamp(-1, 0, "")),
        ("s1", Stamp(2**60, 0, "")),
        ("s1", Stamp(0, 1441, "")),
        ("s1", Stamp(True, 0, "")),
        ("s1", Stamp(0, 0, "\ud800")),
    ],
)
def test_refuses_frame(session: str, stamp: Stamp) -> None:
    """A session's id and a moment are checked like the body."""
    with pytest.raises(InvalidFact):
        draft(session, Note("x"), stamp, zeros)


def test_digest_covers_everything() -> None:
    """The digest is of the canonical JSON of every other field, and changes with each of them."""
    made = fact("note", '{"text":"hello"}')
    fields = msgspec.structs.asdict(made)
    assert fields.pop("sha256") == made.sha256 == digest(made)
    for name, value in fields.items():
        other = value + 1 if isinstance(value, int) else value + "x"
        assert digest(msgspec.structs.replace(made, **{name: other})) != made.sha256


def test_digest_is_pinned() -> None:
    """The digest of a given fact never changes from one version to the next."""
    assert fact("note", '{"text":"hello"}').sha256 == "148739d2c8bf0075dccbd3fe633f3cefa81b7c28e5a2c8a6fb95b4c55e48a2ee"


def test_an_older_beginning() -> None:
    """A beginning that was written before there were levels, sides and short forms says that there were none."""
    text = '{"content_hash":"h","exercises":[],"from_step":0,"name":"Desk","routine":"desk","steps":2}'
    assert fact("session_begun", text).parsed() == SessionBegun("desk", "Desk", "h", (), 2)


def test_frozen(pen: Any) -> None:
    """Facts, drafts and bodies cannot be changed."""
    for value in (STAMP, pen.draft(Note("x")), fact("note", "{}"), *every_body(pen)):
        with pytest.raises(AttributeError):
            setattr(value, value.__struct_fields__[0], None)
