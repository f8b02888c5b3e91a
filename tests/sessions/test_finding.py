"""What fits is found, whichever way it is gone about, and found the same as by looking at every session."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sessions import Logbook, LogbookError, Note, PainRated, SessionEnded, Stamp, Wanted, Withdrawal, finding
from sessions.folding import fold
from sessions.rows import SessionDetail

DAY_MS = 86_400_000


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory, new_pen: Any) -> Iterator[Logbook]:
    """Sixty sessions of several routines, exercises, days and pains."""
    pen = new_pen()
    with Logbook.open(tmp_path_factory.mktemp("book") / "logbook.sqlite", random=pen.random) as logbook:
        for number in range(60):
            session = f"s{number:02}"
            when = Stamp(1_772_352_000_000 + number * DAY_MS // 2, (-300, 0, 540)[number % 3], "")
            pen.stamp = lambda when=when: when
            if number % 7 == 0:
                logbook.append(pen.draft(pen.active(10, ("walk", "swim")[number % 2]), session))
                continue
            routine = ("desk-break", "core", "hips")[number % 3]
            exercise = ("bird-dog", "clam", "single-leg-bridge", "plank")[number % 4]
            logbook.append(pen.draft(pen.begun(routine, name=routine.capitalize()), session))
            logbook.append(pen.draft(pen.work(1, exercise=exercise, name=exercise.replace("-", " ")), session))
            logbook.append(pen.draft(PainRated("before", number % 11), session))
            if number % 5 == 0:
                logbook.append(pen.draft(Note(("Twinge on the left", "Très bien", "moved boxes")[number % 3]), session))
            logbook.append(pen.draft(SessionEnded("finished"), session))
            if number % 13 == 0:
                logbook.append(pen.draft(Withdrawal(session), session))
        yield logbook


def by_hand(wanted: Wanted, detail: SessionDetail) -> bool:
    """Whether a session fits, by looking at it."""
    row = detail.row
    named = [row.routine, row.name, row.activity]
    named += [text for work in detail.works for text in (work.exercise, work.name)]
    texts = [fold(text) for text in (*named, *(note.text for note in detail.notes))]
    most = max((rating.nrs for rating in detail.ratings), default=-1)
    return (
        not row.withdrawn
        and all(any(word in text for text in texts) for word in fold(wanted.words).split())
        and wanted.routine in ("", row.routine)
        and (not wanted.exercise or any(work.exercise == wanted.exercise for work in detail.works))
        and (not wanted.since or row.day >= wanted.since)
        and (not wanted.until or row.day <= wanted.until)
        and (wanted.pain_from is None or most >= wanted.pain_from)
    )


WORDS = ["bridge", "LEFT", "tres", "core", "walk", "boxes", "dog", "e", "no-such"]
wanted = st.builds(
    Wanted,
    st.lists(
        st.sampled_from(["bridge", "LEFT", "tres", "core", "walk", "boxes", "dog", "e", "no-such"]), max_size=2
    ).map(" ".join),
    st.sampled_from(["", "", "core", "none"]),
    st.sampled_from(["", "", "clam", "plank", "none"]),
    st.sampled_from(["", "", "2026-03-05", "2026-03-20"]),
    st.sampled_from(["", "", "2026-03-21", "2026-03-04"]),
    st.none() | st.integers(0, 10),
)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=wanted, rare=st.sampled_from([-1, 5, 5_000]), limit=st.integers(1, 9))
def test_found_as_by_hand(
    book: Logbook, monkeypatch: pytest.MonkeyPatch, wanted: Wanted, rare: int, limit: int
) -> None:
    """Page by page, it is every session that fits, the latest first, and nothing else; rare words or not."""
    monkeypatch.setattr(finding, "_RARE", rare)
    details = [book.session(f"s{number:02}") for number in range(60)]
    expected = [one.row for one in details if one is not None and by_hand(wanted, one)]
    expected.sort(key=lambda row: (row.began_ms, row.id), reverse=True)
    found, page = [], book.find(wanted, limit)
    while page:
        found += page
        assert len(page) <= limit
        page = book.find(wanted, limit, page[-1].began_ms, page[-1].id)
    assert found == expected


@pytest.mark.parametrize("words", ['"', "%", "_", "'; DROP TABLE fact; --", "\0", "[L] a [/b]", "\u202e"])
def test_odd_words(book: Logbook, words: str) -> None:
    """Whatever is typed is looked for, and never read as a command."""
    details = [book.session(f"s{number:02}") for number in range(60)]
    fit = [one for one in details if one is not None and by_hand(Wanted(words), one)]
    assert len(book.find(Wanted(words), 100)) == len(fit)


def test_a_day_that_is_none(book: Logbook) -> None:
    """A day that no calendar has is refused as a `LogbookError`."""
    with pytest.raises(LogbookError):
        book.find(Wanted(since="2026-02-30"))


def test_no_sorting_of_everything(book: Logbook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sessions come from an index in their order; only what is rare is gathered first and sorted."""
    monkeypatch.setattr(finding, "_RARE", -1)
    assert book._connection is not None
    asked: list[str] = []
    book._connection.set_trace_callback(asked.append)
    for one in (Wanted(), Wanted(pain_from=3), Wanted(since="2026-03-05"), Wanted(routine="core")):
        book.find(one)
    book._connection.set_trace_callback(None)
    for question in asked:
        plan = " ".join(row[3] for row in book._connection.execute(f"EXPLAIN QUERY PLAN {question}"))
        assert "USING" in plan, (question, plan)
        assert "TEMP B-TREE" not in plan, (question, plan)
