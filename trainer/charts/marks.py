"""The mark of each series in a plot, told apart by its shape alone. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from trainer.charts.lines import Role

SEVERAL = "*"
"""Stands where two series have the same value."""
# Left and right point to their side; an open circle before becomes a full one after.
_OF_ROLE: dict[Role, tuple[str, str]] = {
    "before": ("○", "o"),
    "after": ("●", "x"),
    "morning": ("▲", "+"),
    "left": ("◂", "<"),
    "right": ("▸", ">"),
    "amount": ("■", "#"),
}
_OTHERS = ("◇□▽◆▼△○●▲■", "@%&$=~ox+#")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
MOST = len(_LETTERS)
"""Series that can be told apart in one plot."""


def marks(roles: Sequence[Role], *, ascii_only: bool) -> list[str]:
    """A mark for each of at most `MOST` series, no two alike, by what it is and else by its place."""
    taken: list[str] = []
    for role in roles[:MOST]:
        own = _OF_ROLE.get(role, ("", ""))[ascii_only]
        taken.append(next(one for one in (own, *_OTHERS[ascii_only], *_LETTERS) if one and one not in taken))
    return taken
