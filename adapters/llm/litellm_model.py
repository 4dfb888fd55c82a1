"""A language model that is called through litellm: completions, embeddings, and one kind of error.

litellm's exceptions quote prompts, answers and keys. Only their type and HTTP status are passed on.

Tests: tests/adapters/llm/test_asking.py, tests/adapters/llm/test_thinking.py.
"""

from __future__ import annotations

import asyncio
import logging
import os
import warnings
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar

from adapters.llm.background_loop import BackgroundLoop
from adapters.llm.call_limiter import CallLimiter
from adapters.llm.cancellation import CancellableCalls
from adapters.llm.completions import completion, ran_out_of_tokens
from adapters.llm.embeddings import LiteLlmCall, embedded
from adapters.llm.request_options import RequestOptions
from adapters.llm.transport import BoundedTransport
from core.errors import AnswerLost, LanguageModelUnavailable
from core.ports import Completion, Embedded, Turn

log = logging.getLogger(__name__)

MAX_TOKENS = 1500
MAX_TOKENS_WITH_THINKING = 6000
"""For a model that thinks before it answers although thinking is switched off."""

AWAKE_SECONDS = 300.0
"""How long a server keeps an idle model loaded; five minutes is Ollama's default."""

MAX_MODEL_RESPONSE_BYTES = 2 * 1024 * 1024
"""Enough for sixteen long vectors as JSON."""

LITELLM_LOGGERS = ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy")
"""litellm gives each a handler that writes to stderr."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerCalls:
    """litellm's ``acompletion`` (or its Router's) and ``aembedding``, bound to a server."""

    complete: LiteLlmCall
    embed: LiteLlmCall


class LiteLlmModel(ABC):
    """A ``LanguageModel``. Subclasses say how to reach it.

    At most ``at_once`` completions run at a time. Embeddings are limited apart: they take no place of a
    completion, and their failures do not stop completions.
    """

    def __init__(self, at_once: int, *, awake_seconds: float = AWAKE_SECONDS) -> None:
        self._completion_limiter = CallLimiter(at_once)
        self._embedding_limiter = CallLimiter(1)
        self._background = BackgroundLoop("litellm", on_close=self._disconnect)
        self._transport: BoundedTransport | None = None
        self._server: ServerCalls | None = None
        self._calls = CancellableCalls()
        self._options: dict[str, RequestOptions] = {}
        self._thinking_aliases: set[str] = set()
        self._awake_seconds = awake_seconds
        self._answered_at: dict[str, float] = {}

    @abstractmethod
    def _connect(self, litellm: Any, transport: BoundedTransport) -> ServerCalls:
        """Bind litellm to the server, over ``transport``. Runs once, in the thread of litellm."""

    @abstractmethod
    def _completion_model(self, alias: str) -> str:
        """litellm's name of the model that completes for ``alias``."""

    @abstractmethod
    def _embedding_model(self, alias: str) -> str:
        """litellm's name of the model that embeds for ``alias``. Raises ``LanguageModelUnavailable``."""

    def _no_thinking(self, alias: str) -> Mapping[str, object]:
        """The parameters that switch thinking off on this server; empty if there are none."""
        return {}

    async def warm(self) -> None:
        """Import litellm before the first call needs it. Sends nothing."""
        await self._background.run(self._warm())

    async def complete(
        self, alias: str, turns: Sequence[Turn], *, schema: Mapping[str, object], deadline: timedelta
    ) -> Completion:
        """Ask for JSON by ``schema``. ``deadline`` includes waiting for other calls.

        Raises ``LanguageModelUnavailable``; after three failures in a row at once, for half a minute.
        """
        try:
            answer = await self._completion_limiter.run(
                lambda seconds: self._background.run(self._complete(alias, turns, schema, seconds)), deadline
            )
        except LanguageModelUnavailable:
            self._answered_at.pop(alias, None)
            raise
        self._mark_awake(alias)
        return answer

    async def wake(self, alias: str) -> bool:
        """Load the model for ``alias`` where that is possible without a prompt; whether it is loaded now."""
        return False

    def _mark_awake(self, alias: str) -> None:
        self._answered_at[alias] = asyncio.get_running_loop().time()

    def is_awake(self, alias: str) -> bool:
        """Whether the model answered so recently that it is still loaded."""
        answered_at = self._answered_at.get(alias)
        now = asyncio.get_running_loop().time()
        return answered_at is not None and now - answered_at < self._awake_seconds

    async def embed(self, alias: str, texts: Sequence[str], *, deadline: timedelta) -> Embedded:
        """A vector for each of ``texts`` within ``deadline``. Raises like ``complete``."""
        return await self._embedding_limiter.run(
            lambda seconds: self._background.run(self._embed(alias, texts, seconds)), deadline
        )

    async def close(self) -> None:
        """Cancel what is in progress."""
        await self._background.close()

    # --- In the thread of litellm ---------------------------------------------------------------------------

    async def _warm(self) -> None:
        self._connected()

    def _connected(self) -> ServerCalls:
        if self._server is None:
            self._transport = BoundedTransport(MAX_MODEL_RESPONSE_BYTES)
            self._server = self._connect(import_litellm(), self._transport)
        return self._server

    async def _disconnect(self) -> None:
        await self._calls.close()
        if self._transport:
            await self._transport.aclose()
        self._transport = self._server = None

    async def _complete(
        self, alias: str, turns: Sequence[Turn], schema: Mapping[str, object], seconds: float
    ) -> Completion:
        response = await _translate_errors(self._request(alias, turns, schema, seconds))
        said = completion(response, alias)
        if ran_out_of_tokens(response, said) and alias not in self._thinking_aliases:
            self._thinking_aliases.add(alias)
            log.warning(
                "%s spent all %d tokens on thinking; it gets %d from now on. Another model may do better",
                said.model,
                MAX_TOKENS,
                MAX_TOKENS_WITH_THINKING,
            )
            response = await _translate_errors(self._request(alias, turns, schema, seconds))
            said = _with_tokens_of(said, completion(response, alias))
        if ran_out_of_tokens(response, said):
            raise AnswerLost("it spent all its tokens on thinking")
        return said

    async def _embed(self, alias: str, texts: Sequence[str], seconds: float) -> Embedded:
        call, model = self._connected().embed, self._embedding_model(alias)
        request = call(model=model, input=list(texts), timeout=seconds)
        response = await _translate_errors(self._calls.run(request))
        return embedded(response, len(texts), alias)

    async def _request(
        self, alias: str, turns: Sequence[Turn], schema: Mapping[str, object], seconds: float
    ) -> Any:
        """litellm's response. Options that the server refuses are dropped, for later requests as well."""
        import openai

        complete = self._connected().complete
        parameters = {
            "model": self._completion_model(alias),
            "messages": [asdict(turn) for turn in turns],
            "max_tokens": MAX_TOKENS_WITH_THINKING if alias in self._thinking_aliases else MAX_TOKENS,
            "timeout": seconds,
        }
        options = self._options.get(alias, RequestOptions())
        while True:
            try:
                optional = options.parameters(schema, self._no_thinking(alias))
                response = await self._calls.run(complete(**parameters, **optional))
            except openai.APIStatusError as refusal:
                fewer = options.after_refusal(refusal.status_code, str(refusal))
                if fewer == options:
                    raise
                options = fewer
            else:
                self._options[alias] = options if response is not None else options.after_no_answer()
                return response


def _with_tokens_of(first: Completion, second: Completion) -> Completion:
    """The second answer, with the tokens of both."""
    return replace(
        second,
        input_tokens=_sum(first.input_tokens, second.input_tokens),
        output_tokens=_sum(first.output_tokens, second.output_tokens),
    )


def _sum(first: int | None, second: int | None) -> int | None:
    return None if first is None or second is None else first + second


async def _translate_errors(call: Awaitable[Result]) -> Result:
    """What ``call`` returns. Raises ``LanguageModelUnavailable`` with the type and status of an error, and
    ``AnswerLost`` if it came too late.
    """
    import openai

    try:
        return await call
    except openai.OpenAIError as error:  # the base class of all that litellm raises
        status = getattr(error, "status_code", None)
        kind = AnswerLost if isinstance(error, openai.APITimeoutError) else LanguageModelUnavailable
        raise kind(f"{type(error).__name__} {status or ''}".rstrip()) from None


def import_litellm() -> Any:
    """litellm, configured to contact no one and to log nothing."""
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # do not download a price list
    os.environ["LITELLM_MODE"] = "PRODUCTION"  # do not read a .env file
    import litellm

    litellm.telemetry = False
    litellm.suppress_debug_info = True
    litellm.turn_off_message_logging = True
    litellm.drop_params = True
    for name in LITELLM_LOGGERS:
        logger = logging.getLogger(name)
        logger.handlers[:] = [logging.NullHandler()]
        logger.propagate = False
    warnings.filterwarnings("ignore", "Pydantic serializer warnings")  # they quote odd answers
    return litellm
