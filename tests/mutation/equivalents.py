"""Changes that no test can notice, or that none should, each with its reason: ``equivalents.toml``.

Tests: tests/infra/test_mutation.py.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from tests.mutation.mutants import Mutant

FILE = Path(__file__).with_name("equivalents.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Equivalent:
    """One change that makes no difference. It is found by its text: line numbers change too often."""

    module: str
    line: str
    was: str
    becomes: str
    why: str

    def matches(self, mutant: Mutant) -> bool:
        return (self.module, self.line, self.was, self.becomes) == (
            mutant.module,
            mutant.text,
            mutant.was,
            mutant.becomes,
        )


def read() -> list[Equivalent]:
    """All that are listed."""
    return [
        Equivalent(**one) for one in tomllib.loads(FILE.read_text(encoding="utf-8")).get("equivalent", [])
    ]
