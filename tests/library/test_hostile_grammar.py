"""Texts made after the grammar of TOML, near to those of a good file: each is read or told, through every door."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from trainer.library.dose import Dose
from trainer.library.errors import LibraryError, Problem
from trainer.library.examine import Examiner
from trainer.library.model import Check, Cues, Exercise, Level, Routine, SideNames, Step
from trainer.library.reader import kind_of, parse
from trainer.library.sharing import Item, taken, to_share
from trainer.library.shelf import Library
from trainer.library.writing import renamed
from trainer.text import clean

LIBRARY = Library()
GOOD = {
    "exercise": [
        *('id = "odd"', 'name = "Odd"', 'kind = "mobility"', 'position = "standing"', 'purpose = "Any."'),
        *('sides = "both"', "tags = []", "[dose]", "reps = 3", "sets = 2", "[dose.source]", 'reps = "own"', "[cues]"),
        *('move = ["Move."]', "[side_names]", 'left = "here"'),
    ],
    "check": [
        *('id = "odd"', 'name = "Odd"', 'kind = "check"', 'position = "standing"', 'purpose = "Any."', "[dose]"),
        *("open = true", "[cues]", "[check]", 'question = "Well?"', "[[check.answer]]", 'id = "y"', 'text = "Y"'),
        *("[[check.answer]]", 'id = "n"', 'text = "N"'),
    ],
    "routine": [
        *('id = "odd"', 'name = "Odd"', 'purpose = "Any."', "rest_after_s = 5", "[[step]]", 'exercise = "squat"'),
        *("priority = 2", "[[step]]", 'exercise = "bird-dog"', "[step.dose]", "reps = [3, 2]", "hold_s = 5"),
        *("[[level]]", "reps = 3", "[[level]]", "reps = 5", "sets = 2"),
    ],
    "shared": [
        *("trainer-share = 1", "[[routine]]", 'id = "day"', 'name = "Day"', 'purpose = "Any."', "[[routine.step]]"),
        *('exercise = "odd"', "[routine.step.dose]", "reps = 4", "[[exercise]]", 'id = "odd"', 'name = "Odd"'),
        *('kind = "mobility"', 'position = "standing"', 'purpose = "Any."', "[exercise.dose]", "reps = 3"),
        "[exercise.cues]",
    ],
}
TABLES = (Exercise, Routine, Step, Dose, Level, Cues, Check, SideNames)
keys = st.sampled_from(
    [
        *sorted({key for table in TABLES for key in table.__struct_fields__}),
        "dose.reps",
        "step.dose",
        "dose . source . reps",
        '"dose"',
        "''",
        '"\\u001b[2J"',
        '"[/]".x',
        "a.b.c",
    ]
)
scalars = st.integers(-2, 4000).map(str) | st.sampled_from(
    [
        "true",
        "nan",
        "-inf",
        "+0.0",
        "2.5",
        "1_000_000_000",
        "0x1f",
        "1e400",
        "9" * 5000,
        "2026-01-01",
        "07:30:00",
        "2026-01-01T00:00:00Z",
        '"own"',
        '"lasting"',
        '"squat"',
        '"brid-dog"',
        '"odd"',
        '"left"',
        '"strength"',
        '""',
        '"\\u202e\\u0007"',
        '"\\ud800"',
        '"[@click=app.quit]"',
        "'''\n[[step]]\n'''",
        '"""\\\n  x"""',
        '"',
        "]",
    ]
)


def listed(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(inner, max_size=3).map(lambda all_: f"[{', '.join(all_)}]")


def in_braces(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.lists(st.tuples(keys, inner), max_size=3)
    return pairs.map(lambda all_: "{" + ", ".join(f"{key} = {value}" for key, value in all_) + "}")


values = st.recursive(scalars, lambda inner: listed(inner) | in_braces(inner), max_leaves=6)
headers = st.sampled_from(
    [
        "[dose]",
        "[cues]",
        "[ dose . source ]",
        "[[step]]",
        "[step]",
        "[step.dose]",
        "[check]",
        "[[check.answer]]",
        "[[level]]",
        '["dose"]',
        "[[routine]]",
        "[[exercise]]",
        "[routine.step.dose]",
        "[a.b.c]",
        "[",
        "[]",
    ]
)
lines = st.tuples(keys, values).map(" = ".join) | headers | st.sampled_from(["", "# [x]", "\t", "\x00", "\ufeff"])


@st.composite
def texts(draw: Any) -> str:
    """A good file with some lines put in, taken away, doubled or given another value."""
    found = list(GOOD[draw(st.sampled_from(sorted(GOOD)))])
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(found) - 1))
        what = draw(st.sampled_from(["value", "value", "put in", "take away", "double"]))
        key, equals, _ = found[at].partition(" = ")
        if what == "put in":
            found.insert(at, draw(lines))
        elif what == "take away":
            del found[at]
        elif what == "double":
            found.insert(draw(st.integers(0, len(found))), found[at])
        elif equals:
            found[at] = f"{key} = {draw(values)}"
    return str(draw(st.sampled_from(["\n", "\n", "\r\n"])).join(found))


def look_at(problems: tuple[Problem, ...], source: str) -> None:
    """Problems stay on a line, steer nothing, and lie in the text."""
    lines = source.replace("\r\n", "\n").split("\n")
    for problem in problems:
        told = str(problem)
        assert problem.found
        assert problem.allowed
        assert clean(told) == told
        assert len(told) < 1000
        assert 1 <= (problem.line or 1) <= len(lines)
        assert 1 <= (problem.column or 1) <= len(lines[(problem.line or 1) - 1]) + 1


@given(texts())
def test_a_text_near_to_a_good_one_is_read_or_told(source: str) -> None:
    """It is a value, which can be copied and shared, or it has problems that can be shown; nothing else happens."""
    examined = Examiner(LIBRARY).text(source.replace("\r\n", "\n"), "own.toml")
    assert (examined.value is None) == bool(examined.problems)
    look_at(examined.problems, source)
    problems: tuple[Problem, ...] = ()
    items: list[Item] = []
    try:
        items = taken(parse(source, "own.toml"))
    except LibraryError as error:
        problems = error.problems
    assert bool(items) is not bool(problems)
    look_at(problems, source)
    if items:
        shared = taken(parse(to_share(Item(item.value, item.text) for item in items), "shared"))
        assert [one.value for one in shared] == [one.value for one in items]
    for item in items:
        kind = type(item.value)
        copy = parse(renamed(item.text, kind, id="another", name="Another"), "copy")
        assert kind_of(copy.table) is kind
