"""A loop line by line, with a person who types and a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.hour import MINUTE_MS, HandDesk, Office, hour
from trainer.breaks.settings import Breaks
from trainer.cli.breaks.plain import Counting
from trainer.cues.player import SilentPlayer
from trainer.kit import Kit
from trainer.paths import Paths
from trainer.settings import Settings


class Typist:
    """Types a line, or does something, at a minute; then waits until the time is over."""

    def __init__(self, office: Office, entries: list[tuple[float, str | Callable[[], None]]], until: float) -> None:
        self.interactive = True
        self.ended = False
        self.output: list[str] = []
        self.waits = 0
        self._office = office
        self._entries = entries
        self._until = until

    def write(self, text: str) -> None:
        self.output.append(text)

    def get(self, timeout_s: float) -> str | None:
        self.waits += 1
        assert self.waits < 3000, "it does not come to an end:\n" + "\n".join(self.output[-20:])
        if self.output and self.output[-1].endswith("Enter leaves it out."):
            return ""
        clock = self._office.clock
        at_ms = (self._entries[0][0] if self._entries else self._until) * MINUTE_MS
        left_ms = at_ms - clock.t_ms
        if left_ms > 0:
            clock.t_ms += min(max(1, round(timeout_s * 1000)), round(left_ms))
            if clock.t_ms < at_ms:
                return None
        if not self._entries:
            return "q"
        entry = self._entries.pop(0)[1]
        if callable(entry):
            entry()
            return None
        return entry


class Loop:
    """What a loop said and took down."""

    def __init__(self, office: Office, folders: Paths) -> None:
        self.office = office
        self.folders = folders
        self.desk = HandDesk()
        self.typist: Typist
        self.status = -1
        self.wrap: Callable[[Any], Any] = lambda logbook: logbook
        self.settings: dict[str, Any] = {}

    def __call__(self, *entries: tuple[float, str | Callable[[], None]], until: float = 61, **given: Any) -> list[str]:
        self.office.wishes = Breaks(**given)
        kit = Kit(
            paths=self.folders,
            settings=Settings(care_shown=True, breaks=self.office.wishes, **self.settings),
            clock=self.office.clock,
            make_journal=lambda: self.office.journal(self.wrap),
            make_player=lambda _: SilentPlayer(),
        )
        self.kit = kit
        self.typist = Typist(self.office, list(entries), until)
        keeper = self.office.keeper(kit.journal)
        self.keeper = keeper
        self.status = Counting(kit, hour(keeper, self.desk), self.typist, self.typist.write).run()
        return self.typist.output

    @property
    def text(self) -> str:
        return "\n".join(self.typist.output)


OFFERED = "Time to move: Desk break, about 1 min."
