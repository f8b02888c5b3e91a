"""What ends a command early, with what to say and the exit status."""

from __future__ import annotations


class Refusal(Exception):
    """Something asked for cannot be done. `lines` say what and what to do instead."""

    def __init__(self, *lines: str, status: int = 2) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines
        self.status = status


class Signalled(BaseException):
    """The program was asked to end by a signal. No error: nothing that handles errors may take it for one."""

    def __init__(self, number: int) -> None:
        super().__init__(f"signal {number}")
        self.number = number
