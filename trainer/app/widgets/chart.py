"""Lines of styled text on the screen: the one place where what a part is becomes how it looks."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeAlias

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from trainer.charts.lines import Line, Role

STYLES: dict[Role, str] = {
    "plain": "",
    "bold": "bold",
    "dim": "dim",
    "axis": "dim",
    "today": "bold $text-accent",
    "before": "$text-accent",
    "after": "$text-primary",
    "morning": "$text-secondary",
    "left": "$text-primary",
    "right": "$text-accent",
    "amount": "$text-secondary",
    "several": "bold",
    "shade-0": "dim",
    "shade-1": "$text-secondary",
    "shade-2": "$text-secondary",
    "shade-3": "$text-secondary",
    "shade-4": "$text-secondary",
}
"""Marks and shades differ by their shapes; colour only helps."""
Draw: TypeAlias = Callable[[int, int], list[Line]]
"""Draws in so many columns and lines, as few of the latter as it likes."""
_KEPT = 16
"""Drawings that are kept: going back and forth between two things draws neither again."""


def content(lines: Iterable[Line]) -> Content:
    """Lines of styled text as a screen shows them."""
    parts = [Content.assemble(*((span.text, STYLES[span.role]) for span in line)) for line in lines]
    return Content("\n").join(parts)


class Chart(Widget):
    """Draws when it is painted, and only what it has not drawn in that size."""

    DEFAULT_CSS = "Chart { height: auto; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._key: Hashable = None
        self._draw: Draw | None = None
        self._drawn: dict[tuple[Hashable, int, int], Content] = {}

    def show(self, key: Hashable, draw: Draw) -> None:
        """Show what `draw` draws. The same `key` stands for the same drawing."""
        if self._draw is None or key != self._key:
            self._key, self._draw = key, draw
            self.refresh(layout=True)

    def _content(self, width: int, height: int) -> Content:
        if self._draw is None or width < 1:
            return Content("")
        wanted = (self._key, width, height)
        if wanted not in self._drawn:
            if len(self._drawn) >= _KEPT:
                del self._drawn[next(iter(self._drawn))]
            self._drawn[wanted] = content(self._draw(width, height))
        return self._drawn[wanted]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  # the interface
        """As many lines as it draws, where its height is left to it."""
        return self._content(width, 0).plain.count("\n") + 1

    def render(self) -> Content:
        """The drawing in the present size."""
        fixed = not self.styles.is_auto_height
        return self._content(self.content_size.width, self.content_size.height if fixed else 0)
