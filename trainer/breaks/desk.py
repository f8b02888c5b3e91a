"""What surrounds a person: how long nothing was typed, whether they want quiet, and how to reach them.

All of it asks the system and may take a second: call it from a thread, one call at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from trainer.breaks.events import Sensed
from trainer.breaks.idle import Idle, Unknown, find
from trainer.breaks.idle.adapter import Now, now_ms
from trainer.breaks.notices import Notice, Way, send, ways, withdraw
from trainer.breaks.quiet import ask
from trainer.breaks.seat import seated
from trainer.breaks.settings import Breaks
from trainer.breaks.tmux import is_inside

AGAIN_MS = 60_000
"""How long nothing has to be told of idle time before something else is looked for, and how often at most (own)."""


class Desk:
    """The adapters that this machine has. Nothing here raises."""

    def __init__(
        self,
        wishes: Breaks,
        environ: Mapping[str, str],
        write: Callable[[str], None] | None,
        clock_ms: Now = now_ms,
    ) -> None:
        """`write` writes to the terminal, None where there is none."""
        self._wishes = wishes
        self._environ = environ
        self._write = write
        self._clock_ms = clock_ms
        self._idle: Idle | None = None
        self._seat: Mapping[str, str] = {}
        self._silent_ms: int | None = None
        """Since when idle time is not told, or when it was last looked for since; None while it is told."""
        self._seen_ms = 0
        """When it was last seen where the person sits."""
        self._ways: list[Way] | None = None

    def look(self) -> str:
        """Find what tells of idle time, and return its name; empty where nothing does or nothing is to."""
        if not self._wishes.watch_idle:
            return ""
        self._silent_ms, self._seen_ms = None, self._clock_ms()
        self._seat = seated(self._environ)
        self._take(find(self._environ))
        return self.idle_name

    @property
    def knows_idle(self) -> bool:
        """Whether anything tells of idle time, so that it is worth being asked often."""
        return self._idle is not None

    @property
    def idle_name(self) -> str:
        """What tells of idle time, empty where nothing does."""
        return "" if self._idle is None or self._idle.name == Unknown.name else self._idle.name

    def sense(self) -> Sensed:
        """How long nothing was typed or moved. Where that was not told for a minute, something else is looked for.

        That takes longer than an answer; it is never done by a call that follows one that knew the idle time.
        """
        if self._idle is None:
            return Sensed()
        now_ms = self._clock_ms()
        if self._sits_elsewhere(now_ms):
            # What was found tells of keys that nobody here touches.
            self._idle.close()
            self._idle = Unknown()
            self._silent_ms = now_ms - AGAIN_MS
            return Sensed()
        idle_ms = self._idle.idle_ms()
        if idle_ms is not None:
            self._silent_ms = None
        elif self._silent_ms is None:
            self._silent_ms = now_ms
        elif now_ms - self._silent_ms >= AGAIN_MS:
            self._silent_ms = now_ms
            self._take(find(self._environ))
            idle_ms = self._idle.idle_ms()
        return Sensed(idle_ms, self._idle.exact)

    def _take(self, found: Idle) -> None:
        """Ask `found` from now on. Where that is nothing, what was asked before may come back."""
        if found.name == Unknown.name and self._idle is not None:
            return
        if self._idle is not None:
            self._idle.close()
        self._idle = None if found.name == Unknown.name else found

    def _sits_elsewhere(self, now_ms: int) -> bool:
        """Whether somebody was attached to tmux from somewhere else since the last look."""
        if not is_inside(self._environ) or now_ms - self._seen_ms < AGAIN_MS:
            return False
        self._seen_ms = now_ms
        before, self._seat = self._seat, seated(self._environ)
        return self._seat != before

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

    def why_untold(self) -> str:
        """Why no notice can be sent, by the way that would be tried first."""
        first = next(iter(self._ways or ()), None)
        return "notices are off in the settings" if first is None else first.why_not() or f"the {first.name} took none"

    def close(self, *, take_back: bool = True) -> None:
        """Let go of all of it; and, unless it is to stay, take back what was sent."""
        if take_back:
            self.take_back()
        if self._idle is not None:
            self._idle.close()
            self._idle = None
