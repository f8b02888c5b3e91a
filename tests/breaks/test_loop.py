"""The loop: when breaks are offered, and what becomes of those that are not."""

from __future__ import annotations

import pytest

from sessions.breaks import BreakSettled, ClockChanged, Rested, WatchBegun
from tests.breaks.week import DAY, HOUR, MINUTE, OFFICE, Desk, HeadsUp, Offer, Over, at, offset_in, practises
from trainer.breaks.events import Noted
from trainer.breaks.settings import At, Breaks, Hours

MONDAY = "2026-03-02 09:00"


def desk(begins: str = MONDAY, *, idle: bool = True, **wishes: object) -> Desk:
    return Desk(Breaks(**wishes), begins, idle=idle).begin()  # type: ignore[arg-type]


def test_every_hour_with_a_word_before() -> None:
    one = desk(hours=OFFICE)
    one.answer = practises
    one.until("2026-03-02 18:00")
    assert one.offers == ["Mon 10:00", "Mon 11:02", "Mon 12:04", "Mon 14:30", "Mon 15:32", "Mon 16:34"]
    assert one.told(HeadsUp)[:2] == ["Mon 09:59:30", "Mon 11:01:30"]
    assert one.settled == [("taken", "")] * 6


def test_without_hours_as_long_as_it_is_open() -> None:
    one = desk("2026-03-01 22:40")
    one.answer = practises
    one.run(2 * HOUR)
    assert one.offers == ["Sun 23:40"]


def test_at_fixed_times_only() -> None:
    one = desk("2026-03-02 08:50", idle=False, every_min=0, at=(At("10:00"), At("15:00", "back-basics", ("mon",))))
    one.answer = practises
    one.run(2 * DAY)
    assert one.offers == ["Mon 10:00", "Mon 15:00", "Tue 10:00"]
    routines = [event.due.routine for _, _, event in one.said if isinstance(event, Offer)]
    assert routines == ["desk-break", "back-basics", "desk-break"]


def test_routines_in_turn() -> None:
    """What was skipped had its turn; what was slept through had not."""
    one = desk(routines=("a", "b", "c"))
    one.answer = practises
    one.run(HOUR)
    one.answer = lambda this, due: this.take(this.loop.skip(this.now))
    one.run(HOUR + MINUTE)
    one.answer = None
    one.run(HOUR + MINUTE)
    one.pass_time(10 * MINUTE)
    one.tick()
    one.run(HOUR + MINUTE)
    routines = [event.due.routine for _, _, event in one.said if isinstance(event, Offer)]
    assert routines == ["a", "b", "c", "c"]


def test_the_counted_one_gives_way_to_a_fixed_time() -> None:
    """Due at 14:40, it waits for 15:00; due at 14:20, it comes, and so does the one at 15:00."""
    one = desk("2026-03-02 13:40", at=(At("15:00", "back-basics"),))
    one.run(90 * MINUTE)
    assert one.offers == ["Mon 15:00"]
    other = desk("2026-03-02 13:20", at=(At("15:00", "back-basics"),))
    other.answer = practises
    other.run(2 * HOUR)
    assert other.offers == ["Mon 14:20", "Mon 15:00"]


def test_a_fixed_time_right_after_a_rest_is_done_already() -> None:
    one = desk("2026-03-02 14:00", at=(At("15:00", "back-basics"),), every_min=0)
    one.run(50 * MINUTE)
    one.by_hand()
    one.run(HOUR)
    assert one.offers == []


def test_postponed_three_times_at_most() -> None:
    one = desk()
    for times in range(3):
        one.until("2026-03-02 10:00") if not times else one.run(5 * MINUTE)
        assert one.loop.may_postpone(one.utc_ms)
        one.take(one.loop.postpone(one.now))
    one.run(5 * MINUTE)
    assert one.offers == ["Mon 10:00", "Mon 10:05", "Mon 10:10", "Mon 10:15"]
    assert not one.loop.may_postpone(one.utc_ms)
    assert one.loop.postpone(one.now) == []
    assert len({event.due.due_ms for _, _, event in one.said if isinstance(event, Offer)}) == 1
    one.practise()
    one.run(61 * MINUTE)
    assert one.loop.may_postpone(one.utc_ms)


def test_skipped_the_hour_counts_from_then() -> None:
    one = desk()
    one.run(HOUR)
    one.take(one.loop.skip(one.now))
    one.run(HOUR)
    assert one.offers == ["Mon 10:00", "Mon 11:00"]


def test_skipped_beforehand() -> None:
    """The next hour counts from where the break would have been."""
    one = desk()
    one.run(30 * MINUTE)
    one.take(one.loop.skip(one.now))
    one.run(2 * HOUR)
    assert one.offers == ["Mon 11:00"]
    assert one.settled == [("skipped", "")]


def test_started_before_it_is_due() -> None:
    one = desk()
    one.run(50 * MINUTE)
    one.practise()
    one.run(61 * MINUTE)
    assert one.offers == ["Mon 10:52"]
    assert one.settled == [("taken", "")]


def test_stopped_at_once_it_is_still_due() -> None:
    one = desk()
    one.run(HOUR)
    one.practise(10_000, moved=False)
    one.run(MINUTE)
    assert one.settled == []
    assert one.loop.state(one.utc_ms).kind == "due"


@pytest.mark.parametrize(("away_min", "offers"), [(4, ["Mon 10:00"]), (6, ["Mon 10:36"])])
def test_away_counts_as_a_break(away_min: int, offers: list[str]) -> None:
    """From five minutes on; the hour starts again with the return."""
    one = desk()
    one.run(30 * MINUTE)
    one.leave()
    one.run(away_min * MINUTE)
    one.return_()
    one.run(61 * MINUTE)
    assert one.offers == offers
    rests = [body for _, body in one.facts if isinstance(body, Rested)]
    assert [round((body.until_ms - body.from_ms) / MINUTE) for body in rests] == ([6] if away_min == 6 else [])


def test_away_when_it_is_due() -> None:
    """Nobody is there to be told; it counts as taken, and nothing is heard of it on return."""
    one = desk()
    one.run(57 * MINUTE)
    one.leave()
    one.run(20 * MINUTE)
    one.return_()
    one.run(50 * MINUTE)
    assert one.settled == [("away", "")]
    assert one.told(Over) == ["Mon 10:02"]
    one.run(11 * MINUTE)
    assert one.offers == ["Mon 10:00", "Mon 11:17"]


def test_away_over_night_is_one_rest() -> None:
    one = desk("2026-03-02 16:30")
    one.run(10 * MINUTE)
    one.leave()
    one.run(16 * HOUR)
    one.return_()
    one.run(MINUTE)
    assert one.settled == [("away", "")]
    assert len([1 for _, body in one.facts if isinstance(body, Rested)]) == 1
    one.run(HOUR)
    assert one.offers == ["Tue 09:40"]


def test_not_in_the_middle_of_typing() -> None:
    """It waits for a pause, for three minutes at most."""
    one = desk()
    one.run(HOUR - MINUTE)
    one.typing = True
    one.run(10 * MINUTE)
    assert one.offers == ["Mon 10:03"]
    other = desk()
    other.run(HOUR - MINUTE)
    other.typing = True
    other.run(62_000)
    other.typing = False
    other.run(MINUTE)
    assert other.offers == ["Mon 10:00:07"]


def test_asleep_for_longer_than_the_interval() -> None:
    """The break is dropped, with its reason; nothing waits in a queue."""
    one = desk()
    one.run(30 * MINUTE)
    one.pass_time(3 * HOUR)
    one.tick()
    assert one.settled == [("dropped", "asleep")]
    one.run(59 * MINUTE)
    assert one.offers == []
    one.run(2 * MINUTE)
    assert one.offers == ["Mon 13:30"]


def test_asleep_for_longer_than_a_rest() -> None:
    one = desk()
    one.run(50 * MINUTE)
    one.pass_time(20 * MINUTE)
    one.tick()
    assert one.settled == [("away", "")]
    one.run(61 * MINUTE)
    assert one.offers == ["Mon 11:10"]


def test_asleep_for_a_moment() -> None:
    """One reminder on return."""
    one = desk(idle=False)
    one.run(58 * MINUTE)
    one.pass_time(4 * MINUTE)
    one.tick()
    one.run(MINUTE)
    assert one.offers == ["Mon 10:02"]
    assert one.settled == []


def test_a_sleep_over_many_fixed_times_is_one_fact() -> None:
    one = desk(every_min=0, at=tuple(At(f"{hour}:00") for hour in range(10, 18)))
    one.run(30 * MINUTE)
    one.pass_time(6 * HOUR + 10 * MINUTE)
    one.run(10 * MINUTE)
    assert one.offers == []
    (fact,) = [body for _, body in one.facts if isinstance(body, BreakSettled)]
    assert (fact.how, fact.why, fact.count, fact.due_ms, fact.slot) == (
        "dropped",
        "asleep",
        6,
        at("2026-03-02 10:00"),
        "2026-03-02T15:00",
    )
    one.run(30 * MINUTE)
    assert one.offers == ["Mon 16:00"]


@pytest.mark.parametrize("by", [3 * HOUR, -3 * HOUR, 40 * MINUTE, -10_000])
def test_the_clock_is_set(by: int) -> None:
    """What counts is the time that really passed, whatever the clock on the wall says then."""
    one = desk()
    one.run(30 * MINUTE)
    one.utc_ms += by
    one.run(30 * MINUTE - 1)
    assert one.offers == []
    one.run(MINUTE)
    assert len(one.offers) == 1
    assert [body.by_ms for _, body in one.facts if isinstance(body, ClockChanged)] == [by]
    assert one.settled == []


def test_the_clock_is_set_while_a_break_waits() -> None:
    one = desk()
    one.run(HOUR)
    one.utc_ms -= 2 * HOUR
    one.run(MINUTE)
    assert len(one.offers) == 1
    one.practise()
    one.run(59 * MINUTE)
    assert len(one.offers) == 1


def test_another_zone() -> None:
    """The hours are those on the wall; a fixed time that comes twice is one break."""
    one = desk("2026-03-02 14:30", idle=False, every_min=0, at=(At("15:00"),), hours=OFFICE)
    one.answer = practises
    one.run(HOUR)
    one.zone = offset_in("America/New_York")
    one.run(8 * HOUR)
    assert one.offers == ["Mon 09:00"]  # 15:00 in Berlin
    one.run(DAY)
    assert len(one.offers) == 2


def test_paused_it_is_silent_and_ends_by_itself() -> None:
    one = desk()
    one.run(30 * MINUTE)
    one.take(one.loop.pause(one.now, one.utc_ms + 45 * MINUTE))
    one.run(44 * MINUTE)
    assert one.offers == []
    one.run(2 * MINUTE)
    assert one.offers == ["Mon 10:15"]


def test_paused_for_longer_than_the_interval() -> None:
    """What came due meanwhile is dropped, and the hour starts again."""
    one = desk()
    one.run(30 * MINUTE)
    one.take(one.loop.pause(one.now, one.utc_ms + 2 * HOUR))
    one.run(2 * HOUR + 59 * MINUTE)
    assert (one.offers, one.settled) == ([], [("dropped", "paused")])
    one.run(2 * MINUTE)
    assert one.offers == ["Mon 12:30"]


def test_paused_until_tomorrow() -> None:
    one = desk(hours=OFFICE, idle=False)
    one.run(30 * MINUTE)
    one.take(one.loop.pause(one.now, at("2026-03-03 00:00"), civil=True))
    one.until("2026-03-03 10:01")
    assert one.offers == ["Tue 10:00"]
    assert one.settled == [("dropped", "paused")]


def test_resumed() -> None:
    one = desk()
    one.run(30 * MINUTE)
    one.take(one.loop.pause(one.now, one.utc_ms + 3 * HOUR))
    one.run(45 * MINUTE)
    one.take(one.loop.resume(one.now))
    one.run(MINUTE)
    assert one.offers == ["Mon 10:15:05"]


def test_by_hand() -> None:
    """A session elsewhere starts the hour again, and stands for the break that was due."""
    one = desk()
    one.run(30 * MINUTE)
    one.by_hand()
    one.run(HOUR)
    assert (one.offers, one.settled) == (["Mon 10:30"], [])
    one.run(2 * MINUTE)
    one.by_hand()
    assert one.settled == [("by_hand", "")]
    assert one.told(Over) == ["Mon 10:32"]


def test_the_hours_end_before_it_is_answered() -> None:
    one = desk("2026-03-02 11:20", hours=OFFICE)
    one.until("2026-03-02 13:00")
    assert one.settled == [("dropped", "hours_over")]
    assert one.told(Over) == ["Mon 12:30"]
    one.until("2026-03-02 14:31")
    assert one.offers == ["Mon 12:20", "Mon 14:30"]


def test_nobody_answers() -> None:
    """After an hour it is offered anew, once; then it waits."""
    one = desk(idle=False)
    one.run(9 * HOUR)
    assert one.offers == ["Mon 10:00", "Mon 11:00"]
    assert one.settled == [("dropped", "unanswered")]
    one.practise()
    one.run(61 * MINUTE)
    assert len(one.offers) == 3


def test_not_to_be_disturbed_for_an_hour() -> None:
    one = desk(idle=False)
    one.run(HOUR)
    one.loop.held_back(True)
    one.run(HOUR)
    assert one.settled == [("dropped", "quiet")]


@pytest.mark.parametrize(("minutes", "offers"), [(3, ["Mon 10:00"]), (10, ["Mon 10:40"])])
def test_closed_and_opened_again(minutes: int, offers: list[str]) -> None:
    """A count that hardly stopped goes on."""
    one = desk()
    one.run(30 * MINUTE)
    one.take(one.loop.end(one.now))
    one.pass_time(minutes * MINUTE)
    one.again()
    one.run(61 * MINUTE)
    assert one.offers == offers


@pytest.mark.parametrize(("seen_min", "offers"), [(9, ["Mon 10:00"]), (2, ["Mon 10:40"])])
def test_killed_and_started_again(seen_min: int, offers: list[str]) -> None:
    """When it was last seen tells how long it stood still."""
    one = desk()
    one.run(30 * MINUTE)
    seen_ms = one.utc_ms + seen_min * MINUTE
    one.pass_time(10 * MINUTE)
    one.again(seen_ms)
    ended = [body for _, body in one.facts if not isinstance(body, WatchBegun)]
    assert [body.at_ms for body in ended] == [seen_ms]  # type: ignore[union-attr]
    one.run(61 * MINUTE)
    assert one.offers == offers


def test_what_the_timer_offered_is_taken_over() -> None:
    from sessions.breaks import BreakOffered

    one = Desk(Breaks(hours=OFFICE), "2026-03-02 10:03")
    one.facts.append((at("2026-03-02 10:00"), BreakOffered(at("2026-03-02 10:00"), "desk-break", by="timer")))
    one.again()
    one.run(MINUTE)
    assert one.offers == ["Mon 10:03:05"]
    assert not [1 for _, _, event in one.said if isinstance(event, Noted) and event.body.__class__ is BreakOffered]


def test_hours_over_midnight_and_round_the_clock() -> None:
    night = Hours(mon=("22:00-06:00",))
    one = desk("2026-03-02 21:00", hours=night, idle=False)
    one.answer = practises
    one.run(10 * HOUR)
    assert one.offers[0] == "Mon 23:00"
    assert one.offers[-1] == "Tue 05:12"
    whole = ("00:00-24:00",)
    other = desk("2026-03-02 21:00", hours=Hours(whole, whole, whole, whole, whole, whole, whole), idle=False)
    other.answer = practises
    other.run(DAY)
    assert len(other.offers) == 24 * 60 // 62


def test_ticks_are_rare() -> None:
    """One each thirty seconds without idle watching, one each five with it."""
    one = desk(idle=False)
    one.answer = practises
    one.run(8 * HOUR)
    assert one.ticks <= 8 * 120 + 2 * 8
    other = desk()
    other.answer = practises
    other.run(8 * HOUR)
    assert other.ticks <= 8 * 720 + 2 * 8


# --- as a kind and experienced person would have it -----------------------------------------------


LONG = At("15:00", "back-basics")


def test_after_a_weekend() -> None:
    """The first tick of Monday offers nothing: the hour begins with the person."""
    one = desk("2026-03-06 16:00", hours=OFFICE, idle=False)
    one.run(30 * MINUTE)
    one.pass_time(at("2026-03-09 09:20") - one.utc_ms)
    one.tick()
    assert one.loop.state(one.utc_ms).kind == "counting"
    one.run(61 * MINUTE)
    assert one.offers == ["Mon 10:20"]


def test_away_while_it_was_put_off() -> None:
    """The rest counts for it, and is taken down as that."""
    one = desk()
    one.run(HOUR)
    one.take(one.loop.postpone(one.now, 20))
    one.leave()
    one.run(6 * MINUTE)
    assert one.settled == [("away", "")]


def test_put_off_over_lunch() -> None:
    """It is dropped when the hours are over, not when it was put off."""
    one = desk("2026-03-02 11:25", hours=OFFICE, idle=False)
    one.run(HOUR)
    one.take(one.loop.postpone(one.now, 10))
    one.run(4 * MINUTE)
    assert one.settled == []
    one.run(2 * MINUTE)
    assert one.settled == [("dropped", "hours_over")]
    one.until("2026-03-02 14:31")
    assert one.offers == ["Mon 12:25", "Mon 14:30"]


@pytest.mark.parametrize("minutes", [0, 5])
def test_put_off_and_then_closed(minutes: int) -> None:
    """Opened again much later, it is dropped with a reason."""
    one = desk()
    one.run(HOUR)
    if minutes:
        one.take(one.loop.postpone(one.now, minutes))
    one.take(one.loop.end(one.now))
    one.pass_time(4 * HOUR)
    one.again()
    assert one.settled == [("dropped", "unanswered")]
    one.run(61 * MINUTE)
    assert one.offers == ["Mon 10:00", "Mon 15:00"]


def test_put_off_and_a_fixed_time_comes_before() -> None:
    """The fixed time takes its place, with the reason."""
    one = desk("2026-03-02 13:20", at=(LONG,), idle=False)
    one.run(HOUR)
    one.take(one.loop.postpone(one.now, 60))
    one.until("2026-03-02 15:01")
    assert one.offers == ["Mon 14:20", "Mon 15:00"]
    assert one.told(HeadsUp) == ["Mon 14:19:30", "Mon 14:59:30"]
    assert one.settled == [("dropped", "replaced")]


def test_nobody_answers_and_a_fixed_time_comes() -> None:
    """It takes the place of what waits, and then waits itself: nobody is asked anew each hour."""
    one = desk("2026-03-02 12:00", at=(LONG,), idle=False)
    one.until("2026-03-02 20:00")
    assert one.offers == ["Mon 13:00", "Mon 14:00", "Mon 15:00"]
    assert one.settled == [("dropped", "unanswered"), ("dropped", "replaced")]


def test_a_fixed_time_that_nobody_answers_is_over_at_midnight() -> None:
    """Where there are no hours that end; put off to after it, it comes still."""
    one = desk("2026-03-02 23:00", every_min=0, at=(At("23:50"),), idle=False)
    one.until("2026-03-03 00:01")
    assert (one.settled, one.loop.offered) == ([("dropped", "unanswered")], None)
    other = desk("2026-03-02 23:00", every_min=0, at=(At("23:50"),), idle=False)
    other.until("2026-03-02 23:58")
    other.take(other.loop.postpone(other.now))
    other.until("2026-03-03 00:04")
    assert other.offers == ["Mon 23:50", "Tue 00:03"]


def test_a_pause_is_no_time_to_answer_in() -> None:
    """Offered before it, the break is offered after it, and is not taken for one that nobody answered."""
    one = desk(idle=False)
    one.run(70 * MINUTE)
    one.take(one.loop.pause(one.now, one.utc_ms + 55 * MINUTE))
    assert one.loop.offered is None
    one.run(56 * MINUTE)
    assert one.offers == ["Mon 10:00", "Mon 11:05"]
    assert one.settled == []


def test_a_long_pause_that_is_ended_by_hand() -> None:
    """What came due in it was paused, not unanswered, and the hour begins anew."""
    one = desk(idle=False)
    one.run(30 * MINUTE)
    one.take(one.loop.pause(one.now, one.utc_ms + 4 * HOUR))
    one.run(2 * HOUR)
    one.take(one.loop.resume(one.now))
    one.run(61 * MINUTE)
    assert one.settled == [("dropped", "paused")]
    assert one.offers == ["Mon 12:30"]


def test_held_back_and_let_go() -> None:
    """Who was not to be disturbed has an hour from then on to answer."""
    one = desk(idle=False)
    one.run(HOUR)
    one.loop.held_back(True)
    one.run(50 * MINUTE)
    one.loop.held_back(False)
    one.run(55 * MINUTE)
    assert one.settled == []
    one.run(6 * MINUTE)
    assert one.settled == [("dropped", "unanswered")]


def test_a_fixed_time_during_a_session_is_done_with_it() -> None:
    one = desk("2026-03-02 14:15", at=(LONG,), every_min=0, idle=False)
    one.run(5 * MINUTE)
    assert one.loop.started(one.now) is None  # so long before it is a session of its own
    one.pass_time(45 * MINUTE)
    one.moved.append(one.utc_ms)
    one.take(one.loop.ended(one.now, "s", moved=True))
    one.run(HOUR)
    assert (one.offers, one.settled) == ([], [("taken", "")])


def test_a_session_in_the_evening_is_not_the_break_of_tomorrow() -> None:
    one = desk("2026-03-02 17:00", hours=OFFICE, idle=False)
    one.until("2026-03-02 20:00")
    assert one.loop.started(one.now) is None


def test_the_clock_is_set_during_a_session() -> None:
    """No tick comes then; it is found when the session ends."""
    one = desk("2026-03-02 09:00", idle=False)
    one.run(30 * MINUTE)
    one.loop.started(one.now)
    one.pass_time(2 * MINUTE)
    one.utc_ms += 3 * HOUR
    one.take(one.loop.ended(one.now, "s", moved=False))
    one.run(29 * MINUTE)
    assert one.offers == ["Mon 13:00"]
    assert [body.by_ms for _, body in one.facts if isinstance(body, ClockChanged)] == [3 * HOUR]


@pytest.mark.parametrize("by", [2 * HOUR, -2 * HOUR])
def test_the_clock_is_set_while_nobody_is_there(by: int) -> None:
    """The rest is as long as it was."""
    one = desk()
    one.run(30 * MINUTE)
    one.leave()
    one.run(10 * MINUTE)
    one.utc_ms += by
    one.run(10 * MINUTE)
    one.return_()
    one.run(MINUTE)
    (rest,) = [body for _, body in one.facts if isinstance(body, Rested)]
    assert rest.until_ms - rest.from_ms == 20 * MINUTE
    assert one.settled == []


def test_the_clock_is_set_in_a_pause() -> None:
    """So many minutes stay so many; until tomorrow stays until tomorrow."""
    one = desk(idle=False)
    one.run(30 * MINUTE)
    one.take(one.loop.pause(one.now, one.utc_ms + 45 * MINUTE))
    one.utc_ms += 3 * HOUR
    one.run(44 * MINUTE)
    assert one.offers == []
    one.run(2 * MINUTE)
    assert one.offers == ["Mon 13:15"]
    other = desk(idle=False)
    other.take(other.loop.pause(other.now, at("2026-03-03 00:00"), civil=True))
    other.utc_ms += 3 * HOUR
    other.tick()
    assert other.loop.state(other.utc_ms).until_ms == at("2026-03-03 00:00")


def test_the_clock_goes_back_before_a_fixed_time() -> None:
    """The offer is gone; it comes when the clock shows that time again."""
    one = desk("2026-03-02 14:30", every_min=0, at=(LONG,), idle=False)
    one.run(35 * MINUTE)
    one.utc_ms -= HOUR
    one.tick()
    assert one.loop.offered is None
    one.run(56 * MINUTE)
    assert one.offers == ["Mon 15:00", "Mon 15:00"]


def test_the_clock_goes_on_while_a_fixed_time_waits() -> None:
    """It waits still, and the hour that gave way to it does not come beside it."""
    one = desk("2026-03-02 14:00", at=(LONG,), idle=False)
    one.run(65 * MINUTE)
    one.utc_ms += 70 * MINUTE
    one.run(MINUTE)
    assert one.offers == ["Mon 15:00"]
    assert one.loop.offered is not None


def test_the_clock_goes_on_beyond_a_fixed_time_while_the_hour_waits() -> None:
    """One of the two waits, and the other is dropped with the reason."""
    one = desk("2026-03-02 13:25", every_min=30, at=(At("14:30"),), idle=False)
    one.run(31 * MINUTE)
    one.utc_ms += 40 * MINUTE
    one.run(MINUTE)
    assert one.settled == [("dropped", "replaced")]
    assert one.loop.offered is not None


def test_the_clock_goes_on_past_the_hours_of_what_waits() -> None:
    """It is dropped for that, and the hour that had begun goes on."""
    one = desk("2026-03-02 12:00", every_min=40, hours=OFFICE, at=(At("12:20"),), idle=False)
    one.run(21 * MINUTE)
    one.utc_ms += 2 * HOUR
    one.run(MINUTE)
    assert one.settled == [("dropped", "hours_over")]
    one.run(20 * MINUTE)
    assert one.offers == ["Mon 12:20", "Mon 14:40"]


def test_the_clock_is_set_and_something_said_before_the_next_tick() -> None:
    """It is found at once, and once."""
    one = desk(idle=False)
    one.run(30 * MINUTE)
    one.utc_ms += HOUR
    one.take(one.loop.postpone(one.now))
    one.run(34 * MINUTE)
    assert [body.by_ms for _, body in one.facts if isinstance(body, ClockChanged)] == [HOUR]
    assert one.offers == []
    one.run(2 * MINUTE)
    assert one.offers == ["Mon 11:05"]


def test_a_fixed_time_is_skipped_beforehand_while_the_hour_is_put_off() -> None:
    """What was put off beyond it goes with it, in one fact."""
    one = desk("2026-03-02 13:20", at=(LONG,), idle=False)
    one.run(HOUR)
    one.take(one.loop.postpone(one.now, 60))
    one.run(MINUTE)
    one.take(one.loop.skip(one.now))
    (fact,) = [body for _, body in one.facts if isinstance(body, BreakSettled)]
    assert (fact.how, fact.count, fact.slot) == ("skipped", 2, "2026-03-02T15:00")
    one.run(90 * MINUTE)
    assert one.offers == ["Mon 14:20"]


def test_a_break_waits_for_days_where_the_hours_never_end() -> None:
    """It stays the same one."""
    one = desk(hours=Hours(*[("00:00-24:00",)] * 7), idle=False)
    one.run(3 * DAY)
    assert one.offers == ["Mon 10:00", "Mon 11:00"]
    assert one.settled == [("dropped", "unanswered")]


def test_a_zone_in_which_the_hours_are_over() -> None:
    """What waited is dropped for that reason."""
    one = desk("2026-03-02 15:30", hours=OFFICE, idle=False)
    one.run(65 * MINUTE)
    one.zone = offset_in("Asia/Tokyo")
    one.run(MINUTE)
    assert one.settled == [("dropped", "hours_over")]
    assert one.loop.offered is None


def test_opened_outside_the_hours() -> None:
    """An hour before they begin, or after lunch has begun: the hour counts from their beginning."""
    early = desk("2026-03-02 07:30", hours=OFFICE, idle=False)
    early.until("2026-03-02 10:01")
    noon = desk("2026-03-02 12:40", hours=OFFICE, idle=False)
    noon.until("2026-03-02 14:31")
    assert (early.offers, noon.offers) == (["Mon 10:00"], ["Mon 14:30"])


def test_an_offer_of_long_ago_is_not_taken_over() -> None:
    """The timer told of it on Monday; the loop that is opened on Wednesday begins a new hour."""
    from sessions.breaks import BreakOffered

    one = Desk(Breaks(hours=OFFICE), "2026-03-04 09:30", idle=False)
    one.facts.append((at("2026-03-02 10:00"), BreakOffered(at("2026-03-02 10:00"), "desk-break", by="timer")))
    one.again()
    assert one.settled == [("dropped", "unanswered")]
    one.run(61 * MINUTE)
    assert one.offers == ["Wed 10:30"]


def test_closed_while_nobody_is_there() -> None:
    """The rest is taken down, so that the hour does not go on from before it."""
    one = desk()
    one.run(30 * MINUTE)
    one.leave()
    one.run(20 * MINUTE)
    one.take(one.loop.end(one.now))
    assert [round((body.until_ms - body.from_ms) / MINUTE) for _, body in one.facts if isinstance(body, Rested)] == [20]
    one.pass_time(MINUTE)
    one.return_()
    one.again()
    one.run(61 * MINUTE)
    assert one.offers == ["Mon 10:50"]


def test_what_it_said_itself_is_not_news() -> None:
    """Read again from the logbook, its own facts change nothing."""
    one = desk()
    one.run(HOUR)
    one.take(one.loop.skip(one.now))
    one.utc_ms += 10 * MINUTE
    one.tick()
    record, said = one.loop.record, len(one.said)
    one.take(one.loop.learn(one.now, one.facts[-1:], ()))
    one.take(one.loop.learn(one.now, list(one.facts), ()))
    assert one.loop.record == record
    assert len(one.said) == said


def test_what_is_said_in_another_terminal() -> None:
    """A pause, the end of it and a skip there are as good as here."""
    from sessions.breaks import BreaksPaused

    one = desk(idle=False)
    one.run(61 * MINUTE)
    one.take(one.loop.learn(one.now, [(one.utc_ms, BreaksPaused(one.utc_ms + 30 * MINUTE))], ()))
    assert (one.loop.offered, one.loop.state(one.utc_ms).kind) == (None, "paused")
    one.run(5 * MINUTE)
    one.take(one.loop.learn(one.now, [(one.utc_ms, BreaksPaused(one.utc_ms))], ()))
    one.run(MINUTE)
    assert len(one.offers) == 2
    waiting = one.loop.offered
    assert waiting is not None
    skipped = BreakSettled(waiting.due_ms, "skipped", one.utc_ms, routine="desk-break")
    one.take(one.loop.learn(one.now, [(one.utc_ms, skipped)], ()))
    assert (one.loop.offered, one.told(Over)[-1]) == (None, "Mon 10:07")


def test_a_month_of_ticks_leaves_nothing_behind() -> None:
    """The memory after a month is that after a week, facts apart: those are in the logbook."""
    import tracemalloc

    one = desk(hours=OFFICE, at=(LONG, At("11:00")), idle=False)
    one.zone = lambda _: 60
    one.answer = practises

    def days(number: int) -> None:
        for _ in range(number):
            one.run(10 * HOUR)
            one.pass_time(14 * HOUR)
            one.tick()
            one.facts.clear()
            one.said.clear()
            one.moved.clear()

    tracemalloc.start()
    try:
        days(7)
        before, _ = tracemalloc.get_traced_memory()
        days(7)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 10_000
    days(16)
    assert len(one.loop.record.slots) <= 8


def test_a_tick_at_which_nothing_is_due_looks_nothing_up() -> None:
    """The zone is asked a few times at most, however many hours and fixed times there are."""
    one = desk("2026-03-02 09:01", hours=OFFICE, at=tuple(At(f"{hour}:30") for hour in range(10, 17)), idle=False)
    one.tick()
    asked = 0
    zone = one.zone

    def counting(utc_ms: int) -> int:
        nonlocal asked
        asked += 1
        return zone(utc_ms)

    one.zone = counting
    one.run(20 * MINUTE)
    assert asked <= 8 * 41


def test_a_short_pause_keeps_the_hour_that_a_long_one_was_followed_by() -> None:
    """What a pause of ninety minutes dropped does not come due again in the pause after it."""
    one = desk(idle=False)
    one.take(one.loop.skip(one.now))
    one.take(one.loop.pause(one.now, one.utc_ms + 90 * MINUTE))
    one.run(140 * MINUTE)
    one.take(one.loop.pause(one.now, one.utc_ms + 5 * MINUTE))
    found = one.loop.state(one.utc_ms).next
    assert found is not None
    assert found.due_ms == at("2026-03-02 11:30")
    one.run(20 * MINUTE)
    assert one.offers == ["Mon 11:30"]
