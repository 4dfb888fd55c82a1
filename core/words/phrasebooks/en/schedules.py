"""What people say in English about when oO may write.

Tests: tests/core/words/test_schedules.py.
"""

from __future__ import annotations

from core.words.phrasebooks.en.parts import REQUEST

_NEWS = r"(?:messages?|tips?|notifications?|suggestions?|pings?|nudges?|anything|advice)"
_VERB = r"(?:write|text|message|ping|contact|nudge|notify)"
_WRITE = (
    rf"{REQUEST}(?:only |just )?(?:{_VERB}(?: to)? me|(?:write|message)(?= (?:only|just|at)\b)"
    rf"|(?:send|give)(?: me)?(?: (?:only|just|the|my|your|some))* {_NEWS}(?: to me)?"
    rf"|(?:send|give) me (?:an? )?(?:daily )?{_NEWS}(?= (?:every|each|daily|on|in the|mornings|weekdays)\b))"
)
WRITE_AT = (
    rf"{_WRITE},? (.+)",
    rf"(?:i want|i'd like|i would like|i prefer)(?: to get| to have)?(?: my| the)? {_NEWS} (.+)",
    r"(?:set|change|move|put) (?:(?:my|the|your) )?(?:(?:tip|message|notification) )?times? (?:to|at) (.+)",
    r"(?:(?:my|the|your) )?(?:(?:tip|message|notification) )?times (?:are|should be|is) (.+)",
    rf"{_NEWS} (?:only )?((?:at|every|each|in the) .+)",
)
"""The group is a schedule: "8", "weekdays at 9 and 17"."""

_NO = (
    r"(?:please )?(?:do not|don't|dont|never|stop|no|quit)(?: you)? (?:to )?(?:write|writing|text|texting"
    r"|message|messaging|ping|pinging|contact|contacting|notify|notifying|nudge|nudging|disturb|disturbing"
    rf"|bother|bothering|send|sending)(?: to)?(?: me)?(?: any)?(?: {_NEWS})?(?: any ?more)?"
)
NOT_AT = (
    rf"{_NO} (.+)",
    rf"(?:i (?:want|need) )?no(?: more)? {_NEWS}(?: to me)?(?: please)? (.+)",
    r"(?:but |just |please )?(?:not|nothing|never) ((?:before|after|earlier than|later than|until) .+)",
    (
        r"(?:but |just |please )?(?:not|nothing|never|leave me alone) ((?:on|at|in|during|over) .+(?:s"
        r"|weekend|night|ing|noon))"
    ),
    r"(?:i have|i get|you can write) nothing ((?:on) .+)",
)
"""The group is when oO may not write."""

ONLY = (rf"(?:{_WRITE} )?only (?!{_VERB}\b|send\b)(.+)", r"just (.+)")
"""The group is the only time when it may."""

BEFORE = "(?:any )?(?:earlier than|before|until|till) (.+)"
AFTER = "(?:any )?(?:later than|after|past) (.+)"
BETWEEN = "(?:between|from) .+"
ON_DAYS = "(?:on|during|over|at)(?: the)? (.+)"
EVERY = r"(?:every|each|all)(?: single)? "
NIGHTS = (
    r"(?:(?:at|during the|in the|by|over) )?(?:the )?nights?(?: ?time)?|overnight|while i(?:'m| am)?"
    r" sleep(?:ing)?"
)
MORNINGS = r"(?:(?:in|during) the |(?:every|each) )?mornings?"
AFTERNOONS = r"(?:(?:in|during) the |(?:every|each) )?afternoons?"
EVENINGS = r"(?:(?:in|during) the |(?:every|each) )?evenings?|after work"
COUNTED = r"(?:once|twice|thrice|(?:two|three|four|\d) times)(?: (?:a|per) day| daily)?,? (?=at |around )"
ROUGHLY = r"\b(?:at )?(?:around|about|roughly)\b"
OR = "or|and|nor"
AFTER_ALL = "please|from now on|instead|for me|thanks|if possible|ok"
"""At the end of a text, they say nothing of the time."""

_A_DAY = r"(?:(?:a|per|each|every) day|daily)"
_MOST = r"(?:(?:at|the) most|max(?:imum)?(?: of)?|no more than|not more than|never more than|only|just|up to)"
_ENOUGH = r"(?:(?:is|are|would be) (?:enough|plenty|fine|sufficient|ok)|max(?:imum)?|at most|only)"
LIMITS = (
    (
        rf"(?:{_WRITE} |(?:send|give) me |i (?:only )?want )?{_MOST} (\w+) ?(?:{_NEWS}|times)?(?: to me)?"
        rf" {_A_DAY}"
    ),
    rf"(?:{_WRITE} |(?:send|give) me )(\w+) ?(?:{_NEWS}|times)? {_A_DAY}(?: {_ENOUGH})?",
    rf"(\w+) (?:{_NEWS}|times)? ?{_A_DAY},? (?:{_ENOUGH})",
    rf"(once|twice|thrice) {_A_DAY},? (?:{_ENOUGH})",
    rf"(\w+) {_NEWS} {_A_DAY}",
    (
        rf"(?:set|change|lower|raise|limit|reduce) (?:the |my |it |them |{_NEWS} )*(?:daily )?(?:limit"
        r"|cap)? ?to (\w+)"
        rf" ?(?:{_NEWS})? {_A_DAY}"
    ),
)
"""The group is the largest number of tips a day."""

TIMES_A_DAY = "never once twice thrice"
"""Names of 0, 1, 2 and 3 times."""

_BRIEF = (
    r"(?:(?:daily|morning|the|my|a|an) )*(?:agenda|brief(?:ing)?|day plan|daily plan|plan (?:of|for)"
    r" (?:the|my) day"
    r"|overview(?: of (?:the|my) day)?)"
)
_REVIEW = (
    r"(?:(?:daily|evening|nightly|the|my|a|an) )*(?:review|look ?back|recap)(?: (?:of|at) (?:the|my) day)?"
)
_TURN_ON = (
    rf"{REQUEST}(?:turn on|switch on|start|enable|activate|send(?: me)?|give me|show me|i want|i'd like)"
)
_SWITCH_ON = rf"{REQUEST}(?:turn on|switch on|start|enable|activate)"
_EACH = r"(?:(?:every|each) (?:day|morning|evening|night)|daily)"
BRIEF_AT = (
    rf"{_TURN_ON} {_BRIEF}(?: (?:{_EACH}))? ?((?:at|around) .+)",
    rf"{_TURN_ON} {_BRIEF} ({_EACH})",
    rf"(?:{_TURN_ON} )?(?:(?:the|my|a) )?(?:daily|morning) (?:agenda|brief(?:ing)?|plan) (?:at )?(.+)",
    rf"{REQUEST}brief me(?: {_EACH})? (at .+)",
    rf"{_SWITCH_ON} {_BRIEF}",
)
BRIEF_OFF = (
    rf"{REQUEST}(?:turn off|switch off|stop|disable|cancel|no more|end)(?: sending(?: me)?)? {_BRIEF}",
    rf"turn {_BRIEF} off",
)
REVIEW_AT = (
    rf"{_TURN_ON} {_REVIEW}(?: (?:{_EACH}))? ?((?:at|around) .+)",
    rf"{_TURN_ON} {_REVIEW} ({_EACH})",
    rf"{_SWITCH_ON} {_REVIEW}",
    r"(?:(?:the|my|a) )?(?:daily|evening|nightly) (?:review|look ?back|recap) (?:at )?(.+)",
)
REVIEW_OFF = (
    (
        rf"{REQUEST}(?:turn off|switch off|stop|disable|no more|end)(?: sending(?: me)?)?"
        r" (?:(?:the|my|a) )?(?:daily |evening |nightly )?(?:review|look ?back|recap)s?"
    ),
)
"""``_AT``: the group says when, or only that it is wanted. "review at 9" alone is a task."""
