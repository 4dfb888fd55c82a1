"""A check tells the operator in words what a model server has, lacks or refuses."""

import ssl
import time

import pytest

from adapters.llm import Gateway, Ollama, discover_ollama, probe, transport
from core.errors import LanguageModelUnavailable
from tests.adapters.llm.conftest import KEY, MODELS
from tests.servers.llm import LlmServer, failing
from tests.servers.local import Fault, close, garbage, half_body, hang, nothing, status
from tests.waiting import WAIT_LIMIT

Model = Gateway | Ollama


async def test_a_gateway_in_order_says_what_it_has(gateway: Gateway) -> None:
    assert await gateway.check() == (
        "the LiteLLM gateway at 127.0.0.1 has tip-generator, judge, llama3.2:3b, qwen2.5:7b"
    )


async def test_a_gateway_without_the_alias_is_of_no_use() -> None:
    async with LlmServer(models=["gpt-9"]) as server:
        with pytest.raises(LanguageModelUnavailable, match="answers, but has no model tip-generator"):
            await Gateway(server.url, "").check()


async def test_a_wrong_key_is_the_likely_reason_for_a_refusal(server: LlmServer) -> None:
    with pytest.raises(LanguageModelUnavailable, match="answers 401: is the key right") as told:
        await Gateway(server.url, "sk-WRONG").check()
    assert "sk-WRONG" not in str(told.value)


async def test_an_ollama_in_order_says_what_it_has(ollama: Ollama) -> None:
    assert await ollama.check() == (
        "Ollama on this machine has tip-generator: llama3.2:3b, judge: qwen2.5:7b"
    )


async def test_a_model_that_was_not_pulled_is_named() -> None:
    async with LlmServer(models=["llama3.2"]) as server:
        some = Ollama(server.url, models={"tip-generator": "llama3.2", "embedder": "nomic-embed-text"})
        none = Ollama(server.url, models=MODELS)
        assert await some.check() == (
            "Ollama on this machine has tip-generator: llama3.2; for embedder: ollama pull nomic-embed-text"
        )
        with pytest.raises(LanguageModelUnavailable, match=r"lacks a model; for tip-generator: ollama pull"):
            await none.check()


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (failing(500), "answers 500$"),
        (status(302, Location="http://127.0.0.1:1/"), "answers 302$"),
        (close, "does not answer"),
        (half_body, "does not answer"),
        (hang, "does not answer"),
        (garbage, "no model|lacks a model"),
        (nothing, "no model|lacks a model"),
        (status(200, body='{"data": 7, "models": [7, {"id": 7}, null]}'), "no model|lacks a model"),
        (status(200, body="[" * 100_000), "no model|lacks a model"),
        (status(200, body=" " * 300_000), "does not answer"),
    ],
)
async def test_a_failed_check_says_what_is_wrong(
    server: LlmServer, model: Model, fault: Fault, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probe, "CHECK_TIMEOUT_SECONDS", 0.5 if fault is hang else WAIT_LIMIT)
    server.faults.always(fault)
    with pytest.raises(LanguageModelUnavailable, match=words) as told:
        await model.check()
    assert str(told.value).startswith(model.describe())
    assert KEY not in str(told.value)


async def test_a_server_that_is_down_is_reported(server: LlmServer, model: Model) -> None:
    await server.stop()
    with pytest.raises(LanguageModelUnavailable, match=r"does not answer \(ConnectError\)$"):
        await model.check()


async def test_an_ollama_is_found_where_it_is(server: LlmServer) -> None:
    assert await discover_ollama(server.url) == server.url


async def test_reading_root_certificates_costs_the_ollama_none_of_its_time(
    server: LlmServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificates = ssl.create_default_context()

    def slow() -> ssl.SSLContext:
        time.sleep(2 * probe.DISCOVERY_TIMEOUT_SECONDS)
        return certificates

    monkeypatch.setattr(ssl, "create_default_context", slow)
    transport.root_certificates.cache_clear()
    assert await discover_ollama(server.url) == server.url


@pytest.mark.parametrize("fault", [status(404), close, garbage, nothing, hang])
async def test_what_is_no_ollama_is_not_found(server: LlmServer, fault: Fault) -> None:
    server.faults.always(fault)
    assert await discover_ollama(server.url) is None


async def test_where_nobody_listens_no_ollama_is_found(server: LlmServer) -> None:
    await server.stop()
    assert await discover_ollama(server.url) is None
