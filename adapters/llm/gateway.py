"""A LiteLLM gateway. Aliases are the names of its models.

Tests: tests/adapters/llm/test_asking.py, tests/adapters/llm/test_failing.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from adapters.llm.embeddings import embedding_call, openai_client
from adapters.llm.litellm_model import LiteLlmModel, ServerCalls
from adapters.llm.probe import REQUIRED_ALIAS, model_names
from adapters.llm.transport import BoundedTransport
from core.errors import LanguageModelUnavailable

MAX_MODELS_SHOWN = 20


class Gateway(LiteLlmModel):
    """The gateway at ``url`` (without ``/v1``), opened by the API key ``key``."""

    def __init__(self, url: str, key: str, *, at_once: int = 2) -> None:
        super().__init__(at_once)
        self._base_url = f"{url.rstrip('/')}/v1"
        self._key = key or "none"

    def describe(self) -> str:
        """Where prompts go, for people."""
        return f"the LiteLLM gateway at {urlsplit(self._base_url).hostname}"

    async def check(self) -> str:
        """Its models, in words. Raises ``LanguageModelUnavailable`` that says in words what is wrong."""
        names = await self._model_names()
        if REQUIRED_ALIAS not in names:
            raise LanguageModelUnavailable(f"{self.describe()} answers, but has no model {REQUIRED_ALIAS}")
        return f"{self.describe()} has {', '.join(names[:MAX_MODELS_SHOWN])}"

    async def offers(self, alias: str) -> bool:
        """Whether it has a model for ``alias``. Raises ``LanguageModelUnavailable``."""
        return alias in await self._model_names()

    async def _model_names(self) -> list[str]:
        url = f"{self._base_url}/models"
        return await model_names(url, "data", "id", server=self.describe(), key=self._key)

    def _connect(self, litellm: Any, transport: BoundedTransport) -> ServerCalls:
        client = openai_client(self._base_url, self._key, transport)

        async def complete(**parameters: Any) -> Any:
            return await litellm.acompletion(
                **parameters,
                api_base=self._base_url,
                api_key=self._key,
                client=client,
                max_retries=0,
                num_retries=0,
            )

        embed = embedding_call(litellm, self._base_url, self._key, client)
        return ServerCalls(complete=complete, embed=embed)

    def _completion_model(self, alias: str) -> str:
        return f"litellm_proxy/{alias}"

    _embedding_model = _completion_model

    def _no_thinking(self, alias: str) -> Mapping[str, object]:
        """For gateways, and for llama.cpp and vLLM, which pass it to the model's chat template."""
        return {
            "reasoning_effort": "none",
            "extra_body": {"chat_template_kwargs": {"enable_thinking": False}},
        }
