"""At which minutes of a week the timer asks."""

from __future__ import annotations

import pytest
from hypothesis import assume, given

from tests.breaks.install import weeks
from trainer.breaks.install import NoHours, NoPlan
from trainer.breaks.install.moments import check, fires
from trainer.breaks.settings import At, Breaks, Hours


def of_monday(*ranges: str, at: tuple[At, ...] = (), **wished: int) -> list[str]:
    """The times at which it asks with these hours on Monday; those of Tuesday behind a +."""
    wishes = Breaks(at=at, hours=Hours(mon=ranges) if ranges else None, **wished)
    return [f"{'+' * (one // 1440)}{one % 1440 // 60:02}:{one % 60:02}" for one in sorted(fires(wishes))]


@pytest.mark.parametrize(
    ("ranges", "times"),
    [
        (["09:00-09:10"], "09:00 09:05 09:09"),
        (["09:00-09:11"], "09:00 09:05 09:10"),
        (["09:03-09:12"], "09:05 09:10 09:11"),
        (["09:01-09:04"], "09:03"),
        (["09:00-09:01"], "09:00"),
        (["23:50-24:00"], "23:50 23:55 23:59"),
        (["23:52-00:07"], "23:55 +00:00 +00:05 +00:06"),
        (["09:00-09:10", "09:10-09:20"], "09:00 09:05 09:10 09:15 09:19"),
        (["09:00-09:10", "09:05-09:20"], "09:00 09:05 09:10 09:15 09:19"),
    ],
)
def test_within_hours(ranges, times):
    """It asks each fifth minute of the clock, and in the last minute of each range."""
    assert of_monday(*ranges) == times.split()


def test_fixed_times_alone():
    """Without an interval it asks at the fixed times only, hours or not; of those outside the hours at none."""
    at = (At("15:02"), At("20:00", days=("mon", "tue")))
    assert of_monday(at=(At("15:02", days=("mon",)),), every_min=0, postpone_most=0) == ["15:02"]
    assert of_monday("09:00-17:00", at=at, every_min=0, postpone_most=0) == ["15:02"]


@pytest.mark.parametrize(
    ("at", "ranges", "postpone", "times"),
    [
        ("15:00", [], (5, 3), "15:00 15:05 15:10 15:15"),
        ("15:02", [], (5, 3), "15:02 15:05 15:10 15:15 15:20"),
        ("15:00", [], (7, 1), "15:00 15:05 15:10"),
        ("15:00", [], (1, 1), "15:00 15:05"),
        ("15:00", [], (60, 0), "15:00"),
        ("23:58", [], (5, 1), "23:58 +00:00 +00:05"),
        ("15:00", ["09:00-15:12"], (5, 3), "15:00 15:05 15:10 15:11"),
        ("15:00", ["09:00-15:01"], (5, 3), "15:00"),
        ("15:00", ["09:00-15:05", "15:20-17:00"], (10, 3), "15:00 15:04"),
    ],
)
def test_fixed_times_that_may_be_put_off(at, ranges, postpone, times):
    """After each it asks every five minutes for as long as it may be put off, within the hours, and at their end."""
    minutes, most = postpone
    one = At(at, days=("mon",))
    found = of_monday(*ranges, at=(one,), every_min=0, postpone_min=minutes, postpone_most=most)
    assert found == times.split()


def test_fixed_times_beside_an_interval():
    """A fixed time is asked at to the minute, beside each fifth one."""
    assert of_monday("09:00-09:10", at=(At("09:07"), At("09:05"))) == ["09:00", "09:05", "09:07", "09:09"]


def test_a_week_without_end():
    """Hours all round the clock have no last minute."""
    always = Hours(**dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), ("00:00-24:00",)))
    assert sorted(fires(Breaks(hours=always))) == list(range(0, weeks.WEEK_MIN, 5))


def test_sunday_night_ends_on_monday():
    """A range of Sunday that crosses midnight goes on at the week's beginning."""
    assert sorted(fires(Breaks(hours=Hours(sun=("23:55-00:05",))))) == [0, 4, weeks.WEEK_MIN - 5]


@given(weeks.wishes)
def test_every_break_is_told_of(wishes):
    """What falls due within the hours is told of within five minutes and within the same hours; never outside them."""
    asked = fires(wishes)
    if wishes.hours is None:
        assume(not wishes.every_min)
        inside = set(range(weeks.WEEK_MIN))
    else:
        inside = weeks.within(wishes.hours)
    assert asked <= inside
    for at in wishes.at:
        for day in at.days:
            fixed = ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(day) * 1440 + weeks.minute(at.time)
            assert fixed in asked or fixed not in inside
    for due in inside if wishes.every_min else ():
        # In a minute that others follow, it may fall due at any second.
        last = (due + 1) % weeks.WEEK_MIN not in inside
        later = range(due, due + 1) if last else range(due + 1, due + 6)
        told = next((one for one in later if one % weeks.WEEK_MIN in asked), None)
        assert told is not None
        assert all(one % weeks.WEEK_MIN in inside for one in range(due, told + 1))


@pytest.mark.parametrize("hours", [None, Hours()])
@pytest.mark.parametrize("at", [(), (At("15:00"),)])
def test_no_hours(hours, at):
    """An interval without hours would remind at night, and is refused."""
    with pytest.raises(NoHours, match="no working hours"):
        check(Breaks(hours=hours, at=at))


@pytest.mark.parametrize(
    ("wishes", "why"),
    [
        (Breaks(every_min=0), "name no breaks"),
        (Breaks(every_min=0, hours=weeks.OFFICE), "name no breaks"),
        (Breaks(every_min=0, hours=weeks.OFFICE, at=(At("20:00"),)), "none of the times"),
    ],
)
def test_nothing_to_remind_of(wishes, why):
    """Where no break can come, that is said."""
    with pytest.raises(NoPlan, match=why):
        check(wishes)


@pytest.mark.parametrize("hours", [None, weeks.OFFICE])
def test_fixed_times_need_no_hours(hours):
    """Fixed times alone are planned with and without hours."""
    check(Breaks(every_min=0, hours=hours, at=(At("15:00"),)))
