"""A machine whose systemctl, launchctl and schtasks stand in, and record what they are called with."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_SCRIPT = """\
#!/bin/sh
line="${{0##*/}} $*"
echo "$line" >> "{calls}"
for rule in "{rules}"/*; do
  [ -f "$rule" ] || continue
  read -r part < "$rule"
  case "$line" in *"$part"*) tail -n +2 "$rule" >&2; exit 1 ;; esac
done
case "$line" in
  "systemctl --user enable "*)
    mkdir -p "{units}/timers.target.wants"
    ln -sf "{units}/$3" "{units}/timers.target.wants/$3" ;;
  "systemctl --user disable "*) rm -f "{units}/timers.target.wants/$4" "{on}" ;;
  "systemctl --user restart "*|"launchctl bootstrap "*) : > "{on}" ;;
  "launchctl bootout "*|"schtasks /Delete "*) rm "{on}" ;;
  "schtasks /Create "*) cp "$5" "{on}" ;;
  "systemctl --user is-"*|"launchctl print "*|"schtasks /Query "*) cat "{on}" ;;
esac
"""
SESSIONLESS = "Failed to connect to bus: No medium found"


class Machine:
    """Commands of the system, all on the path before the real ones, with one timer that is on or not."""

    def __init__(self, folder: Path, units: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.units = units
        self.on = folder / "on"
        self._calls, self._rules = folder / "calls", folder / "rules"
        commands = folder / "bin"
        for made in (commands, self._rules):
            made.mkdir(parents=True)
        text = _SCRIPT.format(calls=self._calls, rules=self._rules, units=units, on=self.on)
        for name in ("systemctl", "launchctl", "schtasks"):
            (commands / name).write_text(text)
            (commands / name).chmod(0o755)
        monkeypatch.setenv("PATH", os.pathsep.join((str(commands), "/usr/bin", "/bin")))

    def fails(self, part: str, said: str = SESSIONLESS) -> None:
        """Let each command that holds `part` say so and fail from now on."""
        (self._rules / str(len(list(self._rules.iterdir())))).write_text(f"{part}\n{said}\n")

    def works(self) -> None:
        """Let all work again."""
        for rule in self._rules.iterdir():
            rule.unlink()

    def calls(self) -> list[str]:
        """What was run since this was asked last."""
        lines = self._calls.read_text().splitlines() if self._calls.exists() else []
        self._calls.unlink(missing_ok=True)
        return lines


def tree(folder: Path) -> list[str]:
    """All that is below a folder, as names relative to it."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))
