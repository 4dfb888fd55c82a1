"""The shipped gateway configuration works in the real LiteLLM proxy, here in front of a real llama.cpp."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from tests.servers.litellm_proxy import SHIPPED_CONFIG, LiteLlmProxy
from tests.servers.llama import LlamaServer
from tests.waiting import WAIT_LIMIT

SCHEMA = {
    "type": "object",
    "properties": {"tip": {"type": "string", "maxLength": 80}},
    "required": ["tip"],
    "additionalProperties": False,
}
CHAT = {
    "model": "tip-generator",
    "messages": [{"role": "user", "content": "What should I do now?"}],
    "max_tokens": 200,
    "response_format": {"type": "json_schema", "json_schema": {"name": "tip", "schema": SCHEMA}},
}


def test_the_shipped_configuration_names_the_aliases_and_holds_no_secret() -> None:
    config = yaml.safe_load(SHIPPED_CONFIG.read_text())
    assert [entry["model_name"] for entry in config["model_list"]] == ["tip-generator", "embedder", "judge"]
    assert {entry["litellm_params"]["api_base"] for entry in config["model_list"]} == {
        "os.environ/OLLAMA_URL"
    }
    assert config["general_settings"] == {"master_key": "os.environ/LITELLM_MASTER_KEY"}


# One test for all: every start of the proxy takes eight seconds of work.
def test_the_proxy_serves_every_alias_to_the_key_holder_and_ends_with_its_processes(tmp_path: Path) -> None:
    with LlamaServer(tmp_path) as llama, LiteLlmProxy(tmp_path, model_url=llama.url) as proxy:
        for alias in ("tip-generator", "judge"):
            answer = _post(proxy, "/v1/chat/completions", {**CHAT, "model": alias}).json()
            assert json.loads(answer["choices"][0]["message"]["content"]).keys() == {"tip"}
        embedded = _post(proxy, "/v1/embeddings", {"model": "embedder", "input": ["a tip", "a task"]}).json()
        assert [len(entry["embedding"]) for entry in embedded["data"]] == [64, 64]

        unknown = _post(proxy, "/v1/chat/completions", {**CHAT, "model": "gpt-9"})
        stranger = _post(proxy, "/v1/chat/completions", CHAT, key="sk-guessed")
        assert (unknown.status_code, stranger.status_code) == (400, 400)

        llama.kill()
        with hanging_up(llama.url) as calls:
            assert _post(proxy, "/v1/chat/completions", CHAT).status_code == 500
        assert len(calls) == 1, "a dead model is told at once, without retries"

        proxy.stop()
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{proxy.url}/health/liveliness")


@contextmanager
def hanging_up(url: str) -> Iterator[list[object]]:
    """Somebody at the port of `url` who ends every call at once; the callers so far."""
    callers: list[object] = []
    port = int(url.rsplit(":", 1)[1])
    with socket.create_server(("127.0.0.1", port)) as door:
        door.settimeout(0.1)
        over = threading.Event()

        def answer() -> None:
            while not over.is_set():
                with suppress(TimeoutError):
                    caller, address = door.accept()
                    callers.append(address)
                    caller.close()

        thread = threading.Thread(target=answer)
        thread.start()
        try:
            yield callers
        finally:
            over.set()
            thread.join()


def _post(proxy: LiteLlmProxy, path: str, body: dict[str, Any], *, key: str = "") -> httpx.Response:
    headers = {"Authorization": f"Bearer {key or proxy.master_key}"}
    return httpx.post(f"{proxy.url}{path}", json=body, headers=headers, timeout=WAIT_LIMIT)
