"""Patterns that backtrack are found, and all patterns of oO's are looked at."""

from __future__ import annotations

import re

from tests.fuzz.regexes import compiled_patterns, slow_text
from tests.rows import each_of


@each_of([r"(a+)+$", r"(\w+\s?)*!", r"x(?:[ab]+c?)+d", r"(?:ab|ba|a|b)*x"])
def test_a_pattern_that_takes_exponential_time_is_found(pattern: str) -> None:
    assert slow_text("planted", re.compile(pattern)) is not None


@each_of([r"a++b", r"\d{1,3}", "(?:ab)*", r"[a-z]+", r"(?<![ ,])[ ,]+x"])
def test_a_pattern_that_takes_linear_time_is_none_of_them(pattern: str) -> None:
    assert slow_text("planted", re.compile(pattern)) is None


def test_patterns_in_constants_and_tables_and_those_that_are_compiled_later_are_looked_at() -> None:
    modules = {module for module, _ in compiled_patterns().values()}
    assert {
        "core.llm.thinking",
        "core.words.leads",
        "core.words.replies",
        "adapters.slack.wording",
    } <= modules
    assert len(compiled_patterns()) > 500
