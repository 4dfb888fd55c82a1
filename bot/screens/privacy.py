"""What a person allows, purpose by purpose, with a switch for each.

Tests: tests/golden/test_screens.py, tests/scenarios/test_privacy.py.
"""

from __future__ import annotations

from bot.screens import texts, texts_notifications, texts_privacy, texts_settings, texts_talk
from bot.screens.markup import join, say
from bot.screens.settings import HOURS
from bot.screens.welcome import llm_sentence
from core.chat import Button, Message
from core.people.talk_memory import remembers
from core.records import Consent, Person, Purpose


def privacy(person: Person, *, llm: str | None, has_learned: bool, notifications: bool = False) -> Message:
    """What is stored and sent where; then each purpose: whether it is allowed, and what is lost without it.

    ``llm`` names where the language model runs, None without one. ``has_learned``: whether something learned
    about the person is stored. ``notifications``: a platform tells whether they are silenced.
    """
    head = texts_talk.PRIVACY_WITH_MEMORY if llm and remembers(person) else texts.PRIVACY
    stored = say(head, llm=llm_sentence(llm), hours=HOURS)
    data = (
        Button(label=texts.EXPORT_ALL, verb="export"),
        Button(label=texts.DELETE_ALL, verb="delete"),
    )
    if person.consent is not Consent.AGREED:
        return _with_buttons(stored, [data])
    missing = {Purpose.TALK: not llm, Purpose.NOTIFICATIONS: not notifications}
    shown = [one for one in Purpose if not missing.get(one)]
    is_kept = has_learned and not person.allows(Purpose.LEARNING)
    lines = [_line(one, person) for one in shown]
    rows = [_switches(shown[start : start + 2], person) for start in range(0, len(shown), 2)]
    if is_kept:
        lines.append(say(texts_privacy.LEARNED_KEPT))
        rows.append((Button(label=texts_privacy.ERASE_LEARNED, verb="erase_learned"),))
    return _with_buttons(join(stored, *lines), [*rows, data])


def _with_buttons(message: Message, rows: list[tuple[Button, ...]]) -> Message:
    return Message(lines=message.lines, buttons=tuple(rows))


def _line(purpose: Purpose, person: Person) -> Message:
    return say(
        texts_privacy.PURPOSE_LINE,
        name=texts_privacy.PURPOSE_NAMES[purpose],
        state=texts_settings.ON if person.allows(purpose) else texts_settings.OFF,
        without=purpose_words(purpose, person),
    )


def purpose_words(purpose: Purpose, person: Person) -> str:
    """What a purpose that is allowed means, and what is lost without it; what would be had with it."""
    words = texts_privacy.PURPOSE_ON if person.allows(purpose) else texts_privacy.PURPOSE_OFF
    return words[purpose].replace("{hours}", str(HOURS))


def _switches(purposes: list[Purpose], person: Person) -> tuple[Button, ...]:
    """Buttons that name the state they set, so that a second tap changes nothing."""
    return tuple(switch(one, is_on=person.allows(one)) for one in purposes)


def switch(purpose: Purpose, *, is_on: bool) -> Button:
    """The button that allows or refuses a purpose."""
    label = (texts_privacy.SWITCH_OFF if is_on else texts_privacy.SWITCH_ON)[purpose]
    return Button(label=label, verb="purpose", arg=f"{purpose} {'off' if is_on else 'on'}")


def notifications_question() -> Message:
    """Ask whether silenced notifications may be seen."""
    return say(
        texts_notifications.ASK,
        (
            Button(label=texts_notifications.YES, verb="notifications", arg="on"),
            Button(label=texts_notifications.NO, verb="notifications", arg="off"),
        ),
    )


def erase_question() -> Message:
    """Ask before what was learned is erased."""
    return say(
        texts_privacy.ERASE_ASK,
        (
            Button(label=texts_privacy.ERASE_LEARNED, verb="erase_learned_now"),
            Button(label=texts.KEEP, verb="keep_learned"),
        ),
    )
