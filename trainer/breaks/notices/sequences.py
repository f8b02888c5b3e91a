"""A notice as an escape sequence, and wrapped for what stands between the program and the terminal. Pure."""

from __future__ import annotations

import base64

from trainer.breaks.notices.notice import Notice
from trainer.breaks.notices.terminals import Form

_ESC, _BEL = "\x1b", "\a"
_ST = f"{_ESC}\\"
_ID = "trainer-break"
"""A notice of this name takes the place of the one before."""
_CHUNK = 120
"""Characters in one sequence for GNU screen, which drops what is longer than some hundred bytes."""


def notify(form: Form, notice: Notice) -> str:
    """The sequence that shows a notice; `notice` is `cleaned`, so that nothing in it ends the sequence."""
    if form == "OSC 99":
        return _osc_99("d=0:p=title", notice.title) + _osc_99("d=1:p=body", notice.body)
    # A semicolon parts the fields of OSC 777, and a number with one after it means other things to OSC 9.
    title, body = (text.replace(";", ",") for text in (notice.title, notice.body))
    if form == "OSC 777":
        return f"{_ESC}]777;notify;{title};{body}{_BEL}"
    return f"{_ESC}]9;{': '.join(text for text in (title, body) if text)}{_BEL}"


def withdraw(form: Form) -> str:
    """The sequence that takes a notice back, empty where the form has none."""
    return f"{_ESC}]99;i={_ID}:p=close;{_ST}" if form == "OSC 99" else ""


def _osc_99(keys: str, text: str) -> str:
    payload = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
    return f"{_ESC}]99;i={_ID}:e=1:{keys};{payload}{_ST}"


def through_tmux(sequence: str) -> str:
    """The same for tmux to hand on: as its manual says under `allow-passthrough`, with each ESC doubled."""
    return f"{_ESC}Ptmux;{sequence.replace(_ESC, _ESC * 2)}{_ST}" if sequence else ""


def through_screen(sequence: str) -> str:
    """The same for GNU screen to hand on: in pieces, and ended by BEL, since ST would end the wrapping."""
    sequence = sequence.replace(_ST, _BEL)
    pieces = (sequence[start : start + _CHUNK] for start in range(0, len(sequence), _CHUNK))
    return "".join(f"{_ESC}P{piece}{_ST}" for piece in pieces)
