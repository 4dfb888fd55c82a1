"""Words of languages that oO does not speak: they show that a text is in none of those that it speaks.

Tests: tests/core/words/test_languages.py.
"""

from __future__ import annotations

JOINING = {
    "it": """
        il lo gli che non è di da per con una sono mio mia questo quello domani oggi alle della del
        nel ogni
    """,
    "nl": """
        het een ik jij niet van voor met naar ook mijn deze dat wat om elke en de is in op te
    """,
    "pt": """
        não você eu um uma em para os as o a no na do da meu minha hoje amanhã com por que às cada
        depois
    """,
}
"""By the tag of the language; a language that has a phrasebook now is left out."""

LANGUAGE_NAMES = {
    "pt": "português", "nl": "nederlands", "pl": "polski", "tr": "türkçe", "ru": "русский",
    "uk": "українська", "ja": "日本語", "zh": "中文", "ar": "العربية", "sv": "svenska", "da": "dansk",
    "cs": "čeština",
}  # fmt: skip
"""As their speakers call them."""
