"""What can be wrong with a file, said so that its author finds the place."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct


class Problem(Struct, frozen=True):
    """One thing wrong in one file."""

    file: str
    """The file as the person would name it."""
    place: str
    """The path of the key, entries of lists counted from 1; empty where no key is meant."""
    found: str
    allowed: str
    line: int | None = None
    """Counted from 1; None where no line is meant."""
    column: int | None = None
    """In characters, counted from 1."""
    suggestion: str = ""
    """What may have been meant."""

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        place = f"{self.place}: " if self.place else ""
        hint = f"; did you mean {self.suggestion}?" if self.suggestion else ""
        return f"{where}: {place}found {self.found}; allowed: {self.allowed}{hint}"


class LibraryError(Exception):
    """One or more problems in the files that were asked for."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


_FEW = 3
_LONGEST_WORD, _MOST_WORDS = 80, 1000


def few(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The first problems of a file, and how many more there are: enough where the file is only one of many."""
    if len(problems) <= _FEW + 1:
        return problems
    return (*problems[:_FEW], more(problems[0].file, len(problems) - _FEW, "none (trainer check lists them)"))


def more(file: str, count: int, allowed: str) -> Problem:
    """What stands for `count` problems of a file that are not told one by one."""
    return Problem(file, "", f"{count:,} more problem{'s' if count > 1 else ''}", allowed)


def nearest(word: str, known: Iterable[str]) -> str:
    """The one of `known` that may have been meant by `word`; empty where none is near. Its time is bounded."""
    import difflib
    from itertools import islice

    if len(word) > _LONGEST_WORD:
        return ""
    words = islice((one for one in known if len(one) <= _LONGEST_WORD), _MOST_WORDS)
    return next(iter(difflib.get_close_matches(word.lower(), words, n=1)), "")
