"""First contact: the greeting, its details, the question for the zone, how to begin.

Tests: tests/golden/test_screens.py.
"""

from __future__ import annotations

from datetime import datetime

from bot.screens import texts, texts_settings, texts_welcome
from bot.screens.dates import clock
from bot.screens.language_model import llm_words
from bot.screens.markup import say
from bot.screens.settings import at_times_words, never_words
from core.chat import Button, Message
from core.records import Person
from core.scheduling.timezones import zone_of


def llm_sentence(where: str | None) -> str:
    """What a language model gets to see, in one sentence; ``where`` names it, None without one."""
    return (
        texts_welcome.GREETING_LLM.format(where=llm_words(where)) if where else texts_welcome.GREETING_NO_LLM
    )


def greeting(llm: str) -> Message:
    """What oO does, what it stores, what it sends to a language model."""
    return say(
        texts_welcome.GREETING,
        (
            Button(label=texts.AGREE, verb="agree"),
            Button(label=texts.SHOW_DETAILS, verb="details"),
            Button(label=texts.NO_THANKS, verb="decline"),
        ),
        llm=llm,
    )


def details(llm: str) -> Message:
    """The fine print, with the same choice below it."""
    return say(
        texts_welcome.DETAILS,
        (Button(label=texts.AGREE, verb="agree"), Button(label=texts.NO_THANKS, verb="decline")),
        llm=llm,
    )


def zone_question(guess: str | None) -> Message:
    """The question for the zone; a guess is offered for confirmation."""
    if guess is None:
        return say(texts_welcome.ZONE_ASK)
    return say(
        texts_welcome.ZONE_GUESS,
        (
            Button(label=texts.YES, verb="zone", arg=guess),
            Button(label=texts.CHANGE, verb="ask", arg="zone", asks=texts_settings.ASK["zone"]),
        ),
        zone=guess,
    )


def ready(person: Person, *, todoist: bool, connectable: bool = False) -> Message:
    """How to begin, and when oO will write. ``todoist``: it is read already, else maybe ``connectable``."""
    preferences = person.preferences
    connect = texts_welcome.READY_CONNECTABLE if connectable else ""
    writing = texts_welcome.READY_TIMES if preferences.times else texts_welcome.READY_NEVER
    return say(
        texts_welcome.READY.replace("{writing}", writing),
        (
            Button(label=texts.CHANGE_TIMES, verb="ask", arg="times", asks=texts_settings.ASK["times"]),
            Button(label=texts.FINE, verb="fine"),
        ),
        connect=texts_welcome.READY_CONNECT if todoist else connect,
        times=at_times_words(preferences),
        quiet=never_words(preferences),
    )


def zone_set(person: Person, now: datetime) -> Message:
    """Says the zone, with the time there as a check."""
    zone = zone_of(person)
    return say(texts_welcome.ZONE_SET, zone=zone.key, now=clock(now.astimezone(zone)))
