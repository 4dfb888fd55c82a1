"""Buttons under a tip: done, dismissed and why, snoozed and until when, and taken back.

No language model and no network on the way to a committed reaction; what lives elsewhere is told afterwards,
by the event log.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.conversation.shown import Run, Shown
from bot.conversation.visit import Question, Visit
from bot.screens import texts
from bot.screens import tips as tips_screen
from bot.screens.dates import at_time
from bot.screens.markup import say
from core.delivery.callbacks import Press
from core.delivery.reactions import react, snooze, undo
from core.delivery.tip_status import Outcome, Verdict, look
from core.errors import NotFound
from core.model import DismissReason, ReactionKind
from core.scheduling.quiet_hours import quiet_until
from core.words.dates.moments import parse_moment


def _subject(press: Press) -> str:
    if press.subject is None:
        raise NotFound("this button is not about a tip")
    return press.subject


def _tapped_id(visit: Visit) -> str | None:
    return getattr(visit.update, "message_id", None)


async def done(visit: Visit, press: Press) -> Shown:
    """Done: the task is done where it lives, the tip was right."""
    return await _react(visit, press, ReactionKind.DONE)


async def dismiss(visit: Visit, press: Press) -> Shown:
    """Not this one; a second, optional tap says why."""
    return await _react(visit, press, ReactionKind.DISMISS)


async def reason(visit: Visit, press: Press) -> Shown:
    """Why it was dismissed."""
    return await _react(visit, press, ReactionKind.DISMISS, DismissReason(press.arg))


async def _react(visit: Visit, press: Press, kind: ReactionKind, why: DismissReason | None = None) -> Shown:
    outcome = await react(
        _subject(press), visit.person, visit.world, kind=kind, reason=why, message_id=_tapped_id(visit)
    )
    return _after(visit, outcome)


def _after(visit: Visit, outcome: Outcome) -> Shown:
    message = tips_screen.after(outcome, visit.person, visit.now)
    return Shown(edit=message, toast=_toast(visit, outcome))


def _toast(visit: Visit, outcome: Outcome) -> str | None:
    """A remark only where the redrawn message would not tell: the tap came second, or too late."""
    if outcome.verdict is Verdict.GONE:
        return texts.GONE_TOAST
    if outcome.verdict is not Verdict.ALREADY or outcome.reaction is None:
        return None
    time = at_time(outcome.reaction.reacted_at, visit.now, tips_screen.zone_of(visit.person))
    done_before = outcome.reaction.kind is ReactionKind.DONE
    return (texts.ALREADY_DONE if done_before else texts.ALREADY_DISMISSED).format(time=time)


async def undo_reaction(visit: Visit, press: Press) -> Shown:
    """Everything is as before the tap."""
    outcome = await undo(_subject(press), visit.person, visit.world)
    if outcome.verdict is Verdict.NOTHING:
        return Shown(edit=tips_screen.after(outcome, visit.person, visit.now), toast=texts.NOTHING_TO_UNDO)
    return Shown(edit=tips_screen.after(outcome, visit.person, visit.now))


async def _stands(visit: Visit, press: Press) -> Outcome:
    async with visit.world.store.read() as unit:
        return await look(unit, _subject(press), visit.person)


async def show(visit: Visit, press: Press) -> Shown:
    """Back to the tip as it stands."""
    return _after(visit, await _stands(visit, press))


async def snooze_menu(visit: Visit, press: Press) -> Shown:
    """Offer times to bring the tip back."""
    outcome = await _stands(visit, press)
    if outcome.verdict is not Verdict.TAKEN:
        return _after(visit, outcome)
    return Shown(edit=tips_screen.snooze_choices(outcome, visit.person, visit.now))


async def until(visit: Visit, press: Press) -> Shown:
    """Snooze until the chosen time; quiet hours are pointed out, with other offers."""
    return await _until(visit, press, even_if_quiet=False)


async def until_anyway(visit: Visit, press: Press) -> Shown:
    """Snooze into quiet hours, for this once."""
    return await _until(visit, press, even_if_quiet=True)


async def _until(visit: Visit, press: Press, *, even_if_quiet: bool) -> Shown:
    """Snooze until the time on the button; where that has passed, the choices are offered anew."""
    when = datetime.fromisoformat(press.arg).astimezone(UTC)
    if when <= visit.now:
        return replace(await snooze_menu(visit, press), toast=texts.TIME_PASSED)
    return await snooze_until(visit, press, when, even_if_quiet=even_if_quiet)


async def snooze_until(visit: Visit, press: Press, when: datetime, *, even_if_quiet: bool = False) -> Shown:
    """Promise to bring the tip back at ``when``."""
    zone = tips_screen.zone_of(visit.person)
    ends = quiet_until(when, zone, visit.person.preferences.quiet)
    if ends and not even_if_quiet:
        outcome = await _stands(visit, press)
        if outcome.verdict is Verdict.TAKEN:
            offer = tips_screen.snooze_in_quiet(outcome, visit.person, visit.now, until=when, quiet_ends=ends)
            return Shown(edit=offer)
        return _after(visit, outcome)
    outcome = await snooze(
        _subject(press),
        visit.person,
        visit.world,
        until=when,
        even_if_quiet=even_if_quiet,
        message_id=_tapped_id(visit),
    )
    return _after(visit, outcome)


async def type_time(visit: Visit, press: Press) -> Shown:
    """The person types when; on platforms with forms the answer comes with the press itself."""
    typed = getattr(visit.update, "typed", None)
    if typed is not None:
        return await snooze_until(visit, press, parse_moment(typed, now=visit.now, zone=visit.zone))
    question = Question(what="snooze", subject=_subject(press), message_id=_tapped_id(visit))
    return Shown(asks=question, reply=say(texts.SNOOZE_TYPE))


UNDER_TIPS: dict[str, Run] = {
    "done": done,
    "dismiss": dismiss,
    "reason": reason,
    "undo": undo_reaction,
    "show": show,
    "snooze": snooze_menu,
    "until": until,
    "until_anyway": until_anyway,
    "type_time": type_time,
}
