"""What a timer of the system consists of."""

from __future__ import annotations

from pathlib import PurePath

from msgspec import Struct

MARK = "Written by trainer breaks install; trainer breaks uninstall takes it away."
"""Stands in every file that is ours; what lacks it is never written over nor removed."""

NAME = "trainer-breaks"
_DIGEST_CHARS = 8


class NoPlan(Exception):
    """No timer can be planned. `lines` say why and what else there is."""

    def __init__(self, *lines: str) -> None:
        super().__init__(*lines)
        self.lines = lines


class NoHours(NoPlan):
    """The timer would remind at any hour: no working hours are set."""


class Whose(Struct, frozen=True):
    """Whose breaks: what was named beside the usual. A folder is an absolute path."""

    person: str = ""
    data_dir: str = ""
    config_dir: str = ""

    @property
    def options(self) -> tuple[str, ...]:
        """What the command line is told, so that it means the same folders and person."""
        named = {"--data-dir": self.data_dir, "--config-dir": self.config_dir, "--person": self.person}
        return tuple(word for option, value in named.items() if value for word in (option, value))

    @property
    def suffix(self) -> str:
        """What keeps the names of two people's timers, or of two folders', apart; empty for the usual one."""
        if not self.options:
            return ""
        from sessions.digest import sha256_hex

        digest = sha256_hex("\0".join((self.person, self.data_dir, self.config_dir)).encode("utf-8", "surrogateescape"))
        # Names of units are ASCII; the digest tells those apart that lose letters here.
        said = f"-{self.person}" if self.person.isascii() and self.person else ""
        return f"{said}-{digest[:_DIGEST_CHARS]}"


class Command(Struct, frozen=True):
    """A command and its arguments."""

    words: tuple[str, ...]
    where: tuple[str, ...] = ()
    """It is only run where this one ends with status 0; empty: always."""


class File(Struct, frozen=True):
    """A file with all that is in it."""

    path: PurePath
    content: bytes


class Place(Struct, frozen=True):
    """Where one person's timer lies, whatever its times are, and how it is switched off."""

    name: str
    """What the system calls it."""
    files: tuple[PurePath, ...]
    """Every file that was ever written for it, the last of them the one without which there is no timer."""
    off: tuple[Command, ...]
    """What switches it off, before its files go."""
    asks: tuple[tuple[str, ...], ...]
    """Commands that all end with status 0 where the timer is on."""
    links: tuple[PurePath, ...] = ()
    """Links to its files that the system makes."""
    after: tuple[Command, ...] = ()
    """What is run once the files are gone."""
    folders: tuple[PurePath, ...] = ()
    """Folders that go where nothing else is in them, the innermost first."""
    kept_inside: bool = False
    """Whether the system keeps the timer itself, so that it may be there without a file."""


class Plan(Struct, frozen=True):
    """What would be written and run to have the timer on."""

    place: Place
    files: tuple[File, ...]
    on: tuple[Command, ...]
