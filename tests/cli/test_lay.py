"""Text laid out in columns."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from trainer.cli.lay import cells, paragraphs, wrap
from trainer.text import clean


def test_wraps_between_words() -> None:
    """Lines break between words, and later lines stand below the first."""
    assert wrap("one two three", 9, "- ") == ["- one two", "  three"]
    assert wrap("one two", 40, "a", "b") == ["aone two"]
    assert paragraphs(["a b", "c"], 3) == ["- a", "  b", "- c"]
    assert wrap("", 40) == [""]


@given(st.text(max_size=60), st.integers(4, 30))
def test_never_wider_and_never_lost(text: str, width: int) -> None:
    """No line is wider than asked for, and no character but blanks is lost."""
    lines = wrap(text, width, "- ")
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(line[2:] for line in lines).split()) == "".join(clean(text).split())


@given(st.text(max_size=30))
def test_cells_as_a_terminal_counts(text: str) -> None:
    """Width is counted as the terminal's library counts it."""
    if text.isprintable():
        assert cells(text) == cell_len(text)
