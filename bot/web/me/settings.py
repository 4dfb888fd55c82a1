"""Settings. Each is typed as in the chat, so that the same words are understood, with the same bounds.

Tests: tests/bot/web/me/test_acting.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.settings_commands import plan
from bot.languages.active import active
from bot.languages.language import spoken
from bot.languages.names import own_name
from bot.screens import settings as screen
from bot.screens import texts, texts_me, texts_push, texts_settings
from bot.screens.dates import clock, exactly
from bot.screens.link import where
from bot.screens.topics import muted_days_words, topic_words
from bot.web.me.context import context_of
from bot.web.me.frame import show
from bot.web.page import Answer, Visit
from core.chat import Button
from core.records import Person, Preferences
from core.scheduling.pauses import paused_until
from core.words.settings import MAX_CAP


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A setting in a form of its own."""

    command: str
    """The command that sets it."""
    label: str
    hint: str
    value: str
    choices: tuple[tuple[str, str], ...] = ()
    """Values with their words; empty: it is typed."""
    highest: int | None = None
    """For a number."""


async def settings(visit: Visit) -> Answer:
    """A form for each setting."""
    ctx, person = context_of(visit), visit.whose
    async with visit.deps.store.read() as unit:
        accounts = await unit.people.accounts(person.person_id)
    is_paused = paused_until(person, ctx.now) is not None
    pausing = ("resume", texts.RESUME) if is_paused else ("pause_day", texts.PAUSE_DAY)
    return show(
        visit,
        "me/settings.html",
        "settings",
        fields=_fields(person),
        pausing=Button(verb=pausing[0], label=pausing[1]),
        where=where(person, accounts),
        push=texts_push,
        muted=_unmuting(person.preferences),
        plan=await plan(ctx, "") if person.zone else None,
    )


def _fields(person: Person) -> list[Field]:
    chosen = person.preferences
    values = {
        "times": screen.times_typed(chosen),
        "quiet": screen.quiet_words(chosen),
        "cap": str(chosen.cap),
        "timezone": person.zone or "",
        "language": active().code,
        "remind": _lead(chosen.lead),
        "brief": clock(chosen.brief) if chosen.brief else texts_settings.OFF,
        "review": clock(chosen.review) if chosen.review else texts_settings.OFF,
    }
    languages = tuple((code, own_name(code)) for code in spoken())
    return [
        Field(
            command=name,
            label=texts_me.FIELDS[name],
            hint=texts_me.FIELD_HINTS[name],
            value=value,
            choices=languages if name == "language" else (),
            highest=MAX_CAP if name == "cap" else None,
        )
        for name, value in values.items()
    ]


def _lead(minutes: int | None) -> str:
    """As ``parse_lead`` reads it."""
    if minutes is None:
        return texts_settings.OFF
    return exactly(minutes) if minutes else "0"


def _unmuting(chosen: Preferences) -> list[Button]:
    """A button for each muted topic."""
    always = [("unmute", topic, topic_words(topic)) for topic in chosen.muted]
    some_days = [("allow_topic", topic, words) for words, topic in muted_days_words(chosen).items()]
    return [
        Button(label=texts_me.UNMUTE.format(topic=words), verb=verb, arg=topic)
        for verb, topic, words in (*always, *some_days)
    ]
