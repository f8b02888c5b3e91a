"""Which sound an event makes. Pure."""

from __future__ import annotations

from trainer.cues.tones import Cue
from trainer.guide import events as e

_OF_A_STEP: dict[str, Cue | None] = {
    "get_ready": "get_ready",
    "work": "start",
    "change_side": "change_side",
    "rest": "rest",
    "rate": "rest",
}
_OF_AN_EVENT: dict[type, Cue] = {
    e.StepContinued: "start",
    e.HalfWay: "half_way",
    e.SecondsLeft: "count",
    e.PartBegan: "next_part",
    e.RepetitionBegan: "repetition",
    e.RepetitionHeld: "hold",
    e.RepetitionReturned: "back",
    e.BreathIn: "breath_in",
    e.BreathOut: "breath_out",
    e.Paused: "paused",
    e.Resumed: "resumed",
    e.Finished: "finished",
}


def cue_for(event: e.Event) -> Cue | None:
    """The sound of an event, None where it is silent."""
    if isinstance(event, e.StepBegan):
        if event.step.kind == "work" and event.step.length_ms is not None and _counts_itself(event):
            return None  # its first repetition or breath sounds at the same moment
        return _OF_A_STEP[event.step.kind]
    return _OF_AN_EVENT.get(type(event))


def _counts_itself(event: e.StepBegan) -> bool:
    from trainer.library.model import Breaths, Repetitions

    return isinstance(event.step.work, Repetitions | Breaths)


def flashes(event: e.Event) -> bool:
    """Whether the screen marks the moment: where what the person does changes."""
    return isinstance(event, e.StepBegan | e.StepContinued | e.PartBegan | e.HalfWay | e.Finished)


def worth_a_bell(cue: Cue) -> bool:
    """Whether the terminal's bell may stand for a cue: one that comes every few seconds would drown the rest."""
    return cue not in ("repetition", "back", "breath_in", "breath_out")
