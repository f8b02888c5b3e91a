"""The person's own editor: which one it is, and a file opened in it."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from trainer.cli import streams
from trainer.cli.errors import Refusal
from trainer.text import clean

VARIABLES = ("VISUAL", "EDITOR")
_USUAL = ("sensible-editor", "nano", "vi") if os.name != "nt" else ("notepad",)


def command(environment: Mapping[str, str], *, windows: bool = os.name == "nt") -> list[str]:
    """The editor and its own arguments. Raises `Refusal` where none is known or can be found."""
    for variable in VARIABLES:
        if value := environment.get(variable, "").strip():
            return _found(variable, value, windows=windows)
    if not streams.is_terminal(sys.stdin):
        raise Refusal("edit: there is no terminal here to edit in", "Set VISUAL or EDITOR to the editor that you want.")
    for name in _USUAL:
        if path := shutil.which(name):
            return [path]
    raise Refusal("edit: no editor was found", "Set VISUAL or EDITOR to the one that you want.")


def _found(variable: str, value: str, *, windows: bool) -> list[str]:
    shown = f"edit: {variable} is {clean(value, limit=80)!r}"
    if path := shutil.which(value):
        return [path]  # a path with blanks in it, without quotes
    try:
        # A backslash is part of a path there, and quotes stay where they are.
        words = [word.strip('"') for word in shlex.split(value, posix=False)] if windows else shlex.split(value)
    except ValueError:
        raise Refusal(f"{shown}, with a quote that is not closed") from None
    path = shutil.which(words[0]) if words else None
    if path is None:
        raise Refusal(f"{shown}, and there is no such command", "Set it to the editor that you want.")
    return [path, *words[1:]]


def open_in(editor: list[str], path: Path) -> int:
    """Open `path` and wait until the editor ends. Returns its exit status, less than 0 after a signal."""
    sys.stdout.flush()
    try:
        with _interrupts_left_to_the_editor():
            return subprocess.run([*editor, str(path)], check=False).returncode
    except OSError as error:
        name = clean(editor[0], limit=80)
        raise Refusal(f"edit: {name}: {(error.strerror or str(error)).lower()}", "Nothing was changed.") from None


@contextlib.contextmanager
def _interrupts_left_to_the_editor() -> Iterator[None]:
    # A handler that does nothing, not SIG_IGN: the editor would inherit that.
    try:
        before = signal.signal(signal.SIGINT, lambda *_: None)
    except ValueError:  # not in the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
