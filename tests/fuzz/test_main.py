"""The table of ``python -m tests.fuzz``, and the changes of inputs."""

from __future__ import annotations

import json

from tests.fuzz.__main__ import outcome_of
from tests.fuzz.mutators import mutated
from tests.fuzz.target import MODULES, Shape, choice, chosen, target, text_of

LOG = """INFO: Seed: 1
#739	INITED cov: 2571 ft: 6835 corp: 333/8688b exec/s: 105 rss: 92Mb
#1343	NEW    cov: 2605 ft: 7402 corp: 375/14337b lim: 1200 exec/s: 89 rss: 92Mb L: 55/1200 MS: 1 Custom-

 === Uncaught Python exception: ===
TooSlow: 445 bytes took 1.3 s
artifact_prefix='build/fuzz/words/'; Test unit written to build/fuzz/words/crash-31
stat::average_exec_per_sec:     79
"""


def test_the_table_says_what_a_search_came_to() -> None:
    found = outcome_of("words", LOG)
    assert (found.executions, found.executions_per_second, found.edges, found.inputs) == (1343, 79, 2605, 375)
    assert (found.found, found.wrong) == ("build/fuzz/words/crash-31", "TooSlow: 445 bytes took 1.3 s")
    assert "1,343" in found.row()
    assert outcome_of("words", LOG.partition("\n\n")[0]).found == ""


def test_a_change_follows_from_its_seed_and_keeps_the_shape() -> None:
    document = choice(1, json.dumps({"a": [1, "b", None], "c": {"d": "e"}}))

    def unchanged(data: bytes, _: int) -> bytes:
        return data

    changes = [
        mutated(document, 500, seed, shape=Shape.JSON, words=("a", "x"), mutate=unchanged)
        for seed in range(200)
    ]
    assert changes == [
        mutated(document, 500, seed, shape=Shape.JSON, words=("a", "x"), mutate=unchanged)
        for seed in range(200)
    ]
    assert len(set(changes)) > 50
    assert all(one[:1] == document[:1] for one in changes)
    assert sum(_is_json(one[1:]) for one in changes) > 190


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body)
    except ValueError:
        return False
    return True


def test_the_first_byte_chooses() -> None:
    for number in range(3):
        assert chosen(choice(number, "rest"), ("a", "b", "c")) == ("abc"[number], b"rest")
    assert chosen(b"", ("a", "b")) == ("a", b"")
    assert text_of(b"\xff\xed\xa0\x80") == "\ufffd" * 4
    assert text_of("\ud800".encode("utf-8", "surrogatepass")) == "\ud800"


def test_every_name_is_that_of_a_target() -> None:
    for name in MODULES:
        assert target(name).name == name
