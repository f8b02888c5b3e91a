"""Events told as lines: short, in order, and spread over the time there is, so that a screen reader keeps up."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sessions.records import WorkDone
from trainer.cli.lay import capital
from trainer.guide import events as e
from trainer.guide import view, words
from trainer.guide.outcome import amount
from trainer.guide.plan import Item, Step
from trainer.guide.record import facts
from trainer.guide.state import Position
from trainer.library.model import Breaths, Check, Hold, Repetitions, Timed

COUNT_MS = 3500
"""The end of a step belongs to the count of three (own)."""
APART_MS = 4000
"""The most time between two cues that follow each other (own)."""
SLOW_S = 2.0
"""A part of a repetition that takes less is not called out: only the count is (own)."""


class Teller:
    """Tells the events of one session through `write`, a line at a time.

    `asks` says whether an answer may come, `attended` whether a person is at a terminal to give it, `looks` how an
    exercise looks, by its id; nothing where nobody drew it.
    """

    def __init__(
        self,
        position: Position,
        write: Callable[[str], None],
        *,
        asks: Callable[[], bool],
        attended: Callable[[], bool],
        looks: Callable[[str], str] = lambda _: "",
    ) -> None:
        self.position = position
        self._write = write
        self._asks = asks
        self._attended = attended
        self._looks = looks
        self._cues: list[tuple[int, str]] = []  # when each is due
        self._introduced: set[int] = set()
        self._moved: set[int] = set()
        self._owed: set[int] = set()
        self._hints: dict[int, int] = {}

    def drip(self, now_ms: int) -> None:
        """Tell the cues that are due by now."""
        while self._cues and self._cues[0][0] <= now_ms:
            self._write(f"  {self._cues.pop(0)[1]}")

    def tell(self, event: e.Event) -> None:
        """Tell one event."""
        self.drip(event.at_ms)
        match event:
            case e.StepBegan(at_ms, step):
                self._began(at_ms, step)
            case e.StepContinued():
                self._write("Go on.")
            case e.WorkEnded():
                self._ended(event)
            case e.HalfWay():
                self._write("Half way.")
                self._hint(self.position.step)
            case e.SecondsLeft(_, seconds):
                self._write(str(seconds))
            case e.PartBegan(_, number):
                self._write(self.position.step.item.exercise.parts[number - 1])
            case e.RepetitionBegan(_, number, count):
                self._write(f"{number} of {count}")
            case e.RepetitionHeld():
                self._called("hold")
            case e.RepetitionReturned():
                self._called("back")
            case e.BreathIn(_, number, count):
                self._write(f"In, {number} of {count}")
            case e.BreathOut():
                self._write("Out")
            case _:
                self._tell_of_session(event)

    def _tell_of_session(self, event: e.Event) -> None:
        match event:
            case e.TimeChanged(_, length_ms):
                self._write(f"Now {words.clock(length_ms)} in all.")
            case e.RatingDue(_, item):
                self._owed.discard(item.place)
                if self._asks():
                    self._write(f"{label(item)}: pain now, 0 to 10? Enter leaves it for later.")
            case e.RatingOwed(_, item) if item.place not in self._owed:
                self._owed.add(item.place)
                self._write(f"{label(item)}: left to rate later.")
            case e.Rated(_, item, nrs, side):
                where = "" if side == "none" else f", {side} side"
                self._write(f"{label(item)}{where}: {nrs} of 10.")
            case e.Answered(_, item, side, answer):
                self._write(f"{words.looked_at(item, side)}: {words.answer(item, answer)}")
            case e.Paused(_, "gap", gap_ms):
                self._write(f"Paused: the program stood still for {words.clock(gap_ms)}. That time counts for nothing.")
            case e.Finished(_, how):
                self._write("That was all." if how == "finished" else "Stopped here.")

    # --- steps -----------------------------------------------------------------------------------

    def _began(self, at_ms: int, step: Step) -> None:
        self._cues.clear()
        match step.kind:
            case "get_ready":
                self._get_ready(at_ms, step)
            case "work":
                self._work(at_ms, step)
            case "change_side":
                self._write(f"Change side, {self._length(step)}: {step.side_name}.")
                self._hint(step)
            case "rest":
                self._write(f"Rest, {self._length(step)}. Then {_place(step)}.")
                self._hint(step)
            case "rate":
                coming = self.position.coming
                if coming is not None:
                    self._write(f"Rest, {self._length(step)}. Next: {coming.item.name}.")

    def _get_ready(self, at_ms: int, step: Step) -> None:
        item, place = step.item, _place(step)
        if item.place in self._introduced:
            self._write(f"Get ready: {item.name}{f', {place}' if place else ''}.")
            return
        self._introduced.add(item.place)
        number, count = view.item_number(self.position)
        self._write("")
        self._write(f"{number} of {count}: {label(item)}.")
        if item.exercise.check is None:
            self._write(f"{capital(words.whole_dose(item))}.")
        if pace := words.tempo(step.work):
            self._write(f"Pace: {pace}.")
        if why := self.position.plan.routine.step[item.index].why:
            self._write(f"Why: {why}")
        self._write(f"Get ready, {self._length(step)}: {item.exercise.position}{f'; {place}' if place else ''}.")
        if looks := self._looks(item.exercise.id):
            self._write(f"Looks: {looks}")
        cues = item.exercise.cues
        self._spread([*cues.set_up, *cues.stop_if], at_ms, (step.length_ms or 0) - COUNT_MS)

    def _work(self, at_ms: int, step: Step) -> None:
        item, work = step.item, step.work
        first = item.place not in self._moved
        self._moved.add(item.place)
        cues = item.exercise.cues
        if item.exercise.check is not None:
            # Who is asked has to know how to look.
            for line in cues.move if first else ():
                self._write(f"  {line}")
            self._ask_check(step, item.exercise.check)
        elif isinstance(work, Hold):
            self._write(f"Hold, {self._length(step)}.")
        elif isinstance(work, Timed):
            go = "Walk" if words.moving(step) == "walk" else "Go"
            self._write(f"{go}, {words.work(work).removeprefix('for ')}.")
        elif step.length_ms is not None:
            self._write("Start.")
        elif self._attended():
            self._write(f"{capital(words.work(work))}. n and Enter when you are done.")
        else:
            self._write(f"{capital(words.work(work))}; it goes on after {words.about(step.reckoned_ms)}.")
        if len(item.exercise.parts) > 1 and isinstance(work, Hold | Timed):
            self._write(item.exercise.parts[0])
        if first:
            told = [*cues.breathing, *cues.feel] if item.exercise.check is not None else [*cues.move, *cues.breathing]
            self._spread(told, at_ms + 1, self._room(step))  # after the count that comes at the same moment

    def _ask_check(self, step: Step, check: Check) -> None:
        self._write(f"{capital(step.side_name)}: {check.question}" if step.side_name else check.question)
        for number, answer in enumerate(check.answer, 1):
            self._write(f"  {number}: {answer.text}")
        if self._attended():
            self._write("A number, then Enter. n and Enter goes on without an answer.")
        else:
            self._write(f"It goes on after {words.about(step.reckoned_ms)}.")

    def _room(self, step: Step) -> int:
        """Milliseconds over which the cues of a movement are spread."""
        if isinstance(step.work, Repetitions | Breaths):
            return step.length_ms or 0
        return (step.length_ms or step.reckoned_ms) - COUNT_MS

    def _spread(self, lines: Sequence[str], from_ms: int, room_ms: int) -> None:
        apart_ms = min(APART_MS, max(0, room_ms) // max(1, len(lines)))
        self._cues = [(from_ms + number * apart_ms, line) for number, line in enumerate(lines)]

    def _ended(self, event: e.WorkEnded) -> None:
        if event.outcome == "cut_short":
            for fact in facts(event):
                if isinstance(fact, WorkDone):
                    self._write(f"{event.step.item.name}: {amount(fact)}.")
        elif event.outcome == "skipped" and event.step.item.place in self._introduced:
            place = _place(event.step)
            self._write(f"Skipped: {event.step.item.name}{f', {place}' if place else ''}.")

    def _hint(self, step: Step) -> None:
        """One line of what to feel or to watch for, each in its turn."""
        cues = step.item.exercise.cues
        hints = [*cues.feel, *cues.mistakes]
        if hints:
            turn = self._hints.get(step.item.place, 0)
            self._hints[step.item.place] = turn + 1
            self._write(f"  {hints[turn % len(hints)]}")

    def _called(self, word: str) -> None:
        work = self.position.step.work
        if isinstance(work, Repetitions) and min(work.out_s, work.back_s, work.hold_s or SLOW_S) >= SLOW_S:
            self._write(word)

    def _length(self, step: Step) -> str:
        return words.seconds((step.length_ms or 0) // 1000)


def label(item: Item) -> str:
    """An exercise's name, with a word that tells an easier form from what it stands in for."""
    return f"{item.name}, easier form" if item.eased else item.name


def _place(step: Step) -> str:
    """Set and side, as they are said."""
    return words.set_and_side(step).replace(" · ", ", ")
