"""What the composer works on: a file of the person's own or none yet, and the way into it."""

from __future__ import annotations

from msgspec import structs

from trainer.guide.draft import Draft, History, begun, blank
from trainer.library.errors import LibraryError, Problem
from trainer.library.folder import OwnFolder
from trainer.library.model import Routine
from trainer.library.opened import Opened, created, free_id, opened, saved
from trainer.library.shelf import Library
from trainer.paths import HOMELESS, Paths
from trainer.text import clean

_LONGEST_NAME = 80


class Desk:
    """The folder of the person's own, and the routine that lies open."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self.library = Library(paths.config)
        self._folder = OwnFolder(paths.config)
        self._opened: Opened | None = None
        self._keys: tuple[int, ...] = ()  # of the steps in the file, in their order
        self.notice = ""
        """What the person should know of what was opened; empty where nothing."""

    def open(self, id: str | None) -> History:
        """The draft to begin with: a new one, one's own routine, or a copy of a shipped one. Raises `LibraryError`."""
        self.library = Library(self._paths.config)
        self._opened = None
        if id is None:
            return blank()
        if self._folder.has(Routine, id):
            self._opened = opened(self.library, self._folder, id)
            history = begun(self._opened.routine)
            self._keys = history.draft.keys
            return history
        routine = self.library.routine(id)
        name = clean(f"My {routine.name[:1].lower()}{routine.name[1:]}", limit=_LONGEST_NAME)
        self.notice = f"{routine.name} comes with the program. This is a copy of your own."
        return begun(structs.replace(routine, id="", name=name, group="own"))

    @property
    def id(self) -> str | None:
        """The id of the file that lies open, None where there is none yet."""
        return self._opened.routine.id if self._opened is not None else None

    def where(self, name: str) -> str:
        """Under which name a routine called `name` is kept, in words; empty where that is known already."""
        if self._opened is not None:
            return f"Kept in routines/{self.id}.toml"
        id, wanted = free_id(self.library, name)
        taken = f", since {wanted} is taken" if id != wanted else ""
        return f"Will be kept in routines/{id}.toml{taken}"

    def save(
        self, draft: Draft, *, rewrite: bool = False, whatever_is_there: bool = False, as_new: bool = False
    ) -> str:
        """Keep the draft. Returns what to say.

        Raises `LibraryError`, `NotWritten`, and for an own file `ChangedMeanwhile` and `CannotKeep`.
        """
        if not self._paths.known:
            raise LibraryError(Problem("routines", "", HOMELESS, "a folder for your files"))
        if self._opened is None or as_new:
            self.library = Library(self._paths.config)  # what was added meanwhile has taken its id
            id, wanted = free_id(self.library, draft.routine.name)
            self._opened = created(self._folder, structs.replace(draft.routine, id=id))
            said = f"Saved as routines/{id}.toml" + (f", since {wanted} is taken." if id != wanted else ".")
        else:
            before = self._opened
            places = [self._keys.index(key) if key in self._keys else None for key in draft.keys]
            routine = structs.replace(draft.routine, id=before.routine.id)
            self._opened = saved(
                self._folder, before, routine, places, rewrite=rewrite, whatever_is_there=whatever_is_there
            )
            said = f"Saved in routines/{self.id}.toml."
        self._keys = draft.keys
        return said
