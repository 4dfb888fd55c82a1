"""The composition root: ``build`` joins settings, store, channels, core and jobs.

Only this module and the commands in ``bot/cli`` name concrete adapters. Importing it starts nothing.
Adapters with heavy libraries are imported only if they are configured.
Tests: tests/scenarios/test_process.py, tests/scenarios/test_restarts.py, tests/bot/cli/test_serve.py.
"""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import resources
from typing import Protocol

from adapters.aes_gcm import AesGcm
from adapters.calendars import Calendars
from adapters.clock import SystemClock, SystemRandomSource
from adapters.gazetteer import PackedGazetteer
from adapters.storage.store import Storage, open_store
from adapters.task_files import TaskFileFormats
from bot.conversation.page_answers import PageAnswers
from bot.conversation.router import Router
from bot.conversation.update_context import Deployment
from bot.intake import Intake
from bot.languages.for_core import SpokenLanguages
from bot.replica import Replica
from bot.scheduled import jobs, push_everybody, watching
from bot.screens import texts
from bot.settings import Settings
from bot.sources import (
    Provider,
    calendar_servers,
    oauth_clients,
    task_providers,
)
from core.chat import Channel
from core.claims import ClaimedMessengers, ClaimedStore
from core.deciding.embed_texts import fall_back_to_hashing
from core.dependencies import Dependencies
from core.errors import SettingsError, StoreBusy
from core.integrations.vault_keys import review_vault
from core.learning.refit import refresh_if_due
from core.people.access import connect_sources
from core.policies.catalog import policy_of
from core.ports import (
    Clock,
    EventStream,
    LanguageModel,
    Messenger,
    Messengers,
    NotificationSource,
    NoTracer,
    OAuthClient,
    RandomSource,
    Tracer,
)
from core.records import TaskSource
from core.signing import Signer
from core.store import Store
from core.tips.prompt import TALK_PROMPT, TIP_PROMPTS, PromptFile, Prompts
from core.vault import Vault
from jobs.publish import Publishing
from jobs.scheduler import Job, JobScheduler

log = logging.getLogger(__name__)

STOP_TIMEOUT_SECONDS = 8.0
"""Seconds that a stop waits for answers under way. Updates not answered by then stay in the inbox."""

EDITS_TIMEOUT_SECONDS = 3.0
"""Seconds that a stop waits for edits that a platform put off."""

ON_THIS_MACHINE = re.compile(r" at (?:localhost|127(?:\.\d+){3}|::1|0\.0\.0\.0)$")
"""The end of a model's description that means nothing to people away from the machine."""


class Model(LanguageModel, Protocol):
    """A language model as the process sees it."""

    def describe(self) -> str: ...
    async def warm(self) -> None: ...
    async def wake(self, alias: str) -> bool: ...
    async def check(self) -> str: ...
    async def offers(self, alias: str) -> bool: ...
    async def close(self) -> None: ...


class Tracing(Tracer, Protocol):
    """A tracer as the process sees it."""

    def store(self, store: Store) -> Store: ...
    def messengers(self, by_channel: Mapping[Channel, Messenger]) -> Mapping[Channel, Messenger]: ...
    async def close(self) -> None: ...


START_ATTEMPTS = 6
"""Each waits for as long as the store does for a lock."""


@dataclass(slots=True, kw_only=True)
class App:
    """A built oO: call ``start``, then ``scheduler.start``; to end it, ``pause``, then ``close``."""

    settings: Settings
    store: Storage
    deps: Dependencies
    deployment: Deployment
    page_answers: PageAnswers
    intake: Intake
    router: Router
    scheduler: JobScheduler
    publishing: Publishing | None = None
    """None without a stream of events."""
    model: Model | None = None
    providers: Mapping[TaskSource, Provider] = field(default_factory=dict)
    tracing: Tracing | None = None
    """None where traces are off."""

    patience: float = STOP_TIMEOUT_SECONDS
    """Seconds that ``pause`` waits for answers under way, unless told otherwise."""

    async def start(self) -> None:
        """Begin to answer updates, first those that an earlier stop left. Jobs are started separately."""
        await when_free(lambda: fall_back_to_hashing(self.deps))
        await when_free(lambda: refresh_if_due(self.deps, check_people=True))
        await when_free(lambda: connect_sources(self.deps, sources=tuple(self.deps.granted)))
        await when_free(lambda: review_vault(self.deps))
        await self.intake.start(self.router, channels=self.deps.messengers.by_channel)

    async def pause(
        self, patience: float | None = None, *, at_last: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        """Start nothing new, and finish what is under way within ``patience`` seconds.

        Channels stay connected for the last answers. None: ``self.patience``. ``at_last`` is run when all is
        answered, while the jobs of everybody are still this process's.
        """
        patience = self.patience if patience is None else patience
        await self.scheduler.stop()
        await self.intake.finish(patience)
        if at_last:
            await at_last()
        await self.intake.leave()
        self.page_answers.stop()
        await self.router.stop(min(patience, EDITS_TIMEOUT_SECONDS))

    async def close(self) -> None:
        """Close everything that was opened."""
        for provider in self.providers.values():
            await provider.close()
        if self.model:
            await self.model.close()
        await self.store.close()
        if self.tracing:
            await self.tracing.close()


async def when_free(step: Callable[[], Awaitable[object]], *, attempts: int = START_ATTEMPTS) -> None:
    """Take a step of the start, again if another process keeps the database busy: one that is stopped in the
    middle of a transaction does so until the others have taken over. Raises ``StoreBusy`` in the end.
    """
    for _ in range(attempts - 1):
        with suppress(StoreBusy):  # the store has logged it, and waited
            await step()
            return
    await step()


Connect = Callable[[Intake, Clock], Mapping[Channel, Messenger]]
"""Makes the channels; they pass updates to the intake."""


async def build(
    settings: Settings,
    connect: Connect,
    *,
    clock: Clock | None = None,
    random: RandomSource | None = None,
    model: Model | None = None,
    push: Callable[[Dependencies], Sequence[Job]] | None = None,
    stream: EventStream | None = None,
) -> App:
    """Join everything.

    ``model`` None: there is no language model, and none is searched for. ``push`` makes the jobs that serve
    the people who are due; None: ``push_everybody``. ``stream``: where events are published.
    """
    clock, random = clock or SystemClock(), random or SystemRandomSource()
    storage, tracing = await open_store(settings.environment.database_url), tracing_of(settings)
    store = _as_seen(storage, tracing)
    replica_id = SystemRandomSource().new_id()  # never of a seed, which two processes may share
    kind = "chat" if push else "run"
    replica = Replica(storage, clock, replica_id, kind=kind) if storage.is_shared else None
    intake, page_answers = Intake(store, tracer=tracing, replica=replica), PageAnswers()
    vault, oauth = Vault(AesGcm(), settings.environment.vault_keys()), oauth_clients(settings)
    providers = task_providers(settings, store, vault, oauth, clock, random)
    messengers = _messengers(connect(intake, clock), page_answers, tracing, is_shared=storage.is_shared)
    deps = _dependencies(
        settings,
        store=store,
        messengers=messengers,
        providers=providers,
        vault=vault,
        oauth=oauth,
        clock=clock,
        random=random,
        model=model,
        tracer=tracing or NoTracer(),
        replica_id=replica_id,
    )
    deployment = _deployment(settings, model, connects_todoist=bool(oauth))
    publishing = Publishing(deps, stream) if stream else None
    return App(
        settings=settings,
        store=storage,
        deps=deps,
        deployment=deployment,
        page_answers=page_answers,
        intake=intake,
        router=Router(deps, deployment),
        scheduler=_scheduler(deps, settings, push, publishing, replica),
        publishing=publishing,
        model=model,
        providers=providers,
        tracing=tracing,
    )


def _as_seen(storage: Storage, tracing: Tracing | None) -> Store:
    """The store as the core uses it: traced, and where several processes share it, with a look at claims."""
    store: Store = tracing.store(storage) if tracing else storage
    return ClaimedStore(store) if storage.is_shared else store


def _messengers(
    by_channel: Mapping[Channel, Messenger],
    pages: PageAnswers,
    tracing: Tracing | None,
    *,
    is_shared: bool,
) -> Messengers:
    """The channels; Slack also tells about notifications."""
    telling = {key: one for key, one in by_channel.items() if isinstance(one, NotificationSource)}
    if tracing:
        by_channel = tracing.messengers(by_channel)
    kind = ClaimedMessengers if is_shared else Messengers
    return kind(by_channel=by_channel, pages=pages, notifications=telling)


def _dependencies(
    settings: Settings,
    *,
    store: Store,
    messengers: Messengers,
    providers: Mapping[TaskSource, Provider],
    vault: Vault,
    oauth: Mapping[TaskSource, OAuthClient],
    clock: Clock,
    random: RandomSource,
    model: Model | None,
    tracer: Tracer,
    replica_id: str,
) -> Dependencies:
    """What the core works with: the ports as they are joined, and the rules of the settings."""
    config, keys = settings.config, settings.environment.vault_keys()
    return Dependencies(
        clock=clock,
        random=random,
        store=store,
        messengers=messengers,
        policy=policy_of(config.policy.serve),
        shadows=tuple(map(policy_of, config.policy.shadows)),
        prompts=prompts(config.llm.tip_prompts, config.llm.talk_prompt),
        model=model,
        gazetteer=PackedGazetteer(),
        providers=providers,
        calendars=Calendars(calendar_servers(settings)),
        vault=vault,
        signer=Signer(keys) if keys else None,
        oauth=oauth,
        granted=frozenset({TaskSource.TODOIST} if settings.environment.todoist_api_token else ()),
        task_files=TaskFileFormats(),
        templates=texts.TEMPLATES,
        languages=SpokenLanguages(),
        rules=config.rules(),
        tracer=tracer,
        replica_id=replica_id,
    )


def _deployment(settings: Settings, model: Model | None, *, connects_todoist: bool) -> Deployment:
    """What people are told about this oO."""
    environment, http = settings.environment, settings.config.http
    return Deployment(
        access=environment.oo_access,
        llm=ON_THIS_MACHINE.sub(" on this machine", model.describe()) if model else None,
        todoist=environment.todoist_api_token is not None,
        connecting_needs=() if connects_todoist else ("TODOIST_CLIENT_ID", "TODOIST_CLIENT_SECRET"),
        is_public=environment.oo_public_url is not None,
        programs=http.api or http.mcp,
        pages_need=tuple(pages_need(settings)),
        root=environment.public_root(),
        deletes_in_backups=environment.database_file() is not None,
    )


def _scheduler(
    deps: Dependencies,
    settings: Settings,
    push: Callable[[Dependencies], Sequence[Job]] | None,
    publishing: Publishing | None,
    replica: Replica | None,
) -> JobScheduler:
    watch = watching(deps, settings)
    pushing = push(deps) if push else push_everybody(deps, settings)
    return JobScheduler(
        jobs(deps, settings, pushing, watch, publishing),
        report=watch.report,
        lead=replica.lead if replica else None,
    )


def pages_need(settings: Settings) -> Iterator[str]:
    """What is missing for people to open their page."""
    if not settings.config.http.pages:
        yield "http.pages"
    if settings.environment.oo_public_url is None:
        yield "OO_PUBLIC_URL"
    if not settings.environment.vault_keys():
        yield "OO_VAULT_KEYS"


def tracing_of(settings: Settings) -> Tracing | None:
    """Where spans are sent; None, and nothing is imported, without a collector."""
    environment = settings.environment
    if environment.otel_exporter_otlp_endpoint is None:
        return None
    from adapters.tracing import OtlpTracing

    headers = environment.otel_exporter_otlp_headers
    return OtlpTracing(
        environment.otel_exporter_otlp_endpoint,
        headers=headers.get_secret_value() if headers else "",
        service=environment.otel_service_name,
    )


@asynccontextmanager
async def open_app(settings: Settings, *, model: Model | None = None) -> AsyncIterator[App]:
    """oO without channels and jobs, for commands that use the database.

    Raises ``SettingsError`` if there is no database: a new, empty one would give wrong answers.
    """
    require_database(settings)
    app = await without_channels(settings, model=model)
    try:
        yield app
    finally:
        await app.close()


def require_database(settings: Settings) -> None:
    """Raises ``SettingsError`` if there is no file of the database. A server is asked later."""
    file = settings.environment.database_file()
    if file is None:
        return
    try:
        file.stat()
    except OSError as fault:
        made = "oo chat, oo run and oo migrate make one"
        raise SettingsError((f"DATABASE_URL: can't open {file}: {fault.strerror}; {made}",)) from fault


async def without_channels(settings: Settings, *, model: Model | None = None) -> App:
    """oO without channels; its database is created or migrated."""
    return await build(settings, lambda intake, clock: {}, model=model)


def prompts(tips: Sequence[str] = TIP_PROMPTS, talk: str = TALK_PROMPT) -> Prompts:
    """The prompt files of these versions."""
    folder = resources.files("core.tips") / "prompts"

    def read(version: str) -> PromptFile:
        return PromptFile(version=version, text=(folder / f"{version}.md").read_text(encoding="utf-8"))

    return Prompts(
        tips=tuple(map(read, tips)),
        talk=read(talk),
        correction=read("correction-v1"),
        pieces=read("pieces-v1"),
    )


# --- What is configured ------------------------------------------------------------------------------------


async def language_model(settings: Settings) -> Model | None:
    """The configured gateway, else an Ollama (configured, or found on its usual port), else None."""
    from adapters.llm import Gateway, Ollama, discover_ollama

    environment, llm = settings.environment, settings.config.llm
    if environment.litellm_url:
        key = environment.litellm_master_key
        return Gateway(environment.litellm_url, key.get_secret_value() if key else "", at_once=llm.at_once)
    url = environment.ollama_url or await discover_ollama()
    if url is None:
        return None
    keep_alive = timedelta(minutes=llm.keep_alive_minutes)
    return Ollama(url, models=llm.models, at_once=llm.at_once, keep_alive=keep_alive)
