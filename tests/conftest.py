"""What holds for all tests: no limit of time for an example, forty of them, and more processes than cores."""

import os

import pytest
from hypothesis import settings

# How long an example takes says something about the machine, not about the program.
settings.register_profile("any machine", settings(), deadline=None, max_examples=40)
settings.load_profile("any machine")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """How many processes `-n auto` means: the tests of the screens wait for Textual to settle half of their time."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(3 * cores, cores + 4)
