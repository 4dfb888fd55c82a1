"""An Ollama, asked by litellm's Router: it knows which model stands behind which alias."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from adapters.llm.looking import NEEDED, is_ollama, load_model, look
from adapters.llm.through import Calls, ThroughLiteLlm
from adapters.llm.vectors import embeddings_at, opened
from adapters.llm.wire import Wire
from core.errors import LanguageModelUnavailable, SettingsError
from core.ports import Completion, Turn

USUAL_PLACE = "http://127.0.0.1:11434"
KEEP_ALIVE = timedelta(minutes=15)
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


async def discover_ollama(url: str = USUAL_PLACE) -> str | None:
    """``url`` if an Ollama answers there within 0.3 s."""
    return url if await is_ollama(url) else None


class Ollama(ThroughLiteLlm):
    """The Ollama at ``url``; ``models`` maps aliases to its models, which it keeps loaded for ``keep_alive``
    after an answer.

    Raises ``SettingsError`` for models that Ollama would run in its cloud.
    """

    def __init__(
        self, url: str, *, models: Mapping[Any, str], at_once: int = 2, keep_alive: timedelta = KEEP_ALIVE
    ) -> None:
        super().__init__(at_once, awake_seconds=keep_alive.total_seconds())
        elsewhere = [model for model in models.values() if model.endswith("cloud")]
        if elsewhere:
            raise SettingsError(tuple(f"llm.models: {model} runs in Ollama's cloud" for model in elsewhere))
        self._url = url.rstrip("/")
        self._models = dict(models)
        self._keep_alive = f"{keep_alive.total_seconds():.0f}s"
        self._router: Any = None
        self._waking: asyncio.Task[bool] | None = None

    def describe(self) -> str:
        """Where prompts go, for people."""
        host = urlsplit(self._url).hostname
        return "Ollama on this machine" if host in THIS_MACHINE else f"Ollama at {host}"

    async def check(self) -> str:
        """What works, in words. Raises ``LanguageModelUnavailable`` with what doesn't."""
        pulled = await self._pulled()
        missing = {alias: name for alias, name in self._models.items() if _tagged(name) not in pulled}
        advice = "".join(f"; for {alias}: ollama pull {name}" for alias, name in missing.items())
        if NEEDED in missing:
            raise LanguageModelUnavailable(f"{self.describe()} lacks a model{advice}")
        has = ", ".join(f"{alias}: {name}" for alias, name in self._models.items() if alias not in missing)
        return f"{self.describe()} has {has}{advice}"

    async def offers(self, alias: str) -> bool:
        """Whether it has the model behind ``alias``. Raises ``LanguageModelUnavailable``."""
        return alias in self._models and _tagged(self._models[alias]) in await self._pulled()

    async def _pulled(self) -> list[str]:
        return await look(f"{self._url}/api/tags", "models", "name", what=self.describe())

    async def complete(
        self, alias: str, turns: Sequence[Turn], *, schema: Mapping[str, object], deadline: timedelta
    ) -> Completion:
        """Ask like any other; a model that is not there in time is loaded for the next question.

        Ollama stops loading it for whoever has hung up.
        """
        try:
            return await super().complete(alias, turns, schema=schema, deadline=deadline)
        except LanguageModelUnavailable:
            if self._waking is None or self._waking.done():
                self._waking = asyncio.create_task(self.wake(alias))
            raise

    async def close(self) -> None:
        """Give up what is under way."""
        if self._waking:
            self._waking.cancel()
        await super().close()

    async def wake(self, alias: str) -> bool:
        """Have the model behind ``alias`` loaded, without a word to it; whether it is."""
        asked = {"model": self._models.get(alias, ""), "keep_alive": self._keep_alive}
        loaded = await load_model(f"{self._url}/api/generate", asked)
        if loaded:
            self._is_up(alias)
        return loaded

    def _connect(self, litellm: Any, wire: Wire) -> Calls:
        from litellm.llms.custom_httpx.http_handler import AsyncHTTPHandler

        handler = AsyncHTTPHandler(transport=wire, follow_redirects=False)
        deployments = [
            {"model_name": alias, "litellm_params": {"model": f"ollama_chat/{name}", "api_base": self._url}}
            for alias, name in self._models.items()
        ]
        for name in self._models.values():
            # About a model without a price, litellm asks Ollama, over and over and without a deadline.
            litellm.model_cost.setdefault(f"ollama_chat/{name}", FREE)
        self._router = litellm.Router(model_list=deployments, num_retries=0, disable_cooldowns=True)

        async def complete(**asked: Any) -> Any:
            return await self._router.acompletion(**asked, client=handler, keep_alive=self._keep_alive)

        base, key = f"{self._url}/v1", "none"
        return Calls(complete=complete, embed=embeddings_at(litellm, base, key, opened(base, key, wire)))

    async def _disconnect(self) -> None:
        if self._router:
            self._router.discard()  # it hangs itself into litellm's lists of callbacks
        await super()._disconnect()

    def _named(self, alias: str) -> str:
        return alias

    def _no_thinking(self, alias: str) -> Mapping[str, object]:
        """gpt-oss thinks in any case, a little or a lot; all other models can be told not to."""
        is_oss = self._models.get(alias, "").rpartition("/")[2].startswith("gpt-oss")
        return {"think": "low" if is_oss else False}

    def _embedder(self, alias: str) -> str:
        if alias not in self._models:
            raise LanguageModelUnavailable(f"no model is named for {alias}")
        return f"openai/{self._models[alias]}"


FREE = {
    "litellm_provider": "ollama_chat",
    "mode": "chat",
    "input_cost_per_token": 0.0,
    "output_cost_per_token": 0.0,
}


def _tagged(name: str) -> str:
    return name if ":" in name else f"{name}:latest"
