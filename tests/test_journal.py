"""What cannot be stored now is kept, and stored later: in order, and once."""

from __future__ import annotations

import os
import stat

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions import DamagedLogbook, Draft, Logbook, LogbookBusy, Note
from sessions.errors import InvalidFact
from sessions.records import PainRated
from tests.by_hand import FailingLogbook, HandClock, counted, facts_in
from trainer.journal import Journal, Rehearsal


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "logbook.sqlite"


@pytest.fixture
def logbook(path):
    with Logbook.open(path, random=counted()) as opened:
        yield FailingLogbook(opened)


@pytest.fixture
def journal(logbook):
    return Journal(logbook, stamp=HandClock().stamp, random=counted())


def texts(path):
    return [body.text for body in facts_in(path)]


def test_what_is_written_is_stored_at_once(journal, path):
    """A fact is in the file when writing it returns, and nothing waits."""
    assert journal.write("s", Note("a")) is True
    assert texts(path) == ["a"]
    assert (journal.pending, journal.trouble) == ([], "")


def test_what_cannot_be_stored_waits_in_order(journal, logbook, path):
    """While nothing can be stored, facts wait in the order in which they came, and the trouble is told."""
    logbook.fails = 3
    assert [journal.write("s", Note(text)) for text in "abc"] == [False] * 3
    assert texts(path) == []
    assert [one.parsed().text for one in journal.pending] == ["a", "b", "c"]
    assert journal.trouble == "The disk is full."


def test_what_waits_is_stored_with_the_next_fact(journal, logbook, path):
    """As soon as a fact can be stored again, those that waited are stored before it, and the trouble is over."""
    logbook.fails = 2
    for text in "abc":
        journal.write("s", Note(text))
    assert texts(path) == ["a", "b", "c"]
    assert (journal.pending, journal.trouble) == ([], "")
    assert journal.retry()
    assert texts(path) == ["a", "b", "c"]


def test_a_retry_that_breaks_off_goes_on_where_it_stopped(journal, logbook, path):
    """Of what waits, that which was stored does not wait any more, also where the rest failed again."""
    logbook.fails = 1
    journal.write("s", Note("a"))
    logbook.error = LogbookBusy("Another program holds it.")
    appended = logbook.append

    def once(draft: Draft) -> object:
        logbook.append = appended
        fact = appended(draft)
        logbook.fails = 1
        return fact

    logbook.append = once
    assert journal.write("s", Note("b")) is False
    assert texts(path) == ["a"]
    assert [one.parsed().text for one in journal.pending] == ["b"]
    assert journal.trouble == "Another program holds it."
    assert journal.retry()
    assert texts(path) == ["a", "b"]


def test_what_was_stored_although_it_failed_is_stored_once(journal, logbook, path):
    """A write whose success was not reported is tried again, and stands in the file once."""
    logbook.fails, logbook.after = 1, True
    assert not journal.write("s", Note("a"))
    assert journal.retry()
    assert texts(path) == ["a"]


def test_what_waited_keeps_its_own_moment(logbook, path):
    """A fact that waited is stored with the time at which it happened."""
    clock = HandClock()
    journal = Journal(logbook, stamp=clock.stamp, random=counted())
    logbook.fails = 1
    journal.write("s", Note("a"))
    clock.t_ms = 60_000
    journal.write("s", Note("b"))
    stamps = [fact.utc_ms for fact in logbook.facts()]
    assert stamps[1] - stamps[0] == 60_000


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=12))
def test_nothing_is_lost_doubled_or_turned_round(tmp_path_factory, script):
    """Whenever the logbook fails, and whether or not it had stored what it said it had not: each fact is there once."""
    path = tmp_path_factory.mktemp("journal") / "logbook.sqlite"
    with Logbook.open(path, random=counted()) as opened:
        logbook = FailingLogbook(opened)
        journal = Journal(logbook, stamp=HandClock().stamp, random=counted())
        for number, (fails, after) in enumerate(script):
            logbook.fails, logbook.after = fails, after
            journal.write("s", Note(str(number)))
        logbook.fails = 0
        assert journal.retry()
    assert texts(path) == [str(number) for number in range(len(script))]


def test_a_fact_that_is_none_is_refused_and_does_not_wait(journal, path):
    """What can never be stored is an error of the program, and does not stop what follows."""
    with pytest.raises(InvalidFact):
        journal.write("s", PainRated("before", 11))
    assert journal.pending == []
    assert journal.write("s", Note("a"))


# --- nowhere to write ----------------------------------------------------------------------------


def test_without_a_logbook_all_waits():
    """Where there is no logbook, the reason is the trouble, and every fact waits."""
    journal = Journal(None, stamp=HandClock().stamp, random=counted(), trouble="It is damaged.")
    assert journal.retry()  # nothing waits yet
    assert not journal.write("s", Note("a"))
    assert not journal.retry()
    assert (len(journal.pending), journal.trouble) == (1, "It is damaged.")


@pytest.mark.parametrize("how", ["read-only", "newer"])
def test_a_logbook_that_can_only_be_read_is_trouble(path, how):
    """A file that may not be written to, or that a newer version wrote, is said at once, and what is done waits."""
    with Logbook.open(path, random=counted()) as opened:
        failing = FailingLogbook(opened)
        failing.read_only, failing.why_read_only = True, f"It is {how}."
        journal = Journal(failing, stamp=HandClock().stamp, random=counted())
        assert journal.trouble == f"It is {how}."
        assert not journal.write("s", Note("a"))
        assert (len(journal.pending), journal.trouble) == (1, f"It is {how}.")
    assert texts(path) == []


def test_a_newer_file_is_trouble_in_truth(path):
    """A real file of a newer version is opened for reading, and its journal says to update."""
    import sqlite3

    Logbook.open(path, random=counted()).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with Logbook.open(path, random=counted()) as opened:
        journal = Journal(opened, stamp=HandClock().stamp, random=counted())
        assert "newer version" in journal.trouble
        assert not journal.write("s", Note("a"))


def test_a_closed_logbook_is_trouble(journal, logbook):
    """A file that was let go of raises nothing: what comes waits."""
    logbook.logbook.close()
    assert not journal.write("s", Note("a"))
    assert "is closed" in journal.trouble


# --- a damaged file ------------------------------------------------------------------------------


def test_damage_is_noticed_once_it_shows(journal, logbook):
    """Damage that a write meets is said in a sentence, and is to be repaired until the person was asked."""
    assert (journal.damaged, journal.to_repair) == ("", False)
    logbook.fails, logbook.error = 2, DamagedLogbook("It is damaged.")
    assert not journal.write("s", Note("a"))
    assert (journal.damaged, journal.to_repair) == ("It is damaged.", True)
    journal.asked = True
    assert not journal.retry()
    assert (journal.damaged, journal.to_repair) == ("It is damaged.", False)


def test_other_trouble_is_no_damage(journal, logbook):
    """A full disk is nothing that repairing helps."""
    logbook.fails = 1
    journal.write("s", Note("a"))
    journal.noticed(LogbookBusy("Another program holds it."))
    assert (journal.trouble, journal.damaged, journal.to_repair) == ("The disk is full.", "", False)


def test_trouble_in_the_words_that_were_handed_in(logbook):
    """What went wrong is put into words by whoever made the journal."""
    journal = Journal(
        logbook, stamp=HandClock().stamp, random=counted(), told=lambda error: f"{error.message} Do this."
    )
    logbook.fails = 1
    journal.write("s", Note("a"))
    assert journal.trouble == "The disk is full. Do this."


def test_it_goes_on_with_another_file(path, tmp_path):
    """Once the file is repaired, what waited is stored in it, in order and once, for all who hold the journal."""
    clock = HandClock()
    journal = Journal(None, stamp=clock.stamp, random=counted(), trouble="Damaged.", damaged="Damaged.")
    for text in "ab":
        journal.write("s", Note(text))
    with Logbook.open(path, random=counted()) as opened:
        journal.go_on_as(Journal(opened, stamp=clock.stamp, random=counted()))
        assert (journal.pending, journal.trouble, journal.damaged) == ([], "", "")
        assert journal.write("s", Note("c"))
    assert texts(path) == ["a", "b", "c"]


def test_what_could_not_be_repaired_goes_on_waiting():
    """Where the file is as it was, so is the trouble, and nothing that waits is gone."""
    clock = HandClock()
    journal = Journal(None, stamp=clock.stamp, random=counted(), trouble="Damaged.", damaged="Damaged.")
    journal.write("s", Note("a"))
    journal.go_on_as(Journal(None, stamp=clock.stamp, random=counted(), trouble="Still damaged.", damaged="Still."))
    assert (len(journal.pending), journal.trouble, journal.damaged) == (1, "Still damaged.", "Still.")


def test_it_lets_go_of_its_file(journal, logbook, path):
    """While the file is closed to be replaced, what comes waits."""
    journal.write("s", Note("a"))
    journal.let_go()
    journal.let_go()
    assert not journal.write("s", Note("b"))
    with Logbook.open(path, random=counted()) as opened:
        journal.go_on_as(Journal(opened, stamp=HandClock().stamp, random=counted()))
    assert texts(path) == ["a", "b"]


# --- the last resort -----------------------------------------------------------------------------


@pytest.fixture
def stuck():
    journal = Journal(None, stamp=HandClock().stamp, random=counted(), trouble="It is damaged.")
    for text in ("a", "zwei\nZeilen\N{SNOWMAN}"):
        journal.write("s", Note(text))
    return journal


def test_what_waits_can_be_rescued(stuck, tmp_path, path):
    """What waits is written into a file of one JSON object a line, which reads back as the same drafts."""
    file = stuck.rescue(tmp_path)
    assert file is not None
    assert file.parent == tmp_path
    drafts = [msgspec.json.decode(line, type=Draft) for line in file.read_bytes().splitlines()]
    assert drafts == stuck.pending
    with Logbook.open(path, random=counted()) as logbook:
        for draft in drafts:
            logbook.append(draft)
    assert texts(path) == ["a", "zwei\nZeilen\N{SNOWMAN}"]


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_a_rescue_is_for_the_person_alone(stuck, tmp_path):
    """Nobody else may read what was rescued, whatever the usual rights of new files are."""
    before = os.umask(0)
    try:
        file = stuck.rescue(tmp_path)
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_rescue_writes_over_nothing(stuck, tmp_path):
    """A file that stands there already, or a link, is left alone."""
    file = stuck.rescue(tmp_path)
    content = file.read_bytes()
    assert stuck.rescue(tmp_path) is None
    file.unlink()
    file.symlink_to(tmp_path / "elsewhere")
    assert stuck.rescue(tmp_path) is None
    assert not (tmp_path / "elsewhere").exists()
    assert content


def test_a_session_can_be_rescued_again_when_it_went_on(stuck, tmp_path):
    """A session that was rescued, went on and came into trouble again has a second file."""
    first = stuck.rescue(tmp_path)
    later = HandClock()
    later.t_ms = 60_000
    again = Journal(None, stamp=later.stamp, random=counted(), trouble="It is damaged.")
    again.write("s", Note("c"))
    second = again.rescue(tmp_path)
    assert second is not None
    assert second != first


def test_nothing_waiting_makes_no_file(journal, tmp_path):
    """Where nothing waits, no file is made."""
    journal.write("s", Note("a"))
    before = list(tmp_path.iterdir())
    assert journal.rescue(tmp_path) is None
    assert list(tmp_path.iterdir()) == before


def test_a_rescue_that_fails_says_so(stuck, tmp_path, monkeypatch):
    """Where no file can be made, or not to its end, there is none, nor a part of one."""
    assert stuck.rescue(tmp_path / "absent") is None

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert stuck.rescue(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


# --- the rest ------------------------------------------------------------------------------------


def test_a_rehearsal_takes_down_nothing(tmp_path):
    """In a rehearsal nothing is stored, nothing waits, and nothing is wrong."""
    journal = Rehearsal(stamp=HandClock().stamp, random=counted())
    assert journal.write(journal.new_session(), Note("a"))
    assert journal.retry()
    assert (journal.pending, journal.trouble, journal.rescue(tmp_path)) == ([], "", None)
    assert list(tmp_path.iterdir()) == []


def test_sessions_have_ids_of_their_own(journal):
    """Each session has another id, ordered by the moment of its beginning."""
    assert len({journal.new_session() for _ in range(50)}) == 50
    clock = HandClock()
    journal = Journal(None, stamp=clock.stamp, random=counted())
    first = journal.new_session()
    clock.t_ms = 1
    assert first < journal.new_session()


def test_today_is_the_local_day():
    """The day is that of the person's own clock: in Berlin it turns an hour before UTC."""
    clock = HandClock()
    journal = Journal(None, stamp=clock.stamp, random=counted())
    assert journal.today() == "2026-03-01"
    clock.t_ms = 11 * 3_600_000 - 1
    assert journal.today() == "2026-03-01"
    clock.t_ms += 1
    assert journal.today() == "2026-03-02"


def test_today_turns_when_the_person_says():
    """Where days start at four, a night still belongs to the day before."""
    clock = HandClock()
    journal = Journal(None, stamp=clock.stamp, random=counted(), day_starts_h=4)
    clock.t_ms = 15 * 3_600_000 - 1
    assert journal.today() == "2026-03-01"
    clock.t_ms += 1
    assert journal.today() == "2026-03-02"
