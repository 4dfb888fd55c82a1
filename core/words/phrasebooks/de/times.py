"""German words for dates and times; ``core/words/phrasebooks/en/times.py`` explains the constants.

Tests: tests/core/words/dates, tests/core/words/test_settings.py.
"""

from __future__ import annotations

from core.words.phrasebooks.time_words import Beside, TimeWords

TIMES: TimeWords | None = None

SPELLINGS = {
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

AMBIGUOUS_WEEKDAYS = {
    "mo": "monday", "di": "tuesday", "mi": "wednesday", "do": "thursday", "fr": "friday", "sa": "saturday",
    "so": "sunday",
}  # fmt: skip
LOWER_CASE_WEEKDAYS = ""
WEEKDAYS_IN_A_ROW: dict[str, str] = {}

# --- Words that decide whether a date belongs to the title -------------------------------------------------

BEFORE_NO_DATE = """
    ob dass si mit ohne über wegen zur seit als wie statt nicht namens betreff betr mein meine meinen dein
    deine unser unsere guten
"""
TASK_VERBS = ""
TITLED_WORKS = "schauen lesen hören ansehen anschauen"
SELDOM_TITLED_WORKS, BEFORE_A_PERSON = "", "für mit"
BUYING, BUYING_SOME = "kaufen verkaufen einkaufen", "bestellen holen besorgen"
OR_SO = "so"
DECIDING = "fragen frag frage entscheiden klären besprechen abstimmen ob entweder"
PRICE_AFTER, PRICE_UNITS = "à", "euro eur franken chf € stück"
PLANNING, CHANGE_VERBS, HEATING_VERBS, PARTICLE_VERBS = "", "", "", ""
PERSON_TITLES, TITLES_IN_LOWER_CASE = "frau herr herrn familie", ""
NUMBER_LABELS = "kapitel abschnitt artikel seite raum zimmer punkt"
VERBS_AFTER_TIME = "ist war geht passt"
AFTER_ORDINAL = "und über mit bei wegen"
PARTICIPLES = r"ge\w+(?:t|en)|kam|war|hatte"
VERBS_AT_END = "[a-zäöüß]+(?:en|ern|eln)"
DAYS_BEFORE_VERBS = "tag woch abend woche wochenende monat jahr"
COUNTED = r"\w*(?:ein|zwei|drei|vier|fünf)mal|[0-9]+ ?-?mal"
WEEKDAY_IS_A_WORD = ""
AFTER_AN_HOUR = "vom beim bei im in mit zum zur am an"
AFTER_A_DAY = "mit bei beim im in zum zur wegen"
VERBS_BY_AN_AMOUNT = """
    erhöhen erhöhe senken senke kürzen kürze reduzieren reduziere verlängern verlängere verkürzen verkürze
    verringern verringere steigern steigere anheben verschieben überziehen
"""
EXCEPT = "außer ausser"
COUNT_WORDS, LOCAL_TIME = "mal", "zeit"

# --- Words of dates that have no normal form ---------------------------------------------------------------

LEADS = """
    latest zum, by zum, vor, vor the, zum, noch, erst, gleich, schon, schon at, erst at, gleich at, bereits,
    bereits at, schon on, erst on, bereits on
"""
ISH = ""
APPROXIMATELY = "ca|etwa|rund|genau"
AGO = "vor"
TIMES_IN_ALL, IN_ALL, SHARP = "mal", "insgesamt", "pünktlich|noch"
NOUNS_OF_DAY = ""
HOURS_AFTER, CLOCK_WORDS = "uhr", "uhr|mittag"
DATE_AFTER = "am bis ab vor zum den"
AND_DAYS, DAY_JOINTS, AT_CLOCK = "und", "bis und", "um"
PART_AFTER_DAY = "morgen"
ON_AFTER, ON_BEFORE = "um gegen bis ab", "tag woch abend"
_HOLIDAYS = """
    weihnachten heiligabend silvester ostern neujahr ostermontag ostersonntag karfreitag pfingsten
    pfingstsonntag pfingstmontag muttertag nikolaus allerheiligen fronleichnam
"""
_DAYS = """
    montag dienstag mittwoch donnerstag freitag samstag sonntag heute morgen übermorgen
    früh vormittag nachmittag abend nacht
"""
HOLIDAYS = {
    "easter monday": "ostermontag", "easter sunday": "ostersonntag", "easter saturday": "karsamstag",
    "good friday": "karfreitag", "maundy thursday": "gründonnerstag", "palm sunday": "palmsonntag",
    "ash wednesday": "aschermittwoch", "shrove tuesday": "faschingsdienstag|fastnachtsdienstag",
    "ascension day": "himmelfahrt|christi himmelfahrt|vatertag", "corpus christi": "fronleichnam",
    "pentecost": "pfingsten", "whit sunday": "pfingstsonntag", "whit monday": "pfingstmontag",
    "mother's day": "muttertag", "valentine's day": "valentinstag", "st nicholas day": "nikolaus|nikolaustag",
    "epiphany": "dreikönig|dreikönigstag|heilige drei könige", "all saints' day": "allerheiligen",
    "advent": "ersten advent|erster advent", "boxing day": "zweiten weihnachtstag",
    "christmas day": "ersten weihnachtstag",
}  # fmt: skip
BESIDE = (
    Beside(word="an", meaning="on", before=f"jedem werktagen wochenenden diesem {_HOLIDAYS}"),
    Beside(word="zu", meaning="on", before=_HOLIDAYS),
    Beside(word="so", meaning="", before="gegen um"),
    *(
        Beside(word=word, meaning="", **{side: "um gegen"})
        for word in ("etwa", "ungefähr", "circa", "ca", "zirka", "rund")
        for side in ("after", "before")
    ),
    *(
        Beside(word=word, meaning="around", after=_DAYS, then="uhr")
        for word in ("etwa", "ungefähr", "circa", "ca", "zirka", "so")
    ),
)
STARTING = ""
WORKING_WEEK = "unter the"
OF_TWO = ""
FIRST_ALONE = "erst"
DAYS_BEFORE_NOUNS = "montag dienstag mittwoch donnerstag freitag samstag sonntag"
DAYS_FIRST = ""
INFINITIVE = ""
ORDINAL_ENDINGS = ""
DAY_WITH_PART = (
    "(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)s?"
    "(morgen|früh|vormittag|mittag|nachmittag|abend|nacht)(s?)"
)
DAY_PARTS = {"morgen": "morning"}
PREFIXES: dict[str, str] = {}
WORDS_AFTER_PREFIX: dict[str, str] = {}

# --- Settings: times, quiet hours, limits ------------------------------------------------------------------

TWELVE_HOURS = ""
NOON, MIDNIGHT, O_CLOCK = "mittag", "mitternacht", "uhr"
SETTING_DAYS = AMBIGUOUS_WEEKDAYS
WORKDAYS, WEEKENDS = "werktags wochentags", "wochenenden"
OFF = "aus nie nein keine"
AT_MOST, TIPS_A_DAY, A_DAY = "höchstens", "mal", "(?:am|pro|/) ?tag"
MORNING_HOURS, EVENING_HOURS = "morgens", "nachmittags|abends"
HOUR_UNITS = "uhr"
DAILY, ON_WORKDAYS, ALL_DAY = "jeden tag|täglich", "unter der woche", "ganztägig|ganztags|den ganzen tag"
REWRITES: tuple[tuple[str, str], ...] = ()
BETWEEN, AND, TO, FROM = "zwischen", "und", "bis", "von|um|am|jeden"
