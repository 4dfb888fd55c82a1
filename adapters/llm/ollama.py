"""An Ollama, called through litellm's Router, which maps aliases to its models.

Tests: tests/adapters/llm/test_waking.py, tests/adapters/llm/test_engines.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from adapters.llm.embeddings import embedding_call, openai_client
from adapters.llm.litellm_model import LiteLlmModel, ServerCalls
from adapters.llm.probe import REQUIRED_ALIAS, is_ollama, load_model, model_names
from adapters.llm.transport import BoundedTransport
from core.errors import LanguageModelUnavailable, NotAsked, SettingsError
from core.ports import Completion, Turn

DEFAULT_URL = "http://127.0.0.1:11434"
KEEP_ALIVE = timedelta(minutes=15)
LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")


async def discover_ollama(url: str = DEFAULT_URL) -> str | None:
    """``url`` if an Ollama answers there within 0.3 s."""
    return url if await is_ollama(url) else None


class Ollama(LiteLlmModel):
    """The Ollama at ``url``. ``models`` maps aliases to names of its models.

    Ollama keeps a model loaded for ``keep_alive`` after an answer.
    Raises ``SettingsError`` for models that Ollama would run in its cloud.
    """

    def __init__(
        self, url: str, *, models: Mapping[Any, str], at_once: int = 2, keep_alive: timedelta = KEEP_ALIVE
    ) -> None:
        super().__init__(at_once, awake_seconds=keep_alive.total_seconds())
        in_cloud = [model for model in models.values() if model.endswith("cloud")]
        if in_cloud:
            raise SettingsError(tuple(f"llm.models: {model} runs in Ollama's cloud" for model in in_cloud))
        self._url = url.rstrip("/")
        self._models = dict(models)
        self._keep_alive = f"{keep_alive.total_seconds():.0f}s"
        self._router: Any = None
        self._loading: asyncio.Task[bool] | None = None

    def describe(self) -> str:
        """Where prompts go, for people."""
        host = urlsplit(self._url).hostname
        return "Ollama on this machine" if host in LOCAL_HOSTS else f"Ollama at {host}"

    async def check(self) -> str:
        """Its models, in words. Raises ``LanguageModelUnavailable`` that says in words what is wrong."""
        pulled = await self._pulled_models()
        missing = {alias: name for alias, name in self._models.items() if _with_tag(name) not in pulled}
        advice = "".join(f"; for {alias}: ollama pull {name}" for alias, name in missing.items())
        if REQUIRED_ALIAS in missing:
            raise LanguageModelUnavailable(f"{self.describe()} lacks a model{advice}")
        present = {alias: name for alias, name in self._models.items() if alias not in missing}
        listed = ", ".join(f"{alias}: {name}" for alias, name in present.items())
        return f"{self.describe()} has {listed}{advice}"

    async def offers(self, alias: str) -> bool:
        """Whether it has the model for ``alias``. Raises ``LanguageModelUnavailable``."""
        return alias in self._models and _with_tag(self._models[alias]) in await self._pulled_models()

    async def _pulled_models(self) -> list[str]:
        return await model_names(f"{self._url}/api/tags", "models", "name", server=self.describe())

    async def complete(
        self, alias: str, turns: Sequence[Turn], *, schema: Mapping[str, object], deadline: timedelta
    ) -> Completion:
        """As in the superclass. After a failure the model is loaded in the background.

        Ollama stops loading a model when the request for it is cancelled.
        """
        try:
            return await super().complete(alias, turns, schema=schema, deadline=deadline)
        except LanguageModelUnavailable:
            if self._loading is None or self._loading.done():
                self._loading = asyncio.create_task(self.wake(alias))
            raise

    async def close(self) -> None:
        """Cancel what is in progress."""
        if self._loading:
            self._loading.cancel()
        await super().close()

    async def wake(self, alias: str) -> bool:
        """Load the model for ``alias`` without a prompt; whether it is loaded now."""
        body = {"model": self._models.get(alias, ""), "keep_alive": self._keep_alive}
        is_loaded = await load_model(f"{self._url}/api/generate", body)
        if is_loaded:
            self._mark_awake(alias)
        return is_loaded

    def _connect(self, litellm: Any, transport: BoundedTransport) -> ServerCalls:
        from litellm.llms.custom_httpx.http_handler import AsyncHTTPHandler

        handler = AsyncHTTPHandler(transport=transport, follow_redirects=False)
        deployments = [
            {"model_name": alias, "litellm_params": {"model": f"ollama_chat/{name}", "api_base": self._url}}
            for alias, name in self._models.items()
        ]
        for name in self._models.values():
            # litellm queries Ollama about a model without a price, at every call and without a timeout.
            litellm.model_cost.setdefault(f"ollama_chat/{name}", NO_COST)
        self._router = litellm.Router(model_list=deployments, num_retries=0, disable_cooldowns=True)

        async def complete(**parameters: Any) -> Any:
            return await self._router.acompletion(**parameters, client=handler, keep_alive=self._keep_alive)

        base_url, key = f"{self._url}/v1", "none"
        client = openai_client(base_url, key, transport)
        return ServerCalls(complete=complete, embed=embedding_call(litellm, base_url, key, client))

    async def _disconnect(self) -> None:
        if self._router:
            self._router.discard()  # it registers itself in litellm's global lists of callbacks
        await super()._disconnect()

    def _completion_model(self, alias: str) -> str:
        return alias

    def _no_thinking(self, alias: str) -> Mapping[str, object]:
        """gpt-oss always thinks, but can be told to think less."""
        is_gpt_oss = self._models.get(alias, "").rpartition("/")[2].startswith("gpt-oss")
        return {"think": "low" if is_gpt_oss else False}

    def _embedding_model(self, alias: str) -> str:
        if alias not in self._models:
            raise NotAsked(f"no model is named for {alias}")
        return f"openai/{self._models[alias]}"


NO_COST = {
    "litellm_provider": "ollama_chat",
    "mode": "chat",
    "input_cost_per_token": 0.0,
    "output_cost_per_token": 0.0,
}


def _with_tag(name: str) -> str:
    return name if ":" in name else f"{name}:latest"
