"""The Textual application: themes, keys and the first screen. What is shown is the screens' own."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.screen import Screen

from trainer.app.themes import THEMES
from trainer.guide import events as e
from trainer.kit import Order
from trainer.text import clean

if TYPE_CHECKING:
    from trainer.cues.tones import Cue
    from trainer.kit import Kit

VOLUME_STEP = 10


class TrainerApp(App[int]):
    """The coach on a screen.

    `routine` begins that routine at once, as `order` says; both have been checked. `breaks` counts to the next break.
    """

    TITLE = "trainer"
    ENABLE_COMMAND_PALETTE = True
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (58, "-middle"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (17, "-low"), (23, "-high"), (34, "-tall")]
    CSS_PATH = "app.tcss"
    BINDINGS = [
        Binding("question_mark", "help", "Help", key_display="?", id="app.help"),
        Binding("f1", "care", "Care", id="app.care"),
        Binding("m", "mute", "Sound", id="app.mute"),
        Binding("left_square_bracket", "volume(-1)", "Quieter", key_display="[", id="app.quieter", show=False),
        Binding("right_square_bracket", "volume(1)", "Louder", key_display="]", id="app.louder", show=False),
        Binding("ctrl+z", "suspend_process", "Suspend", show=False),
        Binding("pageup", "scroll_help(-1)", "Help up", show=False, priority=True),
        Binding("pagedown", "scroll_help(1)", "Help down", show=False, priority=True),
        Binding("escape", "hide_help_panel", "Close the help", show=False, priority=True),
    ]

    def __init__(
        self, kit: Kit, *, routine: str | None = None, order: Order | None = None, breaks: bool = False
    ) -> None:
        super().__init__()
        self.kit = kit
        self.breaks = breaks
        self.routine = routine
        self.order = order or Order()
        self.routine_code = 1
        """The exit status of a routine that was asked for: 0 once it has been gone through to its end."""
        for theme in THEMES:
            self.register_theme(theme)
        wanted = kit.settings.theme if kit.settings.theme in self.available_themes else THEMES[0].name
        if self.available_themes[wanted].dark:
            # As the usual theme is dark too, its colours are all that differs: nothing is to be parsed twice.
            self.set_reactive(App.theme, wanted)
            self.stylesheet.set_variables(self.get_css_variables())
            self.add_class(f"-theme-{wanted}", "-dark-mode", update=False)
        else:
            self.theme = wanted
        if self.reduced_motion:
            self.animation_level = "none"

    @property
    def reduced_motion(self) -> bool:
        """Whether nothing may flash or slide, by setting or by `TEXTUAL_ANIMATIONS=none`."""
        return self.kit.settings.motion == "reduced" or os.environ.get("TEXTUAL_ANIMATIONS") == "none"

    def get_default_screen(self) -> Screen[None]:
        """Home, or what was asked for."""
        if self.breaks:
            from trainer.app.breaks import BreaksScreen

            return BreaksScreen()
        if self.routine is None:
            from trainer.app.home import HomeScreen

            return HomeScreen()
        from trainer.app.guide import GuideScreen

        return GuideScreen(*self.kit.prepare_as(self.routine, self.order), self.order)

    def on_mount(self) -> None:
        """Watch for signals and for a change of theme, and show the notes on care once."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP", "SIGINT"):
            # Without this the terminal stays as it is, in the other screen and with the mouse on.
            with contextlib.suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):
                number = getattr(signal, name)
                loop.add_signal_handler(number, self.leave_on_signal, int(number))
        self.theme_changed_signal.subscribe(self, lambda theme: self._keep_theme(theme.name))
        if not self.kit.settings.care_shown and not self.kit.rehearsal:
            from trainer.app.care import CareScreen

            self.push_screen(CareScreen(first=True))
        if self.kit.sync is not None:
            self.call_after_refresh(self._begin_sync)

    def _begin_sync(self) -> None:
        _ = self.kit.journal  # opened here, since the screens use it too
        self.run_worker(self._sync, thread=True, exit_on_error=False)

    def _sync(self) -> None:
        assert self.kit.sync is not None, "else nobody began it"
        took, trouble = self.kit.sync()
        with contextlib.suppress(RuntimeError):  # the application has ended meanwhile
            self.call_from_thread(self._synced, took, trouble)

    def _synced(self, took: int, trouble: str) -> None:
        if trouble:
            self.tell(f"Not synced: {trouble}", severity="warning")
        elif took:
            from trainer.app.home import HomeScreen

            for screen in self.screen_stack:
                if isinstance(screen, HomeScreen):
                    screen.refresh_routines()

    def leave_on_signal(self, number: int) -> None:
        """Keep what was done and go, with the terminal as it was."""
        self.keep_session()
        self.exit(return_code=128 + number)

    def keep_session(self) -> None:
        """Keep what was done in a session that is under way; it can be taken up again today."""
        from trainer.app.guide import GuideScreen

        for screen in self.screen_stack:
            if isinstance(screen, GuideScreen):
                screen.conductor.leave()

    async def action_quit(self) -> None:
        """Leave; a session under way is kept, and a routine that is not saved is asked about."""
        for screen in reversed(self.screen_stack):
            if getattr(screen, "unsaved", False):
                screen.leave_and_then(self._end)  # the composer, which is loaded rarely
                return
        self._end()

    def _end(self) -> None:
        self.keep_session()
        self.exit(return_code=self.routine_code if self.routine else 0)

    def close_session(self) -> None:
        """Go back to where sessions are begun, or out of the way where one routine was asked for."""
        if self.routine is not None:
            self.exit(return_code=self.routine_code)
            return
        while len(self.screen_stack) > 1 and not getattr(self.screen, "BEGINS_SESSIONS", False):
            self.pop_screen()
        if (look_again := getattr(self.screen, "refresh_routines", None)) is not None:
            look_again()

    # --- sound -----------------------------------------------------------------------------------

    def play(self, cue: Cue, at_ns: int | None = None) -> None:
        """Sound a cue, or ring the terminal's bell where nothing else sounds."""
        from trainer.cues.choose import worth_a_bell

        player = self.kit.player
        player.play(cue, at_ns)
        if player.bell_wanted and worth_a_bell(cue):
            self.bell()

    def say(self, texts: Sequence[str], at_ns: int | None = None, until_ns: int | None = None) -> None:
        """Say texts, where that can be heard; the screen shows them anyway."""
        self.kit.player.say(texts, at_ns, until_ns)

    def flashes(self, events: Iterable[e.Event]) -> bool:
        """Whether the screen is to mark what just happened."""
        from trainer.cues.choose import flashes

        return not self.reduced_motion and any(flashes(event) for event in events)

    def action_mute(self) -> None:
        """Turn the sound off or on for now."""
        player = self.kit.player
        if not self.kit.settings.sound:
            self.tell("Sound is off in the settings. The palette (ctrl+p) turns it on.")
            return
        player.muted = not player.muted
        self.tell("Sound off" if player.muted else "Sound on")

    def action_volume(self, by: int) -> None:
        """Make the sound louder or quieter, and keep it so."""
        self.kit.player.volume = volume = max(0, min(100, self.kit.settings.volume + by * VOLUME_STEP))
        self.keep(volume=volume)
        self.kit.player.play("count")
        self.tell(f"Volume {volume}")

    def set_sound(self, on: bool) -> None:
        """Turn the sound on or off for good."""
        self.keep(sound=on)
        self.kit.replace_player()
        self.tell("Sound on" if on else "Sound off")

    def set_speech(self, on: bool) -> None:
        """Have a walk's cues spoken, or not, for good."""
        self.keep(speech=on)
        self.kit.player.speech = on
        silent = on and not self.kit.settings.sound
        self.tell("Speech on, and heard once sound is on" if silent else "Speech on" if on else "Speech off")

    # --- preferences and help --------------------------------------------------------------------

    def keep(self, **changes: object) -> None:
        """Keep changed preferences, and say so where that fails."""
        if self.kit.rehearsal:
            return
        if trouble := self.kit.save(**changes):
            self.tell(trouble, severity="warning")

    def tell(self, text: str, severity: str = "information") -> None:
        """A short notice. The text is cleaned and plain, never markup."""
        self.notify(
            clean(text, limit=400, lines=True),
            markup=False,
            timeout=4,
            severity="warning" if severity == "warning" else "information",
        )

    def _keep_theme(self, name: str) -> None:
        if name != self.kit.settings.theme:
            self.keep(theme=name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action can be taken now: some keys are the help's while it is open, and else the screen's own."""
        if action in ("hide_help_panel", "scroll_help"):
            return bool(self.screen_stack and self.screen.query("HelpPanel"))
        return super().check_action(action, parameters)

    def action_help(self) -> None:
        """Show or hide the panel of keys."""
        shown = self.screen.query("HelpPanel")
        (self.action_hide_help_panel if shown else self.action_show_help_panel)()

    def action_scroll_help(self, pages: int) -> None:
        """Scroll the panel of keys."""
        from textual.widgets import KeyPanel

        panel = self.screen.query_one(KeyPanel)
        panel.scroll_relative(y=pages * max(1, panel.size.height - 2), animate=False)

    def action_care(self) -> None:
        """The notes on care, at any time."""
        from trainer.app.care import CareScreen
        from trainer.app.guide import GuideScreen

        if isinstance(self.screen, GuideScreen):
            self.screen.stand_still()
        if not isinstance(self.screen, CareScreen):
            self.push_screen(CareScreen())

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the command palette offers beside the screen's own keys."""
        for command in super().get_system_commands(screen):
            if command.title not in ("Screenshot", "Maximize", "Minimize"):
                yield command
        from trainer.app import palette

        yield from palette.commands(self)

    def restyle_figures(self) -> None:
        """Draw the figures that are shown as the settings say now."""
        from trainer.app.widgets.figure import FigureView

        for screen in self.screen_stack:
            for view in screen.query(FigureView):
                view.restyle()

    def set_motion(self, motion: str) -> None:
        """Turn flashes and slides on or off for good."""
        self.keep(motion=motion)
        self.animation_level = "none" if self.reduced_motion else "full"
        self.restyle_figures()
        self.tell(f"Motion: {motion}")


def run_app(kit: Kit, *, routine: str | None = None, order: Order | None = None, breaks: bool = False) -> int:
    """Run the screens until the person leaves. Returns the exit status."""
    app = TrainerApp(kit, routine=routine, order=order, breaks=breaks)
    app.run()
    return app.return_code if app.return_code is not None else 0
