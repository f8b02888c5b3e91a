"""A moving figure, drawn in what room there is."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from trainer.figures import styles

if TYPE_CHECKING:  # drawn after the first paint
    from trainer.app.app import TrainerApp
    from trainer.figures.cells import Cell, Picture
    from trainer.figures.phases import Moment, Shown
    from trainer.figures.player import Player

    Row = tuple[Cell, ...]

LEAST_COLUMNS, LEAST_ROWS = 24, 8
"""Less room than this shows nothing."""
_FRAME_S = 0.08
"""The least time between two pictures, also where the guide's clock runs faster."""
_BLENDS = {"trunk": 0.72, "far": 0.42, "hair": 0.5, "floor": 0.13, "label": 0.7}
"""How much of the text's colour is in a tone."""
_DIM = 0.55
"""How much a figure that only tells what comes gives way to the background."""
_MOST_ROWS = 1500
"""How many rows of pictures are kept ready to be sent."""
_PLAIN = {
    "work": Style(bold=True),
    "arrow": Style(bold=True),
    **dict.fromkeys(("far", "work_far", "hair", "prop", "floor"), Style(dim=True)),
}
"""What sets tones apart without colour."""
_SIXTEEN = {
    "near": "bright_white",
    "trunk": "white",
    "far": "bright_black",
    "hair": "bright_black",
    "work": "bright_yellow",
    "work_far": "yellow",
    "floor": "bright_black",
    "prop": "blue",
    "arrow": "bright_cyan",
    "label": "white",
}


def style_here(app: TrainerApp) -> styles.Shown:
    """The style in which this terminal shows figures, as the settings want it."""
    return styles.style_for(app.kit.settings.figures, os.environ, app.console.encoding)


class FigureView(Widget, can_focus=False):
    """Shows the moments of one figure that `follow` tells of, and sends the cells that change.

    While a moment lasts no timer runs. With reduced motion the key poses stand beside each other instead.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = "FigureView { width: 100%; height: 100%; }"
    app: TrainerApp

    class Restyled(Message):
        """How figures are drawn has changed; who gave this one is to give it anew."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._player: Player | None = None
        self._look: Callable[[], Shown] | None = None
        self._next: Timer | None = None
        self._wait_ms: int | None = None
        self._moment: Moment | None = None
        self._picture: Picture = ()
        self._lines: dict[int, tuple[Row, Strip]] = {}  # what is shown; a strip holds much, so of other rows
        self._ready: dict[Row, list[Segment]] = {}  # only their segments are kept
        self._segments: dict[Cell, Segment] = {}
        self._styles: dict[tuple[str, str], Style] = {}
        self._tones: Mapping[str, Style] = {}

    # --- what is shown ---------------------------------------------------------------------------

    def follow(self, player: Player | None, look: Callable[[], Shown] | None) -> None:
        """Show another figure from now on: the moments that `look` tells of, each when it is asked; or none."""
        if player is not self._player:
            self._player, self._moment, self._picture = player, None, ()
            self._forget()
            self.refresh()
        self._look = look
        self.look_again()

    def restyle(self) -> None:
        """Be drawn as the settings say now."""
        self._moment, self._picture = None, ()
        self.post_message(self.Restyled())

    def look_again(self) -> None:
        """Show the present moment, and wake up when it changes by itself."""
        if self._player is None or self._look is None or not self._has_room or not self.is_attached:
            self._wake_after(None)
            return
        moment, wait_ms = self._look()
        self._show(moment)
        self._wake_after(wait_ms if self.screen.is_active and not self.app.reduced_motion else None)

    def _wake_after(self, wait_ms: int | None) -> None:
        """Look again after each such time until another one is wanted: a timer for each picture would cost more."""
        if wait_ms == self._wait_ms:
            return
        if self._next is not None:
            self._next.stop()
            self._next = None
        self._wait_ms = wait_ms
        if wait_ms is not None:
            clock = self.app.kit.clock
            wait_s = max(_FRAME_S, clock.wait_s(clock.now_ms() + wait_ms))
            self._next = self.set_interval(wait_s, self.look_again)

    def _show(self, moment: Moment) -> None:
        before, was = self._picture, self._moment
        if moment == was and before:
            return
        if was is None or was.dim != moment.dim:
            self._forget()
            before = ()
        self._moment = moment
        self._picture = picture = self._drawn(moment)
        if not before:
            self.refresh()
            return
        from trainer.figures.player import changes

        regions = [Region(left, y, right - left, 1) for y, left, right in changes(before, picture)]
        if regions:
            self.refresh(*regions)

    @property
    def _has_room(self) -> bool:
        width, height = self.size
        return width >= LEAST_COLUMNS and height >= LEAST_ROWS

    def _drawn(self, moment: Moment) -> Picture:
        from trainer.figures import sheet

        assert self._player is not None
        width, height = self.size
        if self.app.reduced_motion:
            return self._player.key_poses(width, height, mirror=moment.mirror)
        wide, high = self._player.size(width, height)
        picture = self._player.picture(moment, wide, high)
        return sheet.placed(picture, width, height)

    # --- how it is drawn -------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Draw it anew in the room there is now."""
        self._moment, self._picture = None, ()
        self._forget()
        self.look_again()

    def notify_style_update(self) -> None:
        """Take the colours of another theme."""
        super().notify_style_update()
        self._forget()

    def _forget(self) -> None:
        """Make lines and styles anew, since what they were made of has changed."""
        self._lines, self._ready, self._segments = {}, {}, {}
        self._styles, self._tones = {}, {}

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lines of the picture, as they were made before: Textual's own way makes each anew whenever it changes.

        A border, padding or opacity would not be drawn; a figure has none.
        """
        lines = [self.render_line(y) for y in crop.line_range]
        left, right = crop.column_span
        return lines if (left, right) == (0, self.size.width) else [line.crop(left, right) for line in lines]

    def render_line(self, y: int) -> Strip:
        """One line of the picture."""
        if y >= len(self._picture) or self._moment is None:
            return Strip.blank(self.size.width, self._style("", ""))
        row = self._picture[y]
        before = self._lines.get(y)
        if before is not None and before[0] == row:
            return before[1]
        ready = self._ready.get(row)
        if ready is None:
            if len(self._ready) >= _MOST_ROWS:
                self._ready.clear()
                self._segments.clear()
            ready = self._ready[row] = self._made_ready(row)
        strip = Strip(ready, len(row))
        self._lines[y] = row, strip
        return strip

    def render(self) -> str:
        """What a test or an export reads."""
        return "\n".join("".join(cell[0] for cell in row) for row in self._picture)

    def _made_ready(self, row: Row) -> list[Segment]:
        found: list[Segment] = []
        run, of = "", ("", "")
        for char, front, back in row:
            if (front, back) != of and run:
                found.append(self._segment(run, *of))
                run = ""
            of = front, back
            run += char
        found.append(self._segment(run, *of))
        return found

    def _segment(self, text: str, front: str, back: str) -> Segment:
        """A text in two tones, made once and as the terminal is to get it."""
        made = self._segments.get((text, front, back))
        if made is None:
            made = Segment(text, self._style(front, back))
            for filter in self.get_line_filters():
                (made,) = filter.apply([made], self.background_colors[1])
            self._segments[text, front, back] = made
        return made

    def _style(self, front: str, back: str) -> Style:
        made = self._styles.get((front, back))
        if made is None:
            made = self._styles[front, back] = self._made(front, back)
        return made

    def _made(self, front: str, back: str) -> Style:
        ground = Style(bgcolor=self.background_colors[1].rich_color)
        if not front:
            return ground
        palette = self._palette
        if self._player is not None and self._player.style == "shades":
            if front == "ground":
                return ground + palette.get(back, Style()) + Style(reverse=True)
            return ground + palette.get(front, Style())
        if back:
            return ground + palette[front] + Style(bgcolor=palette[back].color)
        return ground + palette[front]

    @property
    def _palette(self) -> Mapping[str, Style]:
        if not self._tones:
            style = self._player.style if self._player is not None else "blocks"
            if style == "shades":
                tones = _PLAIN
            elif style == "half":
                tones = {tone: Style(color=name) for tone, name in _SIXTEEN.items()}
                tones |= {"eye": self._plain_ground, "ground": self._plain_ground}
            else:
                tones = self._blended()
            dim = self._moment is not None and self._moment.dim
            self._tones = self._dimmed(tones) if dim else tones
        return self._tones

    @property
    def _plain_ground(self) -> Style:
        return Style(color=self.background_colors[1].rich_color)

    def _blended(self) -> dict[str, Style]:
        ground = self.background_colors[1]
        variables = self.app.theme_variables
        text, accent, cool, calm = (
            Color.parse(variables[name]) for name in ("foreground", "accent", "primary", "secondary")
        )
        tones = {tone: ground.blend(text, share) for tone, share in _BLENDS.items()}
        tones |= {"near": text, "work": accent, "work_far": ground.blend(accent, 0.78), "arrow": calm}
        tones |= {"prop": ground.blend(cool, 0.7), "eye": ground, "ground": ground}
        return {tone: Style(color=color.rich_color) for tone, color in tones.items()}

    def _dimmed(self, palette: Mapping[str, Style]) -> Mapping[str, Style]:
        if self._player is None or self._player.style in ("shades", "half"):
            return {tone: style + Style(dim=True) for tone, style in palette.items()}
        ground = self.background_colors[1]
        dim = {}
        for tone, style in palette.items():
            color = Color.from_rich_color(style.color) if style.color is not None else ground
            dim[tone] = Style(color=color.blend(ground, _DIM).rich_color)
        return dim
