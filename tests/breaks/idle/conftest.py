"""What the tests of this room share."""

import os
import shutil
import subprocess
from contextlib import suppress

import pytest

from tests.breaks.idle.servers import Service
from trainer.breaks import asking

CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={path}</listen><auth>EXTERNAL</auth><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"""


NOWHERE = ":54321"
"""A display that nobody has: one of this machine must not answer in its place."""


class Daemon:
    """A real message bus of the test's own, which can be stopped and begun anew in the same place."""

    def __init__(self, folder):
        self.address = f"unix:path={folder}/bus"
        self._path = folder / "bus"
        self._config = folder / "bus.conf"
        self._config.write_text(CONFIG.format(path=self._path))
        self._services = []
        self._process = None
        self.start()

    @property
    def environ(self):
        return {"DISPLAY": NOWHERE, "DBUS_SESSION_BUS_ADDRESS": self.address, "DBUS_SYSTEM_BUS_ADDRESS": self.address}

    def start(self):
        with suppress(FileNotFoundError):
            os.unlink(self._path)
        command = ["dbus-daemon", "--nofork", f"--config-file={self._config}", "--print-address=1"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert self._process.stdout.readline()  # it listens now

    def serve(self, name, answers):
        self._services.append(Service(self.address, name, answers))
        return self._services[-1]

    def stop(self):
        for service in self._services:
            service.close()
        self._services.clear()
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process.stdout.close()
        self._process = None


@pytest.fixture
def daemon(tmp_path):
    """A bus, where one is installed."""
    pytest.importorskip("jeepney", reason="jeepney is for Linux")
    if shutil.which("dbus-daemon") is None:
        pytest.skip("dbus-daemon is not installed")
    daemon = Daemon(tmp_path)
    yield daemon
    daemon.stop()


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """A slow machine gets time for its answers; a test that waits for none sets it low."""
    monkeypatch.setattr(asking, "LIMIT_S", 20.0)
    return lambda limit_s: monkeypatch.setattr(asking, "LIMIT_S", limit_s)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self):
        self.ms = 1_000_000

    def __call__(self):
        return self.ms


@pytest.fixture
def clock():
    """A clock of the test's own."""
    return Clock()
