"""Cells of a table: what a spreadsheet would take for a formula, and what a broken table is told as."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sessions.exchange.cells import BOM, MAX_CELL_CHARS, defused, given_back, lines, records
from sessions.exchange.misread import Faults, Misread

TRICKY = st.text(st.sampled_from("=+-@＝－;\t\r\n\0'\" a,﹢−\u200b\ufeff\u202e\x1b\ud800é"), max_size=12)


def read(text: str, delimiter: str = ",") -> list[tuple[int, list[str]]]:
    faults = Faults("t.csv")
    found = list(records(text, faults, delimiter))
    faults.done([])
    return found


@given(st.one_of(TRICKY, st.text()))
@example("'=1")
@example("''\t'=")
@example(";'\t'=1")
@example("\r'\n=1")
@example("'\tabc")
@example("[L] a [/b] c [/]")
def test_any_text_comes_back(text: str) -> None:
    """What was made safe is given back to the letter, whatever it was."""
    assert given_back(defused(text)) == text


@given(st.one_of(TRICKY, st.text()))
def test_no_cell_begins_a_formula(text: str) -> None:
    """Past white space, controls and quotes no cell, wherever it may be split, begins with what begins a formula."""
    cell = defused(text)
    for part in (cell, *re.split(r"\r\n|[\t\r\n;]", cell)):
        bare = part.strip(' \0\x1b\ufeff\u200b\u202e"')
        assert not bare[:1] or bare[0] not in "=+-@＝＋－＠﹢−", (text, cell)
    assert cell[:1] not in ("\t", "\r", "\n", "\0")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30 1", "'+49 30 1"),
        ("-2 since Monday", "'-2 since Monday"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("＝1", "'＝1"),
        ("−1", "'−1"),
        ("  =1", "'  =1"),
        ('"=1"', '\'"=1"'),
        ("'=1", "''=1"),
        ("good;=cmd()", "good;'=cmd()"),
        ("first\n- second", "first\n'- second"),
        ("first\r\n- second", "first\r\n'- second"),
        ("2 - 1 = 1", "2 - 1 = 1"),
        ("left-hand side", "left-hand side"),
        ("'quoted'", "'quoted'"),
        ("", ""),
    ],
)
def test_what_is_guarded(text: str, cell: str) -> None:
    """An apostrophe stands where a formula could begin, and nowhere else."""
    assert defused(text) == cell


@pytest.mark.parametrize("cell", ["'hello", "'", "it's", "''", "'1"])
def test_an_apostrophe_of_the_persons_own_stays(cell: str) -> None:
    """What our own hand would not have guarded is not taken off."""
    assert given_back(cell) == cell


def test_guarding_takes_time_in_proportion() -> None:
    """A run of a hundred thousand tabs or quotes is no trap."""
    for run in ("\t", "'", " ", "\n"):
        for text in (run * 100_000, run * 100_000 + "x", run * 100_000 + "="):
            assert given_back(defused(text)) == text


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=1, max_size=5), max_size=5))
def test_written_cells_are_read_again(table: list[list[str]]) -> None:
    """Commas, quotes, line ends, NUL and anything else in cells survive writing and reading."""
    text = "".join(lines(table))
    expected = [row for row in table if any(row)]
    assert [row for _, row in read(BOM + text)] == expected
    assert [row for row in csv.reader(io.StringIO(text, newline="")) if any(row)] == expected


def test_lines_are_those_of_an_editor() -> None:
    """A record has the number of the line on which it begins, also after cells of several lines and empty lines."""
    assert read('a,b\r\n"1\r\n2",x\r\n\r\n,\r\nlast,y') == [
        (1, ["a", "b"]),
        (2, ["1\r\n2", "x"]),
        (6, ["last", "y"]),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('a\r\n"never closed\r\nx', "t.csv:2: found a quote that is never closed"),
        ('a\r\n"closed" here', "t.csv:2: found text after a closing quote"),
        ("a\r\n" + "x" * 10_000_000, f"t.csv:2: found a cell of more than {MAX_CELL_CHARS:,} characters"),
    ],
    ids=["open quote", "text after a quote", "ten million characters"],
)
def test_a_broken_table_is_told(text: str, told: str) -> None:
    """Where the text is no table any more, the line and what is wrong are named."""
    with pytest.raises(Misread) as caught:
        read(text)
    assert caught.value.message.startswith(told)


def test_the_limit_of_other_readers_stays() -> None:
    """The length that other readers of such tables allow is as it was, also after an error."""
    before = csv.field_size_limit()
    with pytest.raises(Misread):
        read('"')
    read("a")
    assert csv.field_size_limit() == before


def test_faults_beyond_the_first_are_counted() -> None:
    """Twenty faults are told, and of the others the number."""
    faults = Faults("t.csv")
    for line in range(1, 1_026):
        faults.add(line, "nrs", "'x'", "0 to 10")
    with pytest.raises(Misread) as caught:
        faults.done([])
    told = caught.value.message.splitlines()
    assert told[0] == "t.csv:1: nrs: found 'x'; allowed: 0 to 10"
    assert len(told) == 21
    assert told[-1] == "and 1,005 more"
