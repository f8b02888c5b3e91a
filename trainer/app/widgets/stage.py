"""The guide's stage: what is to be done now, how, how long, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Static

from trainer.app.widgets.big_clock import BigClock
from trainer.app.widgets.figure import FigureView
from trainer.app.widgets.pain_scale import PainScale
from trainer.guide import view, words
from trainer.guide.state import Position

FLASH_S = 0.25
MANY = 12
"""With more exercises than this, progress is told in figures rather than in dots."""
_LINES = frozenset({"phase", "next"})
"""What takes one line over the whole width, whatever it says."""


class CueList(Static):
    """The cues; where they do not all fit, the last line says by which key one sees the rest."""

    def render_line(self, y: int) -> Strip:
        """A line of the cues."""
        line, (width, height) = super().render_line(y), self.size
        if y != height - 1 or self.visual.get_height({}, width) <= height:
            return line
        told = Strip([Segment("… h shows all", self.visual_style.rich_style)])
        return told.adjust_cell_length(width, self.visual_style.rich_style)


class Stage(Vertical):
    """Top line; figure, clock and cues; the pain scale or the answers to a self-check; and what is next.

    Updates only what changed since it was last shown. `checks`: whether there is a self-check to come.
    """

    def __init__(self, *, checks: bool = False) -> None:
        super().__init__()
        self._checks = checks
        self._shown: dict[str, object] = {}
        self._clock = BigClock(id="clock")
        self.figure = FigureView(id="figure")

    def compose(self) -> ComposeResult:
        """All of its parts; the scale and the answers are not displayed yet."""
        with Horizontal(id="top"):
            yield Static(id="routine")
            yield Static(id="progress")
        with Container(id="middle"):
            yield self.figure
            with Vertical(id="now"):
                yield Static(id="name")
                yield Static(id="side")
                yield Static(id="phase")
                yield self._clock
            yield CueList(id="cues")
        scale = PainScale(id="scale")
        scale.display = False
        yield scale
        if self._checks:
            from trainer.app.widgets.answers import AnswerList

            answers = AnswerList(id="answers")
            answers.display = False
            yield answers
        yield Static(id="next")

    def show(self, position: Position, *, asking: bool, told: Sequence[view.CueLine] = ()) -> None:
        """Show where a walk stands; `asking` while a rating is asked for, `told` above the cues."""
        number, count = view.item_number(position)
        dots = "●" * (number - 1) + "◉" + "○" * (count - number)
        left = f"{words.clock(_coarse(position.total_left_ms))} left"
        self.put("progress", f"{dots if count <= MANY else f'{number}/{count}'}  {left}")
        present = view.told_of(position, asking=asking)
        self.put("name", present.item.name)
        self.put("side", "" if asking else words.set_and_side(present))
        self.put("phase", view.phase(position))
        self.put("next", view.next_line(position))
        self._clock.value = view.big(position)
        cues = [*told, *view.cues(position)]
        if self._shown.get("cues") != cues:
            self._shown["cues"] = cues
            self.query_one("#cues", Static).update(_cue_text(cues))

    def put(self, id: str, text: str) -> None:
        """Show one line, if it differs from what stands there."""
        before = self._shown.get(id)
        if before != text:
            self._shown[id] = text
            # Where nothing else moves there is nothing to lay out, which costs more than to paint.
            moves = id not in _LINES and not (id == "progress" and isinstance(before, str) and len(before) == len(text))
            self.query_one(f"#{id}", Static).update(Content(text), layout=moves)

    def flash(self) -> None:
        """Mark the moment for those who look from afar."""
        self._clock.add_class("flash")
        self.set_timer(FLASH_S, lambda: self._clock.remove_class("flash"))


def _coarse(left_ms: int) -> int:
    """The time left in all, rounded up to ten seconds above one minute: a second clock on the screen helps nobody."""
    return left_ms if left_ms <= 60_000 else -(-left_ms // 10_000) * 10_000


def _cue_text(cues: list[view.CueLine]) -> Content:
    parts: list[Content | str | tuple[str, str]] = []
    before = ""
    for cue in cues:
        if cue.heading != before and cue.heading:
            parts.append((f"{cue.heading}\n", "bold $text-primary"))
        before = cue.heading
        parts.append((f"{cue.text}\n", "" if cue.heading else "bold"))
    return Content.assemble(*parts)
