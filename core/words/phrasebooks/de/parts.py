"""Parts of German patterns: how people ask oO for something.

Tests: tests/core/words/test_understand.py.
"""

from __future__ import annotations

DU = r"(?:(?:kannst|könntest|würdest|magst) du )(?:bitte |mal )*"
MAL = r"(?:bitte |mal )*"
