"""Parts of English patterns: how people ask oO for something.

Tests: tests/core/words/test_understand.py.
"""

from __future__ import annotations

_PLEASE = r"(?:please |pls |plz |kindly )?"
REQUEST = (
    rf"(?:(?:can|could|will|would) (?:you|u) {_PLEASE}"
    rf"|i(?: want|'d like| would like| need) you to {_PLEASE})?"
)
LETS = rf"(?:let's |{REQUEST})"
