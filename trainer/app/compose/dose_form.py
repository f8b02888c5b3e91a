"""The dose of a step, as the person wants it."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.widgets import Label

from trainer.app.compose.forms import Form, Look
from trainer.app.widgets.choice import Choice
from trainer.app.widgets.field import Field
from trainer.guide import words
from trainer.guide.dosing import FORMS, KINDS, Ask, kind_of, override, texts, typed
from trainer.guide.draft import Draft, Refused, lengths
from trainer.library.model import Exercise

OWN = "own"
"""The choice of the exercise's own dose."""
_ORDER = ("reps", "hold_s", "time_s", "breaths", "in_s", "out_s", "tempo_s", "about_s", "sets", "rest_s")


class DoseForm(Form):
    """Kind of work, its figures, sets and the rest between them. Dismissed with the changed draft, or None."""

    HELP = "Left and right change the kind of dose. Several figures, such as 6 4 2, give each set its own."
    AUTO_FOCUS = "Choice"
    DEFAULT_CSS = """
    DoseForm Choice { margin-bottom: 1; }
    DoseForm.-short Choice { margin: 0; }
    """

    def __init__(self, draft: Draft, exercises: Mapping[str, Exercise], index: int) -> None:
        self.index = index
        self.step = draft.routine.step[index]
        self.exercise = exercises[self.step.exercise]
        self.dose = self.exercise.dose.replaced_by(self.step.dose)
        self.kind = OWN if self.step.dose is None else kind_of(self.dose)
        self._typed: dict[str, dict[str, str]] = {}
        asks = {ask.key: ask for form in reversed(FORMS.values()) for ask in form}
        super().__init__(self.exercise.name, draft, exercises, [asks[key] for key in _ORDER], {})

    def above(self) -> ComposeResult:
        """The kinds; a look at oneself has its own alone."""
        kinds = KINDS if self.exercise.check is None else {}
        own = words.dose(self.exercise.dose, self.exercise)
        yield Choice({OWN: f"Its own dose: {own}", **kinds}, self.kind, id="kind")

    def on_mount(self) -> None:
        """The fields of the kind that it has."""
        self._show_kind()

    @on(Choice.Changed)
    def _other_kind(self, event: Choice.Changed) -> None:
        self._typed[self.kind] = self.texts()
        self.kind = event.value
        self._show_kind()

    def _show_kind(self) -> None:
        asked = {ask.key: ask for ask in self._form}
        given = self._typed.get(self.kind) or (texts(self.dose, self.kind) if asked else {})
        for key in _ORDER:
            row = self.query_one(f"#row-{key}")
            row.display = key in asked
            if ask := asked.get(key):
                row.query_one(Label).update(ask.label)
                field = row.query_one(Field)
                field.placeholder = ask.hint
                field.value = given.get(key, "")
        self.refresh_said()

    @property
    def _form(self) -> tuple[Ask, ...]:
        return FORMS.get(self.kind, ())

    def look(self) -> Look:
        """The draft with the dose that the fields say."""
        dose = None
        if self.kind != OWN:
            wanted, wrong = typed(self.kind, self.texts())
            if wanted is None:
                return Look(None, "\n".join(map(str, wrong)))
            dose = override(self.exercise.dose, self.step.dose, wanted)
        try:
            draft = self.draft.with_dose(self.index, dose, self.exercise)
        except Refused as refused:
            return Look(None, str(refused).capitalize())
        return Look(draft, self._in_words(draft))

    def _in_words(self, draft: Draft) -> str:
        laid = lengths(draft, self.exercises)
        item = laid.plan.items[self.index]
        before = laid.until_ms[self.index - 1] if self.index else 0
        lines = [words.dose(item.dose, item.exercise)]
        if tempo := words.tempo(item.dose.sets_of_work()[0]):
            lines.append(tempo)
        length = words.clock(laid.until_ms[self.index] - before)
        lines.append(f"This exercise {length}; the whole {words.clock(laid.total_ms)}")
        if laid.plan.level is not None and item.dose.reps is not None:
            lines.append("Repetitions and sets follow the steps by which this routine grows.")
        return "\n".join(lines)
