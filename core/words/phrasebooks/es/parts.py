"""Parts of Spanish patterns: how people ask oO for something.

Tests: tests/core/words/test_spanish.py.
"""

from __future__ import annotations

CAN_YOU = r"(?:puedes|podrías|puede|podría) "
OF = r"(?:de la |de los |del |de |a la |al |a )"
