"""Questions before and after a session, while no time is guided."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

from trainer.cli.errors import Refusal
from trainer.cli.plain.inbox import Inbox
from trainer.cli.plain.keys import RANGE, key, rating

GRACE_S = 3.0
"""How long an answer may take that comes through a pipe; one that stays open and says nothing is not waited for."""
TRIES = 3
"""How often a pipe may answer what is no answer."""


class Questions:
    """Asks, and takes lines as answers. `held` are ratings that came before they were asked for."""

    def __init__(self, inbox: Inbox, write: Callable[[str], None], held: deque[int]) -> None:
        self._inbox = inbox
        self._write = write
        self._held = held
        self._silent = False
        self.begun = False
        """Whether the session has begun; before, q ends the program."""

    @property
    def answerable(self) -> bool:
        """Whether an answer may still come."""
        return bool(self._held) or not (self._inbox.ended or self._silent)

    def pain(self, question: str) -> int | None:
        """A rating from 0 to 10, None where the person leaves it."""
        if not self.answerable:
            return None
        self._write(question)
        if self._held:
            return self._held.popleft()
        tries = 0
        while (line := self._line()) is not None:
            if not line:
                return None
            nrs = rating(line)
            if isinstance(nrs, int):
                return nrs
            self._write(RANGE)
            tries += 1
            if tries >= TRIES and not self._inbox.interactive:
                self._silent = True
                return None
        return None

    def choice(self, question: str, options: Sequence[str], otherwise: str) -> int | None:
        """Which of `options` is taken, from 0; None where the person leaves it. `otherwise` says what Enter does."""
        if not self.answerable:
            return None
        self._write(question)
        for number, option in enumerate(options, 1):
            self._write(f"  {number}: {option}")
        self._write(otherwise)
        tries = 0
        while (line := str(self._held.popleft()) if self._held else self._line()) is not None:
            if not line:
                return None
            nrs = rating(line)
            if isinstance(nrs, int) and 1 <= nrs <= len(options):
                return nrs - 1
            self._write(f"1 to {len(options)}, please.")
            tries += 1
            if tries >= TRIES and not self._inbox.interactive:
                self._silent = True
                return None
        return None

    def yes(self, question: str) -> bool:
        """Whether the person says yes; no answer is none."""
        self._write(question)
        while (line := self._line()) is not None:
            if line.lower() in ("y", "yes"):
                return True
            if line.lower() in ("n", "no"):
                return False
            self._write("y or n, please.")
        return False

    def text(self, question: str) -> str:
        """A line of text, empty where the person leaves it."""
        self._write(question)
        return self._line() or ""

    def _line(self) -> str | None:
        """The next line, None where none will come. Raises `Refusal` where the person leaves before it begins."""
        while not self._inbox.ended and not self._silent:
            if (line := self._inbox.get(GRACE_S)) is not None:
                if not self.begun and key(line) == "q":
                    raise Refusal("nothing was begun", status=1)
                return line.strip()
            if not self._inbox.interactive and not self._inbox.ended:
                self._silent = True
        return None
