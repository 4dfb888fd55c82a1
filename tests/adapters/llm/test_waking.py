"""A model is awake if it answered recently; Ollama can load one without a prompt."""

import asyncio

import pytest

from adapters.llm import Gateway, Ollama
from adapters.llm.litellm_model import AWAKE_SECONDS
from core.errors import LanguageModelUnavailable
from tests.adapters.llm.conftest import MODELS, ask
from tests.servers.llm import LlmServer, failing
from tests.servers.local import hang

Model = Gateway | Ollama


async def test_no_model_is_awake_before_the_first_answer(server: LlmServer, model: Model) -> None:
    assert not model.is_awake("tip-generator")
    server.script(failing(500))
    with pytest.raises(LanguageModelUnavailable):
        await ask(model)
    assert not model.is_awake("tip-generator")
    await ask(model)
    assert model.is_awake("tip-generator")
    assert not model.is_awake("judge")


async def test_a_model_that_failed_is_not_awake(server: LlmServer, model: Model) -> None:
    await ask(model)
    server.script(failing(503))
    with pytest.raises(LanguageModelUnavailable):
        await ask(model)
    assert not model.is_awake("tip-generator")


async def test_after_long_idleness_it_may_be_asleep(
    server: LlmServer, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ask(model)
    loop = asyncio.get_running_loop()
    now = loop.time()
    keeps = 15 * 60 if isinstance(model, Ollama) else AWAKE_SECONDS
    monkeypatch.setattr(loop, "time", lambda: now + keeps - 1)
    assert model.is_awake("tip-generator")
    monkeypatch.setattr(loop, "time", lambda: now + keeps + 1)
    assert not model.is_awake("tip-generator")


async def test_ollama_loads_a_model_without_a_prompt(server: LlmServer, ollama: Ollama) -> None:
    assert await ollama.wake("tip-generator")
    assert server.loaded == [{"model": MODELS["tip-generator"], "keep_alive": "900s"}]
    assert server.requests == []
    assert ollama.is_awake("tip-generator")


async def test_a_model_that_can_not_be_loaded_is_not_awake(
    server: LlmServer, ollama: Ollama, gateway: Gateway
) -> None:
    assert not await ollama.wake("gpt-9")
    assert not await gateway.wake("tip-generator")
    await server.stop()
    assert not await ollama.wake("tip-generator")
    assert not ollama.is_awake("tip-generator")
    assert server.requests == []


async def test_ollama_is_told_how_long_to_keep_a_model(server: LlmServer, ollama: Ollama) -> None:
    await ask(ollama)
    assert server.requests[0].body["keep_alive"] == "900s"


async def test_a_model_that_missed_the_deadline_is_loaded_for_the_next_request(
    server: LlmServer, ollama: Ollama
) -> None:
    await ask(ollama)
    server.script(hang)
    with pytest.raises(LanguageModelUnavailable, match="no answer within"):
        await ask(ollama, within=0.1)
    (call,) = await server.expect_calls("POST /api/generate")
    assert call.json == {"model": MODELS["tip-generator"], "keep_alive": "900s"}
