"""`trainer new NAME` and `trainer edit NAME`: files of one's own, written and changed."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path

from trainer.cli import asking, editor, streams
from trainer.cli.errors import Refusal
from trainer.cli.own import find_folder, resolved, text_of, written
from trainer.library.errors import LibraryError, Problem
from trainer.library.examine import Examiner
from trainer.library.folder import Entry, OwnFolder, id_from, id_problem
from trainer.library.model import Exercise, Routine
from trainer.library.shelf import Library
from trainer.library.writing import SCHEMAS, Kind, renamed
from trainer.text import REPLACEMENT, clean

_TEMPLATES = Path(__file__).parents[1] / "library" / "templates"


def new(args: Namespace) -> int:
    """Write a file to begin with."""
    folder = find_folder(args)
    library = Library(folder.root)
    name = _name(args.name)
    id = id_from(name)
    if args.source is not None:
        kind, source = resolved("new", library, args.source, exercise=args.exercise)
        # A copy is made of what can be used, and this says why another cannot.
        shown = (library.exercise(source) if kind is Exercise else library.routine(source)).name
        text = text_of(folder, kind, source)
    else:
        kind, source = Exercise if args.exercise else Routine, ""
        shown, text = "", (_TEMPLATES / f"{kind.__name__.lower()}.toml").read_text("utf-8")
    if name == id:  # an id was given where a name is asked for
        name = shown if id == source else id.replace("-", " ").capitalize()
    _require_free(folder, library, kind, id, args.name, replace=args.replace)
    _begin(folder, kind, text, id=id, name=name, source=source)
    return _edited(folder, kind, id) if args.edit else 0


def _name(given: str) -> str:
    name = " ".join(clean(given).split())
    shown = clean(given, limit=80)
    if REPLACEMENT in name or "/" in name or "\\" in name:
        raise Refusal(f"new: found {shown!r}; allowed: a name without slashes and without what cannot be shown")
    if not 1 <= len(name) <= 80:
        raise Refusal(f"new: found a name of {len(name)} characters; allowed: 1 to 80")
    if not id_from(name):
        raise Refusal(
            f"new: found {shown!r}, of which no id can be made; allowed: a name with letters a to z or digits",
            "Take such a name for now; any other can stand behind `name` in the file.",
        )
    return name


def _require_free(folder: OwnFolder, library: Library, kind: Kind, id: str, given: str, *, replace: bool) -> None:
    if wrong := id_problem(id):
        raise Refusal(f"new: found {wrong[0]}; allowed: {wrong[1]}")
    if folder.has(kind, id):
        raise Refusal(
            f"new: there is a file of your own already: {folder.path(kind, id)}",
            f"trainer edit {id} opens it; another name makes another file.",
        )
    another = f"Choose a name other than {clean(given, limit=80)!r}"
    if library.has_exercise(id) if kind is Routine else library.has_routine(id):
        other = "an exercise" if kind is Routine else "a routine"
        raise Refusal(f"new: {id} is the id of {other} already; trainer run would find only one of them", f"{another}.")
    if library.is_shipped(kind, id) and not replace:
        raise Refusal(
            f"new: {id} is the id of a shipped {kind.__name__.lower()}, which yours would replace wherever it is used",
            f"{another}, or say --replace if you mean that.",
        )


def _begin(folder: OwnFolder, kind: Kind, text: str, *, id: str, name: str, source: str) -> None:
    """Write `text`, that of `source`, under another id and name, and say what comes next."""
    library = Library(folder.root)
    drawn = library.figure_file(source) if kind is Exercise and source != id else None
    text = renamed(text, kind, id=id, name=name, figure=drawn.stem if drawn is not None else None)
    path = folder.path(kind, id)
    if wrong := Examiner(library).text(text, str(path), kind, id=id).problems:
        raise LibraryError(*wrong)
    shipped = library.is_shipped(kind, id)
    written(folder, [Entry(kind, id, text.encode())])
    streams.say(f"Written: {path}")
    if shipped:
        streams.say(f"It takes the place of the shipped {kind.__name__.lower()}; without the file, that one is back.")
    streams.say(f"Change it:  trainer edit {id}")
    streams.say(f"Check it:   trainer check {path}")
    streams.say(f"Try it:     trainer run {id} --rehearse")


# --- editing ------------------------------------------------------------------------------------


def edit(args: Namespace) -> int:
    """Open a file of one's own, and check it afterwards."""
    folder = find_folder(args)
    kinds: tuple[Kind, ...] = (Exercise,) if args.exercise else (Routine, Exercise)
    for id in dict.fromkeys((args.name, id_from(args.name))):
        for kind in kinds:
            if id and folder.has(kind, id):
                return _edited(folder, kind, id)
    library = Library(folder.root)
    kind, id = resolved("edit", library, args.name, exercise=args.exercise)
    if folder.has(kind, id):
        return _edited(folder, kind, id)
    return _edit_shipped(folder, library, kind, id)


def _edit_shipped(folder: OwnFolder, library: Library, kind: Kind, id: str) -> int:
    flag = " --exercise" if kind is Exercise and library.has_routine(id) else ""
    beside = f"trainer new NAME --from {id}{flag} --edit"
    instead = f"trainer new {id} --from {id}{flag} --replace --edit"
    word = kind.__name__.lower()
    if not asking.can_ask():
        raise Refusal(
            f"edit: {id} is a shipped {word}, which stays as it is; a copy of your own can be changed",
            f"Under another name: {beside}",
            f"In its place: {instead}",
        )
    streams.say(f"{id} is a shipped {word}, which stays as it is. A copy of your own can be changed:")
    answer = asking.choose({"n": "one under another name", "r": "one in its place", "q": "none"}, "q")
    shown = (library.exercise(id) if kind is Exercise else library.routine(id)).name
    name, made = shown, id
    if answer == "n":
        given = asking.line("Name of the copy: ")
        if not given:
            answer = "q"
        else:
            name = _name(given)
            made = id_from(name)
            _require_free(folder, library, kind, made, given, replace=False)
    if answer == "q":
        streams.say("Nothing was written.")
        return 0
    _begin(folder, kind, text_of(folder, kind, id), id=made, name=name, source=id)
    return _edited(folder, kind, made)


def _edited(folder: OwnFolder, kind: Kind, id: str) -> int:
    path = folder.path(kind, id)
    before = folder.read(kind, id)
    usable = {one.id for one in Library(folder.root).routines()[0]}
    command = editor.command(os.environ)
    if (folder.root / SCHEMAS).is_dir():
        folder.write_schemas()  # an editor is to know the keys of this version
    while True:
        status = editor.open_in(command, path)
        if status:
            return _failed(folder, kind, id, before, status)
        changed = _content(folder, kind, id) != before
        problems = _problems(folder, kind, id)
        if not changed:
            streams.say(f"Nothing changed in {path}.")
        if not problems:
            if changed:
                streams.say(f"{path}: ok ({kind.__name__.lower()})")
                _warn_of_broken(folder, usable - {id})
            return 0
        streams.warn(*(f"trainer: {problem}" for problem in problems))
        if not asking.can_ask():
            return 2
        choices = {"e": "edit again", "k": "keep it as it is; it is not used until it is right"}
        if changed:
            choices["r"] = "restore what was there before"
        answer = asking.choose(choices, "k")
        if answer == "r":
            return _restored(folder, kind, id, before)
        if answer == "k":
            streams.say(f"Kept: {path}")
            return 2


def _content(folder: OwnFolder, kind: Kind, id: str) -> bytes | None:
    """What the file holds, None where that cannot be said."""
    try:
        return folder.read(kind, id)
    except LibraryError:
        return None


def _problems(folder: OwnFolder, kind: Kind, id: str) -> list[Problem]:
    try:
        folder.read(kind, id)  # a link in its place is not followed
    except LibraryError as error:
        return list(error.problems)
    examined = Examiner(Library(folder.root)).file(folder.path(kind, id))
    return [*examined.problems, *examined.elsewhere]


def _warn_of_broken(folder: OwnFolder, usable: set[str]) -> None:
    now = {one.id for one in Library(folder.root).routines()[0]}
    for id in sorted(usable - now):
        streams.warn(f"trainer: {id} cannot be used with it; trainer check says why")


def _failed(folder: OwnFolder, kind: Kind, id: str, before: bytes, status: int) -> int:
    how = f"signal {-status}" if status < 0 else f"status {status}"
    saved = _content(folder, kind, id) != before
    streams.warn(
        f"trainer: edit: the editor ended with {how}",
        f"What it saved is in {folder.path(kind, id)}." if saved else "Nothing was changed.",
    )
    if saved:
        streams.warn(*(f"trainer: {problem}" for problem in _problems(folder, kind, id)))
    return 1


def _restored(folder: OwnFolder, kind: Kind, id: str, before: bytes) -> int:
    done = written(folder, [Entry(kind, id, before)], replace=True)
    streams.say(f"Restored: {folder.path(kind, id)}")
    for backup in done.backups:
        streams.say(f"What you wrote is kept in {backup}")
    return 1
