"""The commands that are compared: this program, and the barest that could stand in its place."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]

_ONE_LABEL = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("ready")
Bare().run()
"""
_DIGITS = """
from textual.app import App
from textual.widgets import Digits
class Bare(App):
    left = 10_000
    def compose(self):
        yield Digits("ready")
    def on_mount(self):
        self.set_interval(1, self.count)
    def count(self):
        self.left -= 1
        self.query_one(Digits).update(str(self.left))
Bare().run()
"""
_REGION = """
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.strip import Strip
from textual.widget import Widget
STYLES = [Style(color=f"rgb({9 * tone},{5 * tone},200)", bgcolor="rgb(20,30,40)") for tone in range(20)]
class Region(Widget):
    DEFAULT_CSS = "Region { width: 40; height: 14; }"
    frame = 0
    def on_mount(self):
        self.set_interval(0.1, self.next)
    def next(self):
        self.frame += 1
        self.refresh()
    def render_line(self, y):
        return Strip([Segment("▚▞▙▟", STYLES[(self.frame + x + y) % 20]) for x in range(10)], 40)
class Bare(App):
    def compose(self):
        yield Region()
Bare().run()
"""
_EXERCISE = """id = "{id}"
name = "Long hold"
kind = "posture"
position = "standing"
purpose = "A hold that lasts."
sources = ["own"]
[dose]
hold_s = {hold_s}
source = {{ hold_s = "own" }}
[cues]
set_up = ["Stand with your feet as wide as your hips.", "Let your arms hang."]
move = ["Grow tall through the top of your head.", "Breathe slowly."]
feel = ["Feel your back lengthen."]
"""
_ROUTINE = """id = "{id}"
name = "Long hold"
purpose = "A hold that lasts."
rest_after_s = 5
[[step]]
exercise = "{exercise}"
"""
_DOSE = """[step.dose]
hold_s = {hold_s}
source = {{ hold_s = "own" }}
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A folder with settings, data and the files of the bare programs."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """What a program is started with: compiled files are kept, and nothing of the person's is touched."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        for name in ("COLUMNS", "LINES", "NO_COLOR", "CI", "TEXTUAL", "TEXTUAL_ANIMATIONS"):
            environment.pop(name, None)
        return environment | {
            "PYTHONPATH": str(ROOT),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "TRAINER_DATA_DIR": str(self.folder / "data"),
            "TRAINER_CONFIG_DIR": str(self.folder / "config"),
        }

    @property
    def bare(self) -> list[str]:
        """A screen with one label."""
        return [sys.executable, str(self._file("bare_app.py", _ONE_LABEL))]

    @property
    def digits(self) -> list[str]:
        """A screen on which a number changes once a second."""
        return [sys.executable, str(self._file("bare_digits.py", _DIGITS))]

    @property
    def region(self) -> list[str]:
        """A screen on which 14 lines of 40 cells in ten colours each are painted anew ten times a second."""
        return [sys.executable, str(self._file("bare_region.py", _REGION))]

    def forget(self) -> None:
        """Take away what was recorded, so that no session of before waits to be taken up again."""
        rmtree(self.folder / "data", ignore_errors=True)

    def hold(self, seconds: int, *, exercise: str | None = None) -> str:
        """The id of a routine of one hold of so many seconds: of an exercise of the library, or of one of its own."""
        id = f"hold-{seconds}"
        if exercise is None:
            self._file(f"config/exercises/{id}.toml", _EXERCISE.format(id=id, hold_s=seconds))
            self._file(f"config/routines/{id}.toml", _ROUTINE.format(id=id, exercise=id))
        else:
            routine = _ROUTINE.format(id=id, exercise=exercise) + _DOSE.format(hold_s=seconds)
            self._file(f"config/routines/{id}.toml", routine)
        return id

    def _file(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path


def memory_disk() -> str | None:
    """A folder whose files are in memory, None where there is none: there a durable write takes no time."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


@contextmanager
def place(settings: str = "care_shown = true\n", *, parent: str | None = None) -> Iterator[Place]:
    """A place that is gone afterwards."""
    with TemporaryDirectory(prefix="trainer-benchmark-", dir=parent) as folder:
        made = Place(Path(folder))
        (made.folder / "config").mkdir()
        (made.folder / "config" / "settings.toml").write_text(settings, "utf-8")
        yield made


def ours(*arguments: str) -> list[str]:
    """This program."""
    return [sys.executable, "-m", "trainer", *arguments]
