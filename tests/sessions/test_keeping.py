"""Which backups there are by name, and which are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.safety.keeping import Backup, name_of, read_name, to_thin

NOW = datetime(2026, 11, 21, 18, 9, 5, tzinfo=UTC)
DAY_MS = 86_400_000


def ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000)


def at(text: str, form: int | None = None) -> Backup:
    """The backup of a moment such as `2026-11-21 18:09`."""
    return Backup(Path(text), ms(datetime.fromisoformat(text).replace(tzinfo=UTC)), 1, form)


backups = st.lists(
    st.builds(
        Backup,
        path=st.uuids().map(lambda one: Path(str(one))),
        at_ms=st.integers(ms(NOW) - 900 * DAY_MS, ms(NOW) + 40 * DAY_MS).map(lambda one: one // 1_000 * 1_000),
        size_bytes=st.just(1),
        form=st.sampled_from([None, None, None, 2]),
        number=st.integers(1, 3),
    ),
    max_size=80,
)


@pytest.mark.parametrize(
    ("name", "backup"),
    [
        ("logbook-20261121T180905Z.sqlite", Backup(Path(), ms(NOW), 1)),
        ("logbook-20261121T180905Z-2.sqlite", Backup(Path(), ms(NOW), 1, number=2)),
        ("logbook-20261121T180905Z-form-2.sqlite", Backup(Path(), ms(NOW), 1, 2)),
        ("logbook-20261121T180905Z-form-2-3.sqlite", Backup(Path(), ms(NOW), 1, 2, number=3)),
        ("logbook-20261121T180905Z-form-1-unproven.sqlite", Backup(Path(), ms(NOW), 1, 1, False)),
    ],
)
def test_name(name: str, backup: Backup) -> None:
    """A backup's name tells its moment, its form and whether it was proven."""
    assert name_of(backup.at_ms, backup.form, proven=backup.proven, number=backup.number) == name
    assert read_name(Path(name), 1) == Backup(Path(name), backup.at_ms, 1, backup.form, backup.proven, backup.number)


@pytest.mark.parametrize(
    "name",
    [
        "logbook.sqlite",
        "logbook-20261321T180905Z.sqlite",
        "logbook-20261121T246060Z.sqlite",
        "logbook-20261121T180905Z.sqlite-journal",
        "logbook-20261121T180905Z-unproven.sqlite",
        "logbook-20261121T180905Z.sync-conflict-20261122-070809-ABCDEFG.sqlite",
        "logbook-20261121T180905Z (1).sqlite",
        "logbook-20261121T180905Z-form-.sqlite",
        "logbook-٢٠٢٦1121T180905Z.sqlite",
        ".logbook-20261121T180905Z.sqlite",
        "logbook-20261121T180905Z.sqlite\n",
    ],
)
def test_other_names(name: str) -> None:
    """Whatever is called otherwise is no backup."""
    assert read_name(Path(name), 1) is None


@given(
    st.integers(0, ms(datetime(9999, 1, 1, tzinfo=UTC))),
    st.none() | st.integers(1, 999),
    st.booleans(),
    st.integers(1, 999),
)
def test_names_are_read_as_they_were_given(at_ms: int, form: int | None, proven: bool, number: int) -> None:
    """Every name that is given out is read again, to the second."""
    path = Path("x", name_of(at_ms, form, proven=proven, number=number))
    assert read_name(path, 7) == Backup(path, at_ms // 1_000 * 1_000, 7, form, proven or form is None, number)


@pytest.mark.parametrize(
    ("moments", "gone"),
    [
        ([], []),
        (["2026-11-21 18:09"], []),
        (["2019-01-01 00:00"], []),
        # Everything of today and the two days before.
        (["2026-11-21 18:09", "2026-11-21 18:08", "2026-11-20 23:59", "2026-11-19 00:01", "2026-11-19 00:00"], []),
        # Then the newest of each day: the day of 18 November has two.
        (["2026-11-21 09:00", "2026-11-18 23:59", "2026-11-18 00:00", "2026-11-17 23:59"], ["2026-11-18 00:00"]),
        # The fourteenth day back is the last of which each has its own; behind it, the newest of the week from Monday.
        (["2026-11-21 09:00", "2026-11-08 10:00", "2026-11-07 10:00", "2026-11-06 10:00"], ["2026-11-06 10:00"]),
        (["2026-11-21 09:00", "2026-11-02 10:00", "2026-11-01 10:00"], []),
        (["2026-11-21 09:00", "2026-10-18 10:00", "2026-10-12 10:00", "2026-10-11 10:00"], ["2026-10-12 10:00"]),
        # Behind eight weeks, the newest of the month.
        (
            ["2026-11-21 09:00", "2026-09-26 10:00", "2026-09-25 10:00", "2026-09-19 10:00"],
            ["2026-09-19 10:00", "2026-09-25 10:00"],
        ),
        (
            ["2026-11-21 09:00", "2026-09-26 10:00", "2026-09-25 10:00", "2026-09-01 10:00", "2026-08-02 10:00"],
            ["2026-09-01 10:00", "2026-09-25 10:00"],
        ),
        # The last of a month stays, also where the week that it is in goes on.
        (["2026-11-21 09:00", "2026-07-02 10:00", "2026-06-30 10:00", "2026-06-29 10:00"], ["2026-06-29 10:00"]),
        # What is called later than now makes nothing else go.
        (["2031-01-01 10:00", "2026-12-31 10:00", "2026-11-21 18:10", "2026-09-01 10:00", "2026-08-01 10:00"], []),
    ],
)
def test_thinned(moments: list[str], gone: list[str]) -> None:
    """Two days all, two weeks daily, eight weeks weekly, then monthly for ever."""
    made = [at(moment) for moment in moments]
    assert [str(one.path) for one in to_thin(made, ms(NOW))] == gone
    assert to_thin(made[::-1], ms(NOW)) == to_thin(made, ms(NOW))


def test_before_a_form() -> None:
    """What was copied before a change of form is left alone, and makes no ordinary backup go."""
    made = [at("2026-05-03 10:00", 2), at("2026-05-02 10:00", 2), at("2026-05-01 10:00")]
    assert to_thin(made, ms(NOW)) == []


@given(backups)
def test_thinning(made: list[Backup]) -> None:
    """Of any backups: the newest, those of two days and one of each month stay, and thinning again finds nothing."""
    now_ms = ms(NOW)
    gone = to_thin(made, now_ms)
    left = [one for one in made if one not in gone]
    assert to_thin(left, now_ms) == []
    ordinary = [one for one in made if one.form is None and one.at_ms <= now_ms]
    if ordinary:
        assert max(ordinary, key=lambda one: one.order).order in {one.order for one in left}
    assert all(one.form is None and one.at_ms <= now_ms - 2 * DAY_MS for one in gone)

    def months(some: list[Backup]) -> set[tuple[int, int]]:
        moments = [datetime.fromtimestamp(one.at_ms / 1_000, UTC) for one in some if one.form is None]
        return {(moment.year, moment.month) for moment in moments}

    assert months(left) == months(made)


@given(backups, st.integers(0, 400))
def test_thinning_between_changes_nothing(made: list[Backup], days: int) -> None:
    """Who thins now and again later ends with the same as who thins later only: the last of each month."""
    now_ms = ms(NOW)
    later_ms = now_ms + days * DAY_MS + 97 * DAY_MS
    left = [one for one in made if one not in to_thin(made, now_ms)]
    assert [one for one in left if one not in to_thin(left, later_ms)] == [
        one for one in made if one not in to_thin(made, later_ms)
    ]


def test_years_of_daily_backups() -> None:
    """A backup a day for six years leaves at most thirty besides one for each month, at any moment."""
    kept: list[Backup] = []
    months = set()
    for day in range(6 * 365):
        moment = NOW + timedelta(days=day, minutes=day * 7 % 300)
        kept.append(read_name(Path(name_of(ms(moment))), 1) or at("1970-01-01 00:00"))
        for one in to_thin(kept, ms(moment)):
            kept.remove(one)
        months.add((moment.year, moment.month))
        assert len(kept) <= 30 + len(months)
        if not day % 50:
            there = {datetime.fromtimestamp(one.at_ms / 1_000, UTC) for one in kept}
            assert {(one.year, one.month) for one in there} == months
    assert len(kept) >= len(months)
