"""Sign-in by authorization code with PKCE, state and nonce, at one provider.

The provider's metadata and keys are read at the first sign-in and kept for an hour; keys that do not fit a
token are read once more, since providers change them. No redirect is followed, no answer is read beyond a
limit, and no error holds a code, a token, or anything of a person.

Tests: tests/adapters/oidc/test_relying_party.py.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from urllib.parse import quote_plus, urlencode, urlsplit

import aiohttp
from pydantic import BaseModel, ValidationError

from adapters import pkce
from adapters.bounded_body import bounded_body
from adapters.oidc.id_token import Expected, KeyUnknown, parse_keys, prove
from adapters.oidc.wire import Claims, ProviderMetadata, Tokens, UserInfo, parse_metadata
from core.errors import IdentityProviderUnavailable, IdentityRefused
from core.ports import Clock, ProvenIdentity

ANSWER_SECONDS = 10.0
MAX_ANSWER_BYTES = 1 << 18
KNOWN_FOR = timedelta(hours=1)
DISCOVERY_PATH = "/.well-known/openid-configuration"

_REFUSALS = frozenset({400, 403, 422})
_UNAUTHORIZED = 401

A = TypeVar("A", bound=BaseModel)
Keys = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    metadata: ProviderMetadata
    keys: Keys
    read_at: datetime


class RelyingParty:
    """An ``IdentityProvider`` (``core/ports``)."""

    def __init__(
        self,
        issuer: str,
        client_id: str,
        client_secret: str,
        *,
        name: str,
        redirect_uri: str,
        wants_email: bool,
        clock: Clock,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:
        """``redirect_uri`` as it is registered at the provider; ``wants_email``: ask for the address too."""
        self._issuer = issuer
        self._client_id, self._client_secret = client_id, client_secret
        self._name = name
        self._redirect_uri = redirect_uri
        self._wants_email = wants_email
        self._clock = clock
        self._timeout = aiohttp.ClientTimeout(total=answer_seconds)
        self._known: _Known | None = None

    @property
    def name(self) -> str:
        """How people know the provider."""
        return self._name

    @property
    def issuer(self) -> str:
        """The provider's address as it is configured."""
        return self._issuer

    async def check(self) -> str:
        """Read metadata and keys; what to tell the operator. Raises ``IdentityProviderUnavailable``."""
        known = await self._provider()
        return f"people can sign in at {known.metadata.issuer}, back to {self._redirect_uri}"

    async def authorize_url(self, state: str, *, language: str) -> str:
        """The address at which somebody signs in."""
        metadata = (await self._provider()).metadata
        query = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": self._redirect_uri,
            "scope": "openid email" if self._wants_email else "openid",
            "state": state,
            "nonce": pkce.nonce(self._client_secret, state),
            "code_challenge": pkce.challenge(pkce.verifier(self._client_secret, state)),
            "code_challenge_method": "S256",
            "ui_locales": language,
        }
        return _with_query(metadata.authorization_endpoint, query)

    async def identify(self, code: str, state: str, *, issuer: str | None) -> ProvenIdentity:
        """Who signed in; see ``core.ports.IdentityProvider``."""
        known = await self._provider()
        _check_sender(known.metadata, issuer)
        tokens = await self._tokens(known.metadata, code, state)
        access_token = tokens.access_token.get_secret_value()
        claims = await self._proven(known, tokens.id_token.get_secret_value(), access_token, state)
        email = claims.verified_email if self._wants_email else None
        if self._wants_email and claims.email is None and known.metadata.userinfo_endpoint:
            email = await self._email(known.metadata.userinfo_endpoint, access_token, claims.sub)
        return ProvenIdentity(issuer=known.metadata.issuer, subject=claims.sub, email=email)

    def sign_out_url(self) -> str | None:
        """Where somebody ends their session at the provider (OpenID Connect RP-Initiated Logout 1.0), if that
        is known by now.
        """
        endpoint = self._known.metadata.end_session_endpoint if self._known else None
        return _with_query(endpoint, {"client_id": self._client_id}) if endpoint else None

    # --- What is known of the provider ---------------------------------------------------------------------

    async def _provider(self) -> _Known:
        known, now = self._known, self._clock.now()
        if known is None or now - known.read_at > KNOWN_FOR:
            body = await self._request("GET", self._issuer.rstrip("/") + DISCOVERY_PATH)
            metadata = parse_metadata(body, self._issuer)
            known = _Known(metadata=metadata, keys=await self._read_keys(metadata), read_at=now)
            self._known = known
        return known

    async def _read_keys(self, metadata: ProviderMetadata) -> Keys:
        return parse_keys(await self._request("GET", metadata.jwks_uri))

    async def _other_keys(self, known: _Known) -> Keys:
        keys = await self._read_keys(known.metadata)
        self._known = _Known(metadata=known.metadata, keys=keys, read_at=known.read_at)
        return keys

    # --- A code --------------------------------------------------------------------------------------------

    async def _tokens(self, metadata: ProviderMetadata, code: str, state: str) -> Tokens:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._redirect_uri,
            "code_verifier": pkce.verifier(self._client_secret, state),
        }
        headers = {}
        if metadata.sends_secret_in_body:
            form |= {"client_id": self._client_id, "client_secret": self._client_secret}
        else:
            headers["Authorization"] = f"Basic {self._basic()}"
        body = await self._request("POST", metadata.token_endpoint, data=form, headers=headers)
        return _parsed(Tokens, body, "its answer to a code can't be used")

    async def _proven(self, known: _Known, id_token: str, access_token: str, state: str) -> Claims:
        expected = Expected(
            issuer=known.metadata.issuer,
            client_id=self._client_id,
            nonce=pkce.nonce(self._client_secret, state),
            access_token=access_token,
            algorithms=known.metadata.algorithms,
        )
        now = self._clock.now()
        try:  # in a thread: the first time, it imports for a while
            return await asyncio.to_thread(prove, id_token, known.keys, expected, now)
        except KeyUnknown:
            return prove(id_token, await self._other_keys(known), expected, now)

    async def _email(self, endpoint: str, access_token: str, subject: str) -> str | None:
        """The verified address, from where most providers tell it. It must be about the same person."""
        headers = {"Authorization": f"Bearer {access_token}"}
        body = await self._request("GET", endpoint, headers=headers)
        about = _parsed(UserInfo, body, "its userinfo can't be used")
        if about.sub != subject:
            raise IdentityRefused("its userinfo is about somebody else")
        return about.verified_email

    def _basic(self) -> str:
        """Of RFC 6749, section 2.3.1: both parts are encoded as in a form first."""
        pair = f"{quote_plus(self._client_id)}:{quote_plus(self._client_secret)}"
        return base64.b64encode(pair.encode()).decode()

    async def _request(self, method: str, url: str, **what: Any) -> bytes:
        """One request on a connection of its own: they are rare. Redirects are not followed."""
        headers = {"Accept": "application/json", "Accept-Encoding": "identity", **what.pop("headers", {})}
        try:
            async with (
                aiohttp.ClientSession(
                    timeout=self._timeout, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False
                ) as session,
                session.request(method, url, allow_redirects=False, headers=headers, **what) as response,
            ):
                _check_status(response.status)
                body = await bounded_body(response, MAX_ANSWER_BYTES)
        except TimeoutError:
            raise IdentityProviderUnavailable("it took too long") from None
        except (aiohttp.ClientError, ValueError) as error:
            raise IdentityProviderUnavailable(f"it can't be reached ({type(error).__name__})") from None
        if body is None:
            raise IdentityProviderUnavailable("its answer is too large")
        return body


def _check_sender(metadata: ProviderMetadata, issuer: str | None) -> None:
    """A code may come from another provider that wants to have it exchanged here (RFC 9207)."""
    missing = issuer is None and metadata.authorization_response_iss_parameter_supported
    if missing or (issuer is not None and issuer != metadata.issuer):
        raise IdentityRefused("the browser comes from another issuer")


def _check_status(status: int) -> None:
    if status == 200:
        return
    if status == _UNAUTHORIZED:
        raise IdentityProviderUnavailable(
            "it refuses this client (401): check OIDC_CLIENT_ID and OIDC_CLIENT_SECRET"
        )
    kind = IdentityRefused if status in _REFUSALS else IdentityProviderUnavailable
    raise kind(f"it answered {status}")


def _parsed(kind: type[A], body: bytes, fault: str) -> A:
    try:
        return kind.model_validate_json(body)
    except ValidationError:
        raise IdentityProviderUnavailable(fault) from None


def _with_query(url: str, query: Mapping[str, str]) -> str:
    return f"{url}{'&' if urlsplit(url).query else '?'}{urlencode(query)}"
