"""What a reply to a tip says about that tip, and what only a reply may say so briefly."""

from __future__ import annotations

import pytest

from core.errors import BadInput
from core.words.intents import Complete, Dismiss, Intent, Mute, NotNow, Snooze, Undo, Why
from core.words.replies import about_tip, is_no_value, reply_phrase
from core.words.understand import understand
from tests.core.words.times import BERLIN, NOW, berlin


def meant(text: str) -> Intent | None:
    return reply_phrase(text) or about_tip(text, understand(text, now=NOW, zone=BERLIN), now=NOW, zone=BERLIN)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("yes, did it", Complete()),
        ("schon erledigt!", Complete()),
        ("c'est fait", Complete()),
        ("later", NotNow()),
        ("plus tard", NotNow()),
        ("nope", Dismiss()),
        ("nein danke", Dismiss()),
        ("oops", Undo()),
        ("pourquoi ça ?", Why()),
        ("never again", Mute(topic="")),
        ("remind me later", Snooze()),
    ],
)
def test_a_phrase_is_about_the_tip(text: str, intent: Intent) -> None:
    assert reply_phrase(text) == intent


@pytest.mark.parametrize("text", ["buy milk", "Pay rent tomorrow 9am", "what is on my list?", "hello", ""])
def test_something_else_is_not_about_the_tip(text: str) -> None:
    assert reply_phrase(text) is None
    assert meant(text) is None


@pytest.mark.parametrize("text", ["tomorrow", "no, tomorrow", "lieber morgen", "demain", "until tomorrow"])
def test_a_moment_alone_is_a_snooze(text: str) -> None:
    assert meant(text) == Snooze(until=berlin("2027-03-17 09:00"))


def test_what_is_understood_by_itself_counts_only_if_it_can_be_about_a_tip() -> None:
    assert about_tip("this is done", Complete(title="this"), now=NOW, zone=BERLIN) == Complete()
    assert about_tip("undo", Undo(), now=NOW, zone=BERLIN) == Undo()
    assert about_tip("bring back the bike", Undo(of="off", title="bike"), now=NOW, zone=BERLIN) is None
    assert about_tip("mute rent", Mute(topic="rent"), now=NOW, zone=BERLIN) is None


def test_a_moment_that_is_over_is_refused() -> None:
    with pytest.raises(BadInput, match="past"):
        meant("2020-01-01")


def test_a_deed_is_about_a_task_and_not_about_the_tip() -> None:
    assert about_tip("x", Complete(title="rent", deed="paid"), now=NOW, zone=BERLIN) is None


@pytest.mark.parametrize("text", ["never mind", "Abbrechen!", "laisse tomber"])
def test_an_answer_may_withdraw_its_question(text: str) -> None:
    assert is_no_value(text)
    assert not is_no_value(f"{text} the rent")
