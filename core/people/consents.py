"""Consents: what a person allows, purpose by purpose, as a log.

The question at the start covers ``AT_THE_START``; every other purpose is asked for when it first matters.
Each answer is an entry of the log. ``Person.allowed`` repeats what the latest entries allow and is stored in
the same transaction. Whatever a purpose covers reads it last in the transaction before its effect, so a
withdrawal also stops work that is under way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from core.chat import Channel
from core.dependencies import Dependencies
from core.events import record_event
from core.learning.model_state import add_contribution, allows, remove_contribution
from core.people.preferences import Change, change_in
from core.records import Consent, ConsentEntry, CorrectionState, Dosage, Person, Purpose, Via
from core.store import Unit

WORDING = "2"
"""Version of the sentences that ask for and explain the purposes (``bot/screens/texts_privacy.py`` and the
greeting). A changed meaning needs a new one.
"""

AT_THE_START = (Purpose.MESSAGES, Purpose.LANGUAGE_MODEL, Purpose.LEARNING, Purpose.POPULATION)
"""What the agreement at the start covers."""


async def agree(person: Person, deps: Dependencies, *, channel: Channel) -> Person:
    """Store the agreement at the start. A person who has agreed keeps what they have switched off since."""
    async with deps.store.begin(person.person_id) as unit:
        stored = await unit.people.get(person.person_id)
        if stored.consent is Consent.AGREED:
            return stored
        return await _answer(unit, stored, deps, dict.fromkeys(AT_THE_START, True), channel, Consent.AGREED)


async def decline(person: Person, deps: Dependencies, *, channel: Channel) -> Person:
    """Store that the person does not agree, or no longer: every purpose is refused."""
    async with deps.store.begin(person.person_id) as unit:
        stored = await unit.people.get(person.person_id)
        if stored.consent is Consent.DECLINED and not stored.allowed:
            return stored
        refused = dict.fromkeys({*AT_THE_START, *stored.allowed}, False)
        return await _answer(unit, stored, deps, refused, channel, Consent.DECLINED)


async def set_purpose(
    person: Person,
    deps: Dependencies,
    purpose: Purpose,
    *,
    granted: bool,
    channel: Channel | None,
    via: Via | None = None,
) -> Person:
    """Allow or refuse one purpose, in a chat on ``channel`` or else ``via``. An answer that changes nothing
    is no entry, unless it is the first.
    """
    async with deps.store.begin(person.person_id) as unit:
        stored = await unit.people.get(person.person_id)
        is_known = any(entry.purpose is purpose for entry in await unit.consents.of(person.person_id))
        if is_known and (purpose in stored.allowed) is granted:
            return stored
        return await _answer(unit, stored, deps, {purpose: granted}, channel, stored.consent, via)


async def withdraw(person: Person, deps: Dependencies, purpose: Purpose, *, via: Via) -> Person:
    """Refuse a purpose that is allowed; nothing if it is not."""
    async with deps.store.begin(person.person_id) as unit:
        stored = await unit.people.get(person.person_id)
        if purpose not in stored.allowed:
            return stored
        return await _answer(unit, stored, deps, {purpose: False}, None, stored.consent, via)


async def agreed_person(unit: Unit, person_id: str) -> Person | None:
    """The person; None if they do not agree (any more)."""
    person = await unit.people.get(person_id)
    return person if person.consent is Consent.AGREED else None


async def add_entries_in_force(
    unit: Unit,
    person_id: str,
    allowed: Collection[Purpose],
    channel: Channel,
    now: datetime,
    *,
    answers_of: str,
) -> None:
    """Add an entry for each purpose that the person ``answers_of`` ever answered: what is in force for
    ``person_id`` from now on.
    """
    answered = {entry.purpose for entry in await unit.consents.of(answers_of)}
    in_force = {purpose: purpose in allowed for purpose in answered}
    await unit.consents.add(_entries(person_id, in_force, channel, now))


async def _answer(
    unit: Unit,
    before: Person,
    deps: Dependencies,
    answers: Mapping[Purpose, bool],
    channel: Channel | None,
    consent: Consent,
    via: Via | None = None,
) -> Person:
    """Add the entries, store what is allowed now, and do what follows from it."""
    now = deps.clock.now()
    await unit.consents.add(_entries(before.person_id, answers, channel, now, via))
    make = _allowing(answers, consent, now)
    after = await change_in(unit, before.person_id, deps, make, what="consents")
    await _follow(unit, before, after, now)
    return after


def _entries(
    person_id: str,
    answers: Mapping[Purpose, bool],
    channel: Channel | None,
    now: datetime,
    via: Via | None = None,
) -> list[ConsentEntry]:
    return [
        ConsentEntry(
            person_id=person_id,
            purpose=purpose,
            granted=answers[purpose],
            version=WORDING,
            channel=channel,
            via=via,
            at=now,
        )
        for purpose in Purpose
        if purpose in answers
    ]


async def withdraw_again(unit: Unit, person_id: str, purposes: Iterable[Purpose], now: datetime) -> None:
    """Repeat withdrawals that a restored backup does not hold. Whoever then allows nothing of the agreement
    has not agreed.
    """
    before, refused = await unit.people.get(person_id), dict.fromkeys(purposes, False)
    await unit.consents.add(_entries(person_id, refused, None, now))
    allowed = {*before.allowed} - {*refused}
    consent = before.consent if allowed & {*AT_THE_START} else Consent.DECLINED
    after = _allowing(refused, consent, now)(before)
    await unit.people.save(after)
    await _follow(unit, before, after, now)


def _allowing(answers: Mapping[Purpose, bool], consent: Consent, now: datetime) -> Change:
    """A change of what is allowed. Beginning or ending the hold-out experiment resets the dosage."""

    def make(person: Person) -> Person:
        allowed = tuple(one for one in Purpose if answers.get(one, one in person.allowed))
        at = person.consent_at if consent is person.consent else now
        after = replace(person, allowed=allowed, consent=consent, consent_at=at)
        is_tested = after.allows(Purpose.HOLDOUT)
        if is_tested is person.allows(Purpose.HOLDOUT):
            return after
        return replace(after, dosage=Dosage(since=now) if is_tested else None)

    return make


async def _follow(unit: Unit, before: Person, after: Person, now: datetime) -> None:
    """Delete what was stored only for a purpose that is no longer allowed. Move the person's part into the
    population, or out of it.
    """
    if before.allows(Purpose.TALK) and not after.allows(Purpose.TALK):
        await unit.turns.forget(after.person_id)
    if before.allows(Purpose.CALENDAR) and not after.allows(Purpose.CALENDAR):
        await unit.calendar.forget_titles(after.person_id)
    if before.allows(Purpose.NOTIFICATIONS) and not after.allows(Purpose.NOTIFICATIONS):
        await unit.notifications.forget(after.person_id)
    shares = after.allows(Purpose.POPULATION)
    if shares is not before.allows(Purpose.POPULATION):
        exchange = add_contribution if shares else remove_contribution
        await exchange(unit, after.person_id, now)


async def erase_learned(person: Person, deps: Dependencies) -> None:
    """Erase what was learned about the person: their sums, their part of the population, and that rewards and
    corrections were learned. The log of tips and taps stays.
    """
    person_id = person.person_id
    async with deps.store.begin(person_id) as unit:
        if not await unit.learning.read(person_id) and not await unit.corrections.of(person_id):
            return
        if await allows(unit, person_id, Purpose.POPULATION):
            await remove_contribution(unit, person_id, deps.clock.now())
        await unit.learning.drop(person_id)
        await unit.reactions.unlearn(person_id)
        for correction in await unit.corrections.of(person_id):
            await unit.corrections.put(replace(correction, state=CorrectionState.WITHDRAWN, count=0))
        await record_event(unit, deps, "learned.erased", person_id)


async def has_learned(person: Person, deps: Dependencies) -> bool:
    """Whether something learned about the person is stored."""
    async with deps.store.read() as unit:
        return bool(await unit.learning.read(person.person_id))
