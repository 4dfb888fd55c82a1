"""``oo simulate`` as the command line runs it: a judge if wished, a progress bar, an orderly end."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.app import Model, language_model, prompts
from bot.settings import Settings
from bot.simulate.judge import ALIAS, Judge
from bot.simulate.report import Report
from bot.simulate.run import START, Plan
from bot.simulate.run import simulate as run
from core.errors import LanguageModelUnavailable, OoError, SettingsError

if TYPE_CHECKING:
    from adapters.llm.cloud import Cloud

MESSAGES_A_DAY = 2.5
"""About so many does a synthetic person get."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """A judge is wished for: in a ``cloud``, or the configured model; asked ``most_calls`` times at most."""

    cloud: bool
    most_calls: int


async def simulate(
    settings: Settings, plan: Plan, *, keep: Path | None, judging: Judging | None = None
) -> Report:
    """Simulate with the configured policy. Raises ``OoError`` when it is stopped."""
    living = asyncio.ensure_future(_played(settings, plan, keep, judging))
    # Ended on the spot, it would leave its database behind, in memory.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, living.cancel)
    try:
        return await living
    except asyncio.CancelledError:
        raise OoError("the simulation was stopped") from None


async def _played(settings: Settings, plan: Plan, keep: Path | None, judging: Judging | None) -> Report:
    console = Console(stderr=True, soft_wrap=True)
    async with _judge(settings, plan, judging, console) if judging else nullcontext() as judge:
        return await _with_progress(settings, plan, keep, judge, console)


async def _with_progress(
    settings: Settings, plan: Plan, keep: Path | None, judge: Judge | None, console: Console
) -> Report:
    """With a bar that grows by the day, if somebody is there to see it."""
    if not console.is_terminal:
        return await run(settings, plan, keep=keep, on_day=lambda _: None, judge=judge)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("days"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task(f"{plan.people} people", total=plan.days)
        return await run(settings, plan, keep=keep, on_day=lambda _: progress.advance(bar), judge=judge)


# --- The judge ---------------------------------------------------------------------------------------------


@asynccontextmanager
async def _judge(settings: Settings, plan: Plan, judging: Judging, console: Console) -> AsyncIterator[Judge]:
    """A judge that has answered once. Raises ``OoError`` with what is wrong before anybody waits for it."""
    model = _in_the_cloud(settings) if judging.cloud else await _configured(settings)
    try:
        about = round(plan.people * plan.days * MESSAGES_A_DAY)
        console.print(
            f"{model.describe()} plays the people: about {about} questions"
            f" ({plan.people} people, {plan.days} days, {MESSAGES_A_DAY} messages a day),"
            f" {judging.most_calls} at most. The same seed will not make the same report.",
            highlight=False,
            markup=False,
        )
        judge = Judge(
            model,
            correction=prompts().correction,
            deadline=timedelta(seconds=settings.config.simulate.judge_seconds),
            most_calls=judging.most_calls,
        )
        await _try_out(judge, model)
        yield judge
    finally:
        await model.close()


async def _try_out(judge: Judge, model: Model | Cloud) -> None:
    await model.warm()
    try:
        await judge.try_out(START)
    except LanguageModelUnavailable as fault:
        raise OoError(f"{model.describe()} is no judge: {fault}") from None


async def _configured(settings: Settings) -> Model:
    """The language model that oO would use, if it has a judge."""
    model = await language_model(settings)
    if model is None:
        raise OoError("a judge needs a language model (LITELLM_URL or OLLAMA_URL): see oo doctor")
    if not await model.offers(ALIAS):
        raise OoError(
            f"{model.describe()} has no model for the alias {ALIAS}: name one there; for Ollama: ollama pull"
            f" {settings.config.llm.models.get(ALIAS, 'the model that llm.models names')}; see oo doctor"
        )
    return model


def _in_the_cloud(settings: Settings) -> Cloud:
    """Synthetic people may be played in a cloud: nothing about them is about anybody."""
    key = settings.environment.anthropic_api_key
    if key is None:
        raise SettingsError(("ANTHROPIC_API_KEY: needed for a judge in the cloud",))
    from adapters.llm.cloud import Cloud

    return Cloud(key.get_secret_value(), model=settings.config.simulate.cloud_model)
