"""What can be wrong with a text that is taken in: each fault with its place, all of them told at once."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from sessions.errors import LogbookError
from sessions.facts import Draft

MOST = 20
"""How many faults of one text are told; beyond them only their number is."""
_SHOWN = 60


class Fault(Struct, frozen=True):
    """One thing wrong in a text."""

    line: int | None
    """Counted from 1; None where no line is meant."""
    place: str
    """The column or key as the text names it; empty where the whole line is meant."""
    found: str
    allowed: str


class Misread(LogbookError):
    """A text that is not what it was taken for. Nothing of it was taken."""

    def __init__(self, name: str, faults: Iterable[Fault], count: int, drafts: Iterable[Draft] = ()) -> None:
        """Tell of `faults`, the first of `count`, in the text that the person calls `name`."""
        self.name = name
        self.faults = tuple(faults)
        self.count = count
        """How many there are in all."""
        self.drafts = list(drafts)
        """What the rest of the text says, for whoever chooses to leave out what is wrong."""
        super().__init__("\n".join(self._lines()))

    def _lines(self) -> Iterable[str]:
        for fault in self.faults:
            where = ":".join(str(part) for part in (self.name, fault.line) if part)
            parts = (part for part in (where, fault.place) if part)
            yield ": ".join((*parts, f"found {fault.found}; allowed: {fault.allowed}"))
        if left := self.count - len(self.faults):
            yield f"and {left:,} more"


class Faults:
    """The first faults of a text, and how many there are."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.first: list[Fault] = []
        self.count = 0

    def add(self, line: int | None, place: str, found: str, allowed: str) -> None:
        """Count one more, and keep it while there is room."""
        self.count += 1
        if len(self.first) < MOST:
            self.first.append(Fault(line, place, found, allowed))

    def done(self, drafts: list[Draft]) -> list[Draft]:
        """Return `drafts` where nothing was wrong. Raises `Misread` otherwise."""
        if self.count:
            raise Misread(self.name, self.first, self.count, drafts)
        return drafts


def shown(text: str) -> str:
    """What a text holds, short, and with every character that could steer a terminal written out."""
    if not text.strip():
        return "nothing"
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")
