"""Which figure a screen shows. Loaded with the first figure, after the first paint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.app.widgets.figure import style_here
from trainer.figures.player import Player
from trainer.figures.reading import read
from trainer.library.errors import LibraryError

if TYPE_CHECKING:
    from trainer.app.app import TrainerApp

_MOST = 3
"""How many players are kept: the latest, since each holds its pictures."""


class Players:
    """The players of figures, each made once; what is wrong with a file is told once."""

    def __init__(self, app: TrainerApp) -> None:
        self._app = app
        self._made: dict[tuple[str, str], Player | None] = {}
        self._told: set[str] = set()

    def of(self, id: str) -> Player | None:
        """That of an exercise; None where it has no figure, or one that cannot be read."""
        style = style_here(self._app)
        key = id, style
        if key in self._made:
            self._made[key] = self._made.pop(key)  # the latest come last
            return self._made[key]
        try:
            figure = read(self._app.kit.library, id) if style != "none" else None
        except LibraryError as error:
            figure = None
            if id not in self._told:
                self._told.add(id)
                self._app.tell(str(error.problems[0]), severity="warning")
        player = Player(figure, style=style) if figure is not None and style != "none" else None
        while len(self._made) >= _MOST:
            self._made.pop(next(iter(self._made)))
        self._made[key] = player
        return player
