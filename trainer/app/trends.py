"""How pain, repetitions and time went over the weeks: all pain, and each exercise by its sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from sessions.errors import LogbookError
from trainer.app.widgets.chart import Chart
from trainer.app.widgets.key_bar import KeyBar
from trainer.app.widgets.subjects import Subjects
from trainer.app.widgets.upright import Upright
from trainer.coach.lookback import CHOICES, Measure, Period
from trainer.coach.lookback_words import said, sentences
from trainer.past import Past, period_said, plotted
from trainer.text import clean

if TYPE_CHECKING:
    from trainer.app.app import TrainerApp

_ALONE = "-alone"


class TrendsScreen(Screen[None]):
    """Exercises with what became of their pain, and a plot of the chosen one."""

    HELP = (
        "The first weeks of a period, at first, are held against its last, lately. Pain counts as less or more from 2 "
        "points or 30 %, one point at least; below that it is about the same. Letters leave only exercises with a word "
        "that begins so, the same letter again goes on to the next, Escape shows all."
    )
    BINDINGS = [
        Binding("left", "period(-1)", "Shorter", key_display="←", id="trends.shorter"),
        Binding("right", "period(1)", "Longer", key_display="→", id="trends.longer"),
        Binding("v", "measure", "Measure", id="trends.measure"),
        Binding("y", "year", "Year", id="trends.year"),
        Binding("enter", "alone", "Open", key_display="Enter", id="trends.open"),
        Binding("escape", "back", "Back", key_display="Esc", id="trends.back"),
    ]
    AUTO_FOCUS = "#subjects"
    DEFAULT_CSS = """
    TrendsScreen {
        #choices { height: 1; padding: 0 1; }
        #weeks { height: auto; max-height: 2; padding: 0 1; color: $text-muted; }
        #both { height: 1fr; layout: vertical; }
        #subjects, #subjects:focus {
            height: auto; max-height: 9; border: none; background: $background; padding: 0;
            text-wrap: nowrap; text-overflow: ellipsis; scrollbar-size-vertical: 1;
        }
        #panel { height: 1fr; padding: 0 1; }
        #name { height: 1; text-style: bold; color: $text-primary; text-wrap: nowrap; text-overflow: ellipsis; }
        #said { height: auto; }
        #plot { height: 1fr; min-height: 6; }
        &.-low #subjects { max-height: 6; }
        &.-wide #both { layout: horizontal; }
        &.-wide #subjects { width: 1fr; height: 100%; max-height: 100%; }
        &.-wide #panel { width: 1fr; padding: 0 2; border-left: tall $panel; }
        &.-wide #plot, &.-alone #plot { max-height: 20; margin: 1 0 0 0; }
        /* Where there is room for one, the list comes first. */
        &.-narrow #panel, &.-short #panel { display: none; }
        &.-narrow #subjects, &.-short #subjects { height: 100%; max-height: 100%; }
        &.-alone #subjects { display: none; }
        &.-alone #panel { display: block; width: 100%; border: none; }
        &.-alone #plot { min-height: 9; }
    }
    """
    app: TrainerApp

    def __init__(self) -> None:
        super().__init__()
        self._past: Past | None = None
        self._choice = 0
        self._measure: Measure = "pain"

    def compose(self) -> ComposeResult:
        """The periods to choose from, the list, and what is chosen."""
        yield Static(id="choices")
        yield Static(id="weeks")
        with Container(id="both"):
            yield Subjects(functions="vy", id="subjects")
            with Upright(id="panel"):
                yield Static(id="name")
                yield Static(id="said")
                yield Chart(id="plot")
        yield KeyBar()

    def on_mount(self) -> None:
        """Read the usual period."""
        kit = self.app.kit
        if kit.journal.logbook is not None:
            self._past = Past(kit.journal.logbook, kit.library, kit.journal.today())
        self._fill(first=True)

    @property
    def _list(self) -> Subjects:
        return self.query_one(Subjects)

    def _fill(self, *, first: bool = False) -> None:
        """Read the chosen period anew; at `first`, the shortest in which there is anything."""
        past, trouble, chosen = self._past, self.app.kit.journal.trouble, self._choice
        try:
            if past is not None and past.first_day:
                choices = [*CHOICES.values()]
                for self._choice in range(chosen, len(choices) if first else chosen + 1):
                    over = past.weeks(choices[self._choice])
                    exercises = past.exercises(over)
                    if exercises:
                        break
                self._head(over)
                self._list.show([past.pain(over), *exercises])
                return
        except LogbookError as error:
            trouble = str(error)
        self._head(None)
        nothing = trouble if past is None or trouble else "No sessions yet."
        self._list.set_options([Option(Content(f" {clean(nothing)}"), disabled=True)])

    def _head(self, over: Period | None) -> None:
        names = [f"‹{name}›" if n == self._choice else f" {name} " for n, name in enumerate(CHOICES)]
        parts = [(name, "bold" if n == self._choice else "dim") for n, name in enumerate(names)]
        title = [] if self.has_class("-narrow") else [("Trends  ", "bold $text-primary")]
        self.query_one("#choices", Static).update(Content.assemble(*title, *parts))
        weeks = "" if over is None else period_said(over, brief=self.has_class("-narrow"))
        typed = self._list.typed
        self.query_one("#weeks", Static).update(Content(f"{typed}…  Esc shows all." if typed else weeks))

    @on(Subjects.Narrowed)
    def _narrowed(self) -> None:
        subject = self._list.chosen
        self._head(None if subject is None else subject.period)

    # --- what is chosen --------------------------------------------------------------------------

    @on(OptionList.OptionHighlighted)
    def _tell(self) -> None:
        """Tell of what is chosen; its plot is drawn when it is painted."""
        subject = self._list.chosen
        if subject is None:
            return
        measure = subject.shown(self._measure)
        self.query_one("#name", Static).update(Content(subject.name))
        # Where the list takes half of the screen, only what is plotted is told of.
        roomy = self.has_class("-wide") or self.has_class(_ALONE)
        lines = sentences(subject) if roomy else said(subject, measure)
        self.query_one("#said", Static).update(Content("\n".join(lines)))
        self.query_one("#plot", Chart).show(
            (subject.id, subject.period, measure),
            lambda width, height: plotted(subject, measure, width=width, height=height),
        )
        self.query_one("#panel").scroll_home(animate=False)

    def on_resize(self) -> None:
        """What is told depends on the room."""
        self.call_after_refresh(self._look_again)

    def _look_again(self) -> None:
        self._narrowed()
        self._tell()

    def action_measure(self) -> None:
        """Plot the next thing that was measured of the chosen one."""
        subject = self._list.chosen
        if subject is not None:
            self._measure = subject.after(subject.shown(self._measure))
            self._tell()

    def action_period(self, by: int) -> None:
        """Choose a longer or a shorter period."""
        choice = min(max(0, self._choice + by), len(CHOICES) - 1)
        if choice != self._choice:
            self._choice = choice
            self._fill()

    @on(OptionList.OptionSelected)
    def action_alone(self) -> None:
        """Give what is chosen the whole screen, or show the list again."""
        if self._list.chosen is not None:
            self.toggle_class(_ALONE)
            (self.query_one("#panel") if self.has_class(_ALONE) else self._list).focus()
            self._tell()

    def action_back(self) -> None:
        """From what is chosen to the list, from letters to all, and from there to where the person was."""
        if self.has_class(_ALONE):
            self.action_alone()
        elif self._list.typed:
            self._list.narrow("")
        else:
            self.app.pop_screen()

    def action_year(self) -> None:
        """Show a year, day by day."""
        from trainer.app.year import YearScreen

        self.app.push_screen(YearScreen())
