"""Calendar words in Spanish, in the spelling of ``core/tips/claim_words.py``.

oO does not understand Spanish when somebody types it, but a language model writes tips in it, and what these
claim is checked. *Mañana* is left out after an article: there it is the morning.
Tests: tests/core/tips/test_spanish_claims.py.
"""

from __future__ import annotations

import re

SPANISH = {
    "lunes": "monday",
    "martes": "tuesday",
    "miércoles": "wednesday",
    "jueves": "thursday",
    "viernes": "friday",
    "sábado": "saturday",
    "domingo": "sunday",
    "enero": "january",
    "febrero": "february",
    "marzo": "march",
    "abril": "april",
    "mayo": "may",
    "junio": "june",
    "julio": "july",
    "agosto": "august",
    "septiembre": "september",
    "octubre": "october",
    "noviembre": "november",
    "diciembre": "december",
    "hoy": "today",
    "ayer": "yesterday",
    "mañana": "tomorrow",
    "mediodía": "noon",
    "medianoche": "midnight",
    "vence": "due",
    "vencía": "due",
    "vencimiento": "due",
    "plazo": "deadline",
    "vencida": "overdue",
    "vencido": "overdue",
    "atrasada": "overdue",
    "atrasado": "overdue",
    "prioridad": "priority",
}
_MORNING = re.compile(r"\b(la|esta) mañana\b", re.IGNORECASE)


def without_mornings(text: str) -> str:
    """The text without *la mañana*, which is no day."""
    return _MORNING.sub(r"\1", text)
