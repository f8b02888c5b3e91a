"""What a slip in the writing of TOML is, in plain words. Pure."""

from __future__ import annotations

import re

from trainer.text import clean

_CURLY = "“”„‟‘’‚‛«»"
_VALUE = 'text in quotes, such as "squat"; a figure in digits alone, such as 20; true or false; or a list in [ ]'
_QUOTES = 'a quote at each end, on one line: "like this"'
_HEADER = "[table] or [[entry of a list]]"
_SLIPS = {
    r"Illegal character '\n'": ("a text without its closing quote", _QUOTES),
    "Unterminated string": ("a text without its closing quote", _QUOTES),
    "Unclosed array": (
        "a list that lacks a comma, a quote or its end",
        'commas between its entries, and ] at the end: ["a", "b"]',
    ),
    "Unclosed inline table": ("a table that lacks a comma, or its end", "commas between its keys, and } at the end"),
    "Expected '=' after a key in a key/value pair": ("a key without = behind it", "key = value"),
    "Expected ']' at the end of a table declaration": ("a bracket that is not closed", _HEADER),
    "Expected ']]' at the end of an array declaration": ("brackets that are not closed", _HEADER),
    "Invalid statement": (
        "a line that begins with neither a key nor a bracket",
        f"key = value, {_HEADER}",
    ),
}
"""What the parser says, and what is found and allowed."""


def told(message: str, text: str, line: int, column: int) -> tuple[str, str]:
    """What is found and what is allowed where the parser ended with `message`, at a line and column from 1."""
    found, allowed = _slip(message, text, line, column)
    return f"no valid TOML: {found}", allowed


def _slip(message: str, text: str, line: int, column: int) -> tuple[str, str]:
    row = text.split("\n")[line - 1] if text else ""
    rest = clean(row[column - 1 :].strip(), limit=40)
    if row[column - 1 : column] in set(_CURLY):
        return "curly quotation marks", 'straight ones: "like this"'
    if message in _SLIPS:
        return _SLIPS[message]
    match message:
        case "Invalid value":
            return (f"no value that can be read: {rest}" if rest else "no value"), _VALUE
        case "Expected newline or end of document after a statement":
            return f"more behind the value: {rest}", _behind(rest, row)
        case "Cannot overwrite a value":
            return _twice(row, text.split("\n")[: line - 1])
    if name := re.match(r"Cannot declare \((.*)\) twice", message):
        path = ".".join(re.findall(r"'((?:[^'\\]|\\.)*)'", name[1]))
        return clean(f"[{path}] a second time", limit=120), _declared(path, text)
    return clean(message, limit=120), "TOML 1.0"


def _behind(rest: str, row: str) -> str:
    if rest.startswith(","):
        return "a point in a figure, such as 3.5, or a list in brackets, such as [5, 3]"
    if any(quote in row for quote in "\"'"):
        return 'the end of the line there; a text has none of its own quotes within it: "my back\'s sake"'
    return "the end of the line there; a figure stands without its unit"


def _declared(path: str, text: str) -> str:
    if re.search(r"^[ \t]*\[\[steps\]\]", text, re.MULTILINE):
        return "[[step]], not [[steps]]"
    if path == "dose":
        return "[step.dose] below each [[step]]; only an exercise's own dose is [dose]"
    return f"each table once; each entry of a list in double brackets: [[{clean(path, limit=60) or 'step'}]]"


def _twice(row: str, above: list[str]) -> tuple[str, str]:
    """A key or an entry of a list where the same stands above."""
    if header := re.match(r"[ \t]*\[\[([^\[\]]{1,80})\]\]", row):
        single = f"[{header[1].strip()}]"
        lines = [number for number, before in enumerate(above, 1) if before.strip().startswith(single)]
        if lines:
            return clean(f"{single} in line {lines[0]:,}, and [{single}] here", limit=120), f"[{single}] each time"
    key = row.partition("=")[0].strip()
    once = "each key once in a table"
    for number in range(len(above), 0, -1):
        before = above[number - 1].lstrip()
        if before.startswith("["):
            break
        if before.partition("=")[0].strip() == key:
            return f"{clean(key, limit=60)} a second time; it stands in line {number:,} already", once
    return "a key that is there already", once
