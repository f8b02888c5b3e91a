"""The screen while exercising."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from trainer.app.widgets.big_clock import BigClock
from trainer.app.widgets.key_bar import KeyBar
from trainer.app.widgets.pain_scale import PainScale
from trainer.guide import events as e
from trainer.guide import view, words
from trainer.guide.plan import Plan
from trainer.guide.state import Position, State
from trainer.kit import Unfinished, step_named
from trainer.library.model import Exercise

if TYPE_CHECKING:
    from trainer.app.app import TrainerApp
    from trainer.conductor import Conductor

FLASH_S = 0.25

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
        self._timer: Timer | None = None
        self._asked: int | None = None  # the place of the item whose rating the scale asks for
        self._shown: dict[str, object] = {}
        self._told_trouble = ""

    @cached_property
    def conductor(self) -> Conductor:
        """What leads the session. It needs the logbook, so it is made after the first paint."""
        return self.app.kit.conductor(self.plan, self.exercises, self.app)

    # --- layout ----------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Top line, cues beside the clock, the scale, what is next, the keys."""
        with Horizontal(id="top"):
            yield Static(id="routine")
            yield Static(id="progress")
        with Horizontal(id="middle"):
            yield Static(id="cues")
            with Vertical(id="now"):
                yield Static(id="name")
                yield Static(id="side")
                yield Static(id="phase")
                yield BigClock(id="clock")
        scale = PainScale(id="scale")
        scale.display = False
        yield scale
        yield Static(id="next")
        yield KeyBar()

    def on_mount(self) -> None:
        """Ask for the pain before, or begin."""
        self._put(
            "routine", self.plan.routine.name + (" · rehearsal, nothing is kept" if self.app.kit.rehearsal else "")
        )
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
        from trainer.app.choose import ChooseScreen

        at_end = unfinished.step >= len(self.plan.steps)
        where = (
            "only its end is missing" if at_end else f"it stopped before {self.plan.steps[unfinished.step].item.name}"
        )

        def answered(answer: str | None) -> None:
            if answer == "on" and self.conductor.engine.state is State.READY:
                self.conductor = self.app.kit.conductor(self.plan, self.exercises, self.app, going_on=unfinished)
                self.first_step = min(unfinished.step, len(self.plan.steps) - 1)
                self._begin()

        self.app.push_screen(
            ChooseScreen(
                "A session of today is not ended",
                [f"{unfinished.detail.row.name}: {where}."],
                [("g", "on", "Go on there"), ("a", "anew", "Start anew; what was done stays in the log")],
            ),
            answered,
        )

    # --- before ----------------------------------------------------------------------------------

    def _ask_before(self) -> None:
        self._draw()
        self._put("phase", "Space begins without rating")
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
            self._flash()
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

    def _flash(self) -> None:
        clock = self.query_one(BigClock)
        clock.add_class("flash")
        self.set_timer(FLASH_S, lambda: clock.remove_class("flash"))

    def _finish(self) -> None:
        from trainer.app.summary import SummaryScreen

        if self._timer is not None:
            self._timer.stop()
        self.app.push_screen(SummaryScreen(self.conductor))

    # --- what is shown ---------------------------------------------------------------------------

    def _draw(self) -> None:
        engine = self.conductor.engine if "conductor" in self.__dict__ else Position(self.plan)
        step = engine.step
        number, count = view.item_number(engine)
        dots = "●" * (number - 1) + "◉" + "○" * (count - number)
        self._put(
            "progress", f"{dots if count <= 12 else f'{number}/{count}'}  {words.clock(engine.total_left_ms)} left"
        )
        # A rest whose rating is given, or left for later, already belongs to what comes.
        shown = engine.coming if step.kind == "rate" and self._asked is None and engine.coming else step
        self._put("name", shown.item.name)
        self._put("side", words.set_and_side(shown) if self._asked is None else "")
        self._put("phase", view.phase(engine))
        self._put("next", view.next_line(engine))
        if self._shown.get("clock") != (big := view.big(engine)):
            self._shown["clock"] = big
            self.query_one(BigClock).value = big
        cues = view.cues(engine)
        if self._shown.get("cues") != cues:
            self._shown["cues"] = cues
            self.query_one("#cues", Static).update(_cue_text(cues))

    def _put(self, id: str, text: str) -> None:
        if self._shown.get(id) != text:
            self._shown[id] = text
            self.query_one(f"#{id}", Static).update(Content(text))

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
        from trainer.app.choose import ChooseScreen

        advice, engine = self.conductor.advice, self.conductor.engine
        assert advice is not None
        item = engine.items[place]
        easier = self.exercises.get(item.exercise.easier or "")
        form = easier.name if easier is not None else f"{item.name}, half as much"
        self._happened(self.conductor.send(e.Pause()))
        answers = [("e", "ease", f"Easier form now: {form}"), ("s", "stop", "Stop here"), ("g", "on", "Go on")]
        if not engine.allows(e.Ease(place)):
            del answers[0]

        def answered(answer: str | None) -> None:
            self.conductor.advice = None
            if answer == "stop":
                self._happened(self.conductor.send(e.Stop()))
                return
            if answer == "ease":
                self._happened(self.conductor.send(e.Ease(place)))
            self._happened(self.conductor.send(e.Resume()))

        self.app.push_screen(ChooseScreen(advice.reason, [advice.says], answers), answered)

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
        from trainer.app.choose import ChooseScreen

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

        self.app.push_screen(
            ChooseScreen(
                "Stop here?",
                ["What you have done is kept either way."],
                [
                    ("s", "stop", "Stop and see the summary"),
                    ("l", "leave", "Leave, and go on later today"),
                    ("g", "on", "Go on"),
                ],
            ),
            answered,
        )

    def _leave(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self.app.close_session()


def _cue_text(cues: list[view.CueLine]) -> Content:
    parts: list[Content | str | tuple[str, str]] = []
    before = ""
    for cue in cues:
        if cue.heading != before and cue.heading:
            parts.append((f"{cue.heading}\n", "bold $text-primary"))
        before = cue.heading
        parts.append((f"{cue.text}\n", "" if cue.heading else "bold"))
    return Content.assemble(*parts)
