"""Personal tokens: who has one acts for its person, within its scopes, until it is revoked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.errors import BadInput, NotFound
from core.people.access import LAST_SEEN_PRECISION
from core.people.tokens import (
    MAX_NAME,
    MAX_TOKENS,
    SECRET_TTL,
    authenticate,
    make_token,
    named,
    revoke_token,
    shown_in,
    shown_too_long,
    tokens_of,
)
from core.records import ApiToken, Scope
from core.store import Store
from tests.core.worlds import Scene, scene


@pytest.fixture
async def here(either: Store) -> Scene:
    found = scene(either)
    await found.person()
    await found.person("bob")
    return found


async def made(
    here: Scene, name: str = "laptop", *scopes: Scope, person_id: str = "ada"
) -> tuple[ApiToken, str]:
    """A token and its secret."""
    person, wanted = await here.stored(person_id), scopes or (Scope.TASKS_READ,)
    new = await make_token(person, here.deps, name=name, scopes=wanted)
    return new.token, new.secret


async def test_whoever_has_the_secret_acts_for_its_person_within_its_scopes(here: Scene) -> None:
    _, of_bob = await made(here, person_id="bob")
    token, secret = await made(here, "laptop", Scope.TIPS, Scope.TASKS_READ, Scope.TIPS)
    caller = await authenticate(secret, here.deps)
    assert caller
    assert (caller.person.person_id, caller.token.token_id) == ("ada", token.token_id)
    assert token.scopes == (Scope.TASKS_READ, Scope.TIPS)
    assert [scope for scope in Scope if caller.may(scope)] == [Scope.TASKS_READ, Scope.TIPS]
    assert secret not in repr(await tokens_of(await here.stored(), here.deps))
    other = await authenticate(of_bob, here.deps)
    assert other
    assert other.person.person_id == "bob"


async def test_nothing_but_the_secret_itself_is_a_token(here: Scene) -> None:
    _, secret = await made(here)
    for other in (secret.upper(), secret[:-1], f"{secret} ", secret.removeprefix("oo_"), "oo_" + "A" * 22):
        assert other != secret
        assert await authenticate(other, here.deps) is None
    assert await authenticate(secret, here.deps)


async def test_that_a_token_is_used_is_noted_from_time_to_time(here: Scene) -> None:
    _, secret = await made(here)
    first = here.clock.now()
    uses = []
    for pause in (timedelta(), LAST_SEEN_PRECISION, timedelta(seconds=1)):
        here.clock.time += pause
        caller = await authenticate(secret, here.deps)
        (stored,) = await tokens_of(await here.stored(), here.deps)
        assert caller
        assert caller.token == stored
        uses.append(stored.used_at)
    assert uses == [first, first, first + LAST_SEEN_PRECISION + timedelta(seconds=1)]


async def test_a_revoked_token_is_useless_and_only_its_person_can_revoke_it(here: Scene) -> None:
    token, secret = await made(here)
    with pytest.raises(NotFound):
        await revoke_token(token.token_id, await here.stored("bob"), here.deps)
    assert await revoke_token(token.token_id, await here.stored(), here.deps) == token
    assert await authenticate(secret, here.deps) is None
    with pytest.raises(NotFound):
        await revoke_token(token.token_id, await here.stored(), here.deps)
    assert await here.kinds() == ["token.made", "token.revoked"]


async def test_a_name_says_something_and_is_there_once(here: Scene) -> None:
    laptop, _ = await made(here, "Laptop")
    for name, hint in (("laptop", "token_name_taken"), ("…", "token_name"), ("", "token_name")):
        with pytest.raises(BadInput) as refusal:
            await made(here, name)
        assert refusal.value.hint == hint
    await made(here, "Laptop", person_id="bob")
    token, _ = await made(here, "phone " * MAX_NAME)
    assert len(token.name) <= MAX_NAME
    tokens = await tokens_of(await here.stored(), here.deps)
    assert named(tokens, "LAPTOP") == laptop
    assert named(tokens, "tablet") is None


async def test_a_token_for_nothing_and_one_too_many_are_refused(here: Scene) -> None:
    with pytest.raises(BadInput) as refusal:
        await make_token(await here.stored(), here.deps, name="laptop", scopes=())
    assert refusal.value.hint == "token_scopes"
    for number in range(MAX_TOKENS):
        await made(here, f"laptop {number}")
    with pytest.raises(BadInput) as refusal:
        await made(here, "one more")
    assert (refusal.value.hint, refusal.value.values) == ("too_many_tokens", {"limit": str(MAX_TOKENS)})


async def test_a_message_that_has_shown_a_secret_for_long_enough_is_found(here: Scene) -> None:
    token, _ = await made(here)
    await made(here, "another, which no message shows")
    await shown_in(token, here.deps, account_id="telegram-ada", message_id="m1")
    assert await shown_too_long(here.deps) == ()
    here.clock.time += SECRET_TTL + timedelta(seconds=1)
    (found,) = await shown_too_long(here.deps)
    assert (found.token_id, found.account_id, found.message_id) == (token.token_id, "telegram-ada", "m1")
    await shown_in(found, here.deps, account_id=None, message_id=None)
    assert await shown_too_long(here.deps) == ()
