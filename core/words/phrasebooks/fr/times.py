"""French words for dates and times; ``core/words/phrasebooks/en/times.py`` explains the constants.

Tests: tests/core/words/dates, tests/core/words/test_settings.py.
"""

from __future__ import annotations

from core.words.phrasebooks.time_words import Beside, TimeWords

TIMES: TimeWords | None = None

SPELLINGS = {
    "monday": "lundi", "tuesday": "mardi", "wednesday": "mercredi", "thursday": "jeudi", "friday": "vendredi",
    "saturday": "samedi", "sunday": "dimanche",
    "mondays": "lundis", "tuesdays": "mardis", "wednesdays": "mercredis", "thursdays": "jeudis",
    "fridays": "vendredis", "saturdays": "samedis", "sundays": "dimanches",
    "january": "janvier janv", "february": "février fevrier févr fevr", "march": "mars", "april": "avril avr",
    "june": "juin", "july": "juillet juil", "august": "août aout",
    "september": "septembre", "october": "octobre", "november": "novembre",
    "december": "déc décembre decembre",
    "today": "aujourd'hui", "tomorrow": "demain", "overmorrow": "après-demain apres-demain",
    "day before yesterday": "avant-hier",
    "morning": "matin matins matinée matinee", "afternoon": "après-midi apres-midi aprem",
    "evening": "soir soirs soirée soiree",
    "night": "nuit nuits", "noon": "midi", "midnight": "minuit",
    "weekend": "week-end", "weekends": "week-ends",
    "seconds": "secondes",
    "hour": "heure", "hours": "heures", "day": "jour journée journee", "days": "jours", "week": "semaine",
    "weeks": "semaines",
    "months": "mois", "year": "année", "years": "ans années", "quarter year": "trimestre",
    "quarter": "quart", "quarters": "quarts", "half": "demi demie", "half hour": "demi-heure",
    "a few": "quelques",
    "end": "fin", "start": "début", "mid": "milieu",
    "every": "chaque tous toutes", "weekly": "hebdomadaire", "monthly": "mensuel mensuellement",
    "daily": "quotidiennement", "workdays": "ouvrables ouvrés", "workday": "ouvrable ouvré", "per": "par",
    "this": "ce cet cette ces", "coming": "prochain prochaine prochains prochaines",
    "last": "dernier dernière derniere dernières derniers passé passée",
    "at": "à", "at the": "au",
    "after": "après apres", "between": "entre",
    "starting": "dès", "around": "vers", "before": "avant", "dici": "d'ici",
    "in": "dans", "until": "jusqu'à jusqu'a jusqu'en",
    "until the": "jusqu'au", "for": "pour pendant", "of": "de", "of the": "du", "the": "la les", "and": "et",
    "or": "ou", "minus": "moins", "a": "un une",
    "first": "premier première premiers", "second": "deuxième", "third": "troisième", "fourth": "quatrième",
    "fifth": "cinquième",
    "christmas": "noël noel", "easter": "pâques",
    "2": "deux", "3": "trois", "4": "quatre", "5": "cinq", "8": "huit", "9": "neuf", "10": "dix",
    "11": "onze",
    "12": "douze", "13": "treize", "14": "quatorze", "15": "quinze", "16": "seize", "17": "dix-sept",
    "18": "dix-huit", "19": "dix-neuf", "20": "vingt", "22": "vingt-deux", "23": "vingt-trois",
    "30": "trente", "40": "quarante", "45": "quarante-cinq", "50": "cinquante",
}  # fmt: skip

AMBIGUOUS_WEEKDAYS = {
    "lun": "monday", "mer": "wednesday", "jeu": "thursday", "ven": "friday", "dim": "sunday",
}  # fmt: skip
LOWER_CASE_WEEKDAYS = "lun mer jeu ven dim"
WEEKDAYS_IN_A_ROW: dict[str, str] = {"mar": "tuesday", "sam": "saturday"}

# --- Words that decide whether a date belongs to the title -------------------------------------------------

BEFORE_NO_DATE = """
    si que subject objet sur avec sans chez mon ma mes ton votre notre depuis concernant sujet bon bonne
"""
TASK_VERBS = ""
TITLED_WORKS = "regarder lire écouter voir"
SELDOM_TITLED_WORKS, BEFORE_A_PERSON = "voir", "pour avec"
BUYING, BUYING_SOME = "acheter vendre", "commander prendre"
OR_SO = ""
DECIDING = "demander décider choisir discuter vérifier confirmer si soit"
PRICE_AFTER, PRICE_UNITS = "à", "euro euros eur francs chf € pièce"
PLANNING = "planifier organiser préparer"
CHANGE_VERBS, HEATING_VERBS, PARTICLE_VERBS = "", "", ""
PERSON_TITLES, TITLES_IN_LOWER_CASE = "mme mlle madame monsieur", ""
NUMBER_LABELS = "chapitre paragraphe salle"
VERBS_AFTER_TIME = "est va convient sera serait m'arrange marche c'est ça ca gras noir saint"
AFTER_ORDINAL = "avec chez"
PARTICIPLES = r"\w+(?:é|ée|és|ées)|reçue?s?|vue?s?"
VERBS_AT_END, DAYS_BEFORE_VERBS = "", ""
COUNTED = "[0-9]+ ?-?fois"
WEEKDAY_IS_A_WORD = "mer jeu"
AFTER_AN_HOUR, AFTER_A_DAY, VERBS_BY_AN_AMOUNT = "à au chez avec devant dans", "avec chez", ""
EXCEPT = "sauf"
COUNT_WORDS, LOCAL_TIME = "fois", ""

# --- Words of dates that have no normal form ---------------------------------------------------------------

LEADS = """
    dici, dici the, dici le, dici at, dici this, by le, by this, before le, before this, until this,
    latest le, latest this, at the plus tard, at the plus tard le, at the plus tard this, due le,
    at partir of,
    at partir of the, le, en, déjà, déjà at, déjà le, aux alentours of, autour of
"""
ISH = ""
APPROXIMATELY = "environ"
AGO = "il y a"
TIMES_IN_ALL, IN_ALL, SHARP = "fois", "en tout", "at the plus tard|pile"
NOUNS_OF_DAY = "soirée matinée nuit"
HOURS_AFTER, CLOCK_WORDS = "heures", "heures?|midi|minuit"
DATE_AFTER = "le"
AND_DAYS, DAY_JOINTS, AT_CLOCK = "", "", ""
PART_AFTER_DAY, ON_AFTER, ON_BEFORE = "", "", ""
_FRENCH = """
    le la les du des une au aux et à l' payer appeler envoyer acheter réserver arroser sortir faire rendre
    prendre répondre finir rappeler écrire préparer nettoyer ranger réunion rendez-vous facture loyer
"""
_WEEKDAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche"
_HOURS = " ".join(
    f"{hour}h{minute}" for hour in range(24) for minute in ("", *(f"{one:02}" for one in range(0, 60, 5)))
)
_NUMBERS = "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
HOLIDAYS = {
    "easter monday": "lundi de pâques", "easter sunday": "dimanche de pâques",
    "good friday": "vendredi saint", "ascension day": "ascension|l'ascension|jeudi de l'ascension",
    "pentecost": "pentecôte", "whit monday": "lundi de pentecôte", "palm sunday": "dimanche des rameaux",
    "shrove tuesday": "mardi gras", "ash wednesday": "mercredi des cendres",
    "mother's day in france": "fête des mères|fete des mères",
    "father's day": "fête des pères|fete des pères", "valentine's day": "saint-valentin|saint valentin",
    "all saints' day": "toussaint", "epiphany": "épiphanie|l'épiphanie", "st nicholas day": "saint-nicolas",
    "christmas eve": "veille de noël|réveillon de noël|réveillon",
    "new year's eve": "saint-sylvestre|réveillon du nouvel an", "new year": "nouvel an|jour de l'an",
}  # fmt: skip
BESIDE = (
    *(Beside(word=word, meaning="overmorrow", before="demain") for word in ("après", "apres")),
    Beside(word="demain", meaning="", after="après apres"),
    Beside(word="jours", meaning="", before="ouvrables ouvrés ouvres"),
    Beside(word="environ", meaning="", after="à a vers"),
    Beside(word="sept", meaning="7", before="heures jours semaines mois minutes"),
    Beside(word="four", meaning="oven", after="le au du un mon notre"),
    Beside(word="an", meaning="year", after="un par"),
    # Without its accent, "à" is English "a", and "début" an English word.
    Beside(
        word="a",
        meaning="at",
        before=f"midi minuit {_HOURS}",
        among=f"{_FRENCH} {_WEEKDAYS} demain soir matin rdv dentiste médecin medecin coiffeur chez",
    ),
    Beside(
        word="a",
        meaning="at",
        before=f"une {_NUMBERS}",
        among="heure heures",
        after=f"{_WEEKDAYS} demain aujourd'hui prochain rdv réunion reunion dentiste medecin coiffeur",
    ),
    Beside(
        word="debut",
        meaning="start",
        before="janvier février fevrier mars avril mai juin juillet août aout septembre octobre novembre"
        " décembre decembre de du mois semaine",
        among=f"{_FRENCH} janvier fevrier juin juillet aout septembre octobre novembre decembre semaine",
    ),
    Beside(word="hier", meaning="yesterday", among=_FRENCH),  # German for "here"
)
STARTING = "at partir"
WORKING_WEEK = "en"
OF_TWO = "sur 2"
FIRST_ALONE = ""
DAYS_BEFORE_NOUNS = ""
DAYS_FIRST = f"""
    {_WEEKDAYS} demain après-demain apres-demain
    prochain prochaine fin début debut
"""
INFINITIVE = r"(?!(?:[ns]oir|dernier|premier|entier)$)(?:s['’])?[a-zà-ÿ]{2,}(?:er|ir|re)"
ORDINAL_ENDINGS = "er|ère|ème|eme"
DAY_WITH_PART = ""
DAY_PARTS: dict[str, str] = {}
PREFIXES = {"l'": "the", "d'": "of", "mi-": "mid"}
WORDS_AFTER_PREFIX = {"an": "year"}

# --- Settings: times, quiet hours, limits ------------------------------------------------------------------

TWELVE_HOURS = ""
NOON, MIDNIGHT, O_CLOCK = "", "", ""
SETTING_DAYS = {**AMBIGUOUS_WEEKDAYS, "mar": "tuesday", "sam": "saturday"}
WORKDAYS, WEEKENDS = "", "week-end week-ends"
OFF = "jamais aucune non"
AT_MOST, TIPS_A_DAY, A_DAY = "au plus", "fois", "(?:par|/) ?jour"
MORNING_HOURS, EVENING_HOURS = "du matin", "du soir|de l'après-midi"
HOUR_UNITS = "heures?"
DAILY, ON_WORKDAYS = "tous les jours|chaque jour", "en semaine|les jours de semaine"
ALL_DAY = "toute la journée"
REWRITES = (
    (r"(\d)\s*h(?:eures?)?\b", r"\1h"),
    (r"\bweek-end", "weekend"),
    (r"\b(?:tous les|les|le) (?=[a-z])", ""),
    (r"(?:(?<=[\dhm])|(?<=midi)|(?<=minuit))\s+(?:à|a)\s+(?=[\dmn])", "-"),
    (r"(?<=[a-z])\s+(?:à|au)\s+(?=(?:lun|mar|mer|jeu|ven|sam|dim))", "-"),
)
BETWEEN, AND, TO, FROM = "entre", "et", "jusqu'(?:à|au)", "de|du|dès|à|le"
