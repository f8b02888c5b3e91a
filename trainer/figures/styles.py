"""In which style a terminal can show figures. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Wanted = Literal["auto", "blocks", "braille", "half", "none"]
"""What a person may choose."""
Shown = Literal["blocks", "shades", "braille", "half", "none"]
"""What is drawn: `shades` are blocks where there is no colour."""

_SIXTEEN = ("linux", "cons25", "pcansi", "ansi")
"""Terminals whose font seldom has more than full and half blocks, and which have sixteen colours."""


def style_for(wanted: Wanted, environment: Mapping[str, str], encoding: str) -> Shown:
    """The style for a terminal, by what its environment says of it and the encoding that it is written to in.

    What was chosen is taken, but for blocks in colour where there is no colour, and for any where nothing but ASCII can
    be written.
    """
    if wanted == "none" or "utf" not in encoding.lower():
        return "none"
    term = environment.get("TERM", "")
    plain = bool(environment.get("NO_COLOR")) or term in ("vt100", "vt220", "xterm-mono")
    if wanted == "auto":
        if term in ("dumb", "unknown"):
            return "none"
        if term.startswith(_SIXTEEN):
            return "half"
        wanted = "blocks"
    return "shades" if wanted == "blocks" and plain else wanted
