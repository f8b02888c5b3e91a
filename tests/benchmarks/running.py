"""While it runs: what a hold costs, how often it paints, what a pause costs, and how soon a key is answered."""

from __future__ import annotations

from collections.abc import Iterator

from programs import Place, memory_disk, ours, place
from starting import GUIDE
from table import Row, percentile
from terminal import Terminal, children, sample

WINDOW_S = 20.0
PAIRS = 2


def holds() -> Iterator[Row]:
    """A hold that runs and one that is paused, each against a bare screen beside it in time."""
    with place() as here:
        long = here.hold(900)
        hold, digits, paused, idle = [], [], [], []
        for _ in range(PAIRS):
            hold.append(_window(here, ours("run", long), "Pain now", "3", "Hold", ""))
            digits.append(_window(here, here.digits, "[╺┏╭0-9]", "", "", ""))
            paused.append(_window(here, ours("run", long), "Pain now", "3", "Hold", " "))
            idle.append(_window(here, here.bare, "ready", "", "", ""))
        yield _ratio("hold, CPU of the screen's process", hold, digits, 1.5)
        yield Row("hold, CPU with the sound's process", _mean(hold, 3), "%")
        yield Row("hold, paints a second", _mean(hold, 1), "", _mean(digits, 1), limit=1.05)
        yield Row("hold, wake-ups a second", _mean(hold, 2), "", _mean(digits, 2))
        yield Row("paused, paints", _mean(paused, 1) * WINDOW_S, "", _mean(idle, 1) * WINDOW_S, limit=0)
        yield _ratio("paused, CPU of the screen's process", paused, idle, 1.5)
        yield Row("paused, wake-ups a second", _mean(paused, 2), "", _mean(idle, 2))


Window = tuple[float, float, float, float]
"""CPU in percent of one core, paints a second, wake-ups a second, CPU with children in percent."""


def _window(here: Place, command: list[str], seen: str, key: str, then: str, at_last: str) -> Window:
    here.forget()
    with Terminal(command, environment=here.environment) as terminal:
        terminal.wait_for(seen)
        if key:
            terminal.settle()
            terminal.press(key)
            terminal.wait_for(then, 30)
        if at_last:
            terminal.watch(1.5)
            terminal.press(at_last)
        terminal.watch(2.5)
        pids = [terminal.pid, *children(terminal.pid)]
        before = [sample(pid) for pid in pids]
        paints = terminal.paints
        terminal.watch(WINDOW_S)
        after = [sample(pid) for pid in pids]
        spent_ns = [b[0] - a[0] for a, b in zip(before, after, strict=True)]
        return (
            spent_ns[0] / 1e7 / WINDOW_S,
            (terminal.paints - paints) / WINDOW_S,
            (after[0][1] - before[0][1]) / WINDOW_S,
            sum(spent_ns) / 1e7 / WINDOW_S,
        )


def _mean(windows: list[Window], field: int) -> float:
    return sum(window[field] for window in windows) / len(windows)


def _ratio(name: str, mine: list[Window], theirs: list[Window], limit: float) -> Row:
    ratios = tuple(a[0] / b[0] for a, b in zip(mine, theirs, strict=True))
    return Row(name, _mean(mine, 0), "%", _mean(theirs, 0), ratios, limit)


def keys() -> Iterator[Row]:
    """From a key to the paint that answers it, at 80 × 24.

    What a key records is safe on the disk before it is shown; how long that takes is the disk's affair and is
    measured by itself (`commits`), so here the files are in memory.
    """
    with place(parent=memory_disk()) as here:
        long = here.hold(900)
        with Terminal(ours("run", long), environment=here.environment) as terminal:
            terminal.wait_for("Pain now")
            terminal.settle()
            terminal.press("3")
            terminal.wait_for("Hold", 30)
            terminal.watch(1.2)
            yield _keys("key to paint: space pauses and goes on", terminal, ["space"] * 60, 10)
        with Terminal(ours(), environment=here.environment) as terminal:
            terminal.wait_for("Desk break")
            terminal.settle()
            yield _keys("key to paint: arrows in the home list", terminal, ["down", "up"] * 30, 10)
        waits = []
        for _ in range(20):
            here.forget()
            with Terminal(ours(*GUIDE), environment=here.environment) as terminal:
                terminal.wait_for("Pain now")
                terminal.settle()
                waits.append(terminal.key_to_paint_ms("4") or 2000.0)
                terminal.wait_for("Get ready")
        yield Row("key to paint: a digit on the pain scale", percentile(waits, 95), "ms p95", limit=10)


def _keys(name: str, terminal: Terminal, pressed: list[str], limit: float) -> Row:
    waits = []
    for number, key in enumerate(pressed):
        waits.append(terminal.key_to_paint_ms(key) or 2000.0)
        # Beyond the quarter second for which a beginning is marked, and at no fixed place within a frame.
        terminal.watch(0.4 + number * 7 % 17 / 1000)
    return Row(name, percentile(waits, 95), "ms p95", limit=limit)
