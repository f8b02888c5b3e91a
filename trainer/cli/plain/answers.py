"""What the person types while a session runs, and what happens where nobody types."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Literal

from trainer.cli.plain import keys
from trainer.cli.plain.inbox import Inbox
from trainer.cli.plain.sound import PlainSound
from trainer.conductor import Conductor
from trainer.guide import card
from trainer.guide import events as e
from trainer.guide.plan import Step
from trainer.guide.state import State
from trainer.library.model import Exercise
from trainer.text import clean

ANSWER_S = 30
"""How long a high rating that came through a pipe waits for an answer."""
HELD = 100
"""How many ratings may come before they are asked for."""
Events = tuple[e.Event, ...]


class Answers:
    """Turns lines into commands of one session; each method returns the events to tell."""

    def __init__(
        self,
        conductor: Conductor,
        exercises: dict[str, Exercise],
        inbox: Inbox,
        sound: PlainSound,
        write: Callable[[str], None],
        held: deque[int],
    ) -> None:
        self.conductor = conductor
        self.engine = conductor.engine
        self.left = False
        """Whether the person left to go on later."""
        self._exercises = exercises
        self._inbox = inbox
        self._sound = sound
        self._write = write
        self._held = held  # numbers from a pipe that came before anything was to be rated
        self._asking: Step | None = None  # the self-check under way
        self._due: int | None = None  # the place of the item whose rating fell due last
        self._advised: int | None = None  # the place of the item whose rating awaits an answer
        self._until_ms = 0
        self._paused_by: Literal["person", "gap", ""] = ""
        self._answered: int | None = None  # the place of the item whose rating was given or left
        self._told_lost = False
        self._told_unknown = False

    def take(self, line: str) -> Events:
        """Do what a line asks for."""
        nrs, key = keys.rating(line), keys.key(line)
        if nrs is not None and self._asking is not None:
            return self._answer_check(nrs)
        if isinstance(nrs, int):
            return self._rate(nrs)
        if (apart := keys.sides(line)) is not None:
            return self._rate(*apart)
        if nrs is not None:
            self._write(keys.RANGE)
            return ()
        if key == "h":
            for text in keys.HELP:
                self._write(text)
            return ()
        if key == "i":
            self._tell_all()
            return ()
        if key in ("q", "l"):
            return self._end(key)
        if self._advised is not None:
            return self._decide(key)
        if key in keys.COMMANDS:
            return self._do(keys.COMMANDS[key])
        match key:
            case "":
                return self._enter()
            case "p":
                return self._do(e.Resume() if self.engine.state is State.PAUSED else e.Pause())
            case "e":
                return self._do(e.Ease(self.engine.step.item.place))
            case "m":
                self._write(self._sound.toggle())
                return ()
        self._not_understood(line)
        return ()

    def _tell_all(self) -> None:
        engine = self.engine
        if engine.state is State.ENDED:
            return
        for heading, lines in card.in_full(engine.plan, engine.step.item):
            self._write(f"{heading}:")
            for line in lines:
                self._write(f"  {line}")

    def follow(self, events: Events) -> Events:
        """Note what just happened, and do what follows from it at once."""
        for event in events:
            match event:
                case e.StepBegan(_, step):
                    looks = step.kind == "work" and step.item.exercise.check is not None
                    self._asking = step if looks else None
                case e.RatingDue(_, item):
                    self._due, self._answered = item.place, None
                case e.RatingOwed(_, item):
                    self._due = self._answered = item.place
                case e.Rated(_, item, _):
                    self._answered = item.place
                case e.Answered() | e.Finished():
                    self._asking = None
                case e.Paused(_, by):
                    self._paused_by = by
                    if self._advised is None:
                        self._write("p and Enter goes on." if by == "gap" else "Paused. p and Enter goes on.")
        if self._asking is not None and self._held and self._asking is self.engine.step:
            return self._answer_check(self._held.popleft())
        due = any(isinstance(event, e.RatingDue) for event in events)
        if due and self._held and self._advised is None:
            return self._rate(self._held.popleft())
        if self.conductor.advice is not None and self._advised is None:
            return self._advise()
        return self._after_last()

    def unattended(self) -> Events:
        """Go on where something waits that nobody can answer."""
        engine = self.engine
        if self._inbox.ended and not self._told_lost:
            self._told_lost = True
            self._write("Nothing more can be typed; what is asked stays open.")
        if engine.state is State.PAUSED:
            return self._unattended_pause()
        if engine.state is State.RUNNING and engine.length_ms is None and not self.attended:
            return self._do(e.Next()) if engine.elapsed_ms >= engine.step.reckoned_ms else ()
        return ()

    @property
    def attended(self) -> bool:
        """Whether a person is at a terminal to answer."""
        return self._inbox.interactive and not self._inbox.ended

    def _unattended_pause(self) -> Events:
        if self.attended:
            return ()
        if self._advised is not None:
            if not self._inbox.ended and self.conductor.clock.now_ms() < self._until_ms:
                return ()
            self._write("No answer came; going on.")
            return self._decide("")
        if self._paused_by == "gap":
            self._write("Going on.")
            return self._do(e.Resume())
        # The person asked for the pause, and can no longer end it.
        return self._end("l") if self._inbox.ended else ()

    # --- self-checks and ratings -----------------------------------------------------------------

    def _answer_check(self, nrs: int | Literal["out of range"]) -> Events:
        step = self._asking
        assert step is not None
        check = step.item.exercise.check
        assert check is not None
        if not isinstance(nrs, int) or not 1 <= nrs <= len(check.answer):
            self._write(f"1 to {len(check.answer)}, please.")
            return ()
        return self.conductor.send(e.Answer(step.item.place, step.side, check.answer[nrs - 1].id))

    def _rate(self, nrs: int, right: int | None = None) -> Events:
        place = self._due if self._advised is None else self._advised
        # At a terminal a second number corrects the first; from a pipe it is the next answer of a list.
        if not self._inbox.interactive and (self._advised is not None or place is None or place in self.engine.ratings):
            if len(self._held) < HELD:
                self._held.append(nrs)
            return ()
        if place is None or not self.engine.allows(e.Rate(place, nrs)):
            self._write("There is nothing to rate yet.")
            return ()
        if right is not None and self.engine.items[place].exercise.sides != "both":
            self._write("This exercise has no sides. One number, please.")
            return ()
        again = self._advised is not None
        self._advised = None
        events = self.conductor.send(e.Rate(place, nrs, right))
        if again and self.conductor.advice is None:
            events += self.conductor.send(e.Resume())
        return events

    def _enter(self) -> Events:
        if self.engine.state is State.PAUSED:
            return self._do(e.Resume())
        if self._due is not None and self.engine.step.kind == "rate":
            return self.conductor.send(e.RateLater(self._due))
        return ()

    def _after_last(self) -> Events:
        """Nobody rests after the last exercise once its rating is answered."""
        engine, step = self.engine, self.engine.step
        over = step.kind == "rate" and step.item.place == self._answered and engine.coming is None
        return self.conductor.send(e.Next()) if over and engine.state is State.RUNNING else ()

    def _advise(self) -> Events:
        advice, place = self.conductor.advice, self._due
        assert advice is not None
        self._write(advice.reason)
        self._write(advice.says)
        if self.engine.state is State.ENDED or place is None:
            self.conductor.advice = None
            return ()
        self._advised = place
        self._until_ms = self.conductor.clock.now_ms() + ANSWER_S * 1000 * self.conductor.clock.speed
        self._ask()
        return self.conductor.send(e.Pause())

    def _ask(self) -> None:
        assert self._advised is not None
        item = self.engine.items[self._advised]
        form = self._exercises.get(item.exercise.easier or "")
        easier = f"e: easier form, {form.name if form else 'half as much'}. "
        if not self.engine.allows(e.Ease(self._advised)):
            easier = ""
        self._write(f"Time stands. {easier}q: stop here. Enter: go on.")

    def _decide(self, key: str) -> Events:
        place = self._advised
        assert place is not None
        if key == "e" and self.engine.allows(e.Ease(place)):
            self._forget_advice()
            return self.conductor.send(e.Ease(place)) + self.conductor.send(e.Resume())
        if key in ("", "p"):
            self._forget_advice()
            return self.conductor.send(e.Resume())
        self._ask()
        return ()

    def _forget_advice(self) -> None:
        self._advised = None
        self.conductor.advice = None

    # --- the rest --------------------------------------------------------------------------------

    def _do(self, command: e.Command) -> Events:
        if not self.engine.allows(command):
            self._write("That does nothing here.")
            return ()
        return self.conductor.send(command)

    def _end(self, key: str) -> Events:
        self._forget_advice()
        if key == "q":
            return self.conductor.send(e.Stop())
        self.left = True
        return self.conductor.leave()

    def _not_understood(self, line: str) -> None:
        if self._inbox.interactive or not self._told_unknown:
            self._told_unknown = True  # a pipe full of them is told once
            self._write(f"Not understood: {clean(line, limit=40)}. h and Enter lists the keys.")
