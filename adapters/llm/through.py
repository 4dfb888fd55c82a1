"""Asking a model through litellm: tips in one lane, embeddings in another, and one kind of error.

litellm's exceptions quote prompts, answers and keys; of them, only the kind and the status go on.
"""

from __future__ import annotations

import asyncio
import logging
import os
import warnings
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, TypeVar

from adapters.llm import giving_up
from adapters.llm.background_loop import BackgroundLoop
from adapters.llm.lane import Lane
from adapters.llm.reading import completion, is_spent
from adapters.llm.vectors import Call, embedded
from adapters.llm.ways import Way
from adapters.llm.wire import Wire
from core.errors import LanguageModelUnavailable
from core.ports import Completion, Embedded, Turn

log = logging.getLogger(__name__)

MOST_TOKENS = 1500
MOST_TOKENS_OF_A_THINKER = 6000
"""Of a model that thinks before it answers, whatever it is told."""

AWAKE_SECONDS = 300.0
"""How long a server keeps a model loaded that nobody asks: Ollama does so for five minutes."""

SPENT = "it spent all its tokens on thinking"

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

    def __init__(self, at_once: int, *, awake_seconds: float = AWAKE_SECONDS) -> None:
        self._completions = Lane(at_once)
        self._embeddings = Lane(1)
        self._aside = BackgroundLoop("litellm", at_end=self._disconnect)
        self._wire: Wire | None = None
        self._calls: Calls | None = None
        self._under_way = giving_up.Calls()
        self._ways: dict[str, Way] = {}
        self._thinkers: set[str] = set()
        self._awake_seconds = awake_seconds
        self._answered_at: dict[str, float] = {}

    @abstractmethod
    def _connect(self, litellm: Any, wire: Wire) -> Calls:
        """Make what asks the model over ``wire``. Runs in the thread of litellm, once."""

    @abstractmethod
    def _named(self, alias: str) -> str:
        """The alias as litellm wants it for a completion."""

    @abstractmethod
    def _embedder(self, alias: str) -> str:
        """The alias as litellm wants it for embeddings. Raises ``LanguageModelUnavailable`` for none."""

    def _no_thinking(self, alias: str) -> Mapping[str, object]:
        """The parameters that switch thinking off there; none where nobody needs them."""
        return {}

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
        try:
            answer = await self._completions.ask(
                lambda seconds: self._aside.run(self._complete(alias, turns, schema, seconds)), deadline
            )
        except LanguageModelUnavailable:
            self._answered_at.pop(alias, None)
            raise
        self._is_up(alias)
        return answer

    async def wake(self, alias: str) -> bool:
        """Have the model behind ``alias`` loaded, where that takes no word to it; whether it is."""
        return False

    def _is_up(self, alias: str) -> None:
        self._answered_at[alias] = asyncio.get_running_loop().time()

    def is_awake(self, alias: str) -> bool:
        """Whether the model answered so lately that it need not be loaded first."""
        answered_at = self._answered_at.get(alias)
        now = asyncio.get_running_loop().time()
        return answered_at is not None and now - answered_at < self._awake_seconds

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
        await self._under_way.end()
        if self._wire:
            await self._wire.aclose()
        self._wire = self._calls = None

    async def _complete(
        self, alias: str, turns: Sequence[Turn], schema: Mapping[str, object], seconds: float
    ) -> Completion:
        answer = await _translated(self._asked(alias, turns, schema, seconds))
        said = completion(answer, alias)
        if is_spent(answer, said) and alias not in self._thinkers:
            self._thinkers.add(alias)
            log.warning(
                "%s spent all %d tokens on thinking; it gets %d from now on. Another model may do better",
                said.model,
                MOST_TOKENS,
                MOST_TOKENS_OF_A_THINKER,
            )
            answer = await _translated(self._asked(alias, turns, schema, seconds))
            said = completion(answer, alias)
        if is_spent(answer, said):
            raise LanguageModelUnavailable(SPENT)
        return said

    async def _embed(self, alias: str, texts: Sequence[str], seconds: float) -> Embedded:
        call, model = self._connected().embed, self._embedder(alias)
        asked = call(model=model, input=list(texts), timeout=seconds)
        answer = await _translated(self._under_way.run(asked))
        return embedded(answer, len(texts), alias)

    async def _asked(
        self, alias: str, turns: Sequence[Turn], schema: Mapping[str, object], seconds: float
    ) -> Any:
        """Ask for an answer by the schema and without thinking; without what the server refuses, for good."""
        import openai

        call = self._connected().complete
        asked = {
            "model": self._named(alias),
            "messages": [asdict(turn) for turn in turns],
            "max_tokens": MOST_TOKENS_OF_A_THINKER if alias in self._thinkers else MOST_TOKENS,
            "timeout": seconds,
        }
        way = self._ways.get(alias, Way())
        while True:
            try:
                wanted = way.parameters(schema, self._no_thinking(alias))
                answer = await self._under_way.run(call(**asked, **wanted))
            except openai.APIStatusError as refused:
                other = way.after(refused.status_code, str(refused))
                if other == way:
                    raise
                way = other
            else:
                self._ways[alias] = way if answer is not None else way.after_nothing()
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
