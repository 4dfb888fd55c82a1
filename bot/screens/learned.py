"""What oO believes about a person, with the evidence and the person's corrections.

Tests: tests/golden/test_screens.py.
"""

from __future__ import annotations

from bot.screens import texts, texts_why
from bot.screens.dates import counted
from bot.screens.markup import join, say
from bot.screens.tasks import say_buttons
from bot.screens.topics import topic_words
from core.chat import Button, Message
from core.learning.beliefs import MIN_GROUP_TIPS, Belief, Beliefs
from core.records import Correction, CorrectionState, Person, Purpose, TipKind

WORKS_SHARE, RARELY_SHARE = 1 / 2, 1 / 3
"""A group "worked" from the first share of done tips on, and "rarely worked" below the second."""


def learned(found: Beliefs, person: Person) -> Message:
    """A line for each belief, with three buttons; the lines are numbered if there are several.

    Confirmed and contradicted beliefs are marked.
    """
    entries: list[Belief | Correction] = [*found.held, *found.wrong]
    numbers = [str(number) if len(entries) > 1 else "" for number in range(1, len(entries) + 1)]
    lines = [head(found), *map(entry_of, entries, numbers)]
    if not person.allows(Purpose.LEARNING):
        lines.append(say(texts_why.LEARNED_OFF))
    return join(*lines)


def head(found: Beliefs) -> Message:
    """The first line: how many tips were learned from, and whether anything stands out."""
    if found.held:
        return say(texts_why.LEARNED_HEAD, done=found.done, shown=found.shown)
    if found.shown < 2 * MIN_GROUP_TIPS:
        shown = counted(found.shown, "tip") if found.shown else texts_why.LEARNED_NONE
        return say(texts_why.LEARNED_FEW, shown=shown, needed=2 * MIN_GROUP_TIPS)
    return say(texts_why.LEARNED_EVEN, done=found.done, shown=found.shown)


def entry_of(entry: Belief | Correction, number: str = "") -> Message:
    """One belief, or one that the person has contradicted, with its buttons."""
    first = f"{number}. " if number else ""
    if isinstance(entry, Correction):
        denied = say(
            texts_why.LEARNED_DENIED, number=first, cross=texts_why.LEARNED_CROSS, group=group(entry.belief)
        )
        return join(denied, say_buttons([(_undo(entry, number),)]))
    correction = entry.correction
    tick = texts_why.LEARNED_TICK if correction else ""
    line = say(texts_why.LEARNED_LINE, number=first, tick=tick, belief=belief_words(entry))
    return join(line, say_buttons([(_undo(correction, number),) if correction else _choices(entry, number)]))


def _choices(belief: Belief, number: str) -> tuple[Button, ...]:
    labels = {"right": texts.RIGHT, "wrong": texts.WRONG, "forget": texts.FORGET}
    return tuple(
        Button(label=_numbered(label, number), verb=f"belief_{verb}", arg=belief.code)
        for verb, label in labels.items()
    )


def _undo(correction: Correction, number: str) -> Button:
    """The button that takes a correction back and redraws the list."""
    label, correction_id = _numbered(texts.UNDO, number), correction.correction_id
    return Button(label=label, verb="belief_undo", arg=f"{correction_id} list")


def _numbered(label: str, number: str) -> str:
    return f"{label} {number}" if number else label


def belief_words(belief: Belief) -> str:
    """``Tasks in the morning worked for you: 14 of 18.``"""
    share = belief.done / belief.shown
    if belief.works:
        sentence = texts_why.BELIEF_WORKS if share >= WORKS_SHARE else texts_why.BELIEF_BETTER
    else:
        sentence = texts_why.BELIEF_RARELY if share < RARELY_SHARE else texts_why.BELIEF_LESS
    return sentence.format(group=group(belief.code), done=belief.done, shown=belief.shown)


def group(code: str) -> str:
    """A group of tips by its code: ``Tasks in the morning``."""
    name, _, of = code.partition(":")
    words = texts_why.GROUP[name].replace("{of}", topic_words(of) if name == "topic" else of)
    return f"{words} {texts_why.PART_OF_DAY[of]}" if of and name in set(TipKind) else words


def corrected(correction: Correction) -> Message:
    """Says that a belief was contradicted or forgotten, with a button that undoes it."""
    undo = (Button(label=texts.UNDO, verb="belief_undo", arg=correction.correction_id),)
    words = group(correction.belief)
    if correction.state is CorrectionState.FORGOTTEN:
        return say(texts_why.BELIEF_FORGOTTEN, undo, group=words, shown=len(correction.decisions))
    effect = texts_why.BELIEF_WRONG_TAUGHT.format(count=correction.count) if correction.count else ""
    return say(texts_why.BELIEF_WRONG, undo, group=words, taught=effect)


def restored(correction: Correction) -> Message:
    """Says that a correction was taken back."""
    return say(texts_why.BELIEF_RESTORED, group=group(correction.belief))
