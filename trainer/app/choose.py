"""A short question with a few answers, each by one key."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option


class ChooseScreen(ModalScreen[str]):
    """Asks one question. Dismissed with the id of the answer; Escape gives `otherwise`, else the last one.

    `answers` are (key, id, words).
    """

    BINDINGS = [Binding("escape", "pick('')", "Back", show=False)]
    DEFAULT_CSS = """
    ChooseScreen { align: center middle; background: $background 70%; }
    ChooseScreen > Vertical {
        width: 100%; max-width: 66; height: auto; max-height: 100%; padding: 1 2; background: $panel;
        border: tall $accent;
    }
    ChooseScreen OptionList, ChooseScreen OptionList:focus {
        height: auto; max-height: 1fr; border: none; background: $panel; padding: 0;
    }
    ChooseScreen.-short > Vertical { padding: 0 1; border: none; }
    """

    def __init__(
        self, title: str, lines: Sequence[str], answers: Sequence[tuple[str, str, str]], *, otherwise: str = ""
    ) -> None:
        super().__init__()
        self.otherwise = otherwise or answers[-1][1]
        self.title_text = title
        self.lines = lines
        self.answers = answers
        for key, id, words in answers:
            self._bindings.bind(key, f"pick('{id}')", words, show=False)

    def compose(self) -> ComposeResult:
        """The question, what it rests on, and the answers."""
        with Vertical():
            yield Static(Content.assemble((self.title_text, "bold"), *("\n" + line for line in self.lines)))
            yield Static("")
            yield OptionList(
                *(
                    Option(Content.assemble((f" {key} ", "bold reverse"), f"  {words}"), id=id)
                    for key, id, words in self.answers
                )
            )

    def on_mount(self) -> None:
        """The first answer is the one that Enter takes."""
        self.query_one(OptionList).highlighted = 0

    def action_pick(self, id: str) -> None:
        """Take an answer."""
        self.dismiss(id or self.otherwise)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id or self.otherwise)
