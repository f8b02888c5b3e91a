"""How many minutes there are: the one question before a short form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from trainer.app.widgets.dialog import Dialog
from trainer.app.widgets.field import Field
from trainer.guide import words
from trainer.guide.plan import Plan
from trainer.library.query import MAX_MINUTES

if TYPE_CHECKING:
    from trainer.app.app import TrainerApp


class MinutesScreen(Dialog[int | None]):
    """Asks for minutes. Dismissed with them, or None."""

    BINDINGS = [Binding("escape", "back", "Back", show=False)]
    DEFAULT_CSS = """
    MinutesScreen Field { margin: 1 0; width: 100%; background: $surface; }
    MinutesScreen #said { color: $text-muted; height: auto; }
    MinutesScreen.-short Field { margin: 0; }
    """

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan

    def compose(self) -> ComposeResult:
        """What it is about, and the field."""
        whole = f"The whole takes about {words.about(self.plan.reckoned_ms)}."
        with Vertical():
            yield Static(Content.assemble((self.plan.routine.name, "bold"), f"\n{whole} How many minutes are there?"))
            yield Field(placeholder=f"1 to {MAX_MINUTES}", max_length=3, restrict="[0-9]*", compact=True)
            yield Static(Content("Enter begins a form that fits. Esc goes back."), id="said")

    @on(Input.Submitted)
    def _taken(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        if text.isascii() and text.isdigit() and 1 <= int(text) <= MAX_MINUTES:
            self.dismiss(int(text))
        else:
            found = text or "nothing"
            self.query_one("#said", Static).update(Content(f"Found {found}; allowed: 1 to {MAX_MINUTES}."))

    def action_back(self) -> None:
        """Back, with nothing begun."""
        self.dismiss(None)


def start_short(app: TrainerApp, made: Plan, minutes: int | None, *, alone: bool) -> None:
    """Start a routine, or with `alone` an exercise by itself, in a form of at most so many minutes."""
    if minutes is None:
        return
    from trainer.app.guide import GuideScreen
    from trainer.guide.shorten import NothingLeft, Wish, wished
    from trainer.kit import Order

    order = Order(wish=Wish(minutes=minutes))
    kit = app.kit
    try:
        if alone:  # a routine may be called the same
            prepared = wished(made, Wish(minutes=minutes)), kit.library.exercises_of(made.routine)
        else:
            prepared = kit.prepare_as(made.routine.id, order)
    except NothingLeft as nothing:
        app.tell(str(nothing), severity="warning")
        return
    app.push_screen(GuideScreen(*prepared, order))
