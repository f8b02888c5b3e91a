"""The figure of what is chosen in a list."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from trainer.app.widgets.figure import FigureView

if TYPE_CHECKING:
    from trainer.app.figures import Players
    from trainer.figures.phases import Shown

ROUNDS = 4
"""How often a movement is shown to who goes through a list; then it rests, as a screen left open costs nothing."""


class FigurePreview(FigureView):
    """Shows the movement of an exercise from its beginning, a few times. Takes no room where there is none to show."""

    DEFAULT_CSS = "FigurePreview { display: none; }"

    _exercise: str | None = None

    @cached_property
    def _players(self) -> Players:
        from trainer.app.figures import Players

        return Players(self.app)

    def on_figure_view_restyled(self) -> None:
        """Show the same in another style."""
        exercise, self._exercise = self._exercise, None
        self.follow(None, None)
        self.show(exercise)

    def show(self, exercise: str | None) -> None:
        """Show that of an exercise, by its id; nothing where none is chosen or it has no figure."""
        if exercise == self._exercise:
            return
        self._exercise = exercise
        player = self._players.of(exercise) if exercise is not None else None
        self.display = player is not None
        if player is None:
            self.follow(None, None)
            return
        from trainer.figures.phases import period_ms, preview, still

        clock, figure = self.app.kit.clock, player.figure
        began_ms = clock.now_ms()

        def look() -> Shown:
            elapsed_ms = clock.now_ms() - began_ms
            return preview(figure, elapsed_ms) if elapsed_ms < ROUNDS * period_ms(figure) else still(figure)

        self.follow(player, look)
