"""The one limit for waiting in tests, far beyond what a busy machine needs.

Helpers that wait are called ``expect_…``. The limit only ends a test that has failed already, so it may be
generous. A test that "nothing happens" pauses briefly instead; a test of a timeout sets the product's own
limit.
"""

from __future__ import annotations

WAIT_LIMIT = 60.0
"""Seconds: for a condition, a start, a line on a terminal, an exit."""
