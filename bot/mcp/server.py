"""The tools on the SDK's server. Importing this costs 27 MB: only where MCP is served.

Tests: tests/bot/mcp/test_server.py.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError
from mcp.types import (
    INVALID_PARAMS,
    INVALID_REQUEST,
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    ToolAnnotations,
)
from mcp.types import Tool as ToolOfSdk

from bot import __version__
from bot.api.problems import Problem
from bot.api.service import Api
from bot.mcp.guides import INSTRUCTIONS
from bot.mcp.results import ToolResult, refusal, result_of, words_of
from bot.mcp.tools import Tool, asked, tools
from core.people.tokens import Caller

Context = ServerRequestContext[Any, Any]

Admit = Callable[[Any], Awaitable[Caller]]
"""Who asks, by the HTTP request as the SDK has it, or None without HTTP. Raises ``Problem``."""


def server_of(api: Api, admit: Admit) -> Server[Any]:
    """A server whose callers see and use the tools that their token is good for."""

    async def list_tools(ctx: Context, params: PaginatedRequestParams | None) -> ListToolsResult:
        try:
            caller = await admit(ctx.request)
        except Problem as problem:
            raise MCPError(code=INVALID_REQUEST, message=words_of(problem)) from problem
        return ListToolsResult(tools=[_listed(one) for one in tools().values() if _allows(caller, one)])

    async def call_tool(ctx: Context, params: CallToolRequestParams) -> CallToolResult:
        tool = tools().get(params.name)
        if tool is None:
            raise MCPError(code=INVALID_PARAMS, message="There is no such tool.")
        return _given(await _called(tool, ctx, params))

    async def _called(tool: Tool, ctx: Context, params: CallToolRequestParams) -> ToolResult:
        try:
            caller = await admit(ctx.request)
            wanted = asked(tool, params.arguments or {})
        except Problem as problem:
            return refusal(problem)
        return result_of(await api.perform(tool.operation, wanted.path, wanted.request, caller))

    return Server(
        "oO",
        version=__version__,
        instructions=INSTRUCTIONS,
        get_tool_input_schema=lambda name: tools()[name].arguments if name in tools() else None,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _allows(caller: Caller, tool: Tool) -> bool:
    scope = tool.operation.scope
    return scope is None or caller.may(scope)


def _listed(tool: Tool) -> ToolOfSdk:
    return ToolOfSdk(
        name=tool.name,
        title=tool.guide.title,
        description=tool.description,
        input_schema=tool.arguments,
        output_schema=tool.result,
        annotations=ToolAnnotations(
            title=tool.guide.title,
            read_only_hint=tool.is_read_only,
            destructive_hint=tool.is_destructive,
            idempotent_hint=tool.is_idempotent,
            open_world_hint=tool.guide.holds_texts,
        ),
    )


def _given(result: ToolResult) -> CallToolResult:
    return CallToolResult(
        content=[TextContent(type="text", text=text) for text in result.texts],
        structured_content=result.content,
        is_error=result.failed,
    )
