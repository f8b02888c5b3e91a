"""Whether a person should not be disturbed now: do-not-disturb, a full screen. Each is read where it can be."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from trainer.breaks.asking import NoAnswer
from trainer.breaks.seat import seated

__all__ = ["Quiet", "ask", "survey"]

_Why = Callable[[Mapping[str, str]], str]
"""Tells why to be quiet, empty where nothing speaks for it. Raises NoAnswer where it cannot tell."""


class Quiet(Struct, frozen=True):
    """What could be learnt."""

    on: bool | None
    """None: nothing could tell."""
    why: str = ""
    """For people, such as `a window fills the screen`; empty where nothing speaks for quiet."""


def ask(environ: Mapping[str, str]) -> Quiet:
    """Ask each way until one says that it should be quiet. Never raises."""
    environ, answered = seated(environ), False
    for _, why_of in _ways():
        try:
            why = why_of(environ)
        except Exception:  # noqa: S112  # NoAnswer, or an oddity of the machine: in both cases the next is asked
            continue
        if why:
            return Quiet(True, why)
        answered = True
    return Quiet(False if answered else None)


def survey(environ: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each way's name and what it says: why to be quiet, `off`, or why it cannot tell."""
    environ = seated(environ)
    return [(name, _said(why_of, environ)) for name, why_of in _ways()]


def _said(why_of: _Why, environ: Mapping[str, str]) -> str:
    try:
        return why_of(environ) or "off"
    except NoAnswer as error:
        return str(error)
    except Exception as error:
        return f"it cannot be asked ({type(error).__name__})"


def _ways() -> Iterator[tuple[str, _Why]]:
    """The cheap ones first. Each is loaded when its turn comes."""
    if sys.platform == "win32":
        from trainer.breaks.quiet.windows import why as windows

        yield "Windows", windows
        return
    if sys.platform == "darwin":
        from trainer.breaks.quiet.macos import why as macos

        yield "macOS Focus", macos
        return
    from trainer.breaks.quiet.fullscreen import why as fullscreen

    yield "X11 full screen", fullscreen

    from trainer.breaks.quiet.notifications import why as notifications

    yield "notification service", notifications

    from trainer.breaks.quiet.gsettings import why as gsettings

    yield "desktop setting", gsettings
