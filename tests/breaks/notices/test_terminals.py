"""Which terminal shows notices, by its own variables or by what it answers tmux."""

from __future__ import annotations

import pytest

from trainer.breaks.notices.terminals import by_answer, by_environ

BY_ENVIRON = [
    ({"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"}, "kitty", "OSC 99", True),
    ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"}, "kitty", "OSC 99", True),
    ({"TERM": "foot"}, "foot", "OSC 777", True),
    ({"TERM": "foot-extra"}, "foot", "OSC 777", True),
    ({"TERM": "xterm-ghostty", "TERM_PROGRAM": "ghostty"}, "Ghostty", "OSC 9", True),
    ({"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, "Ghostty", "OSC 9", True),
    ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, "WezTerm", "OSC 777", True),
    ({"TERM": "wezterm"}, "WezTerm", "OSC 777", True),
    ({"TERM": "xterm-256color", "WEZTERM_PANE": "0"}, "WezTerm", "OSC 777", True),
    ({"TERM": "contour"}, "Contour", "OSC 777", False),
    ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, "iTerm2", "OSC 9", True),
    ({"TERM": "xterm-256color", "LC_TERMINAL": "iTerm2", "SSH_TTY": "/dev/pts/0"}, "iTerm2", "OSC 9", True),
    ({"TERM": "xterm-256color", "TERM_PROGRAM": "WarpTerminal"}, "Warp", "OSC 777", False),
    ({"TERM": "rxvt-unicode-256color"}, "urxvt", "OSC 777", False),
    ({"TERM": "xterm-256color", "TERM_PROGRAM": "vscode"}, "Visual Studio Code", "OSC 99", False),
    ({"TERM": "xterm-256color", "TERM_PROGRAM": "zed"}, "Zed", "OSC 9", False),
    ({"TERM": "xterm-256color", "WT_SESSION": "abc"}, "Windows Terminal", "OSC 777", False),
    # Started from another terminal's shell, whose variables it inherited.
    ({"TERM": "foot", "KITTY_WINDOW_ID": "1", "TERM_PROGRAM": "iTerm.app"}, "foot", "OSC 777", True),
    ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm", "KITTY_WINDOW_ID": "1"}, "WezTerm", "OSC 777", True),
]
NOT_KNOWN = [
    {},
    {"TERM": ""},
    {"TERM": "xterm"},
    {"TERM": "xterm-256color", "VTE_VERSION": "7600", "COLORTERM": "truecolor"},
    {"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"},
    {"TERM": "alacritty", "TERM_PROGRAM": "ghostty"},
    {"TERM": "linux", "KITTY_WINDOW_ID": "1"},
    {"TERM": "dumb", "TERM_PROGRAM": "iTerm.app"},
    {"TERM": "st-256color", "KITTY_WINDOW_ID": "1"},
    {"TERM": "footling"},
    {"TERM": "tmux-256color", "LC_TERMINAL": "iTerm2"},
    {"TERM": "screen.xterm-256color", "LC_TERMINAL": "iTerm2"},
    {"TERM": "xterm", "TERM_PROGRAM": "nobody\x1b]0;x\a"},
]


@pytest.mark.parametrize(("environ", "name", "form", "sure"), BY_ENVIRON)
def test_a_terminal_that_shows_notices(environ: dict[str, str], name: str, form: str, sure: bool) -> None:
    """It is known by what it sets itself, before what it may have inherited."""
    known = by_environ(environ)
    assert known is not None
    assert (known.name, known.form, known.sure) == (name, form, sure)


@pytest.mark.parametrize("environ", NOT_KNOWN, ids=str)
def test_a_terminal_that_may_show_none(environ: dict[str, str]) -> None:
    """What is not known to show notices gets no sequence for one."""
    assert by_environ(environ) is None


@pytest.mark.parametrize(
    ("termname", "termtype", "name"),
    [
        ("xterm-256color", "iTerm2 3.5.4", "iTerm2"),
        ("xterm-256color", "WezTerm 20240203-110809-5046fc22", "WezTerm"),
        ("xterm-256color", "kitty(0.36.1)", "kitty"),
        ("xterm-256color", "ghostty 1.0.1", "Ghostty"),
        ("foot", "foot(1.18.1)", "foot"),
        ("foot", "", "foot"),
        ("xterm-kitty", "", "kitty"),
        ("rxvt-unicode-256color", "rxvt-unicode 9.31", "urxvt"),
        ("xterm-256color", "XTerm(370)", None),
        ("xterm-256color", "", None),
        ("tmux-256color", "tmux 3.4", None),
        ("screen", "", None),
        ("", "", None),
    ],
)
def test_the_terminal_outside_of_tmux(termname: str, termtype: str, name: str | None) -> None:
    """What the terminal answers counts, and its TERM where it answers nothing."""
    known = by_answer(termname, termtype)
    assert (known.name if known else None) == name
