"""Where the person sits, as far as the environment says it: before this machine's desktop, or elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from trainer.breaks.idle.adapter import NoAnswer

_SSH = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")
_WSL = ("WSL_DISTRO_NAME", "WSL_INTEROP")


def require_here(environ: Mapping[str, str]) -> None:
    """Raise NoAnswer where keyboard and mouse are another machine's: whoever uses this one's is somebody else."""
    if over_ssh(environ):
        raise NoAnswer("keyboard and mouse are on another machine (ssh)")
    if any(environ.get(name) for name in _WSL):
        raise NoAnswer("keyboard and mouse belong to Windows (WSL)")


def require_desktop(environ: Mapping[str, str]) -> None:
    """Raise NoAnswer where this terminal belongs to no desktop here, though one may run beside it."""
    require_here(environ)
    if not (on_wayland(environ) or environ.get("DISPLAY")):
        raise NoAnswer("this terminal belongs to no desktop")


def over_ssh(environ: Mapping[str, str]) -> bool:
    """Whether this terminal came over ssh."""
    return any(environ.get(name) for name in _SSH)


def on_wayland(environ: Mapping[str, str]) -> bool:
    """Whether the desktop is one of Wayland, whatever X11 it offers to older programs."""
    return bool(environ.get("WAYLAND_DISPLAY")) or environ.get("XDG_SESSION_TYPE") == "wayland"


def require_x11(environ: Mapping[str, str]) -> str:
    """The name of the X11 display before which the person sits; NoAnswer where there is none.

    One that ssh brought along has a host in its name, and is where the person sits. One without is this machine's.
    """
    display = environ.get("DISPLAY", "")
    if over_ssh(environ) and not display.partition(":")[0].removeprefix("unix"):
        display = ""
    elif not over_ssh(environ):
        require_here(environ)
        if on_wayland(environ):
            raise NoAnswer("on Wayland, X11 sees a part of what is typed")
    if not display:
        raise NoAnswer("there is no X11 display")
    return display
