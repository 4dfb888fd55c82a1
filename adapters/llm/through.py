"""Asking a model through litellm: one deadline, a few calls at once, and one kind of error.

litellm's exceptions quote prompts, answers and keys; of them, only the kind and the status go on.
"""

from __future__ import annotations

import asyncio
import logging
import os
import warnings
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from adapters.llm.aside import Aside
from adapters.llm.breaker import Breaker
from adapters.llm.wire import Wire
from core.errors import LanguageModelUnavailable
from core.ports import Completion, Turn
from core.words.text import clean

MOST_TOKENS = 1500
LONGEST_NAME = 80

LOGGERS = ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy")  # they bring a handler for stderr along

Call = Callable[..., Awaitable[Any]]
"""litellm's ``acompletion``, or its Router's: a coroutine function of ``model``, ``messages`` and so on."""


class ThroughLiteLlm:
    """A ``LanguageModel``; how to reach it is for the subclass to say. ``at_once``: calls under way."""

    def __init__(self, at_once: int) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._breaker = Breaker(lambda: asyncio.get_running_loop().time())
        self._aside = Aside("litellm", at_end=self._disconnect)
        self._wire: Wire | None = None
        self._call: Call | None = None
        self._schemaless: set[str] = set()

    def _connect(self, litellm: Any, wire: Wire) -> Call:
        """Make what asks the model over ``wire``. Runs in the thread of litellm, once."""
        raise NotImplementedError

    def _named(self, alias: str) -> str:
        """The alias as litellm wants it."""
        raise NotImplementedError

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
        if not self._breaker.lets_through():
            raise LanguageModelUnavailable("left alone after failures in a row")
        seconds = deadline.total_seconds()
        try:
            async with asyncio.timeout(seconds), self._places:
                completion = await self._aside.run(self._ask(alias, turns, schema, seconds))
        except (TimeoutError, LanguageModelUnavailable) as failure:
            self._breaker.failed()
            if isinstance(failure, TimeoutError):
                raise LanguageModelUnavailable(f"no answer within {seconds:.1f} s") from None
            raise
        self._breaker.succeeded()
        return completion

    async def close(self) -> None:
        """Give up what is under way."""
        await self._aside.close()

    # --- In the thread of litellm ---------------------------------------------------------------------------

    async def _warm(self) -> None:
        self._connected()

    def _connected(self) -> Call:
        if self._call is None:
            self._wire = Wire()
            self._call = self._connect(load(), self._wire)
        return self._call

    async def _disconnect(self) -> None:
        if self._wire:
            await self._wire.aclose()
        self._wire = self._call = None

    async def _ask(
        self, alias: str, turns: Sequence[Turn], schema: Mapping[str, object], seconds: float
    ) -> Completion:
        call = self._connected()
        import openai

        asked = {
            "model": self._named(alias),
            "messages": [asdict(turn) for turn in turns],
            "max_tokens": MOST_TOKENS,
            "timeout": seconds,
        }
        try:
            return _completion(await self._by_schema(call, alias, schema, asked), alias)
        except openai.OpenAIError as error:  # the root of all that litellm raises
            status = getattr(error, "status_code", None)
            raise LanguageModelUnavailable(f"{type(error).__name__} {status or ''}".rstrip()) from None

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
