"""Writing a note, in as many lines as it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static, TextArea

from trainer.app.widgets.dialog import Dialog
from trainer.app.widgets.key_bar import KeyBar
from trainer.text import clean

if TYPE_CHECKING:
    from trainer.app.app import TrainerApp

NOTE_LIMIT = 10_000
"""Characters of a note, as many as a fact holds."""


class NoteField(TextArea):
    """Text of several lines, without a character that steers a terminal. Posts `NoteField.Kept`."""

    BINDINGS = [
        Binding("enter", "keep", "Keep", key_display="Enter"),
        Binding("ctrl+j,shift+enter", "new_line", "New line", key_display="^j"),
    ]
    DEFAULT_CSS = """
    NoteField, NoteField:focus { height: 8; border: none; padding: 0; background: $surface; }
    .-short NoteField { height: 4; }
    """

    class Kept(Message):
        """The note is to be kept as it stands."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, text: str, *, still: bool) -> None:
        super().__init__(clean(text, lines=True), compact=True)
        self.cursor_blink = not still
        self.highlight_cursor_line = False

    def on_mount(self) -> None:
        """Go on where it ends."""
        self.move_cursor(self.document.end)

    def on_key(self, event: events.Key) -> None:
        """Take the keys that would begin a line otherwise, or do nothing."""
        action = {"enter": self.action_keep, "ctrl+j": self.action_new_line, "shift+enter": self.action_new_line}
        if event.key in action:
            event.prevent_default()
            event.stop()
            action[event.key]()

    def on_paste(self, event: events.Paste) -> None:
        """Let what is pasted pass the one door for text; a terminal may end its lines by a carriage return."""
        event.prevent_default()
        event.stop()
        text = clean(event.text.replace("\r\n", "\n").replace("\r", "\n"), lines=True)
        start, end = self.selection
        self.move_cursor(self.replace(text, start, end, maintain_selection_offset=False).end_location)

    def action_keep(self) -> None:
        """Keep it."""
        self.post_message(self.Kept(clean(self.text, lines=True).strip()))

    def action_new_line(self) -> None:
        """Begin another line."""
        start, end = self.selection
        self.move_cursor(self.replace("\n", start, end, maintain_selection_offset=False).end_location)


class NoteDialog(Dialog[str | None]):
    """Asks for a note. Dismissed with it, empty where it was emptied, or with None where it stays as it was."""

    BINDINGS = [Binding("escape", "back", "Back", key_display="Esc")]
    DEFAULT_CSS = "NoteDialog > Vertical { max-width: 84; }"
    app: TrainerApp

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """The field."""
        with Vertical():
            yield Static(Content.assemble(("Note", "bold"), "  Enter keeps it, Ctrl+J begins a line."))
            yield NoteField(self._text, still=self.app.reduced_motion)
        yield KeyBar()

    @on(NoteField.Kept)
    def _kept(self, message: NoteField.Kept) -> None:
        message.stop()
        if len(message.text) > NOTE_LIMIT:
            self.app.tell(
                f"A note holds {NOTE_LIMIT:,} characters; this one has {len(message.text):,}.", severity="warning"
            )
        else:
            self.dismiss(message.text)

    def action_back(self) -> None:
        """Leave it as it is."""
        self.dismiss(None)
