"""Turns a decoder's error into a `Problem`: the key, what stands there, what may. Loaded only when needed."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import inspect

from trainer.library.dose import SHORT
from trainer.library.errors import Problem
from trainer.text import clean

_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")


def explain(error: msgspec.ValidationError, table: dict[str, Any], kind: type, name: str) -> Problem:
    """The problem behind a validation error of `table` as `kind` in the file called `name`."""
    # The last place is the decoder's own: what a file holds may stand before it, and look like one.
    message, _, place = str(error).rpartition(" - at `") if " - at `" in str(error) else (str(error), "", "")
    place = place.removesuffix("`")
    if message.startswith("Object contains unknown field"):
        keys, value, type_ = _followed(place, table, kind)
        known = [field.encode_name for field in _fields(type_)]
        if not known or not isinstance(value, dict) or set(value) <= set(known):  # the place was a key's own text
            keys, value, known = [], table, [field.encode_name for field in _fields(inspect.type_info(kind))]
        unknown = next(key for key in value if key not in known)
        close = difflib.get_close_matches(unknown, known, n=1)
        hint = f"{close[0]}? Any of: " if close else ""
        return Problem(name, _place([*keys, unknown]), "an unknown key", hint + ", ".join(known))
    keys, value, type_ = _followed(place, table, kind)
    if missing := re.match(r"Object missing required field `(.*?)`", message):
        wanted = _below(type_, missing.group(1))
        return Problem(name, _place([*keys, missing.group(1)]), "nothing", _words(wanted))
    if place.startswith("key` in `"):
        return Problem(name, _place(keys), f"the key {_shown(_wrong(value))}", f"as a key, {_words(_key(type_))}")
    return Problem(name, _place(keys), _shown(value), _words(type_, value))


def _followed(place: str, table: dict[str, Any], kind: type) -> tuple[list[str | int], Any, inspect.Type | None]:
    """The keys on the way to `place`, what stands there and what may; as far as there is a way."""
    keys: list[str | int] = []
    value: Any = table
    type_: inspect.Type | None = inspect.type_info(kind)
    for key, index in _STEP.findall(place):
        try:
            step: str | int = _wrong_entry(value) if index == "..." else key or int(index)
            value = value[step]
        except (LookupError, TypeError, ValueError, AttributeError):
            break
        keys.append(step)
        type_ = _below(type_, step)
    return keys, value, type_


def _wrong_entry(table: dict[str, Any]) -> str:
    """The key of a free table's first wrong value; the decoder does not say which. Empty where there is none."""
    wrong = _wrong(table.values())
    return next((key for key, value in table.items() if value is wrong), "")


def _wrong(found: Iterable[Any]) -> Any:
    """The first that is no text, or text of the wrong length; the last where none is."""
    value = None
    for value in found:
        if not isinstance(value, str) or not 1 <= len(value) <= SHORT:
            break
    return value


def _place(keys: list[str | int]) -> str:
    text = ""
    for key in keys:
        # A person counts the entries of a list from one.
        text += f" {key + 1}" if isinstance(key, int) else f"{'.' if text else ''}{clean(key, limit=80)}"
    return text


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    try:
        return clean(repr(value), limit=60)
    except ValueError:  # Python writes no whole number of thousands of digits
        return "a figure that no number holds"


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


def _key(type_: inspect.Type | None) -> inspect.Type | None:
    return next((one.key_type for one in _variants(type_) if isinstance(one, inspect.DictType)), None)


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
