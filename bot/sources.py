"""The task sources outside oO as they are configured, and the jobs with which people connect accounts there;
the identity provider.

Adapters are imported only if they are configured.
Tests: tests/scenarios/test_connecting.py, tests/bot/cli/test_doctor.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from adapters.calendars import CalDavTaskSource, CalendarServers
from bot.screens import connect as connect_screen
from bot.settings import OIDC_CALLBACK, TODOIST_CALLBACK, Settings
from core.calendars.copies import stored_login, stored_zone
from core.delivery.confirm_account import ask_to_confirm
from core.dependencies import Dependencies
from core.integrations.revoking import revoke_due
from core.integrations.source_tokens import SourceTokens
from core.integrations.tokens import AccessTokens
from core.people.connections import drop_unconfirmed
from core.ports import Clock, OAuthClient, RandomSource, TaskProvider
from core.records import CalendarProvider, TaskSource
from core.store import Store
from core.vault import Vault
from jobs.refresh_tokens import refresh_tokens
from jobs.scheduler import Job

if TYPE_CHECKING:
    from adapters.oidc.relying_party import RelyingParty


class Provider(TaskProvider, Protocol):
    """A task source as the process sees it."""

    @property
    def unreadable_fields(self) -> Mapping[str, int]: ...
    async def close(self) -> None: ...


def oauth_clients(settings: Settings) -> dict[TaskSource, OAuthClient]:
    """Todoist's, if the app that asks people for consent is configured."""
    environment = settings.environment
    if environment.todoist_client_id is None or environment.todoist_client_secret is None:
        return {}
    from adapters.todoist.oauth import TodoistOAuth

    client = TodoistOAuth(
        environment.todoist_client_id,
        environment.todoist_client_secret.get_secret_value(),
        redirect_uri=environment.public_root() + TODOIST_CALLBACK,
        api_root=environment.todoist_api_url,
        authorize_root=environment.todoist_authorize_root(),
    )
    return {TaskSource.TODOIST: client}


def identity_provider(settings: Settings, clock: Clock) -> RelyingParty | None:
    """Where people may sign in as well, if it is configured. Nothing is asked before somebody does."""
    environment = settings.environment
    issuer, client_id = environment.oidc_issuer, environment.oidc_client_id
    if issuer is None or client_id is None or environment.oidc_client_secret is None:
        return None
    from adapters.oidc.relying_party import RelyingParty

    return RelyingParty(
        issuer,
        client_id,
        environment.oidc_client_secret.get_secret_value(),
        name=environment.oidc_name or urlsplit(issuer).hostname or issuer,
        redirect_uri=environment.public_root() + OIDC_CALLBACK,
        wants_email=environment.operators().by_email,
        clock=clock,
    )


def task_providers(
    settings: Settings,
    store: Store,
    vault: Vault,
    oauth: Mapping[TaskSource, OAuthClient],
    clock: Clock,
    random: RandomSource,
) -> dict[TaskSource, Provider]:
    """CalDAV; and Todoist, if people can connect their accounts, or the operator's token is configured."""
    caldav: dict[TaskSource, Provider] = {TaskSource.CALDAV: _caldav_tasks(settings, store, vault, clock)}
    token, client = settings.environment.todoist_api_token, oauth.get(TaskSource.TODOIST)
    if token is None and client is None:
        return caldav
    from adapters.todoist import Todoist

    source = TaskSource.TODOIST.value
    own = (
        AccessTokens(source, client, store=store, vault=vault, clock=clock, random=random) if client else None
    )
    operators = token.get_secret_value() if token else None
    tokens = SourceTokens(source, store, own=own, operators=operators)
    return {TaskSource.TODOIST: Todoist(tokens, settings.environment.todoist_api_url), **caldav}


def calendar_servers(settings: Settings) -> CalendarServers:
    """How the servers of people's calendars are asked."""
    section = settings.config.calendar
    return CalendarServers(allow_private=section.allow_private, max_bytes=section.max_megabytes << 20)


def _caldav_tasks(settings: Settings, store: Store, vault: Vault, clock: Clock) -> Provider:
    """The tasks on people's CalDAV servers."""
    return CalDavTaskSource(
        calendar_servers(settings),
        login_of=lambda person_id: stored_login(person_id, CalendarProvider.CALDAV, store, vault),
        zone_of=lambda person_id: stored_zone(person_id, store),
        now=clock.now,
    )


def operators_todoist(settings: Settings) -> Provider | None:
    """Todoist with the operator's own token, for `oo doctor`."""
    token = settings.environment.todoist_api_token
    if token is None:
        return None
    from adapters.todoist import Todoist

    return Todoist(token.get_secret_value(), settings.environment.todoist_api_url)


def connecting_jobs(deps: Dependencies, settings: Settings) -> Sequence[Job]:
    """Asks about accounts whose browser came back to another process, gives back what nobody confirmed,
    revokes what could not be revoked before, and renews tokens before they end.
    """

    async def run() -> int:
        done = 0
        for source in deps.oauth:
            done += await ask_to_confirm(source, connect_screen.asking, deps)
            done += await drop_unconfirmed(source, deps)
        return done

    clients = {source.value: client for source, client in deps.oauth.items()}
    if not clients:
        return ()
    return (
        Job(name="connect", seconds=settings.config.jobs.deliver, run=run),
        Job(name="revoke", seconds=settings.config.jobs.relay, run=lambda: revoke_due(deps)),
        Job(
            name="refresh_tokens",
            seconds=settings.config.jobs.deliver,
            run=lambda: refresh_tokens(deps, clients),
        ),
    )
