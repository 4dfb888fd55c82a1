"""The vocabulary of times in English, German and French, with the normal form of each word.

It covers what people put into a to-do: weekdays, months, parts of the day, units, small numbers, and words
that introduce a date. Spanish is in its phrasebook (``core/words/phrasebooks``), as a new language will be.
A word with another meaning in another language (*hier*, *Do*, *an*) is not listed:
``core/words/dates/word_context.py`` decides by its neighbours.
"""

from __future__ import annotations

from datetime import time

from core.words.phrasebooks.es import times as _es

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

_IN_ENGLISH = {
    "monday": "mon", "tuesday": "tue tues", "wednesday": "wed weds", "thursday": "thu thur thurs",
    "friday": "fri", "saturday": "sat", "sunday": "sun",
    "january": "jan", "february": "feb", "march": "mar", "april": "apr", "june": "jun", "july": "jul",
    "august": "aug", "september": "sep sept", "october": "oct", "november": "nov", "december": "dec",
    "today": "2day", "today night": "tonight tonite",
    "tomorrow": "tmrw tmr tmrrw tomorow tommorow tommorrow tomo 2moro 2morrow",
    "noon": "midday",
    "end of day": "eod cob", "end of week": "eow", "end of month": "eom", "end of year": "eoy",
    "seconds": "secs sec",
    "minute": "min", "minutes": "mins", "hour": "hr h", "hours": "hrs", "weekend": "wknd",
    "mid": "middle", "start": "beginning",
    "every": "each", "daily": "everyday", "yearly": "annually", "other": "alternate",
    "workday": "weekday", "workdays": "weekdays",
    "at": "@", "and": "&", "by": "til", "o'clock": "oclock", "am": "a.m", "pm": "p.m", "a": "an", "per": "/",
    "christmas": "xmas", "0": "zero", "1": "one", "2": "two", "3": "three", "4": "four", "5": "five",
    "6": "six", "7": "seven", "8": "eight", "9": "nine", "10": "ten", "11": "eleven", "12": "twelve",
    "13": "thirteen", "14": "fourteen", "15": "fifteen", "16": "sixteen", "17": "seventeen", "18": "eighteen",
    "19": "nineteen", "20": "twenty", "25": "twenty-five", "30": "thirty",
    "40": "forty", "45": "forty-five", "50": "fifty", "60": "sixty", "90": "ninety",
}  # fmt: skip
_IN_GERMAN = {
    "monday": "montag", "tuesday": "dienstag", "wednesday": "mittwoch", "thursday": "donnerstag",
    "friday": "freitag", "saturday": "samstag sonnabend", "sunday": "sonntag",
    "mondays": "montags", "tuesdays": "dienstags", "wednesdays": "mittwochs", "thursdays": "donnerstags",
    "fridays": "freitags", "saturdays": "samstags sonnabends", "sundays": "sonntags",
    "january": "januar jänner", "february": "februar feber", "march": "mär märz maerz", "may": "mai",
    "june": "juni", "july": "juli", "october": "okt oktober", "december": "dez dezember",
    "today": "heute heut", "tomorrow": "morgen", "overmorrow": "übermorgen uebermorgen",
    "yesterday": "gestern", "day before yesterday": "vorgestern",
    "morning": "früh vormittag morgens vormittags frühmorgens", "afternoon": "nachmittag nachmittags",
    "evening": "abend abends", "night": "nacht nachts", "noon": "mittag mittags", "midnight": "mitternacht",
    "weekend": "wochenende", "weekends": "wochenenden wochenends",
    "seconds": "sekunden sek",
    "minutes": "minuten", "hour": "std stunde", "hours": "stunden", "day": "tag", "days": "tage tagen",
    "week": "woche", "weeks": "wochen", "month": "monat monats", "months": "monate monaten",
    "year": "jahr jahres", "years": "jahre jahren", "quarter year": "quartal",
    "quarter": "viertel", "quarter hour": "viertelstunde", "3 quarter hour": "dreiviertelstunde",
    "1.5": "anderthalb eineinhalb", "2.5": "zweieinhalb", "3.5": "dreieinhalb", "4.5": "viereinhalb",
    "half": "halbe halben halbes ½", "a few": "einige einigen",
    "end": "ende", "start": "anfang", "mid": "mitte",
    "before last": "vorletzten vorletzte vorletzter",
    "end of month": "monatsende", "end of year": "jahresende",
    "end of quarter": "quartalsende",
    "first of the month": "monatsersten", "last of the month": "monatsletzten",
    "every": "jede jeden jeder jedes jedem alle immer jeweils", "daily": "täglich", "weekly": "wöchentlich",
    "biweekly": "14-tägig vierzehntägig zweiwöchentlich", "monthly": "monatlich",
    "quarterly": "vierteljährlich", "half-yearly": "halbjährlich",
    "yearly": "jährlich", "workday": "werktag arbeitstag", "workdays": "werktags werktagen wochentags",
    "once": "einmal", "per": "pro",
    "next": "nächste nächsten nächster nächstes nächstem", "this": "diese diesen dieser dieses diesem",
    "coming": "kommende kommenden kommender kommendes kommendem",
    "overnext": "übernächste übernächsten übernächster übernächstes",
    "last": "letzte letzten letzter letztes letztem vergangene vergangenen vergangenem vorige vorigen",
    "at": "um", "around": "gegen", "by": "bis", "due": "fällig", "starting": "ab", "latest": "spätestens",
    "within": "innerhalb binnen", "from": "von", "from the": "vom", "between": "zwischen", "in the": "im",
    "over the": "übers",
    "the": "der die das dem den", "of the": "des", "and": "und", "or": "oder", "after": "nach", "for": "für",
    "a": "ein eine einem einen einer eines",
    "first": "ersten erste erster erstes", "second": "zweiten zweite zweiter zweites",
    "third": "dritten dritte drittes", "fourth": "vierten vierte", "fifth": "fünften fünfte",
    "christmas": "weihnachten", "christmas eve": "heiligabend", "easter": "ostern", "new year": "neujahr",
    "new year's eve": "silvester",
    "0": "null", "1": "eins", "2": "zwei", "3": "drei", "4": "vier", "5": "fünf", "6": "sechs", "7": "sieben",
    "8": "acht", "9": "neun", "10": "zehn", "11": "elf", "12": "zwölf",
    "13": "dreizehn", "14": "vierzehn", "15": "fünfzehn",
    "16": "sechzehn", "17": "siebzehn", "18": "achtzehn", "19": "neunzehn", "20": "zwanzig",
    "21": "einundzwanzig", "22": "zweiundzwanzig", "23": "dreiundzwanzig",
    "25": "fünfundzwanzig", "30": "dreißig dreissig", "40": "vierzig",
    "45": "fünfundvierzig", "50": "fünfzig", "60": "sechzig", "90": "neunzig",
}  # fmt: skip
_IN_FRENCH = {
    "monday": "lundi", "tuesday": "mardi", "wednesday": "mercredi", "thursday": "jeudi", "friday": "vendredi",
    "saturday": "samedi", "sunday": "dimanche",
    "mondays": "lundis", "tuesdays": "mardis", "wednesdays": "mercredis", "thursdays": "jeudis",
    "fridays": "vendredis", "saturdays": "samedis", "sundays": "dimanches",
    "january": "janvier janv", "february": "février fevrier févr fevr", "march": "mars", "april": "avril avr",
    "june": "juin", "july": "juillet juil", "august": "août aout",
    "september": "septembre", "october": "octobre", "november": "novembre",
    "december": "déc décembre decembre",
    "today": "aujourd'hui", "tomorrow": "demain", "overmorrow": "après-demain",
    "day before yesterday": "avant-hier",
    "morning": "matin matins matinée", "afternoon": "après-midi aprem", "evening": "soir soirs soirée",
    "night": "nuit nuits", "noon": "midi", "midnight": "minuit",
    "weekend": "week-end", "weekends": "week-ends",
    "seconds": "secondes",
    "hour": "heure", "hours": "heures", "day": "jour journée", "days": "jours", "week": "semaine",
    "weeks": "semaines",
    "months": "mois", "year": "année", "years": "ans années", "quarter year": "trimestre",
    "quarter": "quart", "quarters": "quarts", "half": "demi demie", "half hour": "demi-heure",
    "a few": "quelques",
    "end": "fin", "start": "début", "mid": "milieu",
    "every": "chaque tous toutes", "weekly": "hebdomadaire", "monthly": "mensuel mensuellement",
    "daily": "quotidiennement", "workdays": "ouvrables ouvrés", "workday": "ouvrable ouvré", "per": "par",
    "this": "ce cet cette ces", "coming": "prochain prochaine prochains prochaines",
    "last": "dernier dernière dernières derniers passé passée",
    "at": "à", "at the": "au",
    "after": "après", "between": "entre",
    "starting": "dès", "around": "vers", "before": "avant", "dici": "d'ici",
    "in": "dans", "until": "jusqu'à jusqu'en",
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
ENGLISH = {
    spelling: word
    for language in (_IN_ENGLISH, _IN_GERMAN, _IN_FRENCH)
    for word, spellings in language.items()
    for spelling in spellings.split()
}
"""From each spelling, in lower case, to its normal form."""

UNIT_ABBREVIATIONS = {
    "m": "minutes", "min": "minutes", "mins": "minutes", "h": "hours", "hr": "hours", "hrs": "hours",
    "d": "days", "w": "weeks",
}  # fmt: skip
"""Units that follow a number without a space."""

AMBIGUOUS_WEEKDAYS = {
    "mo": "monday", "di": "tuesday", "mi": "wednesday", "do": "thursday", "fr": "friday", "sa": "saturday",
    "so": "sunday", "lun": "monday", "mer": "wednesday", "jeu": "thursday", "ven": "friday", "dim": "sunday",
}  # fmt: skip
"""Abbreviations that are also words or names: weekdays only next to a time, a date or another weekday."""

MORNING, EVENING = time(9), time(18, 30)
PARTS_OF_DAY = {"morning": MORNING, "afternoon": time(14), "evening": EVENING, "night": time(21)}

ZONES = {
    "UTC": "UTC", "GMT": "UTC", "CET": "Europe/Berlin", "CEST": "Europe/Berlin", "MEZ": "Europe/Berlin",
    "MESZ": "Europe/Berlin", "BST": "Europe/London", "EET": "Europe/Athens", "EEST": "Europe/Athens",
    "EST": "America/New_York", "EDT": "America/New_York", "ET": "America/New_York",
    "CDT": "America/Chicago", "MDT": "America/Denver", "PST": "America/Los_Angeles",
    "PDT": "America/Los_Angeles", "PT": "America/Los_Angeles", "JST": "Asia/Tokyo",
    "AEST": "Australia/Sydney",
    "AEDT": "Australia/Sydney", "NZST": "Pacific/Auckland", "NZDT": "Pacific/Auckland",
}  # fmt: skip
"""Zones as written after a time, in capitals. *EST* in July means the local time of New York as well."""

_AMBIGUOUS_ZONES = """
    CST IST MST AST SST CT MT AT KST HKT SGT MSK WET WEST ACST AWST HST AKST
"""
AMBIGUOUS_ZONES = frozenset(_AMBIGUOUS_ZONES.split())
"""Abbreviations that are ambiguous or rare: a time with one of them is not read."""

# After these a day or time belongs to the title: "the Friday meeting", "from 9 to 17:00", "Black Friday".
_WORDS_BEFORE_NO_DATE = """
    the a last past of and or to from since than between my our your his her their whose with without about
    if that whether ob dass si que every by at on during while late almost nearly within except
    re regarding concerning called named titled as like vs per not is are was were into via near against
    other
    good happy black cyber easter ash palm super shrove guten
    mit ohne über wegen zur seit als wie statt nicht namens betreff betr subject objet mein meine meinen dein
    deine unser
    unsere sur avec sans chez mon ma mes ton votre notre depuis concernant sujet bon bonne
"""
WORDS_BEFORE_NO_DATE = frozenset((_WORDS_BEFORE_NO_DATE + _es.BEFORE_NO_DATE).split())

# Verbs that to-dos begin with: "Friday call mom" has a date, "Friday night lights" has none.
_TASK_VERBS = """
    ask book bring buy call cancel check clean collect contact do email fetch file finish fix get go help
    install mail make meet message order pack pay phone pick plan prepare print read renew repair reply return
    review schedule sell send ship start study submit take tell text update visit wash water write
"""
TASK_VERBS = frozenset((_TASK_VERBS + _es.TASK_VERBS).split())

# Verbs before titles of works, and many titles contain days: "Watch Freaky Friday".
_VERBS_OF_TITLED_WORKS = """
    watch read listen hear play stream rewatch finish see buy schauen lesen hören ansehen anschauen regarder
    lire écouter voir
"""
VERBS_OF_TITLED_WORKS = frozenset((_VERBS_OF_TITLED_WORKS + _es.TITLED_WORKS).split())

# Verbs of planning a time and of changing by an amount: "Plan the weekend", "Reduce by 5" have no date.
_PLANNING_VERBS = (
    "plan review prepare organise organize schedule celebrate survive enjoy skip planifier organiser préparer"
)
_CHANGE_VERBS = """
    reduce increase raise lower cut extend postpone delay multiply divide split shorten move win lead beat
"""
PLANNING_VERBS = frozenset(f"{_PLANNING_VERBS} {_es.PLANNING}".split())
CHANGE_VERBS = frozenset(_CHANGE_VERBS.split())

# Verbs with degrees ("Bake at 350"), and verbs with the particle "on" ("turn it on tomorrow").
HEATING_VERBS = frozenset(("bake", "roast", "preheat", "heat", "grill", "fry"))
PARTICLE_VERBS = frozenset(
    ("turn", "switch", "put", "log", "sign", "hold", "carry", "keep", "try", "pass", "move")
)

# Before a name or a number: "Frau Freitag", "version 3.12."
_PERSON_TITLES = "mr mrs ms miss dr frau herr herrn familie mme mlle madame monsieur"
_NUMBER_LABELS = """
    version chapter section paragraph article page room ticket kapitel abschnitt artikel seite raum zimmer
    punkt psalm chapitre paragraphe salle
"""
PERSON_TITLES = frozenset(f"{_PERSON_TITLES} {_es.PERSON_TITLES}".split())
LOWER_CASE_TITLES = frozenset(_es.PERSON_TITLES.split())
NUMBER_LABELS = frozenset((_NUMBER_LABELS + _es.NUMBER_LABELS).split())

# Verbs whose subject is the time before: "3pm works for me". Words that continue a to-do after "the 3rd".
_VERBS_AFTER_TIME = "is are was works will would ist war geht passt est va convient"
_WORDS_AFTER_ORDINAL = "about with for at in to re and über mit bei wegen avec chez"
VERBS_AFTER_TIME, WORDS_AFTER_ORDINAL = (
    frozenset(_VERBS_AFTER_TIME.split()),
    frozenset(f"{_WORDS_AFTER_ORDINAL} {_es.AFTER_ORDINAL}".split()),
)

# Words that are only French: next to them *hier* is yesterday, elsewhere it is German for "here".
_FRENCH_MARKERS = """
    le la les du des une au aux et à l' payer appeler envoyer acheter réserver arroser sortir faire rendre
    prendre répondre finir rappeler écrire préparer nettoyer ranger réunion rendez-vous facture loyer
"""
FRENCH_MARKERS = frozenset(_FRENCH_MARKERS.split())
