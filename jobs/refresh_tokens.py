"""Renews access tokens that end soon, so that a refresh that was cut off is repeated within seconds."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from core.concurrency import gather_bounded
from core.dependencies import Dependencies
from core.errors import SourceUnavailable
from core.integrations.states import may_ask, record_response
from core.integrations.tokens import RENEW_BEFORE, AccessTokens, TokenRefresher
from core.records import Integration

log = logging.getLogger(__name__)

MAX_CONCURRENCY = 8


async def refresh_tokens(deps: Dependencies, clients: Mapping[str, TokenRefresher]) -> int:
    """Renew every token that ends soon and whose provider may be asked; returns how many there were.

    ``clients``: by provider. A connection of another provider is left alone.
    """
    now = deps.clock.now()
    async with deps.store.read() as unit:
        ending = await unit.integrations.expiring(now + RENEW_BEFORE)
    due = [one for one in ending if one.provider in clients and may_ask(one, now)]
    await gather_bounded(due, lambda one: _renew(one, clients[one.provider], deps), limit=MAX_CONCURRENCY)
    return len(due)


async def _renew(integration: Integration, client: TokenRefresher, deps: Dependencies) -> None:
    tokens = AccessTokens(
        integration.provider,
        client,
        store=deps.store,
        vault=deps.vault,
        clock=deps.clock,
        random=deps.random,
    )
    try:
        await tokens.get(integration.person_id)
    except SourceUnavailable as fault:
        log.warning("the token for %s: %s", integration.provider, fault)
        async with deps.store.begin(integration.person_id) as unit:
            await record_response(unit, integration, deps.clock.now(), fault=fault)
