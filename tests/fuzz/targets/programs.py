"""What programs, assistants and browsers send: requests of the API, calls of MCP's tools, forms of pages."""

from __future__ import annotations

import json
import re
from typing import Any

from bot.api.operations import OPERATIONS
from bot.api.problems import Problem
from bot.api.wire import MAX_BODY_BYTES, RawRequest
from bot.mcp.tools import asked, tools
from tests.bot.api.program import Program, program_of
from tests.fuzz.target import Shape, Target, by_name, choice, chosen, text_of
from tests.fuzz.targets.worlds import SameWorld, run


class _Programs(SameWorld):
    """Ada has tasks, a reminder and a tip, and a program."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: dict[str, str] = {}
        self.program: Program = run(self._prepared())
        self.keep()

    async def _prepared(self) -> Program:
        program = await program_of(self.scene, await self.scene.person())
        await self.scene.task("Pay rent")
        tip = (await program.post("/v1/tips", {})).json
        reminder = (await program.post("/v1/reminders", {"text": "call mum tomorrow 18:00"})).json
        self.ids = {
            "task_id": tip["tip"]["task_id"],
            "decision_id": tip["decision_id"],
            "reminder_id": reminder["reminder_id"],
        }
        return program


_PROGRAMS = _Programs()
UNAVAILABLE = 503  # there is no language model here


def _api(data: bytes) -> None:
    """The first byte is the operation, the next the caller's headers, then the body, or the query."""
    operation, rest = chosen(data, OPERATIONS)
    kind, rest = chosen(rest, ("json", "query", "path", "key"))
    _PROGRAMS.reset()
    ids = dict(_PROGRAMS.ids)
    text = text_of(rest)
    path = operation.path.format(
        **{name: text if kind == "path" else ids.get(name, "x") for name in operation.path_names}
    )
    raw = run(_PROGRAMS.program.api.answer(_request(operation.method, path, rest, kind, text)))
    assert 200 <= raw.status < 500 or raw.status == UNAVAILABLE, f"{operation.name}: {raw.status}"
    if raw.body and "json" in (raw.content_type or ""):
        json.loads(raw.body)
    if raw.status >= 400:
        assert raw.content_type == "application/problem+json"


def _request(method: str, path: str, body: bytes, kind: str, text: str) -> RawRequest:
    async def read() -> bytes | None:
        return body if len(body) <= MAX_BODY_BYTES else None

    pairs = [part.partition("=")[::2] for part in text.split("&")] if kind == "query" else []
    headers = {"idempotency-key": text} if kind == "key" else {}
    return RawRequest(
        method=method,
        path=path,
        query=pairs,
        headers={
            "authorization": f"Bearer {_PROGRAMS.program.secret}",
            "content-type": "application/json",
            **headers,
        },
        address="192.0.2.1",
        read_body=read,
    )


def _schemas() -> dict[str, Any]:
    """An example of the body of each operation, made of its schema."""
    from pydantic import TypeAdapter

    return {one.name: TypeAdapter(one.body).json_schema() for one in OPERATIONS if one.body}


def _names() -> list[str]:
    """The names of all fields, and the words of enumerations."""
    return sorted(set(re.findall(r'"([A-Za-z_]{2,30})"', json.dumps(_schemas()))))


def _example(schema: Any, defs: Any, depth: int = 0) -> Any:
    """A value by a JSON schema: the smallest that says something."""
    for several in ("anyOf", "oneOf", "allOf"):
        schema = schema.get(several, [schema])[0]
    if "$ref" in schema:
        return _example(defs[schema["$ref"].rpartition("/")[2]], defs, depth + 1)
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    return _of_type(schema, defs, depth)


def _of_type(schema: Any, defs: Any, depth: int) -> Any:
    match schema.get("type"):
        case "object" if depth < 8:
            return {
                name: _example(part, defs, depth + 1) for name, part in schema.get("properties", {}).items()
            }
        case "array" if depth < 8:
            return [_example(schema.get("items", {}), defs, depth + 1)]
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return True
        case "string":
            return {"date": "2027-06-20", "time": "09:30:00", "date-time": "2027-06-20T09:30:00Z"}.get(
                schema.get("format"), "tomorrow 9am"
            )
    return None


def _forms(name: str) -> list[Any]:
    """Examples of the body of an operation, one of each form."""
    schema = _schemas().get(name)
    if schema is None:
        return [{}]
    forms = schema.get("oneOf") or schema.get("anyOf") or [schema]
    return [_example(form, schema.get("$defs", {})) for form in forms]


def _api_seeds() -> list[bytes]:
    return [
        *(
            choice(number, choice(0, json.dumps(form)))
            for number, one in enumerate(OPERATIONS)
            for form in _forms(one.name)
        ),
        *(
            choice(number, choice(1, "limit=2&cursor=WyJhIiwgImIiXQ==&from=2027-01-01"))
            for number in range(len(OPERATIONS))
        ),
        *(choice(number, choice(2, text)) for number in (3, 9, 15) for text in ("x", "../x", "%00", "a/b")),
        choice(1, choice(3, "0123456789abcdef")),
    ]


API = Target(
    name="api",
    run=_api,
    seeds=_api_seeds,
    shape=Shape.JSON,
    words=lambda: (
        *_names(),
        "2027-06-20",
        "09:30",
        "Europe/Berlin",
        "every day",
        "limit=",
        "cursor=",
        "&",
        "9999-12-31",
    ),
    max_bytes=900,
)


# --- MCP ---------------------------------------------------------------------------------------------------


def _mcp(data: bytes) -> None:
    """Whatever arguments a tool is called with, there is a request, or words that say what is wrong."""
    tool, rest = chosen(data, tuple(tools().values()))
    try:
        arguments = json.loads(rest)
    except (ValueError, RecursionError):
        return
    if not isinstance(arguments, dict):
        return
    _PROGRAMS.reset()
    ids = {name: value for name, value in _PROGRAMS.ids.items() if arguments.get(name) == name.upper()}
    try:
        call = asked(tool, {**arguments, **ids})
    except Problem:
        return
    answer = run(_performed(tool, call))
    assert 200 <= answer.status < 500 or answer.status == UNAVAILABLE, f"{tool.name}: {answer.status}"


async def _performed(tool: Any, call: Any) -> Any:
    async def nothing() -> bytes:
        return b""

    headers = {"authorization": f"Bearer {_PROGRAMS.program.secret}"}
    api = _PROGRAMS.program.api
    caller = await api.admit(RawRequest(method="POST", path="/mcp", headers=headers, read_body=nothing))
    return await api.perform(tool.operation, call.path, call.request, caller)


MCP = Target(
    name="mcp",
    run=_mcp,
    seeds=lambda: [
        choice(number, json.dumps({**{name: name.upper() for name in tool.operation.path_names}, **form}))
        for number, tool in enumerate(tools().values())
        for form in _forms(tool.name)
        if isinstance(form, dict)
    ],
    shape=Shape.JSON,
    words=lambda: (*_names(), "TASK_ID", "DECISION_ID", "REMINDER_ID", "limit", "cursor", "idempotency_key"),
    max_bytes=900,
)


TARGETS = by_name(API, MCP)
