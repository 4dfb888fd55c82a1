"""Accuracy of date parsing in to-dos: oO and date libraries, in English, German, French and Spanish.

``python -m benchmarks.dates``. There are three scores, each a share of the rows of
``tests/core/words/reported.tsv``, and of ``spanish.tsv``: *span*, the title is correct; *value*, day and time
are correct or correctly missing; *rule*, the recurrence is. Libraries that are not installed are listed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from logging import WARNING, disable
from typing import Protocol

from benchmarks.date_readers import READERS, Reading
from tests.core.words.reported import Reported, agrees, rows

LANGUAGES = ("en", "de", "fr", "es")


class _Criterion(Protocol):
    def __call__(self, row: Reported, reading: Reading) -> bool: ...


def _span(row: Reported, reading: Reading) -> bool:
    return row.title == reading.title


def _value(row: Reported, reading: Reading) -> bool:
    """Libraries always return an instant: its time is ignored where none is expected."""
    return agrees(row.day, reading.day) and (row.at == "" or agrees(row.at, reading.at))


def _rule(row: Reported, reading: Reading) -> bool:
    return agrees(row.rule, reading.rule)


def _all(row: Reported, reading: Reading) -> bool:
    return all(is_correct(row, reading) for _, is_correct in _SCORES)


_SCORES: tuple[tuple[str, _Criterion], ...] = (("span", _span), ("value", _value), ("rule", _rule))


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The accuracy of one reader by one criterion."""

    what: str
    shares: tuple[float, ...]
    """Share of correct rows for each of ``LANGUAGES``."""


def measure(read: Callable[[str, str], Reading], table: Sequence[Reported]) -> list[Score]:
    """Score ``read``, a function of text and language, on the rows of ``table``."""
    pairs = [(row, read(row.typed, row.language)) for row in table]
    scores = (*_SCORES, ("all three", _all))
    return [
        Score(
            what=what,
            shares=tuple(
                _share([is_correct(row, reading) for row, reading in pairs if row.language == language])
                for language in LANGUAGES
            ),
        )
        for what, is_correct in scores
    ]


def _share(right: Sequence[bool]) -> float:
    return sum(right) / len(right) if right else 0.0


def show() -> None:
    """Print the table: a row per reader and score, a column per language."""
    disable(WARNING)  # ctparse logs what it cannot parse
    reported = (*rows("reported"), *rows("spanish"))
    print(f"Dates in {len(reported)} to-dos: how many are read right")
    print(f"{'':24}{'':10}" + "".join(f"{language:>6}" for language in LANGUAGES))
    for name, (module, make) in READERS.items():
        if find_spec(module) is None:
            print(f"{name:24}not installed")
            continue
        for score in measure(make(), reported):
            print(
                f"{name:24}{score.what:10}" + "".join(f"{share:6.0%}" for share in score.shares), flush=True
            )


if __name__ == "__main__":
    show()
