"""The topics about which oO never writes: always, or on some days of the week."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from core.dependencies import Dependencies
from core.people.preferences import Change, change_in
from core.records import WEEKDAYS, MutedDays, Person, Preferences
from core.store import Unit
from core.tips.cooldowns import plain_words


def mute(topic: str) -> Change:
    """Send nothing about ``topic``. Idempotent; a topic without a word changes nothing."""

    def make(person: Person) -> Person:
        muted = tuple(sorted({*person.preferences.muted, plain_words(topic)} - {""}))
        return replace(person, preferences=replace(person.preferences, muted=muted))

    return make


def mute_on(topics: Iterable[str], days: Collection[int]) -> Change:
    """Send nothing about ``topics`` on these weekdays, nor on those on which they are muted already."""
    wanted = {plain_words(topic): frozenset(days) for topic in topics}

    def make(person: Person) -> Person:
        chosen = person.preferences
        return replace(person, preferences=_with_days(chosen, _joined(_days_of(chosen), wanted)))

    return make


async def mute_in(unit: Unit, person_id: str, deps: Dependencies, topic: str) -> str | None:
    """``mute`` inside the caller's transaction. The stored topic; None if it was muted already."""
    before = await unit.people.get(person_id)
    after = await change_in(unit, person_id, deps, mute(topic), what="mute")
    return next(iter(set(after.preferences.muted) - set(before.preferences.muted)), None)


def unmute(topic: str) -> Change:
    """Take ``mute`` back: on some days the topic may be muted all the same."""
    gone = plain_words(topic)

    def make(person: Person) -> Person:
        muted = tuple(one for one in person.preferences.muted if one != gone)
        return replace(person, preferences=replace(person.preferences, muted=muted))

    return make


def allow(topics: Iterable[str]) -> Change:
    """Allow ``topics`` again, on every day."""
    allowed = {plain_words(topic) for topic in topics}

    def make(person: Person) -> Person:
        chosen = person.preferences
        muted = tuple(one for one in chosen.muted if one not in allowed)
        days = {topic: days for topic, days in _days_of(chosen).items() if topic not in allowed}
        return replace(person, preferences=_with_days(replace(chosen, muted=muted), days))

    return make


def joined(kept: Preferences, gone: Preferences) -> Preferences:
    """``kept``, with what either of the two mutes."""
    muted = tuple(sorted({*kept.muted, *gone.muted}))
    return _with_days(replace(kept, muted=muted), _joined(_days_of(kept), _days_of(gone)))


_DaysOfTopics = dict[str, frozenset[int]]


def _days_of(chosen: Preferences) -> _DaysOfTopics:
    return {one.topic: frozenset(one.days) for one in chosen.muted_days}


def _joined(some: _DaysOfTopics, others: _DaysOfTopics) -> _DaysOfTopics:
    nothing = frozenset[int]()
    return {topic: some.get(topic, nothing) | others.get(topic, nothing) for topic in some | others}


def _with_days(chosen: Preferences, days: _DaysOfTopics) -> Preferences:
    """What is muted on every day of the week is muted."""
    always = {topic for topic, on in days.items() if len(on) == len(WEEKDAYS)}
    some = tuple(
        MutedDays(topic=topic, days=tuple(sorted(on)))
        for topic, on in sorted(days.items())
        if topic and on and topic not in always
    )
    muted = tuple(sorted({*chosen.muted, *always} - {""}))
    return replace(chosen, muted=muted, muted_days=some)
