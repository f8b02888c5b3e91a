"""Turns the cells of one row into the body of a fact, or tells which cell is wrong. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, TypeAlias

import msgspec
from msgspec import inspect, structs

from sessions.exchange.columns import COLUMNS, FIELDS
from sessions.exchange.misread import shown
from sessions.records import KINDS, Body, ExercisePlanned, SessionBegun, WorkDone

Tell: TypeAlias = Callable[[str, str, str], None]
"""Takes the column of a fault, what was found and what is allowed."""

_BEGUN = {"content_hash": "", "exercises": (), "steps": 0}
"""What no cell says of a beginning."""
_UNREAD = object()
"""A value that no field takes."""


def body_of(kind: str, given: Mapping[str, str], tell: Tell) -> Body | None:
    """Return what the cells of a row say; None, all faults told, where they cannot be read.

    A beginning has no plan yet: see `planned`.
    """
    values = _values(kind, given)
    try:
        body: Body = msgspec.convert(values, KINDS[kind])
    except msgspec.ValidationError:
        _tell_wrong(kind, values, given, tell)
        return None
    return body


def planned(begun: SessionBegun, works: Iterable[WorkDone]) -> SessionBegun:
    """Return a beginning with what was worked for its plan, where nothing else is known of it."""
    steps: dict[tuple[int, str, str], set[int]] = {}
    for work in works:
        steps.setdefault((work.index, work.exercise, work.name), set()).add(work.step)
    exercises = tuple(ExercisePlanned(*key, "", len(taken)) for key, taken in sorted(steps.items()))
    last = max((step for taken in steps.values() for step in taken), default=-1)
    return structs.replace(begun, exercises=exercises, steps=last + 1)


def _values(kind: str, given: Mapping[str, str]) -> dict[str, Any]:
    """The value of each field; where its cell cannot be read, one that no field takes."""
    values: dict[str, Any] = dict(_BEGUN) if kind == "session_begun" else {}
    empty = _when_empty(kind)
    for field, column in FIELDS[kind].items():
        cell = given.get(column)
        try:
            values[field] = empty[field] if cell is None else COLUMNS[column].read(cell)
        except (ValueError, KeyError):
            values[field] = _UNREAD
    return values


def _tell_wrong(kind: str, values: Mapping[str, Any], given: Mapping[str, str], tell: Tell) -> None:
    for field in structs.fields(KINDS[kind]):
        column = FIELDS[kind].get(field.name)
        if column is not None:
            try:
                msgspec.convert(values[field.name], field.type)
            except msgspec.ValidationError:
                tell(column, shown(given.get(column, "")), COLUMNS[column].allowed)


@cache
def _when_empty(kind: str) -> dict[str, Any]:
    """What each field is where its cell is empty; `_UNREAD` where it may not be."""
    info = inspect.type_info(KINDS[kind])
    assert isinstance(info, inspect.StructType), "every kind is one"
    return {field.name: _empty(field) for field in info.fields}


def _empty(field: inspect.Field) -> Any:
    types = field.type.types if isinstance(field.type, inspect.UnionType) else (field.type,)
    if any(isinstance(one, inspect.NoneType) for one in types):
        return None
    if not field.required:
        return field.default
    return "" if isinstance(field.type, inspect.StrType) and not field.type.min_length else _UNREAD
