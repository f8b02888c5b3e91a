"""The notes on care: shown once before the first session; by one key at any time, with the rules of the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from trainer.app.widgets.key_bar import KeyBar
from trainer.coach.care import CARE

if TYPE_CHECKING:
    from trainer.app.app import TrainerApp


class CareScreen(ModalScreen[None]):
    """What to ask a provider, when to stop, and what needs help at once."""

    BINDINGS = [Binding("enter,escape,f1,q", "done", "Back", key_display="Enter")]
    DEFAULT_CSS = """
    CareScreen { align: center middle; background: $background; }
    CareScreen > VerticalScroll { width: 100%; max-width: 84; height: 1fr; padding: 0 2; background: $background; }
    """
    app: TrainerApp

    def __init__(self, *, first: bool = False) -> None:
        super().__init__()
        self.first = first

    def compose(self) -> ComposeResult:
        """The sections, one below the other."""
        with VerticalScroll():
            yield Static(self.text())
        yield KeyBar()

    def text(self) -> Content:
        """All sections as plain text with bold headings."""
        parts: list[Content | str | tuple[str, str]] = []
        if self.first:
            parts.append(("Shown once. F1 shows it again at any time.\n\n", "italic"))
        for section in CARE:
            parts.append((section.title, "bold"))
            parts.append((f"  (from {section.source})\n", "dim"))
            parts.append("\n".join(section.lines) + "\n\n")
        if not self.first:
            from trainer.coach.rules import RULES

            for topic in RULES:
                parts.append((f"{topic.title}: what the sources say\n", "bold"))
                for rule in topic.rules:
                    parts.append(f"{rule.text} ")
                    parts.append((f"({', '.join(rule.sources)})\n", "dim"))
                parts.append("\n")
        return Content.assemble(*parts).rstrip()

    def action_done(self) -> None:
        """Back to where the person was."""
        if self.first:
            self.app.keep(care_shown=True)
        self.dismiss(None)
