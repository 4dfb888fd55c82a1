"""How long a test waits for what has to come: one limit, far beyond what a busy machine needs.

A limit only ends a test that has failed already, so it costs nothing to be generous. A test that claims
"nothing happens" pauses shortly instead, and one that claims "it is given up" sets the product's own limit.
"""

from __future__ import annotations

WAIT_LIMIT = 60.0
"""Seconds: for a condition, a start, a line on a terminal, an exit."""
