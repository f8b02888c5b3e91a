"""What is typed to search past sessions: words, and terms such as `exercise:bridge pain:5`. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct, structs

from sessions.folding import fold
from sessions.rows import NameRow
from sessions.wanted import Wanted
from trainer.text import clean

TERMS = ("routine", "exercise", "since", "until", "pain")
# What stands between quotes may hold a quote written twice.
_PART = re.compile(r'([A-Za-z]+):(?:"((?:[^"]|"")*)"?|([^\s"]*))|"((?:[^"]|"")*)"?|([^\s"]+)')
_AGO = re.compile(r"([1-9][0-9]{0,3})([dwmy])")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
DAY_RULE = "a day such as 2026-03-01, or 30d, 12w, 6m, 1y ago"


class Search(Struct, frozen=True):
    """What was read of a search."""

    wanted: Wanted
    complaint: str
    """What could not be read, and what is allowed; empty where all could."""


def read(text: str, names: Iterable[NameRow], today: str) -> Search:
    """What a person typed. A term that cannot be read asks for nothing, and is told of."""
    known = list(names)
    words: list[str] = []
    values: dict[str, str | int] = {}
    complaints: list[str] = []
    for key, quoted, bare, phrase, word in _PART.findall(text):
        value = (quoted or bare).replace('""', '"')
        if key.lower() not in TERMS:
            words.append(f"{key} {value}" if key else (phrase.replace('""', '"') or word))
            continue
        if not value:
            continue  # still being typed
        try:
            name, found = _term(key.lower(), value, known, today)
            values[name] = found
        except ValueError as error:
            complaints.append(f"{key.lower()}: {error}")
    wanted = structs.replace(Wanted(" ".join(words)), **values)
    return Search(wanted, "; ".join(complaints))


def written(wanted: Wanted) -> str:
    """The text that `read` reads so."""
    parts = [_quoted(word, also=":") for word in wanted.words.split()]
    for key in ("routine", "exercise", "since", "until"):
        if value := clean(getattr(wanted, key)):
            parts.append(f"{key}:{_quoted(value)}")
    if wanted.pain_from is not None:
        parts.append(f"pain:{wanted.pain_from}")
    return " ".join(parts)


def _quoted(text: str, also: str = "") -> str:
    plain = not any(char.isspace() or char in f'"{also}' for char in text)
    return text if plain else '"{}"'.format(text.replace('"', '""'))


def _term(key: str, value: str, names: list[NameRow], today: str) -> tuple[str, str | int]:
    if key == "pain":
        return "pain_from", rating(value)
    if key in ("since", "until"):
        return key, day(value, today)
    return key, called(value, [row for row in names if row.kind == key])


def rating(text: str) -> int:
    """A rating as a person writes it, 0 to 10. Raises `ValueError`."""
    if text.isascii() and text.isdigit() and len(text) <= 2 and int(text) <= 10:
        return int(text)
    raise ValueError("allowed: 0 to 10")


def day(text: str, today: str) -> str:
    """A day as a person writes it: `2026-03-01`, or `12w` for twelve weeks before `today`. Raises `ValueError`."""
    text = text.strip().lower()
    try:
        if found := _AGO.fullmatch(text):
            return (date.fromisoformat(today) - timedelta(days=int(found[1]) * _DAYS[found[2]])).isoformat()
        # `fromisoformat` takes other forms too, which a person may mean otherwise.
        if date.fromisoformat(text).isoformat() == text:
            return text
    except (ValueError, OverflowError):
        pass
    raise ValueError(f"allowed: {DAY_RULE}")


def called(text: str, names: Iterable[NameRow]) -> str:
    """The id that a person means by an id or a name, the one done most where several are called so.

    Raises `ValueError` where nothing is, with what there is.
    """
    words = fold(text)
    best: dict[int, NameRow] = {}
    known: dict[str, None] = {}
    for row in sorted(names, key=lambda row: row.sessions):
        known[row.id] = None
        # Cleaned, as it is shown and typed.
        if text in (row.id, clean(row.id)):
            return row.id
        of = (fold(row.id), fold(row.name))
        fits = 0 if words in of else 1 if any(one.startswith(words) for one in of) else 2 if _in(words, of) else None
        if words and fits is not None:
            best[fits] = row
    if best:
        return best[min(best)].id
    there = ", ".join(sorted(known)[:12]) or "none yet"
    raise ValueError(f"nothing is called so; there is: {there}")


def _in(words: str, of: Iterable[str]) -> bool:
    return any(words in one for one in of)
