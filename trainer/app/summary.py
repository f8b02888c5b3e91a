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
from trainer.coach.tomorrow import heading
from trainer.conductor import Conductor
from trainer.guide import events as e
from trainer.guide import words
from trainer.guide.outcome import pain_line
from trainer.guide.plan import Item
from trainer.library.model import Side
from trainer.text import clean

if TYPE_CHECKING:
    from trainer.app.app import TrainerApp
    from trainer.app.widgets.answers import AnswerList


class SummaryScreen(Screen[None]):
    """Shows the session and asks what is still owed. Everything in it can be left out."""

    HELP = "Digits rate or answer what is asked; l leaves it out. w writes a note, q is done."
    BINDINGS = [
        Binding("w", "note", "Write a note", id="summary.note"),
        Binding("q,escape", "done", "Done", key_display="q", id="summary.done"),
    ]
    AUTO_FOCUS = ""
    """What asks takes the focus by itself."""
    app: TrainerApp

    def __init__(self, conductor: Conductor) -> None:
        super().__init__()
        self.conductor = conductor
        engine = conductor.engine
        self._unanswered = list(engine.unanswered)
        """Self-checks and the sides whose answers are still asked for, before any rating."""
        self._questions = [(item.place, f"Pain after {item.name}?") for item in engine.owed]
        if any(result.worked for result in conductor.results()) and not conductor.only_looked:
            self._questions.append((-1, "Pain now, after the session?"))

    def compose(self) -> ComposeResult:
        """The list, the question, the note."""
        with VerticalScroll(can_focus=False):
            yield Static(id="list")
            if self._unanswered:
                from trainer.app.widgets.answers import AnswerList

                yield AnswerList(id="answers")
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
        for answers in self.query("#answers"):
            answers.display = False
        scale.display = False
        if self._unanswered:
            self._ask_check(*self._unanswered[0])
        elif self._questions:
            place, question = self._questions[0]
            sided = place >= 0 and self.conductor.engine.items[place].exercise.sides == "both"
            scale.ask(question, sided=sided)
            scale.scroll_visible(animate=False)
        # What is told may be longer than the screen; while something is asked, the keys are for the answer.
        told = self.query_one(VerticalScroll)
        told.can_focus = not (self._unanswered or self._questions)
        if told.can_focus:
            told.focus()
        self._show_tomorrow()
        self.refresh_bindings()

    def _ask_check(self, item: Item, side: Side) -> None:
        from trainer.app.widgets.answers import AnswerList

        check, answers = item.exercise.check, self.query_one(AnswerList)
        assert check is not None, "only a self-check is unanswered"
        answers.ask(check, f"{words.looked_at(item, side)}: {check.question}")
        answers.scroll_visible(animate=False)

    def _list(self) -> Content:
        conductor, engine = self.conductor, self.conductor.engine
        parts: list[Content | str | tuple[str, str]] = [
            (f"{words.title(engine.plan)}: {conductor.how}", "bold $text-primary"),
            (f"   {words.clock(conductor.active_ms)} in all\n\n", "$text-muted"),
        ]
        results = conductor.results()
        narrow = self.app.size.width < 58
        wide = max(len(result.name) for result in results)
        unrated = {item.name for item in engine.owed}
        unanswered = {item.name for item, _ in engine.unanswered}
        for result in results:
            told = [f"pain {result.nrs}"] if result.nrs is not None else ["not rated"] * (result.name in unrated)
            pain = ", ".join([*told, *["not answered"] * (result.name in unanswered)])
            parts.append((f"{result.name}\n  " if narrow else f"{result.name.ljust(wide)}  ", ""))
            parts.append((f"{result.what}", "bold" if result.what == "done" else ""))
            parts.append((f"  {pain}\n" if pain else "\n", "$text-muted"))
        if engine.plan.left_out:
            parts.append((f"Left out: {'; '.join(engine.plan.left_out)}.\n", "$text-muted"))
        if not conductor.only_looked:
            parts.append((f"\n{pain_line(conductor.pain_before, conductor.pain_after)}\n", ""))
        return Content.assemble(*parts)

    def _show_tomorrow(self) -> None:
        parts: list[Content | str | tuple[str, str]] = []
        if not (self._unanswered or self._questions):
            for one in self.conductor.checked():
                parts += [(f"\n{one.name}\n", "bold $text-primary"), *(f"{line}\n" for line in one.lines)]
            head = heading(only_looked=self.conductor.only_looked)
            parts += [(f"\n{head}\n", "bold $text-primary"), *(f"{line}\n" for line in self.conductor.tomorrow())]
        self.query_one("#tomorrow", Static).update(Content.assemble(*parts))
        journal = self.conductor.journal
        journal.retry()
        waits = f"Not saved yet: {journal.trouble}" if journal.pending else ""
        self.query_one("#trouble", Static).update(Content(clean(waits)))

    def on_answer_list_answered(self, message: AnswerList.Answered) -> None:
        """Take down an answer that was left open."""
        message.stop()
        item, side = self._unanswered.pop(0)
        self.conductor.send(e.Answer(item.place, side, message.answer))
        self._ask()

    def on_answer_list_later(self, message: AnswerList.Later) -> None:
        """Leave the answer out."""
        message.stop()
        self._unanswered.pop(0)
        self._ask()

    @on(PainScale.Rated)
    def _rated(self, message: PainScale.Rated) -> None:
        message.stop()
        place, _ = self._questions.pop(0)
        if place < 0:
            self.conductor.rate_after(message.nrs)
        else:
            self.conductor.send(e.Rate(place, message.nrs, message.right))
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
        elif self.conductor.journal.to_repair and self.conductor.journal.pending:
            from trainer.app.repair import offer

            offer(self.app, lambda _: self.app.close_session())
        else:
            self.app.close_session()
