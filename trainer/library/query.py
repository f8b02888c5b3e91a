"""What a person searches for: words and terms such as `tag:hips under:5`, read and checked. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from sessions.folding import fold as fold

KEYS: dict[str, str] = {
    "tag": "what it is for, such as hips",
    "position": "a position that it goes through",
    "needs": "equipment that it needs, or nothing",
    "without": "equipment that is not at hand",
    "source": "a source that it cites",
    "under": "at most so many minutes",
    "group": "a group of routines",
    "kind": "a kind of exercise",
    "floor": "whether any of it is on the floor",
    "quiet": "whether others nearby hear nothing",
    "office": "whether it suits a shared office",
    "own": "whether it is of your own files",
}
"""The typed terms, and what each says."""

NOTHING = "nothing"
"""The value of `needs:` for what needs no equipment."""
MAX_MINUTES = 600

YES_NO = ("floor", "quiet", "office", "own")
"""The terms that hold or do not."""
_PART = re.compile(r'([A-Za-z]+):(?:"([^"]*)"?|([^\s"]*))|"([^"]*)"?|([^\s"]+)')


class Term(Struct, frozen=True):
    """A word to find, or a typed term."""

    key: str
    """Empty for a plain word."""
    value: str

    def __str__(self) -> str:
        value = self.value.replace('"', " ")
        quoted = f'"{value}"' if not value or any(char.isspace() for char in value) else value
        return f"{self.key}:{quoted}" if self.key else quoted


class Query(Struct, frozen=True):
    """All of these have to hold."""

    terms: tuple[Term, ...] = ()

    def __str__(self) -> str:
        return " ".join(map(str, self.terms))

    @property
    def words(self) -> tuple[str, ...]:
        """The plain words."""
        return tuple(term.value for term in self.terms if not term.key)

    def values(self, key: str) -> tuple[str, ...]:
        """The values of each term with this key."""
        return tuple(term.value for term in self.terms if term.key == key)


class Complaint(Struct, frozen=True):
    """What is wrong with a term."""

    key: str
    """The term's key, empty where there is none of this name."""
    found: str
    meant: str
    """What was probably meant, empty where nothing is near."""
    allowed: str

    def __str__(self) -> str:
        hint = f"did you mean {self.meant}? one of: " if self.meant else ""
        place = f"{self.key}: " if self.key else ""
        return f"{place}found {self.found}; allowed: {hint}{self.allowed}"


def read(text: str) -> Query:
    """The query that `text` is: words, `"words in quotes"`, and `key:value` or `key:"a value"`."""
    terms = []
    for key, quoted, value, phrase, word in _PART.findall(text):
        if key or fold(phrase or word):
            terms.append(Term(key.casefold(), quoted or value or phrase or word))
    return Query(tuple(terms))


def read_words(words: Iterable[str]) -> Query:
    """The query that arguments of a command line are, from which the shell has taken the quotes."""
    terms: list[Term] = []
    for word in words:
        key, colon, value = word.partition(":")
        if colon and key.isalpha() and ":" not in value and '"' not in value:
            terms.append(Term(key.casefold(), value.strip()))
        else:
            terms.extend(read(word).terms)
    return Query(tuple(terms))


class Known(Struct, frozen=True):
    """The values that each key may have, as they are written, by their folded form."""

    values: dict[str, dict[str, str]]


def checked(query: Query, known: Known) -> tuple[Query, list[Complaint]]:
    """What of `query` can be asked, and what is wrong with the rest."""
    good: list[Term] = []
    wrong: list[Complaint] = []
    for term in query.terms:
        complaint = _complaint(term, known) if term.key else None
        if complaint is None:
            good.append(term)
        else:
            wrong.append(complaint)
    return Query(tuple(good)), wrong


def _complaint(term: Term, known: Known) -> Complaint | None:
    found = term.value or "nothing after it"
    if term.key == "under":
        good = term.value.isascii() and term.value.isdigit() and 1 <= int(term.value[:7]) <= MAX_MINUTES
        return None if good else Complaint("under", found, "", f"whole minutes, 1 to {MAX_MINUTES}")
    if term.key not in KEYS:
        return Complaint("", f"{term.key}:", near(term.key, KEYS, ":"), ", ".join(f"{key}:" for key in KEYS))
    values = known.values[term.key]
    folded = fold(term.value)
    if folded in values:
        return None
    if term.key in YES_NO:
        return Complaint(term.key, found, "", "yes or no")
    nearest = values.get(near(folded, values), "")
    return Complaint(term.key, found, nearest, ", ".join(values.values()) or "nothing, as there is none yet")


def near(word: str, words: Iterable[str], after: str = "") -> str:
    """The one of `words` that `word` begins or is close to, with `after` behind it; empty where there is none."""
    import difflib

    choices = list(words)
    if word and (begun := [one for one in choices if one.startswith(word)]):
        return begun[0] + after
    close = difflib.get_close_matches(word, choices, n=1, cutoff=0.6)
    return close[0] + after if close else ""
