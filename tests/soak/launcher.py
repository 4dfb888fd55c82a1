"""``python -P tests/soak/launcher.py CLOCK run``: ``oo run`` in a new interpreter, by the clock of a soak.

It runs the oO that is first on ``PYTHONPATH``, which may be an earlier one without these tests.
"""

from __future__ import annotations

import runpy
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any


def _clock() -> Any:
    found = spec_from_file_location("clock_of_a_soak", Path(__file__).with_name("clock.py"))
    assert found is not None
    assert found.loader is not None
    module = sys.modules[found.name] = module_from_spec(found)
    found.loader.exec_module(module)
    return module


if __name__ == "__main__":
    _clock().follow(Path(sys.argv.pop(1)))
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
