"""What oO believes about a person, with the evidence, and what they said of that."""

from __future__ import annotations

from bot.screens import texts
from bot.screens.dates import counted
from bot.screens.markup import join, say
from bot.screens.tasks import say_buttons
from core.chat import Button, Message
from core.learning.beliefs import FEWEST, Belief, Beliefs
from core.model import Correction, CorrectionState, Person, TipKind

MOSTLY, RARELY = 1 / 2, 1 / 3  # shares


def learned(found: Beliefs, person: Person) -> Message:
    """Each belief in a line, numbered when there are several, with three buttons; what was said is marked."""
    entries: list[Belief | Correction] = [*found.held, *found.wrong]
    numbers = [str(number) if len(entries) > 1 else "" for number in range(1, len(entries) + 1)]
    lines = [_line(found), *map(_entry, entries, numbers)]
    if not person.preferences.learn:
        lines.append(say(texts.LEARNED_OFF))
    return join(*lines)


def _line(found: Beliefs) -> Message:
    """The first line: how much there is to learn from, and what it comes to."""
    if found.held:
        return say(texts.LEARNED_HEAD, done=found.done, shown=found.shown)
    if found.shown < 2 * FEWEST:
        shown = counted(found.shown, "tip") if found.shown else texts.LEARNED_NONE
        return say(texts.LEARNED_FEW, shown=shown, needed=2 * FEWEST)
    return say(texts.LEARNED_EVEN, done=found.done, shown=found.shown)


def _entry(entry: Belief | Correction, number: str) -> Message:
    first = f"{number}. " if number else ""
    if isinstance(entry, Correction):
        denied = say(texts.LEARNED_DENIED, number=first, cross=texts.LEARNED_CROSS, group=group(entry.belief))
        return join(denied, say_buttons([(_undo(entry, number),)]))
    said = entry.correction
    tick = texts.LEARNED_TICK if said else ""
    line = say(texts.LEARNED_LINE, number=first, tick=tick, belief=belief_words(entry))
    return join(line, say_buttons([(_undo(said, number),) if said else _choices(entry, number)]))


def _choices(belief: Belief, number: str) -> tuple[Button, ...]:
    labels = {"right": texts.RIGHT, "wrong": texts.WRONG, "forget": texts.FORGET}
    return tuple(
        Button(label=_numbered(label, number), verb=f"belief_{verb}", arg=belief.code)
        for verb, label in labels.items()
    )


def _undo(said: Correction, number: str) -> Button:
    """Takes back what was said, and redraws the list."""
    return Button(label=_numbered(texts.UNDO, number), verb="belief_undo", arg=f"{said.correction_id} list")


def _numbered(label: str, number: str) -> str:
    return f"{label} {number}" if number else label


def belief_words(belief: Belief) -> str:
    """``Tasks in the morning worked for you: 14 of 18.``"""
    share = belief.done / belief.shown
    if belief.works:
        sentence = texts.BELIEF_WORKS if share >= MOSTLY else texts.BELIEF_BETTER
    else:
        sentence = texts.BELIEF_RARELY if share < RARELY else texts.BELIEF_LESS
    return sentence.format(group=group(belief.code), done=belief.done, shown=belief.shown)


def group(code: str) -> str:
    """A group of tips by its code: ``Tasks in the morning``."""
    name, _, of = code.partition(":")
    words = texts.GROUP[name].replace("{of}", of)
    return f"{words} {texts.PART_OF_DAY[of]}" if of and name in set(TipKind) else words


def corrected(said: Correction) -> Message:
    """A belief was found wrong, or is forgotten; one tap takes that back."""
    undo = (Button(label=texts.UNDO, verb="belief_undo", arg=said.correction_id),)
    words = group(said.belief)
    if said.state is CorrectionState.FORGOTTEN:
        return say(texts.BELIEF_FORGOTTEN, undo, group=words, shown=len(said.decisions))
    taught = texts.BELIEF_WRONG_TAUGHT.format(count=said.count) if said.count else ""
    return say(texts.BELIEF_WRONG, undo, group=words, taught=taught)


def restored(said: Correction) -> Message:
    """It was taken back."""
    return say(texts.BELIEF_RESTORED, group=group(said.belief))
