"""The language of the terminal's person is that of their system."""

from __future__ import annotations

import pytest

from adapters.terminal.language import system_language


@pytest.mark.parametrize(
    ("environment", "tag"),
    [
        ({"LANG": "de_DE.UTF-8"}, "de-DE"),
        ({"LANG": "de_DE@euro"}, "de-DE"),
        ({"LANG": "fr_CH"}, "fr-CH"),
        ({"LANG": "es"}, "es"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "de_AT.UTF-8"}, "de-AT"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "de_AT.UTF-8", "LC_ALL": "fr_FR"}, "fr-FR"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": ""}, "de-DE"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "C.UTF-8"}, None),
        ({"LANG": "POSIX"}, None),
        ({"LANG": "../../etc"}, None),
        ({"LANG": ""}, None),
        ({}, None),
    ],
)
def test_the_language_is_that_of_messages(environment: dict[str, str], tag: str | None) -> None:
    assert system_language(environment) == tag
