"""Digests of facts."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from sessions.digest import sha256_hex


@given(st.binary(max_size=300))
def test_a_digest_is_sha_256_as_everybody_reckons_it(data):
    """It does not matter which code reckoned it."""
    assert sha256_hex(data) == hashlib.sha256(data).hexdigest()
