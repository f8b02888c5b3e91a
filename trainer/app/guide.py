"""The screen while exercising."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding

from trainer.app.leading import LeadingScreen
from trainer.app.widgets.key_bar import KeyBar
from trainer.app.widgets.pain_scale import PainScale
from trainer.guide import events as e
from trainer.guide import words
from trainer.guide.plan import Plan
from trainer.guide.state import State
from trainer.guide.view import CueLine, told_of
from trainer.kit import Order, Unfinished, step_named
from trainer.library.model import Exercise

_NOTE = "Please note"
_COMMANDS: dict[str, e.Command] = {
    "next": e.Next(),
    "back": e.Back(),
    "redo": e.Redo(),
    "skip": e.Skip(),
    "more": e.More(),
    "less": e.Less(),
}


class GuideScreen(LeadingScreen):
    """Leads through a plan: shows what to do, how, how long, and what comes next."""

    HELP = (
        "Digits rate pain while the scale is shown, and answer while a question is. "
        "Nothing needs a key from the floor: a rating can wait."
    )
    # In the order in which a narrow footer may lose them, from the end.
    BINDINGS = [
        Binding("space", "pause", "Pause", id="guide.pause"),
        Binding("right,n", "do('next')", "Next", key_display="→", id="guide.next"),
        Binding("h", "how", "How", id="guide.how"),
        Binding("q,escape", "stop", "Stop", key_display="q", id="guide.stop"),
        Binding("question_mark", "app.help", "Help", key_display="?", id="guide.help"),
        Binding("left,b", "do('back')", "Back", key_display="←", id="guide.back"),
        Binding("plus,equals_sign", "do('more')", "More", key_display="+", id="guide.more"),
        Binding("s", "do('skip')", "Skip", id="guide.skip"),
        Binding("minus", "do('less')", "Less", key_display="-", id="guide.less", show=False),
        Binding("r", "do('redo')", "Again", id="guide.redo", show=False),
        Binding("p", "rate_now", "Pain now", id="guide.pain", show=False),
    ]

    def __init__(self, plan: Plan, exercises: dict[str, Exercise], order: Order | None = None) -> None:
        """`plan` was made as `order` says; what that leaves open is asked before it begins."""
        super().__init__(plan, exercises)
        self.order = order or Order()
        self.first_step = self._first_step()

    # --- layout ----------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """What is to be done, and the keys."""
        yield self.stage
        yield KeyBar()

    def on_mount(self) -> None:
        """Ask for the pain before, or begin."""
        self._put_title()
        if self.app.kit.rehearsal:
            if self._left_out:  # it begins at once
                self.app.tell(f"Left out: {self._left_out}")
            if self.plan.asks_weaker and self.plan.weaker is None and self.order.weaker is None:
                self.app.tell(words.NO_WEAKER)
            self._begin()
            self.call_after_refresh(self.show_figures)
            return
        self.tell(_NOTE, " ".join(self.plan.routine.notes))
        self.tell("Left out", self._left_out)
        order, routine = self.order, self.plan.routine
        levels = bool(routine.level) and order.level is None
        self._unsettled = levels or (order.weaker is None and self.plan.asks_weaker)
        self._draw()
        if not self._unsettled:
            self._ask_before()
        # After the first paint: the logbook and the sound are not needed to see the screen.
        self.call_after_refresh(self._look_back)

    def _put_title(self) -> None:
        rehearsal = " · rehearsal, nothing is kept" if self.app.kit.rehearsal else ""
        self.stage.put("routine", words.title(self.plan) + rehearsal)

    def _look_back(self) -> None:
        from trainer.app.before import Before

        self.show_figures()
        _ = self.app.kit.player
        if not self.app.kit.journal.to_repair:  # which is asked first
            self._tell_trouble()
        Before(self).ask()

    def tell(self, heading: str, text: str) -> None:
        """Show above the first cues, until it begins, what is to be known of the plan; empty text shows nothing."""
        self._told = [line for line in self._told if line.heading != heading]
        if text:
            self._told.append(CueLine(heading, text))
            self._told.sort(key=lambda line: line.heading == _NOTE)  # what differs from the last time comes first

    @property
    def _left_out(self) -> str:
        return f"{'; '.join(self.plan.left_out)}." if self.plan.left_out else ""

    # --- before ----------------------------------------------------------------------------------

    def _first_step(self) -> int:
        return 0 if self.order.from_step is None else step_named(self.plan, self.order.from_step)

    def settle(self, plan: Plan, exercises: dict[str, Exercise]) -> None:
        """Go through `plan`, now that nothing is left to ask of its form."""
        if plan is not self.plan:
            self.plan, self.exercises = plan, exercises
            self.first_step = self._first_step()
            self.__dict__.pop("conductor", None)
            self._put_title()
            self.tell("Left out", self._left_out)
        if self._unsettled:
            self._unsettled = False
            self._draw()
            self._ask_before()

    def go_on_with(self, unfinished: Unfinished) -> None:
        """Go on with a session of today that broke off."""
        self.plan = unfinished.plan
        self.conductor = self.app.kit.conductor(self.plan, self.exercises, self.app, going_on=unfinished)
        self.first_step = unfinished.begins_at
        self._unsettled = False
        self._put_title()
        self._begin()

    def _ask_before(self) -> None:
        if self.plan.only_checks:
            self.stage.put("phase", "Space begins")
            return
        self.stage.put("phase", "Space begins without rating")
        self.query_one(PainScale).ask("Pain now, before you begin?")

    # --- keys ------------------------------------------------------------------------------------

    def action_pause(self) -> None:
        """Begin, pause or go on."""
        engine = self.conductor.engine
        if engine.state is State.READY:
            self._begin()
        elif engine.state is State.PAUSED:
            self._happened(self.conductor.send(e.Resume()))
        else:
            self._happened(self.conductor.send(e.Pause()))

    def stand_still(self) -> bool:
        """Pause while something else is on the screen. Returns whether time was running."""
        was_running = self.conductor.engine.state is State.RUNNING
        if was_running:
            self._happened(self.conductor.send(e.Pause()))
        return was_running

    def action_how(self) -> None:
        """Tell all there is to say of the exercise that is shown; time stands meanwhile."""
        from trainer.app.how import told
        from trainer.app.page import AboutScreen

        was_running = self.stand_still()

        def back(_: None) -> None:
            if was_running:
                self._happened(self.conductor.send(e.Resume()))

        engine = self.conductor.engine
        item = told_of(engine, asking=self._asked is not None).item
        self.app.push_screen(AboutScreen(told(self.plan, item, before=engine.state is State.READY)), back)

    def action_do(self, name: str) -> None:
        """One of the engine's commands."""
        if self.conductor.engine.state is State.READY:
            if name == "next":
                self._begin()
            return
        self._happened(self.conductor.send(_COMMANDS[name]))

    def action_stop(self) -> None:
        """Stop, leave for later, or go on after all."""
        from trainer.app.questions import stop_here

        engine = self.conductor.engine
        if engine.state is State.READY:
            self._leave()
            return
        was_running = self.stand_still()

        def answered(answer: str | None) -> None:
            if answer == "stop":
                self._happened(self.conductor.send(e.Stop()))
            elif answer == "leave":
                self.conductor.leave()
                self._leave()
            elif was_running:
                self._happened(self.conductor.send(e.Resume()))

        self.app.push_screen(stop_here(), answered)

    def _leave(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self.app.close_session()
