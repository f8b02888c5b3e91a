"""Where in a TOML text a key stands. Loaded only when there is a problem to place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import tomli

from trainer.text import clean

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

Point = tuple[int, int]
"""A line and a byte in it, both from 0."""
Keys = tuple[str | int, ...]
"""The way to a value from the top of a file: keys, and indexes from 0."""


def places(text: str, wanted: Iterable[tuple[Keys, bool]]) -> list[tuple[int, int]]:
    """Line and column, counted from 1 in characters, of each wanted key (where True) or of its value.

    What is not there has the place of the nearest table around it that is; in the end the start of the text.
    `text` is TOML that can be read. Raises ImportError where the machine has no parser that keeps places.
    """
    wishes = list(wanted)
    data = text.encode("utf-8", "replace")
    found = _Search(keys for keys, _ in wishes).search(_parser().parse(data).root_node)
    lines = data.split(b"\n")

    def counted(point: Point) -> tuple[int, int]:
        row, byte = point
        return row + 1, len(lines[row][:byte].decode("utf-8", "replace")) + 1

    result = []
    for keys, at_key in wishes:
        there = next(length for length in range(len(keys), -1, -1) if keys[:length] in found or not length)
        key, value = found.get(keys[:there], ((0, 0), (0, 0)))
        result.append(counted(value if there == len(keys) and not at_key else key))
    return result


def _parser() -> Parser:
    import tree_sitter_toml
    from tree_sitter import Language, Parser

    try:
        return Parser(Language(tree_sitter_toml.language()))
    except ValueError as error:  # a parser of another age than the grammar
        raise ImportError(str(error)) from error


class _Search:
    """Walks a syntax tree, down those values only that lead to what is wanted."""

    def __init__(self, wanted: Iterable[Keys]) -> None:
        self._ways = {keys[:length] for keys in wanted for length in range(1, len(keys) + 1)}
        self._found: dict[Keys, tuple[Point, Point]] = {}
        self._entries: dict[Keys, int] = {}
        """How many tables each list of tables has so far."""

    def search(self, root: Node) -> dict[Keys, tuple[Point, Point]]:
        """Where key and value of each part of each way stand, as far as they are there."""
        for node in root.named_children:
            match node.type:
                case "pair":
                    self._pair(node, ())
                case "table" | "table_array_element":
                    self._table(node)
        return self._found

    def _note(self, keys: Keys, key: Node, value: Node) -> bool:
        if keys not in self._ways:
            return False
        self._found.setdefault(keys, (key.start_point, value.start_point))
        return True

    def _table(self, node: Node) -> None:
        children = _children(node)
        keys: Keys = ()
        parts = _parts(children[0]) if children else []
        for number, part in enumerate(parts, 1):
            keys = (*keys, _name(part))
            if not self._note(keys, part, part):
                return
            if number == len(parts) and node.type == "table_array_element":
                self._entries[keys] = self._entries.get(keys, 0) + 1
            if keys in self._entries:
                keys = (*keys, self._entries[keys] - 1)
                if not self._note(keys, part, part):
                    return
        for pair in children[1:]:
            self._pair(pair, keys)

    def _pair(self, node: Node, keys: Keys) -> None:
        children = _children(node)
        if node.type != "pair" or len(children) < 2:
            return
        for part in _parts(children[0]):
            keys = (*keys, _name(part))
            if not self._note(keys, part, children[-1]):
                return
        self._value(children[-1], keys)

    def _value(self, node: Node, keys: Keys) -> None:
        if node.type == "inline_table":
            for child in node.named_children:
                self._pair(child, keys)
        elif node.type == "array":
            for index, child in enumerate(_children(node)):
                if self._note((*keys, index), child, child):
                    self._value(child, (*keys, index))


def _children(node: Node) -> list[Node]:
    return [child for child in node.named_children if child.type != "comment"]


def _parts(key: Node) -> list[Node]:
    """The names that a key is made of."""
    parts = [key]
    while parts[0].type == "dotted_key":  # it holds what stands before its last dot, then the last name
        parts[:1] = _children(parts[0])
    return parts


def _name(part: Node) -> str:
    """A name as a reader of the file sees it."""
    text = (part.text or b"").decode("utf-8", "replace")
    return clean(next(iter(tomli.loads(f"{text} = 0"))) if part.type == "quoted_key" else text)
