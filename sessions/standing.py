"""Which facts of a session stand, once corrections and withdrawals are taken into account. Pure.

The answer depends on which facts there are, never on the order in which they arrived.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
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
    known = one_of_each_id(read)
    bodies = {fact.id: body for fact, body in known}
    out = _withdrawn(bodies)
    latest = _latest(known, out)
    result = []
    for fact, body in known:
        if fact.id in out or isinstance(body, Correction | Withdrawal):
            continue
        correction = latest.get(fact.id)
        better = None if correction is None else read_body(correction.kind, canonical_json(correction.body))
        result.append(Standing(fact, body if better is None else better, better is not None))
    return result, frozenset(out)


def one_of_each_id(read: Iterable[Read]) -> list[tuple[Fact, Body]]:
    """Return what is known, in its order, before corrections and withdrawals.

    Of two facts of one id that one stands whose digest is less, wherever and whenever they came in.
    """
    known: dict[str, tuple[Fact, Body]] = {}
    for fact, body in read:
        if body is not None and (fact.id not in known or fact.sha256 < known[fact.id][0].sha256):
            known[fact.id] = fact, body
    return sorted(known.values(), key=lambda pair: pair[0].order)


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


def _latest(known: Iterable[tuple[Fact, Body]], out: set[str]) -> dict[str, Correction]:
    """Return, by the fact that they go back to, the corrections that count.

    A correction of a correction counts instead of it; of several that none corrects, as when two devices corrected the
    same, the last. `known` is in its order. Corrections in a ring, which only a forged file can hold, go back to none.
    """
    kinds = {fact.id: body.kind if isinstance(body, Correction) else fact.kind for fact, body in known}
    corrections = {
        fact.id: body
        for fact, body in known
        if isinstance(body, Correction) and fact.id not in out and kinds.get(body.supersedes) == body.kind
    }
    corrected = {body.supersedes for body in corrections.values()}
    roots: dict[str, str | None] = {}
    latest: dict[str, Correction] = {}
    for id_, body in corrections.items():
        root = _root(id_, corrections, roots)
        if id_ not in corrected and root is not None:
            latest[root] = body
    return latest


def _root(id_: str, corrections: Mapping[str, Correction], roots: dict[str, str | None]) -> str | None:
    """Return what a correction goes back to, None where that is itself; what is found is kept in `roots`."""
    way: dict[str, None] = {}
    while id_ in corrections and id_ not in roots and id_ not in way:
        way[id_] = None
        id_ = corrections[id_].supersedes
    root = roots.get(id_, None if id_ in way else id_)
    roots.update(dict.fromkeys(way, root))
    return root
