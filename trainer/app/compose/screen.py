"""Putting a routine together: the steps on one side, the exercises to pick from on the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

from trainer.app.compose import asking
from trainer.app.compose.keeping import Keeper
from trainer.app.compose.lists import Picker, PickField, PickList, StepList
from trainer.app.compose.saving import Desk
from trainer.app.widgets.key_bar import KeyBar
from trainer.app.widgets.preview import FigurePreview
from trainer.catalog import Catalog
from trainer.guide import words
from trainer.guide.draft import Draft, History, Refused, blank, first_difference, lengths
from trainer.library.errors import LibraryError

if TYPE_CHECKING:
    from trainer.app.app import TrainerApp
    from trainer.library.model import Exercise

_OF_A_STEP = frozenset({"remove", "twice", "move", "rest"})


class ComposeScreen(Screen[None]):
    """Composes a routine: a new one, one's own, or a copy of a shipped one."""

    HELP = (
        "Enter on a step opens its dose. a goes to the exercises: type to search, Enter adds the chosen one behind the "
        "chosen step, Escape leads back. Nothing is written before you save."
    )
    # In the order in which a narrow line of keys may lose them, from the end.
    BINDINGS = [
        Binding("a", "add", "Add", id="compose.add"),
        Binding("w,ctrl+s", "save", "Save", key_display="w", id="compose.save"),
        Binding("escape", "leave", "Leave", key_display="Esc", id="compose.leave"),
        Binding("d,delete", "remove", "Remove", key_display="d", id="compose.remove"),
        Binding("u", "undo", "Undo", id="compose.undo"),
        Binding("n", "name", "Name", id="compose.name"),
        Binding("r", "rest", "Rest", id="compose.rest"),
        Binding("K,shift+up", "move(-1)", "Up", key_display="K", id="compose.up"),
        Binding("J,shift+down", "move(1)", "Down", key_display="J", id="compose.down"),
        Binding("U,ctrl+r", "redo", "Redo", key_display="U", id="compose.redo"),
        Binding("y", "twice", "Twice", id="compose.twice"),
    ]
    AUTO_FOCUS = "#steps"
    DEFAULT_CSS = """
    ComposeScreen {
        #top { height: 1; padding: 0 1; }
        #name { width: 1fr; text-style: bold; color: $text-primary; text-wrap: nowrap; text-overflow: ellipsis; }
        #total { width: auto; color: $text-muted; }
        #panes { height: 1fr; }
        #made { width: 3fr; height: 100%; }
        #picking { width: 2fr; height: 100%; border-left: tall $panel; }
        #empty { height: auto; padding: 1 2; color: $text-muted; }
        #steps, #pick {
            height: 1fr; border: none; background: $background; padding: 0;
            text-wrap: nowrap; text-overflow: ellipsis;
        }
        Picker { height: 1fr; }
        #figure { height: 36vh; min-height: 8; }
        &.-short #figure, &.-low #figure { height: 0; min-height: 0; }
        &.-narrow #picking { display: none; border: none; }
        &.-narrow.-picking #picking { display: block; }
        &.-narrow.-picking #made { display: none; }
    }
    """
    app: TrainerApp

    def __init__(self, routine_id: str | None = None) -> None:
        super().__init__()
        self.routine_id = routine_id
        self.history = blank()
        self._saved = self.history.draft
        self._exercises: dict[str, Exercise] = {}

    def compose(self) -> ComposeResult:
        """The name and the length of the whole, and the two lists."""
        with Horizontal(id="top"):
            yield Static(id="name")
            yield Static(id="total")
        with Horizontal(id="panes"):
            with Vertical(id="made"):
                yield Static(id="empty")
                yield StepList(id="steps")
            with Vertical(id="picking"):
                yield Picker()
                yield FigurePreview(id="figure")
        yield KeyBar()

    def on_mount(self) -> None:
        """Open what was asked for."""
        self._desk = Desk(self.app.kit.paths)
        self._keeper = Keeper(self, self._desk)
        self._open(self.routine_id)

    def _open(self, id: str | None) -> None:
        try:
            history = self._desk.open(id)
        except LibraryError as error:
            self.app.push_screen(asking.cannot_open(id or "", error), self._give_up)
            return
        catalog = Catalog(self._desk.library)
        self._exercises = {id: made.items[0].exercise for id, made in catalog.exercises.items()}
        self.history = history
        self._saved = history.draft
        if self._desk.notice:
            self.app.tell(self._desk.notice)
        self.query_one(Picker).fill(catalog)
        self._show(0)

    def _give_up(self, _: str | None) -> None:
        self.dismiss(None)  # nothing is returned, as what is would be waited for

    # --- what is shown ---------------------------------------------------------------------------

    @property
    def _steps(self) -> StepList:
        return self.query_one(StepList)

    @property
    def draft(self) -> Draft:
        """The routine as it is now."""
        return self.history.draft

    @property
    def unsaved(self) -> bool:
        """Whether something would be lost by leaving."""
        return self.draft.routine != self._saved.routine

    @property
    def at(self) -> int:
        """Which step is chosen, from 0; -1 where there is none."""
        return -1 if self._steps.highlighted is None else self._steps.highlighted

    def _show(self, at: int) -> None:
        routine = self.draft.routine
        laid = lengths(self.draft, self._exercises)
        self._show_top(laid.total_ms)
        empty = self.query_one("#empty", Static)
        empty.display = not routine.step
        empty.update(Content("No exercise yet. Press a to add some."))
        self._steps.show(laid, min(max(0, at), len(routine.step) - 1))
        self.refresh_bindings()

    def _show_top(self, total_ms: int) -> None:
        count = len(self.draft.routine.step)
        exercises = str(count) if self.has_class("-narrow") else words.plural(count, "exercise")
        state = " · not saved" if self.unsaved else ""
        self.query_one("#name", Static).update(Content(self.draft.routine.name or "A new routine"))
        self.query_one("#total", Static).update(Content(f"{exercises} · {words.clock(total_ms)}{state}"))

    def on_resize(self) -> None:
        """A narrow top line says less."""
        self.call_after_refresh(lambda: self._show_top(lengths(self.draft, self._exercises).total_ms))

    def _change(self, history: History, at: int | None = None) -> None:
        if history is not self.history:
            self.history = history
            self._show(self.at if at is None else at)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002  # the interface
        """Whether an action can be taken now; None shows its key dimmed."""
        if action in _OF_A_STEP:
            return False if self._picks else (True if self.draft.routine.step else None)
        if action in ("undo", "redo"):
            return True if (self.history.past if action == "undo" else self.history.future) else None
        return True

    @property
    def _picks(self) -> bool:
        return isinstance(self.focused, PickField | PickList)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:  # noqa: ARG002  # the interface
        """A narrow screen shows the side on which the person is."""
        self.set_class(self._picks, "-picking")

    # --- the figure ------------------------------------------------------------------------------

    @on(OptionList.OptionHighlighted)
    @on(events.DescendantFocus)
    def _show_figure(self) -> None:
        """The movement of the exercise that is chosen in the list on which the person is."""
        steps = self.draft.routine.step
        if self._picks:
            self.query_one(FigurePreview).show(self.query_one(PickList).exercise)
        else:
            self.query_one(FigurePreview).show(steps[self.at].exercise if 0 <= self.at < len(steps) else None)

    # --- picking ---------------------------------------------------------------------------------

    def action_add(self) -> None:
        """Go to the exercises."""
        self.add_class("-picking")  # what is not displayed takes no focus
        self.query_one(PickField).focus()

    @on(Picker.Picked)
    def _pick(self, message: Picker.Picked) -> None:
        try:
            self._change(self.history.added(message.exercise, self.at), self.at + 1)
        except Refused as refused:
            self.app.tell(f"Exercises: {refused}.", severity="warning")

    # --- steps -----------------------------------------------------------------------------------

    @on(OptionList.OptionSelected, "#steps")
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if self._steps.opens(event.option_index):
            from trainer.app.compose.dose_form import DoseForm

            self.app.push_screen(DoseForm(self.draft, self._exercises, event.option_index), self._take)

    def _take(self, draft: Draft | None) -> None:
        if draft is not None:
            self._change(self.history.changed(draft))

    def action_rest(self) -> None:
        """Rest, reason and priority of the chosen step."""
        from trainer.app.compose.forms import StepForm

        self.app.push_screen(StepForm(self.draft, self._exercises, self.at), self._take)

    def action_name(self, then: Callable[[], None] | None = None) -> None:
        """Name, purpose, how often, and the usual rest."""
        from trainer.app.compose.forms import NameForm

        def named(draft: Draft | None) -> None:
            self._take(draft)
            if draft is not None and then is not None:
                then()

        self.app.push_screen(NameForm(self.draft, self._exercises, self._desk.where), named)

    def action_remove(self) -> None:
        """Take the chosen step out."""
        self._change(self.history.changed(self.draft.removed(self.at)))

    def action_twice(self) -> None:
        """The chosen step once more, behind it."""
        try:
            self._change(self.history.duplicated(self.at), self.at + 1)
        except Refused as refused:
            self.app.tell(f"Exercises: {refused}.", severity="warning")

    def action_move(self, by: int) -> None:
        """Move the chosen step."""
        self._change(self.history.changed(self.draft.moved(self.at, by)), self.at + by)

    def action_undo(self) -> None:
        """As it was before the last change."""
        self._go_to(self.history.undone())

    def action_redo(self) -> None:
        """Take the last undo back."""
        self._go_to(self.history.redone())

    def _go_to(self, history: History) -> None:
        at = first_difference(self.draft, history.draft)
        self._change(history, self.at if at is None else at)

    # --- saving and leaving ----------------------------------------------------------------------

    def action_save(self) -> None:
        """Keep the routine in its file."""
        self._keeper.save()

    def kept(self) -> None:
        """What there is now is what the file says."""
        self._saved = self.draft
        self.routine_id = self._desk.id
        self._show(self.at)

    def open_again(self) -> None:
        """Drop the draft, and read the file as it is now."""
        self._open(self._desk.id)

    def action_leave(self) -> None:
        """Back to the steps, or home; what is not saved is asked about."""
        if self._picks:
            self.remove_class("-picking")
            self._steps.focus()
        else:
            self._keeper.leave(lambda: self.dismiss(None))

    def leave_and_then(self, then: Callable[[], None]) -> None:
        """Ask about what is not saved, then do `then`, which ends the program."""
        self._keeper.leave(then)
