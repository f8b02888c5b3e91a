"""What the timers of several people and folders are called, and what the program is told of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.breaks.install import weeks
from trainer.breaks.install import NoPlan, Whose, place, plan
from trainer.breaks.settings import At, Breaks

_words = st.text("ab-é1", max_size=4)
_whose = st.builds(Whose, _words, _words, _words)


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_the_usual_name(system):
    """Whoever names nothing has the plain name, whatever the schedule."""
    assert place(system, Whose(), Path("/u")).name.partition(".")[0] == "trainer-breaks"
    for wishes in (Breaks(hours=weeks.OFFICE), Breaks(every_min=0, at=(At("15:00"),))):
        found = plan(system, ("/bin/x",), wishes, Whose(), Path("/u"))
        assert tuple(file.path for file in found.files) == found.place.files == place(system, Whose(), Path("/u")).files


@given(_whose, _whose)
def test_names_apart(one, other):
    """Two timers have one name only where person and folders are the same; names are plain ASCII."""
    first, second = (place("linux", whose, Path("/u")).name for whose in (one, other))
    assert (first == second) == (one == other)
    assert re.fullmatch(r"trainer-breaks(-[a-z0-9-]+)?\.timer", first)


def test_a_person_is_seen_in_the_name():
    """A name says whose it is where it can."""
    assert place("linux", Whose("anna"), Path("/u")).name.startswith("trainer-breaks-anna-")
    assert place("linux", Whose("żółw"), Path("/u")).name.isascii()


def test_what_the_program_is_told():
    """Folders and person come before the command, each as its own word."""
    assert Whose("anna", "/d", "/c").options == ("--data-dir", "/d", "--config-dir", "/c", "--person", "anna")
    assert Whose().options == ()


def test_a_system_without_timers():
    """On another system that is said, with what there is instead."""
    with pytest.raises(NoPlan, match="on this system"):
        place("freebsd14", Whose(), Path("/u"))
