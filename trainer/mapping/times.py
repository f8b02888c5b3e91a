"""Moments and lengths as other programs write them. Each function raises `ValueError` for what it cannot read. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone, tzinfo
from decimal import ROUND_HALF_UP, Decimal

from sessions.exchange import moments
from sessions.exchange.moments import Clock
from sessions.records import Stamp
from trainer.mapping.form import ISO, UNIX_MS, UNIX_S, Time, Unit, has_hour, offset_of

MOST_MS = 86_400_000
"""The longest time that an activity can take: a day, as where one is logged by hand."""

_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,9})?", re.ASCII)
_CLOCK = re.compile(r"(\d{1,4}):(\d\d)(?::(\d\d))?(?:\.(\d{1,9}))?", re.ASCII)
_MS_OF = {"ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000}


def number(text: str, decimal: str) -> Decimal:
    """Return a number that is written with this decimal sign, and with no other."""
    plain = text.strip()
    if decimal == ",":
        plain = plain.replace(".", " ").replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        raise ValueError(text)
    return Decimal(plain)


def length_ms(text: str, unit: Unit, decimal: str) -> int:
    """Return a length in milliseconds."""
    if unit in _MS_OF:
        length = number(text, decimal) * _MS_OF[unit]
        return int(length.to_integral_value(ROUND_HALF_UP))
    found = _CLOCK.fullmatch(text.strip().replace(decimal, "."))
    if found is None or (found[3] is None) == (unit == "h:mm:ss") or int(found[2]) > 59 or int(found[3] or 0) > 59:
        raise ValueError(text)
    if found[4] is not None and unit == "h:mm":
        raise ValueError(text)
    first, second = int(found[1]), int(found[2])
    whole_s = first * 60 + second if unit == "mm:ss" else first * 3600 + second * 60 + int(found[3] or 0)
    return whole_s * 1000 + int((found[4] or "0")[:3].ljust(3, "0"))


def stamper(time: Time) -> Callable[[str], Stamp]:
    """Return what turns a time as it stands into a moment, with the offset of the person's zone where that is known.

    A time that the clocks of a zone showed twice, or never: see `sessions.exchange.moments.in_zone`.
    """
    zone, name = _zone(time.zone)
    clock = zone if time.written_in is None else _zone(time.written_in)[0]
    read = _reader(time.format)

    def stamp(text: str) -> Stamp:
        said = read(text.strip())
        if isinstance(said, int):
            assert zone is not None, "a mapping with such times names one"
            return moments.seen_from(said, zone, name)
        if said.offset_min is not None:
            there = moments.at_offset(said.shown, said.offset_min, "")
        elif clock is None:
            raise ValueError(text)
        elif clock is zone:
            return moments.in_zone(said.shown, clock, name)
        else:
            there = moments.in_zone(said.shown, clock, "")
        return there if zone is None else moments.seen_from(there.utc_ms, zone, name)

    return stamp


def later(stamp: Stamp, length_ms: int, time: Time) -> Stamp:
    """Return the moment `length_ms` after another, with the offset of the person's zone then."""
    zone, name = _zone(time.zone)
    utc_ms = stamp.utc_ms + length_ms
    return Stamp(utc_ms, stamp.offset_min, stamp.zone) if zone is None else moments.seen_from(utc_ms, zone, name)


def _zone(name: str | None) -> tuple[tzinfo | None, str]:
    """The zone of a name or an offset, and its name where it has one."""
    if name is None:
        return None, ""
    offset_min = offset_of(name)
    if offset_min is not None:
        return timezone(timedelta(minutes=offset_min)), ""
    return moments.zone(name), name


def _reader(format: str) -> Callable[[str], Clock | int]:
    if format == ISO:
        return moments.from_text
    if format in (UNIX_S, UNIX_MS):
        factor = 1000 if format == UNIX_S else 1
        return lambda text: int(number(text, ".") * factor)
    noon = not has_hour(format)

    def read(text: str) -> Clock:
        shown = datetime.strptime(text, format)
        offset = shown.utcoffset()
        shown = shown.replace(tzinfo=None, hour=moments.NOON_H) if noon else shown.replace(tzinfo=None)
        return Clock(shown, None if offset is None else int(offset.total_seconds() // 60))

    return read
