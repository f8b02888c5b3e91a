"""Digits as large as the room allows."""

from __future__ import annotations

from itertools import groupby, zip_longest
from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

# Three pixels wide and five high; the colon one wide.
_FONT: dict[str, tuple[str, ...]] = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    ":": (" ", "#", " ", "#", " "),
}
_ROWS = 5
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def scale_for(text: str, columns: int, rows: int) -> int:
    """How many half cells a pixel of the font may take in `columns` × `rows` cells, 0 where the text is too large."""
    text = text.rjust(2, "0")  # so that digits keep their size from 10 to 9
    wide = sum(len(_FONT[char][0]) for char in text) + len(text) - 1
    return max(0, min(columns // max(1, wide), rows * 2 // _ROWS))


def draw(text: str, columns: int, rows: int) -> list[str]:
    """`text` as lines of block characters that fill at most `columns` × `rows` cells.

    Where not even the smallest digits fit, the text itself is the only line.
    """
    scale = scale_for(text, columns, rows)
    if not scale:
        return [text[:columns]] if rows else []
    pixels = [" ".join(_FONT[char][row] for char in text) for row in range(_ROWS)]
    halves = ["".join(pixel * scale for pixel in row) for row in pixels for _ in range(scale)]
    if len(halves) % 2:
        halves.append(" " * len(halves[0]))
    return [
        "".join(_HALVES[upper == "#", lower == "#"] for upper, lower in zip(*pair, strict=True))
        for pair in zip(halves[::2], halves[1::2], strict=True)
    ]


class BigClock(Widget):
    """Shows a short text of digits, as large as fits, from the upper left corner.

    `value` takes digits and colons. Paints only when it changes, and then only what changes.
    """

    DEFAULT_CSS = """
    BigClock { height: 1fr; color: $text; }
    BigClock.flash { color: $text-accent; background: $accent-muted; }
    """

    value: reactive[str] = reactive("", layout=False, repaint=False)

    _cache: ClassVar[dict[tuple[str, int, int], list[str]]] = {}

    def watch_value(self, before: str, value: str) -> None:
        """Paint the cells that differ: mostly those of the last digit."""
        old, new = draw(before, *self.size), draw(value, *self.size)
        differ = [y for y, (a, b) in enumerate(zip(old, new, strict=False)) if a != b]
        if len(old) != len(new):
            self.refresh()
        elif differ:
            x = min(n for y in differ for n, (a, b) in enumerate(zip_longest(old[y], new[y])) if a != b)
            self.refresh(Region(x, differ[0], self.size.width - x, differ[-1] - differ[0] + 1))

    def render_line(self, y: int) -> Strip:
        """One line of the digits."""
        width, height = self.size
        key = (self.value, width, height)
        if key not in self._cache:
            self._cache.clear()
            self._cache[key] = draw(self.value, width, height)
        lines = self._cache[key]
        text = lines[y] if y < len(lines) else ""
        # Blank and drawn cells apart: what exports a screen may fold a run that begins with blanks.
        style = self.rich_style
        runs = (Segment("".join(run), style) for _, run in groupby(text.ljust(width), key=str.isspace))
        return Strip(runs, width)

    def render(self) -> str:
        """What a test or an export reads."""
        return self.value
