"""Embeds texts of people who are due soon, so that no tip has to wait for an embedding."""

from __future__ import annotations

import logging

from core.deciding.embed_texts import prefetch_embeddings
from core.dependencies import Dependencies
from core.errors import LanguageModelUnavailable

log = logging.getLogger(__name__)


class Embedding:
    """The job. A failure is logged once, and again only after a success."""

    def __init__(self, deps: Dependencies) -> None:
        self._deps = deps
        self._last_failure = ""

    async def run(self) -> int:
        """Embed missing texts; returns how many people were considered."""
        try:
            people = await prefetch_embeddings(self._deps)
        except LanguageModelUnavailable as unavailable:
            if str(unavailable) != self._last_failure:
                log.warning("wordings are not embedded: %s", unavailable)
                self._last_failure = str(unavailable)
            return 0
        self._last_failure = ""
        return people
