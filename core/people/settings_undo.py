"""Takes a change of settings back exactly, unless they were changed again since.

The button *Undo* carries what ``SettingsChange.memo`` returns: for each changed setting its value before and
after. The dosage of the hold-out experiment is one of them, as a new cap ends it; so are the pauses.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, time
from typing import Any

from core.chat import Channel
from core.dependencies import Dependencies
from core.people.preferences import Change, change_in, changed_by
from core.records import DayTimes, Dosage, MutedDays, Person, Preferences, QuietWindow


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsChange:
    """A person before and after a change of their settings."""

    before: Person
    after: Person

    @property
    def memo(self) -> str:
        """The changed settings as JSON, for ``restore_settings``; empty if none changed."""
        before, after = _settings(self.before), _settings(self.after)
        changed = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
        return json.dumps(changed, separators=(",", ":")) if changed else ""


async def change_settings(
    person: Person, deps: Dependencies, make: Change, *, what: str, origin: str = "", is_step: bool = False
) -> SettingsChange:
    """``preferences.change``, with the person as they were stored before it.

    ``origin`` names the update that asks for it: handled twice, it makes a change ``is_step`` once.
    """
    async with deps.store.begin(person.person_id) as unit:
        before = await unit.people.get(person.person_id)
        if is_step and await changed_by(unit, person.person_id, deps, origin, what=what):
            return SettingsChange(before=before, after=before)
        after = await change_in(unit, person.person_id, deps, make, what=what, origin=origin)
        return SettingsChange(before=before, after=after)


async def restore_settings(person: Person, deps: Dependencies, memo: str, *, what: str) -> Person | None:
    """Give the settings of ``memo`` the values that they had before the change. Idempotent.

    None, and nothing is changed, if one of them has been changed again since.
    """
    values: dict[str, list[Any]] = json.loads(memo)
    async with deps.store.begin(person.person_id) as unit:
        current = await unit.people.get(person.person_id)
        now = _settings(current)
        if all(now[name] == before for name, (before, _) in values.items()):
            return current
        if any(now[name] != after for name, (_, after) in values.items()):
            return None
        earlier = {name: before for name, (before, _) in values.items()}
        return await change_in(unit, person.person_id, deps, _setting(earlier), what=what)


def _setting(plain: Mapping[str, Any]) -> Change:
    """A change that sets these settings to values as ``_settings`` gives them."""

    def make(person: Person) -> Person:
        values = {name: _LOAD.get(name, _same)(value) for name, value in plain.items()}
        own = {name: values.pop(name) for name in _OF_PERSON if name in values}
        return replace(person, preferences=replace(person.preferences, **values), **own)

    return make


_OF_PERSON = ("dosage", "paused_until", "pause_starts", "pause_ends")
"""Settings that are no preferences."""


# --- Settings as JSON --------------------------------------------------------------------------------------


def _settings(person: Person) -> dict[str, Any]:
    """Every setting by name, as JSON has it."""
    named = {one.name: getattr(person.preferences, one.name) for one in fields(Preferences)}
    own = {name: getattr(person, name) for name in _OF_PERSON}
    return {name: _plain(value) for name, value in {**named, **own}.items()}


def _plain(value: Any) -> Any:
    """A time as ISO text, a record as an object, a tuple as a list; anything else as it is."""
    if isinstance(value, time | datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, DayTimes | QuietWindow | MutedDays | Dosage):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    return value


def _same(value: Any) -> Any:
    return value


def _times(value: list[dict[str, Any]]) -> tuple[DayTimes, ...]:
    return tuple(
        DayTimes(days=tuple(one["days"]), times=tuple(map(time.fromisoformat, one["times"]))) for one in value
    )


def _quiet(value: list[dict[str, Any]]) -> tuple[QuietWindow, ...]:
    return tuple(
        QuietWindow(
            start=time.fromisoformat(one["start"]),
            end=time.fromisoformat(one["end"]),
            days=tuple(one["days"]),
        )
        for one in value
    )


def _muted_days(value: list[dict[str, Any]]) -> tuple[MutedDays, ...]:
    return tuple(MutedDays(topic=one["topic"], days=tuple(one["days"])) for one in value)


def _time(value: str | None) -> time | None:
    return time.fromisoformat(value) if value else None


def _channel(value: str | None) -> Channel | None:
    return Channel(value) if value else None


def _instant(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _dosage(value: dict[str, Any] | None) -> Dosage | None:
    return Dosage(**{**value, "since": datetime.fromisoformat(value["since"])}) if value else None


_LOAD: Mapping[str, Callable[[Any], Any]] = {
    "times": _times,
    "quiet": _quiet,
    "muted": tuple,
    "muted_days": _muted_days,
    "brief": _time,
    "review": _time,
    "channel": _channel,
    "dosage": _dosage,
    "paused_until": _instant,
    "pause_starts": _instant,
    "pause_ends": _instant,
}
"""How the values of settings are read back that are not the same in JSON."""
