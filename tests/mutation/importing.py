"""A pytest plugin: one module is imported with a change, which ``OO_MUTANT`` names as a file of JSON. With or
without one, properties stop at the first example that fails.

Tests: tests/infra/test_mutation.py.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType

import pytest


class _Changed(SourceFileLoader):
    """Loads a module from another source than that of its file."""

    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self.source = source

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.source, self.path, "exec", dont_inherit=True)


class _Finder:
    """Finds that module before anything else does."""

    def __init__(self, path: Path, source: str) -> None:
        self.path, self.source = path, source
        self.name = ".".join(path.relative_to(Path.cwd()).with_suffix("").parts)

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != self.name:
            return None
        loader = _Changed(name, str(self.path), self.source)
        return spec_from_file_location(name, self.path, loader=loader)


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Any example will do: the smallest is not wanted."""
    from hypothesis import Phase, settings  # not before pytest has prepared its import

    phases = (Phase.explicit, Phase.generate)
    settings.register_profile("mutation", deadline=None, derandomize=True, phases=phases)


if "OO_MUTANT" in os.environ:
    mutant = json.loads(Path(os.environ["OO_MUTANT"]).read_text(encoding="utf-8"))
    sys.meta_path.insert(0, _Finder(Path.cwd() / mutant["module"], mutant["source"]))
