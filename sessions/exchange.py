"""Facts as JSON Lines: one JSON object a line, UTF-8, lossless. What is exported, imported and merged.

A line is a fact with the fields of `sessions.facts.Fact`; its `body` is text, so that not a byte of it changes. A line
without `device`, `seq`, `schema` and `sha256` is a draft, as is left behind where a disk took nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

import msgspec
from msgspec import Struct

from sessions.errors import InvalidFact
from sessions.facts import Draft, Fact

LONGEST_LINE = 1_000_000
"""Bytes; a fact is a few hundred, a long note ten thousand."""
_SOME = 20

_FACT = msgspec.json.Decoder(Fact)
_DRAFT = msgspec.json.Decoder(Draft)
_ENCODER = msgspec.json.Encoder()


class Bad(Struct, frozen=True):
    """A line that could not be read."""

    line: int
    """From 1."""
    why: str


class Lines:
    """The facts of a stream of JSON Lines; what cannot be read is passed over and told of afterwards."""

    def __init__(self, stream: BinaryIO) -> None:
        self.drafts: list[Draft] = []
        """What was not stored anywhere yet."""
        self.bad_lines = 0
        self.bad: list[Bad] = []
        """The first of them."""
        self._stream = stream

    def __iter__(self) -> Iterator[Fact]:
        for number, line in enumerate(self._lines(), 1):
            if line is None:
                self._pass_over(number, f"longer than {LONGEST_LINE:,} bytes")
                continue
            try:
                yield _FACT.decode(line)
            except (msgspec.MsgspecError, ValueError, RecursionError) as error:
                if line.strip():
                    self._other(number, line, error)

    def _lines(self) -> Iterator[bytes | None]:
        """Yield each line, None for one that is too long."""
        while line := self._stream.readline(LONGEST_LINE):
            if len(line) < LONGEST_LINE or line.endswith(b"\n"):
                yield line
                continue
            while len(rest := self._stream.readline(LONGEST_LINE)) == LONGEST_LINE and not rest.endswith(b"\n"):
                pass
            yield None

    def _other(self, number: int, line: bytes, error: Exception) -> None:
        try:
            draft = _DRAFT.decode(line)
            draft.parsed()
            self.drafts.append(draft)
        except (msgspec.MsgspecError, ValueError, RecursionError, InvalidFact):
            self._pass_over(number, str(error))

    def _pass_over(self, number: int, why: str) -> None:
        self.bad_lines += 1
        if len(self.bad) < _SOME:
            self.bad.append(Bad(number, why))


def lines(facts: Iterable[Fact]) -> Iterator[bytes]:
    """Yield each fact as a line."""
    for fact in facts:
        yield _ENCODER.encode(fact) + b"\n"
