"""The child process that makes the sounds: `python -m trainer.cues.server`, spoken to as `protocol` says.

It ends at the end of its standard input, by `os._exit`, since a sound library can hang in an orderly exit.
"""

import contextlib
import json
import os
import threading
import time
from collections.abc import Callable, Sequence
from typing import Final

from trainer.cues.outputs import Opener, Output, OutputError, openers
from trainer.cues.outputs.folder import remove_all
from trainer.cues.pending import Speech, is_late
from trainer.cues.protocol import NO_BACKEND, STOP, Lines, parse
from trainer.cues.recordings import fitted

OPEN_S: Final = 4.0
WATCH_S: Final = 0.25
LOST: Final = 3
"""The exit status when what played ceased to and nothing else does: a new process may fare better."""

Report = Callable[[str, str], None]


class Server:
    """Finds an output that works, gives it the cues, and goes on to the next when it dies."""

    def __init__(
        self,
        choices: Sequence[Opener],
        report: Report,
        *,
        clock_ns: Callable[[], int] = time.monotonic_ns,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._choices = choices
        self._report = report
        self._clock_ns = clock_ns
        self._sleep = sleep
        self._output: Output | None = None

    def run_outputs(self) -> int | None:
        """Try each output in turn, stay with one while it works, and report each change.

        Returns `LOST` if one worked for a while, else None.
        """
        told: list[str] = []
        worked = False
        for name, opener in self._choices:
            try:
                output = opened(opener)
            except OutputError as error:
                told.append(f"{name}: {error}")
                continue
            worked = True
            self._output = output
            self._report(name, output.detail)
            self._watch(output)
            self._output = None
            told.append(f"{name}: stopped")
            output.close()
        self._report(NO_BACKEND, "; ".join(told) or "no way to play a sound was found")
        return LOST if worked else None

    def hear(self, line: bytes) -> None:
        """Do what a line says. Late cues, unknown lines, and cues while nothing plays are dropped."""
        output = self._output
        if output is None:
            return
        if line + b"\n" == STOP:
            output.hush()
        elif (asked := parse(line)) and not is_late(asked, now_ns := self._clock_ns()):
            output.play(fitted(asked, now_ns) if isinstance(asked, Speech) else asked)

    def close(self) -> None:
        """Leave nothing behind."""
        if self._output is not None:
            self._output.close()

    def _watch(self, output: Output) -> None:
        """Return when the output is dead. An idle one costs nothing."""
        while True:
            output.busy.wait()
            before_ns = self._clock_ns()
            self._sleep(WATCH_S)
            now_ns = self._clock_ns()
            # If this thread was late itself, the whole process was stopped, and the output is not to blame.
            if now_ns - before_ns < 4 * WATCH_S * 1e9 and not output.healthy(now_ns):
                return


def opened(opener: Callable[[], Output]) -> Output:
    """Open an output, within `OPEN_S`. Raises OutputError, also where opening hangs."""
    result: list[Output] = []
    refused: list[OutputError] = []

    def attempt() -> None:
        try:
            result.append(opener())
        except OutputError as error:
            refused.append(error)
        except Exception as error:
            refused.append(OutputError(f"{type(error).__name__}: {error}"))

    thread = threading.Thread(target=attempt, name="cues-open", daemon=True)
    thread.start()
    thread.join(OPEN_S)
    if result:
        return result[0]
    if refused:
        raise refused[0]
    raise OutputError(f"did not open within {OPEN_S:g} s")


def private_stdout() -> int:
    """Keep standard output for reports only: what libraries print there, or as errors, goes nowhere."""
    reports = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return reports


def main() -> None:
    """Serve until standard input ends."""
    reports = private_stdout()

    def report(backend: str, detail: str) -> None:
        line = json.dumps({"backend": backend, "detail": detail}) + "\n"
        with contextlib.suppress(OSError):
            os.write(reports, line.encode("ascii"))

    server = Server(openers(), report)

    def play() -> None:
        if (status := server.run_outputs()) is not None:
            os._exit(status)

    threading.Thread(target=play, name="cues-outputs", daemon=True).start()
    lines = Lines()
    with contextlib.suppress(OSError, KeyboardInterrupt):
        while data := os.read(0, 4096):
            for line in lines.feed(data):
                server.hear(line)
    with contextlib.suppress(Exception):
        server.close()
        remove_all()
    os._exit(0)


if __name__ == "__main__":
    main()
