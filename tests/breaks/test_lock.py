"""One loop a machine and logbook: who counts, who looks on, and how one reaches the other."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from trainer.breaks.lock import LOCK, SEEN, Place

ROOT = Path(__file__).parents[2]
HOLDS = """
import signal, sys
from pathlib import Path
from trainer.breaks.lock import Place
place = Place(Path(sys.argv[1]))
signal.signal(signal.SIGUSR1, lambda *_: (print("woken", flush=True)))
took = place.take()
if took and len(sys.argv) < 3:
    place.sign()
print("took" if took else "looks on", flush=True)
for line in sys.stdin:
    print("took" if place.take() else "looks on", flush=True)
place.release()
"""


@pytest.fixture
def other(tmp_path):
    """Starts other processes that want the place, each once it has said whether it has it."""
    begun = []

    def start(*more):
        process = subprocess.Popen(
            [sys.executable, "-c", HOLDS, str(tmp_path), *more],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        begun.append(process)
        return process, process.stdout.readline().strip()

    yield start
    for process in begun:
        process.kill()
        process.communicate()


def test_one_takes_it_and_the_other_does_not(tmp_path):
    """Until the first lets go; taking it twice is no harm."""
    first, second = Place(tmp_path), Place(tmp_path)
    assert first.take()
    assert first.take()
    assert not second.take()
    first.release()
    assert second.take()
    second.release()


def test_nothing_is_left_but_an_empty_lock(tmp_path):
    """Letting go takes the sign away; letting go of what one has not takes nothing."""
    place, other = Place(tmp_path), Place(tmp_path)
    place.take()
    place.sign()
    other.release()
    assert (tmp_path / SEEN).read_text() == f"{os.getpid()}\n"
    place.release()
    assert [path.name for path in tmp_path.iterdir()] in ([], [LOCK])


def test_the_folder_is_made_for_the_person_alone(tmp_path):
    """Where there is no logbook yet."""
    place = Place(tmp_path / "a" / "b")
    assert place.take()
    assert (tmp_path / "a" / "b").is_dir()
    if os.name == "posix":
        assert (tmp_path / "a" / "b").stat().st_mode & 0o077 == 0
    place.release()


def test_looking_makes_nothing(tmp_path):
    """Whoever asks where nobody ever counted leaves no file."""
    place = Place(tmp_path / "none")
    assert (place.holder(), place.seen_ms(), place.wake()) == (None, None, False)
    place.touch()
    place.release()
    assert not (tmp_path / "none").exists()


def test_where_no_file_can_be_made_counting_goes_on(tmp_path):
    """A folder that is none is no reason not to remind anybody."""
    (tmp_path / "file").write_text("")
    place = Place(tmp_path / "file" / "below")
    assert place.take()
    place.sign()
    place.touch()
    assert place.holder() is None
    place.release()


def test_the_sign_says_when_it_was_last_renewed(tmp_path):
    """To the millisecond, as the clock on the wall had it."""
    place = Place(tmp_path)
    place.take()
    place.sign()
    os.utime(tmp_path / SEEN, (1, 1))
    assert place.seen_ms() == 1000
    place.touch()
    assert place.seen_ms() > 1_600_000_000_000
    place.release()


@pytest.mark.parametrize("text", ["", "-1", "0", "x", "１２", "1" * 30, "12 13", "\x00", "3\n4"])
def test_a_sign_that_is_none_reaches_nobody(tmp_path, monkeypatch, text):
    """Whatever stands in the file, no signal goes to all processes, and nothing fails."""
    monkeypatch.setattr(os, "kill", lambda *_: pytest.fail("a signal was sent"))
    holder, place = Place(tmp_path), Place(tmp_path)
    holder.take()
    (tmp_path / SEEN).write_text(text, "utf-8")
    assert place.holder() == 0
    assert not place.wake()
    holder.release()


@pytest.mark.skipif(not hasattr(signal, "SIGUSR1"), reason="no such signal here")
class TestProcesses:
    """Real ones."""

    def test_the_one_that_counts_is_known_and_woken(self, tmp_path, other):
        """By its number, from any other process."""
        process, said = other()
        assert said == "took"
        place = Place(tmp_path)
        assert not place.take()
        assert place.holder() == process.pid
        assert place.wake()
        assert process.stdout.readline() == "woken\n"

    def test_one_that_has_not_signed_yet_is_there_and_nobody(self, tmp_path, other):
        """It is told to be open, and is sent nothing."""
        _, said = other("unsigned")
        assert said == "took"
        assert Place(tmp_path).holder() == 0
        assert not Place(tmp_path).wake()

    def test_one_that_was_killed_holds_nothing(self, tmp_path, other):
        """Its place is free at once, and its sign says when it was last there."""
        process, _ = other()
        looks_on, said = other()
        assert said == "looks on"
        process.send_signal(signal.SIGKILL)
        process.wait()
        place = Place(tmp_path)
        assert place.holder() is None
        assert not place.wake()
        assert place.seen_ms() is not None
        looks_on.stdin.write("\n")
        looks_on.stdin.flush()
        assert looks_on.stdout.readline() == "took\n"
