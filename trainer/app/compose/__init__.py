"""Composing a routine on the screen."""

from trainer.app.compose.screen import ComposeScreen as ComposeScreen
