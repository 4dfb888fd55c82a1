"""Places by name, from a table that comes with oO (``infra/collect_places.py`` makes it).

The table has a line for each place, the most populous first: kind, name, country, state, population, zones,
and ``|all|its|names|`` as ``core.people.places.folded`` leaves them. It is unpacked at the first question, 6
MB that stay, and searched as it is: an index would take ten times that for something people ask for once.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from core.model import Place, PlaceKind

TABLE = "places.tsv.gz"
LARGE = 100_000
"""Inhabitants of a place that a misspelt name may mean: a village is never what a typo was meant to be."""

SHORTEST = 4  # letters of a name that may be misspelt or cut short
LONG = 8  # letters from which on two slips are forgiven
MOST_ALIKE = 20


class PackedGazetteer:
    """The table as ``core.ports.Gazetteer``."""

    def named(self, name: str) -> tuple[Place, ...]:
        """Places that have exactly this folded name, the most populous first."""
        table, wanted = _table(), f"|{name}|".encode()
        found: list[Place] = []
        at = table.find(wanted) if name else -1
        while at >= 0:
            end = table.index(b"\n", at)
            found.append(_place(table[table.rfind(b"\n", 0, at) + 1 : end]))
            at = table.find(wanted, end)
        return tuple(found)

    def alike(self, name: str) -> tuple[Place, ...]:
        """Large places whose folded name begins like this one, or is spelt much like it."""
        matches: list[tuple[int, int, bytes]] = []
        for number, line in enumerate(_large()):
            slips = [found for one in _names(line) if (found := _slips(name, one)) is not None]
            if slips:
                matches.append((min(slips), number, line))
        return tuple(_place(line) for _, _, line in sorted(matches)[:MOST_ALIKE])

    def zones(self) -> tuple[str, ...]:
        """Every zone that somebody lives in, the one with the largest city first."""
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
        if int(line.split(b"\t", 5)[4]) < LARGE:
            return
        if not line.startswith(b"time"):
            yield line


def _names(line: bytes) -> list[str]:
    return line[line.rindex(b"\t") + 2 : -1].decode().split("|")


def _slips(typed: str, name: str) -> int | None:
    """How many slips lie between them, 0 for a name that begins so; None when it is another name.

    No typo is in the first letter: people know how a city begins.
    """
    if len(typed) < SHORTEST or name[:1] != typed[:1]:
        return None
    if name.startswith(typed):
        return 0
    allowed = 2 if len(typed) >= LONG else 1
    if abs(len(name) - len(typed)) > allowed:
        return None
    slips = _distance(typed, name)
    return slips if slips <= allowed else None


def _distance(one: str, other: str) -> int:
    """Letters to insert, drop, replace or swap with their neighbour (optimal string alignment)."""
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
