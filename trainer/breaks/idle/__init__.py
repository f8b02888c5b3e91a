"""How long nothing was typed or moved. Every system says it in another way; "unknown" is an answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping

from trainer.breaks.asking import NoAnswer
from trainer.breaks.idle.adapter import Idle, Unknown
from trainer.breaks.seat import seated

__all__ = ["Idle", "Unknown", "find", "survey"]

_Open = Callable[[Mapping[str, str]], Idle]


def find(environ: Mapping[str, str]) -> Idle:
    """The first way that answers here and now, else one by the name of `unknown`. Never raises."""
    environ = seated(environ)
    for _, open_way in _ways():
        try:
            return open_way(environ)
        except Exception:  # noqa: S112  # NoAnswer, or an oddity of the machine: in both cases the next is tried
            continue
    return Unknown()


def survey(environ: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each way's name and what it says: `2 s`, or why it says nothing. In the order in which `find` tries them."""
    environ = seated(environ)
    return [(name, _said(open_way, environ)) for name, open_way in _ways()]


def _said(open_way: _Open, environ: Mapping[str, str]) -> str:
    try:
        way = open_way(environ)
    except NoAnswer as error:
        return str(error)
    except Exception as error:
        return f"it cannot be asked ({type(error).__name__})"
    try:
        idle_ms = way.idle_ms()
    finally:
        way.close()
    return "answers, with nothing to tell yet" if idle_ms is None else f"{idle_ms // 1000} s"


def _ways() -> Iterator[tuple[str, _Open]]:
    """The most exact first. Each is loaded when its turn comes."""
    if sys.platform == "win32":
        from trainer.breaks.idle.windows import open_windows

        yield "Windows", open_windows
        return
    if sys.platform == "darwin":
        from trainer.breaks.idle.macos import open_macos

        yield "macOS", open_macos
        return
    from trainer.breaks.idle.desktops import CINNAMON, GNOME, KDE, open_desktop

    # Where both a bus and a display tell, the bus comes first: it counts what every kind of window gets.
    yield "GNOME", lambda environ: open_desktop(environ, GNOME)
    yield "Cinnamon", lambda environ: open_desktop(environ, CINNAMON)

    from trainer.breaks.idle.wayland import open_wayland

    yield "Wayland", open_wayland

    from trainer.breaks.idle.xscreensaver import open_xscreensaver

    yield "X11", open_xscreensaver
    yield "KDE", lambda environ: open_desktop(environ, KDE)

    from trainer.breaks.idle.logind import open_logind

    yield "logind", open_logind
