"""A question goes to the model behind an alias, once, with its schema; the answer comes back as it is."""

import pytest

from adapters.llm import Gateway, Ollama
from core.errors import LanguageModelUnavailable, SettingsError
from tests.adapters.llm.conftest import ANSWER, KEY, MODELS, SCHEMA, ask
from tests.servers.llm import LlmServer, failing, fenced, halved, in_prose

Model = Gateway | Ollama


async def test_a_gateway_knows_the_alias_and_gets_the_key(server: LlmServer, gateway: Gateway) -> None:
    completion = await ask(gateway)
    assert (completion.text, completion.model) == (ANSWER, "tip-generator")
    (call,), (request,) = server.calls, server.requests
    assert (call.name, request.model) == ("POST /v1/chat/completions", "tip-generator")
    assert call.headers["Authorization"] == f"Bearer {KEY}"
    assert request.body["response_format"] == {
        "type": "json_schema",
        "json_schema": {"name": "answer", "strict": True, "schema": SCHEMA},
    }
    assert request.body["max_tokens"] == 1500


async def test_ollama_is_asked_for_the_model_behind_the_alias(server: LlmServer, ollama: Ollama) -> None:
    for alias, name in MODELS.items():
        completion = await ask(ollama, alias)
        assert (completion.text, completion.model) == (ANSWER, name)
    assert [request.model for request in server.requests] == list(MODELS.values())
    assert server.requests[0].body["format"] == SCHEMA
    assert server.requests[0].body["options"] == {"num_predict": 1500}


async def test_ollama_is_asked_nothing_but_the_question(server: LlmServer, ollama: Ollama) -> None:
    # About a model that it has no price for, litellm asks by itself, over a socket that blocks.
    for _ in range(3):
        await ask(ollama)
    assert [call.name for call in server.calls] == ["POST /api/chat"] * 3


async def test_the_turns_arrive_as_they_were_given(server: LlmServer, model: Model) -> None:
    await ask(model)
    (request,) = server.requests
    assert [(message["role"], message["content"]) for message in request.messages] == [
        ("system", "Be brief."),
        ("user", "Was jetzt, Zoë? CANARY"),
    ]


@pytest.mark.parametrize("said", [fenced(ANSWER), halved(ANSWER), in_prose(ANSWER), "no", '"🌱"'])
async def test_what_the_model_says_is_for_the_core_to_judge(
    server: LlmServer, model: Model, said: str
) -> None:
    server.script(said)
    assert (await ask(model)).text == said


async def test_an_alias_that_is_not_there_is_unavailable(server: LlmServer, model: Model) -> None:
    with pytest.raises(LanguageModelUnavailable, match=r"^(BadRequest|NotFound)Error 40[04]$"):
        await ask(model, "gpt-9")


# --- A server that does not take schemas --------------------------------------------------------------------


async def test_a_refused_schema_is_left_out_from_then_on(server: LlmServer, model: Model) -> None:
    server.answer = lambda request: failing(400) if request.schema else ANSWER
    for _ in range(2):
        assert (await ask(model)).text == ANSWER
    assert [request.schema is not None for request in server.requests] == [True, False, False]


async def test_each_alias_is_asked_with_the_schema_first(server: LlmServer, model: Model) -> None:
    server.answer = lambda request: failing(400) if request.schema else ANSWER
    await ask(model, "tip-generator")
    await ask(model, "judge")
    assert [request.schema is not None for request in server.requests] == [True, False, True, False]


async def test_a_bad_request_that_is_bad_either_way_does_not_cost_the_schema(
    server: LlmServer, model: Model
) -> None:
    server.script(failing(400), failing(400))
    with pytest.raises(LanguageModelUnavailable, match=r"^BadRequestError 400$"):
        await ask(model)
    await ask(model)
    assert [request.schema is not None for request in server.requests] == [True, False, True]


# --- Where prompts go ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (Gateway("https://llm.example.org:4000/", "k"), "the LiteLLM gateway at llm.example.org"),
        (Gateway("http://user:CANARY@10.0.0.7", "k"), "the LiteLLM gateway at 10.0.0.7"),
        (Ollama("http://127.0.0.1:11434", models=MODELS), "Ollama on this machine"),
        (Ollama("http://localhost:11434/", models=MODELS), "Ollama on this machine"),
        (Ollama("http://[::1]:11434", models=MODELS), "Ollama on this machine"),
        (Ollama("http://gpu.lan:11434", models=MODELS), "Ollama at gpu.lan"),
    ],
)
def test_where_prompts_go_is_said_in_words(model: Model, words: str) -> None:
    assert model.describe() == words


@pytest.mark.parametrize("name", ["gpt-oss:120b-cloud", "glm-4.6:cloud"])
def test_a_model_in_ollamas_cloud_is_refused(name: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Ollama("http://127.0.0.1:11434", models={**MODELS, "judge": name})
    assert refused.value.faults == (f"llm.models: {name} runs in Ollama's cloud",)
