"""From the parameters of a message to what a person will read, or the platform's refusal.

Lengths are counted in UTF-16 code units, the strictest reading of "characters after entities parsing".
"""

from dataclasses import replace
from typing import Any

from tests.servers.telegram.content import Entity, Formatted
from tests.servers.telegram.errors import bad_request
from tests.servers.telegram.html import is_link, parse_html, utf16_length
from tests.servers.telegram.params import Params

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_SOURCE_BYTES = 1 << 15
MAX_ENTITIES = 100
GIVEN_KINDS = frozenset(
    {
        "mention",
        "hashtag",
        "bot_command",
        "url",
        "email",
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
    }
    | {"code", "pre", "text_link", "blockquote", "expandable_blockquote"}
)


def formatted_text(params: Params) -> Formatted:
    """The text of a message; ApiError 400 when it is empty, too long or wrongly marked."""
    source = params.text("text")
    if not source:
        raise bad_request("message text is empty")
    content = _formatted(source, params, entities="entities")
    if not content.text:
        raise bad_request("text must be non-empty")
    if utf16_length(content.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return content


def formatted_caption(params: Params) -> Formatted:
    """The text under a file, which may be empty; ApiError 400 when it is too long or wrongly marked."""
    content = _formatted(params.text("caption"), params, entities="caption_entities")
    if utf16_length(content.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return content


def _formatted(source: str, params: Params, *, entities: str) -> Formatted:
    if len(source.encode()) > MAX_SOURCE_BYTES:
        raise bad_request("text is too long")
    content = _trimmed(_parsed(source, params, entities))
    return replace(content, entities=content.entities[:MAX_ENTITIES])


def _parsed(source: str, params: Params, entities: str) -> Formatted:
    mode = params.text("parse_mode").lower()
    if mode == "html":
        return parse_html(source)
    if mode:
        raise bad_request("unsupported parse_mode")
    return Formatted(text=source, entities=given_entities(source, params.structure(entities) or []))


def given_entities(text: str, given: Any) -> tuple[Entity, ...]:
    """The `entities` parameter, in order; ApiError 400 when one is unknown or lies outside `text`."""
    if not isinstance(given, list):
        raise bad_request("can't parse entities: expected an Array")
    entities = [_given_entity(item) for item in given]
    boundaries = _boundaries(text)
    for entity in entities:
        if entity.offset not in boundaries:
            raise bad_request(
                f"entity begins in a middle of a UTF-16 symbol or after the text at {entity.offset}"
            )
        if entity.end not in boundaries:
            raise bad_request(f"entity ends in a middle of a UTF-16 symbol or after the text at {entity.end}")
    return tuple(sorted(entities, key=lambda entity: (entity.offset, -entity.length)))


def _given_entity(item: Any) -> Entity:
    match item:
        case {"type": str(kind), "offset": int(offset), "length": int(length)} if kind in GIVEN_KINDS:
            url = item.get("url")
        case _:
            raise bad_request("can't parse MessageEntity")
    if offset < 0 or length <= 0:
        raise bad_request("receive an entity with incorrect offset or length")
    if kind == "text_link" and not is_link(str(url)):
        raise bad_request("entity URL is invalid")
    return Entity(kind=kind, offset=offset, length=length, url=url)


def _boundaries(text: str) -> set[int]:
    """The UTF-16 offsets at which a character begins or the text ends."""
    boundaries, offset = {0}, 0
    for character in text:
        offset += utf16_length(character)
        boundaries.add(offset)
    return boundaries


def _trimmed(content: Formatted) -> Formatted:
    """The platform drops white space around a text and moves the marks along."""
    text = content.text.strip()
    before = utf16_length(content.text) - utf16_length(content.text.lstrip())
    end = utf16_length(text)
    moved = (_moved(entity, before, end) for entity in content.entities)
    return Formatted(text=text, entities=tuple(entity for entity in moved if entity.length > 0))


def _moved(entity: Entity, before: int, end: int) -> Entity:
    start = max(0, entity.offset - before)
    return replace(entity, offset=start, length=min(end, entity.end - before) - start)
