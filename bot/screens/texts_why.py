"""``/why``, ``/whynot``, ``/plan`` and ``/learned``: what oO says of its reasons.

See ``texts.py`` for the tone.
Tests: tests/scenarios/test_receipts.py, tests/golden/test_screens.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

KNEW = "{when} you had {had}{habit}{weighed}."
KNEW_HABIT = "; you had done {done} of {shown} tips at this time of day"
KNEW_WEIGHED = "; I weighed the {leading} most pressing and {drawn} that I drew from the rest"
KNEW_LLM = "{when} {model} wrote it (prompt {prompt}), knowing {facts}."
FACTS = {"now": "the time", "load": "how much is open"}
NOTHING = "nothing"
NO_TASKS = "no open task"
SOME_OVERDUE = ", {count} overdue"
ENERGY = {"low": "little energy", "high": "much energy"}
CLAUSE_STARTS = {
    "A",
    "An",
    "It",
    "Its",
    "That",
    "The",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "You",
    "Your",
}
WHY_BECAUSE = "I chose it with {chance} probability, because {reason}."
WHY_TRY = "It was a try, to learn what helps you, with {chance} probability."
WHY_LOT = "Nothing looked better, so I drew lots, with {chance} probability."
WHY_PROMISED = "You snoozed it and I promised to bring it back."
WHY_PROMISED_ONLY = "I looked at nothing else."
WHY_NEXT = (
    'Next would have been "{content}" with {chance}.',
    "Otherwise I would have said nothing, with {chance}.",
)
"""First for a tip as the next best choice, then for silence; likewise below."""
WHY_LIKELIER = ('Likelier was "{content}" with {chance}.', "Saying nothing was likelier, with {chance}.")
WHY_AS_LIKELY = ('"{content}" was as likely.', "Saying nothing was as likely.")
WHY_ALONE = "There was nothing else to choose from."
WHY_ALONE_BUT = "There was nothing else to choose from: {ruled_out}."
WHY_NONE = "I haven't sent you a tip yet. /tip gives you one."
WHY_REASON = {
    "overdue": "it was overdue by {age}",
    "due_soon": "it {was} due {due}",
    "due_today": "it {was} due {due}",
    "due_later": "it {was} due {due}",
    "urgent": "you marked it urgent",
    "open": "it was the best of what was open",
}
WHY_DEADLINE, WHY_DEADLINE_OVER = "its deadline is {due}", "its deadline was {due}"
WHY_AHEAD, WHY_PAST = "is", "was"
TEMPLATE_REASON = {
    "no_tasks": "your list was empty",
    "many_overdue": "{overdue} tasks were overdue",
    "many_open": "{open} tasks were open",
    "morning": "it was morning and you had {open} to do",
    "midday": "it was the middle of the day",
    "evening": "the day was nearly done",
    "low_energy": "you said your energy was low",
}
_DUE = ("{pressing}", "it was less pressing")
FEATURE_WORDS = {
    "tip": ("a tip seemed better than none", ""),
    "requested": ("you asked for one", ""),
    "advice": ("advice seemed to help more than a task", "a task seemed to help more than advice"),
    "llm": ("it was written for that moment", "it was no language model's idea"),
    "template": ("it was something for any day", "it was more than something for any day"),
    "priority": ("you marked it p{priority}", "it was less urgent"),
    "overdue": _DUE,
    "long_overdue": _DUE,
    "near": _DUE,
    "due_today": _DUE,
    "old": ("it had waited longer", "it was newer on your list"),
    "task_morning": ("tasks go well in the morning", "tasks go less well in the morning"),
    "task_evening": ("tasks go well in the evening", "tasks go less well in the evening"),
    "task_weekend": ("tasks go well at the weekend", "tasks go less well at the weekend"),
    "advice_morning": ("advice goes well in the morning", "advice goes less well in the morning"),
    "advice_evening": ("advice goes well in the evening", "advice goes less well in the evening"),
    "advice_weekend": ("advice goes well at the weekend", "advice goes less well at the weekend"),
    "load": ("a long list calls for one of its tasks", "a long list calls for something else"),
    "done_rate": ("tips go well at this time of day", ""),
    "fits": ("it fitted the time you had", ""),
    "energy": ("it suited your energy", "it suited your energy"),
    "never_shown": ("it had not come up before", "it had come up before"),
    "item_shown": ("it had come up lately", "it had come up less often lately"),
    "item_put_off": ("", "you had put it off less often"),
    "item_dismissed": ("", "you had dismissed it less often"),
    "item_count": ("it had come up more often", "it had come up less often"),
    "kind_shown": ("there had been more of its kind lately", "there had been fewer of its kind lately"),
    "kind_dismissed": ("", "you had dismissed fewer of its kind"),
    "fatigue": ("", ""),
    "wording": ("it is worded like tips that go well", "it is worded like tips that go well"),
}
"""For each feature the words for having more of it than the runner-up, and for less; empty: not named."""
WHYNOT_TIME = "{when} it was time for a tip."
WHYNOT_BECAUSE = "I stayed silent because {reason}."
WHYNOT_CHOSE = "I chose to say nothing, with {chance} probability: no tip seemed worth a message."
WHYNOT_TRY = "Saying nothing was a try, to learn when you want no tip, with {chance} probability."
WHYNOT_UNSEEN = "I had not looked for a tip yet."
WHYNOT_AFRESH = "It moved to {time}; its tip is chosen then."
WHYNOT_NO_TIP = "There was no tip to choose from."
WHYNOT_HELD = 'Otherwise "{content}" would have come.'
WHYNOT_TESTING = "I won't say which one: that would give it to you. /helped compares."
WHYNOT_DROPPED = '"{content}" was left out: {dropped}.'
RULED_OUT = {
    "muted": "{tasks} about something you muted",
    "resting": "{tasks} that had come up lately",
    "dismissed": "{tasks} you had dismissed",
    "dismissed_twice": "{tasks} you had dismissed twice",
    "snoozed": "{tasks} you had snoozed",
    "held_out": "{tasks} kept back today by your test",
}
DROPPED = {
    "muted": "it is about something you muted",
    "resting": "it had come up lately",
    "dismissed": "you had dismissed it",
    "dismissed_twice": "you had dismissed it twice",
    "snoozed": "you had snoozed it",
    "same_meaning": "I had said much the same lately",
    "task_gone": "it was done elsewhere",
}
DROPPED_UNFIT = "it did not fit the facts"
WHYNOT_BEFORE = "> {when}: {reason}."
WHYNOT_QUIET_DAY = "Today is quiet all day (/quiet). Next: {next}."
WHYNOT_NONE = "I haven't kept silent on purpose in the last days. Next: {next}."
WHYNOT_REASON = {
    "no_consent": "you had not allowed me to write on my own",
    "no_zone": "I don't know your time zone",
    "unreachable": "I couldn't reach you",
    "paused": "you had paused me",
    "quiet": "it was in your quiet hours{until}",
    "cap": "you had had enough for that day",
    "stale": "I was switched off then, and it was too late afterwards",
    "spacing": "I had written shortly before",
    "nothing_to_say": "I had nothing useful to say",
    "chose_silence": "I had nothing better to say than nothing",
    "held_out": "you asked me to test whether I help: this time I kept a tip to myself",
}
WHYNOT_UNTIL = " until {time}"
WHYNOT_SNOOZED = "the tip that you had put off was over by then: its task was done, removed or muted"
WHYNOT_SNOOZED_ALONE = "No other tip took its place."
WHYNOT_ON_DEMAND = "you want tips only when you ask"
PLAN_HEAD = "The next seven days:"
PLAN_DAY = "**{day}** {slots}"
PLAN_NONE = "No times are set, so I won't write on my own. To set some: /times 9:00 13:00 18:30"
PLAN_MOVED = {
    "clocks_forward": "{at} instead of {planned} (the clocks go forward)",
    "quiet": "{at} instead of {planned} (quiet until {at})",
}
PLAN_CAP = "> At most {cap} of them a day{less}."
PLAN_PAUSED = "> Silent until {until}."
PLAN_PAUSE = "> I go silent {start}, until {until}."
PLAN_EMPTY = "Nothing is planned for the next seven days."
HELPED_OFF = (
    "Do my tips help you? I can test it: a coin then makes me keep about one in {every} tips about your tasks to"
    " myself, and I compare how often the task gets done on the same day, with a tip and without. If it doesn't show that tips"
    " help, I write less by and by; /cap keeps it as it is.\n"
    "It is off: I keep nothing to myself, and I can't tell."
)
HELPED_NOTHING = (
    "The test is on: a coin makes me keep about one in {every} tips about your tasks to myself. What that changes"
    " I can say once a day of it is over."
)
HELPED_WITH, HELPED_WITHOUT = "**With a tip**: {done}.", "**Without**: {done}."
HELPED_DONE = "{share} done on the same day ({done} of {decisions})"
HELPED_NONE = "none so far"
HELPED_PROVEN = "My tips help you: of 100 tasks, {low} to {high} more get done that day."
HELPED_HARM = "My tips hold you back: of 100 tasks, {low} to {high} fewer get done that day."
HELPED_UNKNOWN = (
    "Not yet known: of 100 tasks, anything from {low} fewer to {high} more may get done thanks to a tip."
)
HELPED_WEEKS = "If tips get {worth} more of 100 tasks done, that takes about {weeks} to show."
HELPED_WEEK, HELPED_MORE_WEEKS = "one more week", "{weeks} more weeks"
HELPED_RESTS = "If tips get {worth} more of 100 tasks done, that takes about {tips} to show; there were none in the last weeks."
HELPED_TIP, HELPED_MORE_TIPS = "one more tip", "{tips} more tips"
HELPED_SMALL = "By now {worth} more would have shown: if tips help, it is by less."
HELPED_LESS = "Until I can show that tips help, I write at most {now} a day, not {cap}."
HELPED_HOW = (
    "> I count what is ticked off by the end of the day, here or where your tasks live. The range is 95 % sure,"
    " however often you look."
)
LEARNED_HEAD = "You did {done} of the {shown} tips that I have learned from. What stands out:"
LEARNED_FEW = (
    "I don't believe anything about you so far: I have learned from {shown}, and it takes at least {needed}."
)
LEARNED_NONE = "no tips yet"
LEARNED_EVEN = "Nothing stands out by more than chance so far: you did {done} of {shown} tips."
LEARNED_OFF = "> Learning is off, so no new tips count. /prefs turns it on."
LEARNED_LINE = "{number}{tick}{belief}"
LEARNED_TICK, LEARNED_CROSS = "✓ ", "✗ "
LEARNED_DENIED = "{number}{cross}{group}: you said I was wrong."
BELIEF_WORKS = "{group} worked for you: {done} of {shown}."
BELIEF_BETTER = "{group} worked better than the rest: {done} of {shown}."
BELIEF_LESS = "{group} worked less often than the rest: {done} of {shown}."
BELIEF_RARELY = "{group} rarely worked for you: {done} of {shown}."
BELIEF_WRONG = "{group}: noted, I was wrong.{taught}"
BELIEF_WRONG_TAUGHT = (
    " From now on I expect them to do as well as your other tips. Your word weighs as much as {count} tips."
)
BELIEF_FORGOTTEN = (
    "{group}: I no longer learn from the {shown} tips behind that, unless you tap one of them again."
    " They stay in your data (/export)."
)
BELIEF_RESTORED = "{group}: taken back, all is as it was before."
BELIEF_GONE = "I no longer believe that."
GROUP = {
    "task": "Tasks",
    "advice": "Advice",
    "weekend": "Tips at the weekend",
    "weekday": "Tips on weekdays",
    "overdue": "Overdue tasks",
    "not_overdue": "Tasks that are not overdue",
    "priority": "Tasks marked p{of}",
    "topic": 'Tips about "{of}"',
}
PART_OF_DAY = {
    "night": "at night",
    "morning": "in the morning",
    "midday": "around midday",
    "afternoon": "in the afternoon",
    "evening": "in the evening",
}

translate(__name__)
