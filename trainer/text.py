"""The one door for text from outside: files, imports, paste, arguments, the logbook.

Text that a person, a file or another machine wrote is cleaned on the way in and cleaned again on
the way out, since a terminal obeys control characters in any widget. Nothing here knows markup:
what is cleaned is shown as plain text (`Content(...)`, `rich.text.Text(...)`, `markup=False`).
"""

from __future__ import annotations

import unicodedata

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# Bidirectional controls reorder what stands beside them; most are category Cf, which is otherwise
# left alone because joiners in it belong to ordinary words and emoji.
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSAFE_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
_NO_CELL = frozenset("\u200b\u200c\u200d\u2060\ufeff")
_JOINER, _AS_EMOJI = "\u200d", "\ufe0f"
# Wide since Unicode 16, which the interpreter's own tables may not know yet.
_LATER_WIDE = ((0x2630, 0x2637), (0x268A, 0x268F), (0x4DC0, 0x4DFF), (0x1D300, 0x1D376))


def _safe(char: str) -> bool:
    return char not in _BIDI and unicodedata.category(char) not in _UNSAFE_CATEGORIES


def clean(text: str, *, limit: int | None = None, lines: bool = False) -> str:
    """Return `text` with every character that could steer a terminal replaced by U+FFFD.

    `limit` is the greatest number of characters kept; what is longer ends in an ellipsis.
    With `lines`, line feeds are kept (a note may have several lines); otherwise each line end
    and each tab becomes a space, so that the result fits on one line.
    """
    if not lines:
        text = " ".join(text.split("\r\n")) if "\r\n" in text else text
        text = text.replace("\n", " ").replace("\t", " ")
    else:
        text = text.replace("\r\n", "\n").replace("\t", "    ")
    if not text.isascii() or not text.isprintable():
        text = "".join(char if (char == "\n" and lines) or _safe(char) else REPLACEMENT for char in text)
    if limit is not None and len(text) > limit:
        text = text[: limit - 1] + "…" if limit > 0 else ""
    return text


def _cell(char: str) -> int:
    category = unicodedata.category(char)
    if category in {"Mn", "Me"} or char in _NO_CELL:
        return 0
    # A character that the tables do not know yet is most likely an emoji.
    if category == "Cn" or unicodedata.east_asian_width(char) in {"W", "F"}:
        return 2
    return 2 if any(low <= ord(char) <= high for low, high in _LATER_WIDE) else 1


def cells(text: str) -> int:
    """Columns that `text`, which is `clean`, takes on a terminal; in doubt one more, never one less.

    Parts that are measured one by one take at least what they take together.
    """
    if text.isascii():
        return len(text)
    taken, last, joined = 0, 1, False
    for char in text:
        if joined or char == _JOINER:
            joined = not joined and taken > 0
        elif char == _AS_EMOJI:
            taken, last = taken + (last == 1), 0
        elif width := _cell(char):
            taken, last = taken + width, width
    return taken


def cut(text: str, width: int, end: str = "…") -> str:
    """`text`, which is `clean`, in at most `width` columns; what is longer ends in `end`, one column wide."""
    if cells(text) <= width:
        return text
    if width < 1:
        return ""
    head = text[:width]
    while cells(head) > width - 1:
        head = head[:-1]
    return head + end
