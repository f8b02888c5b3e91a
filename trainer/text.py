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
