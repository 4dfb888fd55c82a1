"""A scripted model server, and both adapters connected to it."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.llm import Gateway, Ollama
from core.ports import Completion, Turn
from tests.servers.llm import LlmServer
from tests.waiting import WAIT_LIMIT

KEY = "sk-CANARY"
MODELS = {"tip-generator": "llama3.2:3b", "judge": "qwen2.5:7b"}
ANSWER = '{"tip": "water the plants"}'
SCHEMA = {"type": "object", "properties": {"tip": {"type": "string"}}, "required": ["tip"]}
TURNS = [Turn(role="system", content="Be brief."), Turn(role="user", content="Was jetzt, Zoë? CANARY")]


@pytest.fixture
async def server() -> AsyncIterator[LlmServer]:
    models = ["tip-generator", "judge", *MODELS.values()]
    async with LlmServer(answer=lambda _request: ANSWER, models=models, key=KEY) as running:
        yield running


@pytest.fixture
async def gateway(server: LlmServer) -> AsyncIterator[Gateway]:
    model = Gateway(server.url, KEY)
    yield model
    await model.close()


@pytest.fixture
async def ollama(server: LlmServer) -> AsyncIterator[Ollama]:
    model = Ollama(server.url, models=MODELS)
    yield model
    await model.close()


@pytest.fixture(params=["gateway", "ollama"])
def model(request: pytest.FixtureRequest, gateway: Gateway, ollama: Ollama) -> Gateway | Ollama:
    return gateway if request.param == "gateway" else ollama


async def ask(
    model: Gateway | Ollama, alias: str = "tip-generator", *, within: float = WAIT_LIMIT
) -> Completion:
    """One question; 20 s because the first one of a test run imports litellm."""
    return await model.complete(alias, TURNS, schema=SCHEMA, deadline=timedelta(seconds=within))
