"""`trainer breaks install` and `uninstall`: a timer of the system that reminds while no loop is open."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.breaks.install.model import Command, NoPlan, Place, Plan
from trainer.cli import asking, streams
from trainer.cli.breaks.timer import again, joined, placed, planned, program
from trainer.cli.errors import Refusal
from trainer.cli.make import known_paths

if TYPE_CHECKING:
    from trainer.breaks.install.working import Standing

_TRY_S = 20


def install(args: Namespace) -> int:
    """Show what would be written and run, ask, and do it."""
    from trainer.breaks.install.working import NotPutInPlace, installed, is_on, kept_inside, put
    from trainer.settings import load

    paths = known_paths(args)
    plan = planned(paths, load(paths.settings).breaks)
    found = installed(plan.place, plan)
    if args.print_only:
        _show(plan, found)
        return 0
    _refuse_foreign(plan.place, found, kept=not found.there and kept_inside(plan.place) is False)
    command = again(paths)
    if found.current and is_on(plan.place):
        streams.say_lines([f"The timer is on, and is what the settings say: {plan.place.name}."])
        streams.say("To take it away:")
        streams.say(f"  {command} uninstall")
        return 0
    _refuse_rootless(program())
    _show(plan, found)
    if not _agreed(args, "install"):
        streams.say("Nothing was written.")
        return 1
    try:
        put(plan)
    except NotPutInPlace as error:
        back = "What it had written was taken back." if not found.there else "What was there before is there again."
        raise Refusal(f"breaks install: {error.lines[0]}", back, *_instead(plan), status=1) from None
    streams.say_lines([f"The timer is on: {plan.place.name}. It reminds while trainer is not open."])
    streams.say_lines(["To bring it up to date after a change of [breaks], and to take it away:"])
    streams.say(f"  {command} install")
    streams.say(f"  {command} uninstall")
    return 0


def uninstall(args: Namespace) -> int:
    """Show what would be taken away, ask, and do it."""
    from trainer.breaks.install.working import installed, others, switching_off, take_away

    paths = known_paths(args)
    try:
        place = placed(paths)
    except NoPlan:
        streams.say("There is no timer here.")
        return 0
    found = installed(place)
    for file in found.foreign:
        streams.say(f"{file} was not written by trainer, and stays.")
    off = switching_off(place)
    if not found.there and not off:
        streams.say_lines(["There is no timer of these breaks here, so there is nothing to take away."])
        if names := others(place):
            streams.say_lines([f"Timers of other people or folders: {', '.join(names)}."])
            streams.say_lines(["--person, --data-dir and --config-dir say which is meant."])
        return 0
    if off:
        streams.say("It would run:")
        _say_commands(off)
    if found.there:
        streams.say("It would remove:")
        for file in found.there:
            streams.say(f"  {file}")
    if place.after:
        streams.say("And then run:")
        _say_commands(place.after)
    if not _agreed(args, "uninstall"):
        streams.say("Nothing was removed.")
        return 1
    taken = take_away(place)
    if taken.gone:
        streams.say("Removed:")
    for file in taken.gone:
        streams.say(f"  {file}")
    streams.say_lines(taken.trouble, "! ", streams.RED)
    if taken.trouble:
        streams.say_lines(
            ["Where the system could not be asked, a timer that it still holds ends with the next login."]
        )
        return 1
    streams.say(f"The timer is off and gone: {place.name}.")
    return 0


# --- refusing ----------------------------------------------------------------------------------------


def _refuse_foreign(place: Place, found: Standing, *, kept: bool) -> None:
    if found.foreign or kept:
        what = str(found.foreign[0]) if found.foreign else f"a task {place.name}"
        raise Refusal(
            f"breaks install: {what} is there, and was not written by trainer",
            "Move it away first. Nothing was written.",
            status=1,
        )


def _refuse_rootless(program: tuple[str, ...]) -> None:
    """Refuse where the program only runs from this folder or with this shell's variables, which a timer has not."""
    import subprocess

    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    try:
        done = subprocess.run(
            [*program, "--version"],
            env=environ,
            cwd=os.sep,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_TRY_S,
        )
        good = done.returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        good = False
    if not good:
        raise Refusal(
            f"breaks install: {joined(program)} does not run by itself, so a timer could not run it",
            "Install trainer, and run it from there. Nothing was written.",
            status=1,
        )


def _instead(plan: Plan) -> tuple[str, ...]:
    if plan.on[0].words[0] != "systemctl":
        return ()
    return (
        "Without systemd, in containers, WSL and some logins over ssh there is no such timer.",
        "trainer breaks reminds while it is open, and trainer due answers a prompt or a status line.",
    )


def _agreed(args: Namespace, command: str) -> bool:
    """Whether to go on. Raises `Refusal` where nobody can be asked."""
    if args.yes:
        return True
    if not asking.can_ask():
        alone = "--yes asks nothing" + ("; --print only shows." if command == "install" else ".")
        raise Refusal(f"breaks {command}: there is no terminal on which to ask", alone)
    sys.stdout.flush()
    return (asking.line("Go on? [y/N] ") or "").lower() in ("y", "yes")


# --- showing -----------------------------------------------------------------------------------------


def _show(plan: Plan, found: Standing) -> None:
    if found.current:
        streams.say_lines(["What it writes is there already:"])
        for file in plan.files:
            streams.say(f"  {file.path}")
    for file in () if found.current else plan.files:
        verb = "write anew" if Path(file.path) in found.there else "write"
        streams.say(f"It would {verb} {file.path}:", streams.BOLD)
        utf16 = file.content.startswith(b"\xff\xfe")
        for line in file.content.decode("utf-16" if utf16 else "utf-8").splitlines():
            streams.say(f"  {line}".rstrip())
    streams.say("It would run:", streams.BOLD)
    _say_commands(plan.on)


def _say_commands(commands: tuple[Command, ...]) -> None:
    for command in commands:
        only = f" (only where {joined(command.where)} ends with 0)" if command.where else ""
        streams.say(f"  {joined(command.words)}{only}")
