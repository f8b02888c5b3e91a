"""Breaks as the commands see them: one look at the logbook, one fact taken down, and who counts told of it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from trainer.breaks.events import Event, Moment, Noted
from trainer.breaks.lock import Place
from trainer.breaks.loop import Loop
from trainer.cli.breaks.ahead import keep_ahead
from trainer.cli.errors import Refusal
from trainer.cli.make import known_paths, make_kit, offset_min, stamp

if TYPE_CHECKING:
    from trainer.kit import Kit


class Told:
    """The loop as the facts have it, and a way to add to them."""

    def __init__(self, kit: Kit) -> None:
        from sessions.errors import LogbookError
        from trainer.breaks.logged import as_it_stands

        self.kit = kit
        self.wishes = kit.settings.breaks
        self.place = Place(kit.paths.home)
        journal = kit.journal
        if journal.logbook is None:
            raise Refusal(journal.trouble, status=1)
        self.now_ms = stamp().utc_ms
        try:
            record = as_it_stands(journal.logbook, self.wishes, self.now_ms, self.place.seen_ms())
        except LogbookError as error:
            raise Refusal(error.message, status=1) from None
        self.loop = Loop(self.wishes, record, offset_min)

    @property
    def now(self) -> Moment:
        """This moment; nothing here lasts long enough for the other clock to matter."""
        return Moment(self.now_ms, 0)

    def name(self, routine: str) -> str:
        """A routine's name."""
        return self.kit.library.name_of(routine)

    def keep(self, events: Iterable[Event]) -> None:
        """Take down what the loop says, and wake who counts. Raises `Refusal` where it cannot be taken down."""
        journal = self.kit.journal
        for event in events:
            if isinstance(event, Noted):
                journal.write(journal.new_session(), event.body)
        if journal.pending:
            raise Refusal(f"Not kept: {journal.trouble}", status=1)
        keep_ahead(self.kit, self.loop.record)
        self.place.wake()


@contextmanager
def told(args: Namespace) -> Iterator[Told]:
    """Open the logbook for one command."""
    known_paths(args)
    kit = make_kit(args)
    try:
        yield Told(kit)
    finally:
        kit.close()
