"""A LiteLLM gateway: the aliases are the names of its models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from adapters.llm.looking import NEEDED, look
from adapters.llm.through import Calls, ThroughLiteLlm
from adapters.llm.vectors import embeddings_at, opened
from adapters.llm.wire import Wire
from core.errors import LanguageModelUnavailable

MOST_SHOWN = 20


class Gateway(ThroughLiteLlm):
    """The gateway at ``url``, the root under which ``/v1`` lies; ``key`` opens it."""

    def __init__(self, url: str, key: str, *, at_once: int = 2) -> None:
        super().__init__(at_once)
        self._base = f"{url.rstrip('/')}/v1"
        self._key = key or "none"

    def describe(self) -> str:
        """Where prompts go, for people."""
        return f"the LiteLLM gateway at {urlsplit(self._base).hostname}"

    async def check(self) -> str:
        """What works, in words. Raises ``LanguageModelUnavailable`` with what doesn't."""
        names = await self._models()
        if NEEDED not in names:
            raise LanguageModelUnavailable(f"{self.describe()} answers, but has no model {NEEDED}")
        return f"{self.describe()} has {', '.join(names[:MOST_SHOWN])}"

    async def offers(self, alias: str) -> bool:
        """Whether it has a model behind ``alias``. Raises ``LanguageModelUnavailable``."""
        return alias in await self._models()

    async def _models(self) -> list[str]:
        return await look(f"{self._base}/models", "data", "id", what=self.describe(), key=self._key)

    def _connect(self, litellm: Any, wire: Wire) -> Calls:
        server = opened(self._base, self._key, wire)

        async def complete(**asked: Any) -> Any:
            return await litellm.acompletion(
                **asked, api_base=self._base, api_key=self._key, client=server, max_retries=0, num_retries=0
            )

        return Calls(complete=complete, embed=embeddings_at(litellm, self._base, self._key, server))

    def _named(self, alias: str) -> str:
        return f"litellm_proxy/{alias}"

    def _no_thinking(self, alias: str) -> Mapping[str, object]:
        """As gateways take it, and as llama.cpp and vLLM do, which hand it on to the model's template."""
        return {
            "reasoning_effort": "none",
            "extra_body": {"chat_template_kwargs": {"enable_thinking": False}},
        }

    _embedder = _named
