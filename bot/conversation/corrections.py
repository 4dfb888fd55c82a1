"""Buttons under what oO believes: right, wrong, forget, and taken back."""

from __future__ import annotations

from bot.conversation.shown import Run, Shown
from bot.conversation.visit import Visit
from bot.screens import learned as learned_screen
from bot.screens import texts
from core.chat import Message
from core.delivery.callbacks import Press
from core.learning.beliefs import beliefs
from core.learning.corrections import confirm, contradict, disregard, take_back
from core.model import Correction


async def right(visit: Visit, press: Press) -> Shown:
    """It is so."""
    said = await confirm(visit.person, visit.world, press.arg)
    return Shown(edit=await _listed(visit), toast=texts.FINE_THEN if said else texts.BELIEF_GONE)


async def wrong(visit: Visit, press: Press) -> Shown:
    """It is not so."""
    return await _corrected(visit, await contradict(visit.person, visit.world, press.arg))


async def forget(visit: Visit, press: Press) -> Shown:
    """Not to be learned from."""
    return await _corrected(visit, await disregard(visit.person, visit.world, press.arg))


async def _corrected(visit: Visit, said: Correction | None) -> Shown:
    """The list without it, and a message that says what follows and takes it back."""
    if said is None:
        return Shown(edit=await _listed(visit), toast=texts.BELIEF_GONE)
    return Shown(edit=await _listed(visit), reply=learned_screen.corrected(said))


async def undo(visit: Visit, press: Press) -> Shown:
    """As if it had not been said; the list is redrawn if the button stood there."""
    correction_id, _, in_list = press.arg.partition(" ")
    said = await take_back(visit.person, visit.world, correction_id)
    toast = None if said else texts.NOTHING_TO_UNDO
    if in_list:
        return Shown(edit=await _listed(visit), toast=toast)
    return Shown(edit=learned_screen.restored(said) if said else None, toast=toast)


async def _listed(visit: Visit) -> Message:
    return learned_screen.learned(await beliefs(visit.person, visit.world), visit.person)


UNDER_BELIEFS: dict[str, Run] = {
    "belief_right": right,
    "belief_wrong": wrong,
    "belief_forget": forget,
    "belief_undo": undo,
}
