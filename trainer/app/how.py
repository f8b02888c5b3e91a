"""All there is to say of one exercise, at any time: where there is no room for its cues, they are here."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from trainer.app.widgets.key_bar import KeyBar
from trainer.guide import card, words
from trainer.guide.plan import Item, Plan


class HowScreen(ModalScreen[None]):
    """How an exercise is done, when to stop, and when to leave it out."""

    BINDINGS = [Binding("enter,escape,h,q", "dismiss", "Back", key_display="Enter")]
    DEFAULT_CSS = """
    HowScreen { align: center middle; background: $background; }
    HowScreen > VerticalScroll { width: 100%; max-width: 84; height: 1fr; padding: 0 2; background: $background; }
    """

    def __init__(self, made: Plan, item: Item, *, before: bool) -> None:
        """`before` says whether the session is still to begin, so that what is to be known of the whole comes first."""
        super().__init__()
        self.before = before
        self.made = made
        self.item = item

    def compose(self) -> ComposeResult:
        """One heading below the other."""
        with VerticalScroll():
            yield Static(self.text())
        yield KeyBar()

    def text(self) -> Content:
        """Name and dose, then each heading with its lines."""
        item = self.item
        parts: list[str | tuple[str, str]] = [
            (f"{item.name}\n", "bold $text-primary"),
            f"{item.exercise.purpose}\n",
            (f"{item.exercise.position}; {words.whole_dose(item)}\n".capitalize(), "bold"),
        ]
        for heading, lines in card.in_full(self.made, item, before=self.before):
            parts.append((f"\n{heading}\n", "bold"))
            parts += [f"· {line}\n" for line in lines]
        return Content.assemble(*parts).rstrip()
