"""Long tables of cases for a pure function.

Each case of ``pytest.mark.parametrize`` costs some milliseconds beside its own work: every worker collects
it, and each of its three phases is reported. A table of hundreds of rows is therefore one test.

Tests: tests/infra/test_rows.py.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

import pytest


def each_of(
    rows: Collection[object], *, ids: Callable[..., str] = str
) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Make one test of a test for one row, as whose arguments the items of a tuple are passed.

    A failure lists all rows that fail, by ``ids`` of the row, each with what was wrong.
    """

    def of_all(test: Callable[..., None]) -> Callable[[], None]:
        def run() -> None:
            assert rows, "an empty table tests nothing"
            wrong = [f"{ids(row)}\n{fault}" for row in rows if (fault := _fault(test, row))]
            if wrong:
                pytest.fail(f"{len(wrong)} of {len(rows)} rows fail:\n\n" + "\n\n".join(wrong), pytrace=False)

        run.__name__, run.__qualname__, run.__doc__ = test.__name__, test.__qualname__, test.__doc__
        run.__module__ = test.__module__
        return run

    return of_all


def _fault(test: Callable[..., None], row: object) -> str:
    """What ``test`` finds wrong with the row; empty if nothing."""
    try:
        test(*row) if isinstance(row, tuple) else test(row)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""
