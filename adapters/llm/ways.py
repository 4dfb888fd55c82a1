"""In what way a server is asked: with a schema for the answer, with thinking switched off, or without."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

ABOUT_THINKING = re.compile(
    r"reasoning|chat_template_kwargs|enable_thinking|\bthink(?:ing)?\b", re.IGNORECASE
)
ABOUT_SCHEMA = re.compile(r"response_format|json_?schema|\bschema\b|\bgrammar\b|\bformat\b", re.IGNORECASE)
REFUSALS = (400, 422)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What is asked for besides the answer itself."""

    by_schema: bool = True
    without_thinking: bool = True

    def parameters(self, schema: Mapping[str, object], no_thinking: Mapping[str, object]) -> dict[str, Any]:
        """The parameters of a call. ``no_thinking`` are those that switch thinking off there."""
        wanted = {"name": "answer", "strict": True, "schema": schema}
        form = {"response_format": {"type": "json_schema", "json_schema": wanted}} if self.by_schema else {}
        return {**form, **(no_thinking if self.without_thinking else {})}

    def after(self, status: int | None, words: str) -> Way:
        """The way to ask after a refusal: without what it names; the same way if that is no help.

        A bad request that names nothing may mean either.
        """
        thinking, schema = ABOUT_THINKING.search(words), ABOUT_SCHEMA.search(words)
        if thinking and self.without_thinking:
            return replace(self, without_thinking=False)
        if status not in REFUSALS:
            return self
        if schema and self.by_schema:
            return replace(self, by_schema=False)
        return BARE

    def after_nothing(self) -> Way:
        """The way to ask next time after litellm returned nothing: a gateway may have answered 422."""
        return Way() if self == BARE else BARE


BARE = Way(by_schema=False, without_thinking=False)
