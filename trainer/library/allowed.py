"""What a type allows, and what a file holds instead, in a few words."""

from __future__ import annotations

import datetime
from typing import Any

from msgspec import inspect

from trainer.text import clean

_FEW = 5
"""Entries of a list that are shown as they stand."""


def shown(value: Any) -> str:
    """A value of a file."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list) and (len(value) > _FEW or any(isinstance(item, list | dict) for item in value)):
        return f"a list of {len(value):,}"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    try:
        return clean(repr(value[:80] if isinstance(value, str) else value), limit=60)
    except ValueError:  # Python writes no whole number of thousands of digits
        return "a figure that no number holds"


def words(hint: Any, value: Any = None) -> str:
    """What a type allows; of a list, what its length may be when `value` is one."""
    return _words(inspect.type_info(hint), value)


def _words(type_: inspect.Type, value: Any = None) -> str:
    described = _description(type_)
    if described:
        return described
    texts = [text for one in _variants(type_) if (text := _one(one, value))]
    return " or ".join(texts) or "another kind of value"


def _variants(type_: inspect.Type) -> list[inspect.Type]:
    if isinstance(type_, inspect.Metadata):
        return _variants(type_.type)
    if isinstance(type_, inspect.UnionType):
        return [variant for one in type_.types for variant in _variants(one)]
    return [type_]


def _description(type_: inspect.Type) -> str | None:
    if isinstance(type_, inspect.Metadata):
        return (type_.extra_json_schema or {}).get("description") or _description(type_.type)
    if isinstance(type_, inspect.UnionType):
        return next((described for one in type_.types if (described := _description(one))), None)
    return None


def _one(type_: inspect.Type, value: Any) -> str:
    match type_:
        case inspect.IntType():
            return "a whole number" + _range(type_.ge, type_.le)
        case inspect.FloatType():
            return "a number" + _range(type_.ge, type_.le)
        case inspect.StrType():
            return f"text of {type_.min_length or 0} to {type_.max_length} characters" if type_.max_length else "text"
        case inspect.BoolType():
            return "true or false"
        case inspect.LiteralType():
            return ", ".join(repr(choice) for choice in type_.values)
        case inspect.ListType() | inspect.VarTupleType():
            if type_.max_length and isinstance(value, list):
                return f"{type_.min_length or 0} to {type_.max_length} entries"
            return f"a list, each {_words(type_.item_type)}"
        case inspect.TupleType():
            return f"a list of {len(type_.item_types)}, each {_words(type_.item_types[0])}"
        case inspect.StructType():
            return "a table with " + ", ".join(field.encode_name for field in type_.fields)
        case inspect.DictType():
            return f"a table, each value {_words(type_.value_type)}"
        case _:
            return ""


def _range(least: float | None, most: float | None) -> str:
    return f" from {least:g} to {most:g}" if least is not None and most is not None else ""
