"""``python -m tests.soak.launcher CLOCK run``: ``oo run`` in a new interpreter, by the clock of a soak."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

from tests.soak.clock import follow

if __name__ == "__main__":
    follow(Path(sys.argv.pop(1)))
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
