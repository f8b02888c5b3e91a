"""What to do tomorrow, with the reason. Pure.

Figures: progress slowly, only where the next day is no worse (`lasting`; physiotherapy practice pages);
pain back to its usual level within an hour and no worse next morning (pain-monitoring model).
"""

from __future__ import annotations

from collections.abc import Sequence

from sessions.review import CHANGE_POINTS

AGAIN = "One look says little. Look again now and then, in the same way, and see what stays."
NOTHING_SEEN = "No question was answered, so there is nothing to go by. Look again whenever it suits you."


def heading(*, only_looked: bool) -> str:
    """What `tomorrow` stands under."""
    return "Next time" if only_looked else "Tomorrow"


def tomorrow(
    *,
    frequency: str | None,
    before: int | None,
    after: int | None,
    ratings: Sequence[tuple[str, int]],
    limit: int = 5,
    finished: bool = True,
    only_looked: bool = False,
    answered: bool = False,
) -> list[str]:
    """Plain lines on what comes next. `ratings` are exercise names with their rating, 0 to 10.

    `only_looked`: there were self-checks and nothing else, so that there was nothing to rate. `answered`: whether any
    self-check was.
    """
    lines: list[str] = []
    high = list(dict.fromkeys(name for name, nrs in ratings if nrs >= limit))
    worse = before is not None and after is not None and after - before >= CHANGE_POINTS
    if high:
        lines.append(
            f"{_listed(high)}: rated {limit} or more. Next time take the easier form, do less, or leave it out."
        )
    if worse:
        lines.append(f"Pain went from {before} to {after}. Do less next time; if it stays worse, ask a provider.")
    if not high and not worse:
        if only_looked:
            lines.append(AGAIN if answered else NOTHING_SEEN)
        elif ratings or after is not None:
            lines.append("The same again next time. Add a little only if tomorrow morning is no worse than today.")
        else:
            lines.append("No exercise was rated, so there is nothing to go by yet. Notice how tomorrow morning feels.")
    if not finished:
        lines.append("You stopped early. A part counts as what it is; take it up again when it suits you.")
    if frequency:
        lines.append(f"How often: {frequency[0].lower()}{frequency[1:].rstrip('.')}.")
    return lines


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
