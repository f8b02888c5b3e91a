from __future__ import annotations

from typing import Any

import msgspec
import pytest

from sessions import Correction, Logbook, Note, PainRated, Withdrawal


def correction(of: str, nrs: int) -> Correction:
    return Correction(of, "pain_rated", msgspec.to_builtins(PainRated("after_exercise", nrs, 0, "bird-dog")))


def nrs(logbook: Logbook) -> list[int]:
    found = logbook.session("s1")
    assert found is not None
    given = [rating.nrs for rating in found.ratings]
    assert [row.nrs for row in logbook.practised("bird-dog")] == given
    return given


def test_rating_is_corrected(logbook: Logbook, pen: Any) -> None:
    """A correction replaces a rating everywhere, keeps its moment, and the old fact stays."""
    first = logbook.append(pen.draft(pen.rated(7)))
    logbook.append(pen.draft(correction(first.id, 2)))
    found = logbook.session("s1")
    assert found is not None
    (rating,) = found.ratings
    assert (rating.id, rating.utc_ms, rating.nrs, rating.corrected) == (first.id, first.utc_ms, 2, True)
    assert [row.nrs for row in logbook.practised("bird-dog")] == [2]
    assert next(logbook.facts()) == first


def test_note_is_corrected(logbook: Logbook, pen: Any) -> None:
    """A note is corrected in the same way."""
    first = logbook.append(pen.draft(Note("lfet knee")))
    logbook.append(pen.draft(Correction(first.id, "note", {"text": "left knee"})))
    found = logbook.session("s1")
    assert found is not None
    assert [(note.text, note.corrected) for note in found.notes] == [("left knee", True)]


def test_pain_before_is_corrected(logbook: Logbook, pen: Any) -> None:
    """A corrected rating of the whole session shows in its row."""
    first = logbook.append(pen.draft(PainRated("before", 7)))
    logbook.append(pen.draft(Correction(first.id, "pain_rated", {"when": "before", "nrs": 1})))
    assert logbook.sessions()[0].pain_before == 1


def test_last_correction_counts(logbook: Logbook, pen: Any) -> None:
    """Of several corrections the last counts, whether of the first fact or of a correction."""
    first = logbook.append(pen.draft(pen.rated(7)))
    second = logbook.append(pen.draft(correction(first.id, 6)))
    assert nrs(logbook) == [6]
    logbook.append(pen.draft(correction(second.id, 5)))
    assert nrs(logbook) == [5]
    logbook.append(pen.draft(correction(first.id, 4)))
    assert nrs(logbook) == [4]


def test_withdrawn_correction(logbook: Logbook, pen: Any) -> None:
    """Withdrawing a correction brings back what it replaced; withdrawing that withdrawal, the correction."""
    first = logbook.append(pen.draft(pen.rated(7)))
    second = logbook.append(pen.draft(correction(first.id, 6)))
    third = logbook.append(pen.draft(Withdrawal(second.id)))
    assert nrs(logbook) == [7]
    logbook.append(pen.draft(Withdrawal(third.id)))
    assert nrs(logbook) == [6]


def test_withdrawn_rating(logbook: Logbook, pen: Any) -> None:
    """A withdrawn rating is left out, corrected or not, and kept among the facts."""
    first = logbook.append(pen.draft(pen.rated(7)))
    logbook.append(pen.draft(correction(first.id, 6)))
    logbook.append(pen.draft(Withdrawal(first.id)))
    assert nrs(logbook) == []
    assert len(list(logbook.facts())) == 3


def test_correction_of_another_kind(logbook: Logbook, pen: Any) -> None:
    """A correction whose kind is not that of what it replaces changes nothing."""
    first = logbook.append(pen.draft(pen.rated(7)))
    logbook.append(pen.draft(Correction(first.id, "note", {"text": "x"})))
    assert nrs(logbook) == [7]


@pytest.mark.parametrize("make", [lambda: correction("nothing", 1), lambda: Withdrawal("nothing")])
def test_target_that_is_not_here(logbook: Logbook, pen: Any, make: Any) -> None:
    """A correction or withdrawal of what is not here is kept and changes nothing."""
    logbook.append(pen.draft(pen.rated(7)))
    logbook.append(pen.draft(make()))
    assert nrs(logbook) == [7]


def test_other_sessions_are_out_of_reach(logbook: Logbook, pen: Any) -> None:
    """A correction or withdrawal acts on its own session only."""
    first = logbook.append(pen.draft(pen.rated(7), session="s1"))
    logbook.append(pen.draft(correction(first.id, 1), session="s2"))
    logbook.append(pen.draft(Withdrawal("s1"), session="s2"))
    assert nrs(logbook) == [7]
    assert {row.id for row in logbook.sessions()} == {"s1", "s2"}
