"""What the command palette offers beside the screens' own keys. Loaded when it is opened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.app import SystemCommand

from trainer.app import days
from trainer.app.choose import ChooseScreen

if TYPE_CHECKING:
    from trainer.app.app import TrainerApp

_FIGURES = (
    ("a", "auto", "As this terminal can"),
    ("b", "blocks", "Blocks"),
    ("d", "braille", "Braille dots"),
    ("h", "half", "Half blocks in sixteen colours"),
    ("n", "none", "No figures"),
)


def commands(app: TrainerApp) -> Iterator[SystemCommand]:
    """The commands, each as the preferences are now."""
    settings = app.kit.settings
    yield SystemCommand("Care", "What to ask, when to stop, what needs help", app.action_care)
    yield SystemCommand(
        "Sound off" if settings.sound else "Sound on",
        "Kept for next time",
        lambda: app.set_sound(not settings.sound),
    )
    yield SystemCommand(
        "Speech off" if settings.speech else "Speech on",
        "Whether a walk's cues are spoken, kept for next time",
        lambda: app.set_speech(not settings.speech),
    )
    yield SystemCommand("Louder", "Raise the volume", lambda: app.action_volume(1))
    yield SystemCommand("Quieter", "Lower the volume", lambda: app.action_volume(-1))
    yield days.command(app)
    motion = "full" if settings.motion == "reduced" else "reduced"
    yield SystemCommand(
        f"Motion: {motion}", "Reduced motion flashes nothing, and figures stand still", lambda: app.set_motion(motion)
    )
    yield SystemCommand("Figures", "How moving figures are drawn, kept for next time", lambda: choose_figures(app))


def choose_figures(app: TrainerApp) -> None:
    """Ask how figures are drawn, and draw those that are shown so."""

    def chosen(style: str | None) -> None:
        if style and style != app.kit.settings.figures:
            app.keep(figures=style)
            app.tell("Figures: " + next(words for _, id, words in _FIGURES if id == style).lower())
            app.restyle_figures()

    present = app.kit.settings.figures
    lines = ["`trainer figure --sample` shows the same figure in each."]
    app.push_screen(ChooseScreen("How are figures drawn?", lines, _FIGURES, otherwise=present), chosen)
