"""Free text: what can be understood without a language model is; the rest is answered by one, if there is
one.

Whatever changes state goes through the same functions as the commands. What a language model proposes is
carried out at once only when it can be taken back with a tap; the rest asks first.
"""

from __future__ import annotations

from datetime import timedelta

from bot import texts
from bot.commands import COMMANDS, Answer, pause_to, send_tip
from bot.markup import join, say
from bot.screens import tasks as tasks_screen
from bot.screens import tips as tips_screen
from bot.visit import Visit
from core.chat import Button, Message
from core.context import by_urgency
from core.decide import known_now
from core.errors import LanguageModelUnavailable
from core.feedback import react
from core.model import DismissReason, ReactionKind, Request, Task, TaskState, Trigger
from core.ports import Turn
from core.prompt import TALK_SCHEMA, facts_turn
from core.schedule import FOREVER
from core.tasks import complete_task
from core.words import intents
from core.words.matching import best_match
from core.words.text import clean
from core.words.understand import understand
from core.written import ask_model

LAST_TIP = timedelta(days=1)
"""How long a tip is the one that "done" and "not now" mean."""

LONGEST = 2000
"""Characters of a person's message that are looked at: enough for a thought, not for a book."""

REVERSIBLE = frozenset({"add_task", "give_tip", "list_tasks", "resume"})


async def talk(visit: Visit, text: str) -> Answer:
    """Answer free text."""
    said = clean(text, LONGEST)
    intent = understand(said, now=visit.now, zone=visit.zone)
    if intent is not None:
        return await carry_out(visit, intent)
    if visit.house.llm and visit.person.preferences.use_llm and said:
        return await converse(visit, said)
    return unclear(said)


def unclear(said: str) -> Message:
    """Nothing was understood: offer the way on."""
    return say(texts.UNCLEAR, text=said) if 0 < len(said) <= 80 else say(texts.UNCLEAR_LONG)


async def carry_out(visit: Visit, intent: intents.Intent) -> Answer:
    """Do what was understood."""
    match intent:
        case intents.Complete(title=title):
            return await complete_by_words(visit, title) if title else await done_with_last(visit)
        case intents.NotNow():
            return await not_now(visit)
        case intents.AskTip(request=request):
            return await send_tip(visit, request)
        case intents.Pause(until=until):
            return await pause_to(visit, until or FOREVER)
    if type(intent) in SENTENCES:
        return say(SENTENCES[type(intent)])
    name, argument = _as_command(intent)
    return await COMMANDS[name].run(visit, argument)


SENTENCES: dict[type, str] = {intents.Thanks: texts.THANKS, intents.Greeting: texts.HELLO}

AS_COMMAND: dict[type, str] = {
    intents.AddTask: "add",
    intents.SetQuiet: "quiet",
    intents.Mute: "mute",
    intents.ListTasks: "tasks",
    intents.Resume: "resume",
    intents.Help: "help",
    intents.Why: "why",
    intents.WhyNot: "whynot",
    intents.Plan: "plan",
}


def _as_command(intent: intents.Intent) -> tuple[str, str]:
    argument = getattr(intent, "text", None) or getattr(intent, "topic", None) or ""
    return AS_COMMAND[type(intent)], argument


# --- About the latest tip ----------------------------------------------------------------------------------


async def done_with_last(visit: Visit) -> Answer:
    """ "Done": the tip that was talked about last."""
    done = await _react_to_last(visit, ReactionKind.DONE, None)
    return say(texts.DONE_SAID if done else texts.DONE_WHAT)


async def not_now(visit: Visit) -> Answer:
    """ "Not now": the latest tip rests, if it still waits for an answer."""
    await _react_to_last(visit, ReactionKind.DISMISS, DismissReason.NOT_NOW)
    return say(texts.NOT_NOW)


async def _react_to_last(visit: Visit, kind: ReactionKind, reason: DismissReason | None) -> bool:
    """React as if the button had been tapped; False when no tip of the last day waits for a reaction."""
    async with visit.world.store.read() as unit:
        tips = await unit.decisions.past_tips(visit.person.person_id, visit.now - LAST_TIP, 1)
    if not tips or tips[0].reaction not in (None, ReactionKind.SNOOZE):
        return False
    outcome = await react(tips[0].decision_id, visit.person, visit.world, kind=kind, reason=reason)
    await visit.redraw(outcome.decision, tips_screen.after(outcome, visit.person, visit.now))
    return True


async def complete_by_words(visit: Visit, words: str) -> Answer:
    """Complete the task that the words mean; the list when that is not clear."""
    async with visit.world.store.read() as unit:
        tasks = by_urgency(await unit.tasks.open(visit.person.person_id), visit.now, visit.zone)
    found = best_match(words, [task.title for task in tasks])
    if found is None:
        return join(say(texts.COMPLETE_WHICH, words=words), tasks_screen.listed(tasks, visit.now, visit.zone))
    return await complete(visit, tasks[found])


async def complete(visit: Visit, task: Task) -> Message:
    """Complete a task and say so, with a way back."""
    async with visit.world.store.begin() as unit:
        done = await complete_task(unit, task, visit.world, zone=visit.zone)
    moved_to = done.task.due if done.task.done_at and done.task.state is TaskState.OPEN else None
    return tasks_screen.completed(done, visit.now, visit.zone, moved_to=moved_to)


# --- With a language model ---------------------------------------------------------------------------------


async def converse(visit: Visit, said: str) -> Answer:
    """Ask the language model; without an answer, say what oO understands by itself."""
    await visit.thinking()
    context = await known_now(
        visit.person, visit.world, trigger=Trigger.REQUESTED, zone=visit.zone, request=Request()
    )
    rules, prompt = visit.world.rules.writing, visit.world.prompts.talk
    turns = [
        Turn(role="system", content=prompt.text.format()),
        facts_turn(context.facts, message=said),
    ]
    try:
        answer, _ = await ask_model(
            visit.world, rules.talk_alias, turns, schema=TALK_SCHEMA, deadline=rules.deadline_asked
        )
    except LanguageModelUnavailable:
        return unclear(said)
    reply = clean(str(answer.get("reply") or ""), 600)
    task_ids = {fact.fact_id: fact.task_id for fact in context.facts if fact.task_id}
    return await _proposed(visit, reply, answer.get("action"), task_ids)


async def _proposed(visit: Visit, reply: str, action: object, task_ids: dict[str, str]) -> Answer:
    said = say("{reply}", reply=reply) if reply else None
    if not isinstance(action, dict) or action.get("name") not in ACTIONS:
        return said or say(texts.UNCLEAR_LONG)
    name, argument = str(action["name"]), clean(str(action.get("argument") or ""), 200)
    if name == "complete_task":
        argument = task_ids.get(argument, "")
        if not argument:
            return said or say(texts.UNCLEAR_LONG)
    if name in REVERSIBLE:
        done = await act(visit, name, argument)
        return join(said, done) if said and done else done
    return await _ask_first(visit, said, name, argument)


async def _ask_first(visit: Visit, said: Message | None, name: str, argument: str) -> Message:
    named = argument
    if name == "complete_task":
        async with visit.world.store.read() as unit:
            named = (await unit.tasks.get(argument)).title
    question = say(
        texts.CONFIRM_LLM,
        (
            Button(label=texts.YES, verb="confirm", arg=f"{name} {argument}"),
            Button(label=texts.NO, verb="leave"),
        ),
        what=texts.LLM_ACTION[name].format(argument=named),
    )
    return join(said, question) if said else question


ACTIONS = {
    "add_task": "add",
    "list_tasks": "tasks",
    "give_tip": "tip",
    "pause": "pause",
    "resume": "resume",
    "set_quiet": "quiet",
    "set_times": "times",
    "mute": "mute",
    "complete_task": "",
}


async def act(visit: Visit, name: str, argument: str) -> Answer:
    """Carry out an action by its name, through the same functions as the commands."""
    if name != "complete_task":
        return await COMMANDS[ACTIONS[name]].run(visit, argument)
    async with visit.world.store.read() as unit:
        task = await unit.tasks.get(argument)
    return await complete(visit, task) if task.state is TaskState.OPEN else say(texts.TASK_ALREADY)
