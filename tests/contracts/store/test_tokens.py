"""Personal tokens, and the answers to requests that may be repeated."""

from __future__ import annotations

from dataclasses import replace

from core.records import SAID, ApiToken, Consent, KeptAnswer, Scope
from core.store import Store, Unit
from tests.contracts.store.records import DAY, HOUR, NOW, person

TOKEN = ApiToken(
    token_id="k1",
    person_id="ada",
    secret_hash="h1",
    name="laptop",
    scopes=(Scope.TASKS_READ, Scope.TIPS),
    created_at=NOW,
    account_id="a1",
    message_id="m1",
)
ANSWER = KeptAnswer(person_id="ada", key="one", fingerprint="f", status=200, body='{"a":1}', answered_at=NOW)


async def _token(unit: Unit, secret_hash: str) -> ApiToken:
    known = await unit.tokens.known(secret_hash)
    assert known is not None
    assert known.person == await unit.people.get(known.token.person_id)
    return known.token


async def test_a_token_is_found_by_its_hash_as_it_was_stored(store: Store) -> None:
    async with store.begin() as unit:
        await unit.tokens.add(TOKEN)
        used = replace(TOKEN, used_at=NOW + HOUR, message_id=None)
        assert await _token(unit, "h1") == TOKEN
        await unit.tokens.used("k1", NOW + HOUR)
        await unit.tokens.shown("k1", "a1", None)
        assert await _token(unit, "h1") == used
        assert await unit.tokens.known("h2") is None


async def test_a_revoked_token_is_gone_and_stays_so(store: Store) -> None:
    async with store.begin() as unit:
        await unit.tokens.add(TOKEN)
        await unit.tokens.delete("k1")
        await unit.tokens.delete("k1")
        await unit.tokens.used("k1", NOW)
        await unit.tokens.shown("k1", "a1", "m1")
        assert await unit.tokens.known("h1") is None
        assert await unit.tokens.of("ada") == ()


async def test_tokens_are_in_force_while_they_are_there_and_their_person_agrees(store: Store) -> None:
    async with store.begin() as unit:
        for name, consent in (("bob", Consent.ASKED), ("eve", Consent.DECLINED), ("dan", Consent.AGREED)):
            await unit.people.add(person(name, consent=consent))
        for number, owner in enumerate(("ada", "bob", "eve", "dan"), start=1):
            token = replace(TOKEN, token_id=f"k{number}", secret_hash=f"h{number}", person_id=owner)
            await unit.tokens.add(token)
        await unit.people.save(replace(await unit.people.get("ada"), consent=Consent.AGREED))
        wanted = ["k1", "k2", "k3", "k4", "other"]
        assert dict(await unit.tokens.in_force(wanted)) == {"k1": "ada", "k4": "dan"}
        assert dict(await unit.tokens.in_force(["k4"])) == {"k4": "dan"}
        assert dict(await unit.tokens.in_force([])) == {}
        await unit.tokens.delete("k4")
        many = [*wanted, *(f"n{number}" for number in range(1200))]
        assert dict(await unit.tokens.in_force(many)) == {"k1": "ada"}


async def test_tokens_are_listed_by_person_oldest_first(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        await unit.tokens.add(replace(TOKEN, created_at=NOW + DAY))
        await unit.tokens.add(replace(TOKEN, token_id="k2", secret_hash="h2"))
        await unit.tokens.add(replace(TOKEN, token_id="k3", secret_hash="h3", person_id="bob"))
        assert [one.token_id for one in await unit.tokens.of("ada")] == ["k2", "k1"]


async def test_the_tokens_that_a_message_still_shows_are_found_by_age(store: Store) -> None:
    async with store.begin() as unit:
        await unit.tokens.add(TOKEN)
        await unit.tokens.add(replace(TOKEN, token_id="k2", secret_hash="h2", message_id=None))
        await unit.tokens.add(replace(TOKEN, token_id="k3", secret_hash="h3", created_at=NOW + HOUR))
        assert [one.token_id for one in await unit.tokens.shown_before(NOW + HOUR)] == ["k1"]
        assert await unit.tokens.shown_before(NOW) == ()


async def test_an_answer_is_kept_for_its_person_and_key(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        await unit.kept_answers.put(ANSWER)
        await unit.kept_answers.put(replace(ANSWER, body=""))
        assert await unit.kept_answers.get("ada", "one") == replace(ANSWER, body="")
        assert await unit.kept_answers.get("bob", "one") is None
        assert await unit.kept_answers.get("ada", "two") is None


async def test_old_answers_are_pruned(store: Store) -> None:
    async with store.begin() as unit:
        await unit.kept_answers.put(ANSWER)
        await unit.kept_answers.put(replace(ANSWER, key="two", answered_at=NOW + HOUR))
        await unit.kept_answers.put(replace(ANSWER, key="said 1", status=SAID, answered_at=NOW + HOUR))
        await unit.kept_answers.put(replace(ANSWER, key="said 2", status=SAID, answered_at=NOW + 2 * HOUR))
        assert await unit.kept_answers.prune(NOW + HOUR, said_before=NOW + 2 * HOUR) == 2
        left = [key for key in ("one", "two", "said 1", "said 2") if await unit.kept_answers.get("ada", key)]
        assert left == ["two", "said 2"]


async def test_tokens_and_answers_go_with_their_person(store: Store) -> None:
    async with store.begin() as unit:
        await unit.tokens.add(TOKEN)
        await unit.kept_answers.put(ANSWER)
        await unit.people.forget("ada")
        assert await unit.tokens.known("h1") is None
        assert await unit.kept_answers.get("ada", "one") is None
