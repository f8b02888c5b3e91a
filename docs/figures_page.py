"""Runs the commands that `docs/figures.md` shows, and writes what they say into it: `python docs/figures_page.py`.

A test holds that they still say so. Files of the page are written as they come, so that each command sees what a reader
would have at that place.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import tempfile
from pathlib import Path
from unittest.mock import patch

from trainer.cli.main import main

PAGE = Path(__file__).with_name("figures.md")
COLUMNS = 80
_FILE = r"^`((?:exercises|figures)/[\w-]+\.toml)`(, at its end)?\n\n```toml\n(.*?)```"
_BLOCK = re.compile(rf"{_FILE}|^```console\n(.*?)```", re.MULTILINE | re.DOTALL)


def page(text: str) -> str:
    """The page with what its commands say now."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        return _BLOCK.sub(_block, text)


def _block(match: re.Match[str]) -> str:
    name, added, file, console = match.groups()
    if name is not None:
        path = Path(name)
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{path.read_text('utf-8')}\n{file}" if added else file, "utf-8")
        return match.group()
    commands = re.findall(r"^\$ trainer (.*)$", console, re.MULTILINE)
    said = "".join(f"$ trainer {command}\n{_say(command)}" for command in commands)
    return f"```console\n{said}```"


def _say(command: str) -> str:
    """All that a command prints where its output is no terminal."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    words = [*shlex.split(command), "--config-dir", ".", "--data-dir", "data"]
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(out),
        patch.dict(os.environ, {"COLUMNS": str(COLUMNS), "TERM": "xterm-256color"}),
    ):
        main(words)
    out.seek(0)
    return out.read()


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
