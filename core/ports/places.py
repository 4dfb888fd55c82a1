"""Places by their names.

Tests: tests/core/people/test_places.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from core.records import Place


class Gazetteer(Protocol):
    """Places by their names in many languages. A lookup may take 100 ms."""

    def named(self, name: str) -> Sequence[Place]:
        """Places with exactly this name, folded by ``core.people.places.folded``, largest first."""
        ...

    def alike(self, name: str) -> Sequence[Place]:
        """Large places whose folded name starts with this one or is spelt like it, the likeliest first."""
        ...

    def zones(self) -> Sequence[str]:
        """Every inhabited zone, ordered by the size of its largest city, descending."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class NoGazetteer:
    """A gazetteer without places."""

    def named(self, name: str) -> Sequence[Place]:
        """Nothing."""
        return ()

    def alike(self, name: str) -> Sequence[Place]:
        """Nothing."""
        return ()

    def zones(self) -> Sequence[str]:
        """None."""
        return ()
