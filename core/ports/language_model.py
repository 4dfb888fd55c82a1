"""Language models.

Tests: tests/core/deciding/test_llm_tips.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """A language model's answer."""

    text: str
    model: str
    """Name of the model that wrote it."""
    thoughts: str = ""
    """Its reasoning, if the server returns that separately."""
    input_tokens: int | None = None
    """Tokens of the prompt, as the server counted them; None if it does not say."""
    output_tokens: int | None = None
    """Tokens of the answer, likewise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One message of a prompt."""

    role: str
    """``system``, ``user`` or ``assistant``."""
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """Embeddings of some texts."""

    vectors: tuple[tuple[float, ...], ...]
    """One for each text, in their order; all of the same length."""
    model: str
    """Name of the model."""
    input_tokens: int | None = None
    """Tokens of the texts, as the server counted them; None if it does not say."""


class LanguageModel(Protocol):
    """A language model behind an alias (``tip-generator``, ``embedder``, ``judge``)."""

    async def complete(
        self, alias: str, turns: Sequence[Turn], *, schema: Mapping[str, object], deadline: timedelta
    ) -> Completion:
        """Ask for JSON that follows ``schema``, within ``deadline``. Raises ``LanguageModelUnavailable``."""
        ...

    def is_awake(self, alias: str) -> bool:
        """Whether the model answered recently, so that it need not be loaded first."""
        ...

    async def embed(self, alias: str, texts: Sequence[str], *, deadline: timedelta) -> Embedded:
        """Embed ``texts`` as finite vectors within ``deadline``. Raises ``LanguageModelUnavailable``."""
        ...
