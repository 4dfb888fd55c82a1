"""The planted bugs: what each changes, what people would suffer from it, and the test that catches it.

Each is a file of its own: ``NAME.toml``. Tests: tests/infra/test_planted_bugs.py.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of a file."""

    module: str
    """Path of the file, from the root of the repository."""
    old: str
    """What is replaced: whole lines that occur once in the file."""
    new: str

    def apply(self, root: Path) -> None:
        """Change the file in the tree below ``root``. Raises ``ValueError`` unless ``old`` occurs once."""
        file = root / self.module
        source = file.read_text(encoding="utf-8")
        if source.count(self.old) != 1:
            raise ValueError(f"{self.module}: these lines occur {source.count(self.old)} times:\n{self.old}")
        file.write_text(source.replace(self.old, self.new), encoding="utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedBug:
    """One bug."""

    name: str
    harm: str
    """What would go wrong for a person."""
    test: str
    """The test that catches it: its file, ``::``, and its name."""
    changes: tuple[Change, ...]


def planted_bugs() -> list[PlantedBug]:
    """All of them, by name."""
    return [_read(file) for file in sorted(FOLDER.glob("*.toml"))]


def _read(file: Path) -> PlantedBug:
    fields = tomllib.loads(file.read_text(encoding="utf-8"))
    changes = tuple(Change(**one) for one in fields.pop("changes"))
    return PlantedBug(name=file.stem, changes=changes, **fields)
