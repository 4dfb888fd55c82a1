"""Texts of people who are due soon are embedded, so that no tip waits for it."""

from __future__ import annotations

import logging

from core.deciding.embed_texts import prefetch_embeddings
from core.dependencies import Dependencies
from core.errors import LanguageModelUnavailable

log = logging.getLogger(__name__)


class Embedding:
    """The job; what keeps it from working is said once, and not again until it has worked."""

    def __init__(self, deps: Dependencies) -> None:
        self._deps = deps
        self._said = ""

    async def run(self) -> int:
        """Embed what is missing; returns how many people were looked at."""
        try:
            looked_at = await prefetch_embeddings(self._deps)
        except LanguageModelUnavailable as unavailable:
            if str(unavailable) != self._said:
                log.warning("wordings are not embedded: %s", unavailable)
                self._said = str(unavailable)
            return 0
        self._said = ""
        return looked_at
