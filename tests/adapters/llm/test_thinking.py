"""Thinking is switched off where possible, and separated from the answer elsewhere."""

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest

from adapters.llm import Gateway, Ollama
from adapters.llm.litellm_model import MAX_TOKENS, MAX_TOKENS_WITH_THINKING
from core.errors import LanguageModelUnavailable
from core.llm.answers import parse_answer
from tests.adapters.llm.conftest import ANSWER, SCHEMA, ask
from tests.servers.llm import ChatRequest, LlmServer, Say, message, refusing

Model = Gateway | Ollama

DRAFT = '{"tip": "a draft"}'


def thinks(request: ChatRequest) -> bool:
    """Whether a model that thinks by itself would do so when asked like this."""
    by_ollama = request.body.get("think") in (False, "low")
    by_gateway = request.body.get("reasoning_effort") == "none"
    by_template = request.body.get("chat_template_kwargs") == {"enable_thinking": False}
    return not (by_ollama or (by_gateway and by_template))


async def meant(model: Model) -> object:
    said = await ask(model)
    return parse_answer(said.text, SCHEMA, thoughts=said.thoughts)


async def test_a_model_that_thinks_by_itself_is_told_not_to(server: LlmServer, model: Model) -> None:
    endless = message("", finish="length", thinking="Hm.", reasoning_content="Hm.")
    server.answer = lambda request: endless if thinks(request) else ANSWER
    assert (await ask(model)).text == ANSWER
    assert len(server.requests) == 1


async def test_gpt_oss_is_told_to_think_little(server: LlmServer) -> None:
    model = Ollama(server.url, models={"tip-generator": "tip-generator", "judge": "gpt-oss:20b"})
    await ask(model)
    with pytest.raises(LanguageModelUnavailable):
        await ask(model, "judge")  # it is not there, but it is asked for
    assert [request.body["think"] for request in server.requests] == [False, "low"]
    await model.close()


REFUSED = {
    "reasoning_effort": "Unsupported parameter: 'reasoning_effort' is not supported with this model.",
    "template": "Unrecognized request argument supplied: chat_template_kwargs",
    "thinking": '"llama3.2:3b" does not support thinking',
    "think value": 'think value "false" is not supported for this model',
    "extra": "body.enable_thinking: Extra inputs are not permitted",
}


@pytest.mark.parametrize("words", REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("code", [400, 500])
async def test_a_server_that_refuses_the_switch_is_asked_without_it_from_then_on(
    server: LlmServer, model: Model, words: str, code: int
) -> None:
    server.answer = lambda request: ANSWER if thinks(request) else refusing(code, words)
    for _ in range(2):
        assert (await ask(model)).text == ANSWER
    assert [thinks(request) for request in server.requests] == [False, True, True]
    assert all(request.schema for request in server.requests)


async def test_a_gateway_that_litellm_does_not_understand_is_asked_for_nothing_special_the_next_time(
    server: LlmServer, gateway: Gateway
) -> None:
    # litellm asks twice when it gets a 422, and then returns nothing.
    server.answer = lambda request: ANSWER if thinks(request) else refusing(422, REFUSED["template"])
    with pytest.raises(LanguageModelUnavailable, match="an empty answer"):
        await ask(gateway)
    for _ in range(2):
        assert (await ask(gateway)).text == ANSWER
    assert [bool(request.schema) for request in server.requests] == [True, True, False, False]


async def test_a_refused_schema_leaves_thinking_switched_off(server: LlmServer, model: Model) -> None:
    words = "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model."
    server.answer = lambda request: refusing(400, words) if request.schema else ANSWER
    for _ in range(2):
        assert (await ask(model)).text == ANSWER
    assert [bool(request.schema) for request in server.requests] == [True, False, False]
    assert not any(map(thinks, server.requests))


async def test_both_may_be_refused(server: LlmServer, model: Model) -> None:
    def strict(request: ChatRequest) -> Say:
        if not thinks(request):
            return refusing(400, REFUSED["template"])
        return refusing(400, "json_schema is not supported") if request.schema else ANSWER

    server.answer = strict
    for _ in range(2):
        assert (await ask(model)).text == ANSWER
    assert len(server.requests) == 4


def fields(**of_gateway: Any) -> Callable[[Model], Say]:
    """A message, with what Ollama calls ``thinking`` under its own name."""

    def made(model: Model) -> Say:
        content = of_gateway.get("content", "")
        rest = {name: value for name, value in of_gateway.items() if name != "content"}
        if isinstance(model, Ollama) and "thinking" not in rest:
            rest = {"thinking": next(iter(rest.values()))} if rest else {}
        return message(content, **rest)

    return made


SHAPES = {
    "thoughts apart": fields(content=ANSWER, reasoning_content=DRAFT),
    "the answer in its thoughts": fields(reasoning_content=f"Let me see. {DRAFT}? No: {ANSWER}"),
    "OpenRouter and vLLM": fields(reasoning=f"So: {ANSWER}"),
    "thinking": fields(thinking=f"So:\n```json\n{ANSWER}\n```"),
    "a closed tag": fields(content=f"<think>{DRAFT}</think>\n{ANSWER}"),
    "a tag that opens in the template": fields(content=f"Maybe {DRAFT}\n</think>\n{ANSWER}"),
    "a tag that never closes": fields(content=f"<think>\nIt must be {ANSWER}"),
    "channels": fields(
        content=f"<|channel|>analysis<|message|>{DRAFT}<|end|>"
        f"<|start|>assistant<|channel|>final<|message|>{ANSWER}"
    ),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
async def test_thinking_is_separated_from_the_answer(
    server: LlmServer, model: Model, shape: Callable[[Model], Say]
) -> None:
    server.script(shape(model))
    assert await meant(model) == json.loads(ANSWER)


ARGUMENTS: dict[str, object] = {"as JSON": ANSWER, "as an object": json.loads(ANSWER)}


@pytest.mark.parametrize("arguments", ARGUMENTS.values(), ids=ARGUMENTS)
async def test_a_tool_call_is_an_answer(server: LlmServer, model: Model, arguments: object) -> None:
    if isinstance(model, Ollama) and isinstance(arguments, str):
        arguments = json.loads(arguments)  # Ollama never says it otherwise
    call = {"id": "1", "type": "function", "function": {"name": "answer", "arguments": arguments}}
    server.script(message("", tool_calls=[call]))
    assert await meant(model) == json.loads(ANSWER)


async def test_a_function_call_is_an_answer(server: LlmServer, gateway: Gateway) -> None:
    server.script(message(None, function_call={"name": "answer", "arguments": ANSWER}))
    assert await meant(gateway) == json.loads(ANSWER)


async def test_a_model_that_thinks_anyway_gets_more_tokens_and_one_warning_is_logged(
    server: LlmServer, model: Model, caplog: pytest.LogCaptureFixture
) -> None:
    def long_thinking(request: ChatRequest) -> Say:
        most = request.body.get("max_tokens") or request.body["options"]["num_predict"]
        thoughts = {"thinking": "SECRET"} if isinstance(model, Ollama) else {"reasoning_content": "SECRET"}
        return ANSWER if most > MAX_TOKENS else message("", finish="length", **thoughts)

    server.answer = long_thinking
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            assert (await ask(model)).text == ANSWER
    assert len(server.requests) == 4
    assert caplog.text.count(f"spent all {MAX_TOKENS} tokens on thinking") == 1
    assert str(MAX_TOKENS_WITH_THINKING) in caplog.text
    assert "SECRET" not in caplog.text


@pytest.mark.parametrize("content", ["", "<think>Hm, let me see", f"<|channel|>analysis<|message|>{DRAFT}"])
async def test_running_out_of_tokens_while_thinking_is_reported(
    server: LlmServer, model: Model, content: str
) -> None:
    server.answer = lambda _request: message(content, finish="length", reasoning_content="x", thinking="x")
    for _ in range(2):
        with pytest.raises(LanguageModelUnavailable, match="spent all its tokens on thinking"):
            await ask(model)
    assert len(server.requests) == 3
