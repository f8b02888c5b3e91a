"""The notes on care: shown once before the first session; by one key at any time, with the rules of the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.content import Content

from trainer.app.page import PageScreen
from trainer.coach.care import CARE

if TYPE_CHECKING:
    from trainer.app.app import TrainerApp


class CareScreen(PageScreen):
    """What to ask a provider, when to stop, and what needs help at once."""

    BINDINGS = [Binding("f1", "done", "Back", show=False)]
    app: TrainerApp

    def __init__(self, *, first: bool = False) -> None:
        super().__init__(care(first=first))
        self.first = first

    def action_done(self) -> None:
        """Back to where the person was."""
        if self.first:
            self.app.keep(care_shown=True)
        self.dismiss(None)


def care(*, first: bool) -> Content:
    """All sections as plain text with bold headings."""
    parts: list[Content | str | tuple[str, str]] = []
    if first:
        parts.append(("Shown once. F1 shows it again at any time.\n\n", "italic"))
    for section in CARE:
        parts.append((section.title, "bold"))
        parts.append((f"  (from {section.source})\n", "dim"))
        parts.append("\n".join(section.lines) + "\n\n")
    if not first:
        from trainer.coach.rules import RULES

        for topic in RULES:
            parts.append((f"{topic.title}: what the sources say\n", "bold"))
            for rule in topic.rules:
                parts.append(f"{rule.text} ")
                parts.append((f"({', '.join(rule.sources)})\n", "dim"))
            parts.append("\n")
    return Content.assemble(*parts).rstrip()
