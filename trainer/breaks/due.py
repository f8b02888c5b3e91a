"""How things stand, from a small file: what a shell prompt asks each time must cost no more than Python's own start.

The file holds what will be so for the next day if nothing happens, and marks of all that it was reckoned from. Where
one of these has changed it says nothing, and the whole program is asked. Only what every Python loads is loaded here.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping

from trainer.breaks.lengths import minutes

NAME = "due.txt"
FORM = "1"
SEEN = "breaks.seen"
"""The sign of who counts, beside the logbook: see `trainer.breaks.lock`."""
FRESH_MS = 120_000
"""For how long it tells of somebody: it is renewed every half minute."""
DUE_STATUS = 10
"""The exit status that says that a break is due."""

_LAST_MS = 253_402_300_800_000
"""The end of the year 9999."""
_STEERING = "\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

Row = tuple[int, str, int, int, str, str, str]
"""From when (UTC, milliseconds) what is so: kind, when the break comes, when a pause ends or the hours begin (0: none),
the routine's id and name, and that moment in words."""


def line(row: Row, now_ms: int) -> str:
    """The one short line."""
    _, kind, at_ms, _, _, name, when = row
    if kind == "due":
        return f"Break due: {name}"
    if kind == "paused":
        return f"Breaks paused until {when}"
    if kind == "counting":
        return f"Break in {minutes(at_ms - now_ms)}"
    return f"Next break {when}" if at_ms else "No break planned"


def as_json(row: Row, now_ms: int) -> str:
    """The same for programs, on one line."""
    import json

    _, kind, at_ms, until_ms, routine, name, _ = row
    return json.dumps(
        {
            "due": kind == "due",
            "state": kind,
            "routine": routine or None,
            "name": name or None,
            "at": iso(at_ms),
            "in_s": max(0, at_ms - now_ms) // 1000 if at_ms else None,
            "until": iso(until_ms),
            "line": line(row, now_ms),
        },
        ensure_ascii=False,
    )


def iso(at_ms: int) -> str | None:
    """A moment as `2026-03-01T09:00:00Z`; None for 0, which is none."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at_ms / 1000)) if at_ms else None


def mark(settings: str, logbook: str, environ: Mapping[str, str]) -> str:
    """The marks of what the file is reckoned from.

    The settings, the logbook's count of changes, whether somebody counts, and the zone.
    """
    return "\t".join((FORM, _stat(settings), changes(logbook), _counted(logbook), _zone(environ)))


def _counted(logbook: str) -> str:
    """Whether the sign of who counts, beside the logbook, is a fresh one."""
    try:
        seen_ns = os.stat(os.path.join(os.path.dirname(logbook), SEEN)).st_mtime_ns
    except OSError:
        return "-"
    return "+" if is_fresh(seen_ns // 1_000_000, time.time_ns() // 1_000_000) else "-"


def is_fresh(seen_ms: int | None, now_ms: int) -> bool:
    """Whether a sign of the moment `seen_ms` tells that somebody counts now."""
    return seen_ms is not None and abs(now_ms - seen_ms) < FRESH_MS


def _stat(path: str) -> str:
    try:
        found = os.stat(path)
    except OSError:
        return "-"
    return f"{found.st_ino}:{found.st_mtime_ns}:{found.st_size}"


def changes(logbook: str) -> str:
    """What is another after each change of a logbook: SQLite counts them in the file's header."""
    try:
        with open(logbook, "rb", buffering=0) as file:
            return file.read(28)[24:].hex() + f":{os.fstat(file.fileno()).st_ino}"
    except OSError:
        return "-"


def _zone(environ: Mapping[str, str]) -> str:
    try:
        place = os.readlink("/etc/localtime")
    except (OSError, AttributeError):
        place = "-"
    return f"{environ.get('TZ', '')}:{place}:{_stat('/etc/localtime')}".replace("\t", " ").replace("\n", " ")


def write(home: str, marks: str, rows: Iterable[Row], end_ms: int) -> None:
    """Keep what will be so until `end_ms`; where that cannot be done, nothing is kept."""
    text = "".join("\t".join(map(str, row)) + "\n" for row in rows)
    beside = f"{home}/{NAME}.{os.getpid()}"
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(f"{marks}\n{end_ms}\n{text}")
        os.replace(beside, f"{home}/{NAME}")
    except (OSError, UnicodeError):
        try:
            os.unlink(beside)
        except OSError:
            return


def read(home: str, marks: str, now_ms: int) -> Row | None:
    """What is so now; None where the file does not say, or was reckoned from something else."""
    try:
        with open(f"{home}/{NAME}", encoding="utf-8", newline="\n") as file:
            first, end, *rows = file.read(100_000).split("\n")[:-1]
        if first != marks or now_ms >= int(end):
            return None
        found = None
        for one in rows:
            from_ms, kind, at_ms, until_ms, routine, name, when = one.split("\t")
            if int(from_ms) > now_ms:
                break
            found = (int(from_ms), kind, _moment(at_ms), _moment(until_ms), _line(routine), _line(name), _line(when))
    except (OSError, ValueError):
        return None
    return found


def _moment(text: str) -> int:
    at_ms = int(text)
    if not 0 <= at_ms < _LAST_MS:
        raise ValueError(text)
    return at_ms


def _line(text: str) -> str:
    """What a terminal does not obey, as `trainer.text` has it, which takes longer to load than this to look."""
    if any(char < " " or "\x7f" <= char < "\xa0" or char in _STEERING for char in text):
        raise ValueError(text)
    return text
