"""Free text that a person typed, understood at most once.

Tests: tests/bot/conversation/test_utterance.py.
"""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from core.errors import BadInput
from core.words.intents import Intent
from core.words.understand import understand


class Utterance:
    """A free text with its intent, which is found when it is first needed.

    ``zone`` is the person's; None while it is unknown.
    """

    def __init__(self, text: str, *, now: datetime, zone: ZoneInfo | None) -> None:
        self.text = text
        self._now = now
        self._zone = zone

    @cached_property
    def intent(self) -> Intent | None:
        """What the text wants; None when that is not certain, or the zone is unknown.

        Raises ``BadInput`` as ``understand`` does.
        """
        return understand(self.text, now=self._now, zone=self._zone) if self._zone else None

    def wants(self, kind: type[Intent]) -> bool:
        """Whether the intent is of that kind; what cannot be used is of none."""
        try:
            return isinstance(self.intent, kind)
        except BadInput:
            return False
