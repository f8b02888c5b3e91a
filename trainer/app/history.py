"""Past sessions: a list, and one of them whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from sessions.errors import LogbookError
from sessions.rows import SessionDetail, SessionRow
from trainer.app.widgets.key_bar import KeyBar
from trainer.guide import logged, words
from trainer.guide.outcome import moment, pain_line, results
from trainer.text import clean

if TYPE_CHECKING:
    from trainer.app.app import TrainerApp

PAGE = 200
"""Sessions that are read at a time; the next are read when the person reaches the end."""


class HistoryScreen(Screen[None]):
    """Sessions, the latest first. Enter shows one."""

    HELP = "The latest session is at the top. Enter shows it whole."
    BINDINGS = [Binding("escape,q,l", "app.pop_screen", "Back", key_display="Esc", id="history.back")]
    AUTO_FOCUS = "OptionList"
    app: TrainerApp

    def __init__(self) -> None:
        super().__init__()
        self._oldest: SessionRow | None = None

    def compose(self) -> ComposeResult:
        """The list."""
        yield Static(Content("Log"), id="title")
        yield OptionList(id="sessions")
        yield KeyBar()

    def on_mount(self) -> None:
        """Read the latest."""
        self._more()
        options = self.query_one(OptionList)
        if not options.option_count:
            trouble = self.app.kit.journal.trouble
            options.add_option(Option(Content(trouble or "No sessions yet."), disabled=True))
        else:
            options.highlighted = 0

    def _more(self) -> None:
        logbook = self.app.kit.journal.logbook
        if logbook is None:
            return
        try:
            oldest = self._oldest
            rows = (
                logbook.sessions(limit=PAGE)
                if oldest is None
                else logbook.sessions(limit=PAGE, before_ms=oldest.began_ms, before_id=oldest.id)
            )
        except LogbookError as error:
            self.app.tell(str(error), severity="warning")
            return
        if rows:
            self._oldest = rows[-1]
            self.query_one(OptionList).add_options([Option(_line(row), id=row.id) for row in rows])

    @on(OptionList.OptionHighlighted)
    def _at(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_index == event.option_list.option_count - 1 and event.option_index >= PAGE - 1:
            self._more()

    @on(OptionList.OptionSelected)
    def _show(self, event: OptionList.OptionSelected) -> None:
        logbook = self.app.kit.journal.logbook
        if logbook is None or event.option_id is None:
            return
        try:
            detail = logbook.session(event.option_id)
        except LogbookError as error:
            self.app.tell(str(error), severity="warning")
            return
        if detail is not None:
            self.app.push_screen(SessionScreen(detail))


class SessionScreen(Screen[None]):
    """One session, whole."""

    BINDINGS = [Binding("escape,q,enter", "app.pop_screen", "Back", key_display="Esc")]

    def __init__(self, detail: SessionDetail) -> None:
        super().__init__()
        self.detail = detail

    def compose(self) -> ComposeResult:
        """The session as text."""
        with VerticalScroll():
            yield Static(self._text())
        yield KeyBar()

    def _text(self) -> Content:
        detail, row = self.detail, self.detail.row
        parts: list[Content | str | tuple[str, str]] = [
            (f"{clean(logged.name(row))}\n", "bold $text-primary"),
            f"{moment(row)} · {words.clock(row.active_ms)} · {clean(logged.how(row))}\n",
        ]
        parts += [f"{clean(line)}\n" for line in logged.about_its_plan(detail)]
        unasked = row.activity or (logged.only_looked(detail) and (row.pain_before, row.pain_after) == (None, None))
        parts.append("\n" if unasked else f"{pain_line(row.pain_before, row.pain_after)}\n\n")
        for result in results(detail.exercises, detail.works, detail.ratings):
            pain = f"  pain {result.nrs}" if result.nrs is not None else ""
            parts.append((clean(result.name), "bold"))
            parts.append(f"  {result.what}{pain}\n")
        if detail.answers:
            parts.append(("\nYour answers\n", "bold"))
            parts += [f"{clean(logged.answered(answer))}\n" for answer in detail.answers]
        parts.extend(f"\nNote: {clean(note.text, lines=True)}\n" for note in detail.notes)
        return Content.assemble(*parts)


def _line(row: SessionRow) -> Content:
    return Content.assemble(
        f" {moment(row)}  ", (clean(logged.name(row)), "bold"), (f"  {clean(logged.in_short(row))}", "dim")
    )
