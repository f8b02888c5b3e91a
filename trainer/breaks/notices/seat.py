"""Where the person sits: at this machine's desktop, or somewhere else."""

from __future__ import annotations

from collections.abc import Mapping

from trainer.breaks.notices import tmux


def why_not_here(environ: Mapping[str, str]) -> str:
    """Why this machine's desktop is not what the person looks at, empty where it may be.

    Inside tmux, what it knows of who is attached counts: variables of a shell in it tell of who once started it.
    """
    inside = tmux.ask(environ) if tmux.is_inside(environ) else None
    if inside is not None and inside.attached:
        remote = inside.over_ssh
    else:
        remote = any(environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"))
    if remote:
        return "this session comes over ssh; the desktop of this machine is somewhere else"
    if environ.get("TERM") == "linux" and not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        return "this is a text console, not the desktop"
    return ""
