"""What a notice says, and what a way of saying it can do."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from trainer.text import clean

_TITLE, _BODY = 60, 160
"""Characters that are shown whole on most desktops: about a line, and three (own)."""


class Notice(Struct, frozen=True):
    """What is said: one line, and a sentence or two. A routine's name in it may come from outside."""

    title: str
    body: str = ""

    def cleaned(self) -> Notice:
        """The same without control characters, in one line each and no longer than what is shown."""
        return Notice(clean(self.title.strip(), limit=_TITLE), clean(self.body.strip(), limit=_BODY))


class Way(Protocol):
    """A way of notice. No method raises, writes to standard output, or takes much longer than a second."""

    @property
    def name(self) -> str:
        """What it is called, to people too: `desktop`, `terminal` or `bell`."""

    def why_not(self) -> str:
        """Why it cannot be used now, empty where it can."""

    def how(self) -> str:
        """What it goes through, where it can be used: the program's name, or the form of the sequence."""

    def send(self, notice: Notice) -> bool:
        """Show a notice in the place of the last one, and say whether that worked."""

    def withdraw(self) -> None:
        """Take back what was sent last, where this can be done."""
