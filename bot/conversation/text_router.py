"""Dispatches a text: to a command, as a reply, as a typed answer, or as free text.

Tests: tests/scenarios/test_conversation.py, tests/scenarios/test_replies.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.commands import COMMANDS, Response
from bot.conversation.edited import correct
from bot.conversation.free_text import answer_free_text
from bot.conversation.language import asked_language, notice_language
from bot.conversation.onboarding import first_step, start
from bot.conversation.pieces import STEPS
from bot.conversation.question import Question
from bot.conversation.replies import (
    answer_reply,
    close_question,
    explain_tip,
    find_subject,
    was_unchanged,
)
from bot.conversation.shown_buttons import press, pressed_by_words
from bot.conversation.task_files import offer_files, task_files
from bot.conversation.typed_answers import take_answer
from bot.conversation.unnamed_task import REMINDER, TASK
from bot.conversation.update_context import UpdateContext
from bot.conversation.utterance import Utterance
from bot.screens import texts
from bot.screens.hints import hint
from bot.screens.markup import join, say
from core.chat import AttachedFile, Message, Said
from core.errors import BadInput
from core.records import Consent
from core.text import clean
from core.words.commands import Command

ASKING_FOR_NAMES = frozenset(
    {"task_title", "task_labels", "task_project", "task_notes", STEPS, TASK, REMINDER}
)
"""The pending questions that are answered by a title or a name, which may be in any language."""

_SLASH = re.compile(r"^\s*/(\w*)(?:@\w+)?", re.ASCII)
"""How a command begins; it may name the bot."""

MAX_COMMAND_NAME = 32
"""Code points of an unknown command that are repeated in the answer."""


async def answer_text(ctx: UpdateContext, said: Said, command: Command | None) -> Response:
    """Answer a text; ``command`` is the command that it is, if it is one."""
    try:
        if said.edited:
            return None if await was_unchanged(ctx, said) else await correct(ctx, said, command)
        if files := task_files(said.files):
            return await _answer_files(ctx, said, command, files)
        if said.attachment and not said.text.strip():
            return say(texts.CANT_READ)
        answer = await (_run(ctx, said, command) if command else _answer_words(ctx, said))
    except BadInput as fault:
        return hint(fault)
    if answer and said.attachment:
        attachment = texts.ATTACHMENTS.get(said.attachment, texts.ATTACHMENTS["file"])
        return join(answer, say(texts.ONLY_WORDS, attachment=attachment))
    return answer


async def _answer_files(
    ctx: UpdateContext, said: Said, command: Command | None, files: Sequence[AttachedFile]
) -> Response:
    """Answer the words beside files, then the files. ``/import`` beside them only says what they are."""
    is_import = command is not None and command.name == "import"
    if said.text.strip() and not is_import:
        answer = await answer_text(ctx, replace(said, files=(), attachment=None), command)
        if answer:
            await ctx.reply(answer)
    return await offer_files(ctx, files)


async def _run(ctx: UpdateContext, said: Said, command: Command) -> Response:
    """Run a command. A pending question ends with it, unless it is /timezone, which answers one."""
    entry = COMMANDS[command.name]
    missing = await first_step(ctx, entry.needs)
    if missing:
        return missing
    if entry.name != "timezone" and await ctx.pending_question():
        await ctx.set_question(None)
    if entry.name == "why" and (about := await find_subject(ctx, said)):
        return await explain_tip(ctx, about.decision_id) or await entry.run(ctx, command.argument)
    return await entry.run(ctx, entry.argument_of(command))


async def _answer_words(ctx: UpdateContext, said: Said) -> Response:
    """Answer what is no command, in the language in which it is written if that is clear."""
    if ctx.person.consent is not Consent.AGREED:
        return await start(ctx, "")
    question, is_command = await ctx.pending_question(), said.text.lstrip().startswith("/")
    # No command has that name; but the words may say what is meant: "/todo call Bob".
    text = _SLASH.sub(r"\1", said.text) if is_command else said.text
    utterance = Utterance(text, now=ctx.said_at, zone=ctx.zone if ctx.person.zone else None)
    if is_command and (question or utterance.intent is None):
        return _unknown_command(said.text)
    is_title = question is not None and question.what in ASKING_FOR_NAMES
    noticed = None if is_title else await notice_language(ctx, utterance)
    try:
        answer = await _answer_utterance(ctx, said, utterance, question)
    except BadInput as fault:
        answer = hint(fault)
    return join(answer, noticed) if answer and noticed else answer or noticed


def _unknown_command(text: str) -> Message:
    name = clean(text.split()[0][1:], MAX_COMMAND_NAME)
    return say(texts.UNKNOWN_COMMAND, name=name) if name else say(texts.UNCLEAR_LONG)


async def _answer_utterance(
    ctx: UpdateContext, said: Said, utterance: Utterance, question: Question | None
) -> Response:
    """Answer a reply, else the answer to a pending question, else free text."""
    if ctx.person.zone:
        asked = question.what if question else None
        pressed = await pressed_by_words(ctx, utterance.text, said, asked=asked)
        if pressed:
            return await press(ctx, pressed)
    about = await find_subject(ctx, said) if ctx.person.zone else None
    if about and (about.message or not question):
        answer = await answer_reply(ctx, utterance, about)
        if answer:
            await close_question(ctx, question, about)
            return answer
    if question:
        return await take_answer(ctx, question, utterance)
    return (
        await first_step(ctx, "zone")
        or await asked_language(ctx, utterance)
        or await answer_free_text(ctx, utterance)
    )
