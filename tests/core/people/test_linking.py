"""One person on several channels: what a code joins, and what it does not."""

from __future__ import annotations

import pytest

from core.chat import Channel, Sender
from core.dependencies import Dependencies
from core.people import linking
from core.people.access import Access, admit, invite
from core.people.linking import ALPHABET, CODE_LENGTH, CODE_TTL, Linked, link_code
from core.people.privacy import forget
from core.records import Person, PersonAccount
from core.store import Store
from tests.core.worlds import Scene, scene
from tests.fakes.store import FakeStore

SLACK = Sender(channel=Channel.SLACK, external_id="T1/U1", address="D1", trusted=True)
STRANGER = Sender(channel=Channel.TELEGRAM, external_id="8", address="8")


async def link(sender: Sender, typed: str, deps: Dependencies) -> Linked:
    """What became of a code."""
    return (await linking.link(sender, typed, deps)).result


async def known(here: Scene, sender: Sender) -> PersonAccount:
    """Somebody who has just come in by that account."""
    found = await admit(sender, here.deps, access=Access.OPEN, code=None)
    assert found is not None
    return found


async def whose(here: Scene, sender: Sender) -> Person | None:
    async with here.deps.store.read() as unit:
        found = await unit.people.known(sender.channel, sender.external_id)
    return found.person if found else None


async def test_a_stranger_with_a_code_is_the_person_who_made_it(either: Store) -> None:
    here = scene(either)
    ada = await here.person()
    here.clock.move(minutes=1)

    assert await link(STRANGER, await link_code(ada, here.deps), here.deps) is Linked.JOINED

    assert await whose(here, STRANGER) == ada
    async with either.read() as unit:
        accounts = await unit.people.accounts("ada")
    assert [one.address for one in accounts] == ["8", "chat-ada"]  # where they were heard last comes first
    assert (await here.events())[-1].kind == "account.joined"


async def test_a_code_that_is_handled_again_has_joined_already(either: Store) -> None:
    """The process ended just after it."""
    here = scene(either)
    ada, sent_at = await here.person(), here.clock.now()
    code = await link_code(ada, here.deps)
    here.clock.move(seconds=1)
    assert await link(STRANGER, code, here.deps) is Linked.JOINED
    before = await here.kinds()

    again = await linking.link(STRANGER, code, here.deps, sent_at=sent_at)

    assert (again.result, again.person) == (Linked.JOINED, ada)
    assert await here.kinds() == before
    later = await linking.link(STRANGER, code, here.deps, sent_at=here.clock.now())
    assert later.result is Linked.WRONG, "sent once more, it is used up"
    assert (await linking.link(SLACK, code, here.deps, sent_at=sent_at)).result is Linked.WRONG


async def test_an_account_without_a_history_moves_and_leaves_nothing_behind(either: Store) -> None:
    here = scene(either)
    ada, before = await here.person(), await known(here, SLACK)

    assert await link(SLACK, await link_code(ada, here.deps), here.deps) is Linked.JOINED

    assert await whose(here, SLACK) == ada
    async with either.read() as unit:
        left = await unit.people.everything(before.person.person_id)
    assert not any(left.values())


async def test_a_code_is_typed_as_people_type(here: Scene) -> None:
    ada = await here.person()
    typed = []
    for number in range(30):
        code = await link_code(ada, here.deps)
        assert len(code) == CODE_LENGTH + 2
        assert set(code) <= {*ALPHABET, "-"}
        typed.append(code)
        sloppy = f" {code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} "
        sender = Sender(channel=Channel.TELEGRAM, external_id=str(number), address="x")
        assert await link(sender, sloppy, here.deps) is Linked.JOINED
    assert len(set(typed)) == 30


@pytest.mark.parametrize("typed", ["", "guess", "0000-0000", "x" * 10_000, "\ud800", "'; DROP TABLE people"])
async def test_a_forged_code_joins_nobody(either: Store, typed: str) -> None:
    here = scene(either)
    await link_code(await here.person(), here.deps)
    assert await link(STRANGER, typed, here.deps) is Linked.WRONG
    assert await whose(here, STRANGER) is None


async def test_a_code_works_once(here: Scene) -> None:
    ada = await here.person()
    code = await link_code(ada, here.deps)
    await link(SLACK, code, here.deps)
    assert await link(STRANGER, code, here.deps) is Linked.WRONG
    assert await whose(here, STRANGER) is None


async def test_a_code_lasts_ten_minutes(here: Scene) -> None:
    code = await link_code(await here.person(), here.deps)
    here.clock.time += CODE_TTL - here.clock.time.resolution
    assert await link(SLACK, code, here.deps) is Linked.JOINED
    code = await link_code(await here.stored(), here.deps)
    here.clock.time += CODE_TTL
    assert await link(STRANGER, code, here.deps) is Linked.WRONG


async def test_the_newest_code_counts(here: Scene) -> None:
    ada = await here.person()
    old, new = await link_code(ada, here.deps), await link_code(ada, here.deps)
    assert await link(STRANGER, old, here.deps) is Linked.WRONG
    assert await link(STRANGER, new, here.deps) is Linked.JOINED


async def test_invitations_and_links_do_not_stand_in_for_each_other(here: Scene) -> None:
    ada = await here.person(owner=True)
    assert await link(STRANGER, await invite(ada, here.deps), here.deps) is Linked.WRONG
    code = (await link_code(ada, here.deps)).replace("-", "")
    assert await admit(STRANGER, here.deps, access=Access.INVITE, code=code) is None
    assert await link(STRANGER, code, here.deps) is Linked.JOINED


async def test_ones_own_code_changes_nothing_and_stays_good(here: Scene) -> None:
    ada = await here.person()
    code = await link_code(ada, here.deps)
    await link(SLACK, code, here.deps)
    code = await link_code(ada, here.deps)
    assert await link(SLACK, code, here.deps) is Linked.SAME
    assert await link(STRANGER, code, here.deps) is Linked.JOINED


async def test_the_owner_becomes_nobody_else(here: Scene) -> None:
    ada = await here.person()
    terminal = Sender(channel=Channel.TERMINAL, external_id="me", address="me", trusted=True)
    owner = (await known(here, terminal)).person
    assert owner.owner
    assert await link(terminal, await link_code(ada, here.deps), here.deps) is Linked.OWNER
    assert await link(SLACK, await link_code(owner, here.deps), here.deps) is Linked.JOINED
    assert await whose(here, SLACK) == owner


async def test_the_code_of_somebody_who_left_joins_nobody(either: Store) -> None:
    here = scene(either)
    ada = await here.person()
    code = await link_code(ada, here.deps)
    await forget(ada, here.deps)
    assert await link(STRANGER, code, here.deps) is Linked.WRONG


async def test_no_code_is_stored(here: Scene) -> None:
    store = here.deps.store
    assert isinstance(store, FakeStore)
    code = (await link_code(await here.person(), here.deps)).replace("-", "")
    async with store.read() as unit:
        assert code not in repr(await unit.people.everything("ada"))
        assert await unit.invitations.get(code) is None
