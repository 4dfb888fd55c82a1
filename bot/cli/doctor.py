"""``oo doctor``: what is configured, whether it works, and what is off without it."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from adapters.clock import SystemClock, SystemRandomSource
from adapters.llm.probe import REQUIRED_ALIAS
from bot.app import Model, language_model, task_providers
from bot.cli.serve import Platforms, add_slack, add_telegram
from bot.screens.texts import store_trouble
from bot.settings import Settings
from core.chat import Channel, Update
from core.deciding.embed_texts import EMBEDDER_ALIAS
from core.embeddings.space import PROBES, measure
from core.errors import LanguageModelUnavailable, OoError, StoreUnavailable
from core.llm.answers import Fields, parse_answer
from core.llm.thinking import without_thinking
from core.ports import Turn
from core.records import MICROS, Spending, TaskSource


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

MISSING = {
    "telegram": "not set up (TELEGRAM_BOT_TOKEN): no Telegram",
    "slack": "not set up (SLACK_BOT_TOKEN and SLACK_APP_TOKEN): no Slack",
    "todoist": "not set up (TODOIST_API_TOKEN): only tasks that people tell oO",
    "language model": (
        "not set up (LITELLM_URL, or OLLAMA_URL, or an Ollama on its usual port): tips from tasks and"
        " templates only, and no free conversation"
    ),
    "embedder": f"no model behind the alias {EMBEDDER_ALIAS}: {BY_LETTERS}",
}


async def examine(settings: Settings) -> list[Finding]:
    """Run all checks; nothing is sent to anybody."""
    return [
        Finding(what="configuration", ok=True, said="config.yaml and the environment are in order"),
        await _check("database", lambda: _database(settings)),
        await _platform("telegram", Channel.TELEGRAM, settings),
        await _platform("slack", Channel.SLACK, settings),
        await _todoist(settings),
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
    folder = _existing_parent(file)
    if folder is None:
        store = await open_store(url)
        await store.close()
        return f"{url} can be written and is up to date"
    # The doctor does not create it: the name may be mistyped.
    if os.access(folder, os.W_OK | os.X_OK):
        return f"there is no {file} yet: the first start makes it"
    raise OoError(f"DATABASE_URL: there is no {file}, and none can be made in {folder}")


async def _budget(settings: Settings) -> str:
    """What the language model was used for today, and the limits."""
    from adapters.storage.store import open_store

    limits = settings.config.rules().budget
    within = spending_words(limits.in_all) if limits.in_all != Spending() else "no limit"
    each = f"; each person: {spending_words(limits.per_person)}" if limits.per_person != Spending() else ""
    if not settings.environment.database_file().exists():
        return f"a day: {within}{each}"
    store = await open_store(settings.environment.database_url)
    try:
        async with store.read() as unit:
            spent = await unit.spending.of(SystemClock().now().date(), None)
    finally:
        await store.close()
    return f"today {spending_words(spent) or 'nothing'}; a day: {within}{each}"


def spending_words(spent: Spending) -> str:
    """``12 calls, 3400 tokens, 0.02 in money``, without what is 0."""
    money = f"{spent.micros / MICROS:.6f}".rstrip("0").rstrip(".")
    parts = (spent.calls, f"{spent.calls} calls"), (spent.tokens, f"{spent.tokens} tokens")
    return ", ".join(words for number, words in (*parts, (spent.micros, f"{money} in money")) if number)


def _existing_parent(file: Path) -> Path | None:
    """The nearest existing folder in which ``file`` would be created; None if the file exists."""
    there = next(place for place in (file, *file.absolute().parents) if os.path.exists(place))
    return None if there == file else there


async def _platform(what: str, channel: Channel, settings: Settings) -> Finding:
    platforms = Platforms()
    if channel is Channel.TELEGRAM:
        add_telegram(platforms, settings.environment, _refuse, SystemClock(), SystemRandomSource())
    else:
        add_slack(platforms, settings.environment, _refuse, SystemClock())
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


async def _todoist(settings: Settings) -> Finding:
    provider = task_providers(settings).get(TaskSource.TODOIST)
    if provider is None:
        return Finding(what="todoist", ok=True, said=MISSING["todoist"])

    async def check() -> str:
        return f"{len((await provider.open_tasks('doctor')).tasks)} open tasks can be read"

    try:
        return await _check("todoist", check)
    finally:
        await provider.close()


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
