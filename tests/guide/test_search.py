"""What is typed to search past sessions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.rows import NameRow
from sessions.wanted import Wanted
from trainer.guide.search import called, day, read, written

TODAY = "2026-03-01"
HOSTILE = "[L] a [/b] c [/]"
NAMES = [
    NameRow("routine", "desk-break", "Desk break", 900),
    NameRow("routine", "desk-long", "Desk, long", 20),
    NameRow("exercise", "glute-bridge", "Glute bridge", 300),
    NameRow("exercise", "glute-bridge", "Brücke", 2),
    NameRow("exercise", "single-leg-bridge", "Single-leg bridge", 500),
    NameRow("exercise", "bridge-walk", "Bridge walk", 1),
    NameRow("exercise", HOSTILE, HOSTILE, 1),
    NameRow("exercise", 'a "quoted" id', "x", 1),
    NameRow("exercise", "\x1b[2J\u202e", "steers", 1),
    NameRow("activity", "walk", "Walk", 10),
]


def asked(text: str) -> Wanted:
    found = read(text, NAMES, TODAY)
    assert found.complaint == "", text
    return found.wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", Wanted()),
        ("   ", Wanted()),
        ("stiff back", Wanted("stiff back")),
        ('"stiff back"', Wanted("stiff back")),
        ("routine:desk-break", Wanted(routine="desk-break")),
        ("ROUTINE:Desk-Break", Wanted(routine="desk-break")),
        ('routine:"Desk break"', Wanted(routine="desk-break")),
        ('routine:"Desk break', Wanted(routine="desk-break")),
        ("routine:desk", Wanted(routine="desk-break")),
        ("exercise:bridge", Wanted(exercise="bridge-walk")),
        ("exercise:leg", Wanted(exercise="single-leg-bridge")),
        ("exercise:brucke", Wanted(exercise="glute-bridge")),
        (f'exercise:"{HOSTILE}"', Wanted(exercise=HOSTILE)),
        ("since:2026-02-01 until:2026-02-28", Wanted(since="2026-02-01", until="2026-02-28")),
        ("since:12w", Wanted(since="2025-12-07")),
        ("pain:0", Wanted(pain_from=0)),
        ("pain:10 bridge", Wanted("bridge", pain_from=10)),
        ("pain:5 pain:6", Wanted(pain_from=6)),
        ("pain:", Wanted()),
        ('exercise:"', Wanted()),
        ("time:5", Wanted("time 5")),
        ('"pain:5"', Wanted("pain:5")),
    ],
)
def test_what_is_read(text: str, wanted: Wanted) -> None:
    """Words are words, terms ask for what they name, and what is still being typed asks for nothing."""
    assert asked(text) == wanted


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("pain:11", "pain: allowed: 0 to 10"),
        ("pain:x", "pain: allowed: 0 to 10"),
        ("pain:-1", "pain: allowed"),
        ("pain:٣", "pain: allowed"),
        ("since:yesterday", "since: allowed: a day such as 2026-03-01"),
        ("until:2026-02-30", "until: allowed: a day"),
        ("since:2026-3-1", "since: allowed"),
        ("since:20260301", "since: allowed"),
        ("since:2026-W09-1", "since: allowed"),
        ("since:9999y", "since: allowed"),
        ("since:0d", "since: allowed"),
        ("routine:nothing", "routine: nothing is called so; there is: desk-break, desk-long"),
        ("exercise:???", "exercise: nothing is called so"),
    ],
)
def test_what_cannot_be_read(text: str, says: str) -> None:
    """It is said what is allowed, and the rest of the search holds."""
    found = read(f"stiff {text}", NAMES, TODAY)
    assert says in found.complaint
    assert found.wanted == Wanted("stiff")


def test_every_complaint_is_told() -> None:
    """Each term that cannot be read is named."""
    assert read("pain:x since:y", NAMES, TODAY).complaint.count(": allowed: ") == 2


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1d", "2026-02-28"),
        ("30D", "2026-01-30"),
        (" 6m ", "2025-09-02"),
        ("1y", "2025-03-01"),
        ("2024-02-29", "2024-02-29"),
        ("0001-01-01", "0001-01-01"),
        ("9999-12-31", "9999-12-31"),
    ],
)
def test_days(text: str, meant: str) -> None:
    """A day is itself, or so long before today."""
    assert day(text, TODAY) == meant


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("glute-bridge", "glute-bridge"),
        ("Glute Bridge", "glute-bridge"),
        ("bridge walk", "bridge-walk"),
        ("glute", "glute-bridge"),
        ("idge", "single-leg-bridge"),
        ('a "quoted" id', 'a "quoted" id'),
        ("\ufffd[2J\ufffd", "\x1b[2J\u202e"),
    ],
)
def test_what_is_meant(text: str, id: str) -> None:
    """An id or a whole name goes before a beginning, that before a part, and of several the one done most."""
    assert called(text, [row for row in NAMES if row.kind == "exercise"]) == id


def test_nothing_is_called_so() -> None:
    """Where nothing is, that is said too."""
    with pytest.raises(ValueError, match="there is: none yet"):
        called("x", [])


@pytest.mark.parametrize("text", ["", " ", "-", "??"])
def test_what_is_no_word_means_nothing(text: str) -> None:
    """Marks alone name nothing, rather than anything."""
    with pytest.raises(ValueError, match="nothing is called so"):
        called(text, NAMES)


IDS = sorted({row.id for row in NAMES if row.kind == "exercise"} - {"\x1b[2J\u202e"})
DAYS = st.sampled_from(["", "2026-02-01", "1999-12-31"])
WORDS = st.lists(st.text(st.characters(exclude_categories=("Z", "C"), exclude_characters='"'), min_size=1), max_size=3)


@given(
    words=WORDS,
    routine=st.sampled_from(["", "desk-break", "desk-long"]),
    exercise=st.sampled_from(["", *IDS]),
    since=DAYS,
    until=DAYS,
    pain_from=st.none() | st.integers(0, 10),
)
def test_what_is_written_is_read_so(
    words: list[str], routine: str, exercise: str, since: str, until: str, pain_from: int | None
) -> None:
    """What the filter writes into the field asks for just that, words that look like terms included."""
    wanted = Wanted(" ".join(words), routine, exercise, since, until, pain_from)
    found = read(written(wanted), NAMES, TODAY)
    assert found.wanted == wanted
    assert found.complaint == ""


@given(text=st.text())
def test_anything_can_be_typed(text: str) -> None:
    """Whatever is typed is read without a fault."""
    found = read(text, NAMES, TODAY)
    assert found.wanted.pain_from in (None, *range(11))
    for one in (found.wanted.since, found.wanted.until):
        assert one == "" or len(one) == 10
