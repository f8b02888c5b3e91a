"""A text on a page of its own, in a terminal of any size."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from trainer.app.widgets.key_bar import KeyBar


class PageScreen(ModalScreen[None]):
    """One text, scrolled by the usual keys."""

    BINDINGS = [Binding("enter,escape,q", "done", "Back", key_display="Enter")]
    DEFAULT_CSS = """
    PageScreen { align: center middle; background: $background; }
    PageScreen > VerticalScroll { width: 100%; max-width: 84; height: 1fr; padding: 0 2; background: $background; }
    """

    def __init__(self, text: Content) -> None:
        super().__init__()
        self.text = text

    def compose(self) -> ComposeResult:
        """The text."""
        with VerticalScroll():
            yield Static(self.text)
        yield KeyBar()

    def action_done(self) -> None:
        """Back to where the person was."""
        self.dismiss(None)


class AboutScreen(PageScreen):
    """All about an exercise or a routine; the key that opened it closes it, too."""

    BINDINGS = [Binding("h", "done", "Back", show=False)]
