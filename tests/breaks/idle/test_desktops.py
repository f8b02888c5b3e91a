"""GNOME, Cinnamon and KDE on a real message bus, with stand-ins for their services."""

import os
import socket
import threading

import pytest

from tests.breaks.idle.servers import Server
from trainer.breaks import idle
from trainer.breaks.asking import NoAnswer
from trainer.breaks.bus import Bus, session_bus
from trainer.breaks.idle.desktops import CINNAMON, GNOME, KDE, open_desktop

pytestmark = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="buses are reached by Unix sockets")

MILLISECONDS = {GNOME: "t", CINNAMON: "t", KDE: "u"}
unix = pytest.mark.parametrize("source", MILLISECONDS, ids=lambda source: source.name)


def served(daemon, source, idle_ms):
    key = (source.interface, source.method)
    return daemon.serve(source.service, {key: (MILLISECONDS[source], (idle_ms,))}), key


@unix
def test_a_desktop_that_answers_is_found(daemon, source):
    service, key = served(daemon, source, 4321)
    found = idle.find(daemon.environ)
    assert (found.name, found.exact, found.idle_ms()) == (source.name, True, 4321)
    service.answers[key] = (MILLISECONDS[source], (0,))
    assert found.idle_ms() == 0
    found.close()
    assert {asked[0] for asked in service.asked} == {source.path}


def test_no_service_is_started_by_being_asked(daemon):
    service, _ = served(daemon, GNOME, 1)
    open_desktop(daemon.environ, GNOME).close()
    assert not service.auto_started


@unix
def test_a_desktop_that_is_not_there_says_so(daemon, source):
    assert dict(idle.survey(daemon.environ))[source.name] == "not running"
    assert idle.find(daemon.environ).name == "unknown"


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("org.freedesktop.DBus.Error.NotSupported", "it answers NotSupported"),
        (("s", ("a while",)), "it answers something else than a time"),
        (("", ()), "it answers something else than a time"),
        (("x", (-5,)), "it answers something else than a time"),
    ],
)
def test_a_desktop_that_answers_nonsense_or_nothing_is_passed_over(daemon, answer, why):
    daemon.serve(GNOME.service, {(GNOME.interface, GNOME.method): answer})
    with pytest.raises(NoAnswer, match=f"^{why}$"):
        open_desktop(daemon.environ, GNOME)
    assert idle.find(daemon.environ).name == "unknown"


def test_a_desktop_that_stands_still_is_passed_over(daemon, patience):
    daemon.serve(GNOME.service, {(GNOME.interface, GNOME.method): None})
    patience(0.1)
    assert dict(idle.survey(daemon.environ))["GNOME"] == "no answer in time"


def test_the_next_desktop_is_asked_where_the_first_has_nothing_to_say(daemon):
    daemon.serve(GNOME.service, {})
    served(daemon, CINNAMON, 7)
    found = idle.find(daemon.environ)
    assert found.name == "Cinnamon"
    found.close()


def test_kde_is_not_asked_on_wayland_where_it_says_0_always(daemon):
    service, _ = served(daemon, KDE, 0)
    environ = daemon.environ | {"XDG_SESSION_TYPE": "wayland"}
    assert dict(idle.survey(environ))["KDE"] == "on Wayland, KDE does not say it here"
    assert service.asked == []


def test_a_bus_that_began_anew_is_found_again_by_the_same_question(daemon):
    served(daemon, GNOME, 10)
    found = open_desktop(daemon.environ, GNOME)
    daemon.stop()
    daemon.start()
    served(daemon, GNOME, 20)
    assert found.idle_ms() == 20
    daemon.stop()
    assert found.idle_ms() is None
    daemon.start()
    served(daemon, GNOME, 30)
    assert found.idle_ms() == 30
    found.close()


def test_a_service_that_ends_and_comes_back_is_heard_again(daemon):
    service, _ = served(daemon, GNOME, 10)
    found = open_desktop(daemon.environ, GNOME)
    service.close()
    assert found.idle_ms() is None
    served(daemon, GNOME, 20)
    assert found.idle_ms() == 20
    found.close()


def test_a_late_answer_is_not_taken_for_the_next_one(daemon, patience):
    service, key = served(daemon, GNOME, 10)
    found = open_desktop(daemon.environ, GNOME)
    service.answers[key] = None
    patience(0.01)
    assert found.idle_ms() is None
    patience(20.0)
    service.answers[key] = ("t", (20,))
    assert found.idle_ms() == 20
    found.close()


def test_many_questions_use_one_connection_and_leave_no_thread(daemon):
    served(daemon, GNOME, 10)
    found = open_desktop(daemon.environ, GNOME)
    files, threads = len(os.listdir("/dev/fd")), threading.active_count()
    assert {found.idle_ms() for _ in range(100)} == {10}
    assert (len(os.listdir("/dev/fd")), threading.active_count()) == (files, threads)
    found.close()
    assert len(os.listdir("/dev/fd")) == files - 1


@pytest.mark.parametrize(
    "address", ["", "nonsense", "tcp:host=localhost,port=1", "unix:path=/no/such/bus", "unix:nonsense", ";;", "unix:"]
)
def test_an_address_that_leads_nowhere_is_said(address):
    pytest.importorskip("jeepney")
    with pytest.raises(NoAnswer, match="the message bus cannot be reached"):
        Bus(address).ask("a.b", "/", "a.b", "C")


def test_a_bus_that_takes_the_call_and_says_nothing_is_left(tmp_path, patience):
    """It would hang whoever waits for it, before the first message or after."""
    pytest.importorskip("jeepney")
    server = Server(tmp_path / "bus")
    patience(0.01)
    with pytest.raises(NoAnswer, match="no answer in time"):
        Bus(f"unix:path={server.path}").ask("a.b", "/", "a.b", "C")
    server.close()


def test_a_bus_that_never_greets_is_left(tmp_path, patience):
    pytest.importorskip("jeepney")

    class Rude(Server):
        def lead(self, connection):
            while connection.recv(1000):
                connection.sendall(b"OK 00000000000000000000000000000000\r\n")
                connection.recv(1000)

    server = Rude(tmp_path / "bus")
    patience(0.1)
    with pytest.raises(NoAnswer):
        Bus(f"unix:path={server.path}").ask("a.b", "/", "a.b", "C")
    server.close()


def test_the_session_has_its_bus_in_its_folder_where_none_is_named(daemon, tmp_path):
    served(daemon, GNOME, 10)
    found = session_bus({"XDG_RUNTIME_DIR": str(tmp_path)})
    assert found.ask(*GNOME[1:]) == (10,)
    found.close()
