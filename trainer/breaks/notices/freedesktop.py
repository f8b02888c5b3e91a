"""A notice on the desktop of Linux and its like: `org.freedesktop.Notifications`, over D-Bus."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from html import escape
from typing import Any

from trainer.breaks.asking import NoAnswer
from trainer.breaks.bus import Bus, session_bus
from trainer.breaks.notices.notice import Notice
from trainer.breaks.seat import seated, why_unseen
from trainer.text import clean

_NAME = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
_AS_THE_DESKTOP_LIKES = -1
"""How long it is shown: until it is withdrawn, or as long as the desktop shows any."""
_HINTS: dict[str, tuple[str, Any]] = {
    "urgency": ("y", 1),
    "category": ("s", "x-trainer.break"),
    # Replaces the notice of an earlier process too, where only the number of one's own is known (dunst, and others).
    "x-dunst-stack-tag": ("s", "trainer-break"),
    "x-canonical-private-synchronous": ("s", "trainer-break"),
}


class Freedesktop:
    """Connects anew for each notice: the bus or the desktop may have been started again since the last one."""

    name = "desktop"

    def __init__(self, environ: Mapping[str, str], timeout_s: float = 1.0) -> None:
        self._environ = environ
        self._timeout_s = timeout_s
        self._shown = 0

    def why_not(self) -> str:
        """See `Way`."""
        return self._look()[0]

    def how(self) -> str:
        """See `Way`."""
        return self._look()[1]

    def send(self, notice: Notice) -> bool:
        """See `Way`."""
        if why_unseen(seated(self._environ)):
            return False
        said = notice.cleaned()
        try:
            with closing(self._open()) as bus:
                (can,) = _call(bus, "GetCapabilities")
                title, body = said.title, said.body
                if "body" not in can:
                    title, body = ": ".join(text for text in (title, body) if text), ""
                elif "body-markup" in can:
                    body = escape(body, quote=False)
                text = ("trainer", self._shown, "", title, body)
                (shown,) = _call(bus, "Notify", "susssasa{sv}i", *text, [], _HINTS, _AS_THE_DESKTOP_LIKES)
                self._shown = int(shown)
        except Exception:  # whatever a bus or a service may answer: a notice ends no session
            return False
        return True

    def withdraw(self) -> None:
        """See `Way`."""
        shown, self._shown = self._shown, 0
        if not shown:
            return
        try:
            with closing(self._open()) as bus:
                _call(bus, "CloseNotification", "u", shown)
        except Exception:  # the person may have closed it, or the service may be gone
            return

    def _open(self) -> Bus:
        return session_bus(self._environ, starts=True, within_s=self._timeout_s)

    def _look(self) -> tuple[str, str]:
        """Why it cannot be used, and what shows it."""
        elsewhere = why_unseen(seated(self._environ))
        if elsewhere:
            return elsewhere, ""
        try:
            with closing(self._open()) as bus:
                program, _, version, _ = _call(bus, "GetServerInformation")
        except NoAnswer as error:
            return f"nothing here shows notices: {error}", ""
        except ValueError:
            return "nothing here shows notices: it answers something else than its name", ""
        return "", clean(f"{program} {version}".strip(), limit=60)


def _call(bus: Bus, method: str, signature: str = "", *values: Any) -> tuple[Any, ...]:
    return bus.ask(_NAME, _PATH, _NAME, method, signature, *values)
