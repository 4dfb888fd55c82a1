"""A response of litellm -> ``Completion``: its text or tool calls, and the model's thinking.

Tests: tests/core/llm/test_answers.py, tests/adapters/llm/test_asking.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from adapters.llm.probe import MAX_NAME_CHARS
from core.errors import AnswerLost
from core.llm.thinking import without_thinking
from core.ports import Completion
from core.text import clean

THINKING_FIELDS = ("reasoning_content", "reasoning", "thinking")
MAX_TOKEN_COUNT = 10_000_000
"""No request has more; a larger number is a fault of the server."""

PROVIDERS = ("litellm_proxy/", "ollama_chat/", "openai/")


def completion(response: Any, alias: str) -> Completion:
    """The first choice of ``response``. Raises ``AnswerLost`` if it is empty."""
    message = getattr(_choice(response), "message", None)
    text = _text(getattr(message, "content", None))
    if "{" not in without_thinking(text):  # a call beside prose is the answer
        text = _tool_calls(message) or text
    thoughts = _thinking(message)
    if not (text or thoughts):
        raise AnswerLost("an empty answer")
    name = str(response.model or "")
    for provider in PROVIDERS:
        name = name.removeprefix(provider)
    return Completion(
        text=text,
        model=clean(name, MAX_NAME_CHARS) or alias,
        thoughts=thoughts,
        input_tokens=token_count(response, "prompt_tokens"),
        output_tokens=token_count(response, "completion_tokens"),
    )


def token_count(response: Any, name: str) -> int | None:
    """The number of tokens that ``response`` states under ``name``; None if it states none."""
    count = getattr(getattr(response, "usage", None), name, None)
    return count if type(count) is int and 0 < count <= MAX_TOKEN_COUNT else None


def ran_out_of_tokens(response: Any, said: Completion) -> bool:
    """Whether thinking used up all tokens, so that the answer has no text."""
    reason = getattr(_choice(response), "finish_reason", None)
    return reason == "length" and not without_thinking(said.text).strip()


def _choice(response: Any) -> Any:
    choices = getattr(response, "choices", None)  # for some refusals litellm returns None
    return choices[0] if choices else None


def _text(value: object) -> str:
    return value if isinstance(value, str) and value.strip() else ""


def _thinking(message: Any) -> str:
    """Servers use different field names for it, of which litellm knows some."""
    extra = getattr(message, "provider_specific_fields", None)
    others = extra if isinstance(extra, dict) else {}
    found = [getattr(message, name, None) or others.get(name) for name in THINKING_FIELDS]
    return next(filter(None, map(_text, found)), "")


def _tool_calls(message: Any) -> str:
    """Tool calls as JSON text. oO offers no tools, so the model means them as its answer."""
    calls = getattr(message, "tool_calls", None) or []
    functions = [
        *(getattr(call, "function", None) for call in calls),
        getattr(message, "function_call", None),
    ]
    found = list(_with_arguments(functions))
    return json.dumps(found, ensure_ascii=False) if found else ""


def _with_arguments(functions: list[Any]) -> Iterator[dict[str, object]]:
    for function in functions:
        arguments = getattr(function, "arguments", None)
        if arguments:
            yield {"name": getattr(function, "name", None), "arguments": arguments}
