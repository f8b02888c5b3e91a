"""What the tests of this room share with those of idleness."""

from tests.breaks.idle.conftest import daemon, patience

__all__ = ["daemon", "patience"]
