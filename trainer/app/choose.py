"""A short question with a few answers, each by one key."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from trainer.app.widgets.dialog import Dialog


class ChooseScreen(Dialog[str]):
    """Asks one question. Dismissed with the id of the answer; Escape gives `otherwise`, else the last one.

    `answers` are (key, id, words).
    """

    BINDINGS = [Binding("escape", "pick('')", "Back", show=False)]
    DEFAULT_CSS = """
    ChooseScreen > Vertical { max-width: 66; }
    ChooseScreen OptionList, ChooseScreen OptionList:focus {
        height: auto; max-height: 1fr; border: none; background: $panel; padding: 0;
    }
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
