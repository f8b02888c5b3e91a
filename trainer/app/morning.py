"""Asking how it is the morning after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sessions.errors import LogbookError
from sessions.records import PainRated
from sessions.rows import SessionRow
from trainer.coach.morning import asks
from trainer.text import clean

if TYPE_CHECKING:
    from trainer.app.app import TrainerApp

_LOOKED_AT = 60
"""Sessions that are looked at: more than anybody does in a day and a morning (own)."""


class Morning:
    """The morning after yesterday's session, as long as it is to be rated."""

    def __init__(self, app: TrainerApp, row: SessionRow) -> None:
        self._app = app
        self._row = row
        self.text = f"Yesterday: {clean(row.name)}. How is the pain this morning? y rates it."

    def ask(self) -> None:
        """Ask for the rating and take it down; left out, it is not asked again until the next start."""
        from trainer.app.one_session import RatingDialog

        self._app.push_screen(RatingDialog(f"Pain this morning, after {clean(self._row.name)}?"), self._take)

    def _take(self, nrs: int | tuple[int, int] | None) -> None:
        if not isinstance(nrs, int):
            return
        journal = self._app.kit.journal
        if journal.write(self._row.id, PainRated("next_morning", nrs)):
            self._app.tell(f"Kept: {nrs} of 10 on the morning after {self._row.name}.")
        else:
            self._app.tell(f"Not saved yet: {journal.trouble}", severity="warning")


def look(app: TrainerApp) -> Morning | None:
    """The morning that is to be rated now, None where there is none or the logbook cannot say."""
    journal = app.kit.journal
    if journal.logbook is None:
        return None
    now = journal.now()
    minute = (now.utc_ms // 60_000 + now.offset_min) % 1440
    try:
        row = asks(journal.logbook.sessions(limit=_LOOKED_AT), journal.today(), minute)
    except LogbookError:
        return None
    return None if row is None else Morning(app, row)
