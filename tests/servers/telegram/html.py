"""Telegram's HTML, as strictly as the platform reads it.

The grammar and the messages follow `parse_html` in tdlib/td, MessageEntity.cpp. A `<` always opens a tag, a
`>` or an unknown `&name;` is plain text, every tag must be closed by its own end tag. No custom emoji.
"""

import re
from dataclasses import dataclass

from tests.servers.telegram.content import Entity, Formatted
from tests.servers.telegram.errors import ApiError, bad_request

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
CHARACTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

_REFERENCE = re.compile(r"&(?:#[xX](?P<hex>[0-9a-fA-F]{1,7})|#(?P<dec>[0-9]{1,8})|(?P<name>[a-zA-Z]+));?")
_START = re.compile(r"<([^\s>]*)(?=[\s>])")
_END = re.compile(r"</([^\s>]*)\s*>")
_ATTRIBUTE = re.compile(
    r"""\s*(?P<name>[^\s=>]+)(?:\s*(?P<equals>=)\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<token>[\w.-]+)))?"""
)
_TAG_CLOSE = re.compile(r"\s*>")


def utf16_length(text: str) -> int:
    """The length in UTF-16 code units, which is how the platform counts."""
    return len(text) + sum(character > "\uffff" for character in text)


def parse_html(source: str) -> Formatted:
    """The plain text and the marks of `source`; ApiError 400 "can't parse entities" when it is not valid."""
    return _Parser(source).parse()


@dataclass(frozen=True, slots=True, kw_only=True)
class _OpenTag:
    name: str
    kind: str
    url: str
    offset: int


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._text: list[str] = []
        self._offset = 0
        self._open: list[_OpenTag] = []
        self._entities: list[Entity] = []

    def parse(self) -> Formatted:
        while self._at < len(self._source):
            if self._source.startswith("</", self._at):
                self._end_tag()
            elif self._source[self._at] == "<":
                self._start_tag()
            else:
                self._character()
        if self._open:
            raise self._error(f"Can't find end tag corresponding to start tag {self._open[-1].name}")
        ordered = sorted(self._entities, key=lambda entity: (entity.offset, -entity.length))
        return Formatted(text="".join(self._text), entities=tuple(ordered))

    def _character(self) -> None:
        reference = _REFERENCE.match(self._source, self._at)
        character = _referred(reference) if reference else None
        if reference is None or character is None:
            character, self._at = self._source[self._at], self._at + 1
        else:
            self._at = reference.end()
        self._text.append(character)
        self._offset += utf16_length(character)

    def _start_tag(self) -> None:
        start = _START.match(self._source, self._at)
        if start is None:
            raise self._error(f"Unclosed start tag at byte offset {self._byte}")
        name = start[1].lower()
        if name not in KINDS:
            raise self._error(f'Unsupported start tag "{name}" at byte offset {self._byte}')
        attributes, end = self._attributes(name, start.end())
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise self._error(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte}')
        kind = "expandable_blockquote" if name == "blockquote" and "expandable" in attributes else KINDS[name]
        url = attributes.get("href", "")
        self._open.append(_OpenTag(name=name, kind=kind, url=url, offset=self._offset))
        self._at = end

    def _attributes(self, tag: str, at: int) -> tuple[dict[str, str], int]:
        """The attributes from `at` on, and where the tag ends."""
        attributes: dict[str, str] = {}
        while (close := _TAG_CLOSE.match(self._source, at)) is None:
            attribute = _ATTRIBUTE.match(self._source, at)
            if attribute is None:
                raise self._error(f'Unclosed start tag "{tag}" at byte offset {self._byte}')
            if attribute["equals"] is None and attribute["name"] != "expandable":
                raise self._error(
                    f'Expected equal sign in declaration of an attribute of the tag "{tag}" '
                    f"at byte offset {self._byte}"
                )
            value = attribute["double"] or attribute["single"] or attribute["token"] or ""
            attributes[attribute["name"]] = _REFERENCE.sub(lambda found: _referred(found) or found[0], value)
            at = attribute.end()
        return attributes, close.end()

    def _end_tag(self) -> None:
        if not self._open:
            raise self._error(f"Unexpected end tag at byte offset {self._byte}")
        end = _END.match(self._source, self._at)
        if end is None:
            raise self._error(f"Unclosed end tag at byte offset {self._byte}")
        opened = self._open.pop()
        found = end[1].lower()
        if found and found != opened.name:
            raise self._error(
                f"Unmatched end tag at byte offset {self._byte}, "
                f'expected "</{opened.name}>", found "</{found}>"'
            )
        self._at = end.end()
        self._mark(opened)

    def _mark(self, opened: _OpenTag) -> None:
        length = self._offset - opened.offset
        linked = opened.kind != "text_link" or is_link(opened.url)
        if length and linked:
            url = opened.url or None
            self._entities.append(Entity(kind=opened.kind, offset=opened.offset, length=length, url=url))

    @property
    def _byte(self) -> int:
        return len(self._source[: self._at].encode())

    def _error(self, reason: str) -> ApiError:
        return bad_request(f"can't parse entities: {reason}")


def _referred(reference: re.Match[str]) -> str | None:
    """The character that `&…;` stands for, None when it is to be read as it is written."""
    if reference["name"]:
        return CHARACTERS.get(reference["name"])
    code = int(reference["hex"], 16) if reference["hex"] else int(reference["dec"])
    if 0xD800 <= code <= 0xDFFF:
        raise bad_request(
            "can't parse entities: Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return chr(code) if 0 < code < 0x10FFFF else None


def is_link(url: str) -> bool:
    """Whether the platform takes `url` as a link: http(s) with a dot in its host, or tg://."""
    return re.fullmatch(r"(?:https?://[^\s/?#]+\.[^\s]+|tg://\S+)", url) is not None
