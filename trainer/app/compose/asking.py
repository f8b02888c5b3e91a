"""The questions that the composer asks before something could be lost."""

from __future__ import annotations

from trainer.app.choose import ChooseScreen
from trainer.library.errors import LibraryError
from trainer.text import clean

_MOST_PROBLEMS = 3


def leave() -> ChooseScreen:
    """There are unsaved changes: `save`, `discard` or `on`."""
    return ChooseScreen(
        "Leave the composer?",
        ["There are changes that are not saved."],
        [("s", "save", "Save and leave"), ("d", "discard", "Leave without saving"), ("g", "on", "Go on composing")],
    )


def comments_would_go(id: str, why: str) -> ChooseScreen:
    """The file is laid out so that it cannot be changed with its comments kept: `rewrite`, `new` or `on`."""
    return ChooseScreen(
        "Comments of this file cannot be kept",
        [f"Its layout cannot be followed ({clean(why, limit=120)})."],
        [
            ("r", "rewrite", f"Write it anew without them; what is there stays as {id}.toml.bak"),
            ("n", "new", "Save as a new routine, and leave this file as it is"),
            ("g", "on", "Go on composing, nothing saved"),
        ],
    )


def changed_meanwhile(id: str, *, there: bool) -> ChooseScreen:
    """The file is not as it was: `replace`, `new`, `read` or `on`."""
    if not there:
        return ChooseScreen(
            "The file is gone",
            [f"routines/{id}.toml was removed since it was opened."],
            [("w", "replace", "Write it again"), ("g", "on", "Go on composing, nothing saved")],
        )
    return ChooseScreen(
        "The file was changed since it was opened",
        [f"Something else has written routines/{id}.toml."],
        [
            ("n", "new", "Save this as a new routine, and leave the file as it is"),
            ("r", "replace", f"Replace the file; what is there stays as {id}.toml.bak"),
            ("f", "read", "Read the file again, and drop what is here"),
            ("g", "on", "Go on composing, nothing saved"),
        ],
    )


def cannot_open(id: str, error: LibraryError) -> ChooseScreen:
    """What is wrong with a file that cannot be opened."""
    lines = [clean(str(problem), limit=300) for problem in error.problems[:_MOST_PROBLEMS]]
    if (more := len(error.problems) - _MOST_PROBLEMS) > 0:
        lines.append(f"and {more} more")
    way_out = f"trainer edit {clean(id, limit=64)} opens it in your editor."
    return ChooseScreen("This routine cannot be opened", [*lines, way_out], [("g", "back", "Back")])
