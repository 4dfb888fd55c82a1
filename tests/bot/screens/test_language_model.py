"""What adapters say about themselves is read in every language."""

from __future__ import annotations

import pytest

from adapters.llm import Gateway, Ollama
from bot.app import ON_THIS_MACHINE
from bot.languages.active import speaking
from bot.languages.language import language_of
from bot.screens.language_model import llm_words


@pytest.mark.parametrize(
    ("where", "german"),
    [
        ("Ollama on this machine", "Ollama auf diesem Rechner"),
        ("Ollama at 10.0.0.7", "Ollama auf 10.0.0.7"),
        ("the LiteLLM gateway on this machine", "das LiteLLM-Gateway auf diesem Rechner"),
        ("the LiteLLM gateway at llm.example", "das LiteLLM-Gateway auf llm.example"),
        ("claude in Anthropic's cloud", "claude in Anthropic's cloud"),
    ],
)
def test_the_place_of_a_model_is_read_in_german(where: str, german: str) -> None:
    assert llm_words(where) == where
    with speaking(language_of("de")):
        assert llm_words(where) == german


async def test_what_the_adapters_say_is_known() -> None:
    gateway, local = Gateway("http://127.0.0.1:4000", ""), Ollama("http://localhost:11434", models={})

    with speaking(language_of("de")):
        said = [
            llm_words(ON_THIS_MACHINE.sub(" on this machine", one.describe())) for one in (gateway, local)
        ]

    assert said == ["das LiteLLM-Gateway auf diesem Rechner", "Ollama auf diesem Rechner"]
    await gateway.close()
    await local.close()
