"""The table of places beside CLDR, which names a city for every zone."""

from __future__ import annotations

from babel import Locale
from babel.core import get_global

from core.errors import BadInput
from core.scheduling.timezones import zone_by_name
from tests.core.people.test_places import meant, same_clock


def test_the_example_cities_of_all_zones_are_found_in_three_languages() -> None:
    """Hardly any is missing from the table, and none is found elsewhere."""
    missing, wrong = [], []
    for language in ("en", "de", "fr"):
        for zone, names in Locale.parse(language).time_zones.items():
            city = names.get("city")
            if not city or zone.startswith(("Etc/", "Antarctica/")):
                continue
            current = get_global("zone_aliases").get(zone, zone)
            try:
                found = meant(city)
            except BadInput:
                missing.append(city)
            else:
                if not any(same_clock(one, zone_by_name(current).key) for one in found):
                    wrong.append((city, zone, found))
    assert len(missing) + len(wrong) < 90, (missing, wrong)
