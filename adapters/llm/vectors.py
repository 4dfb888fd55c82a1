"""Texts to vectors, through litellm and OpenAI's ``/embeddings``, which gateways, Ollama and llama.cpp share.

litellm's own way to Ollama goes over a client of litellm's that bounds neither an answer nor where it leads.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from adapters.llm.wire import Wire, client
from core.errors import LanguageModelUnavailable
from core.ports import Embedded
from core.text import clean

LONGEST_NAME = 80
LARGEST_VECTOR = 8192
Call = Callable[..., Coroutine[Any, Any, Any]]
"""A coroutine function of litellm: of ``model``, ``messages`` or ``input``, and so on."""


def opened(base: str, key: str, wire: Wire) -> Any:
    """OpenAI's client for the server at ``base``, over ``wire``."""
    import openai
    import openai.resources  # else the first call would do it, for half a second

    return openai.AsyncOpenAI(base_url=base, api_key=key, max_retries=0, http_client=client(wire))


def embeddings_at(litellm: Any, base: str, key: str, server: Any) -> Call:
    """litellm's ``aembedding``, asking ``server`` (OpenAI's client) at ``base``."""

    async def call(**asked: Any) -> Any:
        return await litellm.aembedding(
            **asked, api_base=base, api_key=key, client=server, max_retries=0, num_retries=0
        )

    return call


def embedded(answer: Any, count: int, alias: str) -> Embedded:
    """The vectors in ``answer``, in the order of the ``count`` texts.

    Raises ``LanguageModelUnavailable`` for another number of them, for lengths that differ, and for anything
    but finite numbers.
    """
    vectors = tuple(_vector(entry) for entry in _ordered(getattr(answer, "data", None)))
    if len(vectors) != count:
        raise LanguageModelUnavailable(f"{len(vectors)} vectors for {count} texts")
    if len({len(vector) for vector in vectors}) != 1:
        raise LanguageModelUnavailable("vectors of several lengths")
    name = str(getattr(answer, "model", None) or "").removeprefix("litellm_proxy/").removeprefix("openai/")
    return Embedded(vectors=vectors, model=clean(name, LONGEST_NAME) or alias)


def _ordered(data: object) -> Sequence[Any]:
    """The entries by their index; as they come if they have none."""
    entries = data if isinstance(data, list) else []
    places = [_field(entry, "index") for entry in entries]
    if sorted(filter(_is_whole, places)) != list(range(len(entries))):
        return entries if places == [None] * len(entries) else _in_disorder()
    return [entry for _, entry in sorted(zip(places, entries, strict=True), key=lambda one: one[0])]


def _in_disorder() -> Sequence[Any]:
    raise LanguageModelUnavailable("vectors out of order")


def _is_whole(place: object) -> bool:
    return type(place) is int


def _vector(entry: object) -> tuple[float, ...]:
    values = _field(entry, "embedding")
    if not isinstance(values, list) or not 0 < len(values) <= LARGEST_VECTOR:
        raise LanguageModelUnavailable("no vector where one should be")
    if not all(type(value) in (int, float) and math.isfinite(value) for value in values):
        raise LanguageModelUnavailable("a vector of something else than numbers")
    return tuple(map(float, values))


def _field(entry: object, name: str) -> Any:
    return entry.get(name) if isinstance(entry, dict) else getattr(entry, name, None)
