"""For every test: no test is timed, and a found example is the same on every machine."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("oo", deadline=None, derandomize=True)
settings.load_profile("oo")
