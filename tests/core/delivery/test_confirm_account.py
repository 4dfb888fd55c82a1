"""The chat asks once whether an account that somebody wants to connect is the right one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from core.chat import Button, Channel, Line, Message, Span
from core.delivery.callbacks import resolve_token
from core.delivery.confirm_account import ask_to_confirm
from core.errors import NotSent, SendFailed, SendRejected, SendUnknown
from core.people.privacy import forget
from core.ports import Messengers
from core.records import PendingConnection, Person, TaskSource
from core.store import Store
from tests.core.outsiders import NOW
from tests.core.worlds import HOUR, Scene, account, scene


def question(pending: PendingConnection, person: Person) -> Message:
    text = f"{pending.outside_name} for {person.person_id} in {person.preferences.language}?"
    button = Button(label="Yes", verb="connect", arg=pending.state_hash)
    return Message(lines=(Line(spans=(Span(text=text),)),), buttons=((button,),))


async def waits(here: Scene, name: str = "link", **fields: Any) -> PendingConnection:
    pending = PendingConnection(
        state_hash=name,
        provider=TaskSource.TODOIST,
        created_at=NOW,
        answered_at=NOW,
        outside_id="77",
        outside_name="ada@example.com",
        **{"person_id": "ada", "account_id": "telegram-ada", **fields},
    )
    async with here.deps.store.begin() as unit:
        await unit.connecting.put(pending)
    return pending


async def asked(here: Scene) -> int:
    return await ask_to_confirm(TaskSource.TODOIST, question, here.deps)


async def asked_at(here: Scene, name: str = "link") -> datetime | None:
    async with here.deps.store.read() as unit:
        pending = await unit.connecting.get(name)
        assert pending is not None
        return pending.asked_at


async def test_the_chat_asks_once_in_the_persons_language_with_buttons_that_work(either: Store) -> None:
    here = scene(either)
    person = await here.person(preferences={"language": "de"})
    await waits(here)
    here.clock.move(hours=1)
    assert (await asked(here), await asked(here)) == (1, 0)
    assert here.phone.lines == ["ada@example.com for ada in de?"]
    assert await asked_at(here) == NOW + HOUR
    (shown,) = here.phone.shown
    assert shown.address == "chat-ada"
    async with here.deps.store.read() as unit:
        action = await resolve_token(unit, shown.message.buttons[0][0].token, person)
    assert action is not None
    assert (action.verb, action.arg) == ("connect", "link")


async def test_each_link_is_a_question_of_its_own(here: Scene) -> None:
    await here.person()
    await here.person("bob")
    await waits(here)
    await waits(here, "other", person_id="bob", account_id="telegram-bob")
    assert await asked(here) == 2
    assert [one.address for one in here.phone.shown] == ["chat-ada", "chat-bob"]


async def test_a_chat_of_another_process_is_left_to_it(here: Scene) -> None:
    await here.person()
    await waits(here)
    elsewhere = replace(here.deps, messengers=Messengers(by_channel={Channel.SLACK: here.phone}))
    assert await ask_to_confirm(TaskSource.TODOIST, question, elsewhere) == 0
    assert await asked_at(here) is None
    assert await asked(here) == 1


async def test_a_chat_that_is_gone_is_not_asked(here: Scene) -> None:
    await here.person()
    await waits(here, account_id="slack-ada")
    assert await asked(here) == 0
    assert here.phone.tries == 0


async def test_whoever_leaves_while_others_are_asked_is_not_asked(here: Scene) -> None:
    await here.person()
    await here.person("bob")
    await waits(here)
    await waits(here, "other", person_id="bob", account_id="telegram-bob")

    async def meanwhile() -> None:
        await forget(await here.stored("bob"), here.deps)

    here.phone.meanwhile = meanwhile
    assert await asked(here) == 1
    assert [one.address for one in here.phone.shown] == ["chat-ada"]


async def test_the_chat_in_which_the_link_was_asked_for_is_the_one(here: Scene) -> None:
    await here.person()
    other = replace(account("ada", NOW + HOUR), account_id="second", external_id="2", address="chat-2")
    async with here.deps.store.begin() as unit:
        await unit.people.save_account(other)
    await waits(here)
    assert await asked(here) == 1
    assert [one.address for one in here.phone.shown] == ["chat-ada"]


async def test_what_provably_was_not_sent_is_asked_again(here: Scene) -> None:
    await here.person()
    await waits(here)
    here.phone.faults.append(NotSent("the platform is away"))
    assert await asked(here) == 1
    assert await asked_at(here) is None
    assert await asked(here) == 1
    assert len(here.phone.shown) == 1


@pytest.mark.parametrize("fault", [SendUnknown("no answer"), SendRejected("no")])
async def test_a_question_that_may_have_arrived_or_never_will_is_not_repeated(
    here: Scene, fault: SendFailed
) -> None:
    await here.person()
    await waits(here)
    here.phone.faults.append(fault)
    assert (await asked(here), await asked(here)) == (1, 0)
    assert await asked_at(here) == NOW
    assert here.phone.tries == 1


async def test_a_link_that_was_answered_meanwhile_is_no_question(here: Scene) -> None:
    """Between the scan and the claim, another process asked, or the person withdrew."""
    await here.person()
    await waits(here)
    await waits(here, "second")

    async def meanwhile() -> None:
        async with here.deps.store.begin() as unit:
            await unit.connecting.remove(["second"])

    here.phone.meanwhile = meanwhile
    assert await asked(here) == 1
    assert here.phone.tries == 1


async def test_a_question_that_was_withdrawn_while_it_was_not_sent_stays_so(here: Scene) -> None:
    await here.person()
    await waits(here)
    here.phone.faults.append(NotSent("the platform is away"))

    async def meanwhile() -> None:
        async with here.deps.store.begin() as unit:
            await unit.connecting.remove(["link"])

    here.phone.meanwhile = meanwhile
    assert await asked(here) == 1
    async with here.deps.store.read() as unit:
        assert await unit.connecting.get("link") is None
