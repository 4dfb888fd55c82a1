"""The language of the system, as its environment says it.

Tests: tests/adapters/terminal/test_language.py.
"""

from __future__ import annotations

from collections.abc import Mapping

from core.text import language_tag


def system_language(environment: Mapping[str, str]) -> str | None:
    """The IETF tag of the language of messages: ``de-DE`` for ``LANG=de_DE.UTF-8``; None for ``C``.

    The first variable of POSIX that is set counts: LC_ALL, LC_MESSAGES, LANG.
    """
    variables = ("LC_ALL", "LC_MESSAGES", "LANG")
    chosen = next((value for name in variables if (value := environment.get(name))), "")
    return language_tag(chosen.partition(".")[0].partition("@")[0].replace("_", "-"))
