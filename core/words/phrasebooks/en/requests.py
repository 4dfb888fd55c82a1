"""What people ask oO in English to do with a task, how they name it, and the values that they give it.

Tests: tests/core/words/test_changes.py, tests/core/words/test_patches.py, tests/core/words/test_pieces.py.
"""

from __future__ import annotations

from core.words.phrasebooks.en.parts import LETS, REQUEST

# --- Removals: the only group of a pattern is the task -----------------------------------------------------

_LIST_EN = (
    r"(?:from|off|out of) (?:my|the) (?:(?:to-?do|task|shopping|grocery)[ -]?)?(?:list|tasks|to-?dos|agenda)"
)
FROM_LIST = (
    rf"{REQUEST}(?:delete|remove|take|drop|cross|strike|scratch|get|cut|kick) (.+?) {_LIST_EN}",
    rf"{REQUEST}(?:take|cross|scratch) off (.+?) {_LIST_EN}",
)
DELETE = (
    rf"{REQUEST}(?:delete|remove|erase|scratch|scrap|trash|bin|kill) (?!off\b|up\b)(.+)",
    rf"{REQUEST}(?:get rid of) (.+)",
)
CANCEL = (rf"{REQUEST}(?:cancel|drop|call off|ditch|discard|dismiss) (?!off\b|by\b|in\b|out\b|back\b)(.+)",)
FOR_IT = (
    r"(?:i (?:don't|do not|no longer) (?:need|want|have) to (?:do )?)(.+?)(?: any ?more| any longer)?",
    r"(?:i |we )?(?:don't|do not) need (?!(?:to|help|you|this|that|it)\b)(.+?) (?:any ?more|any longer)",
    r"(.+?) (?:is|are|was) (?:no longer|not) (?:needed|necessary|relevant)(?: any ?more)?",
    r"(.+?) can (?:go|be (?:deleted|removed))",
    r"(.+?) (?:is |was |has been |got )(?:cancel[l]?ed|called off|obsolete|off)",
)
FORGET = (
    rf"{REQUEST}(?:forget about|never ?mind) (.+)|forget (?!it\b|that\b|this\b|to\b)(.+)",
    r"i (?:won't|wont|will not|am not going to|'m not going to|decided not to) (?:do )?(.+?)(?: after all)?",
    r"i (?:can't|cannot|cant|couldn't) (?:do )?(.+?) (?:after all|any ?more)",
)
_STOP = (
    r"(?:cancel|delete|remove|drop|stop|end|dismiss|clear|scrap|kill|disable|erase|get rid of"
    r"|(?:turn|switch) off)"
)
_REMINDER = r"(?:(?:a|the|that|this|my|its|any|last|latest) )*reminder"
END_REMINDER = (
    rf"{REQUEST}{_STOP} {_REMINDER}(?: again)?",
    rf"{REQUEST}{_STOP} {_REMINDER} (?:for|of|about|to|on) (.+)",
    rf"{REQUEST}{_STOP} (?:the|my|that|this) (.+?)(?:['’]s)? reminder",
    rf"{REQUEST}(?:turn|switch) {_REMINDER}(?: (?:for|of|about|to) (.+))? off",
    r"no reminder(?: (?:for|of|about) (.+?))?(?: any ?more)?",
    rf"i (?:don't|do not|no longer) (?:need|want) {_REMINDER}(?: (?:for|of|about) (.+?))?(?: any ?more)?",
)
"""The reminder is to end; the task may stay. The group is the task; without it, that of the last one."""

END_REMINDERS = (rf"{REQUEST}{_STOP} (?:(?:all|of|my|the|these|those) )*reminders",)
"""Of several the person chooses."""

NO_REMINDER = (
    rf"{REQUEST}(?:don't|do not|dont|never|stop) remind(?:ing)? me (?:about|of) (.+?)(?: any ?more| again)?",
    r"you (?:don't|do not) (?:need|have) to remind me (?:about|of) (.+?)(?: any ?more)?",
    r"no need to remind me (?:about|of) (.+?)(?: any ?more)?",
    rf"{REQUEST}(?:don't|do not|dont|stop) remind(?:ing)? me(?: any ?more)?",
)
"""As above, if a reminder of such a task waits; else it is a topic."""

I_WANT_TO = r"i(?:['’]d| would) like to|i want to"
NO_LONGER = "any ?more|no longer"

# --- Moves that name no usable date, and a time that is left out -------------------------------------------

MOVE = (
    rf"{REQUEST}remind me(?: again)? (?:later|another time|some other time)(?: again)? (?:about|of|to) (.+)",
    rf"{REQUEST}remind me(?: again)? (?:about|of) (.+?) (?:later|another time|some other time)",
    rf"{LETS}(?:re-?schedule|move|postpone|shift|push|put off|delay|defer) (.+)",
)
CAN_WAIT = (r"(.+?) (?:can|has to|will have to|must) wait(?: a bit| a while| for now)?",)
_ONCE = r"(?: (?:today|tonight|tomorrow|once|this (?:time|week|month)|next (?:time|week)))?"
SKIP = (
    rf"{LETS}skip (?:(?:the )?next |today's |tomorrow's |this week's )?(.+?){_ONCE}",
    r"no (.+?) (?:today|tomorrow|this week)",
)
_WONT = r"i (?:(?:won't|wont|will not|can't|cannot|cant) (?:make|do|come to|go to)|(?:'m|am) not going to)"
OFF_ONCE = (
    rf"{_WONT} (?:it to )?(.+?)(?: after all)?(?: (?:today|tonight|tomorrow))?",
    rf"{REQUEST}(?:cancel|call off|drop) (?=.* (?:today|tonight|tomorrow|(?:this|next) week|\w+day)$)(.+)",
    r"(.+?)(?: (?:is|are))? off (?:today|tonight|tomorrow)",
    (
        r"(.+?) (?:is|are|was|were|has been|got) (?:off|cancel?led|called off)"
        r"(?: (?:today|tonight|tomorrow))?"
    ),
)
"""What is off once, if it repeats."""
SAYS_TODAY, SAYS_TOMORROW = "today|tonight", "tomorrow"
BEFORE_A_DATE = "(?:(?:back|out|off) )?(?:to|until|till?|for|by)(?: |$)"
LIKE_A_DATE = (
    r"yesterday|last|past|never|later|soon|ago|earlier|forward|february|(?:after)?noon|morning|evening|night"
)
"""Words that were meant as a date, though it is none."""

EVERYTHING = (
    r"everything|all(?: of (?:it|them))?(?= (?:to|by|until)\b)|(?:all )?(?:(?:my|the|of|overdue|open) )*"
    r"(?:tasks|to-?dos)"
)

# --- The whole list: "<all>" stands for ``ALL_TASKS`` ------------------------------------------------------

BARE_ALL = "everything|it all|all(?: of (?:it|them))?"
_ON_LIST = "(?: (?:on|from|off|in) (?:my|the) (?:(?:to-?do|task) )?list)?"
_LATE_ONES = (
    r"(?:everything|all|whatever)(?: of (?:it|them))?(?: (?:which|that) (?:is|are)| that['’]s| is)?"
    r" (?P<late>overdue|past due)|(?:all )?(?:(?:of|my|the) )*(?P<late2>overdue|past due)"
    r"(?: (?:ones|stuff|things|entries))?"
)
ALL_TASKS = (
    rf"(?:(?:{_LATE_ONES})|(?:my|the) (?:whole |entire )?(?:(?:to-?do|task) )?list"
    r"|(?:(?:all )?(?:(?:of|my|the|open|remaining) )*(?:(?P<before>overdue|today's|tomorrow's) )?"
    rf"(?:tasks|to-?dos|items){_ON_LIST}|(?P<all>(?:{BARE_ALL}){_ON_LIST}))"
    r"(?: (?:(?:(?:that (?:is|are) )?(?:due|planned|left)(?: (?:on|for))?|from|for|of(?! (?:my|our)\b)|on"
    r"|about) (?P<scope>(?!me\b).+?)|(?P<scope2>today|tomorrow|this week)))?)"
)
"""All tasks of the list. The groups: what may mean the account as well, and which tasks only (``late``: those
that are overdue, ``today``: those of today).
"""

ALL_NAMED = r"(?:all(?: of)?(?: (?:the|my|our|these|those))*|every(?: single)?) (?P<title>.+?)"
"""All tasks that have the words of the group ``title`` in theirs."""

BEFORE_A_SCOPE = "of|from|for|on|due|that are|which are"
"""Between these words and a date: "all invoices from today"."""

_CLEAR = "(?:delete|remove|clear|erase|wipe|drop|cancel|scrap|empty|reset|get rid of)"
REMOVE_ALL = (
    rf"{REQUEST}{_CLEAR}(?: out| off)? <all>",
    rf"{REQUEST}take <all> off(?: (?:my|the) list)?",
)
COMPLETE_ALL = (
    rf"{REQUEST}(?:mark|set|check|tick|cross) <all> (?:as )?(?:done|finished|completed?|off)",
    rf"{REQUEST}(?:complete|finish) (?!(?:my|the) (?:\w+ )?list\b)<all>",
    rf"{REQUEST}(?:(?:check|tick|cross) off|mark as done) <all>",
    r"(?:i(?:'ve| have)? )?(?:already |just )?(?:did|done|finished|completed)(?: with)? <all>",
    r"<all>(?: is| are| already)* (?:done|finished)(?: (?:for )?today)?",
)
_PUT_OFF = "(?:re-?schedule|move|postpone|shift|push|put off|delay|defer)"
MOVE_ALL = (
    rf"{LETS}(?:{_PUT_OFF}|put|bump) <all>(?: (?:back|over|off))? (?:to|until|till|onto|for) (?P<to>.+)",
    rf"{LETS}{_PUT_OFF} <all>(?: back)? (?P<by>by .+)",
)
BOTH_TASKS = "both(?: of (?:them|those|these))?|both tasks|the two(?: of them)?|these two|those two"
"""The two that were talked about last."""

# --- How people name a task --------------------------------------------------------------------------------

IT = (r"it|this|that|(?:this|that|the|my) (?:last |latest )?(?:task|to-?do|one|reminder|item)",)
NAMES_IT = r"(?:\w+ )?(?:it|this|that)\b"
"""After "and", in a second change of the same task."""

_TASK = r"(?:task|to-?do(?: item)?|todo|reminder|item|entry|one|thing)"
TASK_NAMED = (
    rf"(?:the|my|this|that) (.+?)['’\"”]? {_TASK}",
    r"(?:the |my )?(?:task|to-?do|reminder)(?: called| named| about| for| to)?:? (?!to\b|for\b)(.+)",
    r"(.+?) (?:task|to-?do|reminder)",
)
FILLERS = ""
"""Words beside "please" that mean nothing before or after the name of a task."""

TO_A_DATE = "(?:to|until|till|by)(?: (?:the|last|past))*"
"""At the end of a title they mean that a date was cut off."""

FROM_A_DATE = "from"
ARTICLES = "the |my |that |this "
SOME = "an?|some|any|another|all|every|each|these|those|both"
"""Before a word that names no single task."""

NO_TASK = (
    "everything|them|i|he|she|we|they|you|me|us|him|her|myself|yourself"
    "|(?:(?:my|the|your|all) )*(?:account|data|profile|history|everything|tasks|list|lists|to-?dos|reminders"
    "|messages?)"
)
STOP_WORDS = "a an the my to of for with and on in at"

# --- Dates and recurrences as values -----------------------------------------------------------------------

NO_DATE = (
    (
        r"(?:no|without(?: an?)?|remove(?: the)?|clear(?: the)?|drop the) (?:due ?)?(?:date"
        r"|deadline|time|day)"
        r"|undated|some ?day|whenever|none"
    ),
)
NO_REPEAT = (
    r"(?:no|don't|do not|stop|not) (?:repeat(?:ing|s)?|recurr(?:ing|ence))|(?:only |just )once|once",
)
DELAYS = (r"(?:back |later |out )?by (?P<by>.+)|(?P<later>.+) later|(?:back|another) (?P<back>.+)",)
EARLIER = (r"(?:forward |up )?(?:by )?(?P<earlier>.+) (?:earlier|sooner)",)
INSTEAD = (
    r"(?:to |until |for |on )?(?P<en>.+?) (?:instead|rather|please)",
    r"(?P<of>.+?) (?:instead of|rather than) .+",
)
HOURS_AT = "at "
HOURS_OF_DAY = ""
"""Units of a time of day, after its hour."""
MOVED_TO = "(?:(?:back|out|off|forward|up|over) )?(?:to|until|till|onto)"
"""Between a task and its new date; an amount after it is no delay."""

TO_A_VALUE, UNTIL_A_VALUE = "to", "until|till"
AFTER_DONE = (
    (
        r"(?:after|from|since|following) (?:the |its |my |each |every |last )*(?:completion"
        r"|completing(?: it)?"
        r"|finishing(?: it)?|doing it|i(?:'ve| have)? (?:did|done|do|finish(?:ed)?|complete[d]?)(?:"
        r" it| that)?"
        r"|it(?:'s| is| was| has been)? (?:done|finished|completed)|done)"
    ),
)
EVERY = "every"
"""What is put before an amount that has none: "3 days after I did it"."""

BEFORE_AMOUNTS = "every each"
COUNTS = r"an?|one|two|three|four|five|six|seven|ten"
UNITS = r"(?:day|week|month|year)s?"

# --- Priorities --------------------------------------------------------------------------------------------

HIGH = (
    (
        r"(?:very |really |super )?urgent|asap|(?:very )?important|(?:(?:the |a )?(?:high"
        r"|highest|top|max|maximum|maximal"
        r"|first))(?: (?:prio|priority))?"
    ),
)
MEDIUM = ("medium",)
LOW = (r"(?:the )?(?:low|lowest|no|normal|none|default)|not (?:so |that )?(?:urgent|important)",)
RAISED = (r"(?:a )?higher|more (?:urgent|important)",)
LOWERED = (r"(?:a )?lower|less (?:urgent|important)",)
PRIORITY_NAMES, OF_PRIORITY = "priority|prio", "of |to "

# --- Clauses of a change ("friday, high priority") ---------------------------------------------------------

BOTH = r"^both(?: of)? (?=.+ and )"
"""Before two tasks."""
AND, THEN = "and", "then"
NO = "no|without|remove(?: the| all)?"
LABEL_NAMES, PROJECT_NAMES, ESTIMATE_NAMES = "labels?|tags?", "project", "estimate|duration"
RANKS = (
    r"urgent|asap|(?:no|normal|low|medium|high|top|highest) priority"
    r"|(?:higher|lower) priority|priority (?:p?[1-4]|low|medium|normal|high)"
)
TAKES = r"takes?|needs?|will take|should take|estimate(?:d)?(?: at)?:?|duration:?"
HOURS_AFTER_NUMBER = r"hours?|hrs?|minutes?|mins?"
NEW_TITLE = (
    (
        r"(?:rename(?: it)?(?: to| as)?|(?:new )?(?:title|name)(?: is)?:?|call it|reword(?: it)?(?: to|"
        r" as)?)[ :]+(?P<en>.+)"
    ),
)
NOTE, NOTE_ADDED = "notes?", "(?:add (?:a )?|with (?:a )?)notes?"
NOTE_ARTICLES = "a|the|my|one"
NO_NOTES = (r"(?:no|without|remove(?: the)?|clear(?: the)?|delete(?: the)?) notes?",)

# --- Places in a list ("3", "the second one"), and several tasks or requests -------------------------------

ORDINALS = ("first second third fourth fifth sixth seventh eighth ninth tenth",)
"""Texts of words, of which the first means the first place; a text for each spelling or gender."""

ORDINAL_ENDINGS = ""
"""Endings that each of these words, and that for the last one, may have as well; split at spaces."""

LAST_ONE = "last"
BEFORE_PLACES, NUMBERED = "the|both", r"tasks?|numbers?|no\.?|items?"
"""Articles; nouns after which a place may be a word as well: "number two"."""

NUMBER_NAMES = ("one two three four five six seven eight nine ten",)
"""As ``ORDINALS``."""

FIRST_PLACES, LAST_PLACES = "first <n>", "last <n>"
"""``<n>`` is a number or its name: the first so many."""

NUMBER_ENDINGS = "st|nd|rd|th"
AFTER_PLACES = "ones?|tasks?|items?|entry|entries|to-?dos?"
PLACES_DONE = (
    r"(?:please )?(?:finish|complete|close|tick|check|mark)(?: off)?(?: as)?(?: done| finished| completed?)?",
    r"(?:i(?:['’]ve| have)? )?(?:already |just )?(?:did|done|finished|completed)",
    r"(?:(?:is|are) )*(?:done|finished)",
)
"""What is left of a text without the places in it: "2 is done", "tick off 2"."""

BEFORE_NEW_DATES = "at to on until till by"
"""Words between a place and its new date: "the second one at 5pm"."""

AND_TASKS = "and|plus|as well as"
ALSO = "also|then"
"""After "and" or a comma, before one more task or request."""

# --- Splitting a task into steps ---------------------------------------------------------------------------

PIECES = "steps?|pieces?|parts?|chunks?|subtasks?|sub-tasks?|bits"
"""In the next patterns ``<pieces>`` stands for them."""

_SPLIT = "split|divide|break"
SPLIT = (
    r"break down (?P<title>.+)",
    r"break (?P<title>.+?) down",
    r"break (?P<title>.+?) up into <pieces>",
    r"break up (?P<title>.+?) into <pieces>",
    rf"(?:{_SPLIT}) (?:up )?(?P<title>.+?) (?:up )?(?:in|into) <pieces>",
    r"split up (?P<title>.+?)",
    r"split (?P<title>.+?) up",
    r"with (?P<title>.+)",  # what is left of "help me with the taxes"
    r"(?:i'm |i am )?stuck (?:on|with) (?P<title>.+)",
    r"(?:how|where) (?:do|can|should|shall) i (?:start|begin|tackle|approach)(?: with| on)? (?P<title>.+)",
    r"(?:make|give me|show me|what are the) (?:\w+ )?steps (?:of|for|from|out of|to do|in) (?P<title>.+)",
)
MAY_SPLIT = "break|split|divide|step|piece|part|chunk|task|bits|help|stuck|start|begin|tackle|approach"
"""One of them is in every text that asks for it."""

SPLIT_ASKED = (
    r"(?:can|could|would|will) (?:you|we) |please |let['’]?s |help me (?:to )?|i want to |i['’]d like to "
)
SPLIT_IT = "it|this|that|this one|that one"
SPLIT_ARTICLES = "(?:the|my|a|an|task) "
SPLIT_TASK_AT_END = "task"
NEVER_SPLIT = r"(?:some|any|every)thing|stuff|things|bread|wood|cake|pizza|eggs?|the bill|bill"
"""What people split without meaning steps."""

NO_STEPS = (
    r"no|nope|nah|no,? thanks?(?: you)?|cancel|stop|never ?mind|forget it|leave it|not now|nothing|none|skip"
)
STEP_THEN, STEP_AND, STEP_FIRST = "then|after that", "and ", "first(?:ly)?"

# --- What `/token` is told: "new laptop read", "revoke laptop" ----------------------------------------------

NEW_ACCESS = "new make create add"
REVOKE_ACCESS = "revoke remove delete off"
ACCESS_TO_READ, ACCESS_TO_WRITE, ACCESS_TO_ALL = "read", "write change", "all everything"
