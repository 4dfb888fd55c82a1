"""What people ask in English about oO itself: their data, the settings, how something is done.

Tests: tests/core/words/test_service.py.
"""

from __future__ import annotations

from core.words.phrasebooks.en.parts import REQUEST

_SHOW = rf"{REQUEST}(?:(?:show|open|see|change|edit|view)(?: me)? )?"
SETTINGS = (
    r"(?:change|switch|set) (?:the |my |your )?language",
    (
        r"(?:turn|switch) on (?:the |my )?(?:reminders|tips|notifications)|(?:turn|switch) off (?:the |my"
        r" |all )?reminders"
    ),
    rf"{_SHOW}(?:(?:all|my|the|your) )*(?:settings?|preferences?|prefs|options|configuration|config)",
    r"(?:where (?:are|do i find)|are there(?: any)?|what are) (?:the |my )?(?:settings|options|preferences)",
)
PRIVACY = (
    rf"{_SHOW}(?:(?:my|the|your) )*(?:privacy|data protection)(?: (?:settings?|policy|notice))?|gdpr",
    (
        r"(?:where|how|what)(?:'s| is| are)? (?:(?:my|all|the) )*(?:data|information|tasks) (?:stored"
        r"|kept|saved)"
    ),
    r"is (?:my|the) data (?:safe|private|secure|encrypted)|is (?:this|it) (?:safe|private|secure|anonymous)",
    r"what (?:data )?do you (?:know|store|save|keep|collect)(?: (?:about|of|on) me)?",
    (
        r"(?:can|do|could) (?:you|others|anyone|anybody) (?:read|see|sell|share) my (?:messages|data"
        r"|tasks|location)"
    ),
    r"my (?:account|data)",
)
_DATA = (
    r"(?:(?:all|of|my|the|your) )*(?:accounts?|data|information|profile|history)"
    r"(?: (?:you have|you store|about me|from (?:here|oo)|please|now|everything))*"
)
DELETE_DATA = (
    (
        rf"{REQUEST}(?:delete|erase|remove|wipe|close|cancel|deactivate|forget|clear) (?:{_DATA}|me"
        r"|everything (?:about me|you know|you have)(?: about me)?)"
    ),
    rf"how (?:do|can) i (?:delete|erase|remove|close|cancel) {_DATA}",
    r"i want (?:to (?:delete|erase|remove|close) (?:my|all) .*(?:data|account)|my data deleted)",
)
EXPORT_ALL = (
    (
        rf"{REQUEST}(?:export|download|back ?up|save)(?: me)? (?:(?:all|of|my|the) )*(?:data|account"
        r"|information|everything)"
    ),
    (
        rf"{REQUEST}(?:give|send) me (?:(?:all|of|my|the) )*data|(?:how|where) (?:can|do) i (?:export"
        r"|download|get) my data"
    ),
)
_FRIEND = (
    r"(?:(?:my|a) (?:wife|husband|partner|girlfriend|boyfriend|friend|colleague|brother|sister"
    r"|roommate|flatmate)"
    r"|someone|somebody|(?:other|more) people|another person)"
)
INVITE = (
    rf"{REQUEST}invite {_FRIEND}(?: (?:to (?:oo|you|use (?:oo|you|it|this)|the bot)|here))?",
    rf"(?:how (?:do|can)|can) i invite (?:{_FRIEND}|others|people)(?: to .+)?",
    rf"can {_FRIEND} (?:also )?use (?:you|oo|this|it)(?: too)?",
)
"""Somebody else is to use oO, or the words are a to-do."""

_LIST = r"(?:(?:me|my|the|all|of) )*(?:(?:to-?do |task )?list|tasks|to-?dos)"
PRINT = (rf"{REQUEST}print(?: out)? {_LIST}(?: out)?|(?:can|could) i print {_LIST}",)
SHARE = (
    rf"{REQUEST}share {_LIST}(?: with .+)?|(?:how )?(?:can|could|do) i share {_LIST}(?: with .+)?",
    rf"{REQUEST}send (?:(?:my|the) )(?:(?:to-?do |task )?list|tasks) to (?!me\b|do\b|slack|telegram).+",
)
SORT = (
    (
        rf"{REQUEST}(?:sort|order|reorder|arrange) (?:(?:{_LIST}|them|it) )?by (?:the )?(?:due )?"
        r"(?:date|day|time|priority|urgency|name|title|deadline|importance|label|project)s?"
    ),
    rf"{REQUEST}(?:sort|reorder) {_LIST}",
)
SWAP = (r"(?:swap|switch) (?P<swapped>.+?) (?:and|with|for) (?P<swapped_with>.+)",)
"""The groups are two tasks."""

TIMEZONE = (
    (
        rf"{REQUEST}(?:(?:change|set|update|correct|fix) )?(?:my |the )?time ?zone"
        r"(?: (?:is|to|should be|is in))? (?P<en_place>(?!wrong|off|incorrect|not).+)"
    ),
    (
        r"(?:i (?:now )?live in|i(?:'ve| have)? (?:just )?moved to"
        r"|i(?:'m| am) (?:(?:on (?:vacation|holidays?|a trip)|staying|travell?ing|working|based) in"
        r"|(?:travell?ing|flying|moving) to(?= (?!work|school|the\b|my\b)))|i(?:'m| am) (?:now "
        r"|currently )?(?:in|from))"
        r" (?P<en_city>.+?)(?: now| at the moment| currently)?"
    ),
)
"""Where the person is; a group is the place."""

ASK_TIMEZONE = (
    r"how (?:do|can) i (?:change|set|fix) (?:my |the )?time ?zone",
    (
        rf"{REQUEST}(?:change|set|update|correct|fix) (?:my |the )?time ?zone|(?:my |the )?time ?zone"
        r"|(?:my|the|your) (?:time ?zone|clock|time) (?:is|seems) (?:wrong|off|incorrect|not right)"
        r"|(?:wrong|incorrect) time ?zone|what(?:'s| is) my time ?zone"
    ),
)
"""The time zone is asked for, or wrong, and no place is named."""

_A_TASK = r"(?:(?:a|an|my|the|new|some|these|all) )*(?:tasks?|to-?dos?|reminders?|tips?|it|this|that|dates?)"
HOW_TO = (
    (
        rf"how (?:do|can|could|does|should|to)(?: i| one| you)? (?:add|create|make|set|delete|remove"
        r"|edit|change"
        rf"|move|finish|complete|mark|stop|cancel|turn off|use|see|list|get|snooze) ?(?:up "
        rf"|off )?(?:{_A_TASK})?"
        r"(?: (?:done|off|work|works|as done))?"
    ),
    (
        r"how do (?:the )?(?:reminders|tips|tasks|settings) work|what(?: is| are|'s) (?:a "
        r"|the )?(?:tips?|reminders?)"
    ),
    r"what (?:can|do|should|must|could) i (?:type|say|write|send|ask|tell you|do here|do with (?:you|this))",
    r"what (?:does|do|is) (?:this|you|it|oo)(?: do| for)?|what(?:'s| is) (?:this|the point)(?: of this)?",
    (
        r"(?:can|could|will|do|would) (?:you|u) (?:(?:also|even) )?(?:remind|help|tell) me"
        r"(?: (?:of|about|with|to do))?(?: (?:things|stuff|tasks|something|anything|everything|my tasks))?"
    ),
    (
        r"(?:i )?need (?:some )?help(?: (?:with (?:something|this|it|oo)|please|here))?"
        r"|help (?:please|pls|me out)"
    ),
    (
        r"(?!show me everything)(?:explain|show me|tell me)(?: to me)?"
        r"(?: (?:how (?:it|this|you) works?|more|about yourself|everything))?"
    ),
    r"i (?:don't|do not|dont) (?:get|understand)(?: (?:it|this|you|how this works))?|(?:i'm |im )?confused",
    r"instructions|tutorial|faq",
    r"is (?:this|it) free|how much (?:is|does) (?:it|this)(?: cost)?|who (?:made|built|created) (?:you|this)",
    (
        r"are you (?:a |an )?(?:(?:real|human|ai) ?)?(?:bot|robot|human|person|ai|real|chatgpt"
        r"|machine)(?: or .+)?"
    ),
)
"""What ``/help`` answers."""
