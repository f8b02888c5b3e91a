"""What can be wrong with a file, said so that its author finds the place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one file."""

    file: str
    """The file as the person would name it."""
    place: str
    """Line and column, or the path of the key; empty where the whole file is meant."""
    found: str
    allowed: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.place}" if self.place else self.file
        return f"{where}: found {self.found}; allowed: {self.allowed}"


class LibraryError(Exception):
    """One or more problems in the files that were asked for."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))
