"""After the last step: what was done, what is still to be rated, a note, and what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from trainer.app.widgets.field import Field
from trainer.app.widgets.key_bar import KeyBar
from trainer.app.widgets.pain_scale import PainScale
from trainer.conductor import Conductor
from trainer.guide import events as e
from trainer.guide import words
from trainer.guide.outcome import pain_line
from trainer.text import clean

if TYPE_CHECKING:
    from trainer.app.app import TrainerApp


class SummaryScreen(Screen[None]):
    """Shows the session and asks what is still owed. Everything in it can be left out."""

    HELP = "Digits rate what is asked; l leaves it unrated. w writes a note, q is done."
    BINDINGS = [
        Binding("w", "note", "Write a note", id="summary.note"),
        Binding("q,escape", "done", "Done", key_display="q", id="summary.done"),
    ]
    app: TrainerApp

    def __init__(self, conductor: Conductor) -> None:
        super().__init__()
        self.conductor = conductor
        self._questions = [(item.place, f"Pain after {item.name}?") for item in conductor.engine.owed]
        if any(result.worked for result in conductor.results()):
            self._questions.append((-1, "Pain now, after the session?"))

    def compose(self) -> ComposeResult:
        """The list, the question, the note."""
        with VerticalScroll(can_focus=False):
            yield Static(id="list")
            yield PainScale(id="scale")
            yield Static(id="tomorrow")
            yield Static(id="trouble")
        yield Field(placeholder="A note, if you like: w, and Enter keeps it", max_length=2000, compact=True, id="note")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the list and the first question."""
        if not self.conductor.stopped:
            self.app.routine_code = 0
        self._ask()

    def _ask(self) -> None:
        self.query_one("#list", Static).update(self._list())
        scale = self.query_one(PainScale)
        if self._questions:
            scale.ask(self._questions[0][1])
            scale.scroll_visible(animate=False)
        else:
            scale.display = False
            self.set_focus(None)
        self._show_tomorrow()
        self.refresh_bindings()

    def _list(self) -> Content:
        conductor, engine = self.conductor, self.conductor.engine
        how = "stopped" if conductor.stopped else "done"
        parts: list[Content | str | tuple[str, str]] = [
            (f"{engine.plan.routine.name}: {how}", "bold $text-primary"),
            (f"   {words.clock(engine.active_ms)} in all\n\n", "$text-muted"),
        ]
        results = conductor.results()
        narrow = self.app.size.width < 58
        wide = max(len(result.name) for result in results)
        owed = {item.name for item in engine.owed}
        for result in results:
            pain = f"pain {result.nrs}" if result.nrs is not None else "not rated" if result.name in owed else ""
            parts.append((f"{result.name}\n  " if narrow else f"{result.name.ljust(wide)}  ", ""))
            parts.append((f"{result.what}", "bold" if result.what == "done" else ""))
            parts.append((f"  {pain}\n" if pain else "\n", "$text-muted"))
        parts.append((f"\n{pain_line(conductor.pain_before, conductor.pain_after)}\n", ""))
        return Content.assemble(*parts)

    def _show_tomorrow(self) -> None:
        lines = self.conductor.tomorrow() if not self._questions else []
        text = (
            Content.assemble(("\nTomorrow\n", "bold $text-primary"), *(f"{line}\n" for line in lines)) if lines else ""
        )
        self.query_one("#tomorrow", Static).update(text)
        journal = self.conductor.journal
        journal.retry()
        waits = f"Not saved yet: {journal.trouble}" if journal.pending else ""
        self.query_one("#trouble", Static).update(Content(clean(waits)))

    @on(PainScale.Rated)
    def _rated(self, message: PainScale.Rated) -> None:
        message.stop()
        place, _ = self._questions.pop(0)
        if place < 0:
            self.conductor.rate_after(message.nrs)
        else:
            self.conductor.send(e.Rate(place, message.nrs))
            if self.conductor.advice is not None:
                self.app.tell(self.conductor.advice.says)
                self.conductor.advice = None
        self._ask()

    @on(PainScale.Later)
    def _later(self, message: PainScale.Later) -> None:
        message.stop()
        self._questions.pop(0)
        self._ask()

    def action_note(self) -> None:
        """Go to the note."""
        self.query_one(Field).focus()

    @on(Input.Submitted)
    def _noted(self, event: Input.Submitted) -> None:
        event.stop()
        self._keep_note()
        self.app.tell("The note is kept." if not self.conductor.journal.pending else "The note waits to be saved.")
        self._ask()

    def _keep_note(self) -> None:
        self.conductor.write_note(self.query_one(Field).value)

    def action_done(self) -> None:
        """Keep what stands in the note, and go; from the note, first back to the questions."""
        self._keep_note()
        if isinstance(self.focused, Field):
            self._ask()
        else:
            self.app.close_session()
