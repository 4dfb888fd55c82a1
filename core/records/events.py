"""Events: what happened, recorded for other systems and for the history."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, appended in the transaction that made it happen."""

    event_id: str
    kind: str
    """For example ``task.completed``."""
    happened_at: datetime
    person_id: str | None = None
    """None for events about oO itself."""
    data: dict[str, str | int | float | bool | None] = field(default_factory=dict)
    """Ids, codes and numbers; no personal text."""
    traceparent: str | None = None
    """The span in which it happened (``core/ports/tracing.py``); None without traces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedEvent:
    """An event with its place in the log."""

    position: int
    """Grows with each event that is appended."""
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """The features by which the model learns."""

    version: str
    """As ``FEATURE_VERSION`` was."""
    space: str
    """The embedding space of the wording features; empty without them."""
    values: tuple[float, ...]
    """(d,), exact."""


PublicValue = str | int | float | bool | datetime | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicEvent:
    """An event as others may read it: ids, codes and figures."""

    position: int
    event_id: str
    kind: str
    happened_at: datetime
    person_id: str | None = None
    """Whom it is about; of a deletion, who is gone."""
    data: dict[str, PublicValue] = field(default_factory=dict)
    """Fields of ``EVENT_FIELDS`` that are set."""
    features: Features | None = None
    traceparent: str | None = None
    """As in ``Event``. ``as_dict`` leaves it out: it is for those who trace, not for those who read."""

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        found: dict[str, object] = {
            "position": self.position,
            "event_id": self.event_id,
            "kind": self.kind,
            "happened_at": self.happened_at.isoformat(),
            "person_id": self.person_id,
            "data": {name: _plain(value) for name, value in sorted(self.data.items())},
        }
        if self.features:
            found["features"] = {
                "version": self.features.version,
                "space": self.features.space,
                "values": list(self.features.values),
            }
        return found


def _plain(value: PublicValue) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
