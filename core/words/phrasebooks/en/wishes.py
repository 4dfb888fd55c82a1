"""How people wish in English for a task: "remind me to …", "I have to …", "don't forget …", "add …".

Tests: tests/core/words/test_wishes.py, tests/core/words/test_details.py, tests/core/words/test_lines.py.
"""

from __future__ import annotations

from core.words.phrasebooks.en.parts import REQUEST

# --- Reminders: the beginning of a text, and what stands between it (or a time) and the task ---------------

_A_REMINDER = r"(?:a |an |another |one |new |quick )*(?:reminder|alarm)s?(?: for me)?"
# The noun alone begins a wish only before a mark, a time or a connector: not in "Reminder app review".
_BEFORE_TIME_OR_CONNECTOR = (
    r"(?=\s*[:,–-]|\s+(?:\d|to|about|of|that|for|at|on|in|every|today|tonight|tomorrow)\b)"
)
# "reminder call mum": verbs that are hardly ever the first word of a name.
_TO_DO_FIRST = "call|phone|ring|buy|pay|pick up|bring|send|email|text|book|feed|collect|submit|take|get|go"
REMINDERS = (
    rf"{REQUEST}(?:remind ?(?:me|us)|(?:ping|nudge|alert|notify|buzz) me)(?: again| please| also)?",
    (
        rf"{REQUEST}(?:text|message|tell|let) (?:me|us)(?: know)?"
        r"(?= (?:at|in|on|by|tomorrow|tonight|today|every|this|next)\b)"
    ),
    rf"{REQUEST}(?:set|create|make|add|schedule|put|give)(?: me)?(?: up| in)? {_A_REMINDER}",
    r"i (?:want|need|would like) (?:to be reminded|a reminder)",
    rf"{REQUEST}give me a (?:shout|nudge|ping|buzz|poke|heads[- ]up)",
    rf"(?:new |another |quick |friendly )*reminder{_BEFORE_TIME_OR_CONNECTOR}",
    rf"reminder(?= (?:{_TO_DO_FIRST})\b)",
)
"""A group ``verb_last`` has the words that stand before the verb."""

CONNECTORS = (r"(?:to|about|of|that|for(?: me)?(?: to)?)[\s,:]+", r"(?=not to\s)")
CLAUSE_CONNECTOR = ""
"""The end of a connector after which the verb becomes an infinitive (by ``INFINITIVES``)."""
INFINITIVE_CLAUSE = ""
"""A task that needs no connector, in German: "erinnere mich, Mama anzurufen"."""

CLAUSE_JOINTS, NO_CLAUSE_FIRST = "to ", "to|about|of|that"
"""A clause of time may stand before the first and the task: "when I get home to feed the cat"."""

AFTER_BARE_HOUR = "(?:to|about|that) "
LIST_JOINTS = "and|or"
LISTED_AND = "and"
"""Between two times, each of which may be a task of its own."""

FOR_A_TIME, AROUND = "for", "around"
SOME_TIME = "some ?time|later"
QUESTION = "what|when|where|who|whom|whose|why|how|which|whether|if"
"""A reminder that begins with one of them is a question to oO."""

ABOUT_IT = "about|of|to|for"
NOT_A_TASK = (
    "it|this|that|them|me|you|us|him|her|myself|yourself|something|anything|everything|nothing|later|again"
)
AFTER_IT = "one|tip|again|later|please"
ASKED_FOR = "can|could|will|would"

# --- Reminders before an event -----------------------------------------------------------------------------

BEFORE = "before"
AFTER_BEFORE = ""
"""Words after it that are no part of the event's name."""

_REMIND_ME_OF = rf"{REQUEST}(?:remind|ping|nudge|alert|notify|warn) me(?: again)?"
BEFORE_A_TASK = (
    (
        rf"{_REMIND_ME_OF} (?P<en_of>.+?) (?:before(?:hand)?|ahead|in advance|early|earlier) (?:about|of|for)"
        r" (?:the |my )?(?P<en_of_task>.+)"
    ),
    (
        rf"{_REMIND_ME_OF} (?:about|of) (?:the |my )?(?P<en_then_task>.+?)"
        r" (?P<en_then>(?:\d+|an?|one|two|three|half|the|five|ten|fifteen|thirty) (?:\S+ )?\S+)"
        r" (?:before(?:hand)?|ahead|in advance|early|earlier)"
    ),
    (
        rf"{REQUEST}(?:remind|ping|nudge|alert|notify|warn) me(?: again)? (?P<en>.+?) (?:before|ahead)(?:"
        rf" (?P<en_task>.+))?"
    ),
    rf"{REQUEST}(?:set|add|create) a reminder (?P<set>.+?) before (?P<set_task>.+)",
)
"""A group is an amount; that of the same name with ``_task`` is the task."""

ONE_UNIT = "the (?=day|week|hour)"
NAMED_LEADS: dict[str, str] = {}
"""Groups of ``BEFORE_A_TASK`` that are an amount by themselves."""

LEAD_BEFORE = r"before(?:hand)?|ahead|earlier|in advance|early|prior"
TIME_BEFORE = {
    "evening": "the (?:evening|night) before",
    "day": "(?:the|a|one|1) day before(?:hand)?|the day prior|a day (?:early|ahead)",
    "morning": "(?:the morning of(?: it)?|(?:that|the same) morning)",
}
"""Times before an event without its name: "remind me the evening before"."""

SO = "so|but|then|please"
"""Before a second wish in the same sentence."""

NO_SECOND_WISH_AFTER = """
    to he she they you we who that said says can could will would should must not don't didn't doesn't
"""
"""Words after which "remind me" goes on with the first: "ask Bob to remind me"."""

LEAD_OF_EACH, LEAD_TASKS = "each|every|all|a|any|the|my", "tasks?|ones?"
LEAD_FOR_ME, LEAD_ALWAYS = "me|us", "always"
_TASKS = r"(?:tasks?|things?|to-?dos?|appointments?|events?|meetings?|ones?)"
_EACH = rf"(?:everything|anything|(?:all|each|every|any)(?: (?:of|my|the|single))* {_TASKS})"
_EARLY = f"(?:{LEAD_BEFORE})"
_REMIND_ME = rf"{REQUEST}(?:please )?(?:always )?remind me"
LEAD_OF_ALL = (
    rf"{_REMIND_ME}(?: always)? (.+?) (?:before|ahead of|prior to) {_EACH}",
    rf"{_REMIND_ME}(?: always)? (?:of|about) {_EACH} (.+? {_EARLY})",
    rf"{_REMIND_ME}(?: always)? (?:of|about) {_EACH} ((?:at|on) (?:the|its|their) times?|on time)",
    rf"{REQUEST}(?:please )?(?:always remind me|remind me always|by default,? remind me) (.+? {_EARLY})",
    rf"{_REMIND_ME} (.+? {_EARLY}),? by default|{_REMIND_ME} (?:of|about) {_EACH}",
)
"""The group is how long before its time each task is to be announced; without it, that is not said."""

_NO_REMINDER = r"(?:(?:do not|don['’]?t|never|stop) remind(?:ing)? me|no reminders?)"
NO_LEAD_OF_ALL = (
    rf"{REQUEST}(?:please )?{_NO_REMINDER}(?: (?:of|about) {_EACH})?(?: (.+))? {_EARLY}",
    rf"{REQUEST}(?:please )?{_NO_REMINDER}(?: (.+))? before {_EACH}",
)
"""No task is to be announced before its time, or not so long before as the group says."""

AT_THE_TIME = r"(?:at|on) (?:the |its |their )?(?:due )?times?|on time|at once|0(?: ?min(?:utes?)?)?"

# --- Reminders at a time that cannot be --------------------------------------------------------------------

PAST_DAYS = r"yesterday|the day before yesterday|last (?:night|week|month|year|\w+day)"
IN_AN_AMOUNT, MINUS, ZERO = "in|for", "minus", "zero|no"
UNITS_OF_TIME = r"sec\w*|min\w*\.?|hours?|hrs?|days?|weeks?|months?|years?"
AT_A_CLOCK_TIME = "at|around|about|by"
SURELY_AT = ""
"""Words after which even a bare number is a time of day."""
OF_A_MONTH = "of"

# --- Wishes without a reminder -----------------------------------------------------------------------------

_LIST = r"(?:(?:to-?do|task|shopping|grocery)[ -]?)?(?:list|tasks|to-?dos|calendar|agenda|reminders)"
_TASK_YET_UNNAMED = (
    r"(?:(?:(?:an?|another|one(?: more)?|my|the|next|new) )*(?:tasks?|to-?dos?|to do|items?|entry|reminders?)"
    r"|another(?: one)?|one more)"
)
_I_WANT_TO = r"(?:i (?:want|need|would like) to|i['’]d like to|let me|let['’]s|can i|could i)"
_AT = r"(?: (?:for )?(.+))?"
ALONE = (
    rf"{REQUEST}remind ?(?:me|us)(?: (?:to|about|of|that|of something|about something|to do something))?",
    (
        rf"(?:{_I_WANT_TO} |{REQUEST})add(?: (?:{_TASK_YET_UNNAMED}|(?:some|any)thing(?: new| else)?))?"
        rf"(?: for me)?(?: (?:to|on|in) (?:my|the) {_LIST})?{_AT}"
    ),
    (
        rf"(?:{_I_WANT_TO} |{REQUEST})(?:create|make|set(?: up)?|enter|note down|write down)"
        rf" {_TASK_YET_UNNAMED}(?: for me)?{_AT}"
    ),
    rf"(?:{_I_WANT_TO} |{REQUEST})(?:set|schedule|put|give|add)(?: me)?(?: up| in)? {_A_REMINDER}{_AT}",
    rf"(?:new|another|one more) (?:task|to-?do|reminder){_AT}",
)
"""The group is a time. What is no time after the words is the task, and the wish is another one."""
TASK_LABELS = r"(?:new )?task|to-?do|to do|note(?: to self)?|memo|remember"
"""Before a colon or a dash and the task."""

NEW_TASKS = r"todo|new (?:task|to-?do)"
TO_DO = (
    (
        rf"{REQUEST}(?:add|create|make|save)(?: me)? (?:a |the |another )?(?:new )?(?:task|to-?do)(?: item)?"
        r"(?: to| for| called)?:? (?P<task>(?!\d+$).+)"
    ),
    r"(?:don't|do not|never)(?: let me)? forget[,:]? (?:to |about |that |and )?(?P<forget>.+)",
    r"i (?:mustn't|must not|can't|cannot|shouldn't|don't want to) forget (?:to |about )?(?P<mustnt>.+)",
    (
        r"(?:help me )?(?:to )?remember to (?P<remember>.+)|make sure (?:that )?i "
        r"(?:(?:don't|do not|never) forget (?:to |about )?)?(?P<sure>.+)"
    ),
    r"make a note (?:to|of|that|about):? (?P<note>.+)",
)
ALSO = "too(?=$)|as well|also"
"""Before or after what is added to a list."""

TO_LIST = (
    rf"{REQUEST}add (?:to|on) (?:my|the) {_LIST}[:,]? (?P<list>.+)",
    rf"{REQUEST}add:? (?P<add>.+?)(?: (?:to|on) (?:(?:my|the) )?{_LIST}| as a (?:new )?(?:task|to-?do))?",
    rf"{REQUEST}(?:put|write|stick) (?P<put>.+?) (?:on|in|to|down on) (?:my|the) {_LIST}",
    r"(?:note|jot|write) down:? (?:to |that )?(?P<down>.+)",
)
NEEDS = (
    (
        r"(?:i|we) (?:really |still |also )?need (?:some |more )?(?P<need_thing>(?!(?:to|you|your|it"
        r"|this|that"
        r"|him|her|them|more|less|advice|help|tips?|ideas?|suggestions|someone|somebody|something|time|space"
        r"|money|motivation|a (?:tip|plan|suggestion|moment|minute|reminder|hand|reason|sign)|an? idea|\d)\b)"
        r"(?:\S+ ?){1,4})"
    ),
    (
        r"(?:we|i)(?:'re| are|'m| am)? (?:all |almost |nearly )?(?:out|running out|low) (?:of"
        r"|on) (?P<out_of>(?!time|ideas|it\b|luck|patience|energy|money)(?:\S+ ?){1,4})"
    ),
)
"""What somebody says to need or to have run out of: a task only while they tell oO their first ones."""

NO_THINGS = (
    r"coffee|tea|drinks?|beer|wine|sleep|rest|nap|break|holidays?|vacations?|hugs?|love|friends?"
    r"|\w+friend|job"
    r"|work|quiet|peace|silence|support|attention|answers?|clarification|info(?:rmation)?|details|feedback"
    r"|input|therapy|changes?|air|energy|power|luck|hope|faith|courage|wishes|options?|examples?|proof|life"
    r"|patience|focus|structure|discipline|day|days|week|hours?|minutes?|lunch|dinner|breakfast|food|sex"
    r"|there|here|now|out|go|because|when|before|after|if|and i|but|so|stop|please|fast|badly|soon|much|many"
    r"|any|ur|u|one|two|nothing|none|my|your|his|their|our"
)
"""Nothing that is got for a list: "I need sleep" is talk."""

ALSO_ADD = r"(?:and |oh and )?(?:also|add also)|plus(?! d(?:['’]|e |es |u ))|and another:?"
"""Beginnings of a further task, after which even bare words are one: "also ironing"."""
_THING = r"(?:the|my|our|an?|some) .+"
GIVING = rf"(?P<en>(?:send|e?mail|give|text|show|bring|forward|lend|return) (?-i:[A-Z])\w+) {_THING}"
"""A group has the words that hold for the next thing: "send Eva the slides today and the invoice friday"."""

A_THING = _THING
"""A noun with its article, which may stand after "and" without the verb."""

FAMILY = "mom|mum|mommy|mummy|dad|daddy|grand(?:ma|pa|mother|father)|grann?y|granddad|nana"
"""Names of people that are written small."""

TIMES_A_DAY = (
    r"(?P<count>\d|two|three|four|five|six) ?(?:x|times) (?:(?:a|per|each|every) day|daily)"
    r"|(?P<twice>twice|two times) (?:(?:a|per|each|every) day|daily)"
)
"""Several times a day: a group ``count`` has the number; that of ``twice`` is two."""

EVERY_HOURS = (
    r"every (?P<hours>(?:\d{1,2}|two|three|four|six|eight|twelve) ?(?:hours|hrs|h))|every (?P<one>hour)"
)
"""The group ``hours`` is the amount between two times."""

TO_A_DAY = "to"
"""Before the day to which a task is added."""

_ADVERBS = "(?:(?:really|also|still|just|urgently) )*"
HAVE_TO = (
    rf"(?:i |we )?{_ADVERBS}(?:(?:need|have|have got|got|ought) to|gotta) (?P<need>.+)",
    (
        rf"(?:i|we) {_ADVERBS}(?:must|should(?! have| (?:very much |really )?(?:like|love)\b)|gotta"
        rf"|had better|am supposed to) {_ADVERBS}(?P<must>.+)"
    ),
    r"i'(?:ve got to|m supposed to|d better) (?P<got>.+)",
    (
        r"(?:should|must) (?:really |still |also )?(?P<bare_must>(?!(?:be|have|not|work|i|you|we|they"
        r"|he|she|it"
        r"|this|that|the|do i|go now)\b)[a-z]+ .+)"
    ),
)
"""A group ``clause_xx`` has a verb that becomes an infinitive (by ``INFINITIVES``); xx is the language."""

_NOW = r"(?: (?:now|soon|again|first|too|anyway|today|tonight|a bit|more|less|here))*"
TALK = (
    (
        r"(?:go|leave|sleep|rest|eat|run|stop|think|talk|work|wait|laugh|cry|relax|hurry|focus|move|pee"
        rf"|be|have|do){_NOW}"
    ),
    rf"go (?:home|out|back|to (?:bed|sleep|the (?:toilet|bathroom))){_NOW}",
    rf"get (?:going|up|out|some (?:sleep|rest)){_NOW}",
    r"(?:know|say|admit|confess|believe|agree|disagree|apologi[sz]e|understand)\b.*",
    r"(?:wonder|mention|feel|seem|like|love)\b.*",
    (
        r"(?:tell|ask|thank|see|warn|talk to|think about|do|get used to|have|be with|stop) "
        r"(?:you|it|this|that|something|nothing|better|more|so)\b.*"
    ),
    r"be (?!at |in |on ).*|i .*",
)
"""What follows *I have to* in talk."""

WOULD_LIKE = (
    (
        r"(?:i|we)(?:(?:(?:'d| would| should)(?: very much| really)? (?:like|love)| want) to| wanna)"
        r" (?P<like>.+)"
    ),
)
"""A task only together with a time: "I'd like to call Ann tomorrow"."""

NEXT_DAYS = "today tomorrow tmrw"
"""Days of an appointment that are no weekday."""
VISITS = (
    r"vet|dentist|doctor|dr|gp|orthodontist|optician|physio(?:therapist)?|therapist|therapy|hairdresser"
    r"|barber"
    r"|haircut|massage|manicure|(?:appt|appointment)s?|interview|meeting|lunch|dinner"
    r"|brunch|breakfast"
    r"|check-?up|playdate|rehearsal|viewing"
)
"""Appointments, after whose day a number is an hour: "dentist thu 3"."""
_EVENT = (
    r"(?:appointments?|meeting|exams?|tests?|interview|class|lesson|lecture|date|call|flight"
    r"|train|reservation"
    r"|party|wedding|funeral|dinner|lunch|breakfast|brunch|concert|gig|game|match|rehearsal|shift|deadline"
    r"|check-?up|presentation|viewing|session|birthday|anniversary|dentist|doctor|haircut|delivery|playdate)"
)
_NOBODY = "(?:i|you|he|she|it|we|they|this|that|what|who|when|where|how|why|if|are|is|no|nobody|there)"
_WHO = rf"(?!{_NOBODY}\b)\S+(?: (?!{_NOBODY}\b)\S+){{0,3}}"
APPOINTMENT = (
    rf"(?:i|we)(?: have|['’]ve)?(?: got)? (?:an?|my|the|our) (?P<en_have>(?:\S+ ){{0,4}}{_EVENT}\b.*)",
    (
        rf"(?:the )?(?P<en_event>(?:\S+ ){{0,4}}{_EVENT}(?: \S+){{0,4}}?) (?:is|are|starts|begins)"
        r"(?: due)? (?P<en_when>.+)"
    ),
    r"(?P<en_due>(?:\S+ ){1,5}?)(?:is|are) due (?P<en_due_when>.+)",
    rf"(?P<en_who>{_WHO}) (?:has|celebrates) (?:a|her|his|their) (?P<en_birthday>birthday.*)",
    r"(?:is|it['’]s|it is) (?P<en_its_birthday>.+(?:['’]?s|my|our) (?:birthday|anniversary)\b.*)",
    rf"(?:the )?(?P<en_coming>{_WHO} (?:comes|is coming|are coming)\b.*)",
)
"""What somebody says that they have, or that is, at a time. Its groups, in turn, are the task."""

NO_DEED = r"(?:not|pause|snooze|mute|stop|resume|unsubscribe|quit|sleep|rest|see you|hear|be|have)\b.*"
"""But not an order to oO ("I want to pause until monday"), and nothing negated."""

WAKE = (
    rf"{REQUEST}wake (?:me|us)(?: up)? (?P<en>.+)",
    rf"{REQUEST}set (?:me )?(?:an|the|my) alarm (?:clock )?(?:for |to )?(?P<alarm>.+)",
    rf"{REQUEST}(?:set|start) (?:me )?(?:(?:a|the|my) )?timer (?:for |of )?(?P<timer>.+)",
    r"timer (?:for |of )?(?P<bare_timer>\d.*)",
)
WAKING = {"en": "wake up", "alarm": "alarm", "timer": "timer", "bare_timer": "timer"}
"""The task, by the group of ``WAKE`` that has the time."""
TIMERS = {"timer": "in ", "bare_timer": "in "}
"""What stands before an amount of time, by the groups of ``WAKE`` that have one rather than an hour."""

INVERTED: tuple[tuple[str, str], ...] = ()
"""The beginning of a wish after a time, and that of the same wish by itself."""

# --- The text of a task ------------------------------------------------------------------------------------

NESTED = (
    r"(?:that )?i (?:really |still |also )?(?:(?:need|have|have got|ought) to|must|should) "
    r"|i['’]ve got to |i(?: have|['’]ve got) (?=(?:an?|the|my|some) )"
    r"|to (?=\w)|(?:not to forget|remember) to "
)
"""A wish within the wish."""

PLAINER: tuple[tuple[str, str], ...] = ()
"""Patterns and replacements; they are tried together with ``NESTED`` until nothing changes."""

AS_A_TASK = ((r"(?i:^not to (?=\w))", "don't "),)
"""Patterns and replacements, tried once at the end."""

INFINITIVES: dict[str, str] = {}
INFINITIVE_ENDINGS: tuple[tuple[str, str], ...] = ()
"""Endings of verbs that are not in ``INFINITIVES``, and those of their infinitives."""

PRONOUNS = ""
"""Words before a verb that are joined to its infinitive."""

# --- Lists of tasks ----------------------------------------------------------------------------------------

TASKS_FOLLOW = (
    (
        r"(?:(?:my|new|the|today'?s) )?(?:to-?dos?|to do|tasks?|list|to-?do list|task list|reminders?)(?:"
        r" (?:for )?(?:today|tomorrow))?"
    ),
    (
        r"(?:please )?(?:add|remind me(?: to| of)?|remember(?: to)?|i (?:need|have) to|note)(?: (?:these"
        r"|this|the following|all|to my list))*"
    ),
)
"""The first line of a list, without a name of its own."""

LETTER_BEGINS = "hi|hello|hey|dear|thanks|thank you|regards|best|cheers"
LETTER_LINES = (r"(?:kind|best|warm) regards.*|yours\b.*|ok(?:ay)?|yes|no",)
SHOPPING_LISTS = "(?:shopping|grocer(?:y|ies)|supermarket|(?:to |things to )?buy)(?: (?:list|trip|run))?"
"""Before a colon and what is to be bought: one task."""

AGAIN = "again |then "
AT_AN_HOUR = "at"

# --- Details of a task -------------------------------------------------------------------------------------

THAT, THAT_ALONE = "it(?:['’]?s| is)?|this|that", "it(?:['’]?s| is)?"
"""Before an estimate; the second one without any mark: "report by noon its gonna take 2 hrs"."""
TAKES = (
    r"(?:(?:should|will|would|may|might|can|['’]?ll|gonna|going\s+to)\s+)(?:only\s+)?(?:probably\s+)?take"
    r"(?:\s+me)?|takes(?:\s+me)?|it['’]?ll\s+take(?:\s+me)?"
    r"|estimate[d]?(?:\s+at)?:?|est\.|duration:?"
)
CIRCA, ROUGHLY = r"approx\.?", "about|around|roughly"
NO_ESTIMATE_AFTER = "that|which|who|what|how long|it|for|at|in|by"
AMOUNT_PARTS = "hour|half|minut|quart"
"""One of them, or a digit, is in every amount of time."""

ABOUT_AN_AMOUNT = (
    r"only|just|only about|up to|max\.?|maximum|about|around|roughly|approx\.?|approximately|some"
)
ACTIVITIES = """
    read walk run jog meditate exercise stretch swim practise practice study train nap cycle yoga workout
"""
LASTING, LONG = "for", ""
CONTEXTS = """
    home work office errands errand phone computer online calls email shopping town garden waiting someday car
"""
"""Places and tools that ``@`` may stand before."""

COLOUR_WORDS = "colou?rs?|hex|css|paint|background|font|theme"
WORDS_BEFORE_A_NAME = """
    about in on to with for from via of at the a and or over hashtag tag channel issue ticket pr bug post
    tweet search follow
"""
"""Words before ``#`` or ``@`` in the name of something else."""

SHOPPING = "buy get bring order pick fetch add eat cook"
URGENT = "urgent asap"

# --- An estimate without any word for it: "call Bob friday 30 min" -----------------------------------------

ESTIMATE_UNITS = r"hrs?|hours?|m|mins?\.?|minutes?"
ESTIMATE_MINUTES = "m|mins?|minutes?"
"""After an amount of hours: "1h 30 min"."""

ESTIMATES_IN_WORDS = "half an hour|an hour"
UNITS_OF_NO_CLOCK = r"hours?|hrs?|m|min\w*\.?"
"""Units that are no time of day, as those in "9h" and "9 heures" are."""

NO_ESTIMATE_BESIDE_BEFORE = """
    for in at within every each last next first the a of or and after before until till by than about over
    under
"""
"""Words that make an amount after them something else than the length of the task."""

NO_ESTIMATE_BESIDE_AFTER = """
    before after of ago early earlier late later long off more less per a and or to from left free each
"""
"""Likewise, of an amount before them."""

BEFORE_DATES = "a am and at to"
"""Those of them with which a date begins, too: "1h at 9"."""

# --- Deadlines ---------------------------------------------------------------------------------------------

DEADLINE = r"(?:(?:hard|final|strict|absolute) )?(?:deadline|dead line)(?: is| on| by| of| until| till| the)*"
WITH_A_DEADLINE = "(?:with|and|has|its)(?: an?| the)?|the"
NO_LATER_THAN = (
    r"(?:no|not) later than|at the latest(?: by| on)?|by (?:the )?latest|by(?= [^,;]{1,30} (?:at"
    r" the )?latest\b)"
)
NO_DEADLINE_AFTER = (
    "about|for|of|before|after|until|to|extend|meet|miss|check|discuss|set|ask|confirm|clarify|my|our|your|this"
    "|that|new|next|tax|change|move|a|an|find out|know|every|each"
)
"""Words after which a deadline is what the task is about."""
