"""A synthetic person in words: what a judge is told of them. All of it is made up, nothing is about anybody.

A figure becomes one of three phrases, by how far it is from what ``people.born`` makes on average.
"""

from __future__ import annotations

import math
from datetime import timedelta

from bot.simulate.clock import quarter
from bot.simulate.people import Persona
from core.chat import Message
from core.model import Context, PastTip

LATELY = timedelta(days=2)
STRONG = 0.5
"""A taste of so many log odds is worth a word."""

Words = dict[str, object]


def situation(persona: Persona, context: Context, message: Message) -> Words:
    """Who they are, what moment it is, what they were sent lately, and the ``message`` as they see it."""
    return {
        "person": portrait(persona),
        "moment": _moment(persona, context),
        "lately": _lately(context),
        "message": {
            "text": message.text,
            "buttons": [button.label for row in message.buttons for button in row],
        },
    }


def portrait(persona: Persona) -> Words:
    """What they are like these days."""
    nature, tastes = persona.nature, persona.tastes
    wearied = math.log(nature.weariness / 0.15)
    return {
        "tips": _degree((nature.eager + 0.7) / 0.5, "rarely follows one", "follows some", "follows many"),
        "long tasks": _degree((nature.brevity - 0.25) / 0.2, "don't matter", "are a burden", "are put off"),
        "due dates": _degree((nature.urgency - 1.3) / 0.5, "hardly count", "count", "press hard"),
        "many messages": _degree(wearied / 0.5, "hardly tire them", "tire them", "soon tire them"),
        "messages overlooked": f"{1 - nature.notices:.0%}",
        "usual minutes until an answer": round(nature.delay),
        "likes": [topic for topic, taste in tastes.items() if taste >= STRONG],
        "dislikes": [topic for topic, taste in tastes.items() if taste <= -STRONG],
        "best hour for": {topic: quarter(peak) for topic, peak in nature.peaks.items()},
        "wakes": quarter(nature.wakes),
        "works": f"Monday to Friday, {quarter(nature.starts_work)} to {quarter(nature.ends_work)}",
        "sleeps": quarter(nature.sleeps),
    }


def _degree(deviations: float, low: str, middle: str, high: str) -> str:
    """A phrase for a figure that is so many standard deviations off: each is said of a third of them."""
    if abs(deviations) < 0.43:
        return middle
    return high if deviations > 0 else low


def _moment(persona: Persona, context: Context) -> Words:
    local = context.now.astimezone(persona.zone)
    return {
        "time": f"{local:%A} {local.day} {local:%B %Y}, {local:%H:%M}",
        "doing": _doing(persona, context),
        "place": "at home" if persona.zone.key == persona.nature.home else "on a journey",
        "open tasks": context.open_tasks,
        "overdue": context.overdue_tasks,
    }


def _doing(persona: Persona, context: Context) -> str:
    if not persona.is_awake(context.now):
        return "asleep"
    return "at work" if persona.is_working(context.now) else "off work"


def _lately(context: Context) -> list[Words]:
    """What came before, the latest first."""
    return [
        {
            "hours ago": round((context.now - past.decided_at) / timedelta(hours=1), 1),
            "message": past.content,
            "reaction": _reaction(past),
        }
        for past in context.past
        if context.now - past.decided_at <= LATELY
    ]


def _reaction(past: PastTip) -> str:
    if past.reaction is None:
        return "none so far"
    return f"{past.reaction.value}: {past.reason.value}" if past.reason else past.reaction.value
