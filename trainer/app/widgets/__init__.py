"""Widgets of the coach's own."""
