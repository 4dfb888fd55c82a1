"""What litellm returns -> ``Completion``: words, tool calls, and what was thought aloud beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from adapters.llm.vectors import LONGEST_NAME
from core.errors import LanguageModelUnavailable
from core.llm.thinking import spoken
from core.ports import Completion
from core.text import clean

THOUGHTS = ("reasoning_content", "reasoning", "thinking")
PROVIDERS = ("litellm_proxy/", "ollama_chat/", "openai/")


def completion(answer: Any, alias: str) -> Completion:
    """The first choice. Raises ``LanguageModelUnavailable`` if it holds nothing."""
    message = getattr(_choice(answer), "message", None)
    text = _text(getattr(message, "content", None)) or _calls(message)
    thoughts = _thoughts(message)
    if not (text or thoughts):
        raise LanguageModelUnavailable("an empty answer")
    name = str(answer.model or "")
    for provider in PROVIDERS:
        name = name.removeprefix(provider)
    return Completion(text=text, model=clean(name, LONGEST_NAME) or alias, thoughts=thoughts)


def is_spent(answer: Any, said: Completion) -> bool:
    """Whether the tokens were used up before the first word of an answer: it was all thinking."""
    return getattr(_choice(answer), "finish_reason", None) == "length" and not spoken(said.text).strip()


def _choice(answer: Any) -> Any:
    choices = getattr(answer, "choices", None)  # for some refusals litellm returns None
    return choices[0] if choices else None


def _text(value: object) -> str:
    return value if isinstance(value, str) and value.strip() else ""


def _thoughts(message: Any) -> str:
    """Ollama, llama.cpp, DeepSeek and vLLM name them differently; litellm knows some of the names."""
    extra = getattr(message, "provider_specific_fields", None)
    others = extra if isinstance(extra, dict) else {}
    found = [getattr(message, name, None) or others.get(name) for name in THOUGHTS]
    return next(filter(None, map(_text, found)), "")


def _calls(message: Any) -> str:
    """Tool calls as JSON; nobody offered the model a tool, so what it means is the answer."""
    calls = getattr(message, "tool_calls", None) or []
    called = [*(getattr(call, "function", None) for call in calls), getattr(message, "function_call", None)]
    found = list(_named(called))
    return json.dumps(found, ensure_ascii=False) if found else ""


def _named(called: list[Any]) -> Iterator[dict[str, object]]:
    for function in called:
        arguments = getattr(function, "arguments", None)
        if arguments:
            yield {"name": getattr(function, "name", None), "arguments": arguments}
