"""SHA-256 by the interpreter's own code: `hashlib` would load OpenSSL, which takes half a MiB."""

from __future__ import annotations

try:
    from _sha2 import sha256  # type: ignore[import-not-found, unused-ignore]
except ImportError:
    try:
        from _sha256 import sha256  # type: ignore[import-not-found, no-redef, unused-ignore]  # before Python 3.12
    except ImportError:
        from hashlib import sha256  # an interpreter that was built without it


def sha256_hex(data: bytes) -> str:
    """The SHA-256 of `data` in hex."""
    return str(sha256(data).hexdigest())
