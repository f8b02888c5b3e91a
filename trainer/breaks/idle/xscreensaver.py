"""X11's screen saver extension, which counts since the last key or movement."""

from __future__ import annotations

import struct
from collections.abc import Mapping

from trainer.breaks.asking import NoAnswer
from trainer.breaks.idle.adapter import once_asked
from trainer.breaks.idle.x11 import X11, Lost
from trainer.breaks.seat import require_x11


class XScreenSaver:
    """Asks the display each time."""

    name = "X11"
    exact = True

    def __init__(self, display: X11) -> None:
        self._display = display
        self._opcode = 0

    def ask_ms(self) -> int:
        """How long since the last input; NoAnswer says why it is not known."""
        if not self._opcode:
            self._look()
        reply = self._display.ask(self._opcode, 1, struct.pack("<I", self._display.root))
        return int(struct.unpack_from("<I", reply, 16)[0])

    def idle_ms(self) -> int | None:
        """How long since the last input."""
        try:
            try:
                return self.ask_ms()
            except Lost:  # the server began anew, perhaps with other numbers
                self._opcode = 0
                return self.ask_ms()
        except NoAnswer:
            self._opcode = 0
            return None

    def close(self) -> None:
        """End the connection."""
        self._display.close()

    def _look(self) -> None:
        if self._display.extension("XWAYLAND"):
            raise NoAnswer("on Wayland, X11 sees a part of what is typed")
        self._opcode = self._display.extension("MIT-SCREEN-SAVER")
        if not self._opcode:
            raise NoAnswer("the display has no screen saver extension")


def open_xscreensaver(environ: Mapping[str, str]) -> XScreenSaver:
    """The display, once it has answered."""
    return once_asked(XScreenSaver(X11(require_x11(environ), environ)))
