"""Small changes of a module, each of which some test should notice.

A change replaces one expression or statement. Left alone are annotations, docstrings, imports, decorators,
formatted strings and what is logged: no test should hold them.

Tests: tests/infra/test_mutation.py.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One change."""

    module: str
    """Path of the file, from the root of the repository."""
    function: str
    """Qualified name of the outermost function that is changed; empty for what runs when the module is
    imported.
    """
    lines: range
    """The lines of the changed statement; of an ``if`` or a loop, those of its head."""
    text: str
    """The line of the change, stripped."""
    was: str
    becomes: str
    start: int
    """Of the replaced code, in bytes."""
    end: int
    source: str
    """Of the module without the change."""

    @property
    def changed(self) -> str:
        """The source of the module with the change."""
        code = self.source.encode()
        return (code[: self.start] + self.becomes.encode() + code[self.end :]).decode()


def mutants_of(module: str, root: Path = ROOT) -> list[Mutant]:
    """All changes of a module, in the order of its lines."""
    source = (root / module).read_text(encoding="utf-8")
    found = _Finder(module, source).found(ast.parse(source))
    return sorted(found, key=lambda one: (one.start, one.end, one.becomes))


class _Finder:
    """Walks through a module and remembers where it is."""

    def __init__(self, module: str, source: str) -> None:
        self.module, self.source = module, source
        self.rows = [row.encode() for row in source.splitlines(keepends=True)]

    def found(self, tree: ast.Module) -> Iterator[Mutant]:
        for statement in tree.body:
            yield from self._statement(statement, "", "")

    def _statement(self, node: ast.stmt, scope: str, function: str) -> Iterator[Mutant]:
        """The changes within a statement; ``scope`` is the name of what it stands in, with a dot."""
        if _is_left_alone(node):
            return
        here = self._head(node, function)
        yield from (self._mutant(here, node, text) for text in _of_statement(node))
        if isinstance(node, ast.If | ast.While) and not isinstance(node.test, _NEGATED_ANYWAY):
            yield self._mutant(here, node.test, f"(not ({ast.unparse(node.test)}))")
        for value in _expressions(node):
            yield from self._expression(here, value)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            function, scope = function or scope + node.name, scope + node.name + ".<locals>."
        elif isinstance(node, ast.ClassDef):
            scope += node.name + "."
        for inner in _blocks(node):
            yield from self._statement(inner, scope, function)

    def _head(self, node: ast.stmt, function: str) -> Mutant:
        inner = min((one.lineno for one in _blocks(node)), default=None)
        last = (node.end_lineno or node.lineno) if inner is None else max(inner - 1, node.lineno)
        lines = range(node.lineno, last + 1)
        return Mutant(
            module=self.module,
            function=function,
            lines=lines,
            text="",
            was="",
            becomes="",
            start=0,
            end=0,
            source=self.source,
        )

    def _expression(self, here: Mutant, node: ast.expr) -> Iterator[Mutant]:
        if isinstance(node, ast.JoinedStr) or _is_logging(node):
            return
        yield from (self._mutant(here, node, f"({text})") for text in _of_expression(node))
        for child in ast.iter_child_nodes(node):
            for inner in _within(child):
                yield from self._expression(here, inner)

    def _mutant(self, here: Mutant, node: ast.stmt | ast.expr, becomes: str) -> Mutant:
        start = self._offset(node.lineno, node.col_offset)
        end = self._offset(node.end_lineno, node.end_col_offset)
        was = b"".join(self.rows)[start:end].decode()
        text = self.rows[node.lineno - 1].decode().strip()
        return replace(here, text=text, was=was, becomes=becomes, start=start, end=end)

    def _offset(self, line: int | None, column: int | None) -> int:
        return sum(map(len, self.rows[: (line or 1) - 1])) + (column or 0)


_NEGATED_ANYWAY = ast.Compare | ast.UnaryOp | ast.BoolOp
"""Conditions that other changes turn round."""


# --- The way through a module ------------------------------------------------------------------------------


def _is_left_alone(node: ast.stmt) -> bool:
    """Imports, docstrings, and calls that log."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant) or _is_logging(node.value)
    return isinstance(node, ast.Import | ast.ImportFrom)


def _is_logging(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).startswith(("log.", "logging."))


def _blocks(node: ast.stmt) -> list[ast.stmt]:
    """The statements that stand in a statement."""
    blocks = [getattr(node, name, []) for name in ("body", "orelse", "finalbody")]
    blocks += [one.body for one in (*getattr(node, "handlers", ()), *getattr(node, "cases", ()))]
    return [one for block in blocks for one in block]


def _expressions(node: ast.stmt) -> list[ast.expr]:
    """The expressions of a statement, without annotations and decorators."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return [one for one in (*node.args.defaults, *node.args.kw_defaults) if one]
    if isinstance(node, ast.AnnAssign):
        return [node.value] if node.value else []
    if isinstance(node, ast.ClassDef):
        return []
    return [one for child in ast.iter_child_nodes(node) for one in _within(child)]


def _within(child: ast.AST) -> list[ast.expr]:
    """The expressions in a part of a statement or an expression that is none itself."""
    match child:
        case ast.expr():
            return [child]
        case ast.keyword(value=value):
            return [value]
        case ast.comprehension():
            return [child.iter, *child.ifs]
        case ast.withitem():
            return [child.context_expr]
        case _:
            return []


# --- Changes -----------------------------------------------------------------------------------------------

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}

_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}


def _with(node: Any, **fields: object) -> str:
    """The code of the node with other fields."""
    other = copy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return ast.unparse(ast.fix_missing_locations(other))


def _of_statement(node: ast.stmt) -> Iterator[str]:
    """A statement that is left out, or that gives nothing."""
    match node:
        case ast.Expr() | ast.Raise():
            yield "pass"
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield "return None"
        case ast.Assign(value=value) if not isinstance(value, ast.Constant | ast.Tuple):
            yield _with(node, value=ast.Constant(None))
        case ast.AugAssign(op=op) if type(op) in _OPERATORS:
            yield _with(node, op=_OPERATORS[type(op)]())
        case ast.Break():
            yield "continue"
        case ast.Continue():
            yield "break"


def _of_expression(node: ast.expr) -> Iterator[str]:
    change = _CHANGES.get(type(node))
    if change:
        yield from change(node)


def _of_comparison(node: ast.Compare) -> Iterator[str]:
    for place, op in enumerate(node.ops):
        for other in _COMPARISONS[type(op)]:
            yield _with(node, ops=[*node.ops[:place], other(), *node.ops[place + 1 :]])


def _of_and_or(node: ast.BoolOp) -> Iterator[str]:
    """The other operator, and each operand left out."""
    yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
    for place in range(len(node.values)):
        left = [*node.values[:place], *node.values[place + 1 :]]
        yield _with(node, values=left) if len(left) > 1 else ast.unparse(left[0])


def _of_arithmetic(node: ast.BinOp) -> Iterator[str]:
    if type(node.op) in _OPERATORS:
        yield _with(node, op=_OPERATORS[type(node.op)]())


def _of_sign(node: ast.UnaryOp) -> Iterator[str]:
    yield ast.unparse(node.operand)


def _of_choice(node: ast.IfExp) -> Iterator[str]:
    yield _with(node, body=node.orelse, orelse=node.body)


def _of_constant(node: ast.Constant) -> Iterator[str]:
    match node.value:
        case bool():
            yield repr(not node.value)
        case int() | float():
            yield repr(node.value + 1)
        case str():
            yield repr("XX")


def _of_call(node: ast.Call) -> Iterator[str]:
    """Each named argument left out."""
    for place, keyword in enumerate(node.keywords):
        if keyword.arg:
            yield _with(node, keywords=[*node.keywords[:place], *node.keywords[place + 1 :]])


def _of_comprehension(node: Any) -> Iterator[str]:
    """Each condition left out."""
    for place, part in enumerate(node.generators):
        for condition in range(len(part.ifs)):
            other = copy(part)
            other.ifs = [*part.ifs[:condition], *part.ifs[condition + 1 :]]
            yield _with(node, generators=[*node.generators[:place], other, *node.generators[place + 1 :]])


_CHANGES: dict[type[ast.expr], Callable[[Any], Iterator[str]]] = {
    ast.Compare: _of_comparison,
    ast.BoolOp: _of_and_or,
    ast.BinOp: _of_arithmetic,
    ast.UnaryOp: _of_sign,
    ast.IfExp: _of_choice,
    ast.Constant: _of_constant,
    ast.Call: _of_call,
    ast.ListComp: _of_comprehension,
    ast.SetComp: _of_comprehension,
    ast.DictComp: _of_comprehension,
    ast.GeneratorExp: _of_comprehension,
}
