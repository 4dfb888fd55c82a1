"""Signing in at a real provider, and at one that lies, breaks, hangs and floods."""

from __future__ import annotations

import gzip
import json
import logging
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from aiohttp import web

from adapters.clock import SystemClock
from adapters.oidc.relying_party import KNOWN_FOR, MAX_ANSWER_BYTES, RelyingParty
from adapters.oidc.wire import parse_metadata
from core.errors import IdentityProviderUnavailable, IdentityRefused
from tests.servers.local import Fault, close, garbage, half_body, hang, nothing, status
from tests.servers.oidc import CLIENT_ID, CLIENT_SECRET, OidcServer, signed
from tests.servers.oidc_browser import Browser

STATE = "state-CANARY-012345678"
DISCOVERY = "GET /.well-known/openid-configuration"
HTTPS = "https://id.example"
UNUSABLE: tuple[object, ...] = (
    "https://x/\r\nSet-Cookie: a=b",
    'https://x/"',
    "https://x/ y",
    "https://x/<script>",
    "https://ä/",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "//x",
    "",
    5,
    [],
    "https://",
    "https://x#y",
)


class Clock(SystemClock):
    """The real time, which the provider has as well, until it is moved."""

    ahead = timedelta()

    def now(self) -> Any:
        return super().now() + self.ahead


@pytest.fixture
async def provider() -> AsyncIterator[OidcServer]:
    async with OidcServer() as running:
        running.person("Ann", email="ann-CANARY@example.org", email_verified=True)
        running.person("Bob")
        yield running


def client(provider: OidcServer, **other: Any) -> RelyingParty:
    fields = {
        "issuer": provider.url,
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "name": "Acme",
        "redirect_uri": provider.redirect_uri,
        "wants_email": False,
        "clock": Clock(),
        "answer_seconds": 30.0,
        **other,
    }
    return RelyingParty(fields.pop("issuer"), fields.pop("client_id"), fields.pop("client_secret"), **fields)


async def come_back(
    provider: OidcServer, rp: RelyingParty, who: str = "Ann", *, agrees: bool = True
) -> dict[str, str]:
    """What the browser brings back."""
    return await Browser(provider, who).answer(await rp.authorize_url(STATE, language="de"), agrees=agrees)


async def sign_in(provider: OidcServer, rp: RelyingParty, who: str = "Ann") -> Any:
    back = await come_back(provider, rp, who)
    return await rp.identify(back["code"], STATE, issuer=back["iss"])


# --- The way that works ------------------------------------------------------------------------------------


async def test_the_provider_says_who_signed_in(provider: OidcServer) -> None:
    rp = client(provider)
    ann, bob = await sign_in(provider, rp), await sign_in(provider, rp, "Bob")
    assert (ann.issuer, ann.subject, ann.email) == (provider.url, provider.subject("Ann"), None)
    assert bob.subject == provider.subject("Bob") != ann.subject
    assert len(provider.calls_of(DISCOVERY)) == len(provider.calls_of("GET /jwks")) == 1
    assert not provider.calls_of("userinfo")


async def test_the_address_asks_for_what_is_needed_only(provider: OidcServer) -> None:
    rp = client(provider)
    first, second = [await rp.authorize_url(state, language="fr") for state in (STATE, "another")]
    query = dict(parse_qsl(urlsplit(first).query))
    assert query.pop("nonce") not in (STATE, dict(parse_qsl(urlsplit(second).query))["nonce"])
    assert len(query.pop("code_challenge")) == 43
    assert query == {
        "response_type": "code",
        "client_id": CLIENT_ID,
        "redirect_uri": provider.redirect_uri,
        "scope": "openid",
        "state": STATE,
        "code_challenge_method": "S256",
        "ui_locales": "fr",
    }


async def test_an_address_at_the_provider_may_have_a_query_of_its_own(provider: OidcServer) -> None:
    provider.lies.metadata = {"authorization_endpoint": f"{provider.url}/authorization?tenant=a%26b"}
    query = parse_qs(urlsplit(await client(provider).authorize_url(STATE, language="en")).query)
    assert query["tenant"] == ["a&b"]
    assert query["state"] == [STATE]


async def test_an_address_that_was_verified_is_told_where_it_is_asked_for(provider: OidcServer) -> None:
    rp = client(provider, wants_email=True)
    assert (await sign_in(provider, rp)).email == "ann-CANARY@example.org"
    assert (await sign_in(provider, rp, "Bob")).email is None
    provider.people["Ann"]["email_verified"] = "true"
    assert (await sign_in(provider, rp)).email is None
    provider.lies.claims = {"email": "in-token@example.org", "email_verified": True}
    assert (await sign_in(provider, rp)).email == "in-token@example.org"


async def test_userinfo_about_somebody_else_is_refused(provider: OidcServer) -> None:
    body = '{"sub": "somebody else", "email": "root@example.org", "email_verified": true}'
    provider.faults.always(status(200, body=body, content_type="application/json"), on="userinfo")
    with pytest.raises(IdentityRefused, match="somebody else"):
        await sign_in(provider, client(provider, wants_email=True))


async def test_the_secret_is_sent_the_way_that_is_offered(provider: OidcServer) -> None:
    await sign_in(provider, client(provider))
    assert "Authorization" not in provider.calls_of("POST /token")[-1].headers
    provider.lies.metadata = {"token_endpoint_auth_methods_supported": None}
    with pytest.raises(IdentityProviderUnavailable, match="OIDC_CLIENT_SECRET"):  # idpyoidc decodes no %
        await sign_in(provider, client(provider))
    call = provider.calls_of("POST /token")[-1]
    assert call.headers["Authorization"].startswith("Basic ")
    assert b"client_secret" not in call.body


async def test_keys_that_changed_are_read_again(provider: OidcServer) -> None:
    rp = client(provider)
    before = await sign_in(provider, rp)
    provider.rotate()
    assert (await sign_in(provider, rp)).subject == before.subject
    assert len(provider.calls_of("GET /jwks")) == 2
    await sign_in(provider, rp)
    assert len(provider.calls_of("GET /jwks")) == 2


async def test_a_key_that_was_withdrawn_proves_nothing(provider: OidcServer) -> None:
    rp = client(provider)
    await sign_in(provider, rp)
    provider.rotate()
    provider.lies.sign = lambda claims: signed(claims, which="first")
    rp._clock.ahead = KNOWN_FOR * 2  # type: ignore[attr-defined]
    provider.lies.claims = {"exp": 2**40}
    for _ in range(2):
        with pytest.raises(IdentityRefused, match="no key"):
            await sign_in(provider, rp)


async def test_metadata_is_read_again_after_an_hour(provider: OidcServer) -> None:
    rp = client(provider)
    await rp.authorize_url(STATE, language="en")
    provider.lies.metadata = {"authorization_endpoint": f"{provider.url}/moved"}
    assert "/moved" not in await rp.authorize_url(STATE, language="en")
    rp._clock.ahead = KNOWN_FOR + timedelta(seconds=1)  # type: ignore[attr-defined]
    assert "/moved" in await rp.authorize_url(STATE, language="en")


async def test_a_session_at_the_provider_can_be_ended_where_it_offers_that(provider: OidcServer) -> None:
    rp = client(provider)
    assert rp.sign_out_url() is None
    await rp.authorize_url(STATE, language="en")
    assert rp.sign_out_url() == f"{provider.url}/end_session?client_id=oo+at+acme"
    provider.lies.metadata = {"end_session_endpoint": None}
    other = client(provider)
    await other.authorize_url(STATE, language="en")
    assert other.sign_out_url() is None


# --- Codes that prove nothing ------------------------------------------------------------------------------


async def test_a_code_works_once_and_only_with_its_state(provider: OidcServer) -> None:
    rp = client(provider)
    back = await come_back(provider, rp)
    with pytest.raises(IdentityRefused):  # another state has another verifier
        await rp.identify(back["code"], "another-state-01234567", issuer=None)
    back = await come_back(provider, rp)
    await rp.identify(back["code"], STATE, issuer=None)
    for code in (back["code"], "made-up", "x" * 4096, "a&client_secret=b"):
        with pytest.raises(IdentityRefused):
            await rp.identify(code, STATE, issuer=None)


async def test_a_code_of_another_issuer_is_not_exchanged(provider: OidcServer) -> None:
    rp = client(provider)
    back = await come_back(provider, rp)
    for issuer in ("https://evil.example", provider.url + "/", ""):
        with pytest.raises(IdentityRefused, match="another issuer"):
            await rp.identify(back["code"], STATE, issuer=issuer)
    provider.lies.metadata = {"authorization_response_iss_parameter_supported": True}
    with pytest.raises(IdentityRefused, match="another issuer"):
        await client(provider).identify(back["code"], STATE, issuer=None)
    assert not provider.calls_of("POST /token")


async def test_a_token_that_lies_is_refused(provider: OidcServer) -> None:
    rp = client(provider)
    for claims in (
        {"iss": "https://evil.example"},
        {"nonce": "of another sign-in"},
        {"aud": ["another client"]},
        {"azp": "another client"},
        {"exp": 1},
        {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
        {"sub": None},
    ):
        provider.lies.claims = claims
        with pytest.raises(IdentityRefused):
            await sign_in(provider, rp)


# --- A provider that can't be used -------------------------------------------------------------------------


def flood(*, compressed: bool) -> Fault:
    """50 MB, perhaps as 50 kB."""

    async def answer(request: web.Request) -> web.StreamResponse:
        if compressed:
            body = gzip.compress(bytes(50 << 20))
            return web.Response(body=body, headers={"Content-Encoding": "gzip"})
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        await response.prepare(request)
        for _ in range(50):
            await response.write(b" " * (1 << 20))
        return response

    return answer


FAULTS: dict[str, Fault] = {
    "500": status(500),
    "404": status(404),
    "204": status(204),
    "garbage": garbage,
    "nothing": nothing,
    "half": half_body,
    "closed": close,
    "list": status(200, body="[]", content_type="application/json"),
    "deep": status(200, body="[" * 200_000, content_type="application/json"),
    "nulls": status(
        200, body='{"issuer": null, "id_token": null, "keys": null}', content_type="application/json"
    ),
    "flood": flood(compressed=False),
    "bomb": flood(compressed=True),
}


@pytest.mark.parametrize("place", [DISCOVERY, "GET /jwks", "POST /token"])
async def test_no_answer_of_the_provider_breaks_anything(place: str, provider: OidcServer) -> None:
    for fault in FAULTS.values():
        rp = client(provider)
        back = await come_back(provider, rp)
        provider.faults.always(fault, on=place)
        fresh = rp if place == "POST /token" else client(provider)
        with pytest.raises(IdentityProviderUnavailable):
            await fresh.identify(back["code"], STATE, issuer=None)
        provider.faults.clear()


@pytest.mark.parametrize("place", [DISCOVERY, "GET /jwks", "POST /token"])
async def test_a_provider_that_hangs_is_given_up(place: str, provider: OidcServer) -> None:
    rp = client(provider, answer_seconds=0.2)
    provider.faults.always(hang, on=place)
    with pytest.raises(IdentityProviderUnavailable, match="too long"):
        await rp.identify("any-code", STATE, issuer=None)


async def test_no_redirect_is_followed(provider: OidcServer) -> None:
    async with OidcServer() as other:
        for place in (DISCOVERY, "GET /jwks", "POST /token"):
            for code in (301, 302, 303, 307, 308):
                rp = client(provider)
                back = await come_back(provider, rp)
                provider.faults.plan(status(code, Location=f"{other.url}/jwks"), on=place)
                fresh = rp if place == "POST /token" else client(provider)
                with pytest.raises(IdentityProviderUnavailable, match=str(code)):
                    await fresh.identify(back["code"], STATE, issuer=None)
        assert not other.calls


async def test_nobody_listens() -> None:
    provider = OidcServer()
    async with provider:
        pass
    with pytest.raises(IdentityProviderUnavailable, match="can't be reached"):
        await client(provider).authorize_url(STATE, language="en")


async def test_a_client_that_the_provider_does_not_know_is_the_operators_business(
    provider: OidcServer,
) -> None:
    back = await come_back(provider, client(provider))
    with pytest.raises(IdentityProviderUnavailable, match="check OIDC_CLIENT_ID") as fault:
        await client(provider, client_secret="wrong-CANARY").identify(back["code"], STATE, issuer=None)
    assert not isinstance(fault.value, IdentityRefused)


async def test_an_answer_just_below_the_limit_is_read(provider: OidcServer) -> None:
    provider.lies.metadata = {"padding": "x" * (MAX_ANSWER_BYTES - 10_000)}
    assert (await sign_in(provider, client(provider))).subject == provider.subject("Ann")


async def test_no_log_and_no_error_holds_a_secret(
    provider: OidcServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    rp = client(provider, wants_email=True)
    back = await come_back(provider, rp)
    texts = [repr(await rp.identify(back["code"], STATE, issuer=None))]
    for fault in (status(400, body=back["code"]), garbage, status(500, body="CANARY")):
        provider.faults.plan(fault, on="POST /token")
        with pytest.raises(IdentityProviderUnavailable) as raised:
            await rp.identify(back["code"], STATE, issuer="CANARY" if fault is garbage else None)
        texts += [str(raised.value), repr(raised.value)]
    texts += [
        record.getMessage() for record in caplog.records if record.name.startswith(("adapters", "core"))
    ]
    for secret in (STATE, back["code"], CLIENT_SECRET, "CANARY", provider.subject("Ann")):
        assert not any(secret in text for text in texts)


# --- Metadata ----------------------------------------------------------------------------------------------


def metadata(**other: Any) -> bytes:
    fields = {
        "issuer": HTTPS,
        "authorization_endpoint": f"{HTTPS}/authorize",
        "token_endpoint": "https://tokens.example/token",
        "jwks_uri": "https://keys.example/jwks",
        **other,
    }
    return json.dumps({name: value for name, value in fields.items() if value is not None}).encode()


def test_metadata_of_another_issuer_is_refused() -> None:
    assert parse_metadata(metadata(), f"{HTTPS}/").issuer == HTTPS
    assert parse_metadata(metadata(issuer=f"{HTTPS}/"), HTTPS).issuer == f"{HTTPS}/"
    for issuer in ("https://evil.example", f"{HTTPS}.evil.example", f"{HTTPS}/tenant", HTTPS.upper()):
        with pytest.raises(IdentityProviderUnavailable, match="another issuer"):
            parse_metadata(metadata(issuer=issuer), HTTPS)


def test_metadata_must_name_encrypted_addresses() -> None:
    addresses = ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")
    for name in (*addresses, "end_session_endpoint"):
        for address in ("http://id.example/x", "http://169.254.169.254/latest", "http://127.0.0.1/x"):
            with pytest.raises(IdentityProviderUnavailable, match="encryption"):
                parse_metadata(metadata(**{name: address}), HTTPS)
        for unusable in UNUSABLE:
            with pytest.raises(IdentityProviderUnavailable):
                parse_metadata(metadata(**{name: unusable}), HTTPS)


def test_only_algorithms_with_a_public_key_are_taken_from_metadata() -> None:
    offered = ["none", "HS256", "ES256", "RS256", "Ed448"]
    assert parse_metadata(metadata(id_token_signing_alg_values_supported=offered), HTTPS).algorithms == (
        "RS256",
        "ES256",
    )
    assert parse_metadata(metadata(), HTTPS).algorithms == ("RS256",)
    assert parse_metadata(metadata(id_token_signing_alg_values_supported=["none"]), HTTPS).algorithms == ()


def test_nothing_is_imported_before_a_token_is_checked() -> None:
    code = "import sys, adapters.oidc.relying_party; print({'authlib', 'joserfc'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
