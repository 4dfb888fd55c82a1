"""A scripted LLM: a gateway like OpenAI's, an Ollama and a cloud like Anthropic's behind one port.

What it says is a text, or a fault for everything that is no text. First the script is used up, then `answer`
computes the reply from the request. Every request is kept, so that a test can prove what was sent, or not.
"""

import json
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.servers.local import Fault, LocalServer, status

Say = str | Fault
Vectors = Sequence[Sequence[float]] | Fault
CREATED = 1_790_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddingRequest:
    """Embeddings asked for; `body` is the whole request as parsed."""

    model: str
    texts: Sequence[str]
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatRequest:
    """One chat completion asked for; `body` is the whole request as parsed."""

    model: str
    messages: Sequence[Mapping[str, str]]
    body: Mapping[str, Any]

    @property
    def text(self) -> str:
        """Everything the messages say, one after the other."""
        return "\n".join(message["content"] for message in self.messages)

    @property
    def schema(self) -> Mapping[str, Any] | None:
        """The JSON schema the answer shall obey, in OpenAI's, Ollama's or Anthropic's place; None without
        one.
        """
        asked = self.body.get("response_format", {}).get("json_schema", {}).get("schema")
        schema = asked or self.body.get("format") or self.body.get("output_format", {}).get("schema")
        return schema if isinstance(schema, Mapping) else None


def fenced(text: str) -> str:
    """The text in a Markdown code fence."""
    return f"```json\n{text}\n```"


def halved(text: str) -> str:
    """The first half of the text: an answer cut off."""
    return text[: len(text) // 2]


def in_prose(text: str) -> str:
    """The text with a polite sentence before and after it."""
    return f"Sure! Here is your tip:\n\n{text}\n\nLet me know if you need anything else."


def failing(code: int, **headers: str) -> Fault:
    """An error in OpenAI's form, such as 400, 401, 429 (`Retry_After="2"`), 502 or 503."""
    error = {"message": f"scripted {code}", "type": "scripted", "param": None, "code": str(code)}
    return status(code, body=json.dumps({"error": error}), content_type="application/json", **headers)


def message(content: str | None, *, finish: str = "stop", **fields: Any) -> Fault:
    """A whole answer with this message, in OpenAI's and in Ollama's form."""
    said = {"role": "assistant", "content": content, **fields}
    answer = {
        "id": "chatcmpl-x",
        "object": "chat.completion",
        "created": CREATED,
        "model": "m",
        "choices": [{"index": 0, "finish_reason": finish, "message": said}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
        "message": said,
        "done": True,
        "done_reason": finish,
        "prompt_eval_count": 1,
        "eval_count": 1,
    }
    return status(200, body=json.dumps(answer), content_type="application/json")


def refusing(code: int, words: str) -> Fault:
    """An error in OpenAI's form that says ``words``."""
    error = {"message": words, "type": "invalid_request_error", "param": None, "code": None}
    return status(code, body=json.dumps({"error": error}), content_type="application/json")


class LlmServer(LocalServer):
    """The scripted LLM; `url` is the root under which `/v1/chat/completions` and `/api/chat` lie."""

    def __init__(
        self,
        *,
        answer: Callable[[ChatRequest], Say] = lambda _request: failing(500),
        embed: Callable[[EmbeddingRequest], Vectors] = lambda _request: failing(500),
        models: Sequence[str] = ("tip-generator", "embedder", "judge"),
        key: str = "",
    ) -> None:
        super().__init__(
            [
                web.get("/health/liveliness", self._liveliness),
                web.get("/v1/models", self._models),
                web.post("/v1/chat/completions", self._completion),
                web.post("/v1/embeddings", self._embeddings),
                web.get("/api/version", self._version),
                web.get("/api/tags", self._tags),
                web.post("/api/show", self._show),
                web.post("/api/chat", self._ollama_chat),
                web.post("/api/generate", self._load),
                web.post("/v1/messages", self._anthropic),
            ],
            max_body=16 << 20,
        )
        self.answer = answer
        self.embed = embed
        self.requests: list[ChatRequest] = []
        self.embedded: list[EmbeddingRequest] = []
        self.loaded: list[Mapping[str, Any]] = []
        self._script: deque[Say] = deque()
        self._models_known = tuple(models)
        self._key = key

    @property
    def sent(self) -> str:
        """Every text in every request body so far, unescaped: what a secret must never be found in."""
        bodies = [*(one.body for one in self.requests), *(one.body for one in self.embedded)]
        return "\n".join(json.dumps(body, ensure_ascii=False) for body in bodies)

    def script(self, *says: Say) -> None:
        """Queue what the next chats are answered with, before `answer` is asked again."""
        self._script.extend(says)

    async def _liveliness(self, _request: web.Request) -> web.Response:
        return web.json_response("I'm alive!")

    async def _models(self, request: web.Request) -> web.Response:
        self._check_key(request)
        models = [
            {"id": model, "object": "model", "created": CREATED, "owned_by": "openai"}
            for model in self._models_known
        ]
        return web.json_response({"data": models, "object": "list"})

    async def _completion(self, request: web.Request) -> web.StreamResponse:
        self._check_key(request)
        asked = await self._asked(request)
        if asked.model not in self._models_known:
            return await failing(400)(request)
        said = self._say(asked)
        if not isinstance(said, str):
            return await said(request)
        return web.json_response(
            {
                "id": f"chatcmpl-{len(self.requests)}",
                "object": "chat.completion",
                "created": CREATED,
                "model": asked.model,
                "choices": [
                    {
                        "index": 0,
                        "finish_reason": "stop",
                        "message": {"role": "assistant", "content": said},
                    }
                ],
                "usage": _usage(asked, said),
            }
        )

    async def _embeddings(self, request: web.Request) -> web.StreamResponse:
        """Whoever is asked for anything but lists of numbers refuses, as Ollama and gateways do."""
        self._check_key(request)
        body = await request.json()
        asked = EmbeddingRequest(model=body["model"], texts=body["input"], body=body)
        self.embedded.append(asked)
        strange = body.keys() - {"model", "input", "encoding_format"}
        if asked.model not in self._models_known or strange or body.get("encoding_format") == "base64":
            return await failing(400)(request)
        found = self.embed(asked)
        if callable(found):
            return await found(request)
        data = [
            {"object": "embedding", "index": index, "embedding": list(vector)}
            for index, vector in enumerate(found)
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        return web.json_response({"object": "list", "data": data, "model": asked.model, "usage": usage})

    async def _version(self, _request: web.Request) -> web.Response:
        return web.json_response({"version": "0.12.0"})

    async def _tags(self, _request: web.Request) -> web.Response:
        models = [
            {
                "name": _tagged(model),
                "model": _tagged(model),
                "modified_at": "2026-01-01T00:00:00Z",
                "size": 466_272,
                "digest": "0" * 64,
                "details": {"format": "gguf", "family": "llama", "parameter_size": "115K"},
            }
            for model in self._models_known
        ]
        return web.json_response({"models": models})

    async def _show(self, _request: web.Request) -> web.Response:
        return web.json_response({"template": "", "model_info": {"llama.context_length": 4096}})

    async def _load(self, request: web.Request) -> web.StreamResponse:
        """Ollama loads a model that is asked for nothing; whoever wants an answer here is refused."""
        body = await request.json()
        if _tagged(body["model"]) not in map(_tagged, self._models_known) or "prompt" in body:
            return web.json_response({"error": f"model '{body['model']}' not found"}, status=404)
        self.loaded.append(body)
        return web.json_response(
            {"model": body["model"], "response": "", "done": True, "done_reason": "load"}
        )

    async def _ollama_chat(self, request: web.Request) -> web.StreamResponse:
        asked = await self._asked(request)
        if _tagged(asked.model) not in map(_tagged, self._models_known):
            missing = {"error": f"model '{asked.model}' not found"}
            return web.json_response(missing, status=404)
        said = self._say(asked)
        if not isinstance(said, str):
            return await said(request)
        usage = _usage(asked, said)
        return web.json_response(
            {
                "model": asked.model,
                "created_at": "2026-01-01T00:00:00Z",
                "message": {"role": "assistant", "content": said},
                "done": True,
                "done_reason": "stop",
                "total_duration": 1_000_000,
                "prompt_eval_count": usage["prompt_tokens"],
                "eval_count": usage["completion_tokens"],
            }
        )

    async def _anthropic(self, request: web.Request) -> web.StreamResponse:
        """Anthropic wants its version and its key in headers, and refuses whatever it does not know."""
        if request.headers.get("x-api-key") != self._key:
            return await _refused(401, "authentication_error")(request)
        body = await request.json()
        asked = ChatRequest(model=body["model"], messages=_anthropic_messages(body), body=body)
        self.requests.append(asked)
        strange = body.keys() - {"model", "messages", "max_tokens", "system", "output_format"}
        versioned = request.headers.get("anthropic-version") == "2023-06-01"
        if strange or not versioned or "max_tokens" not in body or asked.messages[-1]["role"] != "user":
            return await _refused(400, "invalid_request_error")(request)
        said = self._say(asked)
        if not isinstance(said, str):
            return await said(request)
        usage = _usage(asked, said)
        return web.json_response(
            {
                "id": f"msg_{len(self.requests)}",
                "type": "message",
                "role": "assistant",
                "model": f"{asked.model}-20251001",
                "content": [{"type": "text", "text": said}],
                "stop_reason": "end_turn",
                "stop_sequence": None,
                "usage": {
                    "input_tokens": usage["prompt_tokens"],
                    "output_tokens": usage["completion_tokens"],
                },
            }
        )

    def _say(self, asked: ChatRequest) -> Say:
        return self._script.popleft() if self._script else self.answer(asked)

    async def _asked(self, request: web.Request) -> ChatRequest:
        body = await request.json()
        asked = ChatRequest(model=body["model"], messages=body["messages"], body=body)
        self.requests.append(asked)
        return asked

    def _check_key(self, request: web.Request) -> None:
        if self._key and request.headers.get("Authorization") != f"Bearer {self._key}":
            raise web.HTTPUnauthorized(
                text='{"error": {"message": "Authentication Error", "code": "401"}}',
                content_type="application/json",
            )


def _refused(code: int, kind: str) -> Fault:
    """An error in Anthropic's form."""
    error = {"type": "error", "error": {"type": kind, "message": f"scripted {code}"}}
    return status(code, body=json.dumps(error), content_type="application/json")


def _anthropic_messages(body: Mapping[str, Any]) -> list[Mapping[str, str]]:
    """The system prompt, which stands by itself, and the turns; each content a text or a list of them."""
    turns = [{"role": "system", "content": body.get("system", "")}, *body["messages"]]
    return [{"role": turn["role"], "content": _anthropic_text(turn["content"])} for turn in turns]


def _anthropic_text(content: str | Sequence[Mapping[str, str]]) -> str:
    return content if isinstance(content, str) else "".join(part["text"] for part in content)


def _usage(asked: ChatRequest, said: str) -> dict[str, int]:
    prompt, completion = len(asked.text.split()), len(said.split())
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
    }


def _tagged(model: str) -> str:
    return model if ":" in model else f"{model}:latest"
