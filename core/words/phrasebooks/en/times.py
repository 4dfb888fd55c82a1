"""English words for dates and times.

Tests: tests/core/words/dates, tests/core/words/test_settings.py.
"""

from __future__ import annotations

from core.words.phrasebooks.time_words import Beside, TimeWords

TIMES: TimeWords | None = None
"""The words that are read only in a sentence of the language: for a language that came later."""

SPELLINGS = {
    "monday": "mon", "tuesday": "tue tues", "wednesday": "wed weds", "thursday": "thu thur thurs",
    "friday": "fri", "saturday": "sat", "sunday": "sun",
    "january": "jan", "february": "feb", "march": "mar", "april": "apr", "june": "jun", "july": "jul",
    "august": "aug", "september": "sep sept", "october": "oct", "november": "nov", "december": "dec",
    "today": "2day", "today night": "tonight tonite",
    "tomorrow": "tmrw tmr tmrrw tomorow tommorow tommorrow tomo 2moro 2morrow",
    "noon": "midday lunchtime lunch-time",
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
"""From each normal form to the words that have it in every sentence (``core/words/dates``)."""

AMBIGUOUS_WEEKDAYS: dict[str, str] = {}
"""Abbreviations that are also words or names: weekdays only next to a time, a date or another weekday."""

LOWER_CASE_WEEKDAYS = ""
WEEKDAYS_IN_A_ROW: dict[str, str] = {}
"""Abbreviations that are weekdays only beside others: "mar" between "lun" and "jeu"."""
"""Those of them that are written in lower case."""

# --- Words that decide whether a date belongs to the title -------------------------------------------------

BEFORE_NO_DATE = """
    the a last past of and or to from since than between my our your his her their whose with without about
    if that whether every by at on during while late almost nearly within except
    re regarding concerning called named titled as like vs per not is are was were into via near against
    other
    good happy black cyber easter ash palm super shrove
"""
"""After them a day or time belongs to the title: "the Friday meeting", "from 9 to 17:00", "Black Friday"."""

TASK_VERBS = """
    ask book bring buy call cancel check clean collect contact do email fetch file finish fix get go help
    install mail make meet message order pack pay phone pick plan prepare print read renew repair reply return
    review schedule sell send ship start study submit take tell text update visit wash water wrap write
"""
"""Verbs that to-dos begin with: "Friday call mom" has a date, "Friday night lights" has none."""

TITLED_WORKS = "watch read listen hear play stream rewatch finish see buy"
"""Verbs before titles of works, and many titles contain days: "Watch Freaky Friday"."""

SELDOM_TITLED_WORKS = "finish see buy"
"""Those of them that rather stand before other things if all words are in capitals: "Buy Milk Friday"."""

BEFORE_A_PERSON = "for with"
"""After them a word in capitals is a person, and no title: "buy flowers for Mom Sunday"."""

BUYING = "buy purchase sell"
BUYING_SOME = "order get"
"""Verbs beside which "at 3.20" is a price, the latter with a number of things: "order 2 pizzas at 7.50"."""

OR_SO = "so thereabouts"
"""After "or", they say that a time is not exact: "at 9 or so"."""

DECIDING = "ask decide choose discuss check clarify find confirm vote whether either"
"""Words beside which "friday or saturday" is a question, and the first of them no date."""

PRICE_AFTER = "at @"
PRICE_UNITS = "each apiece euro euros eur dollars bucks usd pounds quid gbp chf € $ £"
"""Words before a price, and words after one."""

PLANNING = "plan review prepare organise organize schedule celebrate survive enjoy skip"
CHANGE_VERBS = """
    reduce increase raise lower cut extend postpone delay multiply divide split shorten move win lead beat
"""
"""Verbs of planning a time and of changing by an amount: "Plan the weekend", "Reduce by 5" have no date."""

HEATING_VERBS = "bake roast preheat heat grill fry"
PARTICLE_VERBS = "turn switch put log sign hold carry keep try pass move"
"""Verbs with degrees ("Bake at 350"), and verbs with the particle "on" ("turn it on tomorrow")."""

PERSON_TITLES, TITLES_IN_LOWER_CASE = "mr mrs ms miss dr", ""
NUMBER_LABELS = "version chapter section paragraph article page room ticket psalm"
"""Before a name or a number: "Mr Friday", "version 3.12."."""

VERBS_AFTER_TIME = "is are was works will would"
"""Verbs whose subject is the time before: "3pm works for me"."""

AFTER_ORDINAL = "about with for at in to re"
"""Words that continue a to-do after "the 3rd"."""

PARTICIPLES = (
    r"\w{2,}[^e]ed|sent|found|bought|made|got|taken|given|seen|met|said|left|came|did|was|were|had|lost"
    r"|wrote|began"
)
"""Before a past date they date an event, not the to-do: "Fix the bug found yesterday"."""

VERBS_AT_END = ""
DAYS_BEFORE_VERBS = ""
"""Endings of verbs that stand at the end of a to-do, and of the days before them: "Oma Freitag anrufen"."""

COUNTED = r"twice|thrice|[0-9]+ ?-?(?:x|times?)"
"""Before a recurrence they count something else: "meds twice daily"."""

WEEKDAY_IS_A_WORD = "sun"
AFTER_AN_HOUR, AFTER_A_DAY = "at from in near with for outside", "with at in from near for"
"""Words of a place or a person: "meet Anna at 7 at the station", "lunch friday with Bob"."""

VERBS_BY_AN_AMOUNT = ""
"""Verbs beside which a number is an amount: "Miete um 5 erhöhen"."""

EXCEPT = "except but excluding without"
COUNT_WORDS = "times time x"
LOCAL_TIME = "time"
"""After a place, it makes a time of day local: "3pm London time"."""

# --- Words of dates that have no normal form ---------------------------------------------------------------

LEADS = """
    its due, it's due, its due on, it's due on, its due by, it's due by, it is due, it is due on,
    it is due by, which is due, which is due on, that's due, due, due on, due by, due at, due before,
    latest, latest on, latest by, no later than, not later than, on,
    on or before, by, by at, by the, by latest, at, at the, before, before the,
    starting, starting on, starting at, starting the, start, start on,
    until, until the, until at, till, through, thru, from, in the, this, around,
    later, sometime, some time, early, first thing, over, over the, already at, already on
"""
"""Words that introduce a date."""

ISH = "ish"
"""The ending of an hour that is not exact: "5ish"."""

APPROXIMATELY = "about|around|exactly|roughly"
AGO = ""
"""Words before an amount of time that is past, in the normal form of what follows."""

TIMES_IN_ALL, IN_ALL = "times|time", "in total|at the total"
SHARP = "at the latest|at the first hour|latest|sharp"
NOUNS_OF_DAY = ""
"""Parts of the day as nouns that are no time by themselves."""

HOURS_AFTER, CLOCK_WORDS = "h pm am", "am|pm|a.m|p.m|o'clock|h|noon|midnight"
DATE_AFTER = ""
"""Words after which ``3.12`` is a date."""

AND_DAYS, DAY_JOINTS, AT_CLOCK = "", "", ""
"""Beside an abbreviated weekday: the word between two, those after one, and the word before its time."""

PART_AFTER_DAY = ""
"""A word that is a part of the day after a day: "Freitag Morgen"."""

ON_AFTER, ON_BEFORE = "", ""
"""The word "am" is no time of day after these words, and before words that end with these."""

HOLIDAYS = {
    "valentine's day": "valentines day|valentine's|valentines", "mother's day": "mothers day|mothers' day",
    "father's day": "fathers day|fathers' day", "st patrick's day": "st. patrick's day|st patricks day",
    "april fools' day": "april fools day|april fools|april fool's day", "new year's eve": "new years eve|nye",
    "new year's day": "new years day|new years", "shrove tuesday": "pancake day|mardi gras",
    "ascension day": "ascension|ascension thursday", "pentecost": "whitsun", "whit sunday": "whitsunday",
    "all saints' day": "all saints day|all saints", "st nicholas day": "st. nicholas day|st nicholas",
    "epiphany": "three kings day|three kings' day", "boxing day": "st stephen's day|st. stephen's day",
    "maundy thursday": "holy thursday", "corpus christi": "corpus christi day",
    "mother's day in france": "french mother's day", "advent": "advent sunday|first advent",
}  # fmt: skip
"""Other names, with ``|`` between them, of the holidays in ``core/words/dates/holidays.py``."""

BESIDE = tuple(
    Beside(word=word, meaning="", after="at @")
    for word in ("around", "about", "roughly", "approximately", "approx", "circa", "like")
)
STARTING = "from|start"
"""Beginnings of leads that need a recurrence."""

WORKING_WEEK = ""
"""Before "week", it means the workdays."""

OF_TWO = ""
"""After a weekday with "a", it means every second one."""

FIRST_ALONE = ""
"""Beginnings of words for a first day of the month that need no month."""

DAYS_BEFORE_NOUNS = ""
"""Days that describe no noun behind them: "Montag Zahnarzt"; but "Monday meeting"."""

DAYS_FIRST = ""
"""Words of days that begin a to-do, whatever follows: "mardi pain"."""

INFINITIVE = ""
"""A pattern of infinitives: "les lundis payer le loyer"."""

ORDINAL_ENDINGS = ""
DAY_WITH_PART = ""
"""A pattern of a weekday (1) and a part of the day (2) in one word, with an ``s`` (3) for a recurrence."""

DAY_PARTS: dict[str, str] = {}
"""Normal forms of parts in such a word that differ from those of the words."""

PREFIXES = {"mid-": "mid"}
"""Normal forms of what may be joined to a word of time."""

WORDS_AFTER_PREFIX: dict[str, str] = {}

# --- Settings: times, quiet hours, limits ------------------------------------------------------------------

TWELVE_HOURS = """
    at by every next this today tomorrow until till around before
    monday tuesday wednesday thursday friday saturday sunday
"""
"""Words about times that show a language whose clock counts to twelve; empty for others. Their ``SPELLINGS``
show it as well.
"""
NOON, MIDNIGHT, O_CLOCK = "noon midday", "midnight", "o'?clock"
SETTING_DAYS = {
    "mo": "monday", "tu": "tuesday", "we": "wednesday", "th": "thursday", "fr": "friday", "sa": "saturday",
    "su": "sunday",
}  # fmt: skip
"""Short weekdays that are read where nothing but times is expected."""

WORKDAYS, WEEKENDS = "weekday weekdays workdays", "weekend weekends"
OFF = "off none no never"
AT_MOST, TIPS_A_DAY, A_DAY = "max|at most", "x|times|tips?", "(?:a|per|/) ?day"
MORNING_HOURS, EVENING_HOURS = "in the morning", "in the (?:afternoon|evening)|at night"
HOUR_UNITS = "h|o'clock"
DAILY, ON_WORKDAYS = "every ?day", "during the week"
ALL_DAY = "all day(?: long)?|(?:the )?whole day"
REWRITES: tuple[tuple[str, str], ...] = ((r"\bthe (?=[a-z])", ""),)
"""Patterns and replacements that bring schedules into the form of English ones."""

BETWEEN, AND, TO, FROM = "between", "and", "to|till|until|through|thru", "from|at|on|every|each"
