"""`trainer due` at once, where what is kept at hand says it; loads nothing that it can do without."""

from __future__ import annotations

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
    try:
        print(as_json(row, now_ms) if arguments[1:] else line(row, now_ms), flush=True)  # the answer
    except UnicodeEncodeError:  # nothing was written of it
        return None
    return DUE_STATUS if row[1] == "due" else 0


def _folders(environ: Mapping[str, str]) -> tuple[str, str] | None:
    """Where settings and logbook lie, as `trainer.paths` finds it, which is asked itself where that is not plain."""
    config = _folder(environ, "TRAINER_CONFIG_DIR", "XDG_CONFIG_HOME", ".config")
    data = _folder(environ, "TRAINER_DATA_DIR", "XDG_DATA_HOME", ".local/share")
    if config and data:
        return config, data
    from trainer.paths import find

    found = find(environ)
    return (str(found.config), str(found.data)) if found.known else None


def _folder(environ: Mapping[str, str], own: str, variable: str, usual: str) -> str:
    """One of the folders; empty where it takes more than a look at the variables."""
    if named := environ.get(own):
        return "" if named.startswith("~") else named
    above, home = environ.get(variable, ""), environ.get("HOME", "")
    if sys.platform != "linux" or not (above or home).startswith("/"):
        return ""
    return f"{above}/trainer" if above else f"{home.rstrip('/')}/{usual}/trainer"
