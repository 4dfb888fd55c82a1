"""The schemas as a descriptor set, and events as protobuf messages of them.

``events.binpb`` is what buf makes of ``proto/``; no code is generated.

Tests: tests/adapters/nats/test_schemas.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import DecodeError, Message
from google.protobuf.timestamp_pb2 import Timestamp

from core.records import EVENT_FIELDS, Features, PublicEvent, PublicValue

EVENT = "oo.events.v1.Event"
FileSet = descriptor_pb2.FileDescriptorSet


class NotAnEvent(Exception):
    """The bytes are no event of the schema."""


@cache
def descriptor_set() -> bytes:
    """The schemas of this version of oO."""
    return (resources.files("adapters.nats") / "events.binpb").read_bytes()


@cache
def _event_class() -> Any:
    pool = descriptor_pool.DescriptorPool()
    for file in FileSet.FromString(descriptor_set()).file:
        pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(EVENT))


def encoded(event: PublicEvent) -> bytes:
    """The event as protobuf. Data of a kind without a schema is left out."""
    message = _event_class()(
        event_id=event.event_id, position=event.position, person_id=event.person_id or "", kind=event.kind
    )
    _set_moment(message.happened_at, event.happened_at)
    if event.kind in EVENT_FIELDS:
        data = getattr(message, _field_of(event.kind))
        data.SetInParent()
        _fill(data, event)
    return bytes(message.SerializeToString(deterministic=True))


def _field_of(kind: str) -> str:
    """The name of the field with the data of such events."""
    return kind.replace(".", "_")


def _fill(data: Any, event: PublicEvent) -> None:
    for name, value in event.data.items():
        if isinstance(value, tuple):
            getattr(data, name).extend(value)
        elif isinstance(value, datetime):
            _set_moment(getattr(data, name), value)
        else:
            setattr(data, name, value)
    if event.features:
        data.features.version, data.features.space = event.features.version, event.features.space
        data.features.values.extend(event.features.values)


def decoded(raw: bytes) -> PublicEvent:
    """The inverse of ``encoded``. Raises ``NotAnEvent``."""
    try:
        message = _event_class().FromString(raw)
    except DecodeError as fault:
        raise NotAnEvent(str(fault)) from fault
    if not message.event_id or not message.kind:
        raise NotAnEvent("an event without id or kind")
    which = message.WhichOneof("data")
    if which and which != _field_of(message.kind):
        raise NotAnEvent("an event with the data of another kind")
    data = getattr(message, which) if which else None
    return PublicEvent(
        position=message.position,
        event_id=message.event_id,
        kind=message.kind,
        happened_at=_moment(message.happened_at),
        person_id=message.person_id or None,
        data=dict(_values(data)) if data is not None else {},
        features=_features(data),
    )


def _values(data: Message) -> Iterator[tuple[str, PublicValue]]:
    for field, value in data.ListFields():
        if field.name == "features":
            continue
        if field.message_type:
            yield field.name, _moment(value)
        elif isinstance(value, (str, bool, int, float)):
            yield field.name, value
        else:
            yield field.name, tuple(value)


def _features(data: Any) -> Features | None:
    if data is None or "features" not in data.DESCRIPTOR.fields_by_name or not data.HasField("features"):
        return None
    found = data.features
    return Features(version=found.version, space=found.space, values=tuple(found.values))


def _set_moment(field: Timestamp, value: datetime) -> None:
    field.FromDatetime(value.astimezone(UTC))


def _moment(field: Timestamp) -> datetime:
    return field.ToDatetime(UTC)
