"""Why a tip was chosen, in three lines."""

from __future__ import annotations

from bot import texts
from bot.dates import at_due, overdue, percent
from bot.markup import say
from bot.screens.tips import first_line, template_words, zone_of
from core.chat import Message
from core.explain import Why
from core.model import Context, Fact, Person, TipCandidate, TipKind, TipSource, Trigger


def why(found: Why, person: Person) -> Message:
    """Three lines: the reason, the chance, and for a written tip where it comes from."""
    sentence = f"{texts.WHY_TRY if found.was_a_try else texts.WHY_HEAD}\n{_chance(found)}"
    values = {"reason": _reason(found, person), "habit": _habit(found)}
    written = found.chosen.candidate.source is TipSource.LLM
    if written:
        sentence = f"{sentence}\n{texts.WHY_LLM}"
        values |= _written(found)
    runner_up = found.runner_up
    return say(
        sentence,
        chance=percent(found.decision.propensity or 0),
        content=_name(runner_up.candidate) if runner_up else "",
        next_chance=percent(runner_up.probability) if runner_up else "",
        **values,
    )


def _chance(found: Why) -> str:
    if found.decision.trigger is Trigger.SNOOZED:
        return texts.WHY_PROMISED
    if found.runner_up is None:
        return texts.WHY_CHANCE.replace("{runner_up}", "")
    other = texts.WHY_FAVOURITE if found.was_a_try else texts.WHY_RUNNER_UP
    return texts.WHY_CHANCE.replace("{runner_up}", other.replace("{chance}", "{next_chance}"))


def _name(candidate: TipCandidate) -> str:
    return first_line(candidate) if candidate.kind is not TipKind.SILENCE else texts.SAYING_NOTHING


def _reason(found: Why, person: Person) -> str:
    context, candidate = found.decision.context, found.chosen.candidate
    if context is None or found.task is None:
        return _advice_reason(candidate, context)
    zone, now = zone_of(person), context.now
    when = found.task.due
    age = overdue(when, now, zone) if when and found.pressure == "overdue" else ""
    return texts.WHY_REASON[found.pressure].format(age=age, due=at_due(when, now, zone) if when else "")


def _advice_reason(candidate: TipCandidate, context: Context | None) -> str:
    if candidate.source is TipSource.TEMPLATES and context:
        return _lower_first(template_words(candidate, context))
    return _lower_first(candidate.rationale)


def _lower_first(sentence: str) -> str:
    """The sentence as a clause: only a word that can't be a name loses its capital."""
    first, blank, rest = sentence.rstrip(".").partition(" ")
    return f"{first.lower() if first in texts.CLAUSE_STARTS else first}{blank}{rest}"


def _habit(found: Why) -> str:
    if found.shown_here < 5:
        return ""
    usual = texts.WHY_HABIT if found.done_here * 2 >= found.shown_here else texts.WHY_HABIT_LOW
    return usual.format(done=found.done_here, shown=found.shown_here)


def _written(found: Why) -> dict[str, str]:
    candidate, context = found.chosen.candidate, found.decision.context
    known: dict[str, Fact] = {fact.fact_id: fact for fact in context.facts} if context else {}
    facts = "; ".join(known[one].text.rstrip(".") for one in candidate.fact_ids if one in known)
    return {"model": candidate.llm_model or "", "prompt": candidate.prompt_version or "", "facts": facts}
