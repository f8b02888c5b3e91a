"""Routines and exercises in one self-contained file, to be handed on and taken in.

The form, version 1: `trainer-share = 1`, then a `[[routine]]` table for each routine and an `[[exercise]]` table for
each exercise, with the keys of their own files. What is a table there stands below: `[[routine.step]]`,
`[routine.step.dose]`, `[exercise.dose]`, `[exercise.cues]`. The whole has the size limit of a single file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any

from msgspec import Meta, Struct, structs

from trainer.library.contradictions import Fault, contradictions
from trainer.library.dose import FileValue
from trainer.library.errors import LibraryError
from trainer.library.explain import MARK
from trainer.library.model import Exercise, Routine
from trainer.library.reader import MAX_BYTES, Document, decode, kind_of
from trainer.library.writing import Kind, reads_as, to_toml, undirected
from trainer.text import clean

VERSION = 1
_HEAD = f"# To be taken in with: trainer add FILE\n{MARK} = {VERSION}\n"
# A table's header and no entry of a list: nothing but names, dots and brackets.
# Nothing in it goes back (`*+`), so that no line takes long.
_HEADER = re.compile(r"""^([ \t]*+\[\[?+[ \t]*+)((?:[\w.\- \t]|"[^"\n]*"|'[^'\n]*')++\]\]?+[ \t]*+(?:\#.*)?)$""")
_KINDS: dict[str, Kind] = {"routine": Routine, "exercise": Exercise}


class Item(Struct, frozen=True):
    """A routine or an exercise of a file, and the text of a file of its own."""

    value: Exercise | Routine
    text: str
    keys: tuple[str | int, ...] = ()
    """The way to it in the file that it came in."""
    above: int | None = None
    """Lines of that file above the text; None where the text was laid out anew."""


class _Shared(FileValue, frozen=True):
    """What stands in a shared file beside its mark."""

    routine: Annotated[list[Routine], Meta(max_length=100)] = []
    exercise: Annotated[list[Exercise], Meta(max_length=300)] = []
    """As many as a routine of the greatest length can use, with an easier and a harder form of each."""


# --- handing on ---------------------------------------------------------------------------------


def to_share(items: Iterable[Item]) -> str:
    """The text of a file with all of `items`; their comments are kept where the text can be followed."""
    return "\n".join([_HEAD, *(_below(one) for one in items)])


def _below(item: Item) -> str:
    word = type(item.value).__name__.lower()
    shared = _Shared([item.value]) if isinstance(item.value, Routine) else _Shared(exercise=[item.value])
    for text in _ways_to_write(item):
        lines = (_HEADER.sub(rf"\g<1>{word}.\g<2>", line) for line in text.strip().split("\n"))
        below = "\n".join([f"[[{word}]]", *lines]) + "\n"
        if reads_as(below, shared):
            return below
    raise AssertionError("a text of our own can be followed")


def _ways_to_write(item: Item) -> Iterator[str]:
    """The text as its author wrote it, then one laid out anew."""
    yield undirected(clean(item.text, lines=True))
    yield to_toml(item.value)


# --- taking in ----------------------------------------------------------------------------------


def taken(document: Document) -> list[Item]:
    """What is in a shared file, or in that of one routine or exercise.

    Raises `LibraryError` with every problem of the file; whether the exercises that it uses exist is not looked at.
    """
    if MARK in document.table or any(isinstance(document.table.get(word), list | dict) for word in _KINDS):
        return _taken_apart(document)
    kind = kind_of(document.table)
    value = decode(document.table, kind, document.name, text=document.text)
    return [_item(value, clean(document.text, lines=True), 0, ())]


def _taken_apart(document: Document) -> list[Item]:
    table = dict(document.table)
    version = table.pop(MARK, None)
    if type(version) is not int or version != VERSION:
        found = "nothing" if version is None else clean(repr(version), limit=40)
        newer = type(version) is int and version > VERSION
        allowed = f"{VERSION}; a newer trainer may read it" if newer else f"{VERSION}, at the top of a shared file"
        raise LibraryError(*_placed([Fault((MARK,), found, allowed)], document))
    shared = decode(table, _Shared, document.name, text=document.text)
    values = [(word, list(getattr(shared, word))) for word in _KINDS]
    faults = [
        fault._replace(keys=(word, index, *fault.keys))
        for word, several in values
        for index, value in enumerate(several)
        for fault in (*contradictions(structs.asdict(value), type(value)), *_twice(value, several[:index]))
    ]
    if not any(several for _, several in values):
        faults.append(Fault((), "neither a routine nor an exercise", "[[routine]] and [[exercise]] tables"))
    if faults:
        raise LibraryError(*_placed(faults, document))
    texts = _texts(clean(document.text, lines=True))
    return [
        _item(value, *texts.get((word, index), ("", 0)), (word, index))
        for word, several in values
        for index, value in enumerate(several)
    ]


def _twice(value: Exercise | Routine, before: Sequence[Any]) -> Iterator[Fault]:
    if any(one.id == value.id for one in before):
        yield Fault(("id",), f"{value.id!r} once more", "each id once")


def _item(value: Exercise | Routine, text: str, above: int, keys: tuple[str | int, ...]) -> Item:
    own = undirected(text).lstrip("\n")
    above += text.count("\n") - own.count("\n")
    own = own.rstrip("\n") + "\n"
    small = len(own.encode("utf-8", "replace")) < MAX_BYTES - 100  # a line is added to it
    return Item(value, own, keys, above) if small and reads_as(own, value) else Item(value, to_toml(value), keys)


def _texts(text: str) -> dict[tuple[str, int], tuple[str, int]]:
    """The lines of each table as those of a file of its own, and how many are above them.

    Whether they are such lines is for the caller to look at.
    """
    found: dict[tuple[str, int], tuple[list[str], int]] = {}
    counts = dict.fromkeys(_KINDS, 0)
    lines: list[str] = []
    word = ""
    for number, line in enumerate(text.split("\n"), 1):
        header = _HEADER.match(line)
        name = header[2].partition("]")[0].strip() if header else ""
        if name in _KINDS:
            word, lines = name, []
            found[word, counts[word]] = lines, number
            counts[word] += 1
        elif header and word:
            lines.append(re.sub(rf"^([ \t]*\[\[?[ \t]*){word}[ \t]*\.[ \t]*", r"\g<1>", line))
        else:
            lines.append(line)
    return {key: ("\n".join(lines), above) for key, (lines, above) in found.items()}


def _placed(faults: Iterable[Fault], document: Document) -> Iterator[Any]:
    from trainer.library.explain import place

    yield from place(faults, document.name, document.text)
