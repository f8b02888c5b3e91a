"""Finds routines and exercises, for the command line and the screen alike. Pure.

What is searched are `Entry` values, so that nothing here reads a file; `named` and `suggested` ask the library that
they are given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from trainer.library.model import Exercise, Routine
from trainer.library.query import KEYS, NOTHING, YES_NO, Known, Query, Term, near
from trainer.library.query import fold as fold
from trainer.library.sources import SOURCES

if TYPE_CHECKING:
    from trainer.library.shelf import Library

What = Literal["routine", "exercise"]
_WAYS = frozenset("/\\\0")
"""What no name holds: a path that is mistyped is not taken for one."""


class Entry(Struct, frozen=True):
    """What one routine or exercise is found by."""

    what: What
    id: str
    names: str
    """Its ids and names, and those of a routine's exercises, folded as `text` is."""
    text: str
    """Its own words, folded, with a blank before each and a bar between what stands apart."""
    parts: tuple[str, ...]
    """The words of each exercise of a routine, likewise."""
    cited: str
    """The titles and publishers of its sources, likewise."""
    minutes: int
    """Its length as it is shown: rounded, at least 1."""
    values: dict[str, frozenset[str]]
    """Folded values by the key of a term."""
    shown: dict[str, str] = {}
    """How a folded value is written, where that differs."""


def of_routine(routine: Routine, exercises: Iterable[Exercise], *, length_ms: int, own: bool) -> Entry:
    """What `routine` is found by; `exercises` are those of its steps, `own` whether the file is the person's.

    A tag holds where the routine bears it, or every exercise of it does: one gentle exercise makes no gentle routine.
    """
    used = list(exercises)
    tags = [*routine.tags, *(set.intersection(*(set(one.tags) for one in used)) if used else ())]
    text = [routine.id, routine.name, routine.purpose, routine.group, *tags, *routine.sources]
    return Entry(
        what="routine",
        id=routine.id,
        names=_searched([routine.id, routine.name, *(name for one in used for name in _called(one))]),
        text=_searched(text),
        parts=tuple(_searched(_words(one)) for one in used),
        **_facts(tags, [routine.group], used, routine.sources, length_ms, own),
    )


def of_exercise(exercise: Exercise, *, length_ms: int, own: bool) -> Entry:
    """What `exercise` is found by; `length_ms` is that of the exercise alone."""
    text = [*_words(exercise), exercise.purpose, *exercise.sources]
    return Entry(
        what="exercise",
        id=exercise.id,
        names=_searched(_called(exercise)),
        text=_searched(text),
        parts=(),
        **_facts(exercise.tags, [], [exercise], exercise.sources, length_ms, own),
    )


def _called(one: Exercise) -> list[str]:
    return [one.id, one.name, *one.aliases]


def _words(one: Exercise) -> list[str]:
    told = [one.position, one.kind, *one.tags, *one.muscles, *one.equipment, *one.optional]
    return [*_called(one), *told]


def _searched(texts: Iterable[str]) -> str:
    return "".join(f" {fold(text)} |" for text in dict.fromkeys(texts))


def _facts(
    tags: Sequence[str],
    groups: Sequence[str],
    used: Sequence[Exercise],
    sources: Sequence[str],
    length_ms: int,
    own: bool,
) -> dict[str, Any]:
    flags = {
        "floor": any(one.on_floor for one in used),
        "quiet": not any(one.noise for one in used),
        "office": all(one.suits_office for one in used),
        "own": own,
    }
    written: dict[str, Sequence[str]] = {
        "tag": tags,
        "position": [one.position for one in used],
        "needs": [thing for one in used for thing in one.equipment] or [NOTHING],
        "source": sources,
        "group": groups,
        "kind": [one.kind for one in used],
        **{key: ["yes" if flag else "no"] for key, flag in flags.items()},
    }
    return {
        "cited": _searched(part for key in sources if (one := SOURCES.get(key)) for part in (one.title, one.publisher)),
        "minutes": max(1, round(length_ms / 60_000)),
        "values": {key: frozenset(map(fold, values)) for key, values in written.items()},
        "shown": {folded: v for values in written.values() for v in values if (folded := fold(v)) != v},
    }


def known(entries: Iterable[Entry]) -> Known:
    """What can be asked for among `entries`."""
    values: dict[str, dict[str, str]] = {key: {} for key in KEYS}
    for one in entries:
        for key, folded in one.values.items():
            for value in folded:
                values[key].setdefault(value, one.shown.get(value, value))
    values["without"] = {key: v for key, v in values["needs"].items() if key != NOTHING}
    values["needs"][NOTHING] = NOTHING
    for key in YES_NO:
        values[key] = {"yes": "yes", "no": "no"}
    return Known({key: dict(sorted(of.items())) for key, of in values.items()})


def search(query: Query, entries: Sequence[Entry]) -> list[Entry]:
    """The entries for which all of `query` holds, in their order. The query has been checked.

    A routine fits where its own words and those of one of its exercises hold all that is looked for; where none does,
    several exercises may do so together. Words that follow each other in a name mean what is called so: "side bridge"
    is no bridge with the word "side" somewhere else. What a source is called counts only where nothing fits otherwise:
    a title such as "… Back, Neck, and Hip Pain" would make each of its routines one for the neck.
    """
    words = [fold(word) for word in query.words]
    fitting = [one for one in entries if all(_term_holds(term, one) for term in query.terms if term.key)]
    routines = [one for one in fitting if one.what == "routine"]
    found = [one for one in routines if any(_has_all(one.text + part, words) for part in one.parts)]
    found = found or [one for one in routines if _has_all(one.text + "".join(one.parts), words)]
    found += [one for one in fitting if one.what == "exercise" and _has_all(one.text, words)]
    if len(words) > 1 and (called := [one for one in found if _has(one.names, " ".join(words))]):
        return called
    return found or [one for one in fitting if _has_all(one.text + "".join(one.parts) + one.cited, words)]


def _has_all(text: str, words: Iterable[str]) -> bool:
    return all(_has(text, word) for word in words)


def _has(text: str, word: str) -> bool:
    # From the beginning of a word, so that "arm" is not found in "warm"; not every script parts its words.
    return (f" {word}" if word.isascii() else word) in text


def _term_holds(term: Term, entry: Entry) -> bool:
    if term.key == "under":
        return entry.minutes <= int(term.value)
    value = fold(term.value)
    if term.key == "without":
        return value not in entry.values["needs"]
    return value in entry.values[term.key]


def nearest(query: Query, entries: Sequence[Entry]) -> str:
    """A word of the library near one of the query that is nowhere in it; empty where there is none."""
    texts = [one.text + "".join(one.parts) + one.cited for one in entries]
    for term in query.words:
        word = fold(term)
        if not any(_has(text, word) for text in texts):
            import difflib

            words = sorted({one for text in texts for one in text.split() if len(one) > 2})
            if close := difflib.get_close_matches(word, words, n=1, cutoff=0.7):
                return close[0]
    return ""


def named(library: Library, text: str) -> str | None:
    """The id that `text` stands for: an id, else another name of an exercise, else a name; None where it is none.

    Of two with the same name the routine is meant. Files that cannot be read count by their ids alone.
    """
    if library.has(text):
        return text
    folded = fold(text)
    if not folded or not _WAYS.isdisjoint(text):
        return None
    return next(_ids_named(library, folded), None)


def _ids_named(library: Library, folded: str) -> Iterator[str]:
    names = list(_names(library))
    yield from (id for also, id, _ in names if folded in also)
    yield from (id for _, id, name in reversed(names) if folded in (fold(id), name))


def _names(library: Library) -> Iterator[tuple[list[str], str, str]]:
    """Other names, id and name of each exercise and routine, the names folded."""
    for exercise in library.exercises()[0]:
        yield [fold(alias) for alias in exercise.aliases], exercise.id, fold(exercise.name)
    for routine in library.routines()[0]:
        yield [], routine.id, fold(routine.name)


def suggested(library: Library, text: str) -> str:
    """An id that is near `text`, or whose name is; empty where none is."""
    names = list(_names(library))
    ids = {name: id for _, id, own in names for name in (own, fold(id))}
    for also, id, _ in names:
        for name in also:
            ids.setdefault(name, id)
    return ids.get(near(fold(text), ids), "")
