"""What the core needs of the languages; see ``Languages`` in ``core/dependencies.py``.

Tests: tests/scenarios/test_languages.py, tests/bot/languages/test_for_core.py.
"""

from __future__ import annotations

from dataclasses import replace

from bot.languages.catalogue import catalogue_of
from bot.languages.language import SOURCE, language_of
from core.tips.candidates import Template


class SpokenLanguages:
    """The languages that have a catalogue."""

    def translated(self, templates: tuple[Template, ...], tag: str | None) -> tuple[Template, ...]:
        """The templates with their content in the language of ``tag``; all else, as the topic, is English."""
        catalogue = catalogue_of(language_of(tag).code)
        return tuple(
            replace(one, content=catalogue.sentence(f"texts.TEMPLATES.{one.template_id}", one.content))
            for one in templates
        )

    def english_name(self, tag: str | None) -> str | None:
        """``German``; None for English."""
        code = language_of(tag).code
        if code == SOURCE:
            return None
        from babel import Locale

        return str(Locale(SOURCE).languages[code])
