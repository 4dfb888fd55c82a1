"""How people write times and quiet hours, brought into the few forms that ``core/words/settings.py`` reads.

Tests: tests/core/words/test_settings.py.
"""

from __future__ import annotations

ALL_DAY = "allday"
_HOUR = r"\b((?:0?[1-9]|1[01])(?:[:.h][0-5]\d)?)(?: ?uhr| ?heures?| ?h\b| o'clock)?"
_PM_WORDS = (
    r"(?:in the (?:afternoon|evening)|at night|nachmittags|abends|du soir|de l'après-midi"
    r"|de la (?:tarde|noche))"
)
REWRITES = (
    (rf"{_HOUR} (?:in the morning|morgens|du matin|de la mañana)(?!\w)", r"\1am"),
    (rf"{_HOUR} {_PM_WORDS}(?!\w)", r"\1pm"),
    (r"(\d)\s+([ap]\.?m\b|uhr\b|o'clock\b)", r"\1\2"),
    (r"(\d)\s*h(?:eures?)?\b", r"\1h"),
    (r"\bweek-end", "weekend"),
    (
        (
            r"\b(?:every ?day|jeden tag|täglich|tous les jours|chaque jour|todos los d[íi]as|cada d[íi]a|a"
            r" diario)\b"
        ),
        "daily",
    ),
    (
        (
            r"\b(?:en semaine|les jours de semaine|unter der woche|entre semana|d[íi]as laborables|during the"
            r" week)\b"
        ),
        "weekdays",
    ),
    (
        (
            r"\b(?:all day(?: long)?|(?:the )?whole day|ganztägig|ganztags|den ganzen tag"
            r"|toute la journée|todo el día)\b"
        ),
        f" {ALL_DAY} ",
    ),
    (r"\b(?:(?:los )?fines de semana|(?:el )?fin de semana)\b", "weekends"),
    (r"\bhasta las ", "hasta "),
    (r"\b(?:a |de |desde )?las (?=\d)", "a "),
    (r"\b(?:tous les|les|le|the|los|el) (?=[a-z])", ""),
    (r"\b(?:between|zwischen|entre)\s+(?:a )?(\S+)\s+(?:and|und|et|y)\s+(?:a )?", r"\1-"),
    (r"(?:(?<=[\dhm])|(?<=midi)|(?<=minuit))\s+(?:à|a)\s+(?=[\dmn])", "-"),
    (r"(?<=[a-záé])\s+a\s+(?=(?:lun|mar|mi[eé]|jue|vie|s[aá]b|dom))", "-"),
    (r"(?<=[a-z])\s+(?:à|au)\s+(?=(?:lun|mar|mer|jeu|ven|sam|dim))", "-"),
    (r"\s*(?:[-–—]|\b(?:to|till|until|through|thru|bis|hasta)\b|\bjusqu'(?:à|au)(?!\w))\s*", "-"),
    (r"\b(?:from|von|de|du|dès|desde|at|um|à|a|on|am|every|each|jeden|cada|todos|le)\s", " "),
    (r"\b(?:and|und|et|y)\b|[;\n]", ", "),
)
"""Pattern and replacement, in this order, for a text in lower case."""
