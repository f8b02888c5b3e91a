"""Moments as text with their offset, and what a clock showed as moments. Pure, but for the system's table of zones."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo

from msgspec import Struct

from sessions.records import Stamp

LAST_MS = 253_370_764_800_000
"""The last moment that a fact may have; the first is 0."""
ALLOWED = "a time such as 2026-03-01T08:30:00.000+01:00, from 1970 on"
NOON_H = 12
"""The hour of a day without one."""

_EPOCH = datetime(1970, 1, 1)
_DAYS_TO_1970 = _EPOCH.toordinal()
_MS = timedelta(milliseconds=1)
_DAY_MS, _MINUTE_MS = 86_400_000, 60_000
_MOST_OFFSET_MIN = 1440
_OF_THIS_MACHINE = ("localtime", "posixrules")
"""Names that mean another zone on another machine."""
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?"
    r" ?(?:(Z)|([+-])(\d\d):?([0-5]\d))?",
    re.ASCII,
)


class NoMoment(ValueError):
    """What cannot be read as a moment, or lies before 1970 or too far ahead."""


class Clock(Struct, frozen=True):
    """What a clock showed."""

    shown: datetime
    """Without a zone."""
    offset_min: int | None
    """Minutes that it was ahead of UTC; None where that is not said."""


def as_text(utc_ms: int, offset_min: int) -> str:
    """Return what the local clock showed, to the millisecond, and its offset: `2026-03-01T08:30:00.000+01:00`."""
    days, of_day = divmod(utc_ms + offset_min * _MINUTE_MS, _DAY_MS)
    minutes, ms = divmod(of_day, _MINUTE_MS)
    sign, offset = "-" if offset_min < 0 else "+", abs(offset_min)
    day = date.fromordinal(_DAYS_TO_1970 + days).isoformat()
    time = f"{minutes // 60:02}:{minutes % 60:02}:{ms // 1000:02}.{ms % 1000:03}"
    return f"{day}T{time}{sign}{offset // 60:02}:{offset % 60:02}"


def from_text(text: str) -> Clock:
    """Return what a text in the form of `as_text`, or another of ISO 8601's own, says; a day alone means its noon.

    What is finer than a millisecond is dropped. Raises `NoMoment` for anything else.
    """
    found = _ISO.fullmatch(text.strip())
    if found is None:
        raise NoMoment(text)
    year, month, day, hour, minute, second, fraction, utc, sign, hours, minutes = found.groups()
    millis = int((fraction or "0")[:3].ljust(3, "0"))
    time = (NOON_H, 0) if hour is None else (int(hour), int(minute), int(second or 0), millis * 1000)
    offset_min = None
    if utc or sign:
        offset_min = (int(hours or 0) * 60 + int(minutes or 0)) * (-1 if sign == "-" else 1)
        if abs(offset_min) > _MOST_OFFSET_MIN:
            raise NoMoment(text)
    try:
        return Clock(datetime(int(year), int(month), int(day), *time), offset_min)
    except ValueError:
        raise NoMoment(text) from None


def at_offset(shown: datetime, offset_min: int, zone: str) -> Stamp:
    """Return the moment at which a clock showed this. Raises `NoMoment` where it is before 1970."""
    return _stamp((shown - _EPOCH) // _MS - offset_min * _MINUTE_MS, offset_min, zone)


def in_zone(shown: datetime, zone: tzinfo, name: str) -> Stamp:
    """Return the moment at which the clocks of a zone showed this. Raises `NoMoment` where it is before 1970.

    What they showed twice, as they were set back, is the first of both. What they never showed, as they were set
    forward, is read by a clock that nobody set: half past two that was left out is half past three.
    """
    try:
        utc = shown.replace(tzinfo=zone, fold=0).astimezone(UTC).replace(tzinfo=None)
    except OverflowError:
        raise NoMoment(shown) from None
    return seen_from((utc - _EPOCH) // _MS, zone, name)


def seen_from(utc_ms: int, zone: tzinfo, name: str) -> Stamp:
    """Return a moment with the offset that a zone had then. Raises `NoMoment` where it is before 1970."""
    _stamp(utc_ms, 0, name)
    offset = (_EPOCH + utc_ms * _MS).replace(tzinfo=UTC).astimezone(zone).utcoffset()
    return _stamp(utc_ms, 0 if offset is None else int(offset.total_seconds() // 60), name)


def zone(name: str) -> tzinfo | None:
    """Return the time zone of a name such as `Europe/Berlin`; None where this system knows none."""
    from zoneinfo import ZoneInfo

    if name in _OF_THIS_MACHINE:
        return None
    try:
        return ZoneInfo(name)
    # Besides its own KeyError it raises what the way to a file of that name raises.
    except (KeyError, ValueError, OSError):
        return None


def _stamp(utc_ms: int, offset_min: int, zone: str) -> Stamp:
    if not 0 <= utc_ms <= LAST_MS:
        raise NoMoment(utc_ms)
    return Stamp(utc_ms, offset_min, zone)
