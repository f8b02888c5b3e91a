"""What the tests of the command line share: folders, a clock that is told the time, and a person who types."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sessions.logbook import Logbook
from sessions.records import Stamp
from sessions.rows import SessionDetail
from trainer.__main__ import main
from trainer.cli.errors import Signalled
from trainer.cli.plain.guide import Guidance
from trainer.cues.player import SilentPlayer
from trainer.journal import Journal, Rehearsal
from trainer.kit import Kit, Order
from trainer.paths import Paths
from trainer.settings import Settings

NOON_MS = 1_772_366_400_000  # 2026-03-01 12:00 UTC


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """Folders of one's own, and no colour or width from whoever runs the tests."""
    monkeypatch.setenv("TRAINER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("TRAINER_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return Paths(tmp_path / "config", tmp_path / "data")


class Cli:
    """Runs a command in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *argv: str) -> tuple[int, str, str]:
        status = main(list(argv))
        captured = self._capsys.readouterr()
        return status, captured.out, captured.err


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    return Cli(capsys)


SHORT = """\
id = "reach"
name = "Reach"
kind = "mobility"
position = "standing"
sides = "both"
purpose = "Reaches up."
easier = "nod"
[dose]
hold_s = 12
sets = 2
rest_s = 4
[cues]
set_up = ["Stand."]
move = ["Reach.", "Breathe."]
feel = ["Feel length."]
mistakes = ["Shoulders low."]
stop_if = ["Stop if it hurts."]
"""
NOD = """\
id = "nod"
name = "Nod"
kind = "mobility"
position = "seated"
purpose = "Nods."
[dose]
reps = 3
[cues]
"""
WAIT = """\
id = "wait"
name = "Wait"
kind = "posture"
position = "seated"
purpose = "Sits."
[dose]
open = true
about_s = 20
[cues]
"""
TRIAL = """\
id = "trial"
name = "Trial"
purpose = "Tries it."
[[step]]
exercise = "reach"
[[step]]
exercise = "nod"
[[step]]
exercise = "wait"
"""


@pytest.fixture
def own(folders: Paths) -> Callable[[str, str], Path]:
    """Write a file into the person's own folder."""

    def write(name: str, text: str) -> Path:
        path = folders.config / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    return write


@pytest.fixture
def trial(own: Callable[[str, str], Path]) -> str:
    """A short routine: a hold on both sides in two sets, repetitions, and open time."""
    own("exercises/reach.toml", SHORT)
    own("exercises/nod.toml", NOD)
    own("exercises/wait.toml", WAIT)
    own("routines/trial.toml", TRIAL)
    return "trial"


class ToldClock:
    """A clock that stands until it is told to go on."""

    speed = 1

    def __init__(self) -> None:
        self.ms = 0

    def now_ms(self) -> int:
        return self.ms

    def monotonic_ns(self, at_ms: int) -> int:
        return at_ms * 1_000_000

    def wait_s(self, until_ms: int) -> float:
        return max(0.0, (until_ms - self.ms) / 1000)


class Person:
    """Types an answer each time that a text is printed, and lets time pass otherwise."""

    def __init__(self, clock: ToldClock, answers: list[tuple[str, str]], *, interactive: bool = True) -> None:
        self.interactive = interactive
        self.ended = False
        self.output: list[str] = []
        self.end_after_answers = False
        self._clock = clock
        self._answers = answers
        self._seen = 0
        self._turns = 0

    def write(self, text: str) -> None:
        self.output.append(text)

    def get(self, timeout_s: float) -> str | None:
        self._turns += 1
        assert self._turns < 5000, "the guidance does not come to an end:\n" + "\n".join(self.output[-20:])
        if self._answers:
            cue, answer = self._answers[0]
            if not cue:
                del self._answers[0]
                return self._say(answer)
            for number in range(self._seen, len(self.output)):
                if cue in self.output[number]:
                    self._seen = number + 1
                    del self._answers[0]
                    return self._say(answer)
        elif self.end_after_answers:
            self.ended = True
        elif self.interactive and self.output[-1].endswith("Enter leaves it out."):
            return ""
        self._clock.ms += max(1, round(timeout_s * 1000))
        return None

    def _say(self, answer: str) -> str | None:
        if answer == "<end>":
            self.ended = True
            return None
        if answer.startswith("<wait "):
            self._clock.ms += int(answer[6:-1])
            return None
        if answer.startswith("<signal "):
            raise Signalled(int(answer[8:-1]))
        return answer

    @property
    def text(self) -> str:
        return "\n".join(self.output)


class Plain:
    """Plain sessions, told the time."""

    def __init__(self, folders: Paths) -> None:
        self.paths = folders
        self.settings = Settings(care_shown=True)
        self.clock = ToldClock()
        self.kit: Kit
        self.person: Person

    def stamp(self) -> Stamp:
        return Stamp(NOON_MS + self.clock.ms, 0, "UTC")

    def make_kit(self, *, rehearsal: bool = False) -> Kit:
        def journal() -> Journal:
            if rehearsal:
                return Rehearsal(stamp=self.stamp, random=os.urandom)
            return Journal(Logbook.open(self.paths.logbook, random=os.urandom), stamp=self.stamp, random=os.urandom)

        return Kit(
            paths=self.paths,
            settings=self.settings,
            clock=self.clock,
            make_journal=journal,
            make_player=lambda settings: SilentPlayer(),
            rehearsal=rehearsal,
        )

    def __call__(
        self,
        routine: str,
        *answers: tuple[str, str],
        interactive: bool = True,
        ended: bool = False,
        end_after_answers: bool = False,
        from_step: str | None = None,
        rehearsal: bool = False,
        kit: Kit | None = None,
        **asked: Any,
    ) -> int:
        self.kit = kit or self.make_kit(rehearsal=rehearsal)
        self.person = Person(self.clock, list(answers), interactive=interactive)
        self.person.ended = ended
        self.person.end_after_answers = end_after_answers
        order = Order(from_step, **asked)
        prepared, exercises = self.kit.prepare_as(routine, order)
        guidance = Guidance(self.kit, prepared, exercises, self.person, order=order, write=self.person.write)
        try:
            return guidance.run()
        finally:
            self.kit.close()

    def last(self) -> SessionDetail:
        """The latest session in the logbook."""
        return latest(self.paths)


def latest(paths: Paths) -> SessionDetail:
    """The latest session in the logbook."""
    logbook = Logbook.open_existing(paths.logbook)
    assert logbook is not None
    with closing(logbook):
        detail = logbook.session(logbook.sessions(1)[0].id)
    assert detail is not None
    return detail


@pytest.fixture
def plain(folders: Paths) -> Plain:
    return Plain(folders)


@pytest.fixture
def day(folders: Paths, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A Monday at ten in Berlin, and the command line on it."""
    import time

    if not hasattr(time, "tzset"):
        pytest.skip("the zone is set by a variable, which this system does not know")
    from tests.cli.hours import Day, in_berlin

    with in_berlin(), closing(Day(folders, cli, monkeypatch)) as made:
        yield made


@pytest.fixture
def loop(folders: Paths) -> Iterator[Any]:
    """The loop of breaks line by line, in folders of one's own."""
    from tests.cli.counting import Loop
    from tests.hour import Office

    with closing(Office(folders.data)) as office:
        yield Loop(office, folders)
