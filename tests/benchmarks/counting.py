"""The countdown: no error over ten minutes, and transitions in time on a machine that is busy."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator

from programs import ROOT, Place, place
from table import Row, percentile
from terminal import Terminal

_BUSY = 4
_TOLD = """
import json, sys
from trainer.conductor import Conductor
plain = Conductor.advance
late = open(sys.argv.pop(1), "a", buffering=1)
def advance(self):
    events = plain(self)
    now_ms = self.clock.now_ms()
    for event in events:
        print(json.dumps([type(event).__name__, now_ms - event.at_ms]), file=late)
    return events
Conductor.advance = advance
from trainer.__main__ import main
sys.exit(main())
"""


def ten_minutes() -> Iterator[Row]:
    """Ten minutes of holds on the engine alone, called late at random: what the sum of the steps is off by."""
    from random import Random

    from trainer.guide.engine import Engine
    from trainer.guide.events import Finished, Start
    from trainer.guide.plan import plan
    from trainer.library.model import Cues, Dose, Exercise, Routine, Step

    hold = Exercise("hold", "Hold", "posture", "standing", "A hold.", Dose(hold_s=60, sets=10, rest_s=0), Cues())
    routine = Routine("holds", "Holds", "Ten minutes.", [Step("hold")], rest_after_s=0)
    made = plan(routine, {"hold": hold})
    planned_ms = sum(step.length_ms or 0 for step in made.steps)
    engine, random, now_ms = Engine(made), Random(1), 0
    events = [*engine.send(Start())]
    began = time.perf_counter()
    while not any(isinstance(event, Finished) for event in events[-3:]):
        now_ms += random.randrange(1, 1900)
        events += engine.advance(now_ms)
    spent_ms = (time.perf_counter() - began) * 1000
    end = next(event for event in events if isinstance(event, Finished))
    yield Row(f"countdown, error over {planned_ms / 60_000:.1f} min", abs(end.at_ms - planned_ms), "ms", limit=0)
    yield Row("countdown, the engine's time for all of it", spent_ms, "ms")


def busy() -> Iterator[Row]:
    """A real hold of twenty seconds beside four busy loops: how late its transitions are."""
    with place() as here:
        for name, loops in (("idle machine", 0), ("four busy loops", _BUSY)):
            late = _lateness(here, loops)
            yield Row(f"countdown, {name}: transitions late, p95", percentile(late, 95), "ms")
            yield Row(f"countdown, {name}: the latest of {len(late)}", max(late), "ms", limit=50)


def _lateness(here: Place, loops: int) -> list[float]:
    """Milliseconds by which each event of time was handled after its moment."""
    here.forget()
    script, told = here.folder / "told.py", here.folder / f"late-{loops}.jsonl"
    script.write_text(_TOLD, "utf-8")
    command = [sys.executable, str(script), str(told), "run", here.hold(20)]
    others = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(loops)]
    try:
        with Terminal(command, environment=here.environment, folder=ROOT) as terminal:
            terminal.wait_for("Pain now", 60)
            terminal.settle()
            terminal.press("3")
            terminal.wait_for("Hold", 60)
            terminal.wait_for("Pain after", 60)
            terminal.watch(0.5)
    finally:
        for other in others:
            other.kill()
            other.wait()
    return [late_ms for _, late_ms in map(json.loads, told.read_text("utf-8").splitlines())]
