"""A notice on macOS: AppleScript's `display notification`, as `osascript` runs it.

It shows the notice in the name of the script editor, and offers no way to replace or withdraw one. What could needs a
signed application bundle, which a Python program is not.
"""

from __future__ import annotations

from collections.abc import Mapping

from trainer.breaks.notices import programs
from trainer.breaks.notices.notice import Notice
from trainer.breaks.seat import seated, why_unseen

_SCRIPT = ("on run argv", "display notification (item 3 of argv) with title (item 2 of argv)", "end run")
"""Its first argument is the program's name, which ends the options: a title may begin with a dash."""


class MacOS:
    """Hands the text to the script as arguments; nothing of it becomes part of the script."""

    name = "desktop"

    def __init__(self, environ: Mapping[str, str], timeout_s: float = 1.0) -> None:
        self._environ = environ
        self._timeout_s = timeout_s

    def why_not(self) -> str:
        """See `Way`."""
        return why_unseen(seated(self._environ)) or ("" if self._program() else "osascript was not found")

    def how(self) -> str:
        """See `Way`."""
        return "osascript"

    def send(self, notice: Notice) -> bool:
        """See `Way`."""
        program = self._program()
        if program is None or why_unseen(seated(self._environ)):
            return False
        said = notice.cleaned()
        lines = [part for line in _SCRIPT for part in ("-e", line)]
        process = programs.start([program, *lines, "trainer", said.title, said.body], self._environ)
        if process is None:
            return False
        status = programs.ended(process, self._timeout_s)
        if status is None:
            programs.kill(process)
        return status == 0

    def withdraw(self) -> None:
        """See `Way`: the notice goes by itself."""

    def _program(self) -> str | None:
        return programs.find("osascript", self._environ)
