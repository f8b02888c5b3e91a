"""`trainer due` at once, where what is kept at hand says it; loads nothing that it can do without."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping

from trainer.breaks.due import DUE_STATUS, as_json, line, mark, read


def quickly(arguments: list[str], environ: Mapping[str, str]) -> int | None:
    """Answer `trainer due` and `trainer due --json` from the file. None where the whole program has to be asked."""
    if arguments not in (["due"], ["due", "--json"]) or environ.get("TRAINER_PERSON"):
        return None
    folders = _folders(environ)
    if folders is None:
        return None
    config, data = folders
    now_ms = time.time_ns() // 1_000_000
    row = read(data, mark(f"{config}/settings.toml", f"{data}/logbook.sqlite", environ), now_ms)
    if row is None:
        return None
    print(as_json(row, now_ms) if arguments[1:] else line(row, now_ms), flush=True)  # the answer
    return DUE_STATUS if row[1] == "due" else 0


def _folders(environ: Mapping[str, str]) -> tuple[str, str] | None:
    """Where settings and logbook lie, as `trainer.paths` finds it. Elsewhere than on Linux it is asked itself."""
    config, data = environ.get("TRAINER_CONFIG_DIR"), environ.get("TRAINER_DATA_DIR")
    if config and data:
        return os.path.expanduser(config), os.path.expanduser(data)
    if sys.platform == "linux":
        home = os.path.expanduser("~")
        if not home.startswith("/"):
            return None

        def place(own: str | None, variable: str, usual: str) -> str:
            folder = environ.get(variable, "").strip() or f"{home}/{usual}"
            return os.path.expanduser(own) if own else f"{folder}/trainer"

        return place(config, "XDG_CONFIG_HOME", ".config"), place(data, "XDG_DATA_HOME", ".local/share")
    from trainer.paths import find

    found = find(environ)
    return (str(found.config), str(found.data)) if found.known else None
