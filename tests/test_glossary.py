"""The glossary is well formed; words of its column "Not" are used neither in code nor in documentation."""

from __future__ import annotations

import io
import keyword
import re
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GLOSSARY = ROOT / "docs" / "glossary.md"
ROOMS = ("core", "bot", "jobs", "adapters", "docs")
HEAD = ["Word", "Meaning", "Not"]

ALLOWED = {
    ("user", "adapters/"): "platforms, sources and databases have users: the field is theirs",
    ("user", "core/ports/language_model.py"): "a role of a chat model's prompt",
    ("user", "core/tips/prompt.py"): "a role of a chat model's prompt",
    ("user", "docs/how-to/connect-telegram.md"): "Telegram's user name",
    ("user", "docs/how-to/run-as-a-service.md"): "of the operating system",
    ("click", "docs/conf.py"): "of the mouse",
    ("dnd", "docs/decisions/0047"): "a scope, a method and an event of Slack's",
    ("dnd", "docs/how-to/connect-slack.md"): "a scope and an event of Slack's",
}
"""A word that is not used for oO's idea, where it is somebody else's term: (word, path prefix) -> reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of the glossary."""

    words: tuple[str, ...]
    meaning: str
    excluded: tuple[str, ...]


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def tables(page: str) -> Iterator[list[str]]:
    """The rows of each table, its head first, without the line of dashes."""
    for block in re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE):
        head, dashes, *rows = block.splitlines()
        assert re.fullmatch(r"\|(-+\|)+", dashes), block
        yield [head, *rows]


def entries() -> list[Entry]:
    rows = [
        cells(row)
        for head, *table in tables(GLOSSARY.read_text(encoding="utf-8"))
        if cells(head) == HEAD
        for row in table
    ]
    return [
        Entry(words=tuple(word.split(", ")), meaning=meaning, excluded=tuple(re.findall("`([^`]+)`", no)))
        for word, meaning, no in rows
    ]


EXCLUDED = sorted({word for entry in entries() for word in entry.excluded})


def identifiers_and_prose(source: str) -> Iterator[tuple[int, str]]:
    """Names, comments and docstrings of Python source, each with its first line; other strings are data."""
    statement_begins = True
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
        elif token.type == tokenize.NAME and not keyword.iskeyword(token.string):
            yield token.start[0], in_words(token.string)
        elif token.type == tokenize.STRING and statement_begins:
            yield token.start[0], token.string
        if token.type not in (tokenize.COMMENT, tokenize.NL):
            statement_begins = token.type in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)


def in_words(identifier: str) -> str:
    """``user_id`` and ``UserId`` are the words "user id"."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|_+", " ", identifier).strip()


def uses(word: str, text: str) -> bool:
    """Whether ``text`` has the word or its plural, in any case, as whole words."""
    return pattern_of([word]).search(text) is not None


def pattern_of(words: Sequence[str]) -> re.Pattern[str]:
    spaced = "|".join(r"\W+".join(map(re.escape, word.split())) for word in words)
    return re.compile(rf"(?<!\w)(?:{spaced})s?(?!\w)", re.IGNORECASE)


def pieces_of(path: Path) -> Iterator[tuple[int, str]]:
    """Identifiers and prose of a source or a page, each with its line."""
    text = path.read_text(encoding="utf-8")
    yield from identifiers_and_prose(text) if path.suffix == ".py" else enumerate(text.splitlines(), 1)


def found_in(path: Path, words: Sequence[str]) -> Iterator[str]:
    """``path:line: word`` for each use that is not allowed."""
    name, any_of_them = path.relative_to(ROOT).as_posix(), pattern_of(words)
    for line, piece in pieces_of(path):
        for word in words if any_of_them.search(piece) else ():
            if uses(word, piece) and not any(name.startswith(place) for it, place in ALLOWED if it == word):
                yield f"{name}:{line}: {word}"


def sources() -> list[Path]:
    found = [path for room in ROOMS for kind in ("py", "md") for path in (ROOT / room).rglob(f"*.{kind}")]
    return sorted(path for path in found if path != GLOSSARY)


def test_words_of_the_column_not_are_not_used() -> None:
    assert [use for path in sources() for use in found_in(path, EXCLUDED)] == []


def test_the_column_not_holds_only_words_that_can_be_checked() -> None:
    assert EXCLUDED
    for entry in entries():
        assert all(re.fullmatch(r"[a-z][a-z -]*", word) for word in entry.excluded), entry
        assert not set(entry.excluded) & set(entry.words), entry


def test_every_row_has_as_many_cells_as_its_head() -> None:
    for head, *table in tables(GLOSSARY.read_text(encoding="utf-8")):
        for row in table:
            assert len(cells(row)) == len(cells(head)), row
            assert cells(row)[1], row


def test_every_word_is_explained_once_and_none_is_a_word_not_to_be_used() -> None:
    words = [word for entry in entries() for word in entry.words]

    assert sorted(set(words)) == sorted(words)
    assert not set(words) & set(EXCLUDED)


@pytest.mark.parametrize(("word", "place"), ALLOWED)
def test_an_exception_is_needed(word: str, place: str) -> None:
    pieces = [
        piece
        for path in sources()
        if path.relative_to(ROOT).as_posix().startswith(place)
        for piece in pieces_of(path)
    ]
    assert any(uses(word, piece) for _, piece in pieces)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("user", "users"),
        ("user", in_words("user_of")),
        ("user", in_words("SlackUser")),
        ("user", "# a User, at last"),
        ("time slot", "a time-slot"),
        ("do not disturb", '"""Do Not Disturb."""'),
    ],
)
def test_a_word_is_found_in_identifiers_and_prose(word: str, text: str) -> None:
    assert uses(word, text)


@pytest.mark.parametrize(("word", "text"), [("user", "reused"), ("click", "clicking"), ("dnd", "and")])
def test_a_word_is_not_found_inside_another(word: str, text: str) -> None:
    assert not uses(word, text)


def test_strings_are_data_and_docstrings_are_prose() -> None:
    source = (
        '"""About users."""\n\nclass A:\n    role = "user"\n    """A click."""\n\n    # rating\n    b = 1\n'
    )
    pieces = [piece for _, piece in identifiers_and_prose(source)]

    assert [piece for piece in pieces if uses("user", piece)] == ['"""About users."""']
    assert any(uses("click", piece) for piece in pieces)
    assert any(uses("rating", piece) for piece in pieces)
