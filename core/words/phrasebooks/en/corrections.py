"""How people correct in English what they have just said: "no, 5:30", "i meant friday".

Tests: tests/core/words/test_corrections.py.
"""

from __future__ import annotations

CORRECTING = (
    r"no+|nope|nah|actually|sorry|oops|ups|whoops|i meant?(?: to (?:say|write|type))?"
    r"|i said|i wanted to (?:say|write)|i should have said|rather|better|instead"
    r"|my (?:bad|mistake)|correction|typo|scratch that"
    r"|(?:that['’]?s |that is |it['’]?s )?(?:the )?wrong(?: (?:day|time|date|hour))?|on second thoughts?"
)
"""What stands before the right value."""

FILLERS = r"oh|ah+|hm+|wait|hang on|hold on|well|ok(?:ay)?|please|but|then"
"""What may stand beside a correcting word, but is none by itself."""

ITS = (
    r"(?:it|that)['’]?s(?: (?:at|on))?|(?:it|that) (?:is|was)|(?:it )?should (?:be|have been)"
    r"|(?:let['’]?s )?make (?:it|that)|let['’]?s (?:do|say)|(?:the )?(?:time|date|day) is|to|say"
    r"|(?:change|set) (?:it|that) (?:to|for)"
)
"""Before the right value, and no correction by itself."""

CORRECTED_AFTER = (
    r"instead|rather|i meant?|actually|sorry|then|(?:works|is|would be|suits me) better|better|that is"
)
"""What stands after the right value."""

NOT_BUT = (
    r"not (?P<old>.+?)(?:,? but(?: rather)?|,? rather|,| [-–]) (?P<value>.+)",
    r"(?P<value>.+?),? (?:not|instead of|rather than) (?P<old>.+)",
)
"""The right value beside the wrong one."""

WRONG = r"(?:that['’]?s |that is |it['’]?s )?(?:the )?wrong (?:day|time|date|hour)"
"""A correction that does not say the right value."""

_VERBS = (
    r"(?:please |i |we )*(?:re-?schedule|move|postpone|shift|push|put|delay|defer|snooze|bump|change|set"
    r"|extend|bring|make|switch|skip|add|go|get|wait|remind)"
)
_NOW = "(?: (?:only|now|actually|really|already|in fact|due))*"
RESTATED = (
    (
        rf"(?P<title>(?!(?:it|this|that|today)\b).+?)(?: is|['’]s){_NOW} (?P<value>.+?)"
        r"(?: after all| instead| though)?"
    ),
    rf"(?P<title>(?!{_VERBS}\b).+?) (?:to|not (?:until|till|before)|only) (?P<value>.+)",
)
"""The date that a task on the list has in truth."""

_DO = (
    r"(?:(?:i(?:'ll| will|'d rather|(?:'m| am) going to)|i want to|let me|let's|better|rather|maybe|perhaps)"
    r"(?: (?:just|rather|better|probably))? )?(?:do|tackle)"
)
ASIDES = "now|actually|really|already|in fact|after all|instead|though"
"""Words that only say that something has changed."""

PLANNED = (rf"{_DO} (.+)",)
"""The group is a task on the list, and when it is to be done instead; or one group is the task, one when."""
_NOT_TODAY = r"(?!(?:again|now|later|today|by|before|until|till|every)\b)"
PLANNED_IT = (rf"{_DO} (?:it|this|that|this one|that one) {_NOT_TODAY}(.+)",)
"""The group is when the tip, or the task that was talked about last, is to be done instead."""
