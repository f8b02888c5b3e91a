"""Figures: what one costs that moves, that is held and that stands still, in memory, and at the start.

What is compared stands side by side through the same seconds, so that a machine that is busy is busy for both.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from programs import ROOT, Place, ours, place
from starting import GUIDE, SEEN, first_paint
from table import Row, compare
from terminal import Terminal, drain, peak_mb, sample

COLUMNS, ROWS = 60, 20
FIGURES = ("bird-dog", "figure-four")
"""One of which as much changes from picture to picture as of most, and the one of which most does."""
TEN = (
    *FIGURES, "knee-rolls", "side-plank", "squat", "single-leg-bridge", "seated-twist", "double-knee-hug",
    "hamstring-stretch", "clam",
)  # fmt: skip
PAIRS = 3
MOVING_S, HOLD_S = 10.0, 30.0
_ROUND_S = 20.0
"""By then each picture was shown, and what is kept of it is there."""
_HELD = "side-plank"
_TERMINAL = {"columns": 100, "rows": 30}
_WITHOUT = 'care_shown = true\nfigures = "none"\n'
_COMMANDS = {
    "list": ("list",), "due": ("due",), "log": ("log",), "show": ("show", "bird-dog"),
    "run --plain --rehearse": ("run", GUIDE[1], "--plain", "--rehearse"),
}  # fmt: skip
_NO_FIGURE = ("list", "due", "log")
"""Commands that draw none: they load nothing that could, only what the settings' file may say of it."""
_OF_SETTINGS = "trainer.figures.styles"


def figures() -> Iterator[Row]:
    """All of it, in about ten minutes."""
    yield from _moving()
    yield from _held()
    yield from _memory()
    yield from _starts()
    yield from _commands()


# --- moving --------------------------------------------------------------------------------------


def _script(*arguments: str) -> list[str]:
    return [sys.executable, str(Path(__file__).with_name("moving.py")), str(COLUMNS), str(ROWS), *arguments]


Spent = tuple[float, float]
"""CPU in percent of one core, and bytes a second."""


def _together(terminals: list[Terminal], seconds: float) -> list[Spent]:
    before = [sample(terminal.pid)[0] for terminal in terminals]
    bytes_before = [terminal.bytes for terminal in terminals]
    drain(terminals, seconds)
    after = [sample(terminal.pid)[0] for terminal in terminals]
    return [
        ((b - a) / 1e7 / seconds, (terminal.bytes - count) / seconds)
        for a, b, terminal, count in zip(before, after, terminals, bytes_before, strict=True)
    ]


def _moving() -> Iterator[Row]:
    with place() as here:
        for id in FIGURES:
            mine: list[Spent] = []
            theirs: list[Spent] = []
            for _ in range(PAIRS):
                with (
                    Terminal(_script(id), environment=here.environment, **_TERMINAL) as one,
                    Terminal(here.region, environment=here.environment, **_TERMINAL) as bare,
                ):
                    bare.wait_for("▚")
                    one.wait_for("ready")
                    drain([one, bare], _ROUND_S)
                    spent = _together([one, bare], MOVING_S)
                mine.append(spent[0])
                theirs.append(spent[1])
            yield _cpu(f"{id} moves, CPU", mine, theirs, 1.2)
            yield Row(f"{id} moves, kB a second", _middle(mine, 1) / 1000, "kB", _middle(theirs, 1) / 1000)


def _cpu(name: str, mine: list[Spent], theirs: list[Spent], limit: float) -> Row:
    ratios = tuple(a[0] / b[0] for a, b in zip(mine, theirs, strict=True))
    return Row(name, _middle(mine, 0), "%", _middle(theirs, 0), ratios, limit)


def _middle(spent: list[Spent], field: int) -> float:
    return median(one[field] for one in spent)


# --- held ----------------------------------------------------------------------------------------


def _held() -> Iterator[Row]:
    """A long hold of an exercise that has a figure, with it and without."""
    hold: tuple[list[Spent], list[Spent]] = [], []
    paused: tuple[list[Spent], list[Spent]] = [], []
    for _ in range(PAIRS):
        with ExitStack() as stack:
            terminals = [_at_pain(stack, stack.enter_context(place(*settings))) for settings in ((), (_WITHOUT,))]
            _begin(terminals)
            drain(terminals, 4)
            for found, spent in zip(hold, _together(terminals, HOLD_S), strict=True):
                found.append(spent)
            for terminal in terminals:
                terminal.press("space")
            drain(terminals, 4)
            for found, spent in zip(paused, _together(terminals, HOLD_S), strict=True):
                found.append(spent)
    yield _cpu("hold with a figure, CPU", *hold, 1.05)
    yield Row("hold with a figure, bytes a second", _middle(hold[0], 1), "B", _middle(hold[1], 1))
    yield _cpu("pause with a figure, CPU", *paused, 1.05)
    yield Row("pause with a figure, bytes a second", _middle(paused[0], 1), "B", _middle(paused[1], 1), limit=0)


def _at_pain(stack: ExitStack, here: Place) -> Terminal:
    command = ours("run", here.hold(900, exercise=_HELD))
    terminal = stack.enter_context(Terminal(command, environment=here.environment, **_TERMINAL))
    terminal.wait_for("Pain now")
    terminal.settle()
    return terminal


def _begin(terminals: list[Terminal]) -> None:
    """Begin in all and come to the hold; what nobody reads would stand still meanwhile."""
    for terminal in terminals:
        terminal.press("3")
    until = time.monotonic() + 40
    while not all(re.search(r"\bHold\b", terminal.text()) for terminal in terminals):
        if time.monotonic() > until:
            raise TimeoutError("the hold never came")
        for terminal in terminals:
            terminal.read(0.02)


# --- memory --------------------------------------------------------------------------------------


def _memory() -> Iterator[Row]:
    with place() as here:

        def peak(*ids: str) -> float:
            with Terminal(_script("--through", *ids), environment=here.environment, **_TERMINAL) as terminal:
                terminal.wait_for("begun|done")
                if ids:
                    drain([terminal], 300, until=b"done")
                return peak_mb(terminal.pid)

        none = peak()
        for id in FIGURES:
            yield Row(f"memory, every picture of {id}", peak(id) - none, "MiB", limit=10)
        yield Row("memory, every picture of ten figures", peak(*TEN) - none, "MiB", limit=10)


# --- starting ------------------------------------------------------------------------------------


def _starts() -> Iterator[Row]:
    with place() as here, place(_WITHOUT) as without:
        for name, arguments in (("guide screen", GUIDE), ("home screen", ())):

            def paint(at: Place, arguments: tuple[str, ...] = arguments) -> float:
                return first_paint(at, ours(*arguments), SEEN[arguments])[0]

            yield compare(
                f"{name}, first paint, without figures",
                lambda paint=paint: paint(here),  # type: ignore[misc]
                lambda paint=paint: paint(without),  # type: ignore[misc]
                unit="ms",
                limit=1.05,
                pairs=15,
            )


def _commands() -> Iterator[Row]:
    with place() as here:
        for name, arguments in _COMMANDS.items():
            loaded = _loaded(here, arguments)
            limit = 0 if name in _NO_FIGURE else None
            if loaded and limit is not None:
                print(f"  trainer {name} loads {', '.join(loaded)}")
            yield Row(f"trainer {name}, modules of figures", len(loaded), "", limit=limit)


def _loaded(here: Place, arguments: tuple[str, ...]) -> list[str]:
    """What of the room is loaded when a command ends, or when a session line by line has begun."""
    code = (
        "import json, os, sys\n"
        "def told(*_):\n"
        "    print(json.dumps([*sys.modules]), file=sys.stderr, flush=True)\n"
        "    os._exit(0)\n"
        "from trainer.__main__ import main\n"
        f"if {'run' in arguments}:\n"
        "    import signal\n"
        "    signal.signal(signal.SIGALRM, told)\n"
        "    signal.alarm(3)\n"
        f"main({list(arguments)!r})\n"
        "told()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=here.environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    modules = json.loads(done.stderr.splitlines()[-1])
    found = {name for name in modules if name.startswith("trainer.figures.")} - {_OF_SETTINGS}
    return sorted(name.removeprefix("trainer.") for name in found)
