"""Lines of styled text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from trainer.charts.lines import Line, Span, flowed, joined, shortened, text_of, width_of, words
from trainer.text import cells, clean

cleaned = st.text(max_size=30).map(clean) | st.text("aé中👩\u200d\ufe0f ", max_size=12)
lines = st.lists(st.builds(Span, cleaned, st.sampled_from(["plain", "dim", "axis"])), max_size=4).map(tuple)


def test_neighbours_of_one_role_are_one_span() -> None:
    """Characters are put together, and blanks at the end are gone."""
    parts = [("a", "dim"), ("b", "dim"), ("c", "axis"), (" ", "axis"), (" ", "plain")]
    assert joined(parts) == (Span("ab", "dim"), Span("c", "axis"))
    assert joined([(" ", "plain")]) == ()


def test_items_follow_each_other_and_are_not_parted() -> None:
    """As many as fit stand on a line, two blanks between."""
    items: list[Line] = [(Span("o before", "before"),), (Span("x after", "after"),), (Span("+ morning", "morning"),)]
    assert [text_of(line) for line in flowed(items, 18)] == ["o before  x after", "+ morning"]
    assert [text_of(line) for line in flowed(items, 6)] == ["o bef…", "x aft…", "+ mor…"]
    assert flowed(items, 18)[0][-1] == Span("x after", "after")


def test_a_sentence_is_wrapped_between_words() -> None:
    """A line is one span."""
    assert words("one two three", 8, "bold") == [(Span("one two", "bold"),), (Span("three", "bold"),)]


@given(lines, st.integers(-2, 40))
def test_shortened_is_the_beginning(line: Line, width: int) -> None:
    """What fits stays, what does not ends in an ellipsis, and nothing is wider than asked."""
    short = shortened(line, width)
    assert cell_len(text_of(short)) <= max(0, width)
    if short != line:
        assert text_of(line).startswith(text_of(short).removesuffix("…"))
        assert width_of(line) > width


@given(st.lists(lines, max_size=6), st.integers(-2, 60))
def test_flowed_always_fits(items: list[Line], width: int) -> None:
    """No line is wider than asked for."""
    assert all(cell_len(text_of(line)) <= width for line in flowed(items, width))


@given(cleaned)
def test_a_line_is_as_wide_as_its_spans(text: str) -> None:
    """Measured span by span, never less than the whole."""
    assert width_of((Span(text),)) == cells(text)
