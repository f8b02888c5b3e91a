"""The one door for text from outside."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from trainer.text import cells, clean, cut

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
WILD = "".join(["\x00\x07\x1b\x7f\x85\x9b\r\n\t\v\f\ud800\udfff\u2028\u2029 aé…", BIDI])
texts = st.text() | st.text(st.characters()) | st.text(st.sampled_from(WILD))
limits = st.none() | st.integers(0, 20)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("plain", "plain"),
        ("Figure four – 30 s, each side…", "Figure four – 30 s, each side…"),
        ("[bold]x[/] {y} $z", "[bold]x[/] {y} $z"),
        ("\x1b[31mred", "\ufffd[31mred"),
        ("\x1b]0;title\x07", "\ufffd]0;title\ufffd"),
        ("\x9b2J", "\ufffd2J"),
        ("a\x00b\x7fc", "a\ufffdb\ufffdc"),
        ("a\r\nb\nc\td", "a b c d"),
        ("a\rb", "a\ufffdb"),
        ("a\u2028b\u2029c\x85d", "a\ufffdb\ufffdc\ufffdd"),
        ("\u202eabc\u2066", "\ufffdabc\ufffd"),
        ("\ud800x", "\ufffdx"),
        ("👩\u200d🦽 नमस्\u200cते", "👩\u200d🦽 नमस्\u200cते"),
    ],
)
def test_what_could_steer_a_terminal_is_replaced(text, expected):
    """Controls, lone surrogates, line separators and bidi controls are replaced; words, joiners and markup are not."""
    assert clean(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a\nb", "a\nb"), ("a\r\nb", "a\nb"), ("a\tb", "a    b"), ("a\rb", "a\ufffdb"), ("a\n\x1bb", "a\n\ufffdb")],
)
def test_a_note_keeps_its_lines(text, expected):
    """With `lines` line feeds stay, and nothing else that is unsafe."""
    assert clean(text, lines=True) == expected


@pytest.mark.parametrize(
    ("limit", "expected"), [(0, ""), (1, "…"), (3, "ab…"), (5, "abcd…"), (6, "abcdef"), (None, "abcdef")]
)
def test_what_is_too_long_ends_in_an_ellipsis(limit, expected):
    """No more than `limit` characters are kept, the ellipsis counted."""
    assert clean("abcdef", limit=limit) == expected


@given(texts, limits, st.booleans())
def test_nothing_unsafe_comes_through(text, limit, lines):
    """Whatever goes in, nothing that steers a terminal comes out; one line, unless lines are asked for."""
    out = clean(text, limit=limit, lines=lines)
    unsafe = {char for char in out if char in BIDI or unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")}
    assert unsafe <= ({"\n"} if lines else set())
    assert lines or len(out.splitlines()) <= 1


@given(texts, limits, st.booleans())
def test_cleaning_twice_changes_nothing(text, limit, lines):
    """What is clean stays as it is, and within its limit."""
    out = clean(text, limit=limit, lines=lines)
    assert clean(out, limit=limit, lines=lines) == out
    assert limit is None or len(out) <= limit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("plain", 5),
        ("Rücken – 30 s…", 14),
        ("e\u0301", 1),
        ("背中", 4),
        ("●○▲◂▸│⠤█", 8),
        ("👩", 2),
        ("👩\u200d🦽", 2),
        ("❤\ufe0f", 2),
        ("می\u200cخواهم", 7),
        ("\ufffd", 1),
    ],
)
def test_columns_of_a_text(text, expected):
    """Marks take none, wide characters and emoji two, joined ones together two."""
    assert cells(text) == expected == cell_len(text)


def test_no_character_is_taken_for_narrower_than_the_screen_takes_it():
    """For each character that is clean, at least as many columns as the screen's library counts."""
    # Planes in which characters have names; the others hold none, or those of private use, each a column wide.
    named = (chr(number) for part in (range(0x33480), range(0xE0000, 0xE0200)) for number in part)
    assert [char for char in named if clean(char) == char and cells(char) < cell_len(char)] == []


joins = st.text(st.sampled_from("ae\u0301中❤👩🦽\u200d\u200c\ufe0f#1")) | texts


@given(joins, joins)
def test_no_text_is_taken_for_narrower(text, more):
    """Joiners and variation selectors in any order count as the screen counts them, or as more, and so do parts."""
    text, more = clean(text), clean(more)
    assert cells(text) >= cell_len(text)
    assert cells(text) + cells(more) >= cells(text + more)


@given(joins, st.integers(-2, 30))
def test_what_is_too_wide_is_cut(text, width):
    """At most so many columns are kept, the ellipsis counted; what fits stays."""
    text = clean(text)
    short = cut(text, width)
    assert cells(short) <= max(0, width)
    assert short == text or cells(text) > width
    assert text.startswith(short.removesuffix("…"))
