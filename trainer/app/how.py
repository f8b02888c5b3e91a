"""A page of its own for a text: all there is to say of an exercise or a routine, in a terminal of any size."""

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


class PageScreen(ModalScreen[None]):
    """One text, scrolled by the usual keys."""

    BINDINGS = [Binding("enter,escape,h,q", "dismiss", "Back", key_display="Enter")]
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


def told(made: Plan, item: Item, *, before: bool) -> Content:
    """Name and dose, then each heading with its lines; first what is to be known of the whole, `before` it begins."""
    parts: list[str | tuple[str, str]] = [
        (f"{item.name}\n", "bold $text-primary"),
        f"{item.exercise.purpose}\n",
        (f"{item.exercise.position}; {words.whole_dose(item)}\n".capitalize(), "bold"),
    ]
    for heading, lines in card.in_full(made, item, before=before):
        parts.append((f"\n{heading}\n", "bold"))
        parts += [f"· {line}\n" for line in lines]
    return Content.assemble(*parts).rstrip()
