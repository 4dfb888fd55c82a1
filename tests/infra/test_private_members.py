"""A library whose private members are used is bound below its next version: only that may rename them."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement

pytestmark = pytest.mark.xdist_group("every module parsed")  # once, by one worker

ROOT = Path(__file__).parents[2]
OURS = ("adapters", "bot", "core", "jobs", "migrations")
PUBLIC = {"_asdict", "_fields", "_mapping", "_replace"}
"""Private by their looks: namedtuples and the rows of SQLAlchemy document them."""


@cache
def trees() -> dict[str, ast.Module]:
    """Each module of ours, parsed, by its path."""
    return {
        str(file.relative_to(ROOT)): ast.parse(file.read_text(encoding="utf-8"))
        for package in OURS
        for file in sorted((ROOT / package).rglob("*.py"))
    }


@cache
def nodes(tree: ast.AST) -> list[ast.AST]:
    """All below ``tree``; a module is searched for several things."""
    return [*ast.walk(tree)]


def is_private(name: str) -> bool:
    return name.startswith("_") and name.strip("_") != "" and not name.startswith("__")


def is_foreign(module: str) -> bool:
    return module not in OURS and module not in sys.stdlib_module_names


@cache
def imported(tree: ast.AST) -> dict[str, str]:
    """What is imported from third parties: the name here, and the package it comes from."""
    names: dict[str, str] = {}
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            names |= {(one.asname or one.name).split(".")[0]: one.name.split(".")[0] for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {one.asname or one.name: node.module.split(".")[0] for one in node.names}
    return {name: package for name, package in names.items() if is_foreign(package)}


def leftmost(node: ast.expr) -> str:
    """``a`` of ``a.b[c].d``."""
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def defined(tree: ast.AST) -> set[str]:
    """Every name that is given within ``tree``, as a function, a class, a variable or an attribute."""
    names: set[str] = set()
    for node in nodes(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                names.add(name)
    return names


def private_attributes(tree: ast.AST) -> Iterator[ast.Attribute]:
    for node in nodes(tree):
        if isinstance(node, ast.Attribute) and is_private(node.attr):
            yield node


def in_imports(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """``from httpx import _main``, ``import httpx._main``, ``from httpx._main import x``, in quotes."""
    for node in nodes(tree):
        paths: list[str] = []
        match node:
            case ast.Import(names=names):
                paths = [one.name for one in names]
            case ast.ImportFrom(module=str(module), level=0, names=names):
                paths = [f"{module}.{one.name}" for one in names]
            case ast.Constant(value=str(text)) if re.fullmatch(r"\w+(\.\w+)+", text):
                paths = [text]
        for package, *rest in (path.split(".") for path in paths):
            yield from ((package, part) for part in rest if is_private(part) and is_foreign(package))


def in_classes(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """``self._conn`` within a subclass of ``aiosqlite.Connection`` that gives itself no ``_conn``."""
    names = imported(tree)
    for node in nodes(tree):
        if isinstance(node, ast.ClassDef):
            packages = [names[leftmost(base)] for base in node.bases if leftmost(base) in names]
            own = defined(node)
            for used in private_attributes(node):
                if used.attr not in own and leftmost(used) in ("self", "cls", "super"):
                    yield from ((package, used.attr) for package in packages)


def in_names(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """``litellm._logging``, ``Bot._post``."""
    names = imported(tree)
    for used in private_attributes(tree):
        if leftmost(used) in names and used.attr not in PUBLIC:
            yield names[leftmost(used)], used.attr


def in_strings(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """``getattr(litellm, "_logging")``."""
    names = imported(tree)
    for node in nodes(tree):
        match node:
            case ast.Call(
                func=ast.Name(id="getattr" | "hasattr" | "setattr"),
                args=[owner, ast.Constant(value=str(name)), *_],
            ) if leftmost(owner) in names and is_private(name):
                yield names[leftmost(owner)], name


def private_members(tree: ast.AST) -> set[tuple[str, str]]:
    """The packages of third parties whose private members are used, each with the member."""
    return {*in_imports(tree), *in_classes(tree), *in_names(tree), *in_strings(tree)}


@cache
def members_in_use() -> set[tuple[str, str]]:
    """The private members that we use, each with its package. Not computed while tests are collected."""
    return {found for tree in trees().values() for found in private_members(tree)}


def requirements() -> dict[str, tuple[Requirement, str]]:
    """Each dependency by its name, with the comment behind it."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    comments = dict(re.findall(r'^    "(.+)",(?: # (.+))?$', text, re.MULTILINE))
    found = ((line, Requirement(line)) for line in tomllib.loads(text)["project"]["dependencies"])
    return {requirement.name.lower(): (requirement, comments[line]) for line, requirement in found}


def test_the_private_members_that_are_known_to_be_used_are_found() -> None:
    assert {("aiosqlite", "_conn"), ("httpx", "_main"), ("telegram", "_post")} <= members_in_use()


def test_a_library_whose_private_member_is_used_has_an_upper_bound_that_names_it() -> None:
    distributions, declared = packages_distributions(), requirements()
    for package, member in members_in_use():
        (distribution,) = distributions[package]
        requirement, comment = declared[distribution.lower()]
        assert any(bound.operator in ("<", "<=", "==", "~=") for bound in requirement.specifier), requirement
        assert re.search(rf"\b{member}\b", comment), (
            f"{requirement}: say in pyproject.toml that {member} is used"
        )


def test_no_private_member_is_used_whose_owner_is_unknown() -> None:
    known = (
        {name for tree in trees().values() for name in defined(tree)}
        | {member for _, member in members_in_use()}
        | PUBLIC
    )
    unknown = {
        (file, used.lineno, used.attr)
        for file, tree in trees().items()
        for used in private_attributes(tree)
        if used.attr not in known
    }
    assert unknown == set()


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("from aiosqlite.core import _connection_worker_thread", ("aiosqlite", "_connection_worker_thread")),
        ("from slack_sdk._internal import utils", ("slack_sdk", "_internal")),
        ("import httpx._client", ("httpx", "_client")),
        ("import litellm\nlitellm._turn_on_debug()", ("litellm", "_turn_on_debug")),
        ("import litellm as llm\nllm.utils._cached(1)", ("litellm", "_cached")),
        ("from telegram import Bot\nBot('t')._post('x')", ("telegram", "_post")),
        ("import sys\nsys.modules['rich._emoji_codes'] = None", ("rich", "_emoji_codes")),
        ("import alembic as a\nclass C(a.C):\n def f(self):\n  return self._proxy.x", ("alembic", "_proxy")),
        (
            "from apscheduler import S\nclass C(S[int]):\n def f(self):\n  super()._go()",
            ("apscheduler", "_go"),
        ),
        ("def f():\n from typer import x\n return x._click", ("typer", "_click")),
        ("import httpx\ngetattr(httpx, '_main')()", ("httpx", "_main")),
        ("from telegram import Bot\nsetattr(Bot.x, '_post', 1)", ("telegram", "_post")),
    ],
)
def test_a_private_member_is_found(code: str, found: tuple[str, str]) -> None:
    assert private_members(ast.parse(code)) == {found}


@pytest.mark.parametrize(
    "code",
    [
        "import httpx\nhttpx.__version__",
        "from sqlalchemy import select\nrows = select(x).first()._mapping",
        "import httpx\nclass C(httpx.Auth):\n def f(self):\n  self._key = 1\n  return self._key",
        "from core.words import text\ntext._fold('a')",
        "import threading\nthreading._shutdown()",
        "import httpx\ngetattr(httpx, '__version__')",
        "def f(own):\n return getattr(own, '_key')",
        "import litellm as _litellm\n_litellm.acompletion()",
        "_ = 'a sentence that ends. _so_'",
    ],
)
def test_what_is_ours_or_documented_is_not_taken_for_a_private_member(code: str) -> None:
    assert private_members(ast.parse(code)) == set()
