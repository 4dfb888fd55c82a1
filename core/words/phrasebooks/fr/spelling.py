"""French words that are often mistyped.

Tests: tests/core/words/test_spelling.py.
"""

from __future__ import annotations

TIMES = """
    lundi mardi mercredi jeudi vendredi samedi dimanche janvier février fevrier juillet septembre octobre
    novembre décembre decembre demain après-demain matin après-midi minutes heures semaine semaines chaque
"""
"""Words that say when."""

REQUESTS = """
    rappelle rappelle-moi rappelez rappel rappels supprime efface annule déplace repousse reporte tâche tâches
    taches terminé affiche annuler modifie ajoute rappeler aide pause jusqu'à plutôt
"""
"""Words of requests, and such as stand beside them."""

MISSPELLINGS = {
    "mercredi": "mecredi mercrdi mercerdi", "vendredi": "vendrdi vendedi vandredi",
    "demain": "demian dmain deamin",
    "dimanche": "dimache", "aujourd'hui": "ajourd'hui aujourd'ui aujord'hui aujourdhuis",
    "rappelle": "rapelle rapele rappele rapel", "rappelle-moi": "rapelle-moi rapele-moi rappele-moi",
    "minutes": "minuttes", "semaine": "semanie",
}  # fmt: skip
"""Spellings that are farther from the word than a slip of a finger, or too short to be told by one."""

OTHER_WORDS = "annuel javier heres langage monts afiche heurs"
"""Words of their own that a slip makes of another."""

NAMES = "demian deman"
