"""Words by which oO tells that a text is in French (``core/words/languages.py``), and names of languages.

Tests: tests/core/words/test_languages.py.
"""

from __future__ import annotations

TELLING = """
    je tu nous vous il elle j j'ai moi toi mon ma mes tes notre nos votre vos ne pas rien jamais suis es
    est sommes êtes sont ai as avons avez peux peut pouvez pourrais dois doit faut veux veut voudrais
    vais fais fait pourquoi quand quel quelle quels quelles qu'est-ce est-ce aujourd'hui demain
    après-demain hier maintenant toujours encore déjà peut-être rappelle rappelle-moi rappelle-le
    supprime efface déplace décale reporte repousse change écris montre montre-moi annule enlève retire
    chaque tous toutes jours semaine semaines mois prochain prochaine lundi mardi mercredi jeudi vendredi
    samedi dimanche heure heures soir matin midi minuit après-midi dure environ merci s'il parce lorsque
    jour année fois ça oublie mets laisse minutes prend janvier février avril juin juillet août septembre
    octobre novembre décembre week-end prends c'est c'était n'oublie
"""
"""Pronouns, verbs, adverbs and words of time: a title seldom has any."""

JOINING = """
    y le les des du au aux un une et ou dans pour par avec sans sur sous chez vers avant après jusqu'à
    jusqu d'ici ce cet cette ces à appeler acheter payer faire aller écrire envoyer arroser sortir
    prendre finir rendre porter lire réserver préparer passer parler de la en fin d'un d'une ranger
    nettoyer faites que qui me te se trop moins souvent beaucoup combien bonjour salut seulement
"""
"""Articles, prepositions, conjunctions and common verbs: titles and names have them too."""

ENDINGS = ""
LANGUAGE_NAMES = {
    "en": "anglais",
    "de": "allemand",
    "fr": "français francais",
    "es": "espagnol",
    "it": "italien",
    "pt": "portugais",
    "nl": "néerlandais",
    "pl": "polonais",
    "tr": "turc",
    "ru": "russe",
    "uk": "ukrainien",
    "ja": "japonais",
    "zh": "chinois",
    "ar": "arabe",
    "sv": "suédois",
    "da": "danois",
    "cs": "tchèque",
}
"""By their IETF tags, in lower case."""
