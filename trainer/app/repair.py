"""A logbook that is damaged: asks whether to repair it, does so, and tells what came of it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from sessions.errors import LogbookError
from trainer import trouble
from trainer.app.widgets.dialog import Dialog
from trainer.charts.numbers import many
from trainer.text import clean

if TYPE_CHECKING:
    from sessions.safety.repairing import Outlook
    from trainer.app.app import TrainerApp

_REPAIR = ("r", "repair", "Repair now")
_WITHOUT = ("g", "on", "Go on without keeping")
_DONE = ("g", "on", "Go on")


def tell(app: TrainerApp, then: Callable[[], None]) -> None:
    """Tell of what is wrong with the logbook; where repairing helps, ask once about that. `then` follows a repair."""
    journal = app.kit.journal
    if journal.to_repair:
        offer(app, lambda repaired: then() if repaired else None)
    elif journal.logbook is None:
        app.tell(f"Sessions are not kept now: {journal.trouble}", severity="warning")
    elif not journal.logbook.read_only and not journal.pending:
        app.tell(journal.trouble, severity="warning")
        journal.trouble = ""  # what could not be read now may be read the next time


def offer(app: TrainerApp, then: Callable[[bool], None]) -> None:
    """Ask about repairing the logbook; `then` is called in any case, with whether it was repaired."""
    app.kit.journal.asked = True
    app.push_screen(RepairScreen(), lambda repaired: then(bool(repaired)))


class RepairScreen(Dialog[bool]):
    """Says what is wrong and what can be had again, asks, and does it. Dismissed with whether it was repaired.

    It is looked and repaired in a thread. Nothing can be done meanwhile, since nothing could be kept.
    """

    HELP = "The damaged file is set aside untouched, whatever you choose."
    BINDINGS = [
        Binding("r", "pick('repair')", "Repair now", show=False),
        Binding("g,escape", "pick('on')", "Go on", show=False),
        Binding("shift+up", "scroll(-1)", "Text up", show=False),
        Binding("shift+down,space", "scroll(1)", "Text down", show=False),
    ]
    DEFAULT_CSS = """
    RepairScreen > Vertical { max-width: 76; }
    RepairScreen VerticalScroll { height: auto; max-height: 70vh; }
    RepairScreen #told { height: auto; }
    RepairScreen OptionList, RepairScreen OptionList:focus {
        height: auto; max-height: 3; border: none; background: $panel; padding: 0; margin-top: 1;
    }
    RepairScreen.-short OptionList, RepairScreen.-short OptionList:focus { margin-top: 0; }
    """
    app: TrainerApp

    def __init__(self) -> None:
        super().__init__()
        self._outlook: Outlook | None = None
        self._working = False
        self._repaired = False
        self._waited = False

    def compose(self) -> ComposeResult:
        """What is to be known, and the answers."""
        with Vertical():
            with VerticalScroll(can_focus=False):
                yield Static(id="told")
            yield OptionList()

    def on_mount(self) -> None:
        """Look what can be had again."""
        self._show("The logbook cannot be used", [self._wrong, "Looking for what can be had again."], _WITHOUT)
        self.run_worker(self._look, thread=True, exit_on_error=False)

    @property
    def _wrong(self) -> str:
        return self.app.kit.journal.damaged

    def _show(self, title: str, lines: Iterable[str], *answers: tuple[str, str, str]) -> None:
        said = Content.assemble((title, "bold"), *(f"\n{clean(line)}" for line in lines))
        self.query_one("#told", Static).update(said)
        options = self.query_one(OptionList)
        options.clear_options()
        for key, id, words in answers:
            options.add_option(Option(Content.assemble((f" {key} ", "bold reverse"), f"  {words}"), id=id))
        options.display = bool(answers)
        options.highlighted = 0 if answers else None
        if answers:
            options.focus()

    # --- in a thread -----------------------------------------------------------------------------

    def _back(self, call: Callable[..., None], *values: object) -> None:
        with contextlib.suppress(RuntimeError):  # the application has ended meanwhile
            self.app.call_from_thread(call, *values)

    def _look(self) -> None:
        from sessions.safety.repairing import look

        kit = self.app.kit
        try:
            found = look(kit.paths.logbook, kit.paths.backups, at_ms=kit.journal.now().utc_ms)
        except Exception as error:  # whatever it is, nobody is left waiting
            self._back(self._failed, error)
            return
        self._back(self._looked, found)

    def _repair(self, outlook: Outlook) -> None:
        from sessions.safety.repairing import repair

        kit = self.app.kit
        try:
            done = repair(outlook, random=kit.journal.random)
        except Exception as error:  # as above
            self._back(self._failed, error)
            return
        self._back(kit.reopen)
        took, wrong = kit.sync() if kit.sync is not None else (0, "")
        lines = list(trouble.result(done))
        if took:
            lines.append(f"Then {many(took, 'fact')} came back from the sync folder.")
        if wrong:
            lines.append(f"Not synced: {wrong}")
        self._back(self._told, lines)

    # --- what came of it -------------------------------------------------------------------------

    def _looked(self, outlook: Outlook) -> None:
        if self.is_attached:
            self._outlook = outlook
            lines = [trouble.state(outlook) if outlook.wrong else self._wrong, "", "Repairing it does this:"]
            lines += [f"- {line}" for line in trouble.plan(outlook)]
            self._show("The logbook cannot be used", lines, _REPAIR, _WITHOUT)

    def _told(self, lines: list[str]) -> None:
        journal = self.app.kit.journal
        self._working, self._repaired = False, journal.logbook is not None
        if journal.pending or journal.logbook is None:
            lines.append(f"Not saved yet: {journal.trouble}")
        elif self._waited:
            lines.append("What you did meanwhile is stored.")
        self._show("The logbook is repaired", lines, _DONE)

    def _failed(self, error: Exception) -> None:
        if self._working:
            self.app.kit.reopen()  # it may have been open, and only a part of it damaged
        self._working = False
        if self.is_attached:
            words = error.message if isinstance(error, LogbookError) else f"{type(error).__name__}: {error}"
            self._show("The logbook could not be repaired", [words, "The file is as it was."], _WITHOUT)

    def action_pick(self, id: str) -> None:
        """Repair, or go on."""
        if self._working or (id == "repair" and (self._outlook is None or self._repaired)):
            return
        if id == "on" or self._outlook is None:
            self.dismiss(self._repaired)
            return
        self._working = True
        self._show("Repairing the logbook", ["Please wait."])
        self._waited = bool(self.app.kit.journal.pending)
        self.app.kit.journal.let_go()
        outlook, self._outlook = self._outlook, None
        self.run_worker(lambda: self._repair(outlook), thread=True, exit_on_error=False)

    def action_scroll(self, pages: int) -> None:
        """Scroll what is told, where it is longer than the screen."""
        told = self.query_one(VerticalScroll)
        told.scroll_relative(y=pages * max(1, told.size.height - 1), animate=False)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.action_pick(event.option_id or "on")
