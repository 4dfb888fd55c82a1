"""The OpenAPI 3.1 document of the API, generated from its operations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode, JsonSchemaValue

from bot import __version__
from bot.api.operation import Header, Operation
from bot.api.problems import Kind
from bot.api.repetition import headers_of
from bot.api.wire import JSON, PROBLEM_JSON

Schema = dict[str, Any]

_LOCATION = Header(name="Location", meaning="The path of what was made")

TOKEN = "token"  # noqa: S105 - the name of the security scheme
PROBLEM_SCHEMA: Schema = {
    "type": "object",
    "description": "Problem details (RFC 9457)",
    "properties": {
        "type": {"type": "string", "enum": [kind.uri for kind in Kind]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "description": "The unusable values",
            "items": {
                "type": "object",
                "properties": {
                    "pointer": {"type": "string", "description": "Where: a JSON pointer"},
                    "detail": {"type": "string"},
                },
                "required": ["pointer", "detail"],
            },
        },
    },
    "required": ["type", "title", "status"],
}
RETRY_AFTER = Header(name="Retry-After", meaning="Seconds after which the request may be repeated")


def document(operations: Sequence[Operation]) -> Schema:
    """The whole document. The order of its keys is fixed."""
    types = list(_types(operations))
    found, definitions = TypeAdapter.json_schemas(types, ref_template="#/components/schemas/{model}")
    schemas = {name: schema for (name, _), schema in found.items()}
    paths: dict[str, Schema] = {}
    for one in operations:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "oO",
            "version": __version__,
            "description": "A chat assistant that sends one good tip at the right moment.",
        },
        "servers": [{"url": "/"}],
        "security": [{TOKEN: []}],
        "paths": paths,
        "components": {
            "schemas": {**definitions.get("$defs", {}), "Problem": PROBLEM_SCHEMA},
            "securitySchemes": {
                TOKEN: {"type": "http", "scheme": "bearer", "description": "Made in the chat: /token"}
            },
        },
    }


def _types(operations: Iterable[Operation]) -> Iterable[tuple[str, JsonSchemaMode, TypeAdapter[Any]]]:
    for one in operations:
        if one.body:
            yield f"{one.name}.body", "validation", TypeAdapter(one.body)
        if one.query:
            yield f"{one.name}.query", "validation", TypeAdapter(one.query)
        if one.answer:
            yield f"{one.name}.answer", "serialization", TypeAdapter(one.answer)


def _operation(one: Operation, schemas: dict[str, JsonSchemaValue]) -> Schema:
    body = {"required": True, "content": {JSON: {"schema": schemas.get(f"{one.name}.body")}}}
    return {
        "operationId": one.name,
        "summary": one.summary,
        "tags": [one.tag],
        **({"description": f"Needs the scope `{one.scope}`."} if one.scope else {"security": []}),
        "parameters": parameters(one),
        **({"requestBody": body} if one.body else {}),
        "responses": _responses(one, schemas),
    }


# --- Parameters --------------------------------------------------------------------------------------------


def parameters(one: Operation) -> list[Schema]:
    """What an operation takes beside its body: from path, query and headers, in that order."""
    return [*_path(one), *_query(one), *_headers(one)]


def _path(one: Operation) -> list[Schema]:
    text = {"type": "string", "minLength": 1, "maxLength": 200}
    return [{"name": name, "in": "path", "required": True, "schema": text} for name in one.path_names]


def _query(one: Operation) -> list[Schema]:
    if one.query is None:
        return []
    schema = TypeAdapter(one.query).json_schema()
    return [
        {"name": name, "in": "query", "required": name in schema.get("required", ()), "schema": field}
        for name, field in schema["properties"].items()
    ]


def _headers(one: Operation) -> list[Schema]:
    return [{"name": header.name, "in": "header", **_header(header)} for header in headers_of(one)]


def _header(header: Header) -> Schema:
    pattern = {"pattern": f"^{header.pattern}$"} if header.pattern else {}
    return {
        "description": header.meaning,
        "required": header.required,
        "schema": {"type": "string", **pattern},
    }


# --- Answers -----------------------------------------------------------------------------------------------


def _responses(one: Operation, schemas: dict[str, JsonSchemaValue]) -> Schema:
    content = {one.media_type: {"schema": schemas.get(f"{one.name}.answer")}}
    gives = (*one.gives, *((_LOCATION,) if one.location else ()))
    given = {header.name: _given(header) for header in gives}
    answered = {
        "description": HTTPStatus(one.status).phrase,
        **({"headers": given} if given else {}),
        **({"content": content} if one.answer else {}),
    }
    by_status: dict[int, list[Kind]] = {}
    for kind in kinds_of(one):
        by_status.setdefault(int(kind.status), []).append(kind)
    failed = {str(status): _problem(by_status[status]) for status in sorted(by_status)}
    return {str(one.status): answered, **failed}


def _given(header: Header) -> Schema:
    return {"description": header.meaning, "schema": {"type": "string"}}


def _problem(kinds: Sequence[Kind]) -> Schema:
    waits = any(kind in (Kind.TOO_MANY_REQUESTS, Kind.STORE_UNAVAILABLE) for kind in kinds)
    return {
        "description": "; ".join(f"{kind.title} (`{kind.slug}`)" for kind in kinds),
        **({"headers": {RETRY_AFTER.name: _given(RETRY_AFTER)}} if waits else {}),
        "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def kinds_of(one: Operation) -> list[Kind]:
    """Every kind of problem that the operation can answer."""
    found = {Kind.TOO_MANY_REQUESTS, Kind.UNUSABLE, Kind.BUG, *one.problems}
    if one.scope:
        found |= {Kind.UNAUTHENTICATED, Kind.SCOPE_MISSING, Kind.STORE_UNAVAILABLE}
    if one.scope and one.needs_consent:
        found.add(Kind.CONSENT_MISSING)
    if one.needs_zone:
        found.add(Kind.ZONE_UNKNOWN)
    if one.body:
        found |= {Kind.BAD_REQUEST, Kind.TOO_LARGE, Kind.NOT_JSON, Kind.NOT_FOUND}
    if "{" in one.path:
        found.add(Kind.NOT_FOUND)
    if one.repeatable:
        found |= {Kind.KEY_REUSED, Kind.BAD_REQUEST}
    return [kind for kind in Kind if kind in found]
