"""Writes the table of tools on their page: ``python -m bot.mcp.documents`` (``make schema``).

Tests: tests/bot/mcp/test_documents.py.
"""

from __future__ import annotations

from pathlib import Path

from bot.api.documents import with_table
from bot.mcp.tools import Tool, tools

PAGE = Path("docs/reference/mcp.md")
TABLE_HEAD = ("| tool | scope | what it does | marked as |", "|---|---|---|---|")


def table() -> str:
    """The tools as a Markdown table."""
    return "\n".join([*TABLE_HEAD, *map(_row, tools().values())]) + "\n"


def _row(tool: Tool) -> str:
    return f"| `{tool.name}` | `{tool.operation.scope}` | {tool.operation.summary} | {_marks(tool)} |"


def _marks(tool: Tool) -> str:
    if tool.is_read_only:
        return "read-only"
    marks = ["destructive" if tool.is_destructive else "adds", "idempotent" if tool.is_idempotent else ""]
    return ", ".join(filter(None, marks))


def write(root: Path) -> None:
    """Bring the page in the source tree at ``root`` up to date."""
    page = root / PAGE
    page.write_text(with_table(page.read_text(encoding="utf-8"), table()), encoding="utf-8")


if __name__ == "__main__":
    write(Path(__file__).parents[2])
