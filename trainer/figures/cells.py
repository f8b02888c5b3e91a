"""Areas of tones as cells of a terminal, in one of four styles. Pure."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Literal

from trainer.figures.canvas import TONES
from trainer.figures.dots import Layers, Rows

Cell = tuple[str, str, str]
"""A character, the tone that it has, and that behind it; empty where there is none. The tone of a cell that shows
nothing but gaps in another tone is `ground`."""
Picture = tuple[tuple[Cell, ...], ...]
Style = Literal["blocks", "shades", "braille", "half"]
"""Blocks in colour; blocks without colour, in which far limbs are shaded; braille dots; half blocks."""

DOTS: dict[Style, int] = {"blocks": 4, "shades": 4, "braille": 2, "half": 1}
"""How many dots a cell is wide in each style; it is twice as high."""
EMPTY: Cell = (" ", "", "")
GROUND = "ground"

_RANK = {tone: rank for rank, tone in enumerate(TONES)}
_FULL = (1 << 32) - 1
_STRONG = frozenset({"near", "work", "work_far", "eye", "arrow"})
_MOST = 50_000
"""How many forms of a cell are remembered."""


def cells(layers: Layers, style: Style) -> Picture:
    """A picture of the areas."""
    make: Callable[[dict[str, int]], Cell] = {
        "blocks": _block,
        "shades": _shade,
        "braille": _braille,
        "half": _half,
    }[style]
    wide = DOTS[style]
    return tuple(_row(layers, y, wide, make) for y in range(layers.height // (2 * wide)))


def _row(layers: Layers, y: int, wide: int, make: Callable[[dict[str, int]], Cell]) -> tuple[Cell, ...]:
    high = 2 * wide
    own = (1 << wide) - 1
    live: list[tuple[str, Rows, int]] = []
    for tone, rows in layers.tones.items():
        part = rows[y * high : (y + 1) * high]
        union = 0
        for row in part:
            union |= row
        if union:
            live.append((tone, part, union))
    found = []
    for x in range(0, layers.width, wide):
        masks: dict[str, int] = {}
        for tone, part, union in live:
            if union >> x & own:
                mask = 0
                for line, row in enumerate(part):
                    mask |= (row >> x & own) << (wide * line)
                masks[tone] = mask
        found.append(make(masks) if masks else EMPTY)
    return tuple(found)


# --- blocks --------------------------------------------------------------------------------------


@cache
def _patterns() -> dict[int, str]:
    """Block Elements by the dots that they cover, four across and eight down; bit 0 is the upper left one."""
    found = {0: " "}
    for eighths, char in enumerate("▁▂▃▄▅▆▇█", 1):
        found[sum(0xF << 4 * line for line in range(8 - eighths, 8))] = char
    for quarters, char in ((1, "▎"), (2, "▌"), (3, "▊")):
        found[sum(((1 << quarters) - 1) << 4 * line for line in range(8))] = char
    left, right = (sum(side << 4 * line for line in range(4)) for side in (0x3, 0xC))
    quadrants = (left, right, left << 16, right << 16)
    for number, char in enumerate(" ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"):
        mask = sum(quadrant for bit, quadrant in enumerate(quadrants) if number >> bit & 1)
        found.setdefault(mask, char)
    return found


_best: dict[int, tuple[str, bool]] = {}


def best(mask: int) -> tuple[str, bool]:
    """The block that covers most nearly these dots, and whether it stands for those that it does not cover."""
    known = _best.get(mask)
    if known is None:
        patterns = _patterns()
        plain = min(patterns, key=lambda pattern: (pattern ^ mask).bit_count())
        turned = min(patterns, key=lambda pattern: (pattern ^ mask ^ _FULL).bit_count())
        if (plain ^ mask).bit_count() <= (turned ^ mask ^ _FULL).bit_count():
            known = patterns[plain], False
        else:
            known = patterns[turned], True
        if len(_best) >= _MOST:
            _best.clear()
        _best[mask] = known
    return known


def _block(masks: dict[str, int]) -> Cell:
    bare = _FULL
    for mask in masks.values():
        bare &= ~mask
    weights = {tone: mask.bit_count() + (2 if tone in _STRONG else 0) for tone, mask in masks.items()}
    if bare:
        weights[""] = bare.bit_count()
    first, *others = sorted(weights, key=lambda tone: (-weights[tone], -_RANK.get(tone, -1)))
    second = others[0] if others else ""
    if not first:
        first, second = second, first
    if not others:
        return ("█", first, "")
    mask = masks[first]
    if not second:  # a third tone belongs to the body rather than to the gap
        for tone in others[1:]:
            if tone and tone != "floor":
                mask |= masks[tone]
    char, turned = best(mask)
    if char == " ":
        return ("█", first, "") if turned else ("█", second, "") if second else EMPTY
    if char == "█":
        return ("█", second, "") if turned and second else EMPTY if turned else ("█", first, "")
    if turned:
        return (char, second or GROUND, first)
    return (char, first, second)


_UNSHADED = frozenset({"far", "work_far", "hair", "prop", "floor", "eye"})
"""What is no solid block where there is no colour."""


def _shade(masks: dict[str, int]) -> Cell:
    """Without colour: near is solid, the working limb too; the trunk is dense, what is far is light."""
    solid = far = dense = thin = 0
    for tone, mask in masks.items():
        if tone in ("far", "work_far"):
            far |= mask
        elif tone in ("hair", "prop"):
            dense |= mask
        elif tone == "floor":
            thin |= mask
        elif tone != "eye":
            solid |= mask
    count = solid.bit_count()
    if count < 6:
        if far.bit_count() >= 12 and far.bit_count() >= dense.bit_count():
            return ("▒", "work_far" if "work_far" in masks else "far", "")
        if dense.bit_count() >= 9:
            return ("▓", "hair" if "hair" in masks else "prop", "") if "hair" in masks else ("░", "prop", "")
        if not count and thin:
            return ("▁", "floor", "")
    char, turned = best(solid)
    others = [tone for tone in masks if tone not in _UNSHADED]
    tone = max(others, key=lambda one: _RANK[one], default="")
    if char == " " and not turned:
        return ("▁", "floor", "") if thin else EMPTY
    if turned:
        return ("█", tone, "") if char == " " else (char, GROUND, tone)
    return (char, tone, "")


# --- braille and half blocks ---------------------------------------------------------------------

_BRAILLE = (0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80)


def _braille(masks: dict[str, int]) -> Cell:
    dots = 0
    for tone, mask in masks.items():
        if tone != "eye":
            dots |= mask
    char = chr(0x2800 + sum(dot for bit, dot in enumerate(_BRAILLE) if dots >> bit & 1))
    return (char, _leading(masks), "")


def _leading(masks: dict[str, int]) -> str:
    return max(masks, key=lambda tone: (masks[tone].bit_count() + 1.5 * (tone in _STRONG), _RANK[tone]))


def _half(masks: dict[str, int]) -> Cell:
    upper = next((tone for tone, mask in masks.items() if mask & 1), "")
    lower = next((tone for tone, mask in masks.items() if mask & 2), "")
    if upper == lower:
        return ("█", upper, "") if upper else EMPTY
    if not lower:
        return ("▀", upper, "")
    return ("▀", upper, lower) if upper else ("▄", lower, "")
