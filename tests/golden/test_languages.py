"""What people read in other languages is as somebody agreed to it: ``tests/golden/languages.py``."""

from __future__ import annotations

import pytest

from core.chat import Button
from tests.golden.languages import FOLDER, TRANSLATED, messages_in, text_in
from tests.golden.messages import MESSAGES
from tests.golden.screens import golden

MAX_LABEL = 40
"""Characters of a button's label that a phone shows; Slack takes 75."""


@pytest.mark.parametrize("code", TRANSLATED)
def test_messages_look_as_they_were_agreed(code: str) -> None:
    assert text_in(code) == (FOLDER / f"{code}.txt").read_text(encoding="utf-8")


def test_every_language_has_its_file() -> None:
    assert sorted(file.stem for file in FOLDER.glob("*.txt")) == sorted(TRANSLATED)


@pytest.mark.parametrize("code", TRANSLATED)
def test_messages_have_the_lines_and_buttons_of_the_english_ones(code: str) -> None:
    for name, said in messages_in(code).items():
        english = MESSAGES[name]
        assert len(said.lines) == len(english.lines), name
        assert [verbs(row) for row in said.buttons] == [verbs(row) for row in english.buttons], name


def verbs(row: tuple[Button, ...]) -> list[str]:
    return [f"{button.verb} {button.arg}" for button in row]


@pytest.mark.parametrize("code", TRANSLATED)
def test_messages_fit_on_one_page_of_every_platform(code: str) -> None:
    for said in messages_in(code).values():
        assert golden(said)


@pytest.mark.parametrize("code", ["en", *TRANSLATED])
def test_labels_fit_on_the_buttons_of_a_phone(code: str) -> None:
    labels = [button.label for said in messages_in(code).values() for row in said.buttons for button in row]
    assert [label for label in labels if len(label) > MAX_LABEL] == []
