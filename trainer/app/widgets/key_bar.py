"""The keys that can be pressed now, on one line."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

_OFF = Style(dim=True)
_HELP = "question_mark"
"""The key that names all others is shown where few of these fit."""
_USUAL = 80
"""Columns from which most of them do."""


class _Key(NamedTuple):
    """One key of the line. `begin` and `end` are the columns that it takes, the latter excluded."""

    key: str
    shown: str
    what: str
    enabled: bool
    begin: int
    end: int


class KeyBar(Widget, can_focus=False):
    """Shows keys with what they do, at the bottom; a click on one presses it.

    One widget that draws a line: Textual's own footer makes a widget of every key, and makes all of
    them anew whenever the keys change, which takes longer than the rest of a screen.
    What does not fit whole is left out.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"key-bar--key", "key-bar--what"}
    DEFAULT_CSS = """
    KeyBar {
        dock: bottom; height: 1; color: $footer-foreground; background: $footer-background;
        .key-bar--key { color: $footer-key-foreground; background: $footer-key-background; text-style: bold; }
        .key-bar--what { color: $footer-description-foreground; background: $footer-description-background; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[_Key] | None = None

    def on_mount(self) -> None:
        """Follow the keys of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._look_again)

    def _look_again(self, screen: Screen[object]) -> None:
        if self.is_attached and screen is self.screen and self._keys != (keys := self._find()):
            self._keys = keys
            self.refresh()

    def _find(self) -> list[_Key]:
        keys: list[_Key] = []
        focused = self.screen.focused
        said: set[str] = set()
        end = 0
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            if not binding.show or binding.action in said:
                continue
            name = binding.key_display or ""
            if focused is not None and len(name) == 1 and focused.check_consume_key(name, name):
                binding = replace(binding, key_display=None)  # that letter is typed, and another key does the same
            said.add(binding.action)
            shown = self.app.get_key_display(binding)
            begin, end = end, end + cell_len(shown) + cell_len(binding.description) + 3
            keys.append(_Key(binding.key, shown, binding.description, enabled, begin, end))
        return keys

    def _fitting(self) -> list[_Key]:
        if self._keys is None:
            self._keys = self._find()
        width = self.size.width + 1  # the last blank may be cut off
        fitting = [key for key in self._keys if key.end <= width]
        helps = next((key for key in self._keys[len(fitting) :] if key.key == _HELP), None)
        if helps is None or width > _USUAL:
            return fitting
        wide = helps.end - helps.begin
        while fitting and fitting[-1].end + wide > width:
            fitting.pop()
        begin = fitting[-1].end if fitting else 0
        return [*fitting, helps._replace(begin=begin, end=begin + wide)] if wide <= width else fitting

    def render_line(self, y: int) -> Strip:
        """The line."""
        base, width = self.rich_style, self.size.width
        if y:
            return Strip.blank(width, base)
        style = self.get_component_rich_style("key-bar--key")
        plain = self.get_component_rich_style("key-bar--what")
        segments = []
        for key in self._fitting():
            segments.append(Segment(f" {key.shown} ", style if key.enabled else style + _OFF))
            segments.append(Segment(f"{key.what} ", plain if key.enabled else plain + _OFF))
        return Strip(segments).adjust_cell_length(width, base).simplify()

    def render(self) -> str:
        """What an export reads."""
        return " ".join(f"{key.shown} {key.what}" for key in self._fitting())

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        for key in self._fitting():
            if key.begin <= event.x < key.end:
                self.app.simulate_key(key.key)
                return
