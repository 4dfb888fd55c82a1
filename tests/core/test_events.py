"""What may be an event, and what those hear who hold copies of events."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from core.events import EVENT_STREAM_NOTE, record_deletion, record_event, restart_publishing
from core.records.events import Features, PublicEvent
from tests.core.worlds import Scene

NOW = datetime(2027, 6, 14, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "data", "fault"),
    [
        ("tip.eaten", {}, "tip.eaten is no kind of event"),
        ("task.added", {"title": "a secret", "colour": "red"}, "task.added has no colour, title"),
    ],
)
async def test_an_event_without_a_schema_is_not_recorded(
    here: Scene, kind: str, data: dict[str, Any], fault: str
) -> None:
    await here.person()
    async with here.deps.store.begin() as unit:
        with pytest.raises(ValueError, match=fault):
            await record_event(unit, here.deps, kind, "ada", **data)
    assert await here.kinds() == []


@pytest.mark.parametrize("merged_into", [None, "bob"])
async def test_a_deletion_is_told_where_events_were_published_and_nowhere_else(
    here: Scene, merged_into: str | None
) -> None:
    async with here.deps.store.begin() as unit:
        await record_deletion(unit, here.deps, "ada", merged_into=merged_into)
    assert await here.kinds() == []
    async with here.deps.store.begin() as unit:
        await unit.notes.put(None, EVENT_STREAM_NOTE, "{}")
        await record_deletion(unit, here.deps, "ada", merged_into=merged_into)
    (event,) = await here.events()
    told = {"deleted_id": "ada", **({"merged_into": merged_into} if merged_into else {})}
    assert (event.person_id, event.data) == (None, told)


async def test_after_a_restored_backup_everything_is_published_again_if_it_ever_was(here: Scene) -> None:
    async with here.deps.store.begin() as unit:
        await restart_publishing(unit)
        assert await unit.notes.get(None, EVENT_STREAM_NOTE) is None
        await unit.notes.put(None, EVENT_STREAM_NOTE, json.dumps({"created": "2027", "position": 7}))
        await restart_publishing(unit)
        note = await unit.notes.get(None, EVENT_STREAM_NOTE)
    assert note is not None
    assert json.loads(note) == {"created": "restored", "position": 7}


def test_a_public_event_is_plain_json() -> None:
    features = Features(version="9", space="", values=(0.5, -1.0))
    event = PublicEvent(
        position=1,
        event_id="e1",
        kind="reward.given",
        happened_at=NOW,
        person_id="ada",
        data={"value": 0.5, "given_at": NOW, "ids": ("a", "b")},
    )
    plain = {
        "position": 1,
        "event_id": "e1",
        "kind": "reward.given",
        "happened_at": "2027-06-14T09:00:00+00:00",
        "person_id": "ada",
        "data": {"given_at": "2027-06-14T09:00:00+00:00", "ids": ["a", "b"], "value": 0.5},
    }
    assert json.loads(json.dumps(event.as_dict())) == plain
    learned = PublicEvent(position=2, event_id="e2", kind="x", happened_at=NOW, features=features)
    assert learned.as_dict()["features"] == {"version": "9", "space": "", "values": [0.5, -1.0]}
