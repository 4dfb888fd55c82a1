"""Accounts at the identity provider by which the person signs in, as a part of the page about access.

Tests: tests/bot/web/test_oidc.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.screens import texts_oidc
from bot.screens.dates import at_moment
from bot.web.page import Answer, Visit, see_other
from core.people.identities import identities_of, unlink_identity
from core.ports import IdentityProvider
from core.records import Identity
from core.scheduling.timezones import zone_of

LINKED = "/me/access"
"""The page that shows them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedIdentity:
    """An account as the page shows it."""

    identity: Identity
    words: str
    unlink: str
    """The label of the button."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentitySection:
    """The part of the page."""

    title: str
    intro: str
    """What can be done, while nothing is linked."""
    link: str
    """The label of the button."""
    linked: tuple[LinkedIdentity, ...]
    note: str


async def identity_section(visit: Visit) -> IdentitySection | None:
    """Which accounts open the page, and the button that links one; None without an identity provider."""
    provider = visit.site.identity_provider
    if provider is None:
        return None
    return IdentitySection(
        title=texts_oidc.SIGN_IN.format(name=provider.name),
        intro=texts_oidc.NOT_LINKED.format(name=provider.name),
        link=texts_oidc.LINK.format(name=provider.name),
        linked=tuple(_linked(one, provider, visit) for one in await identities_of(visit.whose, visit.deps)),
        note=texts_oidc.UNLINK_NOTE,
    )


def _linked(one: Identity, provider: IdentityProvider, visit: Visit) -> LinkedIdentity:
    """At a provider that is no longer configured, its address is said."""
    is_here = one.issuer.rstrip("/") == provider.issuer.rstrip("/")
    name = provider.name if is_here else urlsplit(one.issuer).hostname or one.issuer
    now, zone = visit.deps.clock.now(), zone_of(visit.whose)
    words = texts_oidc.LINKED.format(name=name, when=at_moment(one.linked_at, now, zone))
    used = texts_oidc.UNUSED
    if one.used_at:
        used = texts_oidc.USED.format(when=at_moment(one.used_at, now, zone))
    return LinkedIdentity(identity=one, words=f"{words} {used}", unlink=texts_oidc.UNLINK.format(name=name))


async def unlink(visit: Visit) -> Answer:
    """From now on that account opens nothing. Raises ``NotFound`` if it is not the person's."""
    issuer, subject = visit.form.get("issuer", ""), visit.form.get("subject", "")
    await unlink_identity(issuer, subject, visit.whose, visit.deps)
    return see_other(LINKED)
