"""Keeps out what a library loads only because it is installed.

Tests: tests/bot/cli/test_starting.py.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def as_if_missing(package: str) -> Iterator[None]:
    """Within the block, imports of ``package`` fail as where it is not installed. Nothing if it is loaded.

    Only for a library that says it works without ``package``, while no other thread imports it.
    """
    if package in sys.modules:
        yield
        return
    sys.modules[package] = None  # type: ignore[assignment]  # None makes the import fail
    try:
        yield
    finally:
        del sys.modules[package]
