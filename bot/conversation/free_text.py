"""Free text: what can be understood without a language model is; the rest is answered by one, if there is
one.

Whatever changes state goes through the same functions as the commands. What a language model proposes is
carried out at once only when it can be taken back with a tap; the rest asks first.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.ask_llm import ask_in_conversation
from bot.conversation.commands import COMMANDS, Answer, add_wished, pause_to, send_tip
from bot.conversation.latest_tip import dismiss_last, done_with_last, not_now, snooze_last, undo_last
from bot.conversation.update_context import UpdateContext
from bot.screens import tasks as tasks_screen
from bot.screens import texts
from bot.screens.markup import join, say
from core.chat import Button, Message
from core.deciding.decide import known_now
from core.errors import LanguageModelUnavailable
from core.model import Context, Request, Task, TaskState, Trigger
from core.ports import Turn
from core.scheduling.quiet_hours import FOREVER
from core.tasks.todo_list import complete_task
from core.text import clean, clean_strictly
from core.tips.prompt import LINK, TALK_SCHEMA, facts_turn
from core.tips.urgency import by_urgency
from core.words import intents
from core.words.matching import best_match, matches
from core.words.understand import can_be_added, understand, wished

LONGEST = 2000
"""Characters of a person's message that are looked at: enough for a thought, not for a book."""

LONGEST_OFFERED = 80
LONGEST_REPLY = 600
LONGEST_ARGUMENT = 200

REVERSIBLE = frozenset({"add_task", "give_tip", "list_tasks"})
NEED_NO_ARGUMENT = frozenset({"give_tip", "list_tasks", "resume", "pause"})


async def talk(ctx: UpdateContext, text: str) -> Answer:
    """Answer free text."""
    said = clean(text, LONGEST)
    intent = understand(said, now=ctx.now, zone=ctx.zone)
    if intent is not None:
        return await carry_out(ctx, intent)
    if ctx.deployment.llm and ctx.person.preferences.use_llm and said:
        return await converse(ctx, said)
    return unclear(ctx, said)


def unclear(ctx: UpdateContext, said: str) -> Message:
    """Nothing was understood: offer the way on. A wish that only began ("remind me") is asked about."""
    if said and not wished(said, now=ctx.now, zone=ctx.zone).text:
        return say(texts.ADD_HOW)
    if len(said) > LONGEST_OFFERED or not can_be_added(said, now=ctx.now, zone=ctx.zone):
        return say(texts.UNCLEAR_LONG)
    return say(
        texts.UNCLEAR, (Button(label=texts.ADD_IT, verb="confirm", arg=f"add_task {said}"),), text=said
    )


async def carry_out(ctx: UpdateContext, intent: intents.Intent) -> Answer:
    """Do what was understood."""
    match intent:
        case intents.Complete(title=title):
            return await complete_by_words(ctx, title) if title else await done_with_last(ctx)
        case intents.Snooze(until=until):
            return await snooze_last(ctx, until)
        case intents.NotNow() | intents.Dismiss() | intents.Undo():
            return await ABOUT_LATEST[type(intent)](ctx)
        case intents.AddTask():
            return await add_wished(ctx, intent)
        case intents.AskTip(request=request):
            return await send_tip(ctx, request)
        case intents.Pause(until=until):
            return await pause_to(ctx, until or FOREVER)
    if type(intent) in SENTENCES:
        return say(SENTENCES[type(intent)])
    name, argument = _as_command(intent)
    return await COMMANDS[name].run(ctx, argument)


ABOUT_LATEST = {intents.NotNow: not_now, intents.Dismiss: dismiss_last, intents.Undo: undo_last}
SENTENCES: dict[type, str] = {intents.Thanks: texts.THANKS, intents.Greeting: texts.HELLO}

AS_COMMAND: dict[type, str] = {
    intents.SetQuiet: "quiet",
    intents.Mute: "mute",
    intents.ListTasks: "tasks",
    intents.Resume: "resume",
    intents.Help: "help",
    intents.Why: "why",
    intents.WhyNot: "whynot",
    intents.Helped: "helped",
    intents.Plan: "plan",
}


def _as_command(intent: intents.Intent) -> tuple[str, str]:
    argument = getattr(intent, "text", None) or getattr(intent, "topic", None) or ""
    return AS_COMMAND[type(intent)], argument


# --- Tasks -------------------------------------------------------------------------------------------------


async def complete_by_words(ctx: UpdateContext, words: str) -> Answer:
    """Complete the task that the words mean; when that is not clear, those it may be, or the list."""
    async with ctx.deps.store.read() as unit:
        tasks = by_urgency(await unit.tasks.open(ctx.person.person_id), ctx.now, ctx.zone)
    titles = [task.title for task in tasks]
    found = best_match(words, titles)
    if found is not None:
        return await complete(ctx, tasks[found])
    rivals = [tasks[index] for index in matches(words, titles)]
    if rivals:
        return tasks_screen.rivals(words, rivals, ctx.now, ctx.zone)
    return join(say(texts.COMPLETE_WHICH, words=words), tasks_screen.listed(tasks, ctx.now, ctx.zone))


async def complete(ctx: UpdateContext, task: Task) -> Message:
    """Complete a task and say so, with a way back."""
    async with ctx.deps.store.begin() as unit:
        current = await unit.tasks.get(task.task_id)
        if not ctx.is_open(current):  # a tap was faster
            return say(texts.TASK_ALREADY)
        done = await complete_task(unit, current, ctx.deps, zone=ctx.zone)
    return tasks_screen.completed(done, ctx.now, ctx.zone)


# --- With a language model ---------------------------------------------------------------------------------


async def converse(ctx: UpdateContext, said: str) -> Answer:
    """Ask the language model; without an answer, say what oO understands by itself."""
    await ctx.thinking()
    context = await known_now(
        ctx.person, ctx.deps, trigger=Trigger.REQUESTED, zone=ctx.zone, request=Request()
    )
    turns = [
        Turn(role="system", content=ctx.deps.prompts.talk.text.format()),
        facts_turn(context.facts, message=said),
    ]
    try:
        answer = await ask_in_conversation(ctx, turns, TALK_SCHEMA)
    except LanguageModelUnavailable:
        return unclear(ctx, said)
    reply = harmless(clean_strictly(str(answer.get("reply") or ""), LONGEST_REPLY))
    return await _carry_out(ctx, reply, proposal(answer.get("action"), context))


def harmless(reply: str) -> str:
    """The reply without what a platform would make clickable: links, addresses, mentions, commands."""
    return " ".join("…" if LINK.search(word) else word for word in reply.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An action that the language model proposes; a task is named by its id."""

    name: str
    argument: str


def proposal(action: object, context: Context) -> Proposal | None:
    """What the model proposes, if it is one of the actions and says about what."""
    match action:
        case {"name": str(name), "argument": str(typed)} if name in ACTIONS:
            argument = clean_strictly(typed, LONGEST_ARGUMENT)
        case _:
            return None
    if name == "complete_task":
        known = {fact.fact_id: fact.task_id for fact in context.facts}
        argument = known.get(argument) or ""
    return Proposal(name=name, argument=argument) if argument or name in NEED_NO_ARGUMENT else None


async def _carry_out(ctx: UpdateContext, reply: str, proposed: Proposal | None) -> Answer:
    """Say the reply, and do or ask for what is proposed."""
    said = say("{reply}", reply=reply) if reply else None
    if proposed is None:
        return said or say(texts.UNCLEAR_LONG)
    if proposed.name in REVERSIBLE:
        done = await act(ctx, proposed.name, proposed.argument)
    else:
        done = await _ask_first(ctx, proposed)
    return join(said, done) if said and done else done


async def _ask_first(ctx: UpdateContext, proposed: Proposal) -> Message:
    named = proposed.argument or texts.LLM_PAUSE_OPEN
    if proposed.name == "complete_task":
        async with ctx.deps.store.read() as unit:
            named = (await unit.tasks.get(proposed.argument)).title
    return say(
        texts.LLM_ACTION[proposed.name],
        (
            Button(label=texts.YES, verb="confirm", arg=f"{proposed.name} {proposed.argument}".strip()),
            Button(label=texts.NO, verb="leave"),
        ),
        argument=named,
    )


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


async def act(ctx: UpdateContext, name: str, argument: str) -> Answer:
    """Carry out an action by its name, through the same functions as the commands."""
    if name != "complete_task":
        return await COMMANDS[ACTIONS[name]].run(ctx, argument)
    async with ctx.deps.store.read() as unit:
        task = await unit.tasks.get(argument)
    return await complete(ctx, task) if task.state is TaskState.OPEN else say(texts.TASK_ALREADY)
