"""A model in Anthropic's cloud. It plays synthetic people and nothing else: what serves people must not know
of it, which a contract of import-linter checks.
"""

from __future__ import annotations

from typing import Any

from adapters.llm.through import Calls, ThroughLiteLlm
from adapters.llm.wire import Wire
from core.errors import LanguageModelUnavailable

ANTHROPIC = "https://api.anthropic.com"


class Cloud(ThroughLiteLlm):
    """The ``model`` of that name behind every alias; ``key`` pays for it, ``url`` is where it lives."""

    def __init__(self, key: str, *, model: str, url: str = ANTHROPIC) -> None:
        super().__init__(at_once=1)
        self._key = key
        self._model = model
        self._url = url

    def describe(self) -> str:
        """Where prompts go, for people."""
        return f"{self._model} in Anthropic's cloud"

    def _connect(self, litellm: Any, wire: Wire) -> Calls:
        from litellm.llms.custom_httpx.http_handler import AsyncHTTPHandler

        handler = AsyncHTTPHandler(transport=wire, follow_redirects=False)

        async def complete(**asked: Any) -> Any:
            return await litellm.acompletion(
                **asked, api_base=self._url, api_key=self._key, client=handler, max_retries=0, num_retries=0
            )

        return Calls(complete=complete, embed=litellm.aembedding)

    def _named(self, alias: str) -> str:
        return f"anthropic/{self._model}"

    def _embedder(self, alias: str) -> str:
        raise LanguageModelUnavailable("Anthropic has no embeddings")
