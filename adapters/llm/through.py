"""Asking a model through litellm: tips in one lane, embeddings in another, and one kind of error.

litellm's exceptions quote prompts, answers and keys; of them, only the kind and the status go on.
"""

from __future__ import annotations

import logging
import os
import warnings
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, TypeVar

from adapters.llm.aside import Aside
from adapters.llm.lane import Lane
from adapters.llm.vectors import LONGEST_NAME, Call, embedded
from adapters.llm.wire import Wire
from core.errors import LanguageModelUnavailable
from core.ports import Completion, Embedded, Turn
from core.words.text import clean

MOST_TOKENS = 1500
MOST_VECTORS = 2 * 1024 * 1024
"""Bytes of an answer: sixteen long vectors, spelt out."""

LOGGERS = ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy")  # they bring a handler for stderr along

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """litellm's ``acompletion``, or its Router's, and its ``aembedding``, connected to a server."""

    complete: Call
    embed: Call


class ThroughLiteLlm(ABC):
    """A ``LanguageModel``; how to reach it is for the subclass to say. ``at_once``: tips being written.

    Embeddings have a lane to themselves: they neither take a tip's place nor speak for its model.
    """

    def __init__(self, at_once: int) -> None:
        self._completions = Lane(at_once)
        self._embeddings = Lane(1)
        self._aside = Aside("litellm", at_end=self._disconnect)
        self._wire: Wire | None = None
        self._calls: Calls | None = None
        self._schemaless: set[str] = set()

    @abstractmethod
    def _connect(self, litellm: Any, wire: Wire) -> Calls:
        """Make what asks the model over ``wire``. Runs in the thread of litellm, once."""

    @abstractmethod
    def _named(self, alias: str) -> str:
        """The alias as litellm wants it for a completion."""

    @abstractmethod
    def _embedder(self, alias: str) -> str:
        """The alias as litellm wants it for embeddings. Raises ``LanguageModelUnavailable`` for none."""

    async def warm(self) -> None:
        """Import litellm before the first call needs it. Asks nobody."""
        await self._aside.run(self._warm())

    async def complete(
        self, alias: str, turns: Sequence[Turn], *, schema: Mapping[str, object], deadline: timedelta
    ) -> Completion:
        """Ask for JSON by ``schema`` within ``deadline``, waiting for a place included.

        Raises ``LanguageModelUnavailable``, and at once if that has happened three times in a row: then it
        takes half a minute until one call tries again.
        """
        return await self._completions.ask(
            lambda seconds: self._aside.run(self._complete(alias, turns, schema, seconds)), deadline
        )

    async def embed(self, alias: str, texts: Sequence[str], *, deadline: timedelta) -> Embedded:
        """A vector for each of ``texts`` within ``deadline``. Raises like ``complete``."""
        return await self._embeddings.ask(
            lambda seconds: self._aside.run(self._embed(alias, texts, seconds)), deadline
        )

    async def close(self) -> None:
        """Give up what is under way."""
        await self._aside.close()

    # --- In the thread of litellm ---------------------------------------------------------------------------

    async def _warm(self) -> None:
        self._connected()

    def _connected(self) -> Calls:
        if self._calls is None:
            self._wire = Wire(MOST_VECTORS)
            self._calls = self._connect(load(), self._wire)
        return self._calls

    async def _disconnect(self) -> None:
        if self._wire:
            await self._wire.aclose()
        self._wire = self._calls = None

    async def _complete(
        self, alias: str, turns: Sequence[Turn], schema: Mapping[str, object], seconds: float
    ) -> Completion:
        asked = {
            "model": self._named(alias),
            "messages": [asdict(turn) for turn in turns],
            "max_tokens": MOST_TOKENS,
            "timeout": seconds,
        }
        call = self._connected().complete
        return _completion(await _translated(self._by_schema(call, alias, schema, asked)), alias)

    async def _embed(self, alias: str, texts: Sequence[str], seconds: float) -> Embedded:
        call, model = self._connected().embed, self._embedder(alias)
        answer = await _translated(call(model=model, input=list(texts), timeout=seconds))
        return embedded(answer, len(texts), alias)

    async def _by_schema(
        self, call: Call, alias: str, schema: Mapping[str, object], asked: dict[str, Any]
    ) -> Any:
        """Ask with the schema; without it if the server refuses it, and from then on."""
        import openai

        if alias not in self._schemaless:
            wanted = {"name": "answer", "strict": True, "schema": schema}
            with suppress(openai.BadRequestError):
                return await call(**asked, response_format={"type": "json_schema", "json_schema": wanted})
        answer = await call(**asked)
        self._schemaless.add(alias)
        return answer


async def _translated(answer: Awaitable[Result]) -> Result:
    """``answer``, or ``LanguageModelUnavailable`` with the kind and the status of what litellm raised."""
    import openai

    try:
        return await answer
    except openai.OpenAIError as error:  # the root of all that litellm raises
        status = getattr(error, "status_code", None)
        raise LanguageModelUnavailable(f"{type(error).__name__} {status or ''}".rstrip()) from None


def load() -> Any:
    """litellm, imported so that it reaches out to nobody and writes nothing down."""
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # no price list from the network
    os.environ["LITELLM_MODE"] = "PRODUCTION"  # no .env file read
    import litellm

    litellm.telemetry = False
    litellm.suppress_debug_info = True
    litellm.turn_off_message_logging = True
    litellm.drop_params = True
    for name in LOGGERS:
        logger = logging.getLogger(name)
        logger.handlers[:] = [logging.NullHandler()]
        logger.propagate = False
    warnings.filterwarnings("ignore", "Pydantic serializer warnings")  # they quote odd answers
    return litellm


def _completion(answer: Any, alias: str) -> Completion:
    choices = getattr(answer, "choices", None)  # for some refusals litellm returns None
    text = choices[0].message.content if choices else None
    if not isinstance(text, str) or not text.strip():
        raise LanguageModelUnavailable("an empty answer")
    name = str(answer.model or "").removeprefix("litellm_proxy/").removeprefix("ollama_chat/")
    return Completion(text=text, model=clean(name, LONGEST_NAME) or alias)
