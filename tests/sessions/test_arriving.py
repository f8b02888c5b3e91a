"""What would come in: said beforehand, true afterwards, and nothing is touched by asking."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from sessions import Draft, Fact, Logbook, NotALogbook, Note, PainRated, Stamp, draft
from sessions.exchange.arriving import amounting_to, arriving
from sessions.facts import store
from tests.benchmarks.years import Years

DATA = Path(__file__).parent / "data"
NOON = Stamp(1_772_366_400_000, 60, "Europe/Berlin")


@pytest.fixture(scope="module")
def years() -> list[Fact]:
    return list(Years(40).facts())


def test_all_of_it_is_new_where_there_is_nothing(tmp_path: Path, years: list[Fact]) -> None:
    """Without a logbook all is new, and none is begun."""
    path = tmp_path / "home" / "logbook.sqlite"
    coming = arriving(path, years)
    assert (coming.new, coming.known, coming.again, coming.conflicts) == (len(years), 0, 0, ())
    assert coming.ratings == sum(fact.kind == "pain_rated" for fact in years)
    assert len(coming.sessions) == 40
    assert (coming.since[:4], coming.until[:4]) == ("2016", "2025")
    assert not path.parent.exists()


def test_it_says_what_a_session_would_be(tmp_path: Path, years: list[Fact]) -> None:
    """The sessions that are shown are those that the logbook shows afterwards, with what it knew of them before."""
    path = tmp_path / "logbook.sqlite"
    with Logbook.open(path, random=os.urandom) as logbook:
        logbook.take_in(years[::2])
        latest = arriving(path, years).sessions[-3:]
        shown = amounting_to(path, years, latest)
        logbook.take_in(years)
        assert [detail.row for id in latest if (detail := logbook.session(id))] == shown
    assert len(shown) == 3


@pytest.mark.parametrize("stored", sorted(DATA.glob("v*.sqlite")), ids=lambda path: path.stem)
def test_asking_changes_nothing(
    stored: Path, tmp_path: Path, years: list[Fact], state: Callable[[Path], dict[str, object]]
) -> None:
    """A logbook stays as it is, to the byte, whatever its form: an older one is not brought up to date for it."""
    path = Path(shutil.copyfile(stored, tmp_path / "logbook.sqlite"))
    before = state(tmp_path)
    coming = arriving(path, years)
    amounting_to(path, years, coming.sessions)
    assert state(tmp_path) == before
    assert coming.new == len(years)


def test_what_another_device_said_already_is_no_news(logbook: Logbook, path: Path, pen: Any) -> None:
    """The same table taken in on two machines: facts of two devices that say the same."""
    said = draft("s1", Note("same"), NOON, pen.random)
    logbook.append(said)
    coming = arriving(path, [store(said, "elsewhere", 1)])
    assert (coming.new, coming.again, coming.known, coming.sessions) == (0, 1, 0, ())
    assert arriving(path, [said]).known == 1


def test_it_ends_where_enough_is_known(tmp_path: Path, years: list[Fact]) -> None:
    """Whoever only asks whether it is much need not wait for all."""
    seen = 0

    def counted() -> Any:
        nonlocal seen
        for fact in years:
            seen += 1
            yield fact

    assert arriving(tmp_path / "none", counted(), stop_at=10).new == 10
    assert seen == 10


def test_what_is_no_logbook_is_told(tmp_path: Path) -> None:
    """Another file in the logbook's place is refused, as everywhere."""
    path = tmp_path / "logbook.sqlite"
    path.write_text("hello, this is no logbook")
    with pytest.raises(NotALogbook):
        arriving(path, [])


def of_number(number: int, device: str, pain: int) -> Fact:
    """A fact of a few that there are: id and session by number."""
    made = draft(f"s{number % 2}", PainRated("before", pain), structs.replace(NOON, utc_ms=1_000 * number), os.urandom)
    return store(structs.replace(made, id=f"f{number}"), device, number + 1)


FACTS = st.lists(
    st.builds(of_number, st.integers(0, 3), st.sampled_from(["one", "two"]), st.integers(0, 2)), max_size=12
)


@given(FACTS, FACTS, st.booleans())
@settings(max_examples=60, deadline=None)
def test_what_is_said_is_what_comes(before: list[Fact], coming: list[Fact], as_drafts: bool) -> None:
    """Whatever is there and whatever comes, known facts, new ones and conflicts are those that taking in then finds."""
    items: list[Fact | Draft] = [fact.draft if as_drafts else fact for fact in coming]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "logbook.sqlite"
        with Logbook.open(path, random=os.urandom) as logbook:
            logbook.take_in(before)
            said = arriving(path, items)
            shown = amounting_to(path, items, said.sessions)
            taken = logbook.append_all(fact.draft for fact in coming) if as_drafts else logbook.take_in(coming)
            assert (said.new + said.again, said.known) == (taken.new, taken.known)
            assert set(said.conflicts) == set(taken.conflicts)
            if not as_drafts:
                there = {id: detail.row for id in said.sessions if (detail := logbook.session(id))}
                assert there == {row.id: row for row in shown}
