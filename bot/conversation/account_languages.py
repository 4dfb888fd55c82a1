"""Remembers which language each account is spoken to in, for what is said before the store was asked.

Tests: tests/scenarios/test_languages.py.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

from bot.languages.active import active, speaking
from bot.languages.language import Language, language_of
from core.chat import Sender
from core.records import PersonAccount

MAX_REMEMBERED = 10_000


class AccountLanguages:
    """The languages of the accounts that wrote last."""

    def __init__(self, *, max_remembered: int = MAX_REMEMBERED) -> None:
        self._max_remembered = max_remembered
        self._languages: OrderedDict[tuple[str, str], Language] = OrderedDict()

    @contextmanager
    def speaking_to(self, sender: Sender) -> Iterator[None]:
        """Speak the language of ``sender`` within the block: the remembered one, else that of the channel.

        If they choose another one in the block, that is remembered.
        """
        key = _key(sender)
        with speaking(self._languages.get(key) or language_of(sender.language)):
            yield
            if key in self._languages:
                self._languages[key] = active()

    def learn(self, sender: Sender, known: PersonAccount) -> Language:
        """The language of a person whom the store knows; it is remembered for their account."""
        language = language_of(known.person.on(known.account).preferences.language)
        self._languages[_key(sender)] = language
        self._languages.move_to_end(_key(sender))
        if len(self._languages) > self._max_remembered:
            self._languages.popitem(last=False)
        return language


def _key(sender: Sender) -> tuple[str, str]:
    return sender.channel.value, sender.external_id
