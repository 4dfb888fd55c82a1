"""Writes what is generated from the operations: the OpenAPI document, and the table of them.

``python -m bot.api.documents`` (``make schema``) brings both up to date.

Tests: tests/bot/api/test_documents.py.
"""

from __future__ import annotations

from pathlib import Path

from bot.api.operations import OPERATIONS, openapi_json

OPENAPI_FILE = Path("docs/reference/openapi.json")
PAGE = Path("docs/reference/http-api.md")
TABLE_HEAD = ("| request | scope | what it does |", "|---|---|---|")


def table() -> str:
    """The operations as a Markdown table."""
    rows = [
        f"| `{one.method} {one.path}` | {f'`{one.scope}`' if one.scope else '–'} | {one.summary} |"
        for one in OPERATIONS
    ]
    return "\n".join([*TABLE_HEAD, *rows]) + "\n"


def with_table(page: str, new: str) -> str:
    """``page`` with ``new`` instead of the table that has the same head."""
    begin, head, rest = page.partition("".join(new.splitlines(keepends=True)[:2]))
    lines = rest.splitlines(keepends=True)
    after = next((number for number, line in enumerate(lines) if not line.startswith("|")), len(lines))
    return begin + new + "".join(lines[after:]) if head else page


def write(root: Path) -> None:
    """Bring both up to date in the source tree at ``root``."""
    (root / OPENAPI_FILE).write_text(openapi_json(), encoding="utf-8")
    page = (root / PAGE).read_text(encoding="utf-8")
    (root / PAGE).write_text(with_table(page, table()), encoding="utf-8")


if __name__ == "__main__":
    write(Path(__file__).parents[2])
