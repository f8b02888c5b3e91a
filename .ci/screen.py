"""Opens the installed program in a terminal of its own, waits for its first screen, and leaves it by a key."""

from __future__ import annotations

import os
import pty
import select
import sys
import time

LIMIT_S = 30


def main(program: str) -> int:
    """Return 0 where the notes on care and then the routines came, and the program ended well."""
    child, terminal = pty.fork()
    if not child:
        os.environ.update(TERM="xterm-256color", COLUMNS="80", LINES="24")
        os.execv(program, [program])  # noqa: S606  # the program that was named
    seen, parts = b"", [b"Before you start", b"Desk break"]
    next_key = 0.0
    end = time.monotonic() + LIMIT_S
    while time.monotonic() < end:
        # q leaves the notes, and then the list. Once is not enough: a key may come while one gives way to the other.
        if parts[0] in seen and time.monotonic() >= next_key:
            os.write(terminal, b"q")
            next_key = time.monotonic() + 1
        if not select.select([terminal], [], [], 0.1)[0]:
            continue
        try:
            data = os.read(terminal, 65536)
        except OSError:
            data = b""
        if not data:
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            return status or sum(part not in seen for part in parts)
        seen += data
    os.kill(child, 9)
    sys.stderr.write(f"it did not come to its end; the last it wrote: {seen[-2000:]!r}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
