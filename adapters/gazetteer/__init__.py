"""Places by name, from a table that is part of oO; ``infra/collect_places.py`` generates it.

The table has a line per place, the most populous first: kind, name, country, state, population, zones, and
``|all|its|names|`` as returned by ``core.people.places.folded``. It is unpacked on first use (6 MB) and
searched linearly: an index would take ten times the memory for something people need once.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from core.records import Place, PlaceKind

TABLE = "places.tsv.gz"
MIN_POPULATION_FOR_TYPOS = 100_000
"""Inhabitants from which on a place matches misspelt names: a typo hardly ever means a village."""

MIN_LETTERS = 4  # of a name that may be misspelt or incomplete
TWO_TYPOS_LETTERS = 8  # from which on two edits are allowed
MAX_ALIKE = 20


class PackedGazetteer:
    """The table as ``core.ports.Gazetteer``."""

    def named(self, name: str) -> tuple[Place, ...]:
        """Places with exactly this folded name, the most populous first."""
        table, wanted = _table(), f"|{name}|".encode()
        found: list[Place] = []
        at = table.find(wanted) if name else -1
        while at >= 0:
            end = table.index(b"\n", at)
            found.append(_place(table[table.rfind(b"\n", 0, at) + 1 : end]))
            at = table.find(wanted, end)
        return tuple(found)

    def alike(self, name: str) -> tuple[Place, ...]:
        """Large places whose folded name begins with this one or differs by few edits, best match first."""
        matches: list[tuple[int, int, bytes]] = []
        for number, line in enumerate(_large()):
            edits = [found for one in _names(line) if (found := _edits(name, one)) is not None]
            if edits:
                matches.append((min(edits), number, line))
        return tuple(_place(line) for _, _, line in sorted(matches)[:MAX_ALIKE])

    def zones(self) -> tuple[str, ...]:
        """All inhabited zones, ordered by their largest city."""
        return _zones()


@cache
def _zones() -> tuple[str, ...]:
    cities = (
        line.split(b"\t", 6) for line in _table().splitlines() if line.startswith((b"city", b"capital"))
    )
    return tuple(dict.fromkeys(fields[5].decode() for fields in cities))


@cache
def _table() -> bytes:
    return gzip.decompress(files("adapters.gazetteer").joinpath(TABLE).read_bytes())


def _large() -> Iterator[bytes]:
    for line in _table().splitlines():
        if int(line.split(b"\t", 5)[4]) < MIN_POPULATION_FOR_TYPOS:
            return
        if not line.startswith(b"time"):
            yield line


def _names(line: bytes) -> list[str]:
    return line[line.rindex(b"\t") + 2 : -1].decode().split("|")


def _edits(typed: str, name: str) -> int | None:
    """The number of edits between the two, 0 if ``name`` begins with ``typed``; None if there are too many.

    The first letter must match: people know how a city begins.
    """
    if len(typed) < MIN_LETTERS or name[:1] != typed[:1]:
        return None
    if name.startswith(typed):
        return 0
    allowed = 2 if len(typed) >= TWO_TYPOS_LETTERS else 1
    if abs(len(name) - len(typed)) > allowed:
        return None
    edits = _distance(typed, name)
    return edits if edits <= allowed else None


def _distance(one: str, other: str) -> int:
    """Optimal string alignment distance: insertions, deletions, replacements and swaps of neighbours."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for i, char in enumerate(one, start=1):
        row = [i]
        for j, match in enumerate(other, start=1):
            best = min(row[-1] + 1, above[j] + 1, above[j - 1] + (char != match))
            if i > 1 and j > 1 and char == other[j - 2] and one[i - 2] == match:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, above = above, row
    return above[-1]


def _place(line: bytes) -> Place:
    kind, name, country, state, population, zones, _ = line.decode().split("\t")
    return Place(
        kind=PlaceKind(kind),
        name=name,
        country=country,
        state=state,
        population=int(population),
        zones=tuple(zones.split(",")),
    )
