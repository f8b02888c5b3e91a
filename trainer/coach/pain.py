"""What follows from a pain rating. Pure.

Figures: below 5 of 10 is what `lasting` calls acceptable in exercise, and exercise should not make the pain
worse than before it; a difference counts from 2 points (Farrar 2001; the 30 % of that study would count from 1 to 2).
"""

from __future__ import annotations

from msgspec import Struct

from sessions.review import CHANGE_POINTS

NO_PAIN = "no pain"
WORST_PAIN = "worst imaginable"


class Advice(Struct, frozen=True):
    """Something to answer after a rating: why, and what the sources say."""

    nrs: int
    reason: str
    says: str


def after_rating(nrs: int, before: int | None = None, limit: int = 5) -> Advice | None:
    """What to say after a rating of `nrs` (0 to 10), or None where the guide just goes on.

    `before` is the pain before the session, None where it was not said. `limit` is the person's own, 5 at most.
    """
    if nrs >= limit:
        own = "" if limit == 5 else f" Your own limit is {limit}."
        reason = f"You rated {nrs} of 10.{own}"
        return Advice(
            nrs,
            reason,
            "The sources count mild pain, below 5, as acceptable in exercise. From 5 on: ease it, change it or stop.",
        )
    if before is not None and nrs - before >= CHANGE_POINTS:
        return Advice(
            nrs,
            f"You rated {nrs} of 10, and {before} before you began.",
            "When pain grows while you exercise, the sources say to change the exercise or stop.",
        )
    return None
