"""What is built, and what is asked for."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import trainer

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
REQUIREMENTS = [Requirement(text) for text in [*PROJECT["dependencies"], *EXTRAS["simpleaudio"], *EXTRAS["test"]]]
PINS = {
    canonicalize_name(pin.name): pin
    for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
    for pin in [Requirement(line)]
}
KINDS = {".json", ".py", ".toml", ".tcss", ".typed", ".wav"}


def build(out: Path, *options: str) -> None:
    """Build into `out` with what is installed; nothing is fetched."""
    for name in ("build", "hatchling"):
        pytest.importorskip(name)
    done = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", *options, "--outdir", str(out), str(ROOT)],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def straight(tmp_path_factory):
    """The wheel as it is built from the tree."""
    out = tmp_path_factory.mktemp("straight")
    build(out, "--wheel")
    with zipfile.ZipFile(next(out.glob("*.whl"))) as wheel:
        yield wheel


def source_files() -> set[str]:
    return {
        str(path.relative_to(ROOT).as_posix())
        for package in ("trainer", "sessions")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_both_packages_and_nothing_else(straight):
    """Every file of both packages is in the wheel; beside them only what a wheel is described by."""
    info = f"terminal_trainer-{trainer.__version__}.dist-info"
    described = {f"{info}/{name}" for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE")}
    assert set(straight.namelist()) == source_files() | described


def test_the_wheel_holds_code_data_and_type_marks(straight):
    """No other kind of file slips in, and none that is needed is missing."""
    names = {name for name in straight.namelist() if ".dist-info/" not in name}
    assert {Path(name).suffix for name in names} == KINDS
    assert {"trainer/py.typed", "sessions/py.typed", "trainer/app/app.tcss"} <= names
    assert {"trainer/library/data/routines/desk-break.toml", "trainer/library/data/exercises/bird-dog.toml"} <= names


def test_the_source_archive_builds_the_same_wheel(straight, tmp_path):
    """A wheel built from the source archive has the same files with the same content."""
    build(tmp_path)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as second:
        assert {i.filename: i.CRC for i in second.infolist()} == {i.filename: i.CRC for i in straight.infolist()}


def test_the_metadata_says_what_the_project_says(straight):
    """Name, versions of Python, licence and command are in what is installed."""
    files = {Path(name).name: name for name in straight.namelist()}
    metadata = straight.read(files["METADATA"]).decode()
    for line in (
        "Name: terminal-trainer",
        f"Version: {trainer.__version__}",
        "Requires-Python: >=3.11",
        "License-Expression: MIT",
        "Provides-Extra: simpleaudio",
        "Provides-Extra: test",
        *(f"Classifier: Programming Language :: Python :: 3.{minor}" for minor in (11, 12, 13, 14)),
    ):
        assert f"\n{line}\n" in metadata
    assert "trainer = trainer.__main__:main" in straight.read(files["entry_points.txt"]).decode()


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=str)
def test_a_range_opens_upward_to_a_major_version(requirement):
    """Each dependency has a lowest version and ends before a major one."""
    bounds = {specifier.operator: specifier.version for specifier in requirement.specifier}
    assert set(bounds) == {">=", "<"}
    assert re.fullmatch(r"\d+", bounds["<"])
    assert Version(bounds[">="]) < Version(bounds["<"])


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=str)
def test_the_tested_version_is_in_the_range(requirement):
    """What constraints.txt pins is what pyproject.toml allows."""
    pin = next(iter(PINS[canonicalize_name(requirement.name)].specifier))
    assert pin.operator == "=="
    assert pin.version in requirement.specifier


def test_everything_that_comes_along_is_pinned():
    """The dependencies of the dependencies have a tested version too."""
    seen: set[str] = set()
    waiting = list(REQUIREMENTS)
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in seen or not (requirement.marker is None or requirement.marker.evaluate({"extra": ""})):
            continue
        seen.add(name)
        assert name in PINS, f"{name} has no line in constraints.txt"
        try:
            version(name)
        except PackageNotFoundError:
            continue
        waiting.extend(Requirement(text) for text in requires(name) or [])


def test_constraints_are_names_and_versions_only():
    """No address, no digest and no option stands in the file: any index serves it."""
    for name, pin in PINS.items():
        assert pin.url is None, name
        assert [one.operator for one in pin.specifier] == ["=="], name
    assert not re.search(r"://|--|sha256", (ROOT / "constraints.txt").read_text("utf-8"))
