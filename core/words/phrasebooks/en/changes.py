"""How people ask in English for a change of a task; ``change_phrase`` has the frame.

``sure=False``: the words may be a to-do or talk as well.

Tests: tests/core/words/test_changes.py.
"""

from __future__ import annotations

from core.words.phrasebooks.change_phrase import phrases
from core.words.phrasebooks.en.parts import LETS
from core.words.phrasebooks.tags import tags

# --- Dates -------------------------------------------------------------------------------------------------

_JOINTS = (
    r" (?:(?:back|out|off|forward|up|over) )?(?:to|until|till|onto|for)(?= )|(?= (?:back |out |off )?by )"
)
_AFTER_TITLE = r" (?=\S)"
DATES = (
    *phrases(
        "advance",
        rf"{LETS}(?:bring|move|pull|push) (?P<title>.+?) (?:forward|up|ahead)(?: by)? (?P<value>.+)",
        rf"{LETS}(?:bring|move|pull|push) (?:forward|up) (?P<rest>.+)",
        joints=" by(?= )",
    ),
    *phrases(
        "when",
        rf"{LETS}(?:re-?schedule|move|postpone|shift|push|put off|delay|defer|snooze) (?P<rest>.+)",
        rf"{LETS}put (?P<rest>.+? off (?:until|till|to|for) .+)",
        rf"{LETS}(?:change|set) the (?:due )?(?:date|time|day) (?:of|for) (?P<rest>.+)",
        rf"{LETS}(?:change|set) (?P<title>.+?)['’]s (?:due )?(?:date|time|day) to (?P<value>.+)",
        r"(?:can|could) we (?:re-?schedule|move|postpone|push) (?P<rest>.+)",
        rf"{LETS}bump (?P<rest>.+)",
        joints=_JOINTS,
    ),
    *phrases(
        "delay",
        rf"{LETS}(?:postpone|delay|defer|push|put off) (?P<rest>.+)",
        joints=r" (?:(?:back|out|off) )?(?=\S+ \S+)",
    ),
    *phrases(
        "when",
        rf"{LETS}(?:move|re-?schedule|postpone|shift|push) to (?P<value>.+)",
    ),
    *phrases(
        "when",
        rf"{LETS}(?:change|set|put|extend) (?P<rest>.+)",
        sure=False,
        joints=_JOINTS,
    ),
    *phrases(
        "value",
        rf"{LETS}make (?P<title>it|this|that|this one|that one) (?P<value>.+)",
    ),
    *phrases(
        "when",
        rf"{LETS}(?:put|schedule|plan|add|set|enter) (?P<title>it|this|that|this one|that one)"
        r"(?: (?:in|down))? (?:(?:for|to) )?(?P<value>.+)",
    ),
    *phrases(
        "when",
        r"(?P<title>.+?)(?: is|'s| was| has been| got| will be)? (?:now|moved|actually|rescheduled"
        r"|postponed|pushed(?: back)?|bumped|delayed)"
        r"(?: to| on| until)* (?P<value>.+?)(?: instead)?",
        r"(?P<title>.+?)(?: is|'s| will be)? (?P<value>(?:on|at|next|tomorrow|today) ?.*) (?:instead|rather)",
        r"(?P<title>.+?) (?:is|'s) (?P<value>(?:on|at|next|tomorrow|today|every) ?.*) now",
        r"(?P<title>.+?) ?(?:→|[-=]+>) ?(?P<value>.+)",
        r"(?P<title>.+?) (?:can|has to|will have to) wait (?:until|till|to) (?P<value>.+)",
        r"(?P<title>.+?) (?:should|has to|needs to|must) be (?:moved )?(?:to )?(?P<value>.+)",
        sure=False,
    ),
    *phrases(
        "when",
        rf"{LETS}(?:set|make) (?P<title>.+?) due (?P<value>.+)",
    ),
    *phrases(
        "when",
        r"(?P<title>.+?) (?:is|'s)(?: now)? due (?P<value>.+?)(?: now)?",
        sure=False,
    ),
    *phrases(
        "patch",
        rf"{LETS}(?:edit|change|update|set) (?P<title>[^:]+) ?: (?P<value>.+)",
    ),
    *phrases(
        "rule",
        rf"{LETS}make (?P<title>.+?) (?:repeat|recur) (?P<value>.+)",
    ),
    *phrases(
        "rule",
        rf"{LETS}(?:make|repeat|set) (?P<rest>.+)",
        r"(?P<title>.+?) (?:repeats|recurs|should repeat|is|happens|takes place) (?P<value>.+)",
        sure=False,
        joints=r"(?: to)?(?: repeat| recur)? (?=(?:every|each|daily|weekly|monthly|yearly|quarterly)\b)",
    ),
    *phrases(
        "when",
        rf"{LETS}(?:re-?schedule|move|postpone) (?P<rest>.+)",
        r"(?:make )?(?P<rest>(?!remind\b).+? (?:instead|rather|later|earlier|sooner))",
        sure=False,
        joints=_AFTER_TITLE,
    ),
)
"""Dates and recurrences that are set."""
DEADLINES = (
    *phrases(
        "deadline",
        rf"{LETS}(?:change|set|move|extend|push|postpone|put) the deadline (?:of|for|on) (?P<rest>.+)",
        joints=r" (?:(?:back|out|forward) )?(?:to(?: be)?|until|till|as|on)(?= )",
    ),
    *phrases(
        "deadline",
        rf"{LETS}(?:change|set|move|extend|push) (?P<title>(?!the deadline\b).+?)(?:['’]s)? deadline"
        rf" (?:to|until)"
        r" (?P<value>.+)",
        rf"{LETS}(?:give|add) (?P<title>.+?) (?:a|the) deadline (?:of|on|by)? ?(?P<value>.+)",
        rf"{LETS}add (?:a|the) deadline (?:of )?(?P<value>.+) to (?P<title>.+)",
        r"(?:the )?deadline (?:of|for) (?P<title>.+?) (?:is|moved to|was moved to) (?:now )?(?P<value>.+)",
        r"(?P<title>.+?)['’]s deadline is (?:now )?(?P<value>.+)",
    ),
)
NO_DATES = (
    *phrases(
        "no_date",
        rf"{LETS}(?:remove|clear|delete|drop|take(?: away)?|unset) (?:the )?(?:due )?(?:date|deadline)"
        rf" (?:of|from|for|on|off)"
        r" (?P<title>.+)",
        rf"{LETS}(?:remove|clear|delete|drop) (?P<title>.+?)['’]s (?:due )?(?:date|deadline)",
        r"no (?:due )?(?:date|deadline) for (?P<title>.+)|(?P<title2>.+?) (?:has|needs) no (?:due"
        r" )?(?:date|deadline)(?: any ?more)?",
        rf"{LETS}(?:remove|clear|delete|drop) (?:its|the) deadline",
        rf"{LETS}unschedule (?P<title>.+)",
        rf"{LETS}(?:make|set|move|change) (?P<title>.+?) (?:to )?(?:no date|undated|someday)",
        r"(?P<title>it|that) (?:has|needs) no date",
    ),
    *phrases(
        "no_repeat",
        rf"{LETS}(?:stop|quit|cancel) (?:repeating|the (?:repetition|recurrence) of) (?P<title>.+)",
        rf"{LETS}(?:don't|do not|never) repeat (?P<title>.+?)(?: any ?more| again)?",
        r"(?P<title>.+?) (?:doesn't|does not|shouldn't|should not|won't) (?:repeat|recur)(?: any ?more|"
        r" again)?",
        rf"{LETS}make (?P<title>.+?) (?:non-?recurring|non-?repeating|not (?:repeat|recur)|one-?time|a"
        rf" one-?off|only once)",
    ),
)
"""Dates and recurrences that are taken away."""

# --- Labels, project and notes -----------------------------------------------------------------------------

_TAGS = tags(" and")
LABELS = (
    *phrases(
        "unlabel",
        rf"{LETS}(?:remove|drop|delete|take) (?:the )?(?:labels? |tags? )?(?P<value>{_TAGS})(?: label|"
        rf" tag)? (?:from|off|of) (?P<title>.+)",
        rf"{LETS}(?:remove|drop|delete|take) the (?:label|tag) (?P<value>\S+) (?:from|off|of) (?P<title>.+)",
        rf"{LETS}(?:unlabel|untag) (?P<title>.+?) (?:from |as )?(?P<value>{_TAGS})",
    ),
    *phrases(
        "no_labels",
        rf"{LETS}(?:unlabel|untag|remove (?:the|all) (?:labels|tags) (?:from|of)) (?P<title>.+)",
    ),
    *phrases(
        "label",
        rf"{LETS}(?:label|tag|mark|file) (?P<title>.+?) (?:(?:with|as|under)(?: the)?(?: label| tag)?"
        rf" )?(?P<value>{_TAGS})",
        rf"{LETS}(?:add|put|attach|set|give) (?:the )?(?:labels? |tags? )?(?P<value>{_TAGS})(?: label|"
        rf" tag)? (?:to|on|for) (?P<title>.+)",
        rf"{LETS}(?:add|put|attach) (?:the )?(?:label|tag) (?P<value>\S+) (?:to|on) (?P<title>.+)",
        rf"{LETS}(?:give|add) (?P<title>.+?) the (?:label|tag) (?P<value>\S+)",
        rf"{LETS}(?:label|tag) (?P<title>it|this|that|this one) (?:as |with )?"
        r"(?P<value>(?!(?:later|now|again|too|please|done|in|on|for|and|back|up|off|out|properly|correctly"
        r"|yourself)$)[^\W\d_][\w-]*)",
    ),
    *phrases(
        "label",
        rf"{LETS}(?:label|tag) (?P<title>.+?) (?:as|with) (?P<value>[^\W\d_][\w-]*)",
        sure=False,
    ),
)
_INTO = r"(?:in|into|to|under)"
PROJECTS = (
    *phrases(
        "no_project",
        rf"{LETS}(?:remove|take) (?P<title>.+?) (?:from|out of) (?:the |its )?project(?: \S+)?",
        rf"{LETS}remove the project (?:of|from) (?P<title>.+)",
    ),
    *phrases(
        "project",
        rf"{LETS}(?:put|move|add|file|assign|sort) (?P<title>.+?) {_INTO} (?:the |my )?(?:project:?"
        rf" (?P<value>.+)|(?P<value2>.+) project)",
        rf"{LETS}(?:put|move|add|file|assign) (?P<title>.+?) (?:{_INTO} )?(?P<value>\+[^\W\d_][\w/-]*)",
        rf"{LETS}(?:set|change) the project of (?P<title>.+?) to (?P<value>.+)",
        r"(?P<title>.+?) (?:belongs to|is part of|goes (?:in|into|under)) (?:the )?(?:project"
        r" (?P<value>.+)|(?P<value2>.+) project)",
    ),
)
NOTES = (
    *phrases(
        "no_notes",
        rf"{LETS}(?:remove|delete|clear) the notes? (?:of|from|for|on) (?P<title>.+)",
    ),
    *phrases(
        "notes",
        rf"{LETS}(?:add|attach|write|put) (?:a |the |this )?(?:note|comment) (?:to|on|for|in) (?P<title>.+?)"
        r"(?: ?[:–]| saying(?: that)?| that says) ?(?P<value>.+)",
        rf"{LETS}(?:add|write|put) (?P<value>[\"“„«].+[\"”“»]) (?:to|in|into) the notes? (?:of|for|on)"
        rf" (?P<title>.+)",
    ),
    *phrases(
        "notes",
        r"notes? (?:for|on|to|about) (?P<title>(?!self\b|me\b|myself\b).+?) ?: (?P<value>.+)",
        sure=False,
    ),
)

# --- Title, priority and estimate --------------------------------------------------------------------------

TITLES = (
    *phrases(
        "rename",
        rf"{LETS}(?:rename|retitle|reword|rephrase) (?P<rest>.+)",
        rf"{LETS}change (?:the )?(?:title|name|wording) of (?P<rest>.+)",
        joints=r" (?:to|as|into)(?= )",
    ),
    *phrases(
        "call",
        rf"{LETS}(?:call|name|title) (?P<title>it|this task|that task|this one|that one|the task) "
        r"(?!a day|quits|off\b|back\b|in\b|again\b|now\b|later\b)(?P<value>.+)",
    ),
    *phrases("rename", r"(?P<title>.+?) is (?:now |really )?called (?P<value>.+)", sure=False),
    *phrases("rename", r"rename (?P<title>.+?) (?P<value>[\"“„«].+[\"”“»])"),
)
_STRONG = (
    r"(?:p ?[1-4]|(?:very |really |super )?urgent|(?:very |really )?important|asap"
    r"|(?:a )?(?:high|higher|highest|top|low|lower|lowest|medium|normal|no) (?:prio|priority)"
    r"|(?:the )?(?:highest|top|lowest) priority|priority (?:p?[1-4]|low|medium|normal|high)"
    r"|not (?:so |that )?urgent|less urgent|more urgent|less important|more important)"
)
_LEVEL = r"(?:p?[1-4]|high|higher|highest|top|low|lower|lowest|medium|normal|none|urgent|important|max)"
PRIORITIES = (
    *phrases(
        "priority",
        r"(?P<title>.+?)(?: is|['’]s| has| should be| gets| becomes)(?: now)? (?P<value>p ?[1-4])(?: now)?",
        rf"{LETS}(?:change|put|bump|switch|move|raise|lower) (?P<title>.+?) (?:up |down )?(?:to|at|on)"
        rf" (?P<value>p ?[1-4])",
    ),
    *phrases(
        "priority",
        rf"{LETS}(?:make|set|mark|flag|give|turn) (?P<title>.+?) (?:(?:to|as|into|at|is)"
        rf" )?(?P<value>{_STRONG})",
        rf"{LETS}(?:set|change|put) (?:the )?priority (?:of|for|on) (?P<title>.+?) (?:to|at)"
        rf" (?P<value>{_LEVEL})",
        rf"{LETS}(?:set|change) (?P<title>.+?)['’]s priority to (?P<value>{_LEVEL})",
    ),
    *phrases(
        "priority",
        rf"(?P<title>.+?)(?: is| are|['’]s| has| have| should be| gets)(?: now| really| of| a)*"
        rf" (?P<value>{_STRONG})(?: now)?",
        rf"(?P<value2>{_STRONG}) (?:for|on) (?P<title2>.+)",
        rf"{LETS}(?:set|change) (?P<title>.+?) to (?P<value>high|low|medium|normal|top)",
        sure=False,
    ),
    *phrases(
        "not_urgent",
        r"(?P<title>.+?) (?:isn't|aren't|(?:is|are) (?:not|no longer)|'s not) (?:so |that |really )?"
        r"(?:urgent|important)(?: any ?more)?",
        sure=False,
    ),
    *phrases(
        "higher",
        rf"{LETS}(?:raise|increase|bump(?: up)?|up) the (?:priority|prio) of (?P<title>.+)",
    ),
    *phrases(
        "lower",
        rf"{LETS}(?:lower|decrease|reduce|drop|deprioriti[sz]e) the (?:priority|prio) of (?P<title>.+)",
    ),
    *phrases(
        "higher",
        rf"{LETS}prioriti[sz]e (?P<title>.+)",
        sure=False,
    ),
    *phrases(
        "lower",
        rf"{LETS}de-?prioriti[sz]e (?P<title>.+)",
        sure=False,
    ),
)
BARE_PRIORITIES = phrases("priority", r"(?P<title>.+?) (?:to|->|→) (?P<value>p ?[1-4])", sure=False)
"""In so few words that they are read after all other changes."""
_NEEDS = (
    r"(?:only |just |usually |probably )?(?:takes?(?: me)?|will take(?: me)?|should take(?: me)?|would"
    r" take(?: me)?"
    r"|is going to take(?: me)?|needs|requires|lasts|may take|might take|can take)"
)
ESTIMATES = (
    *phrases(
        "minutes",
        rf"(?P<title>.+?) {_NEEDS} (?P<value>.+)",
        r"i (?:will )?need (?P<value>.+) for (?P<title>.+)",
        sure=False,
        joints=r" (?=\S)",
    ),
    *phrases(
        "minutes",
        rf"{LETS}(?:set|change) (?:the )?(?:estimate|duration|length) (?:of|for) (?P<title>.+?) (?:to|at)"
        rf" (?P<value>.+)",
        rf"{LETS}estimate (?P<title>.+?)(?: at| to take| as|:) (?P<value>.+)",
        r"(?:estimate|duration) (?:of|for) (?P<title>.+?)(?::| is) ?(?P<value>.+)",
    ),
    *phrases(
        "no_minutes",
        rf"{LETS}(?:remove|delete|clear|drop) the (?:estimate|duration) (?:of|from|for|on) (?P<title>.+)",
        r"no (?:estimate|duration) for (?P<title>.+)",
    ),
)
