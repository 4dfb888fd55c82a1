"""A model in Anthropic's cloud: asked like any other, known to the simulation alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.llm.cloud import ANTHROPIC, Cloud
from adapters.llm.transport import BoundedTransport
from core.errors import LanguageModelUnavailable
from tests.adapters.llm.conftest import ANSWER, KEY, SCHEMA, TURNS
from tests.servers.llm import LlmServer
from tests.servers.local import status
from tests.waiting import WAIT_LIMIT

ROOT = Path(__file__).parents[3]
MODEL = "claude-haiku-4-5"
LONG = timedelta(seconds=WAIT_LIMIT)


@pytest.fixture
async def cloud(server: LlmServer) -> AsyncIterator[Cloud]:
    model = Cloud(KEY, model=MODEL, url=server.url)
    yield model
    await model.close()


async def test_it_is_asked_with_its_key_and_the_schema(server: LlmServer, cloud: Cloud) -> None:
    closed = SCHEMA | {"additionalProperties": False}

    completion = await cloud.complete("judge", TURNS, schema=closed, deadline=LONG)

    assert (completion.text, completion.model) == (ANSWER, "claude-haiku-4-5-20251001")
    (call,), (request,) = server.calls, server.requests
    assert (call.name, call.headers["x-api-key"], request.model) == ("POST /v1/messages", KEY, MODEL)
    assert request.schema == closed
    assert [(turn["role"], turn["content"]) for turn in request.messages] == [
        (turn.role, turn.content) for turn in TURNS
    ]


async def test_a_wrong_key_is_reported_without_the_key(server: LlmServer) -> None:
    cloud = Cloud("sk-WRONG", model=MODEL, url=server.url)
    with pytest.raises(LanguageModelUnavailable, match=r"^AuthenticationError 401$"):
        await cloud.complete("judge", TURNS, schema=SCHEMA, deadline=LONG)
    await cloud.close()


async def test_an_error_is_reported_without_the_prompt(server: LlmServer, cloud: Cloud) -> None:
    server.script(status(529, body=f'{{"error": {{"message": "{TURNS[-1].content}"}}}}'))
    with pytest.raises(LanguageModelUnavailable) as fault:
        await cloud.complete("judge", TURNS, schema=SCHEMA, deadline=LONG)
    assert "CANARY" not in str(fault.value)
    assert len(server.requests) == 1


async def test_it_embeds_nothing(server: LlmServer, cloud: Cloud) -> None:
    with pytest.raises(LanguageModelUnavailable, match="no embeddings"):
        await cloud.embed("embedder", ["Zoë"], deadline=LONG)
    assert server.calls == []


async def test_it_leads_to_anthropic() -> None:
    asked = {}

    class Litellm:
        aembedding = None

        async def acompletion(self, **arguments: object) -> None:
            asked.update(arguments)

    await Cloud(KEY, model=MODEL)._connect(Litellm(), BoundedTransport()).complete(model="m")

    assert asked["api_base"] == ANTHROPIC == "https://api.anthropic.com"
    assert asked["api_key"] == KEY


async def test_it_leads_nowhere_else_whatever_the_environment_says(
    server: LlmServer, cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with LlmServer(answer=lambda _request: ANSWER, models=[MODEL]) as elsewhere:
        for name in ("ANTHROPIC_API_BASE", "ANTHROPIC_BASE_URL", "OPENAI_API_BASE", "OPENAI_BASE_URL"):
            monkeypatch.setenv(name, elsewhere.url)
        monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ELSEWHERE")
        await cloud.complete("judge", TURNS, schema=SCHEMA, deadline=LONG)

    assert [call.headers["x-api-key"] for call in server.calls] == [KEY]
    assert elsewhere.calls == []


@pytest.mark.parametrize(
    ("word", "places"),
    [
        ("anthropic_api_key", {"bot/settings.py", "bot/simulate/command.py"}),
        ("llm.cloud", {"bot/simulate/command.py"}),
    ],
)
def test_only_the_simulation_knows_of_it(word: str, places: set[str]) -> None:
    sources = [path for room in ("bot", "core", "adapters", "jobs") for path in (ROOT / room).rglob("*.py")]
    found = {str(path.relative_to(ROOT)) for path in sources if word in path.read_text(encoding="utf-8")}
    assert found == places
