"""What one set of work is, as typed values. Pure."""

from __future__ import annotations

from msgspec import Struct

SELF_PACED_REPETITION_S = 4.0
"""What a self-paced repetition is reckoned at when a routine's length is shown (own)."""


class _Lasting(Struct, frozen=True):
    """Work that lasts a time."""

    seconds: int

    @property
    def length_s(self) -> float | None:
        """Seconds that the work takes."""
        return float(self.seconds)

    @property
    def reckoned_s(self) -> float:
        """Seconds to reckon with when a routine's length is shown."""
        return float(self.seconds)


class Hold(_Lasting, frozen=True, tag="hold"):
    """Keep a position."""


class Timed(_Lasting, frozen=True, tag="timed"):
    """Keep moving for a time."""


class _Paced(Struct, frozen=True):
    """Work that is counted at a pace."""

    count: int

    @property
    def each_s(self) -> float:
        """Seconds of one repetition or breath."""
        raise NotImplementedError

    @property
    def length_s(self) -> float | None:
        """Seconds that the work takes."""
        return self.count * self.each_s

    @property
    def reckoned_s(self) -> float:
        """Seconds to reckon with when a routine's length is shown."""
        return self.count * self.each_s


class Repetitions(_Paced, frozen=True, tag="repetitions"):
    """Repetitions at a tempo: out, hold, back, all in seconds."""

    out_s: float
    hold_s: float
    back_s: float

    @property
    def each_s(self) -> float:
        """Seconds of one repetition."""
        return self.out_s + self.hold_s + self.back_s


class SelfPaced(Struct, frozen=True, tag="self-paced"):
    """Repetitions at the person's own pace; the person says when they are done."""

    count: int

    @property
    def length_s(self) -> float | None:
        """None: nobody can know."""
        return None

    @property
    def reckoned_s(self) -> float:
        """Seconds to reckon with when a routine's length is shown."""
        return self.count * SELF_PACED_REPETITION_S


class Breaths(_Paced, frozen=True, tag="breaths"):
    """Breaths, in and out, in seconds."""

    in_s: float
    out_s: float

    @property
    def each_s(self) -> float:
        """Seconds of one breath."""
        return self.in_s + self.out_s


class Open(Struct, frozen=True, tag="open"):
    """Open-ended work: it lasts until the person says so."""

    about_s: int

    @property
    def length_s(self) -> float | None:
        """None: nobody can know."""
        return None

    @property
    def reckoned_s(self) -> float:
        """Seconds to reckon with when a routine's length is shown."""
        return float(self.about_s)


Prescription = Hold | Timed | Repetitions | SelfPaced | Breaths | Open
