"""Which terminals show notices, and by which sequence. Pure.

Their own manuals say it of five: kitty's "Desktop notifications" (OSC 99), foot's list of "Supported OSCs" (OSC 777),
WezTerm's page on `notification_handling` (OSC 9 and 777), Ghostty's "Show Desktop Notification" (OSC 9) and iTerm2's
"Proprietary Escape Codes" (OSC 9). Where a terminal takes several, the one with a title of its own is used.

Of the others no manual was found that says so, or it depends on what cannot be seen from here; there the bell rings
besides. Contour's sources and the trackers of Warp and Windows Terminal speak of OSC 777, that of Visual Studio Code of
OSC 99, that of Zed of OSC 9; the last three are of 2026, so that older versions show nothing. urxvt hands OSC 777 to
an extension, which has to be installed. Every terminal that is not named here is left out: to some, as to ConEmu,
OSC 9 means other things.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

Form: TypeAlias = Literal["OSC 9", "OSC 777", "OSC 99"]


class Known(Struct, frozen=True):
    """A terminal that shows notices."""

    name: str
    form: Form
    sure: bool = True
    """False where its manual does not say so, or it depends on a version or a setting of its own."""


_KITTY = Known("kitty", "OSC 99")
_FOOT = Known("foot", "OSC 777")
_GHOSTTY = Known("Ghostty", "OSC 9")
_WEZTERM = Known("WezTerm", "OSC 777")
_CONTOUR = Known("Contour", "OSC 777", sure=False)
_ITERM2 = Known("iTerm2", "OSC 9")
_WARP = Known("Warp", "OSC 777", sure=False)
_URXVT = Known("urxvt", "OSC 777", sure=False)
_CODE = Known("Visual Studio Code", "OSC 99", sure=False)
_ZED = Known("Zed", "OSC 9", sure=False)
_WINDOWS = Known("Windows Terminal", "OSC 777", sure=False)

_OF_TERM: dict[str, Known | None] = {
    "xterm-kitty": _KITTY,
    "foot": _FOOT,
    "xterm-ghostty": _GHOSTTY,
    "ghostty": _GHOSTTY,
    "wezterm": _WEZTERM,
    "contour": _CONTOUR,
    "rxvt-unicode": _URXVT,
    # Left out: what else is set was inherited from the terminal that they were started from.
    "alacritty": None,
    "linux": None,
    "dumb": None,
    "st": None,
    "vt100": None,
    "vt220": None,
    # Of another machine: what comes in over ssh from within tmux or screen cannot be wrapped for them.
    "tmux": None,
    "screen": None,
}
"""By TERM, which each of these sets for itself, and which ssh hands on."""
_OF_PROGRAM = {
    "iterm.app": _ITERM2,
    "wezterm": _WEZTERM,
    "ghostty": _GHOSTTY,
    "warpterminal": _WARP,
    "vscode": _CODE,
    "zed": _ZED,
}
"""By TERM_PROGRAM."""
_OF_TYPE = {
    "kitty": _KITTY,
    "foot": _FOOT,
    "ghostty": _GHOSTTY,
    "wezterm": _WEZTERM,
    "contour": _CONTOUR,
    "iterm2": _ITERM2,
    "rxvt-unicode": _URXVT,
}
"""By the first word of what the terminal itself answers (XTVERSION)."""


def by_environ(environ: Mapping[str, str]) -> Known | None:
    """The terminal that the variables tell of, None where it is not known to show notices.

    TERM comes first: each terminal sets it, while one that is started from another's shell inherits the rest.
    """
    term = environ.get("TERM", "")
    for name, known in _OF_TERM.items():
        if term == name or term.startswith((f"{name}-", f"{name}.")):
            return known
    program = environ.get("TERM_PROGRAM", "").lower()
    if program:
        return _OF_PROGRAM.get(program)
    if environ.get("KITTY_WINDOW_ID"):
        return _KITTY
    if environ.get("WEZTERM_PANE"):
        return _WEZTERM
    if environ.get("LC_TERMINAL", "").lower() == "iterm2":
        return _ITERM2  # iTerm2 sets it because ssh hands on what begins with LC_
    return _WINDOWS if environ.get("WT_SESSION") else None


def by_answer(termname: str, termtype: str) -> Known | None:
    """The terminal of which tmux has the TERM and what it answered."""
    words = termtype.lower().replace("(", " ").split()
    if words and words[0] in _OF_TYPE:
        return _OF_TYPE[words[0]]
    return by_environ({"TERM": termname})
