"""Small forms over the composer: each shows at once what it makes of the routine, or what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Label, Static

from trainer.app.widgets.dialog import Dialog
from trainer.app.widgets.field import Field
from trainer.app.widgets.key_bar import KeyBar
from trainer.guide import words
from trainer.guide.dosing import Ask, fields
from trainer.guide.draft import PURPOSE, Draft, lengths
from trainer.library.model import REST_AFTER_S, Exercise, Routine, Step

LONGEST_TEXT = 400
"""Characters that a field takes; beyond what a file may hold, so that a paste is seen to be too long."""


class Look(NamedTuple):
    """What a form makes of what stands in it."""

    draft: Draft | None
    """The changed draft, None where something is wrong."""
    said: str
    """In words; what is wrong, where something is."""


class AskField(Field):
    """A field of a form. Enter takes the whole form."""

    BINDINGS = [Binding("enter", "submit", "Take", key_display="Enter")]


class Form(Dialog[Draft | None]):
    """Asks for a few figures or words. Dismissed with the changed draft, or None."""

    BINDINGS = [
        Binding("enter", "take", "Take", key_display="Enter"),
        Binding("escape", "back", "Back", key_display="Esc"),
        Binding("up", "app.focus_previous", "Field before", show=False),
        Binding("down", "app.focus_next", "Next field", key_display="↓"),
    ]
    DEFAULT_CSS = """
    Form > Vertical { max-width: 70; }
    Form #title { text-style: bold; color: $text-primary; height: auto; max-height: 2; margin-bottom: 1; }
    Form #rows { height: auto; max-height: 1fr; }
    Form Horizontal { height: 1; }
    Form Label { width: 18; padding-right: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    Form Field, Form Field:focus { width: 1fr; height: 1; border: none; padding: 0 1; background: $surface; }
    Form Field:focus { background: $primary-muted; }
    Form #said { height: auto; max-height: 6; margin-top: 1; color: $text-muted; }
    Form.-wrong #said { color: $text-warning; }
    Form.-low > Vertical { padding: 0 1; border: none; }
    Form.-short #title, Form.-short #said { margin: 0; }
    Form.-narrow Label { width: 16; }
    """
    AUTO_FOCUS = "Field"

    def __init__(
        self, title: str, draft: Draft, exercises: Mapping[str, Exercise], asks: Sequence[Ask], given: Mapping[str, str]
    ) -> None:
        super().__init__()
        self.title_text = title
        self.draft = draft
        self.exercises = exercises
        self.asks = tuple(asks)
        self.given = given

    def compose(self) -> ComposeResult:
        """What is asked, a line each, and what it comes to."""
        with Vertical():
            yield Static(Content(self.title_text), id="title")
            yield from self.above()
            with VerticalScroll(id="rows", can_focus=False):
                for ask in self.asks:
                    yield self.row(ask)
            yield Static(id="said")
        yield KeyBar()

    def above(self) -> ComposeResult:
        """What stands above the fields."""
        yield from ()

    def row(self, ask: Ask) -> Horizontal:
        """A label and its field."""
        field = AskField(
            self.given.get(ask.key, ""),
            placeholder=ask.hint,
            max_length=LONGEST_TEXT,
            compact=True,
            select_on_focus=True,
            id=f"ask-{ask.key}",
        )
        return Horizontal(Label(Content(ask.label)), field, id=f"row-{ask.key}")

    def on_mount(self) -> None:
        """Say what it comes to as it stands."""
        self.refresh_said()

    def texts(self) -> dict[str, str]:
        """What stands in the fields, by key."""
        return {ask.key: self.query_one(f"#ask-{ask.key}", Field).value for ask in self.asks}

    def look(self) -> Look:
        """What the form makes of its fields."""
        raise NotImplementedError

    @on(Input.Changed)
    def refresh_said(self) -> None:
        """Say anew what it comes to."""
        look = self.look()
        self.set_class(look.draft is None, "-wrong")
        self.query_one("#said", Static).update(Content(look.said))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        """Take it, unless something is wrong."""
        look = self.look()
        if look.draft is None:
            self.app.bell()
            self.refresh_said()
        else:
            self.dismiss(look.draft)

    def action_back(self) -> None:
        """Back, with nothing changed."""
        self.dismiss(None)

    def whole(self, draft: Draft) -> str:
        """How long the whole draft takes, in words."""
        return f"the whole {words.clock(lengths(draft, self.exercises).total_ms)}"


class NameForm(Form):
    """Name, purpose, how often, and the usual rest."""

    ASKS = (
        Ask("name", "Name", "Evening back"),
        Ask("purpose", "What for", PURPOSE),
        Ask("frequency", "How often", "Every evening"),
        Ask("rest_after_s", "Usual rest, s", str(REST_AFTER_S)),
    )

    def __init__(self, draft: Draft, exercises: Mapping[str, Exercise], where: Callable[[str], str]) -> None:
        routine = draft.routine
        given = {ask.key: _text(getattr(routine, ask.key)) for ask in self.ASKS}
        super().__init__("Name and purpose", draft, exercises, self.ASKS, given)
        self.where = where

    def look(self) -> Look:
        """The draft under its name."""
        values, wrong = fields(Routine, self.ASKS, self.texts())
        if values["name"] is None:
            return Look(None, "Give it a name, of up to 80 characters.")
        if wrong:
            return Look(None, "\n".join(map(str, wrong)))
        values["purpose"] = values["purpose"] or PURPOSE
        values["rest_after_s"] = REST_AFTER_S if values["rest_after_s"] is None else values["rest_after_s"]
        draft = self.draft.with_words(**values)
        return Look(draft, f"{self.where(draft.routine.name)}\n{self.whole(draft).capitalize()}")


class StepForm(Form):
    """What belongs to a step beside its dose: the rest after it, its reason, and what a short form does with it."""

    def __init__(self, draft: Draft, exercises: Mapping[str, Exercise], index: int) -> None:
        step = draft.routine.step[index]
        exercise = exercises[step.exercise]
        asks = [
            Ask("rest_after_s", "Rest after, s", f"{draft.routine.rest_after_s}, as after each"),
            Ask("why", "Why", "in a few words, if you like"),
            Ask("priority", "Priority 1 to 5", "3; 5 is dropped first"),
        ]
        if exercise.sides == "both":
            asks.append(Ask("extra_sets", "Extra sets", "0: more on the weaker side"))
        given = {ask.key: _text(value) for ask in asks if (value := getattr(step, ask.key)) != _USUAL[ask.key]}
        super().__init__(f"{exercise.name}: rest and reason", draft, exercises, asks, given)
        self.index = index

    def look(self) -> Look:
        """The draft with the step changed."""
        values, wrong = fields(Step, self.asks, self.texts())
        if wrong:
            return Look(None, "\n".join(map(str, wrong)))
        values = {key: _USUAL[key] if value is None else value for key, value in values.items()}
        draft = self.draft.with_step(self.index, **values)
        rest_s = draft.routine.rest_after_s if values["rest_after_s"] is None else values["rest_after_s"]
        return Look(draft, f"{words.seconds(rest_s)} rest; {self.whole(draft)}")


_USUAL: dict[str, Any] = {"rest_after_s": None, "why": None, "priority": 3, "extra_sets": 0}


def _text(value: object) -> str:
    return "" if value is None else str(value)
