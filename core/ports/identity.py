"""Who says who somebody is: a provider of OpenID Connect.

Tests: tests/adapters/oidc/test_relying_party.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenIdentity:
    """Somebody who has just signed in at the provider."""

    issuer: str
    subject: str = field(repr=False)
    """The provider's id of them; never given to somebody else there, as an e-mail address may be."""
    email: str | None = field(default=None, repr=False)
    """Their address if the provider says that it is verified; None unless it was asked for."""


class IdentityProvider(Protocol):
    """A provider of OpenID Connect. Raises ``IdentityProviderUnavailable`` and its subclass."""

    @property
    def name(self) -> str:
        """How people know it."""
        ...

    @property
    def issuer(self) -> str:
        """Its address as it is configured; a slash may be missing at its end."""
        ...

    async def authorize_url(self, state: str, *, language: str) -> str:
        """The address at which somebody signs in. ``language`` is a tag of BCP 47."""
        ...

    async def identify(self, code: str, state: str, *, issuer: str | None) -> ProvenIdentity:
        """Who signed in, by the code that came back with ``state``.

        ``issuer`` is who sent the browser back, if that was said (RFC 9207). Raises ``IdentityRefused`` if
        the provider does not accept the code, or if its answer proves nothing.
        """
        ...

    def sign_out_url(self) -> str | None:
        """Where somebody ends their session at the provider; None if that is not offered, or not known yet.
        Nothing is asked for it.
        """
        ...
