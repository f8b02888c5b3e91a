"""A sound card for tests: takes samples from standard input in real time and keeps them in a file.

Its pipe is small, so that whoever writes is held to the pace of a real device. Arguments: the file, and a named
pipe, which gets one byte when the card is ready and one for each hundredth of a second of sound.
"""

import fcntl
import os
import sys
import time

BLOCK_BYTES = 882
BLOCK_S = BLOCK_BYTES / 2 / 44_100
F_SETPIPE_SZ = 1031


def shrink_pipe(out: object) -> None:
    """Until the pipe is small, take what was written ahead; a pipe cannot shrink below what it holds."""
    while True:
        try:
            fcntl.fcntl(0, F_SETPIPE_SZ, 4096)
        except OSError:
            out.write(os.read(0, 4096))
        else:
            return


def main(path: str, ready: str) -> None:
    with open(path, "ab", buffering=0) as out, open(0, "rb", buffering=0) as source:
        shrink_pipe(out)
        told = os.open(ready, os.O_WRONLY)
        os.write(told, b"!")
        due = time.monotonic()
        while block := source.read(BLOCK_BYTES):
            # After a gap the pace begins anew: a device does not catch up.
            due = max(due, time.monotonic() - BLOCK_S) + len(block) / BLOCK_BYTES * BLOCK_S
            time.sleep(max(0.0, due - time.monotonic()))
            out.write(block)
            os.write(told, b".")


if __name__ == "__main__":
    main(*sys.argv[1:])
