"""A transaction names the people whom it is about: on PostgreSQL, one without names waits for everybody."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from tests.rows import each_of

ROOT = Path(__file__).parents[2]
SERVING = ("core", "bot", "jobs", "adapters")

NEWCOMER = "a newcomer: their id does not exist yet, and two of them may not become the same account"
LEARNING = "fits the statistics of everybody again"
PRUNING = "deletes what is old of everybody, once a day"

LOCK_EVERYBODY = {
    ("core/people/access.py", "admit"): NEWCOMER,
    ("core/people/access.py", "claim_ownership"): "there is one owner at most, whoever asks",
    ("core/people/linking.py", "link"): NEWCOMER,
    ("core/people/linking.py", "link_surely"): "two people become one, with all they have",
    ("core/people/unlinking.py", "unlink"): "one person becomes two",
    ("core/people/privacy.py", "forget"): "snapshots that others use as well, and invitations between people",
    ("core/learning/refit.py", "refresh_if_due"): LEARNING,
    ("core/deciding/embed_texts.py", "_use_space"): LEARNING,
    ("core/deciding/embed_texts.py", "fall_back_to_hashing"): LEARNING,
    ("jobs/prune.py", "prune"): PRUNING,
    ("jobs/prune.py", "_erase_texts"): PRUNING,
    ("jobs/prune.py", "_prune_events"): PRUNING,
    (
        "jobs/publish.py",
        "_batch",
    ): "reads the log when no open transaction has an earlier place",
    ("bot/intake.py", "start"): "no update is accepted before the waiting ones are queued",
    ("bot/simulate/simulated_person.py", "_complete"): "simulations run on SQLite",
    ("adapters/slack/installations.py", "async_save_bot"): "everybody in a workspace is reachable again",
    ("adapters/slack/installations.py", "pause"): "nobody in a workspace is reachable any more",
    ("adapters/slack/installations.py", "try_again"): "everybody in a workspace is reachable again",
    ("adapters/storage/repeated_endings.py", "repeat_endings"): "a restored backup, which serves nobody yet",
    ("adapters/storage/moving.py", "_carry"): "everything is carried to another database",
}
"""Which functions begin a transaction about everybody, and why."""


def beginning(file: Path) -> list[tuple[str, str, bool]]:
    """(path, function, whether it names people) of each call of ``begin`` on a store."""
    found = []
    for function in ast.walk(ast.parse(file.read_text())):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for call in ast.walk(function):
            match call:
                case ast.AsyncWith(items=items):
                    for item in items:
                        match item.context_expr:
                            case ast.Call(func=ast.Attribute(attr="begin"), args=args):
                                found.append((str(file.relative_to(ROOT)), function.name, bool(args)))
    return found


@cache
def calls() -> list[tuple[str, str, bool]]:
    """All of them. Not computed while tests are collected."""
    return [
        call
        for folder in SERVING
        for file in sorted((ROOT / folder).rglob("*.py"))
        if ".begin(" in file.read_text()
        for call in beginning(file)
    ]


def test_only_listed_functions_lock_everybody() -> None:
    assert {(path, function) for path, function, names in calls() if not names} == LOCK_EVERYBODY.keys()


@each_of(LOCK_EVERYBODY.items())
def test_who_locks_everybody_says_why(function: tuple[str, str], why: str) -> None:
    assert function
    assert len(why.split()) > 3


def test_most_transactions_name_whom_they_are_about() -> None:
    assert sum(names for _, _, names in calls()) > 4 * len(LOCK_EVERYBODY)
