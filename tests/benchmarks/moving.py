"""A bare screen with one figure in it, so that what it costs can be seen by itself.

    python tests/benchmarks/moving.py COLUMNS ROWS ID
    python tests/benchmarks/moving.py COLUMNS ROWS --through ID …

The first moves for ever, without a rest, in the program's own frames; all pictures are drawn before, and then it says
`ready`. The second shows every moment of each figure once, on both sides, with its arrow and without, as fast as it
goes, and then says `done`; without an id it does so at once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the program itself

from textual.app import App, ComposeResult
from textual.widgets import Static

from trainer.app.widgets.figure import FigureView

if TYPE_CHECKING:
    from trainer.app.figures import Players
    from trainer.figures.phases import Moment
    from trainer.figures.player import Player

MOVE_S = 2.0
"""From pose to pose: as long as a figure has for its 24 steps at twelve frames a second."""


class Moving(App[None]):
    """Has of the real program's app what a figure asks for."""

    CSS = "FigureView { width: %d; height: %d; }"
    reduced_motion = False

    def __init__(self, columns: int, rows: int, ids: list[str], *, through: bool) -> None:
        self.CSS = type(self).CSS % (columns, rows)
        super().__init__()
        self.columns, self.rows, self.ids, self.through = columns, rows, ids, through

    def compose(self) -> ComposeResult:
        """The figure, and a line that says how far it is."""
        yield FigureView()
        yield Static("begun", id="told")

    def on_mount(self) -> None:
        """Begin, once there is a screen."""
        self.call_after_refresh(self._go_through if self.through else self._move)

    def _tell(self, text: str) -> None:
        self.query_one("#told", Static).update(text)

    def _move(self) -> None:
        from msgspec.structs import replace

        from trainer.clock import SteadyClock
        from trainer.figures.phases import STEPS, Moment, Shown, preview
        from trainer.figures.player import Player
        from trainer.figures.reading import read
        from trainer.library.shelf import Library

        clock = SteadyClock()
        self.kit = SimpleNamespace(clock=clock)
        figure = read(Library(), self.ids[0])
        figure = replace(figure, pose=[replace(pose, move_s=MOVE_S, hold_s=0.0) for pose in figure.pose])
        player = Player(figure)
        size = player.size(self.columns, self.rows)
        for pose in range(len(figure.pose)):
            for step in range(STEPS):
                player.picture(Moment(pose, step, arrow=True), *size)
        began_ms = clock.now_ms()

        def look() -> Shown:
            return preview(figure, clock.now_ms() - began_ms, arrow=True)

        self.query_one(FigureView).follow(player, look)
        self._tell("ready")

    def _go_through(self) -> None:
        import trainer.guide.view  # noqa: F401 - the program has these, whether it shows figures or not
        from trainer.library.shelf import Library
        from trainer.settings import Settings

        self.kit = SimpleNamespace(settings=Settings(), library=Library())
        if not self.ids:
            self._tell("done")
            return
        from trainer.app.figures import Players

        players, view = Players(self), self.query_one(FigureView)  # type: ignore[arg-type]
        shown = self._shown(players)

        def next_one() -> None:
            player, moment = next(shown, (None, None))
            if player is None or moment is None:
                self._tell("done")
                return
            view.follow(player, lambda: (moment, None))
            self.call_after_refresh(next_one)

        next_one()

    def _shown(self, players: Players) -> Iterator[tuple[Player, Moment]]:
        from trainer.figures.phases import STEPS, Moment

        for id in self.ids:
            player = players.of(id)
            assert player is not None
            for mirror, arrow in product((False, True), (True, False)):
                for pose, step in product(range(len(player.figure.pose)), range(STEPS + 1)):
                    yield player, Moment(pose, step, mirror, arrow)


if __name__ == "__main__":
    columns, rows, *ids = sys.argv[1:]
    through = "--through" in ids
    Moving(int(columns), int(rows), [id for id in ids if id != "--through"], through=through).run()
