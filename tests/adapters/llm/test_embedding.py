"""Texts become vectors through the alias `embedder`; anything else is reported by its type alone."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from functools import partial

import pytest

from adapters.llm import Gateway, Ollama
from core.embeddings.space import PROBES, measure
from core.errors import LanguageModelUnavailable
from core.ports import Embedded
from tests.adapters.llm.conftest import ANSWER, KEY, ask
from tests.servers.llama import LlamaServer
from tests.servers.llm import EmbeddingRequest, LlmServer, Vectors, failing
from tests.servers.local import Fault, close, garbage, half_body, hang, nothing, status
from tests.waiting import WAIT_LIMIT

Model = Gateway | Ollama

TEXTS = ["Pay the rent CANARY", "Zoë's fern 🌱"]
VECTORS = [(0.25, -1.0, 1e-30), (3, 0.1, 2)]
MODELS = {"tip-generator": "llama3.2:3b", "embedder": "nomic-embed-text"}
TOLD = re.compile(r"[A-Za-z]+ [1-5]\d\d|(\d|no) vectors? [a-z0-9 ]+|vectors [a-z ]+|a vector of [a-z ]+")


def _always(vectors: Vectors, _request: EmbeddingRequest) -> Vectors:
    return vectors


@pytest.fixture
async def server() -> AsyncIterator[LlmServer]:
    names = [*MODELS, *MODELS.values()]
    async with LlmServer(
        answer=lambda _: ANSWER, embed=partial(_always, VECTORS), models=names, key=""
    ) as one:
        yield one


@pytest.fixture(params=["gateway", "ollama"])
async def model(request: pytest.FixtureRequest, server: LlmServer) -> AsyncIterator[Model]:
    gateway = request.param == "gateway"
    one = Gateway(server.url, KEY) if gateway else Ollama(server.url, models=MODELS)
    yield one
    await one.close()


async def embed(model: Model, texts: list[str] = TEXTS, *, within: float = WAIT_LIMIT) -> Embedded:
    return await model.embed("embedder", texts, deadline=timedelta(seconds=within))


async def test_every_text_has_its_vector(server: LlmServer, model: Model) -> None:
    found = await embed(model)
    assert found.vectors == tuple(tuple(map(float, vector)) for vector in VECTORS)
    name = "embedder" if isinstance(model, Gateway) else "nomic-embed-text"
    assert found.model == name
    (request,) = server.embedded
    assert (request.model, request.texts) == (name, TEXTS)
    assert [call.name for call in server.calls] == ["POST /v1/embeddings"]


async def test_vectors_are_put_in_order(server: LlmServer, model: Model) -> None:
    server.embed = partial(_always, answering([entry(1, [2.0]), entry(0, [1.0])]))
    assert (await embed(model)).vectors == ((1.0,), (2.0,))


async def test_an_alias_without_a_model_is_unavailable(server: LlmServer, model: Model) -> None:
    with pytest.raises(LanguageModelUnavailable, match=r"^no model is named for ears$|^BadRequestError 400$"):
        await model.embed("ears", TEXTS, deadline=timedelta(seconds=WAIT_LIMIT))
    assert not await model.offers("ears")
    assert await model.offers("embedder")


async def test_an_ollama_that_has_not_pulled_it_does_not_offer_it() -> None:
    async with LlmServer(models=["llama3.2:3b"]) as server:
        assert not await Ollama(server.url, models=MODELS).offers("embedder")


# --- A server that does otherwise ---------------------------------------------------------------------------


def answering(data: object) -> Fault:
    body = {"object": "list", "data": data, "model": "m", "usage": {"prompt_tokens": 1, "total_tokens": 1}}
    return status(200, body=json.dumps(body), content_type="application/json")


def entry(index: object, vector: object) -> dict[str, object]:
    return {"object": "embedding", "index": index, "embedding": vector}


def both(vector: object) -> Fault:
    return answering([entry(0, vector), entry(1, [1.0, 2.0])])


FAULTS: dict[str, Vectors] = {
    **{str(code): failing(code) for code in (400, 401, 403, 404, 413, 422, 429, 500, 502, 503, 504)},
    "302": status(302, Location="http://127.0.0.1:1/"),
    "page": status(200, body="<html>CANARY</html>"),
    "close": close,
    "half": half_body,
    "garbage": garbage,
    "nothing": nothing,
    "too few": [(1.0, 2.0)],
    "too many": [(1.0, 2.0)] * 3,
    "none": [],
    "several lengths": [(1.0, 2.0), (1.0,)],
    "empty": [(), ()],
    "huge": [(0.1,) * 8193] * 2,
    "large": answering([entry(0, "x" * 3_000_000), entry(1, [1.0])]),
    "NaN": both([float("nan"), 1.0]),
    "infinite": both([float("inf"), 1.0]),
    "words": both(["CANARY", 1.0]),
    "base64": both("AACAPwAAAEA="),
    "null": both(None),
    "nested": both([[1.0], [2.0]]),
    "twice": answering([entry(0, [1.0]), entry(0, [2.0])]),
    "elsewhere": answering([entry(1, [1.0]), entry(2, [2.0])]),
    "null data": answering(None),
    "object": answering({"0": [1.0]}),
    "error": status(200, body='{"error": {"message": "CANARY"}}', content_type="application/json"),
    "list": status(200, body="[]", content_type="application/json"),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_failure_is_reported_by_its_type(server: LlmServer, model: Model, fault: str) -> None:
    server.embed = partial(_always, FAULTS[fault])
    with pytest.raises(LanguageModelUnavailable) as told:
        await embed(model)
    assert TOLD.fullmatch(str(told.value)), told.value
    assert told.value.__cause__ is None
    server.embed = partial(_always, VECTORS)
    assert len((await embed(model)).vectors) == 2


async def test_a_hanging_embedder_costs_no_more_than_the_deadline_and_no_tip(
    server: LlmServer, model: Model
) -> None:
    await embed(model)
    server.embed = partial(_always, hang)
    async with asyncio.timeout(WAIT_LIMIT):
        for _ in range(3):
            with pytest.raises(LanguageModelUnavailable, match=r"^no answer within 0\.1 s$"):
                await embed(model, within=0.1)
        with pytest.raises(LanguageModelUnavailable, match="left alone"):
            await embed(model)
        assert (await ask(model)).text == ANSWER


# --- The real thing -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def llama(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LlamaServer]:
    with LlamaServer(tmp_path_factory.mktemp("llama")) as server:
        yield server


async def test_a_real_engine_embeds_but_one_that_learned_nothing_is_of_no_use(llama: LlamaServer) -> None:
    model = Gateway(llama.url, "")
    one, again = [await embed(model, list(PROBES)) for _ in range(2)]
    await model.close()
    assert len(one.vectors) == len(PROBES)
    assert one.vectors[0] == pytest.approx(again.vectors[0], abs=1e-3)
    with pytest.raises(LanguageModelUnavailable, match="don't tell"):
        measure(one)
