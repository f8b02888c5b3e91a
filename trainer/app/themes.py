"""The coach's own themes: dark, light and high contrast. Textual's others can be chosen too."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="trainer-dark",
    primary="#7fb4d9",
    secondary="#9ccfa8",
    accent="#f0b866",
    foreground="#e6e6e1",
    background="#15191d",
    surface="#1c2227",
    panel="#242c33",
    success="#9ccfa8",
    warning="#f0b866",
    error="#e58a8a",
    dark=True,
)
LIGHT = Theme(
    name="trainer-light",
    primary="#1f5f8b",
    secondary="#2b6b3f",
    accent="#8a4b00",
    foreground="#1b1f23",
    background="#fafaf7",
    surface="#f0f0eb",
    panel="#e4e4de",
    success="#2b6b3f",
    warning="#8a4b00",
    error="#9b2226",
    dark=False,
)
CONTRAST = Theme(
    name="trainer-contrast",
    primary="#ffff00",
    secondary="#00ffff",
    accent="#ffff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    success="#00ff00",
    warning="#ffff00",
    error="#ff8080",
    dark=True,
    variables={"footer-background": "#000000", "footer-key-foreground": "#ffff00", "border": "#ffffff"},
)
THEMES = (DARK, LIGHT, CONTRAST)
