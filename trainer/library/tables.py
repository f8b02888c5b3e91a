"""Lines of a TOML file as its author wrote them, and changes of single values in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\''  # texts, as they may hold all below
    r"|#[^\n]*|[\[\]{},\n]|[^\"'#\[\]{},\n]+",
    re.DOTALL,
)
"""What a valid file is made of, as far as it matters for where a value ends."""

Addition = tuple[tuple[str, ...], str, Any]
"""The tables that lead there, the key, and the value."""


class CannotKeep(Exception):
    """A file is laid out so that it cannot be changed with its comments kept."""


class Line(NamedTuple):
    """A line of a file, or several where a value goes on over them; with its line end."""

    kind: Literal["blank", "comment", "header", "pair"]
    text: str


def lines(text: str) -> Iterator[Line]:
    """The lines of a valid file. Together they are the text."""
    start, depth = 0, 0
    kind: Literal["blank", "comment", "header", "pair"] = "blank"
    for match in TOKEN.finditer(text):
        piece = match.group()
        if piece == "\n" and not depth:
            yield Line(kind, text[start : match.end()])
            start, kind = match.end(), "blank"
        elif kind == "blank" and piece.strip():
            kind = "comment" if piece[0] == "#" else "header" if piece == "[" else "pair"
        depth += (piece in ("[", "{")) - (piece in ("]", "}"))
    if start < len(text):
        yield Line(kind, text[start:])


def render(value: Any) -> str:
    """The value as TOML on one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {render(v)}" for key, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(render, value)) + "]"
    import tomlkit

    return str(tomlkit.item(value).as_string())


def _key(key: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9_-]+", key):
        return key
    import tomlkit

    return tomlkit.item(key).as_string()


def _item(text: str) -> Any:
    import tomlkit

    return tomlkit.value(text)


def apply(table: Any, before: dict[str, Any], after: dict[str, Any], way: tuple[str, ...] = ()) -> list[Addition]:
    """Change what differs between `before` and `after` in a table of tomlkit's. Returns what is still to be put in."""
    from tomlkit.items import InlineTable

    additions: list[Addition] = []
    for key in before.keys() - after.keys():
        if key in table:
            del table[key]
    for key, value in after.items():
        old = table.get(key)
        if value == before.get(key):
            continue
        if isinstance(old, InlineTable) and isinstance(value, dict):
            table[key] = _item(within(old, before.get(key) or {}, value))
        elif isinstance(old, dict) and isinstance(value, dict):
            additions += apply(old, before.get(key) or {}, value, (*way, key))
        elif old is not None:
            table[key] = _item(render(value))
        else:
            additions.append((way, key, value))
    return additions


def within(table: Any, before: dict[str, Any], after: dict[str, Any]) -> str:
    """A table in braces as text, with what differs changed."""
    gone = (before.keys() - after.keys()) & table.keys()
    if not gone and after.keys() <= table.keys():
        apply(table, before, after)
        return str(table.as_string())
    stays = {key: value for key, value in table.unwrap().items() if key not in gone}
    return render({**stays, **after})


def changed(text: str, before: dict[str, Any], after: dict[str, Any], newline: str) -> str:
    """A part of a file in which the top keys of `before` become those of `after`."""
    import tomlkit

    mine = "\r\n" if "\r\n" in text else "\n" if "\n" in text else newline
    document = tomlkit.parse(text.replace("\r\n", "\n"))
    additions = apply(document, before, after)
    out = document.as_string()
    for way, key, value in additions:
        out = insert(out, way, key, value)
    return out.replace("\n", mine)


def insert(text: str, way: tuple[str, ...], key: str, value: Any) -> str:
    """A part of a file with one more key, behind the last of the table that `way` leads to."""
    all_lines = list(lines(text))
    at, dotted = _last_of(all_lines, way)
    name = ".".join([*(_key(one) for one in dotted), _key(key)])
    above = all_lines[at].text if at >= 0 else ""
    indent = above[: len(above) - len(above.lstrip(" \t"))] if at >= 0 and all_lines[at].kind == "pair" else ""
    if above and not above.endswith("\n"):
        all_lines[at] = Line(all_lines[at].kind, above + "\n")
    all_lines.insert(at + 1, Line("pair", f"{indent}{name} = {render(value)}\n"))
    return "".join(line.text for line in all_lines)


def _last_of(all_lines: list[Line], way: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    """The last line of the table that `way` leads to, and what of the way its keys name themselves."""
    import tomli

    here: tuple[str, ...] = ()
    found: tuple[int, tuple[str, ...]] = (-1, way)
    deepest = -1
    for number, line in enumerate(all_lines):
        if line.kind == "header":
            here = _way(tomli.loads(line.text))
        if line.kind not in ("header", "pair"):
            continue
        rest = _rest(here, way)
        # The first keys stand under no header or, in a step, under its own.
        if rest is not None and len(here) >= deepest:
            deepest = len(here)
            found = (number, rest)
    return found


def _way(table: dict[str, Any]) -> tuple[str, ...]:
    ((key, value),) = table.items()
    if isinstance(value, list):
        return ()  # the header of a step: its keys are the part's own
    inner = _way(value) if value else ()
    return inner if key == "step" else (key, *inner)


def _rest(here: tuple[str, ...], way: tuple[str, ...]) -> tuple[str, ...] | None:
    return way[len(here) :] if way[: len(here)] == here else None
