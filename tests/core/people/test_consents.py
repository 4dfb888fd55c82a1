"""Purposes: what a person allows, as a log and as the state that follows from it."""

from __future__ import annotations

from datetime import timedelta
from zlib import crc32

import pytest

from bot.screens import texts_privacy, texts_talk, texts_welcome, texts_why
from core.chat import Channel
from core.delivery.reactions import react
from core.learning.model_state import deserialize, serialize
from core.people.consents import (
    AT_THE_START,
    WORDING,
    erase_learned,
    has_learned,
    withdraw,
    withdraw_again,
)
from core.policies.features import FEATURE_VERSION
from core.records import (
    Consent,
    Correction,
    CorrectionState,
    Purpose,
    ReactionKind,
    Speaker,
    TalkTurn,
    Via,
)
from core.store import Store
from tests.core.outsiders import NOW
from tests.core.worlds import HOUR, Scene, scene

NEXT = NOW + HOUR / 2


async def log(here: Scene) -> list[tuple[str, bool]]:
    """The answers so far, oldest first."""
    async with here.deps.store.read() as unit:
        return [(one.purpose.value, one.granted) for one in await unit.consents.of("ada")]


async def test_agreeing_at_the_start_allows_what_the_question_covers(either: Store) -> None:
    here = scene(either)
    await here.person(consent=Consent.ASKED, allowed=())
    assert (await here.stored()).next_due_at is None
    assert await log(here) == []

    agreed = await here.agree()

    assert (agreed.consent, agreed.consent_at, agreed.next_due_at) == (Consent.AGREED, NOW, NEXT)
    assert {one for one in Purpose if agreed.allows(one)} == set(AT_THE_START)
    assert await log(here) == [(one.value, True) for one in AT_THE_START]
    assert await here.stored() == agreed


async def test_an_entry_says_who_what_when_where_and_by_which_wording(either: Store) -> None:
    here = scene(either)
    await here.person()
    await here.allow(Purpose.CALENDAR)
    async with either.read() as unit:
        (entry,) = await unit.consents.of("ada")
    assert (entry.purpose, entry.granted, entry.channel) == (Purpose.CALENDAR, True, Channel.TELEGRAM)
    assert (entry.at, entry.version, entry.person_id) == (NOW, WORDING, "ada")


@pytest.mark.parametrize("consent", [Consent.ASKED, Consent.DECLINED])
async def test_without_an_agreement_no_purpose_is_allowed(here: Scene, consent: Consent) -> None:
    person = await here.person(consent=consent, allowed=tuple(Purpose))
    assert not any(person.allows(one) for one in Purpose)


@pytest.mark.parametrize("purpose", list(Purpose))
async def test_each_purpose_is_turned_off_and_on_by_itself(here: Scene, purpose: Purpose) -> None:
    before = await here.person(allowed=tuple(Purpose))
    without = await here.allow(purpose, granted=False)
    assert [one for one in Purpose if not without.allows(one)] == [purpose]
    again = await here.allow(purpose)
    assert set(again.allowed) == set(before.allowed)
    assert await log(here) == [(purpose.value, False), (purpose.value, True)]


async def test_an_answer_that_changes_nothing_adds_no_entry(here: Scene) -> None:
    await here.person(consent=Consent.ASKED, allowed=())
    await here.agree()
    await here.allow(Purpose.LEARNING)
    await here.agree()
    assert await log(here) == [(one.value, True) for one in AT_THE_START]


async def test_a_first_no_is_an_entry(here: Scene) -> None:
    await here.person()
    await here.allow(Purpose.TALK, granted=False)
    await here.allow(Purpose.TALK, granted=False)
    assert await log(here) == [("talk", False)]


async def test_an_old_greeting_that_is_tapped_again_turns_nothing_on(here: Scene) -> None:
    await here.person(consent=Consent.ASKED, allowed=())
    await here.agree()
    await here.allow(Purpose.LANGUAGE_MODEL, granted=False)
    assert not (await here.agree()).allows(Purpose.LANGUAGE_MODEL)


def test_changed_sentences_need_a_new_version_of_the_wording() -> None:
    """Whoever changes what people are asked sets ``WORDING`` anew, and then this fingerprint."""
    asked = [texts_welcome.GREETING, texts_welcome.GREETING_LLM, texts_talk.MEMORY_ASK, texts_why.HELPED_OFF]
    explained = [texts_privacy.PURPOSE_NAMES, texts_privacy.PURPOSE_ON, texts_privacy.PURPOSE_OFF]
    said = asked + [words for table in explained for words in table.values()]
    assert (WORDING, f"{crc32(repr(said).encode()):08x}") == ("2", "91cb3109")


async def test_declining_refuses_everything_that_was_allowed(here: Scene) -> None:
    await here.person(consent=Consent.ASKED, allowed=())
    await here.agree()
    await here.allow(Purpose.HOLDOUT)
    declined = await here.decline()
    assert (declined.consent, declined.allowed, declined.next_due_at) == (Consent.DECLINED, (), None)
    assert declined.dosage is None
    refused = [purpose for purpose, granted in await log(here) if not granted]
    assert set(refused) == {*AT_THE_START, "holdout"}


async def test_without_messages_nothing_is_due_until_they_are_allowed_again(here: Scene) -> None:
    await here.person()
    assert (await here.allow(Purpose.MESSAGES, granted=False)).next_due_at is None
    assert (await here.allow(Purpose.MESSAGES)).next_due_at == NEXT


async def test_a_talk_is_forgotten_at_once(here: Scene) -> None:
    await here.person(allowed=(*AT_THE_START, Purpose.TALK))
    turn = TalkTurn(person_id="ada", speaker=Speaker.PERSON, text="a secret", said_at=NOW)
    async with here.deps.store.begin() as unit:
        await unit.turns.add([turn])
    await here.allow(Purpose.TALK, granted=False)
    async with here.deps.store.read() as unit:
        assert await unit.turns.latest("ada", NOW - timedelta(days=1), 9) == ()


@pytest.mark.parametrize("purpose", [Purpose.LEARNING, Purpose.CALENDAR])
async def test_what_is_allowed_can_be_withdrawn_and_what_is_not_stays_as_it_is(
    here: Scene, purpose: Purpose
) -> None:
    await here.person()
    await here.allow(Purpose.LEARNING)
    before = await here.stored()
    after = await withdraw(before, here.deps, purpose, via=Via.PROGRAM)
    assert after == await here.stored()
    assert not after.allows(purpose)
    assert (after == before) is (purpose is Purpose.CALENDAR)


@pytest.mark.parametrize("shares", [True, False])
async def test_what_was_learned_is_erased_and_nothing_of_it_is_left_in_the_population(
    here: Scene, shares: bool
) -> None:
    await here.person()
    await here.allow(Purpose.POPULATION, granted=shares)
    await here.task("Pay the rent")
    decision = await here.slot()
    await react(decision.decision_id, await here.stored(), here.deps, kind=ReactionKind.DONE)
    assert await has_learned(await here.stored(), here.deps)
    correction = Correction(
        correction_id="c1",
        person_id="ada",
        belief="x",
        state=CorrectionState.WRONG,
        decisions=(decision.decision_id,),
        feature_version=FEATURE_VERSION,
        count=3,
        given_at=here.clock.now(),
    )
    async with here.deps.store.begin() as unit:
        await unit.corrections.put(correction)
    await erase_learned(await here.stored(), here.deps)
    assert not await has_learned(await here.stored(), here.deps)
    assert await here.model_of() == await here.model_of("ada") == serialize(deserialize(None))
    assert (await here.kinds())[-1] == "learned.erased"
    async with here.deps.store.read() as unit:
        assert await unit.corrections.of("ada") == (), "it is withdrawn"


async def test_in_a_restored_database_withdrawals_are_repeated(here: Scene) -> None:
    await here.person(allowed=(*AT_THE_START, Purpose.HOLDOUT))
    async with here.deps.store.begin() as unit:
        await withdraw_again(unit, "ada", [Purpose.HOLDOUT], here.clock.now())
    ada = await here.stored()
    assert (ada.consent, ada.allowed) == (Consent.AGREED, AT_THE_START)
    async with here.deps.store.begin() as unit:
        await withdraw_again(unit, "ada", AT_THE_START, here.clock.now())
    ada = await here.stored()
    assert (ada.consent, ada.allowed) == (Consent.DECLINED, ())
    assert {granted for _, granted in await log(here)} == {False}
