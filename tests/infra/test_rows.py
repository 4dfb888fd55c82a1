"""A table that is one test fails when one of its rows does, and names all that do."""

from __future__ import annotations

import pytest

from tests.rows import each_of


def test_every_failing_row_is_named_with_what_was_wrong() -> None:
    @each_of([(1, 1), (2, 3), (0, 0), (4, 5)], ids=lambda row: f"row {row}")
    def compare(one: int, other: int) -> None:
        assert 6 / one
        assert one == other

    with pytest.raises(pytest.fail.Exception) as failed:
        compare()
    told = str(failed.value)
    assert told.startswith("3 of 4 rows fail:")
    assert [name for name in ("(1, 1)", "(2, 3)", "(0, 0)", "(4, 5)") if f"row {name}" in told] == [
        "(2, 3)",
        "(0, 0)",
        "(4, 5)",
    ]
    assert "ZeroDivisionError" in told
    assert "assert 4 == 5" in told


def test_a_table_whose_rows_all_pass_passes() -> None:
    @each_of(["a", "b"])
    def check(text: str) -> None:
        assert text in "ab"

    check()
    assert check.__name__ == "check"


def test_an_empty_table_fails() -> None:
    @each_of([])
    def check(text: str) -> None:
        raise AssertionError(text)

    with pytest.raises(AssertionError, match="an empty table tests nothing"):
        check()
