"""Everybody hears their own language, whatever others hear at the same time."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.languages.active import active, speak, speaking, speaking_to
from bot.languages.language import ENGLISH, Language
from core.records import Account, Preferences
from tests.contracts.store.records import account, person

GERMAN = Language(code="de")


def test_a_block_ends_with_the_language_before_it() -> None:
    with speaking(GERMAN):
        assert active() == GERMAN
        speak(ENGLISH)
        assert active() == ENGLISH
        with speaking(GERMAN):
            pass
        assert active() == ENGLISH

    assert active() == ENGLISH


async def test_people_who_are_served_at_once_hear_their_own() -> None:
    both = asyncio.Barrier(2)

    async def heard(language: Language) -> Language:
        speak(language)
        await both.wait()
        return active()

    assert await asyncio.gather(heard(GERMAN), heard(ENGLISH)) == [GERMAN, ENGLISH]  # type: ignore[comparison-overlap]
    assert active() == ENGLISH


def test_a_choice_outweighs_the_channel() -> None:
    ada: Account = account(language="de-AT")
    silent = person()
    decided = replace(silent, preferences=Preferences(language="en"))

    with speaking_to(silent.on(ada)):
        assert active() == Language(code="de", territory="AT")
    with speaking_to(decided.on(ada)):
        assert active() == ENGLISH
    with speaking_to(silent.on(replace(ada, language=None))):
        assert active() == ENGLISH
