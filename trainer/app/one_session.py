"""One past session in full; its ratings and notes can be given or corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from sessions.errors import LogbookError
from sessions.records import Body, Withdrawal
from sessions.rows import SessionDetail
from trainer.app.widgets.dialog import Dialog
from trainer.app.widgets.field import Field
from trainer.app.widgets.key_bar import KeyBar
from trainer.app.widgets.pain_scale import PainScale
from trainer.guide import amend
from trainer.guide.amend import Rating
from trainer.guide.told import WHEN, Line, NoteMeant, told
from trainer.text import clean

if TYPE_CHECKING:
    from trainer.app.app import TrainerApp

_STYLES = {"title": "bold $text-primary", "heading": "bold", "dim": "dim"}


class Lines(OptionList):
    """The lines of a session."""

    BINDINGS = [Binding("enter", "select", "Correct", key_display="Enter")]


class SessionScreen(Screen[str | None]):
    """One session, whole. Dismissed with its id where something was said of it, else with None."""

    HELP = (
        "Enter on a rating or a note gives or corrects it; what it said before is kept. "
        "x lets the session count nowhere, u lets it count again."
    )
    BINDINGS = [
        Binding("x", "withdraw", "Withdraw", id="session.withdraw"),
        Binding("u", "undo", "Undo", id="session.undo"),
        Binding("escape,q", "back", "Back", key_display="Esc", id="session.back"),
    ]
    AUTO_FOCUS = "Lines"
    DEFAULT_CSS = """
    SessionScreen Lines, SessionScreen Lines:focus {
        height: 1fr; border: none; background: $background; padding: 0 1;
    }
    """
    app: TrainerApp

    def __init__(self, id: str) -> None:
        super().__init__()
        self._session = id
        self._detail: SessionDetail | None = None
        self._lines: list[Line] = []
        self._changed = False

    def compose(self) -> ComposeResult:
        """The session, line by line."""
        yield Lines()
        yield KeyBar()

    def on_mount(self) -> None:
        """Read it."""
        self._fill()

    def _fill(self) -> None:
        logbook = self.app.kit.journal.logbook
        options = self.query_one(Lines)
        stood = options.highlighted
        try:
            self._detail = logbook.session(self._session) if logbook is not None else None
        except LogbookError as error:
            self.app.tell(str(error), severity="warning")
        if self._detail is None:
            self.dismiss(None)
            return
        self._lines = list(told(self._detail, editable=True))
        options.set_options([Option(_line(line)) for line in self._lines])
        first = next((n for n, line in enumerate(self._lines) if line.edits is not None), 0)
        options.highlighted = first if stood is None else min(stood, len(self._lines) - 1)
        if stood is None:
            self.call_after_refresh(options.scroll_home, animate=False)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Withdrawing is for what counts, undoing for what does not."""
        if action in ("withdraw", "undo") and self._detail is not None:
            return self._detail.row.withdrawn == (action == "undo")
        return super().check_action(action, parameters)

    @on(OptionList.OptionSelected)
    def _edit(self, event: OptionList.OptionSelected) -> None:
        detail, meant = self._detail, self._lines[event.option_index].edits
        if detail is None or meant is None:
            self.app.tell("What was done stays as it is. A note can say more.")
        elif isinstance(meant, NoteMeant):
            self.app.push_screen(NoteDialog(meant.text), lambda text: self._noted(meant, text))
        else:
            self.app.push_screen(RatingDialog(question(meant)), lambda nrs: self._rated(meant, nrs))

    def _rated(self, which: Rating, nrs: int | None) -> None:
        if nrs is not None and self._detail is not None:
            self._keep(amend.rate(self._detail, which, nrs))

    def _noted(self, meant: NoteMeant, text: str | None) -> None:
        if text and self._detail is not None:
            self._keep(amend.note(self._detail, text, meant.id))

    def _keep(self, body: Body | None) -> None:
        if body is None:
            self.app.tell("That is what it says already.")
            return
        journal = self.app.kit.journal
        if not journal.write(self._session, body):
            self.app.tell(f"Not saved yet: {journal.trouble}", severity="warning")
        self._changed = True
        self._fill()

    def action_withdraw(self) -> None:
        """Let it count nowhere; its facts stay."""
        self._keep(Withdrawal(self._session))
        self.app.tell("Withdrawn: it counts nowhere. u brings it back.")

    def action_undo(self) -> None:
        """Let it count again."""
        logbook = self.app.kit.journal.logbook
        try:
            for withdrawal in logbook.withdrawals(self._session) if logbook is not None else ():
                self._keep(Withdrawal(withdrawal))
        except LogbookError as error:
            self.app.tell(str(error), severity="warning")

    def action_back(self) -> None:
        """Back to the list."""
        self.dismiss(self._session if self._changed else None)


def _line(line: Line) -> Content:
    lead = "– " if line.look == "item" else ""
    return Content.assemble((f"{lead}{line.text}", _STYLES.get(line.look, "")))


def question(which: Rating) -> str:
    """What a rating asks."""
    if which.when in WHEN:
        return {"before": "Pain before it?", "after": "Pain after it?"}.get(which.when, "Pain the next morning?")
    side = f" ({which.side} side)" if which.side else ""
    return f"Pain after {clean(which.name or which.exercise or 'this exercise')}{side}?"


class RatingDialog(Dialog[int | None]):
    """Asks for one rating. Dismissed with it, 0 to 10, or None."""

    BINDINGS = [Binding("escape", "back", "Back", key_display="Esc")]
    DEFAULT_CSS = "RatingDialog > Vertical { max-width: 84; }"

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """The scale."""
        with Vertical():
            yield PainScale()
        yield KeyBar()

    def on_mount(self) -> None:
        """Ask."""
        self.query_one(PainScale).ask(self._question)

    @on(PainScale.Rated)
    def _rated(self, message: PainScale.Rated) -> None:
        message.stop()
        self.dismiss(message.nrs)

    @on(PainScale.Later)
    def _later(self, message: PainScale.Later) -> None:
        message.stop()
        self.dismiss(None)

    def action_back(self) -> None:
        """Leave it as it is."""
        self.dismiss(None)


class NoteDialog(Dialog[str | None]):
    """Asks for a note. Dismissed with it, or None."""

    BINDINGS = [Binding("escape", "back", "Back", key_display="Esc")]
    DEFAULT_CSS = """
    NoteDialog > Vertical { max-width: 84; }
    NoteDialog Field { border: none; background: $surface; }
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """The field."""
        with Vertical():
            yield Static(Content("Note. Enter keeps it."))
            yield Field(clean(self._text), max_length=10_000, compact=True)
        yield KeyBar()

    @on(Input.Submitted)
    def _kept(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(event.value.strip() or None)

    def action_back(self) -> None:
        """Leave it as it is."""
        self.dismiss(None)
