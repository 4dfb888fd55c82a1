"""A synthetic person in words, for the judge. Everything is made up; nothing is about a real person.

A number becomes one of three phrases, depending on its tertile in the distribution of
``people.create_persona``.
"""

from __future__ import annotations

import math
from datetime import timedelta

from bot.simulate.clock import quarter
from bot.simulate.people import Persona
from core.chat import Message
from core.records import Context, PastTip

RECENT = timedelta(days=2)
STRONG_TASTE = 0.5
"""Log odds from which on a taste is mentioned."""

Words = dict[str, object]


def describe_situation(persona: Persona, context: Context, message: Message) -> Words:
    """The person, the moment, their recent tips, and the ``message`` as they see it."""
    return {
        "person": describe_persona(persona),
        "moment": _moment(persona, context),
        "lately": _recent_tips(context),
        "message": {
            "text": message.text,
            "buttons": [button.label for row in message.buttons for button in row],
        },
    }


def describe_persona(persona: Persona) -> Words:
    """The person's traits and present tastes in words."""
    traits, tastes = persona.traits, persona.tastes
    wearied = math.log(traits.fatigue_weight / 0.15)
    return {
        "tips": _tertile_phrase(
            (traits.baseline_log_odds + 0.7) / 0.5, "rarely follows one", "follows some", "follows many"
        ),
        "long tasks": _tertile_phrase(
            (traits.duration_weight - 0.25) / 0.2, "don't matter", "are a burden", "are put off"
        ),
        "due dates": _tertile_phrase(
            (traits.urgency_weight - 1.3) / 0.5, "hardly count", "count", "press hard"
        ),
        "many messages": _tertile_phrase(wearied / 0.5, "hardly tire them", "tire them", "soon tire them"),
        "messages overlooked": f"{1 - traits.notice_probability:.0%}",
        "usual minutes until an answer": round(traits.median_delay_minutes),
        "likes": [topic for topic, taste in tastes.items() if taste >= STRONG_TASTE],
        "dislikes": [topic for topic, taste in tastes.items() if taste <= -STRONG_TASTE],
        "best hour for": {topic: quarter(peak) for topic, peak in traits.peak_hours.items()},
        "wakes": quarter(traits.wakes),
        "works": f"Monday to Friday, {quarter(traits.starts_work)} to {quarter(traits.ends_work)}",
        "sleeps": quarter(traits.sleeps),
    }


def _tertile_phrase(deviations: float, low: str, middle: str, high: str) -> str:
    """The phrase for a number that is ``deviations`` standard deviations above the mean."""
    if abs(deviations) < 0.43:
        return middle
    return high if deviations > 0 else low


def _moment(persona: Persona, context: Context) -> Words:
    local = context.now.astimezone(persona.zone)
    return {
        "time": f"{local:%A} {local.day} {local:%B %Y}, {local:%H:%M}",
        "doing": _doing(persona, context),
        "place": "at home" if persona.zone.key == persona.traits.home else "on a journey",
        "open tasks": context.open_tasks,
        "overdue": context.overdue_tasks,
    }


def _doing(persona: Persona, context: Context) -> str:
    if not persona.is_awake(context.now):
        return "asleep"
    return "at work" if persona.is_working(context.now) else "off work"


def _recent_tips(context: Context) -> list[Words]:
    """Tips of the last two days, latest first."""
    return [
        {
            "hours ago": round((context.now - past.decided_at) / timedelta(hours=1), 1),
            "message": past.content,
            "reaction": _reaction(past),
        }
        for past in context.past
        if context.now - past.decided_at <= RECENT
    ]


def _reaction(past: PastTip) -> str:
    if past.reaction is None:
        return "none so far"
    return f"{past.reaction.value}: {past.reason.value}" if past.reason else past.reaction.value
