"""English words that are often mistyped.

Tests: tests/core/words/test_spelling.py.
"""

from __future__ import annotations

TIMES = """
    monday tuesday wednesday thursday friday saturday sunday january february april august september october
    november december today tomorrow tonight yesterday morning afternoon evening weekend midnight minutes
    hours weeks months every weekday weekdays daily weekly monthly
"""
"""Words that say when."""

REQUESTS = """
    remind reminder reminders snooze pause delete remove cancel reschedule postpone complete finished skip
    tasks task list show what until message messages notify please change rename resume undo settings language
    timezone another instead later delay dismiss reopen everything
"""
"""Words of requests, and such as stand beside them."""

MISSPELLINGS = {
    "wednesday": "wensday wendsday wedensday wensdays wedsday weds wednsday",
    "saturday": "saterday saturaday satuday sataurday", "thursday": "thurday thurseday thirsday",
    "tuesday": "teusday tuseday tueday", "february": "febuary febrary feburary", "january": "janurary",
    "september": "septemeber",
    "tomorrow": """
        tomoro tommorrow tomarrow tmorrow tomrow tomorw tommorw tomottow tomorriw tomorroe tmrow
    """,
    "minutes": "mintues minuts minuites minits", "every": "evry evrey",
    "friday": "frisay fridat", "daily": "evryday everday dayly",
    "remind": "remeind reminde remin rimind reming remnid", "remind me": "remindme", "reminder": "reminer",
    "snooze": "snoze snoz snoooze snooz snzoe", "until": "untill untl", "cancel": "cancell cansel",
    "delete": "delet deleet", "tasks": "taks", "the": "teh hte", "list": "lsit", "show": "shwo",
    "what": "waht", "with": "wiht", "hour": "huor", "days": "dyas", "week": "weke",
    "next": "nxt", "undo": "undoo unod",
    "done": "doen dnoe",
}  # fmt: skip
"""Spellings that are farther from the word than a slip of a finger, or too short to be told by one."""

OTHER_WORDS = "minuets moths horus compete latter toady weeknd pease anther renae evey"
"""Words of their own that a slip makes of another."""

NAMES = "evry"
"""Mistyped words that are names in capitals: "evry" is *every*, and Evry a town."""
