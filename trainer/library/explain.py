"""Turns a table that its type refuses into faults: each key, what stands there, what may. Loaded only when needed."""

from __future__ import annotations

import contextlib
import re
import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import repeat
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import NODEFAULT, Meta, Struct

from trainer.library.allowed import shown, words
from trainer.library.contradictions import Fault, contradictions
from trainer.library.errors import Problem, more, nearest
from trainer.library.model import Cues, Dose, Exercise, Routine, Step
from trainer.text import clean

MOST = 100
"""How many problems of one file are told; beyond them only their number is."""

Keys = tuple[str | int, ...]


class Faults:
    """The first faults of a file, and how many there are beyond them."""

    def __init__(self) -> None:
        self.first: list[Fault] = []
        self.count = 0

    def room(self) -> bool:
        """Count one more, and say whether it is told; one that is not need not be put into words."""
        self.count += 1
        return self.count <= MOST

    def add(self, fault: Fault) -> None:
        """Count `fault`, and keep it where it is told."""
        if self.room():
            self.first.append(fault)

    def problems(self, name: str, text: str | None) -> list[Problem]:
        """What to tell of the file called `name`, in the order of its lines."""
        left = self.count - len(self.first)
        return place(self.first, name, text) + ([more(name, left, "none")] if left else [])


def explain(table: Mapping[str, Any], kind: type[Struct], *, stem: str | None = None) -> Faults:
    """Everything that is wrong with `table` as a `kind`; `stem` is the file's name where the id has to be the same."""
    faults = Faults()
    if fault := _other_kind(table, kind):
        faults.add(fault)
        return faults
    right = _Walk(faults).struct(table, kind, ())
    if stem is not None and right.get("id", stem) != stem:
        faults.add(misnamed(right["id"], stem))
    for fault in contradictions(right, kind):
        faults.add(fault)
    return faults


def place(faults: Iterable[Fault], name: str, text: str | None) -> list[Problem]:
    """The faults as problems of the file called `name`, in the order of its lines. `text` is what it holds."""
    told = list(faults)
    positions: list[tuple[int, int] | tuple[None, None]] = [(None, None)] * len(told)
    if text is not None and told:
        from trainer.library.places import places

        with contextlib.suppress(ImportError):  # no wheel for this machine: the key's path says it too
            positions = [*places(text, ((fault.keys, fault.at_key) for fault in told))]
    problems = [
        Problem(name, path(fault.keys), fault.found, fault.allowed, line, column, clean(fault.suggestion, limit=80))
        for fault, (line, column) in zip(told, positions, strict=True)
    ]
    return sorted(problems, key=lambda problem: (problem.line or 0, problem.column or 0))


def path(keys: Keys) -> str:
    """The way to a key as a person writes it; the entries of a list count from one."""
    text = ""
    for key in keys:
        text += f" {key + 1}" if isinstance(key, int) else f"{'.' if text else ''}{clean(key, limit=80)}"
    return text


def misnamed(id: str, stem: str) -> Fault:
    """An id that is not the name of its file."""
    fits = re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", stem)
    allowed = f"{stem!r}, as the file is named; or rename the file" if fits else f"a file called {id}.toml"
    return Fault(("id",), repr(id), allowed)


class _Walk:
    """Converts a table leaf by leaf, so that one wrong leaf hides no other."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    def struct(self, table: Mapping[str, Any], kind: type[Struct], keys: Keys) -> dict[str, Any]:
        """The fields of a table that are right by themselves; those that are not there, with their defaults."""
        hints, fields = _hints(kind), _fields(kind)
        right: dict[str, Any] = {}
        for field in fields:
            name, hint = field.encode_name, hints[field.name]
            if name in table:
                if self._value(table[name], hint, (*keys, name)):
                    right[name] = msgspec.convert(table[name], hint)
                elif isinstance(table[name], list) and (entry := _table_in_list(hint)):
                    right[name] = [
                        msgspec.convert(one, entry) if _converts(one, entry) else None for one in table[name]
                    ]
            elif not field.required:
                right[name] = None if field.default is NODEFAULT else field.default
            elif self._faults.room():
                self._faults.first.append(Fault((*keys, name), "nothing", _allowed(hint, (*keys, name))))
        known = dict.fromkeys(field.encode_name for field in fields)
        for key in table:
            if key not in known and self._faults.room():
                meant = _elsewhere(key, kind, keys) or nearest(key, known)
                fault = Fault((*keys, key), "an unknown key", ", ".join(known), meant, at_key=True)
                self._faults.first.append(fault)
        return right

    def _value(self, value: Any, hint: Any, keys: Keys) -> bool:
        """Whether `value` is what `hint` allows; what is wrong is kept."""
        if not isinstance(value, dict | list):
            return self._leaf(value, hint, keys)
        before = self._faults.count
        variants = list(_variants(hint))
        struct = next((one for one in variants if isinstance(one, type) and issubclass(one, Struct)), None)
        free = next((one for one in variants if get_origin(one) is dict), None)
        if isinstance(value, dict) and struct is not None:
            self.struct(value, struct, keys)
            return self._faults.count == before
        if isinstance(value, dict) and free is not None:
            of_key, of_value = get_args(free)
            for key, item in value.items():
                self._key(key, of_key, keys)
                self._value(item, of_value, (*keys, key))
            return self._faults.count == before
        if isinstance(value, list):
            most = min((note.max_length for note in _notes(hint) if note.max_length), default=len(value))
            if len(value) > most:
                self._leaf(value, hint, keys, fits=False)
            entries = zip(value[:most], _entries(variants, len(value)), strict=False)
            for index, (item, of_item) in enumerate(entries):
                self._value(item, of_item, (*keys, index))
            if self._faults.count > before:
                return False
        return self._leaf(value, hint, keys)

    def _leaf(self, value: Any, hint: Any, keys: Keys, *, fits: bool = True) -> bool:
        if fits and _converts(value, hint):
            return True
        if self._faults.room():
            self._faults.first.append(Fault(keys, shown(value), _allowed(hint, keys, value), _meant(value, hint, keys)))
        return False

    def _key(self, key: str, hint: Any, keys: Keys) -> None:
        if not _converts(key, hint) and self._faults.room():
            fault = Fault(keys, f"the key {shown(key)}", f"as a key, {words(hint)}", at_key=True)
            self._faults.first.append(fault)


def _header(keys: Keys) -> str:
    return ".".join(key for key in keys if isinstance(key, str))


def _allowed(hint: Any, keys: Keys, value: Any = None) -> str:
    lacks = _table_in_list(hint) is not None and not isinstance(value, list)
    return f"[[{_header(keys)}]], {words(hint, value)}" if lacks else words(hint, value)


def _elsewhere(key: str, kind: type[Struct], keys: Keys) -> str:
    """Where a key belongs that is right in another place of the same file; empty where it is right nowhere."""
    if kind is Routine and key == "dose":
        return "[step.dose]"
    if kind is Exercise and key == "step":
        return "[dose]"
    places = _PLACES.get(kind, ())
    if kind is Dose:  # what stands below a table belongs to it
        of_step = ((Step, "above [step.dose]"), (Routine, "above the first [[step]]"))
        places = of_step if "step" in keys else ((Exercise, "above [dose]"), (Cues, "below [cues]"))
    for other, where in places:
        if key in other.__struct_fields__:
            return f"{key} {where}"
    return ""


_PLACES: Mapping[type[Struct], Sequence[tuple[type[Struct], str]]] = {
    Routine: ((Step, "below a [[step]]"),),
    Step: ((Routine, "above the first [[step]]"), (Dose, "below [step.dose]")),
    Exercise: ((Dose, "below [dose]"), (Cues, "below [cues]")),
}

MARK = "trainer-share"
"""The key with which a shared file begins."""


def _other_kind(table: Mapping[str, Any], kind: type[Struct]) -> Fault | None:
    """Where the file of a routine stands for an exercise, or the other way round: every key would be unknown."""
    if MARK in table and kind in (Exercise, Routine):
        allowed = "the file of one routine or exercise; trainer add FILE takes a shared one in"
        return Fault((MARK,), "a shared file", allowed, at_key=True)
    if kind is Exercise and isinstance(table.get("step"), list) and "dose" not in table:
        return Fault((), "a routine", "an exercise; routines lie in the folder routines")
    if kind is Routine and "dose" in table and "step" not in table:
        return Fault((), "an exercise", "a routine; exercises lie in the folder exercises")
    return None


@cache
def _hints(kind: type[Struct]) -> Mapping[str, Any]:
    return get_type_hints(kind, include_extras=True)


@cache
def _fields(kind: type[Struct]) -> tuple[msgspec.structs.FieldInfo, ...]:
    return msgspec.structs.fields(kind)


def _converts(value: Any, hint: Any) -> bool:
    try:
        msgspec.convert(value, hint)
    except msgspec.ValidationError:
        return False
    return True


def _variants(hint: Any) -> Iterator[Any]:
    """The types that a hint names, without what is noted beside them."""
    origin = get_origin(hint)
    if origin is Annotated:
        yield from _variants(get_args(hint)[0])
    elif origin in (Union, types.UnionType):
        for one in get_args(hint):
            yield from _variants(one)
    else:
        yield hint


def _notes(hint: Any) -> Iterator[Meta]:
    origin = get_origin(hint)
    if origin is Annotated:
        yield from (note for note in hint.__metadata__ if isinstance(note, Meta))
    if origin in (Annotated, Union, types.UnionType):
        for one in get_args(hint):
            yield from _notes(one)


def _entries(variants: list[Any], length: int) -> Iterable[Any]:
    """The type of each entry of a list of `length`."""
    for one in variants:
        if _is_of_any_length(one):
            return repeat(get_args(one)[0])
        if get_origin(one) is tuple and len(get_args(one)) == length:
            return get_args(one)
    return ()


def _table_in_list(hint: Any) -> type[Struct] | None:
    """The type of the tables in a list of tables; None for any other hint."""
    for one in _variants(hint):
        if _is_of_any_length(one) and isinstance(entry := get_args(one)[0], type) and issubclass(entry, Struct):
            return entry
    return None


def _is_of_any_length(variant: Any) -> bool:
    """Whether that is a list, or a tuple that takes as many entries as there are."""
    return get_origin(variant) is list or (get_origin(variant) is tuple and get_args(variant)[-1:] == (...,))


def _is_table(hint: Any) -> bool:
    return any(isinstance(one, type) and issubclass(one, Struct) for one in _variants(hint))


def _meant(value: Any, hint: Any, keys: Keys) -> str:
    """The word that may have been meant by one that is not allowed; the id by one in other characters."""
    if isinstance(value, list) and _is_table(hint):
        return f"[{_header(keys)}] in single brackets"
    if not isinstance(value, str):
        return ""
    if choices := [word for one in _variants(hint) if get_origin(one) is Literal for word in get_args(one)]:
        return nearest(value, choices)
    slug = re.sub(r"[^a-z0-9]+", "-", value[:64].lower()).strip("-")
    return slug if any(note.pattern for note in _notes(hint)) and _converts(slug, hint) else ""
