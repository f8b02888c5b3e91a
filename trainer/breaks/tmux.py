"""What tmux knows of the terminal outside of it: which one is attached, and whether sequences come through."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from trainer.breaks.asking import output

_ASK = "|".join(
    f"#{{{name}}}"
    for name in (
        "client_termname",
        "allow-passthrough",
        "window_active",
        "pane_active",
        "window_zoomed_flag",
        "client_termtype",
    )
)
_TIMEOUT_S = 0.4


class Tmux(Struct, frozen=True):
    """One answer of tmux."""

    termname: str
    """The outer terminal's TERM, empty where none is attached."""
    termtype: str
    """What the outer terminal says it is (XTVERSION), empty where it does not tell or tmux is older than 3.2."""
    passthrough: str
    """`off`, `on` or `all`; before tmux 3.3 there was no such option, and it was `on`."""
    in_view: bool
    """Whether the pane is on the screen: with `on`, only then does anything come through."""
    variables: dict[str, str | None]
    """What tmux knows of the variables of who attached last; None for those that they do not have."""

    @property
    def attached(self) -> bool:
        """Whether anybody looks at it."""
        return bool(self.termname)


def is_inside(environ: Mapping[str, str]) -> bool:
    """Whether this runs in tmux; a terminal that was started from within tmux inherits its variable, not its TERM."""
    return bool(environ.get("TMUX")) and environ.get("TERM", "").startswith(("tmux", "screen"))


def ask(environ: Mapping[str, str]) -> Tmux | None:
    """Ask tmux; None where it does not answer in time, or not as expected."""
    pane = environ.get("TMUX_PANE")
    command = ["tmux", "display-message", "-p", *(("-t", pane) if pane else ()), _ASK, ";", "show-environment"]
    done = output(command, environ, _TIMEOUT_S)
    return None if done is None or done.returncode else read(done.stdout.decode("utf-8", "replace"))


def read(answer: str) -> Tmux | None:
    """Make sense of what tmux printed: one line as asked for, then its variables, those it lacks with a `-` before."""
    first, _, variables = answer.partition("\n")
    parts = first.split("|", 5)
    if len(parts) < 6:
        return None
    termname, passthrough, window, pane, zoomed, termtype = parts
    return Tmux(
        termname=termname,
        termtype=termtype,
        # A flag in 3.3, a choice of three since 3.4.
        passthrough={"0": "off", "1": "on", "": "on"}.get(passthrough, passthrough),
        in_view=window == "1" and (zoomed != "1" or pane == "1"),
        variables=dict(_variable(line) for line in variables.splitlines() if line),
    )


def _variable(line: str) -> tuple[str, str | None]:
    name, given, value = line.partition("=")
    return (name, value) if given else (name.removeprefix("-"), None)
