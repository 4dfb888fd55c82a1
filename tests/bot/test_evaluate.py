"""``oo evaluate``: from the decision log to figures, a table and a page."""

from __future__ import annotations

import asyncio
import json
import math
import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from adapters.storage.store import open_store
from bot.evaluate.gather import gather
from bot.evaluate.page import page
from bot.evaluate.report import EvaluationReport, report
from bot.evaluate.terminal_report import PREFERRED_ESTIMATOR, format_report
from core.bandit.evaluation.intervals import Interval
from core.policies.catalog import REDELIVERY
from core.records import Shadow
from tests.bot.conftest import Oo
from tests.bot.served_logs import APART, EAGER_EARNS, HOSTILE, SERVED, candidate, decision, keep, serve
from tests.decisions import altered, draw_of
from tests.fakes.store import FakeStore

WAIT = timedelta(hours=8)


async def evaluated(n: int, seed: int = 0) -> EvaluationReport:
    store = FakeStore()
    await serve(store, n, seed=seed)
    return report(await gather(store, WAIT), seed=0)


# --- Gathering ---------------------------------------------------------------------------------------------


async def test_what_still_waited_when_the_log_ends_is_left_out() -> None:
    """Quick reactions are the good ones; silence is known at once."""
    store = FakeStore()
    await serve(store, 5)
    log = await gather(store, WAIT)
    assert (len(log.served), log.waiting) == (3, 2)
    assert log.served[-1].decided_at == log.served[0].decided_at + 2 * APART
    assert [len(one.decided_at) for one in log.shadow_logs] == [3, 3]


async def test_promises_drew_nothing_and_are_no_evidence() -> None:
    store = FakeStore()
    await serve(store, 4)
    await keep(store, decision(4, "a", policy_id=REDELIVERY.policy_id, propensity=1.0, shadows=()))
    assert len((await gather(store, timedelta(0))).served) == 4


BROKEN: list[dict[str, Any]] = [
    {"propensity": 0.0},
    {"propensity": float("nan")},
    {"propensity": 1.5},
    {"candidates": tuple(replace(candidate(name), features=(math.inf, 0.0, 0.0)) for name in SERVED)},
    {"candidates": (candidate("a"), replace(candidate("b"), features=(1.0,)))},
]


@pytest.mark.parametrize("change", BROKEN)
async def test_figures_that_can_not_be_true_are_counted_and_left_out(change: dict[str, Any]) -> None:
    store = FakeStore()
    await serve(store, 4)
    await keep(store, decision(4, "a", **change))
    log = await gather(store, timedelta(0))
    assert (len(log.served), log.invalid) == (4, 1)
    assert "1 left out: their figures can't be true." in format_report(report(log, seed=0))


@pytest.mark.parametrize(
    "probabilities", [(1.0,), (0.5, 0.5, 0.5), (-0.5, 1.0, 0.5), (float("nan"), 0.5, 0.5)]
)
async def test_a_shadow_that_is_no_distribution_is_left_out(probabilities: tuple[float, ...]) -> None:
    store = FakeStore()
    await serve(store, 4)
    odd = Shadow(policy_id="odd", model_version="m", probabilities=probabilities)
    await keep(store, decision(4, "a", shadows=(odd,)))
    log = await gather(store, timedelta(0))
    assert len(log.served) == 5
    assert "odd" not in [one.policy_id for one in log.shadow_logs]


async def test_a_shadow_that_was_logged_twice_counts_once() -> None:
    store = FakeStore()
    await serve(store, 4)
    made = decision(4, "a")
    await keep(store, altered(made, shadows=draw_of(made).shadows * 2))
    log = await gather(store, timedelta(0))
    assert [len(one.decided_at) for one in log.shadow_logs] == [5, 5]


async def test_features_of_another_version_have_columns_of_their_own() -> None:
    store = FakeStore()
    await serve(store, 3)
    made = decision(3, "b", feature_version="2")
    short = tuple(replace(one, features=(7.0, 8.0)) for one in made.candidates)
    await keep(store, altered(made, candidates=short))
    log = await gather(store, timedelta(0))
    eager = next(one for one in log.shadow_logs if one.policy_id == "eager")
    assert eager.decisions.drawn.shape == (4, 5)
    assert eager.decisions.drawn[3].tolist() == [0, 0, 0, 7, 8]
    assert not eager.decisions.drawn[:3, 3:].any()


# --- Figures -----------------------------------------------------------------------------------------------


async def test_a_shadow_is_evaluated_by_the_log_of_another_policy() -> None:
    found = await evaluated(1200)
    eager, silent = found.compared if found.compared[0].policy_id == "eager" else found.compared[::-1]
    assert eager.evaluation.weights.mean == pytest.approx(1, abs=0.05)
    for one in eager.evaluation.estimates:
        assert one.plain.value == pytest.approx(EAGER_EARNS, abs=0.07)
        assert EAGER_EARNS in one.plain.sequence
        assert one.lift.interval.low > 0.05
    assert silent.policy_id == HOSTILE
    assert silent.evaluation.weights.enough
    assert silent.evaluation.estimate("SNIPS").plain.value == 0


async def test_prompts_models_and_kinds_are_compared_as_they_were_served() -> None:
    groups = {(one.of, one.name): one.average for one in (await evaluated(1200)).groups}
    assert {of for of, _ in groups} == {"served policy", "kind of tip", "prompt version", "language model"}
    assert ("kind of tip", "silence") not in groups
    better, worse = groups["prompt version", "tips-b"].figure, groups["prompt version", "tips-a"].figure
    assert better is not None
    assert worse is not None
    assert worse.interval.high < better.interval.low
    assert 0.5 in better.interval


async def test_a_small_log_is_refused_and_says_how_long_to_wait() -> None:
    found = await evaluated(102)
    said = format_report(found)
    eager = next(one for one in found.compared if one.policy_id == "eager")
    assert eager.evaluation.estimates == ()
    assert eager.wait_days is not None
    assert "Too little to say anything: an effective sample of" in said
    assert re.search(r"At the rate so far, wait about \d+ days more\.", said)
    assert "IPS" not in said


async def test_an_empty_log_is_no_fault() -> None:
    found = report(await gather(FakeStore(), WAIT), seed=0)
    assert format_report(found) == "No decision with a known outcome yet."
    assert "No decision with a known outcome yet." in page(found)


# --- The page ----------------------------------------------------------------------------------------------

VOID = {"meta", "line", "circle", "polygon"}


class Checked(HTMLParser):
    """Every element is closed, nothing runs and nothing is fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        assert not {name for name, _ in attributes} & {"src", "href", "action", "srcset", "xlink:href"}
        assert not any(name.startswith("on") for name, _ in attributes)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert tag in VOID
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


async def test_the_page_is_whole_and_runs_and_fetches_nothing() -> None:
    document = page(await evaluated(1200))
    checked = Checked()
    checked.feed(document)
    checked.close()
    assert checked.open == []
    assert "script" not in checked.seen
    assert {"svg", "table", "polygon", "circle"} <= checked.seen
    assert "url(" not in document
    assert "@import" not in document
    assert "default-src 'none'" in document
    assert "prefers-color-scheme: dark" in document
    assert "width=device-width" in document
    assert "nan" not in document.lower().replace("finan", "")


async def test_a_single_group_is_no_comparison_and_has_no_plot() -> None:
    document = page(await evaluated(1200))
    assert "Mean reward by prompt version" in document
    assert "Mean reward by served policy" not in document
    assert "served policy: " in document


async def test_hostile_names_are_text_on_the_page_and_harmless_in_the_terminal() -> None:
    found = await evaluated(400)
    document, said = page(found), format_report(found)
    assert "<script" not in document
    assert "&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;&amp;" in document
    assert "\x1b" not in document + said


@pytest.mark.parametrize(
    ("lift", "said"),
    [
        (Interval(low=0.01, high=0.2), "it looks better than what was served"),
        (Interval(low=-0.2, high=-0.01), "it looks worse than what was served"),
        (Interval(low=-0.01, high=0.2), "earned more or less than what was served, the log does not say yet"),
    ],
)
async def test_a_sentence_says_which_is_better_as_far_as_looking_every_day_allows(
    lift: Interval, said: str
) -> None:
    found = lifted(await evaluated(1200), lift)
    assert said in format_report(found)
    assert said in page(found)


def lifted(found: EvaluationReport, lift: Interval) -> EvaluationReport:
    """As if the estimator to be read first had found this ``lift``, however often one looks."""
    compared = next(one for one in found.compared if one.evaluation.estimates)
    estimates = tuple(
        replace(one, lift=replace(one.lift, sequence=lift)) if one.name == PREFERRED_ESTIMATOR else one
        for one in compared.evaluation.estimates
    )
    evaluation = replace(compared.evaluation, estimates=estimates)
    return replace(found, compared=(replace(compared, evaluation=evaluation),))


async def test_the_page_of_a_small_log_says_so() -> None:
    document = page(await evaluated(50))
    assert "Too little to say anything" in document
    assert "<svg" not in document


# --- The command -------------------------------------------------------------------------------------------


async def prepare(folder: Path, n: int) -> None:
    store = await open_store(f"sqlite:///{folder}/data/oo.db")
    await serve(store, n)
    await store.close()


def test_the_command_prints_json_and_writes_the_page(oo: Oo, tmp_path: Path) -> None:
    asyncio.run(prepare(tmp_path, 700))
    ended = oo("evaluate", "--json", "--html", "page.html")

    assert ended.code == 0, ended.err
    found = json.loads(ended.out)
    assert list(found) == ["decisions", "waiting", "unsound", "first", "last", "compared", "groups"]
    names = [one["name"] for one in found["compared"][-1]["evaluation"]["estimates"]]
    assert names == ["IPS", "SNIPS", "DM", "DR", "SNDR", "Switch-DR"]
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_page_that_can_not_be_written_is_a_sentence(oo: Oo) -> None:
    oo("migrate")
    ended = oo("evaluate", "--html", "nowhere/page.html")

    assert ended.code == 2
    assert "nowhere/page.html" in ended.err
    assert "Traceback" not in ended.err
