"""macOS: an agent of launchd."""

from __future__ import annotations

from pathlib import PurePath

from trainer.breaks.install import moments
from trainer.breaks.install.model import MARK, NAME, Command, File, Place, Plan, Whose
from trainer.breaks.settings import Breaks


def place(whose: Whose, folder: PurePath, uid: int) -> Place:
    """The agent's file in `folder`, which is `Library/LaunchAgents`, and its name in the session of the user `uid`."""
    name = f"{NAME}{whose.suffix}"
    shows = ("launchctl", "print", f"gui/{uid}/{name}")
    return Place(
        name=name,
        files=(folder / f"{name}.plist",),
        off=(Command(("launchctl", "bootout", f"gui/{uid}/{name}"), where=shows),),
        asks=(shows,),
    )


def plan(here: Place, words: tuple[str, ...], wishes: Breaks) -> Plan:
    """The agent. launchd knows no hours for an interval: it asks all day, and the program looks at the hours."""
    import plistlib

    (path,) = here.files
    content: dict[str, object] = {
        "Label": here.name,
        "ProgramArguments": list(words),
        "ProcessType": "Background",
        "LowPriorityIO": True,
        "Nice": 10,
        "RunAtLoad": False,
    }
    if wishes.every_min:
        content["StartInterval"] = moments.GRID_MIN * 60
    if times := _times(moments.by_day(moments.fixed(wishes) if wishes.every_min else moments.fires(wishes))):
        content["StartCalendarInterval"] = times
    # A comment, since a key of our own would be none of launchd's; plistlib writes none.
    written = plistlib.dumps(content).replace(b"<plist ", f"<!-- {MARK} -->\n<plist ".encode(), 1)
    domain = here.off[0].words[-1].rpartition("/")[0]
    on = (*here.off, Command(("launchctl", "bootstrap", domain, str(path))))
    return Plan(place=here, files=(File(path, written),), on=on)


def _times(days: list[list[int]]) -> list[dict[str, int]]:
    """Times of the week as launchd takes them, Sunday being day 0; what is on every day names none."""
    daily = set(days[0]).intersection(*days[1:])
    found = [{"Hour": one // 60, "Minute": one % 60} for one in sorted(daily)]
    for number, day in enumerate(days):
        for one in day:
            if one not in daily:
                found.append({"Weekday": (number + 1) % 7, "Hour": one // 60, "Minute": one % 60})
    return found
