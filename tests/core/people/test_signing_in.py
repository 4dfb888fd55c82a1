"""Linking an identity to a person and signing in by it, at a real provider."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from adapters.clock import SystemClock
from adapters.oidc.relying_party import RelyingParty
from core.errors import IdentityProviderUnavailable, NotFound
from core.people.identities import identities_of, unlink_identity
from core.people.operators import Operators, parse_operators
from core.people.privacy import export, forget
from core.people.signing_in import (
    SIGN_IN_LASTS,
    ComingBack,
    SignInOutcome,
    SignInResult,
    SignInStart,
    begin_sign_in,
    finish_sign_in,
)
from core.records import Consent, Person, SignInGoal
from core.store import Store
from tests.core.worlds import Scene, scene
from tests.servers.local import status
from tests.servers.oidc import CLIENT_ID, CLIENT_SECRET, OidcServer
from tests.servers.oidc_browser import Browser


@dataclass(slots=True, kw_only=True)
class World:
    here: Scene
    provider: OidcServer
    operators: Operators = field(default_factory=Operators)

    @property
    def rp(self) -> RelyingParty:
        return RelyingParty(
            self.provider.url,
            CLIENT_ID,
            CLIENT_SECRET,
            name="Acme",
            redirect_uri=self.provider.redirect_uri,
            wants_email=self.operators.by_email,
            clock=SystemClock(),
        )

    async def begin(
        self, goal: SignInGoal = SignInGoal.PERSON, person: Person | None = None, browser: str = ""
    ) -> SignInStart:
        return await begin_sign_in(
            goal, self.rp, self.here.deps, language="de", browser=browser, person=person
        )

    async def answered(self, start: SignInStart, who: str, *, agrees: bool = True) -> ComingBack:
        back = await Browser(self.provider, who).answer(start.url, agrees=agrees)
        return ComingBack(
            state=back["state"],
            browser=start.browser,
            code=back.get("code", ""),
            error=back.get("error", ""),
            issuer=back["iss"],
        )

    async def finish(self, back: ComingBack) -> SignInOutcome:
        return await finish_sign_in(back, self.rp, self.operators, self.here.deps)

    async def link(self, person: Person, who: str) -> SignInResult:
        back = await self.answered(await self.begin(SignInGoal.LINK, person), who)
        return (await self.finish(replace(back, person=person))).result

    async def sign_in(self, who: str, goal: SignInGoal = SignInGoal.PERSON) -> SignInOutcome:
        return await self.finish(await self.answered(await self.begin(goal), who))


@pytest.fixture
async def world(on_disk: Store) -> AsyncIterator[World]:
    async with OidcServer() as provider:
        provider.person("Ann", email="ann@example.org", email_verified=True)
        provider.person("Bob", email="bob@example.org", email_verified=False)
        yield World(here=scene(on_disk), provider=provider)


async def test_a_person_links_an_identity_and_signs_in_by_it(world: World) -> None:
    ada = await world.here.person()
    assert await world.link(ada, "Ann") is SignInResult.LINKED
    outcome = await world.sign_in("Ann")
    assert (outcome.result, outcome.person, outcome.operator) == (SignInResult.SIGNED_IN, ada, None)
    (identity,) = await identities_of(ada, world.here.deps)
    assert (identity.issuer, identity.subject) == (world.provider.url, world.provider.subject("Ann"))
    assert identity.used_at == world.here.clock.now()


async def test_an_unknown_identity_makes_nobody(world: World) -> None:
    await world.here.person()
    for who in ("Ann", "Bob"):
        outcome = await world.sign_in(who)
        assert (outcome.result, outcome.person) == (SignInResult.UNKNOWN, None)
    async with world.here.deps.store.read() as unit:
        assert await unit.identities.find(world.provider.url, world.provider.subject("Ann")) is None


async def test_the_same_subject_at_another_provider_is_somebody_else(world: World) -> None:
    ada = await world.here.person()
    await world.link(ada, "Ann")
    async with OidcServer() as other:
        other.person("Ann", email="ann@example.org", email_verified=True)
        elsewhere = World(here=world.here, provider=other)
        assert other.subject("Ann") == world.provider.subject("Ann")
        assert (await elsewhere.sign_in("Ann")).result is SignInResult.UNKNOWN


async def test_an_identity_signs_in_one_person(world: World) -> None:
    ada, bob = await world.here.person(), await world.here.person("bob")
    assert await world.link(ada, "Ann") is SignInResult.LINKED
    assert await world.link(ada, "Ann") is SignInResult.LINKED
    assert await world.link(bob, "Ann") is SignInResult.TAKEN
    assert await world.link(bob, "Bob") is SignInResult.LINKED
    assert (await world.sign_in("Ann")).person == ada
    assert (await world.sign_in("Bob")).person == bob


async def test_an_identity_that_was_unlinked_signs_nobody_in(world: World) -> None:
    ada, bob = await world.here.person(), await world.here.person("bob")
    await world.link(ada, "Ann")
    (identity,) = await identities_of(ada, world.here.deps)
    with pytest.raises(NotFound):
        await unlink_identity(identity.issuer, identity.subject, bob, world.here.deps)
    await unlink_identity(identity.issuer, identity.subject, ada, world.here.deps)
    with pytest.raises(NotFound):
        await unlink_identity(identity.issuer, identity.subject, ada, world.here.deps)
    assert (await world.sign_in("Ann")).result is SignInResult.UNKNOWN
    assert await world.link(bob, "Ann") is SignInResult.LINKED


async def test_somebody_who_left_or_does_not_agree_is_not_signed_in(world: World) -> None:
    ada = await world.here.person()
    await world.link(ada, "Ann")
    await world.here.decline()
    assert (await world.here.stored("ada")).consent is Consent.DECLINED
    assert (await world.sign_in("Ann")).result is SignInResult.UNKNOWN
    start = await world.begin(SignInGoal.LINK, ada)
    await forget(ada, world.here.deps)
    assert (await world.sign_in("Ann")).result is SignInResult.UNKNOWN
    back = await world.answered(start, "Ann")
    assert (await world.finish(back)).result is SignInResult.INVALID


async def test_an_export_shows_the_identity_and_no_state(world: World) -> None:
    ada = await world.here.person()
    await world.link(ada, "Ann")
    await world.begin(SignInGoal.LINK, ada)
    tables = json.loads(await export(ada, world.here.deps))["tables"]
    assert tables["identities"][0]["subject"] == world.provider.subject("Ann")
    assert tables["pending_sign_ins"][0].keys() == {"goal", "person_id", "created_at"}


# --- The browser that comes back ---------------------------------------------------------------------------


async def test_a_sign_in_works_once(world: World) -> None:
    await world.link(await world.here.person(), "Ann")
    back = await world.answered(await world.begin(), "Ann")
    assert (await world.finish(back)).result is SignInResult.SIGNED_IN
    calls = len(world.provider.calls)
    for again in (back, replace(back, code="another")):
        assert (await world.finish(again)).result is SignInResult.INVALID
    assert len(world.provider.calls) == calls


async def test_a_sign_in_works_for_ten_minutes(world: World) -> None:
    await world.link(await world.here.person(), "Ann")
    late, in_time = await world.begin(), await world.begin()
    world.here.clock.move(seconds=SIGN_IN_LASTS.total_seconds() - 1)
    assert (await world.finish(await world.answered(in_time, "Ann"))).result is SignInResult.SIGNED_IN
    world.here.clock.move(seconds=1)
    assert (await world.finish(await world.answered(late, "Ann"))).result is SignInResult.INVALID


async def test_only_the_browser_that_began_ends_a_sign_in(world: World) -> None:
    """Else somebody could be signed in as another person without noticing it."""
    await world.link(await world.here.person(), "Ann")
    other = await world.begin()
    for browser in ("", other.browser, "x" * 22, "ä" * 22, "x" * 10_000):
        back = await world.answered(await world.begin(), "Ann")
        assert (await world.finish(replace(back, browser=browser))).result is SignInResult.INVALID
        assert (await world.finish(back)).result is SignInResult.INVALID  # it was tried: it is used up


async def test_made_up_states_are_not_even_looked_up(world: World) -> None:
    start = await world.begin()
    for state in ("", "x", "x" * 22, "x" * 10_000, "\x00" * 22, "\ud800" * 22, "' OR 1=1 --"):
        back = ComingBack(state=state, browser=start.browser, code="code")
        assert (await world.finish(back)).result is SignInResult.INVALID
    assert not world.provider.calls_of("POST /token")


async def test_two_sign_ins_in_one_browser_do_not_disturb_each_other(world: World) -> None:
    await world.link(await world.here.person(), "Ann")
    first = await world.begin()
    second = await world.begin(browser=first.browser)
    assert first.browser == second.browser
    assert first.url != second.url
    for start in (second, first):
        assert (await world.finish(await world.answered(start, "Ann"))).result is SignInResult.SIGNED_IN
    assert (await world.begin(browser="chosen by somebody")).browser != "chosen by somebody"


async def test_only_who_began_to_link_links(world: World) -> None:
    ada, bob = await world.here.person(), await world.here.person("bob")
    for other in (None, bob):
        back = await world.answered(await world.begin(SignInGoal.LINK, ada), "Ann")
        assert (await world.finish(replace(back, person=other))).result is SignInResult.INVALID
    assert not await identities_of(ada, world.here.deps)
    assert not await identities_of(bob, world.here.deps)


async def test_a_link_that_nobody_asked_for_links_nobody(world: World) -> None:
    back = await world.answered(await world.begin(SignInGoal.LINK), "Ann")
    assert (await world.finish(back)).result is SignInResult.INVALID


async def test_somebody_who_is_signed_in_may_sign_in_as_somebody_else(world: World) -> None:
    ada, bob = await world.here.person(), await world.here.person("bob")
    await world.link(ada, "Ann")
    back = await world.answered(await world.begin(), "Ann")
    assert (await world.finish(replace(back, person=bob))).person == ada


async def test_saying_no_at_the_provider_ends_it(world: World, caplog: pytest.LogCaptureFixture) -> None:
    back = await world.answered(await world.begin(), "Ann", agrees=False)
    assert (await world.finish(back)).result is SignInResult.DENIED
    for error in ("server_error", "login_required", "<script>CANARY</script>"):
        back = await world.answered(await world.begin(), "Ann", agrees=False)
        assert (await world.finish(replace(back, error=error, code="x"))).result is SignInResult.FAILED
    assert "CANARY" not in caplog.text
    assert not world.provider.calls_of("POST /token")


async def test_a_browser_without_a_code_proves_nothing(world: World) -> None:
    for code in ("", "x" * 4097):
        back = await world.answered(await world.begin(), "Ann")
        assert (await world.finish(replace(back, code=code))).result is SignInResult.REFUSED
    assert not world.provider.calls_of("POST /token")


async def test_a_provider_that_fails_or_lies_signs_nobody_in(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await world.link(await world.here.person(), "Ann")
    back = await world.answered(await world.begin(), "Ann")
    world.provider.faults.plan(status(500), on="POST /token")
    assert (await world.finish(back)).result is SignInResult.FAILED
    world.provider.lies.claims = {"nonce": "another"}
    back = await world.answered(await world.begin(), "Ann")
    assert (await world.finish(back)).result is SignInResult.REFUSED
    assert "the id token is not for this sign-in: nonce" in caplog.text
    for secret in (back.state, back.code, back.browser, world.provider.subject("Ann")):
        assert secret not in "".join(
            one.getMessage() for one in caplog.records if one.name.startswith("core")
        )


async def test_nothing_is_stored_if_the_provider_can_t_be_reached(world: World) -> None:
    world.provider.faults.always(status(500))
    with pytest.raises(IdentityProviderUnavailable):
        await world.begin()
    async with world.here.deps.store.begin() as unit:
        assert await unit.identities.prune(world.here.clock.now() + timedelta(days=1)) == 0


async def test_sign_ins_that_nobody_ends_are_forgotten_by_the_next(world: World) -> None:
    for _ in range(3):
        await world.begin()
        world.here.clock.move(seconds=SIGN_IN_LASTS.total_seconds() + 1)
    async with world.here.deps.store.begin() as unit:
        assert await unit.identities.prune(world.here.clock.now() + timedelta(days=1)) == 1


# --- Operators ---------------------------------------------------------------------------------------------


async def test_only_those_who_are_configured_are_operators(world: World) -> None:
    world.operators = parse_operators(world.provider.subject("Ann"))
    outcome = await world.sign_in("Ann", SignInGoal.OPERATOR)
    assert (outcome.result, outcome.goal) == (SignInResult.SIGNED_IN, SignInGoal.OPERATOR)
    assert (outcome.operator, outcome.person) == (world.provider.subject("Ann"), None)
    outcome = await world.sign_in("Bob", SignInGoal.OPERATOR)
    assert (outcome.result, outcome.operator) == (SignInResult.NOT_OPERATOR, None)


async def test_an_address_makes_an_operator_only_if_it_is_verified(world: World) -> None:
    world.operators = parse_operators("email:ann@example.org, email:bob@example.org")
    assert (await world.sign_in("Ann", SignInGoal.OPERATOR)).operator == "email:ann@example.org"
    assert (await world.sign_in("Bob", SignInGoal.OPERATOR)).result is SignInResult.NOT_OPERATOR


async def test_being_an_operator_opens_no_persons_page(world: World) -> None:
    world.operators = parse_operators(world.provider.subject("Ann"))
    assert (await world.sign_in("Ann")).result is SignInResult.UNKNOWN
