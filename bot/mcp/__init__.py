"""oO as a server of the Model Context Protocol: operations of the API as tools for other assistants.

Nothing here does what an operation does not: a call of a tool becomes a request to ``bot/api``. Only
``server.py`` and ``exchange.py`` know the SDK; it costs 27 MB, so they are imported where MCP is served and
nowhere else.

Tests: tests/bot/mcp.
"""
