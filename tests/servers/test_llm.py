"""The scripted LLM speaks as a gateway and as an Ollama, also to litellm, and keeps what it was sent."""

import json
from collections.abc import AsyncIterator
from types import ModuleType
from typing import Any

import aiohttp
import pytest

from tests.servers.llm import ChatRequest, LlmServer, failing, fenced, halved, in_prose
from tests.servers.local import Fault, close, garbage, half_body, hang, nothing

TIP = '{"tip": "water the plants"}'
SCHEMA = {"type": "object", "properties": {"tip": {"type": "string"}}, "required": ["tip"]}
AS_SCHEMA = {"type": "json_schema", "json_schema": {"name": "tip", "schema": SCHEMA}}
ASKED = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Was jetzt, Zoë?"}]


@pytest.fixture(scope="module")
def litellm() -> ModuleType:
    """The library, imported here because it takes seconds, and told to stay at home."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LITELLM_LOCAL_MODEL_COST_MAP", "True")
        import litellm

    module: ModuleType = litellm
    return module


@pytest.fixture
async def llm() -> AsyncIterator[LlmServer]:
    async with LlmServer(answer=lambda _request: TIP, key="k3y") as server:
        yield server


async def _ask(litellm: ModuleType, llm: LlmServer, model: str = "litellm_proxy/tip-generator") -> str:
    root = llm.url if model.startswith("ollama") else f"{llm.url}/v1"
    answer = await litellm.acompletion(
        model=model,
        api_base=root,
        api_key="k3y",
        messages=ASKED,
        response_format=AS_SCHEMA,
        max_retries=0,
        timeout=0.5,
    )
    content: str = answer.choices[0].message.content
    return content


@pytest.mark.parametrize(
    "model", ["litellm_proxy/tip-generator", "openai/tip-generator", "ollama_chat/tip-generator"]
)
async def test_litellm_gets_the_answer_and_the_server_the_whole_request(
    litellm: ModuleType, llm: LlmServer, model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A model unknown to litellm makes it ask Ollama for its price, blocking the event loop meanwhile.
    free = {"litellm_provider": "ollama", "mode": "chat", "input_cost_per_token": 0.0}
    monkeypatch.setitem(litellm.model_cost, "ollama_chat/tip-generator", free)
    assert await _ask(litellm, llm, model) == TIP
    (request,) = llm.requests
    assert request.model == "tip-generator"
    assert request.text == "Be brief.\nWas jetzt, Zoë?"
    assert request.schema is not None
    assert request.schema["properties"] == SCHEMA["properties"]
    assert "Zoë" in llm.sent


async def test_the_script_comes_before_the_computed_answer(litellm: ModuleType, llm: LlmServer) -> None:
    def echo(request: ChatRequest) -> str:
        return f"{request.model}: {request.messages[-1]['content']}"

    llm.answer = echo
    llm.script(fenced(TIP), halved(TIP), in_prose(TIP), "")
    said = [await _ask(litellm, llm) for _ in range(5)]
    assert said[0] == f"```json\n{TIP}\n```"
    assert said[1] == TIP[: len(TIP) // 2]
    assert TIP in said[2]
    assert not said[2].startswith("{")
    assert said[3:] == ["", "tip-generator: Was jetzt, Zoë?"]


async def test_an_answer_of_ten_megabytes_arrives_whole(litellm: ModuleType, llm: LlmServer) -> None:
    llm.script("a" * 10_000_000)
    assert len(await _ask(litellm, llm)) == 10_000_000


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (failing(400), "BadRequestError"),
        (failing(401), "AuthenticationError"),
        (failing(429, Retry_After="2"), "RateLimitError"),
        (failing(502), "BadGatewayError"),
        (failing(503), "ServiceUnavailableError"),
        (close, "InternalServerError"),
        (nothing, "InternalServerError"),
        (garbage, "InternalServerError"),
        (half_body, "InternalServerError"),
        (hang, "Timeout"),
    ],
)
async def test_litellm_sees_each_fault_once_as_its_own_error(
    litellm: ModuleType, llm: LlmServer, fault: Fault, error: str
) -> None:
    llm.script(fault)
    with pytest.raises(getattr(litellm.exceptions, error)):
        await _ask(litellm, llm)
    assert len(llm.requests) == 1


async def test_a_gateway_wants_its_key_and_knows_its_models(llm: LlmServer) -> None:
    async with aiohttp.ClientSession(llm.url) as client:
        async with client.get("/health/liveliness") as response:
            assert await response.json() == "I'm alive!"
        async with client.get("/v1/models") as response:
            assert response.status == 401
        async with client.get("/v1/models", headers={"Authorization": "Bearer k3y"}) as response:
            names = [model["id"] for model in (await response.json())["data"]]
        unknown = {"model": "gpt-9", "messages": []}
        async with client.post(
            "/v1/chat/completions", json=unknown, headers={"Authorization": "Bearer k3y"}
        ) as response:
            assert response.status == 400
    assert names == ["tip-generator", "embedder", "judge"]


async def test_an_ollama_says_its_version_its_models_and_its_answers() -> None:
    async with (
        LlmServer(answer=lambda request: request.text.upper(), models=["llama3.2"]) as ollama,
        aiohttp.ClientSession(ollama.url) as client,
    ):
        async with client.get("/api/version") as response:
            assert (await response.json())["version"]
        async with client.get("/api/tags") as response:
            names = [model["name"] for model in (await response.json())["models"]]
        assert names == ["llama3.2:latest"]
        good = await _chat(client, "llama3.2:latest")
        bad = await _chat(client, "mistral")
    assert (good["message"], good["done"]) == ({"role": "assistant", "content": "HELLO"}, True)
    assert bad == {"error": "model 'mistral' not found"}


async def _chat(client: aiohttp.ClientSession, model: str) -> Any:
    asked = {"model": model, "messages": [{"role": "user", "content": "hello"}], "stream": False}
    async with client.post("/api/chat", json=asked) as response:
        return json.loads(await response.text())
