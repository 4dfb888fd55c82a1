"""Where the language model runs, in words.

Tests: tests/bot/screens/test_language_model.py.
"""

from __future__ import annotations

from bot.screens import texts_welcome

GATEWAY, HERE, AT = "the LiteLLM gateway", " on this machine", " at "
"""Of what the adapters in ``adapters/llm`` say about themselves, and ``bot/app.py`` about this machine."""


def llm_words(where: str) -> str:
    """Where a language model runs, in the active language; ``where`` says it in English."""
    here = where.removesuffix(HERE)
    name, at, host = here.rpartition(AT)
    name = name if at else here
    model = texts_welcome.LLM_GATEWAY if name == GATEWAY else name
    if here != where:
        return texts_welcome.LLM_HERE.format(model=model)
    return texts_welcome.LLM_AT.format(model=model, host=host) if at else where
