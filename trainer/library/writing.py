"""A routine or an exercise as the text of a TOML file, as a person would write it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from trainer.library.model import Exercise, Routine
from trainer.text import clean

if TYPE_CHECKING:
    import tomlkit
    from tomlkit.items import Item

Kind = type[Exercise] | type[Routine]

SCHEMAS = "schemas"
"""The folder beside `routines` and `exercises` that holds the schemas for editors."""
WIDEST = 100
"""Characters of a line up to which a list stands in one line (own)."""
_DIRECTIVE = re.compile(r"\A\ufeff?(?:[ \t]*\n)*#:schema\b[^\n]*\n?")


def directive(kind: Kind) -> str:
    """The first line of a file in the person's folder: where an editor finds what the file may hold."""
    return f"#:schema ../{SCHEMAS}/{kind.__name__.lower()}.json\n"


def directed(text: str, kind: Kind) -> str:
    """`text` with that first line, whatever schema it named before."""
    return directive(kind) + undirected(text)


def undirected(text: str) -> str:
    """`text` without a first line that names a schema."""
    return _DIRECTIVE.sub("", text).removeprefix("\ufeff")


def to_toml(value: Exercise | Routine) -> str:
    """The text of a file that reads as `value`; what is as usual is left out.

    Raises ValueError for a value that no file can hold, such as one with a number out of range.
    """
    import tomlkit

    document = tomlkit.document()
    fill(document, plain(value))
    text = tomlkit.dumps(document)
    if not reads_as(text, value):
        raise ValueError(f"no file holds {type(value).__name__.lower()} {clean(value.id, limit=80)!r}")
    return text


def reads_as(text: str, value: Struct) -> bool:
    """Whether `text` is that of a file that holds `value`."""
    import tomli

    try:
        return bool(msgspec.convert(tomli.loads(text), type(value)) == value)
    except (ValueError, RecursionError, msgspec.ValidationError):
        return False


def renamed(text: str, kind: Kind, *, id: str, name: str, figure: str | None = None) -> str:
    """A file's `text` under another id and name, a routine in the group of one's own; comments and the rest stay.

    `text` is that of a file that can be read; `figure` the exercise whose figure shows the copy.
    """
    import tomlkit

    document = tomlkit.parse(undirected(text))
    document["id"], document["name"] = id, name
    if figure is not None:
        document["figure"] = figure
    if kind is Routine and "group" in document:
        document["group"] = "own"
    return directed(tomlkit.dumps(document), kind)


def plain(value: Struct) -> dict[str, Any]:
    """A value as a table in the order of its file: what is as usual left out, tables of their own last."""
    found: dict[str, Any] = {}
    for field in msgspec.structs.fields(value):
        one = getattr(value, field.name)
        usual = field.default
        if field.default_factory is not msgspec.NODEFAULT:
            usual = field.default_factory()
        if field.required or one != usual:
            found[field.encode_name] = _plain(one)
    return dict(sorted(found.items(), key=lambda entry: _is_table(entry[0], entry[1])))


def _plain(value: Any) -> Any:
    if isinstance(value, Struct):
        return plain(value)
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)  # a person writes 2, and it reads as the same
    return value


_INLINE = frozenset({"source", "side_names"})
"""Small tables that stand in one line."""


def _is_table(key: str, value: Any) -> bool:
    return (isinstance(value, dict) and key not in _INLINE) or (
        isinstance(value, list) and bool(value) and isinstance(value[0], dict)
    )


def fill(table: tomlkit.TOMLDocument | tomlkit.items.Table, values: dict[str, Any]) -> None:
    """Add plain `values` to a table of tomlkit's, in the way of this program's own files."""
    import tomlkit

    for key, value in values.items():
        if not _is_table(key, value):
            table.add(key, _item(value))
        elif isinstance(value, dict):
            below = tomlkit.table()
            fill(below, value)
            table.add(key, below)
        else:
            several = tomlkit.aot()
            for one in value:
                below = tomlkit.table()
                fill(below, one)
                several.append(below)
            table.add(key, several)


def _item(value: Any) -> Item:
    import tomlkit

    if isinstance(value, dict):
        inline = tomlkit.inline_table()
        inline.update(value)
        return inline
    if not isinstance(value, list):
        one: Item = tomlkit.item(value)
        return one
    # As text, since an array of tomlkit's takes time with the square of what is put into it one by one.
    entries = [_item(one).as_string() for one in value]
    if len(str(value)) <= WIDEST:
        return tomlkit.value(f"[{', '.join(entries)}]")
    return tomlkit.value("[\n" + "".join(f"  {one},\n" for one in entries) + "]")
