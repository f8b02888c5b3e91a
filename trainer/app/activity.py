"""Minutes of an activity, logged by hand: what, how long, how hard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from sessions.errors import LogbookError
from trainer.app.widgets.dialog import Dialog
from trainer.app.widgets.field import Field
from trainer.app.widgets.key_bar import KeyBar
from trainer.coach.activities import (
    ACTIVITIES,
    INTENSITIES,
    LEAST_MIN,
    MOST_MIN,
    Activity,
    in_words,
    logged,
    minutes,
    starting,
)

if TYPE_CHECKING:
    from trainer.app.app import TrainerApp

_ASKS = f"Minutes, {LEAST_MIN} to {MOST_MIN}"


class Activities(OptionList):
    """The activities. Letters move to the one that begins so; a digit is taken for the minutes."""

    class Digit(Message):
        """A digit was typed while an activity was being chosen."""

        def __init__(self, digit: str, *, first: bool) -> None:
            super().__init__()
            self.digit = digit
            self.first = first

    def __init__(self, id: str) -> None:
        super().__init__(*(Option(Content(f" {one.name}"), id=one.id) for one in ACTIVITIES), id=id)
        self._typed = ""
        self._digits = 0

    @property
    def chosen(self) -> Activity:
        """The activity on which the list stands."""
        return ACTIVITIES[self.highlighted or 0]

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002  # the interface
        """Letters and digits are the list's own, so that no key of the application takes them."""
        return character is not None and len(character) == 1 and character.isalnum()

    def on_key(self, event: events.Key) -> None:
        """Choose by letters; what no longer fits begins anew."""
        character = event.character or ""
        if self.check_consume_key(event.key, character):
            event.stop()
            event.prevent_default()
            if character.isascii() and character.isdigit():
                # Who types fast sends the second before the first has led to the minutes.
                self._digits += 1
                self.post_message(self.Digit(character, first=self._digits == 1))
                return
            for typed in (self._typed + character, character):
                found = starting(typed)
                if found is not None:
                    self._typed = typed
                    self.highlighted = ACTIVITIES.index(found)
                    return
        elif event.key != "tab":
            self._typed = ""

    def on_focus(self) -> None:
        """Coming back begins anew."""
        self._typed, self._digits = "", 0


class ActivityScreen(Dialog[bool]):
    """Asks for an activity, its minutes and its intensity. Dismissed with whether one was taken down."""

    HELP = "Letters choose an activity, digits are minutes. Tab goes on to the intensity, Enter keeps it."
    BINDINGS = [
        Binding("enter", "keep", "Keep", key_display="Enter", priority=True, id="activity.keep"),
        Binding("escape", "back", "Back", key_display="Esc", id="activity.back"),
    ]
    AUTO_FOCUS = "#activities"
    DEFAULT_CSS = """
    ActivityScreen > Vertical { max-width: 50; }
    ActivityScreen OptionList, ActivityScreen OptionList:focus {
        height: auto; min-height: 1; max-height: 8; border: none; background: $panel; padding: 0;
    }
    ActivityScreen #intensity { max-height: 3; }
    ActivityScreen .question { text-style: bold; }
    ActivityScreen #minutes { border: none; height: 1; background: $surface; }
    ActivityScreen.-low > Vertical { padding: 0 1; border: none; }
    ActivityScreen.-low #activities { max-height: 5; }
    ActivityScreen.-short #activities { max-height: 3; }
    ActivityScreen.-short .question { display: none; }
    """
    app: TrainerApp

    def __init__(self) -> None:
        super().__init__()
        self._said_how_hard = False

    def compose(self) -> ComposeResult:
        """What, how long, how hard."""
        with Vertical():
            yield Static(Content("What did you do?"), classes="question")
            yield Activities(id="activities")
            yield Static(Content("How long?"), classes="question")
            yield Field(
                placeholder=_ASKS,
                restrict=r"[0-9]{0,4}",
                max_length=4,
                select_on_focus=False,
                compact=True,
                id="minutes",
            )
            yield Static(Content("How hard?"), classes="question")
            yield OptionList(*(Option(Content(f" {one}"), id=one) for one in INTENSITIES), id="intensity")
        yield KeyBar()

    def on_mount(self) -> None:
        """The first activity, at its usual intensity."""
        self.query_one(Activities).highlighted = 0

    @on(OptionList.OptionHighlighted, "#activities")
    def _usual(self) -> None:
        if not self._said_how_hard:
            usual = self.query_one(Activities).chosen.usual
            self._intensity.highlighted = INTENSITIES.index(usual)

    @on(OptionList.OptionHighlighted, "#intensity")
    def _how_hard(self) -> None:
        self._said_how_hard = self._said_how_hard or self._intensity.has_focus

    @property
    def _intensity(self) -> OptionList:
        return self.query_one("#intensity", OptionList)

    @on(Activities.Digit)
    def _digit(self, message: Activities.Digit) -> None:
        field = self.query_one(Field)
        field.value = (message.digit if message.first else field.value + message.digit)[: field.max_length]
        field.cursor_position = len(field.value)
        self.set_focus(field)

    def action_keep(self) -> None:
        """Take it down, or go to the minutes where they are missing."""
        length_min = minutes(self.query_one(Field).value)
        if length_min is None:
            if isinstance(self.focused, Field):
                self.app.tell(f"{_ASKS}.", severity="warning")
            self.query_one(Field).focus()
            return
        intensity = INTENSITIES[self._intensity.highlighted or 0]
        body = logged(self.query_one(Activities).chosen, length_min, intensity)
        journal = self.app.kit.journal
        if journal.write(journal.new_session(), body):
            self.app.tell(f"Kept: {in_words(body)}.{self._week()}")
        else:
            self.app.tell(f"Not saved yet: {journal.trouble}", severity="warning")
        self.dismiss(True)

    def _week(self) -> str:
        journal = self.app.kit.journal
        if journal.logbook is None:
            return ""
        from trainer.coach import week
        from trainer.past import Past

        try:
            found = Past(journal.logbook, self.app.kit.library, journal.today()).this_week()
        except LogbookError:
            return ""
        return f"\n{week.in_words(found)}"

    def action_back(self) -> None:
        """Leave without keeping anything."""
        self.dismiss(False)
