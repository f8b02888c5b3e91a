"""In which style a terminal shows figures, by what its environment says."""

from __future__ import annotations

import pytest

from trainer.figures.styles import style_for

XTERM = {"TERM": "xterm-256color"}


@pytest.mark.parametrize(
    ("wanted", "environment", "encoding", "expected"),
    [
        # A terminal of today, in whatever spelling of its encoding.
        ("auto", XTERM, "utf-8", "blocks"),
        ("auto", XTERM, "UTF8", "blocks"),
        ("auto", {}, "utf-8", "blocks"),
        ("auto", {"TERM": "xterm-kitty", "COLORTERM": "truecolor"}, "utf-8", "blocks"),
        ("auto", {"TERM": "tmux-256color"}, "utf-8", "blocks"),
        # Without colour near and far are told apart by shades.
        ("auto", {**XTERM, "NO_COLOR": "1"}, "utf-8", "shades"),
        ("auto", {**XTERM, "NO_COLOR": ""}, "utf-8", "blocks"),  # an empty value is none, as no-color.org has it
        ("auto", {"TERM": "vt100"}, "utf-8", "shades"),
        ("auto", {"TERM": "vt220"}, "utf-8", "shades"),
        ("auto", {"TERM": "xterm-mono"}, "utf-8", "shades"),
        ("blocks", {**XTERM, "NO_COLOR": "1"}, "utf-8", "shades"),
        # Sixteen colours and few characters.
        ("auto", {"TERM": "linux"}, "utf-8", "half"),
        ("auto", {"TERM": "linux-16color"}, "utf-8", "half"),
        ("auto", {"TERM": "cons25"}, "utf-8", "half"),
        ("auto", {"TERM": "pcansi"}, "utf-8", "half"),
        # Nothing that could be drawn.
        ("auto", {"TERM": "dumb"}, "utf-8", "none"),
        ("auto", {"TERM": "unknown"}, "utf-8", "none"),
        ("auto", XTERM, "iso-8859-1", "none"),
        ("auto", XTERM, "ascii", "none"),
        ("blocks", XTERM, "cp1252", "none"),
        ("braille", XTERM, "ANSI_X3.4-1968", "none"),
        # What a person chose is taken.
        ("none", XTERM, "utf-8", "none"),
        ("blocks", {"TERM": "linux"}, "utf-8", "blocks"),
        ("blocks", {"TERM": "dumb"}, "utf-8", "blocks"),
        ("braille", XTERM, "utf-8", "braille"),
        ("braille", {**XTERM, "NO_COLOR": "1"}, "utf-8", "braille"),
        ("half", {**XTERM, "NO_COLOR": "1"}, "utf-8", "half"),
        ("half", {"TERM": "dumb"}, "utf-8", "half"),
    ],
)
def test_a_terminal_gets_the_style_that_it_can_show(wanted, environment, encoding, expected):
    """By the encoding first, then by what the person wants, then by the terminal's name and its colours."""
    assert style_for(wanted, environment, encoding) == expected
