"""What a slip in the writing of TOML is, in plain words. Pure."""

from __future__ import annotations

import re

from trainer.text import clean

_CURLY = "“”„‟‘’‚‛«»"
_VALUE = 'text in quotes, such as "squat"; a figure in digits alone, such as 20; true or false; or a list in [ ]'
_QUOTES = 'a quote at each end, on one line: "like this"'
_SLIPS = {
    r"Illegal character '\n'": ("a text without its closing quote", _QUOTES),
    "Unterminated string": ("a text without its closing quote", _QUOTES),
    "Unclosed array": (
        "a list that lacks a comma, or its end",
        'commas between its entries, and ] at the end: ["a", "b"]',
    ),
    "Unclosed inline table": ("a table that lacks a comma, or its end", "commas between its keys, and } at the end"),
    "Expected '=' after a key in a key/value pair": ("a key without = behind it", "key = value"),
    "Invalid statement": (
        "a line that begins with neither a key nor a bracket",
        "key = value, [table] or [[entry of a list]]",
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
            return f"more behind the value: {rest}", "the end of the line there; a figure stands without its unit"
        case "Cannot overwrite a value":
            return _twice(row, text.split("\n")[: line - 1]), "each key once in a table"
    if name := re.match(r"Cannot declare \((.*)\) twice", message):
        path = ".".join(re.findall(r"'((?:[^'\\]|\\.)*)'", name[1]))
        return clean(
            f"[{path}] a second time", limit=120
        ), "each table once; each entry of a list in double brackets: [[step]]"
    return clean(message, limit=120), "TOML 1.0"


def _twice(row: str, above: list[str]) -> str:
    key = row.partition("=")[0].strip()
    for number in range(len(above), 0, -1):
        before = above[number - 1].lstrip()
        if before.startswith("["):
            break
        if before.partition("=")[0].strip() == key:
            return f"{clean(key, limit=60)} a second time; it stands in line {number:,} already"
    return "a key that is there already"
