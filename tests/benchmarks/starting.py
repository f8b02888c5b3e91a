"""Start: to the first painted screen, the commands that paint none, what is loaded, and memory."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

from programs import ROOT, Place, ours, place
from table import Row, compare
from terminal import Terminal, peak_mb, sample

GUIDE = ("run", "desk-break")
SEEN = {GUIDE: "Pain now, before", (): "Desk break"}
_HEAVY = ("textual", "rich", "miniaudio", "sqlite3", "asyncio", "trainer.cues", "trainer.app")


def screens() -> Iterator[Row]:
    """From the start of the process to the first painted guide and home screen."""
    with place() as here:
        for name, arguments in (("guide screen, first paint", GUIDE), ("home screen, first paint", ())):
            yield compare(
                name,
                lambda a=arguments: first_paint(here, ours(*a), SEEN[a])[0],  # type: ignore[misc]
                lambda: first_paint(here, here.bare, "ready")[0],
                unit="ms",
                limit=1.25,
                pairs=15,
            )
            yield compare(
                f"{name.split(',')[0]}, CPU until then",
                lambda a=arguments: first_paint(here, ours(*a), SEEN[a])[1],  # type: ignore[misc]
                lambda: first_paint(here, here.bare, "ready")[1],
                unit="ms",
                limit=None,
                pairs=5,
            )


def first_paint(here: Place, command: list[str], seen: str) -> tuple[float, float]:
    """Milliseconds until the screen shows `seen`, and what the CPU did until then."""
    here.forget()
    with Terminal(command, environment=here.environment) as terminal:
        return terminal.wait_for(seen), sample(terminal.pid)[0] / 1e6


def commands() -> Iterator[Row]:
    """`trainer --version` and `trainer list` against Python that does nothing; and what they load."""
    with place() as here:
        for arguments, limit in ((("--version",), 2.0), (("list",), 12.0)):
            yield compare(
                f"trainer {arguments[0]}",
                lambda a=arguments: _run_ms(here, ours(*a)),  # type: ignore[misc]
                lambda: _run_ms(here, [sys.executable, "-c", "pass"]),
                unit="ms",
                limit=limit,
            )
            loaded = _loaded(here, arguments)
            if loaded:
                print(f"  trainer {arguments[0]} loads {', '.join(loaded)}")
            yield Row(f"trainer {arguments[0]}, heavy modules loaded", len(loaded), "", limit=0)


def _run_ms(here: Place, command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, env=here.environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - began) * 1000


def _loaded(here: Place, arguments: tuple[str, ...]) -> list[str]:
    code = (
        "import sys\nfrom trainer.__main__ import main\n"
        f"main({list(arguments)!r})\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=here.environment, cwd=ROOT, check=True, capture_output=True, text=True
    )
    return [name for name in done.stderr.split() if name in _HEAVY]


def memory() -> Iterator[Row]:
    """The most memory that the guide's process holds while it guides, against a bare screen."""
    with place() as here:
        yield compare(
            "memory at its peak, guiding",
            lambda: _peak(here, ours(*GUIDE), SEEN[GUIDE], "3"),
            lambda: _peak(here, here.bare, "ready", ""),
            unit="MiB",
            limit=1.25,
            pairs=4,
        )


def _peak(here: Place, command: list[str], seen: str, key: str) -> float:
    here.forget()
    with Terminal(command, environment=here.environment) as terminal:
        terminal.wait_for(seen)
        terminal.settle()
        if key:
            terminal.press(key)
            terminal.wait_for("Get ready")
            terminal.watch(2)
        return peak_mb(terminal.pid)
