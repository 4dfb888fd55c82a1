"""What language models answer: tips, steps of a task, talk."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace

from bot.conversation.proposals import MAX_ARGUMENT, _named
from bot.conversation.talk import harmless
from core.errors import LanguageModelUnavailable
from core.llm.answers import MAX_ANSWER_CHARS, Fields, parse_answer
from core.records import Task, TipCandidate
from core.text import clean_strictly
from core.tips.pieces import MAX_PIECES, MAX_TITLE_CHARS, PIECES_SCHEMA, context_of, parse_pieces
from core.tips.prompt import ACCEPTED_TALK, LINK, MAX_LINE_CHARS, TIP_SCHEMA, parse_tips
from tests.core.moments import CONTEXT, moment
from tests.core.outsiders import NOW
from tests.fuzz.target import Shape, Target, by_name, choice, chosen, text_of
from tests.fuzz.targets.platforms import keys_of

TASK = Task(task_id="tax", person_id="ada", title="Tax declaration 2026", created_at=NOW)
BOAT = replace(TASK, task_id="boat", title="Call Bob about the boat")
KNOWN = context_of(TASK, moment(BOAT, TASK))


def _tips(fields: Fields) -> None:
    ids = {fact.fact_id for fact in CONTEXT.facts}
    try:
        tips: tuple[TipCandidate, ...] = parse_tips(fields, CONTEXT, model="m", version="v", count=3)
    except LanguageModelUnavailable:
        return
    for tip in tips:
        assert len(tip.content) <= MAX_LINE_CHARS
        f"{tip.content}{tip.rationale}{tip.topic}".encode()
        assert set(tip.fact_ids) <= ids
        assert tip.dropped or (tip.content and tip.rationale and tip.fact_ids)
        assert tip.dropped or not LINK.search(f"{tip.content}\n{tip.rationale}")


def _pieces(fields: Fields) -> None:
    with suppress(LanguageModelUnavailable):
        titles = parse_pieces(fields, TASK, KNOWN)
        assert 2 <= len(titles) <= MAX_PIECES
        assert all(0 < len(title) <= MAX_TITLE_CHARS for title in titles)
        assert not any(LINK.search(title) or "Bob" in title for title in titles)


def _talk(fields: Fields) -> None:
    reply = harmless(clean_strictly(str(fields.get("reply") or ""), 600))
    assert not LINK.search(reply)
    for name, argument in _named(fields):
        f"{name}{argument}".encode()
        assert len(argument) <= MAX_ARGUMENT


_KINDS = ((TIP_SCHEMA, _tips), (PIECES_SCHEMA, _pieces), (ACCEPTED_TALK, _talk))


def _answers(data: bytes) -> None:
    (schema, check), rest = chosen(data, _KINDS)
    text, _, thoughts = text_of(rest).partition("\x1e")
    try:
        fields = parse_answer(text, schema, thoughts=thoughts)
    except ValueError as fault:
        assert str(fault) in _REASONS
        return
    assert isinstance(fields, dict)
    assert (
        len(text) <= MAX_ANSWER_CHARS
        or not text.strip()
        or thoughts
        or "think" in text.lower()
        or "<|" in text
    )
    check(fields)


_REASONS = {
    "the answer is too long",
    "the JSON is malformed",
    "there is no JSON object",
    "there is no answer, only thinking",
}
_TIP = {
    "content": "Do your taxes first.",
    "rationale": "It is due.",
    "fact_ids": ["t1"],
    "minutes": 20,
    "topic": "tax",
}
_GOOD = (
    (0, {"tips": [_TIP, _TIP]}),
    (1, {"pieces": [{"title": "Find the receipts"}, {"title": "Fill in the form"}]}),
    (2, {"reply": "Sure.", "actions": [{"name": "add_task", "argument": "call mum tomorrow"}]}),
    (2, {"reply": "Done.", "action": {"name": "set_quiet", "argument": "22-7"}}),
)
_AROUND = (
    *("{}", "```json\n{}\n```", "<think>hm {{</think>{}", "Sure! {} Have fun.", "[{}]", '{{"answer": {}}}'),
    *(
        "{}\x1ethoughts {{",
        "\x1eI think {}",
        "<|channel|>final<|message|>{}<|end|>",
        "analysis x assistantfinal{}",
    ),
)

ANSWERS = Target(
    name="answers",
    run=_answers,
    seeds=lambda: [
        *(choice(kind, around.format(json.dumps(good))) for kind, good in _GOOD for around in _AROUND),
        *(choice(kind, json.dumps(good)[:-cut]) for kind, good in _GOOD for cut in (1, 3, 9, 30)),
    ],
    shape=Shape.JSON,
    words=lambda: (
        *keys_of([good for _, good in _GOOD]),
        "<think>",
        "</think>",
        "```",
        "parameters",
        "tool",
        "output",
        "\\u",
        "“",
    ),
)

TARGETS = by_name(ANSWERS)
