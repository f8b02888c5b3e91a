"""What a session needs, made when it is asked for."""

from __future__ import annotations

import pytest

from sessions.records import WorkDone
from tests.desk import Desk
from trainer.kit import step_named
from trainer.library.errors import LibraryError
from trainer.settings import load


@pytest.fixture
def desk(tmp_path):
    with Desk(tmp_path) as made:
        yield made


def test_nothing_costly_is_made_before_it_is_needed(desk):
    """A kit starts no sound and opens no logbook by itself, and closing it makes none either."""
    kit = desk.kit()
    kit.prepare("mine")
    kit.close()
    assert (desk.players, desk.journals) == ([], [])
    assert not desk.paths.data.exists()


def test_the_player_is_started_once_and_anew_when_replaced(desk):
    """The sound is one; with changed preferences a new one takes its place, and the old one is let go of."""
    kit = desk.kit(volume=10)
    assert kit.player is kit.player
    assert desk.players[0].life == ["started"]
    kit.save(volume=20)
    kit.replace_player()
    assert desk.players[0].life == ["started", "closed"]
    assert len(desk.players) == 1
    assert kit.player.settings.volume == 20
    kit.close()
    assert desk.players[1].life == ["started", "closed"]


def test_replacing_no_player_starts_none(desk):
    """Changing the preferences before anything sounded starts nothing."""
    desk.kit().replace_player()
    assert desk.players == []


def test_closing_lets_go_of_the_logbook(desk):
    """After closing, the logbook's file is not held any more."""
    kit = desk.kit()
    kit.journal.new_session()
    kit.close()
    assert not kit.journal.write("s", WorkDone(1, 0, "a", "a", 1, 1, "none", "done", 1, 1, 1, None, None))


def test_preferences_are_kept(desk):
    """Changed preferences hold at once and are in the file."""
    kit = desk.kit()
    assert kit.save(volume=30, motion="reduced") == ""
    assert (kit.settings.volume, kit.settings.motion) == (30, "reduced")
    assert load(desk.paths.settings) == kit.settings


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        (lambda path: path.mkdir(), "The settings could not be saved: "),
        (lambda path: path.write_text("volume = "), "The settings could not be saved: "),
    ],
)
def test_preferences_that_cannot_be_kept_hold_all_the_same(desk, broken, expected):
    """Where the file takes nothing, that is said in one sentence, and the change holds for this once."""
    broken(desk.paths.settings)
    kit = desk.kit()
    trouble = kit.save(volume=30)
    assert trouble.startswith(expected)
    assert trouble.endswith(".")
    assert kit.settings.volume == 30


# --- a step by name ------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "step"), [("1", 0), ("2", 5), ("02", 5), ("000002", 5), ("mine-a", 0), ("mine-b", 5)])
def test_a_step_is_named_by_number_or_exercise(desk, name, step):
    """A step of the routine is found by its number, from 1, or by its exercise's id."""
    assert step_named(desk.kit().prepare("mine")[0], name) == step


@pytest.mark.parametrize("name", ["0", "3", "-1", "1.0", "", " 1", "²", "٢", "mine", "MINE-A", "0000012", "9" * 5000])
def test_a_step_that_is_not_there_is_refused(desk, name):
    """What names no step is refused with what would."""
    with pytest.raises(LibraryError, match=r"allowed: 1 to 2, or one of: mine-a, mine-b$"):
        step_named(desk.kit().prepare("mine")[0], name)
