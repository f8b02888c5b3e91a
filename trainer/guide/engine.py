"""The guide's state and the one place where it changes.

Time goes in by `advance(now_ms)`, wishes by `send(command)`; events come out, in order, each with the moment at which
it was due. The engine keeps deadlines, never counters: a late call gives every boundary that it crossed. A gap between
two calls above `gap_ms` (the process was stopped, the lid closed) counts for nothing and pauses.
"""

from __future__ import annotations

from msgspec import structs

from trainer.guide import events as e
from trainer.guide.marks import unit_ms, units_done
from trainer.guide.plan import Item, Step, eased, get_ready_s, steps_of, swapped
from trainer.guide.state import LEAST_WORK_MS, IllegalCommand, Position, Run, State
from trainer.library.model import Open, SelfPaced, Side

LEAD_IN_MS = 5000
"""Time to get into position again after going back (own)."""
RESUME_MS = 3000
"""Time to take up a work again after a pause (own)."""


class Engine(Position):
    """Walks through a plan."""

    # --- what goes in ----------------------------------------------------------------------------

    def advance(self, now_ms: int) -> tuple[e.Event, ...]:
        """Let time go on to `now_ms` and return what happened on the way."""
        now_ms = max(now_ms, self.now_ms)  # a clock that steps back is one that stands still
        gap_ms = now_ms - self.now_ms
        if self.state is State.RUNNING and gap_ms > self._gap_ms:
            self._pause("gap", gap_ms)
        if self.state is State.RUNNING:
            self._emit_until(now_ms)
        if self.state is not State.ENDED:
            self._pass_to(now_ms)
        return self._taken()

    def send(self, command: e.Command) -> tuple[e.Event, ...]:
        """Do what `command` asks at the moment of the last `advance`.

        Raises `IllegalCommand`, and changes nothing, where `allows` says no.
        """
        if not self.allows(command):
            raise IllegalCommand(f"{type(command).__name__} while {self.state.value}")
        match command:
            case e.Start(step):
                self.state = State.RUNNING
                self._start(step)
            case e.Pause():
                self._pause("person")
            case e.Resume():
                self._resume()
            case e.Next():
                self._end_run(on_request=True)
            case e.Skip():
                self._skip()
            case e.Back():
                self._return_to(self._work_before())
            case e.Redo():
                self._return_to(self._work_to_redo())
            case e.More():
                self._lengthen(unit_ms(self.step))
            case e.Less():
                self._lengthen(-unit_ms(self.step))
            case e.Rate(place, nrs, right):
                self.ratings[place] = command.worst
                if (work := self._work_of(place)) is not None:
                    work.rated = True
                self._owed.pop(place, None)
                self._out.append(e.Rated(self.now_ms, self.items[place], nrs, "none" if right is None else "left"))
                if right is not None:
                    self._out.append(e.Rated(self.now_ms, self.items[place], right, "right"))
            case e.Answer(place, side, answer):
                self._answer(place, side, answer)
            case e.RateLater(place):
                self._owe(self.items[place])
            case e.Ease(place):
                self._ease(self.items[place])
            case e.Stop():
                self._close()
                self._finish("stopped")
        if self.state is State.RUNNING:
            self._emit_until(self.now_ms)  # what is due at the very beginning, and steps of no length
        return self._taken()

    # --- time ------------------------------------------------------------------------------------

    def _taken(self) -> tuple[e.Event, ...]:
        out, self._out = tuple(self._out), []
        return out

    def _pass_to(self, now_ms: int) -> None:
        passed_ms = now_ms - self.now_ms
        if self.state is State.RUNNING:
            self.active_ms += passed_ms
        elif self.state is State.PAUSED:
            self.paused_ms += passed_ms
        self.now_ms = now_ms

    def _emit_until(self, now_ms: int) -> None:
        while self.state is State.RUNNING:
            run = self._run
            end_ms = None if run.length_ms is None else run.began_ms + run.length_ms
            horizon_ms = now_ms if end_ms is None else min(now_ms, end_ms)
            while run.marks and run.began_ms + run.marks[0].at_ms <= horizon_ms:
                mark = run.marks.pop(0)
                run.said.add(mark.key)
                self._out.append(mark.event(run.began_ms + mark.at_ms))
            if end_ms is None or end_ms > now_ms:
                return
            # What follows begins at the deadline, not at the call: the sum of many steps has no error.
            self._pass_to(end_ms)
            self._end_run(on_request=False)

    def _pause(self, by: str, gap_ms: int = 0) -> None:
        self.state = State.PAUSED
        self._paused_at_ms = self.now_ms
        self._out.append(e.Paused(self.now_ms, "gap" if by == "gap" else "person", gap_ms))

    def _resume(self) -> None:
        elapsed_ms = self.elapsed_ms
        self.state = State.RUNNING
        run = self._run
        run.began_ms = self.now_ms - elapsed_ms
        self._out.append(e.Resumed(self.now_ms))
        if run.step.kind == "work" and elapsed_ms and not isinstance(run.step.work, Open | SelfPaced):
            self._held = run, elapsed_ms
            self._begin_lead(self.number, RESUME_MS)

    # --- from step to step -----------------------------------------------------------------------

    def _start(self, number: int) -> None:
        if number < len(self.steps) and (step := self.steps[number]).kind in ("change_side", "rest"):
            # Who goes on in the middle of an exercise comes from elsewhere, and first gets into its position.
            self._begin_lead(number + 1, get_ready_s(step.item.exercise.position, None) * 1000)
        else:
            self._begin(number)

    def _begin(self, number: int) -> None:
        while number < len(self.steps):
            step = self.steps[number]
            if step.kind != "rate" or step.item.place in self.worked:
                break
            number += 1  # nothing was done, so there is nothing to rate
        else:
            self._finish("finished")
            return
        self.number = number
        self._run = Run(step, number + 1, self.now_ms, step.length_ms)
        self._run.place_marks(0)
        self._paused_at_ms = self.now_ms
        if step.kind == "work":
            self._attempts[self._key(step)] = self._attempts.get(self._key(step), 0) + 1
        self._out.append(e.StepBegan(self.now_ms, step))
        if step.kind == "rate" and step.item.place not in self.ratings:
            self._owed[step.item.place] = None
            self._out.append(e.RatingDue(self.now_ms, step.item))

    def _begin_lead(self, number: int, length_ms: int) -> None:
        """Begin a lead-in, which the plan does not hold, to the work at `number`."""
        self.number = number
        lead = structs.replace(self.steps[number], kind="get_ready", length_ms=length_ms)
        self._run = Run(lead, number, self.now_ms, length_ms)
        self._run.place_marks(0)
        self._paused_at_ms = self.now_ms
        self._out.append(e.StepBegan(self.now_ms, lead))

    def _end_run(self, *, on_request: bool) -> None:
        """End the present step as it is and begin what follows."""
        if self._held is None:
            self._close(finishing=on_request)
            self._begin(self._run.then)
            return
        self._out.append(e.StepEnded(self.now_ms, self.step))
        self._run, elapsed_ms = self._held
        self._held = None
        self._run.began_ms = self.now_ms - elapsed_ms
        self._paused_at_ms = self.now_ms
        self._out.append(e.StepContinued(self.now_ms, self.step))

    def _close(self, *, finishing: bool = False) -> None:
        """Say how the present step ended, and the work that waits behind it.

        `finishing`: the person says that open work is done.
        """
        step = self.step
        if step.kind == "work":
            self._close_work(self._run, self.elapsed_ms, finishing=finishing)
        else:
            self._out.append(e.StepEnded(self.now_ms, step))
            if step.kind == "rate":
                self._owe(step.item)
        if self._held is not None:
            work, elapsed_ms = self._held
            self._held = None
            self._close_work(work, elapsed_ms, finishing=finishing)

    def _close_work(self, run: Run, actual_ms: int, *, finishing: bool) -> None:
        step = run.step
        count = units_done(step, actual_ms)
        done = finishing if step.length_ms is None else actual_ms >= step.length_ms
        looked = finishing and (step.item.place, step.side) in self.answers  # an answer needs no second
        outcome: e.Outcome = "skipped" if actual_ms < LEAST_WORK_MS and not looked else "done" if done else "cut_short"
        if outcome == "done" and isinstance(step.work, SelfPaced):
            count = step.work.count
        if outcome != "skipped":
            self.worked.add(step.item.place)
            if step.item.exercise.check is not None:
                self.looked.add((step.item.place, step.side))
            if not run.rated:
                self.ratings.pop(step.item.place, None)  # a rating from before this work does not tell of it
        self._out.append(e.WorkEnded(self.now_ms, step, outcome, self._attempts[self._key(step)], actual_ms, count))

    def _finish(self, how: str) -> None:
        for place in sorted(self.worked - self._owed.keys()):
            self._owe(self.items[place])  # work that was left for another before its rating came
        self._run.began_ms = self.now_ms - self.elapsed_ms  # what is seen stands still from here on
        self.state = State.ENDED
        self._run.marks.clear()
        ended = e.Finished(self.now_ms, "finished" if how == "finished" else "stopped", self.active_ms, self.paused_ms)
        self._out.append(ended)

    # --- what a person asks for ------------------------------------------------------------------

    def _skip(self) -> None:
        self._begin(self._leave_item(self._after))

    def _leave_item(self, number: int) -> int:
        """Close what is under way; say of each work of its item from `number` on that it was skipped.

        Returns the position of the item's rating.
        """
        item = self.step.item
        self._close()
        while number < len(self.steps) and self.steps[number].item.place == item.place:
            step = self.steps[number]
            if step.kind == "rate":
                break
            if step.kind == "work":
                attempt = self._attempts[self._key(step)] = self._attempts.get(self._key(step), 0) + 1
                self._out.append(e.WorkEnded(self.now_ms, step, "skipped", attempt, 0, None))
            number += 1
        return number

    def _return_to(self, number: int | None) -> None:
        assert number is not None, "allows() has looked"
        self._close()
        self._begin_lead(number, LEAD_IN_MS)

    def _lengthen(self, by_ms: int) -> None:
        run, elapsed_ms = self._run, self.elapsed_ms
        assert run.length_ms is not None, "allows() has looked"
        least_ms = elapsed_ms
        if (done := units_done(run.step, elapsed_ms)) is not None:
            least_ms = min((done + 1) * unit_ms(run.step), run.length_ms)  # a repetition begun is not broken off
        run.length_ms = max(run.length_ms + by_ms, least_ms)
        run.place_marks(elapsed_ms)
        self._out.append(e.TimeChanged(self.now_ms, run.length_ms))

    def _ease(self, item: Item) -> None:
        """Put the easier form in the place of what is left of `item`, and of the same exercise later on."""
        left = {s.set_no for s in self.steps[self._after :] if s.item.place == item.place and s.kind == "work"}
        if self.step.kind == "work" or self._held is not None:
            left.add(self.step.set_no)
        instead = self._instead(item, max(1, len(left)))
        in_rating = self.step.kind == "rate"
        number = self._leave_item(self._after)
        if not in_rating:
            self._owe(item)  # its rating makes room for the easier form, and so does an earlier easier form
        later = swapped([s for s in self.steps[number:] if s.item.index != item.index], item, instead, self._instead)
        self.steps = (*self.steps[:number], *steps_of(instead, item.exercise.position), *later)
        self._out.append(e.Eased(self.now_ms, item, instead))
        self._begin(number)

    def _instead(self, item: Item, sets: int) -> Item:
        place = max(self.items) + 1
        instead = self.items[place] = eased(item, self._easier.get(item.exercise.easier or ""), place=place, sets=sets)
        return instead

    def _answer(self, place: int, side: Side, answer: str) -> None:
        self.answers[place, side] = answer
        self._out.append(e.Answered(self.now_ms, self.items[place], side, answer))
        under_way = self._work_of(place) is self._run and self.step.side == side
        if under_way and self.state is not State.ENDED:
            self._end_run(on_request=True)  # who has answered has looked

    def _owe(self, item: Item) -> None:
        if item.exercise.check is not None:
            return
        if item.place in self.worked and item.place not in self.ratings:
            self._owed[item.place] = None
            self._out.append(e.RatingOwed(self.now_ms, item))

    def _key(self, step: Step) -> tuple[int, int, str]:
        return step.item.place, step.set_no, step.side
