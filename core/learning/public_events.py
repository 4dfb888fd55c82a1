"""Events as they may leave the database: ids, codes and figures, and the features by which the model learned.

Only fields that have a schema are published. A text that is no code, such as an id that a calendar's owner
made up, is replaced by a digest, so that it names the same thing everywhere and says nothing.

Tests: tests/core/learning/test_public_events.py, tests/adapters/nats/test_stream.py.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime

from core.errors import NotFound
from core.events import DELETED
from core.learning.update import wording_space_of
from core.records import (
    EVENT_FIELDS,
    LISTS,
    MOMENTS,
    Decision,
    Draw,
    Event,
    Features,
    LoggedEvent,
    PublicEvent,
    PublicValue,
)
from core.store import Unit

_CODE = re.compile(r"[A-Za-z0-9_.:,;=+/<>()|-]{0,200}", re.ASCII)
_DUE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?( [A-Za-z0-9_+/-]{1,64})?", re.ASCII)
_DUES = frozenset({"due_before", "due_after"})


async def public_events(unit: Unit, logged: Iterable[LoggedEvent]) -> tuple[PublicEvent, ...]:
    """The events as others may read them, with the features that their rows hold."""
    return tuple([await _public(unit, one) for one in logged])


async def _public(unit: Unit, logged: LoggedEvent) -> PublicEvent:
    event = logged.event
    data, features = public_data(event), None
    if event.kind == "decision.made":
        decision = await _decision(unit, event)
        if decision and (draw := decision.draw):
            data |= {"policy_id": code(draw.policy_id), "propensity": draw.propensity}
            features = _features_of(decision, draw)
    elif event.kind == "belief.corrected":
        features = await _lesson(unit, event)
    return PublicEvent(
        position=logged.position,
        event_id=event.event_id,
        kind=event.kind,
        happened_at=event.happened_at,
        person_id=str(event.data["deleted_id"]) if event.kind == DELETED else event.person_id,
        data=data,
        features=features,
        traceparent=event.traceparent,
    )


async def _decision(unit: Unit, event: Event) -> Decision | None:
    """None if its row is gone or unreadable: then the event goes without its features."""
    try:
        return await unit.decisions.get(str(event.data["decision_id"]))
    except (NotFound, ValueError, LookupError):
        return None


def _features_of(decision: Decision, draw: Draw) -> Features | None:
    if not draw.chosen.features:
        return None
    space = wording_space_of(decision)
    return Features(version=draw.feature_version, space=code(space), values=tuple(draw.chosen.features))


async def _lesson(unit: Unit, event: Event) -> Features | None:
    try:
        correction = await unit.corrections.get(str(event.data["correction_id"]))
    except NotFound:
        return None
    if not correction.features:
        return None
    return Features(version=correction.feature_version, space="", values=tuple(correction.features))


def public_data(event: Event) -> dict[str, PublicValue]:
    """The fields of the event that have a schema and a value."""
    fields = EVENT_FIELDS.get(event.kind, frozenset())
    given = {name: value for name, value in event.data.items() if name in fields}
    return {name: _value(name, value) for name, value in given.items() if value is not None}


def _value(name: str, value: str | int | float | bool) -> PublicValue:
    if not isinstance(value, str):
        return value
    if name in MOMENTS:
        return datetime.fromisoformat(value)
    if name in LISTS:
        return tuple(code(item) for item in value.split(LISTS[name]))
    return value if name in _DUES and _DUE.fullmatch(value) else code(value)


def code(text: str) -> str:
    """The text if it is a code; else a digest of it."""
    if _CODE.fullmatch(text):
        return text
    return f"sha256:{hashlib.sha256(text.encode(errors='replace')).hexdigest()[:32]}"
