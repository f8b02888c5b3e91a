"""Which facts of a session stand, once corrections and withdrawals are taken into account. Pure.

The answer depends on which facts there are, never on the order in which they arrived.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TypeAlias

from msgspec import Struct

from sessions.facts import Fact
from sessions.records import Body, Correction, Withdrawal, canonical_json, read_body

Read: TypeAlias = tuple[Fact, Body | None]
"""A fact and its body, read once: None where its kind is not known."""


class Standing(Struct, frozen=True):
    """A fact that counts, with the body that counts for it."""

    fact: Fact
    body: Body
    corrected: bool


def standing(read: Iterable[Read]) -> tuple[list[Standing], frozenset[str]]:
    """Return the facts of one session that stand, in their order, and the ids withdrawn from it.

    The second holds the session's own id where the whole session is withdrawn. Facts of an unknown
    kind, and corrections and withdrawals themselves, are not among the first.
    """
    known = [(fact, body) for fact, body in read if body is not None]
    known.sort(key=lambda pair: pair[0].order)
    bodies = {fact.id: body for fact, body in known}
    out = _withdrawn(bodies)
    latest = {body.supersedes: fact.id for fact, body in known if isinstance(body, Correction) and fact.id not in out}
    result = []
    for fact, body in known:
        if fact.id in out or isinstance(body, Correction | Withdrawal):
            continue
        corrected = _corrected(fact, bodies, latest) if latest else None
        result.append(Standing(fact, body if corrected is None else corrected, corrected is not None))
    return result, frozenset(out)


def _withdrawn(bodies: dict[str, Body]) -> set[str]:
    """Return the targets of all withdrawals that are not themselves withdrawn.

    Each is decided once all that could withdraw it are. Withdrawals in a ring, which only a forged
    file can hold, are never decided and withdraw nothing outside the ring.
    """
    targets = {id_: body.target for id_, body in bodies.items() if isinstance(body, Withdrawal)}
    undecided = Counter(targets.values())
    ready = [id_ for id_ in targets if not undecided[id_]]
    out: set[str] = set()
    while ready:
        id_ = ready.pop()
        target = targets[id_]
        if id_ not in out:
            out.add(target)
        undecided[target] -= 1
        if not undecided[target] and target in targets:
            ready.append(target)
    return out


def _corrected(fact: Fact, bodies: dict[str, Body], latest: dict[str, str]) -> Body | None:
    """Follow the corrections of a fact to the last one; None where there is none that fits."""
    found: Body | None = None
    # Corrections in a ring hang on no fact, so that this ends: each supersedes one thing only.
    correction_id = latest.get(fact.id)
    while correction_id is not None:
        correction = bodies[correction_id]
        if not isinstance(correction, Correction) or correction.kind != fact.kind:
            break
        found = read_body(correction.kind, canonical_json(correction.body))
        correction_id = latest.get(correction_id)
    return found
