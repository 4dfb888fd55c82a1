"""Requests to a model server that bypass litellm: which models it has, whether it is an Ollama.

Tests: tests/adapters/llm/test_checking.py.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping

import httpx

from adapters.llm.transport import BoundedTransport, http_client, ssl_context_for
from core.errors import LanguageModelUnavailable
from core.text import clean

REQUIRED_ALIAS = "tip-generator"
"""The alias without which oO cannot use a language model."""

CHECK_TIMEOUT_SECONDS = 5.0
DISCOVERY_TIMEOUT_SECONDS = 0.3
LOAD_TIMEOUT_SECONDS = 180.0
MAX_NAME_CHARS = 80


async def model_names(url: str, list_field: str, name_field: str, *, server: str, key: str = "") -> list[str]:
    """The ``name_field`` of each entry of ``list_field`` in the JSON at ``url``.

    Raises ``LanguageModelUnavailable`` that tells people what is wrong with ``server``, its name for people.
    """
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    try:
        response = await _get(url, CHECK_TIMEOUT_SECONDS, headers)
    except (httpx.HTTPError, TimeoutError) as error:
        raise LanguageModelUnavailable(f"{server} does not answer ({type(error).__name__})") from None
    if response.status_code != httpx.codes.OK:
        is_refused = response.status_code in (400, 401, 403) and key
        hint = ": is the key right?" if is_refused else ""
        raise LanguageModelUnavailable(f"{server} answers {response.status_code}{hint}")
    return _names(_json_object(response).get(list_field), name_field)


async def is_ollama(url: str) -> bool:
    """Whether an Ollama answers at ``url`` within ``DISCOVERY_TIMEOUT_SECONDS``."""
    try:
        response = await _get(f"{url}/api/version", DISCOVERY_TIMEOUT_SECONDS, {})
    except (httpx.HTTPError, TimeoutError):
        return False
    return "version" in _json_object(response)


async def load_model(url: str, body: Mapping[str, str]) -> bool:
    """Post ``body``, which has no prompt, to ``url`` of an Ollama; whether it loaded the model."""
    try:
        async with http_client(_transport(url), LOAD_TIMEOUT_SECONDS) as http:
            response = await http.post(url, json=body)
    except httpx.HTTPError:
        return False
    return response.status_code == httpx.codes.OK


async def _get(url: str, seconds: float, headers: Mapping[str, str]) -> httpx.Response:
    """The response within ``seconds`` in all, connecting included."""
    async with http_client(_transport(url), seconds) as http, asyncio.timeout(seconds):
        return await http.get(url, headers=headers)


def _transport(url: str) -> BoundedTransport:
    return BoundedTransport(trust=ssl_context_for(url))


def _names(entries: object, name_field: str) -> list[str]:
    listed = entries if isinstance(entries, list) else []
    found = [entry.get(name_field) for entry in listed if isinstance(entry, dict)]
    return [clean(name, MAX_NAME_CHARS) for name in found if isinstance(name, str)]


def _json_object(response: httpx.Response) -> dict[str, object]:
    try:
        parsed = json.loads(response.content)
    except (ValueError, RecursionError):
        return {}
    return parsed if isinstance(parsed, dict) else {}
