"""A catalogue is read as gettext files are, and what is not certain in it is not used."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.languages import catalogue
from bot.languages.catalogue import Catalogue, catalogue_of, plural

POLISH = r"""
msgid ""
msgstr ""
"Language: pl\n"
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\n"

msgctxt "texts.HELLO"
msgid "Hello"
msgstr "Cześć"

#, fuzzy
msgctxt "texts.YES"
msgid "Yes"
msgstr "Nie"

msgctxt "texts.NO"
msgid "No"
msgstr ""

msgctxt "texts_mail.HELLO"
msgid "Hello"
msgstr "Witaj"

msgctxt "texts.TASKS"
msgid "a task"
msgid_plural "{count} tasks"
msgstr[0] "{count} zadanie"
msgstr[1] "{count} zadania"
msgstr[2] "{count} zadań"

#~ msgctxt "COMMANDS.tip"
#~ msgid "a tip now"
#~ msgstr "wskazówka"

msgctxt "texts.LAST"
msgid "The end"
msgstr "Koniec"
"""


@pytest.fixture
def polish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    (tmp_path / "pl").mkdir()
    (tmp_path / "pl" / "messages.po").write_text(POLISH, encoding="utf-8")
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    return catalogue_of("pl")


def test_a_sentence_is_found_by_its_context(polish: Catalogue) -> None:
    assert polish.sentence("texts.HELLO", "Hello") == "Cześć"
    assert polish.sentence("texts.OTHER", "Hello") == "Hello"


def test_fuzzy_and_empty_translations_are_not_used(polish: Catalogue) -> None:
    assert polish.sentence("texts.YES", "Yes") == "Yes"
    assert polish.sentence("texts.NO", "No") == "No"


def test_a_number_gets_the_form_that_the_language_has_for_it(polish: Catalogue) -> None:
    tasks = polish.plural("texts.TASKS", plural("a task", "{count} tasks"))

    assert [tasks.of(count) for count in (1, 3, 5, 12, 22)] == [
        "1 zadanie",
        "3 zadania",
        "5 zadań",
        "12 zadań",
        "22 zadania",
    ]


def test_a_topic_is_found_wherever_its_entries_stand(polish: Catalogue) -> None:
    """An editor may have put them in another order."""
    assert polish.sentence("texts_mail.HELLO", "Hello") == "Witaj"
    assert polish.sentence("texts.LAST", "The end") == "Koniec"
    assert polish.sentence("COMMANDS.tip", "a tip now") == "a tip now"


def test_english_has_no_file() -> None:
    assert catalogue_of("en").sentence("texts.HELLO", "Hello") == "Hello"
