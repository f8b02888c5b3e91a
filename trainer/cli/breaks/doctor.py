"""What `trainer doctor` says of breaks: how they can be announced, and what tells whether it is a good moment."""

from __future__ import annotations

import os
from collections.abc import Iterator

from trainer.breaks.settings import Breaks
from trainer.cli import streams

_OFF = "off in the settings"


def entries(wishes: Breaks, *, quiet: bool) -> Iterator[tuple[str, str, bool]]:
    """Each way of notice, each that tells of idle time, each that tells of quiet; then one notice, unless `quiet`.

    None of them missing is a fault: the screen itself says when a break is due.
    """
    from trainer.breaks import idle
    from trainer.breaks import quiet as silence
    from trainer.breaks.notices import Notice, send, ways

    for way in ways(os.environ, streams.terminal_writer(), desktop=True, bell=True):
        why_not = way.why_not() if (wishes.desktop if way.name == "desktop" else wishes.bell) else _OFF
        yield way.name.capitalize(), f"not used: {why_not}" if why_not else f"can be used: {way.how()}", True
    if wishes.watch_idle:
        for name, says in idle.survey(os.environ):
            yield f"Idle time, {name}", says, True
    else:
        yield "Idle time", f"not asked: {_OFF}", True
    for name, says in silence.survey(os.environ):
        yield f"Quiet, {name}", says, True
    if quiet:
        yield "Test", "not sent (--quiet)", True
        return
    notice = Notice("A test", "This is how a break is announced. There is nothing to do.")
    sent = send(notice, ways(os.environ, streams.terminal_writer(), desktop=wishes.desktop, bell=wishes.bell))
    yield (
        "Test",
        f"one notice was sent ({sent})" if sent else "nothing was sent; the screen says when a break is due",
        True,
    )
