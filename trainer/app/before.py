"""What is asked before a session begins: whether to go on with one that broke off, the level, the weaker side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.guide.state import State
from trainer.library.model import Weaker

if TYPE_CHECKING:
    from trainer.app.guide import GuideScreen
    from trainer.kit import Unfinished


class Before:
    """Asks one question after the other, where there is one to ask, and tells the guide what to go through."""

    def __init__(self, guide: GuideScreen) -> None:
        self.guide = guide
        self.kit = guide.app.kit
        self.order = guide.order
        self.level = guide.plan.level

    def ask(self) -> None:
        """Begin with the first question."""
        unfinished = self._unfinished()
        if not self.kit.journal.to_repair:
            self._ask_to_go_on(unfinished)
            return
        from trainer.app.repair import offer

        offer(self.guide.app, lambda _: self._ask_to_go_on(self._unfinished()))

    def _unfinished(self) -> Unfinished | None:
        return self.kit.resumable(self.guide.plan, self.order) if self.order.from_step is None else None

    def _ask_to_go_on(self, unfinished: Unfinished | None) -> None:
        guide = self.guide
        if unfinished is None or not self._still_before:
            self._ask_level()
            return

        def answered(answer: str | None) -> None:
            if answer == "on" and self._still_before:
                guide.go_on_with(unfinished)
            else:
                self._ask_level()

        from trainer.app.questions import go_on_there

        guide.app.push_screen(go_on_there(unfinished), answered)

    @property
    def _still_before(self) -> bool:
        return self.guide.conductor.engine.state is State.READY

    def _ask_level(self) -> None:
        plan = self.guide.plan
        suggestion = self.kit.suggestion(plan, self.order.wish) if self.order.level is None else None
        if suggestion is None:
            self._ask_side()
            return
        if suggestion.last is None or not suggestion.asks:
            self.level = suggestion.level
            self.guide.tell(f"Level {suggestion.level}", suggestion.why)
            self._ask_side()
            return

        def answered(answer: str | None) -> None:
            self.level = int(answer or suggestion.unasked)
            self._ask_side()

        from trainer.app.questions import which_level

        self.guide.app.push_screen(which_level(suggestion, plan.routine), answered)

    def _ask_side(self) -> None:
        plan = self.guide.plan
        if not plan.asks_weaker or self.order.weaker is not None:
            self._settle(plan.weaker)
            return
        known = self.kit.settings.weaker_side

        def answered(answer: str | None) -> None:
            side: Weaker | None = "left" if answer == "left" else "right" if answer == "right" else None
            if side != known:
                self.guide.app.keep(weaker_side=side)
            self._settle(side)

        from trainer.app.questions import which_side

        self.guide.app.push_screen(which_side(known), answered)

    def _settle(self, weaker: Weaker | None) -> None:
        if not self._still_before:  # begun by a key that was quicker
            return
        plan, exercises = self.guide.plan, self.guide.exercises
        if (self.level, weaker) != (plan.level, plan.weaker):
            plan, exercises = self.kit.prepare(plan.routine.id, self.order.wish, level=self.level, weaker=weaker)
        self.guide.settle(plan, exercises)
