"""``oo doctor``: what is configured, whether it works, and what is off without it."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from adapters.clock import SystemClock, SystemRandomSource
from adapters.llm.probe import REQUIRED_ALIAS
from bot.app import App, Model, language_model, open_app, pages_need
from bot.cli.event_stream import check_stream
from bot.cli.mail import add_mail
from bot.cli.platforms import Platforms
from bot.cli.serve import add_slack, add_telegram
from bot.cli.web_push import add_web_push
from bot.screens.texts import store_trouble
from bot.settings import TODOIST_CALLBACK, Settings
from bot.sources import identity_provider, operators_todoist
from core.chat import Channel, Update
from core.deciding.embed_texts import EMBEDDER_ALIAS
from core.embeddings.space import PROBES, measure
from core.errors import (
    LanguageModelUnavailable,
    OoError,
    StoreReadOnly,
    StoreUnavailable,
    VaultClosed,
    VaultDamaged,
)
from core.incidents import IncidentList, incidents, last_backup
from core.integrations.states import by_login
from core.integrations.vault_keys import check_vault
from core.llm.answers import Fields, parse_answer
from core.llm.thinking import without_thinking
from core.ports import Turn
from core.records import MICROS, Incident, Spending, TokenStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The result of one check."""

    what: str
    ok: bool
    """True also for what is deliberately not configured."""
    said: str

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)


BY_LETTERS = "what is worded alike is told by its letters, not by its meaning"

EMBED_TIMEOUT = timedelta(seconds=20)
"""For one request to an embedder, which may have to be loaded first."""

TRIAL_PROMPT = [Turn(role="user", content='This is a trial. Answer with JSON only: {"ready": true}')]
TRIAL_SCHEMA: Fields = {
    "type": "object",
    "properties": {"ready": {"type": "boolean"}},
    "required": ["ready"],
    "additionalProperties": False,
}
THINKING_HINT = (
    "; it thinks before it answers although it is told not to, so answers take long: others suit better"
)

TRIPS = 5
"""How often the server of the database is asked; the time in the middle is told."""

MISSING = {
    "telegram": "not set up (TELEGRAM_BOT_TOKEN): no Telegram",
    "slack": "not set up (SLACK_BOT_TOKEN and SLACK_APP_TOKEN, or SLACK_CLIENT_ID): no Slack",
    "mail": "not set up (OO_SMTP_URL and OO_MAIL_FROM): no tips by e-mail",
    "todoist": "not set up (TODOIST_API_TOKEN, or TODOIST_CLIENT_ID for people's own): no tasks of Todoist",
    "vault": "not set up (OO_VAULT_KEYS): nobody can connect an account; `oo vault key` makes a key",
    "pages": "not set up (http.pages, OO_PUBLIC_URL, OO_VAULT_KEYS): no page in the browser",
    "language model": (
        "not set up (LITELLM_URL, or OLLAMA_URL, or an Ollama on its usual port): tips from tasks and"
        " templates only, and no free conversation"
    ),
    "http api": "off (http.api and http.mcp in config.yaml): no program can act for a person over HTTP",
    "sign-in": "by a link from the chat only (OIDC_ISSUER): the operator's page opens on loopback at most",
    "web push": "not set up (OO_PUSH_KEY): no tips in browsers; `oo push key` makes a key",
    "events": "not published (NATS_URL): no other program follows what happens",
    "embedder": f"no model behind the alias {EMBEDDER_ALIAS}: {BY_LETTERS}",
}


async def examine(settings: Settings) -> list[Finding]:
    """Run all checks; nothing is sent to anybody."""
    return [
        Finding(what="configuration", ok=True, said="config.yaml and the environment are in order"),
        await _check("database", lambda: _database(settings)),
        await _platform("telegram", Channel.TELEGRAM, settings),
        await _platform("slack", Channel.SLACK, settings),
        await _platform("web push", Channel.WEB, settings),
        await _platform("mail", Channel.EMAIL, settings),
        await _todoist(settings),
        *await _connections(settings),
        *await _incidents(settings),
        _pages(settings),
        _api(settings),
        await _sign_in(settings),
        await _events(settings),
        *await _language_model(settings),
    ]


async def _check(what: str, check: Callable[[], Awaitable[str]]) -> Finding:
    try:
        return Finding(what=what, ok=True, said=await check())
    except StoreUnavailable as fault:
        return Finding(what=what, ok=False, said=store_trouble(fault))
    except OoError as fault:
        return Finding(what=what, ok=False, said=str(fault) or type(fault).__name__)


async def _database(settings: Settings) -> str:
    from adapters.storage.store import open_store

    url, file = settings.environment.database_url, settings.environment.database_file()
    if file is None:
        return await _server(url)
    folder = _existing_parent(file)
    if folder is None:
        store = await open_store(url)
        await store.close()
        return f"{url} can be written and is up to date"
    # The doctor does not create it: the name may be mistyped.
    if os.access(folder, os.W_OK | os.X_OK):
        return f"there is no {file} yet: the first start makes it"
    raise OoError(f"DATABASE_URL: there is no {file}, and none can be made in {folder}")


async def _server(url: str) -> str:
    """The server of the database, and how long a question to it takes."""
    from adapters.storage.store import open_store

    store = await open_store(url)
    try:
        version = await store.database.version()
        trips = [await _seconds(store.database.version()) for _ in range(TRIPS)]
        is_usable = await store.is_usable()
    finally:
        await store.close()
    if not is_usable:
        raise StoreReadOnly(store.database.place)
    server = f"{version}, answers in {sorted(trips)[TRIPS // 2] * 1000:.1f} ms"
    return f"{store.database.place} ({server}) can be written and is up to date"


async def _seconds(work: Awaitable[object]) -> float:
    began = time.perf_counter()
    await work
    return time.perf_counter() - began


async def _budget(settings: Settings) -> str:
    """What the language model was used for today, and the limits."""
    from adapters.storage.store import open_store

    limits = settings.config.rules().budget
    within = spending_words(limits.in_all) if limits.in_all != Spending() else "no limit"
    each = f"; each person: {spending_words(limits.per_person)}" if limits.per_person != Spending() else ""
    file = settings.environment.database_file()
    if file and not file.exists():
        return f"a day: {within}{each}"
    store = await open_store(settings.environment.database_url)
    try:
        async with store.read() as unit:
            spent = await unit.spending.of(SystemClock().now().date(), None)
    finally:
        await store.close()
    over = " (spent until tomorrow, UTC)" if spent.reaches(limits.in_all) else ""
    return f"today {spending_words(spent) or 'nothing'}{over}; a day: {within}{each}"


def spending_words(spent: Spending) -> str:
    """``12 calls, 3400 tokens, 0.02 in money``, without what is 0."""
    money = f"{spent.micros / MICROS:.6f}".rstrip("0").rstrip(".")
    counts = (spent.calls, "call"), (spent.tokens, "token")
    parts = ((number, f"{number} {unit}{'' if number == 1 else 's'}") for number, unit in counts)
    return ", ".join(words for number, words in (*parts, (spent.micros, f"{money} in money")) if number)


def _existing_parent(file: Path) -> Path | None:
    """The nearest existing folder in which ``file`` would be created; None if the file exists."""
    there = next(place for place in (file, *file.absolute().parents) if os.path.exists(place))
    return None if there == file else there


async def _platform(what: str, channel: Channel, settings: Settings) -> Finding:
    platforms = Platforms()
    if channel is Channel.TELEGRAM:
        add_telegram(platforms, settings.environment, _refuse, SystemClock())
    elif channel is Channel.WEB:
        add_web_push(platforms.by_channel, settings, SystemClock(), SystemRandomSource())
    elif channel is Channel.SLACK:
        add_slack(platforms, settings.environment, _refuse, SystemClock())
    else:
        add_mail(platforms, settings, SystemClock(), SystemRandomSource())
    platform = platforms.by_channel.get(channel)
    if platform is None:
        return Finding(what=what, ok=True, said=MISSING[what])
    try:
        return await _check(what, platform.check)
    finally:
        await platform.stop()


async def _refuse(update: Update) -> None:
    """``accept`` of the doctor: an update that arrives now is not confirmed and stays at the platform."""
    raise OoError("the doctor takes no updates")


def _api(settings: Settings) -> Finding:
    """Where programs reach the HTTP API and MCP, and who can use them; nothing is asked for that."""
    environment, http = settings.environment, settings.config.http
    served = " and ".join(["below /v1"] * http.api + ["for MCP at /mcp"] * http.mcp)
    if not served:
        return Finding(what="http api", ok=True, said=MISSING["http api"])
    port = environment.oo_http_port or "a free port"
    proxy = ", behind a proxy" if http.behind_proxy else ""
    said = f"on at {environment.oo_http_host}:{port} {served}{proxy}; people make tokens with /token"
    return Finding(what="http api", ok=True, said=said)


async def _sign_in(settings: Settings) -> Finding:
    """Whether people can sign in at an identity provider; it is asked for its metadata and keys."""
    provider = identity_provider(settings, SystemClock())
    if provider is None:
        return Finding(what="sign-in", ok=True, said=MISSING["sign-in"])
    if not settings.config.http.pages:
        return Finding(
            what="sign-in", ok=False, said="OIDC_ISSUER is set, but http.pages in config.yaml is off"
        )
    return await _check("sign-in", provider.check)


async def _events(settings: Settings) -> Finding:
    """Whether NATS answers, with JetStream, and holds events of these schemas. Nothing is written."""
    if settings.environment.nats_url is None:
        return Finding(what="events", ok=True, said=MISSING["events"])
    return await _check("events", lambda: check_stream(settings))


def _own_accounts(settings: Settings) -> Finding:
    """Whether people can connect accounts of their own; nothing is asked for that."""
    environment = settings.environment
    if not environment.todoist_client_id:
        return Finding(what="todoist", ok=True, said=MISSING["todoist"])
    if not environment.oo_vault_keys:
        said = "people can't connect their accounts: OO_VAULT_KEYS is missing; `oo vault key` makes one"
        return Finding(what="todoist", ok=False, said=said)
    where = "" if environment.oo_public_url else "; only in the terminal, as OO_PUBLIC_URL is not set"
    address = f"{environment.public_root()}{TODOIST_CALLBACK}"
    return Finding(
        what="todoist", ok=True, said=f"people can connect their accounts, back to {address}{where}"
    )


async def _todoist(settings: Settings) -> Finding:
    provider = operators_todoist(settings)
    if provider is None:
        return _own_accounts(settings)

    async def check() -> str:
        return f"{len((await provider.open_tasks('doctor')).tasks)} open tasks can be read"

    try:
        return await _check("todoist", check)
    finally:
        await provider.close()


async def _connections(settings: Settings) -> list[Finding]:
    """The vault, and the connections by provider and state; nothing about whose they are."""
    file = settings.environment.database_file()
    if file and _existing_parent(file):
        return [await _check("vault", lambda: _empty_vault(settings))]
    try:
        async with open_app(settings) as app:
            return [
                await _check("vault", lambda: _vault(app)),
                *await _logins(app),
            ]
    except OoError:
        return []  # the finding about the database says why


async def _incidents(settings: Settings) -> list[Finding]:
    """Open incidents by kind, and the last backup."""
    file = settings.environment.database_file()
    if file and _existing_parent(file):
        return []
    try:
        async with open_app(settings) as app, app.store.read() as unit:
            found = await incidents(unit, app.deps.clock.now())
            backup = await last_backup(unit)
    except OoError:
        return []  # the finding about the database says why
    made = f"the last one by oo backup: {backup:%Y-%m-%d %H:%M} UTC" if backup else "none by oo backup yet"
    by_us = [Finding(what="backup", ok=True, said=made)] if file else []
    return [_open_incidents(found), *by_us]


def _open_incidents(found: IncidentList) -> Finding:
    open_now = [_incident_words(one) for one in found.open]
    return Finding(what="incidents", ok=not found.unacknowledged, said=", ".join(open_now) or "none is open")


def _incident_words(incident: Incident) -> str:
    about = f" ({incident.subject})" if incident.subject else ""
    seen = "" if incident.acknowledged_at is None else ", acknowledged"
    return f"{incident.kind.value}{about} since {incident.since:%Y-%m-%d %H:%M} UTC{seen}"


def _pages(settings: Settings) -> Finding:
    """Whether people can open a page of their own."""
    if not settings.config.http.pages:
        return Finding(what="pages", ok=True, said=MISSING["pages"])
    needs = [*pages_need(settings)]
    if needs == ["OO_PUBLIC_URL"] and settings.config.http.operator_on_loopback:
        where = f"{settings.environment.public_root()}/operator on this machine"
        said = f"the operator's alone, at {where}; people's own need OO_PUBLIC_URL"
        return Finding(what="pages", ok=True, said=said)
    if needs:
        return Finding(what="pages", ok=False, said=f"http.pages is on, but not set: {', '.join(needs)}")
    root = settings.environment.public_root()
    return Finding(what="pages", ok=True, said=f"people open theirs from the chat (/me), at {root}")


async def _empty_vault(settings: Settings) -> str:
    keys = settings.environment.vault_keys()
    return f"key {keys[0].key_id} encrypts; nothing is stored yet" if keys else MISSING["vault"]


async def _vault(app: App) -> str:
    """Raises ``VaultError`` if a secret can't be read."""
    try:
        report = await check_vault(app.store, app.deps.vault)
    except VaultClosed:
        raise VaultClosed("OO_VAULT_KEYS is not set, but there are secrets that need a key") from None
    if not report.vault_keys:
        return MISSING["vault"]
    if report.unreadable:
        count = len(report.unreadable)
        raise VaultDamaged(f"{count} of {report.secrets} secrets can't be read: see `oo vault check`")
    rest = (
        f"; data keys under another key: {report.to_rotate} (`oo vault rotate`)" if report.to_rotate else ""
    )
    return f"secrets that can be read: {report.secrets}; key {report.vault_keys[0]} encrypts{rest}"


async def _logins(app: App) -> list[Finding]:
    """The states of everybody's accounts and calendars, by provider."""
    async with app.store.read() as unit:
        known = [
            one
            for provider in await unit.integrations.providers()
            for one in await unit.integrations.all(provider)
        ]
    states: dict[str, Counter[TokenStatus]] = {}
    for login in by_login(known):
        states.setdefault(login.provider, Counter())[login.status] += 1
    return [_connections_to(provider, states[provider]) for provider in sorted(states)]


def _connections_to(provider: str, states: Counter[TokenStatus]) -> Finding:
    said = ", ".join(f"{states[status]} {status.value}" for status in TokenStatus if states[status])
    return Finding(what=f"connections to {provider}", ok=not states[TokenStatus.MISSING], said=said)


async def _language_model(settings: Settings) -> list[Finding]:
    model = await language_model(settings)
    if model is None:
        return [Finding(what="language model", ok=True, said=MISSING["language model"])]
    try:
        found = await _check("language model", model.check)
        if not found.ok:
            return [found]
        patience = settings.config.rules().writing.deadline_waking
        return [
            found,
            await _check("answers", lambda: _answers(model, patience)),
            await _check("embedder", lambda: _embedder(model)),
            await _check("budget", lambda: _budget(settings)),
        ]
    finally:
        await model.close()


async def _answers(model: Model, patience: timedelta) -> str:
    """Try the model behind tips and conversation with a question without personal data."""
    clock = SystemClock()
    asked_at = clock.now()
    said = await model.complete(REQUIRED_ALIAS, TRIAL_PROMPT, schema=TRIAL_SCHEMA, deadline=patience)
    took = (clock.now() - asked_at).total_seconds()
    try:
        parse_answer(said.text, TRIAL_SCHEMA, thoughts=said.thoughts)
    except ValueError as fault:
        raise LanguageModelUnavailable(f"{said.model} answers, but not in JSON: {fault}") from None
    thinks = said.thoughts or without_thinking(said.text) != said.text
    return f"{said.model} answers in JSON, the first time after {took:.1f} s{THINKING_HINT if thinks else ''}"


async def _embedder(model: Model) -> str:
    """Measure the embedder with oO's own probes."""
    if not await model.offers(EMBEDDER_ALIAS):
        return MISSING["embedder"]
    try:
        space = measure(await model.embed(EMBEDDER_ALIAS, PROBES, deadline=EMBED_TIMEOUT))
    except LanguageModelUnavailable as unavailable:
        raise LanguageModelUnavailable(f"{unavailable}; until it answers, {BY_LETTERS}") from None
    return f"{space.model} tells what means the same, from a likeness of {space.similarity_threshold:.2f}"


def format_findings(findings: list[Finding]) -> str:
    """One line per finding."""
    return "\n".join(f"{'ok' if one.ok else 'NO':3} {one.what}: {one.said}" for one in findings)
