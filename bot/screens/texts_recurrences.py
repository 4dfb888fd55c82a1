"""How often something repeats: ``every 2 weeks on Friday``, ``every last Friday of the month until 24 Dec``.

Tests: tests/bot/screens/test_recurrences.py.
"""

from __future__ import annotations

from bot.languages.catalogue import plural
from bot.languages.sentences import translate

EVERY = {
    "MINUTELY": plural("every minute", "every {count} minutes"),
    "HOURLY": plural("every hour", "every {count} hours"),
    "DAILY": plural("every day", "every {count} days"),
    "WEEKLY": plural("every week", "every {count} weeks"),
    "MONTHLY": plural("every month", "every {count} months"),
    "YEARLY": plural("every year", "every {count} years"),
}
EVERY_SO_OFTEN = "again and again"
"""For a rule that is none of the above."""
EVERY_ON_DAYS = "every {days}"
"""``{days}`` is a list of weekdays: ``Monday and Friday``."""
EVERY_WEEKDAY = "every weekday"
"""Monday to Friday."""
INTERVAL_ON_DAYS = "{every} on {days}"
"""``every 2 weeks on Friday``."""
INTERVAL_ON_WEEKDAYS = "{every} on weekdays"

NTH = {
    "1": "first {day}",
    "2": "second {day}",
    "3": "third {day}",
    "4": "fourth {day}",
    "5": "fifth {day}",
    "-1": "last {day}",
    "-2": "second to last {day}",
}
"""``{day}`` is a weekday, or one of the two below."""
ANY_DAY, WORKING_DAY = "day", "weekday"
EVERY_NTH = "every {days} of the month"
"""``{days}`` is a list: ``first Monday and last Friday``."""
INTERVAL_ON_NTH = "{every} on the {days}"
"""``every 2 months on the first Monday``."""
INTERVAL_ON_NTH_IN_MONTHS = "{every} on the {days} in {months}"
"""``every year on the fourth Thursday in November``."""
ORDINALS = {"one": "{number}st", "two": "{number}nd", "few": "{number}rd", "other": "{number}th"}
"""Days of the month by CLDR's category of the number; a language uses only some of these."""

UNTIL_DAY = "{rule} until {date}"
TIMES = plural("{rule}, once", "{rule}, {count} times")

translate(__name__)
