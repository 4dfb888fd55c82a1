"""Incidents in the store."""

from __future__ import annotations

from dataclasses import replace

from core.records import Incident, IncidentKind
from core.store import Store
from tests.contracts.store.records import DAY, HOUR, NOW


def incident(incident_id: str = "i1", **fields: object) -> Incident:
    usual = {"kind": IncidentKind.CHANNEL_DOWN, "subject": "telegram", "since": NOW, "last_seen_at": NOW}
    return Incident(incident_id=incident_id, **{**usual, **fields})  # type: ignore[arg-type]


async def test_an_incident_comes_back_as_put_last(store: Store) -> None:
    first = incident()
    full = replace(
        first,
        last_seen_at=NOW + HOUR,
        count=7,
        ended_at=NOW + DAY,
        acknowledged_at=NOW + HOUR,
        acknowledged_by="ops@example.org",
    )
    async with store.begin() as unit:
        assert await unit.incidents.get("i1") is None
        await unit.incidents.put(first)
        assert await unit.incidents.get("i1") == first
        await unit.incidents.put(full)
        assert await unit.incidents.get("i1") == full
        await unit.incidents.remove("i1")
        await unit.incidents.remove("i1")
        assert await unit.incidents.get("i1") is None


async def test_the_open_one_is_found_by_kind_and_subject(store: Store) -> None:
    over = incident("over", ended_at=NOW)
    slack = incident("slack", subject="slack")
    async with store.begin() as unit:
        for one in (over, incident("now", since=NOW + HOUR), slack):
            await unit.incidents.put(one)
        found = await unit.incidents.open(IncidentKind.CHANNEL_DOWN, "telegram")
        assert found is not None
        assert found.incident_id == "now"
        assert await unit.incidents.open(IncidentKind.JOB_FAILING, "telegram") is None
        assert [one.incident_id for one in await unit.incidents.all_open()] == ["slack", "now"]


async def test_ended_ones_are_listed_last_first_and_pruned(store: Store) -> None:
    async with store.begin() as unit:
        await unit.incidents.put(incident("open"))
        for days in (1, 3, 2):
            await unit.incidents.put(incident(f"ended {days}", ended_at=NOW + days * DAY))
        ended = await unit.incidents.ended(NOW + 2 * DAY, 10)
        assert [one.incident_id for one in ended] == ["ended 3", "ended 2"]
        assert len(await unit.incidents.ended(NOW, 1)) == 1
        assert await unit.incidents.prune(NOW + 3 * DAY) == 2
        assert [one.incident_id for one in await unit.incidents.ended(NOW, 10)] == ["ended 3"]
        assert len(await unit.incidents.all_open()) == 1
