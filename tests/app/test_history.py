"""Past sessions on the screen: the list by day, one in full, what is said of it afterwards."""

from __future__ import annotations

import os
import unicodedata

import pytest
from textual.events import Paste
from textual.widgets import Static

from sessions import Logbook, LogbookUnwritable, Note, Withdrawal, draft
from sessions.records import ActivityLogged, ExercisePlanned, SessionBegun, SessionEnded, Stamp, WorkDone
from tests.app.pressing import press
from tests.past import HOUR_MS, NOON_MS, Past
from trainer.app.history import HistoryScreen
from trainer.app.history_filter import HistoryFilter
from trainer.app.home import HomeScreen
from trainer.app.note import NoteDialog, NoteField
from trainer.app.one_session import Lines, RatingDialog, SessionScreen
from trainer.app.session_list import PAGE, SessionList
from trainer.app.widgets.field import Field

SIDES = ("left", "right")
SIZE = (80, 24)
HOSTILE = "[L] a [/b] c [/]"
STEERING = "\x1b]0;owned\x07 \u202eback\u2066 [@click=app.quit]x[/] \x9b31m"


@pytest.fixture
def past(coach):
    return Past(coach.paths)


class Looking:
    """The history on the screen, with what one does and sees there."""

    def __init__(self, coach, pilot):
        self.coach, self.pilot, self.app = coach, pilot, coach.app

    async def open(self):
        await self.pilot.pause()
        await self.press("l")
        assert isinstance(self.app.screen, HistoryScreen)
        return self

    async def press(self, *keys):
        await press(self.pilot, *keys)

    async def search(self, text):
        await self.press("slash")
        self.app.screen.query_one(Field).value = text
        await self.pilot.pause()

    @property
    def list(self):
        return self.app.screen_stack[1].query_one(SessionList)

    @property
    def ids(self):
        return [option.id for option in self.list.options if option.id]

    @property
    def headings(self):
        return [str(option.prompt).strip() for option in self.list.options if not option.id]

    @property
    def chosen(self):
        return self.list.chosen.id if self.list.chosen is not None else None

    def shown(self):
        return self.coach.shown()

    def row(self, text):
        return next((line for line in self.shown().splitlines() if text in line), "")

    def key_line(self):
        return self.shown().splitlines()[-1]

    def notices(self):
        return [notice.message for notice in self.app._notifications]

    async def at(self, text):
        """Go to the line of one session that begins so."""
        lines = self.app.screen.query_one(Lines)
        number = next(n for n, option in enumerate(lines.options) if str(option.prompt).startswith(text))
        lines.highlighted = number
        await self.pilot.pause()

    def lines(self):
        return [str(option.prompt) for option in self.app.screen.query_one(Lines).options]


def steers(shown):
    return [
        char
        for char in shown
        if char != "\n"
        and (
            unicodedata.category(char) in ("Cc", "Cs")
            or unicodedata.bidirectional(char) in ("RLO", "LRI", "RLI", "LRO", "PDI", "PDF")
        )
    ]


# --- the list --------------------------------------------------------------------------------------


async def test_sessions_by_day(coach, past):
    """The latest first below their days, each with its time on its own clock, pain, name and what was done."""
    past.add("s1", 0)
    past.add("s2", 3, before=None, after=10)
    past.add("s3", 24, offset_min=-300, zone="America/New_York", before=None, after=None)
    past.add("s4", 30, what=[ActivityLogged("walk", "Walk", 1_200_000, "moderate")])
    async with coach.app.run_test(size=SIZE) as pilot:
        looking = await Looking(coach, pilot).open()
        assert looking.headings == ["Sun 1 Mar 2026", "Sat 28 Feb 2026"]
        assert looking.ids == ["s1", "s2", "s3", "s4"]
        shown = [line.rstrip(" ▁▂▃▄▅▆▇█") for line in looking.shown().splitlines()[1:7]]
        assert shown == [
            " Sun 1 Mar 2026",
            "  13:00   3 → 2   Desk break  2 min, 1 of 1 done",
            "  10:00   ? → 10  Desk break  2 min, 1 of 1 done",
            " Sat 28 Feb 2026",
            "  07:00           Desk break  2 min, 1 of 1 done",
            "  07:00           Walk  20 min, moderate",
        ]
        assert "pain before → after" in looking.shown().splitlines()[0]


@pytest.mark.parametrize("key", ["up", "down", "home", "end", "pageup", "pagedown"])
async def test_a_day_is_never_what_is_chosen(coach, past, key):
    """Whatever key moves, it stands on a session."""
    past.many(30, every_h=24)
    async with coach.app.run_test(size=SIZE) as pilot:
        looking = await Looking(coach, pilot).open()
        assert looking.chosen == "s1"
        for _ in range(5):
            await looking.press(key)
            assert looking.chosen is not None


async def test_the_day_of_what_is_chosen_is_seen(coach, past):
    """Going up to the first session of a day shows the day too."""
    past.many(24, every_h=24)
    async with coach.app.run_test(size=SIZE) as pilot:
        looking = await Looking(coach, pilot).open()
        await looking.press("end")  # two screens down
        for _ in range(23):
            await looking.press("up")
            assert looking.headings[looking.ids.index(looking.chosen)] in looking.shown()
        assert looking.chosen == "s1"


async def test_more_are_read_towards_the_end(coach, past):
    """Pages join without a gap, a doubled session or a doubled day, until all are there."""
    past.many(1000)
    async with coach.app.run_test(size=SIZE) as pilot:
        looking = await Looking(coach, pilot).open()
        assert len(looking.ids) == PAGE
        counts = []
        for _ in range(7):
            await looking.press("end")
            counts.append(len(looking.ids))
        assert counts == [400, 600, 800, 1000, 1000, 1000, 1000]
        assert looking.ids == [f"s{n}" for n in range(1, 1001)]
        assert len(set(looking.headings)) == len(looking.headings)
        assert looking.chosen == "s1000"
        await looking.press("home")
        assert looking.chosen == "s1"


@pytest.mark.parametrize("count", [PAGE - 1, PAGE, PAGE + 1, 2 * PAGE])
async def test_the_end_is_the_end(coach, past, count):
    """However many there are, the last is reached."""
    past.many(count)
    async with coach.app.run_test(size=SIZE) as pilot:
        looking = await Looking(coach, pilot).open()
        await looking.press("end", "end", "end")
        assert looking.chosen == f"s{count}"


async def test_the_wheel_reads_more_too(coach, past):
    """Scrolling without choosing comes to all sessions as well."""
    past.many(500)
    async with coach.app.run_test(size=SIZE) as pilot:
        looking = await Looking(coach, pilot).open()
        for _ in range(4):
            looking.list.scroll_end(animate=False, immediate=True)
            await pilot.pause()
        assert len(looking.ids) == 500
        assert looking.chosen == "s1"


async def test_a_session_that_is_there_already_is_not_listed_twice(coach, past):
    """One that came to be older while the list was open, as a sync may do, does no harm."""
    past.many(2 * PAGE)
    async with coach.app.run_test(size=SIZE) as pilot:
        looking = await Looking(coach, pilot).open()
        older = SessionBegun("desk-break", "Desk break", "h", (), 3)
        stamp = Stamp(NOON_MS - PAGE * 8 * HOUR_MS - 2 * HOUR_MS, 60, "")
        coach.kit.journal.logbook.append(draft("s5", older, stamp, os.urandom))
        await looking.press("end", "end")
        assert sorted(looking.ids) == sorted(f"s{n}" for n in range(1, 2 * PAGE + 1))


async def test_an_empty_logbook(coach):
    """It says so, and its keys do no harm."""
    async with coach.app.run_test(size=SIZE, notifications=True) as pilot:
        looking = await Looking(coach, pilot).open()
        assert "No sessions yet." in looking.shown()
        assert "Withdraw" not in looking.key_line()
        assert "Undo" not in looking.key_line()
        await looking.press("x", "u", "enter", "end", "up", "f", "enter", "slash", "w", "enter", "escape")
        assert "No sessions yet." in looking.shown()
        await looking.press("escape")
        assert isinstance(coach.app.screen, HomeScreen)


async def test_no_logbook(coach):
    """What is wrong is told in full, however long the path, and nothing fails."""
    coach.paths.data.mkdir(parents=True)
    coach.paths.logbook.write_bytes(b"something of mine")
    async with coach.app.run_test(size=(40, 15)) as pilot:
        looking = await Looking(coach, pilot).open()
        said = "".join(line.strip() for line in looking.shown().splitlines())
        assert "".join(f"{coach.paths.logbook} is not a logbook".split()) in "".join(said.split())
        await looking.press("x", "u", "f", "enter", "slash", "w", "enter", "escape", "escape")
        assert isinstance(coach.app.screen, HomeScreen)


async def test_a_logbook_that_fails_while_it_is_read(coach, past, monkeypatch):
    """What goes wrong is told, the list stays, and the next key tries again."""
    past.many(300)
    async with coach.app.run_test(size=SIZE, notifications=True) as pilot:
        looking = await Looking(coach, pilot).open()
        with monkeypatch.context() as failing:

            def fail(*_, **__):
                raise LogbookUnwritable("The disk failed.")

            failing.setattr(Logbook, "find", fail)
            await looking.press("end")
            assert looking.notices() == ["The disk failed."]
            assert len(looking.ids) == PAGE
        await looking.press("up", "end")
        assert len(looking.ids) == 300


async def test_a_person_with_a_name(coach, past):
    """Whose log it is stands above it."""
    past.add("s1")
    async with coach.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        coach.kit.paths = coach.kit.paths.of("anna")
        await pilot.press("l")
        await pilot.pause()
        assert coach.shown().startswith(" Log of anna")


# --- searching and filtering -----------------------------------------------------------------------


async def test_searching(coach, past):
    """What is typed is looked for at once; Enter goes to what was found; Escape shows all, then leaves."""
    past.add("s1", 1, note="knee felt stiff")
    past.add("s2", 2, name="Big three", routine="big-three", exercise="bird-dog", exercise_name="Bird dog")
    async with coach.app.run_test(size=SIZE) as pilot:
        looking = await Looking(coach, pilot).open()
        await looking.press("slash")
        await looking.press(*"stiff")
        assert looking.ids == ["s1"]
        await looking.press("enter")
        assert looking.chosen == "s1"
        assert coach.app.screen.focused is looking.list
        await looking.press("escape")
        assert looking.ids == ["s1", "s2"]
        assert not coach.app.screen.query_one(Field).display
        await looking.search("exercise:bird")
        assert looking.ids == ["s2"]
        await looking.press("escape", "escape")
        assert isinstance(coach.app.screen, HomeScreen)


async def test_keys_are_letters_in_the_field(coach, past):
    """While something is typed, no letter does anything else."""
    past.add("s1")
    async with coach.app.run_test(size=SIZE) as pilot:
        looking = await Looking(coach, pilot).open()
        await looking.press("slash")
        await looking.press(*"lqxuftym")
        assert coach.app.screen.query_one(Field).value == "lqxuftym"
        assert isinstance(coach.app.screen, HistoryScreen)


async def test_a_search_that_finds_nothing(coach, past):
    """It says so and how to go on; the list can be left and entered, and Escape shows all again."""
    past.add("s1")
    async with coach.app.run_test(size=SIZE) as pilot:
        looking = await Looking(coach, pilot).open()
        await looking.search("zebra")
        assert "No session fits. Escape shows all." in looking.shown()
        assert looking.ids == []
        await looking.press("enter", "down", "up", "end", "enter", "x")
        assert "No session fits." in looking.shown()
        await looking.press("escape")
        assert looking.ids == ["s1"]
        assert "No session fits." not in looking.shown()
        assert looking.chosen == "s1"


async def test_a_term_that_cannot_be_read(coach, past):
    """What is allowed is said below the field, and all is shown; it goes as soon as it can be read."""
    past.add("s1")
    async with coach.app.run_test(size=SIZE) as pilot:
        looking = await Looking(coach, pilot).open()
        await looking.search("pain:11")
        assert "pain: allowed: 0 to 10" in looking.shown()
        assert looking.ids == ["s1"]
        await looking.search("pain:3")
        assert "allowed" not in looking.shown()
        assert looking.ids == ["s1"]


async def test_pages_of_what_fits(coach, past):
    """Paging goes on within what was found."""
    past.many(3 * PAGE)
    async with coach.app.run_test(size=SIZE) as pilot:
        looking = await Looking(coach, pilot).open()
        await looking.search("plank")
        await looking.press("enter", "end", "end", "end", "end")
        assert looking.ids == [f"s{n}" for n in range(1, 3 * PAGE + 1)]
        await looking.search("pain:8")
        await looking.press("enter", "end", "end")
        assert looking.ids == [f"s{n}" for n in range(10, 3 * PAGE + 1, 10)]
        await looking.press("escape")
        assert len(looking.ids) == PAGE


async def test_the_filter_writes_the_search(coach, past):
    """Each row is one choice; Enter shows what fits, and what was typed stays."""
    past.add("s1", 1, note="stiff", before=6)
    past.add("s2", 2, name="Big three", routine="big-three", note="stiff", before=6)
    past.add("s3", 3)
    async with coach.app.run_test(size=SIZE) as pilot:
        looking = await Looking(coach, pilot).open()
        await looking.search("stiff")
        await looking.press("enter", "f")
        assert isinstance(coach.app.screen, HistoryFilter)
        await looking.press("right", "down", "down", "right", "down", "right", "right", "right", "enter")
        assert coach.app.screen.query_one(Field).value == "stiff routine:desk-break since:2026-02-01 pain:5"
        assert looking.ids == ["s1"]
        await looking.press("f", "x", "enter")
        assert coach.app.screen.query_one(Field).value == "stiff"
        assert looking.ids == ["s1", "s2"]


@pytest.mark.parametrize("key", ["escape", "f"])
async def test_the_filter_is_left_as_it_was(coach, past, key):
    """Going back changes nothing, whatever was chosen."""
    past.add("s1")
    async with coach.app.run_test(size=SIZE) as pilot:
        looking = await Looking(coach, pilot).open()
        await looking.press("f", "right", "down", "left", key)
        assert looking.ids == ["s1"]
        assert coach.app.screen.query_one(Field).value == ""


async def test_the_filter_begins_with_what_is_asked(coach, past):
    """What was typed is chosen already, a day that no row offers included."""
    past.add("s1", before=6)
    async with coach.app.run_test(size=SIZE) as pilot:
        looking = await Looking(coach, pilot).open()
        await looking.search("since:2025-01-02 until:2026-03-05 pain:4 exercise:plank")
        await looking.press("enter", "f")
        shown = looking.shown()
        for text in ("‹ Plank ›", "‹ 2025-01-02 ›", "‹ 2026-03-05 ›", "‹ 4 or more ›", "Routine   ‹ any ›"):
            assert text in shown, text
        await looking.press("enter")
        value = coach.app.screen.query_one(Field).value
        assert value == "exercise:plank since:2025-01-02 until:2026-03-05 pain:4"


# --- withdrawing -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("which", "left", "chosen"), [("s1", ["s2", "s3"], "s2"), ("s2", ["s1", "s3"], "s3"), ("s3", ["s1", "s2"], "s2")]
)
async def test_withdrawing_and_bringing_back(coach, past, which, left, chosen):
    """It leaves the list, the next one is chosen, or the one before the end; u brings it back in its place."""
    for number in (1, 2, 3):
        past.add(f"s{number}", number * 24)
    async with coach.app.run_test(size=SIZE, notifications=True) as pilot:
        looking = await Looking(coach, pilot).open()
        looking.list.choose(which)
        await looking.press("x")
        assert (looking.ids, looking.chosen) == (left, chosen)
        assert len(looking.headings) == 2
        assert "Undo" in looking.key_line()
        assert "It counts nowhere. u brings it back." in looking.notices()[-1]
        assert coach.kit.journal.logbook.session(which).row.withdrawn
        await looking.press("u")
        assert (looking.ids, looking.chosen) == (["s1", "s2", "s3"], which)
        assert "Undo" not in looking.key_line()
        assert looking.notices()[-1].startswith("Back again: Desk break, 2026-02-")
        assert not coach.kit.journal.logbook.session(which).row.withdrawn


async def test_withdrawing_the_only_session(coach, past):
    """The list is empty then and says so, and u brings it back."""
    past.add("s1")
    async with coach.app.run_test(size=SIZE) as pilot:
        looking = await Looking(coach, pilot).open()
        await looking.press("x")
        assert "No sessions yet." in looking.shown()
        await looking.press("x", "enter", "u")
        assert looking.chosen == "s1"
        assert "No sessions yet." not in looking.shown()


async def test_what_was_withdrawn_comes_back_one_by_one(coach, past):
    """The last one first, as often as something was withdrawn."""
    past.many(6)
    async with coach.app.run_test(size=SIZE) as pilot:
        looking = await Looking(coach, pilot).open()
        await looking.press("x", "down", "x", "x")
        assert looking.ids == ["s2", "s5", "s6"]
        await looking.press("u", "u", "u", "u", "u")
        assert looking.ids == [f"s{n}" for n in range(1, 7)]
        assert looking.chosen == "s1"


async def test_a_place_far_down_is_kept(coach, past):
    """Withdrawing the five hundredth session leaves the person there, and so does bringing it back."""
    past.many(700)
    async with coach.app.run_test(size=SIZE) as pilot:
        looking = await Looking(coach, pilot).open()
        await looking.press("end", "end", "end")
        looking.list.choose("s500")
        await pilot.pause()
        top = looking.list.scroll_offset.y
        await looking.press("x")
        assert looking.chosen == "s501"
        assert abs(looking.list.scroll_offset.y - top) <= 2
        assert len(looking.ids) == 699
        await looking.press("u")
        assert looking.chosen == "s500"
        await looking.press("end", "end")
        assert looking.ids == [f"s{n}" for n in range(1, 701)]


async def test_more_are_read_after_one_was_withdrawn(coach, past):
    """A list that is one short goes on to the end all the same."""
    past.many(PAGE + 50)
    async with coach.app.run_test(size=SIZE) as pilot:
        looking = await Looking(coach, pilot).open()
        await looking.press("x", "end", "end")
        assert looking.ids == [f"s{n}" for n in range(2, PAGE + 51)]


async def test_withdrawn_in_full_view_and_brought_back_from_the_list(coach, past):
    """What was withdrawn on the page of one session is known to the list."""
    past.many(3)
    async with coach.app.run_test(size=SIZE, notifications=True) as pilot:
        looking = await Looking(coach, pilot).open()
        await looking.press("enter", "x")
        assert "Withdrawn: it counts nowhere." in looking.lines()
        assert "Undo" in looking.key_line()
        assert "Withdraw" not in looking.key_line()
        await looking.press("escape")
        assert (looking.ids, looking.chosen) == (["s2", "s3"], "s2")
        await looking.press("u")
        assert (looking.ids, looking.chosen) == (["s1", "s2", "s3"], "s1")


async def test_withdrawn_and_brought_back_in_full_view(coach, past):
    """The page says both, and the list is as before."""
    past.many(3)
    async with coach.app.run_test(size=SIZE, notifications=True) as pilot:
        looking = await Looking(coach, pilot).open()
        await looking.press("enter", "x", "u")
        assert looking.notices() == ["Withdrawn: it counts nowhere. u brings it back.", "It counts again."]
        assert "Withdrawn: it counts nowhere." not in looking.lines()
        await looking.press("escape")
        assert (looking.ids, looking.chosen) == (["s1", "s2", "s3"], "s1")
        assert "Undo" not in looking.key_line()


async def test_a_session_that_was_withdrawn_twice(coach, past, tmp_path):
    """One that another machine withdrew too comes back by one key."""
    past.add("s1")
    async with coach.app.run_test(size=SIZE) as pilot:
        looking = await Looking(coach, pilot).open()
        logbook = coach.kit.journal.logbook
        with Logbook.open(tmp_path / "other.sqlite", random=os.urandom) as other:
            other.take_in(list(logbook.facts()))
            other.append(draft("s1", Withdrawal("s1"), Stamp(NOON_MS, 0, ""), os.urandom))
            await looking.press("x")
            logbook.take_in(list(other.facts()))
        assert len(logbook.withdrawals("s1")) == 2
        await looking.press("u")
        assert looking.ids == ["s1"]
        assert not logbook.session("s1").row.withdrawn


@pytest.mark.parametrize("where", ["list", "page"])
async def test_a_withdrawal_that_is_not_stored(coach, past, monkeypatch, where):
    """It is said that it is not saved yet, and not that it is withdrawn."""
    past.add("s1")
    async with coach.app.run_test(size=SIZE, notifications=True) as pilot:
        looking = await Looking(coach, pilot).open()
        if where == "page":
            await looking.press("enter")

        def full(*_):
            raise LogbookUnwritable("The disk is full.")

        monkeypatch.setattr(Logbook, "append", full)
        await looking.press("x")
        assert looking.notices() == ["Not saved yet: The disk is full."]
        if where == "page":
            await looking.press("escape")
        assert looking.ids == ["s1"]


# --- one session in full ---------------------------------------------------------------------------


async def test_a_rating_is_corrected(coach, past):
    """The scale begins with what was rated; the page and the row behind it show the new one."""
    past.many(3)
    async with coach.app.run_test(size=SIZE) as pilot:
        looking = await Looking(coach, pilot).open()
        await looking.press("down", "enter")
        await looking.at("Before: pain 3")
        await looking.press("enter")
        assert isinstance(coach.app.screen, RatingDialog)
        assert "Pain before it?" in looking.shown()
        assert "[3]" in looking.shown()
        await looking.press("t")
        assert "Before: pain 10 of 10 (corrected)" in looking.lines()
        await looking.press("escape")
        assert looking.chosen == "s2"
        assert "10 → 2" in looking.row("21:00")
        assert coach.kit.journal.logbook.session("s2").row.pain_before == 10


async def test_a_rating_is_given_where_none_was(coach, past):
    """Before, after, the next morning, and after an exercise."""
    past.add("s1", before=None, after=None)
    async with coach.app.run_test(size=SIZE) as pilot:
        looking = await Looking(coach, pilot).open()
        await looking.press("enter")
        for line, question, key in (
            ("Before", "Pain before it?", "4"),
            ("After", "Pain after it?", "0"),
            ("Next morning", "Pain the next morning?", "1"),
            ("Plank: done", "Pain after Plank?", "2"),
        ):
            await looking.at(line)
            await looking.press("enter")
            assert question in looking.shown()
            assert "[" not in looking.row("│  5  │")
            await looking.press(key)
        found = [line for line in looking.lines() if "ain " in line]
        assert found == [
            "Before: pain 4 of 10",
            "After: pain 0 of 10",
            "Next morning: pain 1 of 10",
            "Plank: done. Pain 2 of 10",
        ]
        await looking.press("escape")
        assert "4 → 0" in looking.row("Desk break")


@pytest.mark.parametrize("key", ["escape", "l"])
async def test_a_rating_is_left_as_it_is(coach, past, key):
    """Going back, or later, says nothing."""
    past.add("s1")
    before = past.session("s1")
    async with coach.app.run_test(size=SIZE) as pilot:
        looking = await Looking(coach, pilot).open()
        await looking.press("enter", "enter", key)
        assert isinstance(coach.app.screen, SessionScreen)
    assert past.session("s1") == before


async def test_the_same_rating_again(coach, past):
    """It is said that it says so already, and nothing is stored."""
    past.add("s1")
    before = past.session("s1")
    async with coach.app.run_test(size=SIZE, notifications=True) as pilot:
        looking = await Looking(coach, pilot).open()
        await looking.press("enter", "enter", "3")
        assert looking.notices() == ["That is what it says already."]
    assert past.session("s1") == before


async def test_the_place_on_the_page_is_kept(coach, past):
    """After a correction in the middle of a long page it stands where it stood."""
    many = [ExercisePlanned(n, f"e{n}", f"Exercise {n}", "1", 1) for n in range(40)]
    works = [WorkDone(n, n, f"e{n}", f"Exercise {n}", 1, 1, "none", "done", 1, 1, 1, None, None) for n in range(40)]
    past.add("s1", what=[SessionBegun("r", "R", "h", tuple(many), 40), *works, SessionEnded("finished")])
    async with coach.app.run_test(size=SIZE) as pilot:
        looking = await Looking(coach, pilot).open()
        await looking.press("enter")
        await looking.at("Exercise 30")
        await looking.press("up", "up", "up")
        lines = coach.app.screen.query_one(Lines)
        stood = lines.highlighted, lines.scroll_offset.y
        assert stood[1] > 0
        await looking.press("enter", "5")
        assert (lines.highlighted, lines.scroll_offset.y) == stood
        assert "Exercise 27: done. Pain 5 of 10" in looking.shown()


async def test_what_was_done_cannot_be_changed(coach, past):
    """Enter on what is no rating and no note says what can be done instead."""
    past.add("s1")
    async with coach.app.run_test(size=SIZE, notifications=True) as pilot:
        looking = await Looking(coach, pilot).open()
        await looking.press("enter")
        await looking.at("– Plank: done, 30 of 30 s")
        await looking.press("enter")
        assert looking.notices() == ["What was done stays as it is. A note can say more."]


async def test_notes_of_several_lines(coach, past):
    """A note is written in lines, corrected as it stands, and taken out by emptying it."""
    past.add("s1")
    async with coach.app.run_test(size=SIZE, notifications=True) as pilot:
        looking = await Looking(coach, pilot).open()
        await looking.press("enter", "end", "enter")
        assert isinstance(coach.app.screen, NoteDialog)
        await looking.press(*"one", "ctrl+j", *"two", "enter")
        assert [note.text for note in coach.kit.journal.logbook.session("s1").notes] == ["one\ntwo"]
        await looking.at("two")
        await looking.press("enter")
        assert "one" in looking.shown()
        await looking.press("shift+enter", *"three", "enter")
        (note,) = coach.kit.journal.logbook.session("s1").notes
        assert (note.text, note.corrected) == ("one\ntwo\nthree", True)
        await looking.at("one")
        await looking.press("enter", "f7", "backspace", "enter")
        assert coach.kit.journal.logbook.session("s1").notes == ()
        assert looking.notices()[-1] == "The note is taken out; what it said is kept."


@pytest.mark.parametrize("keys", [["escape"], ["enter"], ["space", "ctrl+j", "enter"], [*"lost", "escape"]])
async def test_no_note_is_made_of_nothing(coach, past, keys):
    """Blanks are no note, and Escape keeps none."""
    past.add("s1")
    async with coach.app.run_test(size=SIZE, notifications=True) as pilot:
        looking = await Looking(coach, pilot).open()
        await looking.press("enter", "end", "enter", *keys)
        assert isinstance(coach.app.screen, SessionScreen)
        assert looking.notices() == []
        await looking.press("escape")
    assert past.session("s1").notes == ()


async def test_a_long_note(coach, past):
    """Ten thousand characters are kept and read again; more are refused with the number, and stay in the field."""
    past.add("s1")
    async with coach.app.run_test(size=SIZE, notifications=True) as pilot:
        looking = await Looking(coach, pilot).open()
        await looking.press("enter", "end", "enter")
        coach.app.screen.query_one(NoteField).text = "word " * 2_000 + "x"
        await looking.press("enter")
        assert looking.notices() == ["A note holds 10,000 characters; this one has 10,001."]
        coach.app.screen.query_one(NoteField).text = "word " * 1_999 + "words"
        await looking.press("enter")
        assert isinstance(coach.app.screen, SessionScreen)
        assert len(coach.kit.journal.logbook.session("s1").notes[0].text) == 10_000


async def test_a_paste_into_a_note(coach, past):
    """Line ends of any kind are lines, and what steers a terminal is replaced before it is seen or kept."""
    past.add("s1")
    async with coach.app.run_test(size=SIZE) as pilot:
        looking = await Looking(coach, pilot).open()
        await looking.press("enter", "end", "enter", *"ab", "left")
        coach.app.screen.query_one(NoteField).post_message(Paste(f"1\r2\r\n3{STEERING}{HOSTILE}"))
        await pilot.pause()
        assert not steers(looking.shown())
        assert HOSTILE in looking.shown()
        await looking.press("x", "enter")
        (note,) = coach.kit.journal.logbook.session("s1").notes
        assert note.text.startswith("a1\n2\n3\ufffd]0;owned\ufffd")
        assert note.text.endswith(f"{HOSTILE}xb")


async def test_a_correction_that_is_not_stored(coach, past, monkeypatch):
    """It is said, what is shown is what is stored, and it comes with the next one that can be stored."""
    past.add("s1")
    async with coach.app.run_test(size=SIZE, notifications=True) as pilot:
        looking = await Looking(coach, pilot).open()
        await looking.press("enter")
        with monkeypatch.context() as failing:

            def full(*_):
                raise LogbookUnwritable("The disk is full.")

            failing.setattr(Logbook, "append", full)
            await looking.press("enter", "7")
            assert looking.notices() == ["Not saved yet: The disk is full."]
            assert "Before: pain 3 of 10" in looking.lines()
        await looking.at("After")
        await looking.press("enter", "1")
        assert "Before: pain 7 of 10 (corrected)" in looking.lines()


async def test_a_session_that_is_gone(coach, past):
    """One that cannot be read is left again rather than failing."""
    past.add("s1")
    async with coach.app.run_test(size=SIZE) as pilot:
        looking = await Looking(coach, pilot).open()
        coach.app.push_screen(SessionScreen("no-such"))
        await pilot.pause()
        await pilot.pause()
        assert isinstance(coach.app.screen, HistoryScreen)
        assert looking.ids == ["s1"]


# --- any size, any text ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "size", [(120, 40), (40, 15), (30, 8), (10, 3), (1, 1)], ids=lambda size: f"{size[0]}x{size[1]}"
)
async def test_any_size(make_coach, size):
    """List, search, filter, page, scale and note are painted at every size, without motion too."""
    coach = make_coach(motion="reduced")
    past = Past(coach.paths)
    past.many(40)
    async with coach.app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        looking = await Looking(coach, pilot).open()
        for keys in (["end"], ["slash", "p"], ["enter"], ["f", "right"], ["escape"], ["escape"], ["x"], ["u"]):
            await looking.press(*keys)
        for keys in (["enter"], ["enter"], ["5"], ["end", "enter"], ["a", "enter"], ["question_mark"]):
            await looking.press(*keys)
        await pilot.resize_terminal(80, 24)
        await looking.press("escape", "escape")
        assert isinstance(coach.app.screen, HistoryScreen)
        assert "Desk break" in looking.shown()


async def test_pain_is_seen_in_a_narrow_terminal(coach, past):
    """At 40 columns each row still has its time, its pain and the beginning of its name."""
    past.add("s1", name="Core, spine and glutes, the long form")
    async with coach.app.run_test(size=(40, 15)) as pilot:
        looking = await Looking(coach, pilot).open()
        assert "13:00   3 → 2   Core, spine and" in looking.shown()


async def test_hostile_text(coach, past):
    """Names, ids, notes, zones, searches, people and notices are shown as text and steer nothing."""
    hostile = f"{HOSTILE}{STEERING}"
    past.add(
        f"id {hostile}"[:100],
        zone=hostile[:100],
        name=hostile,
        routine=f"r {hostile}"[:100],
        exercise=f"e {hostile}"[:100],
        exercise_name=hostile,
        note=f"{hostile}\n{hostile}",
    )
    past.add("s2", 30, what=[ActivityLogged("walk", hostile, 1_200_000, "moderate"), Note(hostile)])
    async with coach.app.run_test(size=(160, 50), notifications=True, tooltips=True) as pilot:
        looking = await Looking(coach, pilot).open()

        async def look(*keys):
            await looking.press(*keys)
            assert not steers(looking.shown())
            assert HOSTILE in " ".join(looking.shown().split()), (keys, coach.app.screen)
            assert "owned" not in coach.app.title

        await look()
        await pilot.hover("#sessions", offset=(5, 1))
        await look("f", "right", "down", "right")
        await look("enter")
        assert len(looking.ids) == 1
        assert not coach.app.screen.query_one("#hint", Static).display
        await look("escape")
        await looking.search(f"{hostile} pain:{HOSTILE} routine:x[/]")
        await look()
        await look("escape", "x")
        await look("u")
        await look("enter")
        await look("end", "enter")
        coach.app.screen.query_one(NoteField).text = HOSTILE
        await look("enter")
        await looking.at("[L]")
        await looking.press("escape", "enter")
        number = next(
            n for n, line in enumerate(looking.lines()) if line.startswith(f"{HOSTILE}") and "Not rated" in line
        )
        coach.app.screen.query_one(Lines).highlighted = number
        await look("enter")
        await look("5")
        await look("x")
        await look("u")


async def test_sides_are_rated_apart_afterwards(coach, past):
    """Of an exercise with two sides each can be rated, where none was."""
    planned = (ExercisePlanned(0, "clam", "Clam", "20 a side", 2),)
    works = [WorkDone(n, 0, "clam", "Clam", 1, 1, side, "done", 1, None, 9_000, 20, 20) for n, side in enumerate(SIDES)]
    past.add("s1", what=[SessionBegun("hips", "Hips", "h", planned, 4), *works, SessionEnded("finished", "", 18_000)])
    async with coach.app.run_test(size=SIZE) as pilot:
        looking = await Looking(coach, pilot).open()
        await looking.press("enter")
        await looking.at("Clam: done")
        await looking.press("enter", "a", "4")
        assert "Right side. Pain after Clam?" in looking.shown()
        await looking.press("1")
        found = [(row.side, row.nrs) for row in coach.kit.journal.logbook.session("s1").ratings]
        assert found == [("left", 4), ("right", 1)]
        assert "left side: pain 4 of 10" in " ".join(looking.lines())
