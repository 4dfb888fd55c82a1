"""Which country a time zone lies in, by the tables of the zone database: for "Berlin, Germany"."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

ALSO_CALLED = {"US": ("usa",), "GB": ("england",)}


def lies_in(zone: str, where: str) -> bool:
    """Whether ``where`` is the country (``Germany``, ``DE``) or the region (``Europe``) of that IANA zone."""
    region = zone.replace("_", " ").casefold().split("/")[:-1]
    return where.strip(" .").casefold() in (*region, *_countries().get(zone, ()))


@cache
def _countries() -> dict[str, tuple[str, ...]]:
    """Each zone that a country has, with the country's code and names in small letters."""
    names = {row[0]: row[1] for row in _rows("iso3166.tab")}
    return {
        zone: tuple(
            name.strip().casefold()
            for name in (code, *re.split("[()]", names[code]), *ALSO_CALLED.get(code, ()))
        )
        for code, _, zone, *_ in _rows("zone.tab")
    }


def _rows(table: str) -> list[list[str]]:
    text = files("tzdata").joinpath("zoneinfo", table).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
