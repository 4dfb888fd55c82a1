"""Words for times in English, German and French, brought to one spelling: the English one the libraries read.

Only what people put into a to-do: weekdays, months, parts of the day, units, small numbers, and the little
words that introduce a date. A word that has another everyday meaning in English is left alone.
"""

from __future__ import annotations

from datetime import time

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

_SPELLINGS = {
    "monday": "mon montag lundi",
    "tuesday": "tue tues dienstag mardi",
    "wednesday": "wed weds mittwoch mercredi",
    "thursday": "thu thur thurs donnerstag jeudi",
    "friday": "fri freitag vendredi",
    "saturday": "sat samstag sonnabend samedi",
    "sunday": "sun sonntag dimanche",
    "mondays": "montags lundis",
    "tuesdays": "dienstags mardis",
    "wednesdays": "mittwochs mercredis",
    "thursdays": "donnerstags jeudis",
    "fridays": "freitags vendredis",
    "saturdays": "samstags sonnabends samedis",
    "sundays": "sonntags dimanches",
    "january": "jan januar jänner janvier",
    "february": "feb februar feber février fevrier",
    "march": "mar mär märz maerz mars",
    "april": "apr avril",
    "may": "mai",
    "june": "jun juni juin",
    "july": "jul juli juillet",
    "august": "aug août aout",
    "september": "sep sept septembre",
    "october": "oct okt oktober octobre",
    "november": "nov novembre",
    "december": "dec dez dezember déc décembre decembre",
    "today night": "tonight",
    "today": "heute aujourd'hui eod",
    "tomorrow": "morgen demain tmrw tomorow tommorow tommorrow",
    "overmorrow": "übermorgen uebermorgen après-demain",
    "morning": "früh vormittag matin",
    "afternoon": "nachmittag après-midi",
    "evening": "abend soir",
    "night": "nacht",
    "noon": "mittag midi midday",
    "midnight": "mitternacht minuit",
    "weekend": "wochenende",
    "minute": "min",
    "minutes": "mins minuten",
    "hour": "hr h std stunde heure",
    "hours": "hrs stunden heures",
    "day": "tag jour",
    "days": "tage tagen jours",
    "week": "woche semaine",
    "weeks": "wochen semaines",
    "month": "monat mois",
    "months": "monate monaten",
    "year": "jahr",
    "years": "jahre jahren",
    "end of week": "eow",
    "end of month": "eom monatsende",
    "every": "each jede jeden jeder jedes chaque",
    "daily": "everyday täglich",
    "weekly": "wöchentlich",
    "monthly": "monatlich",
    "yearly": "annually jährlich",
    "next": "nächste nächsten nächster nächstes",
    "this": "diese diesen dieser dieses",
    "at": "@ um à",
    "by": "bis",
    "due": "fällig",
    "before": "vor",
    "starting": "ab",
    "and": "und et &",
    "o'clock": "oclock uhr",
    "am": "a.m",
    "pm": "p.m",
    "a": "an ein eine einem einen einer",
    "half": "halbe halben",
    "0": "zero null",
    "1": "one eins",
    "2": "two zwei deux zweiten",
    "3": "three drei trois",
    "4": "four vier quatre",
    "5": "five fünf cinq",
    "6": "six sechs",
    "7": "seven sieben",
    "8": "eight acht huit",
    "9": "nine neun neuf",
    "10": "ten zehn dix",
    "11": "eleven elf",
    "12": "twelve zwölf",
}
ENGLISH = {word: english for english, words in _SPELLINGS.items() for word in words.split()}

GLUED_UNITS = {"m": "minutes", "min": "minutes", "h": "hours", "hrs": "hours", "d": "days", "w": "weeks"}

MORNING, EVENING = time(9), time(18, 30)
PARTS_OF_DAY = {"morning": MORNING, "afternoon": time(14), "evening": EVENING, "night": time(21)}

# After these a day or time is part of what is said: "the Friday meeting", "from 9 to 17:00", "Black Friday".
_CLAIMING = """
    the a last past of and or to from since than between my our your his her their whose
    good happy black cyber easter ash palm super shrove guten
"""
CLAIMING = frozenset(_CLAIMING.split())

# Verbs that to-dos begin with: "Friday call mom" is due, "Friday night lights" is not.
_DEEDS = """
    ask book bring buy call cancel check clean collect contact do email fetch file finish fix get go help
    install mail make meet message order pack pay phone pick plan prepare print read renew repair reply return
    review schedule sell send ship start study submit take tell text update visit wash water write
"""
DEEDS = frozenset(_DEEDS.split())
