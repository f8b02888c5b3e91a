"""macOS: a Focus that was switched on by hand.

Newer systems show its file only to programs that may read the whole disk.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from msgspec import DecodeError, Struct, ValidationError
from msgspec.json import Decoder

from trainer.breaks.asking import NoAnswer
from trainer.breaks.seat import require_here

_FILE = "Library/DoNotDisturb/DB/Assertions.json"
_LARGEST = 1 << 20


class _Data(Struct):
    storeAssertionRecords: tuple[object, ...] = ()  # Apple's name


class _Assertions(Struct):
    data: tuple[_Data, ...] = ()


def why(environ: Mapping[str, str]) -> str:
    """Why to be quiet. NoAnswer also where no Focus is on by hand: one on a schedule is not written there."""
    require_here(environ)
    try:
        with open(os.path.join(environ.get("HOME") or "/", _FILE), "rb") as file:
            content = file.read(_LARGEST)
    except PermissionError:
        raise NoAnswer("macOS does not let this terminal read it") from None
    except OSError:
        raise NoAnswer("there is no record of a Focus") from None
    try:
        found = Decoder(_Assertions).decode(content)
    except (DecodeError, ValidationError):
        raise NoAnswer("the record of a Focus is not understood") from None
    if any(data.storeAssertionRecords for data in found.data):
        return "a Focus is on"
    raise NoAnswer("no Focus is on by hand; one on a schedule cannot be read")
