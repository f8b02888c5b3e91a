"""The terminal's bell: what every terminal has."""

from __future__ import annotations

from collections.abc import Callable

from trainer.breaks.notices.notice import Notice

BEL = "\a"
NO_TERMINAL = "there is no terminal here"


def written(write: Callable[[str], None] | None, text: str) -> bool:
    """Write `text` in one call, so that nothing comes in between, and say whether that worked."""
    if write is None:
        return False
    try:
        write(text)
    except Exception:  # whatever a front end's writer raises once its terminal is gone: a notice ends no session
        return False
    return True


class Bell:
    """Rings. What the terminal makes of that is its own: a sound, a flash, a mark on the window."""

    name = "bell"

    def __init__(self, write: Callable[[str], None] | None) -> None:
        self._write = write

    def why_not(self) -> str:
        """See `Way`."""
        return NO_TERMINAL if self._write is None else ""

    def how(self) -> str:
        """See `Way`."""
        return "BEL"

    def send(self, notice: Notice) -> bool:  # noqa: ARG002  a bell says nothing
        """See `Way`."""
        return written(self._write, BEL)

    def withdraw(self) -> None:
        """See `Way`: what has rung has rung."""
