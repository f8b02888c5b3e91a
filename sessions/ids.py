"""Names that sort by time and never collide: UUIDv7 (RFC 9562, section 5.7)."""

from __future__ import annotations

RANDOM_BYTES = 10
"""How many random bytes `uuid7` takes: 80 bits, of which 74 are used."""


def uuid7(unix_ms: int, random: bytes) -> str:
    """Return the UUIDv7 of a moment, in its usual form of 36 lower-case characters.

    `unix_ms` is milliseconds since 1970 (UTC), 48 bits; `random` is `RANDOM_BYTES` random bytes.
    Two names of the same millisecond sort by their random part, not by which was made first.
    Raises `ValueError` where either does not fit.
    """
    if not 0 <= unix_ms < 1 << 48:
        raise ValueError(f"unix_ms must be from 0 to 2^48 - 1, not {unix_ms}")
    if len(random) != RANDOM_BYTES:
        raise ValueError(f"random must be {RANDOM_BYTES} bytes, not {len(random)}")
    bits = int.from_bytes(random, "big")
    rand_a, rand_b = bits >> 68, bits & ((1 << 62) - 1)
    digits = f"{unix_ms << 80 | 7 << 76 | rand_a << 64 | 2 << 62 | rand_b:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
