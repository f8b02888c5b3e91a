"""The JSON Schemas: in step with the types, and of use to editors."""

from __future__ import annotations

import copy
import importlib.util
import json
import re
from pathlib import Path

import msgspec
import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft7Validator, Draft202012Validator

from trainer.figures.model import Figure
from trainer.library.model import Exercise, Routine
from trainer.library.schemas import KINDS, schema_path, schema_text
from trainer.library.shelf import SHIPPED

ROOT = Path(__file__).parents[2]
TYPES = {"exercise": Exercise, "routine": Routine, "figure": Figure}
DRAFTS = [Draft4Validator, Draft7Validator, Draft202012Validator]
FILES = [(kind, path) for kind in KINDS for path in sorted((SHIPPED / f"{kind}s").glob("*.toml"))]
SCHEMAS = {kind: json.loads(schema_text(kind)) for kind in KINDS}


def writer():
    """The maintainer's script that writes the schemas."""
    spec = importlib.util.spec_from_file_location("schemas_script", ROOT / "docs/schemas.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_what_its_type_says(kind):
    """What ships is what the types give; after a change of a type, `docs/schemas.py` writes it anew."""
    assert schema_text(kind) == writer().schema(kind)


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one_in_every_draft(kind, draft):
    """Editors know different drafts; the schema is valid in each."""
    draft.check_schema(SCHEMAS[kind])


@pytest.mark.parametrize("draft", DRAFTS)
def test_every_shipped_file_is_valid(draft):
    """An editor finds nothing wrong with any shipped file, whichever draft it knows."""
    judges = {kind: draft(SCHEMAS[kind]) for kind in KINDS}
    wrong = {
        path.name: [one.message for one in judges[kind].iter_errors(tomli.loads(path.read_text("utf-8")))]
        for kind, path in FILES
    }
    assert FILES
    assert not {name: messages for name, messages in wrong.items() if messages}


@pytest.mark.parametrize("draft", DRAFTS)
def test_every_example_and_every_new_file_is_valid(draft):
    """Nor with what the page shows, or with what `trainer new` begins with."""
    page = (ROOT / "docs/routines.md").read_text("utf-8")
    found = re.findall(r"^`(exercise|routine)s/[\w-]+\.toml`\n\n```toml\n(.*?)```", page, re.MULTILINE | re.DOTALL)
    assert len(found) > 8
    templates = sorted((SHIPPED.parent / "templates").glob("*.toml"))
    assert len(templates) == 2
    found += [(path.stem, path.read_text("utf-8")) for path in templates]
    for kind, text in found:
        wrong = [one.message for one in draft(SCHEMAS[kind]).iter_errors(tomli.loads(text))]
        assert not wrong, text


def tables(schema):
    """Each table that a schema describes, by its name."""
    return {"the file": schema, **schema["definitions"]}


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_told_of(kind):
    """An editor shows some words for each table and each key."""
    for name, table in tables(SCHEMAS[kind]).items():
        assert table["description"], name
        silent = [key for key, field in table["properties"].items() if not field.get("description")]
        assert not silent, name
        assert "SOURCES" not in json.dumps(table), name


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_knows_every_key_and_no_other(kind):
    """A misspelt key is marked in any table."""
    for table in tables(SCHEMAS[kind]).values():
        assert table["additionalProperties"] is False
    assert TYPES.keys() == set(KINDS)
    assert set(SCHEMAS[kind]["properties"]) == set(TYPES[kind].__struct_fields__)


@pytest.mark.parametrize(
    ("kind", "table", "key", "of"),
    [
        ("routine", "Step", "exercise", "exercises"),
        ("exercise", "the file", "easier", "exercises"),
        ("exercise", "the file", "harder", "exercises"),
        ("exercise", "the file", "figure", "figures"),
        ("exercise", "Answer", "routine", "routines"),
        ("figure", "the file", "id", "exercises"),
    ],
)
def test_an_editor_offers_every_id_that_ships(kind, table, key, of):
    """Where an id stands, those that ship are there to choose from, and one's own is as good."""
    field = tables(SCHEMAS[kind])[table]["properties"][key]
    offered, any_other = field["anyOf"]
    assert offered["enum"] == sorted(path.stem for path in (SHIPPED / of).glob("*.toml"))
    assert Draft7Validator(field).is_valid("my-own")
    assert not Draft7Validator(field).is_valid("My own")
    assert any_other["pattern"]


@pytest.mark.parametrize("kind", KINDS)
def test_schemas_lie_where_they_are_said_to(kind):
    """The path that authors are given is that of the text."""
    assert schema_path(kind).read_text("utf-8") == schema_text(kind)
    assert schema_path(kind).suffix == ".json"


BAD = {
    "a misspelt key": lambda table: table.update(nmae="x"),
    "a missing key": lambda table: table.pop("name", None) or table.pop("alt"),
    "an id with blanks": lambda table: table.update(id="Bird Dog"),
    "an id in capitals": lambda table: table.update(id="PLANK"),
    "an empty name": lambda table: table.update(name=""),
    "a long name": lambda table: table.update(name="x" * 81),
    "a number for text": lambda table: table.update(purpose=5),
    "text for a list": lambda table: table.update(tags="x"),
    "a number in a list": lambda table: table.update(tags=["x", 5]),
}
BAD_EXERCISE = {
    "another word": lambda table: table.update(sides="two"),
    "a hold of nothing": lambda table: table["dose"].update(hold_s=0),
    "a long hold": lambda table: table["dose"].update(hold_s=3601),
    "true for a number": lambda table: table["dose"].update(sets=True),
    "a tempo of one": lambda table: table["dose"].update(tempo_s=[1]),
    "a tempo of three": lambda table: table["dose"].update(tempo_s=[1, 1, 1]),
    "a source of nothing": lambda table: table["dose"].update(source={"hodl_s": "own"}),
    "a number for a cue": lambda table: table["cues"].update(move=[3]),
}
BAD_ROUTINE = {
    "no step": lambda table: table.update(step=[]),
    "too many steps": lambda table: table.update(step=[{"exercise": "squat"}] * 101),
    "a step without an exercise": lambda table: table["step"].append({"why": "x"}),
    "a misspelt key in a step": lambda table: table["step"][0].update(doze={}),
    "a long rest": lambda table: table.update(rest_after_s=601),
    "priority 6": lambda table: table["step"][0].update(priority=6),
    "a level of nothing": lambda table: table.update(level=[{}]),
}
BAD_FIGURE = {
    "a long description": lambda table: table.update(alt="x" * 301),
    "no pose": lambda table: table.update(pose=[]),
    "too many poses": lambda table: table.update(pose=[{"name": "x"}] * 13),
    "a pose without a name": lambda table: table["pose"].append({"say": "x"}),
    "an angle of three": lambda table: table["pose"][0].update(arms={"upper": [1, 2, 3]}),
    "a point of one": lambda table: table["pose"][0].update(at=[1]),
    "no joint": lambda table: table["pose"][0].update(anchor="right_antler"),
    "no part": lambda table: table.update(work=["right_antler"]),
    "too far": lambda table: table["pose"][0].update(at=[1000, 0]),
    "a misspelt claim": lambda table: table.update(claim=[{"strait": ["head", "neck", "pelvis"]}]),
}
EVERY = [(kind, name, change) for kind in KINDS for name, change in BAD.items()]
EVERY += [("exercise", name, change) for name, change in BAD_EXERCISE.items()]
EVERY += [("routine", name, change) for name, change in BAD_ROUTINE.items()]
EVERY += [("figure", name, change) for name, change in BAD_FIGURE.items()]


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize(("kind", "change"), [pytest.param(k, c, id=f"{k}: {n}") for k, n, c in EVERY])
def test_a_bad_file_is_marked(kind, change, draft):
    """What the reader refuses by its types, an editor marks too."""
    table = tomli.loads(next(path for one, path in FILES if one == kind).read_text("utf-8"))
    assert draft(SCHEMAS[kind]).is_valid(table)
    change(table)
    assert not draft(SCHEMAS[kind]).is_valid(table)


FIGURES = [True, False, 0, 1, 3, 20, 21, 600, 601, 3600, 3601, -1, 0.5, 61.5]
TEXTS = ["", "x", "squat", "own", "left", "both", "A b", "x" * 80, "x" * 81, "x" * 301]
NESTED = [[], [1], [1, 2], ["x"], [0.5, 0.5], {}, {"hold_s": 5}, {"hold_s": "own"}]
LEAVES = st.sampled_from([*FIGURES, *TEXTS, *NESTED])


def spots(value, way=()):
    """The way to everything in a table."""
    yield way
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from spots(item, (*way, key))


def names(kind):
    """Every key of every table that a file may have."""
    return sorted({key for table in tables(SCHEMAS[kind]).values() for key in table["properties"]})


@given(st.data())
def test_schema_and_types_agree_on_what_is_changed_at_random(data):
    """A file that is changed in any place is refused by the schema just where the types refuse it."""
    kind, path = data.draw(st.sampled_from(FILES))
    table = tomli.loads(path.read_text("utf-8"))
    for _ in range(data.draw(st.integers(1, 3))):
        way = data.draw(st.sampled_from([way for way in spots(table) if way]))
        place = table
        for key in way[:-1]:
            place = place[key]
        if isinstance(place, dict) and data.draw(st.booleans()):
            place[data.draw(st.sampled_from(names(kind)))] = copy.deepcopy(data.draw(LEAVES))
        elif data.draw(st.booleans()):
            del place[way[-1]]
        else:
            place[way[-1]] = copy.deepcopy(data.draw(LEAVES))
    try:
        msgspec.convert(table, TYPES[kind])
        fits = True
    except msgspec.ValidationError:
        fits = False
    marks = list(Draft7Validator(SCHEMAS[kind]).iter_errors(table))
    # A source of a figure that is not there is refused by the schema too, and by the reader only after the types.
    beyond = [mark for mark in marks if mark.validator == "additionalProperties" and "source" in mark.absolute_path]
    assert bool(marks) != fits or (fits and marks == beyond)
