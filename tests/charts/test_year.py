"""The calendar of a year, drawn and told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from trainer.charts.dates import ordinal
from trainer.charts.lines import Line, text_of
from trainer.charts.year import SHADES, year, year_told

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DONE = {"2026-01-01": 9, "2026-01-02": 10, "2026-02-14": 20, "2026-03-01": 39, "2026-03-03": 40, "2026-03-04": 1}
TODAY = "2026-03-05"


def texts(lines: list[Line]) -> list[str]:
    return [text_of(line) for line in lines]


def test_a_year_of_a_column_a_week() -> None:
    """Months above, days downward, days to come blank, today pointed at, each shade with its minutes."""
    assert texts(year(DONE, year=2026, today=TODAY, width=80)) == [
        "2026: 6 days, 119 minutes",
        "    Jan Feb Mar  Apr May  Jun Jul Aug  Sep Oct Nov  Dec",
        "Mon  ·········",
        "Tue  ········█",
        "Wed  ········░",
        "Thu>░·········",
        "Fri ▒········",
        "Sat ······▓··",
        "Sun ········▓",
        "             ^ today",
        "· none  ░ 1–9  ▒ 10–19  ▓ 20–39  █ 40 minutes or more",
    ]


def test_a_wide_year_has_two_columns_a_week() -> None:
    """From 110 columns on a day is about as wide as high."""
    drawn = texts(year(DONE, year=2026, today=TODAY, width=110))
    assert drawn[3] == "Tue   · · · · · · · · ██"
    assert texts(year(DONE, year=2026, today=TODAY, width=109))[3] == "Tue  ········█"


def test_a_narrow_year_is_folded() -> None:
    """At 40 columns come halves, at 20 quarters, each with its months; what is all to come is left out."""
    done = DONE | {"2026-07-01": 45, "2026-06-30": 5}
    halves = texts(year(done, year=2026, today="2026-12-31", width=40))
    heads = [line.split() for line in halves if "Jan" in line or "Jul" in line]
    assert heads == [["Jan", "Feb", "Mar", "Apr", "May", "Jun"], ["Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]]
    tuesday, wednesday = ([line for line in halves if line.startswith(name)] for name in ("Tue", "Wed"))
    assert (tuesday[0][-1], wednesday[1][4]) == ("░", "█")
    quarters = texts(year(done, year=2026, today="2026-08-01", width=20))
    assert [line.split()[0] for line in quarters if line.startswith("    ") and "^" not in line] == [
        "Jan",
        "Apr",
        "Jul",
    ]
    assert [line for line in texts(year({}, year=2026, today="2025-12-31", width=40)) if line.startswith("Mon")] == [
        "Mon"
    ]


def test_what_lies_ahead_is_not_lost() -> None:
    """A day after today that holds minutes, from a machine in another zone, is drawn and counted."""
    drawn = texts(year({"2026-12-31": 12}, year=2026, today="2026-01-01", width=40))
    assert drawn[0] == "2026: 1 day, 12 minutes"
    assert sum(line.count("▒") for line in drawn[:-2]) == 1
    assert year_told({"2026-12-31": 12}, year=2026, today="2026-01-01")[-1] == (
        "December: 1 day, 12 minutes on the 31st."
    )


@pytest.mark.parametrize(
    ("minutes", "char"),
    [(-3, "·"), (0, "·"), (1, "░"), (9, "░"), (10, "▒"), (19, "▒"), (20, "▓"), (39, "▓"), (40, "█"), (999, "█")],
)
def test_a_shade_is_a_range_of_minutes(minutes: int, char: str) -> None:
    """Each range has a character and a role of its own."""
    lines = year({"2026-01-02": minutes}, year=2026, today="2026-01-03", width=80)
    (friday,) = [line for line in lines if text_of(line).startswith("Fri")]
    assert text_of(friday) == f"Fri {char}"
    assert friday[-1].role == f"shade-{'·░▒▓█'.index(char)}"
    assert len(SHADES) == 5


def test_today_has_its_role_and_its_pointers() -> None:
    """The cell of today is found without colour: its weekday and its column are pointed at."""
    for today in ("2026-01-01", "2026-06-30", "2026-12-31"):
        for width in (20, 40, 80, 120):
            lines = year({}, year=2026, today=today, width=width)
            (row,) = [line for line in lines if any(span.role == "today" for span in line)]
            assert text_of(row)[:4] == f"{DAYS[date.fromisoformat(today).weekday()]}>"
            at = sum(len(span.text) for span in row[: [span.role for span in row].index("today")])
            (pointer,) = [text_of(line) for line in lines if "^" in text_of(line)]
            assert pointer.index("^") == at
            # The word stands left of its pointer where it would reach out of the calendar.
            last = {20: ("06-30", "12-31"), 40: ("06-30", "12-31")}.get(width, ("12-31",))
            assert pointer.strip() == ("today ^" if today[5:] in last else "^ today")
    assert "^" not in "".join(texts(year({}, year=2026, today="2027-01-01", width=80)))


@pytest.mark.parametrize("number", [2012, 2024, 2026, 2028, 1, 9999])
@pytest.mark.parametrize("width", [20, 40, 80, 120])
def test_every_day_of_a_year_has_its_cell(number: int, width: int) -> None:
    """365 or 366 cells, each in the row of its weekday, leap years of 54 weeks too."""
    drawn = year({}, year=number, today="9999-12-31" if number < 9999 else "9999-12-30", width=width, ascii_only=True)
    length = (date(number, 12, 31) - date(number, 1, 1)).days + (number < 9999)
    cells = sum(text_of(line)[4:].count(".") for line in drawn[1:-1] if text_of(line)[:3] in DAYS)
    assert cells == length
    first = next(row for row in range(7) if text_of(drawn[2 + row])[4:5] == ".")
    assert first == date(number, 1, 1).weekday()


def test_months_stand_over_their_first_day() -> None:
    """The name of a month begins over the week that holds its 1st."""
    for number in (2012, 2024, 2026):
        for month in range(1, 13):
            day = date(number, month, 1)
            drawn = texts(year({day.isoformat(): 40}, year=number, today=f"{number}-12-31", width=80))
            (row,) = [line for line in drawn[2:9] if "█" in line]
            assert drawn[1][row.index("█") :].startswith(day.strftime("%B")[:3])


def test_a_terminal_without_unicode() -> None:
    """All of it in ASCII, told apart by shape as well."""
    drawn = texts(year(DONE, year=2026, today=TODAY, width=80, ascii_only=True))
    assert "\n".join(drawn).isascii()
    assert drawn[-1] == ". none  - 1-9  + 10-19  x 20-39  # 40 minutes or more"
    assert drawn[3] == "Tue  ........#"


def test_a_year_is_told_by_month() -> None:
    """Days, minutes and the longest of each month so far, for who listens instead of looking."""
    assert year_told(DONE, year=2026, today="2026-04-02") == [
        "2026: 6 days, 119 minutes.",
        "January: 2 days, 19 minutes, the longest 10 on the 2nd.",
        "February: 1 day, 20 minutes on the 14th.",
        "March: 3 days, 80 minutes, the longest 40 on the 3rd.",
        "April: nothing logged.",
    ]
    assert year_told({}, year=2027, today=TODAY) == ["2027: nothing logged."]
    assert len(year_told({}, year=2025, today=TODAY)) == 13


def test_where_not_even_a_quarter_fits_sentences_do() -> None:
    """Below 18 columns the year is told."""
    told = " ".join(texts(year(DONE, year=2026, today=TODAY, width=17)))
    assert told == " ".join(year_told(DONE, year=2026, today=TODAY))
    assert "Mon" in " ".join(texts(year(DONE, year=2026, today=TODAY, width=18)))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (31, "31st"),
    ],
)
def test_a_day_of_a_month_in_words(number: int, text: str) -> None:
    """As it is said in English."""
    assert ordinal(number) == text


days = st.integers(-20, 400).map(lambda n: (date(2026, 1, 1) + timedelta(days=n)).isoformat())


@given(
    st.dictionaries(days | st.text(max_size=5), st.integers(-5, 10**6), max_size=60),
    st.integers(1, 9999) | st.just(2026),
    st.dates().map(date.isoformat) | days,
    st.integers(-3, 200),
    st.booleans(),
)
@settings(max_examples=60)
def test_it_always_fits(minutes: dict[str, int], number: int, today: str, width: int, ascii_only: bool) -> None:
    """Whatever is asked for, no line is wider, and no day of the year is counted twice or left out."""
    drawn = texts(year(minutes, year=number, today=today, width=width, ascii_only=ascii_only))
    assert all(cell_len(line) <= width for line in drawn)
    mine = [value for day, value in minutes.items() if value > 0 and day[:4] == f"{number:04}" and len(day) == 10]
    said = year_told(minutes, year=number, today=today)[0]
    assert f"{len(mine)} day" in said if mine else "nothing" in said
    assert not mine or f" {sum(mine)} minute" in said
