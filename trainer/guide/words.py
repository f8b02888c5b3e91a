"""Doses, times and steps in words. Pure."""

from __future__ import annotations

from trainer.guide.plan import Item, Plan, Step
from trainer.library.model import (
    Breaths,
    Dose,
    Exercise,
    Hold,
    Level,
    Open,
    Prescription,
    Repetitions,
    SelfPaced,
    Side,
    Timed,
    Weaker,
)


def plural(count: int, one: str, many: str | None = None) -> str:
    """`1 repetition`, `2 repetitions`."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def seconds(value: float) -> str:
    """Seconds without needless decimals: `2 s`, `1.5 s`."""
    return f"{value:g} s"


def clock(ms: int) -> str:
    """Minutes and seconds, rounded up to a whole second: `11:40`, `0:09`, `1:02:00`."""
    total_s = -(-ms // 1000)
    minutes, second = divmod(total_s, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minutes}:{second:02}"


def about(ms: int) -> str:
    """A length to choose by: `50 s`, `1 min`, `18 min`."""
    if ms < 55_000:
        return f"{max(5, round(ms / 5000) * 5)} s"
    return f"{max(1, round(ms / 60_000))} min"


def work(value: Prescription) -> str:
    """One set in words."""
    match value:
        case Hold(length_s):
            return f"{seconds(length_s)} hold"
        case Timed(length_s):
            return f"for {about(length_s * 1000) if length_s > 90 else seconds(length_s)}"
        case Repetitions(count, _, hold_s, _):
            return plural(count, "repetition") + (f" held {seconds(hold_s)}" if hold_s else "")
        case SelfPaced(count):
            return plural(count, "repetition") + " at your own pace"
        case Breaths(count):
            return plural(count, "breath")
        case Open():
            return "as long as you like"


def dose(value: Dose, exercise: Exercise) -> str:
    """A whole dose in words: `15 repetitions each side, 2 sets`."""
    works = value.sets_of_work()
    sides = " each side" if exercise.sides == "both" else ""
    if len(set(works)) > 1:
        return f"{len(works)} sets: " + ", then ".join(work(one) for one in works) + sides
    return work(works[0]) + sides + (f", {len(works)} sets" if len(works) > 1 else "")


def whole_dose(item: Item) -> str:
    """An item's dose in words, with what the weaker side gets more."""
    text = dose(item.dose, item.exercise)
    if item.weaker is None or not item.extra_sets:
        return text
    names = item.exercise.side_names
    side = names.left if item.weaker == "left" else names.right
    return f"{text}, and {plural(item.extra_sets, 'set')} more: {side}"


def moving(step: Step) -> str:
    """What a person does in work that goes by time: `walk` or `keep moving`."""
    return "walk" if step.item.exercise.position == "walking" else "keep moving"


def title(plan: Plan) -> str:
    """The routine's name, with its level and whether this is a short form of it."""
    level = f", level {plan.level} of {len(plan.routine.level)}" if plan.level is not None else ""
    return f"{plan.routine.name}{level}{' (short)' if plan.left_out else ''}"


def rung(level: Level) -> str:
    """What a level takes, in words: `5 repetitions, 2 sets`."""
    sets = f", {level.sets} sets" if level.sets > 1 else ""
    return plural(level.reps, "repetition") + sets


def looked_at(item: Item, side: Side) -> str:
    """A self-check's name, with the side where it has sides."""
    names = {"left": item.exercise.side_names.left, "right": item.exercise.side_names.right}
    return f"{item.name}, {names[side]}" if side in names else item.name


def answer(item: Item, id: str) -> str:
    """The words of an answer to a self-check, by its id."""
    check = item.exercise.check
    return next(one.text for one in check.answer if one.id == id) if check is not None else id


NO_WEAKER = "No weaker side is named, so neither gets more; --weaker left or --weaker right names it."
WEAKER = "Which side is weaker? It goes first and gets more."


def weaker_answers(known: Weaker | None) -> list[tuple[Weaker | None, str]]:
    """The answers to `WEAKER`, with their words; what was said last time comes first, as what is taken by itself."""
    answers: list[tuple[Weaker | None, str]] = [("left", "Left"), ("right", "Right"), (None, "Neither, or not sure")]
    answers.sort(key=lambda answer: answer[0] != known)
    if known is not None:
        answers[0] = known, f"{answers[0][1]}, as last time"
    return answers


def tempo(value: Prescription) -> str:
    """The pace of a set in words, empty where it has none."""
    match value:
        case Repetitions(_, out_s, hold_s, back_s):
            hold = f", {seconds(hold_s)} held" if hold_s else ""
            return f"{seconds(out_s)} out{hold}, {seconds(back_s)} back"
        case Breaths(_, in_s, out_s):
            return f"{seconds(in_s)} in, {seconds(out_s)} out"
    return ""


def set_and_side(step: Step) -> str:
    """The side, and which set it is where there are several."""
    parts = [step.side_name] if step.side_name else []
    if step.sets > 1:
        parts.append(f"set {step.set_no} of {step.sets}")
    return " · ".join(parts)


def positions(plan: Plan) -> list[str]:
    """The positions that a plan goes through, each once, in order."""
    return list(dict.fromkeys(item.exercise.position for item in plan.items))


def equipment(plan: Plan) -> list[str]:
    """What a plan cannot be done without, each once, in order."""
    return list(dict.fromkeys(thing for item in plan.items for thing in item.exercise.equipment))


def optional(plan: Plan) -> list[str]:
    """What helps with a plan, each once, in order; what it needs is not among it."""
    needed = equipment(plan)
    things = dict.fromkeys(thing for item in plan.items for thing in item.exercise.optional)
    return [thing for thing in things if thing not in needed]


def needs(plan: Plan) -> str:
    """What a plan needs and what helps, in one line: `mat; wall if at hand`."""
    needed, helps = ", ".join(equipment(plan)) or "nothing", ", ".join(optional(plan))
    return f"{needed}; {helps} if at hand" if helps else needed
