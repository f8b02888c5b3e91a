"""The contracts on imports name every room, and CONTRIBUTING.md's picture of the house is true."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
CONTRACTS = {
    contract["id"]: contract
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
}
LAYERS = [re.split(r" [|:] ", layer) for layer in CONTRACTS["downward"]["layers"]]


def rooms() -> set[str]:
    """Every module and folder that stands directly in `trainer`."""
    return {
        f"trainer.{path.stem}"
        for path in (ROOT / "trainer").iterdir()
        if (path.suffix == ".py" and path.stem != "__init__") or (path.is_dir() and (path / "__init__.py").exists())
    }


def test_every_room_has_its_layer():
    """A new room without a place in the order of imports is noticed."""
    assert {room for layer in LAYERS for room in layer} == rooms() | {"sessions"}


def test_every_room_but_the_front_ends_is_kept_from_the_screen():
    """Only the app and the command line may know of a screen library."""
    assert set(CONTRACTS["screen"]["source_modules"]) == rooms() - {
        "trainer.app",
        "trainer.cli",
        "trainer.__main__",
    } | {"sessions"}
    assert {"textual", "rich"} <= set(CONTRACTS["screen"]["forbidden_modules"])


def test_what_contracts_name_exists():
    """A renamed module does not slip out of a contract."""
    for contract in CONTRACTS.values():
        named = [
            *contract.get("source_modules", ()),
            *(m for m in contract.get("forbidden_modules", ()) if m.startswith(("trainer.", "sessions."))),
        ]
        for module in named:
            path = ROOT.joinpath(*module.split("."))
            assert path.with_suffix(".py").exists() or (path / "__init__.py").exists(), module


def picture() -> list[tuple[int, str]]:
    """Indentation and name of each line in the picture of the house."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("```")[1]
    return [(len(m[1]), m[2]) for m in re.finditer(r"^( *)(\S+)  ", text, re.MULTILINE)]


def test_the_picture_of_the_house_is_true():
    """All that the picture shows exists, and no room of `trainer` is missing in it."""
    way: dict[int, Path] = {-1: ROOT}
    shown = set()
    for indent, name in picture():
        above = max(depth for depth in way if depth < indent)
        path = way[above] / name
        way = {depth: p for depth, p in way.items() if depth < indent} | {indent: path}
        assert path.is_dir() if name.endswith("/") else path.is_file(), path
        shown.add(path.relative_to(ROOT).as_posix())
    assert {room.replace(".", "/") for room in rooms()} <= {name.removesuffix(".py") for name in shown}


def test_the_order_of_imports_in_words_is_the_contract():
    """CONTRIBUTING.md tells the layers in the order of the contract."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    sentence = text[text.index("**Imports run downward**") :].split(". Only")[0]
    order = {name: number for number, layer in enumerate(LAYERS) for name in layer}
    told = [order.get(f"trainer.{name}", order.get(name)) for name in re.findall(r"`(\w+)`", sentence)]
    assert None not in told
    assert told == sorted(told)
