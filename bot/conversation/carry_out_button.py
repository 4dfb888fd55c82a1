"""Does what a button means, as far as the person has agreed.

Tests: tests/scenarios/test_conversation.py, tests/scenarios/test_hostile.py.
"""

from __future__ import annotations

from bot.conversation.callback_result import CallbackResult
from bot.conversation.language import LANGUAGE_BUTTONS
from bot.conversation.linking import JOIN_BUTTONS
from bot.conversation.onboarding import start
from bot.conversation.taps import VERBS
from bot.conversation.update_context import UpdateContext
from bot.screens import texts
from bot.screens.hints import hint
from core.delivery.callbacks import CallbackAction
from core.errors import BadInput, NotFound
from core.records import Consent

VERBS_WITHOUT_CONSENT = (
    frozenset({"agree", "decline", "details", "export", "delete", "delete_all", "keep_all"})
    | LANGUAGE_BUTTONS.keys()
    | JOIN_BUTTONS.keys()
)


async def carry_out_button(ctx: UpdateContext, action: CallbackAction | None) -> CallbackResult:
    """Do what the button means; None, and a verb of an earlier release, mean nothing."""
    handler = VERBS.get(action.verb) if action else None
    if action and ctx.person.consent is not Consent.AGREED and action.verb not in VERBS_WITHOUT_CONSENT:
        handler = _greet
    if action is None or handler is None:
        return CallbackResult(toast=texts.OLD_BUTTON)
    try:
        return await handler(ctx, action)
    except BadInput as fault:
        return CallbackResult(reply=hint(fault))
    except NotFound:
        return CallbackResult(toast=texts.OLD_BUTTON)


async def _greet(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    return CallbackResult(reply=await start(ctx, ""))
