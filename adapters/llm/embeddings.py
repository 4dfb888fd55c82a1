"""Embeddings through litellm and OpenAI's ``/embeddings``, which gateways, Ollama and llama.cpp all offer.

litellm's own provider for Ollama is not used: its HTTP client limits neither the size of a response nor
where redirects lead.

Tests: tests/adapters/llm/test_embedding.py.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from adapters.llm.completions import token_count
from adapters.llm.probe import MAX_NAME_CHARS
from adapters.llm.transport import BoundedTransport, http_client
from core.errors import AnswerLost
from core.ports import Embedded
from core.text import clean

MAX_VECTOR_DIM = 8192

LiteLlmCall = Callable[..., Coroutine[Any, Any, Any]]
"""A coroutine function of litellm. Its keywords are ``model``, ``messages`` or ``input``, and so on."""


def openai_client(base_url: str, key: str, transport: BoundedTransport) -> Any:
    """OpenAI's client for the server at ``base_url``."""
    import openai
    import openai.resources  # else the first call imports it, which takes half a second

    return openai.AsyncOpenAI(
        base_url=base_url, api_key=key, max_retries=0, http_client=http_client(transport)
    )


def embedding_call(litellm: Any, base_url: str, key: str, client: Any) -> LiteLlmCall:
    """litellm's ``aembedding``, bound to a server and to OpenAI's ``client`` for it."""

    async def embed(**parameters: Any) -> Any:
        return await litellm.aembedding(
            **parameters, api_base=base_url, api_key=key, client=client, max_retries=0, num_retries=0
        )

    return embed


def embedded(response: Any, count: int, alias: str) -> Embedded:
    """The vectors in ``response``, in the order of the ``count`` texts.

    Raises ``AnswerLost`` if their number is not ``count``, if their lengths differ, or if they
    contain anything but finite numbers.
    """
    vectors = tuple(_vector(entry) for entry in _in_order(getattr(response, "data", None)))
    if len(vectors) != count:
        raise AnswerLost(f"{len(vectors)} vectors for {count} texts")
    if len({len(vector) for vector in vectors}) != 1:
        raise AnswerLost("vectors of several lengths")
    name = str(getattr(response, "model", None) or "").removeprefix("litellm_proxy/").removeprefix("openai/")
    return Embedded(
        vectors=vectors,
        model=clean(name, MAX_NAME_CHARS) or alias,
        input_tokens=token_count(response, "prompt_tokens"),
    )


def _in_order(data: object) -> Sequence[Any]:
    """The entries by their ``index``; in their order if none has one."""
    entries = data if isinstance(data, list) else []
    indices = [_field(entry, "index") for entry in entries]
    if all(index is None for index in indices):
        return entries
    if sorted(index for index in indices if type(index) is int) != list(range(len(entries))):
        raise AnswerLost("vectors out of order")
    return [entry for _, entry in sorted(zip(indices, entries, strict=True), key=lambda pair: pair[0])]


def _vector(entry: object) -> tuple[float, ...]:
    values = _field(entry, "embedding")
    if not isinstance(values, list) or not 0 < len(values) <= MAX_VECTOR_DIM:
        raise AnswerLost("no vector where one should be")
    if not all(type(value) in (int, float) and math.isfinite(value) for value in values):
        raise AnswerLost("a vector of something else than numbers")
    return tuple(map(float, values))


def _field(entry: object, name: str) -> Any:
    return entry.get(name) if isinstance(entry, dict) else getattr(entry, name, None)
