"""What is done with each intent that a text may have."""

from __future__ import annotations

from typing import get_args

import pytest

from bot.conversation.commands import COMMANDS
from bot.conversation.free_text import COMMAND_OF, HANDLERS, SENTENCES, WITHOUT_DETAILS
from core.words.intents import Intent

TABLES = (HANDLERS, WITHOUT_DETAILS, SENTENCES, COMMAND_OF)


@pytest.mark.parametrize("intent", get_args(Intent), ids=lambda intent: intent.__name__)
def test_every_intent_is_carried_out_in_exactly_one_way(intent: type) -> None:
    assert sum(intent in table for table in TABLES) == 1


def test_every_command_of_an_intent_exists() -> None:
    assert set(COMMAND_OF.values()) <= set(COMMANDS)
