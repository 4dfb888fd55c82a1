"""The HTTP API: one table of operations, each a thin translation to a use case of the core.

Nothing here knows the HTTP library: ``bot/cli/api_server.py`` turns its requests into ``RawRequest``. Whoever
offers the same use cases in another way takes ``OPERATIONS``, ``Problem`` and ``core/people/tokens.py``.

Tests: tests/bot/api.
"""
