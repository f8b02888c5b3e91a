"""Facts as JSON Lines: one JSON object a line, UTF-8, lossless. What is exported, imported and merged.

A line is a fact with the fields of `sessions.facts.Fact`; its `body` is text, so that not a byte of it changes. A line
that is a `sessions.facts.Draft` is what could not be stored when it happened, as is left behind where a disk took
nothing; its `body_json` is text likewise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

import msgspec

from sessions.errors import InvalidFact
from sessions.exchange.misread import Faults, shown
from sessions.facts import Draft, Fact, digest

LONGEST_LINE = 1_000_000
"""Bytes; a fact is a few hundred, a long note ten thousand."""
_BOM = b"\xef\xbb\xbf"
_SOME = 400
"""Bytes of a line that are looked at to tell of it."""
_ALLOWED = "one fact as a JSON object, as an export writes it"

_FACT = msgspec.json.Decoder(Fact)
_DRAFT = msgspec.json.Decoder(Draft)
_OBJECT = msgspec.json.Decoder(dict)
_ENCODER = msgspec.json.Encoder()


class Stream(Protocol):
    """What bytes can be read from, line by line."""

    def readline(self, size: int, /) -> bytes:
        """The next line, or so many bytes of it; nothing at the end."""


class Lines:
    """The facts of a stream of JSON Lines; what cannot be read is passed over and told of in `faults`."""

    def __init__(self, stream: Stream, name: str = "", *, prove: bool = False) -> None:
        """Read what the person calls `name`. With `prove`, a fact that does not match its digest is passed over too."""
        self.drafts: list[Draft] = []
        """What was not stored anywhere yet, as far as the stream has been read."""
        self.faults = Faults(name)
        self._stream = stream
        self._prove = prove

    @property
    def bad_lines(self) -> int:
        """How many lines were passed over."""
        return self.faults.count

    def __iter__(self) -> Iterator[Fact]:
        for number, line in enumerate(self._lines(), 1):
            if line is None:
                self.faults.add(number, "", f"more than {LONGEST_LINE:,} bytes", f"{LONGEST_LINE:,} at most")
                continue
            text = line.removeprefix(_BOM) if number == 1 else line
            try:
                fact = _FACT.decode(text)
            except (msgspec.MsgspecError, ValueError, RecursionError):
                if text.strip():
                    self._other(number, text)
                continue
            if self._prove and digest(fact) != fact.sha256:
                self.faults.add(number, "", "a fact that was changed", "one that matches its digest")
                continue
            yield fact

    def _lines(self) -> Iterator[bytes | None]:
        """Yield each line, None for one that is too long."""
        while line := self._stream.readline(LONGEST_LINE):
            if len(line) < LONGEST_LINE or line.endswith(b"\n"):
                yield line
                continue
            while len(rest := self._stream.readline(LONGEST_LINE)) == LONGEST_LINE and not rest.endswith(b"\n"):
                pass
            yield None

    def _other(self, number: int, line: bytes) -> None:
        """Keep the draft that stands in a line. A kind that is not known needs a JSON object for its body."""
        try:
            draft = _DRAFT.decode(line)
            if draft.parsed() is None:
                _OBJECT.decode(draft.body_json)
        # A nest too deep ends in RecursionError, a lone surrogate in UnicodeEncodeError, which is a ValueError.
        except (msgspec.MsgspecError, ValueError, RecursionError, InvalidFact):
            self.faults.add(number, "", shown(line[:_SOME].decode(errors="replace").strip()), _ALLOWED)
        else:
            self.drafts.append(draft)


def lines(facts: Iterable[Fact]) -> Iterator[bytes]:
    """Yield each fact as a line."""
    for fact in facts:
        yield _ENCODER.encode(fact) + b"\n"
