"""Measures the program against the barest that could stand in its place, and prints a table.

    python tests/benchmarks/run.py [NAME …] [--check]

Without names all are run, in about half an hour on an idle machine. With `--check` the exit status is 1
where a limit is missed. A ratio compares runs made in turns on the same machine: figures of another
machine, or of another hour, cannot be compared.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the program itself, wherever this is run from

import counting
import figures
import remembering
import running
import starting
import storing
import table
import waiting

MEASUREMENTS = {
    "screens": starting.screens,
    "commands": starting.commands,
    "memory": starting.memory,
    "holds": running.holds,
    "keys": running.keys,
    "ten-minutes": counting.ten_minutes,
    "busy": counting.busy,
    "commits": storing.commits,
    "remembering": remembering.remembering,
    "breaks": waiting.breaks,
    "figures": figures.figures,
}


def main() -> int:
    """Run what is named. Returns the exit status."""
    parser = argparse.ArgumentParser(description="Measure speed against limits.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(MEASUREMENTS)} (all)")
    parser.add_argument("--check", action="store_true", help="exit 1 where a limit is missed")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(MEASUREMENTS):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(MEASUREMENTS)}")
    if sys.platform != "linux":
        parser.error("these measurements read /proc, which only Linux has")
    print(table.HEAD)
    missed = 0
    for name in arguments.names or MEASUREMENTS:
        for row in MEASUREMENTS[name]():
            print(table.line(row), flush=True)
            missed += row.over
    if missed:
        print(f"{missed} over the limit")
    return int(bool(missed and arguments.check))


if __name__ == "__main__":
    sys.exit(main())
