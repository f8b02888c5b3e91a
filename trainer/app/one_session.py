"""One past session in full; its ratings and notes can be given or corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from msgspec import structs
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from sessions.errors import LogbookError
from sessions.records import Body, Side, Withdrawal
from sessions.rows import SessionDetail
from trainer.app.widgets.dialog import Dialog
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
        stood, top = options.highlighted, options.scroll_offset.y
        try:
            self._detail = logbook.session(self._session) if logbook is not None else None
        except LogbookError as error:
            self.app.tell(str(error), severity="warning")
            self._detail = None
        if self._detail is None:
            self.dismiss(None)
            return
        self._lines = list(told(self._detail, editable=True))
        options.set_options([Option(_line(line)) for line in self._lines])
        if stood is None:
            options.highlighted = next((n for n, line in enumerate(self._lines) if line.edits is not None), 0)
            self.call_after_refresh(options.scroll_home, animate=False)
        else:
            options.scroll_to(y=top, animate=False, immediate=True)
            options.highlighted = min(stood, len(self._lines) - 1)
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
            from trainer.app.note import NoteDialog

            self.app.push_screen(NoteDialog(meant.text), lambda text: self._noted(meant, text))
        else:
            given = meant.given(detail)
            sides = {work.side for work in meant.works(detail)}
            sided = meant.side is None and sides >= {"left", "right"}
            dialog = RatingDialog(question(meant), None if given is None else given.nrs, sided=sided)
            self.app.push_screen(dialog, lambda nrs: self._rated(meant, nrs))

    def _rated(self, which: Rating, given: Given | None) -> None:
        if given is None or self._detail is None:
            return
        detail = self._detail
        if isinstance(given, int):
            self._keep(amend.rate(detail, which, given))
        else:
            sides: tuple[Side, Side] = ("left", "right")
            apart = (structs.replace(which, side=side) for side in sides)
            self._keep(*(amend.rate(detail, one, nrs) for one, nrs in zip(apart, given, strict=True)))

    def _noted(self, meant: NoteMeant, text: str | None) -> None:
        if self._detail is None or text is None or not (text or meant.id):
            return
        if self._keep(amend.note(self._detail, text, meant.id)) and not text:
            self.app.tell("The note is taken out; what it said is kept.")

    def _keep(self, *bodies: Body | None) -> bool:
        """Store what is said; return whether all of it is stored."""
        journal = self.app.kit.journal
        new = [body for body in bodies if body is not None]
        if not new:
            self.app.tell("That is what it says already.")
            return False
        kept = True
        for body in new:
            kept = journal.write(self._session, body)  # says so of those before, too
        if not kept:
            self.app.tell(f"Not saved yet: {journal.trouble}", severity="warning")
        self._changed = True
        self._fill()
        return kept

    def action_withdraw(self) -> None:
        """Let it count nowhere; its facts stay."""
        if self._keep(Withdrawal(self._session)):
            self.app.tell("Withdrawn: it counts nowhere. u brings it back.")

    def action_undo(self) -> None:
        """Let it count again; it may have been withdrawn on several machines."""
        logbook = self.app.kit.journal.logbook
        try:
            standing = logbook.withdrawals(self._session) if logbook is not None else []
        except LogbookError as error:
            self.app.tell(str(error), severity="warning")
            return
        if standing and self._keep(*map(Withdrawal, standing)):
            self.app.tell("It counts again.")

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


Given: TypeAlias = int | tuple[int, int]
"""A rating, 0 to 10, or those of the left side and the right."""


class RatingDialog(Dialog[Given | None]):
    """Asks for one rating. Dismissed with it, or None; with `sided`, both sides can be rated apart."""

    BINDINGS = [Binding("escape", "back", "Back", key_display="Esc")]
    DEFAULT_CSS = "RatingDialog > Vertical { max-width: 84; }"

    def __init__(self, question: str, nrs: int | None = None, *, sided: bool = False) -> None:
        super().__init__()
        self._question = question
        self._nrs = nrs
        self._sided = sided

    def compose(self) -> ComposeResult:
        """The scale."""
        with Vertical():
            yield PainScale()
        yield KeyBar()

    def on_mount(self) -> None:
        """Ask, with what was rated before chosen."""
        scale = self.query_one(PainScale)
        scale.ask(self._question, sided=self._sided)
        scale.chosen = self._nrs

    @on(PainScale.Rated)
    def _rated(self, message: PainScale.Rated) -> None:
        message.stop()
        self.dismiss(message.nrs if message.right is None else (message.nrs, message.right))

    @on(PainScale.Later)
    def _later(self, message: PainScale.Later) -> None:
        message.stop()
        self.dismiss(None)

    def action_back(self) -> None:
        """Leave it as it is."""
        self.dismiss(None)
