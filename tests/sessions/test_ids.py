from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.ids import RANDOM_BYTES, uuid7


@given(st.integers(0, 2**48 - 1), st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES))
def test_form(unix_ms: int, random: bytes) -> None:
    """Every moment and every random part give a UUID of version 7 that holds both."""
    found = uuid7(unix_ms, random)
    parsed = uuid.UUID(found)
    assert str(parsed) == found
    assert (parsed.version, parsed.variant) == (7, uuid.RFC_4122)
    assert parsed.int >> 80 == unix_ms
    bits = int.from_bytes(random, "big")
    assert (parsed.int >> 64) & 0xFFF == bits >> 68
    assert parsed.int & (2**62 - 1) == bits & (2**62 - 1)


def test_example_of_the_standard() -> None:
    """The example in RFC 9562, appendix A.6, comes out as it stands there."""
    bits = 0xCC3 << 68 | 0x18C4DC0C0C07398F
    random = bits.to_bytes(RANDOM_BYTES, "big")
    assert uuid7(0x017F22E279B0, random) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


@given(st.integers(0, 2**48 - 2), st.data())
def test_sorts_by_time(unix_ms: int, data: st.DataObject) -> None:
    """A later moment sorts later, whatever the random parts."""
    part = st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES)
    assert uuid7(unix_ms, data.draw(part)) < uuid7(unix_ms + 1, data.draw(part))


@pytest.mark.parametrize(("unix_ms", "random"), [(-1, bytes(10)), (2**48, bytes(10)), (0, bytes(9)), (0, bytes(11))])
def test_refuses(unix_ms: int, random: bytes) -> None:
    """A moment or a random part that does not fit is refused."""
    with pytest.raises(ValueError, match="must be"):
        uuid7(unix_ms, random)
