"""Parts of French patterns: how people ask oO for something.

Tests: tests/core/words/test_understand.py.
"""

from __future__ import annotations

TU = (
    r"(?:(?:peux|pourrais)[- ]tu|tu (?:peux|pourrais)|(?:pouvez|pourriez)[- ]vous"
    r"|vous (?:pouvez|pourriez)|est-ce que tu peux) "
)
OF = r"(?:de la |de l'|du |des |de |d')"
