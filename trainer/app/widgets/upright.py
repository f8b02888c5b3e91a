"""What is scrolled up and down by the usual keys, and leaves the arrows to the sides to its screen."""

from __future__ import annotations

from textual.binding import Binding
from textual.containers import VerticalScroll


class Upright(VerticalScroll, inherit_bindings=False):
    """A page that may be longer than the screen."""

    BINDINGS = [
        Binding("up", "scroll_up", "Up", show=False),
        Binding("down", "scroll_down", "Down", show=False),
        Binding("pageup", "page_up", "Page up", show=False),
        Binding("pagedown", "page_down", "Page down", show=False),
        Binding("home", "scroll_home", "Top", show=False),
        Binding("end", "scroll_end", "Bottom", show=False),
    ]
    DEFAULT_CSS = "Upright { scrollbar-size-vertical: 1; }"
