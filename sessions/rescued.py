"""Facts that could not be stored when they happened, from the file they were put into: a JSON object a line. Pure."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from sessions.errors import InvalidFact
from sessions.facts import Draft
from sessions.misread import Faults, shown

MAX_LINE_CHARS = 1_000_000
"""The longest line that is read."""
_ALLOWED = "one fact that was not saved, as a JSON object: id, session, stamp, kind, body_json"


def read_drafts(lines: Iterable[str], name: str = "") -> list[Draft]:
    """Return the drafts that stand in `lines`, each once, in their order. `name` is how errors call the file.

    They keep their ids and moments, so that storing them twice stores them once. Kinds that are not known are kept as
    they are. Raises `Misread` with every line that holds none; what the others hold is in its `drafts`.
    """
    faults = Faults(name)
    drafts: dict[str, Draft] = {}
    reader = msgspec.json.Decoder(Draft)
    for number, line in enumerate(lines, 1):
        text = line.strip().removeprefix("\ufeff")
        if not text:
            continue
        if len(text) > MAX_LINE_CHARS:
            faults.add(number, "", f"{len(text):,} characters", f"{MAX_LINE_CHARS:,} at most")
            continue
        try:
            draft = _checked(reader.decode(text))
        # A nest too deep ends in RecursionError, a lone surrogate in UnicodeEncodeError, which is a ValueError.
        except (msgspec.MsgspecError, InvalidFact, ValueError, RecursionError):
            faults.add(number, "", shown(text), _ALLOWED)
            continue
        if drafts.setdefault(draft.id, draft) != draft:
            faults.add(number, "id", shown(draft.id), "each fact once: another line says something else under this id")
    return faults.done(list(drafts.values()))


def _checked(draft: Draft) -> Draft:
    if draft.parsed() is None:
        msgspec.json.decode(draft.body_json, type=dict)
    return draft
