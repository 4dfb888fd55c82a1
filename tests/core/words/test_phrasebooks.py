from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.words import phrasebooks
from core.words.phrasebooks import books
from core.words.phrasebooks.books import Chapter, languages
from core.words.phrasebooks.patterns import one_of
from core.words.phrasebooks.time_words import TimeWords
from tests.core.words.italian import constants, write_italian

CHAPTERS = {name: value for name, value in vars(books).items() if isinstance(value, Chapter)}
WORDS = Path(phrasebooks.__file__).parent.parent
OTHERS = tuple(code for code in languages() if code != "en")

NORMAL_FORM = frozenset(
    (
        "le",
        "zum",
        "vor",
        "dici",
        "uhr",
        "halb",
        "plus",
        "tard",
        "paar",
        "fois",
        "couple",
        "overmorrow",
        "overnext",
        "years",
        "eve",
        "quarters",
        "biweekly",
        "minus",
        "st",
    )
)
"""Words of the normal form of dates (``core/words/dates``), which is grammar of the engine."""


def test_english_comes_first_and_each_folder_is_a_language() -> None:
    assert languages()[0] == "en"
    assert set(languages()) == {one.name for one in WORDS.glob("phrasebooks/??")}


@pytest.mark.parametrize("chapter", CHAPTERS)
@pytest.mark.parametrize("code", OTHERS)
def test_each_phrasebook_has_the_constants_of_the_english_one(chapter: str, code: str) -> None:
    english, other = (constants(CHAPTERS[chapter].books[one]) for one in ("en", code))
    assert sorted(english.keys() - other.keys()) == [], "missing"
    assert sorted(other.keys() - english.keys()) == [], "known to no other language"


@pytest.mark.parametrize("chapter", CHAPTERS)
@pytest.mark.parametrize("code", OTHERS)
def test_each_constant_is_of_the_kind_that_the_english_one_is(chapter: str, code: str) -> None:
    english, other = (constants(CHAPTERS[chapter].books[one]) for one in ("en", code))
    pairs = {name: (_kind(value), _kind(other[name])) for name, value in english.items() if name in other}
    assert {name: kinds for name, kinds in pairs.items() if len({*kinds} - {""}) > 1} == {}


def _kind(value: object) -> str:
    """Texts and tuples of texts are the same to ``Chapter``; empty ones are of any kind."""
    if value is None or isinstance(value, TimeWords):
        return "times"
    if isinstance(value, str | tuple) and not value:
        return ""
    is_text = isinstance(value, str) or (isinstance(value, tuple) and isinstance(value[0], str))
    return "patterns" if is_text else type(value).__name__


def test_a_missing_constant_is_named() -> None:
    with pytest.raises(AttributeError, match="NO_SUCH_WORDS"):
        books.talk.NO_SUCH_WORDS  # noqa: B018


def test_without_patterns_nothing_matches() -> None:
    assert re.match(one_of(()), "") is None


# --- Where words stand -------------------------------------------------------------------------------------


def test_no_code_of_the_engine_holds_words_of_another_language() -> None:
    english, others = set(_words_of_language("en")), set[str]()
    for code in OTHERS:
        others.update(_words_of_language(code))
    foreign = others - english - NORMAL_FORM
    found = {
        f"{path.relative_to(WORDS)}: {word}"
        for path in _engine()
        for word in foreign.intersection(_words_of(path))
    }
    assert sorted(found) == []


def test_the_check_would_find_such_a_word(tmp_path: Path) -> None:
    module = tmp_path / "asks.py"
    module.write_text('"""A docstring: Aufgabe."""\nX = rf"(?:zeige? {Y})"  # Aufgabe\n')
    assert set(_words_of(module)) >= {"zeige"}
    assert "aufgabe" not in set(_words_of(module))


def _engine() -> Iterator[Path]:
    folders = {WORDS / "phrasebooks" / code for code in languages()}
    data = WORDS / "phrasebooks" / "other_languages.py"
    return (path for path in WORDS.rglob("*.py") if path.parent not in folders and path != data)


def _words_of_language(code: str) -> Iterator[str]:
    for path in (WORDS / "phrasebooks" / code).glob("*.py"):
        yield from _words_of(path)


def _words_of(path: Path) -> Iterator[str]:
    """Words of two letters or more in the texts of a module; not those of docstrings, zones and capitals."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            words = re.findall(r"[^\W\d_]{2,}", _NO_WORDS.sub(" ", node.value))
            yield from (word.lower() for word in words if not word.isupper())


_NO_WORDS = re.compile(r"[A-Z]\w+/[A-Z]\w+|\(\?P<\w+>|\\[a-zA-Z]|\[[^\]]*\]")


# --- A language more ---------------------------------------------------------------------------------------

ITALIAN: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("buongiorno", "hello", {}),
    ("grazie mille", "thanks", {}),
    ("aiuto", "help", {}),
    ("non ora", "not now", {}),
    ("perché?", "why?", {}),
    ("annulla", "undo", {}),
    ("fatto!", "done!", {}),
    ("i miei compiti", "my tasks", {}),
    ("cosa devo fare oggi?", "what do I have to do today?", {}),
    ("ho finito la relazione", "I finished the report", {"report": "relazione"}),
    (
        "ricordami domani alle 9 di chiamare Anna",
        "remind me tomorrow at 9 to call Ann",
        {"call Ann": "chiamare Anna"},
    ),
    ("ricordami fra 20 minuti di bere", "remind me in 20 minutes to drink", {"drink": "bere"}),
    ("aggiungi latte domani", "add milk tomorrow", {"milk": "latte"}),
    (
        "devo chiamare Anna venerdì alle 15:00",
        "I have to call Ann friday at 15:00",
        {"call Ann": "chiamare Anna"},
    ),
    ("cancella il compito dentista", "delete the task dentist", {"dentist": "dentista"}),
    ("sposta dentista a venerdì", "move dentist to friday", {"dentist": "dentista"}),
    (
        "rinomina dentista in ortodontista",
        "rename dentist to orthodontist",
        {"orthodontist": "ortodontista", "dentist": "dentista"},
    ),
    ("parla italiano", "speak italian", {}),
    ("parlami in inglese, per favore", "speak english, please", {}),
)

RUN = """
import json, sys
from core.words import phrasebooks
phrasebooks.__path__.append(sys.argv[1])
from datetime import UTC, datetime
from zoneinfo import ZoneInfo
from core.words.languages import clear_language
from core.words.understand import understand
moment = {"now": datetime(2026, 11, 25, 9, tzinfo=UTC), "zone": ZoneInfo("Europe/Berlin")}
texts = json.load(sys.stdin)
print(json.dumps({text: repr(understand(text, **moment)) for text in texts} | {"": clear_language(texts[0])}))
"""


def _understood(folder: Path, *texts: str) -> dict[str, str]:
    """What oO understands with the phrasebooks of the folder, in a process that has no other."""
    found = subprocess.run(
        [sys.executable, "-c", RUN, str(folder)],
        input=json.dumps(texts), capture_output=True, text=True, check=False,
        cwd=WORDS.parent.parent,
    )  # fmt: skip
    assert found.returncode == 0, found.stderr
    return dict(json.loads(found.stdout))


def test_a_folder_is_enough_to_understand_a_language_more(tmp_path: Path) -> None:
    write_italian(tmp_path)
    found = _understood(tmp_path, *(text for italian, english, _ in ITALIAN for text in (italian, english)))
    for italian, english, names in ITALIAN:
        wanted = found[english]
        for name, translated in names.items():
            wanted = wanted.replace(f"'{name}'", f"'{translated}'")
        assert wanted != "None", english
        assert found[italian] == wanted, italian


def test_the_new_language_is_noticed_and_changes_no_other(tmp_path: Path) -> None:
    write_italian(tmp_path)
    texts = (
        "domani devo chiamare il dentista", "remind me tomorrow at 9 to call Ann", "Miete morgen um 9 zahlen",
        "rappelle-moi demain de payer le loyer", "recuérdame mañana a las 9 que pague el alquiler",
    )  # fmt: skip
    with_italian, without = _understood(tmp_path, *texts), _understood(tmp_path / "nothing", *texts)
    assert with_italian.pop("") == "it"
    assert without.pop("") is None
    del with_italian[texts[0]], without[texts[0]]
    assert with_italian == without


def test_a_phrasebook_that_lacks_a_constant_is_named_at_once(tmp_path: Path) -> None:
    write_italian(tmp_path)
    talk = tmp_path / "it" / "talk.py"
    talk.write_text(re.sub(r"(?m)^WHY_NOT = .*$", "", talk.read_text()))
    with pytest.raises(AssertionError, match=r"phrasebooks\.it\.talk.*WHY_NOT"):
        _understood(tmp_path, "ciao")
