"""The pain scale: eleven boxes, 0 to 10, with the words at both ends."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import RenderResult
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from trainer.coach.pain import NO_PAIN, WORST_PAIN

TEN_KEY = "t"
_LEFT, _RIGHT = "Left side. ", "Right side. "
_LEAST = 34  # eleven boxes of three cells, and one for the second digit of 10


class PainScale(Widget, can_focus=True):
    """Asks for a rating on the numeric rating scale (NRS), 0 to 10. Colour gives no verdict.

    Nothing is chosen until the person chooses. Posts `PainScale.Rated`, or `PainScale.Later`.
    """

    DEFAULT_CSS = """
    PainScale { height: 4; width: 100%; max-width: 80; }
    """

    BINDINGS = [
        *(Binding(str(nrs), f"rate({nrs})", show=False) for nrs in range(10)),
        Binding(TEN_KEY, "rate(10)", "10", key_display="t", show=False),
        Binding("left,down", "choose(-1)", "Lower", show=False),
        Binding("right,up", "choose(1)", "Higher", show=False),
        Binding("home", "choose_end(0)", "0", show=False),
        Binding("end", "choose_end(10)", "10", show=False),
        Binding("enter", "accept", "Rate", show=False),
        Binding("l", "later", "Later", id="scale.later"),
        Binding("a", "apart", "Sides apart", id="scale.apart"),
    ]

    question: reactive[str] = reactive("")
    chosen: reactive[int | None] = reactive[int | None](None)

    class Rated(Message):
        """A rating was given."""

        def __init__(self, scale: PainScale, nrs: int, right: int | None = None) -> None:
            super().__init__()
            self.scale = scale
            self.nrs = nrs
            self.right = right
            """That of the right side, where the sides were rated apart; `nrs` is then that of the left."""

        @property
        def control(self) -> PainScale:
            """The scale that it was given on."""
            return self.scale

    class Later(Message):
        """The rating is left for later."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._sided = False
        self._apart = False
        self._left: int | None = None

    def ask(self, question: str, *, sided: bool = False) -> None:
        """Ask anew, with nothing chosen. `sided` lets the person rate both sides apart."""
        self.question = question
        self.chosen = None
        self.display = True
        self._sided, self._apart, self._left = sided, False, None
        self.focus()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Sides are rated apart where there are two."""
        return self._sided if action == "apart" else super().check_action(action, parameters)

    def action_apart(self) -> None:
        """Rate the left side and then the right, or both together after all."""
        question = self.question.removeprefix(_LEFT).removeprefix(_RIGHT)
        self._apart, self._left, self.chosen = not self._apart, None, None
        self.question = f"{_LEFT}{question}" if self._apart else question

    def action_rate(self, nrs: int) -> None:
        """Rate by one key."""
        if self._apart and self._left is None:
            self._left, self.chosen = nrs, None
            self.question = f"{_RIGHT}{self.question.removeprefix(_LEFT)}"
            return
        self.chosen = nrs
        self.post_message(self.Rated(self, nrs) if self._left is None else self.Rated(self, self._left, nrs))

    def action_choose(self, by: int) -> None:
        """Move the choice; the first key only begins at 0."""
        self.chosen = max(0, min(10, (0 if self.chosen is None else self.chosen + by)))

    def action_choose_end(self, nrs: int) -> None:
        """Choose the first or the last box."""
        self.chosen = nrs

    def action_accept(self) -> None:
        """Take what is chosen; where nothing is, nothing is invented and the rating waits."""
        if self.chosen is not None:
            self.action_rate(self.chosen)
        else:
            self.action_later()

    def action_later(self) -> None:
        """Leave the rating for later."""
        self.post_message(self.Later())

    def on_click(self, event: events.Click) -> None:
        """Rate by the mouse."""
        if event.y in (1, 2) and self.size.width >= _LEAST:
            nrs = min(10, event.x // self._box)
            if event.x < self._box * 11 + 1:
                self.action_rate(nrs)

    @property
    def _box(self) -> int:
        return max(3, min(7, (self.size.width - 1) // 11))

    def render(self) -> RenderResult:
        """What an export reads; the screen is drawn line by line."""
        return Content(self.question)

    def render_line(self, y: int) -> Strip:
        """One line of the scale."""
        style, width = self.rich_style, self.size.width
        if y == 0:
            return self._plain(self.question, style + Style(bold=True))
        if width < _LEAST:
            shown = "–" if self.chosen is None else str(self.chosen)
            lines = ["", f"0 to 10: {shown}", "keys 0-9, t = 10"]
            return self._plain(lines[y] if y < len(lines) else "", style)
        if y == 1:
            return self._boxes(style)
        if y == 2:
            return self._keys(style + Style(dim=True))
        if y == 3:
            right = WORST_PAIN.rjust(max(0, self._box * 11 + 1 - len(NO_PAIN) - 1))
            return self._plain(f"{NO_PAIN} {right}", style + Style(dim=True))
        return Strip.blank(width, style)

    def _plain(self, text: str, style: Style) -> Strip:
        return (
            Strip([Segment(text, style)]).adjust_cell_length(self.size.width, self.rich_style).crop(0, self.size.width)
        )

    def _boxes(self, style: Style) -> Strip:
        box = self._box
        segments = []
        for nrs in range(11):
            wide = box + (1 if nrs == 10 else 0)
            if nrs == self.chosen:
                # Brackets too, since colour and reverse video may both be missing.
                segments.append(Segment(f"[{nrs}]".center(wide), style + Style(reverse=True, bold=True)))
            else:
                segments.append(Segment(f"│{str(nrs).center(wide - 1)}" if box > 3 else str(nrs).center(wide), style))
        return Strip(segments).adjust_cell_length(self.size.width, style)

    def _keys(self, style: Style) -> Strip:
        """The key of the last box, which cannot be its number, and how else to choose."""
        last = TEN_KEY.center(self._box + 1)
        hint = "Press its key, or ← → and Enter"
        return self._plain((hint if len(hint) < self._box * 10 else "← → Enter").ljust(self._box * 10) + last, style)
