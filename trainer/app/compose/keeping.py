"""Saving from the composer, and leaving it: what is asked, and what is said."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from trainer.app.compose import asking
from trainer.library.change import NotWritten
from trainer.library.errors import LibraryError
from trainer.library.opened import ChangedMeanwhile
from trainer.library.tables import CannotKeep

if TYPE_CHECKING:
    from trainer.app.choose import ChooseScreen
    from trainer.app.compose.saving import Desk
    from trainer.app.compose.screen import ComposeScreen

Then = Callable[[], object]


class Keeper:
    """Leads a save to its end, with the person's word where something could be lost."""

    def __init__(self, screen: ComposeScreen, desk: Desk) -> None:
        self._screen = screen
        self._desk = desk

    def save(self, then: Then | None = None, *, how: str = "") -> None:
        """Save the draft, then do `then`. `how` is an answer to an earlier question: rewrite, replace or new."""
        screen, draft = self._screen, self._screen.draft
        if not draft.routine.step:
            self._tell("There is nothing to save yet: press a to add an exercise.")
            return
        if not draft.routine.name:
            screen.action_name(then=lambda: self.save(then, how=how))
            return
        try:
            said = self._desk.save(
                draft,
                rewrite="rewrite" in how,
                whatever_is_there="replace" in how,
                as_new=how == "new",
            )
        except CannotKeep as cannot:
            self._ask(asking.comments_would_go(self._desk.id or "", str(cannot)), then, how)
        except ChangedMeanwhile as changed:
            self._ask(asking.changed_meanwhile(self._desk.id or "", there=changed.there), then, how)
        except LibraryError as error:
            self._tell(f"Not saved. {error.problems[0]}\nYour draft stays here.")
        except NotWritten as error:
            self._tell(f"Not saved. {error.lines[0]}\nYour draft stays here.")
        else:
            screen.app.tell(said)
            screen.kept()
            if then is not None:
                then()

    def _ask(self, question: ChooseScreen, then: Then | None, how: str) -> None:
        def answered(answer: str | None) -> None:
            if answer == "read":
                self._screen.open_again()
            elif answer in ("rewrite", "replace", "new"):
                # One answer may lead to the other question; then both hold.
                self.save(then, how="new" if answer == "new" else f"{how} {answer}")

        self._screen.app.push_screen(question, answered)

    def leave(self, then: Then) -> None:
        """Do `then`, which leaves; what is not saved is asked about before."""
        if not self._screen.unsaved:
            then()
            return

        def answered(answer: str | None) -> None:
            if answer == "save":
                self.save(then)
            elif answer == "discard":
                then()

        self._screen.app.push_screen(asking.leave(), answered)

    def _tell(self, text: str) -> None:
        self._screen.app.tell(text, severity="warning")
