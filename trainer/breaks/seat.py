"""Where the person sits: before this machine's desktop, at a text console, in WSL, or on another machine.

It is read from the environment, which inside tmux tells of who once began it, and not of who is attached now. So
whoever asks begins with `seated`; all else here is pure.
"""

from __future__ import annotations

from collections.abc import Mapping

from trainer.breaks import tmux
from trainer.breaks.asking import NoAnswer

_SSH = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")
_WSL = ("WSL_DISTRO_NAME", "WSL_INTEROP")
_OF_CLIENT = ("SSH_CONNECTION", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "WINDOWID")
"""What tmux renews when somebody attaches, by its option `update-environment`."""


def seated(environ: Mapping[str, str]) -> Mapping[str, str]:
    """The environment of whoever sits there now: inside tmux, asks it; where it does not say, the shell's own."""
    inside = tmux.ask(environ) if tmux.is_inside(environ) else None
    if inside is None or not inside.attached:
        return environ
    now = {name: value for name, value in environ.items() if name not in _SSH}
    for name in _OF_CLIENT:
        if name in inside.variables:
            value = inside.variables[name]
            now.pop(name, None)
            now |= {} if value is None else {name: value}
    return now


def over_ssh(environ: Mapping[str, str]) -> bool:
    """Whether the terminal came over ssh."""
    return any(environ.get(name) for name in _SSH)


def on_wayland(environ: Mapping[str, str]) -> bool:
    """Whether the desktop is one of Wayland, whatever X11 it offers to older programs."""
    return bool(environ.get("WAYLAND_DISPLAY")) or environ.get("XDG_SESSION_TYPE") == "wayland"


def why_unseen(environ: Mapping[str, str]) -> str:
    """Why the person does not look at this machine's desktop, empty where they may."""
    if over_ssh(environ):
        return "this session comes over ssh; the desktop of this machine is somewhere else"
    if environ.get("TERM") == "linux" and not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        return "this is a text console, not the desktop"
    return ""


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
