"""Pictures of figures as lines of a terminal, outside of the screen's own application."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from itertools import groupby

from trainer.cli import streams
from trainer.figures.cells import Picture
from trainer.figures.styles import Shown, Wanted, style_for

_DEFAULT = "39"
_COLOURS: Mapping[str, tuple[str, str]] = {
    "near": (_DEFAULT, _DEFAULT),
    "label": (_DEFAULT, _DEFAULT),
    "trunk": ("38;5;246", _DEFAULT),
    "far": ("38;5;242", "90"),
    "hair": ("38;5;243", "90"),
    "floor": ("38;5;240", "90"),
    "work": ("38;5;208", "33"),
    "work_far": ("38;5;172", "33"),
    "prop": ("38;5;67", "34"),
    "arrow": ("38;5;72", "36"),
}
"""Each tone among 256 colours and among sixteen. They are seen on a dark and on a light ground, as nobody says which
it is; what is nearest has the terminal's own colour for text."""
_PLAIN: Mapping[str, str] = {
    **dict.fromkeys(("work", "arrow"), streams.BOLD),
    **dict.fromkeys(("far", "work_far", "hair", "prop", "floor"), streams.DIM),
}
_UNDER = frozenset({"ground", "eye"})
"""What is seen through a gap: the terminal's own ground."""


def style_here(wanted: Wanted) -> Shown:
    """The style for what standard output goes to. Where that is no terminal, what needs no colour: dots."""
    encoding = str(getattr(sys.stdout, "encoding", None) or "")
    style = style_for(wanted, os.environ, encoding)
    if style != "none" and not streams.is_terminal(sys.stdout):
        return "braille"
    return style


def say_picture(picture: Picture) -> None:
    """Print it, in colour where that is taken."""
    for line in lines(picture, coloured=streams.coloured(sys.stdout), attributes=streams.is_terminal(sys.stdout)):
        print(line)


def lines(picture: Picture, *, coloured: bool, attributes: bool) -> Iterator[str]:
    """The lines of a picture; blanks at their ends are left out."""
    many = "256color" in os.environ.get("TERM", "") or bool(os.environ.get("COLORTERM"))
    for row in picture:
        parts = []
        for (front, back), cells in groupby(row, key=lambda cell: cell[1:]):
            text = "".join(cell[0] for cell in cells)
            code = _code(front, back, coloured=coloured, many=many) if attributes and front else ""
            parts.append(f"\x1b[{code}m{text}\x1b[0m" if code else text)
        yield "".join(parts).rstrip()


def _code(front: str, back: str, *, coloured: bool, many: bool) -> str:
    """What sets the tones of a run."""
    if not coloured:
        if front in _UNDER:
            return f"7;{_PLAIN[back]}" if back in _PLAIN else "7"
        return _PLAIN.get(front, "")
    number = 0 if many else 1
    if front in _UNDER:  # reversed, as only so the ground's own colour can be written in
        return f"7;{_COLOURS[back][number]}" if back in _COLOURS else ""
    code = _COLOURS[front][number]
    if not back or back in _UNDER:
        return code
    behind = _COLOURS[back][number]
    if behind == _DEFAULT:
        return f"7;{_DEFAULT};{_behind(code)}" if code != _DEFAULT else code
    return f"{code};{_behind(behind)}"


def _behind(code: str) -> str:
    """The same colour for what lies behind a character."""
    if code.startswith("38;"):
        return f"4{code[1:]}"
    return str(int(code) + 10)
