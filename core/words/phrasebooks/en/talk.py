"""What people say to oO in English.

A pattern has to match the whole text, in any case; ``'`` matches any apostrophe, or none. A pattern's groups
have names that no other language uses. Constants that end with a plain word list are split at spaces.

Tests: tests/core/words/test_understand.py, tests/core/words/test_asks.py.
"""

from __future__ import annotations

from core.words.phrasebooks.en.parts import REQUEST

# --- Politeness around what is said ------------------------------------------------------------------------

PLEASE = r"please|pls|plz"
THANKING = r"(?:thanks|thank you)(?: (?:so|very) much| a lot)?"
HELLO = "(?:hi|hey|hello)(?: there)?|good (?:morning|afternoon|evening)|morning"
AFTER_HELLO = r"oo|remind|add|what|can|could|please|i|i['’]m|done|give|show"
BEFORE_ALL = (
    r"ok|okay|so|alright|actually|oh(?:,? and)?|and also|btw"
    r"|by the way|also|(?:no )?wait(?=[,!.])|uh|um(?=,| (?:i|so|remind|can|could|please|add)\b)"
)
HESITATIONS = r"uh+m?|erm+|uhm+|um+(?=,)"
"""Sounds that a dictated sentence keeps."""

_GOOD = "(?:great|nice|good|lovely|awesome|cool|helpful|amazing|perfect|wonderful|super)"
FAVOURS = (
    (
        (
            r"^(?:(?:can|could|will|would) you )?(?:please )?(?:do me (?:an?|the) (?:\w+ )?favou?r"
            r"|be so (?:kind|nice|good)(?: as)?)(?:,? and|,? to|[,:])? (?:(?:can|could) you )?"
        ),
        "can you ",
    ),
    (
        (
            r"^(?:i was |i'm |i am |was )?(?:just )?(?:wondering (?:if|whether)|hoping)"
            r" (?:you|u) (?:could|can|would|might) "
        ),
        "can you ",
    ),
    (r"^(?:do you think|is it possible that|any chance) you (?:could|can) ", "can you "),
    (
        (
            r"^(?:i(?:'d| would) (?:really |much )?(?:(?:appreciate|love|like) it|be (?:grateful|happy|glad))"
            rf"|(?:it would|it'd|would) be (?:so |really )?{_GOOD})"
            r" if you (?:could |would |can )?(?:please )?"
        ),
        "can you ",
    ),
    (r"^(?:would you mind|(?:is|would) it (?:be )?possible to|(?:could|can|may) i ask you to) ", "can you "),
    (r"^can you (remind|add|tell|show|put|cancel)(?:l?ing|t?ing|ed) ", r"can you \1 "),
    (r"^can you (mov|delet|remov|mak|chang|postpon|(?:re)?schedul)ing ", r"can you \1e "),
    (r"^if (?:you don't mind|it's (?:ok|okay|possible)|possible),? ", ""),
    (r"^i (?:think|guess|suppose|believe|figure)(?: that)? (?=(?:i|we)\b)", ""),
)
"""Patterns of roundabout requests, in any case, and what people say more briefly in their place."""


# --- Short phrases -----------------------------------------------------------------------------------------

GREETING = (
    (
        r"(?:hi+|hiya|hello+|hey+|howdy|yo|sup|good (?:morning|afternoon|evening)|good day|greetings)"
        r"(?: (?:there|oo|again|all|everyone|everybody|friend|mate|bot|world|old friend))*"
    ),
    (r"(?:(?:hi|hello|hey),? )?(?:nice|pleased|good|great) to (?:meet|see) (?:you|u)"),
)
THANKS = (
    (
        r"(?:great,? )?(?:thanks|thank (?:you|u)|thx|ty|tysm|thnx|cheers)(?: (?:so|very) much| a lot"
        r"| a bunch| again)?(?:,? oo)?"
    ),
)
NOT_NOW = (
    r"not (?:right )?now|not today(?: any ?more)?|(?:maybe )?later|another time|(?:it's a )?bad time",
    r"i(?:'ll| will) do (?:it|this|that)(?: one)? (?:later|today|another time|some other time)",
    r"(?:i'm )?(?:too |very )?busy(?: (?:right )?now)?",
    r"(?:sorry,? )?(?:i )?can't(?: do (?:it|that|this)| talk| chat)?(?: right)? now",
    (
        r"i (?:don't|do not) (?:want to|wanna|feel like) (?:do(?:ing)? )?(?:it|this|that)(?: one)?"
        r" (?:today|tonight|(?:right )?now)"
    ),
    r"(?:i (?:have|'ve got) |there's )?no time(?: (?:right )?now)?",
    r"i don't have (?:any )?time(?: (?:right )?now)?",
)
_THIS = r"(?: (?:it|this|that|(?:this|that|the) (?:one|tip)))?"
DISMISS = (
    rf"(?:dismiss|skip){_THIS}",
    r"(?:no,? )?not (?:this|that)(?: one| tip)?|(?:(?:no|anything),? )but (?:this|that)(?: one)?",
    r"i (?:don't|do not) (?:want to|wanna|feel like) (?:do(?:ing)? )(?:it|this|that)(?: one)?",
    r"i (?:don't|do not) want (?:this|that) (?:one|tip)",
)
NEVER_AGAIN = (
    (
        r"never (?:(?:show|send|suggest|give)(?: me)? )?(?:this|that)(?: one| tip)?(?: ever)? again"
        r"|never (?:show|send|suggest|give)(?: me)? (?:this|that)(?: one| tip)?"
    ),
    (
        r"(?:don't|do not)(?: ever)? (?:show|send|suggest|give)(?: me)? (?:this|that)(?: one| tip)?"
        r" (?:(?:ever )?again|any ?more)"
    ),
    r"i (?:never|don't) want to (?:see|hear(?: of| about)?) (?:this|that)(?: one| tip)? (?:again|any ?more)",
    r"stop (?:showing|sending|suggesting)(?: me)? (?:this|that)(?: one| tip)?",
)
"""The topic of the tip is never wanted again."""
SNOOZE = (rf"snooze{_THIS}|remind me(?: (?:of|about) (?:it|this|that))?(?: again)? later",)
SNOOZE_UNTIL = (
    r"again (?P<again_then>(?:in|at|on) .+|tomorrow(?: .+)?)",
    r"(?P<then_again>(?:in|at|on) .+|tomorrow(?: .+)?) again",
    rf"snooze{_THIS}(?: to)? (?P<moment>.+)",
    r"(?:ask|tell|show) (?:me|it|this)(?: this| it)? again (?P<ask>.+)",
    r"(?:maybe|perhaps) (?P<maybe>.+)|(?P<then_maybe>.+?),? (?:maybe|perhaps)",
    r"remind me(?: again)? (?:of|about) (?:it|this|that)(?: again)? (?P<of>.+)",
    (
        r"remind me(?: again)? (?P<before>.+?) (?:of|about) (?:it|this|that)(?: again)?"
        r"|remind me(?: again)? (?P<again>.+)"
    ),
)
UNDO = (
    rf"undo{_THIS}|undo (?:it |that |them )?(?:all|both|everything)",
    r"take (?:it|that|them|all|both|everything)(?: all)? back",
    r"(?:undo|revert|take back) (?:(?:the|my) )?last(?: (?:thing|one|change|action|step|command|message))?",
    r"revert(?: (?:it|this|that))?|undo what (?:i|you) (?:just )?did",
)
_OOPS = "(?:(?:oops|whoops|wait|sorry|no|nope|actually|hm+|oh)[,.!]? )*"
NOT_DONE = (
    (
        rf"{_OOPS}(?:i|we) (?:didn't|did not|haven't|have not)(?: actually| really| yet)*"
        r"(?: (?:do|done|finished|finish)(?: (?:it|that|this))?)?(?: yet| after all)?"
    ),
    rf"{_OOPS}(?:(?:it's|that's|it is|that is) )?not (?:yet )?done(?: yet| after all)?",
    rf"{_OOPS}(?:it|that) (?:isn't|is not|wasn't|was not) done(?: yet| after all)?",
    rf"{_OOPS}(?:i|we) (?:didn't|did not|haven't|have not)(?: actually| yet)* (?P<en_not>\w+ .+?)(?: yet)?",
    rf"{_OOPS}(?P<en_undone>.+?) (?:is|are)(?:n't| not)(?: yet)? (?:done|finished)(?: yet)?",
    r"undone|(?:untick|uncheck|reopen)(?: (?:it|that))?|mark (?:it|that) (?:as )?(?:not done|undone|open)",
)
"""What was ticked off last is not done."""

BRING_BACK = (
    (
        rf"{_OOPS}{REQUEST}(?:put|bring|add|get|move) (?:it|that|them|both|everything) (?:all )?back"
        r"(?: (?:on|to|onto|in)(?: (?:my|the))? list)?(?: again)?"
    ),
    r"(?:restore|recover|un-?delete|un-?remove|re-?add) (?:it|that|them)",
    rf"{REQUEST}(?:put|bring|add|get) (?P<en_back>.+?) back(?: (?:on|to|onto)(?: (?:my|the))? list)?",
    rf"{REQUEST}(?:bring back|put back|restore|recover|un-?delete) (?P<en_restore>.+)",
)
"""What was taken off the list last is to be on it again; the group names it."""

NOT_AFTER_ALL = (
    rf"{_OOPS}(?:that was (?:wrong|a mistake|an accident|not right)|by (?:mistake|accident)|my mistake)",
    rf"{_OOPS}(?:that was )?(?:the )?wrong (?:one|task)",
)
"""What was done just now was a mistake."""

HELP = (
    r"(?:i need )?help(?: me)?|\?|commands?|what can you do",
    r"how do(?:es)? (?:this|it|you) work|(?:who|what) are you",
)
WHY = (
    r"why(?: (?:this|that|me|now|this one|that one|this tip|that tip))?|how come",
    r"why (?:are|were) you (?:writing|messaging|texting|pinging)(?: to)?(?: me)?(?: now| this| today)?",
    r"why (?:did|do) you (?:write|message|text|ping)(?: to)?(?: me)?(?: now| this| today)?",
    r"why did you (?:send|choose|pick|suggest) (?:me )?(?:this|that|it)(?: one| tip)?",
)
_SINCE = (
    "(?: (?:today|yesterday|yet|so far|lately|all (?:day|week)|this (?:morning|afternoon|evening|week)))*"
)
_ANYTHING = "(?: (?:anything|(?:any|a|another|a single) (?:tips?|messages?)))?"
_HOW_COME = "(?:why|how come)"
WHY_NOT = (
    r"why not|why no (?:tips?|messages?)|why (?:so|are you so|were you so) (?:quiet|silent)",
    rf"{_HOW_COME} no (?:tips?|messages?|word)(?: from you)?{_SINCE}",
    (
        rf"{_HOW_COME} (?:(?:didn't|don't) you|(?:did|do) you not|you (?:didn't|don't|never))"
        rf" (?:write|text|message|send|tell|say)(?: to)?(?: me)?{_ANYTHING}{_SINCE}"
    ),
    (
        rf"{_HOW_COME} (?:haven't you|have you not|you(?: have|'ve)?(?: not| never)|you haven't)"
        rf" (?:written|texted|messaged|sent|said|told)(?: to)?(?: me)?{_ANYTHING}{_SINCE}"
    ),
    (
        rf"{_HOW_COME} (?:(?:didn't|haven't|don't|did|have|do) )?i(?: not| never| didn't| haven't| don't)?"
        rf" (?:get|gotten|got|hear|heard)(?: from you)?{_ANYTHING}(?: from you)?{_SINCE}"
    ),
    rf"why (?:are|were|have) you(?: been)? so (?:quiet|silent){_SINCE}",
)
HELPED = (
    r"(?:do|did) (?:you|your tips|the tips)(?: really| actually| even)? help(?: me)?(?: at all)?",
    (
        r"(?:are|were) (?:you|your tips|the tips)(?: really| actually| even)?"
        r"(?: of)?(?: any)? (?:help(?:ful)?|use(?:ful)?)"
    ),
    r"(?:have you|has it) helped(?: me)?",
)
PLAN = (
    r"(?:the |your )?plan|when (?:will|do) you write(?: to)?(?: me)?(?: next| again)?",
    r"when(?:'s| is| comes) (?:the|my|your) next (?:tip|message)|what's (?:your|the) schedule",
    r"when (?:do|will) i (?:get|receive|see) (?:(?:the|my|your) next|another|a) (?:tip|message)",
    r"when (?:does|will) (?:the|my|your) next (?:tip|message) (?:come|arrive)",
    r"(?:am i|are you) (?:still )?(?:paused|silent|quiet)(?: now)?|when does (?:the|my) pause end",
    r"(?:until when|(?:for )?how long) (?:am i|are you|will you be) (?:still )?(?:paused|silent|quiet)",
)
LIST_TASKS = (
    r"(?:(?:show|list|see)(?: me)? )?(?:all )?(?:my |the )?(?:tasks?|to-?dos?|to-?do list|task list|list)",
    r"what(?:'s| is) (?:on )?(?:my|the) (?:to-?do )?(?:list|agenda|plate)",
    r"(?:show|list)(?: me)? (?:everything|all|the whole list)(?: (?:i have|that's open|on my list))?",
    r"remind me (?:of|about) (?:all )?(?:my|the) (?:tasks?|to-?dos?|list)",
    r"remind me (?:of )?what i (?:have|need)(?: to do)?(?: today| now| tomorrow)?",
    r"remind me what(?: is|'s) (?:due|open|left|on my list)(?: today| now| tomorrow)?",
    r"what(?:'s| is)(?: still)? (?:due|left|open|to do)(?: today)?|what do i (?:have|need) to do(?: today)?",
)
RESUME = (
    r"resume|unpause|continue|wake up|start again|go on|carry on",
    r"(?:i'm|i am|we're) (?:back(?: again| home)?|home again)(?: from (?:vacation|holiday|my trip))?",
    r"you (?:can|may) (?:write|talk|start)(?:(?: to)? me)?(?: again)?",
    (
        r"(?:end|stop|cancel|lift) (?:(?:the|my|this) )?(?:pause|pausing|silence)"
        r"|(?:the )?pause (?:is )?over|end of pause"
    ),
    (
        r"(?:write|text|message|talk)(?: to)? me again|start (?:writing|messaging)(?: me)? again"
        r"|unmute(?: yourself)?"
    ),
)

_TRIP = r"(?:(?:the|my|our|this) )?(?:vacation|holidays?|trip|time off|days? off)"
NOT_AWAY = (
    rf"(?:cancel|call off|scrap|forget(?: about)?) {_TRIP}|call {_TRIP} off",
    (
        rf"{_TRIP} (?:(?:is|was|are|were|got|has been|have been) )?(?:off|cancel+ed|called off|scrapped)"
        r"(?: after all)?"
    ),
    (
        r"(?:i'm|i am|we're|we are) not (?:(?:going|leaving) )?(?:on (?:vacation|holidays?|a trip)|away)"
        r"(?: after all| any ?more)?"
    ),
    r"no (?:vacation|holidays?|trip) (?:after all|this time)",
    r"(?:i'm|i am|we're|we are) (?:going nowhere|staying(?: at)? home) after all",
)
"""The person will not be away as they said."""

# --- Silence -----------------------------------------------------------------------------------------------

BE_SILENT = (
    r"pause|(?:be|stay|go|keep) (?:quiet|silent)|shut up|silence|silent|quiet|mute(?: (?:everything"
    r"|all|yourself|(?:all )?(?:tips|notifications|messages)))?"
    r"|stop(?: (?:writing|(?:messaging|texting|bothering"
    r"|pinging|spamming|disturbing) me"
    r"|sending(?: me)? (?:messages|tips|notifications|stuff|anything)|it|that|now))*|unsubscribe(?: me)?"
    r"|(?:turn|switch) (?:off|them off)(?: (?:the|all|your|my))* (?:notifications|tips|messages)"
    r"|(?:turn|switch) (?:(?:the|all|your|my) )*(?:notifications|tips|messages) off"
    r"|leave me alone|(?:don't|do not) (?:write|text|message|disturb|bother|ping)(?: to)?(?: me)?"
    r"|no (?:more )?(?:tips|messages)"
)
AWAY = r"(?:i'm|i am|i'll be|i will be|we're|we are) (?:away|busy|off|out|on (?:vacation|holiday))"
SILENCE_ENDS = "for now|until further notice|indefinitely|for ?ever"
SILENCE_LASTS = (
    "(?:until|till|for|over|on|from|starting) .+|today|tomorrow|this week|next week|(?:at )?(?:the"
    "|this) weekend"
    r"|(?:(?:this )?\w+day|tomorrow)(?: (?:morning|afternoon|evening|night))?"
    r"|\w+day (?:to|through|thru|until|till) .+"
)
_HERE = (
    r"(?:in (?:an? |the |another )?(?:meetings?|calls?|class|lecture|exam|interview)"
    r"|on (?:a|the) (?:call|train|plane|phone|bus|road)|at work|driving|asleep|sleeping|unavailable"
    r"|away|busy|out|off)"
)
_DAY_OFF = (
    r"(?:today|tomorrow|(?:this|next) week|(?:(?:on|this|next) )?\w{3,6}day(?: and (?:on )?\w{3,6}day)?)"
)
_DAYS_OFF = rf"(?:(?:until|till|from|starting) .+|\w{{3,6}}day (?:to|through|thru|until|till) .+|{_DAY_OFF})"
SILENCE_UNTIL = (
    (
        r"(?:(?:i'm|i am|i'll be|i will be|we're|we are) )?"
        r"(?:out of (?:the )?office|ooo|not working|off(?: work)?"
        rf"|on (?:vacation|holidays?|pto|(?:annual |parental |sick )?leave)) (?P<en_off>{_DAYS_OFF}|for .+)"
    ),
    rf"(?:i|we)(?: have|'ve(?: got)?|'m taking| am taking| took) (?P<en_taken>{_DAY_OFF}) off(?: work)?",
    rf"(?P<en_day_off>{_DAY_OFF})(?: is my day)? off|(?:my |a )?day off (?P<en_off_on>{_DAY_OFF})",
    rf"(?:my |our )?(?:vacation|holidays?|pto|annual leave) (?P<en_holiday>{_DAYS_OFF})",
    rf"i (?:don't|do not|won't) work (?P<en_no_work>{_DAYS_OFF})",
    r"pause (?P<amount>.+)",
    rf"(?:(?:i'm|i am|i'll be|i will be|we're) )?{_HERE} (?P<here_until>(?:until|till) .+)",
    (
        r"(?P<first_until>today|tomorrow|this week|next week|(?:for|until|till) .+?),? (?:please )?"
        r"(?:no (?:more )?(?:tips|messages)|leave me alone|be quiet)"
    ),
)
WEEKENDS = ("(?:(?:for|on|at|over|during) )?(?:the |this )?week-?end",)
"""The weekend as the time of a pause."""

PAUSE_FROM, PAUSE_TO, PAUSE_UNTIL = "from|starting(?: from)?", "to|through|thru", "until|till"
"""Before its first day, its last day, and the day on which it is over."""

QUIET_NAMES = r"quiet (?:hours?|times?)(?: are| is)?:?"
DAY_STARTS = "mo|tu|we|th|fr|sa|su|ev|da"
ON_DAYS, DAYS_AND = "on", "to|and"
FROM_HOURS, TO_HOURS = "from|between", "to|until|till|and"
HOUR_NAMES = r"[ap]\.?m\.?|o'clock"
QUIET_OFF = (
    (
        r"(?:(?:turn|switch) off|remove|delete|clear|disable|stop|end|cancel) (?:(?:all|the|my) )*quiet"
        r" (?:hours?|times?)"
    ),
    r"(?:turn|switch) (?:(?:all|the|my) )*quiet (?:hours?|times?) off|(?:(?:the|my) )?quiet hours? off",
    r"no (?:more )?quiet hours?(?: any ?more)?|i (?:don't|do not) (?:want|need) (?:any )?quiet hours?",
)
"""There shall be no quiet hours."""

FOR_A_WHILE = "for|over"
UNTIL_AFTER = "(?:until |till )?after (?:the )?"
UNTIL_TOMORROW = "today|the rest of the day|until the end of the day|until end of day"
UNTIL_NEXT_WEEK = (
    "the weekend|this weekend|the week|this week|the rest of the week|until after the weekend"
    "|until the end of the weekend"
)
THROUGH_NEXT_WEEK = "next week|all next week"
THROUGH_TOMORROW = "for tomorrow|over tomorrow"
MUTE = (
    r"mute (?:the )?topic (?P<topic>.+)|mute (?!.+ at (?:\d|noon|midnight))(?P<mute>.+)",  # "mute phone at 8"
    r"(?:never|nothing|no(?: more)?(?: tips| messages)?) (?:again |more |write |talk )?about (?P<never>.+)",
    (
        r"(?:don't|do not|never) (?:write|talk|tell|message|remind|ask|bother|bug|nag|text)(?: to)?(?: me)?"
        r"(?: anything)? (?:about|of|with) (?P<dont>.+)"
    ),
    (
        r"stop (?:writing|talking|telling|messaging|reminding|asking|bothering|bugging|nagging|texting)"
        r"(?: to)?(?: me)? (?:about|of|with) (?P<stop>.+)"
    ),
    r"(?:don't|do not|never|stop) suggest(?:ing)?(?: me)? (?P<suggest>(?!anything|tips|(?:any )?tasks).+)",
)
MUTED_FOR_GOOD = "again|any ?more|ever(?: again)?|at all|please"
"""Words after a topic."""
MUTING = r"no|not|nothing|never|don['’]?t|stop|mute|only|hide|leave"
"""One of these is in every sentence that mutes a topic on some days."""
MUTE_ON_DAYS = (
    r"no(?: more)? (?P<none>.+)|nothing (?:from|of|for|to do with) (?P<nothing>.+)",
    (
        r"(?:please )?(?:don't|do not|never) (?:send|give|show|push|text|bring|bother|remind)(?: me)?"
        r"(?: with| of)?(?: any(?:thing)?(?: about| for| from)?)? (?P<send>.+?)(?: up)?"
    ),
    (
        r"i (?:don't|do not) (?:want|wanna|need|like)(?: to)?(?: see| get| hear| think)?"
        r"(?: any(?:thing)?)?(?: about| of| from)? (?P<want>.+)"
    ),
    r"(?:hide|mute) (?P<hide>.+)|leave (?P<leave>.+?) (?:out|alone)|leave out (?P<out>.+)",
)
"""What is muted on days of the week, which are gone from the sentence: "no work on weekends"."""
MUTE_ON_OTHER_DAYS = (
    r"(?P<only>.+?(?: tasks| tips| stuff| things)) only|only (?P<only_tips>.+? (?:tips|stuff|things))",
    r"(?:write|talk|tell)(?: to)? me about (?P<about_only>.+) only",
    r"only (?:write|talk|tell)(?: to)? me about (?P<only_about>.+)",
)
"""The same for what is to come on these days only: "work stuff only on weekdays"."""
MUTED_KINDS = (
    r"(?:[- ]related)?(?: (?:tasks?|stuff|things?|tips?|topics?|to-?dos?|matters|messages|reminders))?$"
)
"""What a topic is called beside its name: "work stuff"."""

UNMUTE = (
    r"unmute (?:(?:the )?topic )?(?P<unmute>.+)|stop muting (?P<stop_muting>.+)",
    (
        r"you (?:can|may) (?:write|talk)(?: to me)? about (?P<may_write>.+) again"
        r"|(?:write|talk)(?: to me)? about (?P<write_again>.+) again|allow (?P<allow>.+) again"
    ),
)
"""A muted topic is allowed again."""

# --- Done --------------------------------------------------------------------------------------------------

DONE = (
    r"(?:i'm |i am |it's |that's |all )?(?:done|finished)(?: (?:already|now))?",
    r"(?:i )?(?:already )?did (?:it|that)(?: already)?|done it",
)
COMPLETED = (
    r"(?:i'm |i am |i've |i have )?(?:already |just |all )?(?:done|finished)(?: with|:) (?P<with>.+)",
    r"(?:i |i've |i have )?(?:already |just |finally )?(?:finished|completed) (?P<finished>.+)",
    r"(?:i've |i have )?(?:already |just |finally )?done (?P<have_done>.+)",
    r"i (?:already |just |finally )?did (?P<did>.+)",
    r"(?:mark|check|tick|cross) (?P<mark>.+?) (?:as )?(?:done|finished|complete|completed|off)",
    r"(?:check|tick|cross) off (?P<off>.+)|complete (?P<complete>.+)",
    r"(?P<is>.+?)(?: is| are|['’]s)?(?: now| already| all| both)? (?:done|finished)",
)
# Words with which "… done" means something else: "well done", "it is not done", "get it done".
NOT_COMPLETED = (
    r"not|never|n['’]t|dont|didnt|isnt|nothing|well|get|got|half|almost|nearly|what|when|how|who|why|be"
    r"|being|you|we|they|he|she|anything|everything|all|best|for (?:today|now)|this|it|that"
)
_ADVERBS = "(?:(?:already|just|finally|now|today|yesterday) )*"
_DEED = (
    "[a-z]{3,}ed|paid|bought|sent|made|wrote|written|took|taken|brought|read|met|sold|fed|swept|hung|put|got"
)
_PARTICLE = "(?: (?:out|off|up|in|back|away|down|over|on))?"
DEEDS = (
    rf"(?:(?:i|we)(?:'ve| have)? )?{_ADVERBS}(?P<en_deed>{_DEED}) (?P<en_done>.+)",
    (
        rf"(?P<en_done2>.+?) (?:is|are|was|were|has been|have been|got) {_ADVERBS}"
        rf"(?P<en_deed2>{_DEED}|cut|mown|thrown){_PARTICLE}"
    ),
    rf"(?:(?:i|we)(?:'ve| have)? )?{_ADVERBS}(?P<en_deed3>went|been|was|were) (?:to|at) (?P<en_done3>.+)",
    rf"(?P<en_done4>[^,]+?) (?:is|are) {_ADVERBS}(?P<en_deed4>out|outside|clean|empty|tidy|gone)",
)
"""What somebody has done: a group ``…deed`` for the verb, and one ``…done`` for the words after it."""

_REPORTED = (
    "paid|bought|sent|made|written|taken|brought|sold|fed|swept|hung|cleaned|washed|vacuumed|hoovered|mopped"
    "|ironed|folded|picked|dropped|ordered|booked|fixed|repaired|mailed|posted|printed|submitted|filed|signed"
    "|shipped|emptied|collected|returned|renewed|watered|cooked|baked|sorted|handed|turned|filled|put|thrown"
    "|packed|wrapped|installed|uploaded|delivered|transferred|mowed|mown|walked|scheduled|handled|solved"
    "|charged|dusted|scanned|reviewed|checked|updated|changed|polished|loaded|unloaded|refuelled|refueled"
    "|replaced|deposited|prepared|painted|dried|raked|trimmed|pruned|fetched|downloaded|copied|tidied"
)
_NEWS_OF = "(?!an? )"
REPORTS = (
    rf"{_NEWS_OF}(?P<en_done>.+?) {_ADVERBS}(?P<en_deed>{_REPORTED}){_PARTICLE}",
    rf"{_NEWS_OF}(?P<en_done2>.+?) {_ADVERBS}(?P<en_deed2>cancel?led|called off|scrapped)",
)
"""What is done, or off, in so few words that they may be a title: "rent paid", "dentist cancelled"."""

TO_DO_BEGINS = "have|has|need|want|i want|make sure"
"""A to-do that ends like a report begins so: "have the suit cleaned"."""

OFF_DEEDS = "cancelled|canceled|called off|scrapped"
"""Deeds after which a task need not be done any more."""

DEEDS_AFTER = "(?: (?:already|today|yesterday|now|just now|this morning))+"
"""What may follow the words."""

IRREGULAR_DEEDS = {
    "paid": "pay", "bought": "buy get", "sent": "send", "made": "make", "wrote": "write", "written": "write",
    "took": "take", "taken": "take", "brought": "bring", "met": "meet", "sold": "sell", "fed": "feed",
    "swept": "sweep", "hung": "hang", "got": "get buy", "picked": "get fetch", "phoned": "call ring",
    "called": "phone ring", "transferred": "pay", "fetched": "get pick", "collected": "get pick fetch",
    "went": "go visit drop", "been": "go visit drop", "was": "go visit", "were": "go visit",
    "out": "take put bring", "outside": "take put bring", "clean": "clean wash wipe scrub mop tidy",
    "empty": "empty unload clear", "tidy": "tidy clean", "gone": "take throw dispose",
    "thrown": "throw", "cut": "trim", "vacuumed": "hoover", "hoovered": "vacuum",
}  # fmt: skip
"""Verbs that mean the same in the title of a task, by the deed; others begin alike ("clean", "cleaned")."""

PARTICIPLE_PART = ""
"""What a participle has more than the infinitive: "gekauft", "angerufen"."""

FULFILLING = """
    went been was were out outside clean tidy
    paid bought sent made wrote written called phoned emailed texted booked cleaned finished visited fixed
    ordered collected returned submitted read washed watered cooked renewed ironed mailed posted printed
    transferred signed vacuumed hoovered mopped mowed mown fed emptied repaired picked dropped filed
"""
"""Deeds after which a task that names no verb ("Rent") is done, too."""
BOOKING = "booked reserved"
"""Deeds after which the thing itself is still to come."""
AROUND_A_LABEL = "it them that this please yes just"
"""Words that people put around those of a button: "yes, send it anyway"."""
COMPLETED_ARTICLES = "the |my |an? "

# --- Replies to a tip --------------------------------------------------------------------------------------

REPLY_DONE = (
    (
        r"(?:(?:yes|yep|yeah),? )?(?:i |i've |i have )?(?:already |just )?(?:did|done|finished|completed)"
        r"(?: (?:it|that|this))?(?: already)?"
    ),
    r"(?:already|it's|that's|is) done|(?:did|have) already|check(?:ed)?|completed?",
)
REPLY_NOT_NOW = (r"not (?:yet|today)|later(?: please)?|(?:maybe )?(?:another|some other) time",)
REPLY_YES = (
    (
        r"(?:yes+|yep|yeah|yup|sure|ok(?:ay)?|of course|do (?:it|that|so)|go (?:ahead|on)|please do)"
        r"(?:,? (?:please|do (?:it|that)|go ahead|sure|all(?: of them)?))*"
    ),
)
NEXT_PAGE = (r"next(?: page| ones?)?|more(?: please)?|(?:show )?(?:me )?more|and the (?:rest|others)",)
PREVIOUS_PAGE = (r"(?:back|previous|earlier)(?: page| ones?)?|previous",)
REPLY_NO = (
    r"no+|nope|nah|no,? thanks|no,? thank you|not this(?: one)?|(?:i )?don't want (?:to|that|this)",
    r"pass|ignore",
)
REPLY_UNDO = (r"undo|revert|oops|take (?:it|that) back|not done(?: after all)?",)
REPLY_WHY = (r"why(?: is that| so| this one| now)?|what for|how so",)
REPLY_SNOOZE = (r"snooze|remind me(?: again)?(?: later)?",)
REPLY_NEVER = (r"never(?: again)?(?: about this)?|stop (?:this|that)|(?:no more|enough) of (?:this|that)",)
BEFORE_A_MOMENT = (
    "ok|okay|no|but|maybe|perhaps|better|rather|then|again|snooze|(?:remind|ask|tell) me(?: again)?"
    "|until|till|i'll do it"
)
AFTER_A_MOMENT = ""
THAT = "it|this|that|this one|that one"
NO_VALUE = (r"(?:cancel|abort|stop|never ?mind|forget it|leave it(?: as it is)?|skip it)(?: that| it)?",)

# --- Tips --------------------------------------------------------------------------------------------------

TIP_QUESTION = (
    r"(?:where|what|with what) (?:should|shall|do|can) i (?:start|begin)(?: with)?|what(?:'s| is)? first",
    r"(?:(?:give|show|find|suggest)(?: me)? )?something (?:small|quick|short|easy|simple|to do)",
    (
        r"what (?:should|shall|can|could|do|must) i do(?: (?:right )?now| next| today| first)?"
        r"(?: (?:in|within|with) (?P<amount>.+))?"
    ),
    r"what (?:now|next)|now what|what(?:'s| is) next|what to do(?: now| next)?",
    r"i don't know what to do|i'm bored|suggest something",
    (
        r"(?:(?:give|show|send|tell) me )?(?:another(?: one)?|a different (?:one|tip)"
        r"|something (?:else|different)"
        r"|(?:the )?next (?:one|tip))"
    ),
    (
        r"(?:(?:give|send|show|tell) me |i (?:need|want|would like|could use) |i'd like )?(?:an? |one "
        r"|another |some |any )?(?:(?:quick|short|small|good|new) )?(?:tips?|ideas?|suggestions?)"
    ),
    (
        r"(?:do you have|have you(?: got)?|got) (?:an? |any |another )?(?:(?:quick|short|small|good|new) )?"
        r"(?:tips?|ideas?|suggestions?)(?: for me)?"
    ),
)
I_HAVE = r"i (?:only|just) have|i(?:'ve| have)?(?: only| just)?(?: got)?|(?:only |just )?got|only"
TIME_BEFORE, TIME_ABOUT = "for|in|with", "about|around|some"
TIME_AFTER = "of time(?: free| left| to spare| time| now)?|free|left|to spare|time|now"
_I_AM = (
    r"(?:(?:i'm|i am|i feel|feeling|i have|i've got|with) )?(?:a bit |very |so |really |quite |pretty |too )?"
)
LOW_ENERGY = (rf"{_I_AM}(?:tired|exhausted|drained|sleepy|low energy|low on energy|no energy|little energy)",)
HIGH_ENERGY = (
    rf"{_I_AM}(?:energetic|wide awake|motivated|full of energy|lots of energy|a lot of energy)",
    rf"{_I_AM}(?:high energy|much energy|fit)",
)
CLAUSES_AND = "and|but|so"
NO_CLAUSE_AFTER_AND = r"a half|(?:a|\d+) (?:quarter|min\w*)"

# --- What is asked -----------------------------------------------------------------------------------------

TODAY = r"(?:for )?(?:today|tonight|this (?:morning|afternoon|evening))"
TOMORROW = r"(?:for |on )?tomorrow"
WEEK = r"(?:for |in )?(?:this week|the week|the next (?:few|seven|7) days)"
_ON = r"(?:on|up|planned|scheduled|happening|coming up|due|the plan|on (?:my|the) (?:agenda|plate|calendar))"
AGENDA = (
    (
        r"(?:so )?what(?:'s| is| do i have| have i(?: got)?| else is| are my (?:plans|tasks))"
        rf"(?: {_ON})* <day>"
    ),
    (
        r"what do i (?:have|need) to do <day>|what (?:is|'s) (?:my|the) (?:agenda|day|plan|schedule)"
        r" (?:like )?<day>"
    ),
    rf"(?:{REQUEST}(?:show|give|tell|read)(?: me)? )?(?:my |the )?(?:agenda|plan|schedule|day)(?: of)? <day>",
    r"remind me (?:of )?what (?:i (?:have|need)(?: to do)?|is due|'s due) <day>",
    r"what(?:'s| is)(?: still)? (?:left|open)(?: to (?:do|be done))?(?: for)? <day>",
    rf"(?:do i have )?anything (?:{_ON} )?<day>|how does (?:my )?(?:day|week) look <day>",
)
"""``<day>`` stands for one of the three patterns above."""
MY_DAY = (r"(?:my )?(?:agenda|day)",)
YESTERDAY = "yesterday"
DONE_ON = (
    (
        r"(?:what(?: all)?|how much|(?:which|what|how many)(?: (?:tasks|things|to-?dos))?)"
        r" (?:did i (?:get done|do|finish|complete|achieve|accomplish)"
        r"|have i (?:done|finished|completed|achieved|accomplished|got(?:ten)? done)) <day>"
    ),
    r"(?:what|which tasks) (?:is|are|was|were|got|has been) (?:already )?done <day>",
    (
        r"(?:show|tell) me (?:what|the tasks) i(?:'ve| have)? (?:did|done|finished|completed|got(?:ten)?"
        r" done) <day>"
    ),
)
"""``<day>`` stands for ``TODAY`` or ``YESTERDAY``."""
STATS = (
    (
        r"how many (?:tasks |things |to-?dos )?(?:did i (?:do|get done|finish|complete)|have i (?:done"
        r"|finished|completed))"
        r"(?: (?:today|this week|so far|last week|this month|in total|already))*"
    ),
    r"how (?:is|was|did|'s) (?:my|the|this) week (?:going|go|been)(?: so far)?",
    (
        r"how much (?:did i (?:do|get done)|have i (?:done|got(?:ten)? done))(?: (?:today|this week|so far"
        r"|last week))*"
    ),
    (
        r"what (?:did i (?:get done|do|finish|complete|achieve|accomplish)|have i (?:done|finished|achieved"
        r"|got done))"
        r"(?: (?:today|this week|so far|last week|yesterday))*"
    ),
    (
        r"(?:show(?: me)? )?(?:my |the )?(?:stats|statistics|figures|numbers|progress|week in review)(?:"
        r" (?:of|for) (?:the|this) week)?"
    ),
    (
        r"how (?:am i doing|did i do|was my week|did my week go|productive (?:was|am) i)(?: (?:today|this"
        r" week|so far))*"
    ),
)
_ME = r"(?: (?:to )?me)?"
_NEWS = r"(?:messages?|tips?|notifications?|suggestions?|pings?|nudges?)"
LESS = (
    r"(?:please )?(?:stop|quit) nagging(?: me)?|don't nag(?: me)?",
    r"you(?:'re| are)? nag(?:ging)?(?: me)?(?: too much)?",
    (
        rf"{REQUEST}(?:write|text|message|ping|bother|disturb|contact|send|talk){_ME} (?:a (?:bit|little)"
        rf" )?(?:less|more rarely)"
        rf"(?: often| frequently| {_NEWS})?"
    ),
    rf"{REQUEST}(?:(?:send|give){_ME} )?(?:less|fewer|not so many|not as many) {_NEWS}(?: (?:a|per) day)?",
    (
        rf"(?:that's |that is |these are |you send(?: me)? |you're sending(?: me)? |i get |way |much |far"
        rf" )*too many {_NEWS}"
        r"(?: (?:a|per) day)?"
    ),
    (
        r"(?:a (?:bit|little) )?less (?:often|frequent(?:ly)?)|not so (?:often|many|much)|too (?:often"
        r"|frequent(?:ly)?)"
    ),
    rf"you (?:write|text|message|ping){_ME} (?:way )?too (?:much|often|many .+)",
    rf"(?:don't|do not) (?:write|text|message|ping)(?: to)?{_ME} (?:so|that|as) (?:often|much)",
)
MORE = (
    rf"{REQUEST}(?:write|text|message|ping|contact|send){_ME} more(?: often| frequently| {_NEWS})?",
    (
        rf"{REQUEST}(?:send{_ME} )?more {_NEWS}(?: (?:a|per) day)?|(?:a (?:bit|little) )?more often|too few"
        rf" {_NEWS}"
    ),
    (
        rf"you (?:write|text|message){_ME} too (?:little|rarely|seldom)|you (?:can|may) write{_ME} more(?:"
        rf" often)?"
    ),
)
_TASKS = r"(?:tasks?|to-?dos?|things)"
_SHOW = rf"(?:{REQUEST}(?:show|list|see|find|give|get)(?: me)? )"
OVERDUE = (
    r"what (?:did|have) i (?:forget|forgotten|miss|missed)(?: to do)?",
    (
        rf"{_SHOW}?(?:what(?:'s| is)|which(?: {_TASKS})? (?:is|are)|all|my|the|any)?(?: my| the)?"
        rf" ?(?:overdue|past due|late)(?: {_TASKS})?"
    ),
    (
        rf"(?:what|which)(?: {_TASKS})? (?:am i late with|is late|are late|did i miss|have i missed)"
        rf"|{_SHOW}?(?:my )?{_TASKS} that are overdue"
    ),
    (
        rf"how many(?: of my)?(?: {_TASKS})? are (?:overdue|past due|late)"
        rf"|how many (?:overdue|late) {_TASKS}(?: (?:do i have|have i(?: got)?|are there))?"
    ),
    (
        rf"(?:do i have|have i got|are there)(?: any| some)? (?:overdue|late) {_TASKS}"
        rf"|(?:is anything|are any(?: of my)?(?: {_TASKS})?|anything) (?:overdue|past due)"
    ),
)
DUE_TODAY = (rf"{_SHOW}?(?:(?:all|my|the) )*(?:{_TASKS} (?:for|due|of)(?: today)|today['’]?s {_TASKS})",)
BY_LABEL = (
    rf"{_SHOW}?(?:(?:all|my|the) )*(?P<label>[#@][^\W\d_][\w/-]*)(?: {_TASKS})?",
    (
        rf"{_SHOW}?(?:(?:all|my|the) )*{_TASKS} (?:with|in|under|labelled|tagged)(?: label| tag)?"
        rf" (?P<with>[#@][^\W\d_][\w/-]*)"
    ),
)
ABOUT = (
    r"(?:show|list|find)(?: me)? (?:everything|all) (?:about|with|for|on|containing) (?P<en_all>.+)",
    rf"all (?:(?:my|the) )?{_TASKS} (?:about|with|for|on|containing) (?P<en_those>.+)",
    rf"{_SHOW}(?:(?:all|my|the) )*{_TASKS} (?:about|with|for|on|containing|that mention|in) (?P<en>.+)",
    rf"(?:which|what) {_TASKS} (?:do i have |are there |are )?(?:about|with|for|on) (?P<which>.+)",
)
EXPORT = (
    (
        rf"{REQUEST}(?:export|download|back ?up|save)(?: me)? (?:(?:all|of|my|the) )*{_TASKS}"
        r"(?: (?:list|file))?(?: (?:as|to|in|into)(?: an?)? (?P<en_format>.+))?"
    ),
    (
        rf"{REQUEST}(?:export|download) (?:my |the )?(?:to-?do |task )?list"
        r"(?: (?:as|to|in|into)(?: an?)? (?P<en_list>.+))?"
    ),
    rf"{REQUEST}(?:give|send) me (?:(?:all|of|my|the) )*{_TASKS} as (?:an? )?(?P<en_file>.+)",
)
"""The tasks as a file; a group is its format."""

MY_PAGE = (
    (
        rf"{REQUEST}(?:open|show(?: me)?|give me|send me(?: the link to)?|take me to|go to) my (?:own )?"
        r"(?:web ?)?(?:page|dashboard|profile)"
    ),
    (
        r"(?:where (?:is|do i find)|what is|how (?:do|can) i (?:open|get to|reach)) my (?:own )?"
        r"(?:web ?)?(?:page|dashboard|profile)"
    ),
    r"my (?:web ?)?page",
)
"""The person's page in the browser."""

CONNECT = (
    (
        rf"{REQUEST}(?:how (?:do|can|could) i |(?:i(?:['’]d like| want| would like) to|can i) )?"
        r"(?:connect|link|sync(?:hroni[sz]e)?|hook up|integrate|subscribe to)(?: (?:to|with))?"
        r" (?:(?:my|the|a|an) )*(?P<en_service>(?:[\w-]+ )?calendar|todoist|caldav|ical)"
        r"(?: (?:account|feed|here|now|please|(?:with|to) (?:you|oo)))*"
    ),
)
"""The wish to connect an account; a group is what."""

DISCONNECT = (
    (
        rf"{REQUEST}(?:how (?:do|can|could) i |(?:i(?:['’]d like| want| would like) to|can i) )?"
        r"(?:disconnect|unlink|unsync|unhook|detach|sign out(?: of)?|log out(?: of)?"
        r"|(?:remove|end|cut|delete|drop) (?:the |my )?(?:connection|link) (?:to|with)"
        r"|stop (?:syncing|reading|using|connecting to))(?: (?:from|with))?"
        r" (?:(?:my|the) )*(?P<en_gone_service>(?:[\w-]+ )?calendar|todoist|caldav|ical)"
        r"(?: (?:account|feed|connection|again|now|please|from (?:you|oo)))*"
    ),
)
"""The wish to end the connection to an account; a group is which."""

HERE = "here"
BROWSER = r"(?:(?:the|my) )?browser"
_WRITING = "(?:tips?|messages?|suggestions?|notifications?|reminders?|everything|stuff|it)"
_FROM_NOW = "(?: (?:from now on|now|only|instead|please))*"
WRITE_ON = (
    (
        rf"{REQUEST}(?:send|deliver|move|push|write|put)(?: me)?(?: (?:all|of|my|the|your))* {_WRITING}"
        rf"(?: to me)? (?:(?:to|on|in|over|via|by|through|into) )?<channel>{_FROM_NOW}"
    ),
    (
        rf"{REQUEST}(?:write|text|message|ping|contact|reach|tip)(?: to)? me"
        rf" (?:(?:on|in|over|via|by|through) )?<channel>{_FROM_NOW}"
    ),
    (
        rf"{REQUEST}use <channel> (?:for|to send)(?: me)?(?: (?:all|my|the|your))*"
        rf" {_WRITING}{_FROM_NOW}"
    ),
    (
        rf"i (?:want|prefer|would like|['’]d like) (?:(?:all|my|the|your) )*{_WRITING}"
        r" (?:on|in|over|via) <channel>"
    ),
)
"""Where oO shall write on its own; ``<channel>`` stands for the names of channels and for ``HERE``."""
_PUSHES = (
    r"(?:(?:all|of|my|the|your|these|both|and|or|future) )*(?:tips?|reminders?|messages?|notifications?"
    r"|suggestions?|everything)"
)
_BY_MAIL = r"(?:by|via|per|as|through|in) (?:an? )?(?:e-?)?mails?"
MAIL_NAMES = (r"e-?mail", "mail")
MAIL_ME = (
    (
        rf"{REQUEST}(?:send|deliver|forward|mail|e-?mail|get|move|route)(?: me)?(?:(?: and)? {_PUSHES})+"
        rf"(?: {_BY_MAIL})?(?: (?:to|at))?(?: (?:my|the) (?:e-?mail|mail)(?: address)?:?)? <address>"
        rf"(?: {_BY_MAIL}| instead| please| from now on)*"
    ),
    rf"{REQUEST}(?:send|deliver|mail|e-?mail)(?: me)?(?:(?: and)? {_PUSHES})+ {_BY_MAIL}",
    rf"{REQUEST}(?:e-?mail|mail)(?: me)?(?:(?: and)? {_PUSHES})+(?: (?:to|at) <address>)?",
    (
        r"(?:(?:i(?:['’]d like| want| would like)(?: to)?|can i|could i|how (?:do|can) i) )?"
        r"(?:get |have |receive )?"
        rf"{_PUSHES}(?: (?:and )?{_PUSHES})* {_BY_MAIL}(?: (?:to|at) <address>)?"
    ),
    rf"{REQUEST}(?:write|reach|contact)(?: to)? me {_BY_MAIL}(?: (?:to|at) <address>)?",
    rf"{REQUEST}(?:e-?mail|mail|write(?: to)?|reach) me(?: (?:at|to|on))? <address>",
    rf"{REQUEST}use <address>(?: for (?:{_PUSHES}|me|that))?",
    (
        rf"{REQUEST}(?:connect|link|add|use) (?:(?:my|the|an|a) )*(?:e-?mail|mail)(?: (?:address|account))?:?"
        r"(?: <address>)?"
    ),
    r"(?:my|the) (?:e-?mail|mail)(?: address)? is <address>",
)
"""The wish that tips come by e-mail; ``<address>`` is where to."""

ABOUT_TOMORROW = "(?:for )?tomorrow"
SPEAK = (
    (
        rf"{REQUEST}(?:speak|talk|use|(?:write|talk|speak|answer|reply|respond|text|message)(?: to)?(?: me)?"
        r"(?: back)? in)(?: only)? <name>(?: (?:to|with) me)?(?: (?:from now on|now|only|instead"
        r"|again|please))*"
    ),
    rf"{REQUEST}(?:switch|change)(?: (?:the|your|my) language)?(?: back)? (?:to|into) <name>",
    rf"{REQUEST}(?:set|change) (?:the |your |my )?language (?:to )?<name>|language:? <name>",
    r"(?:can|could|do) (?:you|u) (?:also )?(?:speak|write|talk|understand)(?: in)? <name>",
    r"in <name>(?: from now on)?",
    r"(?:can|could|may|shall) we (?:speak|talk|chat|write|continue|switch)(?: in| to)? <name>",
)
"""``<name>`` stands for the names of languages; likewise in the next constant, for any name."""
SPEAK_ANY = (
    (
        r"(?:please )?(?:(?:can|could|do|would|will) (?:you|u) )?(?:please |also )?"
        r"(?:speak|talk|write|answer|reply|respond|text|understand)(?: to)?(?: me)?(?: back)?(?: in)? <name>"
    ),
    r"(?:switch|change)(?: (?:the|your|my) language)? (?:to|into) <name>",
)

# --- To-dos without words that ask for one -----------------------------------------------------------------

CHORES = """
    accept adopt air alphabetise apply arrange ask assemble assess attach attend back backup bake bathe
    bleach bleed book breastfeed brew brief bring brush build burp buy call cancel change charge chase
    check choose chop clean clear climb close collect compare complete compost confirm contact cook copy
    cover create cut debone debug decide declutter decorate deep-clean defrost delegate deliver deploy
    deposit descale design dice dig digitise discuss disinfect do donate draft drain draw dress drink
    drive drop dry dust eat edit email empty enrol enroll evaluate exchange exercise explore express
    feed fetch file fill finalise finalize find finish fix fold follow follow-up forward frame freeze
    frost fry garden gather get give glue go google grade grease grill groom grout hand hang harvest
    help hem hike hire hoover host hunt hydrate implement inspect install insulate insure interview
    inventory invest invite invoice iron jog join journal knead knit label launch learn lift listen load
    look lubricate mail make marinate mash measure meditate meet memorise mend merge message microchip
    mop mount mow nap negotiate neuter oil open order organise organize outline pack paint pay peel
    phone photograph pick pickle pitch plan plant play plough plug polish post practice practise pray
    prep prepare print proofread prune publish pull pump purchase put quit rake read rearrange rebook
    recharge reclaim record recycle redeem refill refund register rehearse reheat rehome reinstall
    relabel renew rent reorganise reorganize repaint repair replace replant reply repot request research
    reserve resign respond restock restring return review revise ride ring rinse roast rsvp run sand
    scan schedule scrap scrub seal search season see sell send service set sew shampoo sharpen shave
    ship shop shovel sign simmer sketch skim soak solder sort speak sponsor spray start steam-clean
    sterilise sterilize stir stock stretch strip study submit subscribe survey swap sweep swim tag take
    talk tape tell test text thank thaw think throw tidy tile top tow trade train transfer translate
    treat trim try tune turn tweak type unblock unclog unload unpack unplug unsubscribe update upgrade
    upload vaccinate vacuum varnish visit volunteer vote walk wallpaper wash watch water wax weed weigh
    weld whisk wind wipe wire withdraw worm wrap write
"""
"""Verbs that make a short sentence a to-do even without a date."""

CHORES_AT_END = ""
"""Likewise, at the end of a sentence."""

ABOUT_CHAT = """
    tasks todos tip tips message messages notification notifications reminder reminders setting settings
    language timezone zone quiet mode bot oo button buttons chat less fewer
"""
"""Words about oO itself: a verb with one of them, and without a date, is a request and no to-do."""

_OTHERS = r"(?!(?:me|you|u|us|it|here|slack|telegram|whatsapp|discord|signal|e-?mail|mail|them all)\b)"
_MY_OWN = r"(?!my (?:e-?mail|mail|phone|slack|telegram|page|other|watch|laptop|computer|chat)\b)"
NOT_ABOUT_CHAT = (
    rf"\b(?:messages?|tips?|reminders?|notifications?) (?:to|for) {_OTHERS}{_MY_OWN}\w.*",
    r"\bmessages? from .*|^message (?:the|my|our|mr|mrs|ms|dr|mum|mom|dad|grandma|grandpa)\b.*",
    r"^message \w+ (?:about|to|re|that|back)\b.*|^tip the .*|\bbuttons? (?:on|for|from|of|to) .*",
    r"\b(?:new|sew on a|missing|shirt) buttons?\b.*|^(?:learn|study|practi[sc]e) .*\blanguage\b.*",
    r"\bchat (?:room|with)\b.*|\b(?:thank|congratulat)\S* messages?\b.*|\b(?:all|unread|their) messages\b",
)
"""With one of them, a word of ``ABOUT_CHAT`` means something else."""

DEEDS_OF_TALK = (
    (
        r"(?:see|talk (?:to|with)|test|thank) (?!(?:you|u|ya|me|us|it|this|that|them|what|if|how|who"
        r"|where|when|why"
        r"|tomorrow|later|soon|again|around|here|there|then|above|below|god)\b)\w"
    ),
)
"""Beginnings of a to-do whose first word is one of talk: "see the doctor"."""

CONVERSATION = """
    i i'm im i'll i've i'd me you your you're he he's she she's it it's its we we're we'd they they're us
    this that
    is are was were am been has had will would could should not don't didn't isn't
    what when where who why how which whats what's whos who's hows how's wheres where's thats that's u
    dont cant won't wont didnt isnt doesnt doesn't can't
    yes yeah yep no nope ok okay sure maybe perhaps probably then instead again too also sounds works great
    perfect thanks thank hi hello hey bye see talk let's lets until till remind snooze pause
"""
"""Words of conversation: a sentence with one of them is no to-do, even if it names a day."""

NOT_TALK_AFTER_CHORES = ""
"""Words of conversation in another language that mean something else after a verb of ``CHORES``."""

RULE_WORDS = "every|each|daily|weekly|monthly|after"
"""With one of them, words of talk may belong to a recurrence: "until 20 december", "after I did it"."""

BEFORE_DATES = ""
"""Words before a date that mean something else in talk."""

WITHIN_DATES = "this"
"""Likewise, but the rest has to be a chore, a visit or timed: "clean the garage this weekend"."""
