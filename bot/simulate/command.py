"""The command ``oo simulate``: an optional judge, a progress bar, and a clean stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.app import Model, language_model, prompts
from bot.config.sections import Alias
from bot.settings import Settings
from bot.simulate.judge import ALIAS, Judge
from bot.simulate.report import SimulationReport
from bot.simulate.run import START, SimulationSpec
from bot.simulate.run import simulate as run
from core.errors import LanguageModelUnavailable, OoError, SettingsError

if TYPE_CHECKING:
    from adapters.llm.cloud import Cloud

TIP_ALIAS: Final = "tip-generator"

MESSAGES_A_DAY = 2.5
"""Roughly, for one synthetic person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeOptions:
    """How a language model plays the people."""

    cloud: bool
    """A model in a cloud instead of the configured one."""
    max_calls: int


async def simulate(
    settings: Settings, spec: SimulationSpec, *, keep: Path | None, judge: JudgeOptions | None = None
) -> SimulationReport:
    """Simulate with the configured policy. Raises ``OoError`` when it is stopped."""
    task = asyncio.ensure_future(_run_with_judge(settings, spec, keep, judge))
    # If SIGTERM killed the process, its database would stay behind in memory.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    try:
        return await task
    except asyncio.CancelledError:
        raise OoError("the simulation was stopped") from None


async def _run_with_judge(
    settings: Settings, spec: SimulationSpec, keep: Path | None, options: JudgeOptions | None
) -> SimulationReport:
    console = Console(stderr=True, soft_wrap=True)
    async with (
        _judge(settings, spec, options, console) if options else nullcontext() as judge,
        _writer(settings, spec) if spec.prompts else nullcontext() as writer,
    ):
        return await _with_progress(settings, spec, keep, judge, writer, console)


async def _with_progress(
    settings: Settings,
    spec: SimulationSpec,
    keep: Path | None,
    judge: Judge | None,
    writer: Model | None,
    console: Console,
) -> SimulationReport:
    """Run with a progress bar if stderr is a terminal."""
    if not console.is_terminal:
        return await run(settings, spec, keep=keep, on_day=lambda _: None, judge=judge, writer=writer)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("days"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task(f"{spec.people} people", total=spec.days)
        return await run(
            settings, spec, keep=keep, on_day=lambda _: progress.advance(bar), judge=judge, writer=writer
        )


# --- The judge ---------------------------------------------------------------------------------------------


@asynccontextmanager
async def _judge(
    settings: Settings, spec: SimulationSpec, options: JudgeOptions, console: Console
) -> AsyncIterator[Judge]:
    """A judge whose model has answered once. Raises an ``OoError`` that says what is wrong with it."""
    model = _in_the_cloud(settings) if options.cloud else await _configured(settings)
    try:
        about = round(spec.people * spec.days * MESSAGES_A_DAY)
        console.print(
            f"{model.describe()} plays the people: about {about} questions"
            f" ({spec.people} people, {spec.days} days, {MESSAGES_A_DAY} messages a day),"
            f" {options.max_calls} at most. The same seed will not make the same report.",
            highlight=False,
            markup=False,
        )
        judge = Judge(
            model,
            correction=prompts().correction,
            deadline=timedelta(seconds=settings.config.simulate.judge_seconds),
            max_calls=options.max_calls,
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


async def _configured(settings: Settings, alias: Alias = ALIAS, who: str = "a judge") -> Model:
    """The configured language model. Raises ``OoError`` if it has no model for ``alias``."""
    model = await language_model(settings)
    if model is None:
        raise OoError(f"{who} needs a language model (LITELLM_URL or OLLAMA_URL): see oo doctor")
    if not await model.offers(alias):
        raise OoError(
            f"{model.describe()} has no model for the alias {alias}: name one there; for Ollama: ollama pull"
            f" {settings.config.llm.models.get(alias, 'the model that llm.models names')}; see oo doctor"
        )
    return model


@asynccontextmanager
async def _writer(settings: Settings, spec: SimulationSpec) -> AsyncIterator[Model]:
    """The language model that writes tips. Raises ``OoError`` if none is configured."""
    model = await _configured(settings, TIP_ALIAS, "a comparison of prompts")
    try:
        await model.warm()
        yield model
    finally:
        await model.close()


def _in_the_cloud(settings: Settings) -> Cloud:
    """A model in a cloud, which may only be asked about synthetic people."""
    key = settings.environment.anthropic_api_key
    if key is None:
        raise SettingsError(("ANTHROPIC_API_KEY: needed for a judge in the cloud",))
    from adapters.llm.cloud import Cloud

    return Cloud(key.get_secret_value(), model=settings.config.simulate.cloud_model)
