"""Settings, with an ETag: read, change one, write all of them back with ``If-Match``.

What a person allows is none of them: consent is given in the chat, where it is explained.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, time
from typing import Annotated

from pydantic import Field

from bot.api.models import WEEKDAYS, WHOLE, Clock, Input, Instant, Name, Weekday, clock_of, time_of
from bot.api.operation import Call, Header, Operation, Result
from bot.api.problems import Kind, Problem, unusable
from core.chat import Channel
from core.people.muting import mute_on
from core.people.preferences import change_in, replace_settings
from core.records import DayTimes, Person, Preferences, QuietWindow, Scope
from core.scheduling.timezones import zone_by_name
from core.text import clean, language_tag
from core.tips.cooldowns import plain_words
from core.words.settings import MAX_CAP, format_quiet, format_times, parse_quiet, parse_times
from core.words.topics import MAX_TOPIC

MAX_MUTED = 100
Days = Annotated[list[Weekday], Field(min_length=1, max_length=7)]


class Times(Input):
    """At which times oO may write on some weekdays."""

    days: Days
    times: Annotated[list[Clock], Field(min_length=1, max_length=24)]


class Quiet(Input):
    """Quiet hours, by the wall clock."""

    days: Annotated[Days, Field(description="The weekdays on which they start")]
    start: Clock
    end: Clock = Field(description="Excluded; before the start, it is on the next day")


class Muted(Input):
    """A topic about which oO does not write on some weekdays."""

    topic: Name
    days: Days


class Settings(Input):
    """All settings. What a person allows is no setting: they say that in the chat."""

    zone: Name | None = Field(description="IANA name of where the person is; None: not known yet")
    paused_until: Instant | None = Field(description="oO writes nothing by itself until then")
    pause_starts: Instant | None = Field(
        default=None,
        description="When a planned pause starts; None: none is planned. Left out of a request: as it is",
    )
    pause_ends: Instant | None = Field(default=None, description="When the planned pause ends, likewise")
    times: Annotated[list[Times], Field(max_length=7)]
    quiet: Annotated[list[Quiet], Field(max_length=14)]
    cap: Annotated[int, Field(ge=0, le=MAX_CAP, description="Tips a day at most; 0: only on request"), WHOLE]
    muted: Annotated[list[Name], Field(max_length=MAX_MUTED, description="Topics")]
    muted_days: Annotated[list[Muted], Field(max_length=MAX_MUTED)] | None = Field(
        default=None,
        description="Topics that are muted on some weekdays only. Left out of a request: as they are",
    )
    language: Name | None = Field(description="IETF tag; None: that of the chat")
    lead_minutes: Annotated[int, Field(ge=0, le=7 * 24 * 60), WHOLE] | None = Field(
        description="How long before its time a task is announced; None: not at all"
    )
    brief: Clock | None = Field(description="When the plan of the day comes; None: never")
    review: Clock | None = Field(description="When the look back at the day comes; None: never")
    channel: Channel | None = Field(
        default=None,
        description="Where oO writes on its own, one of the person's own channels; None: where they answer."
        " Left out of a request: as it is",
    )


def settings_of(person: Person) -> Settings:
    """The person's settings as an answer."""
    known = person.preferences
    return Settings.model_construct(
        zone=person.zone,
        paused_until=person.paused_until,
        pause_starts=person.pause_starts,
        pause_ends=person.pause_ends,
        times=[
            Times.model_construct(days=_names(one.days), times=[*map(clock_of, one.times)])
            for one in known.times
        ],
        quiet=[
            Quiet.model_construct(days=_names(one.days), start=clock_of(one.start), end=clock_of(one.end))
            for one in known.quiet
        ],
        muted=list(known.muted),
        muted_days=[
            Muted.model_construct(topic=one.topic, days=_names(one.days)) for one in known.muted_days
        ],
        lead_minutes=known.lead,
        brief=_clock(known.brief),
        review=_clock(known.review),
        cap=known.cap,
        language=known.language,
        channel=known.channel,
    )


def _names(days: tuple[int, ...]) -> list[Weekday]:
    return [WEEKDAYS[day] for day in days]


def _clock(at: time | None) -> str | None:
    return clock_of(at) if at else None


def etag_of(person: Person) -> str:
    """A strong validator of the person's settings."""
    return f'"{hashlib.sha256(settings_of(person).model_dump_json().encode()).hexdigest()[:32]}"'


def _answer(person: Person) -> Result:
    return Result(content=settings_of(person), headers={"ETag": etag_of(person)})


# --- Written back ------------------------------------------------------------------------------------------


def _person_with(person: Person, wanted: Settings, channels: Collection[Channel]) -> Person:
    """The person with the settings of a request, checked as those that are typed in the chat. ``channels``:
    where they have an account. Raises ``BadInput`` and ``Problem``.
    """
    times = tuple(
        DayTimes(days=_numbers(one.days), times=(*map(time_of, one.times),)) for one in wanted.times
    )
    quiet = tuple(
        QuietWindow(days=_numbers(one.days), start=time_of(one.start), end=time_of(one.end))
        for one in wanted.quiet
    )
    preferences = replace(
        _with_muted(person, wanted),
        times=parse_times(format_times(times)),
        quiet=parse_quiet(format_quiet(quiet)),
        language=_language(wanted.language),
        lead=wanted.lead_minutes,
        brief=time_of(wanted.brief) if wanted.brief else None,
        review=time_of(wanted.review) if wanted.review else None,
        cap=wanted.cap,
        channel=_channel(person, wanted, channels),
    )
    zone = zone_by_name(wanted.zone).key if wanted.zone else None
    if zone is None and person.zone is not None:
        raise unusable("/zone", "is known and can't be forgotten")
    starts, ends = _planned_pause(person, wanted)
    return replace(
        person,
        preferences=preferences,
        zone=zone,
        paused_until=wanted.paused_until,
        pause_starts=starts,
        pause_ends=ends,
    )


def _planned_pause(person: Person, wanted: Settings) -> tuple[datetime | None, datetime | None]:
    """Start and end; both None without a planned pause."""
    if not {"pause_starts", "pause_ends"} & wanted.model_fields_set:
        return person.pause_starts, person.pause_ends
    starts, ends = wanted.pause_starts, wanted.pause_ends
    if (starts is None) != (ends is None) or (starts and ends and starts >= ends):
        raise unusable("/pause_ends", "should come after pause_starts; both are null without a planned pause")
    return starts, ends


def _channel(person: Person, wanted: Settings, channels: Collection[Channel]) -> Channel | None:
    if "channel" not in wanted.model_fields_set:
        return person.preferences.channel
    if wanted.channel is not None and wanted.channel not in channels:
        raise unusable("/channel", "is none on which this person uses oO")
    return wanted.channel


def _numbers(days: list[Weekday]) -> tuple[int, ...]:
    return tuple(sorted({WEEKDAYS.index(day) for day in days}))


def _topics(muted: list[str]) -> tuple[str, ...]:
    return tuple(sorted({plain_words(clean(one, MAX_TOPIC)) for one in muted} - {""}))


def _with_muted(person: Person, wanted: Settings) -> Preferences:
    """The person's preferences with the muted topics of a request: each once, with all its days."""
    kept = person.preferences.muted_days if wanted.muted_days is None else ()
    topics = replace(person.preferences, muted=_topics(wanted.muted), muted_days=kept)
    changed = replace(person, preferences=topics)
    for one in wanted.muted_days or ():
        changed = mute_on([clean(one.topic, MAX_TOPIC)], _numbers(one.days))(changed)
    return changed.preferences


def _language(tag: str | None) -> str | None:
    if tag is not None and language_tag(tag) is None:
        raise unusable("/language", "should be an IETF tag, such as de or pt-BR")
    return tag


async def _read(call: Call) -> Result:
    return _answer(call.person)


async def _write(call: Call) -> Result:
    """In one transaction: the settings are compared with what ``If-Match`` names, and replaced."""
    wanted: Settings = call.body
    async with call.deps.store.begin(call.person.person_id) as unit:
        stored = await unit.people.get(call.person.person_id)
        _check_match(call.headers.get("if-match"), stored)
        channels = {one.channel for one in await unit.people.accounts(stored.person_id)}
        change = replace_settings(_person_with(stored, wanted, channels))
        changed = await change_in(unit, stored.person_id, call.deps, change, what="settings")
    return _answer(changed)


def _check_match(wanted: str | None, stored: Person) -> None:
    """Raises ``Problem`` if the settings are not as the request knows them. Weak tags never match."""
    if wanted is None or wanted.strip() == "*":
        return
    if etag_of(stored) not in [one.strip() for one in wanted.split(",")]:
        raise Problem(Kind.CHANGED_MEANWHILE, headers={"ETag": etag_of(stored)})


ETAG = Header(name="ETag", meaning="Changes with every setting")
IF_MATCH = Header(name="If-Match", meaning="The ETag of the settings that are to be replaced")

PREFERENCES = (
    Operation(
        name="read_preferences", method="GET", path="/v1/preferences", scope=Scope.PREFERENCES_READ,
        run=_read, summary="All settings", answer=Settings, gives=(ETAG,),
    ),
    Operation(
        name="write_preferences", method="PUT", path="/v1/preferences", scope=Scope.PREFERENCES_WRITE,
        run=_write, summary="Replace all settings", body=Settings, answer=Settings, takes=(IF_MATCH,),
        gives=(ETAG,), problems=(Kind.CHANGED_MEANWHILE,),
    ),
)  # fmt: skip
