"""However a model server fails, there is one error, in time, that quotes nothing of the prompt."""

import asyncio
import json
import logging
import re
from functools import partial

import pytest
from aiohttp import web

from adapters.llm import Gateway, Ollama
from core.errors import LanguageModelUnavailable
from tests.adapters.llm.conftest import ANSWER, ask
from tests.servers.llm import ChatRequest, LlmServer, Say, failing
from tests.servers.local import Fault, close, garbage, half_body, hang, nothing, status
from tests.waiting import WAIT_LIMIT

Model = Gateway | Ollama

SHORT = re.compile(r"[A-Za-z]+ [1-5]\d\d|an empty answer|no answer within \d+\.\d s")


def answering(answer: object) -> Fault:
    return status(200, body=json.dumps(answer), content_type="application/json")


def said(message: object) -> Fault:
    """An answer in OpenAI's and in Ollama's form."""
    return answering(
        {
            "id": "x",
            "object": "chat.completion",
            "created": 1,
            "model": "m",
            "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
            "message": message,
            "done": True,
        }
    )


async def unpacked(_request: web.Request) -> web.Response:
    """A small answer that would be a large one, were it unpacked."""
    packed = web.Response(text='{"a": "' + "a" * 10_000_000 + '"}', content_type="application/json")
    packed.enable_compression(web.ContentCoding.gzip)
    packed.headers["Content-Encoding"] = "gzip"
    return packed


FAULTS: dict[str, Say] = {
    **{str(code): failing(code) for code in (400, 401, 403, 404, 408, 413, 422, 500, 502, 503, 504)},
    "429": failing(429, Retry_After="2"),
    "302": status(302, Location="http://127.0.0.1:1/"),
    "page": status(200, body="<html>CANARY</html>"),
    "close": close,
    "half": half_body,
    "garbage": garbage,
    "nothing": nothing,
    "empty": "",
    "blank": " \n\u2003",
    "large": "CANARY" * 2_000_000,
    "packed": unpacked,
    "deep": status(200, body="[" * 100_000, content_type="application/json"),
    "list": answering([]),
    "null": answering(None),
    "object": answering({}),
    "error": answering({"error": {"message": "CANARY", "code": 500}}),
    "no choices": answering({"choices": [], "message": None}),
    "null choices": answering({"choices": None, "message": None}),
    "null message": said(None),
    "no content": said({"role": "assistant"}),
    "null content": said({"role": "assistant", "content": None}),
    "number": said({"role": "assistant", "content": 7}),
    "parts": said({"role": "assistant", "content": [{"type": "text", "text": "CANARY"}]}),
    "tool": said({"role": "assistant", "content": None, "tool_calls": [{"id": "1", "type": "function"}]}),
}


def _always(say: Say, _request: ChatRequest) -> Say:
    return say


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_failure_is_reported_by_its_type_and_status(
    server: LlmServer, model: Model, fault: str
) -> None:
    server.answer = partial(_always, FAULTS[fault])
    with pytest.raises(LanguageModelUnavailable) as told:
        await ask(model)
    assert SHORT.fullmatch(str(told.value)), told.value
    assert told.value.__cause__ is None
    assert len(server.requests) <= 2, "nothing is retried but a refused schema and a broken connection"
    server.answer = partial(_always, ANSWER)
    assert (await ask(model)).text == ANSWER


async def test_a_hanging_model_costs_no_more_than_the_deadline(server: LlmServer, model: Model) -> None:
    await ask(model)
    server.script(hang)
    async with asyncio.timeout(WAIT_LIMIT):
        with pytest.raises(LanguageModelUnavailable, match=r"^no answer within 0\.2 s$"):
            await ask(model, within=0.2)


async def test_a_server_that_is_down_is_noticed_at_once(server: LlmServer, model: Model) -> None:
    await server.stop()
    async with asyncio.timeout(WAIT_LIMIT):
        with pytest.raises(LanguageModelUnavailable, match=r"^\w+Error 500$"):
            await ask(model, within=WAIT_LIMIT)
    await server.start()
    assert (await ask(model)).text == ANSWER


async def test_cancelling_the_wait_cancels_the_request(server: LlmServer, model: Model) -> None:
    server.script(hang)
    waiting = asyncio.create_task(ask(model))
    await server.expect_calls("POST")
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert (await ask(model)).text == ANSWER


async def test_waiting_for_a_free_slot_counts(server: LlmServer) -> None:
    model = Gateway(server.url, "sk-CANARY", at_once=1)
    await ask(model)
    server.script(hang)
    first = asyncio.create_task(ask(model))
    await server.expect_calls("POST", count=2)
    with pytest.raises(LanguageModelUnavailable, match="no answer within"):
        await ask(model, within=0.2)
    assert len(server.requests) == 2, "the second question had no place"
    first.cancel()
    assert (await ask(model)).text == ANSWER
    await model.close()


async def test_after_three_failures_in_a_row_calls_fail_at_once(server: LlmServer, model: Model) -> None:
    server.script(failing(500), failing(500), ANSWER, failing(503), failing(502), failing(429))
    outcomes = []
    for _ in range(8):
        try:
            outcomes.append((await ask(model)).text)
        except LanguageModelUnavailable as unavailable:
            outcomes.append(str(unavailable))
    assert outcomes[2] == ANSWER
    assert outcomes[6:] == ["left alone after failures in a row"] * 2
    assert len(server.requests) == 6


async def test_prompts_answers_and_keys_are_never_logged(
    server: LlmServer,
    model: Model,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    with caplog.at_level(logging.DEBUG):
        await ask(model)
        for name in ("400", "401", "page", "error", "parts", "close"):
            server.answer = partial(_always, FAULTS[name])
            with pytest.raises(LanguageModelUnavailable):
                await ask(model)
            server.answer = partial(_always, ANSWER)
            await ask(model)
        await model.close()
    written = caplog.text + "".join(capfd.readouterr())
    assert "CANARY" not in written
    assert "water the plants" not in written
