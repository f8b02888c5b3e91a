"""One of a few, on one line."""

from __future__ import annotations

from collections.abc import Mapping

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget


class Choice(Widget, can_focus=True):
    """Shows what is chosen of a few, and goes through them. Posts `Choice.Changed`.

    `options` are words by id. A click on the left half goes back, one on the right half goes on.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Choice { height: 1; width: 1fr; background: $surface; text-wrap: nowrap; text-overflow: ellipsis; }
    Choice:focus { background: $primary-muted; text-style: bold; }
    """
    BINDINGS = [
        Binding("left", "go(-1)", "Other kind", key_display="←"),
        Binding("right,space", "go(1)", "Other kind", key_display="→", show=False),
    ]

    value: reactive[str] = reactive("")

    class Changed(Message):
        """Something else was chosen."""

        def __init__(self, value: str) -> None:
            super().__init__()
            self.value = value

    def __init__(self, options: Mapping[str, str], value: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.options = dict(options)
        self.set_reactive(Choice.value, value)

    def action_go(self, by: int) -> None:
        """Choose the next, or the one before; after the last comes the first."""
        ids = list(self.options)
        self.value = ids[(ids.index(self.value) + by) % len(ids)]
        self.post_message(self.Changed(self.value))

    def on_click(self, event: events.Click) -> None:
        """Go on by the mouse."""
        self.action_go(-1 if event.x < self.size.width // 2 else 1)

    def render(self) -> Content:
        """The chosen one between arrows."""
        return Content(f"← {self.options[self.value]} →")
