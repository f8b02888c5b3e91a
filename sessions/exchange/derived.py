"""Facts from elsewhere, named after what they say, so that a file gives the same facts on any machine. Pure."""

from __future__ import annotations

from sessions.digest import sha256_hex
from sessions.facts import Draft, draft
from sessions.ids import RANDOM_BYTES, uuid7
from sessions.records import Body, Stamp, canonical_json


def id_of(utc_ms: int, *content: object) -> str:
    """Return the UUIDv7 of a moment whose random part is a digest of `content`.

    Raises `InvalidFact` where the content has no JSON form, as a lone surrogate has none.
    """
    return uuid7(utc_ms, _digest(*content))


def drafted(session: str, body: Body, stamp: Stamp, *content: object) -> Draft:
    """Return `body` as a draft whose name is derived from `content`. Raises `InvalidFact` as `sessions.facts.draft`."""
    return draft(session, body, stamp, lambda size: _digest(*content)[:size])


def _digest(*content: object) -> bytes:
    return bytes.fromhex(sha256_hex(canonical_json(content).encode()))[:RANDOM_BYTES]
