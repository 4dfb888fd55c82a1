"""Browsers come, are renewed and go, and the person can be reached in them exactly while there is one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.chat import Channel
from core.people.browsers import (
    MAX_BROWSERS,
    MAX_ENDPOINT,
    KnownBrowsers,
    OfferedSubscription,
    browsers_of,
    read_subscription,
    remove_again,
    renew,
    subscribe,
    unsubscribe,
)
from core.people.unlinking import unlink
from core.records import Account
from core.store import Store
from tests.core.worlds import Scene, scene
from tests.rows import each_of

KEY, SECRET = "B" + "x" * 86, "s" * 22
OFFERED: dict[str, Any] = {
    "endpoint": "https://push.example/one",
    "expirationTime": None,
    "keys": {"p256dh": KEY, "auth": SECRET},
}


def offered(name: str = "one") -> OfferedSubscription:
    found = read_subscription({**OFFERED, "endpoint": f"https://push.example/{name}"}, "Firefox, Linux")
    assert found
    return found


@pytest.fixture
def here(either: Store) -> Scene:
    return scene(either)


async def accounts(here: Scene, person_id: str = "ada") -> list[Account]:
    async with here.deps.store.read() as unit:
        return [one for one in await unit.people.accounts(person_id) if one.channel is Channel.WEB]


async def test_a_person_has_one_account_for_all_their_browsers(here: Scene) -> None:
    ada = await here.person()
    await subscribe(ada, offered("one"), here.deps, language="de")
    (first,) = await accounts(here)
    here.clock.move(hours=1)
    await subscribe(ada, offered("two"), here.deps, language="fr")
    (account,) = await accounts(here)
    assert account == replace(first, last_seen_at=here.clock.now())
    assert (account.language, account.reachable) == ("de", True)
    known = KnownBrowsers(here.deps)
    assert [one.endpoint[-3:] for one in await known.at(account.address)] == ["one", "two"]
    assert await known.at("nobody") == ()


async def test_subscribing_again_changes_the_keys_and_nothing_else(here: Scene) -> None:
    ada = await here.person()
    first = await subscribe(ada, offered(), here.deps)
    here.clock.move(hours=1)
    again = await subscribe(ada, replace(offered(), auth="t" * 22), here.deps)
    assert again == replace(first, auth="t" * 22)
    assert await browsers_of(ada, here.deps) == (again,)


async def test_without_a_browser_nobody_can_be_reached_in_one_until_they_come_back(here: Scene) -> None:
    ada = await here.person()
    one, two = [await subscribe(ada, offered(name), here.deps) for name in ("one", "two")]
    assert await unsubscribe(ada, one.subscription_id, here.deps)
    assert (await accounts(here))[0].reachable
    await KnownBrowsers(here.deps).gone(two)
    assert not (await accounts(here))[0].reachable
    assert not await unsubscribe(ada, two.subscription_id, here.deps)
    await subscribe(ada, offered("three"), here.deps)
    (account,) = await accounts(here)
    assert account.reachable


async def test_nobody_can_end_what_is_somebody_elses(here: Scene) -> None:
    ada, bob = await here.person(), await here.person("bob")
    hers = await subscribe(ada, offered(), here.deps)
    assert not await unsubscribe(bob, hers.subscription_id, here.deps)
    assert await browsers_of(ada, here.deps) == (hers,)


async def test_a_browser_that_somebody_else_signs_in_with_is_theirs(here: Scene) -> None:
    ada, bob = await here.person(), await here.person("bob")
    await subscribe(ada, offered(), here.deps)
    bobs = await subscribe(bob, offered(), here.deps)
    assert await browsers_of(ada, here.deps) == ()
    assert await browsers_of(bob, here.deps) == (bobs,)
    assert not (await accounts(here))[0].reachable

    await subscribe(ada, offered("hers"), here.deps)
    await renew("https://push.example/hers", SECRET, offered(), here.deps)
    assert await browsers_of(bob, here.deps) == ()
    assert len(await browsers_of(ada, here.deps)) == 1
    assert not (await accounts(here, "bob"))[0].reachable


async def test_the_browser_that_was_added_first_makes_room(here: Scene) -> None:
    ada = await here.person()
    for number in range(MAX_BROWSERS + 2):
        await subscribe(ada, offered(f"{number:02}"), here.deps)
        here.clock.move(minutes=1)
    names = [one.endpoint[-2:] for one in await browsers_of(ada, here.deps)]
    assert names == [f"{number:02}" for number in range(2, MAX_BROWSERS + 2)]


async def test_only_the_browser_itself_renews_its_address(here: Scene) -> None:
    ada = await here.person()
    first = await subscribe(ada, offered(), here.deps)
    for endpoint, auth in (
        (first.endpoint, "t" * 22),
        (first.endpoint, ""),
        (first.endpoint, "é"),
        ("x", SECRET),
    ):
        assert await renew(endpoint, auth, offered("new"), here.deps) is None
    renewed = await renew(first.endpoint, f"{SECRET}==", offered("new"), here.deps)
    assert renewed == replace(first, endpoint="https://push.example/new")
    assert await browsers_of(ada, here.deps) == (renewed,)
    await KnownBrowsers(here.deps).gone(first)
    assert await browsers_of(ada, here.deps) == (renewed,)


async def test_an_accepted_message_is_noted(here: Scene) -> None:
    ada = await here.person()
    added = await subscribe(ada, offered(), here.deps)
    here.clock.move(minutes=5)
    await KnownBrowsers(here.deps).delivered(added)
    assert (await browsers_of(ada, here.deps))[0].delivered_at == here.clock.now()


def with_keys(**keys: object) -> dict[str, Any]:
    return {**OFFERED, "keys": {**OFFERED["keys"], **keys}}


@each_of(
    [
        None,
        [],
        "https://push.example/one",
        {},
        {"endpoint": "https://push.example/one"},
        {**OFFERED, "keys": None},
        {**OFFERED, "keys": []},
        {**OFFERED, "endpoint": None},
        {**OFFERED, "endpoint": 1},
        {**OFFERED, "endpoint": "javascript:alert(1)"},
        {**OFFERED, "endpoint": "ftp://push.example/"},
        {**OFFERED, "endpoint": "//push.example/"},
        {**OFFERED, "endpoint": "https://push.example/a b"},
        {**OFFERED, "endpoint": "https://push.example/\n"},
        {**OFFERED, "endpoint": "https://püsh.example/"},
        {**OFFERED, "endpoint": "https://" + "x" * MAX_ENDPOINT},
        with_keys(auth=None),
        with_keys(auth=SECRET[1:]),
        with_keys(auth=SECRET + "ab"),
        with_keys(auth="s" * 21 + "/"),
        with_keys(p256dh=KEY[1:]),
        with_keys(p256dh=KEY + "aa"),
        with_keys(p256dh="é" * 87),
        with_keys(p256dh=["x"]),
    ]
)
def test_what_is_no_subscription_is_refused(offer: object) -> None:
    assert read_subscription(offer, "x") is None


async def test_browsers_are_no_chat_so_they_neither_leave_nor_stay_alone(here: Scene) -> None:
    ada = await here.person()
    await subscribe(ada, offered(), here.deps)
    async with here.deps.store.read() as unit:
        both = await unit.people.accounts("ada")
    assert {one.channel for one in both} == {Channel.TELEGRAM, Channel.WEB}
    for one in both:
        assert await unlink(ada, one.account_id, here.deps, copies=True) is None


async def test_two_people_who_become_one_have_the_browsers_of_both(here: Scene) -> None:
    ada, bob = await here.person(), await here.person("bob")
    await subscribe(ada, offered("one"), here.deps)
    here.clock.move(minutes=1)
    await subscribe(bob, offered("two"), here.deps)
    async with here.deps.store.begin() as unit:
        await unit.people.join("bob", "ada", {})
    known = KnownBrowsers(here.deps)
    both = await accounts(here)
    assert len(both) == 2
    for one in both:
        assert [found.endpoint[-3:] for found in await known.at(one.address)] == ["one", "two"]
    for found in await browsers_of(ada, here.deps):
        await known.gone(found)
    assert not any(one.reachable for one in await accounts(here))


async def test_in_a_restored_database_browsers_that_had_ended_end_again(either: Store) -> None:
    here = scene(either)
    ada = await here.person()
    await subscribe(ada, offered("one"), here.deps)
    await subscribe(ada, offered("two"), here.deps)
    one, two = [browser.subscription_id for browser in await browsers_of(ada, here.deps)]
    async with here.deps.store.begin() as unit:
        assert await remove_again(unit, "ada", lambda subscription_id: False) == 0
        assert await remove_again(unit, "ada", lambda subscription_id: subscription_id == one) == 1
    assert [browser.subscription_id for browser in await browsers_of(ada, here.deps)] == [two]
    async with here.deps.store.begin() as unit:
        assert await remove_again(unit, "ada", lambda subscription_id: True) == 1
        channels = {one.channel: one.reachable for one in await unit.people.accounts("ada")}
    assert not channels.get(Channel.WEB), "nobody is written to in a browser that is gone"
