"""Optional parts of a request, dropped where a server refuses them: a schema, and no thinking.

Tests: tests/adapters/llm/test_thinking.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

ABOUT_THINKING = re.compile(
    r"reasoning|chat_template_kwargs|enable_thinking|\bthink(?:ing)?\b", re.IGNORECASE
)
ABOUT_SCHEMA = re.compile(r"response_format|json_?schema|\bschema\b|\bgrammar\b|\bformat\b", re.IGNORECASE)
BAD_REQUEST_STATUSES = (400, 422)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestOptions:
    """Which optional parts a request has."""

    with_schema: bool = True
    without_thinking: bool = True

    def parameters(self, schema: Mapping[str, object], no_thinking: Mapping[str, object]) -> dict[str, Any]:
        """The parameters of a call. ``no_thinking`` holds those that switch thinking off on this server."""
        named = {"name": "answer", "strict": True, "schema": schema}
        form = {"response_format": {"type": "json_schema", "json_schema": named}} if self.with_schema else {}
        return {**form, **(no_thinking if self.without_thinking else {})}

    def after_refusal(self, status: int | None, message: str) -> RequestOptions:
        """The options without the one that ``message`` names; ``self`` if dropping options cannot help.

        A bad request whose message names none may mean either, so both are dropped.
        """
        if self.without_thinking and ABOUT_THINKING.search(message):
            return replace(self, without_thinking=False)
        if status not in BAD_REQUEST_STATUSES:
            return self
        if self.with_schema and ABOUT_SCHEMA.search(message):
            return replace(self, with_schema=False)
        return NO_OPTIONS

    def after_no_answer(self) -> RequestOptions:
        """The options for the next request after litellm returned None: a gateway may have answered 422."""
        return RequestOptions() if self == NO_OPTIONS else NO_OPTIONS


NO_OPTIONS = RequestOptions(with_schema=False, without_thinking=False)
