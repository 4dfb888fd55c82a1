"""What people say in English about when oO may write.

Tests: tests/core/words/test_schedules.py.
"""

from __future__ import annotations

from core.words.phrasebooks.en.parts import REQUEST

REWORDED = (
    (r"\bb4\b", "before"),
    (r"\bmsgs?\b", "messages"),
    (r"\bdnd\b", "do not disturb"),
    (r"\bhit me up\b", "text me"),
    (r"^from now on,? ", ""),
)
"""Patterns of forms in lower case, and what the patterns below have in their place."""

_TIPS = r"(?:tips?|notifications?|suggestions?|pings?|nudges?)"
_NEWS = rf"(?:messages?|{_TIPS}|anything|advice)"
_VERB = r"(?:write|text|message|ping|contact|nudge|notify)"
_WRITE = (
    rf"{REQUEST}(?:only |just )?(?:{_VERB}(?: to)? me|(?:write|message)(?= (?:only|just)\b)"
    rf"|(?:send|give) me(?: (?:only|just|the|my|your|some))* {_NEWS}"
    rf"|(?:send|give)(?: (?:only|just|the|my|your|some))* {_TIPS}(?: to me)?"
    rf"|(?:send|give) me (?:an? )?(?:daily )?{_NEWS}(?= (?:every|each|daily|on|in the|mornings|weekdays)\b))"
)
WRITE_AT = (
    rf"{_WRITE},? (.+)",
    (
        rf"(?:i want|i'd like|i would like|i prefer|i'd prefer|i'd rather (?:get|have))(?: to get| to"
        rf" have)?(?: my"
        rf"| the)? (?:{_TIPS}|messages) (.+)"
    ),
    "i(?:'d)? (?:prefer|like) ((?:mornings|afternoons|evenings)(?: at .+)?)(?: better)?",
    r"(?:set|change|move|put) (?:(?:my|the|your) )?(?:(?:tip|message|notification) )?times? (?:to|at) (.+)",
    r"(?:my|your) (?:(?:tip|message|notification) )?times (?:are|should be) (.+)",
    rf"{_NEWS} (?:only )?((?:at|every|each|in the) .+)",
)
"""The group is a schedule: "8", "weekdays at 9 and 17"."""

_NO = (
    r"(?:please )?(?:do not|don't|dont|never|stop|no|quit)(?: you)? (?:to )?(?:write|writing|text|texting"
    r"|message|messaging|ping|pinging|contact|contacting|notify|notifying|nudge|nudging|disturb|disturbing"
    r"|bother|bothering|bug|bugging|wake|waking|annoy|annoying|spam|spamming|send|sending)(?: to)?(?: me)?"
    rf"(?: any)?(?: {_NEWS})?(?: any ?more)?|leave me alone|leave me in peace"
)
NOT_AT = (
    rf"(?:{_NO}) (.+)",
    rf"(?:i (?:want|need) )?no(?: more)? {_NEWS}(?: to me)?(?: please)? (.+)",
    r"(?:i have|i get|you can write) nothing ((?:on) .+)",
)
"""The group is when oO may not write."""

NOT_ALONE = (
    (
        r"(?:but |just |please )*(?:not|nothing|never|no) ((?:before|after|past|earlier than|later than"
        r"|between|from) .+)"
    ),
    (
        r"(?:but |just |please )*(?:not|nothing|never) ((?:on|at|in|during|over) .+(?:s"
        r"|weekend|night|ing|noon))"
    ),
    r"(?:but |just |please )*(?:not|nothing|never) ((?:while|when) .+|(?:during|at) (?:work|office).+)",
    r"no ((?:mon|tues|wednes|thurs|fri|satur|sun)days)",
)
"""Likewise, though nothing says that messages are meant: it must come again and again."""

NEVER_ON = (
    r"(?:on )?(.+s|nights|(?:(?:on|at) )?(?:the )?weekends?),? (?:please )?(?:never|nothing|off)",
    r"(?:on|at) (.+s),? (?:please )?not(?: at all)?",
)
STOP_AT = (r"(?:please )?stop (?:at|after|by) (.+)", r"(?:please )?no later than (.+)")
"""The group is the end of the day."""

DAYS_NOT = (r"(.+?),? (?:please )?(?:but )?(?:not|never|nothing) ((?:before|after|earlier|later) .+)",)
DAYS_ONLY = (r"(.+?),? (?:please )?only (.+)",)
"""The first group are days; the second is when oO may not write on them, and when it may."""

_AFTER_IT = r"(?:,? please)?"
ONLY = (
    rf"only {_VERB}(?: me)? (.+)",
    rf"(?:{_WRITE} )?only (?!send\b|at a\b)(.+)",
    r"just (?!after|before|past|between)(.+)",
    rf"({_WRITE} .+),? only{_AFTER_IT}",
    rf"(.+?),? only{_AFTER_IT}",
)
"""The group is the only time when it may."""

BEFORE = "(?:any )?(?:earlier than|before) (.+)"
AFTER = "(?:any )?(?:later than|after|past|from) (.+)"
BETWEEN = "(?:between|from) .+"
WORKING = (
    r"(?:while|when) (?:i(?:'m| am)? )?(?:at work|at the office|working|i work|work)|(?:during|in"
    r"|at|within) (?:my |the )?"
    r"(?:work|working|office|business) ?(?:hours|time)|during work"
)
LUNCH = (r"(?:during|at|over|in) (?:my |the )?lunch(?: ?(?:break|time|hour))?",)
_USUALLY = r"(?:(?:usually|normally|always|mostly|generally) )?"
SLEEP_HOURS = (
    rf"i(?:'m| am)? {_USUALLY}(?:sleep|sleeping|asleep|in bed) (.+)",
    r"my (?:sleep(?:ing)?|bed) ?(?:hours?|times?) (?:are|is) (.+)",
)
WORK_HOURS = (
    rf"i(?:'m| am)? {_USUALLY}(?:work|working|at work|(?:in|at) the office) (.+)",
    r"my (?:work|working|office|job) ?(?:hours?|times?) (?:are|is) (.+)",
)
"""The group are hours in which the person sleeps or works."""

NAMES_MESSAGES = (
    rf"{_NEWS}|{_VERB}(?:ing)?|sen[dt]|sending|give|disturb(?:ing)?|bother(?:ing)?|bug(?:ging)?|wak(?:e|ing)"
    r"|annoy(?:ing)?|spam(?:ming)?|leave|stop|quit|quiet|silen(?:ce|t)|do not|don't|dont|i|me|my|you|your"
    r"|works?|working|office|sleep(?:ing)?"
)
"""Words that say that oO's messages are meant, or the hours of the person's day, and not a task."""

MESSAGES = "messages?|tips?|notifications?|suggestions?|pings|nudges|anything|advice|times?"
"""Names of what oO sends, and of when: "notify me at 2" names none of them, "send me tips at 2" does."""

LEAVES_OUT = (
    r"(?:but |just )*(?:not?|never|skip|leave out)(?: (?:on|at|over|during|for))?(?: the)? (.+s|weekend)",
)
EXCEPT_DAYS = (r"(?:but |just )*(?:except|excluding|but not|without)(?: (?:on|at|for))?(?: the)? (.+)",)
"""The group are days on which something that repeats is left out; after "except", even of one of them."""

ON_ONE_DAY = (r"only on (.+)",)
"""The group may be the one day of a task."""

EVERY_SECOND_DAY = (
    rf"(?:{_WRITE} )?(?:only )?every (?:other|second|2nd) day,? (?:is|would be) (?:enough|fine|plenty|ok)",
    rf"{_WRITE} (?:only )?every (?:other|second|2nd) day",
)
WEEKS = "week"
"""With what "during the week" ends."""
ON_DAYS = "(?:on|during|over|at)(?: the)? (.+)"
ONCE = r"(?:this|next|last|coming) \w+"
HABIT = "every|each|always|never|weekly"
EVERY = r"(?:every|each|all)(?: single)? "
NIGHTS = (
    r"(?:(?:at|during the|in the|by|over) )?(?:the )?nights?(?: ?time)?|overnight|while i(?:'m| am)?"
    r" sleep(?:ing)?"
)
MORNINGS = r"(?:(?:in|during) the |(?:every|each) |on )?mornings?"
AFTERNOONS = r"(?:(?:in|during) the |(?:every|each) )?afternoons?"
EVENINGS = r"(?:(?:in|during) the |(?:every|each) )?evenings?|after work"
COUNTED = r"(?:once|twice|thrice|(?:two|three|four|\d) times)(?: (?:a|per) day| daily)?,? (?=at |around )"
HALF_PAST = (r"half (?:past )?(\w+)",)
HALF_BEFORE = ()
"""The group is an hour, half an hour before or after the time."""

ROUGHLY = r"\b(?:at )?(?:around|about|roughly)\b"
BUT = "but"
OR = "or|and|nor"
AFTER_ALL = "please|from now on|instead|rather|for me|thanks|if possible|ok"
"""At the end of a text, they say nothing of the time."""

_A_DAY = r"(?:(?:a|per|each|every) day|daily)"
_MOST = r"(?:(?:at|the) most|max(?:imum)?(?: of)?|no more than|not more than|never more than|only|just|up to)"
_ENOUGH = r"(?:(?:is|are|would be) (?:enough|plenty|fine|sufficient|ok)|max(?:imum)?|at most|only)"
LIMITS = (
    (
        rf"(?:{_WRITE} |(?:send|give) me |i (?:only )?want |limit (?:yourself|it) to )?{_MOST} (\w+)"
        rf" ?(?:{_NEWS}|times)?(?: to me)?"
        rf" {_A_DAY}"
    ),
    rf"(?:{_WRITE} |(?:send|give) me )(\w+) ?(?:{_NEWS}|times)? {_A_DAY}(?: {_ENOUGH})?",
    rf"(\w+) (?:{_NEWS}|times)? ?{_A_DAY},? (?:{_ENOUGH})",
    rf"(once|twice|thrice) {_A_DAY},? (?:{_ENOUGH})",
    rf"(\w+) {_NEWS} {_A_DAY}",
    rf"i only want (\w+) ?(?:{_NEWS}|times)? {_A_DAY}",
    (
        rf"(?:set|change|lower|raise|limit|reduce|increase) (?:(?:the|my|your|number of) )*{_NEWS} to (\w+)"
        r"|(?:set|change|lower|raise|reduce|increase) (?:(?:the|my|daily|tip) )*(?:limit|cap) to (\w+)"
    ),
    (
        rf"(?:(?:{_WRITE}|(?:send|give) me|i want) )?(?:(?:at|the) most|max(?:imum)?(?: of)?|no more than"
        rf"|not more than|up to) (\w+) {_NEWS}"
    ),
    rf"(\w+) {_NEWS},? (?:max(?:imum)?|at (?:the )?most|tops)",
    rf"limit (?:(?:yourself|it) )?(?:to )?(\w+) ?(?:{_NEWS}|times)? {_A_DAY}",
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
_SWITCH_ON = (
    rf"{REQUEST}(?:turn on|switch on|enable|activate|start(?= (?:(?:the|my|a) )?(?:daily|morning"
    rf"|evening|nightly)\b))"
)
_EACH = r"(?:(?:every|each) (?:day|morning|evening|night)|daily)"
EACH = _EACH
_OR_NOT = r"(?:off|(?:is |are )?not (?:needed|wanted))"
BRIEF_AT = (
    rf"{_TURN_ON} {_BRIEF}(?: (?:{_EACH}))? ?((?:at|around) .+)",
    rf"{_TURN_ON} {_BRIEF} ({_EACH})",
    rf"(?:{_TURN_ON} )?(?:(?:the|my|a) )?(?:daily|morning) (?:agenda|brief(?:ing)?|plan) (?:at )?(.+)",
    rf"{_EACH} (at .+?),? {_TURN_ON} {_BRIEF}",
    rf"({_EACH} at .+?),? (?:the|my|an?) {_BRIEF}|(?:the|my|an?) {_BRIEF} ({_EACH} at .+)",
    rf"(?:the|my|an?) {_BRIEF} (at .+?) {_EACH}",
    (
        rf"{REQUEST}(?:move|change|set|put) (?:my|the daily|the morning|daily|the) (?:(?:daily"
        rf"|morning) )?(?:agenda|brief(?:ing)?)"
        r"(?: time)? to (.+)"
    ),
    rf"{REQUEST}brief me(?: {_EACH})? (at .+)",
    rf"{_SWITCH_ON} {_BRIEF}",
)
BRIEF_OFF = (
    rf"{REQUEST}(?:turn off|switch off|stop|disable|cancel|no more|end)(?: sending(?: me)?)? {_BRIEF}",
    rf"turn {_BRIEF} off",
    r"no (?:more )?(?:daily |morning )(?:brief(?:ing)?|agenda|overview)s?(?: any ?more)?",
    rf"i (?:don't|do not) (?:want|need) {_BRIEF}(?: any ?more)?",
    r"(?:(?:the|my) )?(?:daily |morning )?(?:brief|briefing|agenda) off",
)
REVIEW_AT = (
    rf"{_TURN_ON} {_REVIEW} ?((?:{_EACH} )?(?:at|around) .+)",
    rf"({_EACH} at .+?),? (?:{_TURN_ON} )?(?:the|my|an?) {_REVIEW}|(?:the|my|an?) {_REVIEW} ({_EACH} at .+)",
    rf"{_TURN_ON} {_REVIEW} ({_EACH})",
    rf"{_SWITCH_ON} {_REVIEW}",
    r"(?:(?:the|my|a) )?(?:daily|evening|nightly) (?:review|look ?back|recap) (?:at )?(.+)",
)
REVIEW_OFF = (
    (
        rf"{REQUEST}(?:turn off|switch off|stop|disable|no more|end)(?: sending(?: me)?)?"
        r" (?:(?:the|my|a) )?(?:daily |evening |nightly )?(?:review|look ?back|recap)s?"
    ),
    r"no (?:more )?(?:daily |evening |nightly )(?:review|look ?back|recap)s?(?: any ?more)?",
    r"i (?:don't|do not) (?:want|need) (?:the|a|my) (?:daily |evening )?(?:review|recap)(?: any ?more)?",
    r"(?:(?:the|my) )?(?:daily |evening )?review off",
)
"""``_AT``: the group says when, or only that it is wanted. "review at 9" alone is a task."""
