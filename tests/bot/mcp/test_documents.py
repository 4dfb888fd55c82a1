"""The page of the tools is up to date."""

from __future__ import annotations

from pathlib import Path

from bot.api.documents import with_table
from bot.mcp.documents import PAGE, TABLE_HEAD, table
from bot.mcp.guides import LEFT_OUT
from bot.mcp.tools import tools

ROOT = Path(__file__).parents[3]


def test_the_table_of_tools_is_up_to_date() -> None:
    page = (ROOT / PAGE).read_text(encoding="utf-8")

    assert "\n".join(TABLE_HEAD) in page
    assert with_table(page, table()) == page, "run: make schema"


def test_the_page_names_every_tool_and_everything_that_is_none() -> None:
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    named = [*tools(), *(one for one in LEFT_OUT if one != "describe")]

    assert [name for name in named if f"`{name}`" not in page] == []
