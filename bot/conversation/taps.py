"""The buttons, apart from those of tips, beliefs and tasks, and the table of all of them.

``VERBS`` is the one table: from a button's verb to its handler.
Tests: tests/scenarios/test_first_contact.py, tests/scenarios/test_conversation.py.
"""

from __future__ import annotations

from bot.conversation import personal_data
from bot.conversation.agenda import AGENDA_BUTTONS
from bot.conversation.belief_buttons import BELIEF_BUTTONS
from bot.conversation.calendars import CALENDAR_BUTTONS
from bot.conversation.callback_result import CallbackHandler, CallbackResult
from bot.conversation.daily_messages import DAILY_BUTTONS
from bot.conversation.holdout import show_helped
from bot.conversation.language import LANGUAGE_BUTTONS
from bot.conversation.linking import JOIN_BUTTONS
from bot.conversation.mail import MAIL_BUTTONS
from bot.conversation.muting import allow_topic, unmute_topic
from bot.conversation.onboarding import agree, decline, set_zone
from bot.conversation.pieces import PIECES_BUTTONS
from bot.conversation.proposals import act, carry_out_choice
from bot.conversation.purposes import PURPOSE_BUTTONS, question_about_notifications
from bot.conversation.question import Question
from bot.conversation.remind_listed import LISTED_REMINDER_BUTTONS
from bot.conversation.reminder_times import REMINDER_TIME_BUTTONS
from bot.conversation.reminders import REMINDER_BUTTONS
from bot.conversation.settings_commands import preferences
from bot.conversation.settings_undo import SETTINGS_BUTTONS
from bot.conversation.several import TOGETHER_UNDO
from bot.conversation.talk_memory import switch_memory
from bot.conversation.task_buttons import TASK_BUTTONS
from bot.conversation.task_files import FILE_BUTTONS
from bot.conversation.tip_buttons import TIP_BUTTONS
from bot.conversation.todoist_account import TODOIST_BUTTONS
from bot.conversation.tokens import TOKEN_BUTTONS
from bot.conversation.typed_answers import answer_setting
from bot.conversation.unlinking import LINK_BUTTONS
from bot.conversation.update_context import UpdateContext
from bot.conversation.whole_list import WHOLE_LIST_BUTTONS
from bot.screens import settings as settings_screen
from bot.screens import texts, texts_connect, texts_database, texts_welcome
from bot.screens.hints import setting_question
from bot.screens.markup import join, say
from bot.screens.proposals import choice_of
from bot.screens.welcome import details, llm_sentence
from core.delivery.callbacks import CallbackAction
from core.people.preferences import Change, end_pause, pause_instead, set_cap
from core.people.privacy import forget
from core.records import Purpose
from core.scheduling.timezones import zone_by_name, zone_of

SWITCHED = {
    **{purpose.value: purpose for purpose in Purpose},
    "use_llm": Purpose.LANGUAGE_MODEL,
    "learn": Purpose.LEARNING,
    "hold_out": Purpose.HOLDOUT,
    "remember_talk": Purpose.TALK,
}
"""Purposes by the names on switches; messages that are still shown use the older names."""


# --- First contact and settings ----------------------------------------------------------------------------


async def agree_to_start(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Give consent."""
    return CallbackResult(reply=await agree(ctx), edit=say(texts_welcome.AGREED))


async def decline_all(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Refuse consent."""
    return CallbackResult(edit=await decline(ctx))


async def show_details(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Show in full what is stored and sent."""
    return CallbackResult(edit=details(llm_sentence(ctx.deployment.llm)))


async def zone(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Confirm the offered zone."""
    return CallbackResult(edit=await set_zone(ctx, zone_by_name(action.arg).key))


async def ask(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Let the person type a setting; where there are forms, the tap brings what was typed."""
    typed = getattr(ctx.update, "typed", None)
    if typed is not None:
        return CallbackResult(reply=await answer_setting(ctx, action.arg, typed))
    return CallbackResult(question=Question(what=action.arg), reply=say(setting_question(action.arg)))


async def cap(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Set the daily limit, one higher or lower."""
    return await _changed(ctx, set_cap(int(action.arg)), "cap")


async def toggle(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Turn the language model, its memory, learning or the hold-out test on or off."""
    name, _, wanted = action.arg.partition(" ")
    is_on = wanted == "on"
    await ctx.allow(SWITCHED[name], granted=is_on)
    return CallbackResult(edit=await preferences(ctx))


async def hold_out(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Turn the hold-out test on or off where it is explained."""
    return CallbackResult(edit=await show_helped(ctx, action.arg))


async def pause_a_day(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Pause until this time tomorrow."""
    until = settings_screen.a_day_later(ctx.now, zone_of(ctx.person))
    return await _changed(ctx, pause_instead(until, ctx.now), "pause")


async def resume(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """End a pause."""
    return await _changed(ctx, end_pause(ctx.now), "resume")


async def _changed(ctx: UpdateContext, make: Change, what: str) -> CallbackResult:
    await ctx.change(make, what=what)
    return CallbackResult(edit=await preferences(ctx))


async def fine(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Leave everything as it is; what is still to be asked comes next."""
    question = await question_about_notifications(ctx)
    return CallbackResult(reply=question) if question else CallbackResult(toast=texts.FINE_THEN)


# --- Personal data, and offered actions --------------------------------------------------------------------


async def export(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Send everything about the person as a file."""
    return CallbackResult(reply=await personal_data.export(ctx, ""))


async def delete(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Ask before deleting everything."""
    return CallbackResult(reply=await personal_data.delete(ctx, ""))


async def delete_all(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Delete everything about the person."""
    is_ended = await forget(ctx.person, ctx.deps)
    is_again = ctx.deployment.deletes_in_backups
    deleted = say(texts.DELETED if is_again else texts_database.DELETED_ON_SERVER)
    return CallbackResult(edit=deleted if is_ended else join(deleted, say(texts_connect.FORGOTTEN_LATER)))


async def keep_all(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Keep everything."""
    return CallbackResult(edit=say(texts.DELETE_KEPT))


async def confirm(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Carry out an action that was offered."""
    name, _, argument = action.arg.partition(" ")
    return CallbackResult(edit=await act(ctx, name, argument))


async def propose(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Carry out one action of a list that was offered, or all."""
    return await carry_out_choice(ctx, choice_of(action.arg))


async def memory(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Remember the talk, or not."""
    return CallbackResult(edit=await switch_memory(ctx, is_on=action.arg == "on"))


async def leave(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Drop an action that was offered."""
    return CallbackResult(edit=say(texts.NOT_DONE))


VERBS: dict[str, CallbackHandler] = (
    TIP_BUTTONS
    | AGENDA_BUTTONS
    | CALENDAR_BUTTONS
    | BELIEF_BUTTONS
    | PURPOSE_BUTTONS
    | REMINDER_BUTTONS
    | REMINDER_TIME_BUTTONS
    | LISTED_REMINDER_BUTTONS
    | DAILY_BUTTONS
    | SETTINGS_BUTTONS
    | TASK_BUTTONS
    | TOGETHER_UNDO
    | FILE_BUTTONS
    | LANGUAGE_BUTTONS
    | LINK_BUTTONS
    | MAIL_BUTTONS
    | JOIN_BUTTONS
    | PIECES_BUTTONS
    | TODOIST_BUTTONS
    | TOKEN_BUTTONS
    | WHOLE_LIST_BUTTONS
    | {
        "agree": agree_to_start,
        "decline": decline_all,
        "details": show_details,
        "zone": zone,
        "ask": ask,
        "cap": cap,
        "toggle": toggle,
        "hold_out": hold_out,
        "pause_day": pause_a_day,
        "resume": resume,
        "unmute": unmute_topic,
        "allow_topic": allow_topic,
        "fine": fine,
        "export": export,
        "delete": delete,
        "delete_all": delete_all,
        "keep_all": keep_all,
        "confirm": confirm,
        "propose": propose,
        "memory": memory,
        "leave": leave,
    }
)
