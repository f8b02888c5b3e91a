"""What a screen does that leads a session: it shows what the conductor did, and asks what is to be asked."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from textual import on
from textual.screen import Screen
from textual.timer import Timer

from trainer.app.widgets.figure import style_here
from trainer.app.widgets.pain_scale import PainScale
from trainer.app.widgets.stage import Stage
from trainer.guide import events as e
from trainer.guide.plan import Item, Plan, Step
from trainer.guide.state import Position, State
from trainer.guide.view import CueLine, told_of
from trainer.library.model import Exercise

if TYPE_CHECKING:
    from trainer.app.app import TrainerApp
    from trainer.app.figures import Players
    from trainer.app.widgets.answers import AnswerList
    from trainer.conductor import Conductor
    from trainer.figures.phases import Shown

UPRIGHT = frozenset({"standing", "walking"})
"""Positions whose figures are taller than wide, by which the room is shared before a figure is loaded."""


class LeadingScreen(Screen[None]):
    """Wakes up at each moment that can be seen or heard, draws the stage, and takes ratings and answers on it."""

    AUTO_FOCUS = ""
    """What asks takes the focus by itself; before, there is nothing to type."""
    app: TrainerApp

    def __init__(self, plan: Plan, exercises: dict[str, Exercise]) -> None:
        super().__init__()
        self.plan = plan
        self.exercises = exercises
        self.first_step = 0
        self.stage = Stage(checks=any(item.exercise.check is not None for item in plan.items))
        self._timer: Timer | None = None
        self._asked: int | None = None  # the place of the item whose rating the scale asks for
        self._looking: Step | None = None  # the self-check whose question is shown
        self._unsettled = False  # whether the level or the weaker side is still to be asked for
        self._told_trouble = ""
        self._told: list[CueLine] = []
        """What is to be known of the plan before it begins."""
        self._painted = False  # figures are loaded after the first paint
        self._figured = ""  # the exercise whose figure is shown

    @cached_property
    def conductor(self) -> Conductor:
        """What leads the session. It needs the logbook, so it is made after the first paint."""
        return self.app.kit.conductor(self.plan, self.exercises, self.app)

    def _begin(self, pain_before: int | None = None) -> None:
        if self._unsettled:
            return
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
                    self._ask(item, f"Pain after {item.name}?")
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
        engine = self._position
        told = self._told if engine.state is State.READY else []
        self.set_class(bool(told), "-telling")
        self.stage.show(engine, asking=self._asked is not None, told=told)
        self._show_figure(engine)
        self._show_check(engine)

    # --- the figure ------------------------------------------------------------------------------

    def _show_figure(self, position: Position) -> None:
        """Make room for the figure of what is told of, and show its present moment."""
        exercise = told_of(position, asking=self._asked is not None).item.exercise
        if exercise.id != self._figured:
            self._figured = exercise.id
            has = style_here(self.app) != "none" and self.app.kit.library.figure_file(exercise.id) is not None
            self.set_class(has, "-figured")
            self.set_class(exercise.position in UPRIGHT, "-upright")
            if self._painted:
                self._follow(exercise.id)
        elif self._painted:
            self.stage.figure.look_again()

    def _follow(self, id: str) -> None:
        from trainer.figures.phases import of_guide

        player = self._players.of(id) if self.has_class("-figured") else None
        if player is None:
            self.remove_class("-figured")
            self.stage.figure.follow(None, None)
            return

        def look() -> Shown:
            position, now_ms = self._position, self.app.kit.clock.now_ms()
            return of_guide(player.figure, player.goal, position, asking=self._asked is not None, now_ms=now_ms)

        self.stage.figure.follow(player, look)

    def on_figure_view_restyled(self) -> None:
        """Show the same in another style."""
        self._figured = ""
        self._show_figure(self._position)

    def show_figures(self) -> None:
        """Load the figure, now that the screen is painted."""
        self._painted = True
        self._follow(self._figured)

    def on_screen_resume(self) -> None:
        """Move again after another screen."""
        if self._painted:
            self.stage.figure.look_again()

    @cached_property
    def _players(self) -> Players:
        from trainer.app.figures import Players

        return Players(self.app)

    @property
    def _position(self) -> Position:
        return self.conductor.engine if "conductor" in self.__dict__ else Position(self.plan)

    def _tell_trouble(self) -> None:
        journal = self.conductor.journal
        trouble = journal.trouble and (journal.damaged or journal.trouble)  # the screen itself offers the way out
        if trouble and trouble != self._told_trouble:
            self.app.tell(f"Not saved: {trouble} It is kept for now and tried again.", severity="warning")
        self._told_trouble = trouble

    # --- self-checks -----------------------------------------------------------------------------

    def _show_check(self, position: Position) -> None:
        """Show the question while its self-check is under way and nothing else is asked."""
        step = position.step
        under_way = position.state in (State.RUNNING, State.PAUSED) and step.kind == "work"
        looking = step if under_way and step.item.exercise.check is not None and self._asked is None else None
        if looking is self._looking:
            return
        self._looking = looking
        from trainer.app.widgets.answers import AnswerList

        answers = self.query_one(AnswerList)
        self.set_class(looking is not None, "-checking")
        if looking is not None and looking.item.exercise.check is not None:
            answers.ask(looking.item.exercise.check)
        else:
            if answers.has_focus:
                self.set_focus(None)
            answers.display = False

    def on_answer_list_answered(self, message: AnswerList.Answered) -> None:
        """Take down an answer; the engine goes on to what follows."""
        message.stop()
        if (step := self._looking) is not None:
            self._happened(self.conductor.send(e.Answer(step.item.place, step.side, message.answer)))

    def on_answer_list_later(self, message: AnswerList.Later) -> None:
        """Go on without an answer; the summary asks once more."""
        message.stop()
        if self._looking is not None:
            self._happened(self.conductor.send(e.Next()))

    # --- ratings ---------------------------------------------------------------------------------

    def _ask(self, item: Item, question: str) -> None:
        self._asked = item.place
        self.query_one(PainScale).ask(question, sided=item.exercise.sides == "both")
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
        self._happened(self.conductor.send(e.Rate(place, message.nrs, message.right)))
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
            self._ask(item, f"Pain in {item.name}?")
            self._draw()  # the question of a self-check makes room at once, and comes back after the rating
        else:
            self.app.tell("There is nothing to rate here yet.")
