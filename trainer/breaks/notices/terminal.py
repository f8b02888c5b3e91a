"""A notice that the terminal shows, through tmux and GNU screen too."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from trainer.breaks import tmux
from trainer.breaks.notices import sequences
from trainer.breaks.notices.bell import BEL, NO_TERMINAL, written
from trainer.breaks.notices.notice import Notice
from trainer.breaks.notices.terminals import Known, by_answer, by_environ

_NOT_KNOWN = "this terminal is not known to show notices"


class _Route(Struct, frozen=True):
    """How a sequence reaches the terminal, or why it does not."""

    known: Known | None
    why_not: str = ""
    through: str = ""
    wrap: Callable[[str], str] = str
    sure: bool = True


class Terminal:
    """Asks the terminal for a notice, each time anew which one that is: tmux may be attached to another by then."""

    name = "terminal"

    def __init__(self, environ: Mapping[str, str], write: Callable[[str], None] | None) -> None:
        self._environ = environ
        self._write = write
        self._sent: _Route | None = None

    def why_not(self) -> str:
        """See `Way`."""
        return self._route().why_not

    def how(self) -> str:
        """See `Way`."""
        route = self._route()
        if route.known is None:
            return ""
        bell = "" if route.sure else ", with the bell"
        return f"{route.known.name} ({route.known.form}{route.through}{bell})"

    def send(self, notice: Notice) -> bool:
        """See `Way`. Where it is not sure that the terminal shows it, the bell rings as well."""
        route = self._route()
        if route.known is None:
            return False
        sequence = route.wrap(sequences.notify(route.known.form, notice.cleaned()))
        if not written(self._write, sequence if route.sure else sequence + BEL):
            return False
        self._sent = route
        return True

    def withdraw(self) -> None:
        """See `Way`."""
        route, self._sent = self._sent, None
        if route is not None and route.known is not None:
            sequence = route.wrap(sequences.withdraw(route.known.form))
            if sequence:
                written(self._write, sequence)

    def _route(self) -> _Route:
        if self._write is None:
            return _Route(None, NO_TERMINAL)
        if tmux.is_inside(self._environ):
            return _through_tmux(tmux.ask(self._environ))
        if self._environ.get("STY") and self._environ.get("TERM", "").startswith("screen"):
            return _through_screen(self._environ)
        known = by_environ(self._environ)
        return _Route(known, sure=known.sure) if known else _Route(None, _NOT_KNOWN)


def _through_tmux(inside: tmux.Tmux | None) -> _Route:
    if inside is None:
        return _Route(None, "tmux did not say which terminal is outside of it")
    if not inside.attached:
        return _Route(None, "no terminal is attached to tmux")
    known = by_answer(inside.termname, inside.termtype)
    if known is None:
        return _Route(None, _NOT_KNOWN)
    if inside.passthrough == "off":
        return _Route(None, "tmux holds notices back; `set -g allow-passthrough on` in tmux.conf lets them through")
    if inside.passthrough == "on" and not inside.in_view:
        return _Route(None, "this tmux window is not in view; with `allow-passthrough all` notices come through")
    return _Route(known, "", ", through tmux", sequences.through_tmux, known.sure)


def _through_screen(environ: Mapping[str, str]) -> _Route:
    """GNU screen cannot be asked what is outside: TERM may hold it, and the rest may be of an earlier terminal."""
    outer = environ.get("TERM", "").removeprefix("screen").removeprefix(".")
    known = by_environ({**environ, "TERM": outer})
    if known is None:
        return _Route(None, _NOT_KNOWN)
    return _Route(known, "", ", through screen", sequences.through_screen, sure=False)
