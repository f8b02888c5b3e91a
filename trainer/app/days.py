"""When a day starts: chosen in the palette, kept, and reckoned anew for all that is past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import SystemCommand

from sessions.errors import LogbookError

if TYPE_CHECKING:
    from trainer.app.app import TrainerApp

NIGHT_OWLS_H = 4
"""The hour that the palette offers; any other can stand in the settings."""


def command(app: TrainerApp) -> SystemCommand:
    """The palette's way to days that start at four, or at midnight again."""
    hour = 0 if app.kit.settings.day_starts_h else NIGHT_OWLS_H
    name = f"Days start at {hour}:00"
    return SystemCommand(name, "What is done before counts for the day before", lambda: start_at(app, hour))


def start_at(app: TrainerApp, hour: int) -> None:
    """Keep the hour, and count days and weeks by it from now on, past ones too."""
    app.keep(day_starts_h=hour)
    journal = app.kit.journal
    journal.day_starts_h = hour
    if journal.logbook is not None and not journal.logbook.read_only:
        try:
            journal.logbook.start_days_at(hour)
        except LogbookError as error:
            app.tell(str(error), severity="warning")
            return
    app.tell(f"Days start at {hour}:00.")
