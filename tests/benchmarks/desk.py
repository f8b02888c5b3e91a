"""A stand-in for a desktop: a display of X11 that answers at once for how long nothing was typed.

    python tests/benchmarks/desk.py NUMBER

serves the display `:NUMBER` until its standard input ends. The socket is abstract: it leaves no file.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the program itself

from tests.breaks.idle.servers import XServer  # type: ignore[import-untyped]

IDLE_MS = 10_000
"""What it answers: somebody is here, and does not type just now."""


def main() -> None:
    """Serve."""
    XServer(f"\0/tmp/.X11-unix/X{sys.argv[1]}", idle_ms=IDLE_MS)
    print("ready", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
