"""Every refusal has its sentence, and every sentence can be said."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest

from bot.languages.catalogue import Plural
from bot.languages.sentences import Sentences
from bot.screens import texts_why
from bot.screens.hints import sentences
from bot.screens.markup import lines
from core.policies.features import FEATURES
from core.tips.candidates import Template

ROOT = Path(__file__).parents[3]


def hints_in_the_code() -> dict[str, set[str]]:
    """Each hint that a ``BadInput`` is raised with, and the names of its values."""
    found: dict[str, set[str]] = {}
    for file in (*ROOT.glob("core/**/*.py"), *ROOT.glob("bot/**/*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if (
                node.func.id in ("BadInput", "refuse")
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                values = {"value"} if node.func.id == "refuse" else {one.arg or "" for one in node.keywords}
                found.setdefault(str(node.args[0].value), set()).update(values)
    return found


def names_in(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_every_refusal_has_a_sentence_with_its_values() -> None:
    raised = hints_in_the_code()

    hints = sentences()
    assert set(hints) == set(raised)
    for hint, sentence in hints.items():
        assert names_in(sentence) <= raised[hint], hint


def test_every_feature_has_its_words() -> None:
    names = {feature.name.rstrip("_0123456789") for feature in FEATURES}
    assert names == set(texts_why.FEATURE_WORDS)


def sentences_in(value: object) -> Iterator[str]:
    """Every string in a constant of ``texts``, however deep it lies."""
    match value:
        case str():
            yield value
        case Plural():
            yield from value.forms
        case Template():
            yield value.content
        case dict():
            yield from sentences_in(tuple(value.values()))
        case tuple() | list() | set():
            for one in value:
                yield from sentences_in(one)
        case _:
            raise TypeError(f"{value!r} is no sentence")


MODULES = [import_module(f"bot.screens.{file.stem}") for file in ROOT.glob("bot/screens/texts*.py")]
SENTENCES = [
    (name, sentence)
    for module in MODULES
    for name, value in vars(module).items()
    if name.strip("_").isupper()
    for sentence in sentences_in(value)
]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_module_of_sentences_is_translatable(module: ModuleType) -> None:
    assert isinstance(module, Sentences), "end it with translate(__name__)"


def read_too_early(tree: ast.Module) -> Iterator[int]:
    """Lines of a module that read a sentence when it is imported, before the language of anybody is known."""
    later = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    names = {module.__name__.rpartition(".")[2] for module in MODULES}
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        match node:
            case ast.ImportFrom(module=str(module), names=taken) if module.rpartition(".")[2] in names:
                yield from (node.lineno for one in taken if one.name.isupper())
            case ast.Attribute(value=ast.Name(id=name)) if name in names:
                yield node.lineno
        decorated = [*node.args.defaults, *node.decorator_list] if isinstance(node, later[:2]) else []
        waiting += decorated if isinstance(node, later) else ast.iter_child_nodes(node)


@pytest.mark.parametrize(
    "source", ["from bot.screens.texts import X", "A = texts.X", "class A:\n  b = texts.X"]
)
def test_a_sentence_that_is_read_at_import_is_found(source: str) -> None:
    assert list(read_too_early(ast.parse(source)))
    assert not list(read_too_early(ast.parse("def f():\n  return texts.X\nA = lambda: texts.X")))


def test_no_sentence_is_read_before_the_language_is_known() -> None:
    early = [
        f"{file.relative_to(ROOT)}:{line}"
        for file in ROOT.glob("bot/**/*.py")
        for line in read_too_early(ast.parse(file.read_text()))
    ]
    assert early == []


def test_no_sentence_shouts() -> None:
    assert {"HINTS", "LINKED", "TEMPLATES", "WHY_NEXT"} <= {name for name, _ in SENTENCES}
    assert [one for one in SENTENCES if "!" in one[1]] == []


def test_values_are_never_markup() -> None:
    said = lines("**{title}** is _new_", {"title": "**x** {who} `y`\n> z"})

    assert "".join(span.text for span in said[0].spans) == "**x** {who} `y` > z is new"
    assert len(said) == 1


def test_every_sentence_is_well_formed() -> None:
    for name, sentence in SENTENCES:
        assert not re.search(r"\*\*\*|\{\}", sentence), name
        assert sentence.count("**") % 2 == sentence.count("~~") % 2 == sentence.count("`") % 2 == 0, name


def said_in_the_code() -> list[tuple[str, str, set[str]]]:
    """Each ``say(texts.NAME, …)``: where it stands, the sentence, and the names of the values."""
    found = []
    for file in ROOT.glob("bot/**/*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            match node:
                case ast.Call(
                    func=ast.Name(id="say"),
                    args=[ast.Attribute(value=ast.Name(id=module), attr=name), *_],
                    keywords=keywords,
                ) if module.startswith("texts") and all(one.arg for one in keywords):
                    place = f"{file.name}:{node.lineno}"
                    sentence = getattr(import_module(f"bot.screens.{module}"), name)
                    found.append((place, sentence, {one.arg or "" for one in keywords}))
    return found


def test_every_sentence_gets_its_values() -> None:
    said = said_in_the_code()

    assert said
    assert [place for place, sentence, values in said if names_in(sentence) - values] == []


def test_no_sentence_is_left_over() -> None:
    files = [*ROOT.glob("bot/**/*.py"), *ROOT.glob("bot/web/templates/**/*.html")]
    words = Counter(word for file in files for word in re.findall(r"\w+", file.read_text()))
    names = [name for module in MODULES for name in vars(module) if name.isupper()]

    assert [name for name in names if words[name] < 2] == []
