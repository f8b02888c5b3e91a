"""Writes `trainer/library/schema/` from the types of the files and the ids that ship: `python docs/schemas.py`.

A test holds that the schemas are what this would write. Editors differ in the draft that they know, so only words are
used that mean the same in drafts 4, 7 and 2020-12.
"""

from __future__ import annotations

import ast
import inspect
import itertools
import json
import sys
import textwrap
from typing import Any

import msgspec

from trainer.figures import model as figures
from trainer.figures.model import Figure
from trainer.library import dose, model
from trainer.library.contradictions import FIGURES
from trainer.library.model import Exercise, Routine
from trainer.library.schemas import KINDS, Kind, schema_path
from trainer.library.shelf import Library
from trainer.library.sources import SOURCES

TYPES: dict[Kind, type[msgspec.Struct]] = {"exercise": Exercise, "routine": Routine, "figure": Figure}
DRAFT = "http://json-schema.org/draft-07/schema#"
HINTS = {
    "Exercise.id": "The file's name, without .toml",
    "Exercise.name": "What it is called on the screen.",
    "Exercise.kind": "What kind of work it is.",
    "Exercise.position": "The position that it begins in.",
    "Exercise.purpose": "What it is for, in one line.",
    "Exercise.dose": "How much, where a routine says nothing else.",
    "Exercise.cues": "What to say of form.",
    "Exercise.sides": "both: one side, then the other; alternating: from side to side within a set.",
    "Exercise.side_names": "What the sides are called.",
    "Exercise.aliases": "Other names to find it by.",
    "Exercise.muscles": "What works or is stretched.",
    "Exercise.tags": "Words to find it by.",
    "Exercise.easier": "The id of an easier form, offered when a rating is high",
    "Exercise.harder": "The id of a harder form",
    "Dose.sets": "How many sets.",
    "Cues.set_up": "How to get into position.",
    "Cues.move": "What to do, step by step.",
    "Cues.feel": "What to feel, and where.",
    "Cues.mistakes": "What often goes wrong.",
    "Cues.stop_if": "When to stop.",
    "Cues.breathing": "How to breathe.",
    "SideNames.left": "What stands for the left side.",
    "SideNames.right": "What stands for the right side.",
    "Check.question": "What is asked.",
    "Check.answer": "The answers to choose from.",
    "Answer.id": "A name of the answer, its own in this check",
    "Answer.text": "The answer as the person reads it.",
    "Routine.id": "The file's name, without .toml",
    "Routine.name": "What it is called on the screen.",
    "Routine.purpose": "What it is for, in one line.",
    "Routine.step": "The exercises, in order.",
    "Routine.group": "Where trainer list shows it.",
    "Routine.tags": "Words to find it by.",
    "Routine.frequency": "How often, in words.",
    "Routine.sources": "Where the routine comes from.",
    "Routine.notes": "Lines that are shown with it.",
    "Step.exercise": "The id of an exercise",
    "Step.dose": "What differs from the exercise's own dose.",
    "Pose.name": "A name of the pose, its own in this figure.",
    "Pose.eyes": "Whether the eyes are open; they are where nothing is said.",
    "Pose.right_arm": "The right arm, where it differs from arms.",
    "Pose.left_arm": "The left arm, where it differs from arms.",
    "Pose.right_leg": "The right leg, where it differs from legs.",
    "Pose.left_leg": "The left leg, where it differs from legs.",
    "Prop.kind": "What it is.",
    "Figure.pose": "The key poses, in order; the last leads back to the first.",
    "Figure.camera": "Where one looks from.",
    "Figure.prop": "Things beside the body.",
    "Figure.claim": "What the exercise teaches, in numbers that are checked.",
    "Level.reps": "Repetitions of each set.",
    "Level.sets": "How many sets.",
}
"""What an editor shows of fields whose name and type say enough to a reader of the types."""
COMPLETED: dict[str, type[msgspec.Struct]] = {
    "Exercise.easier": Exercise,
    "Exercise.harder": Exercise,
    "Exercise.figure": Exercise,
    "Step.exercise": Exercise,
    "Answer.routine": Routine,
    "Figure.id": Exercise,
}
"""Fields that hold an id: an editor offers those that ship, and takes any other."""
TO_AUTHORS = {"of `SOURCES`": "that `trainer rules` lists"}
"""What docstrings call by a name of the program, as a person who writes files knows it."""


def schema(kind: Kind) -> str:
    """The schema of a kind of file, as text."""
    made = msgspec.json.schema(TYPES[kind])
    definitions = {name: _plain(one) for name, one in made["$defs"].items()}
    for name, one in definitions.items():
        _describe(one, next(found for room in (model, dose, figures) if (found := getattr(room, name, None))))
    top = definitions.pop(TYPES[kind].__name__)
    top.pop("title")
    head = {"$schema": DRAFT, "title": f"{kind} of trainer", **top}
    return json.dumps({**head, "definitions": definitions}, indent=2, ensure_ascii=False) + "\n"


def _plain(value: Any) -> Any:
    """The same in words that every draft has, and without null, which TOML has not."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if not isinstance(value, dict):
        return value
    plain = {key: _plain(one) for key, one in value.items() if not (key == "default" and one in (None, [], {}))}
    if "$ref" in plain:
        plain["$ref"] = plain["$ref"].replace("#/$defs/", "#/definitions/")
    if not plain.get("required", True):
        plain.pop("required")  # draft 4 knows no empty list of them
    if "pattern" in plain:
        plain["pattern"] = plain["pattern"].replace("\\Z", "$")  # Python's own way to say the end
    if "prefixItems" in plain:
        first, *rest = plain.pop("prefixItems")
        assert all(one == first for one in rest)
        plain["items"] = first
    if "anyOf" in plain:
        choices = [one for one in plain.pop("anyOf") if one != {"type": "null"}]
        plain = {**choices[0], **plain} if len(choices) == 1 else {"anyOf": choices, **plain}
    if "propertyNames" in plain:  # known from draft 6 on; the reader holds it
        plain.pop("propertyNames")
    return plain


def _describe(definition: dict[str, Any], type_: type) -> None:
    """Give the table and each of its fields what their docstrings say, for an editor to show."""
    definition["description"] = inspect.cleandoc(definition["description"])
    texts = _docstrings(type_)
    for name, field in definition["properties"].items():
        text = texts.get(name) or HINTS[f"{type_.__name__}.{name}"]
        for inside, outside in TO_AUTHORS.items():
            text = text.replace(inside, outside)
        rule = field.get("description")
        field["description"] = f"{text} ({rule})" if rule else text
        if of := COMPLETED.get(f"{type_.__name__}.{name}"):
            field["anyOf"] = [{"enum": Library().ids(of)}, {key: field.pop(key) for key in ("type", "pattern")}]
        if name == "sources":
            field["items"] = {"anyOf": [{"enum": list(SOURCES)}, field["items"]]}
        if name == "source":
            each = field.pop("additionalProperties")
            figures = {figure: dict(each) for figure in FIGURES[type_]}
            field.update({"properties": figures, "additionalProperties": False})


def _docstrings(type_: type) -> dict[str, str]:
    """What stands below each field of a class."""
    body = ast.parse(textwrap.dedent(inspect.getsource(type_))).body[0].body  # type: ignore[attr-defined]
    found = {}
    for field, below in itertools.pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            found[ast.unparse(field.target)] = inspect.cleandoc(str(below.value.value)).replace("\n", " ")
    return found


def main() -> None:
    """Write both."""
    for kind in KINDS:
        path = schema_path(kind)
        path.parent.mkdir(exist_ok=True)
        path.write_text(schema(kind), "utf-8")
        print(path.name)


if __name__ == "__main__":
    sys.exit(main())
