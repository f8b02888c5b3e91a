"""What a screen is that asks something over another one."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import ModalScreen

T = TypeVar("T")


class Dialog(ModalScreen[T]):
    """A box in the middle, over what was there; without its border where a terminal is low. Holds one `Vertical`."""

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 70%; }
    Dialog > Vertical {
        width: 100%; max-width: 60; height: auto; max-height: 100%; padding: 1 2; background: $panel;
        border: tall $accent;
    }
    Dialog.-short > Vertical { padding: 0 1; border: none; }
    """
