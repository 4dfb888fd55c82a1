"""The llama.cpp server of the tests is real: it obeys schemas, embeds, and dies when it is killed."""

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.servers.llama import LlamaServer
from tests.waiting import WAIT_LIMIT

pytestmark = pytest.mark.xdist_group("llama")  # one worker starts it for all

SCHEMA = {
    "type": "object",
    "properties": {
        "kind": {"enum": ["task", "habit"]},
        "tip": {"type": "string", "maxLength": 80},
        "minutes": {"type": "integer", "minimum": 1, "maximum": 90},
        "facts": {"type": "array", "items": {"enum": ["t1", "t2"]}, "maxItems": 2},
    },
    "required": ["kind", "tip", "minutes", "facts"],
    "additionalProperties": False,
}


@pytest.fixture(scope="module")
def llama(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LlamaServer]:
    with LlamaServer(tmp_path_factory.mktemp("llama")) as server:
        yield server


def _post(llama: LlamaServer, path: str, **body: Any) -> Any:
    response = httpx.post(f"{llama.url}{path}", json={"model": "tip-generator", **body}, timeout=WAIT_LIMIT)
    assert response.status_code == 200, response.text
    return response.json()


def _chat(llama: LlamaServer, text: str, **options: Any) -> str:
    messages = [{"role": "user", "content": text}]
    answer = _post(llama, "/v1/chat/completions", messages=messages, max_tokens=300, **options)
    content: str = answer["choices"][0]["message"]["content"]
    return content


@pytest.mark.parametrize("temperature", [0.0, 0.7, 1.0])
def test_a_schema_is_obeyed_at_every_temperature(llama: LlamaServer, temperature: float) -> None:
    said = _chat(
        llama,
        "What should I do now, Zoë? " * 40,
        temperature=temperature,
        response_format={"type": "json_schema", "json_schema": {"name": "tip", "schema": SCHEMA}},
    )
    tip = json.loads(said)
    assert tip.keys() == {"kind", "tip", "minutes", "facts"}
    assert tip["kind"] in {"task", "habit"}
    assert 1 <= tip["minutes"] <= 90
    assert set(tip["facts"]) <= {"t1", "t2"}


def test_the_most_likely_text_is_the_one_that_was_learnt(llama: LlamaServer) -> None:
    assert _chat(llama, "What now?", temperature=0) == "walk outside"


def test_texts_are_embedded_and_like_is_nearest_to_like(llama: LlamaServer) -> None:
    texts = ["water the plants", "water the plant", "1234567890"]
    first, second, third = (
        entry["embedding"] for entry in _post(llama, "/v1/embeddings", input=texts)["data"]
    )
    assert math.dist(first, second) < math.dist(first, third)
    assert len(first) == 64


def test_a_killed_server_is_gone_and_can_start_again(tmp_path: Path) -> None:
    with LlamaServer(tmp_path) as llama:
        assert httpx.get(f"{llama.url}/health").status_code == 200
        llama.kill()
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{llama.url}/health")
        llama.start()
        assert httpx.get(f"{llama.url}/health").status_code == 200
