"""The decisions, and the receipt of each: what was known, what was possible, with which probability.

Tests: tests/bot/web/me/test_pages.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.api.decisions import DECISIONS, Receipt
from bot.api.operation import Call
from bot.screens import texts_calendar, texts_me, texts_pieces, texts_why
from bot.screens import tips as tips_screen
from bot.screens.dates import moment, percent
from bot.screens.why import why as why_words
from bot.web.me.frame import PAGE_SIZE, page_of, show
from bot.web.page import Answer, Visit
from core.deciding.explain import why
from core.people.tokens import Caller
from core.records import Decision, ReactionKind
from core.scheduling.timezones import zone_of

MAX_CANDIDATES = 40

_NO_TOKEN: Any = None
"""A page needs none, and the operation reads none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A decision in the list."""

    decision_id: str
    when: str
    what: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """What could have been chosen."""

    content: str
    share: str
    is_chosen: bool
    why_not: str
    """Why it was ruled out; empty if it was not."""


async def tips(visit: Visit) -> Answer:
    """A page of the decisions, newest first."""
    person, page = visit.whose, page_of(visit)
    async with visit.deps.store.read() as unit:
        latest = await unit.decisions.latest(person.person_id, PAGE_SIZE + 1, skip=page * PAGE_SIZE)
        shown = latest[:PAGE_SIZE]
        since = min((one.decided_at for one in shown), default=visit.deps.clock.now())
        sent = await unit.decisions.past_tips(person.person_id, since, (page + 1) * PAGE_SIZE)
    reactions = {one.decision_id: one.reaction for one in sent}
    return show(
        visit,
        "me/tips.html",
        "tips",
        lines=[_line(one, visit, reactions.get(one.decision_id)) for one in shown],
        newer=f"/me/tips?page={page}" if page else None,
        older=f"/me/tips?page={page + 2}" if len(latest) > PAGE_SIZE else None,
    )


def _line(decision: Decision, visit: Visit, reaction: ReactionKind | None = None) -> Line:
    when = moment(decision.decided_at, visit.deps.clock.now(), zone_of(visit.whose))
    outcome = texts_me.REACTIONS[reaction.value] if reaction else ""
    return Line(decision_id=decision.decision_id, when=when, what=_what(decision), outcome=outcome)


def _what(decision: Decision) -> str:
    """The first line of the tip; why there was none."""
    if decision.silence:
        return texts_me.SILENT.format(reason=_reason(decision.silence.value))
    return tips_screen.first_line(decision.tip) if decision.tip else texts_me.SILENT_ANYHOW


def _reason(code: str) -> str:
    reasons = {**texts_why.WHYNOT_REASON, "meeting": texts_calendar.WHYNOT_MEETING}
    return reasons[code].replace("{until}", "")


def _dropped(code: str | None) -> str:
    """Why a candidate was ruled out; empty if it was not."""
    words = {**texts_why.DROPPED, **texts_pieces.DROPPED}
    return words.get(code, texts_why.DROPPED_UNFIT) if code else ""


async def receipt(visit: Visit) -> Answer:
    """One decision. Raises ``NotFound`` for another person's."""
    found = await _receipt(visit)
    async with visit.deps.store.read() as unit:
        decision = await unit.decisions.get(found.decision_id)
    explained = await why(visit.whose, visit.deps, found.decision_id)
    now = visit.deps.clock.now()
    return show(
        visit,
        "me/receipt.html",
        "tips",
        line=_line(decision, visit),
        why=why_words(explained, visit.whose, now) if explained and not decision.silence else None,
        options=_options(found)[:MAX_CANDIDATES],
        more=max(0, len(found.candidates) - MAX_CANDIDATES),
        reaction=texts_me.REACTIONS[found.reaction] if found.reaction else texts_me.NO_REACTION,
        facts=_facts(found),
    )


async def _receipt(visit: Visit) -> Receipt:
    """The receipt as the API has it."""
    (operation,) = (one for one in DECISIONS if one.name == "read_decision")
    caller = Caller(person=visit.whose, token=_NO_TOKEN)
    call = Call(
        caller=caller,
        deps=visit.deps,
        redraw=lambda decision_id: None,
        origin=visit.visit_id,
        path={"decision_id": visit.path["decision_id"]},
    )
    content: Receipt = (await operation.run(call)).content
    return content


def _options(found: Receipt) -> list[Option]:
    """The likeliest first, those that were ruled out last."""
    ordered = sorted(found.candidates, key=lambda one: (one.dropped is not None, -one.probability))
    return [
        Option(
            content=one.content or texts_me.SAYING_NOTHING,
            share=percent(one.probability) if one.dropped is None else "–",
            is_chosen=one.candidate_id == found.action,
            why_not=_dropped(one.dropped),
        )
        for one in ordered
    ]


def _facts(found: Receipt) -> list[tuple[str, str]]:
    """What makes the draw repeatable."""
    numbers = {
        "policy": found.policy_id,
        "propensity": None if found.propensity is None else percent(found.propensity),
        "floor": None if found.floor is None else percent(found.floor),
        "seed": found.seed,
        "model": found.model_version,
        "features": found.feature_version,
        "prompt": found.prompt_version,
        "reward": None if found.reward is None else f"{found.reward:.2f}",
        "id": found.decision_id,
    }
    return [(texts_me.FACTS[name], str(value)) for name, value in numbers.items() if value is not None]
