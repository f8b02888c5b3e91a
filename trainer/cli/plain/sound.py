"""Sound for the plain lines: the player, or the terminal's bell where nothing else sounds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from trainer.cues.choose import worth_a_bell
from trainer.cues.player import Player, SilentPlayer
from trainer.cues.tones import Cue


class PlainSound:
    """Plays cues. `ring` rings the bell, None where there is no terminal."""

    def __init__(self, player: Player | SilentPlayer, ring: Callable[[], None] | None) -> None:
        self.player = player
        self._ring = ring

    def play(self, cue: Cue, at_ns: int | None = None) -> None:
        """Play a cue that was due at `at_ns`."""
        self.player.play(cue, at_ns)
        if self._ring is not None and self.player.bell_wanted and worth_a_bell(cue):
            self._ring()

    def say(self, texts: Sequence[str], at_ns: int | None = None, until_ns: int | None = None) -> None:
        """Say texts from `at_ns` on; a bell says nothing."""
        self.player.say(texts, at_ns, until_ns)

    def toggle(self) -> str:
        """Turn the sound off or on for now, and say which."""
        if isinstance(self.player, SilentPlayer):
            return "Sound is off here; there is none to turn on."
        self.player.muted = not self.player.muted
        return "Sound off." if self.player.muted else "Sound on."
