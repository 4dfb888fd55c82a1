"""What people say to oO, as patterns: the phrasebook of ``core/words/understand.py``.

Every pattern must match the whole of what was said, in any case; ``'`` stands for any apostrophe or none.
English first, and the German that everybody uses.
"""

from __future__ import annotations

import re


def saying(*patterns: str) -> re.Pattern[str]:
    """One pattern of several."""
    return re.compile("|".join(f"(?:{one})" for one in patterns).replace("'", "['’]?"), re.IGNORECASE)


_POLITE = r"(?:please|pls|bitte|thanks|thank you|danke|oo)"
_AFTER_HELLO = r"(?:[,!.:]+ ?| (?=(?:oo|remind|add|what|can|could|please|i|i['’]m|done|give|show)\b))"
POLITE_START = re.compile(
    rf"^(?:(?:hi|hey|hello|hallo)(?: oo)?{_AFTER_HELLO}|(?:ok|okay|so|{_POLITE})[ ,!.:]+)+", re.IGNORECASE
)
# Each begins where something else ends, so that a long row of dots is looked at once only.
POLITE_END = re.compile(rf"(?<![ ,!.])(?:[ ,!.]+{_POLITE})+[ .!]*$", re.IGNORECASE)
FINAL_MARKS = re.compile(r"(?<=[\w?)\"'’%€$])[^\w?)\"'’%€$]+$")

GREETING = saying(
    r"(?:hi|hiya|hello|hey|yo|good (?:morning|afternoon|evening))(?: (?:there|oo|again))?",
    r"hallo|moin|servus|guten (?:morgen|tag|abend)|bonjour|salut",
)
THANKS = saying(
    r"(?:great,? )?(?:thanks|thank you|thx|ty|cheers)(?: (?:so|very) much| a lot| a bunch| again)?(?:,? oo)?",
    r"danke(?: dir| schön| sehr)?|vielen dank|merci",
)
NOT_NOW = saying(
    r"not (?:right )?now|not today|(?:maybe )?later|another time",
    r"(?:i'm )?(?:too |very )?busy(?: (?:right )?now)?",
    r"(?:i )?can't(?: do (?:it|that|this))?(?: right)? now",
    r"(?:i (?:have|'ve got) |there's )?no time(?: (?:right )?now)?",
    r"i don't have (?:any )?time(?: (?:right )?now)?",
    r"nicht jetzt|jetzt nicht|gerade nicht|heute nicht|später|keine zeit",
)
_THIS = r"(?: (?:it|this|that|(?:this|that|the) (?:one|tip)))?"
DISMISS = saying(rf"(?:dismiss|skip){_THIS}|verwerfen|überspringen")
SNOOZE = saying(
    rf"snooze{_THIS}|remind me(?: (?:of|about) (?:it|this|that))?(?: again)? later",
    r"erinner(?:e|st du)? mich später(?: (?:noch ?mal|wieder|daran))?",
)
SNOOZE_UNTIL = saying(
    rf"snooze{_THIS} (?P<moment>.+)|remind me(?: again)? (?P<again>.+)",
    r"erinner(?:e|st du)? mich (?:noch ?mal |wieder )?(?P<wieder>.+)",
)
UNDO = saying(
    rf"undo{_THIS}|take (?:it|that) back|(?:das )?rückgängig(?: machen)?|mach (?:es|das) rückgängig"
)
HELP = saying(
    r"help(?: me)?|\?|commands?|what can you do|how do(?:es)? (?:this|it|you) work|(?:who|what) are you",
    r"hilfe|was kannst du|wie (?:geht|funktioniert) das|wer bist du",
)
WHY = saying(
    r"why(?: (?:this|that|me|now|this one|that one|this tip|that tip))?|how come",
    r"why did you (?:send|choose|pick|suggest) (?:me )?(?:this|that|it)(?: one| tip)?",
    r"warum|wieso|weshalb|(?:warum|wieso) (?:das|dieser tipp)",
)
WHY_NOT = saying(
    r"why not|why no (?:tips?|messages?)|why (?:so|are you so|were you so) (?:quiet|silent)",
    r"why (?:didn't you|did you not) (?:write|say anything)(?: to me)?",
    r"why (?:haven't you|have you not) (?:written|said anything)(?: to me)?",
    r"warum nicht|warum (?:hast du|kam) (?:nichts|nicht)(?: geschrieben)?",
)
HELPED = saying(
    r"(?:do|did) (?:you|your tips|the tips)(?: really| actually| even)? help(?: me)?(?: at all)?",
    r"(?:are|were) (?:you|your tips|the tips)(?: really| actually| even)?"
    r"(?: of)?(?: any)? (?:help(?:ful)?|use(?:ful)?)",
    r"(?:have you|has it) helped(?: me)?|hilfst du(?: mir)?(?: überhaupt)?|helfen deine tipps(?: mir)?",
)
PLAN = saying(
    r"(?:the |your )?plan|when (?:will|do) you write(?: to)?(?: me)?(?: next| again)?",
    r"when is (?:the|my) next tip|what's (?:your|the) schedule|wann schreibst du(?: mir)?(?: wieder)?",
)
LIST_TASKS = saying(
    r"(?:(?:show|list|see)(?: me)? )?(?:all )?(?:my |the )?(?:tasks?|to-?dos?|to-?do list|task list|list)",
    r"what(?:'s| is) (?:on )?(?:my|the) (?:to-?do )?(?:list|agenda|plate)",
    r"what(?:'s| is) (?:due|left|open)(?: today)?|what do i (?:have|need) to do(?: today)?",
    r"(?:zeig(?:e)?(?: mir)? )?(?:meine )?aufgaben|meine liste|was (?:steht|liegt)(?: heute)? an",
)
RESUME = saying(
    r"resume|unpause|continue|wake up|start again|go on|carry on|i'm back(?: again)?",
    r"you (?:can|may) (?:write|talk|start)(?: to me)?(?: again)?",
    r"weiter|weitermachen|(?:ich )?bin (?:wieder )?(?:zurück|da)|wieder da",
)

_BE_SILENT = (
    r"(?:pause|be quiet|shut up|silence|quiet|stop(?: (?:writing|messaging me|texting me|bothering me))?"
    r"|leave me alone|(?:don't|do not) (?:write|text|message|disturb|bother|ping)(?: to)?(?: me)?"
    r"|no (?:more )?(?:tips|messages)|lass mich in ruhe|ruhe|sei (?:still|ruhig)|schreib mir nicht)"
)
_AWAY = r"(?:(?:i'm|i am) (?:away|busy|off|out|on (?:vacation|holiday))|(?:ich bin )?(?:im urlaub|weg))"
SILENCE = saying(_BE_SILENT)
SILENCE_UNTIL = saying(
    rf"(?:{_BE_SILENT}|{_AWAY}) (?P<moment>(?:until|till|for|bis|für) .+|today|heute)",
    r"pause (?P<amount>\w+ \w+)",
)

_DAY = r"(?:mo|tu|we|th|fr|sa|su|di|mi|do|so|ev|da)\w*"
_TIME = r"\d{1,2}(?:[:.]\d{1,2})?(?: ?(?:[ap]\.?m\.?|uhr|o'clock))?"
QUIET_HOURS = saying(
    rf"(?:{_BE_SILENT}|quiet hours?(?: are| is)?:?|ruhezeit(?: ist)?:?)"
    rf" (?P<window>(?:(?:on )?{_DAY}(?: ?[-–,] ?| (?:to |and |bis |und )?)){{0,9}}"
    rf"(?:(?:from|between|von|zwischen) )?{_TIME} ?(?:-|–|to|until|till|and|bis|und) ?{_TIME})"
)
MUTE = saying(
    r"mute (?P<topic>.+)",
    r"(?:never|nothing|no(?: more)?(?: tips| messages)?) (?:again |more |write |talk )?about (?P<never>.+)",
    r"(?:don't|do not) (?:write|talk|tell|message|remind)(?: to)?(?: me)?(?: anything)?"
    r" (?:about|of) (?P<dont>.+)",
    r"stop (?:writing|talking|telling|messaging|reminding)(?: to)?(?: me)? (?:about|of) (?P<stop>.+)",
    r"(?:nichts mehr|keine tipps mehr|keine tipps|nie wieder etwas|nie) (?:über|zu|von) (?P<nichts>.+)",
)

DONE = saying(
    r"(?:i'm |i am |it's |that's |all )?(?:done|finished)",
    r"(?:i )?(?:already )?did (?:it|that)(?: already)?|done it",
    r"(?:schon )?(?:erledigt|gemacht|geschafft)|fertig",
)
COMPLETED = saying(
    r"(?:i'm |i am |i've |i have )?(?:already |just |all )?(?:done|finished)(?: with|:) (?P<with>.+)",
    r"(?:i |i've |i have )?(?:already |just |finally )?(?:finished|completed) (?P<finished>.+)",
    r"(?:i've |i have )(?:already |just |finally )?done (?P<have_done>.+)",
    r"i (?:already |just |finally )?did (?P<did>.+)",
    r"(?:mark|check|tick|cross) (?P<mark>.+?) (?:as )?(?:done|finished|complete|completed|off)",
    r"(?:check|tick|cross) off (?P<off>.+)|complete (?P<complete>.+)",
    r"(?P<is>.+?)(?: is| are|'s)?(?: now| already| all)? (?:done|finished)",
    r"(?:ich )?(?:habe?|bin) (?P<habe>.+?) (?:erledigt|gemacht|geschafft)",
    r"(?:erledigt:|fertig mit) (?P<fertig>.+)",
    r"(?P<ist>.+?)(?: ist)?(?: schon)? (?:erledigt|fertig)",
)
# Words with which "… done" says something else: "well done", "it is not done", "get it done".
NOT_COMPLETED = re.compile(
    r"\b(?:not|never|n['’]t|dont|didnt|isnt|nothing|well|get|got|half|almost|nearly|what|when|how|who|why|be|being"
    r"|you|we|they|he|she|anything|everything|all|best|for (?:today|now)|nicht|noch|nichts|this|it|that)\b",
    re.IGNORECASE,
)

_REMIND = r"(?:(?:can|could|will|would) you )?remind me"
REMIND_AT = saying(
    rf"{_REMIND} (?P<when>.+?) (?:to|about|of) (?P<what>.+)",
    r"erinner(?:e|st du)? mich (?P<wann>.+?) (?:daran,?|an) (?P<was>.+)",
)
ADD = saying(
    rf"{_REMIND} (?:to|about|of|that) (?P<remind>.+)",
    r"i (?:really |also |still )?(?:(?:need|have|have got) to|must|gotta|should(?! have)) (?P<need>.+)",
    r"i've got to (?P<got>.+)",
    r"(?:(?:new )?task|to-?do|note to self|(?:neue )?aufgabe)(?::| -| –) ?(?P<task>.+)|todo (?P<todo>.+)",
    r"add (?:(?:a |the )?(?:new )?(?:task|to-?do|reminder)(?: to| for)?:? )?(?P<add>.+?)"
    r"(?: (?:to|on) (?:my|the) (?:list|tasks|to-?dos|to-?do list))?",
    r"put (?P<put>.+?) on (?:my|the) (?:list|to-?do list)",
    r"(?:don't|do not)(?: let me)? forget (?:to )?(?P<forget>.+)",
    r"erinner(?:e|st du)? mich (?:bitte )?(?:daran,?|an) (?P<erinnere>.+)|merk dir:? (?P<merk>.+)",
    r"ich muss (?:noch )?(?P<muss>.+)|(?:nicht vergessen|vergiss nicht)[:,]? (?P<vergiss>.+)",
    r"füge? (?P<fuege>.+?) hinzu",
)
# What people need to do without it being a to-do: "I need to go", "I have to say", "I should know".
NOT_A_TASK = re.compile(
    r"(?:go|leave|sleep|rest|eat|run|stop|think|know|say|admit|ask|tell you|talk|be|have"
    r"|it|this|that|you|me|gehen|los|weg)"
    r"(?: (?:now|you|that|what|why|how|when|if|to|been|about|it|with you|jetzt).*)?",
    re.IGNORECASE,
)

TIP_QUESTION = saying(
    r"what (?:should|shall|can|could|do|must) i do(?: (?:right )?now| next| today| first)?"
    r"(?: (?:in|within|with) (?P<amount>.+))?",
    r"what (?:now|next)|now what|what's next|what to do(?: now| next)?",
    r"i don't know what to do|i'm bored|suggest something|another one",
    r"(?:(?:give|send|show|tell) me )?(?:an? |one |another |some |any )?(?:tips?|ideas?|suggestions?)",
    r"do you have (?:a |any )?(?:tips?|ideas?|suggestions?)(?: for me)?",
    r"was (?:soll|kann) ich(?: jetzt| heute| als nächstes)? (?:tun|machen)|was (?:nun|jetzt)",
    r"(?:gib mir )?(?:einen |noch einen )?tipp|mir ist langweilig",
)
_I_HAVE = (
    r"(?:i (?:only|just) have|i(?:'ve| have)?(?: only| just)?(?: got)?|(?:only |just )?got|only"
    r"|ich habe?(?: nur| noch)?)"
)
TIP_MINUTES = saying(
    rf"(?:(?P<own>{_I_HAVE}) |for |in |with )?(?:about |around |some )?"
    r"(?P<amount>.{3,20}?)(?: of time)?(?: free| left| to spare| time| now| zeit)?"
)
_I_AM = r"(?:(?:i'm|i am|i feel|feeling|i have|i've got|with|ich bin|ich habe?) )?"
_HOW = r"(?:a bit |very |so |really |quite |pretty |too |sehr )?"
LOW_ENERGY = saying(
    rf"{_I_AM}{_HOW}(?:tired|exhausted|drained|sleepy|low energy|low on energy|no energy|little energy)",
    rf"{_I_AM}{_HOW}(?:müde|erschöpft|wenig energie|keine energie)",
)
HIGH_ENERGY = saying(
    rf"{_I_AM}{_HOW}(?:energetic|wide awake|motivated|full of energy|lots of energy|a lot of energy)",
    rf"{_I_AM}{_HOW}(?:high energy|much energy|fit|wach|voller energie|viel energie)",
)

# Words of talk: with one of them a sentence that names a day is not a to-do.
_TALK = """
    i i'm im i'll i've me you your you're he he's she she's it it's its we we're they they're us this that
    is are was were am been has had will would could should not don't didn't isn't
    what when where who why how which
    yes yeah yep no nope ok okay sure maybe perhaps probably then instead again too also sounds works great
    perfect thanks thank hi hello hey bye ciao see talk let's lets until till
    ich du wir er sie es ist sind war bin hat haben kann nicht nein ja wer was wann wo wie warum bis dann gern
"""
TALK = frozenset(_TALK.split())

# Verbs with which a short sentence is a to-do even without a date.
_CHORES = """
    book buy call clean collect email fetch fix install order pay phone pick prepare renew repair return sell
    ship submit visit wash water
"""
CHORES = frozenset(_CHORES.split())
