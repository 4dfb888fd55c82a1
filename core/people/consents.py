"""Consents: what a person allows, purpose by purpose, as a log.

The question at the start covers ``AT_THE_START``; every other purpose is asked for when it first matters.
Each answer is an entry of the log. ``Person.allowed`` repeats what the latest entries allow and is stored in
the same transaction. Whatever a purpose covers reads it last in the transaction before its effect, so a
withdrawal also stops work that is under way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from core.chat import Channel
from core.dependencies import Dependencies
from core.people.preferences import Change, change_in
from core.records import Consent, ConsentEntry, Dosage, Person, Purpose
from core.store import Unit

WORDING = "1"
"""Version of the sentences that ask for and explain the purposes (``bot/screens/texts_privacy.py`` and the
greeting). A changed meaning needs a new one.
"""

AT_THE_START = (Purpose.MESSAGES, Purpose.LANGUAGE_MODEL, Purpose.LEARNING, Purpose.POPULATION)
"""What the agreement at the start covers."""


async def agree(person: Person, deps: Dependencies, *, channel: Channel) -> Person:
    """Store the agreement at the start. A person who has agreed keeps what they have switched off since."""
    async with deps.store.begin() as unit:
        stored = await unit.people.get(person.person_id)
        if stored.consent is Consent.AGREED:
            return stored
        return await _answer(unit, stored, deps, dict.fromkeys(AT_THE_START, True), channel, Consent.AGREED)


async def decline(person: Person, deps: Dependencies, *, channel: Channel) -> Person:
    """Store that the person does not agree, or no longer: every purpose is refused."""
    async with deps.store.begin() as unit:
        stored = await unit.people.get(person.person_id)
        refused = dict.fromkeys({*AT_THE_START, *stored.allowed}, False)
        return await _answer(unit, stored, deps, refused, channel, Consent.DECLINED)


async def set_purpose(
    person: Person, deps: Dependencies, purpose: Purpose, *, granted: bool, channel: Channel
) -> Person:
    """Allow or refuse one purpose. An answer that changes nothing is no entry, unless it is the first."""
    async with deps.store.begin() as unit:
        stored = await unit.people.get(person.person_id)
        is_known = any(entry.purpose is purpose for entry in await unit.consents.of(person.person_id))
        if is_known and (purpose in stored.allowed) is granted:
            return stored
        return await _answer(unit, stored, deps, {purpose: granted}, channel, stored.consent)


async def _answer(
    unit: Unit,
    before: Person,
    deps: Dependencies,
    answers: Mapping[Purpose, bool],
    channel: Channel,
    consent: Consent,
) -> Person:
    """Add the entries, store what is allowed now, and do what follows from it."""
    now = deps.clock.now()
    entries = [
        ConsentEntry(
            person_id=before.person_id,
            purpose=purpose,
            granted=answers[purpose],
            version=WORDING,
            channel=channel,
            at=now,
        )
        for purpose in Purpose
        if purpose in answers
    ]
    await unit.consents.add(entries)
    make = _allowing(answers, consent, deps)
    after = await change_in(unit, before.person_id, deps, make, what="consents")
    await _follow(unit, before, after)
    return after


def _allowing(answers: Mapping[Purpose, bool], consent: Consent, deps: Dependencies) -> Change:
    """A change of what is allowed. Beginning or ending the hold-out experiment resets the dosage."""
    now = deps.clock.now()

    def make(person: Person) -> Person:
        allowed = tuple(one for one in Purpose if answers.get(one, one in person.allowed))
        at = person.consent_at if consent is person.consent else now
        after = replace(person, allowed=allowed, consent=consent, consent_at=at)
        is_tested = after.allows(Purpose.HOLDOUT)
        if is_tested is person.allows(Purpose.HOLDOUT):
            return after
        return replace(after, dosage=Dosage(since=now) if is_tested else None)

    return make


async def _follow(unit: Unit, before: Person, after: Person) -> None:
    """Delete what was stored only for a purpose that is no longer allowed."""
    if before.allows(Purpose.TALK) and not after.allows(Purpose.TALK):
        await unit.turns.forget(after.person_id)
