"""The parameters of one request, however they were sent: query string, form, multipart or JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.servers.telegram.content import Document
from tests.servers.telegram.errors import ApiError, bad_request

STRUCTURED = frozenset(
    {
        "allowed_updates",
        "caption_entities",
        "commands",
        "entities",
        "link_preview_options",
        "reply_markup",
        "reply_parameters",
        "scope",
    }
)

MAX_FILE = 50 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Typed access to `values`; a missing one is "", 0, False or None."""

    values: Mapping[str, Any]

    @classmethod
    async def of(cls, request: web.Request) -> "Params":
        """Read them from `request`; ApiError 400 when they are not valid JSON or not valid Unicode."""
        values: dict[str, Any] = dict(request.query)
        if request.content_type == "application/json":
            values.update(_object(await request.text()))
        else:
            values.update(await request.post())
        return cls(values={name: _decoded(name, value) for name, value in values.items()})

    def text(self, name: str) -> str:
        """A string; numbers sent as JSON are taken as written."""
        value = self.values.get(name, "")
        text = value if isinstance(value, str) else json.dumps(value)
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise bad_request("strings must be encoded in UTF-8")
        return text

    def integer(self, name: str) -> int:
        """A whole number, 0 when it is missing or is none."""
        try:
            return int(self.values.get(name, 0))
        except (TypeError, ValueError):
            return 0

    def flag(self, name: str) -> bool:
        """A truth value as the platform reads it: true, True, 1 or yes."""
        return str(self.values.get(name, "")).lower() in {"true", "1", "yes", "y", "t"}

    def file(self, name: str) -> Document:
        """An uploaded file; ApiError 400 when there is none, or nothing in it."""
        value = self.values.get(name)
        if not isinstance(value, web.FileField):
            raise bad_request("there is no document in the request")
        content = value.file.read()
        if not content:
            raise bad_request("file must be non-empty")
        if len(content) > MAX_FILE:
            raise ApiError(413, "Request Entity Too Large")
        return Document(name=value.filename, content=content)

    def structure(self, name: str) -> Any:
        """A JSON value, None when it is missing; ApiError 400 when it is not JSON."""
        value = self.values.get(name)
        if isinstance(value, str) and value:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object")
        return None if value == "" else value


def _object(text: str) -> dict[str, Any]:
    try:
        values = json.loads(text or "{}")
    except ValueError as exc:
        raise bad_request("can't parse request: expected a JSON object") from exc
    if not isinstance(values, dict):
        raise bad_request("can't parse request: expected a JSON object")
    return values


def _decoded(name: str, value: object) -> object:
    """What `value` means if `name` holds JSON; text that is no JSON stays, for `structure` to refuse."""
    if name not in STRUCTURED or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
