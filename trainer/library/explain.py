"""Turns a decoder's error into a `Problem`: the key, what stands there, what may. Loaded only when needed."""

from __future__ import annotations

import difflib
import re
from typing import Any

import msgspec
from msgspec import inspect

from trainer.library.errors import Problem
from trainer.text import clean

_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")


def explain(error: msgspec.ValidationError, table: dict[str, Any], kind: type, name: str) -> Problem:
    """The problem behind a validation error of `table` as `kind` in the file called `name`."""
    message = str(error)
    where = re.search(r" - at `(?:key in )?\$(.*)`$", message)
    path = _STEP.findall(where.group(1)) if where else []
    keys: list[str | int] = []
    value: Any = table
    type_: inspect.Type | None = inspect.type_info(kind)
    for key, index in path:
        if index == "...":  # a free table: the decoder does not say which entry
            entry = next((k for k, v in value.items() if not isinstance(v, str)), None)
            if entry is None:
                entry = next(iter(value))
            keys.append(entry)
            value, type_ = value[entry], _entry(type_)
            continue
        step: str | int = key or int(index)
        keys.append(step)
        type_ = _below(type_, step)
        value = value[step]
    if unknown := re.search(r"unknown field `(.*?)`", message):
        known = [field.encode_name for field in _fields(type_)]
        close = difflib.get_close_matches(unknown.group(1), known, n=1)
        hint = f"{close[0]}? Any of: " if close else ""
        return Problem(name, _place([*keys, unknown.group(1)]), "an unknown key", hint + ", ".join(known))
    if missing := re.search(r"missing required field `(.*?)`", message):
        wanted = _below(type_, missing.group(1))
        return Problem(name, _place([*keys, missing.group(1)]), "nothing", _words(wanted))
    return Problem(name, _place(keys), _shown(value), _words(type_, value))


def _place(keys: list[str | int]) -> str:
    text = ""
    for key in keys:
        # A person counts the entries of a list from one.
        text += f" {key + 1}" if isinstance(key, int) else f"{'.' if text else ''}{key}"
    return text


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a table"
    return clean(repr(value), limit=60)


def _variants(type_: inspect.Type | None) -> list[inspect.Type]:
    if isinstance(type_, inspect.Metadata):
        return _variants(type_.type)
    if isinstance(type_, inspect.UnionType):
        return [variant for one in type_.types for variant in _variants(one)]
    return [] if type_ is None else [type_]


def _fields(type_: inspect.Type | None) -> tuple[inspect.Field, ...]:
    return next((one.fields for one in _variants(type_) if isinstance(one, inspect.StructType)), ())


def _entry(type_: inspect.Type | None) -> inspect.Type | None:
    return next((one.value_type for one in _variants(type_) if isinstance(one, inspect.DictType)), None)


def _below(type_: inspect.Type | None, step: str | int) -> inspect.Type | None:
    if isinstance(step, str):
        return next((field.type for field in _fields(type_) if field.encode_name == step), _entry(type_))
    for one in _variants(type_):
        if isinstance(one, inspect.TupleType) and step < len(one.item_types):
            return one.item_types[step]
        if isinstance(one, inspect.ListType):
            return one.item_type
    return None


def _words(type_: inspect.Type | None, value: Any = None) -> str:
    """What a type allows, in words; of a list, what its length may be when `value` is one."""
    described = _description(type_)
    if described:
        return described
    words = [text for one in _variants(type_) if (text := _one(one, value))]
    return " or ".join(words) or "another kind of value"


def _description(type_: inspect.Type | None) -> str | None:
    if isinstance(type_, inspect.Metadata):
        return (type_.extra_json_schema or {}).get("description") or _description(type_.type)
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
        case inspect.ListType():
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
