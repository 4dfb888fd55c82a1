"""The API of a process, with the limits that are configured.

Tests: tests/scenarios/test_http_api.py, tests/scenarios/test_mcp_http.py.
"""

from __future__ import annotations

from bot.api.operation import Redraw
from bot.api.operations import OPERATIONS
from bot.api.rates import RateLimit
from bot.api.service import Api, Limits
from bot.config.sections import HttpSection
from core.dependencies import Dependencies


def api_of(deps: Dependencies, settings: HttpSection, redraw: Redraw) -> Api:
    """One for all ways to reach it: they share the limits."""
    limits = Limits(
        token=RateLimit(settings.requests_a_minute), address=RateLimit(settings.address_requests_a_minute)
    )
    return Api(OPERATIONS, deps, limits=limits, redraw=redraw)
