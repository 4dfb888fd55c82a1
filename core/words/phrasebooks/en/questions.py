"""What people ask in English about their list, their calendar, their reminders and their settings.

``<when>`` stands for a day or a span of days, ``<task>`` for the words of a task.
Tests: tests/core/words/test_questions.py.
"""

from __future__ import annotations

from core.words.phrasebooks.en.parts import REQUEST

_TASKS = r"(?:tasks?|to-?dos?|things?|items?)"
_ANYTHING = r"(?:anything|something|stuff|any (?:plans|tasks|appointments|meetings|to-?dos))"
_PLANNED = (
    r"(?: (?:else|on|up|planned|scheduled|due|left|to do|going on|coming up|happening"
    r"|(?:in|on) (?:my|the) (?:calendar|diary|agenda|schedule|list|plate)))*"
)
DAYS = (
    rf"{REQUEST}show (?!(?:me )?what\b)(?:me )?(?:for )?<when>",
    r"(?:what|how)(?:'s| is) my (?:day|schedule)(?: like)? <when>",
    (
        rf"(?:do|have) i (?:have |got )?{_ANYTHING}{_PLANNED} <when>|(?:is"
        rf"|are) there {_ANYTHING}{_PLANNED} <when>"
    ),
    (
        r"am i (?:free|busy|available) <when>|do i have (?:any |some )?(?:free )?time <when>|how (?:does"
        r"|is|'s) (?:my )?<when> look(?:ing)?"
    ),
    (
        rf"{REQUEST}(?:tell|show|give|read) me what(?:'s| is| i (?:have|need)"
        rf"| i've got){_PLANNED}(?: for)? <when>"
    ),
    (
        r"what(?: all)?(?:'s| is| are| have i(?: got)?| do i (?:still )?(?:have|need)(?: got)?)"
        rf"(?: there)?{_PLANNED}(?: for)? <when>"
    ),
    r"(?:and|what about|how about) (?:for |on )?<when>",
    rf"(?:anything|any (?:plans|tasks|appointments|meetings|to-?dos)){_PLANNED} <when>",
    (
        rf"(?:{REQUEST}(?:show|tell|give) me (?:my |the )?|my |the )(?:agenda|plan|schedule|calendar"
        r"|tasks|to-?dos)"
        r"(?: (?:of|for|on))? <when>|(?:agenda|calendar|tasks|to-?dos)(?: (?:of|for|on))? <when>"
    ),
)
"""What there is to be done on a day or in a span of days."""

_NOT_THAT = "get|say|tell|ask|mention|hear|miss|forget|do|have|sleep|dream|win|lose|understand|just"
DONE_QUESTIONS = (
    (
        rf"did (?:i|we) (?:already |ever )?(?P<what>(?!(?:{_NOT_THAT})\b)\w+ .+?)(?: yet| already| today)*",
        "",
    ),
    (r"(?:is|are) (?P<what>(?!(?:it|this|that)\b).+?) (?:already )?(?:done|finished)(?: yet| already)*", ""),
    (r"have (?:i|we) (?:already |ever )?(?P<what>.+?)(?: yet| already| today)*", "i have {}"),
    (r"(?:is|are|was|were) (?P<what>(?!(?:it|this|that|there|he|she)\b).+?)(?: yet| already| now)*", "{}"),
)
"""Questions whether something is done, and what is said once it is; without that, a title."""

SPANS = "(?:this |the )?weekend|next week|this month"
BEFORE_SPANS = "for|on|at|over|in|during|at the"
"""The spans as ``core/tasks/filters.py`` knows them, and what may stand before them."""

_HOW_MANY = (
    rf"how many (?:(?:open|undone|more|of my) )*{_TASKS}"
    r"(?: (?:do i (?:still )?have|have i(?: still)?(?: got)?|are(?: there)?))?"
)
HOW_MANY = (rf"{_HOW_MANY}(?: (?:still|left|open|to do|to go|on (?:my|the) list|remaining|undone))*",)
HOW_MANY_ON = (rf"{_HOW_MANY}(?: (?:left|open|to do|due|planned|for|on))* <when>",)
WHEN_IS = (
    (
        r"when(?:'s| is| do i have| am i having) (?:the|my|our) next (?!appointment\b|meeting\b|event\b)"
        r"<task>(?: appointment| meeting)?"
    ),
    r"when do i have (?:the |my )?<task> (?:next|again)",
    r"when (?:do|must|should) i (?:have to |need to |got to )?<task>|when am i (?:supposed|going) to <task>",
    r"when(?:'s| is| are| do i have) (?:the|my|our|an?) <task>(?: due)?|when is <task> due",
    r"(?:at |on )?(?:what time|what day|which day|what date) (?:is|do i have) (?:the|my|our) <task>",
)
"""When a task is due, or an event is."""

NEXT = "next"
"""Before what names no task of its own: "my next appointment"."""

REMINDERS = (
    (
        r"(?:what|which) reminders (?:do i have|have i(?: got| set)?|are (?:there|set|waiting|left"
        r"|active|coming))"
        r"(?: (?:set|left|waiting|planned|up))*"
    ),
    (
        rf"{REQUEST}(?:show|list|see)(?: me)? (?:(?:all|my|the) )*reminders|my reminders"
        r"|do i have (?:any )?reminders(?: set)?"
    ),
    r"what (?:will|do) you remind me (?:of|about)|when (?:will|do) you remind me(?: next| again)?",
)
NOT_REMINDED = (
    r"why (?:didn't|did not|don't|haven't|have not) you remind(?:ed)? me(?: (?!later|again|in |at ).+)?",
    (
        r"you (?:didn't|did not|never|forgot to) remind(?:ed)? me(?: .+)?|why (?:was i not"
        r"|wasn't i) reminded(?: .+)?"
    ),
    r"why (?:was there|did i get) no reminder(?: .+)?|where (?:is|was|'s) (?:my|the) reminder(?: .+)?",
)
QUIET = (
    r"(?:when|what|which) (?:are|is) (?:my|the|your) quiet (?:hours?|times?)|do i have (?:any )?quiet hours",
    (
        rf"(?:{REQUEST}(?:show|see)(?: me)? )?(?:my|the) quiet hours|when (?:are you|do you stay"
        r"|will you be) (?:quiet|silent)"
    ),
)
CAP = (
    (
        r"how many (?:tips|messages|notifications) (?:do|will|can|may) (?:i get|i receive|you send(?: me)?)"
        r"(?: (?:a|per|each|every) day)?"
    ),
    r"how often (?:do|will) you (?:write|message|text)(?: to)?(?: me)?(?: (?:a|per|each) day)?",
    r"what(?:'s| is) (?:my|the) (?:daily )?(?:limit|cap)",
)
TIMES = (
    (
        r"(?:at )?(?:what|which) times? (?:do|will) (?:you (?:write|message|text)(?: to)?(?: me)?"
        r"|i get (?:my )?tips)"
    ),
    r"(?:what|when) are (?:my|the|your) (?:tip )?times|when do i get (?:my |the )?(?:tips|messages)",
)
MUTED = (
    r"(?:what|which topics?)(?:'s| is| are| (?:have|did|do) i(?: have)?) (?:muted?|silenced)",
    rf"{REQUEST}(?:show|list)(?: me)? (?:my |the )?muted topics|(?:my |the )?muted topics",
)
