"""Whether the person sits at this machine's desktop."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from trainer.breaks.notices.seat import why_not_here

from .test_terminal import IN_TMUX, answer

SSH = {"SSH_CONNECTION": "a 1 b 22", "SSH_TTY": "/dev/pts/1"}


@pytest.mark.parametrize(
    ("environ", "here"),
    [
        ({}, True),
        ({"TERM": "xterm-256color", "DISPLAY": ":0"}, True),
        (SSH, False),
        ({"SSH_CLIENT": "a 1 22", "DISPLAY": "localhost:10.0"}, False),
        ({"TERM": "linux"}, False),
        ({"TERM": "linux", "DISPLAY": ":0"}, True),
        ({"TERM": "linux", "WAYLAND_DISPLAY": "wayland-1"}, True),
    ],
    ids=str,
)
def test_by_the_variables(environ: dict[str, str], here: bool) -> None:
    """Over ssh and at a text console, not."""
    assert (why_not_here(environ) == "") == here


@pytest.mark.parametrize(
    ("says", "environ", "here"),
    [
        (answer(variables="-SSH_CONNECTION"), SSH, True),
        (answer(variables="SSH_CONNECTION=a 1 b 22"), {}, False),
        (answer(""), SSH, False),
        (answer(""), {}, True),
        ("", SSH, False),
        ("", {}, True),
    ],
    ids=["came home", "went away", "nobody, begun over ssh", "nobody", "silent, begun over ssh", "silent"],
)
def test_inside_tmux(
    program: Callable[[str, str], dict[str, str]], says: str, environ: dict[str, str], here: bool
) -> None:
    """Who is attached now counts, and not from where the shell was once started; in doubt, the shell's variables."""
    inside = program("tmux", f"cat <<'END'\n{says}END") | IN_TMUX | environ
    assert (why_not_here(inside) == "") == here
