"""A model in Anthropic's cloud, for simulations: it plays synthetic people.

Nothing that serves people may import this module; a contract of import-linter checks that.
"""

from __future__ import annotations

from typing import Any

from adapters.llm.litellm_model import LiteLlmModel, ServerCalls
from adapters.llm.transport import BoundedTransport
from core.errors import LanguageModelUnavailable

ANTHROPIC = "https://api.anthropic.com"


class Cloud(LiteLlmModel):
    """Answers every alias with ``model`` at ``url``. ``key`` is the API key."""

    def __init__(self, key: str, *, model: str, url: str = ANTHROPIC) -> None:
        super().__init__(at_once=1)
        self._key = key
        self._model = model
        self._url = url

    def describe(self) -> str:
        """Where prompts go, for people."""
        return f"{self._model} in Anthropic's cloud"

    def _connect(self, litellm: Any, transport: BoundedTransport) -> ServerCalls:
        from litellm.llms.custom_httpx.http_handler import AsyncHTTPHandler

        handler = AsyncHTTPHandler(transport=transport, follow_redirects=False)

        async def complete(**parameters: Any) -> Any:
            return await litellm.acompletion(
                **parameters,
                api_base=self._url,
                api_key=self._key,
                client=handler,
                max_retries=0,
                num_retries=0,
            )

        return ServerCalls(complete=complete, embed=litellm.aembedding)

    def _completion_model(self, alias: str) -> str:
        return f"anthropic/{self._model}"

    def _embedding_model(self, alias: str) -> str:
        raise LanguageModelUnavailable("Anthropic has no embeddings")
