"""Spanish: dates and times, wishes, requests, questions and replies; and what is no Spanish."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from core.words.dates.normal_form import without_punctuation
from core.words.dates.own_words import language_of
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.phrasebooks.es.times import TIMES
from core.words.replies import about_tip, reply_phrase
from core.words.settings import format_quiet, format_times, parse_quiet, parse_times
from core.words.task_text import infinitive
from core.words.tasks import parse_task
from core.words.understand import understand
from tests.core.words import changes
from tests.core.words.reported import NOW, Reported, rows
from tests.core.words.spanish import BERLIN, Saying, said, sayings
from tests.rows import each_of

_FOREIGN = (Path(__file__).parent / "not_spanish.txt").read_text(encoding="utf-8").splitlines()


@each_of(rows("spanish"), ids=lambda row: row.typed)
def test_the_date_of_a_spanish_to_do_is_understood_and_nothing_else_leaves_its_title(row: Reported) -> None:
    draft = parse_task(row.typed, now=NOW, zone=BERLIN)
    at = draft.due.at.isoformat("minutes") if draft.due and draft.due.at else ""
    day = draft.due.on.isoformat() if draft.due else ""
    assert (draft.title, day, at, draft.repeats or "") == (row.title, row.day, row.at, row.rule)


@each_of(sayings("spanish_talk"), ids=lambda row: row.typed)
def test_a_spanish_message_is_understood(row: Saying) -> None:
    assert said(understand(row.typed, now=NOW, zone=BERLIN)) == row.wanted


@each_of(sayings("spanish_talk"), ids=lambda row: row.typed)
def test_capitals_and_missing_accents_change_nothing(row: Saying) -> None:
    plain = row.typed.translate(str.maketrans("áéíóúñ", "aeioun"))
    intent = understand(plain[0].upper() + plain[1:], now=NOW, zone=BERLIN)
    wanted = row.wanted.translate(str.maketrans("áéíóúñ", "aeioun"))
    assert said(intent).translate(str.maketrans("áéíóúñ", "aeioun")).casefold() == wanted.casefold()


@pytest.mark.parametrize("row", sayings("spanish_replies"), ids=lambda row: row.typed)
def test_a_spanish_reply_to_a_tip_is_understood(row: Saying) -> None:
    phrase = reply_phrase(row.typed)
    own = None if phrase else understand(row.typed, now=NOW, zone=BERLIN)
    assert said(phrase or about_tip(row.typed, own, now=NOW, zone=BERLIN)) == row.wanted


def test_there_are_enough_rows_of_each_kind() -> None:
    dates, talk = rows("spanish"), sayings("spanish_talk")
    assert sum(row.day != "" for row in dates) + sum(row.wanted != "-" for row in talk) >= 120
    assert sum(row.day == "" for row in dates) + sum(row.wanted == "-" for row in talk) + len(_FOREIGN) >= 40


# --- What is no Spanish ------------------------------------------------------------------------------------


def is_spanish(text: str) -> bool:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return language_of([without_punctuation(one) for one in plain.split()]) is not None


@pytest.mark.parametrize("typed", _FOREIGN)
def test_a_text_in_another_language_with_spanish_words_is_not_read_as_spanish(typed: str) -> None:
    assert not is_spanish(typed)


def test_no_to_do_and_no_request_of_the_other_tables_is_read_as_spanish() -> None:
    texts = [row.typed for name in ("reported", "relatives") for row in rows(name)]
    texts += [row.typed for row in changes.rows()]
    assert [text for text in texts if is_spanish(text)] == []


@pytest.mark.parametrize("typed", ["once", "mayo", "mar", "a", "de", "sale", "pan", "con", "mes", "domingo"])
def test_a_word_that_two_languages_have_is_not_spanish_by_itself(typed: str) -> None:
    assert not is_spanish(typed)


def test_a_word_that_two_languages_have_is_spanish_among_spanish_words() -> None:
    assert sentence_of(tokens_of("cena a las once")).english == "cena at 11"
    assert sentence_of(tokens_of("el 3 de mayo")).english == "le 3 of may"


# --- Settings, and the phrasebook itself -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("de 22 a 7", "22:00–7:00"),
        ("de las 22 a las 7", "22:00–7:00"),
        ("22:00 hasta las 7", "22:00–7:00"),
        ("entre las 22 y las 7", "22:00–7:00"),
        ("de lunes a viernes de 9 a 12", "mon–fri 9:00–12:00"),
        ("todos los días de 22h a 7h", "22:00–7:00"),
        ("los fines de semana todo el día", "sat, sun all day"),
        ("sábados y domingos de 10 a 12", "sat, sun 10:00–12:00"),
        ("de 10 de la noche a 7 de la mañana", "22:00–7:00"),
        ("lun-vie 9-12", "mon–fri 9:00–12:00"),
    ],
)
def test_quiet_hours_in_spanish_are_understood(typed: str, wanted: str) -> None:
    assert format_quiet(parse_quiet(typed)) == wanted


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("lunes 9:00, viernes 18:00", "mon 9:00; fri 18:00"),
        ("todos los días a las 9", "9:00"),
        ("de lunes a viernes a las 9 y a las 18", "mon–fri 9:00, 18:00"),
        ("lun-vie 9 13, sáb 10:30", "mon–fri 9:00, 13:00; sat 10:30"),
    ],
)
def test_times_in_spanish_are_understood(typed: str, wanted: str) -> None:
    assert format_times(parse_times(typed)) == wanted


@pytest.mark.parametrize(
    ("said_after_que", "wanted"),
    [
        ("llame a Ana", "llamar a Ana"),
        ("pague la luz", "pagar la luz"),
        ("saque la basura", "sacar la basura"),
        ("organice la fiesta", "organizar la fiesta"),
        ("beba agua", "beber agua"),
        ("me tome la pastilla", "tomarme la pastilla"),
        ("la cena", "la cena"),
    ],
)
def test_a_subjunctive_becomes_an_infinitive(said_after_que: str, wanted: str) -> None:
    assert infinitive(said_after_que, "es") == wanted


def test_the_words_of_the_phrasebook_are_as_its_frame_wants_them() -> None:
    spelled = " ".join((*TIMES.words, *TIMES.phrases, *TIMES.sure, *TIMES.hints))
    assert not set("áéíóúüñ").intersection(spelled)
    assert spelled == spelled.lower()
    assert not TIMES.sure & TIMES.others
