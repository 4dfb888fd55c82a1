"""Answers of the API as results of tools: JSON for what worked, plain words for what did not.

A result in JSON can't pose as words of oO: what people wrote stands in quotes, where quotes and line breaks
are escaped.

Tests: tests/bot/mcp/test_results.py.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.api.problems import Kind, Problem
from bot.api.wire import RawAnswer
from core.text import clean

MAX_WORDS = 2000
"""Code points of an explanation."""

WORKED = "Done."

WORDS: Mapping[str, str] = {
    Kind.NOT_FOUND.uri: (
        "The person has no such thing, or it is done or gone. List again to see what there is."
    ),
    Kind.UNAUTHENTICATED.uri: (
        "The token is not in force. The person can make a new one in the chat with oO: /token"
    ),
    Kind.TOO_LARGE.uri: "The arguments are too large.",
}
"""Said instead of title and detail, which speak of HTTP."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolResult:
    """What a call of a tool gives back."""

    texts: tuple[str, ...]
    """The content as JSON, or words; then an ETag, if there is one."""
    content: Any = None
    """An object; None: there is none."""
    failed: bool = False


def result_of(answer: RawAnswer) -> ToolResult:
    """The result that an answer means."""
    if answer.status >= 400:
        return ToolResult(texts=(_words(json.loads(answer.body), answer.headers),), failed=True)
    if not answer.body:
        return ToolResult(texts=(WORKED,))
    etag = answer.headers.get("ETag")
    text = answer.body.decode()
    return ToolResult(texts=(text, f"ETag: {etag}") if etag else (text,), content=json.loads(text))


def refusal(problem: Problem) -> ToolResult:
    """The result of a call that reached no operation."""
    return ToolResult(texts=(words_of(problem),), failed=True)


def words_of(problem: Problem) -> str:
    """The problem in plain words."""
    return _words(problem.document, problem.headers)


def _words(document: Mapping[str, Any], headers: Mapping[str, str]) -> str:
    general = f"{document['title']}. {document.get('detail', '')}"
    said = [WORDS.get(document["type"], general)]
    said += [_fault(one) for one in document.get("errors", ())]
    if "scope" in document:
        said.append(f"It lacks the scope {document['scope']}.")
    if "quiet_until" in document:
        said.append(f"It is quiet until {document['quiet_until']}.")
    if "Retry-After" in headers:
        said.append(f"Try again in {headers['Retry-After']} seconds.")
    return clean(" ".join(said), MAX_WORDS)


def _fault(error: Mapping[str, str]) -> str:
    return f"{error['pointer'].lstrip('/') or 'arguments'}: {error['detail']}."
