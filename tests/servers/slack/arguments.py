"""The arguments of a Web API call, whether they came as a query, a form or JSON."""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from tests.servers.slack.block_kit import MESSAGE_BLOCKS_TEXT, message_problems, text_length
from tests.servers.slack.elements import Json
from tests.servers.slack.records import Refused

TEXT_LENGTH = 40_000
METADATA_BYTES = 16_000


class Arguments:
    """Arguments by name, read as what a method expects; Refused as Slack would refuse."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    @classmethod
    async def of(cls, request: web.Request) -> "Arguments":
        """Those of a request: its query and its body together."""
        if request.content_type != "application/json":
            return cls({**request.query, **await request.post()})
        try:
            body = json.loads(await request.text() or "{}")
        except ValueError as exc:
            raise Refused("invalid_json") from exc
        if not isinstance(body, dict):
            raise Refused("json_not_object")
        return cls({**request.query, **body})

    def optional(self, name: str) -> str | None:
        """A string, None if it is not there."""
        value = self._values.get(name)
        return None if value is None else str(value)

    def required(self, name: str) -> str:
        """A string that has to be there."""
        value = self.optional(name)
        if not value:
            raise Refused("invalid_arguments", [f"missing required field: {name}"])
        return value

    def flag(self, name: str) -> bool:
        """A boolean, false if it is not there."""
        return str(self._values.get(name, "")).lower() in ("1", "true")

    def whole(self, name: str, default: int) -> int:
        """A whole number."""
        try:
            return int(self._values.get(name, default))
        except ValueError as exc:
            raise Refused("invalid_arguments", [f"must provide a number [json-pointer:/{name}]"]) from exc

    def structure(self, name: str, error: str) -> Any:
        """Something nested, which may also come as a string of JSON; None if it is not there."""
        value = self._values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError as exc:
            raise Refused(error) from exc

    def text(self) -> str:
        """The text of a message, empty if it is not there."""
        text = self.optional("text") or ""
        if len(text) > TEXT_LENGTH:
            raise Refused("msg_too_long")
        return text

    def blocks(self) -> list[Json] | None:
        """The blocks of a message, checked; None if they are not there."""
        blocks = self.structure("blocks", "invalid_blocks_format")
        if blocks is None:
            return None
        if not isinstance(blocks, list):
            raise Refused("invalid_blocks_format")
        if problems := message_problems(blocks):
            raise Refused("invalid_blocks", problems)
        if text_length(blocks) > MESSAGE_BLOCKS_TEXT:
            raise Refused("msg_blocks_too_long")
        return blocks

    def metadata(self) -> Json | None:
        """The metadata of a message, checked; None if it is not there."""
        metadata = self.structure("metadata", "invalid_metadata_format")
        if metadata is None:
            return None
        if not isinstance(metadata, dict) or not isinstance(metadata.get("event_type"), str):
            raise Refused("invalid_metadata_format")
        if not isinstance(metadata.get("event_payload"), dict):
            raise Refused("invalid_metadata_schema")
        if len(json.dumps(metadata)) > METADATA_BYTES:
            raise Refused("metadata_too_large")
        return metadata
