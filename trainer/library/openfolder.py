"""A folder that is held open, in which files are made, replaced and taken back without a link being followed."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

# Where the system has them, every name is looked up in the folder that was opened, so that a folder put in its place
# later is not gone into. Windows has neither; there, the looks before and after have to do.
_BY_DESCRIPTOR = {os.open, os.stat, os.unlink, os.link, os.rename} <= os.supports_dir_fd and hasattr(os, "O_DIRECTORY")
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_JUNCTION = 0xA0000003
"""Windows' mark of a folder that leads to another."""


def is_link(status: os.stat_result) -> bool:
    """Whether `status`, taken without following, is that of something that leads elsewhere."""
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == _JUNCTION


def what_is(status: os.stat_result) -> str:
    """What something is, in words."""
    if is_link(status):
        return "a link"
    if stat.S_ISDIR(status.st_mode):
        return "a folder"
    return "a file" if stat.S_ISREG(status.st_mode) else "something that is no plain file"


class OpenFolder:
    """An open folder. Names are those of files in it; each method raises OSError where the system refuses."""

    def __init__(self, path: Path, descriptor: int | None) -> None:
        self.path = path
        self._at = descriptor

    @classmethod
    @contextlib.contextmanager
    def opened(cls, path: Path) -> Iterator[OpenFolder]:
        """Hold a folder open. Raises NotADirectoryError where it is a link or no folder."""
        status = os.lstat(path)
        if is_link(status) or not stat.S_ISDIR(status.st_mode):
            raise NotADirectoryError(errno.ENOTDIR, what_is(status), str(path))
        if not _BY_DESCRIPTOR:
            yield cls(path, None)
            return
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | _NOFOLLOW)
        try:
            yield cls(path, descriptor)
        finally:
            os.close(descriptor)

    def _name(self, name: str) -> str:
        return name if self._at is not None else str(self.path / name)

    def _open(self, name: str, flags: int, mode: int = 0o666) -> int:
        return os.open(self._name(name), flags | _NOFOLLOW | _BINARY, mode, dir_fd=self._at)

    def status(self, name: str) -> os.stat_result | None:
        """What lies under a name, a link itself and not what it leads to; None where nothing does."""
        try:
            return os.stat(self._name(name), dir_fd=self._at, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def names(self) -> list[str]:
        """What there is."""
        return os.listdir(self._at if self._at is not None else self.path)

    def read(self, name: str, most: int) -> bytes:
        """A plain file's first bytes, one more than `most` where there are more."""
        with os.fdopen(self._open(name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise OSError(errno.EINVAL, "no plain file", name)
            return file.read(most + 1)

    def stage(self, name: str, data: bytes, mode: int | None = None) -> str:
        """Write `data`, durably, under a name beside `name`, and return that name."""
        beside = self._beside(name)
        descriptor = self._open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        try:
            with os.fdopen(descriptor, "wb") as file:
                if mode is not None and hasattr(os, "fchmod"):
                    os.fchmod(file.fileno(), stat.S_IMODE(mode))
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            self.remove(beside)
            raise
        return beside

    def keep(self, name: str) -> str:
        """Give what lies under `name` a second name beside it, and return that."""
        beside = self._beside(name)
        try:
            self._link(name, beside)
        except (OSError, NotImplementedError):  # not every file system has second names
            status = self.status(name)
            assert status is not None
            return self.stage(name, self.read(name, status.st_size), status.st_mode)
        return beside

    def move(self, name: str, to: str) -> None:
        """Rename, over what lies under `to`; a link there is replaced, never followed."""
        os.replace(self._name(name), self._name(to), src_dir_fd=self._at, dst_dir_fd=self._at)

    def move_to_new(self, name: str, to: str) -> None:
        """Rename. Raises FileExistsError where anything lies under `to`."""
        try:
            self._link(name, to)
        except FileExistsError:
            raise
        except (OSError, NotImplementedError):
            if self.status(to) is not None:
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), to) from None
            self.move(name, to)
        else:
            self.remove(name)

    def _link(self, name: str, to: str) -> None:
        os.link(self._name(name), self._name(to), src_dir_fd=self._at, dst_dir_fd=self._at, follow_symlinks=False)

    def remove(self, name: str) -> None:
        """Remove a file; nothing where there is none."""
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self._name(name), dir_fd=self._at)

    def settle(self) -> None:
        """Make renames durable, where the system can."""
        if self._at is not None:
            with contextlib.suppress(OSError):
                os.fsync(self._at)

    @staticmethod
    def _beside(name: str) -> str:
        # Hidden, so that no library reads it; not to be guessed, so that nothing waits under it.
        return f".{name[:80]}.{os.urandom(6).hex()}"
