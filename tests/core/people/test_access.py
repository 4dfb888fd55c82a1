"""Who gets in: the owner, the invited, whom a channel vouches for; nobody twice on one code."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from core.chat import Channel, Sender
from core.errors import NotFound
from core.people.access import (
    CODE_LENGTH,
    INVITATION_TTL,
    Access,
    admit,
    claim_ownership,
    code_hash,
    connect_sources,
    invite,
    looks_like_code,
    owner_code,
    reachable_again,
    recognise,
    redeem,
    unreachable,
    usable_invitation,
    was_code,
)
from core.records import Consent, PersonAccount, TaskSource, TokenStatus
from core.store import Store
from tests.core.worlds import Scene, scene
from tests.fakes.store import FakeStore


def sender(name: str = "ada", channel: Channel = Channel.TELEGRAM, **fields: object) -> Sender:
    return Sender(channel=channel, external_id=name, address=f"chat-{name}", **fields)  # type: ignore[arg-type]  # fields by name


TERMINAL = sender("me", Channel.TERMINAL, trusted=True)
SLACK = sender("T1/U1", Channel.SLACK, trusted=True)


async def let_in(
    here: Scene, who: Sender, code: str | None = None, access: Access = Access.INVITE
) -> PersonAccount | None:
    return await admit(who, here.deps, access=access, code=code)


async def newcomer(here: Scene, who: Sender, code: str | None = None) -> PersonAccount:
    known = await let_in(here, who, code)
    assert known is not None
    return known


async def test_a_stranger_without_a_code_stays_outside(either: Store) -> None:
    here = scene(either)
    for code in (None, "", "guess", "x" * 10_000, "\ud800", "'; DROP TABLE people"):
        assert await let_in(here, sender(), code) is None
    assert await recognise(sender(), here.deps) is None
    assert await here.events() == []


async def test_anyone_may_come_where_the_door_is_open(here: Scene) -> None:
    known = await let_in(here, sender(), access=Access.OPEN)
    assert known is not None
    assert (known.person.owner, known.person.consent, known.person.next_due_at) == (
        False,
        Consent.ASKED,
        None,
    )


async def test_the_first_at_the_terminal_is_the_owner(either: Store) -> None:
    here = scene(either)
    known = await newcomer(here, TERMINAL)
    assert known.person.owner
    (event,) = await here.events()
    assert (event.kind, event.data) == ("account.joined", {"channel": "terminal", "owner": True})


async def test_slack_vouches_for_its_people_and_makes_nobody_owner(here: Scene) -> None:
    assert not (await newcomer(here, SLACK)).person.owner


async def test_an_owner_code_makes_an_owner(either: Store) -> None:
    here = scene(either)
    code = await owner_code(here.deps)
    assert code is not None
    assert (await newcomer(here, sender(), f"  {code}\n")).person.owner
    assert await owner_code(here.deps) is None


async def test_an_owner_code_joins_the_owner_of_the_terminal(either: Store) -> None:
    here = scene(either)
    owner = (await newcomer(here, TERMINAL)).person
    code = await owner_code(here.deps)

    known = await newcomer(here, sender(), code)

    assert known.person.person_id == owner.person_id
    async with here.deps.store.read() as unit:
        accounts = await unit.people.accounts(owner.person_id)
    assert {one.channel for one in accounts} == {Channel.TERMINAL, Channel.TELEGRAM}


async def test_a_fresh_owner_code_replaces_the_one_before(here: Scene) -> None:
    first = await owner_code(here.deps)
    second = await owner_code(here.deps)
    assert await let_in(here, sender(), first) is None
    assert (await newcomer(here, sender(), second)).person.owner


async def test_the_code_of_any_of_several_processes_makes_an_owner_and_ends_the_others(
    either: Store,
) -> None:
    here = scene(either)
    for chosen in range(3):
        codes = [await owner_code(here.deps, is_shared=True) for _ in range(3)]
        owner = (await newcomer(here, sender(), codes.pop(chosen))).person
        assert owner.owner
        for code in codes:
            assert await let_in(here, sender("eve"), code) is None
        async with here.deps.store.begin(owner.person_id) as unit:
            await unit.people.forget(owner.person_id)
        for code in codes:
            assert await let_in(here, sender("eve"), code) is None, "nor once the owner is gone"


async def test_codes_that_several_processes_never_used_do_not_last(here: Scene) -> None:
    old = await owner_code(here.deps, is_shared=True)
    here.clock.move(days=7, seconds=1)
    fresh = await owner_code(here.deps, is_shared=True)
    assert await let_in(here, sender(), old) is None
    assert (await newcomer(here, sender(), fresh)).person.owner


async def test_an_invitation_lets_one_person_in_once(either: Store) -> None:
    here = scene(either)
    owner = (await newcomer(here, TERMINAL)).person
    code = await invite(owner, here.deps)

    guest = (await newcomer(here, sender("bob"), code)).person

    assert (guest.owner, guest.person_id == owner.person_id) == (False, False)
    assert await let_in(here, sender("eve"), code) is None
    async with here.deps.store.read() as unit:
        used = await unit.invitations.get(code_hash(code))
    assert used is not None
    assert (used.used_by, used.invited_by) == (guest.person_id, owner.person_id)


async def test_a_crowd_with_one_code_gets_one_person_in(on_disk: Store) -> None:
    here = scene(on_disk)
    code = await invite((await newcomer(here, TERMINAL)).person, here.deps)
    crowd = [sender(f"p{number}") for number in range(8)]
    admitted = await asyncio.gather(*(let_in(here, one, code) for one in crowd))
    assert sum(one is not None for one in admitted) == 1
    assert (await here.kinds()).count("account.joined") == 2


async def test_an_invitation_ends_after_a_week(here: Scene) -> None:
    code = await invite((await newcomer(here, TERMINAL)).person, here.deps)
    here.clock.time += INVITATION_TTL
    assert await let_in(here, sender(), code) is None


async def test_a_code_is_kept_as_a_hash_only(on_disk: Store, tmp_path: object) -> None:
    here = scene(on_disk)
    owner = (await newcomer(here, TERMINAL)).person
    code = await invite(owner, here.deps)
    async with here.deps.store.read() as unit:
        assert await unit.invitations.get(code) is None
        assert code not in str(await unit.people.everything(owner.person_id))


async def test_somebody_known_is_recognised_where_they_are_now(either: Store) -> None:
    here = scene(either)
    known = await newcomer(here, replace(SLACK, language="de"))
    moved = replace(SLACK, address="D2", language=None)
    found = await recognise(moved, here.deps)
    assert found is not None
    assert found.person == known.person
    assert (found.account.address, found.account.language) == ("D2", "de")
    assert await recognise(replace(moved, external_id="T1/U2"), here.deps) is None


async def test_being_seen_is_noted_every_few_minutes(here: Scene) -> None:
    await newcomer(here, SLACK)
    seen = []
    for _ in range(4):
        here.clock.move(minutes=2)
        found = await recognise(SLACK, here.deps)
        assert found is not None
        seen.append(found.account.last_seen_at)
    start = here.clock.now() - timedelta(minutes=8)
    assert [moment - start for moment in seen] == [timedelta(minutes=n) for n in (0, 0, 6, 6)]


async def test_who_blocks_is_unreachable_until_they_return(here: Scene) -> None:
    await newcomer(here, SLACK)

    async def reachable() -> bool:
        async with here.deps.store.read() as unit:
            account = await unit.people.account(Channel.SLACK, SLACK.external_id)
        assert account is not None
        return account.reachable

    await unreachable(SLACK, here.deps)
    assert not await reachable()
    await reachable_again(SLACK, here.deps)
    assert await reachable()
    await unreachable(SLACK, here.deps)
    await recognise(SLACK, here.deps)
    assert await reachable()
    await unreachable(sender("nobody"), here.deps)


@pytest.mark.parametrize("at_first", [True, False])
async def test_the_operators_own_task_source_is_the_owners(at_first: bool) -> None:
    here = scene(FakeStore(), todoist=at_first)
    guest = (await newcomer(here, SLACK)).person
    await connect_sources(here.deps, sources=(TaskSource.TODOIST,))
    owner = (await newcomer(here, TERMINAL)).person
    await connect_sources(here.deps, sources=(TaskSource.TODOIST,))
    async with here.deps.store.begin() as unit:
        (status,) = await unit.integrations.all(TaskSource.TODOIST)
        assert (status.person_id, status.status) == (owner.person_id, TokenStatus.CONNECTED)
        await unit.integrations.put(replace(status, status=TokenStatus.EXPIRED))
    await connect_sources(here.deps, sources=(TaskSource.TODOIST,))
    async with here.deps.store.read() as unit:
        (status,) = await unit.integrations.all(TaskSource.TODOIST)
    assert status.status == TokenStatus.CONNECTED  # the token may be a new one
    assert guest.person_id != owner.person_id


async def test_of_two_who_use_one_code_at_once_the_later_stays_outside(here: Scene) -> None:
    owner = (await newcomer(here, TERMINAL)).person
    code = await invite(owner, here.deps)
    async with here.deps.store.read() as unit:
        invitation = await usable_invitation(unit, code, here.deps)
    assert invitation is not None
    ada, bob = await here.person(), await here.person("bob")
    async with here.deps.store.begin() as unit:
        await redeem(unit, invitation, ada, here.deps)
    with pytest.raises(NotFound):
        async with here.deps.store.begin() as unit:
            await redeem(unit, invitation, bob, here.deps)


async def test_somebody_known_becomes_the_owner_by_an_owners_code_and_once(here: Scene) -> None:
    ada, bob = await here.person(), await here.person("bob")
    code, another = [await owner_code(here.deps, is_shared=True) for _ in range(2)]
    assert code is not None
    assert another is not None
    assert not await claim_ownership(ada, await invite(bob, here.deps), here.deps), "it makes no owner"
    assert not await claim_ownership(ada, "never given out", here.deps)
    assert await claim_ownership(ada, code, here.deps)
    assert (await here.stored()).owner
    assert not await claim_ownership(bob, code, here.deps)
    assert not await claim_ownership(bob, another, here.deps), "the codes of other processes have ended"
    assert await was_code(code, here.deps)
    assert not await was_code("never given out", here.deps)


def test_a_word_in_a_link_is_no_code() -> None:
    assert not looks_like_code("ref_friend")
    assert not looks_like_code("a" * CODE_LENGTH)
    assert looks_like_code("aB3".ljust(CODE_LENGTH, "x"))
