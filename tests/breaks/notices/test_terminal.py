"""Notices that the terminal shows, with a stand-in for tmux."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from trainer.breaks.notices.terminal import Terminal
from trainer.breaks.tmux import read

from .conftest import NOTICE
from .test_sequences import OSC_99

PLAIN_777 = "\x1b]777;notify;Time to move;Desk break, about 1 min.\a"
IN_TMUX = {"TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0", "TMUX_PANE": "%3", "TERM_PROGRAM": "tmux"}


def gone(text: str) -> None:
    raise RuntimeError("the terminal went away")


def test_a_notice_goes_to_the_terminal(screen) -> None:
    """In one piece, and without a bell that nobody asked for."""
    way = Terminal({"TERM": "foot"}, screen)
    assert way.why_not() == ""
    assert way.how() == "foot (OSC 777)"
    assert way.send(NOTICE)
    assert screen.text == PLAIN_777


def test_the_bell_rings_where_it_is_not_sure(screen) -> None:
    """A terminal that shows notices only with an extension, or since lately, rings besides."""
    way = Terminal({"TERM": "rxvt-unicode"}, screen)
    assert way.how() == "urxvt (OSC 777, with the bell)"
    assert way.send(NOTICE)
    assert screen.text == PLAIN_777 + "\a"


def test_an_unknown_terminal_is_left_alone(screen) -> None:
    """Nothing is written to it."""
    way = Terminal({"TERM": "xterm-256color"}, screen)
    assert way.why_not() == "this terminal is not known to show notices"
    assert way.how() == ""
    assert not way.send(NOTICE)
    way.withdraw()
    assert screen.text == ""


def test_there_is_no_terminal() -> None:
    """That is told, and sending does not work."""
    way = Terminal({"TERM": "foot"}, None)
    assert way.why_not() == "there is no terminal here"
    assert not way.send(NOTICE)


def test_the_terminal_went_away() -> None:
    """An error while writing goes no further."""
    way = Terminal({"TERM": "xterm-kitty"}, gone)
    assert not way.send(NOTICE)
    way.withdraw()


def test_kitty_takes_its_notice_back(screen) -> None:
    """Once, and only what was sent."""
    way = Terminal({"TERM": "xterm-kitty"}, screen)
    way.withdraw()
    assert screen.text == ""
    way.send(NOTICE)
    way.withdraw()
    way.withdraw()
    assert screen.text == OSC_99 + "\x1b]99;i=trainer-break:p=close;\x1b\\"


def answer(termname="foot", passthrough="1", window="1", pane="1", zoomed="0", termtype="", variables="-DISPLAY"):
    return f"{termname}|{passthrough}|{window}|{pane}|{zoomed}|{termtype}\n{variables}\n"


@pytest.mark.parametrize(
    ("says", "why_not"),
    [
        (answer(), ""),
        (answer(passthrough="on"), ""),
        (answer(passthrough=""), ""),
        (answer(passthrough="all", window="0"), ""),
        (answer("xterm-256color", termtype="kitty(0.36.1)"), ""),
        (answer("xterm-256color", termtype="a|b"), "this terminal is not known to show notices"),
        (answer(""), "no terminal is attached to tmux"),
        (answer(passthrough="0"), "tmux holds notices back"),
        (answer(passthrough="off"), "tmux holds notices back"),
        (answer(window="0"), "this tmux window is not in view"),
        (answer(pane="0"), ""),
        (answer(pane="0", zoomed="1"), "this tmux window is not in view"),
        ("", "tmux did not say"),
        ("nonsense\n", "tmux did not say"),
    ],
)
def test_what_tmux_says(program: Callable[[str, str], dict[str, str]], screen, says: str, why_not: str) -> None:
    """Whether a notice goes through tmux is up to tmux, and where it does not, it is said why."""
    environ = program("tmux", f"cat <<'END'\n{says}END") | IN_TMUX
    way = Terminal(environ, screen)
    assert way.why_not().startswith(why_not)
    assert bool(way.why_not()) == bool(why_not)
    assert way.send(NOTICE) == (not why_not)
    assert bool(screen.text) == (not why_not)
    assert not screen.text or screen.text.startswith("\x1bPtmux;\x1b\x1b]")


def test_tmux_is_asked_for_its_own_pane(program: Callable[[str, str], dict[str, str]], screen, tmp_path) -> None:
    """Another window may be in view; and the variables of the shell count for nothing."""
    environ = program("tmux", f"echo \"$@\" > {tmp_path}/asked\ncat <<'END'\n{answer()}END") | IN_TMUX
    environ |= {"KITTY_WINDOW_ID": "1"}
    assert Terminal(environ, screen).how() == "foot (OSC 777, through tmux)"
    assert (tmp_path / "asked").read_text().startswith("display-message -p -t %3 ")


@pytest.mark.parametrize("script", ["exit 1", "exec sleep 60"], ids=["fails", "hangs"])
def test_tmux_is_of_no_help(
    program: Callable[[str, str], dict[str, str]], screen, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    """A tmux that fails or hangs costs its time, and no more."""
    monkeypatch.setattr("trainer.breaks.tmux._TIMEOUT_S", 0.05)
    way = Terminal(program("tmux", script) | IN_TMUX, screen)
    assert way.why_not() == "tmux did not say which terminal is outside of it"
    assert not way.send(NOTICE)


def test_a_terminal_started_from_within_tmux(screen) -> None:
    """It inherits the variable of tmux, and is not in it: its TERM tells."""
    way = Terminal(IN_TMUX | {"TERM": "xterm-kitty"}, screen)
    assert way.send(NOTICE)
    assert screen.text == OSC_99


def test_through_screen(screen) -> None:
    """GNU screen cannot be asked: what is outside is taken from the variables, and the bell rings besides."""
    way = Terminal({"TERM": "screen.foot", "STY": "1.pts-0.here"}, screen)
    assert way.how() == "foot (OSC 777, through screen, with the bell)"
    assert way.send(NOTICE)
    assert screen.text == f"\x1bP{PLAIN_777}\x1b\\\a"


def test_an_unknown_terminal_outside_of_screen(screen) -> None:
    """It gets nothing."""
    assert not Terminal({"TERM": "screen-256color", "STY": "1.pts-0.here"}, screen).send(NOTICE)
    assert screen.text == ""


@pytest.mark.parametrize(
    ("printed", "variables"),
    [
        ("SSH_CONNECTION=a 1 b 22", {"SSH_CONNECTION": "a 1 b 22"}),
        ("-SSH_CONNECTION\nDISPLAY=:0", {"SSH_CONNECTION": None, "DISPLAY": ":0"}),
        ("", {}),
        ("X=SSH_CONNECTION=", {"X": "SSH_CONNECTION="}),
    ],
)
def test_tmux_knows_from_where_it_is_attached(printed: str, variables: dict[str, str | None]) -> None:
    """Its own variables are of who attached last, and not of who once started the shell."""
    inside = read(answer(variables=printed))
    assert inside is not None
    assert inside.variables == variables
