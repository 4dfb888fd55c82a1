"""Zones by name, from people and from platforms: friendly to the former, wary of both."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo

import pytest
from tzlocal.unix import _get_localzone_name

from core.errors import BadInput
from core.records import Person
from core.scheduling import timezones
from core.scheduling.timezones import find_zone, known_zone_name, zone_by_name, zone_of, zone_or_default

HOSTILE = [
    "",
    " ",
    ".",
    "/",
    "../../etc/passwd",
    "/etc/localtime",
    "Europe/../Europe/Berlin",
    "Europe/Berlin/",
    "Europe\\Berlin",
    "Europe/Berlin\0",
    "\0",
    "Europe",
    "posix/Europe/Berlin",
    "localtime",
    "Factory",
    "tzdata.zi",
    "\ud800",
    "\u202eEurope/Berlin",
    "x" * 100_000,
    "Europe/Berlin" * 10_000,
]


@pytest.mark.parametrize("name", ["Europe/Berlin", "europe/berlin", "EUROPE/BERLIN"])
def test_a_zone_is_known_by_its_name_in_any_case(name: str) -> None:
    assert zone_by_name(name).key == "Europe/Berlin"


def test_every_zone_of_the_database_is_known_and_found() -> None:
    for name in set(files("tzdata").joinpath("zones").read_text().split()) - {"Factory"}:
        assert zone_by_name(name).key == name
        assert find_zone(name.lower()) is zone_by_name(name)


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_other_names_are_refused_and_quoted_in_short(name: str) -> None:
    with pytest.raises(BadInput) as refusal:
        zone_by_name(name)
    assert refusal.value.hint == "unknown_zone"
    assert refusal.value.values == {"value": name[:64]}


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_search_answers_hostile_text_with_names_of_zones_or_nothing(text: str) -> None:
    found = find_zone(text)
    assert isinstance(found, tuple)
    assert all(zone_by_name(name) for name in found)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Berlin", "Europe/Berlin"),
        ("  new   york ", "America/New_York"),
        ("São Paulo", "America/Sao_Paulo"),
        ("Zürich", "Europe/Zurich"),
        ("singapore", "Singapore"),
        ("utc", "UTC"),
        ("Etc/GMT+2", "Etc/GMT+2"),
    ],
)
def test_a_city_is_enough_when_it_is_the_only_one(text: str, name: str) -> None:
    zone = find_zone(text)
    assert isinstance(zone, ZoneInfo)
    assert zone.key == name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("istanbul", ("Asia/Istanbul", "Europe/Istanbul")),
        ("york", ("America/New_York",)),
        ("Berlim", ("Europe/Berlin",)),
        ("tokio", ("Asia/Tokyo",)),
        ("or", ()),
        ("narnia", ()),
    ],
)
def test_what_is_not_clear_becomes_suggestions(text: str, names: tuple[str, ...]) -> None:
    assert find_zone(text) == names


def test_no_more_than_five_zones_are_suggested() -> None:
    found = find_zone("san")
    assert isinstance(found, tuple)
    assert len(found) == 5


def test_a_text_that_is_longer_than_any_name_is_not_searched_for() -> None:
    longest = "berlin".ljust(timezones.MAX_NAME_LENGTH)
    assert find_zone(longest) is zone_by_name("Europe/Berlin")
    assert find_zone(f"{longest} ") == ()
    named = "europe/berlin".ljust(timezones.MAX_NAME_LENGTH)
    assert timezones.zone_named(named) is zone_by_name("Europe/Berlin")
    assert timezones.zone_named(f"{named} ") is None


def test_a_distance_from_greenwich_is_never_read_the_wrong_way_round() -> None:
    assert find_zone("GMT+2") == find_zone("UTC+2") == ()
    assert datetime(2027, 1, 1, tzinfo=UTC).astimezone(zone_by_name("Etc/GMT+2")).utcoffset() == timedelta(
        hours=-2
    )


# --- Whose rules -------------------------------------------------------------------------------------------


def test_the_rules_are_those_of_the_package_whatever_the_machine_has() -> None:
    assert TZPATH == ()


def test_the_name_of_the_machines_zone_is_found_without_its_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TZ", raising=False)
    rules = tmp_path / "usr" / "share" / "zoneinfo" / "America" / "Argentina" / "Ushuaia"
    rules.parent.mkdir(parents=True)
    rules.write_bytes(b"not rules")
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "localtime").symlink_to(rules)

    found = _get_localzone_name(str(tmp_path))  # type: ignore[no-untyped-call]  # tzlocal has no types here
    assert found == "America/Argentina/Ushuaia"


@pytest.mark.parametrize(
    ("name", "found"),
    [(None, "Asia/Tokyo"), ("", "Asia/Tokyo"), ("Mars/Base", "Asia/Tokyo"), ("asia/dubai", "Asia/Dubai")],
)
def test_a_zone_that_nobody_knows_gives_way_to_another(name: str | None, found: str) -> None:
    assert zone_or_default(name, ZoneInfo("Asia/Tokyo")).key == found


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("europe/berlin", "Europe/Berlin"),
        ("America/New York", "America/New_York"),
        ("Berlin", None),
        ("", None),
    ],
)
def test_a_zone_may_be_named_exactly(typed: str, zone: str | None) -> None:
    found = timezones.zone_named(typed)
    assert (found and found.key) == zone
    assert timezones.zone_named(typed + "x" * timezones.MAX_NAME_LENGTH) is None


@pytest.mark.parametrize(
    ("name", "known"), [(None, None), ("", None), ("Mars/Base", None), ("asia/dubai", "Asia/Dubai")]
)
def test_a_name_is_kept_as_the_database_writes_it(name: str | None, known: str | None) -> None:
    assert known_zone_name(name) == known


@pytest.mark.parametrize(("zone", "used"), [("Asia/Tokyo", "Asia/Tokyo"), (None, "UTC")])
def test_it_is_utc_where_somebody_has_no_zone_yet(zone: str | None, used: str) -> None:
    assert (
        zone_of(Person(person_id="ada", created_at=datetime(2027, 6, 14, tzinfo=UTC), zone=zone)).key == used
    )
