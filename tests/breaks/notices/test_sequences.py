"""A notice as an escape sequence."""

from __future__ import annotations

import base64
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.breaks.notices import Notice
from trainer.breaks.notices.sequences import notify, through_screen, through_tmux, withdraw

from .conftest import HOSTILE, NOTICE

B64 = {text: base64.b64encode(text.encode()).decode() for text in (NOTICE.title, NOTICE.body)}
OSC_99 = (
    f"\x1b]99;i=trainer-break:e=1:d=0:p=title;{B64[NOTICE.title]}\x1b\\"
    f"\x1b]99;i=trainer-break:e=1:d=1:p=body;{B64[NOTICE.body]}\x1b\\"
)
FORMS = ("OSC 9", "OSC 777", "OSC 99")


@pytest.mark.parametrize(
    ("form", "sequence"),
    [
        ("OSC 9", "\x1b]9;Time to move: Desk break, about 1 min.\a"),
        ("OSC 777", "\x1b]777;notify;Time to move;Desk break, about 1 min.\a"),
        ("OSC 99", OSC_99),
    ],
)
def test_each_form(form, sequence):
    """It is what the terminal's documentation says."""
    assert notify(form, NOTICE) == sequence


def test_a_title_alone():
    """OSC 9 has one text: there is no colon where nothing follows."""
    assert notify("OSC 9", Notice("Time to move")) == "\x1b]9;Time to move\a"


def test_only_kitty_takes_a_notice_back():
    """The others have no sequence for that, and get none."""
    assert withdraw("OSC 99") == "\x1b]99;i=trainer-break:p=close;\x1b\\"
    assert withdraw("OSC 9") == withdraw("OSC 777") == ""


def read(sequence: str) -> list[str]:
    """The contents of the sequences of which the whole consists."""
    found = re.findall(r"\x1b\]([^\x00-\x1f\x7f-\x9f]*)(?:\a|\x1b\\)", sequence)
    assert "".join(re.findall(r"\x1b\][^\x00-\x1f\x7f-\x9f]*(?:\a|\x1b\\)", sequence)) == sequence
    return found


@given(st.text(), st.text())
def test_no_text_ends_its_sequence(title, body):
    """Whatever the text: the terminal sees the sequences that are meant, whole, with their fields and no more."""
    notice = Notice(title, body).cleaned()
    (nine,) = read(notify("OSC 9", notice))
    assert nine.startswith("9;")
    assert nine.count(";") == 1
    (seven,) = read(notify("OSC 777", notice))
    assert seven.startswith("777;notify;")
    assert seven.count(";") == 3
    first, second = read(notify("OSC 99", notice))
    texts = [base64.b64decode(part.split(";")[2]).decode() for part in (first, second)]
    assert texts == [notice.title, notice.body]
    assert [part.count(";") for part in (first, second)] == [2, 2]


def test_hostile_text_is_still_readable():
    """What is no danger is left as it is: brackets, quotes, markup."""
    assert '"[L] a [/b] c [/]" \N{REPLACEMENT CHARACTER}]0,x' in notify("OSC 9", Notice(HOSTILE).cleaned())


def test_long_text_is_cut():
    """A name as long as a book makes no notice as long."""
    notice = Notice("a" * 10_000, "b" * 10_000).cleaned()
    assert (len(notice.title), len(notice.body)) == (60, 160)
    assert notice.body.endswith("…")


def test_the_wrapping_for_tmux():
    """Each ESC is doubled, and nothing becomes nothing."""
    assert through_tmux("\x1b]99;;x\x1b\\") == "\x1bPtmux;\x1b\x1b]99;;x\x1b\x1b\\\x1b\\"
    assert through_tmux("") == ""


@given(st.sampled_from(FORMS), st.text(), st.text())
def test_the_wrapping_for_tmux_can_be_undone(form, title, body):
    """tmux hands on exactly the sequence."""
    sequence = notify(form, Notice(title, body).cleaned())
    wrapped = through_tmux(sequence)
    inner = re.fullmatch(r"\x1bPtmux;((?:[^\x1b]|\x1b\x1b)*)\x1b\\", wrapped)
    assert inner is not None
    assert inner[1].replace("\x1b\x1b", "\x1b") == sequence


@given(st.sampled_from(FORMS), st.text(), st.text())
def test_the_wrapping_for_screen_can_be_undone(form, title, body):
    """GNU screen hands on the sequence in pieces that it takes, ended by BEL."""
    sequence = notify(form, Notice(title, body).cleaned())
    wrapped = through_screen(sequence)
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", wrapped)
    assert "".join(f"\x1bP{piece}\x1b\\" for piece in pieces) == wrapped
    assert "".join(pieces) == sequence.replace("\x1b\\", "\a")
    assert all(len(piece.encode()) <= 480 for piece in pieces)
