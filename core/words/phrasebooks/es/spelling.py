"""Spanish words that are often mistyped; with their accents and without.

Tests: tests/core/words/test_spelling.py.
"""

from __future__ import annotations

TIMES = """
    lunes martes miercoles miércoles jueves viernes sabado sábado domingo enero febrero agosto septiembre
    octubre noviembre diciembre manana mañana minutos semana semanas pasado
"""
"""Words that say when."""

REQUESTS = """
    recuerdame recuérdame recuerda recordatorio recordatorios borra elimina cancela tarea tareas muestra
    aplaza pospon mueve pausa deshacer deshaz cambia ayuda termina hecho cancelar recordarme
"""
"""Words of requests, and such as stand beside them."""

MISSPELLINGS = {
    "manana": "mannna amnana mmanana mananna mananaa mabana manyana",
    "mañana": "mañan manñana", "lunes": "lunez lnues", "martes": "martez",
    "miercoles": "micoles miercolez miercols", "jueves": "juves jeves juebes",
    "viernes": "viernez vieres biernes",
    "sabado": "sabadp savado sabdo", "domingo": "domimgo doming", "minutos": "mintos",
    "recuerdame": "recuedame recuerdme recurdame recuerdamen", "que": "qeu",
}  # fmt: skip
"""Spellings that are farther from the word than a slip of a finger, or too short to be told by one."""

OTHER_WORDS = """
    marte mares mates mazo domino canela vienes marts madri moren vernes agoto huete taras tares canel camba
    cabia apaza
"""
"""Words of their own that a slip makes of another."""

NAMES = "manna"
