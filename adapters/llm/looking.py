"""Looking at a model server without litellm: who is there, and with which models."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping

import httpx

from adapters.llm.wire import Wire, client, trusted
from core.errors import LanguageModelUnavailable
from core.text import clean

NEEDED = "tip-generator"
"""The alias without which a language model is of no use to oO."""

LOOK_SECONDS = 5.0
PROBE_SECONDS = 0.3
LOAD_SECONDS = 180.0
LONGEST_NAME = 80


async def look(url: str, listed: str, named: str, *, what: str, key: str = "") -> list[str]:
    """The names of the models that ``url`` answers: the field ``named`` of each entry of ``listed``.

    Raises ``LanguageModelUnavailable`` that says in words what is wrong with ``what``.
    """
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    try:
        async with client(Wire(trust=trusted(url)), LOOK_SECONDS) as http, asyncio.timeout(LOOK_SECONDS):
            response = await http.get(url, headers=headers)
    except (httpx.HTTPError, TimeoutError) as error:
        raise LanguageModelUnavailable(f"{what} does not answer ({type(error).__name__})") from None
    if response.status_code != httpx.codes.OK:
        refused = response.status_code in (400, 401, 403) and key
        hint = ": is the key right?" if refused else ""
        raise LanguageModelUnavailable(f"{what} answers {response.status_code}{hint}")
    return _names(_parsed(response).get(listed), named)


def _names(entries: object, named: str) -> list[str]:
    listed = entries if isinstance(entries, list) else []
    found = [entry.get(named) for entry in listed if isinstance(entry, dict)]
    return [clean(name, LONGEST_NAME) for name in found if isinstance(name, str)]


def _parsed(response: httpx.Response) -> dict[str, object]:
    try:
        answer = json.loads(response.content)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


async def is_ollama(url: str) -> bool:
    """Whether an Ollama answers at ``url`` right away."""
    try:
        async with client(Wire(trust=trusted(url)), PROBE_SECONDS) as http, asyncio.timeout(PROBE_SECONDS):
            return "version" in _parsed(await http.get(f"{url}/api/version"))
    except (httpx.HTTPError, TimeoutError):
        return False


async def load_model(url: str, asked: Mapping[str, str]) -> bool:
    """Whether an Ollama loaded a model when ``url`` was asked for nothing."""
    try:
        async with client(Wire(trust=trusted(url)), LOAD_SECONDS) as http:
            response = await http.post(url, json=asked)
    except httpx.HTTPError:
        return False
    return response.status_code == httpx.codes.OK
