"""How text is compared when it is searched. Pure."""

from __future__ import annotations

import re
import unicodedata

_NO_WORD = re.compile(r"[^\w]+")


def fold(text: str) -> str:
    """`text` as it is compared: no case, no accents, no apostrophes, one blank between words."""
    text = text.replace("'", "").replace("’", "")
    if not text.isascii():
        text = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return _NO_WORD.sub(" ", text.casefold().replace("_", " ")).strip()
