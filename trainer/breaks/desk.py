"""What surrounds a person: how long nothing was typed, whether they want quiet, and how to reach them.

All of it asks the system and may take a second: call it from a thread, one call at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from trainer.breaks.events import Sensed
from trainer.breaks.idle import Idle, find
from trainer.breaks.notices import Notice, Way, send, ways, withdraw
from trainer.breaks.quiet import ask
from trainer.breaks.settings import Breaks


class Desk:
    """The adapters that this machine has. Nothing here raises."""

    def __init__(self, wishes: Breaks, environ: Mapping[str, str], write: Callable[[str], None] | None) -> None:
        """`write` writes to the terminal, None where there is none."""
        self._wishes = wishes
        self._environ = environ
        self._write = write
        self._idle: Idle | None = None
        self._ways: list[Way] | None = None

    def look(self) -> str:
        """Find what tells of idle time, and return its name; empty where nothing does or nothing is to."""
        if not self._wishes.watch_idle:
            return ""
        self._idle = find(self._environ)
        if self._idle.name == "unknown":
            self._idle.close()
            self._idle = None
        return self.idle_name

    @property
    def knows_idle(self) -> bool:
        """Whether anything tells of idle time, so that it is worth being asked often."""
        return self._idle is not None

    @property
    def idle_name(self) -> str:
        """What tells of idle time, empty where nothing does."""
        return "" if self._idle is None else self._idle.name

    def sense(self) -> Sensed:
        """How long nothing was typed or moved."""
        return Sensed() if self._idle is None else Sensed(self._idle.idle_ms(), self._idle.exact)

    def quiet(self) -> str:
        """Why the person is not to be disturbed now; empty where they may be, or nothing can tell."""
        found = ask(self._environ)
        return found.why if found.on else ""

    def tell(self, title: str, body: str, *, softly: bool = False) -> str:
        """Send a notice by the first way that works, and return its name; empty where none did.

        `softly`: by the desktop only, since nothing is to be done yet.
        """
        if self._ways is None:
            self._ways = ways(self._environ, self._write, desktop=self._wishes.desktop, bell=self._wishes.bell)
        return send(Notice(title, body), [one for one in self._ways if not softly or one.name == "desktop"])

    def take_back(self) -> None:
        """Take back what was sent, where that can be done."""
        if self._ways is not None:
            withdraw(self._ways)

    def close(self) -> None:
        """Let go of all of it."""
        self.take_back()
        if self._idle is not None:
            self._idle.close()
            self._idle = None
