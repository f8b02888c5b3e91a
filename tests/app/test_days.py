"""When a day starts."""

from __future__ import annotations

from typing import Any

from trainer.app import days


async def test_days_start_later(coach: Any) -> None:
    """The palette's choice is kept, and today and all past days are reckoned by it."""
    app = coach.begin()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        coach.clock.t_ms = 14 * 3_600_000  # three o'clock at night, by the person's clock
        journal = coach.kit.journal
        assert journal.today() == "2026-03-02"
        command = days.command(app)
        assert command.title == "Days start at 4:00"
        command.callback()
        await pilot.pause()
        assert journal.today() == "2026-03-01"
        assert journal.logbook.day_starts_h == 4
        assert coach.kit.settings.day_starts_h == 4
        assert "day_starts_h = 4" in coach.paths.settings.read_text()
        again = days.command(app)
        assert again.title == "Days start at 0:00"
        again.callback()
        await pilot.pause()
        assert (journal.today(), journal.logbook.day_starts_h) == ("2026-03-02", 0)
        assert days.command(app).title in [one.title for one in app.get_system_commands(app.screen)]
