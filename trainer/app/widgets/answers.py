"""The answers to a self-check's question, each by its number."""

from __future__ import annotations

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from trainer.library.model import Check

MOST = 9


class AnswerList(OptionList):
    """Asks the question of a self-check. Nothing is chosen until the person chooses.

    Posts `AnswerList.Answered`, or `AnswerList.Later`.
    """

    DEFAULT_CSS = """
    AnswerList, AnswerList:focus {
        width: 100%; height: auto; max-height: 70%; border: none; padding: 0; background: $background;
        scrollbar-size-vertical: 1;
        & > .option-list--option-disabled { color: $foreground; text-style: bold; }
    }
    """
    BINDINGS = [
        *(Binding(str(number), f"answer({number})", show=False) for number in range(1, MOST + 1)),
        Binding("up", "cursor_up", "Up", show=False),
        Binding("down", "cursor_down", "Down", show=False),
        Binding("enter", "select", "Answer", show=False),
        Binding("l", "later", "Later", id="answers.later"),
    ]

    class Answered(Message):
        """An answer was chosen."""

        def __init__(self, answer_list: AnswerList, answer: str) -> None:
            super().__init__()
            self.answer_list = answer_list
            self.answer = answer
            """Its id."""

        @property
        def control(self) -> AnswerList:
            """The list that it was chosen from."""
            return self.answer_list

    class Later(Message):
        """The question is left open."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.check: Check | None = None
        """What is asked, None before anything is."""

    def ask(self, check: Check, question: str = "") -> None:
        """Ask anew, with nothing chosen; `question` stands in the place of the check's own where it is given."""
        self.check = check
        self.clear_options()
        # The question scrolls with its answers, so that all of it can be read in the smallest terminal.
        self.add_option(Option(Content(question or check.question), disabled=True))
        self.add_options(
            Option(Content.assemble((f" {number} ", "bold reverse"), f"  {answer.text}"))
            for number, answer in enumerate(check.answer, 1)
        )
        self.highlighted = None
        self.scroll_home(animate=False)
        self.display = True
        self.focus(scroll_visible=False)

    def action_answer(self, number: int) -> None:
        """Answer by one key."""
        if self.check is not None and number <= len(self.check.answer):
            self.post_message(self.Answered(self, self.check.answer[number - 1].id))

    def action_later(self) -> None:
        """Leave the question open."""
        self.post_message(self.Later())

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_answer(event.option_index)  # the question is the first
