"""What becomes of a rating or a note that is given afterwards. Pure.

Nothing is changed in place: what stands already is corrected by a fact of its own, and kept.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct

from sessions import review
from sessions.records import Body, Correction, Note, PainRated, Side, When, Withdrawal
from sessions.rows import RatingRow, SessionDetail, WorkRow


class Rating(Struct, frozen=True):
    """Which rating of a session is meant, given or not."""

    when: When
    index: int | None = None
    """Place of the exercise in the routine, for a rating after one."""
    exercise: str | None = None
    name: str | None = None
    side: Side | None = None
    """The side where the sides were rated apart."""

    def given(self, detail: SessionDetail) -> RatingRow | None:
        """The rating as it counts; None where it was not given, or another took its place."""
        return counting(detail, self.when, self.index, self.exercise).get(self.side)

    def works(self, detail: SessionDetail) -> list[WorkRow]:
        """The attempts at the exercise that it is of, on any side; none for a rating of the whole session."""
        return [work for work in detail.works if (work.index, work.exercise) == (self.index, self.exercise)]


def counting(
    detail: SessionDetail, when: When, index: int | None = None, exercise: str | None = None
) -> dict[Side | None, RatingRow]:
    """The ratings that count of all that were given there, by side."""
    own = (row for row in detail.ratings if (row.when, row.index, row.exercise) == (when, index, exercise))
    return {row.side: row for row in review.counting((row.side, row) for row in own)}


def rate(detail: SessionDetail, which: Rating, nrs: int) -> Body | None:
    """The fact that a rating (0 to 10) is to be read so; None where it says so already."""
    row = which.given(detail)
    body = PainRated(which.when, nrs, which.index, which.exercise, which.name, which.side)
    if row is None:
        return body
    if row.nrs == nrs:
        return None
    return Correction(row.id, "pain_rated", msgspec.to_builtins(body))


def note(detail: SessionDetail, text: str, id: str | None = None) -> Body | None:
    """The fact that a note of the session reads so; None where it does already.

    `id` is the note to be corrected, or taken out where no text is left; without one it is another note.
    """
    row = next((one for one in detail.notes if one.id == id), None)
    if row is None:
        return Note(text) if text else None
    if not text:
        return Withdrawal(row.id)
    return None if row.text == text else Correction(row.id, "note", {"text": text})
