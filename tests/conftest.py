"""For every test: no test is timed, a found example is the same on every machine, and so are the zones."""

from __future__ import annotations

from hypothesis import settings

from core.scheduling.timezones import use_packaged_rules

settings.register_profile("oo", deadline=None, derandomize=True)
settings.load_profile("oo")
use_packaged_rules()
