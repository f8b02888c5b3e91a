"""Do-not-disturb of GNOME and Cinnamon: a setting of theirs, read by the program that comes with it."""

from __future__ import annotations

from collections.abc import Mapping

from trainer.breaks.asking import NoAnswer, output
from trainer.breaks.seat import require_desktop

LIMIT_S = 1.0
_SETTINGS = {
    "GNOME": ("org.gnome.desktop.notifications", "show-banners"),
    "X-CINNAMON": ("org.cinnamon.desktop.notifications", "display-notifications"),
}
_NAMES = {"GNOME": "GNOME", "X-CINNAMON": "Cinnamon"}


def why(environ: Mapping[str, str]) -> str:
    """Why to be quiet, empty where banners are shown."""
    require_desktop(environ)
    desktops = environ.get("XDG_CURRENT_DESKTOP", "").upper().split(":")
    for desktop, setting in _SETTINGS.items():
        if desktop in desktops:
            return f"do not disturb is on ({_NAMES[desktop]})" if _read(setting, environ) == "false" else ""
    raise NoAnswer("the desktop is neither GNOME nor Cinnamon")


def _read(setting: tuple[str, str], environ: Mapping[str, str]) -> str:
    import shutil

    program = shutil.which("gsettings", path=environ.get("PATH"))
    if program is None:
        raise NoAnswer("gsettings is not installed")
    done = output([program, "get", *setting], environ, LIMIT_S)
    if done is None:
        raise NoAnswer("gsettings does not answer")
    said = done.stdout.strip().decode("ascii", "replace")
    if done.returncode or said not in ("true", "false"):
        raise NoAnswer("gsettings does not know it")
    return said
