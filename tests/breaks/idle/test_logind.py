"""The login manager's hint, with a stand-in on a real message bus, and whose hint it is."""

import os

import pytest

from trainer.breaks import idle
from trainer.breaks.asking import NoAnswer
from trainer.breaks.idle.logind import _whose, open_logind

SESSION, USER = "org.freedesktop.login1.Session", "org.freedesktop.login1.User"
GET = "org.freedesktop.DBus.Properties"
MINE = {"User": ("(uo)", (1000, "/x")), "Remote": ("b", False), "Type": ("s", "wayland")}


def serve(daemon, kind, hint, since_ms):
    interface = USER if kind == "tty" else SESSION
    me = getattr(os, "getuid", int)()
    session = {"User": ("(uo)", (me, "/x")), "Remote": ("b", False), "Type": ("s", kind)}
    return daemon.serve(
        "org.freedesktop.login1",
        {
            (GET, "GetAll", SESSION): ("a{sv}", (session,)),
            (GET, "Get", interface, "IdleHint"): ("v", (("b", hint),)),
            (GET, "Get", interface, "IdleSinceHintMonotonic"): ("v", (("t", since_ms * 1000),)),
        },
    )


def environ(daemon, **more):
    return {"DBUS_SYSTEM_BUS_ADDRESS": daemon.address, **more}


@pytest.mark.parametrize(
    ("hint", "since_ms", "idle_ms"),
    [
        (True, 400_000, 600_000),
        (False, 400_000, 0),
        (False, 0, None),
        (True, 0, None),
        (True, 1_000_500, 0),
    ],
    ids=["idle", "somebody is there", "never set", "set without a date", "dated after now"],
)
@pytest.mark.parametrize("kind", ["wayland", "x11", "tty"])
def test_the_hint_is_told_with_its_date(daemon, clock, kind, hint, since_ms, idle_ms):
    service = serve(daemon, kind, hint, since_ms)
    found = open_logind(environ(daemon), clock)
    assert (found.exact, found.idle_ms()) == (False, idle_ms)
    found.close()
    asked = service.asked[-1][0]
    assert asked == "/org/freedesktop/login1/" + ("user/self" if kind == "tty" else "session/auto")


def test_it_is_asked_last_and_found_where_nothing_else_tells(daemon):
    serve(daemon, "wayland", False, 0)
    found = idle.find(environ(daemon, WAYLAND_DISPLAY="wayland-0"))
    assert (found.name, found.idle_ms()) == ("logind", None)
    found.close()
    assert idle.survey(environ(daemon))[-1] == ("logind", "answers, with nothing to tell yet")


@pytest.mark.parametrize("answer", [("s", ("x",)), ("a{sv}", ({},)), ("", ()), ("a{sv}", ({"User": ("s", "root")},))])
def test_an_answer_of_another_form_is_no_answer(daemon, answer):
    daemon.serve("org.freedesktop.login1", {(GET, "GetAll", SESSION): answer})
    with pytest.raises(NoAnswer):
        open_logind(environ(daemon))


def test_a_hint_of_another_form_is_unknown(daemon, clock):
    service = serve(daemon, "x11", True, 1)
    found = open_logind(environ(daemon), clock)
    for odd in (("s", ("x",)), ("v", (("s", "x"),)), ("", ())):
        service.answers[GET, "Get", SESSION, "IdleSinceHintMonotonic"] = odd
        assert found.idle_ms() is None
    found.close()


@pytest.mark.parametrize(
    ("change", "desktop", "why"),
    [
        ({"User": ("(uo)", (1001, "/x"))}, True, "the session belongs to somebody else"),
        ({"Remote": ("b", True)}, False, "keyboard and mouse are on another machine"),
        ({"Remote": ("b", True), "Type": ("s", "tty")}, False, "keyboard and mouse are on another machine"),
        ({"Type": ("s", "tty")}, True, "the session says nothing of keys and mouse"),
        ({"Type": ("s", "unspecified")}, False, "the session says nothing of keys and mouse"),
    ],
)
def test_a_hint_that_does_not_speak_of_this_person_is_not_taken(change, desktop, why):
    with pytest.raises(NoAnswer, match=why):
        _whose(MINE | change, 1000, desktop=desktop)
