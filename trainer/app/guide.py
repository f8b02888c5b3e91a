"""The screen while exercising."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.timer import Timer

from trainer.app.widgets.key_bar import KeyBar
from trainer.app.widgets.pain_scale import PainScale
from trainer.app.widgets.stage import Stage
from trainer.guide import events as e
from trainer.guide.plan import Plan
from trainer.guide.state import Position, State
from trainer.kit import Unfinished, step_named
from trainer.library.model import Exercise

if TYPE_CHECKING:
    from trainer.app.app import TrainerApp
    from trainer.conductor import Conductor

_COMMANDS: dict[str, e.Command] = {
    "next": e.Next(),
    "back": e.Back(),
    "redo": e.Redo(),
    "skip": e.Skip(),
    "more": e.More(),
    "less": e.Less(),
}


class GuideScreen(Screen[None]):
    """Leads through a plan: shows what to do, how, how long, and what comes next."""

    HELP = "Digits rate pain while the scale is shown. Nothing needs a key from the floor: a rating can wait."
    # In the order in which a narrow footer may lose them, from the end.
    BINDINGS = [
        Binding("space", "pause", "Pause", id="guide.pause"),
        Binding("right,n", "do('next')", "Next", key_display="→", id="guide.next"),
        Binding("q,escape", "stop", "Stop", key_display="q", id="guide.stop"),
        Binding("question_mark", "app.help", "Help", key_display="?", id="guide.help"),
        Binding("left,b", "do('back')", "Back", key_display="←", id="guide.back"),
        Binding("plus,equals_sign", "do('more')", "More", key_display="+", id="guide.more"),
        Binding("s", "do('skip')", "Skip", id="guide.skip"),
        Binding("minus", "do('less')", "Less", key_display="-", id="guide.less", show=False),
        Binding("r", "do('redo')", "Again", id="guide.redo", show=False),
        Binding("p", "rate_now", "Pain now", id="guide.pain", show=False),
    ]
    app: TrainerApp

    def __init__(self, plan: Plan, exercises: dict[str, Exercise], *, from_step: str | None = None) -> None:
        super().__init__()
        self.plan = plan
        self.exercises = exercises
        self.first_step = step_named(plan, from_step) if from_step is not None else 0
        self.stage = Stage()
        self._timer: Timer | None = None
        self._asked: int | None = None  # the place of the item whose rating the scale asks for
        self._told_trouble = ""

    @cached_property
    def conductor(self) -> Conductor:
        """What leads the session. It needs the logbook, so it is made after the first paint."""
        return self.app.kit.conductor(self.plan, self.exercises, self.app)

    # --- layout ----------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """What is to be done, and the keys."""
        yield self.stage
        yield KeyBar()

    def on_mount(self) -> None:
        """Ask for the pain before, or begin."""
        rehearsal = " · rehearsal, nothing is kept" if self.app.kit.rehearsal else ""
        self.stage.put("routine", self.plan.routine.name + rehearsal)
        if self.app.kit.rehearsal:
            self._begin()
            return
        self._ask_before()
        # After the first paint: the logbook and the sound are not needed to see the screen.
        self.call_after_refresh(self._look_back)

    def _look_back(self) -> None:
        _ = self.app.kit.player
        self._tell_trouble()
        unfinished = self.app.kit.resumable(self.plan) if not self.first_step else None
        if unfinished is not None and self.conductor.engine.state is State.READY:
            self._offer_to_go_on(unfinished)

    def _offer_to_go_on(self, unfinished: Unfinished) -> None:
        from trainer.app.questions import go_on_there

        def answered(answer: str | None) -> None:
            if answer == "on" and self.conductor.engine.state is State.READY:
                self.conductor = self.app.kit.conductor(self.plan, self.exercises, self.app, going_on=unfinished)
                self.first_step = min(unfinished.step, len(self.plan.steps) - 1)
                self._begin()

        self.app.push_screen(go_on_there(unfinished, self.plan), answered)

    # --- before ----------------------------------------------------------------------------------

    def _ask_before(self) -> None:
        self._draw()
        self.stage.put("phase", "Space begins without rating")
        self.query_one(PainScale).ask("Pain now, before you begin?")

    def _begin(self, pain_before: int | None = None) -> None:
        self._hide_scale()
        self._happened(self.conductor.start(self.first_step, pain_before=pain_before))

    # --- time ------------------------------------------------------------------------------------

    def _arm(self) -> None:
        """One wake-up, at the next moment that anyone can see or hear."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        wait_s = self.conductor.wait_s()
        if wait_s is not None:
            # Textual's timer divides by its interval, so a moment that is over already is not 0 away.
            self._timer = self.set_timer(max(0.001, wait_s), self._tick)

    def _tick(self) -> None:
        self._happened(self.conductor.advance())

    def _happened(self, events: tuple[e.Event, ...]) -> None:
        """Show what the conductor has already recorded."""
        if self.app.flashes(events):
            self.stage.flash()
        self._tell_trouble()
        for event in events:
            match event:
                case e.RatingDue(_, item):
                    self._ask(item.place, f"Pain after {item.name}?")
                case e.StepBegan(_, step) if step.kind != "rate" and self._asked is not None:
                    self._hide_scale()
                case e.Paused(_, "gap"):
                    self.app.tell("Time stood still for a while, so the guide paused. Space goes on.")
                case e.Finished():
                    self._finish()
                    return
        self._draw()
        self._arm()

    def _finish(self) -> None:
        from trainer.app.summary import SummaryScreen

        if self._timer is not None:
            self._timer.stop()
        self.app.push_screen(SummaryScreen(self.conductor))

    # --- what is shown ---------------------------------------------------------------------------

    def _draw(self) -> None:
        engine = self.conductor.engine if "conductor" in self.__dict__ else Position(self.plan)
        self.stage.show(engine, asking=self._asked is not None)

    def _tell_trouble(self) -> None:
        trouble = self.conductor.journal.trouble
        if trouble and trouble != self._told_trouble:
            self.app.tell(f"Not saved: {trouble} It is kept for now and tried again.", severity="warning")
        self._told_trouble = trouble

    # --- ratings ---------------------------------------------------------------------------------

    def _ask(self, place: int, question: str) -> None:
        self._asked = place
        self.query_one(PainScale).ask(question)
        self.set_class(True, "-rating")

    def _hide_scale(self) -> None:
        self._asked = None
        scale = self.query_one(PainScale)
        scale.display = False
        self.set_focus(None)
        self.set_class(False, "-rating")

    @on(PainScale.Rated)
    def _rated(self, message: PainScale.Rated) -> None:
        message.stop()
        if self.conductor.engine.state is State.READY:
            self._begin(message.nrs)
            return
        place = self._asked
        if place is None:
            return
        self._hide_scale()
        self._happened(self.conductor.send(e.Rate(place, message.nrs)))
        engine = self.conductor.engine
        if self.conductor.advice is not None:
            self._offer(place)
        elif engine.state is State.RUNNING and engine.step.kind == "rate" and engine.coming is None:
            self._happened(self.conductor.send(e.Next()))

    @on(PainScale.Later)
    def _later(self, message: PainScale.Later) -> None:
        message.stop()
        if self.conductor.engine.state is State.READY:
            self._begin()
        elif self._asked is not None:
            place = self._asked
            self._hide_scale()
            self._happened(self.conductor.send(e.RateLater(place)))

    def _offer(self, place: int) -> None:
        """After a high rating: time stands until the person has chosen."""
        from trainer.app.questions import after_a_high_rating

        item = self.conductor.engine.items[place]
        question = after_a_high_rating(self.conductor, item, self.exercises)
        self._happened(self.conductor.send(e.Pause()))

        def answered(answer: str | None) -> None:
            self.conductor.advice = None
            if answer == "stop":
                self._happened(self.conductor.send(e.Stop()))
                return
            if answer == "ease":
                self._happened(self.conductor.send(e.Ease(place)))
            self._happened(self.conductor.send(e.Resume()))

        self.app.push_screen(question, answered)

    def action_rate_now(self) -> None:
        """Rate the present exercise at any time in it."""
        item = self.conductor.engine.step.item
        if self.conductor.engine.allows(e.Rate(item.place, 0)):
            self._ask(item.place, f"Pain in {item.name}?")
        else:
            self.app.tell("There is nothing to rate here yet.")

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
