"""Guessing link codes: so many wrong ones of one account, and no more are looked at for a while."""

from __future__ import annotations

import pytest

from bot.conversation.linking import MAX_WRONG_CODES, Linking
from core.chat import Channel, Sender
from core.people.linking import CODE_TTL, Linked, link_code
from tests.core.worlds import Scene, scene
from tests.fakes.store import FakeStore


def sender(name: str) -> Sender:
    return Sender(channel=Channel.TELEGRAM, external_id=name, address=name)


async def taken(taking: Linking, name: str, code: str) -> Linked | None:
    """The result of a code; None if it was not looked at."""
    outcome = await taking.take(sender(name), code)
    return outcome.result if outcome else None


@pytest.fixture
def here() -> Scene:
    return scene(FakeStore())


async def test_after_too_many_wrong_codes_none_is_looked_at_for_a_while(here: Scene) -> None:
    ada, taking = await here.person(), Linking(here.deps)
    for number in range(MAX_WRONG_CODES):
        assert await taken(taking, "eve", f"guess {number}") is Linked.WRONG

    assert await taken(taking, "eve", await link_code(ada, here.deps)) is None
    here.clock.time += CODE_TTL
    assert await taken(taking, "eve", await link_code(ada, here.deps)) is Linked.JOINED


async def test_one_persons_guesses_are_not_anothers(here: Scene) -> None:
    ada, taking = await here.person(), Linking(here.deps)
    for _ in range(MAX_WRONG_CODES):
        await taking.take(sender("eve"), "guess")
    assert await taken(taking, "bob", await link_code(ada, here.deps)) is Linked.JOINED


async def test_only_so_many_accounts_are_remembered(here: Scene) -> None:
    taking = Linking(here.deps, max_senders=3)
    for number in range(10):
        await taking.take(sender(str(number)), "guess")
    assert len(taking._wrong) == 3
