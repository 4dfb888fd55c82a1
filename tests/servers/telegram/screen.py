"""A message as plain text, for golden files and for a developer's terminal."""

from tests.servers.telegram.content import Button, Entity, Formatted, Rows

MARKS = {
    "bold": "*",
    "italic": "_",
    "underline": "__",
    "strikethrough": "~",
    "spoiler": "||",
    "code": "`",
    "pre": "```",
}
QUOTES = frozenset({"blockquote", "expandable_blockquote"})


def screen(content: Formatted, rows: Rows) -> str:
    """The text with `*bold*` and `~struck~` marks and `> ` before quoted lines, then the rows of buttons."""
    lines = [_marked(content), *(" ".join(map(_shown, row)) for row in rows)]
    return "\n".join(lines)


def _shown(button: Button) -> str:
    return f"[{button.label}]" if button.url is None else f"[{button.label} <{button.url}>]"


def _marked(content: Formatted) -> str:
    shown, offset, in_quote_from = "", 0, [e.offset for e in content.entities if e.kind in QUOTES]
    for character in content.text:
        shown += _closing(content, offset)
        if offset in in_quote_from or (shown.endswith("\n") and _is_quoted(content, offset)):
            shown += "> "
        shown += _opening(content, offset) + character
        offset += 1 + (character > "\uffff")
    return shown + _closing(content, offset)


def _opening(content: Formatted, offset: int) -> str:
    return "".join(MARKS.get(entity.kind, "") for entity in content.entities if entity.offset == offset)


def _closing(content: Formatted, offset: int) -> str:
    return "".join(_end_mark(entity) for entity in reversed(content.entities) if entity.end == offset)


def _end_mark(entity: Entity) -> str:
    return f" <{entity.url}>" if entity.kind == "text_link" else MARKS.get(entity.kind, "")


def _is_quoted(content: Formatted, offset: int) -> bool:
    return any(e.kind in QUOTES and e.offset <= offset < e.end for e in content.entities)
