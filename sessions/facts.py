"""Facts: what is stored. A `Draft` has its own time and id; the logbook makes it a `Fact`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from sessions.digest import sha256_hex
from sessions.errors import InvalidFact
from sessions.ids import RANDOM_BYTES, uuid7
from sessions.records import Body, Stamp, canonical_json, kind_of, read_body
from sessions.units import Id, OffsetMin, UtcMs

FACT_SCHEMA = 1
"""Number of the form in which facts are written: their frame, their text and their digest.

A new kind and a new field that may be missing leave it as it is: a reader that does not know them passes them over
and keeps them, so nothing that it reads means something else. What would be misread calls for the next number.
"""


class Draft(Struct, frozen=True):
    """A fact that is not yet in a logbook.

    It keeps its own time and id, so that it can be tried again when the disk was full: appending
    it twice stores it once.
    """

    id: Id
    session: Id
    stamp: Stamp
    kind: Id
    body_json: str
    """The body as canonical JSON."""

    def parsed(self) -> Body | None:
        """Return the body, or None where the kind is not known; `InvalidFact` where it does not fit."""
        return read_body(self.kind, self.body_json)


class Fact(Struct, frozen=True):
    """A fact as it is stored, never changed afterwards."""

    id: Id
    """UUIDv7 of the moment it was drafted."""
    device: Id
    """The logbook it was first stored in."""
    seq: Annotated[int, Meta(ge=1)]
    """Count of the facts of that device, from 1 and without gaps."""
    utc_ms: UtcMs
    offset_min: OffsetMin
    zone: str
    schema: Annotated[int, Meta(ge=1)]
    """The form in which it was written: `FACT_SCHEMA` of its day."""
    session: Id
    kind: Id
    body: str
    """Canonical JSON text, kept as it was written: unknown kinds and fields survive."""
    sha256: str
    """Hex digest of all the other fields: see `digest`."""

    def parsed(self) -> Body | None:
        """Return the body, or None where its kind is not known or it does not fit its kind."""
        try:
            return read_body(self.kind, self.body)
        except InvalidFact:
            return None

    @property
    def stamp(self) -> Stamp:
        """When and where on the clock it happened."""
        return Stamp(self.utc_ms, self.offset_min, self.zone)

    @property
    def order(self) -> tuple[int, str, int]:
        """Where it stands among the facts of its session: by time, then by device and count."""
        return (self.utc_ms, self.device, self.seq)

    @property
    def draft(self) -> Draft:
        """What was stored."""
        return Draft(self.id, self.session, self.stamp, self.kind, self.body)

    def says_what(self, other: Draft | Fact) -> bool:
        """Whether this is that draft, stored, or says the same as that fact of another device."""
        return self.draft == (other if isinstance(other, Draft) else other.draft)


def draft(session: str, body: Body, stamp: Stamp, random: Callable[[int], bytes]) -> Draft:
    """Return `body` as a draft of `session`, named by its own moment.

    `random(n)` returns n random bytes, as `os.urandom` does. Raises `InvalidFact` where a field is
    out of range or of another type, so that a draft, once made, can always be stored.
    """
    kind, body_json = kind_of(body), canonical_json(body)
    read_body(kind, body_json)
    try:
        stamp = msgspec.convert(msgspec.to_builtins(stamp), Stamp)
        session = msgspec.convert(session, Id)
        canonical_json((session, stamp.zone))
    except msgspec.ValidationError as error:
        raise InvalidFact(f"The {kind} cannot be stored: {error}.") from error
    return Draft(uuid7(stamp.utc_ms, random(RANDOM_BYTES)), session, stamp, kind, body_json)


def store(draft: Draft, device: str, seq: int) -> Fact:
    """Return the fact that `draft` becomes as number `seq` of `device`."""
    unsigned = Fact(
        id=draft.id,
        device=device,
        seq=seq,
        utc_ms=draft.stamp.utc_ms,
        offset_min=draft.stamp.offset_min,
        zone=draft.stamp.zone,
        schema=FACT_SCHEMA,
        session=draft.session,
        kind=draft.kind,
        body=draft.body_json,
        sha256="",
    )
    return msgspec.structs.replace(unsigned, sha256=digest(unsigned))


def digest(fact: Fact) -> str:
    """Return the SHA-256, in hex, of the canonical JSON of every field but `sha256`.

    The body goes in as the text it is, so that no reader's rounding or field order can matter.
    """
    fields = msgspec.structs.asdict(fact)
    del fields["sha256"]
    return sha256_hex(canonical_json(fields).encode())


def proven(facts: Iterable[Fact]) -> list[tuple[Fact, Body | None]]:
    """Return those of `facts` that match their digest, each with its body: see `Fact.parsed`."""
    return [(fact, fact.parsed()) for fact in facts if digest(fact) == fact.sha256]
