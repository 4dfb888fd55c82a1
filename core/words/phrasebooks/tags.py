"""Labels in patterns.

Tests: tests/core/words/test_changes.py.
"""

from __future__ import annotations

TAG = r"[#@][^\W\d_][\w/-]*"


def tags(joints: str) -> str:
    """The pattern of one or more labels; ``joints`` may stand between them."""
    return rf"{TAG}(?:(?:,|{joints})? {TAG})*"
